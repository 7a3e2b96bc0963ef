"""A Word document from a manuscript: Decree 30/2020/NĐ-CP's page, automatic numbering, real tables.

The same manuscript gives the same bytes: the archive and the properties carry a fixed day.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Length, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from rendering.manuscript import Grid, Line, Part
from rendering.numbering import Numbering, Reference

FONT = "Times New Roman"
WIDE_FONTS = {"Noto Serif": 0.88, "DejaVu Serif": 0.85}
"""By how much letters shrink that so many stand on a line as with Times New Roman."""
BODY_POINTS = 14
CELL_POINTS = 12
NOTE_POINTS = 11
LETTERHEAD_POINTS = 13
SIGNATURE_GAP = Pt(64)
"""Room for the signature and the seal above the name."""
PAGE_WIDTH, PAGE_HEIGHT = Cm(21), Cm(29.7)
MARGIN_TOP, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT = Cm(2), Cm(2), Cm(3), Cm(1.5)
FIRST_LINE = Cm(1.27)
LANDSCAPE_COLUMNS = 7
"""A table of so many columns is printed on pages that lie on their side."""
LETTERHEAD_SHARES = (0.39, 0.61)
MIN_COLUMN_CHARACTERS, MAX_COLUMN_CHARACTERS = 3, 45
PADDING_CHARACTERS = 5
FIGURE = re.compile(r"[<>≤≥~]?\s?[\d.,]+(?:\s?[-–]\s?[\d.,]+)?|[-–x]|")
FIXED_DAY = (2024, 1, 1, 0, 0, 0)

CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
LEFT = WD_ALIGN_PARAGRAPH.LEFT
RULE_INDENT = {"letterhead": Cm(2.2), "motto": Cm(2.4)}
"""How far the rule under the issuer and under the motto is drawn in from the edges of its column."""


AFTER_BORDERS = (
    "w:shd",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:spacing",
    "w:ind",
    "w:jc",
    "w:rPr",
    "w:sectPr",
)
"""Properties of a paragraph that stand behind its borders (ECMA-376, part 1, 17.3.1.26)."""


Markers = Literal["counted", "counted apart", "typed"]
"""Whether Word counts the markers, counts them in lists that share nothing, or the author typed them."""


def build_word_document(parts: Sequence[Part], markers: Markers = "counted", font: str = FONT) -> bytes:
    """Write a Word document; another font is for programs that lack the one of the decree."""
    document = Document()
    _set_page(document, font)
    references = {} if markers == "typed" else _number(document, parts, markers == "counted apart")
    for index, part in enumerate(parts):
        if _opens_page(parts, index):
            _open_section(document, _is_wide(parts[index:]))
        if isinstance(part, Grid):
            _add_grid(document, part)
        else:
            _write_line(document.add_paragraph(), part, references.get(id(part)))
    for element in (document.element, document.styles.element):
        for size in element.iter(qn("w:sz"), qn("w:szCs")):
            half_points = int(size.get(qn("w:val")))
            size.set(qn("w:val"), str(round(half_points * WIDE_FONTS.get(font, 1))))
    return _save(document)


def _number(document: WordDocument, parts: Sequence[Part], separate: bool) -> dict[int, Reference]:
    lines = [part for part in parts if isinstance(part, Line)]
    numbering = Numbering([(line.text, line.marker) for line in lines], separate)
    numbering.write(document.part.numbering_part.element)
    found = zip(lines, numbering.references, strict=True)
    return {id(line): reference for line, reference in found if reference}


def _set_page(document: WordDocument, font: str) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = font, Pt(BODY_POINTS)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:eastAsia", "w:cs"):
        fonts.set(qn(kind), font)
    section = document.sections[0]
    _set_section(section, wide=False)
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.alignment = CENTRE
    _add_page_number(header)
    day = datetime(*FIXED_DAY)
    document.core_properties.created = document.core_properties.modified = day


def _set_section(section: Section, wide: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    sides = (PAGE_HEIGHT, PAGE_WIDTH) if wide else (PAGE_WIDTH, PAGE_HEIGHT)
    section.page_width, section.page_height = sides
    section.top_margin, section.bottom_margin = MARGIN_TOP, MARGIN_BOTTOM
    section.left_margin, section.right_margin = MARGIN_LEFT, MARGIN_RIGHT


def _open_section(document: WordDocument, wide: bool) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    _set_section(section, wide)


def _add_page_number(paragraph: Paragraph) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("shown", "2"), ("end", "")):
        run = paragraph.add_run(text if kind == "shown" else "")
        if kind == "":
            instruction = OxmlElement("w:instrText")
            instruction.text = text
            run._r.append(instruction)
        elif kind != "shown":
            character = OxmlElement("w:fldChar")
            character.set(qn("w:fldCharType"), kind)
            run._r.append(character)


def _opens_page(parts: Sequence[Part], index: int) -> bool:
    """An annex and a plan behind a signature begin on a new page."""
    part = parts[index]
    if index == 0 or not isinstance(part, Line) or part.style != "title":
        return False
    before = parts[index - 1]
    after_signature = isinstance(before, Grid) and not before.bordered and index > 1
    return after_signature or part.text.upper().startswith("PHỤ LỤC")


def _is_wide(parts: Sequence[Part]) -> bool:
    """Tell whether a table that wants a wide page follows, before the next annex."""
    for index, part in enumerate(parts):
        if index and _opens_page(parts, index):
            return False
        if isinstance(part, Grid) and part.bordered and len(part.rows[0]) >= LANDSCAPE_COLUMNS:
            return True
    return False


def _write_line(paragraph: Paragraph, line: Line, reference: Reference | None = None) -> None:
    layout = paragraph.paragraph_format
    layout.space_before = Pt(0)
    layout.space_after = Pt(0 if line.style in ("note", "cell", "letterhead", "motto") else 6)
    layout.line_spacing_rule = WD_LINE_SPACING.SINGLE
    run = paragraph.add_run(line.body if reference else line.text)
    run.bold = line.bold or line.style == "title"
    run.italic = line.style in ("date", "basis", "subtitle") or line.text.startswith("Nơi nhận")
    if line.style in ("title", "subtitle", "letterhead", "motto", "date"):
        paragraph.alignment = CENTRE
    elif line.style in ("body", "basis", "heading"):
        paragraph.alignment = JUSTIFY
    if line.style in ("note", "letterhead", "motto"):
        run.font.size = Pt(NOTE_POINTS if line.style == "note" else LETTERHEAD_POINTS)
    if reference:
        _refer(paragraph, reference, line.bold)
    elif line.style in ("body", "basis", "heading"):
        layout.first_line_indent = FIRST_LINE


def _refer(paragraph: Paragraph, reference: Reference, bold: bool) -> None:
    """Number a paragraph; Word prints the number as its paragraph mark is formatted."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = reference.level
    properties.get_or_add_numId().val = reference.number
    if bold:
        mark = OxmlElement("w:rPr")
        mark.append(OxmlElement("w:b"))
        paragraph._p.get_or_add_pPr().insert_element_before(mark, "w:sectPr")


def _add_grid(document: WordDocument, grid: Grid) -> None:
    width = max(len(row) for row in grid.rows)
    table = document.add_table(rows=len(grid.rows), cols=width)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    if grid.bordered:
        table.style = document.styles["Table Grid"]
    section = document.sections[-1]
    room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    widths = [Length(int(room * share)) for share in _share_width(grid, width)]
    for column, share in zip(table.columns, widths, strict=True):
        column.width = share
    for index, row in enumerate(grid.rows):
        cells = table.rows[index].cells
        for column, lines in enumerate(row):
            cells[column].width = widths[column]
            _write_cell(cells[column], lines, grid, column)
    _merge(table, grid)
    for row in table.rows if not grid.bordered else ():
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for index in range(grid.header_rows):
        table.rows[index]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    if grid.bordered:
        document.add_paragraph().paragraph_format.space_after = Pt(0)


def _merge(table: Table, grid: Grid) -> None:
    for index, first, last in grid.spans:
        merged = table.cell(index, first).merge(table.cell(index, last))
        for paragraph in list(merged.paragraphs)[len(grid.rows[index][first]) :]:
            paragraph._p.getparent().remove(paragraph._p)


def _share_width(grid: Grid, width: int) -> list[float]:
    if not grid.bordered:
        return list(LETTERHEAD_SHARES) if width == 2 else [1 / width] * width
    merged = {(row, column) for row, first, last in grid.spans for column in range(first, last + 1)}
    weights = []
    for column in range(width):
        sizes = [
            sum(len(line.text) for line in row[column])
            for index, row in enumerate(grid.rows)
            if column < len(row) and row[column] and (index, column) not in merged
        ]
        mean = sum(sizes) / len(sizes) if sizes else 0
        longest = max((len(word) for word in _words_of(grid, column, merged)), default=0)
        wanted = max(mean, longest, MIN_COLUMN_CHARACTERS)
        weights.append(min(wanted, MAX_COLUMN_CHARACTERS) + PADDING_CHARACTERS)
    return [weight / sum(weights) for weight in weights]


def _words_of(grid: Grid, column: int, merged: set[tuple[int, int]]) -> Iterator[str]:
    for index, row in enumerate(grid.rows):
        if column < len(row) and (index, column) not in merged:
            yield from (word for line in row[column] for word in line.text.split())


def _write_cell(cell: _Cell, lines: Sequence[Line], grid: Grid, column: int) -> None:
    paragraphs = _paragraphs(cell, len(lines))
    for line, paragraph in zip(lines, paragraphs, strict=False):
        _write_line(paragraph, line)
        if not grid.bordered:
            if line is lines[-1] and line.style == "letterhead" and len(lines) > 1 and column == 1:
                paragraph.paragraph_format.space_before = SIGNATURE_GAP
            _draw_rule(cell, line, lines)
            continue
        run = paragraph.runs[0]
        run.font.size = Pt(CELL_POINTS)
        in_middle = column == 0 or FIGURE.fullmatch(line.text) or grid.rows[0][column] is lines
        paragraph.alignment = CENTRE if in_middle else LEFT


def _paragraphs(cell: _Cell, count: int) -> Iterator[Paragraph]:
    yield cell.paragraphs[0]
    for _ in range(count - 1):
        yield cell.add_paragraph()


def _draw_rule(cell: _Cell, line: Line, lines: Sequence[Line]) -> None:
    """Draw the rule under the last line of the issuer and under the motto."""
    has_motto = any(other.style == "motto" for other in lines)
    is_issuer = not has_motto and line.text.isupper() and all(o.style == "letterhead" for o in lines)
    at_top = cell._tc.getparent().getprevious() is None or cell._tc.getparent().getprevious().tag != qn(
        "w:tr"
    )
    if line is not lines[-1] or line.style not in RULE_INDENT or not at_top:
        return
    if not has_motto and not is_issuer:
        return
    rule = cell.add_paragraph()
    rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = RULE_INDENT[line.style]
    rule.paragraph_format.line_spacing = Pt(4)
    rule.paragraph_format.space_after = Pt(6)
    border = OxmlElement("w:pBdr")
    edge = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        edge.set(qn(f"w:{name}"), value)
    border.append(edge)
    rule._p.get_or_add_pPr().insert_element_before(border, *AFTER_BORDERS)


def _save(document: WordDocument) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    fixed = io.BytesIO()
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, FIXED_DAY), source.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
