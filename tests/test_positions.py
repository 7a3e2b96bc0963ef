"""Rows of documents with pages: page, box and how sure the recognition of their words is."""

from __future__ import annotations

import pytest

from extract.pipeline import extract_read
from extract.records.positions import put_on_pages
from extract.schema import Document, Group
from extract.spans import Block, CleanText, OffsetMap, Place, Source
from extract.structure.clean import clean

HEAD = ("ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG", "Số: 99/KH-UBND", "KẾ HOẠCH", "Trồng cây xanh năm 2026")
FIRST = "1. Sở Tài chính bố trí kinh phí trước ngày 30/6/2026."
SECOND = "2. Sở Xây dựng trồng 1.200 cây xanh trong năm 2026."


def paragraph(text: str, *places: Place) -> Block:
    return Block("paragraph", text, places=places)


def minutes_of(*blocks: Block) -> Source:
    head = tuple(paragraph(line, Place(0, 1, (72, 72, 300, 90))) for line in HEAD)
    return Source("application/pdf", (*head, paragraph("I. NHIỆM VỤ", Place(0, 1)), *blocks), pages=2)


def read(*blocks: Block):
    return extract_read(Document("d", "a.pdf", ""), minutes_of(*blocks))


def test_rows_stand_on_the_page_of_their_words() -> None:
    extraction = read(
        paragraph(FIRST, Place(0, 1, (72, 700, 500, 714)), Place(30, 2, (72, 80, 400, 94))),
        paragraph(SECOND, Place(0, 2, (72, 100, 500, 114))),
    )
    assert [task.page for task in extraction.tasks] == [1, 2]
    assert [task.bbox for task in extraction.tasks] == ["72,700,500,714", "72,100,500,114"]
    assert [group.page for group in extraction.groups] == [1]
    assert {(i.page, i.bbox) for i in extraction.indicators} == {(2, "72,100,500,114")}


def test_a_box_holds_all_lines_of_the_page() -> None:
    lines = (Place(0, 2, (90, 80, 520.04, 94)), Place(20, 2, (72, 96, 300, 110.26)))
    extraction = read(paragraph(SECOND, *lines))
    assert extraction.tasks[0].bbox == "72,80,520,110.3"


def test_unsure_recognition_lowers_confidence() -> None:
    sure = read(paragraph(FIRST, Place(0, 1)), paragraph(SECOND, Place(0, 1)))
    unsure = read(paragraph(FIRST, Place(0, 1, None, 0.5)), paragraph(SECOND, Place(0, 1, None, 1.0)))
    assert unsure.tasks[0].confidence == pytest.approx(sure.tasks[0].confidence / 2, abs=1e-3)
    assert unsure.tasks[1].confidence == sure.tasks[1].confidence
    assert unsure.indicators[0].confidence == sure.indicators[0].confidence


def test_text_without_pages_has_neither_page_nor_box() -> None:
    blocks = tuple(paragraph(line) for line in (*HEAD, "I. NHIỆM VỤ", FIRST))
    extraction = extract_read(Document("d", "a.docx", ""), Source("x", blocks))
    assert [(task.page, task.bbox) for task in extraction.tasks] == [(None, "")]
    assert [group.page for group in extraction.groups] == [None]


def test_places_follow_characters_that_were_mended() -> None:
    decomposed = "Sơ\u0309 Y tê\u0301"
    canonical = clean(
        Source("x", (paragraph(decomposed, Place(0, 1), Place(6, 2)), paragraph("Sở", Place(0, 3))))
    )
    assert canonical.text == "Sở Y tế\nSở"
    pages = [[place.page for place in canonical.places_of(i, i + 1)] for i in range(len(canonical.text))]
    assert pages[:3] == [[1], [1], [1]]
    assert pages[5:7] == [[2], [2]]
    assert pages[8:] == [[3], [3]]


def test_cells_have_places_of_their_own() -> None:
    rows = (("STT", "Việc"), ("1", "Rà soát\nquy hoạch"))
    block = Block("table", rows=rows, places=(Place(0, 1), Place(9, 2), Place(11, 2, (1, 2, 3, 4))))
    canonical = clean(Source("x", (block,)))
    at = canonical.text.index("quy hoạch")
    assert canonical.places_of(at, at + 3)[0].bbox == (1, 2, 3, 4)
    assert canonical.places_of(0, len(canonical.text))[0].page == 1


def test_an_empty_stretch_stands_nowhere() -> None:
    canonical = CleanText("Sở Y tế", [], OffsetMap(), [Place(0, 1)])
    group = Group("", "", "", 1, 1, "", "", "", "task", None, 3, 3)
    put_on_pages(canonical, [group], [], [])
    assert group.page is None
