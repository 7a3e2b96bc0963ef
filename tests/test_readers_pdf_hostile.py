"""PDF files that are damaged or mean harm end in a problem, in bounded time."""

from __future__ import annotations

import random
import time
import zlib

import pytest
from pdf_files import PdfPage, assemble, codes, plan_page, read, stream, texts, write_pdf

from extract.readers.pdf import opening, reading, words
from extract.readers.pdf.unpacking import unpacks_too_large


def damaged(seed: int) -> bytes:
    whole = bytearray(write_pdf([plan_page()] * 3))
    chance = random.Random(seed)
    for _ in range(60):
        whole[chance.randrange(len(whole))] = chance.randrange(256)
    return bytes(whole)


def bomb(layers: int) -> bytes:
    packed = b"0 0 m 1 1 l S\n" * 4_000_000
    for _ in range(layers):
        packed = zlib.compress(packed, 9)
    filters = "/FlateDecode" * layers
    return assemble([
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        stream(packed, f"/Filter[{filters}]"),
    ])  # fmt: skip


def pages_of(tree: str) -> bytes:
    return assemble([b"<</Type/Catalog/Pages 2 0 R>>", tree.encode(), b"<</Type/Page/MediaBox[0 0 9 9]>>"])


WHOLE = write_pdf([plan_page()])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.7", "corrupt_file"),
        (b"Ke hoach", "corrupt_file"),
        (WHOLE[:200], "corrupt_file"),
        (pages_of("<</Type/Pages/Count 0/Kids[]>>"), "corrupt_file"),
        (bomb(1), "too_large"),
        (bomb(2), "too_large"),
    ],
    ids=["empty", "header only", "text", "cut", "no pages", "bomb", "bomb in a bomb"],
)
def test_files_that_cannot_be_read_fail_with_a_code(content: bytes, code: str) -> None:
    source = read(content)
    assert source.blocks == ()
    assert [(p.code, p.severity) for p in source.problems] == [(code, "error")]


def test_a_file_that_is_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_PDF_BYTES", 100)
    assert codes(read(WHOLE)) == ["too_large"]


@pytest.mark.parametrize(
    "tree", ["<</Type/Pages/Count 5/Kids[2 0 R 2 0 R]>>", "<</Type/Pages/Count 90000000/Kids[3 0 R 2 0 R]>>"]
)
def test_a_circular_tree_of_pages_ends(tree: str) -> None:
    start = time.perf_counter()
    source = read(pages_of(tree))
    assert time.perf_counter() - start < 10
    assert source.blocks == ()


@pytest.mark.parametrize("seed", range(8))
def test_damage_never_raises(seed: int) -> None:
    source = read(damaged(seed))
    assert source.blocks or source.problems or source.pages is not None


def test_text_before_the_header_is_forgiven() -> None:
    assert texts(read(b"\r\n" + WHOLE))[0] == "UBND TỈNH HÀ GIANG"


def test_a_drawing_of_many_lines_is_left_in_bounded_time() -> None:
    page = PdfPage()
    page.parts = [f"{i % 500} {i % 700} m {i % 491} {i % 303} l S" for i in range(60_000)]
    page.text(90, 100, "Bản đồ")
    start = time.perf_counter()
    source = read(write_pdf([page]))
    assert time.perf_counter() - start < 20
    assert all(block.kind == "paragraph" for block in source.blocks)


def test_a_dense_grid_is_left_in_bounded_time() -> None:
    page = PdfPage()
    page.grid([2.0 * i for i in range(290)], [2.0 * i for i in range(400)])
    start = time.perf_counter()
    read(write_pdf([page]))
    assert time.perf_counter() - start < 20


def test_more_text_than_a_page_can_hold_is_cut_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "MAX_PAGE_CHARACTERS", 18)
    source = read(WHOLE)
    assert codes(source) == ["page_cut"]
    assert texts(source) == ["UBND TỈNH HÀ GIANG"]


def test_pages_beyond_the_limit_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_PAGES", 2)
    source = read(write_pdf([plan_page()] * 3))
    assert source.pages == 3
    assert codes(source) == ["pages_left_out"]
    assert max(place.page for block in source.blocks for place in block.places) == 2


def test_text_beyond_the_limit_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_TEXT_CHARACTERS", 10)
    assert codes(read(write_pdf([plan_page()] * 3))) == ["pages_left_out"]


def test_a_script_is_not_run_and_an_attachment_not_opened() -> None:
    script = "/OpenAction<</S/JavaScript/JS(while(1){})>>/Names<</EmbeddedFiles<</Names[(a)<</F(a)>>]>>>>"
    page = plan_page()
    assert texts(read(write_pdf([page], script)))[0] == "UBND TỈNH HÀ GIANG"


def test_the_same_file_gives_the_same_blocks() -> None:
    assert read(WHOLE) == read(WHOLE)


def test_unpacking_looks_at_packed_content_only() -> None:
    image = stream(zlib.compress(b"\0" * (40 << 20)), "/Subtype/Image/Filter/FlateDecode")
    assert not unpacks_too_large(b"1 0 obj" + image)
    assert unpacks_too_large(b"1 0 obj" + image.replace(b"/Subtype/Image", b""))
