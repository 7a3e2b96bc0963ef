"""Every format of the dataset, and the description that goes with it."""

import json
from pathlib import Path

import duckdb
import frictionless
import openpyxl
import pytest
from dataset_folders import names, plan, rows, write
from stub_pipeline import extract_stub

from extract import schema
from extract.dataset.package import FOREIGN_KEYS, PRIMARY_KEYS, UNITS, build_schema
from extract.dataset.tables import COLUMNS
from extract.dataset.writers import FORMATS, parse_formats
from extract.errors import UsageError


def test_jsonl_keeps_types_and_nulls(tmp_path):
    folder = write(tmp_path / "out", plan(), formats=("jsonl",))
    lines = (folder / "indicators.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["value"] for line in lines] == [86.5, 149]
    assert '"value":149,' in lines[1]
    task = json.loads((folder / "tasks.jsonl").read_text("utf-8").splitlines()[1])
    assert (task["text"], task["support"]) == ("=HYPERLINK(1)", ["Sở Tài chính", "Sở Nội vụ"])
    assert (task["page"], task["start_date"]) == (None, None)


def test_xlsx_holds_text_not_formulas_nor_links(tmp_path):
    text = "Nhiệm vụ\n=1+1\nhttps://example.org\n007\n"
    folder = write(tmp_path / "out", plan(text), formats=("xlsx",))
    book = openpyxl.load_workbook(folder / "dataset.xlsx")
    assert book.sheetnames == list(schema.TABLES)
    column = [column.name for column in COLUMNS["tasks"]].index("text") + 1
    cells = [book["tasks"].cell(row, column) for row in (2, 3, 4)]
    assert [cell.value for cell in cells] == ["'=1+1", "https://example.org", "007"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)


def test_xlsx_cuts_long_cells_and_says_so(tmp_path):
    extraction = plan("Nhiệm vụ\n" + "Rà soát " * 5_000)
    folder = write(tmp_path / "out", extraction, formats=("xlsx", "csv"))
    column = [column.name for column in COLUMNS["tasks"]].index("text") + 1
    book = openpyxl.load_workbook(folder / "dataset.xlsx")
    assert len(book["tasks"].cell(2, column).value) == 32_767
    assert len(rows(folder, "tasks")[0]["text"]) == len("Rà soát " * 5_000) - 1
    problems = rows(folder, "problems")
    assert [problem["code"] for problem in problems] == ["cell_cut", "cell_cut"]
    assert "tasks.text" in problems[0]["message"]
    assert not rows(write(tmp_path / "csv", extraction, formats=("csv",)), "problems")


def test_xlsx_goes_on_in_another_sheet(tmp_path, monkeypatch):
    monkeypatch.setattr("extract.dataset.formats.xlsx_workbook.SHEET_ROWS", 4)
    folder = write(tmp_path / "out", plan(), formats=("xlsx",))
    book = openpyxl.load_workbook(folder / "dataset.xlsx")
    assert "tasks_2" in book.sheetnames
    assert [book["tasks"].max_row, book["tasks_2"].max_row] == [4, 2]


def test_duckdb_answers_queries(tmp_path):
    folder = write(tmp_path / "out", plan(), formats=("duckdb",))
    with duckdb.connect(folder / "dataset.duckdb", read_only=True) as connection:
        query = 'SELECT count(*), max(value) FROM indicators JOIN "references" USING (document_id)'
        assert connection.execute(query).fetchall() == [(8, 149.0)]
        assert connection.execute("SELECT support[2] FROM tasks LIMIT 1").fetchall() == [("Sở Nội vụ",)]


@pytest.mark.parametrize("formats", [("csv",), ("xlsx",), ("csv", "parquet")])
def test_package_is_valid_for_frictionless(tmp_path, formats, monkeypatch):
    other = plan("Mục tiêu\n-giảm 5%\ncấp 12 thẻ\n", "b.txt")
    failed = extract_stub("c.txt", b"\0")
    folder = write(tmp_path / "out", plan(), other, failed, formats=formats)
    monkeypatch.chdir(folder)  # paths of a package are relative to its folder
    report = frictionless.validate("datapackage.json")
    assert report.valid, report.flatten(["name", "message"])
    package = json.loads(Path("datapackage.json").read_text("utf-8"))
    assert [resource["name"] for resource in package["resources"]] == list(schema.TABLES)


@pytest.mark.parametrize("name", FORMATS)
def test_descriptor_is_valid_for_every_format(tmp_path, name):
    folder = write(tmp_path / "out", plan(), formats=(name,))
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert not list(frictionless.Package.metadata_validate(package))
    assert all((folder / resource["path"]).is_file() for resource in package["resources"])


def test_frictionless_finds_a_broken_key(tmp_path):
    extraction = plan()
    extraction.tasks[0].group_id = "nowhere"
    folder = write(tmp_path / "out", extraction)
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert "foreign-key" in [error for (error,) in report.flatten(["type"])]


def test_keys_and_units_name_columns_that_exist():
    columns_of = {table: {column.name for column in columns} for table, columns in COLUMNS.items()}
    assert all(set(keys) <= columns_of[table] for table, keys in PRIMARY_KEYS.items())
    assert set(FOREIGN_KEYS) == set(schema.TABLES)
    for table, keys in FOREIGN_KEYS.items():
        assert set(keys) <= columns_of[table]
        assert all(key in PRIMARY_KEYS[other] for other, key in keys.values())
    assert set(UNITS) <= set().union(*columns_of.values())


def test_every_field_is_described():
    for table in schema.TABLES:
        assert all(field["description"] and field["type"] for field in build_schema(table)["fields"])


def test_formats_are_parsed_in_a_fixed_order():
    assert parse_formats("xlsx,CSV, csv") == ("csv", "xlsx")
    assert parse_formats(",".join(FORMATS)) == tuple(FORMATS)


@pytest.mark.parametrize("text", ["", ",", "csv,ods"])
def test_unknown_formats_are_refused(text):
    with pytest.raises(UsageError, match="choose from csv"):
        parse_formats(text)


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "duckdb"])
def test_the_same_records_give_the_same_bytes(tmp_path, name):
    one = write(tmp_path / "one", plan(), formats=(name,))
    two = write(tmp_path / "two", plan(), formats=(name,))
    assert names(one) == names(two)
    assert all((one / file).read_bytes() == (two / file).read_bytes() for file in names(one))
