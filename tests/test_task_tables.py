"""Tables of work: which rows are tasks, and whose."""

from __future__ import annotations

import pytest

from extract.pipeline import extract_read
from extract.schema import Document, Task
from extract.spans import Block, Merge, Source

HEAD = (
    "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG",
    "Số: 99/KH-UBND",
    "KẾ HOẠCH",
    "Hội chợ hoa năm 2026",
    "III. NỘI DUNG",
)


def tasks_of(*rows: tuple[str, ...], merged: tuple[Merge, ...] = ()) -> list[Task]:
    """Give the tasks of a plan that has one table and nothing else."""
    blocks = (*(Block("paragraph", line) for line in HEAD), Block("table", rows=rows, merged=merged))
    return extract_read(Document("d", "a.docx", ""), Source("x", blocks)).tasks


def test_a_row_is_a_task_with_its_units_and_time() -> None:
    rows = (
        ("TT", "Nội dung", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian"),
        ("1", "Dựng gian hàng trưng bày hoa", "Sở Công Thương", "Sở Tài chính", "Trước ngày 10/11/2026"),
    )
    [task] = tasks_of(*rows)
    assert (task.marker, task.text, task.origin) == ("1", "Dựng gian hàng trưng bày hoa", "table_row")
    assert (task.lead, task.support, task.due_date) == (("Sở Công Thương",), ("Sở Tài chính",), "2026-11-10")


@pytest.mark.parametrize(
    "times",
    [
        ("8h00 - 8h15", "8h15 - 9h00", "9h00"),
        ("07:30", "08:00", "08:30"),
        ("Từ 7 giờ 30", "8 giờ", "Lúc 9 giờ 15 phút"),
    ],
)
def test_the_programme_of_a_meeting_holds_no_tasks(times: tuple[str, ...]) -> None:
    work = ("Đón tiếp đại biểu", "Khai mạc hội chợ hoa", "Tham quan các gian hàng")
    assert tasks_of(("Thời gian", "Nội dung"), *zip(times, work, strict=True)) == []


def test_a_programme_that_charges_units_holds_tasks() -> None:
    rows = (
        ("Thời gian", "Nội dung", "Đơn vị thực hiện"),
        ("8h00", "Đón tiếp đại biểu tại cổng chính", "Văn phòng Sở"),
        ("8h30", "Giới thiệu các gian hàng hoa", "Sở Công Thương"),
    )
    assert [task.lead for task in tasks_of(*rows)] == [("Văn phòng Sở",), ("Sở Công Thương",)]


def test_days_are_no_clock_times() -> None:
    rows = (
        ("Thời gian", "Nội dung"),
        ("Ngày 10/11/2026", "Dựng gian hàng trưng bày hoa"),
        ("Tháng 12/2026", "Tổng kết hội chợ hoa"),
    )
    assert [task.due_date for task in tasks_of(*rows)] == ["2026-11-10", "2026-12-31"]


def test_merged_units_and_times_hold_for_all_rows() -> None:
    rows = (
        ("TT", "Nội dung", "Đơn vị chủ trì", "Thời gian"),
        ("1", "Dựng gian hàng trưng bày hoa", "Sở Công Thương", "Quý IV năm 2026"),
        ("2", "Mời các làng hoa tham gia", "", ""),
    )
    found = tasks_of(*rows, merged=(Merge(1, 2, rows=2), Merge(1, 3, rows=2)))
    assert [(task.lead, task.due_date) for task in found] == [(("Sở Công Thương",), "2026-12-31")] * 2


def test_an_empty_cell_that_is_not_merged_names_nobody() -> None:
    rows = (
        ("TT", "Nội dung", "Đơn vị chủ trì", "Thời gian"),
        ("1", "Dựng gian hàng trưng bày hoa", "Sở Công Thương", "Quý IV năm 2026"),
        ("2", "Mời các làng hoa tham gia", "", "Quý III năm 2026"),
    )
    assert [task.lead for task in tasks_of(*rows)] == [("Sở Công Thương",), ()]


def test_a_group_row_may_stand_in_the_column_of_numbers() -> None:
    rows = (
        ("TT", "Nội dung", "Đơn vị chủ trì", "Thời gian"),
        ("I. TRƯNG BÀY", "", "", ""),
        ("1", "Dựng gian hàng trưng bày hoa", "Sở Công Thương", "Quý IV năm 2026"),
    )
    [task] = tasks_of(*rows, merged=(Merge(1, 0, columns=4),))
    assert (task.group, task.group_title, task.marker) == ("I", "TRƯNG BÀY", "1")


@pytest.mark.parametrize(
    ("header", "cell", "lead", "support"),
    [
        ("Đơn vị chủ trì/phối hợp", "Phòng Y tế; các trạm y tế", ("Phòng Y tế",), ("các trạm y tế",)),
        ("Cơ quan thực hiện, phối hợp", "Sở Nội vụ", ("Sở Nội vụ",), ()),
        (
            "Phân công chủ trì, phối hợp",
            "Chủ trì: Công ty Chè Sông Mây (CĐT). Phối hợp: UBND xã (đền bù); Sở Tài chính (vốn).",
            ("Công ty Chè Sông Mây",),
            ("UBND xã", "Sở Tài chính"),
        ),
        (
            "Đơn vị thực hiện",
            "Sở Du lịch chủ trì; Sở Công Thương phối hợp",
            ("Sở Du lịch",),
            ("Sở Công Thương",),
        ),
        ("Chủ trì, phối hợp", "Chủ trì: UBND xã; Sở Tài chính bố trí vốn", ("UBND xã",), ("Sở Tài chính",)),
        ("Đơn vị chủ trì", "Sở Nội vụ, Sở Tài chính", ("Sở Nội vụ", "Sở Tài chính"), ()),
        ("Đơn vị phối hợp", "Sở Nội vụ, Sở Tài chính", (), ("Sở Nội vụ", "Sở Tài chính")),
    ],
)
def test_a_cell_may_name_both_roles(
    header: str, cell: str, lead: tuple[str, ...], support: tuple[str, ...]
) -> None:
    [task] = tasks_of(("TT", "Nội dung", header), ("1", "Sửa kho lạnh trữ vải thiều", cell))
    assert (task.lead, task.support) == (lead, support)


def test_labels_may_stand_in_lines_of_their_own() -> None:
    cell = "- Cơ quan chủ trì: Sở Xây dựng\n- Cơ quan phối hợp: Công an tỉnh"
    [task] = tasks_of(("TT", "Nội dung", "Trách nhiệm thực hiện"), ("1", "Cắm mốc lộ giới", cell))
    assert (task.lead, task.support) == (("Sở Xây dựng",), ("Công an tỉnh",))


@pytest.mark.parametrize(
    ("cell", "start", "due"),
    [
        ("12/3/2026\n20/3/2026", "2026-03-12", "2026-03-20"),
        ("12/3/2026 - 20/3/2026", "2026-03-12", "2026-03-20"),
        ("20/3/2026\n12/3/2026", "2026-03-20", "2026-03-20"),
        ("Trước 20/3/2026", "", "2026-03-20"),
    ],
)
def test_two_days_in_a_cell_are_first_and_last(cell: str, start: str, due: str) -> None:
    [task] = tasks_of(("TT", "Nội dung", "Thời gian"), ("1", "Khảo sát bãi giữ xe", cell))
    assert (task.start_date, task.due_date) == (start, due)


def test_a_cell_that_tells_of_progress_is_no_time() -> None:
    told = "Đã đền bù 40 hộ, còn 7 hộ chưa nhận tiền; lũy kế đến 01/3/2026 đạt 12 ha. " * 3
    [task] = tasks_of(
        ("TT", "Nội dung", "Tiến độ", "Đơn vị thực hiện"),
        ("1", "Hoàn thành đền bù trong Quý III/2026", told, "UBND xã Hòa An"),
    )
    assert (task.start_date, task.due_date) == ("2026-07-01", "2026-09-30")


def test_a_day_heads_the_table_below_it_and_dates_its_rows() -> None:
    rows = (
        ("Thời gian", "Nội dung", "Phụ trách"),
        ("Buổi sáng (từ 7h00 đến 9h00)", "", ""),
        ("7h00 - 7h30", "Dựng trại ở sân vận động", "Đoàn trường"),
        ("7h30 - 8h00", "Chấm thi nấu ăn giữa các lớp", "Tổ Ngoại ngữ"),
    )
    merged = (Merge(1, 0, 1, 3),)
    blocks = (
        *(Block("paragraph", line) for line in HEAD),
        Block("paragraph", "NGÀY 2: THỨ BẢY, NGÀY 14/11/2026"),
        Block("table", rows=rows, merged=merged),
    )
    tasks = extract_read(Document("d", "a.docx", ""), Source("x", blocks)).tasks
    assert [(t.group, t.due_date) for t in tasks] == [("NGÀY 2", "2026-11-14")] * 2
