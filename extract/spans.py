"""What the stages hand to each other: blocks read from a file, the clean text, and spans found in it.

All offsets are character offsets, end exclusive. This module imports nothing of ours.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

Number = int | float
Comparator = Literal["=", ">", ">=", "<", "<=", "~", "range"]


@dataclass(frozen=True, slots=True)
class ReadProblem:
    """Something a reader could not do: a fixed code, what happened and what to do about it."""

    code: str
    message: str
    severity: Literal["warning", "error"] = "warning"
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a file as the reader found it.

    ``lines`` is raw text whose line breaks may mean nothing; ``paragraph`` is one paragraph;
    ``table`` has its cells in ``rows`` (a cell may hold line breaks).
    """

    kind: Literal["lines", "paragraph", "table"]
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    bold: bool = False
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file that has been read: its media type and its blocks in reading order."""

    media_type: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    ocr_pages: int | None = None
    problems: tuple[ReadProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each stretch of a changed text came from in the text before it.

    ``targets[i]`` is the offset in the changed text from which ``sources[i]`` counts on, one to one,
    until ``targets[i + 1]``.

    >>> OffsetMap((0, 3), (0, 5)).source(4)
    6
    """

    targets: tuple[int, ...] = (0,)
    sources: tuple[int, ...] = (0,)

    def source(self, offset: int) -> int:
        """Give the offset in the text before the change of an offset in the changed text."""
        index = bisect_right(self.targets, offset) - 1
        return self.sources[index] + offset - self.targets[index]


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a paragraph stands in a table: table, row and column, each from 0."""

    table: int
    row: int
    column: int


@dataclass(slots=True)
class Paragraph:
    """A paragraph, or a line of a table's cell, in the canonical text."""

    start: int
    end: int
    cell: Cell | None = None
    bold: bool = False
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None


@dataclass(slots=True)
class CleanText:
    """The canonical text of a document and its paragraphs in order."""

    text: str
    paragraphs: list[Paragraph]
    offsets: OffsetMap = field(default_factory=OffsetMap)


@dataclass(frozen=True, slots=True)
class Period:
    """A time expression.

    ``value`` is EDTF (``2025``, ``2026/2030``, ``2023-04/2023-06``, ``2024-12``, ``2024-06-30``; empty for
    a mere recurrence; ``XXXX-12-15`` for a day in each year). ``first_day``/``last_day`` are ISO days
    after the bound is applied: ``đến năm 2025`` has no first day. ``core_start`` is where the
    expression begins without the words of its bound.
    """

    start: int
    end: int
    value: str
    first_day: str
    last_day: str
    bound: Literal["in", "until", "from"]
    grain: Literal["day", "month", "quarter", "half", "year", "years", "recurrence"]
    recurrence: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit and comparator; ``start``..``end`` covers comparator, number and unit.

    ``number_start`` is where the digits begin, ``unit`` is the unit as printed in lower case,
    ``unit_code`` its UCUM code (``%``, ``[ppth]``, ``{commune}``, ``VND``).
    """

    start: int
    end: int
    number_start: int
    number_end: int
    value: Number
    value_high: Number | None
    comparator: Comparator
    unit: str
    unit_code: str
    kind: Literal["percent", "rate", "money", "measure", "count", "fraction", "plain"]


@dataclass(frozen=True, slots=True)
class Organ:
    """A unit of administration: its canonical name, key and sort (empty when only its form is known)."""

    start: int
    end: int
    unit: str
    unit_id: str
    unit_type: str
    province_code: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """Another document named by its number: kind as printed, number, date and issuer."""

    start: int
    end: int
    number: str
    kind: str
    issued: str
    issuer: str
