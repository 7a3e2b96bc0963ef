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
    return Line(words, words[0].box if len(words) == 1 else hull([word.box for word in words]))


def build_lines(words: Iterable[Word]) -> list[Line]:
    """Gather words, given in the order of the content, that follow each other on one base line."""
    lines: list[Line] = []
    run: list[Word] = []
    last_right = last_bottom = reach = shift = 0.0
    lefts = tops = rights = bottoms = 0.0
    for word in words:
        left, top, right, bottom = word.box
        if run and -shift <= bottom - last_bottom <= shift and -shift <= left - last_right <= reach:
            run.append(word)
            lefts, rights = left if left < lefts else lefts, right if right > rights else rights
            tops, bottoms = top if top < tops else tops, bottom if bottom > bottoms else bottoms
        else:
            if run:
                lines.append(Line(run, (lefts, tops, rights, bottoms)))
            run = [word]
            lefts, tops, rights, bottoms = word.box
        last_right, last_bottom = right, bottom
        reach = MAX_GAP_IN_RUN_HEIGHTS * (bottom - top)
        shift = MAX_BASELINE_SHIFT * (bottom - top)
    if run:
        lines.append(Line(run, (lefts, tops, rights, bottoms)))
    return lines


def build_rows(lines: Iterable[Line]) -> list[Line]:
    """Gather lines that stand at one height, rows from top to bottom, words from left to right.

    What is one line already stays together, so that lines of neighbouring columns at slightly different
    heights do not mix.
    """
    rows: list[tuple[Box, list[Line]]] = []
    for line in sorted(lines, key=lambda line: (line.box[1] + line.box[3], line.box[0])):
        for box, row in reversed(rows[-MAX_ROW_LOOK_BACK:]):
            if _stands_in(line, box, row):
                row.append(line)
                break
        else:
            rows.append((line.box, [line]))
    return [_put_in_order(row) for _, row in rows]


def _put_in_order(row: list[Line]) -> Line:
    """Make one line of those of a row; one whose words stand in order, parted by blanks, is that line.

    The box of a line may be wider than its words: OCR takes dust out of lines.
    """
    if len(row) == 1 and _are_apart(row[0].words):
        return row[0] if row[0].words[0].confidence is None else build_line(row[0].words)
    words = [(word, run) for run, line in enumerate(row) for word in line.words]
    return build_line(_glue(sorted(words, key=_left)))


def _are_apart(words: list[Word]) -> bool:
    """Say whether words follow each other, each with a blank behind it."""
    last = words[0].box
    for word in words[1:]:
        box = word.box
        gap = box[0] - last[2]
        if box[0] < last[0] or gap < MAX_GAP_IN_WORD_HEIGHTS * (last[3] - last[1]):
            return False
        last = box
    return True


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


def _stands_in(line: Line, box: Box, row: list[Line]) -> bool:
    """Say whether a line stands at the height of a row, that of ``box``, in a place of it that is free."""
    left, top, right, bottom = line.box
    shared = min(bottom, box[3]) - max(top, box[1])
    if shared < MIN_SHARED_HEIGHT * min(bottom - top, box[3] - box[1]):
        return False
    near = [word for other in row for word in other.words if word.box[2] > left and word.box[0] < right]
    return not any(_cover(one, other) for one in near for other in line.words)


def _cover(one: Word, other: Word) -> bool:
    covered = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    narrow = min(one.box[2] - one.box[0], other.box[2] - other.box[0])
    return covered > max(MAX_OVERLAP_SHARE * narrow, MAX_OVERLAP_HEIGHTS * height(one.box))


def split_row(row: Line) -> list[Line]:
    """Part a row where a gap is much wider than a blank; a marker stays with its item.

    >>> words = [Word(t, (x, 0, x + 30, 12)) for t, x in (("Nơi", 0), ("nhận:", 33), ("GIÁM", 200))]
    >>> [line.text for line in split_row(build_line(words))]
    ['Nơi nhận:', 'GIÁM']
    """
    words = row.words
    gaps = [after.box[0] - before.box[2] for before, after in pairwise(words)]
    if not gaps or max(gaps) < MIN_WIDE_GAP_HEIGHTS * height(words[0].box) / MAX_SIZES_IN_ROW:
        return [row]
    usual = median(gaps) if len(gaps) > 2 else 0.0
    parts, start = [], 0
    for index, gap in enumerate(gaps):
        size = max(height(words[index].box), height(words[index + 1].box))
        if gap < max(MIN_WIDE_GAP_HEIGHTS * size, MIN_WIDE_GAP_RATIO * usual):
            continue
        if index == start and LONE_MARKER.match(words[index].text):
            continue
        parts.append(build_line(words[start : index + 1]))
        start = index + 1
    parts.append(build_line(words[start:]) if start else row)
    return parts
