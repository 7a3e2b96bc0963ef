"""``--min-confidence``: which rows go, what goes with them, and what a run says of it."""

from __future__ import annotations

import csv
import json
from collections import Counter
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest
from stub_pipeline import extract_stub, indicator

from extract import cli
from extract.archive.engine import extract_archive
from extract.dataset.filtering import drop_unsure
from extract.schema import Extraction

TEXT = "Nhiệm vụ\nDựng cột cờ\nMở lớp trống\nVẽ biển xóm\ncấp 12 thẻ\n"
KEY = extract_stub("a.txt", TEXT.encode()).document.document_id


def document() -> Extraction:
    """Give four tasks of 0.2, 0.4, 0.6 and 0.8 in two groups under a third, and three indicators.

    The first group holds two tasks, the second the others; the indicators stand in the first, the last and no
    task.
    """
    found = extract_stub("a.txt", TEXT.encode())
    top = found.groups[0]
    lower = [replace(top, group_id=f"{KEY}-g{n}", parent_id=top.group_id, level=2) for n in (2, 3)]
    found.groups.extend(lower)
    for number, task in enumerate(found.tasks):
        task.group_id = lower[number // 2].group_id
        task.confidence = [0.2, 0.4, 0.6, 0.8][number]
    first, last = found.tasks[0].task_id, found.tasks[3].task_id
    found.indicators[:] = [
        indicator(KEY, 1, 2, task_id=first, group_id=lower[0].group_id, confidence=0.9),
        indicator(KEY, 2, 3, task_id=last, group_id=lower[1].group_id, confidence=0.5),
        indicator(KEY, 3, 4, confidence=0.1),
    ]
    counts = {"group_count": 3, "task_count": 4, "indicator_count": 3}
    return replace(found, document=replace(found.document, **counts))


def drop(least: float) -> tuple[Extraction, Counter[str]]:
    """Leave out what is below, and count it."""
    dropped: Counter[str] = Counter()
    return drop_unsure(document(), least, dropped), dropped


@pytest.mark.parametrize(
    ("least", "tasks", "indicators"),
    [
        (0.0, [0.2, 0.4, 0.6, 0.8], [0.9, 0.5, 0.1]),
        (0.1, [0.2, 0.4, 0.6, 0.8], [0.9, 0.5, 0.1]),
        (0.2, [0.2, 0.4, 0.6, 0.8], [0.9, 0.5]),
        (0.25, [0.4, 0.6, 0.8], [0.9, 0.5]),
        (0.5, [0.6, 0.8], [0.9, 0.5]),
        (0.85, [], [0.9]),
        (1.0, [], []),
    ],
)
def test_rows_that_are_sure_enough_stay(least: float, tasks: list[float], indicators: list[float]) -> None:
    found, dropped = drop(least)
    assert [task.confidence for task in found.tasks] == tasks
    assert [row.confidence for row in found.indicators] == indicators
    assert (dropped["tasks"], dropped["indicators"]) == (4 - len(tasks), 3 - len(indicators))


def test_units_go_with_their_task() -> None:
    found, dropped = drop(0.5)
    assert [unit.task_id for unit in found.task_units] == [task.task_id for task in found.tasks]
    assert dropped["task_units"] == 2
    assert "groups" not in drop(0.25)[1], "no group went: it is not told"


def test_groups_stay_with_the_tasks_in_them_and_those_above() -> None:
    assert [group.group_id for group in drop(0.25)[0].groups] == [f"{KEY}-g{n}" for n in (1, 2, 3)]
    found, dropped = drop(0.5)
    assert [group.group_id for group in found.groups] == [f"{KEY}-g1", f"{KEY}-g3"]
    assert dropped["groups"] == 1
    found, dropped = drop(0.85)
    assert found.groups == []
    assert dropped == {"groups": 3, "tasks": 4, "task_units": 4, "indicators": 2}


def test_an_indicator_of_a_task_that_went_names_neither_task_nor_group() -> None:
    first, last = drop(0.5)[0].indicators
    assert (first.task_id, first.group_id) == ("", "")
    assert (last.task_id, last.group_id) == (f"{KEY}-t4", f"{KEY}-g3")
    # Its task went, but another holds the group.
    assert drop(0.3)[0].indicators[0].task_id == ""
    assert drop(0.3)[0].indicators[0].group_id == f"{KEY}-g2"


def test_the_document_counts_what_is_left() -> None:
    row = drop(0.5)[0].document
    assert (row.group_count, row.task_count, row.indicator_count) == (2, 2, 2)
    assert row.status == document().document.status


def test_what_is_given_is_not_changed() -> None:
    given = document()
    before = deepcopy(given)
    drop_unsure(given, 0.85, Counter())
    assert given == before


def test_counts_of_several_documents_add_up() -> None:
    dropped = Counter({"tasks": 5})
    for _ in range(2):
        drop_unsure(document(), 0.5, dropped)
    assert dropped == {"tasks": 9, "task_units": 4, "groups": 2, "indicators": 2}


def test_nothing_to_leave_out_changes_nothing() -> None:
    given, dropped = document(), Counter[str]()
    assert drop_unsure(given, 0.1, dropped) is given
    assert not dropped


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    """Read a table."""
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def unsure_stub(source: str, content: bytes, options: object = None) -> Extraction:
    """Give tasks of 0.5 and indicators of 0.25, but in documents called ``sure`` more of both."""
    found = extract_stub(source, content)
    for row in [*found.tasks, *found.indicators]:
        row.confidence += 0.4 * source.startswith("sure")
    return found


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_says_what_it_left_out(tmp_path: Path, workers: int) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt", "sure.txt"):
        (tmp_path / "in" / name).write_text(TEXT + name, encoding="utf-8")
    out = tmp_path / "out"
    counts = extract_archive(
        [tmp_path / "in"], out, formats=("csv",), workers=workers, extract=unsure_stub, min_confidence=0.6
    )
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert record["options"]["min_confidence"] == 0.6
    assert record["counts"]["dropped"] == {"groups": 2, "indicators": 2, "task_units": 10, "tasks": 10}
    assert record["counts"]["rows"]["tasks"] == counts.rows["tasks"] == 5
    documents = {row["source"]: row["task_count"] for row in rows(out, "documents")}
    assert documents == {"a.txt": "0", "b.txt": "0", "sure.txt": "5"}
    assert {row["document_id"] for row in rows(out, "tasks")} == {rows(out, "groups")[0]["document_id"]}


@pytest.mark.parametrize("share", ["1.5", "x", "-0.1", "nan", "inf", ""])
def test_a_confidence_that_is_none_is_refused(share: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(["extract", "in", "--out", "out", "--min-confidence", share])
    assert stop.value.code == 2
    assert f"{share!r} is no confidence; give 0 to 1" in capsys.readouterr().err


def test_the_command_line_leaves_out_what_is_unsure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.pipeline.extract_source", unsure_stub)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    arguments = [str(tmp_path / "a.txt"), "--workers", "1", "--format", "csv", "--quiet"]
    for share, left in (("0", 4), ("0.5", 4), ("0.51", 0), ("1", 0)):
        out = tmp_path / share
        assert cli.main(["extract", *arguments, "--out", str(out), "--min-confidence", share]) == 0
        assert len(rows(out, "tasks")) == left
