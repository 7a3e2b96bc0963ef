"""Counts that a document names again and again: only what is said first, or anew, measures something."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.knowledge.phrases import any_phrase
from extract.spans import Quantity

POINTS_BACK = re.compile(
    rf"[^,.;:()]{{0,40}}?\b{any_phrase('indicator_cues', 'points_back')}\b", re.IGNORECASE
)
"""Behind a count that was given before: ``04 dự án nêu trên``."""
OBJECT_OF = re.compile(rf"(?<!\w){any_phrase('indicator_cues', 'scope_before')}\s\Z", re.IGNORECASE)
"""Before a count that only says where, or whose: ``tiến độ của 02 dự án``."""
SUBORDINATE = re.compile(
    r"\b(?:sau khi|trước khi|ngay khi|để|việc|tiến độ|nhằm)\s[^,;.:()]{0,80}\Z", re.IGNORECASE
)
"""Before a count that the clause takes as known: ``sau khi hoàn thành 02 dự án``."""
SETS_AIM = re.compile(r"\b(?:phấn đấu|mục tiêu|mỗi|từng)\b[^,;:]{0,60}\Z", re.IGNORECASE)
"""Before a count that is an aim, or holds for each of several."""
HOLDS = re.compile(r"(?:có|đạt|là|còn|gồm|với|:)\Z")
"""Words that stand before any count."""
MAX_BEFORE_CHARACTERS = 100
WORDS_BEFORE = 2
SMALLEST_COUNT = 2
"""One of a thing is no number that is named again."""


@dataclass(slots=True)
class RepeatedCounts:
    """The counts met so far, and the words they were met behind."""

    met: set[tuple[float, str]] = field(default_factory=set)
    said: set[tuple[str, float, str]] = field(default_factory=set)

    def is_reference(self, text: str, quantity: Quantity, start: int) -> bool:
        """Tell a count that only refers to one given before; notes the others.

        ``start`` is where the clause of the quantity begins. Counts must be asked for in their order.

        >>> from extract.mentions.quantities import find_quantities
        >>> words = "Đầu tư 12 cầu treo. Bảo đảm tiến độ của 12 cầu treo nêu trên."
        >>> counts = RepeatedCounts()
        >>> [counts.is_reference(words, quantity, 0) for quantity in find_quantities(words)]
        [False, True]
        """
        if quantity.kind != "count" or quantity.comparator != "=" or quantity.value < SMALLEST_COUNT:
            return False
        key = float(quantity.value), quantity.unit.partition(" ")[0]
        before = text[max(start, quantity.start - MAX_BEFORE_CHARACTERS) : quantity.start]
        words = " ".join(before.lower().split()[-WORDS_BEFORE:])
        known = key in self.met and self._is_known(text, quantity, before, words, key)
        self.met.add(key)
        self.said.add((words, *key))
        return known

    def _is_known(
        self, text: str, quantity: Quantity, before: str, words: str, key: tuple[float, str]
    ) -> bool:
        if SETS_AIM.search(before):
            return False
        if words and not HOLDS.search(words) and (words, *key) in self.said:
            return True
        if POINTS_BACK.match(text, quantity.end) or OBJECT_OF.search(before):
            return True
        return SUBORDINATE.search(before) is not None
