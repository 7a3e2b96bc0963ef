"""Small workbooks for tests: made with openpyxl, or part by part where openpyxl would mend them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from extract.readers.spreadsheet import read_spreadsheet
from extract.spans import Block, Source

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)

Row = Sequence[Any]


def build_workbook(
    rows: Sequence[Row], change: Callable[[Worksheet], None] | None = None, drawn: int = 0
) -> bytes:
    """An XLSX file of one sheet; from row ``drawn`` on (0 for none) cells have lines round them."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column, value)
            if drawn and number >= drawn and row:
                cell.border = BOX
    if change:
        change(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def build_package(members: dict[str, str | bytes]) -> bytes:
    """A ZIP file of these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return stream.getvalue()


def build_raw_workbook(sheet: str | bytes, **parts: str) -> bytes:
    """An XLSX file whose sheet has this XML; further parts by the end of their relation."""
    relations = {"worksheet": "worksheets/sheet1.xml"} | {name: f"{name}.xml" for name in parts}
    members: dict[str, str | bytes] = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="PL1" sheetId="1" r:id="worksheet"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        + "".join(
            f'<Relationship Id="{kind}" Type="http://x/{kind}" Target="{target}"/>'
            for kind, target in relations.items()
        )
        + "</Relationships>",
        "xl/worksheets/sheet1.xml": sheet,
    }
    return build_package(members | {f"xl/{name}.xml": content for name, content in parts.items()})


def sheet_xml(rows: str, before: str = "", behind: str = "") -> str:
    """The XML of a worksheet with these rows."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{behind}</worksheet>'


def build_ods(body: str, styles: str = "") -> bytes:
    """An ODS file with these tables."""
    content = (
        f'<office:document-content xmlns:office="{OPEN}office:1.0" xmlns:table="{OPEN}table:1.0" '
        f'xmlns:text="{OPEN}text:1.0" xmlns:style="{OPEN}style:1.0" xmlns:fo="{OPEN}xsl-fo-compatible:1.0">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return build_package({"mimetype": kind, "content.xml": content})


def read_rows(content: bytes) -> list[tuple[str, ...]]:
    """All rows of all tables of a workbook."""
    return [row for block in read_spreadsheet("a.xlsx", content).blocks for row in block.rows]


def outline(source: Source) -> list[str]:
    """What stands where: paragraphs as they are, tables as their number of rows and columns."""
    return [_describe(block) for block in source.blocks]


def _describe(block: Block) -> str:
    return f"{len(block.rows)} x {len(block.rows[0])}" if block.kind == "table" else block.text


def codes(source: Source) -> list[str]:
    """The codes of the problems of a source."""
    return [problem.code for problem in source.problems]
