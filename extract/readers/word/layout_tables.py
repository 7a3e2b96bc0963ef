"""Tables that only set text side by side: letterheads, signatures, boxes; their text is no table's."""

from __future__ import annotations

import re

from extract.readers.word.grid import Grid
from extract.readers.word.names import WORD, Element, value_of
from extract.readers.word.styles import Styles

NO_LINE = frozenset({"nil", "none"})
SIDES = ("top", "left", "bottom", "right")
OTHER_NAMES = {"start": "left", "end": "right"}
MAX_LAYOUT_ROWS, MAX_LAYOUT_COLUMNS = 8, 4
"""Letterheads and signatures have up to 3 columns and few rows; longer tables without lines hold data."""
MAX_RULED_SHARE = 0.2
"""A layout table may have a line under the organ's name."""
MIN_SIDES = 2
"""A cell of a ruled table has lines on so many sides: some tables have lines only above and below."""
SAMPLE_CHARACTERS = 400
LETTERHEAD = re.compile(
    r"c[oộ]ng h(?:oà|òa|oa)\sx[aã] h[oộ]i|đảng c[oộ]ng s[aả]n vi[eệ]t nam|\A\W*nơi nhận", re.IGNORECASE
)
"""The motto of the State, the Party's name, or the list of recipients: these are never data, lines or no."""

NUMBERS = re.compile(r"\s*(?:S\s?TT|TT|Số\s(?:TT|thứ tự))\s*", re.IGNORECASE)
"""The head of a column of numbers: what begins with it holds data, lines or no."""


def is_layout(table: Element, grid: Grid, styles: Styles) -> bool:
    """Say whether a table only arranges text: one column, or few cells without lines around them."""
    if grid.columns <= 1:
        return True
    if grid.rows > MAX_LAYOUT_ROWS or grid.columns > MAX_LAYOUT_COLUMNS:
        return False
    if any(LETTERHEAD.search(_sample(cell.element)) for cell in grid.cells[: grid.columns * 2]):
        return True
    if NUMBERS.fullmatch(_sample(grid.cells[0].element)) or _has_lined_parts(table, styles):
        return False
    outer = _table_lines(table, styles)
    ruled = sum(_is_ruled(cell.element, outer) for cell in grid.cells)
    return ruled <= MAX_RULED_SHARE * len(grid.cells)


def _sample(cell: Element) -> str:
    text = ""
    for element in cell.iter(f"{WORD}t"):
        text += element.text or ""
        if len(text) > SAMPLE_CHARACTERS:
            break
    return text


def _table_lines(table: Element, styles: Styles) -> dict[str, bool]:
    """Say on which sides a cell of a table has a line if it says nothing of its own."""
    properties = table.find(f"{WORD}tblPr")
    key = value_of(properties, "tblStyle") or styles.default_table
    lines: dict[str, bool] = {}
    layers = [style.table for style in styles.chain(key)]
    for layer in [*reversed(layers), properties]:
        borders = layer.find(f"{WORD}tblBorders") if layer is not None else None
        lines |= _read_lines(borders)
    across, down = lines.get("insideH", False), lines.get("insideV", False)
    # Which cells stand at the edge does not matter: two or three cells in four have a line inside.
    return {"top": across, "bottom": across, "left": down, "right": down}


def _read_lines(borders: Element | None) -> dict[str, bool]:
    lines = {}
    for line in borders if borders is not None else ():
        name = line.tag.removeprefix(WORD)
        lines[OTHER_NAMES.get(name, name)] = line.get(f"{WORD}val", "nil") not in NO_LINE
    return lines


def _has_lined_parts(table: Element, styles: Styles) -> bool:
    """Say whether the style draws lines at single rows or columns, as those with bands do."""
    key = value_of(table.find(f"{WORD}tblPr"), "tblStyle") or ""
    return any(any(_read_lines(part).values()) for style in styles.chain(key) for part in style.parts)


def _is_ruled(cell: Element, outer: dict[str, bool]) -> bool:
    lines = outer | _read_lines(cell.find(f"{WORD}tcPr/{WORD}tcBorders"))
    return sum(lines.get(side, False) for side in SIDES) >= MIN_SIDES
