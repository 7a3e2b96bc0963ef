"""Automatic numbering of Word documents: the labels that Word prints, in front of their paragraphs."""

from __future__ import annotations

import pytest
from word_files import build_docx, cell, item, level, numbering, paragraph, row, run, table

from extract.readers.docx import read_docx
from extract.readers.word.number_formats import format_number
from extract.readers.word.symbols import turn_bullet, turn_symbols
from extract.spans import ReadOptions


def lines(body: str, lists: str = "", **parts: str) -> list[str]:
    content = build_docx(body, numbering=lists, **parts)
    return [block.text for block in read_docx("a.docx", content, ReadOptions(ocr="never")).blocks]


def labels(lists: str, *items: tuple[int, int] | int, **parts: str) -> list[str]:
    """The labels of items, each given by its level or by its list and level."""
    places = [place if isinstance(place, tuple) else (1, place) for place in items]
    body = "".join(item("việc", num, at) for num, at in places)
    return [line.removesuffix("việc").rstrip() for line in lines(body, lists, **parts)]


OUTLINE = numbering(
    level(0, "upperRoman"), level(1, "decimal", "%2."), level(2, "decimal", "%2.%3."),
    level(3, "lowerLetter", "%4)"),
)  # fmt: skip


def test_an_outline_restarts_below_each_heading() -> None:
    assert labels(OUTLINE, 0, 1, 1, 2, 2, 3, 3, 1, 2, 3, 0, 1) == [
        "I.", "1.", "2.", "2.1.", "2.2.", "a)", "b)", "3.", "3.1.", "a)", "II.", "1.",
    ]  # fmt: skip


def test_the_label_stands_in_front_with_a_blank() -> None:
    assert lines(item("Mục tiêu"), OUTLINE) == ["I. Mục tiêu"]


def test_a_level_below_one_that_was_never_used_counts_its_start() -> None:
    assert labels(OUTLINE, 2, 2, 1) == ["1.1.", "1.2.", "1."]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("decimal", ["1", "2", "3"]),
        ("decimalZero", ["01", "02", "03"]),
        ("upperLetter", ["A", "B", "C"]),
        ("lowerLetter", ["a", "b", "c"]),
        ("upperRoman", ["I", "II", "III"]),
        ("lowerRoman", ["i", "ii", "iii"]),
        ("vietnameseCounting", ["một", "hai", "ba"]),
        ("khác", ["1", "2", "3"]),
    ],
)
def test_formats(form: str, expected: list[str]) -> None:
    lists = numbering(level(0, form, "Bước %1:"))
    assert labels(lists, 0, 0, 0) == [f"Bước {number}:" for number in expected]


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [
        (26, "lowerLetter", "z"),
        (27, "lowerLetter", "aa"),
        (53, "lowerLetter", "aaa"),
        (100_000, "lowerLetter", "100000"),
        (0, "upperLetter", "0"),
        (1994, "upperRoman", "MCMXCIV"),
        (4000, "upperRoman", "4000"),
        (0, "upperRoman", "0"),
        (10, "vietnameseCounting", "mười"),
        (15, "vietnameseCounting", "mười lăm"),
        (21, "vietnameseCounting", "hai mươi mốt"),
        (40, "vietnameseCounting", "bốn mươi"),
        (120, "vietnameseCounting", "120"),
        (3, "decimalEnclosedCircle", "③"),
        (30, "decimalEnclosedCircle", "30"),
        (4, "numberInDash", "- 4 -"),
        (4, "none", ""),
        (4, "bullet", ""),
        (-1, "decimal", "-1"),
        (12, "decimalZero", "12"),
    ],
)
def test_numbers_in_formats(number: int, form: str, expected: str) -> None:
    assert format_number(number, form) == expected


def test_a_format_within_alternatives() -> None:
    choice = '<mc:Choice Requires="w14"><w:numFmt w:val="decimalZero"/></mc:Choice>'
    lists = numbering(
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent>' + choice
        + '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
        + '<w:lvlText w:val="%1/"/></w:lvl>'
    )  # fmt: skip
    assert labels(lists, 0, 0) == ["01/", "02/"]


def test_a_list_begins_at_its_start() -> None:
    assert labels(numbering(level(0, start=5)), 0, 0) == ["5.", "6."]


def test_a_level_without_a_start_begins_at_zero() -> None:
    lists = numbering('<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>')
    assert labels(lists, 0, 0) == ["0.", "1."]


def second(num: int, *overrides: str) -> str:
    return f'<w:num w:numId="{num}"><w:abstractNumId w:val="0"/>{"".join(overrides)}</w:num>'


def override(index: int, start: int | None = None, inner: str = "") -> str:
    begin = "" if start is None else f'<w:startOverride w:val="{start}"/>'
    return f'<w:lvlOverride w:ilvl="{index}">{begin}{inner}</w:lvlOverride>'


def test_lists_of_one_definition_go_on_counting() -> None:
    assert labels(numbering(level(0)) + second(2), (1, 0), (1, 0), (2, 0), (1, 0)) == ["1.", "2.", "3.", "4."]


def test_a_list_that_starts_anew_does_so_once() -> None:
    lists = numbering(level(0)) + second(2, override(0, 1))
    assert labels(lists, (1, 0), (1, 0), (2, 0), (2, 0), (1, 0), (2, 0)) == [
        "1.", "2.", "1.", "2.", "3.", "4.",
    ]  # fmt: skip


def test_a_list_that_starts_anew_at_another_number() -> None:
    lists = numbering(level(0)) + second(2, override(0, 7))
    assert labels(lists, (1, 0), (2, 0), (2, 0)) == ["1.", "7.", "8."]


def test_a_level_that_a_list_changes() -> None:
    lists = numbering(level(0)) + second(2, override(0, None, level(0, "upperLetter", "%1)")))
    assert labels(lists, (1, 0), (2, 0)) == ["1.", "B)"]


@pytest.mark.parametrize(
    ("restart", "expected"),
    [
        ("", ["I.", "1.", "a)", "2.", "a)", "II.", "1.", "a)"]),
        ('<w:lvlRestart w:val="0"/>', ["I.", "1.", "a)", "2.", "b)", "II.", "1.", "c)"]),
        ('<w:lvlRestart w:val="1"/>', ["I.", "1.", "a)", "2.", "b)", "II.", "1.", "a)"]),
    ],
)
def test_levels_say_when_they_restart(restart: str, expected: list[str]) -> None:
    third = level(2, "lowerLetter", "%3)", extra=restart)
    lists = numbering(level(0, "upperRoman"), level(1, "decimal", "%2."), third)
    assert labels(lists, 0, 1, 2, 1, 2, 0, 1, 2) == expected


def test_legal_numbers_are_figures() -> None:
    lists = numbering(level(0, "upperRoman"), level(1, "decimal", "%1.%2.", extra="<w:isLgl/>"))
    assert labels(lists, 0, 1, 1) == ["I.", "1.1.", "1.2."]


def test_letters_are_those_that_word_prints() -> None:
    """Word has no ``đ``; a list that needs one is typed by hand, or has it in its text."""
    lists = numbering(level(0, "lowerLetter", "%1)"), level(1, "none", "đ)"))
    assert labels(lists, 0, 0, 0, 0, 1, 0) == ["a)", "b)", "c)", "d)", "đ)", "e)"]


@pytest.mark.parametrize(
    ("text", "font", "expected"),
    [
        ("-", "Times New Roman", "-"),
        ("+", "", "+"),
        ("\uf0b7", "Symbol", "•"),
        ("\uf02d", "Symbol", "-"),
        ("\uf0a7", "Wingdings", "▪"),
        ("\uf0d8", "Wingdings", "➢"),
        ("\uf0fc", "Wingdings", "✓"),
        ("v", "Wingdings", "❖"),
        ("o", "Courier New", "○"),
        ("\uf0ff", "Wingdings", "•"),
        ("", "Symbol", ""),
    ],
)
def test_bullets_as_they_look(text: str, font: str, expected: str) -> None:
    assert turn_bullet(text, font) == expected
    lists = numbering(level(0, "bullet", text or " ", font=font))
    assert lines(item("Rà soát"), lists) == [f"{expected} Rà soát".strip()]


@pytest.mark.parametrize(
    ("text", "font", "expected"),
    [
        ("Kế hoạch", "Symbol", "Kế hoạch"),
        ("Rà soát kho", "Wingdings", "Rà soát kho"),
        ("a\uf0b7b", "Arial", "a•b"),
        ("ü", "Arial", "ü"),
        ("ü", "wingdings", "✓"),
        ("ạ", "Wingdings", "ạ"),
    ],
)
def test_symbol_fonts_over_text(text: str, font: str, expected: str) -> None:
    assert turn_symbols(text, font) == expected


def test_a_picture_for_a_bullet() -> None:
    lists = numbering(level(0, "bullet", "\uf0b7", extra='<w:lvlPicBulletId w:val="0"/>'))
    assert labels(lists, 0) == ["•"]


@pytest.mark.parametrize(
    ("text", "expected"), [(": rà soát", "Bước 1: rà soát"), ("rà soát", "Bước 1 rà soát")]
)
def test_a_label_that_joins_its_text(text: str, expected: str) -> None:
    lists = numbering(level(0, "decimal", "Bước %1", extra='<w:suff w:val="nothing"/>'))
    assert lines(item(text), lists) == [expected]


# Where a paragraph gets its list from

STYLE_LISTS = numbering(
    level(0, "upperRoman", extra='<w:pStyle w:val="H1"/>'),
    level(1, "decimal", "%2.", extra='<w:pStyle w:val="H2"/>'),
)  # fmt: skip
HEADINGS = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:basedOn w:val="{base}"/>'
    f"<w:pPr>{listed}</w:pPr></w:style>"
    for key, base, listed in (
        ("H1", "", '<w:numPr><w:numId w:val="1"/></w:numPr>'),
        ("H2", "", '<w:numPr><w:numId w:val="1"/></w:numPr>'),
        ("H3", "H2", ""),
        ("H4", "H1", '<w:numPr><w:ilvl w:val="1"/></w:numPr>'),
        ("H5", "H1", '<w:numPr><w:numId w:val="0"/></w:numPr>'),
    )
)


@pytest.mark.parametrize(
    ("styles", "expected"),
    [
        (["H1", "H2", "H2", "H1"], ["I.", "1.", "2.", "II."]),
        (["H1", "H4"], ["I.", "1."]),
        (["H1", "H3"], ["I.", "II."]),
        (["H1", "H5"], ["I.", ""]),
    ],
)
def test_lists_of_styles(styles: list[str], expected: list[str]) -> None:
    body = "".join(paragraph("việc", properties=f'<w:pStyle w:val="{key}"/>') for key in styles)
    found = lines(body, STYLE_LISTS, styles=HEADINGS)
    assert [line.removesuffix("việc").strip() for line in found] == expected


def test_a_paragraph_may_leave_the_list_of_its_style() -> None:
    none = '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    assert lines(paragraph("việc", properties=none), STYLE_LISTS, styles=HEADINGS) == ["việc"]


LIST_STYLE = (
    '<w:style w:type="numbering" w:styleId="L">'
    '<w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr></w:style>'
)


def test_a_list_that_borrows_that_of_a_style() -> None:
    lists = (
        '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>'
        + numbering(level(0, "upperLetter"))
        + '<w:num w:numId="9"><w:abstractNumId w:val="5"/></w:num>'
    )
    styles = LIST_STYLE.format(1)
    assert labels(lists, (9, 0), (1, 0), styles=styles) == ["A.", "B."]


def test_lists_that_borrow_from_each_other_end() -> None:
    lists = (
        '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="5"/></w:num>'
    )
    styles = LIST_STYLE.format(9)
    assert labels(lists, (9, 0), styles=styles) == [""]


@pytest.mark.parametrize(
    "properties",
    [
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>',
        '<w:numPr><w:ilvl w:val="99"/><w:numId w:val="1"/></w:numPr>',
        '<w:numPr><w:ilvl w:val="x"/><w:numId w:val="y"/></w:numPr>',
        '<w:numPr><w:numId w:val="99999999999999999999"/></w:numPr>',
        "<w:numPr/>",
    ],
)
def test_lists_that_are_not_there(properties: str) -> None:
    assert lines(paragraph("việc", properties=properties), OUTLINE) == ["việc"]
    assert lines(paragraph("việc", properties=properties)) == ["việc"]


def test_a_list_without_its_definition() -> None:
    lists = '<w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num>'
    assert lines(item("việc"), lists) == ["việc"]


# What counts and what is printed


def test_empty_items_count_but_are_no_paragraphs() -> None:
    assert lines(item("") + item("việc"), numbering(level(0))) == ["2. việc"]


def test_a_heading_that_is_only_a_label_is_printed() -> None:
    assert lines(item("") + paragraph("Biểu"), numbering(level(0, "upperRoman", "Phụ lục %1"))) == [
        "Phụ lục I",
        "Biểu",
    ]


def test_hidden_items_do_not_count() -> None:
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/></w:rPr>'
    hidden = paragraph(run("ẩn", "<w:vanish/>"), properties=listed)
    assert lines(item("một") + hidden + item("hai"), numbering(level(0))) == ["1. một", "2. hai"]


def test_items_that_a_tracked_change_took_out_do_not_count() -> None:
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>'
    gone = f"<w:p><w:pPr>{listed}</w:pPr><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del></w:p>"
    assert lines(item("một") + gone + item("hai"), numbering(level(0))) == ["1. một", "2. hai"]


def test_numbers_fill_a_column_of_a_table() -> None:
    rows = [row(cell(item("")), "Rà soát"), row(cell(item("")), "Báo cáo")]
    content = build_docx(table(row("TT", "Việc"), *rows), numbering=numbering(level(0, "decimal", "%1")))
    found = read_docx("a.docx", content).blocks[0].rows
    assert found == (("TT", "Việc"), ("1", "Rà soát"), ("2", "Báo cáo"))


def test_bullets_in_an_empty_cell_are_nothing() -> None:
    lists = numbering(level(0, "bullet", "-"))
    content = build_docx(table(row("TT", "Việc"), row(cell(item("")), "Rà soát")), numbering=lists)
    assert read_docx("a.docx", content).blocks[0].rows[1] == ("", "Rà soát")


def test_only_the_first_line_of_an_item_has_the_label() -> None:
    broken = item("Kho thuốc;").replace("</w:p>", "<w:r><w:br/></w:r>" + run("- Kho máu.") + "</w:p>")
    assert lines(broken, numbering(level(0))) == ["1. Kho thuốc;", "- Kho máu."]
