"""The folder of a dataset: a run replaces the one before, and a broken run leaves nothing half done."""

import pytest
from dataset_folders import names, plan, write

from extract.dataset.output import OutputFolder
from extract.dataset.writers import FORMATS, list_files
from extract.errors import OutputError


def commit(path, extraction, formats=("csv", "parquet")):
    with OutputFolder(path) as folder:
        write(folder.staging, extraction, formats=formats)
        (folder.staging / "run.json").write_text('{"vnplans": "0"}', encoding="utf-8")
        folder.commit()


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
