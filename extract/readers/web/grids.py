"""Tables of a page: which hold data and which only lay out the page, and the grid of their cells."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from extract.folding import fold_tones
from extract.readers.web.styles import read_style
from extract.spans import Merge

MAX_COLUMNS = 100
MAX_SPAN = 1000
"""Browsers take at most 1,000 columns for a cell and 65,534 rows; no plan has more than 40 columns."""
MAX_CELLS = 200_000
MIN_DATA_ROWS = 2
MIN_DATA_COLUMNS = 2
MIN_COLUMNS_WITHOUT_RULES = 3
"""Two columns without rules or header are a letterhead, a signature or a label beside its field."""
MAX_FRAME_ROWS = 6
MAX_LAYOUT_CELL_CHARACTERS = 3000
"""A cell this long in a table without header or rules holds an article, not data."""
FRAME_WORDS = ("độc lập - tự do", "độc lập – tự do", "độc lập-tự do", "xã hội chủ nghĩa việt nam", "nơi nhận")
"""What stands in the letterhead and at the signature of each administrative document."""

RULED_CLASS = re.compile(r"bordered|TableGrid|wp-block-table|table-striped")
"""Classes of Bootstrap, Word and WordPress for a table with lines."""


@dataclass(slots=True)
class OpenTable:
    """A table of the page: its rows of cells, without those of tables inside it."""

    rows: list[list[HtmlElement]] = field(default_factory=list)
    nested: int = 0
    headed: bool = False
    caption: HtmlElement | None = None


@dataclass(slots=True)
class TableIndex:
    """The tables of a tree, found in one walk."""

    tables: dict[HtmlElement, OpenTable] = field(default_factory=dict)

    @classmethod
    def of(cls, root: HtmlElement) -> TableIndex:
        """Find all tables of a tree; time grows with its size."""
        index = cls()
        opened: list[OpenTable] = []
        for event, element in etree.iterwalk(
            root, events=("start", "end"), tag=("table", "tr", "td", "th", "caption")
        ):
            if event == "end":
                if element.tag == "table":
                    opened.pop()
            elif element.tag == "table":
                for outer in opened[-1:]:
                    outer.nested += 1
                opened.append(index.tables.setdefault(element, OpenTable()))
            elif opened:
                _note(opened[-1], element)
        return index


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a data table by row and column, with those that cover more than one place."""

    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Merge, ...]
    caption: str = ""


def build_grid(
    element: HtmlElement, index: TableIndex, read_cell: Callable[[HtmlElement], str]
) -> Grid | None:
    """Build the grid of a table; None for one that only lays out what it holds.

    ``read_cell`` gives the text of a cell. Spans are clamped to the table, so that the grid never has more
    than `MAX_COLUMNS` columns; a table of more than `MAX_CELLS` cells is taken for layout.

    >>> from lxml.html import fragment_fromstring
    >>> markup = '<table border=1><tr><th colspan="9">STT<th>Việc<tr><td>1<td>Rà soát</table>'
    >>> table = fragment_fromstring(markup)
    >>> build_grid(table, TableIndex.of(table), lambda cell: cell.text_content()).merged
    (Merge(row=0, column=0, rows=1, columns=9),)
    """
    table = index.tables.get(element)
    if table is None or _is_layout_by_form(element, table):
        return None
    texts = [[read_cell(cell) for cell in row] for row in table.rows]
    if _is_layout_by_text(element, table, texts):
        return None
    rows, merged = _place_cells(table, texts)
    width = max(map(len, rows), default=0)
    if not 0 < len(rows) * width <= MAX_CELLS:
        return None
    caption = read_cell(table.caption).replace("\n", " ") if table.caption is not None else ""
    return Grid(tuple(tuple(row + [""] * (width - len(row))) for row in rows), tuple(merged), caption)


def _note(table: OpenTable, element: HtmlElement) -> None:
    if element.tag == "tr":
        table.rows.append([])
    elif element.tag == "caption":
        table.caption = element
    else:
        if not table.rows:
            table.rows.append([])
        table.rows[-1].append(element)
        table.headed = table.headed or element.tag == "th"


def _is_layout_by_form(element: HtmlElement, table: OpenTable) -> bool:
    filled = [row for row in table.rows if row]
    widest = max(map(len, filled), default=0)
    if element.get("role") == "presentation" or widest < MIN_DATA_COLUMNS or len(filled) < MIN_DATA_ROWS:
        return True
    # A page that is laid out in tables has as many tables inside as it has cells.
    return table.nested * 4 > sum(map(len, filled)) or (table.nested > 0 and widest == MIN_DATA_COLUMNS)


def _is_layout_by_text(element: HtmlElement, table: OpenTable, texts: list[list[str]]) -> bool:
    filled = [[cell for cell in row if cell] for row in texts]
    filled = [row for row in filled if row]
    widest = max(map(len, filled), default=0)
    if widest < MIN_DATA_COLUMNS or len(filled) < MIN_DATA_ROWS:
        return True
    if len(filled) <= MAX_FRAME_ROWS:
        words = fold_tones(" ".join(" ".join(row) for row in filled)[:MAX_LAYOUT_CELL_CHARACTERS])
        if any(fold_tones(phrase) in words for phrase in FRAME_WORDS):
            return True
    if table.headed or _is_ruled(element):
        return False
    longest = max(len(cell) for row in filled for cell in row)
    return widest < MIN_COLUMNS_WITHOUT_RULES or longest > MAX_LAYOUT_CELL_CHARACTERS


def _is_ruled(element: HtmlElement) -> bool:
    """Tell whether lines are drawn: by the table's border or by those of its first cells."""
    border = element.get("border")
    if border is not None:
        return border.strip() not in ("0", "0px", "none")
    if element.get("rules") in ("all", "rows", "cols", "groups") or RULED_CLASS.search(
        element.get("class", "")
    ):
        return True
    first = [element, *islice(element.iter("td"), 2)]
    drawn = [value for one in first for name, value in read_style(one).items() if name.startswith("border")]
    return any(not value.startswith(("0", "none")) and "none" not in value.split() for value in drawn)


def _place_cells(table: OpenTable, texts: list[list[str]]) -> tuple[list[list[str]], list[Merge]]:
    """Lay the cells out as browsers do: each in the first place of its row that none from above covers.

    Gives no rows when the cells are too many.
    """
    rows: list[list[str]] = []
    merged: list[Merge] = []
    covered: dict[int, int] = {}
    places = 0
    for number, cells in enumerate(table.rows):
        if places > MAX_CELLS:
            return [], []
        row: list[str] = []
        for cell, text in zip(cells, texts[number], strict=True):
            while covered.get(len(row), 0) > number:
                row.append("")
            if len(row) >= MAX_COLUMNS:
                row[-1] = f"{row[-1]}\n{text}".strip("\n")
                continue
            columns = min(_read_span(cell, "colspan") or 1, MAX_COLUMNS - len(row))
            height = min(_read_span(cell, "rowspan") or len(table.rows), len(table.rows) - number)
            if columns > 1 or height > 1:
                merged.append(Merge(number, len(row), height, columns))
                covered.update(dict.fromkeys(range(len(row), len(row) + columns), number + height))
            row += [text] + [""] * (columns - 1)
        rows.append(row)
        places += len(row)
    return rows, merged


def _read_span(cell: HtmlElement, name: str) -> int:
    text = cell.get(name, "").strip()
    return min(int(text[:6]), MAX_SPAN) if text[:6].isdecimal() else 1
