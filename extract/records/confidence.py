"""How sure a reading is: the chance that a row is right, learnt from rows whose rightness is known.

Each row is described by a few features; their weights, added up, give the chance (logistic regression; a
form of the calibration of Platt 1999, with more than the one score). The weights come with the model of
the judge stage; without it rows keep the confidence that the rules gave them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from extract.judging.model import Calibration, to_chance
from extract.schema import Document, Group, Indicator, Task
from extract.spans import Number

DECIMALS = 3
SHORT_WORDS, LONG_WORDS = 5, 60
SMALL_NUMBER = 10
"""Counts up to so many are often no more than references to what is known."""
LONG_NAME_WORDS = 18
REPEATED = 3
"""A number of one unit that a document names so often is a reference rather than a goal."""


def rate_rows(
    document: Document,
    groups: Sequence[Group],
    tasks: Sequence[Task],
    indicators: Sequence[Indicator],
    calibration: Calibration,
) -> None:
    """Set the confidence of all tasks and indicators of a document.

    ``calibration`` holds the weights of features for ``task`` and ``indicator``; rows of a sort for which it
    has none stay as they are.
    """
    roles = {group.group_id: group.role for group in groups}
    if calibration.get("task"):
        for task in tasks:
            features = describe_task(document, task, roles.get(task.group_id, ""))
            task.confidence = chance_of(features, calibration["task"])
    if calibration.get("indicator"):
        counts = count_values(indicators)
        for row in indicators:
            features = describe_indicator(document, row, roles.get(row.group_id, ""), counts)
            row.confidence = chance_of(features, calibration["indicator"])


def describe_task(document: Document, task: Task, role: str) -> list[str]:
    """Describe a task by what tells whether it is one.

    Takes its document, the task, whose confidence so far is the chance that it is one as the judge stage sees
    it, and the role of its group, empty without one.
    """
    words = len(task.text.split())
    length = "short" if words < SHORT_WORDS else "long" if words > LONG_WORDS else "usual"
    opening = "lead" if task.lead else "none"
    return [
        "any",
        f"chance={_bin(task.confidence)}",
        f"origin={task.origin}",
        f"kind={document.kind}",
        f"role={role}",
        f"length={length}",
        f"opening={'action' if task.action else opening}",
        f"marked={bool(task.marker)}",
        f"timed={bool(task.time_source)}",
        f"recognised={bool(document.ocr_pages)}",
    ]


def describe_indicator(
    document: Document, row: Indicator, role: str, counts: Mapping[tuple[Number, str], int]
) -> list[str]:
    """Describe an indicator by what tells whether it is right.

    Takes its document, the indicator with the confidence that the rules gave it, the role of its group, and
    what :func:`count_values` gives for the document.
    """
    words = len(row.name.split())
    length = "none" if not words else "long" if words > LONG_NAME_WORDS else "usual"
    small = abs(row.value) < SMALL_NUMBER and row.value == int(row.value)
    unit = _sort_of_unit(row.unit_code)
    return [
        "any",
        f"before={_bin(row.confidence)}",
        f"kind={document.kind}",
        f"sort={row.kind}",
        f"role={role}",
        f"unit={unit}",
        f"small={small}",
        f"small_{unit}={small}",
        f"comparator={row.comparator}",
        f"measure={row.measure}",
        f"period={row.period_source}",
        f"name={length}",
        f"in_task={bool(row.task_id)}",
        f"repeated={counts[row.value, row.unit] >= REPEATED}",
        f"recognised={bool(document.ocr_pages)}",
    ]


def count_values(indicators: Sequence[Indicator]) -> Counter[tuple[Number, str]]:
    """Count how often a document gives the same value of the same unit.

    >>> count_values([])
    Counter()
    """
    return Counter((row.value, row.unit) for row in indicators)


def chance_of(features: Sequence[str], weights: Mapping[str, float]) -> float:
    """Give the chance, 0 to 1, that the weights of the features add up to.

    >>> chance_of(["any", "origin=item"], {"any": 0.0, "origin=item": 0.0})
    0.5
    """
    return round(to_chance(sum(weights.get(feature, 0.0) for feature in features)), DECIMALS)


def _sort_of_unit(code: str) -> str:
    if code in ("%", "VND"):
        return code
    if not code:
        return "none"
    return "count" if code.startswith("{") else "known"


def _bin(chance: float) -> str:
    """Put a chance into one of ten bins.

    >>> _bin(0.87), _bin(1.0)
    ('8', '9')
    """
    return str(min(9, int(chance * 10)))
