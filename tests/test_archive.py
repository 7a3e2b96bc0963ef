"""Runs over many files: which are found, in what order, with how many processes, and what a crash costs."""

import io
import json
import os
from types import SimpleNamespace

import pytest
from stub_pipeline import extract_stub

from extract.archive.documents import extract_item
from extract.archive.engine import extract_archive
from extract.archive.inputs import find_inputs
from extract.archive.items import InputFile
from extract.archive.progress import BarProgress, LineProgress, SilentProgress, choose_progress
from extract.dataset.reading import read_text_rows
from extract.dataset.writers import FORMATS
from extract.errors import OutputError, UsageError
from extract.spans import ReadOptions


def fill(folder, names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Nhiệm vụ của {name}\nXây dựng kế hoạch {name}\n", encoding="utf-8")
    return folder


def sources(*inputs, exclude=None):
    return [file.source for file in find_inputs(inputs, exclude)]


def run(inputs, out, **options):
    return extract_archive(inputs, out, extract=extract_stub, **options)


def contents(folder):
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_folders_are_searched_in_the_order_of_code_points(tmp_path):
    fill(tmp_path, ["b.txt", "B.txt", "a/2.txt", "a/10.txt", "đ.txt", "a.txt"])
    assert sources(tmp_path) == ["B.txt", "a.txt", "a/10.txt", "a/2.txt", "b.txt", "đ.txt"]


def test_hidden_and_lock_files_are_passed_over(tmp_path):
    fill(tmp_path, [".a.txt", ".git/b.txt", "~$c.docx", "__MACOSX/e.txt", "x/Thumbs.db", "d.txt"])
    assert sources(tmp_path) == ["d.txt"]


def test_a_hidden_file_given_itself_is_read(tmp_path):
    fill(tmp_path, [".a.txt"])
    assert sources(tmp_path / ".a.txt") == [".a.txt"]


def test_links_out_of_the_input_are_passed_over(tmp_path):
    fill(tmp_path, ["in/a.txt", "secret.txt", "elsewhere/b.txt"])
    (tmp_path / "in" / "out.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "in" / "folder").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "dangling.txt").symlink_to(tmp_path / "nothing")
    assert sources(tmp_path / "in") == ["a.txt"]


def test_a_link_within_the_input_counts_once(tmp_path):
    fill(tmp_path, ["a.txt"])
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert sources(tmp_path) == ["a.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_named_pipes_are_passed_over(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert sources(tmp_path) == []


def test_a_file_given_twice_is_read_once(tmp_path):
    fill(tmp_path, ["a.txt"])
    assert sources(tmp_path, tmp_path / "a.txt", tmp_path) == ["a.txt"]


def test_inputs_with_the_same_names_stay_apart(tmp_path):
    fill(tmp_path, ["2023/kh.txt", "2024/kh.txt", "2024/other.txt", "2025/alone.txt"])
    found = sources(tmp_path / "2023", tmp_path / "2024", tmp_path / "2025")
    assert found == ["2023/kh.txt", "2024/kh.txt", "2024/other.txt", "alone.txt"]


def test_inputs_whose_folders_share_a_name_too_stay_apart(tmp_path):
    fill(tmp_path, ["x/kh/a.txt", "y/kh/a.txt"])
    assert sources(tmp_path / "x/kh", tmp_path / "y/kh/a.txt") == ["kh/a.txt", "kh/a.txt~2"]


def test_the_output_and_datasets_of_before_are_no_input(tmp_path):
    fill(tmp_path, ["a.txt", "out/b.txt"])
    run([tmp_path / "a.txt"], tmp_path / "before")
    assert sources(tmp_path, exclude=tmp_path / "out") == ["a.txt"]


def test_inputs_that_cannot_be_are_refused(tmp_path):
    with pytest.raises(UsageError, match="does not exist"):
        find_inputs([tmp_path / "nothing"])
    with pytest.raises(UsageError, match="both input and output"):
        find_inputs([tmp_path], tmp_path)


def test_the_number_of_workers_changes_no_byte(tmp_path):
    fill(tmp_path / "in", [f"{number}.txt" for number in range(20)])
    run([tmp_path / "in"], tmp_path / "one", workers=1)
    run([tmp_path / "in"], tmp_path / "two", workers=2)
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    times = [json.loads(files.pop("run.json")) for files in (one, two)]
    assert one == two
    assert len(one) == 2 * 7 + 20 + 1
    assert times[0]["counts"] == times[1]["counts"]


def test_a_crash_costs_one_document(tmp_path):
    fill(tmp_path / "in", [f"{number:02}.txt" for number in range(20)])
    (tmp_path / "in" / "05.txt").write_bytes(b"CRASH")
    counts = run([tmp_path / "in"], tmp_path / "out", workers=2)
    documents = read_text_rows(tmp_path / "out", "documents")
    assert [row["source"] for row in documents] == [f"{number:02}.txt" for number in range(20)]
    assert [row["source"] for row in documents if row["status"] == "failed"] == ["05.txt"]
    assert counts.problems == {"worker_crash": 1}
    assert counts.rows["tasks"] == 19


def test_a_fault_of_the_pipeline_costs_one_document(tmp_path):
    fill(tmp_path / "in", ["a.txt", "c.txt"])
    (tmp_path / "in" / "b.txt").write_bytes(b"RAISE")
    counts = run([tmp_path / "in"], tmp_path / "out", workers=1)
    assert counts.statuses == {"ok": 2, "failed": 1}
    problem = read_text_rows(tmp_path / "out", "problems")[0]
    assert (problem["source"], problem["code"]) == ("b.txt", "internal_error")
    assert "a fault in the pipeline" in problem["message"]


def test_other_formats_are_documents_that_failed(tmp_path):
    fill(tmp_path / "in", ["a.TXT", "no suffix"])
    (tmp_path / "in" / "b.mp4").write_bytes(b"\0\0\0\x18ftypmp42" * 9)
    counts = extract_archive([tmp_path / "in"], tmp_path / "out", workers=1)
    assert counts.statuses == {"ok": 2, "failed": 1}
    problem = read_text_rows(tmp_path / "out", "problems")[0]
    assert (problem["source"], problem["code"]) == ("b.mp4", "unsupported_format")
    documents = read_text_rows(tmp_path / "out", "documents")
    assert all(row["document_id"] == row["sha256"][:16] for row in documents)


def make_sparse(path, start, size):
    with path.open("wb") as handle:
        handle.write(start)
        handle.truncate(size)
    return path


def test_large_files_that_nobody_reads_are_not_read_whole(tmp_path):
    film = make_sparse(tmp_path / "film.mp4", b"\0\0\0\x18ftypmp42", 1 << 40)
    result = extract_item(InputFile("film.mp4", film), extract_stub)
    assert [problem.code for problem in result.problems] == ["unsupported_format"]
    assert "Files of type .mp4 are not read" in result.problems[0].message
    assert result.document.sha256 == ""


@pytest.mark.parametrize(("name", "start"), [("a.pdf", b"%PDF-1.7\n"), ("a.txt", b"KH\n"), ("b", b"KH\n")])
def test_files_beyond_the_limit_are_not_read(tmp_path, name, start):
    large = make_sparse(tmp_path / name, start + b"\n" * (1 << 17), 1 << 40)
    result = extract_item(InputFile(name, large), extract_stub)
    assert [problem.code for problem in result.problems] == ["too_large"]
    assert "more than 268,435,456 bytes" in result.problems[0].message


def test_large_files_of_unknown_suffix_are_read_when_they_begin_as_text(tmp_path):
    text = "Xây dựng kế hoạch\n".encode() * 900_000
    (tmp_path / "a.log").write_bytes(text)
    result = extract_item(InputFile("a.log", tmp_path / "a.log"), lambda source, content: content)
    assert result == text


def test_a_file_that_cannot_be_read_is_a_document_that_failed(tmp_path):
    result = extract_item(InputFile("gone.txt", tmp_path / "gone.txt"), extract_stub)
    assert (result.document.status, result.document.sha256) == ("failed", "")
    assert [problem.code for problem in result.problems] == ["unreadable_file"]
    assert "No such file" in result.problems[0].message


def test_a_folder_that_cannot_be_searched_is_told(tmp_path, monkeypatch):
    fill(tmp_path / "in", ["a.txt", "closed/b.txt"])
    scandir = os.scandir

    def refuse(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    run([tmp_path / "in"], tmp_path / "out", workers=1)
    problems = read_text_rows(tmp_path / "out", "problems")
    assert [(row["source"], row["code"]) for row in problems] == [("closed", "unreadable_file")]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_rights_is_a_document_that_failed(tmp_path):
    (fill(tmp_path, ["a.txt"]) / "a.txt").chmod(0)
    result = extract_item(InputFile("a.txt", tmp_path / "a.txt"), extract_stub)
    assert [problem.code for problem in result.problems] == ["unreadable_file"]


def test_a_name_that_is_no_unicode_reaches_every_table(tmp_path):
    path = tmp_path / os.fsdecode(b"k\xff.txt")
    try:
        path.write_bytes(b"Xin")
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    counts = run([path], tmp_path / "out", formats=tuple(FORMATS))
    assert read_text_rows(tmp_path / "out", "documents")[0]["source"] == "k\N{REPLACEMENT CHARACTER}.txt"
    assert counts.problems["characters_replaced"] == 1


def test_an_empty_folder_gives_an_empty_dataset(tmp_path):
    (tmp_path / "in").mkdir()
    counts = run([tmp_path / "in"], tmp_path / "out")
    assert counts.rows.total() == 0
    assert read_text_rows(tmp_path / "out", "documents") == []


def test_a_refused_output_runs_nothing(tmp_path):
    fill(tmp_path, ["in/a.txt", "out/mine.txt"])
    with pytest.raises(OutputError, match="not empty"):
        extract_archive([tmp_path / "in"], tmp_path / "out", extract=_must_not_run)
    assert list(contents(tmp_path / "out")) == ["mine.txt"]


def _must_not_run(source, content):
    raise AssertionError(source)


def _interrupt(source, content):
    if source == "b.txt":
        raise KeyboardInterrupt
    return extract_stub(source, content)


def test_an_interrupt_leaves_the_dataset_of_before(tmp_path):
    fill(tmp_path / "in", ["a.txt", "b.txt"])
    run([tmp_path / "in"], tmp_path / "out")
    before = contents(tmp_path / "out")
    (tmp_path / "in" / "c.txt").write_text("Nhiệm vụ\n", encoding="utf-8")
    progress = RecordingProgress()
    with pytest.raises(KeyboardInterrupt):
        extract_archive([tmp_path / "in"], tmp_path / "out", workers=1, extract=_interrupt, progress=progress)
    assert contents(tmp_path / "out") == before
    assert progress.calls == [3, "of 3", False, "closed"]


class RecordingProgress:
    def __init__(self):
        self.calls = []

    def start(self, total):
        self.calls.append(total)

    def expect(self, total):
        self.calls.append(f"of {total}")

    def advance(self, *, failed):
        self.calls.append(failed)

    def close(self):
        self.calls.append("closed")


def test_run_record_says_what_made_the_dataset(tmp_path):
    fill(tmp_path / "in", ["a.txt", "b.txt"])
    (tmp_path / "in" / "b.txt").write_bytes(b"\0")
    options = ReadOptions("never", 200)
    run([tmp_path / "in"], tmp_path / "out", formats=("csv",), workers=1, options=options)
    record = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    assert record["options"] == {
        "inputs": [str(tmp_path / "in")], "formats": ["csv"], "workers": 1, "ocr": "never", "ocr_dpi": 200,
        "min_confidence": 0.0,
    }  # fmt: skip
    assert record["counts"]["rows"]["documents"] == 2
    assert record["counts"]["status"] == {"failed": 1, "ok": 1}
    assert record["counts"]["problems"]["binary_content"] == 1
    assert record["counts"]["dropped"] == {}
    assert {"vnplans", "python", "models", "started", "finished", "seconds"} < set(record)
    assert all(len(digest) == 64 for digest in record["vocabulary"].values())
    assert "provinces.csv" in record["vocabulary"]


def test_lines_come_now_and_then(monkeypatch):
    clock = iter([0.0, 1.0, 6.0, 7.0, 12.0])
    monkeypatch.setattr("extract.archive.progress.time", SimpleNamespace(monotonic=lambda: next(clock)))
    stream = io.StringIO()
    progress = LineProgress(stream, seconds_between=5)
    progress.start(8)
    for failed in (False, True, False, False):
        progress.advance(failed=failed)
        progress.expect(16)
    progress.close()
    assert stream.getvalue().splitlines() == [
        "2/16 documents, 0.3/s, 0:42 left, 1 failed",
        "4/16 documents, 0.3/s, 0:36 left, 1 failed",
    ]


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_suits_the_stream():
    assert isinstance(choose_progress(Terminal(), quiet=True), SilentProgress)
    assert isinstance(choose_progress(io.StringIO(), quiet=False), LineProgress)
    stream = Terminal()
    progress = choose_progress(stream, quiet=False)
    assert isinstance(progress, BarProgress)
    progress.start(1)
    progress.expect(2)
    progress.advance(failed=True)
    progress.advance(failed=False)
    progress.close()
    assert "2/2" in stream.getvalue()
    assert "1 failed" in stream.getvalue()
