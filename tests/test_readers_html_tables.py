"""Tables of web pages: data or layout, merged cells, spans that lie, tables within tables."""

from __future__ import annotations

import pytest

from extract.readers.html import read_html
from extract.readers.web.grids import MAX_COLUMNS
from extract.spans import Block, Merge, Source


def read(markup: str) -> Source:
    return read_html("page.html", f"<html><body>{markup}</body></html>".encode())


def table_of(markup: str) -> Block:
    tables = [block for block in read(markup).blocks if block.kind == "table"]
    assert len(tables) == 1
    return tables[0]


def texts(markup: str) -> list[str]:
    blocks = read(markup).blocks
    assert all(block.kind == "paragraph" for block in blocks)
    return [block.text for block in blocks]


ANNEX = """<table border="1">
<caption>Biểu 1</caption>
<thead><tr><th rowspan="2">STT</th><th rowspan="2">Chỉ tiêu</th><th colspan="2">Kế hoạch</th></tr>
<tr><th>2025</th><th>2026</th></tr></thead>
<tbody><tr><td>1</td><td><p>Tỷ lệ hộ</p><p>dùng nước sạch</p></td><td>81,5%</td><td>84%</td></tr>
<tr><td>2</td><td>Số trạm</td><td colspan="2">12</td></tr></tbody></table>"""


def test_a_table_with_merged_cells() -> None:
    blocks = read(ANNEX).blocks
    assert blocks[0].text == "Biểu 1"
    assert blocks[1].rows == (
        ("STT", "Chỉ tiêu", "Kế hoạch", ""),
        ("", "", "2025", "2026"),
        ("1", "Tỷ lệ hộ\ndùng nước sạch", "81,5%", "84%"),
        ("2", "Số trạm", "12", ""),
    )
    assert blocks[1].merged == (
        Merge(0, 0, 2, 1), Merge(0, 1, 2, 1), Merge(0, 2, 1, 2), Merge(3, 2, 1, 2),
    )  # fmt: skip


@pytest.mark.parametrize("attributes", ["border=1", "class='table table-bordered'", "class=MsoTableGrid",
                                        "style='border:1px solid #000'", "rules=all"])  # fmt: skip
def test_two_columns_with_lines_are_data(attributes: str) -> None:
    markup = f"<table {attributes}><tr><td>Số giường<td>120<tr><td>Số trạm<td>14</table>"
    assert table_of(markup).rows == (("Số giường", "120"), ("Số trạm", "14"))


def test_lines_of_cells_count() -> None:
    cell = "<td style='border:solid windowtext 1.0pt;padding:0'>"
    markup = (
        f"<table border=0 style='border:none'><tr>{cell}Số giường{cell}120<tr>{cell}Số trạm{cell}14</table>"
    )
    assert read(markup.replace("border=0 ", "")).blocks[0].kind == "table"


def test_three_columns_without_lines_are_data() -> None:
    markup = "<table><tr><td>STT<td>Nội dung<td>Thời gian<tr><td>1<td>Rà soát<td>Quý I/2025</table>"
    assert table_of(markup).rows[1] == ("1", "Rà soát", "Quý I/2025")


@pytest.mark.parametrize("border", ["", "border=1"])
def test_a_letterhead_is_read_left_cell_first(border: str) -> None:
    markup = (
        f"<table {border}><tr><td><p>UBND TỈNH HÀ NAM<br>SỞ Y TẾ</p>"
        "<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc"
        "<tr><td>Số: 12/KH-SYT<td>Hà Nam, ngày 3 tháng 2 năm 2025</table>"
    )
    assert texts(markup) == [
        "UBND TỈNH HÀ NAM",
        "SỞ Y TẾ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/KH-SYT",
        "Hà Nam, ngày 3 tháng 2 năm 2025",
    ]


def test_a_signature_is_no_table() -> None:
    markup = (
        "<table border=1><tr><td>Nơi nhận:<br>- Như trên;<td>GIÁM ĐỐC<tr><td>- Lưu: VT.<td>Nguyễn An</table>"
    )
    assert texts(markup)[:3] == ["Nơi nhận:", "- Như trên;", "GIÁM ĐỐC"]


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><td>Rà soát</td></tr><tr><td>Báo cáo</td></tr></table>",
        "<table border=1><tr><td>Rà soát</td><td>Báo cáo</td></tr></table>",
        "<table role=presentation border=1><tr><td>Rà soát<td><tr><td>Báo cáo<td></table>",
        "<table><tr><td>Rà soát<td><tr><td><td>Báo cáo</table>",
    ],
)
def test_tables_of_one_row_or_column_lay_out(markup: str) -> None:
    assert texts(markup) == ["Rà soát", "Báo cáo"]


def test_a_page_laid_out_in_a_table_keeps_its_tables() -> None:
    inner = "<table border=1><tr><th>STT<th>Việc<tr><td>1<td>Rà soát</table>"
    blocks = read(f"<table><tr><td>Đầu trang<tr><td><p>Kế hoạch</p>{inner}<p>Cuối</p></table>").blocks
    assert [block.kind for block in blocks] == ["paragraph", "paragraph", "table", "paragraph"]
    assert blocks[2].rows == (("STT", "Việc"), ("1", "Rà soát"))


def test_a_table_within_a_cell_becomes_lines() -> None:
    inner = "<table><tr><td>xã A<tr><td>xã B</table>"
    rows = "".join(f"<tr><td>{n}<td>Việc {n}<td>Sở Y tế" for n in range(2, 8))
    markup = f"<table border=1><tr><td>1<td>Khảo sát:{inner}<td>Sở Y tế{rows}</table>"
    assert table_of(markup).rows[0] == ("1", "Khảo sát:\nxã A\nxã B", "Sở Y tế")


def test_lists_within_cells_keep_their_numbers() -> None:
    markup = "<table border=1><tr><td>1<td><ol><li>Rà soát<li>Báo cáo</ol><tr><td>2<td>- Họp<br>- Ghi</table>"
    assert [row[1] for row in table_of(markup).rows] == ["1. Rà soát\n2. Báo cáo", "- Họp\n- Ghi"]


@pytest.mark.parametrize(
    ("span", "merge"),
    [
        ("colspan=1000000000", Merge(0, 0, 1, MAX_COLUMNS)),
        ("rowspan=1000000000", Merge(0, 0, 2, 1)),
        ("rowspan=0", Merge(0, 0, 2, 1)),
        ("colspan=-3", None),
        ("colspan=x rowspan=''", None),
        ("colspan='2 '", Merge(0, 0, 1, 2)),
    ],
)
def test_spans_end_with_the_table(span: str, merge: Merge | None) -> None:
    table = table_of(f"<table border=1><tr><td {span}>a<td>b<tr><td>c<td>d</table>")
    assert table.merged == ((merge,) if merge else ())
    assert set(table.raw.split()) == set("abcd")
    assert all(len(row) == len(table.rows[0]) <= MAX_COLUMNS for row in table.rows)


def test_no_word_of_a_table_that_is_too_wide_is_lost() -> None:
    cells = "".join(f"<td>v{n}" for n in range(300))
    table = table_of(f"<table border=1><tr>{cells}<tr><td>x<td>y</table>")
    assert set(table.raw.split()) == {f"v{n}" for n in range(300)} | {"x", "y"}


def test_overlapping_spans_lose_nothing() -> None:
    rows = "<tr><td rowspan=2>a<td>b<td rowspan=3>c<tr><td colspan=3>d<tr><td>e<td>f<td>g"
    markup = f"<table border=1>{rows}</table>"
    assert sorted("".join("".join(row) for row in table_of(markup).rows)) == list("abcdefg")


def test_a_table_with_too_many_cells_becomes_paragraphs() -> None:
    rows = "<tr><td colspan=100>a<td>b" * 3000
    blocks = read(f"<table border=1>{rows}</table>").blocks
    assert {block.kind for block in blocks} == {"paragraph"}
    assert len(blocks) == 6000


def test_rows_without_cells_and_cells_without_rows() -> None:
    assert table_of("<table border=1><td>a<td>b<tr></tr><tr><td>c<td>d</table>").rows[0] == ("a", "b")


def test_hidden_rows_are_left_out() -> None:
    markup = "<table border=1><tr><td>a<td>b<tr style='display:none'><td>x<td>y<tr><td>c<td>d</table>"
    assert table_of(markup).rows == (("a", "b"), ("c", "d"))
