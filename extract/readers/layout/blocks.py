"""Printed pages to blocks: paragraphs and tables in reading order, joined over pages, footnotes behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extract.readers.layout.columns import Column, order_rows
from extract.readers.layout.footnotes import take_footnotes
from extract.readers.layout.margins import drop_margins
from extract.readers.layout.page import Line, Page, PageTable
from extract.readers.layout.paragraphs import Measure, Printed, build_measure, goes_on
from extract.readers.layout.places import line_place
from extract.readers.layout.rows import build_rows, split_row
from extract.readers.layout.tables import Grid, append_grid, build_grid, build_table_block, continues
from extract.readers.layout.tokens import joint
from extract.spans import Block, Place


@dataclass(slots=True)
class _Stretch:
    """Lines of a column, or a table, of a page, in reading order."""

    page: Page
    column: Column | None = None
    table: PageTable | None = None


def build_blocks(pages: Iterable[Page]) -> tuple[Block, ...]:
    """Lay out pages as blocks in reading order.

    ``pages`` come in their order, from a text layer or from OCR; their lines are changed. Page numbers,
    running headers and footers are dropped; columns follow each other; paragraphs and tables that run
    over pages are joined; footnotes come last, each a paragraph. Every block has a place for each
    printed line.
    """
    pages = list(pages)
    drop_margins(pages)
    notes = [Printed(note, [page.number] * len(note)) for page in pages for note in take_footnotes(page)]
    stretches = [stretch for page in pages for stretch in _order_page(page)]
    floors = _measure_pages(stretches)
    builder = _Builder()
    for stretch in stretches:
        if stretch.table is not None:
            builder.add_table(build_grid(stretch.table, stretch.page.number))
        elif stretch.column is not None:
            floor = floors.get(_format(stretch.page))
            measure = build_measure(stretch.column.lines, bool(stretch.column.band), floor)
            builder.add_lines(stretch.column, stretch.page.number, measure)
    builder.end()
    builder.blocks += [_build_paragraph(note) for note in notes]
    return tuple(builder.blocks)


def _order_page(page: Page) -> Iterator[_Stretch]:
    """Give a page's columns and tables in reading order; no column reaches over a table."""
    tables = sorted(page.tables, key=lambda table: (table.box[1], table.box[0]))
    rows = [split_row(row) for row in build_rows(page.lines)]
    for table in tables:
        above = [row for row in rows if _middle(row) < table.box[1]]
        rows = rows[len(above) :]
        yield from (_Stretch(page, column=column) for column in order_rows(above))
        yield _Stretch(page, table=table)
    yield from (_Stretch(page, column=column) for column in order_rows(rows))


def _middle(row: list[Line]) -> float:
    return (row[0].box[1] + row[0].box[3]) / 2


def _format(page: Page) -> tuple[int, int]:
    return round(page.width), round(page.height)


def _measure_pages(stretches: list[_Stretch]) -> dict[tuple[int, int], Measure]:
    """Measure the text across the pages of each size."""
    lines: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for stretch in stretches:
        if stretch.column is not None and not stretch.column.band:
            lines[_format(stretch.page)] += stretch.column.lines
    return {size: build_measure(found) for size, found in lines.items()}


@dataclass(slots=True)
class _Builder:
    """Collects the blocks; the paragraph and the table at hand may go on on the next page."""

    blocks: list[Block] = field(default_factory=list)
    printed: Printed | None = None
    grid: Grid | None = None
    band: tuple[int, int] = (0, 0)

    def add_lines(self, column: Column, page: int, measure: Measure) -> None:
        """Take the lines of a column; the first of them may go on with the paragraph at hand."""
        self._end_table()
        if column.band and (page, column.band) != self.band:
            self._end_paragraph()
        self.band = (page, column.band)
        for line in column.lines:
            if self.printed is not None and goes_on(self.printed, line, page, measure):
                self.printed.add(line, page)
                continue
            self._end_paragraph()
            self.printed = Printed([line], [page])
        if column.band:
            self._end_paragraph()

    def add_table(self, grid: Grid) -> None:
        """Take a table; one at the head of a page may go on with the one before it."""
        self._end_paragraph()
        if self.grid is not None and continues(self.grid, grid):
            append_grid(self.grid, grid)
            return
        self._end_table()
        self.grid = grid

    def end(self) -> None:
        """Close what is open."""
        self._end_paragraph()
        self._end_table()

    def _end_paragraph(self) -> None:
        if self.printed is not None:
            self.blocks.append(_build_paragraph(self.printed))
            self.printed = None

    def _end_table(self) -> None:
        if self.grid is not None:
            self.blocks.append(build_table_block(self.grid))
            self.grid = None


def _build_paragraph(printed: Printed) -> Block:
    text, places = "", list[Place]()
    for line, page in zip(printed.lines, printed.pages, strict=True):
        words = line.text
        if text:
            text += joint(text, words)
        places.append(line_place(len(text), page, line))
        text += words
    bold = all(word.bold for line in printed.lines for word in line.words)
    return Block("paragraph", text, bold=bold, places=tuple(places))
