"""Tables drawn with pipes in plain text: one cell a line between lone pipes, or Markdown rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.structure.markup import RULE

SEPARATOR_ROW = re.compile(r"(?=[\s:|]*+-)[\s:|\-]++\Z")
"""``|---|:--:|`` under the header of a Markdown table."""
ROW_NUMBER = re.compile(r"[*\s]*+(?:\d{1,3}(?:\.\d{1,2}){0,2}|[IVXLC]{1,6}|[A-Z])[.)]?[*\s]*+\Z")
"""A cell that holds the number of a row and nothing else."""
MAX_COLUMNS = 60
MIN_LINES_OF_BODY = 8
"""So many lines behind a full row are the text after the table, not another cell."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text: its span without surrounding blanks and what it is."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class _Token:
    """A cell with text: the number of pipes before it, its lines, and the index of its first line."""

    pipes: int
    cell: list[Span]
    line: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A drawn table: for each row its cells, each a list of line spans; and the first line after it."""

    rows: list[list[list[Span]]]
    after: int


def split_lines(text: str) -> list[Line]:
    r"""Cut a text into lines and say of each what it is: blank, pipe, row, rule or text.

    >>> [line.kind for line in split_lines("|\nSTT\n|\n| a | b |\n---\n")]
    ['pipe', 'text', 'pipe', 'row', 'rule', 'blank']
    """
    lines, start = [], 0
    for raw in text.split("\n"):
        end = start + len(raw)
        stripped = raw.strip()
        left = start + len(raw) - len(raw.lstrip()) if stripped else start
        lines.append(Line(left, left + len(stripped), _line_kind(stripped)))
        start = end + 1
    return lines


def _line_kind(stripped: str) -> str:
    if not stripped or stripped in ("** **", "* *", "&nbsp;"):
        return "blank"
    if stripped == "|":
        return "pipe"
    if stripped[0] == "|" and "|" in stripped[1:]:
        return "row"
    if "|" in stripped and SEPARATOR_ROW.match(stripped):
        return "row"
    if stripped[0] in "-=_*~─—" and RULE.match(stripped):
        return "rule"
    return "text"


def read_markdown_table(text: str, lines: list[Line], first: int) -> Grid:
    r"""Read consecutive ``| a | b |`` lines from line ``first`` on.

    >>> text = "| STT | Việc |\n|---|---|\n| 1 | Rà soát |"
    >>> [len(row) for row in read_markdown_table(text, split_lines(text), 0).rows]
    [2, 2]
    """
    rows: list[list[list[Span]]] = []
    index = first
    while index < len(lines) and lines[index].kind == "row":
        line = lines[index]
        if not SEPARATOR_ROW.match(text[line.start : line.end]):
            rows.append([[cell] if cell[0] < cell[1] else [] for cell in _split_row(text, line)])
        index += 1
    return Grid(rows, index)


def _split_row(text: str, line: Line) -> list[Span]:
    start, end = line.start + 1 if text[line.start] == "|" else line.start, line.end
    if text[end - 1] == "|" and end - 1 > line.start:
        end -= 1
    cells, position = [], start
    while True:
        cut = text.find("|", position, end)
        while cut > 0 and text[cut - 1] == "\\":
            cut = text.find("|", cut + 1, end)
        cells.append((position, end if cut < 0 else cut))
        if cut < 0:
            return cells
        position = cut + 1


def read_pipe_grid(text: str, lines: list[Line], first: int) -> Grid:
    """Read a table whose cells stand one a line between lone pipes, from the pipe at line ``first``.

    Two pipes in a row end one row and open the next, or hold an empty cell: the number of columns,
    known from the first row, decides; where it does not, a row number opens a row.
    """
    tokens, after = _tokens(lines, first)
    columns = _first_row_width(tokens)
    rows: list[list[list[Span]]] = []
    row: list[list[Span]] = []
    width = columns
    for token in tokens:
        if token.pipes > 1 and row:
            width = sum(1 for cell in row if cell)
            row = _place(rows, row, token.pipes, columns, _opens_row(text, token.cell))
        elif len(row) >= width and len(token.cell) >= MIN_LINES_OF_BODY:
            after = token.line
            break
        row.append(token.cell)
    if row:
        rows.append(row)
    return Grid(rows, after)


def _place(
    rows: list[list[list[Span]]], row: list[list[Span]], pipes: int, columns: int, opens_row: bool
) -> list[list[Span]]:
    """Close the row where the run of pipes says so; give the row that the next cell belongs to."""
    missing = max(columns - len(row), 0)
    if pipes - 1 <= missing - 1 and not opens_row:
        return row + [[] for _ in range(pipes - 1)]
    row += [[] for _ in range(missing)]
    rows.append(row)
    if opens_row:
        return []
    leading = pipes - 2 - missing
    return [[] for _ in range(min(max(leading, 0), max(columns - 1, 0)))]


def _opens_row(text: str, cell: list[Span]) -> bool:
    return len(cell) == 1 and bool(ROW_NUMBER.match(text[cell[0][0] : cell[0][1]]))


def _tokens(lines: list[Line], first: int) -> tuple[list[_Token], int]:
    """Give the cells with text, and the line after the table."""
    tokens: list[_Token] = []
    pipes, cell, begin, index = 0, list[Span](), first, first
    while index < len(lines):
        line = lines[index]
        if line.kind == "pipe":
            if cell:
                tokens.append(_Token(pipes, cell, begin))
                pipes, cell = 0, []
            pipes += 1
        elif line.kind == "text" or (line.kind == "row" and cell):
            begin = begin if cell else index
            cell.append((line.start, line.end))
        elif line.kind == "row" or (
            line.kind == "blank" and not cell and pipes and _ends_table(lines, index)
        ):
            break
        index += 1
    if cell and tokens:
        # No pipe closes this cell: it is text after a table.
        return tokens, begin
    if cell:
        return [_Token(pipes, cell, begin)], len(lines)
    return tokens, max(index, first + 1)


def _ends_table(lines: list[Line], index: int) -> bool:
    """After a pipe and a blank line the table goes on only if the next line is a pipe."""
    following = next((line for line in lines[index:] if line.kind not in ("blank", "rule")), None)
    return following is None or following.kind != "pipe"


def _first_row_width(tokens: list[_Token]) -> int:
    width = 0
    for position, token in enumerate(tokens):
        if position and token.pipes > 1:
            break
        width += 1
    return min(max(width, 1), MAX_COLUMNS)
