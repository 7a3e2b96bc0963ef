"""Word documents give the text that Word prints: runs, breaks, fields, revisions, notes, boxes."""

from __future__ import annotations

import io

import pytest
from word_files import build_docx, paragraph, row, run, table

from extract.readers.docx import read_docx
from extract.spans import Block, ReadOptions, Source

WITHOUT_OCR = ReadOptions(ocr="never")


def read(body: str, **parts: object) -> Source:
    return read_docx("a.docx", build_docx(body, **parts), WITHOUT_OCR)  # type: ignore[arg-type]


def lines(body: str, **parts: object) -> list[str]:
    return [block.text for block in read(body, **parts).blocks]


def codes(source: Source) -> list[str]:
    return [problem.code for problem in source.problems]


# Paragraphs and runs


def test_paragraphs_come_in_order_and_empty_ones_fall_away() -> None:
    source = read(
        paragraph("KẾ HOẠCH") + paragraph("") + paragraph("  ") + paragraph("Rà soát ", "kho thuốc.")
    )
    assert source.blocks == (Block("paragraph", "KẾ HOẠCH"), Block("paragraph", "Rà soát kho thuốc."))
    assert source.problems == ()
    assert source.pages is None


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (run("Năm") + "<w:r><w:tab/></w:r>" + run("2031"), "Năm 2031"),
        (run("trước") + run("   ") + run("ngày"), "trước ngày"),
        (run("y") + "<w:r><w:softHyphen/></w:r>" + run(" tế"), "y tế"),
        (run("Hà Nội") + "<w:r><w:noBreakHyphen/></w:r>" + run("Huế"), "Hà Nội-Huế"),
        (run("kế hoạch", "<w:caps/>"), "KẾ HOẠCH"),
        (run("hiện") + run(" ẩn", "<w:vanish/>"), "hiện"),
        (run("hiện") + run(" lại", '<w:vanish w:val="0"/>'), "hiện lại"),
        (run("20 m") + run("2", '<w:vertAlign w:val="superscript"/>'), "20 m²"),
        (run("CO") + run("2", '<w:vertAlign w:val="subscript"/>'), "CO2"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run(" đạt"), "✓ đạt"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run(" 95%"), "≥ 95%"),
        ('<w:r><w:sym w:font="Symbol" w:char="khác"/></w:r>' + run("95%"), "95%"),
        ('<w:r><w:sym w:font="Symbol" w:char="D800"/></w:r>' + run("95%"), "95%"),
        (run("\uf0a3 5%"), "≤ 5%"),
        ('<w:hyperlink r:id="x">' + run("trang tin") + "</w:hyperlink>" + run(" Sở"), "trang tin Sở"),
        ("<w:smartTag>" + run("Huế") + "</w:smartTag>" + run(" xanh"), "Huế xanh"),
        ("<w:r><w:t>có\n xuống   dòng</w:t></w:r>", "có xuống dòng"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>" + run(" đúng"), "x=1 đúng"),
        ("<m:oMath><m:f><m:num><m:t>a</m:t></m:num><m:den><m:t>b</m:t></m:den></m:f></m:oMath>", "a/b"),
    ],
)  # fmt: skip
def test_content_of_a_paragraph(content: str, expected: str) -> None:
    assert lines(paragraph(content)) == [expected]


def test_words_that_runs_cut_stay_whole() -> None:
    assert lines(paragraph(run("Nhi"), run("ệ", "<w:b/>"), run("m vụ"))) == ["Nhiệm vụ"]


@pytest.mark.parametrize(
    ("content", "bold"),
    [
        (run("1. Sở Y tế", "<w:b/>"), True),
        (run("1. Sở Y tế", "<w:b/>") + run("  "), True),
        (run("1. ", "<w:b/>") + run("Sở Y tế"), False),
        (run("1. Sở Y tế", '<w:b w:val="0"/>'), False),
        (run("1. Sở Y tế", '<w:rStyle w:val="Strong"/>'), True),
    ],
)
def test_bold_holds_for_whole_paragraphs(content: str, bold: bool) -> None:
    styles = '<w:style w:type="character" w:styleId="Strong"><w:rPr><w:b/></w:rPr></w:style>'
    assert [block.bold for block in read(paragraph(content), styles=styles).blocks] == [bold]


STYLED = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Head"><w:name w:val="Head"/><w:basedOn w:val="Normal"/>'
    "<w:rPr><w:b/><w:caps/></w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Head"/>'
    '<w:rPr><w:caps w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Loud"><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("style", "content", "expected"),
    [
        ("Head", run("mục tiêu"), [("MỤC TIÊU", True)]),
        ("Sub", run("mục tiêu"), [("mục tiêu", True)]),
        ("Sub", run("mục tiêu", '<w:b w:val="off"/>'), [("mục tiêu", False)]),
        # Two layers of styles that both set bold switch it off (ECMA-376 part 1, 17.7.3).
        ("Sub", run("mục tiêu", '<w:rStyle w:val="Loud"/>'), [("mục tiêu", False)]),
        ("Gone", run("mục tiêu"), []),
        ("Absent", run("mục tiêu"), [("mục tiêu", False)]),
    ],
)
def test_styles_are_inherited(style: str, content: str, expected: list[tuple[str, bool]]) -> None:
    body = paragraph(content, properties=f'<w:pStyle w:val="{style}"/>')
    assert [(block.text, block.bold) for block in read(body, styles=STYLED).blocks] == expected


def test_what_holds_for_the_whole_document() -> None:
    styles = "<w:docDefaults><w:rPrDefault><w:rPr><w:b/></w:rPr></w:rPrDefault></w:docDefaults>"
    assert read(paragraph("Mục tiêu"), styles=styles).blocks[0].bold


def test_styles_in_a_circle_end() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:basedOn w:val="{base}"/></w:style>'
        for key, base in ("AB", "BC", "CA")
    )
    assert lines(paragraph("Mục tiêu", properties='<w:pStyle w:val="A"/>'), styles=styles) == ["Mục tiêu"]


# Forced line breaks and tabs

BREAK = "<w:r><w:br/></w:r>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (("ỦY BAN NHÂN DÂN", BREAK, "TỈNH BẮC SƠN"), ["ỦY BAN NHÂN DÂN", "TỈNH BẮC SƠN"]),
        (("KẾ HOẠCH", BREAK, "Phát triển y tế cơ sở"), ["KẾ HOẠCH", "Phát triển y tế cơ sở"]),
        (("- Rà soát kho;", BREAK, "- Báo cáo Sở."), ["- Rà soát kho;", "- Báo cáo Sở."]),
        (("Xây dựng mạng lưới y tế cơ sở", BREAK, "mới."), ["Xây dựng mạng lưới y tế cơ sở mới."]),
        (("Hoàn thành việc này trước ngày", BREAK, "30/6."), ["Hoàn thành việc này trước ngày 30/6."]),
        (("Các đơn vị rà soát kho thuốc:", BREAK, "a) Kho 1"), ["Các đơn vị rà soát kho thuốc:", "a) Kho 1"]),
        (("Rà soát kho thuốc và vật tư,", BREAK, "a) Kho 1"), ["Rà soát kho thuốc và vật tư,", "a) Kho 1"]),
        ((BREAK, "Một", BREAK, BREAK, "Hai", BREAK), ["Một", "Hai"]),
        (("Một", '<w:r><w:br w:type="page"/></w:r>', "Hai"), ["Một", "Hai"]),
        (("Một", "<w:r><w:cr/></w:r>", "Hai"), ["Một", "Hai"]),
    ],
)  # fmt: skip
def test_forced_line_breaks(content: tuple[str, ...], expected: list[str]) -> None:
    assert lines(paragraph(*content)) == expected


TAB = "<w:r><w:tab/></w:r>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            ("UBND TỈNH BẮC SƠN", TAB, TAB, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ["UBND TỈNH BẮC SƠN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ),
        (("SỞ Y TẾ      Độc lập - Tự do - Hạnh phúc",), ["SỞ Y TẾ", "Độc lập - Tự do - Hạnh phúc"]),
        (
            ("Số: 12/KH-SYT", TAB, "Bắc Sơn, ngày 05 tháng 3 năm 2031"),
            ["Số: 12/KH-SYT", "Bắc Sơn, ngày 05 tháng 3 năm 2031"],
        ),
        (("Thời hạn:", TAB, "ngày 05 tháng 3"), ["Thời hạn: ngày 05 tháng 3"]),
        (("1.", TAB, "Rà soát kho thuốc"), ["1. Rà soát kho thuốc"]),
    ],
)
def test_letterheads_set_with_tabs(content: tuple[str, ...], expected: list[str]) -> None:
    assert lines(paragraph(*content)) == expected


def test_a_signer_set_with_tabs_comes_behind_the_recipients() -> None:
    body = (
        paragraph("Nơi nhận:", TAB, TAB, "KT. GIÁM ĐỐC")
        + paragraph("- Như trên;", TAB, "PHÓ GIÁM ĐỐC")
        + paragraph("- Lưu: VT.")
        + paragraph(TAB, TAB, "Lê Văn Mẫu")
        + paragraph("- Rà soát", TAB, "kho thuốc.")
    )
    assert lines(body) == [
        "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Văn Mẫu",
        "- Rà soát kho thuốc.",
    ]  # fmt: skip


def test_a_signer_beside_the_last_recipient_is_kept() -> None:
    assert lines(paragraph("Nơi nhận: Như trên.", TAB, "GIÁM ĐỐC")) == ["Nơi nhận: Như trên.", "GIÁM ĐỐC"]


# Legacy encodings


def test_words_of_tcvn3_are_turned_by_what_they_spell() -> None:
    source = read(paragraph("Triển khai kÕ ho¹ch n¨m 2031") + paragraph("Sở Y tế"))
    assert [block.text for block in source.blocks] == ["Triển khai kế hoạch năm 2031", "Sở Y tế"]
    assert codes(source) == ["legacy_encoding"]


def test_the_name_of_a_font_proves_nothing() -> None:
    font = '<w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/>'
    source = read(paragraph(run("Sở Y tế chủ trì, đến năm 2031 đạt 95% số xã", font)))
    assert source.blocks[0].text == "Sở Y tế chủ trì, đến năm 2031 đạt 95% số xã"
    assert source.problems == ()


def test_a_font_of_capitals_prints_capitals_in_tcvn3() -> None:
    font = '<w:rFonts w:ascii=".VnTimeH"/>'
    body = paragraph(run("kÕ ho", font), run("¹ch ph¸t triÓn", font)) + paragraph("n¨m 2031 cña ®¬n vÞ")
    assert lines(body) == ["KẾ HOẠCH PHÁT TRIỂN", "năm 2031 của đơn vị"]


def test_legacy_words_in_tables_keep_their_places() -> None:
    rows = read(table(row("Nhiệm vụ", "Thời gian"), row("LËp kÕ ho¹ch", "n¨m 2031"))).blocks[0].rows
    assert rows == (("Nhiệm vụ", "Thời gian"), ("Lập kế hoạch", "năm 2031"))


# Whole files


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("A.DOCM", "application/vnd.ms-word.document.macroEnabled.12"),
        ("mẫu/a.dotx", "application/vnd.openxmlformats-officedocument.wordprocessingml.template"),
        ("a.doc", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_media_type(name: str, media_type: str) -> None:
    assert read_docx(name, build_docx(paragraph("Một"))).media_type == media_type


def test_a_document_that_python_docx_wrote() -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("Mục tiêu", 1)
    document.add_paragraph("Rà soát kho thuốc", style="List Number")
    document.add_paragraph("Báo cáo Sở", style="List Number")
    document.add_paragraph("Trực cấp cứu", style="List Bullet")
    grid = document.add_table(2, 2, style="Table Grid")
    grid.cell(0, 0).text, grid.cell(0, 1).text = "Việc", "Thời hạn"
    grid.cell(1, 0).merge(grid.cell(1, 1)).text = "Nhóm 1"
    buffer = io.BytesIO()
    document.save(buffer)
    source = read_docx("a.docx", buffer.getvalue())
    assert [block.text for block in source.blocks[:-1]] == [
        "Mục tiêu", "1. Rà soát kho thuốc", "2. Báo cáo Sở", "• Trực cấp cứu",
    ]  # fmt: skip
    assert source.blocks[0].bold
    assert source.blocks[-1].rows == (("Việc", "Thời hạn"), ("Nhóm 1", ""))
    assert source.problems == ()


def test_the_same_document_gives_the_same_source() -> None:
    content = build_docx(paragraph("Một") + table())
    assert read_docx("a.docx", content) == read_docx("a.docx", content)


def test_a_part_of_another_format_is_told() -> None:
    source = read(paragraph("Một") + '<w:altChunk r:id="x"/>')
    assert codes(source) == ["foreign_part"]
    assert source.blocks[0].text == "Một"
