"""The day of publication: lines at the head of an article, behind it, and notes in the page."""

from __future__ import annotations

import pytest

from extract.pipeline import extract_source
from extract.records.publication import read_publication
from extract.spans import CleanText, Paragraph

HEADLINE = "Xã đảo Minh Châu hoàn thành bến cập tàu du lịch trước mùa hè"
STORY = "Bến mới dài 60 mét giúp tàu chở khách cập bờ cả khi nước ròng, bà con không phải chuyển qua đò nhỏ."


def clean_lines(*lines: str) -> CleanText:
    """Build a canonical text of one paragraph a line."""
    paragraphs, start = [], 0
    for line in lines:
        paragraphs.append(Paragraph(start, start + len(line)))
        start += len(line) + 1
    return CleanText("\n".join(lines), paragraphs)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Thứ sáu, 16/3/2018 | 08:30", "2018-03-16"),
        ("Đăng ngày 24-09-2018", "2018-09-24"),
        ("(30/06/2018)", "2018-06-30"),
        ("16/03/2018 10:21", "2018-03-16"),
        ("Cập nhật lúc 7h15 ngày 02.4.2021 | Lượt xem: 310", "2021-04-02"),
        ("Chủ Nhật, ngày 7 tháng 11 năm 2021 09:05 GMT+7", "2021-11-07"),
        ("05 Tháng 2, 2023", "2023-02-05"),
        ("2019-12-31T08:00:00", "2019-12-31"),
        ("Phòng Văn hóa - Thông tin, 1 / 8 / 2022", "2022-08-01"),
    ],
)
def test_lines_at_the_head(line: str, day: str) -> None:
    assert read_publication(clean_lines(HEADLINE, line, STORY)) == day


@pytest.mark.parametrize(
    "line",
    [
        "Thành lập: 15/9/1995",
        "Có hiệu lực từ 01/07/2024",
        "Thời gian: 8:00 ngày 15/10/2024",
        "01/01/2024 - 31/12/2024",
        "Kỷ niệm 30 năm ngày mở bến (12/5/1994)",
        "Ngày sinh: 26/11/1973",
        "31/02/2024",
        "Bến mở cửa đón khách từ đầu tháng 5/2024",
        "Trong hai ngày 14 và 15/6/2024, đoàn khảo sát đã đo độ sâu luồng lạch quanh các cầu cảng "
        "của cả ba xã đảo và của thị trấn ven biển.",
    ],
)
def test_days_of_something_else(line: str) -> None:
    assert read_publication(clean_lines(HEADLINE, line, STORY)) == ""


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Ngày đăng: 31/10/2025", "2025-10-31"),
        ("Giờ đăng bài viết gốc: 01/04/2025 21:59", "2025-04-01"),
        ("**Ngày giờ đăng: 22:17 15-04-2025**", "2025-04-15"),
        ("Tin viết ngày 31/10/2025 tại Minh Châu", ""),
        ("Lưu trữ ngày 19 tháng 7 năm 2012", ""),
    ],
)
def test_lines_behind_the_article(line: str, day: str) -> None:
    assert read_publication(clean_lines(HEADLINE, *[STORY] * 20, line)) == day


PAGE = "<html><head><title>{0}</title></head><body>{1}<h1>{0}</h1><div>{2}</div>{3}</body></html>"


def published(above: str = "", below: str = "", note: str = "") -> str:
    """Read the day of a page with something above and below its article."""
    page = note + PAGE.format(HEADLINE, above, f"<p>{STORY}</p>" * 8, below)
    return extract_source("page.html", page.encode()).document.issued


def test_the_clock_of_a_site_is_not_the_day_of_its_articles() -> None:
    clock = '<div class="header-date">Thứ ba, 07/05/2024</div>'
    assert published(clock + '<span class="date">Thứ sáu, 01/03/2024 | 08:30</span>') == "2024-03-01"
    assert published(clock) == ""


def test_days_of_other_articles_are_not_its_own() -> None:
    assert published(below='<ul class="tinkhac"><li>Tin cũ <span class="date">(01/02/2020)</span></ul>') == ""


@pytest.mark.parametrize(
    ("note", "day"),
    [
        ("<!-- source: intranet; posted 05/03/2024 -->", "2024-03-05"),
        ("<!-- published on 2024-03-05 by the editor -->", "2024-03-05"),
        ("<!-- posted 05/13/2024 -->", ""),
        ("<!-- saved on 05/03/2024 -->", ""),
        (
            "<!-- posted --> <p>05/03/2024 là ngày bến mở cửa trở lại cho tàu khách và tàu cá</p>",
            "",
        ),
    ],
)
def test_a_note_in_the_page_tells_when_it_was_posted(note: str, day: str) -> None:
    assert published(note=note) == day


def test_what_the_page_says_goes_before_a_note() -> None:
    head = '<meta property="article:published_time" content="2024-03-01">'
    assert published(head, note="<!-- posted 05/03/2024 -->") == "2024-03-01"
