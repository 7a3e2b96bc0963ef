"""When a task is due: which of the times printed with it are its own."""

from __future__ import annotations

from datetime import date

import pytest

from extract.mentions.found import find_mentions
from extract.pipeline import extract_source
from extract.records.times import TaskTime, find_cell_time, find_heading_time, find_task_time
from extract.schema import Task
from tests.markup import Case, read_cases

CASES = read_cases("tasks")
MINIMUM_CASES = 25
REFERENCE = date(2026, 2, 9)
LETTERHEAD = (
    "ỦY BAN NHÂN DÂN",
    "TỈNH PHÚ YÊN",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 12/KH-UBND",
    "Phú Yên, ngày 9 tháng 2 năm 2025",
    "KẾ HOẠCH",
    "Quản lý khai thác cát lòng sông năm 2025",
)


def tasks_of(*paragraphs: str) -> list[Task]:
    """Give the tasks of a plan with the given paragraphs."""
    return extract_source("plan.txt", "\n\n".join([*LETTERHEAD, *paragraphs]).encode()).tasks


def times_of(*paragraphs: str) -> list[tuple[str, str, str, str]]:
    """Give first day, last day, recurrence and source of each task's time."""
    return [(t.start_date, t.due_date, t.recurrence, t.time_source) for t in tasks_of(*paragraphs)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.place)
def test_marked_sentences(case: Case) -> None:
    time = find_task_time(case.text, 0, len(case.text), find_mentions(case.text, REFERENCE))
    if not case.marks:
        assert time == TaskTime()
        return
    (mark,) = case.marks
    expected = {"recurrence": "", **mark.attributes}
    assert {"start": time.start_date, "due": time.due_date, "recurrence": time.recurrence} == expected
    assert time.text == case.text[mark.start : mark.end]
    assert time.source == "item"


def test_a_year_in_brackets_yields_to_one_outside() -> None:
    text = "Đến hết năm 2024 sửa xong 86 bến (149 bến theo tiêu chí đến năm 2030)."
    assert find_task_time(text, 0, len(text), find_mentions(text, REFERENCE)).due_date == "2024-12-31"


def test_an_anniversary_is_no_due_date() -> None:
    text = "Treo cờ kỷ niệm ngày thành lập bến cảng (06/01/1946 - 06/01/2026)."
    assert find_task_time(text, 0, len(text), find_mentions(text, REFERENCE)) == TaskTime()


def test_the_year_of_a_plan_named_in_lower_case_is_no_due_date() -> None:
    text = "Rà soát quy hoạch mạng lưới chợ đến năm 2030."
    assert find_task_time(text, 0, len(text), find_mentions(text, REFERENCE)) == TaskTime()


def test_there_are_enough_cases_of_both_sorts() -> None:
    assert len(CASES) >= MINIMUM_CASES
    assert sum(not case.marks for case in CASES) >= 10


@pytest.mark.parametrize(
    ("cell", "start", "due", "recurrence"),
    [
        ("Năm 2026", "2026-01-01", "2026-12-31", ""),
        ("2026", "2026-01-01", "2026-12-31", ""),
        ("2026-2030", "2026-01-01", "2030-12-31", ""),
        ("Giai đoạn 2026 - 2030", "2026-01-01", "2030-12-31", ""),
        ("Quý IV/2026", "2026-10-01", "2026-12-31", ""),
        ("12/2026", "2026-12-01", "2026-12-31", ""),
        ("Trước 15/11/2026", "", "2026-11-15", ""),
        ("Hằng năm", "", "", "P1Y"),
        ("Thường xuyên", "", "", "continuous"),
        ("Năm 2025 Năm 2027", "2025-01-01", "2027-12-31", ""),
        ("", "", "", ""),
        ("Theo kế hoạch của Bộ", "", "", ""),
    ],
)
def test_every_time_of_a_cell_counts(cell: str, start: str, due: str, recurrence: str) -> None:
    time = find_cell_time(cell, 0, len(cell), find_mentions(cell, REFERENCE), "row")
    assert (time.start_date, time.due_date, time.recurrence) == (start, due, recurrence)
    assert time.source == ("row" if start or due or recurrence else "")


@pytest.mark.parametrize(
    ("title", "start", "due"),
    [
        ("Nhiệm vụ năm 2026", "2026-01-01", "2026-12-31"),
        ("Công việc quý II/2026", "2026-04-01", "2026-06-30"),
        ("Giai đoạn 2026-2028: thí điểm", "2026-01-01", "2028-12-31"),
        ("Triển khai Chương trình chuyển đổi số giai đoạn 2026-2030", "", ""),
        ("Nhiệm vụ thường xuyên", "", ""),
        ("Sở Công Thương", "", ""),
    ],
)
def test_a_heading_gives_its_time_but_not_that_of_a_plan_s_name(title: str, start: str, due: str) -> None:
    time = find_heading_time(title, 0, len(title), find_mentions(title, REFERENCE))
    assert (time.start_date, time.due_date) == (start, due)


def test_the_heading_right_above_gives_the_time() -> None:
    assert times_of("II. NHIỆM VỤ", "1. Công việc quý II/2025", "- Đo sâu lòng sông đoạn cầu cũ.") == [
        ("2025-04-01", "2025-06-30", "", "heading")
    ]


def test_a_heading_further_above_and_the_title_give_no_time() -> None:
    assert times_of("II. NHIỆM VỤ NĂM 2025", "1. Kiểm tra bến cát", "- Lắp camera tại bến bãi tập kết.") == [
        ("", "", "", "")
    ]


def test_the_item_s_own_time_goes_before_that_of_the_heading() -> None:
    assert times_of(
        "II. NHIỆM VỤ", "1. Công việc quý II/2025", "- Cắm phao mốc mỏ trước ngày 10/5/2025."
    ) == [("", "2025-05-10", "", "item")]


@pytest.mark.parametrize(
    ("line", "time"),
    [
        ("- Thời gian thực hiện: Quý III/2025.", ("2025-07-01", "2025-09-30", "", "line")),
        ("Thời hạn hoàn thành: trước ngày 20/12/2025.", ("", "2025-12-20", "", "line")),
        ("- Thời gian: Hằng năm.", ("", "", "P1Y", "line")),
        ("- Thời gian: giai đoạn 2025-2027.", ("2025-01-01", "2027-12-31", "", "line")),
    ],
)
def test_a_labelled_line_gives_the_time_of_the_item_above(line: str, time: tuple[str, ...]) -> None:
    assert times_of("II. NHIỆM VỤ", "1. Khảo sát trữ lượng cát tại ba điểm mỏ.", line) == [time]


def test_the_time_column_of_a_table_gives_the_row_s_time() -> None:
    table = (
        "| TT | Nội dung | Chủ trì | Thời gian |\n| 1 | Đấu giá mỏ cát | Sở Tài chính | "
        "Quý I/2025 |\n| 2 | Tuần tra đêm | Công an tỉnh | Thường xuyên |"
    )
    assert times_of("II. NHIỆM VỤ", table) == [
        ("2025-01-01", "2025-03-31", "", "row"),
        ("", "", "continuous", "row"),
    ]


def test_a_row_without_a_time_cell_may_say_its_time_itself() -> None:
    table = (
        "| TT | Nội dung | Chủ trì | Thời gian |\n| 1 | Đóng bến không phép trước ngày "
        "30/4/2025 | UBND xã | |\n| 2 | Tuần tra | Công an tỉnh | 2025 |"
    )
    assert times_of("II. NHIỆM VỤ", table)[0] == ("", "2025-04-30", "", "item")


def test_a_time_that_lacks_its_year_takes_that_of_the_date_of_issue() -> None:
    assert times_of("II. NHIỆM VỤ", "1. Gửi danh sách bến bãi trước ngày 15/5 về Sở.") == [
        ("", "2025-05-15", "", "item")
    ]


def test_the_words_of_the_time_are_kept() -> None:
    (task,) = tasks_of("II. NHIỆM VỤ", "1. Báo cáo hằng tháng, gửi trước ngày 31/12/2025.")
    assert task.time_text == "hằng tháng; trước ngày 31/12/2025"
    assert (task.due_date, task.recurrence) == ("2025-12-31", "P1M")


def test_a_reporting_day_of_each_year_is_open() -> None:
    (task,) = tasks_of("II. NHIỆM VỤ", "1. Gửi báo cáo trữ lượng trước ngày 15/12 hằng năm.")
    assert (task.start_date, task.due_date, task.recurrence) == ("", "XXXX-12-15", "P1Y")


def test_a_heading_that_tells_a_story_gives_no_time() -> None:
    story = (
        "2. Để kịp thông xe trước ngày 30/6/2026 theo cam kết của nhà thầu, " + "bảo đảm chất lượng, " * 15
    )
    assert times_of("III. NHIỆM VỤ", story + "các đơn vị:", "- Rải thảm mặt cầu Sông Mây.") == [
        ("", "", "", "")
    ]
    short = "2. Việc làm trước ngày 30/6/2026:"
    assert times_of("III. NHIỆM VỤ", short, "- Rải thảm mặt cầu Sông Mây.") == [
        ("", "2026-06-30", "", "heading")
    ]
