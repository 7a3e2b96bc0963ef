"""What a file really is, whatever its name says."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from extract.readers.office import read_doc, sniff
from extract.readers.word.sniffing import OLE_SIGNATURE, is_encrypted_word

DOCUMENTS = Path(__file__).parent / "documents"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def sample(suffix: str) -> bytes:
    return (DOCUMENTS / f"plan_word.{suffix}").read_bytes()


def archive(*members: tuple[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, content in members:
            packed.writestr(name, content)
    return buffer.getvalue()


def container(stream: str) -> bytes:
    """A file that begins as an OLE container and names a stream somewhere."""
    return OLE_SIGNATURE + bytes(600) + stream.encode("utf-16-le") + bytes(9)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"{\\rtf1\\ansi x}", "rtf"),
        (b"\xef\xbb\xbf\r\n {\\rtf1 x}", "rtf"),
        (b"<html><body><p>a", "html"),
        (b"\r\n<!DOCTYPE html PUBLIC>", "html"),
        ("<HTML xmlns:o='urn'>".encode("utf-16"), "html"),
        (b'<?xml version="1.0"?><w:wordDocument xmlns:w="x">', "wordxml"),
        (b'<?xml version="1.0"?><pkg:package xmlns:pkg="x">', "wordxml"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n<html>", "mhtml"),
        ("Kế hoạch năm 2031".encode(), "text"),
        ("Kế hoạch".encode("utf-16"), "text"),
        (b"%PDF-1.7", "pdf"),
        (b"\x00\x01\x02", "unknown"),
        (b"", "unknown"),
        (OLE_SIGNATURE + bytes(600), "unknown"),
        (container("WordDocument"), "doc"),
        (container("Workbook"), "xls"),
        (container("PowerPoint Document"), "ppt"),
        (container("EncryptedPackage"), "encrypted"),
        (b"\xec\xa5\xc1\x00" + bytes(600), "doc"),
        (archive(("mimetype", ODT), ("content.xml", "<x/>")), "odt"),
        (archive(("mimetype", ODS), ("content.xml", "<x/>")), "zip"),
        (archive(("word/document.xml", "<x/>")), "docx"),
        (archive(("[Content_Types].xml", "<x/>"), ("word/document2.xml", "<x/>")), "docx"),
        (archive(("[Content_Types].xml", "<x/>"), ("xl/workbook.xml", "<x/>")), "zip"),
        (archive(("readme.txt", "x")), "zip"),
        (b"PK\x03\x04 cut in the middle", "zip"),
        (b"PK\x03\x04 word/document.xml cut", "docx"),
    ],
)
def test_sniffing(content: bytes, expected: str) -> None:
    assert sniff(content) == expected


@pytest.mark.parametrize("suffix", ["doc", "docx", "odt", "rtf"])
def test_sniffing_of_whole_files(suffix: str) -> None:
    assert sniff(sample(suffix)) == suffix


def encrypted(content: bytes) -> bytes:
    """A copy of a DOC file whose file information block says that it is locked."""
    at = content.find(b"\xec\xa5", 512)
    changed = bytearray(content)
    changed[at + 11] |= 1
    return bytes(changed)


def test_a_locked_document_of_word_97() -> None:
    assert not is_encrypted_word(sample("doc"))
    assert is_encrypted_word(encrypted(sample("doc")))
    source = read_doc("a.doc", encrypted(sample("doc")))
    assert [problem.code for problem in source.problems] == ["encrypted_file"]
    assert source.media_type == "application/msword"


@pytest.mark.parametrize(
    "content", [b"", b"\xec\xa5", bytes(1024) + b"\xec\xa5", bytes(700) + b"\xec\xa5" * 99]
)
def test_a_container_too_short_to_be_locked(content: bytes) -> None:
    assert not is_encrypted_word(content)
