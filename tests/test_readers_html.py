"""Text of web pages: encodings, letters split by tags, line breaks, lists, what is hidden."""

from __future__ import annotations

import re
import unicodedata

import pytest

from extract.readers.html import read_html
from extract.readers.web.lists import format_number, join_marker, read_typed_marker
from extract.spans import Block, Source

SENTENCE = "Ủy ban nhân dân tỉnh giao Sở Y tế xây dựng kế hoạch phòng, chống dịch bệnh năm 2025"


def read(markup: str) -> Source:
    return read_html("page.html", markup.encode())


def texts(markup: str) -> list[str]:
    source = read(markup)
    assert not [problem for problem in source.problems if problem.severity == "error"]
    return [block.text for block in source.blocks]


def codes(source: Source) -> list[str]:
    return [problem.code for problem in source.problems]


# Encodings


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "windows-1258", "gb2312", "nonsense"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_bytes_tell_the_encoding_whatever_the_page_declares(encoding: str, declared: str) -> None:
    page = f'<html><head><meta charset="{declared}"><title>x</title></head><body><p>{SENTENCE}</body></html>'
    source = read_html("a.html", page.encode(encoding))
    assert source.blocks == (Block("paragraph", SENTENCE),)
    assert source.problems == ()


def test_an_xml_declaration_does_not_matter() -> None:
    page = f'<?xml version="1.0" encoding="windows-1252"?><html><body><p>{SENTENCE}</p></body></html>'
    assert texts(page) == [SENTENCE]


def test_windows_1258_is_told_and_converted() -> None:
    # The encoding has letters with their shape (â, ơ) and the tones as marks behind them.
    tones = "\u0300\u0301\u0303\u0309\u0323"
    parted = unicodedata.normalize("NFD", SENTENCE)
    marks = "".join(
        unicodedata.normalize("NFC", "".join(mark for mark in letter if mark not in tones))
        + "".join(mark for mark in letter if mark in tones)
        for letter in re.findall("[^\u0300-\u036f][\u0300-\u036f]*", parted)
    )
    content = f"<html><body><p>{marks}</p></body></html>".encode("cp1258")
    source = read_html("a.html", content)
    assert source.blocks[0].text == SENTENCE
    assert codes(source) == ["legacy_encoding"]


def test_tcvn3_in_entities_is_converted_with_the_words_around_it() -> None:
    legacy = "Tri&#211;n khai k&#213; ho&#185;ch n&#168;m 2025, ho&#181;n th&#181;nh nhi&#214;m v&#244;"
    source = read(
        f"<p>{legacy}</p><table border=1><tr><td>1<td>k&#213; ho&#185;ch<tr><td>2<td>n&#168;m</table>"
    )
    assert source.blocks[0].text == "Triển khai kế hoạch năm 2025, hoàn thành nhiệm vụ"
    assert source.blocks[1].rows == (("1", "kế hoạch"), ("2", "năm"))
    assert codes(source) == ["legacy_encoding"]


def test_letters_are_composed() -> None:
    assert texts(f"<p>{unicodedata.normalize('NFD', SENTENCE)}</p>") == [SENTENCE]


@pytest.mark.parametrize(
    "written",
    ["K&#7871; ho&#7841;ch", "K&#x1EBF; ho&#x1ea1;ch", "K&amp;#7871; ho&amp;#7841;ch", "Kế hoạch"],
)
def test_entities_single_and_double(written: str) -> None:
    assert texts(f"<p>{written}</p><p>m&ecirc; v&amp;agrave; R&amp;D</p>") == ["Kế hoạch", "mê và R&D"]


def test_damaged_bytes_are_told() -> None:
    source = read_html("a.html", f"<p>{SENTENCE} ".encode() + b"\xff</p>")
    assert source.blocks[0].text.startswith(SENTENCE)
    assert codes(source) == ["undecodable_bytes"]


def test_a_page_without_tags_is_plain_text() -> None:
    source = read_html("a.html", b"1. Giao 5 < 6\n2. Hai")
    assert (source.media_type, source.blocks[0].kind) == ("text/plain", "lines")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b" \n ", "empty_file"),
        (b"<html><body></body></html>", "no_text"),
        (b"<html><body><div id=app></div><script>render('x')</script></body></html>", "no_text"),
    ],
)
def test_nothing_to_read_is_an_error(content: bytes, code: str) -> None:
    source = read_html("a.html", content)
    assert source.blocks == ()
    assert [(p.code, p.severity) for p in source.problems] == [(code, "error")]


# Text within paragraphs


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("T<b>ổ</b>ng k<span>ế</span>t", "Tổng kết"),
        ("<font color=red>N</font><font>ăm</font>\n 2025", "Năm 2025"),
        (
            "Giao<o:p></o:p> <st1:place w:st='on'>Sở</st1:place>  Y&nbsp;&nbsp;tế<o:p>&nbsp;</o:p>",
            "Giao Sở Y tế",
        ),
        ("12.500 m<sup>2</sup> và 10<sup>6</sup> kWh", "12.500 m² và 10⁶ kWh"),
        ("37<sup>o</sup>C, CO<sub>2</sub>", "37°C, CO2"),
        ("ngày 1<sup>st</sup>", "ngày 1st"),
        ("a<wbr>b&shy;c", "ab\xadc"),
    ],
)
def test_inline_tags_part_no_words(markup: str, text: str) -> None:
    assert texts(f"<p>{markup}</p>") == [text]


def test_line_breaks_part_paragraphs() -> None:
    markup = "<p>UBND TỈNH HÀ NAM<br>SỞ Y TẾ<br/>- Như trên;<br />- Lưu: VT.</p>"
    assert texts(markup) == ["UBND TỈNH HÀ NAM", "SỞ Y TẾ", "- Như trên;", "- Lưu: VT."]


def test_a_sentence_wrapped_by_hand_is_joined() -> None:
    assert texts("<p>Xây dựng kế hoạch<br>năm 2025;<br>rà soát<br><br>lần hai</p>") == [
        "Xây dựng kế hoạch năm 2025;",
        "rà soát",
        "lần hai",
    ]


def test_markers_in_small_letters_begin_a_line() -> None:
    assert texts("<p>Giao các sở<br>a) Rà soát<br>b. Báo cáo<br>đ) Tổng hợp</p>") == [
        "Giao các sở",
        "a) Rà soát",
        "b. Báo cáo",
        "đ) Tổng hợp",
    ]


def test_two_columns_drawn_with_blanks_are_parted() -> None:
    gap = "&nbsp; &nbsp; &nbsp; &nbsp; &nbsp; &nbsp;"
    markup = f"<p>UBND TỈNH HÀ NAM{gap}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Số: {gap} /KH-UBND</p>"
    assert texts(markup) == ["UBND TỈNH HÀ NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: /KH-UBND"]


def test_verbatim_text_keeps_its_lines() -> None:
    source = read("<pre>1. Rà soát các\n   quy định.\n2. Báo cáo.</pre><p style='white-space:pre-wrap'>a</p>")
    assert source.blocks[0] == Block("lines", "1. Rà soát các\n   quy định.\n2. Báo cáo.")
    assert source.blocks[1] == Block("paragraph", "a")


def test_a_paragraph_is_bold_as_a_whole_or_not_at_all() -> None:
    source = read(
        "<h2>I. MỤC TIÊU</h2><p><b>1. Yêu</b> <strong>cầu</strong></p><p><b>2.</b> Rà soát</p>"
        "<p style='font-weight:700'>3. Mục</p><b style='font-weight:normal'><p>4. Thường</p></b>"
    )
    assert [block.bold for block in source.blocks] == [True, True, False, True, False]


def test_blocks_in_reading_order() -> None:
    markup = (
        "<div>trước<blockquote>trích dẫn</blockquote>sau</div>"
        "<dl><dt>Chủ trì</dt><dd>Sở Y tế</dd></dl><address>Hà Nam</address><hr>cuối"
    )
    assert texts(markup) == ["trước", "trích dẫn", "sau", "Chủ trì", "Sở Y tế", "Hà Nam", "cuối"]


def test_unclosed_tags() -> None:
    assert texts("<p>Một<p>Hai<div>Ba<ul><li>Bốn<li>Năm</div><p><b>Sáu") == [
        "Một", "Hai", "Ba", "- Bốn", "- Năm", "Sáu",
    ]  # fmt: skip


# Lists


@pytest.mark.parametrize(
    ("attributes", "markers"),
    [
        ("", ["1.", "2."]),
        ("start=9", ["9.", "10."]),
        ("type=a", ["a.", "b."]),
        ("type=A start=26", ["Z.", "AA."]),
        ("type=I start=3", ["III.", "IV."]),
        ("type=i", ["i.", "ii."]),
        ("reversed", ["2.", "1."]),
        ("style='list-style-type:upper-roman'", ["I.", "II."]),
        ("style='list-style: lower-latin inside'", ["a.", "b."]),
        ("style='list-style-type: decimal-leading-zero'", ["01.", "02."]),
        ("start=0 type=a", ["0.", "a."]),
        ("start=x", ["1.", "2."]),
    ],
)
def test_ordered_lists_are_numbered_as_printed(attributes: str, markers: list[str]) -> None:
    assert texts(f"<ol {attributes}><li>Rà soát<li>Báo cáo</ol>") == [
        f"{markers[0]} Rà soát",
        f"{markers[1]} Báo cáo",
    ]


def test_values_of_items_go_on_from_there() -> None:
    assert texts("<ol><li>a<li value=7>b<li>c<li type=a>d</ol>") == ["1. a", "7. b", "8. c", "i. d"]


def test_nested_lists() -> None:
    markup = "<ol><li>Một<ul><li>Hai<ul><li>Ba</ul></ul><ol type=a><li>Bốn</ol><li><p>Năm</p><p>Sáu</p></ol>"
    assert texts(markup) == ["1. Một", "- Hai", "+ Ba", "a. Bốn", "2. Năm", "Sáu"]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<ul><li>- Rà soát</ul>", "- Rà soát"),
        ("<ul><li>+ Rà soát</ul>", "+ Rà soát"),
        ("<ol><li>1. Rà soát</ol>", "1. Rà soát"),
        ("<ul style='list-style:none'><li>Rà soát</ul>", "Rà soát"),
        ("<ul style='list-style-type:decimal'><li>Rà soát</ul>", "1. Rà soát"),
        ("<ol style='list-style-type:disc'><li>Rà soát</ol>", "- Rà soát"),
        ("<ol><li>5.000 cây xanh</ol>", "1. 5.000 cây xanh"),
        ("<ul><li>-5% chi phí</ul>", "- -5% chi phí"),
        ("<li>Rà soát", "- Rà soát"),
    ],
)
def test_a_marker_typed_by_hand_is_not_doubled(markup: str, text: str) -> None:
    assert texts(markup) == [text]


def test_an_empty_item_counts_but_is_not_printed() -> None:
    assert texts("<ol><li></li><li> </li><li>Ba</li></ol>") == ["3. Ba"]


@pytest.mark.parametrize(
    ("marker", "typed"), [("1.", "1."), ("·", "-"), ("o", "+"), ("§", "-"), ("a)", "a)")]
)
def test_numbers_of_word_lists_stand_in_a_span(marker: str, typed: str) -> None:
    item = (
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]>"
        f"<span style='mso-list:Ignore'>{marker}<span style='font:7.0pt Times'>&nbsp;&nbsp; </span>"
        "</span><![endif]>Rà soát</p>"
    )
    assert texts(item) == [f"{typed} Rà soát"]


@pytest.mark.parametrize(
    ("number", "sort", "text"),
    [(3999, "lower-roman", "mmmcmxcix."), (4000, "lower-roman", "4000."), (703, "lower-alpha", "aaa."),
     (-3, "decimal", "-3."), (5, "georgian", "5.")],
)  # fmt: skip
def test_format_number(number: int, sort: str, text: str) -> None:
    assert format_number(number, sort) == text


def test_markers() -> None:
    assert join_marker("", "Rà soát") == "Rà soát"
    assert join_marker("2.", "(a) Rà soát") == "(a) Rà soát"
    assert read_typed_marker("\xa0") == ""


# What is not shown


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>ẩn</p>",
        "<p style='display:none'>ẩn</p>",
        "<p style='DISPLAY : NONE !important'>ẩn</p>",
        "<p style='visibility:hidden'>ẩn</p>",
        "<span style='mso-hide:all'>ẩn</span>",
        "<script>document.write('<p>ẩn</p>')</script>",
        "<style>p { content: 'ẩn' }</style>",
        "<noscript>ẩn</noscript>",
        "<template><p>ẩn</p></template>",
        "<select><option>ẩn</option></select>",
        "<textarea>ẩn</textarea>",
        "<button>ẩn</button>",
        "<!-- ẩn -->",
        "<!--[if gte mso 9]><xml><w:View>ẩn</w:View></xml><![endif]-->",
        "<svg><text>ẩn</text></svg>",
        "<iframe>ẩn</iframe>",
    ],
)
def test_what_is_not_shown_is_not_read(hidden: str) -> None:
    assert texts(f"<p>Giao Sở Y tế{hidden} rà soát danh mục</p>")[0].startswith("Giao Sở Y tế")
    assert "ẩn" not in " ".join(texts(f"<p>Giao Sở Y tế rà soát</p>{hidden}<p>danh mục thuốc"))


def test_an_article_behind_a_tab_is_kept() -> None:
    markup = f"<p>Tóm tắt</p><div style='display:none'><p>{SENTENCE}</p><p>{SENTENCE}.</p></div>"
    assert texts(markup) == ["Tóm tắt", SENTENCE, f"{SENTENCE}."]


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the reader opened a connection")

    monkeypatch.setattr("socket.socket.connect", refuse)
    page = (
        "<!DOCTYPE html SYSTEM 'http://example.invalid/x.dtd'><html><head><base href='http://example.invalid/'>"
        "<link rel=stylesheet href=x.css></head><body><p>Rà soát<img src=a.png><script src=a.js></script>"
        "<iframe src=b.html></iframe></body></html>"
    )
    assert texts(page) == ["Rà soát"]
