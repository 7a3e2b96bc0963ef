"""Bad workbooks: a problem, the part that can be read, and a bound on time and size."""

from __future__ import annotations

import io
import random
import time
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from extract.readers.sheets import grid, package
from extract.readers.spreadsheet import MAX_BINARY_BYTES, XLS, read_spreadsheet
from extract.spans import Source
from tests.sheets import (
    build_ods,
    build_package,
    build_raw_workbook,
    build_workbook,
    codes,
    outline,
    sheet_xml,
)

SAMPLES = Path(__file__).parent / "documents"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECONDS = 30
needs_xlrd = pytest.mark.skipif(find_spec("xlrd") is None, reason="the library xlrd is not installed")


def read(content: bytes, name: str = "a.xlsx") -> Source:
    begin = time.monotonic()
    source = read_spreadsheet(name, content)
    assert time.monotonic() - begin < SECONDS
    return source


def failure(source: Source) -> str:
    """The code of the one error of a file that was not read."""
    assert not source.blocks
    (code,) = [problem.code for problem in source.problems if problem.severity == "error"]
    return code


def test_a_short_bound_cuts_rows_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MAX_ROWS", 3)
    rows = [("STT", "Việc", "Hạn"), *((number, "Việc", 2026) for number in range(1, 9))]
    source = read(build_workbook(rows))
    assert outline(source) == ["3 x 3"]
    assert codes(source) == ["rows_cut"]
    assert "behind the 3 " in source.problems[0].message


def test_merges_behind_the_bound_are_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MAX_ROWS", 2)
    rows = "".join(f"<row><c><v>{n}</v></c><c><v>1</v></c><c><v>1</v></c></row>" for n in range(5))
    merges = '<mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>'
    (table,) = read(build_raw_workbook(sheet_xml(rows, behind=merges))).blocks
    assert (table.merged[0].rows, len(table.rows)) == (2, 2)


def test_columns_beyond_the_bound_are_counted() -> None:
    row = "<row>" + "<c><v>5</v></c>" * 16_384 + "</row>"
    source = read(build_raw_workbook(sheet_xml(row * 3)))
    assert outline(source) == [f"3 x {grid.MAX_COLUMNS}"]
    assert codes(source) == ["rows_cut"]
    assert f"{3 * (16_384 - grid.MAX_COLUMNS):,} cells" in source.problems[0].message


def test_a_hundred_thousand_formatted_rows_are_no_text() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(2, 100_000))
    source = read(build_raw_workbook(sheet_xml("<row><c><v>7</v></c></row>" + rows)))
    assert outline(source) == ["7"]
    assert codes(source) == []


def test_a_bomb_is_read_up_to_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_MEMBER_BYTES", 1 << 20)
    first = '<row><c t="inlineStr"><is><t>PHỤ LỤC</t></is></c></row>'
    source = read(build_raw_workbook(sheet_xml(first + "<row/>" * (1 << 20))))
    assert outline(source) == ["PHỤ LỤC"]
    assert codes(source) == ["rows_cut"]
    assert failure(read(build_raw_workbook(b"<worksheet>" + b" " * (1 << 22)))) == "too_large"


def test_tags_are_bounded_over_all_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_TAGS", 10_000)
    assert failure(read(build_raw_workbook(b"<worksheet>" + b"<x/>" * 100_000))) == "too_large"


def test_one_long_text_named_by_every_cell_is_cut() -> None:
    rows = ("<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>") * 100
    strings = f"<sst><si><t>{'ă' * 32_000}</t></si></sst>"
    source = read(build_raw_workbook(sheet_xml(rows), sharedStrings=strings))
    assert codes(source) == ["rows_cut"]
    assert sum(len(cell) for block in source.blocks for row in block.rows for cell in row) < 5_000_000


@pytest.mark.parametrize(
    "behind",
    [
        "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 20_000 + "</mergeCells>",
        "<mergeCells>"
        + "".join(f'<mergeCell ref="A{n}:XFD{n + 3000}"/>' for n in range(1, 20_000))
        + "</mergeCells>",
        '<mergeCells><mergeCell ref="B9:A1"/><mergeCell ref=""/><mergeCell ref="A1"/></mergeCells>',
    ],
)
def test_merges_that_lie_over_each_other(behind: str) -> None:
    rows = '<row r="1"><c><v>1</v></c></row><row r="1000000"><c><v>2</v></c></row>'
    assert "1" in outline(read(build_raw_workbook(sheet_xml(rows, behind=behind))))


def test_places_that_are_none_are_counted_on() -> None:
    rows = '<row r="0"><c r="A0"><v>1</v></c></row><row r="x"><c r="@1"><v>2</v></c></row><c><v>3</v></c>'
    assert outline(read(build_raw_workbook(sheet_xml(rows)))) == ["1", "2. 3"]


def test_endless_hidden_columns() -> None:
    columns = "<cols>" + '<col min="1" max="999999999" hidden="1"/>' * 10_000 + "</cols>"
    source = read(build_raw_workbook(sheet_xml("<row><c><v>1</v></c></row>", before=columns)))
    assert failure(source) == "empty_file"
    assert "hidden_cells" in codes(source)


@pytest.mark.parametrize(
    "declared", ['<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">', '<!ENTITY b SYSTEM "file:///etc/passwd">']
)
def test_entities_are_refused(declared: str) -> None:
    body = sheet_xml('<row><c t="inlineStr"><is><t>&b;</t></is></c></row>')
    assert failure(read(build_raw_workbook(f"<!DOCTYPE x [{declared}]>{body}"))) == "corrupt_file"


CELL = '<table:table-cell table:number-columns-repeated="999999999"><text:p>x</text:p></table:table-cell>'
ENDLESS_ROW = f'<table:table-row table:number-rows-repeated="999999999">{CELL}</table:table-row>'
HIDDEN_ROW = '<table:table-row table:number-rows-repeated="999999999" table:visibility="collapse"/>'


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f"<table:table>{ENDLESS_ROW * 100}</table:table>", ["rows_cut"]),
        (f"<table:table>{ENDLESS_ROW}</table:table>" * 1000, ["rows_cut"]),
        (f"<table:table>{HIDDEN_ROW * 10_000}</table:table>", ["empty_file"]),
    ],
)
def test_endless_rows_of_opendocument(body: str, found: list[str]) -> None:
    assert codes(read(build_ods(body), "a.ods")) == found


@pytest.mark.parametrize("suffix", ["xlsx", "ods", pytest.param("xls", marks=needs_xlrd)])
def test_truncated_files(suffix: str) -> None:
    content = (SAMPLES / f"annex.{suffix}").read_bytes()
    for share in (0.02, 0.3, 0.6, 0.95):
        assert failure(read(content[: int(len(content) * share)])) in ("corrupt_file", "empty_file")


@pytest.mark.parametrize("suffix", ["xlsx", "ods", pytest.param("xls", marks=needs_xlrd)])
def test_damaged_files_never_raise(suffix: str) -> None:
    content = (SAMPLES / f"annex.{suffix}").read_bytes()
    chance = random.Random(11)
    for _ in range(100):
        damaged = bytearray(content)
        for _ in range(20):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        source = read(bytes(damaged))
        assert source.blocks or failure(source)


def test_damaged_members_are_told(tmp_path: Path) -> None:
    members = {}
    with zipfile.ZipFile(io.BytesIO((SAMPLES / "annex.xlsx").read_bytes())) as book:
        members = {name: book.read(name) for name in book.namelist()}
    half = members["xl/worksheets/sheet1.xml"]
    source = read(build_package(members | {"xl/worksheets/sheet1.xml": half[: len(half) * 2 // 3]}))
    assert source.blocks
    assert "damaged_sheet" in codes(source)
    assert failure(read(build_package(members | {"xl/workbook.xml": b"<workbook"}))) == "corrupt_file"
    assert (
        failure(read(build_package(members | {"xl/workbook.xml": b'<?xml encoding="U_F-8"?>'})))
        == "corrupt_file"
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (build_workbook([()]), "empty_file"),
        (COMPOUND + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted_file"),
        (build_package({"a.txt": b"x"}), "corrupt_file"),
        (build_package({"xl/workbook.bin": b"x"}), "unsupported_format"),
        (b"PK\x03\x04 no package", "corrupt_file"),
        (b"\x00\x01\x02\x03" * 50, "corrupt_file"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "unsupported_format",
        ),
    ],
)
def test_what_is_no_workbook(content: bytes, code: str) -> None:
    source = read(content, "a.xls")
    assert failure(source) == code
    assert source.problems[-1].message.endswith(".")


def test_locked_opendocument_is_told() -> None:
    manifest = '<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    content = build_package({"content.xml": b"\x00\x01", "META-INF/manifest.xml": manifest})
    assert failure(read(content, "a.ods")) == "encrypted_file"


@needs_xlrd
def test_binary_workbooks_that_are_none() -> None:
    assert failure(read(COMPOUND + bytes(4096), "a.xls")) == "corrupt_file"
    source = read(COMPOUND + bytes(MAX_BINARY_BYTES), "a.xls")
    assert (failure(source), source.media_type) == ("too_large", XLS)


@needs_xlrd
def test_sectors_in_a_ring_end() -> None:
    content = bytearray((SAMPLES / "annex.xls").read_bytes())
    table = 512 * (1 + int.from_bytes(content[60:64], "little"))
    content[table : table + 8] = (1).to_bytes(4, "little") + (0).to_bytes(4, "little")
    assert failure(read(bytes(content), "a.xls")) == "corrupt_file"


def test_the_same_bytes_give_the_same_source() -> None:
    content = (SAMPLES / "annex.xlsx").read_bytes()
    assert read(content) == read(content)


def test_text_and_web_pages_named_as_workbooks_are_read() -> None:
    source = read("STT;Việc;Hạn\n1;Rà soát;2026\n".encode(), "a.xls")
    assert outline(source) == ["2 x 3"]
    page = read(
        b"<html><body><p>PH\xe1\xbb\xa4 L\xe1\xbb\xa4C k\xe1\xba\xbf ho\xe1\xba\xa1ch</p></body></html>",
        "a.xls",
    )
    assert page.media_type == "text/html"
