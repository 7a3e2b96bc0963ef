"""Builds small Word documents for tests out of the XML that each test is about."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": W,
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "v": "urn:schemas-microsoft-com:vml",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
RELATION_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def build_docx(
    body: str = "",
    *,
    numbering: str = "",
    styles: str = "",
    document: str | bytes = "",
    relations: dict[str, tuple[str, str]] | None = None,
    members: dict[str, str | bytes] | None = None,
) -> bytes:
    """Pack a document: the XML of its body, lists and styles, other parts, and relations by their keys.

    ``document`` takes the place of the whole main part; a relation is its sort and its target.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        whole = document or f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
        archive.writestr("word/document.xml", whole)
        if numbering:
            archive.writestr("word/numbering.xml", f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>")
        if styles:
            archive.writestr("word/styles.xml", f"<w:styles {NAMESPACES}>{styles}</w:styles>")
        if relations:
            archive.writestr("word/_rels/document.xml.rels", build_relations(relations))
        for path, content in (members or {}).items():
            archive.writestr(path, content)
    return buffer.getvalue()


def build_relations(relations: dict[str, tuple[str, str]]) -> str:
    """Write the relations of a part: key to sort and target."""
    entries = "".join(
        f'<Relationship Id="{key}" Type="{RELATION_TYPE}/{sort}" Target="{target}"/>'
        for key, (sort, target) in relations.items()
    )
    return f'<Relationships xmlns="{PACKAGE_RELATIONS}">{entries}</Relationships>'


def run(text: str, properties: str = "") -> str:
    """Write a run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, properties: str = "") -> str:
    """Write a paragraph; what is no element is text."""
    runs = "".join(piece if piece.startswith("<") else run(piece) for piece in content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def item(text: str, num: int = 1, level: int = 0) -> str:
    """Write a paragraph of an automatic list."""
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    return paragraph(text, properties=properties)


def level(
    index: int, form: str = "decimal", text: str = "", *, start: int = 1, extra: str = "", font: str = ""
) -> str:
    """Write a level of an automatic list."""
    text = text or f"%{index + 1}."
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>' if font else ""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/>{fonts}</w:lvl>'
    )


def numbering(*levels: str, key: int = 0, more: str = "") -> str:
    """Write an abstract list with its levels and the list ``key + 1`` of it."""
    return (
        f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>{more}'
        f'<w:num w:numId="{key + 1}"><w:abstractNumId w:val="{key}"/></w:num>'
    )


def cell(*paragraphs: str, properties: str = "") -> str:
    """Write a cell of a table; what is no element is a paragraph of text."""
    content = "".join(piece if piece.startswith("<") else paragraph(piece) for piece in paragraphs)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content or paragraph('')}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Write a row of a table; what is no element is a cell of text."""
    content = "".join(piece if piece.startswith("<w:tc") else cell(piece) for piece in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{content}</w:tr>"


def table(*rows: str, ruled: bool = True, properties: str = "") -> str:
    """Write a table, with lines around its cells or without."""
    lines = f"<w:tblBorders>{LINES}</w:tblBorders>" if ruled else ""
    return f"<w:tbl><w:tblPr>{properties}{lines}</w:tblPr>{''.join(rows)}</w:tbl>"
