"""Text files of every encoding give the same text; bad ones give a problem and no exception."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.readers import read_source, suffixes
from extract.readers.text import MAX_TEXT_BYTES, is_plain_text, read_text
from extract.spans import Source

DOCUMENTS = Path(__file__).parent / "documents"
ENCODED = sorted(path.name for path in DOCUMENTS.glob("plan_*.txt"))


def read(name: str) -> Source:
    return read_source(name, (DOCUMENTS / name).read_bytes())


def codes(source: Source) -> list[str]:
    return [problem.code for problem in source.problems]


def test_there_is_a_document_in_every_encoding() -> None:
    assert len(ENCODED) == 10


@pytest.mark.parametrize("name", ENCODED)
def test_every_encoding_gives_the_same_text(name: str) -> None:
    expected = (DOCUMENTS / "plan_utf8.txt").read_text(encoding="utf-8")
    source = read(name)
    text = source.blocks[0].text
    if "tcvn3" in name:  # it has no capital letters with tones
        expected = expected.replace("Ủy", "ủy")
    assert text == expected
    assert [block.kind for block in source.blocks] == ["lines"]
    is_legacy = not name.startswith(("plan_utf8.", "plan_utf8_bom", "plan_utf16"))
    assert codes(source) == (["legacy_encoding"] if is_legacy else [])


@pytest.mark.parametrize(("name", "encoding"), [("plan_vni.txt", "vni"), ("plan_viscii.txt", "viscii")])
def test_the_problem_names_the_encoding(name: str, encoding: str) -> None:
    problem = read(name).problems[0]
    assert encoding in problem.message
    assert problem.severity == "warning"


@pytest.mark.parametrize(
    ("name", "code"),
    [("empty.txt", "empty_file"), ("pdf_named.txt", "binary_content")],
)
def test_unreadable_files(name: str, code: str) -> None:
    source = read_text(name, (DOCUMENTS / name).read_bytes())
    assert codes(source) == [code]
    assert source.problems[0].severity == "error"
    assert source.blocks == ()


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04rest of a zip",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....",
        b"\x89PNG\r\n\x1a\n....",
        b"\xff\xd8\xff\xe0..JFIF",
        bytes(1000),
        bytes(range(256)) * 40,
    ],
)
def test_binary_content_under_a_text_suffix(content: bytes) -> None:
    source = read_text("scan.txt", content)
    assert codes(source) == ["binary_content"]
    assert source.blocks == ()


@pytest.mark.parametrize("content", [b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", "\ufeff\n".encode()])
def test_white_space_is_no_text(content: bytes) -> None:
    assert codes(read_source("a.txt", content)) == ["empty_file"]


def test_zero_bytes_are_dropped() -> None:
    source = read("zero_bytes.txt")
    assert source.blocks[0].text == "Kế hoạch năm 2031\n"
    assert codes(source) == ["control_characters"]


def test_lone_surrogates_are_marked() -> None:
    source = read("lone_surrogate.txt")
    assert source.blocks[0].text == "Kế hoạch \ufffd năm 2031\n"
    assert codes(source) == ["undecodable_bytes"]


def test_line_breaks_become_line_feeds() -> None:
    text = "một\r\nhai\rba\u2028bốn\u2029năm\x85sáu\fbảy\vtám\n\nchín"
    assert read_text("a.txt", text.encode()).blocks[0].text == "một\nhai\nba\nbốn\nnăm\nsáu\nbảy\ntám\n\nchín"


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.txt", "text/plain"),
        ("a.md", "text/markdown"),
        ("tệp/A.MARKDOWN", "text/markdown"),
        ("a.log", "text/plain"),
    ],
)
def test_media_type(name: str, media_type: str) -> None:
    assert read_source(name, "Kế hoạch".encode()).media_type == media_type


def test_a_text_over_the_limit_is_refused() -> None:
    source = read_text("a.txt", bytes(MAX_TEXT_BYTES + 1))
    assert codes(source) == ["too_large"]
    assert source.blocks == ()


@pytest.mark.parametrize(("name", "content"), [("a.xyz", b"\x00\x01"), ("a", b"\x7fELF\x02"), ("a.exe", b"")])
def test_unknown_formats(name: str, content: bytes) -> None:
    source = read_source(name, content)
    assert codes(source) == ["unsupported_format"]
    assert source.problems[0].severity == "error"


def test_registry() -> None:
    assert {".txt", ".text", ".md", ".markdown"} <= suffixes()
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in suffixes())


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Kế hoạch".encode(), True),
        ("Kế hoạch".encode("utf-16"), True),
        (b"", False),
        (b"a\x00b", False),
        (b"\xff", False),
    ],
)
def test_plain_text_is_told_by_content(content: bytes, expected: bool) -> None:
    assert is_plain_text(content) is expected


def test_a_line_of_fifty_megabytes_takes_seconds() -> None:
    line = "Giao Sở Y tế chủ trì thực hiện chỉ tiêu 95,5% đến năm 2031; ".encode()
    content = line * (50_000_000 // len(line))
    started = time.perf_counter()
    source = read_source("a.txt", content)
    assert time.perf_counter() - started < 15
    assert len(source.blocks[0].text.encode()) == len(content)


@given(st.binary(max_size=400))
def test_any_bytes_give_a_source(content: bytes) -> None:
    source = read_source("a.txt", content)
    assert source.blocks or any(problem.severity == "error" for problem in source.problems)
    for block in source.blocks:
        block.text.encode("utf-8")
        assert "\x00" not in block.text
        assert "\r" not in block.text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_utf8_is_never_taken_for_another_encoding(text: str) -> None:
    source = read_source("a.md", ("Kế hoạch " + text).encode())
    assert not any("tcvn3 (" in problem.message for problem in source.problems)
    assert "undecodable_bytes" not in codes(source)
