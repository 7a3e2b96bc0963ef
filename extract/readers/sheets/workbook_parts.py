"""The parts of a SpreadsheetML package besides its sheets: workbook, relations, shared strings, styles."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from extract.readers.sheets.number_formats import BUILT_IN_FORMATS

MAX_STRINGS = 1_000_000
MAX_STYLES = 65_536
"""The programs allow 65,490 styles of cells."""
NO_LINE = frozenset({"", "none"})
FALSE = frozenset({"0", "false", "off"})
SIDES = frozenset({"left", "right", "start", "end"})
ESCAPED = re.compile("_x(?P<code>[0-9A-Fa-f]{4})_")


def unescape_text(text: str) -> str:
    r"""Turn ``_x000D_`` into the character of that code (ECMA-376-1, 22.9.2.19).

    >>> unescape_text("Sở Y tế_x000A_Sở Tài chính")
    'Sở Y tế\nSở Tài chính'
    """
    return ESCAPED.sub(lambda match: chr(int(match["code"], 16)), text) if "_x" in text else text


def local_attributes(attributes: dict[str, str]) -> dict[str, str]:
    """Give attributes by their names without namespace.

    >>> local_attributes({"http://schemas.example/r id": "rId1", "name": "PL1"})
    {'id': 'rId1', 'name': 'PL1'}
    """
    return {name.rpartition(" ")[2]: value for name, value in attributes.items()}


@dataclass(slots=True)
class SheetEntry:
    """A sheet as the workbook lists it: its name, the relation that leads to it and its state."""

    name: str
    relation: str
    state: str = "visible"


class _Part:
    """A part whose elements are taken one by one; most need no ends and no text."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, data: str) -> None:
        """Take text."""


@dataclass(slots=True)
class Workbook(_Part):
    """The list of sheets, and whether days count from 1904."""

    sheets: list[SheetEntry] = field(default_factory=list)
    since_1904: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a sheet or the properties of the workbook."""
        if name == "sheet":
            local = local_attributes(attributes)
            entry = SheetEntry(local.get("name", ""), local.get("id", ""), local.get("state", "visible"))
            self.sheets.append(entry)
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904", "0") not in FALSE


@dataclass(slots=True)
class Relations(_Part):
    """Where the parts of a part stand: by key, the type of the relation and the target."""

    entries: dict[str, tuple[str, str]] = field(default_factory=dict)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a relation within the package."""
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            self.entries[attributes.get("Id", "")] = (
                attributes.get("Type", ""),
                attributes.get("Target", ""),
            )

    def first(self, part: str, kind: str) -> str:
        """Give the path of the first related part of a type (how the type ends); empty for none."""
        found = next((target for name, target in self.entries.values() if name.endswith(kind)), "")
        return self.resolve(part, found) if found else ""

    def resolve(self, part: str, target: str) -> str:
        """Give the path in the package of a target named from a part."""
        return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


@dataclass(slots=True)
class SharedStrings(_Part):
    """The texts that cells name by number; how the parts of a text are set and spoken is left out."""

    texts: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    open: bool = False
    phonetic: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open a text, or a part of one."""
        if name == "si":
            self.parts = []
        elif name == "rPh":
            self.phonetic = True
        elif name == "t":
            self.open = not self.phonetic

    def end(self, name: str) -> None:
        """Close a text, or a part of one."""
        if name == "si" and len(self.texts) < MAX_STRINGS:
            self.texts.append(unescape_text("".join(self.parts)))
        elif name == "rPh":
            self.phonetic = False
        elif name == "t":
            self.open = False

    def text(self, data: str) -> None:
        """Keep the letters of a text."""
        if self.open:
            self.parts.append(data)


@dataclass(frozen=True, slots=True)
class CellStyle:
    """What of a style matters here: the number format, bold, lines at the sides, centred over cells."""

    code: str = ""
    bold: bool = False
    bordered: bool = False
    centred: bool = False


PLAIN = CellStyle()


@dataclass(slots=True)
class Styles(_Part):
    """The styles that cells name by number."""

    codes: dict[str, str] = field(default_factory=dict)
    bold: list[bool] = field(default_factory=list)
    bordered: list[bool] = field(default_factory=list)
    cells: list[CellStyle] = field(default_factory=list)
    container: str = ""
    has_side: bool = False

    def style(self, index: int) -> CellStyle:
        """Give the style of a number; a plain one for a number that is not defined."""
        return self.cells[index] if index < len(self.cells) else PLAIN

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a number format, font, border or style of cells."""
        if name in ("fonts", "borders", "cellXfs", "cellStyleXfs", "dxfs"):
            self.container = name
        elif name == "numFmt" and self.container != "dxfs":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif self.container == "fonts":
            self._take_font(name, attributes)
        elif self.container == "borders":
            self._take_border(name, attributes)
        elif self.container == "cellXfs":
            self._take_cell(name, attributes)

    def _take_font(self, name: str, attributes: dict[str, str]) -> None:
        if name == "font" and len(self.bold) < MAX_STYLES:
            self.bold.append(False)
        elif name == "b" and self.bold:
            self.bold[-1] = attributes.get("val", "1") not in FALSE

    def _take_border(self, name: str, attributes: dict[str, str]) -> None:
        if name == "border" and len(self.bordered) < MAX_STYLES:
            self.bordered.append(False)
        elif name in SIDES and self.bordered and attributes.get("style", "") not in NO_LINE:
            self.bordered[-1] = True

    def _take_cell(self, name: str, attributes: dict[str, str]) -> None:
        if name == "xf" and len(self.cells) < MAX_STYLES:
            number, font, border = (attributes.get(key, "0") for key in ("numFmtId", "fontId", "borderId"))
            self.cells.append(
                CellStyle(self._code(number), _pick(self.bold, font), _pick(self.bordered, border))
            )
        elif name == "alignment" and self.cells and attributes.get("horizontal") == "centerContinuous":
            last = self.cells[-1]
            self.cells[-1] = CellStyle(last.code, last.bold, last.bordered, True)

    def _code(self, number: str) -> str:
        if number in self.codes:
            return self.codes[number]
        return BUILT_IN_FORMATS.get(int(number) if number.isdigit() and len(number) < 6 else 0, "")


def _pick(flags: list[bool], index: str) -> bool:
    return index.isdigit() and len(index) < 6 and int(index) < len(flags) and flags[int(index)]
