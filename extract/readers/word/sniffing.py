"""What a file really is: many ``.doc`` files are web pages, RTF or plain text under another name."""

from __future__ import annotations

import io
import re
import struct
import zipfile

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
OLE_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("MatOST", "wps"),
    ("CONTENTS", "wps"),
)
"""Streams of an OLE container ([MS-CFB]) and what they tell of it, the telling ones first."""
WORD_SIGNATURES = (b"\xec\xa5", b"\xdc\xa5")
"""First bytes of the stream of Word 97 and later, and of Word 6 and 95 ([MS-DOC] 2.5.2, wIdent)."""
SECTOR_BYTES = 512
FLAGS_OFFSET, ENCRYPTED_FLAG = 10, 0x0100
"""Bit ``fEncrypted`` of the flags in the file information block ([MS-DOC] 2.5.2)."""
PDF_SEARCH_BYTES = 1024
HEAD_BYTES = 4096
MAX_MEMBERS = 10_000
HTML = re.compile(
    rb"<(?:!doctype\s{1,9}html|html|head|body|meta|title|table|div|p|span|style|script)[\s>]", re.IGNORECASE
)
WORD_XML = re.compile(rb"<(?:w:wordDocument|pkg:package)[\s>]")
MHTML = re.compile(rb"(?:\A|\n)mime-version:\s", re.IGNORECASE)
NULS = b"\0"


def sniff(content: bytes) -> str:
    r"""Say what a file is by its content, whatever it is called.

    Gives ``doc``, ``docx``, ``odt``, ``rtf``, ``wordxml`` (a Word document as one XML file), ``wps``,
    ``html``, ``mhtml`` (a web page saved as one file), ``xls``, ``ppt``, ``pdf``, ``zip`` (any other archive
    of that form), ``encrypted`` (an Office document with a password), ``text`` or ``unknown``.

    >>> sniff(b"{\\rtf1 x}"), sniff(b"<html><body>"), sniff("Kế hoạch".encode()), sniff(b"\x00\x01\x02")
    ('rtf', 'html', 'text', 'unknown')
    """
    head = content[:HEAD_BYTES]
    if content.startswith(OLE_SIGNATURE):
        return _sniff_container(content)
    if content.startswith(ZIP_SIGNATURES):
        return _sniff_archive(content)
    if content[:SECTOR_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return "rtf"
    if b"%PDF-" in content[:PDF_SEARCH_BYTES]:
        return "pdf"
    if content.startswith(WORD_SIGNATURES):
        return "doc"
    plain = head.replace(NULS, b"") if NULS in head[:4] else head
    if WORD_XML.search(plain):
        return "wordxml"
    if MHTML.search(plain):
        return "mhtml"
    if HTML.search(plain):
        return "html"
    return "text" if _is_text(head) else "unknown"


def is_encrypted_word(content: bytes) -> bool:
    """Say whether a document of Word 6 to 2003 is locked with a password.

    The file information block stands at the start of a sector of the container.
    """
    for signature in WORD_SIGNATURES:
        at = content.find(signature, SECTOR_BYTES)
        while at >= 0 and at % SECTOR_BYTES:
            at = content.find(signature, at + 1)
        if at >= 0 and at + FLAGS_OFFSET + 2 <= len(content):
            (flags,) = struct.unpack_from("<H", content, at + FLAGS_OFFSET)
            return bool(flags & ENCRYPTED_FLAG)
    return False


def _sniff_container(content: bytes) -> str:
    for name, sort in OLE_STREAMS:
        if name.encode("utf-16-le") + b"\0\0" in content:
            return sort
    return "unknown"


def _sniff_archive(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {info.filename.replace("\\", "/").lower() for info in archive.infolist()[:MAX_MEMBERS]}
            if "mimetype" in names and "content.xml" in names:
                with archive.open("mimetype") as stream:
                    sort = stream.read(HEAD_BYTES)
                return "odt" if sort.startswith(b"application/vnd.oasis.opendocument.text") else "zip"
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        # All that zipfile raises for damaged archives.
        return "docx" if b"word/document.xml" in content else "zip"
    is_word = "[content_types].xml" in names and any(name.startswith("word/") for name in names)
    return "docx" if is_word or "word/document.xml" in names else "zip"


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return bool(head.strip()) and NULS not in head and not any(byte < 9 or 13 < byte < 27 for byte in head)
