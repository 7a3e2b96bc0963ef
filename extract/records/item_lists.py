"""Lists of numbers: the words that open one, the whole its items are parts of, labels with bare numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.folding import fold_tones
from extract.knowledge.phrases import any_phrase
from extract.mentions.quantities import parse_quantity_cell
from extract.records.indicator_drafts import IndicatorDraft
from extract.records.indicator_kinds import AHEAD
from extract.spans import Quantity
from extract.structure.outline import Node

LABELLED = re.compile(
    r"(?P<label>[^\W\d_][^:;.]{1,120}?)\s?:\s{0,3}(?P<value>\d{1,3}(?:[.,]\d{1,3}){0,3}|\d{4,7})\s{0,2}[;.,]{0,2}\Z"
)
"""``Máy điện tim: 02``: an item that is nothing but a label and a number."""
NOTHING_COUNTED = re.compile(
    rf"{any_phrase('indicator_cues', 'no_count', folded=True)}(?:\s|\Z)"
    rf"|{any_phrase('indicator_cues', 'no_count_alone', folded=True)}\Z"
)
"""How the folded label of a number begins that counts nothing: ``Điện thoại``, ``Mã số``."""
TOTAL = re.compile(r"(?:số|tổng)\s(?:số|lượng|cộng)\b|tổng\b|số lượng\b", re.IGNORECASE)
PHONE_OR_YEAR = re.compile(r"0\d{3,}|(?:19|20)\d\d")
"""Digits that are no count."""
OPENS_LIST = re.compile(r":\s{0,2}\Z")
PARTS_FOLLOW = re.compile(
    r"(?:trong đó|gồm|chia ra|cụ thể|như sau)(?:\s?như sau)?\s?:\s{0,2}\Z", re.IGNORECASE
)
"""The end of a sentence whose number is the sum of the items below."""
PART = re.compile(r"(?:trong đó|riêng)\s?:?\s", re.IGNORECASE)
"""How an item begins that is part of the one above."""
TELLS_RESULTS = re.compile(
    r"(?:kết quả|thành tích|số liệu|hiện (?:có|tại|nay))\b[^.;:]{0,60}:\s{0,2}\Z"
    rf"|\b{any_phrase('indicator_cues', 'standing')}\b[^.;:]{{0,60}}(?:\.\s(?:Trong đó|Gồm))?\s?:\s{{0,2}}\Z",
    re.IGNORECASE,
)
"""The end of words above a list that tells what was reached, or what there is."""
RESOURCES = re.compile(
    rf"(?:(?:về|tình hình|công tác|hiện trạng)\s)?{any_phrase('indicator_cues', 'resources')}\b",
    re.IGNORECASE,
)
"""How the title of a list begins that tells what an organisation has: staff, rooms, equipment."""
MAX_TITLE_CHARACTERS = 60


@dataclass(slots=True)
class ItemList:
    """Where reading stands in a list: the words above it, its whole and the item before."""

    opening: Node | None = None
    whole: IndicatorDraft | None = None
    before: IndicatorDraft | None = None
    parts: bool = False
    """The items below the words above are parts of the number in them."""
    first: IndicatorDraft | None = None
    """The item that opens the list, where it is a total."""

    def enter(self, text: str, node: Node) -> None:
        """Note that a node is read next; one that is no item begins or ends a list."""
        if node.marker is not None and node.marker.style == "bullet":
            return
        words = text[max(node.start, node.end - MAX_TITLE_CHARACTERS * 2) : node.end]
        self.opening = node
        self.parts = PARTS_FOLLOW.search(words) is not None
        self.whole = self.before = self.first = None

    def note(self, node: Node, found: list[IndicatorDraft]) -> None:
        """Note the indicators of the node that was read."""
        if not found:
            return
        counted = next((draft for draft in reversed(found) if draft.unit != "%"), found[-1])
        if node is self.opening:
            self.whole = counted
            return
        if self.before is None and not found[0].unit and TOTAL.match(found[0].name):
            self.first = found[0]
        self.before = counted

    def tells_results(self, text: str, node: Node) -> bool:
        """Tell an item that says what was reached or what there is, by the words above its list."""
        if self.opening is None or node is self.opening:
            return False
        start, end = self.opening.start, self.opening.end
        if OPENS_LIST.search(text, max(start, end - 3), end) and TELLS_RESULTS.search(text, start, end):
            return AHEAD.search(text, start, end) is None
        return end - start <= MAX_TITLE_CHARACTERS and RESOURCES.match(text, start, end) is not None

    def opening_span(self, text: str, node: Node) -> list[tuple[int, int]]:
        """Give the words above the list when they end in a colon."""
        if self.opening is None or node is self.opening:
            return []
        start, end = self.opening.start, self.opening.end
        return [(start, end)] if OPENS_LIST.search(text, max(start, end - 3), end) else []

    def whole_of(self, words: str) -> IndicatorDraft | None:
        """Give the number that an item is a part of, if it is one."""
        if PART.match(words):
            return self.before
        if self.parts and self.whole is not None:
            return self.whole
        return self.first


def read_labelled(text: str, start: int, end: int) -> tuple[str, Quantity] | None:
    """Read an item, ``start``..``end`` in ``text``, that is a label and a bare number; None for others.

    >>> words = "Máy điện tim: 02;"
    >>> label, quantity = read_labelled(words, 0, len(words))
    >>> label, quantity.value, quantity.unit
    ('Máy điện tim', 2, '')
    >>> read_labelled("Điện thoại: 3822456", 0, 19) is None
    True
    """
    match = LABELLED.fullmatch(text, start, end)
    if match is None or NOTHING_COUNTED.match(fold_tones(match["label"])):
        return None
    if PHONE_OR_YEAR.fullmatch(match["value"]):
        return None
    quantity = parse_quantity_cell(match["value"])
    if quantity is None:
        return None
    start = match.start("value")
    end = start + quantity.end
    moved = replace(
        quantity,
        start=start,
        end=end,
        number_start=start + quantity.number_start,
        number_end=start + quantity.number_end,
    )
    return PART.sub("", match["label"], count=1), moved
