"""Text of Word documents that stands outside of the body: text boxes, notes, letterheads in headers."""

from __future__ import annotations

import pytest
from word_files import NAMESPACES, build_docx, paragraph, run, table

from extract.readers.docx import read_docx
from extract.spans import ReadOptions, Source


def read(body: str, **parts: object) -> Source:
    content = build_docx(body, **parts)  # type: ignore[arg-type]
    return read_docx("a.docx", content, ReadOptions(ocr="never"))


def lines(body: str, **parts: object) -> list[str]:
    return [block.text for block in read(body, **parts).blocks]


# Text boxes and alternatives


def box(text: str) -> str:
    content = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{content}</wps:txbx>'
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def test_text_boxes_stand_in_place_and_once() -> None:
    body = paragraph(box("DỰ THẢO") + run("KẾ HOẠCH")) + paragraph(run("Mục tiêu") + box("Ghi chú"))
    assert lines(body) == ["DỰ THẢO", "KẾ HOẠCH", "Mục tiêu", "Ghi chú"]


def test_a_text_box_of_the_older_form() -> None:
    content = f"<w:txbxContent>{paragraph('HỎA TỐC')}</w:txbxContent>"
    assert lines(paragraph(f"<w:r><w:pict><v:textbox>{content}</v:textbox></w:pict></w:r>")) == ["HỎA TỐC"]


def test_the_fallback_is_read_where_the_choice_is_empty() -> None:
    fallback = f"<mc:Choice/><mc:Fallback>{paragraph('Một')}</mc:Fallback>"
    assert lines(f"<mc:AlternateContent>{fallback}</mc:AlternateContent>") == ["Một"]


# Notes and headers

FOOTNOTES = (
    f'<w:footnote w:type="separator" w:id="-1">{paragraph("gạch")}</w:footnote>'
    f'<w:footnote w:id="2">{paragraph("Theo số liệu quý I.")}</w:footnote>'
    f'<w:footnote w:id="3">{paragraph("Theo báo cáo năm 2030.")}{paragraph("Xem phụ lục.")}</w:footnote>'
    f'<w:footnote w:id="4">{paragraph("Không ai nhắc đến.")}</w:footnote>'
)
ENDNOTES = f'<w:endnote w:id="1">{paragraph("Cuối cùng.")}</w:endnote>'
NOTE_PARTS = {
    "word/footnotes.xml": f"<w:footnotes {NAMESPACES}>{FOOTNOTES}</w:footnotes>",
    "word/endnotes.xml": f"<w:endnotes {NAMESPACES}>{ENDNOTES}</w:endnotes>",
}
NOTE_RELATIONS = {"n": ("footnotes", "footnotes.xml"), "e": ("endnotes", "endnotes.xml")}


def test_notes_stand_at_the_end_in_the_order_of_their_marks() -> None:
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    end = '<w:r><w:endnoteReference w:id="1"/></w:r>'
    body = paragraph(run("Đạt 95%") + mark.format(3) + run(" số xã") + mark.format(2) + run(".") + end)
    assert lines(body + paragraph("Hết."), members=NOTE_PARTS, relations=NOTE_RELATIONS) == [
        "Đạt 95% số xã.", "Hết.", "[1] Theo báo cáo năm 2030.", "Xem phụ lục.", "[2] Theo số liệu quý I.",
        "[3] Cuối cùng.",
    ]  # fmt: skip


def header(text: str) -> dict[str, str]:
    return {"word/header1.xml": f"<w:hdr {NAMESPACES}>{paragraph(text)}</w:hdr>"}


SECTION = '<w:sectPr><w:headerReference w:type="default" r:id="h"/></w:sectPr>'
HEADER_RELATION = {"h": ("header", "header1.xml")}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Số: 12/KH-SYT", ["Số: 12/KH-SYT", "KẾ HOẠCH"]),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "KẾ HOẠCH"]),
        ("Kế hoạch y tế năm 2031", ["KẾ HOẠCH"]),
        ("3", ["KẾ HOẠCH"]),
    ],
)
def test_only_a_letterhead_is_read_from_the_header(words: str, expected: list[str]) -> None:
    body = paragraph("KẾ HOẠCH") + SECTION
    assert lines(body, members=header(words), relations=HEADER_RELATION) == expected


def test_a_letterhead_of_the_body_makes_that_of_the_header_superfluous() -> None:
    body = paragraph("Số: 15/KH-SYT") + SECTION
    found = lines(body, members=header("Số: 12/KH-SYT"), relations=HEADER_RELATION)
    assert found == ["Số: 15/KH-SYT"]


@pytest.mark.parametrize("relations", [{}, {"h": ("header", "absent.xml")}])
def test_a_header_that_is_not_there(relations: dict[str, tuple[str, str]]) -> None:
    assert lines(paragraph("KẾ HOẠCH") + SECTION, relations=relations) == ["KẾ HOẠCH"]


def test_a_note_that_begins_with_a_table() -> None:
    notes = f'<w:footnote w:id="1">{table("<w:tr>" + "<w:tc><w:p/></w:tc>" * 2 + "</w:tr>")}</w:footnote>'
    parts = {"word/footnotes.xml": f"<w:footnotes {NAMESPACES}>{notes}</w:footnotes>"}
    body = paragraph(run("Đạt.") + '<w:r><w:footnoteReference w:id="1"/></w:r>')
    source = read(body, members=parts, relations=NOTE_RELATIONS)
    assert [block.kind for block in source.blocks] == ["paragraph", "paragraph", "table"]


def test_a_note_whose_mark_was_taken_out_is_left_out() -> None:
    body = paragraph(run("Đạt 95%.") + '<w:del><w:r><w:footnoteReference w:id="2"/></w:r></w:del>')
    assert lines(body, members=NOTE_PARTS, relations=NOTE_RELATIONS) == ["Đạt 95%."]
