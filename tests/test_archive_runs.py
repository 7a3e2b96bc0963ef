"""Runs over archives: the same rows as from the files themselves, whatever the workers, crashes and all."""

import csv

import pytest
from archive_files import DOCUMENTS, article, crawl_bytes, packed, plan, tar_bytes, web_record, zip_bytes
from stub_pipeline import extract_stub

from extract.archive.engine import extract_archive, run_items
from extract.archive.inputs import ItemStream, find_inputs
from extract.archive.items import HeldMember, InputFile
from extract.dataset.reading import read_text_rows
from extract.spans import ReadOptions

TABLES = ("documents", "groups", "tasks", "task_units", "indicators", "references", "problems")
MEMBERS = {f"{number:02}.txt": plan(number) for number in range(20)}


def folder_of(path, files):
    path.mkdir()
    for name, content in files.items():
        (path / name).write_bytes(content)
    return path


def tables(out, prefix=""):
    """Give the rows of all tables as text, without where the archive is named in them."""
    return {name: [list(row.values()) for row in rows_of(out, name, prefix)] for name in TABLES}


def rows_of(out, name, prefix):
    for row in read_text_rows(out, name):
        yield {key: value.removeprefix(prefix) if key == "source" else value for key, value in row.items()}


@pytest.mark.parametrize("name", ["x.zip", "x.tar.gz"])
def test_an_archive_gives_the_rows_of_its_folder(tmp_path, name):
    content = zip_bytes(MEMBERS) if name == "x.zip" else packed(tar_bytes(MEMBERS))
    folder_of(tmp_path / "in", {name: content})
    extract_archive([tmp_path / "in"], tmp_path / "packed", workers=2)
    extract_archive([folder_of(tmp_path / "plain", MEMBERS)], tmp_path / "out", workers=1)
    assert tables(tmp_path / "packed", f"{name}!/") == tables(tmp_path / "out")
    texts = [sorted(path.name for path in (tmp_path / out / "text").iterdir()) for out in ("packed", "out")]
    assert texts[0] == texts[1]


def test_the_number_of_workers_changes_no_byte_of_what_comes_from_archives(tmp_path):
    source = folder_of(tmp_path / "in", {
        "a.zip": zip_bytes({**MEMBERS, "n.tar": tar_bytes({"a.txt": plan(7)}), "bad.zip": b"PK\x03\x04"}),
        "b.tar.gz": packed(tar_bytes(MEMBERS))[:900],
        "c.jsonl": crawl_bytes({"text": plan(1).decode()}, "broken", {"html": article(2).decode()}),
        "d.warc": web_record("http://t.vn/1", article(3)) + web_record("http://t.vn/2.css", b"", "text/css"),
        "e.txt": plan(8),
        "f.zip": zip_bytes({}),
    })  # fmt: skip
    for workers in (1, 2):
        extract_archive([source], tmp_path / str(workers), workers=workers)
    files = [
        {path.relative_to(tmp_path / str(workers)): path.read_bytes()
         for path in (tmp_path / str(workers)).rglob("*") if path.is_file() and path.name != "run.json"}
        for workers in (1, 2)
    ]  # fmt: skip
    assert files[0] == files[1]
    sources = [row["source"] for row in read_text_rows(tmp_path / "1", "documents")]
    assert [source.split("!/")[0] for source in sources] == sorted(
        source.split("!/")[0] for source in sources
    )
    assert sources[-2:] == ["e.txt", "f.zip"]


def test_a_crash_within_an_archive_costs_one_document(tmp_path):
    members = {**MEMBERS, "05.txt": b"CRASH"}
    files = {"a.zip": zip_bytes(members), "b.tar": tar_bytes(members)}
    counts = extract_archive(
        [folder_of(tmp_path / "in", files)], tmp_path / "out", workers=2, extract=extract_stub
    )
    assert counts.statuses == {"ok": 38, "failed": 2}
    failed = [row for row in read_text_rows(tmp_path / "out", "documents") if row["status"] == "failed"]
    assert [row["source"] for row in failed] == ["a.zip!/05.txt", "b.tar!/05.txt"]
    assert len({row["sha256"] for row in failed}) == 1
    assert counts.problems == {"worker_crash": 2}


def test_only_so_much_is_read_ahead_of_the_work(tmp_path):
    taken = []

    def endless():
        for number in range(10_000):
            taken.append(number)
            yield HeldMember(f"{number}.txt", b"Nhi\xe1\xbb\x87m v\xe1\xbb\xa5\n")

    extractions = run_items(endless(), 2, extract_stub)
    next(extractions)
    assert len(taken) < 200
    extractions.close()


def test_streams_that_hold_many_bytes_are_read_less_ahead(tmp_path, monkeypatch):
    monkeypatch.setattr("extract.archive.pools.HELD_BYTES_AHEAD", 3000)
    taken = []

    def large():
        for number in range(100):
            taken.append(number)
            yield HeldMember(f"{number}.txt", b"KH\n" * 500)

    monkeypatch.setattr("extract.archive.chunks.CHUNK_BYTES", 1000)
    extractions = run_items(large(), 2, extract_stub)
    next(extractions)
    assert len(taken) <= 5
    assert sum(1 for _ in extractions) == 99


def test_the_number_of_documents_becomes_known_as_archives_are_opened(tmp_path):
    folder_of(tmp_path / "in", {"a.zip": zip_bytes(MEMBERS), "b.tar": tar_bytes(MEMBERS), "c.txt": plan(1)})
    stream = ItemStream(find_inputs([tmp_path / "in"]))
    assert stream.expected == 3
    expected = {}
    for item in stream:
        expected.setdefault(item.source.split("!/")[0], stream.expected)
    assert expected == {"a.zip": 22, "b.tar": 22, "c.txt": 41}
    assert stream.expected == 41


def test_the_options_reach_the_readers_in_other_processes(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "extract.pipeline.extract_source",
        lambda source, content, options=None: seen.append(options) or extract_stub(source, content),
    )
    (tmp_path / "a.txt").write_bytes(plan(1))
    list(run_items([InputFile("a.txt", tmp_path / "a.txt")], 1, options=ReadOptions("never", 150)))
    assert seen[-1] == ReadOptions("never", 150)


@pytest.mark.parametrize(
    ("name", "count"),
    [("plans.zip", 3), ("plans.tar.gz", 3), ("plans.7z", 3), ("news.jsonl", 2), ("site.warc.gz", 3)],
)
def test_the_samples_are_read(tmp_path, name, count):
    counts = extract_archive([DOCUMENTS / name], tmp_path / "out", workers=1, formats=("csv",))
    assert counts.rows["documents"] == count
    assert counts.statuses["failed"] == 0
    assert counts.rows["tasks"] >= 1
    with (tmp_path / "out" / "tasks.csv").open(encoding="utf-8-sig", newline="") as handle:
        assert {row["lead"] for row in csv.DictReader(handle)} <= {"Sở Tài chính", "Sở Y tế"}


def test_the_archive_of_real_documents_gives_the_rows_of_its_folder(tmp_path, shared):
    bulk = shared / "corpus" / "bulk.zip"
    if not bulk.is_file():
        pytest.skip("the archive of real documents is not on this machine")
    import zipfile

    plain, some = tmp_path / "plain", tmp_path / "some.zip"
    with zipfile.ZipFile(bulk) as archive, zipfile.ZipFile(some, "w") as sample:
        for info in archive.infolist()[:40]:
            archive.extract(info, plain)
            sample.writestr(info, archive.read(info))
    extract_archive([some], tmp_path / "packed", workers=2)
    extract_archive([plain], tmp_path / "out", workers=2)
    assert tables(tmp_path / "packed", "some.zip!/") == tables(tmp_path / "out")
