"""Sheets to blocks: the tables, and the lines of text above, between and below them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from extract.readers.sheets.grid import MAX_COLUMNS, Sheet, SheetCell
from extract.readers.sheets.lines import NUMBER, Line, build_bands
from extract.spans import Block, Merge

MIN_TABLE_CELLS = 3
"""Rows with so many cells make a table even where no lines are drawn; letterheads and signatures have two."""
MIN_TABLE_ROWS = 2
MIN_PAIR_ROWS = 3
"""Undrawn rows of two cells are a table from so many rows on, when a column holds numbers."""
HEADER_STARTS = frozenset({"stt", "tt", "số tt", "số thứ tự", "no", "no."})
"""How a header row begins, lower case."""
BULLETS = ("-", "+")
ENDS = frozenset(".;:!?")
"""How a paragraph ends that does not go on in the next row."""
RECIPIENTS = "nơi nhận"
"""Begins the left column of a signature; what follows it stands in the right column."""


@dataclass(slots=True)
class _Part:
    """Lines that are text, or the rows of one table."""

    table: bool
    lines: list[Line]


def build_blocks(sheet: Sheet) -> list[Block]:
    """Give the blocks of a sheet in reading order.

    A row with one text outside of tables is a paragraph (several when it holds line breaks); rows of two
    texts that are no table, as in letterheads and signatures, are read column by column.

    >>> cells = {0: {0: SheetCell("PHỤ LỤC I")}, 2: dict(enumerate(map(SheetCell, ("STT", "Việc", "Hạn"))))}
    >>> cells[3] = dict(enumerate(map(SheetCell, ("1", "Rà soát", "2025"))))
    >>> [(block.kind, block.text or block.rows) for block in build_blocks(Sheet("PL1", cells))]
    [('paragraph', 'PHỤ LỤC I'), ('table', (('STT', 'Việc', 'Hạn'), ('1', 'Rà soát', '2025')))]
    """
    parts: list[_Part] = []
    for band in build_bands(sheet):
        for part in _cut_band(band):
            if part.table and parts and _continues(parts[-1], part):
                parts[-1].lines += part.lines
            else:
                parts.append(part)
    return [block for part in parts for block in (_table(part) if part.table else _text(part.lines))]


def _continues(before: _Part, part: _Part) -> bool:
    """Say whether a table goes on behind an empty row: with the number of a row and no header."""
    first = part.lines[0]
    return before.table and first.is_numbered and first.first == min(line.first for line in before.lines)


def _cut_band(band: list[Line]) -> Iterator[_Part]:
    drawn = any(line.is_drawn for line in band)
    members = _drawn_members(band) if drawn else _undrawn_members(band)
    for inside, group in groupby(zip(band, members, strict=True), key=lambda pair: pair[1]):
        lines = [line for line, _ in group]
        if inside:
            yield from _trim(lines)
        else:
            yield _Part(False, lines)


def _drawn_members(band: list[Line]) -> list[bool]:
    """Lines drawn, and those between them that are too full to be text; a header may have no lines."""
    members = [line.is_drawn for line in band]
    for order in (range(1, len(band)), range(len(band) - 2, -1, -1)):
        step = 1 if order.step > 0 else -1
        for index in order:
            if members[index - step] and band[index].filled >= MIN_TABLE_CELLS:
                members[index] = True
    return members


def _undrawn_members(band: list[Line]) -> list[bool]:
    """Lines from the first full one to the last, cut where a lone line stands before another header."""
    full = [index for index, line in enumerate(band) if line.filled >= MIN_TABLE_CELLS]
    if len(full) < MIN_TABLE_ROWS and not (full and band[full[0]].is_numbered):
        full = _pairs(band)
    if not full:
        return [False] * len(band)
    first, last = full[0], full[-1]
    while first > 0 and band[first].covered:
        first -= 1
    while last + 1 < len(band) and _is_pair_of_table(band[last + 1]):
        last += 1
    members = [first <= index <= last for index in range(len(band))]
    for index in range(first + 1, last + 1):
        if _is_header(band[index]):
            above = index - 1
            while above > first and band[above].filled == 1:
                members[above] = False
                above -= 1
    return members


def _pairs(band: list[Line]) -> list[int]:
    """Give the lines of a table of two columns: one of them holds numbers below the header."""
    pairs = [index for index, line in enumerate(band) if line.filled >= 2]
    if len(pairs) < MIN_PAIR_ROWS:
        return []
    first, *below = (band[index] for index in pairs)
    if first.is_numbered:
        return []
    return pairs if all(line.is_numbered or _is_pair_of_table(line) for line in below) else []


def _is_pair_of_table(line: Line) -> bool:
    """``Tổng cộng | 120``."""
    return line.filled == 2 and any(NUMBER.fullmatch(cell.text) for cell in line.cells.values())


def _is_header(line: Line) -> bool:
    return line.filled > 1 and line.first >= 0 and _starts_header(line.cells[line.first])


def _starts_header(cell: SheetCell) -> bool:
    return cell.text.lower() in HEADER_STARTS


def _trim(lines: list[Line]) -> Iterator[_Part]:
    """Cut off the lone texts above the header, and below the last row where they stand over all columns."""
    lines = [line for line in lines if line.cells or line.covered]
    first = next((i for i, line in enumerate(lines) if line.filled > 1), len(lines))
    width = max((line.end(column) for line in lines for column in line.cells), default=0)
    last = len(lines)
    while last > first and _is_note(lines[last - 1], width):
        last -= 1
    for table, part in ((False, lines[:first]), (True, lines[first:last]), (False, lines[last:])):
        if part:
            yield _Part(table, part)


def _is_note(line: Line, width: int) -> bool:
    """A text alone below a table; in a drawn one the other cells of its row may be empty."""
    if line.filled != 1 or line.is_numbered:
        return False
    return not line.is_drawn or line.end(line.first) >= width


def _table(part: _Part) -> list[Block]:
    """Give the table; two where another column of row numbers shows that a second one stands beside it."""
    header = part.lines[0]
    starts = [column for column in sorted(header.cells) if _starts_header(header.cells[column])]
    columns = sorted({column for line in part.lines for column in line.cells})
    bounds = [0, *starts[1:], MAX_COLUMNS]
    tables = (
        _build_table(part.lines, [column for column in columns if first <= column < end])
        for first, end in pairwise(bounds)
    )
    return [table for table in tables if table.rows]


def _build_table(lines: list[Line], columns: list[int]) -> Block:
    lines = [line for line in lines if any(column in line.cells for column in columns) or line.covered]
    rows = tuple(tuple(line.cells[c].text if c in line.cells else "" for c in columns) for line in lines)
    merged = tuple(
        merge
        for index, line in enumerate(lines)
        for column in columns
        if column in line.cells and column in line.merges
        if (merge := _place(line.merges[column], index, lines, columns))
    )
    return Block("table", rows=rows, merged=merged)


def _place(merge: Merge, index: int, lines: list[Line], columns: list[int]) -> Merge | None:
    """Give a merge by the rows and columns of its table; None when it covers one place of it."""
    first = bisect_right(columns, merge.column) - 1
    across = bisect_right(columns, merge.column + merge.columns - 1) - first
    last = merge.row + merge.rows - 1
    down = 1
    while index + down < len(lines) and lines[index + down].row <= last:
        down += 1
    return Merge(index, first, down, across) if down > 1 or across > 1 else None


def _text(lines: list[Line]) -> list[Block]:
    blocks: list[Block] = []
    lines = [line for line in lines if line.cells]
    index = 0
    while index < len(lines):
        starts = sorted(lines[index].cells)
        run = _run(lines[index:], starts)
        for block in _by_columns(run, starts):
            if blocks and _goes_on(blocks[-1], block):
                block = replace(block, text=f"{blocks.pop().text} {block.text}")
            blocks.append(block)
        index += len(run)
    return blocks


def _goes_on(before: Block, block: Block) -> bool:
    """Say whether a sentence that was broken by hand goes on in the next row; ``a)`` begins an item."""
    first, second = block.text[:1], block.text[1:2]
    return (
        first.islower()
        and second not in (")", ".")
        and before.text[-1] not in ENDS
        and before.bold == block.bold
    )


def _run(lines: list[Line], starts: list[int]) -> list[Line]:
    """Give the first line and those below it that stand in the same columns; one line where it has one text.

    A lone text in the first column belongs to the run only when a fuller line follows.
    """
    length = 1
    if len(starts) > 1:
        for position, line in enumerate(lines[1:], 2):
            if not _fits(line, starts):
                break
            if line.first >= starts[1] or len(line.cells) > 1 or _is_recipient(line, length, position):
                length = position
    return lines[:length]


def _is_recipient(line: Line, length: int, position: int) -> bool:
    """``- Như trên;`` right below, in the left column of a signature."""
    return position == length + 1 and line.cells[line.first].text.startswith(BULLETS)


def _fits(line: Line, starts: list[int]) -> bool:
    """Say whether the cells of a line stand in different columns and none reaches into another."""
    places = [bisect_right(starts, column) for column in line.cells]
    ends = [bisect_right(starts, line.end(column) - 1) for column in line.cells]
    return places == ends and len(set(places)) == len(places)


def _by_columns(lines: list[Line], starts: list[int]) -> list[Block]:
    columns: list[list[Block]] = [[] for _ in starts]
    for line in lines:
        if _is_one_paragraph(line):
            label = line.cells[line.first]
            words = " ".join(line.cells[column].text for column in sorted(line.cells)[1:])
            columns[0] += _paragraphs(SheetCell(f"{_with_point(label.text)} {words}", label.bold))
            continue
        for column in sorted(line.cells):
            columns[max(bisect_right(starts, column) - 1, 0)] += _paragraphs(line.cells[column])
    return [block for column in columns for block in column]


def _is_one_paragraph(line: Line) -> bool:
    """``Đơn vị báo cáo:`` before what it asks for, or the marker of an item in a column of its own."""
    if len(line.cells) != 2:
        return False
    label = line.cells[line.first].text
    asks = label.endswith(":") and not label.lower().startswith(RECIPIENTS)
    return asks or line.is_numbered or label in BULLETS


def _with_point(marker: str) -> str:
    """Give the number of an item as it is written before its text: ``1.``."""
    return marker + "." if marker[-1].isalnum() else marker


def _paragraphs(cell: SheetCell) -> list[Block]:
    return [Block("paragraph", line, bold=cell.bold) for line in cell.text.split("\n")]
