"""Footnotes: small type at the foot of a page, which belongs to none of the paragraphs around it."""

from __future__ import annotations

import re
from collections import Counter

from extract.readers.layout.page import Line, Page
from extract.readers.layout.rows import build_rows, height

NOTE_SHARE = 0.5
"""Footnotes stand in the lower half of a page."""
MAX_NOTE_SIZE = 0.88
"""To the size of the text above: 10 or 11 points where the text has 13 or 14."""
NOTE_MARK = re.compile(r"(?:\d{1,3}(?=[.)\s])|[¹²³⁴-⁹⁰]{1,3}|\*{1,3}|\[\d{1,3}\]|\(\d{1,3}\))[.)]?\s?(?=\S)")
"""What opens a footnote: ``1. Phường ...``, ``² Theo ...``, ``* Ghi chú``."""
MIN_TEXT_LINES = 3


def take_footnotes(page: Page) -> list[list[Line]]:
    """Take the footnotes out of a page and give the lines of each.

    They are the last lines of the page, all of them smaller than its text, and the first one opens with a
    number or an asterisk. A list of addressees is as small, but opens otherwise.
    """
    if len(page.lines) <= MIN_TEXT_LINES:
        return []
    usual = _usual_height(page.lines)
    if height(max(page.lines, key=lambda line: line.box[3]).box) > MAX_NOTE_SIZE * usual:
        return []
    rows = build_rows(page.lines)
    notes: list[Line] = []
    for row in reversed(rows):
        if height(row.box) > MAX_NOTE_SIZE * usual or row.box[1] < NOTE_SHARE * page.height:
            break
        notes.insert(0, row)
    while notes and not NOTE_MARK.match(notes[0].text):
        notes.pop(0)
    if not notes or any(table.box[3] > notes[0].box[1] for table in page.tables):
        return []
    top = notes[0].box[1]
    page.lines = [line for line in page.lines if line.box[3] <= top or line.box[1] < top - 1]
    return _part(notes)


def _usual_height(lines: list[Line]) -> float:
    """Give the height of the type that most words are set in."""
    heights: Counter[int] = Counter()
    for line in lines:
        heights[round(height(line.box))] += len(line.words)
    return float(heights.most_common(1)[0][0])


def _part(notes: list[Line]) -> list[list[Line]]:
    parted: list[list[Line]] = []
    for line in notes:
        if not parted or NOTE_MARK.match(line.text):
            parted.append([line])
        else:
            parted[-1].append(line)
    return parted
