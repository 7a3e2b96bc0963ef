"""Roman numbers of headings that a scan lost strokes of, mended by their sequence."""

from __future__ import annotations

import pytest

from extract.readers.ocr.headings import mend_headings
from extract.spans import Block, Place


def mended(*texts: str, confidence: float | None = 0.9) -> list[str]:
    places = (Place(0, 1, None, confidence),)
    return [block.text for block in mend_headings(Block("paragraph", text, places=places) for text in texts)]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        (("I. MỤC TIÊU", "II. NHIỆM VỤ", "II. KINH PHÍ"), ("I. MỤC TIÊU", "II. NHIỆM VỤ", "III. KINH PHÍ")),
        (("I. MỤC TIÊU", "II NHIỆM VỤ"), ("I. MỤC TIÊU", "II. NHIỆM VỤ")),
        (("IL.MỤC TIÊU", "H. NHIỆM VỤ"), ("I. MỤC TIÊU", "II. NHIỆM VỤ")),
        (("l. MỤC TIÊU", "Il, NHIỆM VỤ", "HI. KINH PHÍ"), ("I. MỤC TIÊU", "II. NHIỆM VỤ", "III. KINH PHÍ")),
    ],
)
def test_a_number_goes_on_with_its_sequence(read: tuple[str, ...], printed: tuple[str, ...]) -> None:
    assert mended(*read) == list(printed)


@pytest.mark.parametrize(
    "read",
    [
        ("I. MỤC TIÊU", "II. NHIỆM VỤ", "I. BẢO TỒN CHỢ", "II. MỞ RỘNG CHỢ"),
        ("V. KINH PHÍ", "VI. THI HÀNH"),
        ("1. MỤC TIÊU CHUNG", "2. MỤC TIÊU CỤ THỂ"),
        ("I. MỤC TIÊU", "TT. HĐND TỈNH"),
        ("I. MỤC TIÊU", "II là quý có nhiều lễ hội nhất."),
        ("H. Bảo Lâm, tỉnh Lâm Đồng",),
        ("",),
    ],
)
def test_what_is_right_or_no_heading_stays(read: tuple[str, ...]) -> None:
    assert mended(*read) == list(read)


def test_text_that_was_typed_stays() -> None:
    read = ("I. MỤC TIÊU", "II. NHIỆM VỤ", "II. KINH PHÍ")
    assert mended(*read, confidence=None) == list(read)


def test_places_move_with_the_text() -> None:
    block = Block("paragraph", "IL.MỤC TIÊU CHUNG", places=(Place(0, 1, None, 0.9), Place(12, 1, None, 0.8)))
    [found] = mend_headings([block])
    assert found.text == "I. MỤC TIÊU CHUNG"
    assert [found.text[place.start :] for place in found.places] == ["I. MỤC TIÊU CHUNG", "CHUNG"]


def test_tables_pass() -> None:
    table = Block("table", rows=(("II", "NHIỆM VỤ"),))
    assert mend_headings([table]) == (table,)
