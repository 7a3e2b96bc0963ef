"""What a typist sees in a text: letterhead, titles, numbered paragraphs, tables and signature, in order.

The paragraphs and the cells are the project's own view of the text, so that a document printed from a
manuscript holds exactly these paragraphs. The layout follows annex I of Decree 30/2020/NĐ-CP.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal

from extract.readers import read_source
from extract.spans import CleanText, Paragraph
from extract.structure.clean import clean
from extract.structure.flat_tables import mark_flat_tables
from extract.structure.markers import Marker, read_marker
from extract.structure.outline import build_outline

Style = Literal[
    "title", "subtitle", "heading", "body", "basis", "note", "letterhead", "motto", "date", "cell"
]

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
PLACE_AND_DATE = re.compile(r"[^\W\d][^\d,]{1,40}, ngày\b.{0,14}\btháng\b")
NUMBER = re.compile(r"Số\s?:")
SECOND_LINE_OF_ISSUER = re.compile(r" (?=(?:TỈNH|THÀNH PHỐ|SỞ|CHI CỤC|TRUNG TÂM)\b)")
"""Where offices break the name at the top: the province under its committee, the office under both."""
MAX_LETTERHEAD_PARAGRAPHS = 9
MAX_TITLE_CHARACTERS = 300
MAX_HEADING_CHARACTERS = 140
MAX_SIGNATURE_LINES = 5
MAX_SIGNATURE_CHARACTERS = 60
MIN_CAPITALS = 0.9
"""Share of capitals among the letters of a line that offices print in the middle."""
MIN_TITLE_LETTERS = 4
UNNUMBERED = frozenset({"annex", "part", "chapter", "section"})
"""Markers that typists write out."""
GROUP_NUMBER = re.compile(r"(?:[IVXLC]{1,6}|[A-ZĐ])[.)/]?")
"""Number of a row that heads the rows below."""


@dataclass(slots=True)
class Line:
    """A paragraph: its whole text, the marker that Word is to print, how it looks and its zone."""

    text: str
    style: Style = "body"
    marker: Marker | None = None
    bold: bool = False
    zone: str = "body"

    @property
    def body(self) -> str:
        """The text that is typed behind the marker."""
        return self.text[self.marker.body :] if self.marker else self.text


@dataclass(slots=True)
class Grid:
    """A table: cells by row and column, each a list of lines; without borders it is a layout only.

    ``spans`` are merged stretches of a row: row, first and last column. The first ``header_rows`` rows
    are printed again on every page.
    """

    rows: list[list[list[Line]]]
    bordered: bool = True
    header_rows: int = 0
    spans: list[tuple[int, int, int]] = field(default_factory=list)


Part = Line | Grid


def read_manuscript(name: str, content: bytes) -> list[Part]:
    """Lay out a text file; ``name`` tells Markdown from plain text."""
    canonical = clean(read_source(name, content))
    mark_flat_tables(canonical)
    outline = build_outline(canonical)
    known = {table.index for table in outline.tables}
    parts: list[Part] = []
    members = list(zip(canonical.paragraphs, outline.zones, strict=True))
    for table, group in groupby(members, key=lambda item: item[0].cell.table if item[0].cell else None):
        if table is None:
            parts += [_read_line(canonical.text, paragraph, zone) for paragraph, zone in group]
        else:
            parts.append(_read_grid(canonical, [p for p, _ in group], table in known))
    return _lay_out(parts)


def _read_line(text: str, paragraph: Paragraph, zone: str) -> Line:
    words = text[paragraph.start : paragraph.end]
    marker = read_marker(words, 0, len(words)) if zone == "body" or zone == "annex" else None
    if marker and (marker.style in UNNUMBERED or marker.body >= len(words)):
        marker = None
    return Line(words, marker=marker, bold=paragraph.bold, zone=zone)


def _read_grid(canonical: CleanText, paragraphs: Sequence[Paragraph], known: bool) -> Grid:
    places = [p.cell for p in paragraphs if p.cell]
    first, height = min(c.row for c in places), 1 + max(c.row for c in places)
    width = 1 + max(c.column for c in places)
    rows: list[list[list[Line]]] = [[[] for _ in range(width)] for _ in range(height - first)]
    for paragraph in paragraphs:
        if paragraph.cell:
            line = Line(canonical.text[paragraph.start : paragraph.end], "cell", bold=paragraph.bold)
            rows[paragraph.cell.row - first][paragraph.cell.column].append(line)
    rows = [row for row in rows if any(row)]
    if not known:
        return Grid(rows, bordered=False)
    for line in (line for cell in rows[0] for line in cell):
        line.bold = True
    return Grid(rows, header_rows=1, spans=list(_find_spans(rows)))


def _find_spans(rows: list[list[list[Line]]]) -> Iterator[tuple[int, int, int]]:
    """Rows that head others: their title runs to the last column, and from the first without a number."""
    for index, row in enumerate(rows[1:], 1):
        filled = [column for column, cell in enumerate(row) if cell]
        if filled == [0, 1] and len(row) > 2 and GROUP_NUMBER.fullmatch(row[0][0].text):
            span = (index, 1, len(row) - 1)
        elif len(filled) == 1 and filled[0] <= 1 and not row[filled[0]][0].text.startswith(("-", "+")):
            row[0], row[1] = row[filled[0]], []
            span = (index, 0, len(row) - 1)
        else:
            continue
        for line in (line for cell in row for line in cell):
            line.bold = True
        yield span


def _lay_out(parts: list[Part]) -> list[Part]:
    parts = _set_letterhead(parts)
    parts = _set_closing(parts)
    _set_titles(parts)
    for part in parts:
        if isinstance(part, Line) and part.style == "body":
            _set_body(part)
    return parts


def _set_letterhead(parts: list[Part]) -> list[Part]:
    """Put issuer and motto, number and date side by side, as they stand on paper."""
    if parts and isinstance(parts[0], Grid) and not parts[0].bordered:
        for row in parts[0].rows:
            _style_letterhead([line for cell in row for line in cell])
        parts[0].rows[0][0] = _break_issuer(parts[0].rows[0][0])
        return parts
    head = []
    for part in parts[:MAX_LETTERHEAD_PARAGRAPHS]:
        if not isinstance(part, Line):
            return parts
        head.append(part)
        if PLACE_AND_DATE.match(part.text):
            break
    else:
        return parts
    _style_letterhead(head)
    number = next((i for i, line in enumerate(head) if NUMBER.match(line.text)), len(head) - 1)
    motto = next((i for i, line in enumerate(head[:number]) if line.text == MOTTO), number)
    rows = [[_break_issuer(head[:motto]), head[motto:number]], [head[number:-1], head[-1:]]]
    return [Grid([row for row in rows if any(row)], bordered=False), *parts[len(head) :]]


def _break_issuer(lines: Sequence[Line]) -> list[Line]:
    broken = []
    for line in lines:
        places = [match.start() for match in SECOND_LINE_OF_ISSUER.finditer(line.text)]
        cut = places[-1] if places else len(line.text)
        broken += [replace(line, text=half.strip()) for half in (line.text[:cut], line.text[cut:]) if half]
    return broken


def _style_letterhead(lines: Sequence[Line]) -> None:
    after_motto = False
    for line in lines:
        line.marker = None
        line.style = "date" if PLACE_AND_DATE.match(line.text) else "letterhead"
        line.bold = line.bold or line.text.isupper()
        if after_motto and line.style == "letterhead":
            line.style, line.bold = "motto", True
        after_motto = line.text == MOTTO


def _set_closing(parts: list[Part]) -> list[Part]:
    """Put the recipients to the left of the signature."""
    for grid in (p for p in parts if isinstance(p, Grid) and not p.bordered and len(p.rows[0]) == 2):
        if any(line.text.startswith("Nơi nhận") for line in grid.rows[0][0]):
            _style_closing(*grid.rows[0])
    start = next((i for i, p in enumerate(parts) if isinstance(p, Line) and p.zone == "closing"), None)
    if start is None:
        return parts
    left: list[Line] = []
    right: list[Line] = []
    end = start
    for part in parts[start:]:
        if not isinstance(part, Line) or part.zone != "closing" or part.text.startswith("("):
            break
        if not right and part.text.startswith(("Nơi nhận", "-")):
            left.append(part)
        elif len(right) < MAX_SIGNATURE_LINES and len(part.text) <= MAX_SIGNATURE_CHARACTERS:
            right.append(part)
        else:
            break
        end += 1
    _style_closing(left, right)
    grid = Grid([[left, right]], bordered=False)
    return [*parts[:start], grid, *parts[end:]] if left or right else parts


def _style_closing(left: Sequence[Line], right: Sequence[Line]) -> None:
    for line in right:
        line.style, line.bold = "letterhead", True
    for line in left:
        line.style = "note"


def _set_titles(parts: Sequence[Part]) -> None:
    """Centre the lines in capitals, what stands right under them, and the headline of an article."""
    under_title = False
    for index, part in enumerate(parts):
        if not isinstance(part, Line) or part.marker or part.zone not in ("body", "annex"):
            under_title = False
            continue
        unfinished = part.text[-1] not in ".;:,/" and len(part.text) <= MAX_TITLE_CHARACTERS
        if _is_in_capitals(part.text) or part.text.startswith(("PHỤ LỤC", "Phụ lục")):
            part.style, under_title = "title", True
        elif part.text.startswith(("(Kèm theo", "(Ban hành kèm theo")):
            part.style = "subtitle"
        elif under_title and unfinished:
            part.style, under_title = "title", False
        elif index == 0 and unfinished:
            part.style = "title"
        else:
            under_title = False


def _is_in_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    return len(letters) >= MIN_TITLE_LETTERS and capitals >= MIN_CAPITALS * len(letters)


def _set_body(line: Line) -> None:
    if line.zone == "note":
        line.style = "note"
    elif line.text.startswith("Căn cứ "):
        line.style = "basis"
    elif line.marker and line.marker.style in ("roman", "upper"):
        line.style, line.bold = "heading", True
    elif line.marker and line.marker.style in ("decimal", "dotted"):
        short = len(line.text) <= MAX_HEADING_CHARACTERS and line.text[-1] not in ".;:,/"
        line.bold = line.bold or short
