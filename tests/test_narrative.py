"""News without numbering: clauses after a colon and sentences that say what will be done."""

from __future__ import annotations

import pytest

from extract.pipeline import extract_source
from extract.schema import Extraction, Task

HEADLINE = "Hội nghị về nhiệm vụ trọng tâm của ngành lao động tỉnh Hậu Giang năm 2024"
OPENING = (
    "Ngày 11/01/2024, Sở Lao động - Thương binh và Xã hội tỉnh Hậu Giang đã tổ chức hội nghị tổng kết, "
    "đánh giá cao kết quả giải quyết việc làm với 16.200 lượt người được hỗ trợ."
)


def read(*paragraphs: str) -> Extraction:
    """Extract an article."""
    return extract_source("article.txt", "\n\n".join([HEADLINE, OPENING, *paragraphs]).encode())


def tasks_of(*paragraphs: str) -> list[Task]:
    """Give the tasks of an article."""
    return read(*paragraphs).tasks


CLAUSES = (
    "Trong thời gian tới, Sở yêu cầu các phòng chuyên môn tập trung một số nội "
    "dung, cụ thể: tổ chức 30 phiên giao dịch việc làm; "
    "mở 12 lớp nghề cho thanh niên xuất ngũ; phối hợp với Công an tỉnh quản lý người lao động nước ngoài."
)


def test_each_clause_after_the_colon_is_a_task() -> None:
    tasks = tasks_of(CLAUSES)
    assert [task.text for task in tasks] == [
        "tổ chức 30 phiên giao dịch việc làm",
        "mở 12 lớp nghề cho thanh niên xuất ngũ",
        "phối hợp với Công an tỉnh quản lý người lao động nước ngoài",
    ]
    assert {task.origin for task in tasks} == {"clause"}
    assert tasks[2].support == ("Công an tỉnh",)


def test_clauses_stand_under_no_group_and_carry_no_marker() -> None:
    extraction = read(CLAUSES)
    assert extraction.groups == []
    assert {(task.group_id, task.marker) for task in extraction.tasks} == {("", "")}


def test_the_units_of_the_sentence_before_lead_each_clause() -> None:
    assert tasks_of(CLAUSES)[0].lead == ("các phòng chuyên môn",)


def test_each_sentence_that_says_what_will_be_done_is_a_task() -> None:
    tasks = tasks_of(
        "Trong thời gian tới, ngành tiếp tục triển khai các chính sách việc làm cho vùng khó khăn. "
        "Đẩy mạnh đưa lao động đi làm việc ở nước ngoài theo hợp đồng. Tăng "
        "cường kiểm tra an toàn lao động tại khu công nghiệp."
    )
    assert [task.text for task in tasks][-2:] == [
        "Đẩy mạnh đưa lao động đi làm việc ở nước ngoài theo hợp đồng.",
        "Tăng cường kiểm tra an toàn lao động tại khu công nghiệp.",
    ]
    assert {task.origin for task in tasks} == {"sentence"}


def test_words_that_turn_to_what_comes_may_open_the_sentence() -> None:
    (task,) = tasks_of(
        "Thời gian tới, các trung tâm dịch vụ việc làm sẽ đẩy mạnh kết nối với khu công nghiệp."
    )
    assert task.lead == ("các trung tâm dịch vụ việc làm",)


def test_the_headline_is_no_task() -> None:
    headline = "Sở Lao động - Thương binh và Xã hội tỉnh Hậu Giang triển khai nhiệm vụ trọng tâm năm 2024"
    assert extract_source("article.txt", f"{headline}\n\n{OPENING}".encode()).tasks == []


@pytest.mark.parametrize(
    "paragraph",
    [
        "Năm qua, ngành đã tổ chức 25 phiên giao dịch việc làm và đào "
        "tạo nghề cho hơn 4.000 lao động nông thôn.",
        "Theo báo cáo tại hội nghị, tỷ lệ lao động qua đào tạo của "
        "tỉnh ghi nhận mức 65%, tăng 2% so với cùng kỳ.",
        "Tham dự hội nghị có lãnh đạo các phòng, ban và đại diện các "
        "trường nghề đóng trên địa bàn toàn tỉnh.",
    ],
)
def test_what_was_done_already_is_no_task(paragraph: str) -> None:
    assert tasks_of(paragraph) == []


def test_numbers_of_what_was_done_are_results() -> None:
    rows = read(
        "Năm qua, ngành đã đào tạo nghề cho 4.050 lao động nông thôn ở các xã đảo và xã bãi ngang."
    ).indicators
    assert [(row.value, row.kind) for row in rows] == [(16200, "result"), (4050, "result")]


def test_a_short_line_is_no_task() -> None:
    assert tasks_of("Thời gian tới: Đẩy mạnh tuyên truyền.") == []


def test_an_article_with_items_is_read_by_its_items() -> None:
    tasks = tasks_of("Nhóm 1. Giải quyết việc làm", "- Mở rộng vay vốn cho người mãn hạn tù.", CLAUSES)
    assert tasks[0].marker == "-"
    assert {task.origin for task in tasks} <= {"item", "paragraph"}


def test_the_page_around_the_article_gives_nothing() -> None:
    extraction = read(
        CLAUSES,
        "Các tin khác",
        "- Đẩy mạnh tiêm phòng cho đàn gia súc trên địa bàn huyện.",
        "Lượt truy cập: 120.500",
    )
    assert len(extraction.tasks) == 3
    assert all(row.value not in (120500, 120.5) for row in extraction.indicators)
