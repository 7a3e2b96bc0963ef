"""The formats that can be read: which reader a file goes to, by its first bytes and then by its suffix."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePosixPath

from extract.spans import DEFAULT_OPTIONS, ReadOptions, ReadProblem, Source

Reader = Callable[[str, bytes, ReadOptions], Source]

ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Files of Office before 2007 and, with ``EncryptedPackage`` in them, encrypted ones since ([MS-CFB])."""
HTML_START = re.compile(
    rb"(?:\xef\xbb\xbf|\s)*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--[^>]{0,500}-->\s*+)?"
    rb"<(?:!doctype\s++html|html|head|body|meta)\b",
    re.IGNORECASE,
)
START_BYTES = 1024
"""Where a PDF may begin late (ISO 32000-1, annex H) and a web page has shown what it is."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its reader as ``module:function``, its suffixes and how its files are known by content.

    A file is of the format when it begins with one of ``signatures`` and, where ``holds`` is given, also
    holds one of these byte strings: names of the parts of Office and OpenDocument files.
    """

    reader: str
    suffixes: tuple[str, ...]
    signatures: tuple[bytes, ...] = ()
    holds: tuple[bytes, ...] = ()

    def knows(self, content: bytes) -> bool:
        """Tell whether a file is of this format by its content."""
        if not content.startswith(self.signatures) or not self.signatures:
            return False
        return not self.holds or any(part in content for part in self.holds)


def _stream(name: str) -> bytes:
    """Give the name of a stream as it stands in the directory of a compound file."""
    return name.encode("utf-16-le")


# fmt: off
FORMATS = (
    Format("extract.readers.text:read_text", (".txt", ".text", ".md", ".markdown")),
    Format("extract.readers.pdf:read_pdf", (".pdf",), (b"%PDF-",)),
    Format("extract.readers.docx:read_docx", (".docx", ".docm", ".dotx", ".dotm"), (ZIP,),
           (b"word/document",)),
    Format("extract.readers.office:read_odt", (".odt", ".ott"), (ZIP,),
           (b"application/vnd.oasis.opendocument.text",)),
    Format("extract.readers.office:read_doc", (".doc", ".dot", ".wps"), (COMPOUND,),
           (_stream("WordDocument"),)),
    Format("extract.readers.office:read_rtf", (".rtf",), (b"{\\rtf",)),
    Format("extract.readers.spreadsheet:read_spreadsheet", (".xlsx", ".xlsm"), (ZIP,), (b"xl/workbook",)),
    Format("extract.readers.spreadsheet:read_spreadsheet", (".ods",), (ZIP,),
           (b"application/vnd.oasis.opendocument.spreadsheet",)),
    Format("extract.readers.spreadsheet:read_spreadsheet", (".xls",), (COMPOUND,),
           (_stream("Workbook"), _stream("Book"))),
    Format("extract.readers.delimited:read_delimited", (".csv", ".tsv")),
    Format("extract.readers.mhtml:read_mhtml", (".mht", ".mhtml"), (b"MIME-Version:", b"From: <Saved by")),
    Format("extract.readers.html:read_html", (".html", ".htm", ".xhtml")),
    Format("extract.readers.image:read_image", (".png",), (b"\x89PNG\r\n\x1a\n",)),
    Format("extract.readers.image:read_image", (".jpg", ".jpeg"), (b"\xff\xd8\xff",)),
    Format("extract.readers.image:read_image", (".tif", ".tiff"), (b"II*\x00", b"MM\x00*")),
)
# fmt: on
"""A new format is a module of this package and a line here."""
TEXT = FORMATS[0]
PDF = next(one for one in FORMATS if ".pdf" in one.suffixes)
HTML = next(one for one in FORMATS if ".html" in one.suffixes)


def suffixes() -> frozenset[str]:
    """Give the suffixes that are read, lower case with their dot.

    >>> sorted(suffixes() & {".txt", ".md", ".exe"})
    ['.md', '.txt']
    """
    return frozenset(suffix for one in FORMATS for suffix in one.suffixes)


def read_source(name: str, content: bytes, options: ReadOptions = DEFAULT_OPTIONS) -> Source:
    r"""Read a file with the reader of its format.

    ``name`` is the path of the file (``/`` between folders), ``content`` its bytes, ``options`` what was
    asked of the readers. Content decides before the suffix does: Word files that are web pages or plain
    text are read as what they are. Raises nothing for bad content: a file that no reader takes has the
    problem ``unsupported_format``.

    >>> read_source("plan.doc", "Kế hoạch".encode()).blocks[0].text
    'Kế hoạch'
    >>> read_source("plan.xyz", b"\x00\x01\x02").problems[0].code
    'unsupported_format'
    """
    found = find_format(name, content)
    if found is None:
        return Source("application/octet-stream", (), problems=(_unsupported(name),))
    return _load_reader(found.reader)(name, content, options)


def find_format(name: str, content: bytes) -> Format | None:
    r"""Say which format a file has, None when it is none that is read.

    >>> find_format("plan.txt", b"%PDF-1.7").suffixes
    ('.pdf',)
    >>> find_format("plan.xls", b"<html><table>").suffixes
    ('.html', '.htm', '.xhtml')
    """
    for one in FORMATS:
        if one.knows(content):
            return one
    start = content[:START_BYTES]
    # Without what tells that the page is UTF-16.
    if HTML_START.match(start.lstrip(b"\xff\xfe").replace(b"\x00", b"")):
        return HTML
    suffix = PurePosixPath(name).suffix.lower()
    by_suffix = next((one for one in FORMATS if suffix in one.suffixes), None)
    if by_suffix is not None and not by_suffix.signatures:
        return PDF if b"%PDF-" in start and b"\x00" in content[: 1 << 16] else by_suffix
    if b"%PDF-" in start:
        return PDF
    is_plain_text = import_module("extract.readers.text").is_plain_text
    return TEXT if is_plain_text(content) else by_suffix


def _load_reader(reader: str) -> Reader:
    module, _, function = reader.partition(":")
    loaded: Reader = getattr(import_module(module), function)
    return loaded


def _unsupported(name: str) -> ReadProblem:
    known = ", ".join(sorted(suffixes()))
    sort = f"A {suffix} file" if (suffix := PurePosixPath(name).suffix) else "A file without a suffix"
    message = f"{sort} cannot be read. Convert it to one of: {known}."
    return ReadProblem("unsupported_format", message, "error")
