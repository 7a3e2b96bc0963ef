"""Blocks to the canonical text: mended characters, paragraphs one a line, and the way back to the source."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import islice

from extract.spans import Block, Cell, CleanText, OffsetMap, Paragraph, Place, Source
from extract.structure.characters import clean_characters
from extract.structure.lines import Draft, build_paragraphs
from extract.structure.markup import Strand


def clean(source: Source) -> CleanText:
    r"""Lay out the canonical text of a source.

    Every paragraph and every paragraph of a table's cell is one line. ``offsets`` leads from the
    canonical text to the text of the blocks, joined by newlines.

    >>> text = "KẾ HOẠCH\n\n1. Xây dựng kế hoạch\nnăm 2025."
    >>> clean(Source("text/plain", (Block("lines", text),))).text
    'KẾ HOẠCH\n1. Xây dựng kế hoạch năm 2025.'
    """
    writer = _Writer()
    places: list[Place] = []
    base = tables = 0
    for block in source.blocks:
        raw = block.raw
        text, characters = clean_characters(raw)
        drafts = _drafts(block, text)
        for draft in drafts:
            writer.write(text, draft, characters, base, tables)
        places += [replace(place, start=base + place.start) for place in block.places]
        tables += 1 + max((draft.cell[0] for draft in drafts if draft.cell), default=0)
        base += len(raw) + 1
    offsets = OffsetMap(*map(tuple, writer.map_points()))
    return CleanText("".join(writer.parts), writer.paragraphs, offsets, places)


def _drafts(block: Block, text: str) -> list[Draft]:
    if block.kind == "lines":
        return build_paragraphs(text)
    if block.kind == "paragraph":
        return [Draft([Strand(((0, len(text)),))], bold=block.bold)] if text.strip() else []
    extents = {(merge.row, merge.column): (merge.rows, merge.columns) for merge in block.merged}
    drafts, position = [], 0
    lines = iter(text.split("\n"))
    for row, cells in enumerate(block.rows):
        for column, cell in enumerate(cells):
            for line in islice(lines, cell.count("\n") + 1):
                if line.strip():
                    strand = Strand(((position, position + len(line)),))
                    extent = extents.get((row, column), (1, 1))
                    drafts.append(Draft([strand], cell=(0, row, column), extent=extent))
                position += len(line) + 1
    return drafts


class _Writer:
    """Appends paragraphs to the canonical text and notes where each slice came from."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.paragraphs: list[Paragraph] = []
        self.targets: list[int] = []
        self.sources: list[int] = []
        self.length = 0

    def write(self, text: str, draft: Draft, characters: OffsetMap, base: int, tables: int) -> None:
        if self.length:
            self._put("\n")
        start = self.length
        for number, strand in enumerate(draft.strands):
            if number:
                self._put(" ")
            for left, right in strand.slices:
                self._copy(text, left, right, characters, base)
        cell = None
        if draft.cell:
            table, row, column = draft.cell
            cell = Cell(tables + table, row, column, *draft.extent)
        self.paragraphs.append(Paragraph(start, self.length, cell, draft.bold))

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _copy(self, text: str, left: int, right: int, characters: OffsetMap, base: int) -> None:
        """Copy a slice; one map point at its start and one wherever the character map turns in it."""
        piece = text[left:right]
        if "\t" in piece:
            piece = piece.replace("\t", " ")
        self.targets.append(self.length)
        self.sources.append(base + characters.source(left))
        index = bisect_right(characters.targets, left)
        while index < len(characters.targets) and characters.targets[index] < right:
            self.targets.append(self.length + characters.targets[index] - left)
            self.sources.append(base + characters.sources[index])
            index += 1
        self._put(piece)

    def map_points(self) -> tuple[list[int], list[int]]:
        """Give the points of the offset map, at least the one at zero."""
        return (self.targets, self.sources) if self.targets else ([0], [0])
