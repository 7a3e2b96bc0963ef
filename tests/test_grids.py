"""Tables drawn with pipes: one cell a line between lone pipes, or Markdown rows."""

from __future__ import annotations

import pytest

from extract.spans import Block, Source
from extract.structure.clean import clean

Rows = list[list[str]]


def read(text: str) -> tuple[list[Rows], list[str]]:
    """Give the tables of a text, cell by cell, and the paragraphs outside them."""
    canonical = clean(Source("text/plain", (Block("lines", text),)))
    tables: list[Rows] = []
    outside: list[str] = []
    for paragraph in canonical.paragraphs:
        words = canonical.text[paragraph.start : paragraph.end]
        if paragraph.cell is None:
            outside.append(words)
            continue
        place = paragraph.cell
        while len(tables) <= place.table:
            tables.append([])
        rows = tables[place.table]
        while len(rows) <= place.row:
            rows.append([])
        row = rows[place.row]
        while len(row) <= place.column:
            row.append("")
        row[place.column] = f"{row[place.column]} {words}".strip()
    return tables, outside


def pipes(*rows: tuple[str, ...]) -> str:
    """Draw rows one cell a line between lone pipes, two pipes between rows."""
    lines: list[str] = []
    for row in rows:
        lines.append("|")
        for cell in row:
            lines += [*([cell] if cell else []), "|"]
    return "\n".join(lines)


HEADER = ("STT", "Nội dung công việc", "Cơ quan chủ trì", "Thời gian")


def test_cells_between_lone_pipes_are_put_into_rows() -> None:
    rows = [HEADER, ("1", "Số hóa hồ sơ hộ tịch", "Sở Tư pháp", "Quý II")]
    tables, outside = read(pipes(*rows))
    assert tables == [[list(row) for row in rows]]
    assert outside == []


def test_an_empty_cell_keeps_the_columns_of_those_behind_it() -> None:
    rows = [
        HEADER,
        ("1", "Kiểm kê đất nông lâm trường", "", "Quý III"),
        ("2", "Lắp trạm quan trắc nước thải", "Sở Công Thương", "Quý IV"),
    ]
    assert read(pipes(*rows))[0] == [[list(row) for row in rows]]


def test_empty_cells_at_the_end_do_not_draw_in_the_next_row() -> None:
    rows = [HEADER, ("1", "Trồng cây ven kênh", "", ""), ("2", "Nạo vét kênh tiêu", "UBND xã", "Quý I")]
    tables, _ = read(pipes(*rows))
    assert tables[0] == [list(HEADER), ["1", "Trồng cây ven kênh"], list(rows[2])]


def test_a_group_row_fills_one_cell_after_its_number() -> None:
    rows = [
        HEADER,
        ("I", "Chuyển đổi số trong trường học", "", ""),
        ("1", "Cấp học bạ số cho lớp 1", "Sở Giáo dục và Đào tạo", "Năm 2026"),
    ]
    tables, _ = read(pipes(*rows))
    assert tables[0][1] == ["I", "Chuyển đổi số trong trường học"]
    assert tables[0][2] == list(rows[2])


def test_several_lines_of_one_cell_are_its_paragraphs() -> None:
    text = "|\nSTT\n|\nNội dung\n|\nChủ trì\n|\n|\n1\n|\n- Khảo sát bến đò\n- Cấp áo phao\n|\nSở Xây dựng\n|"
    tables, _ = read(text)
    assert tables[0][1] == ["1", "- Khảo sát bến đò - Cấp áo phao", "Sở Xây dựng"]


def test_text_right_behind_the_last_pipe_is_outside() -> None:
    tables, outside = read(
        pipes(HEADER, ("1", "Cai nghiện tại cộng đồng", "Công an tỉnh", "Hằng năm"))
        + "\nNơi nhận:\n- Như trên"
    )
    assert len(tables[0]) == 2
    assert outside[0] == "Nơi nhận:"
    assert all("Nơi nhận" not in cell for row in tables[0] for cell in row)


def test_a_table_ends_at_the_blank_line_behind_it() -> None:
    tables, outside = read(
        pipes(HEADER, ("1", "Thu gom bao bì thuốc", "UBND xã", "Quý I")) + "\n\nII. KINH PHÍ\n\nTự cân đối."
    )
    assert len(tables[0]) == 2
    assert outside == ["II. KINH PHÍ", "Tự cân đối."]


def test_markdown_rows_are_read_without_their_rule() -> None:
    text = "| STT | Chỉ tiêu | 2026 |\n| :-- | :---: | ---: |\n| 1 | Tỷ lệ che phủ rừng | 54 |"
    assert read(text)[0] == [[["STT", "Chỉ tiêu", "2026"], ["1", "Tỷ lệ che phủ rừng", "54"]]]


def test_an_empty_markdown_cell_holds_its_column() -> None:
    tables, _ = read("| TT | Việc | Chủ trì | Hạn |\n|---|---|---|---|\n| 1 | Dán tem bình gas | | Quý I |")
    assert tables[0][1] == ["1", "Dán tem bình gas", "", "Quý I"]


def test_a_break_in_a_markdown_cell_parts_paragraphs() -> None:
    text = "| TT | Việc |\n|---|---|\n| 1 | Phát quang hành lang đường sắt<br>Gác chắn đường ngang |"
    canonical = clean(Source("text/markdown", (Block("lines", text),)))
    cells = [canonical.text[p.start : p.end] for p in canonical.paragraphs if p.cell and p.cell.row == 1]
    assert cells[0] == "1"
    assert " ".join(cells[1:]) == "Phát quang hành lang đường sắt Gác chắn đường ngang"


def test_an_escaped_pipe_stays_in_its_cell() -> None:
    tables, _ = read("| TT | Lệnh |\n|---|---|\n| 1 | lọc \\| đếm |")
    assert len(tables[0][-1]) == 2


def test_bold_in_a_markdown_cell_is_taken_out() -> None:
    assert read("| **STT** | **Nội dung** |\n|---|---|\n| **I** | **An toàn đập** |")[0][0][1] == [
        "I",
        "An toàn đập",
    ]


def test_two_tables_with_text_between_are_two() -> None:
    tables, outside = read(
        "| A | B |\n|---|---|\n| 1 | 2 |\n\nBiểu thứ hai\n\n| C | D |\n|---|---|\n| 3 | 4 |"
    )
    assert [table[0] for table in tables] == [["A", "B"], ["C", "D"]]
    assert outside == ["Biểu thứ hai"]


@pytest.mark.parametrize(
    "line",
    ["Tổng đài 1800 | Trực ngày đêm", "Mức 3 || mức 4", "a | b"],
)
def test_a_pipe_inside_a_sentence_draws_no_table(line: str) -> None:
    tables, outside = read(f"Liên hệ\n\n{line}\n\nHết")
    assert tables == []
    assert line in outside


@pytest.mark.parametrize("text", ["|", "|\n|", "||", "|\n|\n|\n|", "| |", "|---|"])
def test_pipes_around_nothing_give_no_cell(text: str) -> None:
    assert read(text) == ([], [])
