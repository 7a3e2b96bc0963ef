"""ODS workbooks (OpenDocument 1.3 part 3, section 9) to sheets, as they are displayed.

A cell holds its value and the text that was displayed for it when the file was saved; the number of decimals
and the parts of a day are taken from that text, the value from the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from extract.readers.sheets.calendar_formats import parse_serial
from extract.readers.sheets.grid import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, Sheet, Tally
from extract.readers.sheets.number_formats import (
    MAX_NUMBER,
    MAX_SHOWN_DECIMALS,
    SIGNIFICANT_DIGITS,
    show_number,
)
from extract.readers.sheets.package import Package, PackageError, StreamCut

OFFICE, TABLE, STYLE, FORMAT = (
    f"urn:oasis:names:tc:opendocument:xmlns:{part}:1.0 "
    for part in ("office", "table", "style", "xsl-fo-compatible")
)
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
MANIFEST = "META-INF/manifest.xml"
HIDDEN = frozenset({"collapse", "filter"})
NO_LINE = frozenset({"", "none"})
ERROR = re.compile(r"#[A-Z/0!?]{2,8}|Err:\d{3}")
DISPLAYED_NUMBER = re.compile(r"\d(?:[\d.,\u00a0\u202f ]{0,40}\d)?")
DISPLAYED_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
MAX_EMPTY_ROWS = 100
"""So many empty rows part tables as well as a million of them, drawn or not."""


def is_encrypted(package: Package) -> bool:
    """Say whether the content of a package is locked by a password."""
    manifest = _Manifest()
    if MANIFEST in package:
        try:
            package.parse(MANIFEST, manifest)
        except (PackageError, StreamCut):
            return False
    return manifest.encrypted


def read_opendocument(package: Package, tally: Tally) -> Iterator[Sheet]:
    """Give the sheets of an OpenDocument workbook that are shown, in order.

    Raises ``PackageError`` when nothing of it can be read, or when it is no workbook.
    """
    content = Content(tally)
    try:
        package.parse("content.xml", content)
    except StreamCut:
        tally.rows_cut += 1
    except PackageError:
        if not content.sheets:
            raise
        tally.damaged_sheets.append(content.sheets[-1].name)
    if not content.is_workbook:
        raise PackageError("it is an OpenDocument file but no workbook")
    yield from content.sheets


class _Manifest:
    """Looks for the mark of encryption."""

    def __init__(self) -> None:
        self.encrypted = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.encrypted |= name == "encryption-data"

    def end(self, name: str) -> None: ...

    def text(self, data: str) -> None: ...


@dataclass(slots=True)
class _Style:
    """What of a style matters here."""

    bold: bool = False
    bordered: bool = False
    displayed: bool = True


PLAIN = _Style()


@dataclass(slots=True)
class _OpenCell:
    """A cell whose paragraphs are being read."""

    attributes: dict[str, str]
    repeated: int
    depth: int
    paragraphs: list[list[str]] = field(default_factory=list)


@dataclass(slots=True)
class _OpenRow:
    """A row whose cells are being read: column, text, bold and bordered of each."""

    repeated: int
    style: str
    column: int = 0
    cells: list[tuple[int, str, bool, bool]] = field(default_factory=list)


class Content:
    """Takes the elements of ``content.xml`` and fills the sheets that are shown."""

    def __init__(self, tally: Tally) -> None:
        self.sheets: list[Sheet] = []
        self.is_workbook = False
        self._tally = tally
        self._styles: dict[str, _Style] = {}
        self._style: _Style | None = None
        self._depth = 0
        self._tables = 0
        self._sheet: Sheet | None = None
        self._row_index = self._column_index = 0
        self._column_styles: list[str] = []
        self._row: _OpenRow | None = None
        self._cell: _OpenCell | None = None
        self._writing = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open a style, sheet, column, row, cell or paragraph."""
        self._depth += 1
        if self._cell is not None:
            self._open_content(name, attributes, self._cell)
        elif name == "spreadsheet":
            self.is_workbook = True
        elif name == "table":
            self._open_table(attributes)
        elif self._sheet is not None and self._tables == 1:
            self._open_part(name, attributes, self._sheet)
        elif name == "style":
            self._style = self._styles[attributes.get(STYLE + "name", "")] = _Style()
        elif self._style is not None and name.endswith("-properties"):
            _take_properties(self._style, attributes)

    def end(self, name: str) -> None:
        """Close a sheet, row, cell or paragraph."""
        if self._cell is not None:
            if name == "p" and self._depth == self._cell.depth + 1:
                self._writing = False
            if self._depth == self._cell.depth:
                self._close_cell(self._cell)
                self._cell = None
        elif name == "table-row" and self._row is not None:
            self._close_row(self._row)
            self._row = None
        elif name == "table":
            self._tables -= 1
            if not self._tables:
                self._sheet = None
        self._depth -= 1

    def text(self, data: str) -> None:
        """Keep the text of a cell."""
        if self._writing and self._cell is not None:
            self._cell.paragraphs[-1].append(data)

    def _open_table(self, attributes: dict[str, str]) -> None:
        self._tables += 1
        if self._tables > 1 or not self.is_workbook:
            return
        style = self._styles.get(attributes.get(TABLE + "style-name", ""), PLAIN)
        self._sheet = Sheet(attributes.get(TABLE + "name", ""))
        self._row_index = self._column_index = 0
        self._column_styles = []
        if not style.displayed:
            self._tally.hidden_sheets += 1
            self._sheet = None
        elif len(self.sheets) < MAX_SHEETS:
            self.sheets.append(self._sheet)
        else:
            self._sheet = None

    def _open_part(self, name: str, attributes: dict[str, str], sheet: Sheet) -> None:
        if name == "table-column":
            count = _repeat(attributes, "number-columns-repeated")
            last = self._column_index + count - 1
            if attributes.get(TABLE + "visibility") in HIDDEN:
                sheet.hidden_columns.append((self._column_index, last))
            room = max(MAX_COLUMNS - self._column_index, 0)
            self._column_styles += [attributes.get(TABLE + "default-cell-style-name", "")] * min(count, room)
            self._column_index = last + 1
        elif name == "table-row":
            repeated = _repeat(attributes, "number-rows-repeated")
            self._row = _OpenRow(repeated, attributes.get(TABLE + "default-cell-style-name", ""))
            if attributes.get(TABLE + "visibility") in HIDDEN:
                sheet.hidden_rows.append((self._row_index, self._row_index + repeated - 1))
        elif name in ("table-cell", "covered-table-cell") and self._row is not None:
            repeated = _repeat(attributes, "number-columns-repeated")
            self._cell = _OpenCell(attributes, repeated, self._depth)

    def _open_content(self, name: str, attributes: dict[str, str], cell: _OpenCell) -> None:
        """Open a paragraph of a cell; those of comments and drawings lie deeper."""
        if name == "p" and self._depth == cell.depth + 1:
            cell.paragraphs.append([])
            self._writing = True
        elif self._writing and name in ("s", "tab"):
            cell.paragraphs[-1].append(" ")
        elif self._writing and name == "line-break":
            cell.paragraphs[-1].append("\n")

    def _close_cell(self, cell: _OpenCell) -> None:
        row, sheet = self._row, self._sheet
        if row is None or sheet is None:
            return
        column = row.column
        row.column += cell.repeated
        name = cell.attributes.get(TABLE + "style-name", "") or row.style
        if not name and column < len(self._column_styles):
            name = self._column_styles[column]
        style = self._styles.get(name, PLAIN)
        displayed = "\n".join("".join(parts) for parts in cell.paragraphs)
        text = self._show(cell.attributes, displayed)
        if text or style.bordered:
            for place in range(column, min(column + cell.repeated, MAX_COLUMNS)):
                row.cells.append((place, text, style.bold, style.bordered))
        rows = _repeat(cell.attributes, "number-rows-spanned")
        sheet.merge(self._row_index, column, rows, _repeat(cell.attributes, "number-columns-spanned"))

    def _close_row(self, row: _OpenRow) -> None:
        if self._sheet is not None:
            for index in range(self._row_index, self._row_index + self._taken(row)):
                for column, text, bold, bordered in row.cells:
                    if bordered:
                        self._sheet.draw_border(index)
                    if text:
                        self._sheet.put(index, column, text, bold, self._tally)
        self._row_index += row.repeated

    def _taken(self, row: _OpenRow) -> int:
        """Give how many times a repeated row is written out: as often as the bounds allow, once at least."""
        if self._tally.is_full:
            return 1
        room = MAX_ROWS - self._tally.rows if any(text for _, text, _, _ in row.cells) else MAX_EMPTY_ROWS
        return min(row.repeated, max(room, 1))

    def _show(self, attributes: dict[str, str], displayed: str) -> str:
        """Give the text that a cell displays."""
        kind = attributes.get(OFFICE + "value-type", "")
        formula = TABLE + "formula" in attributes
        if attributes.get(CALC + "value-type") == "error" or (formula and ERROR.fullmatch(displayed)):
            self._tally.error_cells += 1
            return ""
        if kind == "boolean":
            self._tally.boolean_cells += 1
            return ""
        if formula and not kind and not displayed:
            self._tally.formulas_without_value += 1
        if kind in ("float", "currency", "percentage"):
            return show_displayed_number(attributes.get(OFFICE + "value", ""), displayed)
        if kind == "date":
            return show_displayed_day(attributes.get(OFFICE + "date-value", ""), displayed)
        return displayed


def show_displayed_number(value: str, displayed: str) -> str:
    """Give a number in Vietnamese style with the decimals, groups and words that it was displayed with.

    >>> show_displayed_number("0.955", "95.5%"), show_displayed_number("1234.5", "1,234.50 tr")
    ('95,5%', '1.234,50 tr')
    >>> show_displayed_number("0", "-"), show_displayed_number("2025", "2025")
    ('-', '2025')
    """
    try:
        number = float(value)
    except ValueError:
        return displayed
    if not abs(number) < MAX_NUMBER:
        return displayed
    match = DISPLAYED_NUMBER.search(displayed)
    if match is None:
        return displayed
    percent = displayed[match.end() :].lstrip().startswith("%")
    digits = "".join(filter(str.isdigit, match[0]))
    scaled = abs(Decimal(f"{number:.{SIGNIFICANT_DIGITS}g}")) * (100 if percent else 1)
    for decimals in range(MAX_SHOWN_DECIMALS):
        rounded = f"{scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}".replace(".", "")
        if digits.lstrip("0") == rounded.lstrip("0") and len(digits) > decimals:
            break
    else:
        return show_number(number, "0%" if percent else "")
    separators = len(match[0]) - len(digits)
    grouped = separators > (1 if decimals else 0)
    code = "#,##0" if grouped else "0" * (len(digits) - decimals if digits.startswith("0") else 1)
    before = displayed[: match.start()].replace('"', "").rstrip("-−(")
    behind = displayed[match.end() :].replace('"', "").lstrip("%" if percent else "").rstrip(")")
    parts = (
        f'"{before}"',
        code,
        "." + "0" * decimals if decimals else "",
        "%" if percent else "",
        f'"{behind}"',
    )
    return show_number(number, "".join(parts))


def show_displayed_day(value: str, displayed: str) -> str:
    """Give an ISO day with the parts that it was displayed with, day before month.

    >>> show_displayed_day("2025-06-20", "06/20/25"), show_displayed_day("2025-06-01", "06/2025")
    ('20/06/2025', '06/2025')
    """
    serial = parse_serial(value)
    if serial is None:
        return displayed
    numbers = re.findall(r"\d+", displayed)
    if len(numbers) == 1 and DISPLAYED_YEAR.search(displayed):
        return show_number(serial, "yyyy")
    words = any(letter.isalpha() for letter in displayed)
    if len(numbers) == 1 and words and numbers[0] == value[2:4] != value[8:10]:
        return show_number(serial, "mm/yyyy")
    if len(numbers) == 2 and (not words or int(value[8:10]) != int(numbers[0])):
        return show_number(serial, "mm/yyyy" if DISPLAYED_YEAR.search(displayed) or words else "dd/mm")
    return show_number(serial, "dd/mm/yyyy hh:mm" if ":" in displayed else "dd/mm/yyyy")


def _take_properties(style: _Style, attributes: dict[str, str]) -> None:
    style.bold |= attributes.get(FORMAT + "font-weight") == "bold"
    style.displayed &= attributes.get(TABLE + "display") != "false"
    for side in ("border", "border-left", "border-right"):
        if attributes.get(FORMAT + side, "") not in NO_LINE:
            style.bordered = True


def _repeat(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(TABLE + name, "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) <= 9 else 1
