"""The stretch of a clause that belongs to each of its quantities: what stands before and what after."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.folding import fold_tones
from extract.knowledge.phrases import any_phrase
from extract.knowledge.tables import read_table
from extract.spans import Quantity

SEPARATOR = re.compile(r"[,;.]\s++|\s(?:và|hoặc)\s++")
"""Where, between two quantities, the words of the second may begin."""
JOINED = re.compile(r"(?:[,;(]|,?\s(?:và|hoặc)|,và)\s*+\Z")
"""Words before a quantity that do nothing but join it to the one before."""
TURN = re.compile(rf"{any_phrase('indicator_cues', 'turn')}\b", re.IGNORECASE)
"""A word that begins what is said of another quantity."""
NEXT_YEAR = re.compile(r"(?:(?:phấn đấu|đến|vào|trong|sang|từ|hết|cuối)\s){0,3}+năm \d{4}\s(?!\s*\Z)")
"""A year that opens what is said of the next quantity: ``500 ha, đến năm 2030 trồng 2.000 ha``."""
OWN_BRACKETS = re.compile(r"[^()]{0,60}\)(?P<joint>,\s|\s(?:và|và của)\s)[^(]{2,90}\(\s?\Z")
"""Between two numbers that stand in brackets behind names of their own: ``Hồ A (88%), Hồ B (87%)``."""
JOINT_CHARACTERS = 5
"""Room for what joins two quantities."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A quantity in its clause: offsets of what precedes it and of what follows, up to its neighbours."""

    quantity: Quantity
    start: int
    end: int
    joined: bool
    """It stands right behind a separator: it shares the words before its neighbour."""
    bracketed: bool
    """It stands in brackets behind another quantity of the clause."""


@cache
def metric_pattern() -> re.Pattern[str]:
    """Give the pattern of a word that names a measure (``tỷ lệ``, ``tổng số``), for folded text.

    >>> metric_pattern().match("tỷ lệ hộ nghèo").group()
    'tỷ lệ'
    """
    phrases = sorted((fold_tones(row["phrase"]) for row in read_table("metrics")), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, phrases))})\b")


def cut_segments(text: str, start: int, end: int, quantities: list[Quantity]) -> list[Segment]:
    """Cut a clause into the stretches of its quantities, in order.

    ``start``..``end`` is the clause in ``text``, ``quantities`` are those in it that measure something.

    >>> from extract.mentions.quantities import find_quantities
    >>> words = "Tỷ lệ hộ nghèo còn 3%, tỷ lệ bao phủ đạt 95%"
    >>> cut = cut_segments(words, 0, len(words), find_quantities(words))
    >>> [words[segment.start : segment.end] for segment in cut]
    ['Tỷ lệ hộ nghèo còn 3%', 'tỷ lệ bao phủ đạt 95%']
    """
    segments: list[Segment] = []
    opening, closing = _bracket(text, start, end)
    left = start
    for number, quantity in enumerate(quantities):
        right, following_left = end, end
        if number + 1 < len(quantities):
            right, following_left = _turning_points(text, quantity.end, quantities[number + 1].start)
        bracketed = number > 0 and opening < quantity.start < closing
        joined = number > 0 and left >= quantity.start - 1 and _is_joined(text, quantities, number, left)
        segments.append(Segment(quantity, left, right, joined, bracketed))
        left = following_left
    return segments


def _is_joined(text: str, quantities: list[Quantity], number: int, left: int) -> bool:
    first = max(quantities[number - 1].end, left - JOINT_CHARACTERS)
    return JOINED.search(text, first, quantities[number].start) is not None


def _bracket(text: str, start: int, end: int) -> tuple[int, int]:
    opening = text.find("(", start, end)
    if opening < 0:
        return end, end
    closing = text.find(")", opening, end)
    return opening, closing if closing >= 0 else end


def _turning_points(text: str, start: int, end: int) -> tuple[int, int]:
    """Find where, between two quantities, the words of the first end and those of the second begin.

    Where nothing turns, both have the words between them: ``85% cơ sở được kiểm tra ít nhất 01 lần/năm``.
    """
    between = fold_tones(text[start:end])
    closed = OWN_BRACKETS.match(between)
    if closed:
        return start + closed.start("joint"), start + closed.end("joint")
    opening = text.find("(", start, end)
    if opening >= 0 and text.find(")", opening, end) < 0:
        return opening, opening + 1
    for match in SEPARATOR.finditer(between):
        rest = between[match.end() :]
        if not rest.strip() or metric_pattern().match(rest) or TURN.match(rest) or NEXT_YEAR.match(rest):
            return start + match.start(), start + match.end()
    joined = JOINED.search(between)
    if joined:
        return start + joined.start(), start + joined.end()
    closing = between.find(")")
    return end, start + closing + 1 if closing >= 0 else start


def is_metric(words: str) -> bool:
    """Tell whether words begin with the name of a measure.

    >>> is_metric("Tỷ lệ hộ nghèo"), is_metric("hộ nghèo")
    (True, False)
    """
    return bool(metric_pattern().match(fold_tones(words)))
