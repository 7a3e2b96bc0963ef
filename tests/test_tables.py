"""Tables with a known header: what their columns are for, group rows and numbers of rows."""

from __future__ import annotations

import pytest

from extract.spans import Block, Merge, Source
from extract.structure.clean import clean
from extract.structure.columns import read_column
from extract.structure.tables import Table, build_tables, cell_text

Rows = tuple[tuple[str, ...], ...]


def read(*rows: tuple[str, ...]) -> tuple[str, list[Table]]:
    """Give the canonical text and the tables of one drawn table."""
    canonical = clean(Source("text/html", (Block("table", rows=rows),)))
    return canonical.text, build_tables(canonical)


WORK = ("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn hoàn thành", "Sản phẩm")


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("STT", "number"),
        ("Số TT", "number"),
        ("Nội dung công việc", "content"),
        ("Tên nhiệm vụ", "content"),
        ("Cơ quan chủ trì", "lead"),
        ("Đơn vị thực hiện", "lead"),
        ("Cơ quan phối hợp", "support"),
        ("Thời gian hoàn thành", "time"),
        ("Tiến độ thực hiện", "time"),
        ("Sản phẩm, kết quả", "product"),
        ("Đơn vị tính", "unit"),
        ("ĐVT", "unit"),
        ("Chỉ tiêu", "indicator"),
        ("Năm 2027", "value"),
        ("Kế hoạch 2026", "value"),
        ("Ước thực hiện năm 2025", "value"),
        ("Quý I/2026", "value"),
        ("Ghi chú", "note"),
        ("Điểm chuẩn", "score"),
        ("Kinh phí", "budget"),
    ],
)
def test_a_header_says_what_its_column_is_for(header: str, role: str) -> None:
    column = read_column(header)
    assert column is not None
    assert column.role == role


@pytest.mark.parametrize(
    ("header", "result"),
    [
        ("Thực hiện 2024", True),
        ("Ước thực hiện 2025", True),
        ("So với cùng kỳ năm 2024", True),
        ("Kế hoạch năm 2026", False),
        ("Mục tiêu đến năm 2030", False),
        ("Năm 2026", False),
        ("So với kế hoạch năm 2025", True),
    ],
)
def test_columns_of_what_was_reached_are_told_from_plans(header: str, result: bool) -> None:
    column = read_column(header)
    assert column is not None
    assert (column.role, column.result) == ("value", result)


@pytest.mark.parametrize(
    "words", ["Cấp nước sạch cho cụm dân cư vượt lũ", "Xã Mường Phăng", "", "12", "Nguyễn Thị Mai"]
)
def test_words_of_a_body_cell_are_no_header(words: str) -> None:
    assert read_column(words) is None


def test_columns_are_found_by_role() -> None:
    _, (table,) = read(WORK, ("1", "Lập sổ theo dõi vật nuôi", "Chi cục Chăn nuôi", "UBND xã", "Quý I", "Sổ"))
    assert [table.column(r) for r in ("number", "content", "lead", "support", "time", "product")] == list(
        range(6)
    )
    assert table.column("unit") is None


def test_a_row_keeps_its_number_apart_from_its_cells() -> None:
    text, (table,) = read(
        WORK, ("1.2", "Kiểm định cân", "Sở KH&CN", "", "2026", ""), ("3)", "Bán tem", "Thuế", "", "", "")
    )
    assert [row.number for row in table.rows] == ["1.2", "3"]
    assert cell_text(text, table.rows[0].cells[1]) == "Kiểm định cân"
    assert set(table.rows[0].cells) == {1, 2, 4}


def test_a_row_with_one_cell_is_a_heading_of_rows() -> None:
    _, (table,) = read(
        WORK,
        ("II", "Quản lý khoáng sản", "", "", "", ""),
        ("1", "Đo sản lượng mỏ", "Sở Công Thương", "", "2026", ""),
    )
    assert [(row.number, row.group) for row in table.rows] == [("II", True), ("1", False)]


def test_a_group_row_may_print_its_number_before_its_title() -> None:
    text, (table,) = read(WORK, ("", "I. Kinh tế số", "", "", "", ""), ("1", "Mở sàn", "Sở", "", "2026", ""))
    group = table.rows[0]
    assert (group.number, group.group, cell_text(text, group.cells[1])) == ("I", True, "Kinh tế số")


def test_a_row_of_a_single_value_is_no_heading() -> None:
    _, (table,) = read(
        ("TT", "Chỉ tiêu", "ĐVT", "Năm 2026"), ("1", "", "", "45"), ("2", "Số chợ", "chợ", "12")
    )
    assert [row.group for row in table.rows] == [False, False]


def test_a_second_header_row_of_years_splits_its_column() -> None:
    _, (table,) = read(
        ("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch", "", ""),
        ("", "", "", "2026", "2027", "2028"),
        ("1", "Số trường đạt chuẩn", "trường", "12", "14", "17"),
    )
    roles = [column.role if column else None for column in table.columns]
    assert roles == ["number", "indicator", "unit", "value", "value", "value"]
    assert [row.number for row in table.rows] == ["1"]


def test_a_row_of_column_numbers_is_part_of_the_header() -> None:
    _, (table,) = read(
        WORK, ("1", "2", "3", "4", "5", "6"), ("1", "Gắn biển số nhà", "UBND xã", "", "2026", "")
    )
    assert len(table.rows) == 1
    assert table.rows[0].number == "1"


def test_a_title_above_the_header_is_passed_over() -> None:
    _, (table,) = read(
        ("Biểu 01", "", "", "", "", ""), WORK, ("1", "Vá đường", "Sở Xây dựng", "", "2026", "")
    )
    assert [row.number for row in table.rows] == ["1"]


@pytest.mark.parametrize(
    "rows",
    [
        (
            ("UBND TỈNH SƠN LA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ("Số: 8/KH-UBND", "Sơn La, ngày 5 tháng 1 năm 2026"),
        ),
        (("Nơi nhận:", "KT. CHỦ TỊCH"), ("- Như trên;", "Lò Văn Pản")),
        (("Họ và tên", "Chức vụ"), ("Hà Thị Nga", "Trưởng phòng")),
        (("a", "b"),),
    ],
)
def test_letterheads_signatures_and_lists_are_no_tables_of_work(rows: Rows) -> None:
    assert read(*rows)[1] == []


def test_a_table_begins_at_its_first_paragraph() -> None:
    source = Source(
        "text/html",
        (Block("paragraph", "Biểu"), Block("table", rows=(WORK, ("1", "Vá ổ gà", "Sở", "", "2026", "")))),
    )
    (table,) = build_tables(clean(source))
    assert table.first == 1


def read_merged(rows: Rows, *merged: Merge) -> tuple[str, Table]:
    canonical = clean(Source("text/html", (Block("table", rows=rows, merged=merged),)))
    return canonical.text, build_tables(canonical)[0]


def column_of(text: str, table: Table, role: str) -> list[str]:
    index = table.column(role)
    assert index is not None
    return [cell_text(text, row.cells.get(index, [])) for row in table.rows]


def test_a_unit_merged_over_rows_is_that_of_each_row() -> None:
    rows = (
        WORK[:3],
        ("1", "Rà soát cơ sở dữ liệu", "Sở Nội vụ"),
        ("2", "Tập huấn cán bộ", ""),
        ("3", "Báo cáo kết quả", ""),
    )
    text, table = read_merged(rows, Merge(1, 2, rows=2))
    assert column_of(text, table, "lead") == ["Sở Nội vụ", "Sở Nội vụ", ""]


def test_work_merged_over_rows_is_done_once() -> None:
    rows = (WORK[:3], ("1", "Rà soát cơ sở dữ liệu", "Sở Nội vụ"), ("", "", "Sở Tài chính"))
    text, table = read_merged(rows, Merge(1, 1, rows=2))
    assert column_of(text, table, "content") == ["Rà soát cơ sở dữ liệu", ""]


@pytest.mark.parametrize("ditto", ["nt", "- nt -", "như trên", '"', '-"-', "''"])
def test_ditto_cells_mean_the_cell_above(ditto: str) -> None:
    rows = (WORK[:3], ("1", "Rà soát", "Sở Nội vụ"), ("2", "Tập huấn", ditto), ("3", "Báo cáo", ditto))
    text, table = read_merged(rows)
    assert column_of(text, table, "lead") == ["Sở Nội vụ"] * 3


@pytest.mark.parametrize("cell", ["-", "", "Sở Nội vụ nt"])
def test_other_cells_mean_what_they_say(cell: str) -> None:
    text, table = read_merged((WORK[:3], ("1", "Rà soát", "Sở Nội vụ"), ("2", "Tập huấn", cell)))
    assert column_of(text, table, "lead") == ["Sở Nội vụ", cell]


def test_a_ditto_in_the_first_row_means_nothing() -> None:
    text, table = read_merged((WORK[:3], ("1", "Rà soát", "nt"), ("2", "Tập huấn", "Sở Nội vụ")))
    assert column_of(text, table, "lead") == ["", "Sở Nội vụ"]
