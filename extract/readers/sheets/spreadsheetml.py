"""XLSX and XLSM workbooks (SpreadsheetML, ECMA-376-1 part 18) to sheets, as they are displayed.

The values that formulas had when the file was saved are taken; nothing is computed. Macros, drawings,
comments, charts and pivot definitions are not looked at.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.readers.sheets.calendar_formats import parse_serial
from extract.readers.sheets.grid import MAX_COLUMNS, MAX_SHEETS, Sheet, Tally
from extract.readers.sheets.number_formats import BUILT_IN_FORMATS, DAY_FORMAT, show_number, shows_moment
from extract.readers.sheets.package import Package, PackageError, StreamCut
from extract.readers.sheets.workbook_parts import (
    CellStyle,
    Relations,
    SharedStrings,
    SheetEntry,
    Styles,
    Workbook,
    unescape_text,
)

MAIN_RELATION = "/officeDocument"
WORKSHEET_RELATION = "/worksheet"
REFERENCE = re.compile(r"\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>[1-9]\d{0,6})")
HIDDEN_STATES = frozenset({"hidden", "veryHidden"})
TRUE = frozenset({"1", "true", "on"})


def read_workbook(package: Package, tally: Tally) -> Iterator[Sheet]:
    """Give the sheets of a workbook that are shown, in order; what is left out goes into the tally.

    Raises ``PackageError`` when the workbook itself cannot be read; a damaged sheet is named in the tally
    and given as far as it goes.
    """
    path = _main_part(package)
    book = Workbook()
    package.parse(path, book)
    relations = _read_relations(package, path)
    strings, styles = SharedStrings(), Styles()
    _read_part(package, relations.first(path, "/sharedStrings"), strings, tally)
    _read_part(package, relations.first(path, "/styles"), styles, tally)
    for number, entry in enumerate(book.sheets[:MAX_SHEETS], 1):
        part = _sheet_part(package, relations, path, entry, number)
        if part is None:
            continue
        if entry.state in HIDDEN_STATES:
            tally.hidden_sheets += 1
            continue
        reader = SheetReader(Sheet(entry.name), strings.texts, styles, book.since_1904, tally)
        try:
            package.parse(part, reader)
        except StreamCut:
            tally.rows_cut += 1
        except PackageError:
            tally.damaged_sheets.append(entry.name)
        yield reader.sheet


def _main_part(package: Package) -> str:
    """Give the path of the workbook in the package."""
    relations = _read_relations(package, "")
    return relations.first("", MAIN_RELATION) or "xl/workbook.xml"


def _read_relations(package: Package, part: str) -> Relations:
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    relations = Relations()
    if path in package:
        package.parse(path, relations)
    return relations


def _read_part(package: Package, path: str, part: SharedStrings | Styles, tally: Tally) -> None:
    """Read a part that a workbook can do without; what it lacks shows as errors of the cells."""
    if not path or path not in package:
        return
    try:
        package.parse(path, part)
    except (PackageError, StreamCut):
        tally.damaged_sheets.append(posixpath.basename(path))


def _sheet_part(
    package: Package, relations: Relations, path: str, entry: SheetEntry, number: int
) -> str | None:
    """Give the path of a sheet's cells; None for a sheet that is a chart or a dialog."""
    relation = relations.entries.get(entry.relation)
    if relation is None:
        guess = posixpath.join(posixpath.dirname(path), f"worksheets/sheet{number}.xml")
        return guess if guess in package else None
    kind, target = relation
    if not kind.endswith(WORKSHEET_RELATION):
        return None
    return relations.resolve(path, target)


@dataclass(slots=True)
class _OpenCell:
    """A cell whose elements are being read."""

    row: int
    column: int
    kind: str
    style: CellStyle
    value: str = ""
    has_value: bool = False
    formula: bool = False


class SheetReader:
    """Takes the elements of a worksheet and fills a sheet."""

    def __init__(
        self, sheet: Sheet, strings: list[str], styles: Styles, since_1904: bool, tally: Tally
    ) -> None:
        self.sheet, self._strings, self._styles = sheet, strings, styles
        self._since_1904, self._tally = since_1904, tally
        self._row = self._column = -1
        self._cell: _OpenCell | None = None
        self._parts: list[str] | None = None
        self._phonetic = False
        self._full = self._beyond = False
        self._centred: tuple[int, int] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open a row or a cell, or note a merge or hidden columns."""
        if name == "row":
            self._open_row(attributes)
        elif self._full:
            if name in ("v", "t"):
                self.sheet.cut(self._row, self._tally)
            elif name == "mergeCell":
                self._merge(attributes.get("ref", ""))
        elif name == "c":
            self._open_cell(attributes)
        elif self._cell is not None:
            self._open_content(name, self._cell)
        elif self._beyond and name in ("v", "t"):
            self._tally.cells_cut += 1
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col" and _is_hidden(attributes, "width"):
            first, last = (_to_int(attributes.get(key, ""), 0) for key in ("min", "max"))
            self.sheet.hidden_columns.append((first - 1, max(first, last) - 1))

    def end(self, name: str) -> None:
        """Close a cell or a part of it."""
        cell = self._cell
        if cell is None:
            return
        if name == "c":
            self._close_cell(cell)
            self._cell = None
        elif name == "rPh":
            self._phonetic = False
        elif name in ("v", "t") and self._parts is not None:
            cell.value += "".join(self._parts)
            cell.has_value = cell.has_value or bool(self._parts)
            self._parts = None

    def text(self, data: str) -> None:
        """Keep the text of a value."""
        if self._parts is not None:
            self._parts.append(data)

    def _open_row(self, attributes: dict[str, str]) -> None:
        self._row = max(_to_int(attributes.get("r", ""), self._row + 2) - 1, 0)
        self._column, self._centred = -1, None
        self._full = self._tally.is_full
        if _is_hidden(attributes, "ht"):
            self.sheet.hidden_rows.append((self._row, self._row))

    def _open_cell(self, attributes: dict[str, str]) -> None:
        place = REFERENCE.fullmatch(attributes.get("r", ""))
        row, column = self._row, self._column + 1
        if place:
            row, column = int(place["row"]) - 1, _to_column(place["column"])
        self._column = column
        if column >= MAX_COLUMNS:
            self._beyond = True
            return
        self._beyond = False
        style = self._styles.style(_to_int(attributes.get("s", ""), 0))
        self._cell = _OpenCell(row, column, attributes.get("t", "n"), style)

    def _open_content(self, name: str, cell: _OpenCell) -> None:
        if name == "f":
            cell.formula = True
        elif name == "rPh":
            self._phonetic = True
        elif name in ("v", "t") and not self._phonetic:
            self._parts = []

    def _close_cell(self, cell: _OpenCell) -> None:
        if cell.style.bordered:
            self.sheet.draw_border(cell.row)
        text = self._show(cell)
        self._centre(cell, text)
        if text:
            self.sheet.put(cell.row, cell.column, text, cell.style.bold, self._tally)

    def _show(self, cell: _OpenCell) -> str:
        """Give the text that a cell displays."""
        value, tally = cell.value, self._tally
        if not cell.has_value:
            tally.formulas_without_value += cell.formula and cell.kind != "str"
            return ""
        if cell.kind == "s":
            index = _to_int(value, -1)
            if 0 <= index < len(self._strings):
                return self._strings[index]
            tally.error_cells += 1
            return ""
        if cell.kind in ("str", "inlineStr"):
            return unescape_text(value)
        if cell.kind == "b":
            tally.boolean_cells += 1
            return ""
        code, number = cell.style.code, _to_float(value) if cell.kind == "n" else None
        if cell.kind == "d":
            number = parse_serial(value)
            code = code if shows_moment(code) else BUILT_IN_FORMATS[DAY_FORMAT]
        if number is None:
            tally.error_cells += 1
            return ""
        return show_number(number, code, self._since_1904 and cell.kind == "n")

    def _centre(self, cell: _OpenCell, text: str) -> None:
        """Take a text that is centred over the empty cells behind it as one merged with them."""
        if not cell.style.centred:
            self._centred = None
        elif text:
            self._centred = (cell.column, len(self.sheet.merges))
        elif self._centred is not None:
            first, index = self._centred
            del self.sheet.merges[index:]
            self.sheet.merge(cell.row, first, 1, cell.column - first + 1)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = REFERENCE.fullmatch(first), REFERENCE.fullmatch(last)
        if start and end:
            row, column = int(start["row"]) - 1, _to_column(start["column"])
            rows, columns = int(end["row"]) - row, _to_column(end["column"]) - column + 1
            if rows >= 1 and columns >= 1:
                self.sheet.merge(row, column, rows, columns)


def _is_hidden(attributes: dict[str, str], size: str) -> bool:
    return attributes.get("hidden", "0") in TRUE or _to_float(attributes.get(size, "1")) == 0


def _to_column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _to_int(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else default


def _to_float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
