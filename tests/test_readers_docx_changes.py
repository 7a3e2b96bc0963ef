"""Fields, tracked changes and content controls of Word documents: what is shown of them."""

from __future__ import annotations

import pytest
from word_files import build_docx, paragraph, run

from extract.readers.docx import read_docx
from extract.spans import ReadOptions


def lines(body: str, **parts: object) -> list[str]:
    content = build_docx(body, **parts)  # type: ignore[arg-type]
    return [block.text for block in read_docx("a.docx", content, ReadOptions(ocr="never")).blocks]


def field(code: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


# Fields


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (run("Hạn ") + field(' DATE \\@ "dd/MM/yyyy" ', "05/3/2031"), ["Hạn 05/3/2031"]),
        (run("Xem ") + field(" REF muc_tieu ", "mục 2"), ["Xem mục 2"]),
        (run("Trang ") + field(" PAGE ", "7"), ["Trang"]),
        (run("Xem ") + '<w:fldSimple w:instr=" REF a ">' + run("mục 3") + "</w:fldSimple>", ["Xem mục 3"]),
        (run("Trang ") + '<w:fldSimple w:instr=" NUMPAGES ">' + run("9") + "</w:fldSimple>", ["Trang"]),
        (run("A ") + field(" IF 1 = 1 ", "b").replace("b</w:t>", "B" + "</w:t>"), ["A B"]),
    ],
)
def test_fields_show_their_results(content: str, expected: list[str]) -> None:
    assert lines(paragraph(content)) == expected


def test_a_field_within_the_code_of_another_is_no_text() -> None:
    inner = field(" MERGEFIELD x ", "lọt")
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{s}"/></w:r>' for s in ("begin", "separate", "end")
    )
    assert lines(paragraph(run("Trước ") + begin + inner + separate + run("kết quả") + end)) == [
        "Trước kết quả"
    ]


def test_a_table_of_contents_is_left_out_over_paragraphs() -> None:
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{s}"/></w:r>' for s in ("begin", "separate", "end")
    )
    code = "<w:r><w:instrText> TOC \\o </w:instrText></w:r>"
    body = (
        paragraph("MỤC LỤC")
        + paragraph(begin + code + separate + run("I. Mục tiêu\t3"))
        + paragraph("II. Nhiệm vụ\t4")
        + paragraph(end + run("I. MỤC TIÊU"))
    )
    assert lines(body) == ["MỤC LỤC", "I. MỤC TIÊU"]


def test_a_table_of_contents_without_a_field_is_told_by_its_style() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="Mc1"><w:name w:val="toc 1"/></w:style>'
    toc = '<w:pStyle w:val="Mc1"/>'
    body = paragraph("I. Mục tiêu.......3", properties=toc) + paragraph("Mục lục hết", properties=toc)
    assert lines(body, styles=styles) == ["Mục lục hết"]


def test_a_table_of_contents_in_a_content_control_is_left_out() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph('I. Mục tiêu 3')}</w:sdtContent></w:sdt>"
    )
    assert lines(control + paragraph("I. Mục tiêu")) == ["I. Mục tiêu"]


def test_a_field_that_never_ends_hides_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC </w:instrText></w:r>'
    assert lines(paragraph(begin + run("Một")) + paragraph("Hai")) == ["Một", "Hai"]


def test_the_end_of_a_field_that_never_began() -> None:
    assert lines(paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run("Một"))) == ["Một"]


# Tracked changes and content controls


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<w:ins>" + run("30/6") + "</w:ins><w:del>" + run("30/9") + "</w:del>", ["30/6"]),
        ("<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>" + run("giữ"), ["giữ"]),
        ("<w:moveFrom>" + run("cũ") + "</w:moveFrom><w:moveTo>" + run("mới") + "</w:moveTo>", ["mới"]),
        ("<w:ins><w:del>" + run("bỏ") + "</w:del>" + run("giữ") + "</w:ins>", ["giữ"]),
        ("<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>" + run("ô") + "</w:sdtContent></w:sdt>", ["ô"]),
    ],
)  # fmt: skip
def test_tracked_changes_count_as_accepted(content: str, expected: list[str]) -> None:
    assert lines(paragraph(content)) == expected


def test_a_deleted_end_of_paragraph_joins_two() -> None:
    mark = "<w:rPr><w:del/></w:rPr>"
    body = paragraph("Rà soát ", properties=mark) + paragraph("kho thuốc.") + paragraph("Báo cáo.")
    assert lines(body) == ["Rà soát kho thuốc.", "Báo cáo."]


def test_a_deleted_end_of_the_last_paragraph_loses_nothing() -> None:
    assert lines(paragraph("Rà soát kho.", properties="<w:rPr><w:del/></w:rPr>")) == ["Rà soát kho."]


def test_content_controls_around_paragraphs() -> None:
    inner = f"<w:sdt><w:sdtContent>{paragraph('Một')}</w:sdtContent></w:sdt>"
    assert lines(f"<w:sdt><w:sdtContent>{inner}{paragraph('Hai')}</w:sdtContent></w:sdt>") == ["Một", "Hai"]
