"""Confidence: what a row is described by, how weights make a chance of it, and when the rules' own stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import pytest
from hand_models import make_model, make_model_with_chance, read_paragraphs
from stub_pipeline import extract_stub, indicator

from extract.judging.model import JudgementModel, load_model
from extract.pipeline import extract_read
from extract.records.confidence import (
    chance_of,
    count_values,
    describe_indicator,
    describe_task,
    rate_rows,
)
from extract.schema import Document, Extraction, Group, Indicator, Task
from extract.spans import Block, Place, Source

STUB = extract_stub("a.txt", "Nhiệm vụ\nDựng cột cờ đầu các xóm\n".encode())
TASK = replace(STUB.tasks[0], confidence=0.87, action="Dựng", origin="item", time_source="heading")
PLAN = replace(STUB.document, kind="plan")
WORDS = (
    "UBND XÃ CỒN SẺ",
    "KẾ HOẠCH",
    "Dựng cột cờ năm 2026",
    "I. NHIỆM VỤ",
    "- Dựng cột cờ đầu 12 xóm.",
    "- Đội trống tập ở sân đình mỗi tuần hai buổi.",
)


def describe(task: Task, role: str = "task", document: Document = PLAN) -> set[str]:
    """Describe a task."""
    return set(describe_task(document, task, role))


def describe_value(value: float, **changes: object) -> set[str]:
    """Describe an indicator that stands alone in its document."""
    row = indicator("k", 1, value, **changes)
    return set(describe_indicator(PLAN, row, "target", count_values([row])))


def test_a_task_is_described() -> None:
    """Whoever changes what is found here raises FEATURES_VERSION in extract/judging/features.py."""
    assert describe(TASK) == {
        "any", "chance=8", "origin=item", "kind=plan", "role=task", "length=usual", "opening=action",
        "marked=True", "timed=True", "recognised=False",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"text": "Dựng cột cờ"}, "length=short"),
        ({"text": "cờ " * 5}, "length=usual"),
        ({"text": "cờ " * 60}, "length=usual"),
        ({"text": "cờ " * 61}, "length=long"),
        ({"action": ""}, "opening=lead"),
        ({"action": "", "lead": ()}, "opening=none"),
        ({"marker": ""}, "marked=False"),
        ({"time_source": ""}, "timed=False"),
        ({"confidence": 0.0}, "chance=0"),
        ({"confidence": 1.0}, "chance=9"),
        ({"origin": "sentence"}, "origin=sentence"),
    ],
)
def test_features_of_tasks(changes: dict[str, object], expected: str) -> None:
    assert expected in describe(replace(TASK, **changes))


def test_a_task_of_a_recognised_page_or_without_a_group_is_told_apart() -> None:
    assert "recognised=True" in describe(TASK, document=replace(PLAN, ocr_pages=2))
    assert "recognised=False" in describe(TASK, document=replace(PLAN, ocr_pages=0))
    assert "role=" in describe(TASK, role="")


def test_an_indicator_is_described() -> None:
    """Whoever changes what is found here raises FEATURES_VERSION in extract/judging/features.py."""
    assert describe_value(86.5, confidence=0.4) == {
        "any", "before=4", "kind=plan", "sort=target", "role=target", "unit=count", "small=False",
        "small_count=False", "comparator==", "measure=level", "period=item", "name=usual", "in_task=False",
        "repeated=False", "recognised=False",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "changes", "expected"),
    [
        (3, {}, "small_count=True"),
        (3.0, {}, "small=True"),
        (3.5, {}, "small=False"),
        (10, {}, "small=False"),
        (-3, {}, "small=True"),
        (1e300, {}, "small=False"),
        (3, {"unit_code": "%"}, "small_%=True"),
        (3, {"unit_code": "VND"}, "unit=VND"),
        (3, {"unit_code": "km"}, "unit=known"),
        (3, {"unit_code": ""}, "unit=none"),
        (3, {"name": ""}, "name=none"),
        (3, {"name": "cờ " * 19}, "name=long"),
        (3, {"task_id": "k-t1"}, "in_task=True"),
        (3, {"comparator": ">="}, "comparator=>="),
        (3, {"period_source": ""}, "period="),
    ],
)
def test_features_of_indicators(value: float, changes: dict[str, object], expected: str) -> None:
    assert expected in describe_value(value, **changes)


def test_a_number_that_is_given_again_and_again_is_told_apart() -> None:
    rows = [indicator("k", n, 5, unit="lớp") for n in range(3)] + [indicator("k", 9, 5, unit="xã")]
    counts = count_values(rows)
    assert counts == {(5, "lớp"): 3, (5, "xã"): 1}
    repeated = ["repeated=True" in describe_indicator(PLAN, row, "", counts) for row in rows]
    assert repeated == [True, True, True, False]


@pytest.mark.parametrize(
    ("features", "chance"),
    [([], 0.5), (["a"], 0.731), (["a", "b"], 0.269), (["a", "unknown"], 0.731), (["c"], 1.0), (["d"], 0.0)],
)
def test_weights_add_up_to_a_chance(features: list[str], chance: float) -> None:
    assert chance_of(features, {"a": 1.0, "b": -2.0, "c": 1e6, "d": -1e6}) == chance


def test_more_weight_is_more_confidence() -> None:
    chances = [chance_of(["any"], {"any": weight / 4}) for weight in range(-20, 21)]
    assert all(low < high for low, high in pairwise(chances))
    assert (chances[0], chances[-1]) == (0.007, 0.993)


def rows(role: str = "task") -> tuple[list[Group], list[Task], list[Indicator]]:
    """Give a group, a task in it and one outside, and an indicator."""
    group = replace(STUB.groups[0], role=role)
    return [group], [replace(TASK), replace(TASK, group_id="")], [indicator("k", 1, 5, confidence=0.85)]


def test_rows_get_the_confidence_of_their_features() -> None:
    groups, tasks, indicators = rows()
    weights = {"task": {"role=task": 1.0, "chance=8": 1.0}, "indicator": {"before=8": -2.0, "role=": 1.0}}
    rate_rows(PLAN, groups, tasks, indicators, weights)
    assert [task.confidence for task in tasks] == [0.881, 0.731]
    assert [row.confidence for row in indicators] == [0.269]


@pytest.mark.parametrize("none", [{}, {"task": {}, "indicator": {}}])
def test_rows_of_a_sort_without_weights_keep_the_confidence_they_have(
    none: Mapping[str, Mapping[str, float]],
) -> None:
    groups, tasks, indicators = rows()
    rate_rows(PLAN, groups, tasks, indicators, none)
    assert [task.confidence for task in tasks] == [0.87, 0.87]
    rate_rows(PLAN, groups, tasks, indicators, {**none, "task": {"any": 1.0}})
    assert [task.confidence for task in tasks] == [0.731, 0.731]
    assert [row.confidence for row in indicators] == [0.85]


def extract(model: JudgementModel | None, sure: float | None = None) -> Extraction:
    """Extract the words as a document, or as a scan whose recognition is so sure of them."""
    row = Document("0" * 16, "a.pdf", "0" * 64)
    if sure is None:
        return extract_read(row, read_paragraphs(*WORDS), model)
    box = (72.0, 72.0, 500.0, 90.0)
    blocks = tuple(Block("paragraph", words, places=(Place(0, 1, box, sure),)) for words in WORDS)
    return extract_read(row, Source("application/pdf", blocks, 1, 1), model)


def test_the_calibration_sees_the_chance_of_the_model() -> None:
    calibration = {"task": {"chance=7": 2.0, "chance=9": -2.0}, "indicator": {"any": 1.0}}
    found = extract(JudgementModel(make_model_with_chance(0.75).weights, calibration))
    assert {task.confidence for task in found.tasks} == {0.881}
    assert {row.confidence for row in found.indicators} == {0.731}


def test_what_recognition_was_unsure_of_is_lowered_after_the_calibration() -> None:
    calibration = {"task": {"chance=7": 2.0, "recognised=True": 1.0}}
    model = JudgementModel(make_model_with_chance(0.75).weights, calibration)
    assert {task.confidence for task in extract(model, sure=1.0).tasks} == {0.953}
    assert {task.confidence for task in extract(model, sure=0.5).tasks} == {0.476}
    # Without weights for indicators theirs is that of the rules, and is lowered all the same.
    assert {row.confidence for row in extract(model, sure=1.0).indicators} == {0.85}
    assert {row.confidence for row in extract(model, sure=0.5).indicators} == {0.425}


def test_the_model_of_the_package_tells_sure_tasks_from_others() -> None:
    model = load_model()
    assert model is not None
    weights = model.calibration["task"]
    sure = describe(replace(TASK, confidence=0.99))
    unsure = describe(replace(TASK, confidence=0.05, action="", lead=(), text="Cột cờ", origin="paragraph"))
    assert chance_of(sorted(sure), weights) > 0.9 > 0.8 > chance_of(sorted(unsure), weights)


def test_a_model_without_calibration_leaves_the_rules_confidence_of_indicators() -> None:
    found = extract(make_model({}))
    assert {row.confidence for row in found.indicators} == {0.85}
