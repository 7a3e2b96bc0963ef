"""The stories of a document (body, notes, headers) as blocks in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from extract.readers.word.fields import Fields
from extract.readers.word.grid import Grid, read_grid
from extract.readers.word.inline import Printed, read_inline
from extract.readers.word.layout_tables import is_layout
from extract.readers.word.names import WORD, Element, switch_of
from extract.readers.word.numbering import Label, Numbering
from extract.readers.word.paragraphs import (
    is_recipient,
    opens_recipients,
    split_paragraph,
    split_recipient,
)
from extract.readers.word.revisions import is_removed, shown_children
from extract.readers.word.styles import Styles
from extract.spans import Block, Merge

MAX_NESTING = 24
"""Tables and text boxes within each other; what lies deeper is given as plain text."""
CONTENTS_STYLE = re.compile(r"toc \d\Z|table of figures\Z")
CONTENTS_LINE = re.compile(r"[\t.…\s]\d{1,4}\s*\Z")
"""A line of a table of contents ends with the number of a page."""
WORD_IN_LABEL = re.compile(r"[^\W\d_]{2}")


@dataclass(slots=True)
class Story:
    """What reading needs of the document, and how far it has come."""

    styles: Styles
    numbering: Numbering
    fields: Fields = field(default_factory=Fields)
    foreign: bool = False
    """Whether a part of another format (``w:altChunk``) stands in the text."""
    _carried: Printed | None = None
    _open_cells: int = 0
    _aside: list[Block] | None = None
    """What was set with tabs beside the list of recipients that is being read; None outside of one."""

    def read(self, root: Element) -> list[Block]:
        """Read a story from its root element (``w:body``, ``w:footnote``, ``w:hdr``)."""
        self.fields.enter_story(root)
        self._carried = self._aside = None
        return [*self._blocks(root, 0), *self._close_recipients()]

    def _blocks(self, parent: Element, depth: int) -> Iterator[Block]:
        for child in shown_children(parent):
            if child.tag == f"{WORD}p":
                yield from self._paragraph(child, depth)
            elif child.tag == f"{WORD}tbl":
                yield from self._close_recipients()
                yield from self._table(child, depth)
            elif child.tag == f"{WORD}altChunk":
                self.foreign = True
        if self._carried is not None:
            printed, self._carried = self._carried, None
            yield from split_paragraph(printed, None)

    def _paragraph(self, element: Element, depth: int) -> Iterator[Block]:
        properties = element.find(f"{WORD}pPr")
        style_key = self.styles.paragraph_key(properties)
        printed = read_inline(element, style_key, self.styles, self.fields)
        if self._carried is not None:
            printed = _joined(self._carried, printed)
            self._carried = None
        if is_removed(properties):
            # The end of the paragraph was taken out: its text goes on in the next one.
            self._carried = printed
            return
        label = self._label(properties, style_key, printed)
        if not (self._is_contents(style_key) and CONTENTS_LINE.search(printed.text)):
            before = [box for at, box in printed.boxes if not printed.text[:at].strip()]
            after = [box for at, box in printed.boxes if printed.text[:at].strip()]
            yield from self._boxes(before, depth)
            yield from self._recipients(printed)
            beside = split_recipient(printed) if self._aside is not None else None
            if self._aside is not None and beside is not None:
                printed = beside[0]
                self._aside += split_paragraph(beside[1], None)
            yield from split_paragraph(printed, self._without_bare(label, printed))
            yield from self._boxes(after, depth)

    def _recipients(self, printed: Printed) -> Iterator[Block]:
        """Open the list of recipients at its heading; behind the list, give what stood beside it."""
        if opens_recipients(printed.text):
            self._aside = self._aside or []
        elif not is_recipient(printed.text):
            yield from self._close_recipients()

    def _close_recipients(self) -> list[Block]:
        beside, self._aside = self._aside or [], None
        return beside

    def _label(self, properties: Element | None, style_key: str, printed: Printed) -> Label | None:
        level = self.numbering.find_level(properties, style_key)
        if level is None or (not printed.text and self._is_hidden(properties)):
            return None
        return self.numbering.next_label(*level)

    def _without_bare(self, label: Label | None, printed: Printed) -> Label | None:
        """Drop a label that stands alone, unless it fills a cell or has a word in it (``Phụ lục I``)."""
        if label is None or printed.text.strip():
            return label
        fills_cell = self._open_cells > 0 and not label.bullet
        return label if fills_cell or WORD_IN_LABEL.search(label.text) else None

    def _is_hidden(self, properties: Element | None) -> bool:
        mark = properties.find(f"{WORD}rPr") if properties is not None else None
        return bool(switch_of(mark, "vanish"))

    def _is_contents(self, style_key: str) -> bool:
        style = next(self.styles.chain(style_key), None)
        return style is not None and CONTENTS_STYLE.match(style.name) is not None

    def _boxes(self, boxes: list[Element], depth: int) -> Iterator[Block]:
        for box in boxes:
            yield from self._blocks(box, depth + 1) if depth < MAX_NESTING else _plain(box)

    def _table(self, element: Element, depth: int) -> Iterator[Block]:
        if depth >= MAX_NESTING:
            yield from _plain(element)
            return
        grid = read_grid(element)
        if not grid.cells:
            return
        if is_layout(element, grid, self.styles):
            for cell in grid.cells:
                yield from self._blocks(cell.element, depth + 1)
        else:
            yield self._data_table(grid, depth)

    def _data_table(self, grid: Grid, depth: int) -> Block:
        rows = [[""] * grid.columns for _ in range(grid.rows)]
        merged: list[Merge] = []
        self._open_cells += 1
        for cell in grid.cells:
            rows[cell.row][cell.column] = "\n".join(
                line for block in self._blocks(cell.element, depth + 1) for line in _cell_lines(block)
            )
            if cell.merge is not None:
                merged.append(cell.merge)
        self._open_cells -= 1
        return Block("table", rows=tuple(map(tuple, rows)), merged=tuple(merged))


def _cell_lines(block: Block) -> Iterator[str]:
    """Give the lines of a block within a cell; a table there has a line for each of its rows."""
    if block.kind != "table":
        yield block.text
        return
    for row in block.rows:
        words = [" ".join(cell.split()) for cell in row]
        yield " ".join(filter(None, words))


def _joined(first: Printed, second: Printed) -> Printed:
    boxes = [*first.boxes, *((at + first.length, box) for at, box in second.boxes)]
    return replace(
        second,
        parts=first.parts + second.parts,
        length=first.length + second.length,
        bold=first.bold and second.bold,
        boxes=boxes,
    )


def _plain(element: Element) -> Iterator[Block]:
    """Give the bare text of what lies too deep to be laid out, a block for each paragraph."""
    for paragraph in element.iter(f"{WORD}p"):
        text = "".join(part.text or "" for part in paragraph.iter(f"{WORD}t"))
        if text.strip():
            yield Block("paragraph", " ".join(text.split()))
