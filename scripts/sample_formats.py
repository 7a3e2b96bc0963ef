"""How the samples are brought into formats: small files, and the same bytes from the same programs."""

from __future__ import annotations

import hashlib
import io
import quopri
import re
import zipfile
from collections.abc import Iterator, Mapping
from copy import deepcopy
from xml.sax.saxutils import escape

import pypdfium2
from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table
from docx.text.run import Run
from PIL import Image

FIXED_DAY = (2024, 1, 1, 0, 0, 0)
POINTS_PER_INCH = 72
UNUSED_PARTS = frozenset(
    {
        "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
        RELATION.THEME,
        RELATION.CUSTOM_XML,
        RELATION.WEB_SETTINGS,
        RELATION.FONT_TABLE,
        RELATION.THUMBNAIL,
    }
)
"""Parts of python-docx's template that no sample needs."""
UNUSED_ENTRIES = re.compile(r"Thumbnails/|Configurations2/")
"""Entries of OpenDocument archives that hold a picture of the first page and empty folders of settings."""
UNUSED_FILE_ENTRY = re.compile(
    rb'\s*<manifest:file-entry [^>]*full-path="(?:Thumbnails|Configurations2)/[^>]*/>'
)
PDF_TIME = re.compile(rb"(/(?:CreationDate|ModDate) ?\(D:)\d{14}")
PDF_DIGEST = re.compile(rb"(<|/DocChecksum ?/)[0-9A-F]{32}")
LIST_NAME = re.compile(rb'"list\d+"')
SESSION = re.compile(rb'(config:name="Rsid(?:Root)?"[^>]*>)\d+')
"""What LibreOffice draws by lot for each list and each time that a document is saved."""
RTF_TIME = re.compile(rb"\{\\(?:creatim|revtim|printim)[^}]*\}")
HTML_TIME = re.compile(rb'(<meta name="(?:created|changed)" content=")[^"]*')
BOUNDARY = "----MultipartBoundary--vnplans----"

MERGED_WITH_ABOVE = "^"
"""What a cell of a text holds when it is one with the cell above."""
NOTE_MARK = re.compile(r"\[\^(\d+)\]")


def slim_word(content: bytes) -> bytes:
    """Leave out of a Word document what it does not use: styles, theme, fonts, the template's picture."""
    document = Document(io.BytesIO(content))
    for part in (document.part, document.part.package):
        for key in [key for key, one in part.rels.items() if one.reltype in UNUSED_PARTS]:
            del part.rels[key]
    for style in list(document.styles):
        if not style.type or style.name not in ("Normal", "Normal Table", "Table Grid", "Header"):
            style.element.getparent().remove(style.element)
    latent = document.styles.element.find(qn("w:latentStyles"))
    if latent is not None:
        latent.getparent().remove(latent)
    return save_word(document)


def save_word(document: WordDocument) -> bytes:
    """Write a Word document whose archive carries a fixed day."""
    buffer = io.BytesIO()
    document.save(buffer)
    return fix_archive(buffer.getvalue())


def fix_archive(content: bytes) -> bytes:
    """Pack a DOCX or ODT again with a fixed day; of an ODT what is not its text is left out."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            if UNUSED_ENTRIES.match(name):
                continue
            data = source.read(name)
            if name == "META-INF/manifest.xml":
                data = UNUSED_FILE_ENTRY.sub(b"", data)
            elif name in ("content.xml", "settings.xml"):
                data = SESSION.sub(rb"\g<1>1", _number_lists(data))
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            target.writestr(zipfile.ZipInfo(name, FIXED_DAY), data, packing, 9)
    return packed.getvalue()


def _number_lists(content: bytes) -> bytes:
    """Name the lists of an ODT by their order."""
    numbers: dict[bytes, int] = {}
    return LIST_NAME.sub(lambda found: b'"list%d"' % numbers.setdefault(found[0], len(numbers) + 1), content)


def fix_pdf(content: bytes) -> bytes:
    """Put a fixed day, and digests of what is left, where a PDF tells when it was made.

    No byte is moved, since the PDF says where its objects begin.
    """
    content = PDF_TIME.sub(rb"\g<1>20240101000000", content)
    bare = PDF_DIGEST.sub(b"", content)
    digest = hashlib.sha256(bare).hexdigest()[:32].upper().encode()
    return PDF_DIGEST.sub(rb"\g<1>" + digest, content)


def fix_rtf(content: bytes) -> bytes:
    """Leave out when an RTF document was made."""
    return RTF_TIME.sub(b"", content)


def fix_html(content: bytes) -> bytes:
    """Put a fixed day where LibreOffice's web page tells when it was made."""
    return HTML_TIME.sub(rb"\g<1>2024-01-01T00:00:00", content)


def pack_page(page: bytes, title: str, address: str) -> bytes:
    """Pack a web page as Chromium saves it in one file (MHTML, RFC 2557)."""
    head = (
        f"From: <Saved by Blink>\nSnapshot-Content-Location: {address}\nSubject: {title}\n"
        f'MIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype="text/html";\n'
        f'\tboundary="{BOUNDARY}"\n\n\n'
        f"--{BOUNDARY}\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n"
        f"Content-Location: {address}\n\n"
    )
    packed = f"{head}{quopri.encodestring(page).decode()}\n--{BOUNDARY}--\n"
    return packed.replace("\n", "\r\n").encode("ascii")


def join_pages(content: bytes) -> bytes:
    """Take the page breaks out of a Word document."""
    document = Document(io.BytesIO(content))
    first, *others = document.element.body.iter(qn("w:sectPr"))
    for section in others:
        section.getparent().remove(section)
    document.element.body.append(first)
    return save_word(document)


def render_pages(content: bytes, dpi: int) -> Iterator[Image.Image]:
    """Give the pages of a PDF as pictures in colour."""
    document = pypdfium2.PdfDocument(content)
    try:
        for page in document:
            yield page.render(scale=dpi / POINTS_PER_INCH).to_pil().convert("RGB")
    finally:
        document.close()


def merge_cells(document: WordDocument) -> None:
    """Make one cell of a cell and those below it that say so."""
    for table in document.tables:
        for column in range(len(table.columns)):
            _merge_column(table, column)


def _merge_column(table: Table, column: int) -> None:
    cells = [row.cells[column] for row in table.rows]
    first = 0
    for index, cell in enumerate(cells):
        if cell.text != MERGED_WITH_ABOVE:
            first = index
            continue
        paragraph = cell.paragraphs[0]
        for run in list(paragraph.runs):
            run._r.getparent().remove(run._r)
        if index + 1 == len(cells) or cells[index + 1].text != MERGED_WITH_ABOVE:
            cells[first].merge(cell)


def add_footnotes(document: WordDocument, notes: Mapping[str, str]) -> None:
    """Put footnotes, by number, where the marks ``[^1]`` stand in a Word document."""
    shown = "".join(FOOTNOTE.format(number=number, text=escape(text)) for number, text in notes.items())
    part = Part(
        PackURI("/word/footnotes.xml"),
        CONTENT_TYPE.WML_FOOTNOTES,
        f"<w:footnotes {nsdecls('w')}>{SEPARATORS}{shown}</w:footnotes>".encode(),
        document.part.package,
    )
    document.part.relate_to(part, RELATION.FOOTNOTES)
    for run in [run for paragraph in document.paragraphs for run in paragraph.runs]:
        if found := NOTE_MARK.search(run.text):
            tail = deepcopy(run._r)
            run._r.addnext(tail)
            mark = parse_xml(f"<w:r {nsdecls('w')}>{RAISED}{REFERENCE.format(number=found[1])}</w:r>")
            run._r.addnext(mark)
            Run(tail, run._parent).text = run.text[found.end() :]
            run.text = run.text[: found.start()]


RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
REFERENCE = '<w:footnoteReference w:id="{number}"/>'
FOOTNOTE = (
    '<w:footnote w:id="{number}"><w:p>'
    '<w:r><w:rPr><w:sz w:val="20"/><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    '<w:r><w:rPr><w:sz w:val="20"/></w:rPr><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
)
SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
    "</w:footnote>"
)
