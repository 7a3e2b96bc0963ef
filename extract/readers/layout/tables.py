"""Ruled tables of printed pages to table blocks: text of cells, and tables that go on over pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from extract.folding import fold_marks
from extract.readers.layout.page import Line, PageCell, PageTable
from extract.readers.layout.places import line_place
from extract.readers.layout.tokens import joint
from extract.spans import Block, Merge, Place

MAX_PADDING_POINTS = 6
"""Word processors leave 5.4 points between a cell's text and its rulings; less where it was set by hand."""
BLANK_OF_HEIGHT = 0.3
SAME_COLUMN_POINTS = 6.0
MIN_HEADER_CELLS = 2
MAX_HEADER_ROWS = 4
LIST_SIGNS = "-–—+*•●▪"
LIST_ITEM = re.compile(f"[{re.escape(LIST_SIGNS)}](?: |\\Z)")
SENTENCE_ENDS = ".;:"


@dataclass(slots=True)
class Cell:
    """Text of a cell with its places, which count from the start of the cell, and what it covers."""

    text: str = ""
    places: list[Place] = field(default_factory=list)
    rows: int = 1
    columns: int = 1


@dataclass(slots=True)
class Grid:
    """A table: the left edges of its columns and its rows of cells (None where another cell reaches)."""

    edges: list[float]
    rows: list[list[Cell | None]]


def build_grid(table: PageTable, page: int) -> Grid:
    """Lay out a table of a page in rows and columns, each cell's lines joined to paragraphs."""
    height = max(cell.row + cell.rows for cell in table.cells)
    width = max(cell.column + cell.columns for cell in table.cells)
    rows: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    edges = [table.box[2]] * width
    padding = _usual_padding(table)
    for cell in table.cells:
        edges[cell.column] = min(edges[cell.column], cell.box[0])
        rows[cell.row][cell.column] = _build_cell(cell, page, padding)
    return Grid(edges, rows)


def _usual_padding(table: PageTable) -> float:
    """Give the room that most lines leave at the left of their cells, as those set flush do."""
    gaps = Counter(round(line.box[0] - cell.box[0]) for cell in table.cells for line in cell.lines)
    gap = min(gaps, key=lambda gap: (-gaps[gap], gap), default=0)
    return float(min(max(gap, 0), MAX_PADDING_POINTS))


def _build_cell(cell: PageCell, page: int, padding: float) -> Cell:
    built = Cell(rows=cell.rows, columns=cell.columns)
    room = cell.box[2] - cell.box[0] - 2 * padding
    last: Line | None = None
    for line in cell.lines:
        text = line.text
        if last is None:
            between = ""
        elif _goes_on(last, line, room):
            between = joint(built.text, text, tight=True)
        else:
            between = "\n"
        built.text += between
        built.places.append(line_place(len(built.text), page, line))
        built.text += text
        last = line
    return built


def _goes_on(before: Line, line: Line, room: float) -> bool:
    """Say whether a cell's line goes on with the one before: its first word found no room there."""
    text = line.text
    if LIST_ITEM.match(text) and (not text[2:3].islower() or before.text[-1:] in SENTENCE_ENDS):
        return False
    first = line.words[0].box
    height = before.box[3] - before.box[1]
    free = room - (before.box[2] - before.box[0])
    if first[2] - first[0] + BLANK_OF_HEIGHT * height > free:
        return True
    return text[:1].islower() and before.text[-1:] not in SENTENCE_ENDS


def continues(grid: Grid, following: Grid) -> bool:
    """Say whether a table at the head of a page has the columns of the one at the foot of the page before."""
    if len(grid.edges) != len(following.edges):
        return False
    shift = following.edges[0] - grid.edges[0]
    return all(
        abs(after - before - shift) <= SAME_COLUMN_POINTS
        for before, after in zip(grid.edges, following.edges, strict=True)
    )


def append_grid(grid: Grid, following: Grid) -> None:
    """Put the rows of the next page under those of a table: without its repeated header, a cut row mended."""
    rows = following.rows[_repeated_rows(grid, following) :]
    if rows and grid.rows and _is_cut(grid.rows[-1], rows[0]):
        _mend(grid.rows[-1], rows[0])
        rows = rows[1:]
    grid.rows.extend(rows)


def _texts(row: list[Cell | None]) -> list[str]:
    """Give the words of a row without marks, which scans read now so, now otherwise."""
    return [fold_marks(" ".join(cell.text.split()).casefold()) if cell else "" for cell in row]


def _repeated_rows(grid: Grid, following: Grid) -> int:
    count = 0
    for before, after in zip(grid.rows[:MAX_HEADER_ROWS], following.rows[:MAX_HEADER_ROWS], strict=False):
        words = _texts(before)
        if words != _texts(after) or sum(map(bool, words)) < min(MIN_HEADER_CELLS, len(words)):
            break
        count += 1
    return count


def _is_cut(before: list[Cell | None], after: list[Cell | None]) -> bool:
    """Say whether a row goes on with the last one of the page before: no new number, sentences going on."""
    if any(cell is not None and cell.rows > 1 for cell in after):
        return False
    if not before or before[0] is None or after[0] is None or after[0].text:
        return False
    going_on = [
        (one.text, other.text)
        for one, other in zip(before, after, strict=True)
        if one is not None and other is not None and other.text
    ]
    return (
        bool(going_on)
        and all(
            one and (other[:1].islower() or (one[-1:] not in ".;:" and other[:1] not in LIST_SIGNS))
            for one, other in going_on
        )
        and any(other[:1].islower() for _, other in going_on)
    )


def _mend(before: list[Cell | None], after: list[Cell | None]) -> None:
    for one, other in zip(before, after, strict=True):
        if one is None or other is None or not other.text:
            continue
        one.text += joint(one.text, other.text, tight=True)
        base = len(one.text)
        one.places += [Place(base + p.start, p.page, p.bbox, p.confidence) for p in other.places]
        one.text += other.text


def build_table_block(grid: Grid) -> Block:
    """Make the block of a table; places count in the cells joined by line breaks."""
    texts = tuple(tuple(cell.text if cell else "" for cell in row) for row in grid.rows)
    places: list[Place] = []
    merged: list[Merge] = []
    base = 0
    for row_index, row in enumerate(grid.rows):
        for column, cell in enumerate(row):
            if cell is not None:
                places += [Place(base + p.start, p.page, p.bbox, p.confidence) for p in cell.places]
                if cell.rows > 1 or cell.columns > 1:
                    rows = min(cell.rows, len(grid.rows) - row_index)
                    merged.append(Merge(row_index, column, rows, cell.columns))
            base += len(texts[row_index][column]) + 1
    return Block("table", rows=texts, places=tuple(places), merged=tuple(merged))
