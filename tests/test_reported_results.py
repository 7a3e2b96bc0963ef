"""Results: the months a paragraph reports on, what an item is about, money set aside, the weather."""

from __future__ import annotations

import pytest

from extract.pipeline import extract_source
from extract.records.indicator_periods import find_reported_months
from extract.schema import Indicator

HEAD = ("ỦY BAN NHÂN DÂN", "TỈNH SƠN LA", "Số: 12/BC-UBND", "Sơn La, ngày 08 tháng 10 năm 2024")


def of_report(*paragraphs: str) -> list[Indicator]:
    """Give the indicators of a report of October 2024."""
    text = "\n\n".join((*HEAD, "BÁO CÁO", "Tình hình kinh tế - xã hội", "I. KẾT QUẢ", *paragraphs))
    return extract_source("a.txt", text.encode()).indicators


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Lũy kế 9 tháng thu 12 tỷ đồng", "2024-01/2024-09"),
        ("Kết quả 10 tháng có chuyển biến", "2024-01/2024-10"),
        ("Giải ngân 08 tháng đạt 51%", "2024-01/2024-08"),
    ],
)
def test_months_so_far_are_those_of_the_year_of_issue(words: str, value: str) -> None:
    assert [p.value for p in find_reported_months(words, (0, len(words)), "2024-10-08")] == [value]


@pytest.mark.parametrize(
    "words",
    ["Thi công trong 5 tháng", "Trẻ 9 tháng tuổi", "Kéo dài 12 tháng", "9 tháng cuối năm", "10 tháng 3"],
)
def test_durations_and_ages_are_no_months_so_far(words: str) -> None:
    assert find_reported_months(words, (0, len(words)), "2024-10-08") == []


def test_a_paragraph_reports_on_the_months_it_names() -> None:
    rows = of_report(
        "1. Kinh tế 9 tháng phát triển ổn định. Kim ngạch xuất khẩu đạt 210 triệu USD. "
        "Thu hút vốn được 3.400 tỷ đồng, bằng 87% kế hoạch năm 2024. Quý III/2024 trồng 520 ha rừng."
    )
    assert [row.period for row in rows] == ["2024-01/2024-09"] * 3 + ["2024-07/2024-09"]


def test_the_year_of_a_plan_is_that_of_a_share_when_no_other_is_named() -> None:
    (row,) = of_report("1. Trồng rừng đạt 92% mục tiêu năm 2023.")
    assert row.period == "2023"


def test_later_sentences_of_an_item_are_about_what_it_opens_with() -> None:
    rows = of_report(
        "1. Cầu Ngòi Hóp (Tổng mức đầu tư 42 tỷ đồng). Kế hoạch vốn năm 2024 giao 18 tỷ đồng, "
        "khối lượng hoàn thành 11 tỷ đồng. Lũy kế vốn giải ngân 25 tỷ đồng."
    )
    assert [row.name.partition(" - ")[0] for row in rows[1:]] == ["Cầu Ngòi Hóp"] * 3
    assert [row.kind for row in rows] == ["budget", "budget", "result", "result"]
    assert [row.period for row in rows][:2] == ["", "2024"]


def test_what_only_compares_is_no_part_of_the_name() -> None:
    rows = of_report("1. Bệnh sởi có 31 ca mắc. So với cùng kỳ số mắc tăng 12 ca.")
    assert rows[1].name == "Bệnh sởi - số mắc"
    assert rows[1].measure == "increase"


@pytest.mark.parametrize(
    "item",
    [
        "1. Sửa chữa cầu (dài 40 m). Tỷ lệ mặt cầu được thảm lại đạt 70%.",
        "1. Hiện nay có 12 xã đạt chuẩn. Tỷ lệ hộ nghèo còn 8%.",
    ],
)
def test_instructions_and_times_are_no_subjects(item: str) -> None:
    assert " - " not in of_report(item)[-1].name


def test_money_that_others_bring_is_no_budget() -> None:
    (row,) = of_report("1. Tổng vốn đầu tư toàn xã hội đạt 12.500 tỷ đồng.")
    assert row.kind == "result"


@pytest.mark.parametrize("words", ["có mưa phổ biến 80-150mm", "mực nước trên sông Mã lên 3,4 m"])
def test_nobody_sets_the_weather_as_an_aim(words: str) -> None:
    text = "\n\n".join(
        (*HEAD, "KẾ HOẠCH", "Ứng phó mưa lũ", "I. NHIỆM VỤ", f"1. Từ đêm nay các huyện {words}.")
    )
    assert {row.kind for row in extract_source("a.txt", text.encode()).indicators} == {"result"}


def test_an_article_goes_on_telling_of_the_time_it_named() -> None:
    text = "\n\n".join(
        (
            "Huyện Mường Ảng: đẩy mạnh tiêm vắc xin cho đàn gia súc",
            "Trong tháng 4/2024, huyện đã triển khai tiêm phòng cho đàn gia súc tại 10 xã, thị trấn.",
            "Kết quả, đã tiêm cho 8.250 con trâu, bò, đạt 93% kế hoạch.",
        )
    )
    rows = extract_source("a.txt", text.encode()).indicators
    assert {row.period for row in rows if row.value in (8250, 93)} <= {"2024-04"}
