"""The registry of formats: content decides before the suffix, and every format has a sample that is read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extract.doctor import list_ocr_languages
from extract.pipeline import extract_source
from extract.readers import FORMATS, find_format, read_source, suffixes
from extract.schema import Extraction

SAMPLES = Path(__file__).parent / "documents"
SHEETS = {".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv"}
RECOGNISED = {".png", ".jpg", ".jpeg", ".tif", ".tiff"}
CONVERTED = {".doc", ".odt", ".rtf"}
SAME_AS = {
    ".text": ".txt", ".markdown": ".md", ".docm": ".docx", ".dotx": ".docx", ".dotm": ".docx",
    ".dot": ".doc", ".wps": ".doc", ".ott": ".odt", ".xlsm": ".xlsx", ".htm": ".html", ".xhtml": ".html",
    ".mhtml": ".mht", ".jpeg": ".jpg", ".tif": ".tiff",
}  # fmt: skip
"""Other suffixes of files that are the same inside."""


def needed_program(suffix: str) -> str:
    """Say what is missing here to read a format; empty when nothing is."""
    if suffix in RECOGNISED and "vie" not in list_ocr_languages():
        return "tesseract with Vietnamese"
    return "LibreOffice" if suffix in CONVERTED and shutil.which("soffice") is None else ""


def read_sample(suffix: str) -> Extraction:
    path = SAMPLES / f"plan{suffix}"
    missing = needed_program(suffix)
    if missing:
        pytest.skip(f"{missing} is not installed")
    return extract_source(path.name, path.read_bytes())


def sampled_suffixes() -> list[str]:
    return sorted(suffix for suffix in suffixes() if suffix not in SAME_AS)


def test_every_format_has_a_sample() -> None:
    missing = [suffix for suffix in sampled_suffixes() if not (SAMPLES / f"plan{suffix}").exists()]
    assert not missing, "put the plan into tests/documents in these formats as well"


def test_every_suffix_stands_once() -> None:
    listed = [suffix for one in FORMATS for suffix in one.suffixes]
    assert len(listed) == len(set(listed))
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in listed)


@pytest.mark.parametrize("suffix", [s for s in sampled_suffixes() if s not in SHEETS])
def test_the_plan_gives_the_same_records_in_every_format(suffix: str) -> None:
    expected, found = read_sample(".txt"), read_sample(suffix)
    assert (found.document.kind, found.document.number, found.document.issued) == (
        "plan",
        "15/KH-UBND",
        "2026-03-02",
    )
    assert [task.text for task in found.tasks] == [task.text for task in expected.tasks]
    assert [(t.marker, t.group_path, t.lead, t.support, t.due_date) for t in found.tasks] == [
        (t.marker, t.group_path, t.lead, t.support, t.due_date) for t in expected.tasks
    ]
    assert [(i.name, i.comparator, i.value, i.unit, i.period) for i in found.indicators] == [
        (i.name, i.comparator, i.value, i.unit, i.period) for i in expected.indicators
    ]


@pytest.mark.parametrize("suffix", [s for s in sampled_suffixes() if s in SHEETS])
def test_its_annex_gives_the_same_records_as_a_sheet(suffix: str) -> None:
    whole, annex = read_sample(".txt"), read_sample(suffix)
    rows = [task for task in whole.tasks if task.origin == "table_row"]
    assert rows
    assert [(t.text, t.lead, t.support, t.due_date) for t in annex.tasks] == [
        (t.text, t.lead, t.support, t.due_date) for t in rows
    ]


@pytest.mark.parametrize("suffix", sampled_suffixes())
@pytest.mark.parametrize("name", ["plan", "plan.bin", "plan.txt", "plan.DOC"])
def test_content_decides_before_the_suffix(suffix: str, name: str) -> None:
    if suffix in {".txt", ".md", ".csv", ".tsv"}:
        pytest.skip("plain text is told by its suffix")
    content = (SAMPLES / f"plan{suffix}").read_bytes()
    found = find_format(name, content)
    assert found is not None
    assert suffix in found.suffixes


@pytest.mark.parametrize(
    ("name", "content", "suffix"),
    [
        ("a.doc", "Kế hoạch trồng cây".encode(), ".txt"),
        ("a.doc", b"<html><body>K</body></html>", ".html"),
        ("a.xls", b"\xef\xbb\xbf \n<!DOCTYPE html><table>", ".html"),
        ("a.txt", "<html><head>".encode("utf-16"), ".html"),
        ("a.txt", b"{\\rtf1 K}", ".rtf"),
        ("a.doc", b"\n\n%PDF-1.4\x00", ".pdf"),
        ("a.csv", b"a;b\n1;2\n", ".csv"),
        ("a.html", "<p>Kế hoạch</p>".encode(), ".html"),
        ("a.md", b"# html\n<b>K</b>", ".md"),
    ],
)
def test_files_are_read_as_what_they_are(name: str, content: bytes, suffix: str) -> None:
    found = find_format(name, content)
    assert found is not None
    assert suffix in found.suffixes


def test_what_no_reader_takes_is_named() -> None:
    source = read_source("a.exe", b"MZ\x00\x01\x02")
    assert [(problem.code, problem.severity) for problem in source.problems] == [
        ("unsupported_format", "error")
    ]
    assert ".pdf" in source.problems[0].message
    assert find_format("a.exe", b"MZ\x00\x01\x02") is None


@pytest.mark.parametrize("suffix", sorted(suffixes()))
@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 64, b"PK\x03\x04broken", b"%PDF-1.7\n%%EOF", b"<", b"\xff\xd8\xff"]
)
def test_broken_files_of_every_suffix_end_in_a_problem(suffix: str, content: bytes) -> None:
    extraction = extract_source(f"a{suffix}", content)
    assert extraction.document.status in ("failed", "ok"), extraction.problems
    assert extraction.problems or extraction.document.status == "ok"
    assert all(problem.code != "internal_error" for problem in extraction.problems)
