"""Words to printed rows: what stands at one height of a page, parted where a wide gap is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from statistics import median

from extract.readers.layout.page import Line, Word
from extract.spans import Box

_Set = tuple[Word, int]
"""A word and the number of the line that it was given in."""
MIN_SHARED_HEIGHT = 0.5
"""Words of one row share at least half of the height of the lower one; raised figures do."""
MAX_BASELINE_SHIFT = 0.3
"""Words that follow each other in the content and stand so much apart, in heights, are on one base line."""
MAX_GAP_IN_RUN_HEIGHTS = 1.0
"""What stands further apart may have a stamp or another column's line between."""
MAX_ROW_LOOK_BACK = 4
"""Rows that a run of words is compared with: no more columns than that start at different heights."""
MAX_OVERLAP_SHARE = 0.5
"""Words of one row do not cover each other; a number that is stamped on a dotted line may touch it."""
MAX_OVERLAP_HEIGHTS = 0.25
"""A letter taken from a wider font reaches into the next one."""
MIN_WIDE_GAP_HEIGHTS = 0.75
"""A blank is a quarter of the type's size wide, up to twice that in justified lines."""
MAX_SIZES_IN_ROW = 1.5
"""How much larger than its first word a word of a row is at most, where no gap is looked at closely."""
MIN_WIDE_GAP_RATIO = 2.2
"""To the usual gap of the same row: justified lines have many gaps of nearly one width."""
MAX_GAP_IN_WORD_HEIGHTS = 0.08
"""A blank is at least a sixth of the type's size wide."""
BEHIND_IN_WORD = re.compile(r"\d\d|[\w¹²³⁰⁴-⁹][.,;:)/%¹²³⁰⁴-⁹]|[¹²³⁰⁴-⁹].|/\w")
"""Characters that may follow each other in a word that was set in pieces."""
LONE_MARKER = re.compile(r"(?:[-–—+*•▪●○◦]|\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-zđ]|[IVXLC]{1,6})[.)/]{1,2})\Z")
"""A list's marker, which a tab may part from its item."""


def height(box: Box) -> float:
    """Give the height of a box."""
    return box[3] - box[1]


def hull(boxes: Iterable[Box]) -> Box:
    """Give the smallest box that holds all boxes.

    >>> hull([(0, 0, 2, 1), (1, -1, 3, 1)])
    (0, -1, 3, 1)
    """
    lefts, tops, rights, bottoms = zip(*boxes)  # noqa: B905 - boxes are of one length
    return min(lefts), min(tops), max(rights), max(bottoms)


def build_line(words: list[Word]) -> Line:
    """Make a line of words that stand in their order."""
    return Line(words, hull([word.box for word in words]))


def build_lines(words: Iterable[Word]) -> list[Line]:
    """Gather words, given in the order of the content, that follow each other on one base line."""
    runs: list[list[Word]] = []
    right = bottom = reach = shift = 0.0
    for word in words:
        box = word.box
        if runs and -shift <= box[3] - bottom <= shift and -shift <= box[0] - right <= reach:
            runs[-1].append(word)
        else:
            runs.append([word])
        right, bottom = box[2], box[3]
        reach = MAX_GAP_IN_RUN_HEIGHTS * (bottom - box[1])
        shift = MAX_BASELINE_SHIFT * (bottom - box[1])
    return [build_line(run) for run in runs]


def build_rows(lines: Iterable[Line]) -> list[list[Word]]:
    """Gather lines that stand at one height, rows from top to bottom, words from left to right.

    What is one line already stays together, so that lines of neighbouring columns at slightly different
    heights do not mix.
    """
    rows: list[tuple[Box, list[_Set]]] = []
    for run, line in enumerate(sorted(lines, key=lambda line: (line.box[1] + line.box[3], line.box[0]))):
        words = [(word, run) for word in line.words]
        for box, row in reversed(rows[-MAX_ROW_LOOK_BACK:]):
            if _stands_in(line, box, row):
                row.extend(words)
                break
        else:
            rows.append((line.box, words))
    return [_glue(sorted(row, key=_left)) for _, row in rows]


def _left(item: _Set) -> float:
    return item[0].box[0]


def _glue(row: list[_Set]) -> list[Word]:
    """Put words together that no blank parts: letters of another font, a year or a footnote set in pieces."""
    last, last_run = row[0]
    glued = [last]
    for word, run in row[1:]:
        box, before = word.box, last.box
        gap = box[0] - before[2]
        if gap < MAX_GAP_IN_WORD_HEIGHTS * min(before[3] - before[1], box[3] - box[1]):
            pair = last.text[-1] + word.text[0]
            if (run != last_run and pair.isalpha()) or BEHIND_IN_WORD.match(pair):
                word = replace(last, text=last.text + word.text, box=hull((before, box)))
                glued.pop()
        glued.append(word)
        last, last_run = word, run
    return glued


def _stands_in(line: Line, box: Box, row: list[_Set]) -> bool:
    """Say whether a line stands at the height of a row, that of ``box``, in a place of it that is free."""
    left, top, right, bottom = line.box
    shared = min(bottom, box[3]) - max(top, box[1])
    if shared < MIN_SHARED_HEIGHT * min(bottom - top, box[3] - box[1]):
        return False
    near = [word for word, _ in row if word.box[2] > left and word.box[0] < right]
    return not any(_cover(one, other) for one in near for other in line.words)


def _cover(one: Word, other: Word) -> bool:
    covered = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    narrow = min(one.box[2] - one.box[0], other.box[2] - other.box[0])
    return covered > max(MAX_OVERLAP_SHARE * narrow, MAX_OVERLAP_HEIGHTS * height(one.box))


def split_row(row: list[Word]) -> list[Line]:
    """Part a row where a gap is much wider than a blank; a marker stays with its item.

    >>> words = [Word(t, (x, 0, x + 30, 12)) for t, x in (("Nơi", 0), ("nhận:", 33), ("GIÁM", 200))]
    >>> [line.text for line in split_row(words)]
    ['Nơi nhận:', 'GIÁM']
    """
    gaps = [after.box[0] - before.box[2] for before, after in pairwise(row)]
    if not gaps or max(gaps) < MIN_WIDE_GAP_HEIGHTS * height(row[0].box) / MAX_SIZES_IN_ROW:
        return [build_line(row)]
    usual = median(gaps) if len(gaps) > 2 else 0.0
    parts, start = [], 0
    for index, gap in enumerate(gaps):
        size = max(height(row[index].box), height(row[index + 1].box))
        if gap < max(MIN_WIDE_GAP_HEIGHTS * size, MIN_WIDE_GAP_RATIO * usual):
            continue
        if index == start and LONE_MARKER.match(row[index].text):
            continue
        parts.append(build_line(row[start : index + 1]))
        start = index + 1
    parts.append(build_line(row[start:]))
    return parts
