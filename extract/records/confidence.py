"""How sure a reading is: the chance that a row is right, learnt from rows whose rightness is known.

Each row is described by a few features; their weights, added up, give the chance (logistic regression; a
form of the calibration of Platt 1999, with more than the one score). The weights come with the model of
the judge stage; without it rows keep the confidence that the rules gave them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp

from extract.schema import Document, Group, Indicator, Task

Weights = Mapping[str, float]

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
    calibration: Mapping[str, Weights],
) -> None:
    """Set the confidence of all tasks and indicators of a document.

    ``calibration`` holds the weights of features for ``task`` and ``indicator``; rows of a sort that it
    lacks stay as they are.
    """
    roles = {group.group_id: group.role for group in groups}
    if "task" in calibration:
        for task in tasks:
            features = describe_task(document, task, roles.get(task.group_id, ""))
            task.confidence = chance_of(features, calibration["task"])
    if "indicator" in calibration:
        counts = count_values(indicators)
        for row in indicators:
            features = describe_indicator(document, row, roles.get(row.group_id, ""), counts)
            row.confidence = chance_of(features, calibration["indicator"])


def describe_task(document: Document, task: Task, role: str) -> list[str]:
    """Describe a task by what tells whether it is one; its confidence so far is the model's chance."""
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
    document: Document, row: Indicator, role: str, counts: Mapping[tuple[object, str], int]
) -> list[str]:
    """Describe an indicator; ``counts`` is what :func:`count_values` gives for its document."""
    words = len(row.name.split())
    length = "none" if not words else "long" if words > LONG_NAME_WORDS else "usual"
    whole = row.value == int(row.value) if abs(row.value) < SMALL_NUMBER else False
    unit = row.unit_code if row.unit_code in ("%", "VND") else "known" if row.unit_code else "none"
    unit = "count" if unit == "known" and row.unit_code.startswith("{") else unit
    return [
        "any",
        f"before={_bin(row.confidence)}",
        f"kind={document.kind}",
        f"sort={row.kind}",
        f"role={role}",
        f"unit={unit}",
        f"small={whole}",
        f"small_{unit}={whole}",
        f"comparator={row.comparator}",
        f"measure={row.measure}",
        f"period={row.period_source}",
        f"name={length}",
        f"in_task={bool(row.task_id)}",
        f"repeated={counts[row.value, row.unit] >= REPEATED}",
        f"recognised={bool(document.ocr_pages)}",
    ]


def count_values(indicators: Sequence[Indicator]) -> dict[tuple[object, str], int]:
    """Count how often a document gives the same value of the same unit."""
    counts: dict[tuple[object, str], int] = {}
    for row in indicators:
        counts[row.value, row.unit] = counts.get((row.value, row.unit), 0) + 1
    return counts


def chance_of(features: Sequence[str], weights: Weights) -> float:
    """Give the chance, 0 to 1, that the weights of the features add up to.

    >>> chance_of(["any", "origin=item"], {"any": 0.0, "origin=item": 0.0})
    0.5
    """
    return round(1 / (1 + exp(-sum(weights.get(feature, 0.0) for feature in features))), DECIMALS)


def _bin(chance: float) -> str:
    """Put a chance into one of ten bins.

    >>> _bin(0.87), _bin(1.0)
    ('8', '9')
    """
    return str(min(9, int(chance * 10)))
