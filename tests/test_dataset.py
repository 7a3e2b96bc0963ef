"""The written dataset: its tables, escapes and keys, and that it loads as it was."""

import frictionless
import pyarrow.parquet
import pytest
from dataset_folders import plan, rows, write
from hypothesis import given, settings
from hypothesis import strategies as st
from stub_pipeline import indicator

from extract import schema
from extract.dataset.cells import clean_text, escape_formula, unescape_formula
from extract.dataset.reading import load_dataset, read_text_rows
from extract.dataset.tables import COLUMNS, TableBuilder
from extract.dataset.writers import FORMATS
from extract.errors import DatasetError


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
