"""Tables that came out one cell a line: found by their header, rebuilt from their row numbers."""

from __future__ import annotations

import pytest

from extract.spans import Block, Source
from extract.structure.clean import clean
from extract.structure.flat_tables import mark_flat_tables

HEADER = ("STT", "Nội dung", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện")
INDICATORS = ("STT", "Chỉ tiêu", "Đơn vị tính", "Năm 2025", "Năm 2026")


def read(*lines: str) -> tuple[list[dict[int, str]], list[str]]:
    """Give the rows of the flattened table, cells by column, and the paragraphs outside it."""
    canonical = clean(Source("text/plain", (Block("lines", "\n\n".join(lines)),)))
    mark_flat_tables(canonical)
    rows: dict[int, dict[int, str]] = {}
    outside: list[str] = []
    for paragraph in canonical.paragraphs:
        words = canonical.text[paragraph.start : paragraph.end]
        if paragraph.cell is None:
            outside.append(words)
            continue
        row = rows.setdefault(paragraph.cell.row, {})
        row[paragraph.cell.column] = f"{row.get(paragraph.cell.column, '')} {words}".strip()
    return [rows[index] for index in sorted(rows)], outside


def cells(*words: str) -> dict[int, str]:
    """Give a row whose cells are all filled."""
    return dict(enumerate(words))


FIRST = ("1", "Bồi dưỡng giáo viên tiếng Anh", "Sở Giáo dục và Đào tạo", "Sở Tài chính", "Năm 2026")
SECOND = ("2", "Mở thư viện lưu động", "Sở Văn hóa, Thể thao và Du lịch", "UBND cấp xã", "Quý III/2026")


def test_rows_are_rebuilt_from_the_sequence_of_their_numbers() -> None:
    rows, outside = read("PHỤ LỤC", *HEADER, *FIRST, *SECOND)
    assert rows == [cells(*HEADER), cells(*FIRST), cells(*SECOND)]
    assert outside == ["PHỤ LỤC"]


def test_a_time_stands_in_its_column_though_cells_before_it_left_no_line() -> None:
    rows, _ = read(*HEADER, "1", "Khảo sát làng nghề", "Sở Công Thương", "Năm 2026", *SECOND)
    assert rows[1] == {0: "1", 1: "Khảo sát làng nghề", 2: "Sở Công Thương", 4: "Năm 2026"}
    assert rows[2] == cells(*SECOND)


def test_missing_cells_at_the_end_do_not_shift_the_next_row() -> None:
    rows, _ = read(*HEADER, "1", "Rà soát thủ tục cấp phép xe hợp đồng", "Sở Xây dựng", *SECOND)
    assert rows[1] == {0: "1", 1: "Rà soát thủ tục cấp phép xe hợp đồng", 2: "Sở Xây dựng"}
    assert rows[2] == cells(*SECOND)


def test_a_roman_number_opens_a_group_row() -> None:
    rows, _ = read(*HEADER, "I", "Phát triển nguồn nhân lực", *FIRST, "II", "Cơ sở vật chất", *SECOND)
    assert rows[1] == {0: "I", 1: "Phát triển nguồn nhân lực"}
    assert rows[3] == {0: "II", 1: "Cơ sở vật chất"}
    assert [row[0] for row in rows[1:]] == ["I", "1", "II", "2"]


def test_numbers_may_start_again_under_a_group_row() -> None:
    again = ("1", *SECOND[1:])
    rows, _ = read(*HEADER, "I", "Đào tạo", *FIRST, "II", "Thư viện", *again)
    assert rows[-1] == cells(*again)


def test_dotted_numbers_open_sub_rows() -> None:
    rows, _ = read(*HEADER, *FIRST, "1.1", *FIRST[1:], "1.2", *FIRST[1:], *SECOND)
    assert [row[0] for row in rows[1:]] == ["1", "1.1", "1.2", "2"]


def test_a_wrapped_piece_of_the_last_cell_stays_in_it() -> None:
    rows, _ = read(*HEADER, *FIRST, "các năm tiếp theo.", *SECOND)
    assert rows[1][4] == "Năm 2026 các năm tiếp theo."


def test_debris_behind_the_last_row_is_outside() -> None:
    _, outside = read(*HEADER, *FIRST, *SECOND, "Thống kê truy cập", "Đang trực tuyến")
    assert outside == ["Thống kê truy cập", "Đang trực tuyến"]


def test_values_fill_their_columns() -> None:
    first = ("1", "Sản lượng tôm nước lợ", "Tấn", "18.500", "19.200")
    second = ("2", "Tỷ lệ che phủ rừng", "%", "41,5", "42")
    rows, _ = read(*INDICATORS, *first, *second)
    assert rows == [cells(*INDICATORS), cells(*first), cells(*second)]


def test_a_sub_row_of_values_needs_no_number() -> None:
    first = ("1", "Lao động được đào tạo nghề", "Người", "4.200", "4.500")
    rows, _ = read(
        *INDICATORS,
        *first,
        "Trong đó: lao động nữ",
        "Người",
        "1.900",
        "2.100",
        "2",
        "Tỷ lệ thất nghiệp",
        "%",
        "2,4",
        "2,2",
    )
    assert rows[2] == {1: "Trong đó: lao động nữ", 2: "Người", 3: "1.900", 4: "2.100"}
    assert rows[3][1] == "Tỷ lệ thất nghiệp"


def test_a_small_value_is_no_row_number() -> None:
    first = ("1", "Số bến thủy được nâng cấp", "Bến", "2", "3")
    second = ("2", "Số cầu treo được thay", "Cầu", "1", "2")
    rows, _ = read(*INDICATORS, *first, *second)
    assert rows[1:] == [cells(*first), cells(*second)]


@pytest.mark.parametrize(
    "lines",
    [
        ("STT", "Nội dung", "Chủ trì"),
        ("STT là số thứ tự của hồ sơ.", "1", "Tiếp nhận", "Trả kết quả"),
        ("Nội dung", "Cơ quan chủ trì", "Thời gian", "1. Trồng rừng", "2. Chăm sóc rừng"),
        ("STT", "Ông Nguyễn Văn Ba", "Bà Lê Thị Tư", "1", "2"),
    ],
)
def test_lines_without_header_and_rows_are_no_table(lines: tuple[str, ...]) -> None:
    rows, outside = read(*lines)
    assert rows == []
    assert outside == list(lines)


def test_two_flattened_tables_are_two() -> None:
    canonical = clean(
        Source(
            "text/plain",
            (
                Block(
                    "lines",
                    "\n\n".join([*HEADER, *FIRST, *SECOND, "Biểu thứ hai của Sở.", *HEADER, *FIRST, *SECOND]),
                ),
            ),
        )
    )
    mark_flat_tables(canonical)
    assert {p.cell.table for p in canonical.paragraphs if p.cell} == {0, 1}
