"""What a printed page holds, wherever it was read from: words with their boxes, lines, ruled tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.spans import Box


@dataclass(slots=True)
class Word:
    """A word as printed; ``box`` in points from the top left corner, ``size`` is that of its type.

    ``confidence`` (0 to 1) is that of the OCR, None for words of a text layer.
    """

    text: str
    box: Box
    size: float = 0.0
    bold: bool = False
    confidence: float | None = None


@dataclass(slots=True)
class Line:
    """Words on one base line of one column, from left to right."""

    words: list[Word]
    box: Box
    _text: str | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def text(self) -> str:
        """The words, parted by blanks; put together once, so a line's words are not to be changed after."""
        if self._text is None:
            self._text = " ".join([word.text for word in self.words])
        return self._text


@dataclass(slots=True)
class PageCell:
    """A cell of a ruled table: its place, how many rows and columns it covers, and its lines."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class PageTable:
    """A table of one page: its box and its cells in reading order."""

    box: Box
    cells: list[PageCell]


@dataclass(slots=True)
class Page:
    """A page: its number from 1, its size in points, its lines outside of tables, and its tables.

    ``recognised`` tells a page read by OCR from one whose text layer was read.
    """

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    tables: list[PageTable] = field(default_factory=list)
    recognised: bool = False
