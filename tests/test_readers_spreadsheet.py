"""Workbooks to blocks: the same annex in three formats, tables found on sheets, what is not printed."""

from __future__ import annotations

from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import pytest
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from extract.readers.spreadsheet import read_spreadsheet
from extract.spans import Merge
from tests.sheets import (
    BOX,
    build_ods,
    build_raw_workbook,
    build_workbook,
    codes,
    outline,
    read_rows,
    sheet_xml,
)

SAMPLES = Path(__file__).parent / "documents"
HEADER = ("STT", "Nhiệm vụ", "Chủ trì", "Thời hạn")
FIRST = (1, "Rà soát quy hoạch", "Sở Xây dựng", "Quý I/2026")
SECOND = (2, "Lập dự toán", "Sở Tài chính", "Quý II/2026")
needs_xlrd = pytest.mark.skipif(find_spec("xlrd") is None, reason="the library xlrd is not installed")


@pytest.mark.parametrize("suffix", ["xlsx", "ods", pytest.param("xls", marks=needs_xlrd)])
def test_an_annex_reads_the_same_in_every_format(suffix: str) -> None:
    source = read_spreadsheet(f"annex.{suffix}", (SAMPLES / f"annex.{suffix}").read_bytes())
    title, belongs, table, note = source.blocks
    assert (title.text, title.bold) == ("PHỤ LỤC I", True)
    assert (belongs.text, belongs.bold) == ("(Kèm theo Kế hoạch số 12/KH-UBND ngày 05/01/2026)", False)
    assert note.text == "(Tài liệu minh họa, số liệu giả định.)"
    assert table.rows == (
        ("STT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện 2025", "Kế hoạch", ""),
        ("", "", "", "", "2026", "2030"),
        ("1", "Tỷ lệ hộ nghèo", "%", "4,25%", "3,1%", "1,5%"),
        ("2", "Số lượt khách du lịch", "lượt", "1.234.567", "1.300.000", "2.000.000"),
        ("4", "Ngày hoàn thành", "", "", "20/06/2026", "06/2030"),
    )
    assert table.merged == (*(Merge(0, column, 2, 1) for column in range(4)), Merge(0, 4, 1, 2))
    assert codes(source) == ["hidden_cells"]
    assert "11 cells" in source.problems[0].message
    assert "1 hidden sheet" in source.problems[0].message


@pytest.mark.parametrize("suffix", ["xlsx", "ods", pytest.param("xls", marks=needs_xlrd)])
@pytest.mark.parametrize("name", ["annex.csv", "annex.xls", "annex.xlsx", "annex.ods", "annex"])
def test_the_content_decides_not_the_suffix(suffix: str, name: str) -> None:
    content = (SAMPLES / f"annex.{suffix}").read_bytes()
    assert read_spreadsheet(name, content) == read_spreadsheet(f"annex.{suffix}", content)


def test_tables_lie_between_texts() -> None:
    rows = [
        ("PHỤ LỤC II",), ("Đơn vị tính: triệu đồng",), HEADER, FIRST, SECOND, (),
        ("II. PHÂN BỔ",), HEADER, FIRST, ("Ghi chú: số ước.",),
    ]  # fmt: skip
    found = outline(read_spreadsheet("a.xlsx", build_workbook(rows)))
    assert found == [
        "PHỤ LỤC II",
        "Đơn vị tính: triệu đồng",
        "3 x 4",
        "II. PHÂN BỔ",
        "2 x 4",
        "Ghi chú: số ước.",
    ]


def test_two_tables_without_an_empty_row_between_are_two() -> None:
    rows = [HEADER, FIRST, SECOND, ("Biểu 2",), HEADER, FIRST, SECOND]
    for drawn in (0, 1):
        content = build_workbook(rows, _undraw_row_4 if drawn else None, drawn)
        assert outline(read_spreadsheet("a.xlsx", content)) == ["3 x 4", "Biểu 2", "3 x 4"]


def _undraw_row_4(sheet: Worksheet) -> None:
    for column in range(1, 5):
        sheet.cell(4, column).border = BOX.__class__()


def test_rows_that_head_others_stay_in_the_table() -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:D2")
        sheet.merge_cells("A4:D4")

    rows = [HEADER, ("I. QUY HOẠCH", None, None, None), FIRST, ("II. KINH PHÍ", None, None, None), SECOND]
    for drawn in (0, 1):
        (table,) = read_spreadsheet("a.xlsx", build_workbook(rows, merge, drawn)).blocks
        assert [row[0] for row in table.rows] == ["STT", "I. QUY HOẠCH", "1", "II. KINH PHÍ", "2"]
        assert table.merged == (Merge(1, 0, 1, 4), Merge(3, 0, 1, 4))


def test_a_unit_merged_over_rows_stands_in_the_first() -> None:
    rows = [HEADER, FIRST, (2, "Lập dự toán", None, "Quý II/2026"), (None, "Trình duyệt", None, None)]

    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("C2:C4")
        sheet.merge_cells("A3:A4")
        sheet.merge_cells("D3:D4")

    (table,) = read_spreadsheet("a.xlsx", build_workbook(rows, merge)).blocks
    assert [row[2] for row in table.rows] == ["Chủ trì", "Sở Xây dựng", "", ""]
    assert table.rows[3] == ("", "Trình duyệt", "", "")
    assert table.merged == (Merge(1, 2, 3, 1), Merge(2, 0, 2, 1), Merge(2, 3, 2, 1))


def test_an_empty_row_within_a_table_does_not_end_it() -> None:
    assert outline(read_spreadsheet("a.xlsx", build_workbook([HEADER, FIRST, (), SECOND]))) == ["3 x 4"]
    drawn = build_workbook([HEADER, FIRST, (None,) * 4, ("", "Việc khác", "", ""), SECOND], drawn=1)
    assert outline(read_spreadsheet("a.xlsx", drawn)) == ["4 x 4"]


def test_columns_without_text_are_no_columns() -> None:
    rows = [(None, "STT", None, "Việc", "Hạn"), (None, 1, None, "Rà soát", 2026)]
    assert read_rows(build_workbook(rows)) == [("STT", "Việc", "Hạn"), ("1", "Rà soát", "2026")]


def test_a_table_of_two_columns_is_one_when_it_holds_numbers() -> None:
    rows = [("Xã", "Số cây"), ("An Bình", 120), ("Tân Lập", 88)]
    assert outline(read_spreadsheet("a.xlsx", build_workbook(rows))) == ["3 x 2"]
    assert outline(read_spreadsheet("a.xlsx", build_workbook(rows[:1]))) == ["Xã", "Số cây"]
    assert outline(read_spreadsheet("a.xlsx", build_workbook(rows[:1], drawn=1))) == ["1 x 2"]


def test_a_row_of_the_drawn_table_that_is_nearly_empty_stays_in_it() -> None:
    rows = [HEADER, FIRST, ("Tổng cộng", None, None, None)]
    assert outline(read_spreadsheet("a.xlsx", build_workbook(rows, drawn=1))) == ["3 x 4"]
    assert outline(read_spreadsheet("a.xlsx", build_workbook(rows))) == ["2 x 4", "Tổng cộng"]


def test_letterheads_and_signatures_are_read_by_columns() -> None:
    rows = [
        ("UBND TỈNH AN GIANG", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("SỞ Y TẾ", None, "Độc lập"),
        ("Số: 12/KH-SYT", None, "An Giang, ngày 05 tháng 01 năm 2026"), (), ("KẾ HOẠCH",), (), HEADER, FIRST,
        (), ("Nơi nhận:", None, "GIÁM ĐỐC"), ("- Như trên;",), ("- Lưu: VT.",), (None, None, "Trần Văn Mẫu"),
    ]  # fmt: skip
    assert outline(read_spreadsheet("a.xlsx", build_workbook(rows))) == [
        "UBND TỈNH AN GIANG", "SỞ Y TẾ", "Số: 12/KH-SYT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập",
        "An Giang, ngày 05 tháng 01 năm 2026", "KẾ HOẠCH", "2 x 4",
        "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "GIÁM ĐỐC", "Trần Văn Mẫu",
    ]  # fmt: skip


def test_a_label_and_its_answer_are_one_paragraph() -> None:
    rows = [("Đơn vị báo cáo:", "Sở Y tế"), ("Kỳ báo cáo:", "Quý I")]
    assert outline(read_spreadsheet("a.xlsx", build_workbook(rows))) == [
        "Đơn vị báo cáo: Sở Y tế",
        "Kỳ báo cáo: Quý I",
    ]


def test_markers_in_a_column_of_their_own_stand_before_their_texts() -> None:
    rows = [
        ("I", "MỤC TIÊU"),
        (1, "Giảm nghèo còn 2,5%."),
        ("2.", "Tạo việc làm."),
        ("a)", "Cho vay vốn."),
        ("-", "Dạy nghề."),
    ]
    assert outline(read_spreadsheet("a.xlsx", build_workbook(rows))) == [
        "I. MỤC TIÊU", "1. Giảm nghèo còn 2,5%.", "2. Tạo việc làm.", "a) Cho vay vốn.", "- Dạy nghề.",
    ]  # fmt: skip


def test_sentences_broken_by_hand_are_joined() -> None:
    rows = [
        ("Ghi chú: khối lượng tính theo",), ("diện tích nghiệm thu.",), ("đơn giá năm 2025;",),
        ("a) đất",), ("b) rừng",),
    ]  # fmt: skip
    assert outline(read_spreadsheet("a.xlsx", build_workbook(rows))) == [
        "Ghi chú: khối lượng tính theo diện tích nghiệm thu.", "đơn giá năm 2025;", "a) đất", "b) rừng",
    ]  # fmt: skip


def test_two_tables_side_by_side_are_two() -> None:
    rows = [
        ("STT", "Xã", "Năm", None, "STT", "Xã", "Năm"),
        (1, "An Phú", 2026, None, 3, "Long Hòa", 2027),
        (2, "Cẩm Sơn", 2026),
    ]
    left, right = read_spreadsheet("a.xlsx", build_workbook(rows)).blocks
    assert left.rows == (("STT", "Xã", "Năm"), ("1", "An Phú", "2026"), ("2", "Cẩm Sơn", "2026"))
    assert right.rows == (("STT", "Xã", "Năm"), ("3", "Long Hòa", "2027"))


def test_paragraphs_of_a_cell_are_kept_apart() -> None:
    rows = [
        ("Căn cứ Luật Đầu tư;\n\nCăn cứ Nghị quyết số 5;",),
        (),
        HEADER,
        (1, "Số hóa\r\n- đất đai ", "A", "B"),
    ]
    source = read_spreadsheet("a.xlsx", build_workbook(rows))
    assert outline(source) == ["Căn cứ Luật Đầu tư;", "Căn cứ Nghị quyết số 5;", "2 x 4"]
    assert source.blocks[2].rows[1][1] == "Số hóa\n- đất đai"


def test_bold_paragraphs_are_told() -> None:
    def make_bold(sheet: Worksheet) -> None:
        sheet["A1"].font = Font(bold=True)

    source = read_spreadsheet("a.xlsx", build_workbook([("PHỤ LỤC",), ("Ghi chú",)], make_bold))
    assert [block.bold for block in source.blocks] == [True, False]


def test_a_text_centred_over_empty_cells_is_merged_with_them() -> None:
    def centre(sheet: Worksheet) -> None:
        for column in (3, 4, 5):
            sheet.cell(1, column).alignment = Alignment(horizontal="centerContinuous")

    rows = [("TT", "Chỉ tiêu", "Kế hoạch", None, None, "Ghi chú"), (None, None, 2026, 2027, 2028)]
    (table,) = read_spreadsheet("a.xlsx", build_workbook(rows, centre)).blocks
    assert table.merged == (Merge(0, 2, 1, 3),)


def test_hidden_rows_and_columns_are_left_out_and_the_rest_moves_up() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.merge_cells("A2:A3")

    rows = [("STT", "Nháp", "Việc", "Hạn"), ("1-2", "x", "ẩn", "ẩn"), (None, "x", "Lập dự toán", 2026)]
    source = read_spreadsheet("a.xlsx", build_workbook(rows, hide))
    assert source.blocks[0].rows == (("STT", "Việc", "Hạn"), ("1-2", "Lập dự toán", "2026"))
    assert codes(source) == ["hidden_cells"]
    assert "5 cells" in source.problems[0].message


def test_rows_without_height_are_hidden() -> None:
    rows = '<row r="1"><c><v>1</v></c></row><row r="2" ht="0"><c><v>2</v></c></row>'
    source = read_spreadsheet("a.xlsx", build_raw_workbook(sheet_xml(rows)))
    assert outline(source) == ["1"]
    assert codes(source) == ["hidden_cells"]


def test_formulas_give_their_saved_values_or_a_problem() -> None:
    rows = (
        '<row r="1"><c r="A1"><f>10/4</f><v>2.5</v></c><c r="B1" t="str"><f>A1</f><v>Việc</v></c>'
        '<c r="C1"><f>NOW()</f></c><c r="D1"><f>X()</f><v></v></c>'
        '<c r="E1" t="str"><f>""</f><v></v></c></row>'
        '<row r="2"><c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B2" t="b"><v>1</v></c>'
        '<c r="C2"><v>x</v></c></row>'
    )
    source = read_spreadsheet("a.xlsx", build_raw_workbook(sheet_xml(rows)))
    assert outline(source) == ["2,5", "Việc"]
    counts = {problem.code: problem.message.split()[0] for problem in source.problems}
    assert counts == {"formula_without_value": "2", "error_cells": "2", "boolean_cells": "1"}


def test_strings_are_read_in_all_the_ways_they_are_written() -> None:
    strings = (
        "<sst><si><t>Sở </t></si>"
        "<si><r><t>Sở </t></r><r><rPr><b/></rPr><t>Y tế</t></r><rPh><t>x</t></rPh></si></sst>"
    )
    rows = (
        '<row><c t="s"><v>1</v></c><c t="inlineStr"><is><r><t>Kế </t></r><r><t>hoạch</t></r></is></c>'
        '<c t="str"><v>A_x000A_B</v></c><c t="s"><v>7</v></c><c t="d"><v>2026-06-20</v></c></row>'
        '<row><c t="s"><v>0</v></c></row>'
    )
    source = read_spreadsheet("a.xlsx", build_raw_workbook(sheet_xml(rows), sharedStrings=strings))
    texts = [block.text for block in source.blocks]
    assert texts == ["Sở Y tế", "Kế hoạch", "A", "B", "20/06/2026", "Sở"]
    assert codes(source) == ["error_cells"]


def test_days_follow_the_calendar_of_the_workbook() -> None:
    def show_as_days(sheet: Worksheet) -> None:
        sheet["A1"].number_format = "d-mmm-yy"
        sheet["A2"].number_format = "mm/yyyy"

    rows = [(datetime(2026, 6, 20),), (datetime(2026, 6, 1),)]
    assert outline(read_spreadsheet("a.xlsx", build_workbook(rows, show_as_days))) == [
        "20/06/2026",
        "06/2026",
    ]


def test_letters_of_older_encodings_are_turned_in_all_cells() -> None:
    rows = [("STT", "NhiÖm vô", "§¬n vÞ"), (1, "X©y dùng kÕ ho¹ch\nn¨m 2026", "Së Y tÕ")]
    source = read_spreadsheet("a.xlsx", build_workbook(rows))
    assert source.blocks[0].rows == (
        ("STT", "Nhiệm vụ", "Đơn vị"),
        ("1", "Xây dựng kế hoạch\nnăm 2026", "Sở Y tế"),
    )
    assert codes(source) == ["legacy_encoding"]


def test_opendocument_takes_merges_hidden_parts_and_displayed_numbers() -> None:
    table = (
        '<table:table table:name="PL1"><table:table-column table:number-columns-repeated="3"/>'
        '<table:table-column table:visibility="collapse"/><table:table-row>'
        '<table:table-cell table:number-rows-spanned="2"><text:p>STT</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-spanned="2"><text:p>Kế <text:span>hoạch</text:span></text:p>'
        "<office:annotation><text:p>ghi chú</text:p></office:annotation></table:table-cell>"
        "<table:covered-table-cell/><table:table-cell><text:p>nháp</text:p></table:table-cell></table:table-row>"
        '<table:table-row><table:covered-table-cell/><table:table-cell office:value-type="float" '
        'office:value="1234.5"><text:p>1,234.50</text:p></table:table-cell><table:table-cell '
        'office:value-type="percentage" office:value="0.5"><text:p>50%</text:p></table:table-cell>'
        "</table:table-row>"
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3">'
        "<text:p>x<text:s/>y</text:p></table:table-cell></table:table-row></table:table>"
    )
    source = read_spreadsheet("a.ods", build_ods(table))
    assert source.blocks[0].rows == (
        ("STT", "Kế hoạch", ""),
        ("", "1.234,50", "50%"),
        ("x y", "x y", "x y"),
        ("x y", "x y", "x y"),
    )
    assert source.blocks[0].merged == (Merge(0, 0, 2, 1), Merge(0, 1, 1, 2))
    assert codes(source) == ["hidden_cells"]
