"""What stands on every page is dropped, footnotes come last, tables go on over pages."""

from __future__ import annotations

from printed_pages import (
    FULL,
    HEADER,
    INDENT,
    LEFT,
    NEXT,
    body,
    centered,
    full_line,
    letterhead,
    line_at,
    page_of,
    table_of,
    tables_of,
    texts,
)

from extract.readers.layout.blocks import build_blocks
from extract.readers.layout.page import PageTable


def test_running_headers_and_footers_go_and_titles_stay() -> None:
    pages = [
        page_of(
            line_at(85, 30, "Phần mềm quản lý văn bản minh họa"),
            *body(100, 5),
            line_at(85, 810, f"Trang {number}/4"),
            number=number,
        )
        for number in range(1, 5)
    ]
    found = " ".join(texts(*pages))
    assert "Phần mềm" not in found
    assert "Trang" not in found
    assert found.count("của cơ quan.") == 4


def test_a_number_in_the_text_is_no_page_number() -> None:
    assert "2025" in texts(page_of(*body(100, 4), centered(400, "2025"), *body(450, 4)))


def test_marks_of_signing_software_go() -> None:
    mark = [
        line_at(400, 10 + 9 * n, text, size=7)
        for n, text in enumerate(
            ("Ký bởi: Cơ quan Minh họa", "Email: a@minhhoa.vn", "Thời gian ký: 01.01.2025")
        )
    ]
    found = texts(page_of(*mark, *letterhead(), *body(200, 5)))
    assert found[0] == "UBND TỈNH HÀ GIANG"
    assert not any("Email" in text for text in found)


def test_footnotes_come_last_and_do_not_cut_the_paragraph() -> None:
    notes = [
        line_at(LEFT, 760, "1. Xã Minh Họa và xã Giả Định.", size=10),
        line_at(LEFT, 773, "2. Theo số liệu giả định.", size=10),
    ]
    first = page_of(*body(100, 6), full_line(INDENT, 700, FULL), *notes)
    second = page_of(full_line(LEFT, 75, NEXT), line_at(LEFT, 91, "của tỉnh."), *body(107, 3), number=2)
    found = texts(first, second)
    assert found[1] == f"{FULL} {NEXT} của tỉnh."
    assert found[-2:] == ["1. Xã Minh Họa và xã Giả Định.", "2. Theo số liệu giả định."]


def test_a_table_over_pages_is_one_without_its_repeated_header() -> None:
    first = page_of(*body(100, 4), tables=[table_of([HEADER, ["1", "Rà soát", "Sở Y tế"]], 500)])
    second = page_of(
        centered(40, "2"), tables=[table_of([HEADER, ["2", "Tổng hợp", "Sở Nội vụ"]], 60)], number=2
    )
    (table,) = tables_of(first, second)
    assert table.rows == (tuple(HEADER), ("1", "Rà soát", "Sở Y tế"), ("2", "Tổng hợp", "Sở Nội vụ"))
    assert [place.page for place in table.places] == [1] * 6 + [2] * 3


def test_a_row_cut_by_the_page_is_put_together() -> None:
    first = page_of(tables=[table_of([HEADER, ["1", "Rà soát các trạm", "Sở Y tế"]], 700)])
    second = page_of(
        tables=[table_of([["", "và đề xuất", ""], ["2", "Tổng hợp", "Sở Nội vụ"]], 60)], number=2
    )
    (table,) = tables_of(first, second)
    assert table.rows[1] == ("1", "Rà soát các trạm và đề xuất", "Sở Y tế")
    raw = table.raw
    assert all(raw[place.start : place.start + 1].strip() for place in table.places)


def test_tables_with_other_columns_or_text_between_stay_apart() -> None:
    first = page_of(tables=[table_of([HEADER, ["1", "Rà soát", "Sở Y tế"]], 500)])
    other = page_of(tables=[table_of([HEADER], 60, (85, 200, 300, 540))], number=2)
    assert len(tables_of(first, other)) == 2
    titled = page_of(centered(60, "PHỤ LỤC II", bold=True), tables=[table_of([HEADER], 90)], number=2)
    first = page_of(tables=[table_of([HEADER, ["1", "Rà soát", "Sở Y tế"]], 500)])
    assert len(tables_of(first, titled)) == 2


def test_lines_of_a_cell_go_on_when_there_was_no_room() -> None:
    (table,) = tables_of(
        page_of(
            tables=[
                table_of([["1", "Rà soát", "Trước ngày\n30/6/2025"], ["2", "Họp", "Sở Y tế\nSở Nội vụ"]], 100)
            ]
        )
    )
    assert table.rows[1][2] == "Sở Y tế\nSở Nội vụ"


def test_a_merged_cell_keeps_its_text_in_the_first_place() -> None:
    table = table_of([HEADER, ["1", "Rà soát", "Sở Y tế"], ["2", "Họp", ""]], 100)
    wide = [cell for cell in table.cells if (cell.row, cell.column) != (2, 2)]
    for cell in wide:
        if (cell.row, cell.column) == (1, 2):
            cell.rows = 2
    (block,) = tables_of(page_of(tables=[PageTable(table.box, wide)]))
    assert block.rows[2] == ("2", "Họp", "")
    assert [(m.row, m.column, m.rows, m.columns) for m in block.merged] == [(1, 2, 2, 1)]


def test_no_pages_give_no_blocks() -> None:
    assert build_blocks([]) == ()
    assert build_blocks([page_of()]) == ()


def test_a_dash_inside_a_sentence_opens_no_paragraph_of_a_cell() -> None:
    full = "Rà soát việc triển khai ở các tổ chức của chính trị"
    rows = [["1", f"{full}\n- xã hội trên địa bàn", "Sở Y tế"], ["2", "Gồm:\n- xã vùng cao", ""]]
    (table,) = tables_of(page_of(tables=[table_of(rows, 100)]))
    assert table.rows[0][1] == f"{full} - xã hội trên địa bàn"
    assert table.rows[1][1] == "Gồm:\n- xã vùng cao"


def test_a_code_at_the_start_of_a_line_of_a_footnote_opens_no_other_note() -> None:
    notes = [
        line_at(LEFT, 760, "1. Theo Chương trình số", size=10),
        line_at(LEFT, 773, "27-CTr/TU và Kế hoạch số 5/KH-UBND.", size=10),
    ]
    assert (
        texts(page_of(*body(100, 6), *notes))[-1]
        == "1. Theo Chương trình số 27-CTr/TU và Kế hoạch số 5/KH-UBND."
    )
