"""The command line: what it prints, with what status it ends, and that bad use is told plainly."""

import os
import subprocess
import sys
import time
from types import ModuleType

import pytest
from stub_pipeline import extract_stub

from extract import cli
from extract.archive import engine
from extract.dataset.writers import FORMATS, list_files
from extract.doctor import check_environment, list_ocr_languages

HELP_SECONDS = 0.3


@pytest.fixture(autouse=True)
def _stub(monkeypatch):
    pipeline = ModuleType("extract.pipeline")
    pipeline.extract_source = extract_stub
    monkeypatch.setitem(sys.modules, "extract.pipeline", pipeline)
    monkeypatch.setattr(engine, "count_cores", lambda: 1)


@pytest.fixture
def documents(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Nhiệm vụ\nXây dựng kế hoạch\ncấp 15 thẻ\n", encoding="utf-8")
    (folder / "b.txt").write_text("Nhiệm vụ\nRà soát\n", encoding="utf-8")
    return folder


def vnplans(*arguments):
    return cli.main([str(argument) for argument in arguments])


def test_extract_writes_a_dataset_and_sums_up(documents, tmp_path, capsys):
    assert vnplans("extract", documents, "--out", tmp_path / "out") == 0
    printed = capsys.readouterr()
    lines = [line.split() for line in printed.out.splitlines()]
    assert ["ok", "2"] in lines
    assert ["plan", "2"] in lines
    assert ["tasks", "3"] in lines
    assert ["indicators", "1"] in lines
    assert printed.err == ""
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert written == {*list_files(["csv", "parquet"]), "text", "datapackage.json", "run.json"}


def test_every_format_can_be_chosen(documents, tmp_path):
    formats = ",".join(FORMATS)
    assert vnplans("extract", documents, "--out", tmp_path / "out", "--format", formats, "--quiet") == 0
    assert set(list_files(list(FORMATS))) < {path.name for path in (tmp_path / "out").iterdir()}


def test_failed_documents_give_status_1_and_are_counted(documents, tmp_path, capsys):
    (documents / "c.txt").write_bytes(b"\0")
    assert vnplans("extract", documents, "--out", tmp_path / "out", "--workers", 1) == 1
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["failed", "1"] in lines
    assert ["binary_content", "1"] in lines


def test_quiet_prints_nothing(documents, tmp_path, capsys):
    assert vnplans("extract", documents, "--out", tmp_path / "out", "--quiet") == 0
    assert capsys.readouterr() == ("", "")


def test_an_empty_folder_is_said_to_be_empty(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    assert vnplans("extract", tmp_path / "in", "--out", tmp_path / "out") == 0
    assert "No documents were found" in capsys.readouterr().out


def test_wrong_use_gives_status_2_and_one_line(documents, tmp_path, capsys):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_bytes(b"")
    wrong = {
        "does not exist": ("extract", tmp_path / "nothing", "--out", tmp_path / "out"),
        "unknown format: ods": ("extract", documents, "--out", tmp_path / "out", "--format", "ods"),
        "not empty": ("extract", documents, "--out", tmp_path / "mine"),
        "both input and output": ("extract", documents, "--out", documents),
        "no gold files": ("evaluate", tmp_path / "mine", "--dataset", documents),
        "neither documents.csv": ("evaluate", tmp_path / "gold.json", "--dataset", documents),
    }
    for message, arguments in wrong.items():
        assert vnplans(*arguments) == 2
        printed = capsys.readouterr()
        assert printed.err.startswith("vnplans: ")
        assert message in printed.err
        assert len(printed.err.splitlines()) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "arguments",
    [(), ("extract",), ("extract", "in"), ("nonsense",), ("extract", "in", "--out", "o", "--workers", "0")],
)
def test_arguments_that_do_not_parse_give_status_2(arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        vnplans(*arguments)
    assert stop.value.code == 2
    assert "usage: vnplans" in capsys.readouterr().err


def test_version_is_that_of_the_package(capsys):
    with pytest.raises(SystemExit) as stop:
        vnplans("--version")
    assert stop.value.code == 0
    assert capsys.readouterr().out.startswith("vnplans 0.")


def test_an_interrupt_is_no_traceback(documents, tmp_path, monkeypatch, capsys):
    def interrupt(source, content, options=None):
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["extract.pipeline"], "extract_source", interrupt)
    assert vnplans("extract", documents, "--out", tmp_path / "out") == 130
    assert capsys.readouterr().err == "vnplans: interrupted; nothing was changed.\n"
    assert not (tmp_path / "out").exists()


def test_help_answers_at_once():
    command = [sys.executable, "-m", "extract.cli", "--help"]
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        answer = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
        seconds.append(time.perf_counter() - start)
    assert "extract" in answer.stdout
    # The first run may find its modules not yet compiled, and the machine may be busy with others.
    assert min(seconds) < HELP_SECONDS


def test_help_imports_nothing_heavy():
    code = "import sys, extract.cli; print(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pandas", "pyarrow", "numpy", "rich", "spacy", "duckdb"} & set(answer.stdout.split())


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe ends a process differently on Windows")
def test_a_closed_pipe_is_no_traceback():
    code = "import sys, time; from extract import cli; time.sleep(0.3); sys.exit(cli.main(['doctor']))"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    message = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=60) == 1
    assert message == b""


def test_doctor_lists_what_is_there_and_how_to_get_the_rest(monkeypatch, capsys):
    monkeypatch.setattr("shutil.which", lambda command: None)
    assert vnplans("doctor") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Python: 3.")
    assert any(line.startswith("pyarrow: ") and "MISSING" not in line for line in lines)
    tesseract = next(line for line in lines if line.startswith("tesseract: "))
    assert "not found; needed for scanned pages. Debian: apt-get install tesseract-ocr." in tesseract
    assert "macOS: brew" in tesseract
    assert "Windows: winget" in tesseract


def test_doctor_fails_when_a_package_is_missing(monkeypatch, capsys):
    monkeypatch.setattr("extract.doctor.requires", lambda name: ["no-such-package>=1.0", "x; extra == 'y'"])
    assert vnplans("doctor") == 1
    assert "no-such-package: MISSING; pip install no-such-package" in capsys.readouterr().out
    assert "x" not in [check.name for check in check_environment()]


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for tesseract is a shell script")
def test_doctor_knows_vietnamese_data(tmp_path, monkeypatch):
    program = tmp_path / "tesseract"
    program.write_text('#!/bin/sh\necho "List of available languages (2):"\necho eng\necho vie\n')
    program.chmod(0o755)
    monkeypatch.setattr("shutil.which", lambda command: str(program) if command == "tesseract" else None)
    assert "vie" in list_ocr_languages()
    found = {check.name: check.found for check in check_environment()}
    assert found["tesseract Vietnamese data"] == "vie"
    program.write_text("#!/bin/sh\nexit 3\n")
    assert list_ocr_languages() == []
