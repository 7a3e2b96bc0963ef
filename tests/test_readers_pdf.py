"""PDF files with text: words, tables, stamps, pages that are turned."""

from __future__ import annotations

import pytest
from pdf_files import SENTENCE, PdfPage, codes, plan_page, read, texts, write_pdf

from extract.readers.pdf.frame import Frame


def test_words_are_read_in_order_with_weight_and_place() -> None:
    source = read(write_pdf([plan_page()]))
    assert texts(source) == [
        "UBND TỈNH HÀ GIANG", "SỞ Y TẾ", "Số: /KH-SYT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Hà Giang, ngày tháng 3 năm 2025",
    ]  # fmt: skip
    assert [block.bold for block in source.blocks] == [False, True, False, True, True, False]
    assert (source.media_type, source.pages, source.ocr_pages, source.problems) == (
        "application/pdf",
        1,
        0,
        (),
    )
    (place,) = source.blocks[0].places
    assert place.page == 1
    assert place.bbox is not None
    assert place.bbox[:2] == (100.0, 70.25)


def test_number_and_date_that_were_stamped_stand_in_their_places() -> None:
    page = plan_page()
    page.stamp(124, 120, "57")
    page.stamp(432, 120, "12")
    found = texts(read(write_pdf([page])))
    assert found[2] == "Số: 57 /KH-SYT"
    assert found[5] == "Hà Giang, ngày 12 tháng 3 năm 2025"


def test_a_hidden_stamp_is_not_read() -> None:
    page = plan_page()
    page.stamp(124, 120, "57", flags=2)
    assert texts(read(write_pdf([page])))[2] == "Số: /KH-SYT"


def test_a_ruled_table_is_read_cell_by_cell() -> None:
    page = PdfPage()
    page.grid([85, 150, 300, 500], [200, 230, 260])
    for y, row in ((220, ("STT", "Nội dung", "Đơn vị")), (250, ("1", "Rà soát", "Sở Y tế"))):
        for x, text in zip((90, 155, 305), row, strict=True):
            page.text(x, y, text)
    (table,) = read(write_pdf([page])).blocks
    assert table.rows == (("STT", "Nội dung", "Đơn vị"), ("1", "Rà soát", "Sở Y tế"))
    assert table.merged == ()


def test_merged_cells_are_found_by_the_rulings_that_are_missing() -> None:
    page = PdfPage()
    for y in (200, 230, 260):
        page.line(85, y, 500, y)
    for x in (85, 500):
        page.line(x, 200, x, 260)
    page.line(300, 230, 300, 260)
    page.text(90, 220, "Chỉ tiêu")
    page.text(90, 250, "Năm 2025")
    page.text(310, 250, "Năm 2026")
    (table,) = read(write_pdf([page])).blocks
    assert table.rows == (("Chỉ tiêu", ""), ("Năm 2025", "Năm 2026"))
    assert [(m.row, m.column, m.rows, m.columns) for m in table.merged] == [(0, 0, 1, 2)]


def test_a_table_wider_than_its_page_keeps_its_last_column() -> None:
    page = PdfPage()
    for y in (200, 230, 260):
        page.line(85, y, 595, y)
    for x in (85, 300):
        page.line(x, 200, x, 260)
    for y, row in ((220, ("Nội dung", "Đơn vị")), (250, ("Rà soát", "Sở Y tế"))):
        for x, text in zip((90, 305), row, strict=True):
            page.text(x, y, text)
    (table,) = read(write_pdf([page])).blocks
    assert table.rows == (("Nội dung", "Đơn vị"), ("Rà soát", "Sở Y tế"))


def test_figures_of_neighbouring_cells_are_parted_at_the_ruling() -> None:
    page = PdfPage()
    page.grid([85, 107, 135, 180], [200, 230, 260])
    page.text(86, 220, "123456", 14)
    page.text(86, 250, "1")
    page.text(110, 250, "2")
    (table,) = read(write_pdf([page])).blocks
    assert "".join(table.rows[0]) == "123456"
    assert table.rows[0][0] == "123"


def test_a_frame_around_text_is_no_table() -> None:
    page = PdfPage()
    page.grid([85, 500], [200, 230])
    page.text(90, 220, "Lưu hành nội bộ")
    (block,) = read(write_pdf([page])).blocks
    assert (block.kind, block.text) == ("paragraph", "Lưu hành nội bộ")


def test_a_footnote_reference_does_not_join_a_number() -> None:
    page = PdfPage()
    number, raised = ("đạt 95".encode("utf-16-be").hex(), "1".encode("utf-16-be").hex())
    page.parts.append(f"BT /F0 14 Tf 90 700 Td <{number}> Tj /F0 9 Tf 5 Ts <{raised}> Tj ET")
    assert texts(read(write_pdf([page]))) == ["đạt 95¹"]


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read(rotate: int) -> None:
    page = PdfPage(rotate=rotate)
    page.text(90, 100, SENTENCE, 9)
    page.text(90, 120, "Kế hoạch năm 2025", 9)
    assert texts(read(write_pdf([page]))) == [SENTENCE, "Kế hoạch năm 2025"]


def test_words_of_legacy_letters_are_turned_and_told() -> None:
    page = PdfPage()
    page.text(90, 100, "Triển khai kÕ ho¹ch n¨m 2025 của tỉnh")
    source = read(write_pdf([page]))
    assert texts(source) == ["Triển khai kế hoạch năm 2025 của tỉnh"]
    assert codes(source) == ["legacy_encoding"]


@pytest.mark.parametrize(
    ("turn", "box"),
    [(0, (10, 70, 20, 75)), (90, (25, 10, 30, 20)), (180, (30, 25, 40, 30)), (270, (70, 30, 75, 40))],
)
def test_boxes_are_shown_as_the_page_is_turned(turn: int, box: tuple[float, float, float, float]) -> None:
    assert Frame(0, 0, 50, 100, turn).show(10, 25, 20, 30) == box  # type: ignore[arg-type]
