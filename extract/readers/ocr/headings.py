"""Mends the Roman numbers of headings, whose thin strokes scans lose, by the sequence they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extract.spans import Block

ROMAN_NUMBERS = (
    "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
)  # fmt: skip
NUMBER = re.compile(r"(?P<number>(?!1[.\s])[IVXLHl1|!]{1,5})(?P<point>\s?[.,:;]\s?|\s)(?=[^\W\d_]{2})")
"""What may have been a Roman number with its point, before a heading."""
LOOKS_LIKE_STROKES = str.maketrans({"L": "I", "l": "I", "1": "I", "|": "I", "!": "I", "H": "II"})
POINT_READ_AS = "Ll1|!"
MIN_TITLE_LETTERS = 4
MIN_CAPITAL_SHARE = 0.8
MAX_TITLE_CHARACTERS = 200


def mend_headings(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Give the blocks of a scan with the Roman numbers that its headings in capitals were printed with.

    A number is changed only where it goes on the sequence: it looks like the next one, or repeats the one
    before it, as ``III`` does that lost a stroke. A lost point is put back. Text that was not recognised
    from a picture stays as it is.

    >>> titles = ("I. MỤC TIÊU", "H. NHIỆM VỤ", "II TỔ CHỨC THỰC HIỆN")
    >>> [block.text for block in mend_headings(Block("paragraph", title) for title in titles)]
    ['I. MỤC TIÊU', 'II. NHIỆM VỤ', 'III. TỔ CHỨC THỰC HIỆN']
    """
    return tuple(_mend(blocks))


def _mend(blocks: Iterable[Block]) -> Iterator[Block]:
    last = 0
    for block in blocks:
        found = NUMBER.match(block.text) if block.kind == "paragraph" else None
        if found is None or not _is_title(block.text[found.end() :]):
            yield block
            continue
        following = min(last + 1, len(ROMAN_NUMBERS) - 1)
        read = _read_number(found["number"], last, following)
        if block.places and block.places[0].confidence is None:
            last = read or last
            yield block
            continue
        if not read:
            yield block
            continue
        last = following if read == last else read
        yield _with_number(block, found, ROMAN_NUMBERS[last])


def _read_number(printed: str, last: int, following: int) -> int:
    """Give the number that a heading was printed with: the next, the last one or the first; 0 for no such.

    A point may have been read as a last stroke (``IIIL TỔ CHỨC``).
    """
    bare = printed[:-1] if printed[-1] in POINT_READ_AS else printed
    likely = [text.translate(LOOKS_LIKE_STROKES) for text in (printed, bare)]
    numbers = [ROMAN_NUMBERS.index(text) for text in likely if text and text in ROMAN_NUMBERS]
    return next((number for number in (following, 1, last) if number and number in numbers), 0)


def _is_title(words: str) -> bool:
    letters = [letter for letter in words if letter.isalpha()]
    return (
        len(words) <= MAX_TITLE_CHARACTERS
        and len(letters) >= MIN_TITLE_LETTERS
        and sum(map(str.isupper, letters)) > MIN_CAPITAL_SHARE * len(letters)
    )


def _with_number(block: Block, found: re.Match[str], number: str) -> Block:
    opening = f"{number}. "
    moved = len(opening) - found.end()
    places = tuple(
        replace(place, start=max(place.start + moved, 0)) if place.start else place for place in block.places
    )
    return replace(block, text=opening + block.text[found.end() :], places=places)
