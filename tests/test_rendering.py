"""Documents made for the benchmark of formats hold exactly what their text holds."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extract.readers.docx import read_docx

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

from rendering import scans  # noqa: E402
from rendering.manuscript import Grid, Line, read_manuscript  # noqa: E402
from rendering.word import build_word_document  # noqa: E402

PLAN = """ỦY BAN NHÂN DÂN
TỈNH HÀ NAM

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 71/KH-UBND

Hà Nam, ngày 12 tháng 02 năm 2024

KẾ HOẠCH

PHÒNG CHỐNG HẠN MẶN TRÊN ĐỊA BÀN TỈNH NĂM 2024

Căn cứ Luật Thủy lợi ngày 19 tháng 6 năm 2017;

I. MỤC TIÊU

1. Cấp nước cho 95% diện tích lúa.

2. Nạo vét 40 km kênh.

II. NHIỆM VỤ

1. Sở Nông nghiệp

a) Vận hành các trạm bơm trong quý I/2024.

b) Kiểm tra cống lấy nước.

d) Cập nhật số liệu đo mặn.

đ) Báo cáo hằng tuần.

e) Bố trí máy bơm dã chiến.

- Ưu tiên vùng cuối kênh.

+ Thông báo lịch bơm.

Nơi nhận:
- Như trên;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Lê Văn Mẫu

PHỤ LỤC

DANH MỤC CÔNG VIỆC

STT

Nội dung

Cơ quan chủ trì

Thời gian

I

Công trình

1

Sửa cống số 3

Sở Nông nghiệp

Quý II/2024

2

Đắp đập tạm

UBND huyện

Năm 2024
"""


def lay_out(text: str = PLAN) -> list[Line | Grid]:
    return read_manuscript("plan.txt", text.encode())


def grids(parts: list[Line | Grid]) -> list[Grid]:
    return [part for part in parts if isinstance(part, Grid)]


def words(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def find(parts: list[Line | Grid], start: str) -> Line:
    return next(part for part in parts if isinstance(part, Line) and part.text.startswith(start))


def printed(content: bytes) -> list[str]:
    """Paragraphs and cells as the reader of Word documents gives them."""
    lines = []
    for block in read_docx("plan.docx", content).blocks:
        cells = [cell for row in block.rows for cell in row] if block.kind == "table" else [block.text]
        lines += [" ".join(line.split()) for cell in cells for line in cell.split("\n") if line.strip()]
    return lines


def wanted(parts: list[Line | Grid]) -> list[str]:
    lines = []
    for part in parts:
        rows = part.rows if isinstance(part, Grid) else [[[part]]]
        lines += [line.text for row in rows for cell in row for line in cell]
    return lines


def test_issuer_and_motto_stand_side_by_side() -> None:
    head = grids(lay_out())[0]
    assert not head.bordered
    assert [[words(cell) for cell in row] for row in head.rows] == [
        [
            ["ỦY BAN NHÂN DÂN", "TỈNH HÀ NAM"],
            ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
        ],
        [["Số: 71/KH-UBND"], ["Hà Nam, ngày 12 tháng 02 năm 2024"]],
    ]


def test_article_has_no_letterhead() -> None:
    parts = lay_out("Ngành thủy lợi Hà Nam làm bốn việc\n\nSở vừa thống nhất:\n\n1. Nạo vét kênh.\n")
    assert not grids(parts)
    assert find(parts, "Ngành thủy lợi").style == "title"


def test_recipients_stand_beside_the_signature() -> None:
    closing = grids(lay_out())[1]
    left, right = closing.rows[0]
    assert words(left) == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert words(right)[-1] == "Lê Văn Mẫu"


def test_titles_are_centred_and_annexes_open_a_page() -> None:
    parts = lay_out()
    assert [p.text for p in parts if isinstance(p, Line) and p.style == "title"] == [
        "KẾ HOẠCH",
        "PHÒNG CHỐNG HẠN MẶN TRÊN ĐỊA BÀN TỈNH NĂM 2024",
        "PHỤ LỤC",
        "DANH MỤC CÔNG VIỆC",
    ]
    assert len(Document(io.BytesIO(build_word_document(parts))).sections) == 2


def test_flattened_annex_becomes_a_table() -> None:
    table = grids(lay_out())[2]
    assert table.bordered
    assert table.header_rows == 1
    assert [len(row) for row in table.rows] == [4, 4, 4, 4]
    assert words(table.rows[3][3]) == ["Năm 2024"]


def test_row_of_a_group_runs_over_the_other_columns() -> None:
    parts = lay_out()
    assert grids(parts)[2].spans == [(1, 1, 3)]
    table = Document(io.BytesIO(build_word_document(parts))).tables[2]
    assert table.cell(1, 1)._tc is table.cell(1, 3)._tc
    assert table.cell(2, 1)._tc is not table.cell(2, 2)._tc


def test_markers_are_counted_by_word() -> None:
    document = Document(io.BytesIO(build_word_document(lay_out())))
    typed = [p.text for p in document.paragraphs]
    assert "MỤC TIÊU" in typed
    assert "I. MỤC TIÊU" not in typed
    assert "Ưu tiên vùng cuối kênh." in typed


def test_letter_that_word_cannot_count_to_is_typed() -> None:
    typed = [p.text for p in Document(io.BytesIO(build_word_document(lay_out()))).paragraphs]
    assert "đ) Báo cáo hằng tuần." in typed
    assert "Bố trí máy bơm dã chiến." in typed


def test_numbered_document_prints_the_text() -> None:
    parts = lay_out()
    assert printed(build_word_document(parts)) == wanted(parts)


def test_typed_document_prints_the_same() -> None:
    parts = lay_out()
    content = build_word_document(parts, "typed")
    assert printed(content) == wanted(parts)
    assert "I. MỤC TIÊU" in [p.text for p in Document(io.BytesIO(content)).paragraphs]


MARKERS = st.one_of(
    st.integers(1, 12).map("{}.".format),
    st.integers(1, 12).map("{:02}.".format),
    st.tuples(st.integers(1, 4), st.integers(1, 4)).map("{0[0]}.{0[1]}.".format),
    st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3)).map("{0[0]}.{0[1]}.{0[2]}.".format),
    st.sampled_from(["I.", "II.", "III.", "IV.", "a)", "b)", "c)", "d)", "đ)", "e)", "g)", "-", "+", "•"]),
    st.integers(1, 5).map("Nhóm {}.".format),
    st.integers(1, 5).map("Điều {}.".format),
    st.integers(1, 5).map("({})".format),
    st.integers(1, 9).map("{})".format),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(MARKERS, min_size=1, max_size=25))
@example(["I.", "1.", "2.", "II.", "1.", "3.", "a)", "c)", "4.", "1.", "1.1.", "1.2.", "2.1."])
@example(["1.", "01.", "2.", "1)", "2)", "Nhóm 2.", "Nhóm 1.", "Nhóm 2."])
@example(["2.1.", "2.2.", "3.", "3.1.", "3.1.1.", "3.1.3.", "3.2.", "1."])
def test_any_sequence_of_markers_is_printed(markers: list[str]) -> None:
    opening = "Sở Nông nghiệp đề nghị các đơn vị thực hiện những nội dung sau đây trong năm nay:"
    text = "\n\n".join([opening, *(f"{marker} Nạo vét tuyến kênh chính." for marker in markers)])
    parts = lay_out(text)
    assert printed(build_word_document(parts)) == wanted(parts)


def test_same_manuscript_gives_the_same_bytes() -> None:
    assert build_word_document(lay_out()) == build_word_document(lay_out())


def test_wide_table_lies_on_its_side() -> None:
    header = "| STT | Chỉ tiêu | Đơn vị tính | 2024 | 2025 | 2026 | 2027 |\n|---|---|---|---|---|---|---|\n"
    rows = "| 1 | Tỷ lệ tưới | % | 80 | 85 | 90 | 95 |\n| 2 | Số trạm bơm | Trạm | 4 | 5 | 6 | 7 |\n"
    parts = read_manuscript("plan.md", f"KẾ HOẠCH\n\n1. Cấp nước.\n\nPHỤ LỤC\n\n{header}{rows}".encode())
    sections = Document(io.BytesIO(build_word_document(parts))).sections
    assert [section.page_width > section.page_height for section in sections] == [False, True]


def test_first_page_has_no_number() -> None:
    section = Document(io.BytesIO(build_word_document(lay_out()))).sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert not section.first_page_header.paragraphs[0].text


def print_page() -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 100)
    document.new_page(200, 100)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_scan_is_a_picture_of_each_page() -> None:
    content = scans.scan_pages(print_page())
    document = pypdfium2.PdfDocument(content)
    assert len(document) == 2
    assert document[0].get_size() == pytest.approx((200, 100), abs=0.5)
    assert not document[0].get_textpage().get_text_range()


def test_scan_is_the_same_each_time() -> None:
    assert scans.scan_pages(print_page()) == scans.scan_pages(print_page())


def test_worn_page_is_turned_and_noisy() -> None:
    page = np.full((300, 400), 255, np.uint8)
    page[150:152, 20:380] = 0
    left, right = (scans.wear_page(page, 1, to_the_left=side) for side in (True, False))
    lines = [int(np.argmin(picture[:, 60].astype(int))) for picture in (left, right)]
    assert lines[0] > 151 > lines[1] or lines[1] > 151 > lines[0]
    assert 4 < float(left[:40].std()) < 15
