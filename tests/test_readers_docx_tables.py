"""Tables of Word documents: grids with merged cells, tables within tables, tables that only lay out text."""

from __future__ import annotations

import pytest
from word_files import LINES, build_docx, cell, item, level, numbering, paragraph, row, run, table

from extract.readers.docx import read_docx
from extract.spans import Block, Merge, ReadOptions


def blocks(body: str, **parts: str) -> tuple[Block, ...]:
    return read_docx("a.docx", build_docx(body, **parts), ReadOptions(ocr="never")).blocks


def only_table(body: str) -> Block:
    (found,) = blocks(body)
    assert found.kind == "table"
    return found


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


DOWN, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
HEAD = row("STT", "Nhiệm vụ", "Chủ trì")


def test_cells_in_rows() -> None:
    found = only_table(table(HEAD, row("1", "Rà soát kho", "Sở Y tế")))
    assert found.rows == (("STT", "Nhiệm vụ", "Chủ trì"), ("1", "Rà soát kho", "Sở Y tế"))
    assert found.merged == ()
    assert found.text == ""


def test_a_table_stands_among_the_paragraphs() -> None:
    found = blocks(paragraph("Trước") + table(HEAD, HEAD) + paragraph("Sau"))
    assert [block.kind for block in found] == ["paragraph", "table", "paragraph"]


def test_paragraphs_of_a_cell_are_lines() -> None:
    lists = numbering(level(0, "bullet", "-"))
    filled = cell(paragraph("Rà soát:"), item("kho thuốc;"), paragraph(""), item("kho máu."))
    found = blocks(table(row("TT", "Việc"), row("1", filled)), numbering=lists)[0]
    assert found.rows[1] == ("1", "Rà soát:\n- kho thuốc;\n- kho máu.")


def test_cells_over_columns() -> None:
    group = row(cell("I. Y tế cơ sở", properties=span(3)))
    found = only_table(table(HEAD, group, row("1", cell("Việc chung", properties=span(2)))))
    assert found.rows == (
        ("STT", "Nhiệm vụ", "Chủ trì"), ("I. Y tế cơ sở", "", ""), ("1", "Việc chung", ""),
    )  # fmt: skip
    assert found.merged == (Merge(1, 0, 1, 3), Merge(2, 1, 1, 2))


def test_cells_over_rows() -> None:
    found = only_table(
        table(
            HEAD,
            row("1", "Rà soát", cell("Sở Y tế", properties=DOWN)),
            row("2", "Báo cáo", cell("bị che", properties=GOES_ON)),
            row("3", "Tập huấn", "Sở Nội vụ"),
        )
    )
    assert [line[2] for line in found.rows] == ["Chủ trì", "Sở Y tế", "", "Sở Nội vụ"]
    assert found.merged == (Merge(1, 2, 2, 1),)


def test_cells_over_rows_and_columns() -> None:
    corner = cell("Chung", properties=span(2) + DOWN)
    below = cell("", properties=span(2) + GOES_ON)
    found = only_table(table(HEAD, row(corner, "a"), row(below, "b")))
    assert found.rows[1:] == (("Chung", "", "a"), ("", "", "b"))
    assert found.merged == (Merge(1, 0, 2, 2),)


def test_a_merge_that_goes_on_from_nothing_is_a_cell() -> None:
    found = only_table(table(HEAD, row("1", cell("Rà soát", properties=GOES_ON), "Sở Y tế")))
    assert found.rows[1] == ("1", "Rà soát", "Sở Y tế")


def test_merges_of_the_older_form() -> None:
    first = cell("Chung", properties='<w:hMerge w:val="restart"/>')
    second = cell("", properties='<w:hMerge w:val="continue"/>')
    found = only_table(table(HEAD, row(first, second, "Sở Y tế")))
    assert found.rows[1] == ("Chung", "", "Sở Y tế")
    assert found.merged == (Merge(1, 0, 1, 2),)


def test_rows_that_begin_later() -> None:
    late = row("Rà soát", "Sở Y tế", properties='<w:gridBefore w:val="1"/>')
    assert only_table(table(HEAD, late)).rows[1] == ("", "Rà soát", "Sở Y tế")


def test_edges_of_other_rows_make_no_columns() -> None:
    """Word counts an edge that any row has; cells there reach over columns in which nothing begins."""
    wide = row(cell("1", properties=span(2)), cell("Rà soát", properties=span(3)), "Sở Y tế")
    found = only_table(
        table(row(cell("TT", properties=span(2)), cell("Việc", properties=span(3)), "Ai"), wide)
    )
    assert found.rows == (("TT", "Việc", "Ai"), ("1", "Rà soát", "Sở Y tế"))
    assert found.merged == ()


def test_rows_of_unequal_length_are_filled_up() -> None:
    assert only_table(table(HEAD, row("1", "Rà soát"))).rows[1] == ("1", "Rà soát", "")


@pytest.mark.parametrize("span_value", ["0", "-3", "x", "999999", "99999999999999"])
def test_absurd_spans(span_value: str) -> None:
    found = only_table(table(HEAD, row(cell("1", properties=f'<w:gridSpan w:val="{span_value}"/>'), "b")))
    assert len({len(line) for line in found.rows}) == 1
    assert found.rows[1][0] == "1"


def test_rows_and_cells_that_tracked_changes_took_out() -> None:
    gone = row("bỏ", "bỏ", "bỏ", properties="<w:del/>")
    added = row("1", "Rà soát", "Sở Y tế", properties="<w:ins/>")
    found = only_table(table(HEAD, gone, added, row("2", cell("bỏ", properties="<w:cellDel/>"), "Sở Nội vụ")))
    assert found.rows[1:] == (("1", "Rà soát", "Sở Y tế"), ("2", "", "Sở Nội vụ"))


def test_rows_and_cells_in_content_controls() -> None:
    inner = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    second = inner.format(row("1", "Rà soát", "Sở Y tế"))
    third = f"<w:tr>{inner.format(cell('2'))}{cell('Báo cáo')}{cell('Sở Nội vụ')}</w:tr>"
    assert only_table(table(HEAD, second, third)).rows[1:] == (
        ("1", "Rà soát", "Sở Y tế"), ("2", "Báo cáo", "Sở Nội vụ"),
    )  # fmt: skip


def test_a_table_within_a_cell_is_flattened_row_by_row() -> None:
    inner = table(row("Quý I", "20 xã"), row("Quý II", "35 xã"))
    found = only_table(table(HEAD, row("1", cell(paragraph("Rà soát"), inner, paragraph("Hết")), "Sở Y tế")))
    assert found.rows[1][1] == "Rà soát\nQuý I 20 xã\nQuý II 35 xã\nHết"


def test_tables_without_cells_are_nothing() -> None:
    assert blocks("<w:tbl/>" + table("<w:tr/>") + paragraph("Một")) == (Block("paragraph", "Một"),)


# Layout


def texts(body: str, **parts: str) -> list[str]:
    found = blocks(body, **parts)
    assert all(block.kind == "paragraph" for block in found)
    return [block.text for block in found]


LETTERHEAD = (
    row(cell("UBND TỈNH BẮC SƠN", "SỞ Y TẾ"), cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do")),
    row("Số: 12/KH-SYT", "Bắc Sơn, ngày 05 tháng 3 năm 2031"),
)
LETTERHEAD_LINES = [
    "UBND TỈNH BẮC SƠN", "SỞ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do", "Số: 12/KH-SYT",
    "Bắc Sơn, ngày 05 tháng 3 năm 2031",
]  # fmt: skip


@pytest.mark.parametrize("ruled", [True, False])
def test_a_letterhead_is_no_table_with_lines_or_without(ruled: bool) -> None:
    assert texts(table(*LETTERHEAD, ruled=ruled)) == LETTERHEAD_LINES


@pytest.mark.parametrize("ruled", [True, False])
def test_recipients_and_signer_are_no_table(ruled: bool) -> None:
    body = table(row(cell("Nơi nhận:", "- Như trên;"), cell("GIÁM ĐỐC", "Lê Văn Mẫu")), ruled=ruled)
    assert texts(body) == ["Nơi nhận:", "- Như trên;", "GIÁM ĐỐC", "Lê Văn Mẫu"]


def test_few_cells_without_lines_only_lay_out_text() -> None:
    assert texts(table(row("Kính gửi:", cell("- Sở Y tế;", "- Sở Nội vụ.")), ruled=False)) == [
        "Kính gửi:", "- Sở Y tế;", "- Sở Nội vụ.",
    ]  # fmt: skip


def test_a_long_table_without_lines_holds_data() -> None:
    rows = [row(str(number), f"Việc {number}", "Sở Y tế") for number in range(1, 12)]
    assert only_table(table(HEAD, *rows, ruled=False)).rows[11] == ("11", "Việc 11", "Sở Y tế")


@pytest.mark.parametrize("head", ["STT", " TT ", "Số TT", "Số thứ tự", "S TT"])
def test_a_column_of_numbers_makes_a_table(head: str) -> None:
    body = table(row(head, "Việc"), row("1", "Rà soát"), ruled=False)
    assert only_table(body).rows == ((head.strip(), "Việc"), ("1", "Rà soát"))


def test_a_style_with_bands_makes_a_table() -> None:
    band = (
        f'<w:tblStylePr w:type="band1Horz"><w:tcPr><w:tcBorders>{LINES}</w:tcBorders></w:tcPr></w:tblStylePr>'
    )
    styles = f'<w:style w:type="table" w:styleId="Band"><w:tblPr/>{band}</w:style>'
    body = table(*PLAIN_ROWS, ruled=False, properties='<w:tblStyle w:val="Band"/>')
    assert [block.kind for block in blocks(body, styles=styles)] == ["table"]


def test_a_box_around_text_is_no_table() -> None:
    assert texts(table(row(cell("Một", "Hai")), row("Ba"))) == ["Một", "Hai", "Ba"]


def test_a_table_within_a_layout_table_stays_a_table() -> None:
    inner = table(HEAD, row("1", "Rà soát", "Sở Y tế"))
    found = blocks(table(row(cell(paragraph("Trước"), inner, paragraph("Sau")))))
    assert [block.kind for block in found] == ["paragraph", "table", "paragraph"]
    assert found[1].rows[1] == ("1", "Rà soát", "Sở Y tế")


def test_bold_is_kept_in_a_layout_table() -> None:
    body = table(row(cell(paragraph(run("SỞ Y TẾ", "<w:b/>"))), "x"), ruled=False)
    assert [block.bold for block in blocks(body)] == [True, False]


TABLE_STYLES = (
    '<w:style w:type="table" w:default="1" w:styleId="Plain"><w:tblPr/></w:style>'
    '<w:style w:type="table" w:styleId="Grid"><w:basedOn w:val="Plain"/>'
    f"<w:tblPr><w:tblBorders>{LINES}</w:tblBorders></w:tblPr></w:style>"
    '<w:style w:type="table" w:styleId="Mine"><w:basedOn w:val="Grid"/></w:style>'
)
NO_LINES = '<w:tblBorders><w:insideH w:val="nil"/><w:insideV w:val="none"/></w:tblBorders>'
PLAIN_ROWS = (row("Việc", "Ai"), row("Rà soát", "Sở Y tế"))


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ('<w:tblStyle w:val="Grid"/>', "table"),
        ('<w:tblStyle w:val="Mine"/>', "table"),
        ('<w:tblStyle w:val="Plain"/>', "paragraph"),
        ('<w:tblStyle w:val="Absent"/>', "paragraph"),
        ("", "paragraph"),
        (f'<w:tblStyle w:val="Grid"/>{NO_LINES}', "paragraph"),
    ],
)
def test_lines_may_come_from_the_style(properties: str, kind: str) -> None:
    body = table(*PLAIN_ROWS, ruled=False, properties=properties)
    assert {block.kind for block in blocks(body, styles=TABLE_STYLES)} == {kind}


def test_lines_may_come_from_the_cells() -> None:
    lines = f"<w:tcBorders>{LINES}</w:tcBorders>"
    rows = (row(cell("Việc", properties=lines), cell("Ai", properties=lines)),) * 2
    assert only_table(table(*rows, ruled=False)).rows == (("Việc", "Ai"), ("Việc", "Ai"))


def test_cells_may_take_the_lines_of_the_table_away() -> None:
    none = '<w:tcBorders><w:top w:val="nil"/><w:left w:val="nil"/><w:bottom w:val="nil"/></w:tcBorders>'
    assert texts(table(row(cell("Một", properties=none), cell("Hai", properties=none)))) == ["Một", "Hai"]


def test_lines_above_and_below_make_a_table() -> None:
    lines = '<w:tblBorders><w:insideH w:val="single"/></w:tblBorders>'
    assert only_table(table(*PLAIN_ROWS, ruled=False, properties=lines)).rows[1] == ("Rà soát", "Sở Y tế")
