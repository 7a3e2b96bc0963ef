"""DOC, ODT and RTF give the same source as DOCX; what LibreOffice cannot do costs one document only."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from word_files import build_docx, paragraph

from extract.readers import office
from extract.readers.docx import read_docx
from extract.readers.office import convert_batch, prepare, read_doc, read_odt, read_rtf
from extract.readers.word import conversion
from extract.spans import ReadOptions, ReadProblem, Source

DOCUMENTS = Path(__file__).parent / "documents"
WITHOUT_OCR = ReadOptions(ocr="never")
needs_libreoffice = pytest.mark.skipif(
    conversion.find_program() is None, reason="LibreOffice is not installed"
)
posix_only = pytest.mark.skipif(os.name != "posix", reason="the stand-ins for soffice are shell scripts")
ODT = "application/vnd.oasis.opendocument.text"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sample(suffix: str) -> bytes:
    return (DOCUMENTS / f"plan_word.{suffix}").read_bytes()


def opendocument(*members: tuple[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, content in {"mimetype": ODT, "content.xml": "<x/>", **dict(members)}.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def codes(source: Source) -> list[str]:
    return [problem.code for problem in source.problems]


@pytest.fixture(autouse=True)
def _nothing_prepared() -> Iterator[None]:
    office._prepared.clear()
    yield
    office._prepared.clear()


# Without LibreOffice


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\x00\x01", "corrupt_file"),
        (OLE + bytes(100), "corrupt_file"),
        (b"<html><p>x", "wrong_format"),
        ("Kế hoạch".encode(), "wrong_format"),
        (b"%PDF-1.4", "wrong_format"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(9), "encrypted_file"),
    ],
)
def test_content_that_is_not_given_to_libreoffice(
    content: bytes, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversion, "find_program", lambda: pytest.fail("LibreOffice was asked for"))
    for source in (read_doc("a.doc", content), read_odt("a.odt", content), read_rtf("a.rtf", content)):
        assert codes(source) == [code]
        assert source.problems[0].severity == "error"
        assert source.blocks == ()


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.doc", "application/msword"),
        ("A.DOT", "application/msword"),
        ("a.odt", ODT),
        ("a.ott", ODT),
        ("a.rtf", "application/rtf"),
        ("a.wps", "application/vnd.ms-works"),
        ("a", "application/msword"),
    ],
)
def test_the_media_type_of_what_cannot_be_read_is_that_of_its_name(name: str, media_type: str) -> None:
    assert read_doc(name, b"").media_type == media_type


def test_a_docx_named_doc_is_read_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "find_program", lambda: pytest.fail("LibreOffice was asked for"))
    assert read_doc("a.doc", sample("docx")) == read_docx("a.doc", sample("docx"))


def test_a_missing_program_is_told_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "find_program", lambda: None)
    source = read_doc("a.doc", sample("doc"))
    assert codes(source) == ["missing_program"]
    assert "install" in source.problems[0].message.lower()


def test_the_program_is_found_off_the_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("")
    monkeypatch.setattr(conversion.shutil, "which", lambda _: None)
    monkeypatch.setattr(conversion, "USUAL_PLACES", (str(tmp_path / "absent"), str(program)))
    assert conversion.find_program() == str(program)
    monkeypatch.setattr(conversion, "USUAL_PLACES", ())
    assert conversion.find_program() is None


def test_a_locked_opendocument() -> None:
    content = opendocument(("META-INF/manifest.xml", "<m:encryption-data/>"))
    assert codes(read_odt("a.odt", content)) == ["encrypted_file"]


def test_an_opendocument_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.readers.word.package.MAX_PART_BYTES", 10_000)
    content = opendocument(("content.xml", "a" * 20_000))
    assert codes(read_odt("a.odt", content)) == ["too_large"]


def test_a_file_over_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "MAX_FILE_BYTES", 10)
    assert codes(read_rtf("a.rtf", b"{\\rtf1 too long}")) == ["too_large"]


# Stand-ins for LibreOffice: what happens when it dies, hangs or gives nothing

SCRIPT = """#!{python}
import sys, time, pathlib, os
arguments = sys.argv[1:]
output = pathlib.Path(arguments[arguments.index("--outdir") + 1])
files = [pathlib.Path(a) for a in arguments[arguments.index("--outdir") + 2:]]
with open({log!r}, "a") as log:
    log.write(str(len(files)) + "\\n")
for path in files:
    content = path.read_bytes()
    if b"DIES" in content:
        os._exit(81)
    if b"HANGS" in content:
        time.sleep(60)
    if b"FAILS" not in content:
        (output / (path.stem + ".docx")).write_bytes(b"docx of " + content)
"""


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in the place of LibreOffice; the file holds how many documents each run was given."""
    log, program = tmp_path / "log", tmp_path / "soffice"
    program.write_text(SCRIPT.format(python=sys.executable, log=str(log)))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(conversion, "find_program", lambda: str(program))
    monkeypatch.setattr(conversion, "START_SECONDS", 2)
    monkeypatch.setattr(conversion, "DOCUMENT_SECONDS", 0)
    return log


def rtf(word: str) -> bytes:
    return b"{\\rtf1 " + word.encode() + b"}"


def outcome(results: list[bytes | ReadProblem]) -> list[str]:
    return ["ok" if isinstance(result, bytes) else result.code for result in results]


@posix_only
@pytest.mark.parametrize(
    ("words", "expected", "runs"),
    [
        (["a", "b", "c"], ["ok", "ok", "ok"], ["3"]),
        (["a", "FAILS", "c"], ["ok", "conversion_failed", "ok"], ["3"]),
        (["a", "DIES", "c"], ["ok", "conversion_failed", "ok"], ["3", "1", "1"]),
        (["a", "HANGS", "c"], ["ok", "timeout", "ok"], ["3", "1", "1"]),
        (["HANGS"], ["timeout"], ["1"]),
        ([], [], []),
    ],
)
def test_a_bad_document_costs_itself_only(
    stand_in: Path, words: list[str], expected: list[str], runs: list[str]
) -> None:
    results = convert_batch([(f"{word}.rtf", rtf(word)) for word in words])
    assert outcome(results) == expected
    assert [r for r in results if isinstance(r, bytes)] == [
        b"docx of " + rtf(word) for word, e in zip(words, expected, strict=True) if e == "ok"
    ]
    assert (stand_in.read_text().split() if stand_in.exists() else []) == runs


@posix_only
def test_what_hangs_is_ended_in_time_and_nothing_is_left(
    stand_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    started = time.perf_counter()
    convert_batch([("a.rtf", rtf("HANGS"))])
    assert time.perf_counter() - started < 20
    assert list((tmp_path / "temporary").iterdir()) == []
    found = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=False).stdout
    assert str(tmp_path / "soffice") not in found


@posix_only
def test_prepared_documents_are_converted_at_once_and_used_once(stand_in: Path) -> None:
    files = [("a.rtf", rtf("a")), ("b.pdf", b"%PDF-1.4"), ("c.rtf", rtf("FAILS")), ("d.rtf", rtf("a"))]
    prepare(files)
    prepare(files)
    assert stand_in.read_text().split() == ["2"]
    assert codes(read_rtf("c.rtf", rtf("FAILS"))) == ["conversion_failed"]
    assert codes(read_rtf("a.rtf", rtf("a"))) == ["corrupt_file"]
    assert stand_in.read_text().split() == ["2"]
    assert codes(read_rtf("c.rtf", rtf("FAILS"))) == ["conversion_failed"]
    assert stand_in.read_text().split() == ["2", "1"]


@posix_only
def test_what_is_kept_is_bounded(stand_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "MAX_PREPARED", 2)
    prepare([(f"{n}.rtf", rtf(f"{n}")) for n in range(5)])
    assert len(office._prepared) == 2
    monkeypatch.setattr(office, "MAX_PREPARED_BYTES", 5)
    prepare([("x.rtf", rtf("x"))])
    assert len(office._prepared) == 0


@posix_only
def test_an_output_over_the_limit_is_none(stand_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "MAX_OUTPUT_BYTES", 5)
    assert outcome(convert_batch([("a.rtf", rtf("a"))])) == ["conversion_failed"]


# With LibreOffice


@needs_libreoffice
def test_all_formats_give_the_same_blocks() -> None:
    expected = read_docx("a.docx", sample("docx"))
    assert expected.blocks[8].text == "I. MỤC TIÊU"
    files = [(f"a.{suffix}", sample(suffix)) for suffix in ("doc", "odt", "rtf")]
    prepare(files)
    assert len(office._prepared) == 3
    for name, content in files:
        source = read_doc(name, content, WITHOUT_OCR)
        assert source.blocks == expected.blocks, name
        assert source.problems == ()
        assert source.media_type == office.MEDIA_TYPES[name[2:]]


@needs_libreoffice
def test_a_document_under_another_name_is_read_as_what_it_is() -> None:
    source = read_doc("a.doc", rb"{\rtf1\ansi\pard R\u224 ? so\u225 ?t kho\par}")
    assert source.media_type == "application/rtf"
    assert [block.text for block in source.blocks] == ["Rà soát kho"]


@needs_libreoffice
def test_a_damaged_document_does_not_spoil_the_others() -> None:
    results = convert_batch(
        [("a.doc", sample("doc")), ("b.doc", sample("doc")[:3000]), ("c.rtf", sample("rtf"))]
    )
    assert isinstance(results[0], bytes)
    assert isinstance(results[1], ReadProblem)
    assert isinstance(results[2], bytes)


@needs_libreoffice
def test_the_same_document_gives_the_same_source_each_time() -> None:
    assert read_rtf("a.rtf", sample("rtf")) == read_rtf("b.rtf", sample("rtf"))


class _Ear(BaseHTTPRequestHandler):
    """Notes every request that reaches the machine."""

    heard: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.heard.append(self.path)
        self.send_response(404)
        self.end_headers()

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep the output of the tests clean."""


@needs_libreoffice
def test_a_document_reaches_no_network() -> None:
    _Ear.heard.clear()
    server = HTTPServer(("127.0.0.1", 0), _Ear)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    picture = f'{{\\field{{\\*\\fldinst INCLUDEPICTURE "{address}/p.png" \\\\d}}{{\\fldrslt ảnh}}}}'
    linked = f'{{\\field{{\\*\\fldinst INCLUDETEXT "{address}/t.doc"}}{{\\fldrslt chữ}}}}'
    content = "{\\rtf1\\ansi\\pard Ra soat " + picture + linked + "\\par}"
    try:
        source = read_rtf("a.rtf", content.encode("ascii", "ignore"))
    finally:
        server.shutdown()
        server.server_close()
    assert source.blocks
    assert _Ear.heard == []


def test_scans_in_older_documents_go_the_same_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "convert_batch", lambda files: [build_docx(paragraph("Một")) for _ in files])
    source = read_doc("a.doc", sample("doc"))
    assert [block.text for block in source.blocks] == ["Một"]
    assert source.media_type == "application/msword"
