"""What a web page prints around an article: share buttons, counters, ratings, link lists."""

from __future__ import annotations

from functools import cache

from extract.folding import fold_tones
from extract.knowledge.tables import read_table
from extract.spans import CleanText

MAX_DEBRIS_CHARACTERS = 120
"""A line of debris is short; a sentence that happens to begin like one is not."""
MIN_TAIL_START = 0.3
"""Debris after an article does not begin in its first third."""


@cache
def _phrases(place: str) -> tuple[str, ...]:
    return tuple(fold_tones(row["phrase"]) for row in read_table("debris") if row["place"] == place)


def find_debris(clean: CleanText, closing: int | None) -> set[int]:
    """Give the indexes of the paragraphs that belong to the page and not to the document.

    Where a phrase such as ``Thống kê truy cập`` opens the tail of a page, all that follows is debris
    unless the document's own closing (``closing``, index of its first paragraph) comes later.
    """
    debris: set[int] = set()
    tail: int | None = None
    line_phrases, tail_phrases = frozenset(_phrases("line")), _phrases("tail")
    for index, paragraph in enumerate(clean.paragraphs):
        if paragraph.cell is not None or paragraph.end - paragraph.start > MAX_DEBRIS_CHARACTERS:
            continue
        words = fold_tones(clean.text[paragraph.start : paragraph.end]).strip(" -•*:|>")
        if words in line_phrases or not any(letter.isalpha() for letter in words):
            debris.add(index)
        elif (
            tail is None
            and paragraph.start > MIN_TAIL_START * len(clean.text)
            and words.startswith(tail_phrases)
            and (closing is None or index > closing)
        ):
            tail = index
    if tail is not None:
        debris.update(range(tail, len(clean.paragraphs)))
    return debris
