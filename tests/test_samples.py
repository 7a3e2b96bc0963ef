"""The samples in corpus/ are well formed, and every quotation of their gold stands in its source."""

from __future__ import annotations

import csv
import json
import re
import shutil
import unicodedata
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract.readers import read_source

CORPUS = Path(__file__).parents[1] / "corpus"
DOCUMENTS = CORPUS / "documents"
GOLD = sorted((CORPUS / "gold").glob("*.json"))
ILLUSTRATION = "Tài liệu minh họa do dự án vnplans tự soạn; số liệu là giả định."
SCANNED, CONVERTED = "_quet.pdf", (".doc", ".odt", ".rtf")
NO_ADMINISTRATION = {"22_tin_thu_thap_2026.jsonl!/0000003"}
"""News without anything that an administration plans or reports."""
SHAPES_OF_THE_SEEDS = (
    "news with groups",
    "numbered dispatch with a lead-in",
    "numbered news with targets",
    "narrative conference news",
    "full plan",
)
KINDS = {"plan", "dispatch", "decision", "directive", "report", "news", "other"}
DOCUMENT_KEYS = {"kind", "number", "issuer", "province", "issued", "period", "title"}
TASK_KEYS = {"marker", "group", "text", "lead", "support", "start", "due", "recurrence"}
INDICATOR_KEYS = {
    "name", "kind", "measure", "comparator", "value", "value_high", "unit", "period", "quote",
}  # fmt: skip
DAY = re.compile(r"(?:\d{4}|XXXX)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
PERIOD = re.compile(r"\d{4}(?:-\d\d)?(?:/\d{4}(?:-\d\d)?)?")
RECURRENCE = re.compile(r"P\d+[DWMY]|continuous")


def fold(text: str) -> str:
    """NFC without white space and Markdown marks."""
    return re.sub(r"[\s*|_#>]+", "", unicodedata.normalize("NFC", text))


def read_gold(path: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return gold


def read_manifest() -> list[dict[str, str]]:
    with (CORPUS / "MANIFEST.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def sources() -> list[Path]:
    return sorted(path for path in DOCUMENTS.iterdir() if path.is_file())


def file_of(source: str) -> str:
    """Give the file that a source lies in, itself where it is no member of an archive."""
    return source.partition("!/")[0]


@cache
def read_words(source: str) -> str:
    """Give the words of a sample as its reader found them, of a scan as they were written."""
    name, _, member = source.partition("!/")
    content = (DOCUMENTS / name).read_bytes()
    if name.endswith(SCANNED):
        name, content = "text.md", (CORPUS / "texts" / f"{Path(name).stem}.md").read_bytes()
    if name.endswith(CONVERTED) and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    if name.endswith(".jsonl"):
        record = json.loads(content.splitlines()[int(member) - 1])
        return f"{record['title']}\n{record['text']}"
    if name.endswith(".zip"):
        with zipfile.ZipFile(DOCUMENTS / name) as archive:
            name, content = member, archive.read(member)
    return "\n".join(block.raw for block in read_source(name, content).blocks)


every_gold = pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)


def test_there_are_samples_of_every_shape() -> None:
    assert len(GOLD) >= 10
    shapes = {row["shape"] for row in read_manifest()}
    assert shapes >= set(SHAPES_OF_THE_SEEDS)
    assert sum("table" in shape for shape in shapes) >= 3
    assert len({row["province"] for row in read_manifest()}) >= 10


def test_the_manifest_lists_every_file_once() -> None:
    rows = read_manifest()
    assert list(rows[0]) == ["file", "shape", "kind", "province", "sector", "odd"]
    assert [row["file"] for row in rows] == [path.name for path in sources()]
    assert all(all(row.values()) for row in rows)


def test_every_file_has_gold_and_every_gold_a_file() -> None:
    files = [path.name for path in sources()]
    assert list(dict.fromkeys(file_of(read_gold(path)["source"]) for path in GOLD)) == files
    assert all(path.stem.partition("--")[0] == Path(file_of(read_gold(path)["source"])).stem for path in GOLD)


def test_every_document_in_an_archive_has_gold() -> None:
    members = {read_gold(path)["source"].partition("!/")[2] for path in GOLD} - {""}
    with zipfile.ZipFile(DOCUMENTS / "21_dienbien_van_hoa_2026.zip") as archive:
        names = archive.namelist()
    crawl = (DOCUMENTS / "22_tin_thu_thap_2026.jsonl").read_text(encoding="utf-8").splitlines()
    assert members == {*names, *(f"{number:07}" for number in range(1, 1 + len(crawl)))}


@every_gold
def test_every_sample_says_that_it_is_an_illustration(path: Path) -> None:
    text = read_words(read_gold(path)["source"])
    assert ILLUSTRATION in " ".join(text.split())
    assert text == unicodedata.normalize("NFC", text)


@every_gold
def test_the_document_agrees_with_the_manifest(path: Path) -> None:
    gold = read_gold(path)
    document = gold["document"]
    row = next(row for row in read_manifest() if row["file"] == file_of(gold["source"]))
    assert set(gold) == {"source", "document", "groups", "tasks", "indicators"}
    assert set(document) == DOCUMENT_KEYS
    assert document["kind"] in row["kind"].split("; ")
    assert document["kind"] in KINDS
    assert document["province"] in row["province"].split("; ") or gold["source"] in NO_ADMINISTRATION
    assert document["issued"] is None or DATE.fullmatch(document["issued"])
    assert document["period"] is None or PERIOD.fullmatch(document["period"])


@every_gold
def test_the_document_s_words_stand_in_the_source(path: Path) -> None:
    gold = read_gold(path)
    source = fold(read_words(gold["source"]))
    assert fold(gold["document"]["title"]) in source
    if gold["document"]["number"]:
        assert fold(gold["document"]["number"]) in source


@every_gold
def test_groups_stand_in_the_source_and_hold_tasks(path: Path) -> None:
    gold = read_gold(path)
    source = fold(read_words(gold["source"]))
    for group in gold["groups"]:
        assert set(group) == {"marker", "title"}
        assert fold(group["title"]) in source, group
    markers = {group["marker"] for group in gold["groups"]}
    used = {task["group"] for task in gold["tasks"]}
    assert used <= markers | {None}


@every_gold
def test_tasks_are_well_formed_and_stand_in_the_source(path: Path) -> None:
    gold = read_gold(path)
    source = fold(read_words(gold["source"]))
    for task in gold["tasks"]:
        assert set(task) == TASK_KEYS
        for quoted in (task["text"], *task["lead"], *task["support"]):
            assert fold(quoted).casefold() in source.casefold(), quoted
        for key in ("start", "due"):
            assert task[key] is None or DAY.fullmatch(task[key]), task
        assert task["start"] is None or task["due"] is None or task["start"] <= task["due"]
        assert task["recurrence"] is None or RECURRENCE.fullmatch(task["recurrence"]), task


@every_gold
def test_indicators_are_well_formed_and_stand_in_the_source(path: Path) -> None:
    gold = read_gold(path)
    source = fold(read_words(gold["source"]))
    for item in gold["indicators"]:
        assert INDICATOR_KEYS <= set(item) <= INDICATOR_KEYS | {"lead"}
        assert fold(item["quote"]) in source, item["quote"]
        assert item["kind"] in {"target", "result", "budget"}
        assert item["measure"] in {"level", "increase", "decrease"}
        assert item["comparator"] in {"=", ">", ">=", "<", "<=", "~", "range"}
        assert (item["comparator"] == "range") == (item["value_high"] is not None)
        assert isinstance(item["value"], int | float)
        assert item["value_high"] is None or item["value_high"] > item["value"]
        assert item["period"] is None or PERIOD.fullmatch(item["period"])
        assert item["unit"] == item["unit"].lower()


@every_gold
def test_no_record_is_written_twice(path: Path) -> None:
    gold = read_gold(path)
    for kind in ("tasks", "indicators"):
        records = [json.dumps(record, sort_keys=True) for record in gold[kind]]
        assert len(records) == len(set(records))
    assert bool(gold["tasks"] or gold["indicators"]) is (gold["source"] not in NO_ADMINISTRATION)


def test_indicator_tables_are_well_covered() -> None:
    counts = {path.stem: len(read_gold(path)["indicators"]) for path in GOLD}
    assert counts["06_tuyenquang_chi_tieu_2026_2030"] >= 140
    assert counts["07_caobang_giam_ngheo_bang_mot_o_mot_dong_2025"] >= 20
    assert counts["08_haiphong_kinh_te_so_2026"] >= 20


def test_dates_lie_on_both_sides_of_the_merger() -> None:
    issued = [read_gold(path)["document"]["issued"] or "" for path in GOLD]
    assert sum("2000" < day < "2025-07-01" for day in issued) >= 4
    assert sum(day >= "2025-07-01" for day in issued) >= 4


def test_a_quotation_that_is_not_there_would_be_found() -> None:
    source = fold("| 1 | Tuổi thọ | **73,6** |")
    assert fold("Tuổi thọ 73,6") in source
    assert fold("Tuổi thọ 73,7") not in source
