"""Pages made to break a reader, and pages broken by accident: an answer in seconds, no silent loss."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.readers.html import read_html
from extract.readers.web.parsing import MAX_CONTENT_BYTES, MAX_ELEMENTS, MAX_MARKUP_BYTES, parse_markup
from extract.spans import Source

SECONDS = 20
LAST = b"<p>Ho\xc3\xa0n th\xc3\xa0nh"

BOMBS = {
    "divs": b"<div>" * 250_000 + LAST,
    "divs_closed": b"<div>" * 140_000 + b"x" + b"</div>" * 140_000 + LAST,
    "inline": b"<font><b>a" * 50_000 + LAST,
    "lists": b"<ol><li>a" * 10_000 + LAST,
    "tables": b"<table><tr><td>a" * 3_000 + b"</table>" * 3_000 + LAST,
    "ruled_tables": b"<table border=1><tr><td>a<td>b<td>c<tr><td>a<td>b<td>" * 200 + b"</table>" * 200 + LAST,
    "rows": b"<table border=1>" + b"<tr><td>a<td>b" * 20_000 + b"</table>" + LAST,
    "columns": b"<table border=1><tr>" + b"<td>a" * 50_000 + b"</table>" + LAST,
    "spans": b"<table border=1>" + b"<tr><td rowspan=65534 colspan=1000>a<td>b" * 5_000 + b"</table>" + LAST,
    "attribute": b"<p title='" + b"a" * 9_000_000 + b"'>x" + LAST,
    "attributes": b"<p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">x" + LAST,
    "quoted_attributes": b"<p " + b" ".join(b"a%d='>'" % n for n in range(100_000)) + b">x" + LAST,
    "class": b"<p class='" + b"aB " * 1_000_000 + b"'>x" + LAST,
    "style": b"<p style='" + b"a:b;" * 1_000_000 + b"'>x" + LAST,
    "scripts": b"<script>a<b</script>" * 20_000 + LAST,
    "comments": b"<!--x-->" * 100_000 + LAST,
    "ampersands": b"<p>" + b"&" * 1_000_000 + LAST,
    "entities": b"<p>" + b"&amp;amp;ecirc;" * 100_000 + LAST,
    "breaks": b"<p>" + b"a<br>" * 100_000 + LAST,
    "verbatim": b"<pre>" + b"a\n" * 500_000 + b"</pre>" + LAST,
    "blanks": b"<p>Aa Bb" + b"&nbsp; " * 200_000 + b"Cc Dd" + LAST,
    "zero_bytes": b"<p>" + b"\0" * 5_000_000 + LAST,
    "labels": "<p>Ngày ban hành:</p><p>x</p>".encode() * 20_000 + LAST,
    "links": b"<nav>x</nav>" + b"<p><a href=x>Tin tuc ve nong thon</a>" * 20_000 + LAST,
    "numbers": b"<ol start=99999999999999999999 type=i><li value=-9999999999999>a<li>b</ol>" * 1000 + LAST,
    "json": b"<script type='application/ld+json'>" + b'{"a":[' * 100_000 + b"</script>" + LAST,
    "data": b"<img src='data:image/png;base64," + b"A" * 20_000_000 + b"'>" + LAST,
}


def read(content: bytes) -> Source:
    started = time.perf_counter()
    source = read_html("a.html", content)
    assert time.perf_counter() - started < SECONDS
    return source


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_in_time_and_its_last_words_are_read(name: str) -> None:
    source = read(BOMBS[name])
    assert not any(problem.severity == "error" for problem in source.problems)
    assert any(block.raw.endswith("Hoàn thành") for block in source.blocks[-3:])


@pytest.mark.parametrize(
    "content",
    [
        b"<div>" * 10_000_000,
        b"<p>" + b"a" * MAX_MARKUP_BYTES,
        b"<p>" + b"a" * MAX_CONTENT_BYTES,
        b"<b>" * (MAX_ELEMENTS + 1),
    ],
)
def test_a_page_that_is_too_large_is_refused(content: bytes) -> None:
    source = read(content)
    assert source.blocks == ()
    assert [(p.code, p.severity) for p in source.problems] == [("too_large", "error")]


def test_deep_nesting_is_told_and_keeps_paragraphs_apart() -> None:
    markup = b"<div>" * 100_000 + b"<p>M\xe1\xbb\x99t</p><p>Hai</p>" + b"</div>" * 100_000 + b"<p>Ba</p>"
    source = read(markup)
    assert [block.text for block in source.blocks] == ["Một", "Hai", "Ba"]
    assert [problem.code for problem in source.problems] == ["deep_nesting"]


def test_entities_of_a_document_type_are_not_expanded() -> None:
    declared = "".join(f"<!ENTITY a{n + 1} '&a{n};&a{n};'>" for n in range(60))
    page = (
        f"<?xml version='1.0'?><!DOCTYPE html [<!ENTITY a0 'x'>{declared}]><html><body><p>1 &a60;</p></html>"
    )
    assert [block.text for block in read(page.encode()).blocks] == ["1 &a60;"]


def test_files_named_by_entities_are_not_opened() -> None:
    page = (
        "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html><body><p>Giao &x;</p></body></html>"
    )
    assert [block.text for block in read(page.encode()).blocks] == ["Giao &x;"]


def test_attributes_beyond_the_first_are_dropped() -> None:
    tree = parse_markup(BOMBS["attributes"]).tree
    assert tree is not None
    assert max(len(element.attrib) for element in tree.iter()) < 100


@pytest.mark.parametrize("end", range(1, 400, 7))
def test_a_page_cut_anywhere_is_read(end: int) -> None:
    page = (
        "<!doctype html><html><head><title>Kế hoạch năm 2025 của tỉnh</title></head><body>"
        "<nav><a href=x>Trang</a></nav><table border=1><tr><td rowspan=2>Một<td>Hai<tr><td>Ba</table>"
        "<ol><li value=3>Bốn &amp; năm"
    ).encode()
    source = read(page[:end])
    assert source.blocks or any(problem.severity == "error" for problem in source.problems)


@given(st.text(alphabet="<>/=\"'&;ab ptdrlio\n\0\ud800", max_size=200))
def test_any_markup_is_read_or_refused(markup: str) -> None:
    source = read_html("a.html", markup.encode("utf-8", "surrogatepass"))
    assert source.blocks or source.problems


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    source = read_html("a.html", b"<p>" + content)
    assert source.blocks or source.problems


def test_the_same_page_gives_the_same_blocks() -> None:
    assert read(BOMBS["tables"]) == read(BOMBS["tables"])
