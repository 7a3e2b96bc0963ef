"""Where a pattern may begin: its opening words and digits, found in one pass before any pattern is tried.

A pattern tried at every character of a text costs some hundred times what it costs where it may match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

DIGITS = re.compile(r"\d+")
BLANKS = " \n\t\u00a0"


class Openings:
    """Finds the places of a text where one of some words, or a run of digits, begins.

    ``words`` may go on in any way; ``whole`` only count before a blank.

    >>> Openings(["quý"], ["năm"]).find("quý 2, năm 2025")
    [0, 4, 7, 11]
    """

    def __init__(self, words: list[str], whole: list[str]) -> None:
        literals = words + [word + blank for word in whole for blank in BLANKS]
        self._words = AhoCorasick(literals) if literals else None

    def find(self, text: str) -> Sequence[int]:
        """Give the offsets, in order; ``text`` is folded as the words are."""
        digits = _find_digits(text)
        if self._words is None:
            return digits
        words = [start for _, start, _ in self._words.find_matches_as_indexes(text)]
        return sorted([*words, *digits]) if words else digits


@lru_cache(maxsize=2)
def _find_digits(text: str) -> tuple[int, ...]:
    """Find where runs of digits begin, once for all the patterns that are looked for in a text."""
    return tuple([match.start() for match in DIGITS.finditer(text)])


def matches_at(pattern: re.Pattern[str], text: str, openings: Openings) -> Iterator[re.Match[str]]:
    """Give what ``pattern.finditer(text)`` gives, trying the pattern only at the openings."""
    end = 0
    for start in openings.find(text):
        if start < end:
            continue
        match = pattern.match(text, start)
        if match is not None:
            end = match.end()
            yield match
