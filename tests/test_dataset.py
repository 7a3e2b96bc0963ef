"""The written dataset: every format, escapes, keys, and that a broken run leaves nothing half done."""

import csv
import json
from pathlib import Path

import duckdb
import frictionless
import openpyxl
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stub_pipeline import extract_stub, indicator

from extract import schema
from extract.dataset.cells import clean_text, escape_formula, unescape_formula
from extract.dataset.output import OutputFolder
from extract.dataset.package import FOREIGN_KEYS, PRIMARY_KEYS, UNITS, build_schema
from extract.dataset.reading import load_dataset, read_text_rows
from extract.dataset.tables import COLUMNS, TableBuilder
from extract.dataset.writers import FORMATS, DatasetWriter, list_files, parse_formats
from extract.errors import DatasetError, OutputError, UsageError

PLAN = "Nhiệm vụ\nXây dựng kế hoạch\n=HYPERLINK(1)\ncấp 86.5 thẻ\ncấp 149 thẻ\n"


def write(folder, *extractions, formats=("csv", "parquet")):
    folder.mkdir(exist_ok=True)
    with DatasetWriter(folder, formats) as writer:
        for extraction in extractions:
            writer.add(extraction)
        writer.finish()
    return folder


def plan(text=PLAN, source="kế hoạch.txt"):
    return extract_stub(source, text.encode("utf-8", "surrogatepass"))


def rows(folder, table):
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def test_csv_is_what_spreadsheets_open_right(tmp_path):
    content = (write(tmp_path / "out", plan()) / "tasks.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbftask_id,document_id,")
    assert content.count(b"\r\n") == 5
    assert content.replace(b"\r\n", b"").count(b"\n") == 0


def test_headers_are_the_columns_of_the_contract(tmp_path):
    folder = write(tmp_path / "out", plan())
    for table, columns in COLUMNS.items():
        names = [column.name for column in columns]
        assert (folder / f"{table}.csv").read_text("utf-8-sig").splitlines()[0].split(",") == names
        assert pyarrow.parquet.read_schema(folder / f"{table}.parquet").names == names


def test_formulas_are_escaped_in_csv_and_left_alone_in_parquet(tmp_path):
    folder = write(tmp_path / "out", plan())
    task = rows(folder, "tasks")[1]
    assert (task["text"], task["marker"]) == ("'=HYPERLINK(1)", "'-")
    task = pyarrow.parquet.read_table(folder / "tasks.parquet").to_pylist()[1]
    assert (task["text"], task["marker"]) == ("=HYPERLINK(1)", "-")


def test_numbers_and_closed_lists_are_never_escaped(tmp_path):
    extraction = plan()
    extraction.indicators = [indicator(extraction.document.document_id, 1, -3.5, comparator="=")]
    row = rows(write(tmp_path / "out", extraction), "indicators")[0]
    assert (row["value"], row["comparator"]) == ("-3.5", "=")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\ta", "\ra", "'=1", "''@a"])
def test_escape_of_formulas_can_be_undone(text):
    assert escape_formula(text) == "'" + text
    assert unescape_formula("'" + text) == text


@pytest.mark.parametrize("text", ["", "a=1", "'quoted'", " =1", "Sở Y tế", "'"])
def test_other_text_is_not_escaped(text):
    assert escape_formula(text) == unescape_formula(text) == text


def test_numbers_are_written_short_and_lists_joined(tmp_path):
    folder = write(tmp_path / "out", plan())
    assert [row["value"] for row in rows(folder, "indicators")] == ["86.5", "149"]
    task = rows(folder, "tasks")[0]
    assert (task["support"], task["page"], task["ordinal"]) == ("Sở Tài chính; Sở Nội vụ", "", "1")


def test_counts_of_a_document_are_those_of_its_rows(tmp_path):
    row = rows(write(tmp_path / "out", plan()), "documents")[0]
    assert (row["group_count"], row["task_count"], row["indicator_count"]) == ("1", "4", "2")


@pytest.mark.parametrize("formats", [("csv",), ("parquet",), ("csv", "parquet")])
def test_a_dataset_loads_with_types(tmp_path, formats):
    frames = load_dataset(write(tmp_path / "out", plan(), formats=formats))
    tasks, indicators = frames["tasks"], frames["indicators"]
    assert set(frames) == set(schema.TABLES)
    assert str(tasks["text"].dtype) == "string"
    assert str(tasks["page"].dtype) == "Int64"
    assert str(indicators["value"].dtype) == "float64"
    assert tasks["text"][1] == "=HYPERLINK(1)"
    assert tasks["support"][0] == ("Sở Tài chính", "Sở Nội vụ")
    assert indicators["lead"][0] == ()
    assert tasks["task_id"].is_unique
    assert tasks["start_date"].isna().all()
    assert tasks["due_date"].tolist() == ["2025-12-31"] * 4
    assert frames["problems"].empty


def test_csv_and_parquet_load_alike(tmp_path):
    from pandas.testing import assert_frame_equal

    one = load_dataset(write(tmp_path / "csv", plan(), formats=("csv",)))
    two = load_dataset(write(tmp_path / "parquet", plan(), formats=("parquet",)))
    for table in schema.TABLES:
        assert_frame_equal(one[table], two[table])


def test_text_rows_are_the_same_from_csv_and_parquet(tmp_path):
    one = write(tmp_path / "csv", plan(), formats=("csv",))
    two = write(tmp_path / "parquet", plan(), formats=("parquet",))
    for table in schema.TABLES:
        assert read_text_rows(one, table) == read_text_rows(two, table)


def test_what_is_no_dataset_does_not_load(tmp_path):
    with pytest.raises(DatasetError, match=r"documents\.csv"):
        load_dataset(tmp_path)
    (tmp_path / "documents.csv").write_text("document_id\n1\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="lacks the column"):
        load_dataset(tmp_path)
    (tmp_path / "documents.parquet").write_bytes(b"nonsense")
    with pytest.raises(DatasetError, match="Cannot read"):
        load_dataset(tmp_path)


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
    names = {table: {column.name for column in columns} for table, columns in COLUMNS.items()}
    assert all(set(keys) <= names[table] for table, keys in PRIMARY_KEYS.items())
    assert set(FOREIGN_KEYS) == set(schema.TABLES)
    for table, keys in FOREIGN_KEYS.items():
        assert set(keys) <= names[table]
        assert all(key in PRIMARY_KEYS[other] for other, key in keys.values())
    assert set(UNITS) <= set().union(*names.values())


def test_every_field_is_described():
    for table in schema.TABLES:
        assert all(field["description"] and field["type"] for field in build_schema(table)["fields"])


def test_offsets_hold_in_the_text_file(tmp_path):
    extraction = plan("Nhiệm vụ\r\nXây dựng\x0c kế hoạch\n")
    folder = write(tmp_path / "out", extraction)
    document_id = extraction.document.document_id
    text = (folder / "text" / f"{document_id}.txt").read_bytes().decode("utf-8")
    assert len(text) == len(extraction.text)
    row = rows(folder, "tasks")[0]
    assert text[int(row["start"]) : int(row["end"])] == row["text"]


@pytest.mark.parametrize("text", ["Nhiệm vụ\nXây\x01 dựng", "Nhiệm vụ\nXây \ud800dựng"])
def test_unwritable_characters_are_replaced_and_noted(tmp_path, text):
    extraction = plan("Nhiệm vụ\nXây dựng")
    extraction.text = text
    extraction.tasks[0].text = text.splitlines()[1]
    folder = write(tmp_path / "out", extraction, formats=tuple(FORMATS))
    assert "\N{REPLACEMENT CHARACTER}" in rows(folder, "tasks")[0]["text"]
    problems = [(row["stage"], row["severity"], row["code"]) for row in rows(folder, "problems")]
    assert problems == [("write", "warning", "characters_replaced")]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400])
def test_numbers_out_of_range_are_left_empty(tmp_path, value):
    extraction = plan()
    extraction.indicators = [indicator(extraction.document.document_id, 1, value)]
    folder = write(tmp_path / "out", extraction, formats=tuple(FORMATS))
    assert rows(folder, "indicators")[0]["value"] == ""
    assert rows(folder, "problems")[0]["code"] == "characters_replaced"


def test_whole_numbers_beyond_a_double_are_written_by_every_format(tmp_path):
    extraction = plan()
    extraction.indicators = [indicator(extraction.document.document_id, 1, 2**60 + 1)]
    folder = write(tmp_path / "out", extraction, formats=tuple(FORMATS))
    assert rows(folder, "indicators")[0]["value"] == str(2**60 + 1)


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(), max_size=30))
def test_any_text_comes_back_from_csv_and_parquet(tmp_path_factory, text):
    extraction = plan("Nhiệm vụ\nXây dựng")
    extraction.tasks[0].text = text
    folder = write(tmp_path_factory.mktemp("any") / "out", extraction)
    expected = clean_text(text)[0]
    for row in (load_dataset(folder)["tasks"], _csv_only(folder)["tasks"]):
        assert ("" if row["text"].isna()[0] else row["text"][0]) == expected


def _csv_only(folder):
    for path in folder.glob("*.parquet"):
        path.unlink()
    return load_dataset(folder)


def test_the_same_text_in_another_file_is_a_duplicate():
    builder = TableBuilder()
    first = builder.build(plan("Nhiệm vụ\nXây dựng\n", "a.txt"))
    second = builder.build(plan("Nhiệm  vụ\n\nXây dựng", "b.txt"))
    third = builder.build(plan("Nhiệm vụ\nRà soát\n", "c.txt"))
    at = [column.name for column in COLUMNS["documents"]].index("duplicate_of")
    found = [document.tables["documents"][0][at] for document in (first, second, third)]
    assert found == [None, first.document_id, None]


def test_documents_without_text_are_no_duplicates_of_each_other():
    builder = TableBuilder()
    at = [column.name for column in COLUMNS["documents"]].index("duplicate_of")
    found = [builder.build(plan(text, text)).tables["documents"][0][at] for text in ("", " ", "\n")]
    assert found == [None, None, None]


def test_the_same_bytes_under_two_names_keep_keys_apart(tmp_path):
    folder = write(tmp_path / "out", plan(source="a.txt"), plan(source="b.txt"), plan(source="c.txt"))
    documents = rows(folder, "documents")
    first, *others = documents
    assert len({row["document_id"] for row in documents}) == 3
    assert [row["duplicate_of"] for row in others] == [first["document_id"]] * 2
    assert {row["sha256"] for row in documents} == {first["sha256"]}
    assert frictionless.validate(str(folder / "datapackage.json")).valid
    assert len(rows(folder, "tasks")) == 12


def test_building_leaves_the_records_alone():
    extraction = plan()
    builder = TableBuilder()
    builder.build(extraction)
    builder.build(extraction)
    assert extraction == plan()


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "ABC", "a" * 17, "a/b"])
def test_an_id_that_could_leave_the_folder_is_refused(name):
    extraction = plan()
    extraction.document.document_id = name
    with pytest.raises(ValueError, match="16 hexadecimal"):
        TableBuilder().build(extraction)


def test_formats_are_parsed_in_a_fixed_order():
    assert parse_formats("xlsx,CSV, csv") == ("csv", "xlsx")
    assert parse_formats(",".join(FORMATS)) == tuple(FORMATS)


@pytest.mark.parametrize("text", ["", ",", "csv,ods"])
def test_unknown_formats_are_refused(text):
    with pytest.raises(UsageError, match="choose from csv"):
        parse_formats(text)


def commit(path, extraction, formats=("csv", "parquet")):
    with OutputFolder(path) as folder:
        write(folder.staging, extraction, formats=formats)
        (folder.staging / "run.json").write_text('{"vnplans": "0"}', encoding="utf-8")
        folder.commit()


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_new_run_replaces_the_files_of_the_one_before(tmp_path):
    out = tmp_path / "out"
    commit(out, plan("Nhiệm vụ\nmột\n"), tuple(FORMATS))
    (out / "notes.md").write_text("mine", encoding="utf-8")
    extraction = plan("Nhiệm vụ\nhai\n")
    commit(out, extraction, ("csv",))
    text = f"text/{extraction.document.document_id}.txt"
    assert names(out) == sorted([*list_files(["csv"]), "datapackage.json", "notes.md", "run.json", text])


def test_a_folder_of_others_is_refused(tmp_path):
    (tmp_path / "thesis.docx").write_bytes(b"years of work")
    with pytest.raises(OutputError, match="not empty"), OutputFolder(tmp_path):
        pass
    assert names(tmp_path) == ["thesis.docx"]


@pytest.mark.parametrize("content", ["", "[]", "{}", "{", '"vnplans"'])
def test_another_programs_run_file_does_not_make_a_folder_ours(tmp_path, content):
    (tmp_path / "run.json").write_text(content, encoding="utf-8")
    (tmp_path / "datapackage.json").write_text("{}", encoding="utf-8")
    with pytest.raises(OutputError, match="not empty"), OutputFolder(tmp_path):
        pass


def test_a_file_is_no_output_folder(tmp_path):
    path = tmp_path / "out"
    path.write_bytes(b"")
    with pytest.raises(OutputError, match="is a file"), OutputFolder(path):
        pass


def test_texts_are_not_written_through_a_link(tmp_path):
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    commit(out, plan())
    elsewhere.mkdir()
    for path in (out / "text").iterdir():
        path.unlink()
    (out / "text").rmdir()
    (out / "text").symlink_to(elsewhere)
    with pytest.raises(OutputError, match="is a link"):
        commit(out, plan())
    assert names(elsewhere) == []


def interrupt(path, extraction):
    with OutputFolder(path) as folder:
        write(folder.staging, extraction)
        raise KeyboardInterrupt


def test_an_interrupted_write_leaves_the_dataset_as_it_was(tmp_path):
    out = tmp_path / "out"
    commit(out, plan())
    before = {name: (out / name).read_bytes() for name in names(out)}
    with pytest.raises(KeyboardInterrupt):
        interrupt(out, plan("Nhiệm vụ\nkhác\n"))
    assert {name: (out / name).read_bytes() for name in names(out)} == before


def test_an_interrupted_first_write_leaves_nothing(tmp_path):
    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        interrupt(out, plan())
    assert not out.exists()


def test_what_a_killed_run_left_is_cleared_away(tmp_path):
    out = tmp_path / "out"
    (out / ".vnplans-partial" / "text").mkdir(parents=True)
    (out / ".vnplans-partial" / "tasks.csv").write_bytes(b"half")
    commit(out, plan())
    assert not (out / ".vnplans-partial").exists()


def test_a_full_disk_is_told_as_such(tmp_path):
    with pytest.raises(OutputError, match="No space left"), OutputFolder(tmp_path / "out"):
        raise OSError(28, "No space left on device")


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "duckdb"])
def test_the_same_records_give_the_same_bytes(tmp_path, name):
    one = write(tmp_path / "one", plan(), formats=(name,))
    two = write(tmp_path / "two", plan(), formats=(name,))
    assert names(one) == names(two)
    assert all((one / file).read_bytes() == (two / file).read_bytes() for file in names(one))
