"""XLS workbooks (BIFF, [MS-XLS] and before) to sheets, as they are displayed; read with xlrd."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from extract.readers.sheets.grid import MAX_COLUMNS, MAX_SHEETS, Sheet, Tally
from extract.readers.sheets.number_formats import BUILT_IN_FORMATS, show_number
from extract.readers.sheets.package import PackageError

EMPTY, TEXT, NUMBER, DATE, BOOLEAN, ERROR = range(6)
"""Kinds of cells as xlrd numbers them."""
BOLD_WEIGHT = 600
"""Of 1,000; normal letters have 400, bold ones 700 ([MS-XLS] 2.4.122)."""
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STREAM_NAMES = ("Workbook", "Book")
MAX_SCANNED_CELLS = 10_000_000
ENCRYPTED = "encrypted"
"""Word of the message by which xlrd tells a workbook with a password from a damaged one."""
CENTRED_OVER_CELLS = 6
"""Alignment "center across selection" ([MS-XLS] 2.5.198)."""


class EncryptedWorkbookError(ValueError):
    """A workbook is protected by a password."""


class MissingLibraryError(ImportError):
    """The library that reads these workbooks is not installed."""


def read_binary_workbook(content: bytes, tally: Tally) -> Iterator[Sheet]:
    """Give the sheets of a workbook that are shown, in order; what is left out goes into the tally.

    Raises ``EncryptedWorkbookError``, ``MissingLibraryError``, and ``PackageError`` for what cannot be read.
    """
    book = _open(content)
    scan = _Scan(MAX_SCANNED_CELLS)
    for index, name in enumerate(book.sheet_names()[:MAX_SHEETS]):
        filled = Sheet(name)
        try:
            source = book.sheet_by_index(index)
            if source.visibility:
                tally.hidden_sheets += 1
                continue
            _fill_sheet(filled, book, source, tally, scan)
        except Exception:
            # A damaged record leads xlrd to styles, fonts or cells that are not there, in errors of any sort.
            tally.damaged_sheets.append(name)
        book.unload_sheet(index)
        yield filled


@dataclass(slots=True)
class _Scan:
    """How many more cells are looked at; a cell far to the right makes all before it empty ones."""

    left: int


def _open(content: bytes) -> Any:
    try:
        import xlrd
    except ImportError as error:
        raise MissingLibraryError from error
    try:
        return xlrd.open_workbook(
            file_contents=_workbook_stream(content),
            formatting_info=True,
            logfile=io.StringIO(),
            ignore_workbook_corruption=True,
            on_demand=True,
            ragged_rows=True,
        )
    except Exception as error:
        # xlrd lets struct, index, key, assertion and decoding errors through for damaged files.
        if ENCRYPTED in str(error).lower():
            raise EncryptedWorkbookError from error
        raise PackageError(str(error) or type(error).__name__) from error


def _workbook_stream(content: bytes) -> bytes:
    """Give the stream of records of a file.

    Raises ``PackageError`` when the sectors run in a ring, which xlrd would follow without end.
    """
    if not content.startswith(COMPOUND):
        return content
    from xlrd.compdoc import CompDoc

    document = CompDoc(content, logfile=io.StringIO(), ignore_workbook_corruption=True)
    if runs_in_ring(document.SSAT):
        raise PackageError("its sectors run in a ring")
    for name in STREAM_NAMES:
        memory, start, length = document.locate_named_stream(name)
        if memory:
            return bytes(memory[start : start + length])
    raise PackageError("it is no workbook")


def runs_in_ring(following: Sequence[int]) -> bool:
    """Say whether a chain of sectors comes back to itself; each names the one behind it, negative for none.

    >>> runs_in_ring([1, -2, 1]), runs_in_ring([1, 2, 0])
    (False, True)
    """
    walked = [-1] * len(following)
    for start in range(len(following)):
        sector = start
        while 0 <= sector < len(following) and walked[sector] < 0:
            walked[sector] = start
            sector = following[sector]
        if 0 <= sector < len(following) and walked[sector] == start:
            return True
    return False


def _fill_sheet(sheet: Sheet, book: Any, source: Any, tally: Tally, scan: _Scan) -> None:
    sheet.hidden_rows = [
        (row, row) for row, info in source.rowinfo_map.items() if info.hidden or not info.height
    ]
    sheet.hidden_columns = [
        (column, column) for column, info in source.colinfo_map.items() if info.hidden or not info.width
    ]
    for first_row, end_row, first_column, end_column in source.merged_cells:
        sheet.merge(first_row, first_column, end_row - first_row, end_column - first_column)
    for row in range(source.nrows):
        centred: tuple[int, int] | None = None
        width = min(source.row_len(row), MAX_COLUMNS)
        scan.left -= width
        if scan.left < 0:
            sheet.cut(row, tally)
            return
        for column in range(width):
            kind = source.cell_type(row, column)
            if kind == EMPTY:
                centred = None
                continue
            style = book.xf_list[source.cell_xf_index(row, column)]
            if style.border.left_line_style or style.border.right_line_style:
                sheet.draw_border(row)
            text = _show(book, kind, source.cell_value(row, column), style, tally)
            centred = _centre(sheet, row, column, text, style, centred)
            if text:
                bold = book.font_list[style.font_index].weight >= BOLD_WEIGHT
                sheet.put(row, column, text, bold, tally)


def _show(book: Any, kind: int, value: Any, style: Any, tally: Tally) -> str:
    """Give the text that a cell displays."""
    if kind == TEXT:
        return str(value)
    if kind in (NUMBER, DATE):
        code = book.format_map[style.format_key].format_str if style.format_key in book.format_map else ""
        return show_number(value, BUILT_IN_FORMATS.get(style.format_key, code), bool(book.datemode))
    tally.error_cells += kind == ERROR
    tally.boolean_cells += kind == BOOLEAN
    return ""


def _centre(
    sheet: Sheet, row: int, column: int, text: str, style: Any, centred: tuple[int, int] | None
) -> tuple[int, int] | None:
    """Take a text that is centred over the empty cells behind it as one merged with them."""
    if style.alignment.hor_align != CENTRED_OVER_CELLS:
        return None
    if text:
        return column, len(sheet.merges)
    if centred is not None:
        first, index = centred
        del sheet.merges[index:]
        sheet.merge(row, first, 1, column - first + 1)
    return centred
