"""Reads spreadsheets: XLSX and XLSM, XLS, ODS; the content decides which, not the suffix."""

from __future__ import annotations

from collections.abc import Iterable

from extract.readers.legacy import turn_legacy_words
from extract.readers.sheets.blocks import build_blocks
from extract.readers.sheets.grid import Sheet, Tally
from extract.readers.sheets.hiding import hide
from extract.readers.sheets.package import Package, PackageError, StreamCut
from extract.readers.sheets.problems import tell_problems
from extract.spans import DEFAULT_OPTIONS, ReadOptions, ReadProblem, Source

MAX_WORKBOOK_BYTES = 64 * 1024 * 1024
MAX_BINARY_BYTES = 24 * 1024 * 1024
"""Of an XLS workbook, which is held in memory as a whole; 65,536 rows are its limit."""

SIGNS_OF_DAMAGE = frozenset({"binary_content", "control_characters", "legacy_encoding", "undecodable_bytes"})
"""Problems of text that is none, but a workbook whose first bytes are damaged."""
HEAD_BYTES = 4096
ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_BINARY = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
"""First record of a workbook of Excel 2 to 5, which is no compound file."""
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
PARAGRAPH_SIGN, CELL_SIGN = "\v", "\x1f"
"""Stand for line breaks within a cell and between cells while a row is looked at as one line of text; no cell
holds either."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS = "application/vnd.ms-excel"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def read_spreadsheet(name: str, content: bytes, options: ReadOptions = DEFAULT_OPTIONS) -> Source:
    """Read a workbook: every sheet that is shown, in order, as tables and paragraphs.

    Args:
        name: path of the file; its suffix matters only for what is no workbook after all.
        content: the whole file.
        options: not looked at; a spreadsheet has no pages.

    Returns:
        Numbers and days as they are displayed, in Vietnamese style. What went wrong stands in ``problems``:
        as an error (and then there is no block) ``empty_file``, ``too_large``, ``encrypted_file``,
        ``corrupt_file``, ``unsupported_format``, ``missing_library``; as a warning ``hidden_cells``,
        ``formula_without_value``, ``error_cells``, ``boolean_cells``, ``rows_cut``, ``damaged_sheet``,
        ``legacy_encoding``.

    >>> read_spreadsheet("phu_luc.xlsx", b"").problems[0].code
    'empty_file'
    """
    if not content:
        return _fail(XLSX, "empty_file", "The file is empty. Check that it was copied whole.")
    if content.startswith(ZIP):
        return _read_package(content)
    if content.startswith((COMPOUND, *OLD_BINARY)):
        return _read_binary(content)
    return _read_other(name, content, options)


def _read_package(content: bytes) -> Source:
    """Read what is a ZIP package: SpreadsheetML, OpenDocument, or something else with a wrong suffix."""
    if len(content) > MAX_WORKBOOK_BYTES:
        return _too_large(XLSX, content, MAX_WORKBOOK_BYTES)
    try:
        package = Package(content)
    except PackageError as error:
        return _corrupt(XLSX, error)
    if "word/document.xml" in package:
        return _read_as(".docx", content)
    if "xl/workbook.bin" in package:
        message = "The workbook is of the binary format XLSB. Save it as .xlsx."
        return _fail(XLSX, "unsupported_format", message)
    if "content.xml" in package:
        from extract.readers.sheets.opendocument import is_encrypted, read_opendocument

        media_type, read = ODS, read_opendocument
        if is_encrypted(package):
            return _encrypted(ODS)
    else:
        from extract.readers.sheets.spreadsheetml import read_workbook

        media_type, read = XLSX, read_workbook
    tally = Tally()
    try:
        return _build_source(media_type, read(package, tally), tally)
    except PackageError as error:
        return _corrupt(media_type, error)
    except StreamCut:
        return _too_large(media_type, content, MAX_WORKBOOK_BYTES)


def _read_binary(content: bytes) -> Source:
    if ENCRYPTED_STREAM in content:
        return _encrypted(XLSX)
    if len(content) > MAX_BINARY_BYTES:
        return _too_large(XLS, content, MAX_BINARY_BYTES)
    from extract.readers.sheets.binary_workbook import (
        EncryptedWorkbookError,
        MissingLibraryError,
        read_binary_workbook,
    )

    tally = Tally()
    try:
        return _build_source(XLS, read_binary_workbook(content, tally), tally)
    except EncryptedWorkbookError:
        return _encrypted(XLS)
    except MissingLibraryError:
        message = (
            "Reading .xls needs the library xlrd. Install it (pip install xlrd), or save the file as .xlsx."
        )
        return _fail(XLS, "missing_library", message)
    except PackageError as error:
        return _corrupt(XLS, error)


def _read_other(name: str, content: bytes, options: ReadOptions) -> Source:
    """Read what only has the suffix of a workbook: programs write web pages and CSV under it."""
    head = content[:HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"<"):
        if b"schemas-microsoft-com:office:spreadsheet" in head and b"<html" not in head:
            message = "The workbook is of the format XML Spreadsheet 2003. Save it as .xlsx."
            return _fail(XLS, "unsupported_format", message)
        return _read_as(".html", content)
    from extract.readers.delimited import read_delimited

    source = read_delimited(name, content, options)
    is_table = any(block.kind == "table" for block in source.blocks)
    if not is_table and any(problem.code in SIGNS_OF_DAMAGE for problem in source.problems):
        return _corrupt(XLS, PackageError("it does not begin as a workbook does"))
    return source


def _read_as(suffix: str, content: bytes) -> Source:
    from extract.readers import read_source

    return read_source(f"document{suffix}", content)


def _build_source(media_type: str, sheets: Iterable[Sheet], tally: Tally) -> Source:
    printed = [hide(sheet, tally) for sheet in sheets]
    met = _turn_legacy_cells(printed)
    blocks = tuple(block for sheet in printed for block in build_blocks(sheet))
    problems = tell_problems(tally, met)
    if not blocks:
        problems = [*problems, _tell_why_empty(tally)]
    return Source(media_type, blocks, problems=tuple(problems))


def _tell_why_empty(tally: Tally) -> ReadProblem:
    if tally.damaged_sheets:
        names = ", ".join(tally.damaged_sheets)
        message = (
            f"No sheet could be read ({names}). Open the workbook in a spreadsheet program and save it anew."
        )
        return ReadProblem("corrupt_file", message, "error")
    if tally.rows_cut:
        message = "The workbook is larger than what is read of one. Keep only the sheets of the annex."
        return ReadProblem("too_large", message, "error")
    message = "No sheet that is shown holds text. Check that the file is the one you meant."
    return ReadProblem("empty_file", message, "error")


def _turn_legacy_cells(sheets: list[Sheet]) -> tuple[str, ...]:
    """Turn the letters of older encodings in all cells; those of a row are judged as one line of text."""
    rows = [list(row.values()) for sheet in sheets for row in sheet.rows.values()]
    lines = (CELL_SIGN.join(cell.text for cell in row).replace("\n", PARAGRAPH_SIGN) for row in rows)
    text, met = turn_legacy_words("\n".join(lines))
    if met:
        for row, line in zip(rows, text.split("\n"), strict=True):
            for cell, turned in zip(row, line.split(CELL_SIGN), strict=True):
                cell.text = turned.replace(PARAGRAPH_SIGN, "\n")
    return met


def _fail(media_type: str, code: str, message: str) -> Source:
    return Source(media_type, (), problems=(ReadProblem(code, message, "error"),))


def _too_large(media_type: str, content: bytes, limit: int) -> Source:
    message = (
        f"The workbook is too large to be read ({len(content):,} bytes; the limit is {limit:,}, and there is "
        "one for what it unpacks to). Keep only the sheets of the annex, or save each as CSV."
    )
    return _fail(media_type, "too_large", message)


def _encrypted(media_type: str) -> Source:
    message = "The workbook is protected by a password. Save a copy without it."
    return _fail(media_type, "encrypted_file", message)


def _corrupt(media_type: str, error: Exception) -> Source:
    message = f"The workbook is damaged: {error}. Open it in a spreadsheet program and save it anew."
    return _fail(media_type, "corrupt_file", message)
