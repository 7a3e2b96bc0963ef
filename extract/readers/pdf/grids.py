"""The ruled tables of a PDF page: cells from its lines, by pdfplumber's grid functions, and their words."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from extract.readers.layout.page import Line, PageCell, PageTable, Word
from extract.readers.layout.rows import build_lines, build_rows, hull
from extract.readers.pdf.rulings import Drawings
from extract.spans import Box

SNAP_POINTS = 3.0
"""Rulings so near each other are one; pdfplumber's own default."""
MIN_EDGES = 2
MAX_EDGES = 6_000
"""Of a page before they are joined; the fullest annex of the corpus has 450."""
MAX_CROSSINGS = 4_000
"""A table of 400 rows and 9 columns; looking for cells takes the square of it."""
MIN_COLUMNS = 2
Point = tuple[float, float]
Crossings = dict[Point, dict[str, list[dict[str, Any]]]]
SplitWord = Callable[[int, list[float]], list[Word]]


def find_cells(drawings: Drawings) -> list[list[Box]]:
    """Find the cells that a page's rulings enclose, table by table.

    Gives nothing for a page with more rulings than a table has.
    """
    if min(len(drawings.level), len(drawings.upright)) < MIN_EDGES or drawings.crowded:
        return []
    if len(drawings.level) + len(drawings.upright) > MAX_EDGES:
        return []
    # pdfplumber takes a third of a second to import; files without tables do without.
    from pdfplumber import table as plumber

    edges = [_edge(box, "h") for box in _join(drawings.level, 0)]
    edges += [_edge(box, "v") for box in _join(drawings.upright, 1)]
    edges = plumber.merge_edges(edges, SNAP_POINTS, SNAP_POINTS, SNAP_POINTS, SNAP_POINTS)
    upright = sum(edge["orientation"] == "v" for edge in edges)
    if upright * (len(edges) - upright) > MAX_CROSSINGS * 4:
        return []
    crossings = plumber.edges_to_intersections(edges, SNAP_POINTS, SNAP_POINTS)
    if len(crossings) > MAX_CROSSINGS:
        return []
    tables: list[list[Box]] = plumber.cells_to_tables(_enclose(crossings))
    return tables


def _enclose(crossings: Crossings) -> list[Box]:
    """Give the smallest cell that opens at each crossing to the right and downwards.

    The same cells as pdfplumber's ``intersections_to_cells`` finds, whose time is quadratic in the crossings.
    """
    rulings = {
        point: ({id(edge) for edge in edges["h"]}, {id(edge) for edge in edges["v"]})
        for point, edges in crossings.items()
    }
    by_x: dict[float, list[Point]] = defaultdict(list)
    by_y: dict[float, list[Point]] = defaultdict(list)
    for point in sorted(crossings):
        by_x[point[0]].append(point)
        by_y[point[1]].append(point)
    places = {point: (by_x[point[0]].index(point), by_y[point[1]].index(point)) for point in crossings}
    cells = []
    for point in sorted(crossings):
        down, across = places[point]
        level, upright = rulings[point]
        below = [p for p in by_x[point[0]][down + 1 :] if upright & rulings[p][1]]
        right = [p for p in by_y[point[1]][across + 1 :] if level & rulings[p][0]]
        corner = next(
            (
                (x, y)
                for _, y in below
                for x, _ in right
                if (x, y) in rulings
                and rulings[x, y][1] & rulings[x, point[1]][1]
                and rulings[x, y][0] & rulings[point[0], y][0]
            ),
            None,
        )
        if corner is not None:
            cells.append((*point, *corner))
    return cells


def _join(boxes: list[Box], along: int) -> list[Box]:
    """Join the pieces of one line, which word processors draw cell by cell; ``along`` is 0 for level lines.

    pdfplumber's functions would do it too, in ten times the time.
    """
    joined: list[Box] = []
    across = 1 - along
    for box in sorted(boxes, key=lambda box: (round(box[across] + box[across + 2]), box[along])):
        last = joined[-1] if joined else None
        if (
            last is not None
            and round(last[across] + last[across + 2]) == round(box[across] + box[across + 2])
            and box[along] <= last[along + 2] + SNAP_POINTS
        ):
            joined[-1] = hull((last, box))
        else:
            joined.append(box)
    return joined


def _edge(box: Box, orientation: str) -> dict[str, Any]:
    left, top, right, bottom = box
    if orientation == "h":
        top = bottom = (top + bottom) / 2
    else:
        left = right = (left + right) / 2
    return {
        "x0": left, "x1": right, "top": top, "bottom": bottom,
        "width": right - left, "height": bottom - top, "orientation": orientation,
    }  # fmt: skip


def build_tables(
    cells: list[list[Box]], words: list[Word], split: SplitWord
) -> tuple[list[PageTable], list[Word]]:
    """Build tables of cells and put the words into them; give the tables and the words outside.

    ``split(index, cuts)`` parts the word of that index where it runs over rulings. What is framed in one
    column is text in a frame, not a table.
    """
    builders = [_TableBuilder(boxes) for boxes in cells]
    builders = [one for one in builders if len(one.lefts) >= MIN_COLUMNS]
    outside = []
    for index, word in enumerate(words):
        x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
        for builder in builders:
            if builder.holds(x, y) and builder.put(word, index, split):
                break
        else:
            outside.append(word)
    return [builder.build() for builder in builders], outside


class _TableBuilder:
    def __init__(self, boxes: list[Box]) -> None:
        self.boxes = boxes
        self.lefts = sorted({box[0] for box in boxes})
        self.tops = sorted({box[1] for box in boxes})
        self.box = (self.lefts[0], self.tops[0], max(b[2] for b in boxes), max(b[3] for b in boxes))
        self.owner: dict[tuple[int, int], int] = {}
        self.words: dict[int, list[Word]] = defaultdict(list)
        for number, box in enumerate(boxes):
            for row in range(self._row(box[1]), self._row(box[3] - 0.01) + 1):
                for column in range(self._column(box[0]), self._column(box[2] - 0.01) + 1):
                    self.owner[row, column] = number

    def _row(self, y: float) -> int:
        return bisect_right(self.tops, y) - 1

    def _column(self, x: float) -> int:
        return bisect_right(self.lefts, x) - 1

    def holds(self, x: float, y: float) -> bool:
        left, top, right, bottom = self.box
        return left <= x <= right and top <= y <= bottom

    def put(self, word: Word, index: int, split: SplitWord) -> bool:
        """Put a word into its cell; say whether there is one."""
        row = self._row((word.box[1] + word.box[3]) / 2)
        first, last = self._column(word.box[0] + 1), self._column(word.box[2] - 1)
        owners = {self.owner.get((row, column)) for column in range(max(first, 0), last + 1)}
        if len(owners - {None}) > 1 and len(word.text) > 1:
            for part in split(index, [x for x in self.lefts if word.box[0] < x < word.box[2]]):
                self._put_whole(part, row)
            return True
        return self._put_whole(word, row)

    def _put_whole(self, word: Word, row: int) -> bool:
        number = self.owner.get((row, self._column((word.box[0] + word.box[2]) / 2)))
        if number is None:
            return False
        self.words[number].append(word)
        return True

    def build(self) -> PageTable:
        cells = []
        for number, box in enumerate(self.boxes):
            row, column = self._row(box[1]), self._column(box[0])
            rows = self._row(box[3] - 0.01) - row + 1
            columns = self._column(box[2] - 0.01) - column + 1
            cells.append(PageCell(row, column, rows, columns, box, _lines(self.words.get(number, []))))
        cells.sort(key=lambda cell: (cell.row, cell.column))
        return PageTable(self.box, cells)


def _lines(words: list[Word]) -> list[Line]:
    if not words:
        return []
    return build_rows(build_lines(words))
