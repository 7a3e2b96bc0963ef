"""What the stages hand to each other: blocks read from a file, the clean text, and spans found in it.

All offsets are character offsets, end exclusive. This module imports nothing of ours.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

Number = int | float
Comparator = Literal["=", ">", ">=", "<", "<=", "~", "range"]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class ReadProblem:
    """Something a reader could not do: a fixed code, what happened and what to do about it."""

    code: str
    message: str
    severity: Literal["warning", "error"] = "warning"
    page: int | None = None


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user asked of the readers: whether pages go to OCR, and at how many dots per inch."""

    ocr: Literal["auto", "never", "always"] = "auto"
    ocr_dpi: int = 300


DEFAULT_OPTIONS = ReadOptions()


@dataclass(frozen=True, slots=True)
class Place:
    """Where the characters of a block from ``start`` on stand, until the next place begins.

    ``start`` counts in the block's ``raw`` text. ``page`` counts from 1; ``bbox`` is left, top, right, bottom
    in PDF points from the top left corner of the page. ``confidence`` (0 to 1) is that of the OCR, None for
    text that was not recognised from a picture.
    """

    start: int
    page: int
    bbox: Box | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """A cell of a table that covers more than its own place: where it stands and how far it reaches."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a file as the reader found it.

    ``lines`` is raw text whose line breaks may mean nothing; ``paragraph`` is one paragraph (a line break
    within it is a blank); ``table`` has its cells in ``rows`` (a cell may hold line breaks, one a
    paragraph). A merged cell stands in the first place it covers, the other places are empty and ``merged``
    tells its extent. ``places`` are in the order of ``start``, at best one for each printed line.
    """

    kind: Literal["lines", "paragraph", "table"]
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    bold: bool = False
    places: tuple[Place, ...] = ()
    merged: tuple[Merge, ...] = ()

    @property
    def raw(self) -> str:
        r"""The text that ``places`` count in: that of the block, or its cells joined by line breaks.

        >>> Block("table", rows=(("STT", "Việc"), ("1", "Rà soát"))).raw
        'STT\nViệc\n1\nRà soát'
        """
        return "\n".join("\n".join(row) for row in self.rows) if self.kind == "table" else self.text


@dataclass(frozen=True, slots=True)
class Source:
    """A file that has been read: its media type and its blocks in reading order.

    ``title``, ``published`` (ISO day) and ``publisher`` are what a web page says of itself, empty for
    other files.
    """

    media_type: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    ocr_pages: int | None = None
    problems: tuple[ReadProblem, ...] = ()
    title: str = ""
    published: str = ""
    publisher: str = ""


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
    """Where a paragraph stands in a table: table, row and column, each from 0, and what its cell covers."""

    table: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(slots=True)
class Paragraph:
    """A paragraph, or a line of a table's cell, in the canonical text."""

    start: int
    end: int
    cell: Cell | None = None
    bold: bool = False


@dataclass(slots=True)
class CleanText:
    """The canonical text of a document and its paragraphs in order.

    ``places`` tell where the text stands on its pages; they count in the text that ``offsets`` lead to.
    """

    text: str
    paragraphs: list[Paragraph]
    offsets: OffsetMap = field(default_factory=OffsetMap)
    places: list[Place] = field(default_factory=list)

    def places_of(self, start: int, end: int) -> list[Place]:
        """Give the places on pages of a stretch of the canonical text.

        >>> clean = CleanText("Sở Y tế", [], places=[Place(0, 1), Place(3, 2)])
        >>> [place.page for place in clean.places_of(3, 7)]
        [2]
        """
        if not self.places or start >= end:
            return []
        first = bisect_right(self.places, self.offsets.source(start), key=_start_of_place) - 1
        last = bisect_right(self.places, self.offsets.source(end - 1), key=_start_of_place)
        return self.places[max(first, 0) : last]


def _start_of_place(place: Place) -> int:
    return place.start


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
