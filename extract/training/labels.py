"""What each item of a document is for, as far as it is known: from gold, or from what the rules say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from extract.evaluation.comparing import Bag, contained, count_words, overlap, pair_best
from extract.evaluation.pairing import SAME_TASK
from extract.judging.deciding import TASKS
from extract.judging.features import Describer, hash_features
from extract.judging.model import CLASSES
from extract.judging.roles import WORKING
from extract.judging.rules import Judged
from extract.pipeline import Analysis
from extract.schema import GroupRole

PART_OF_TASK = 0.95
"""Share of an item's words (or of a task's) that makes it a part (or the whole) of the other."""
PART_WEIGHT = 0.3
"""A part is paired only where no better pair is left."""
MIN_PART_WORDS = 6
CLASS_OF_KIND = {"result": "situation", "target": "target", "budget": "funding"}
"""What an item is for that holds an indicator of this kind and is no task."""


class Example(NamedTuple):
    """An item to learn from: the buckets of its features, sorted, each once, and its class."""

    buckets: tuple[int, ...]
    label: str


def label_by_gold(analysis: Analysis, gold: dict[str, Any]) -> list[Example]:
    """Label every item of a document by its right answers; what they do not tell by the rules.

    Where the gold is of some pages, items of the others are left out. Raises KeyError for what a record of
    the gold lacks.
    """
    bodies = [count_words(analysis.outline.body(node)) for node in analysis.outline.nodes]
    tasks = _pair_items(bodies, [count_words(task["text"]) for task in gold["tasks"]])
    kinds = _find_kinds(bodies, gold["indicators"])
    labels = []
    for index, (role, judged) in enumerate(zip(analysis.roles, analysis.judged, strict=True)):
        if not _is_annotated(analysis, index, gold.get("pages")):
            labels.append("")
        elif index in tasks:
            labels.append("assignment" if role == "assignment" else "task")
        elif judged.what not in ("closing", "group") and index in kinds:
            labels.append(CLASS_OF_KIND[kinds[index]])
        else:
            labels.append(_label_without_task(role, judged))
    return _build_examples(analysis, labels)


def label_by_rules(analysis: Analysis) -> list[Example]:
    """Label the items of a document by the rules, but for labelled lines and what goes on with an item."""
    labels = []
    for role, judged in zip(analysis.roles, analysis.judged, strict=True):
        if judged.what in ("attribute", "continuation", "lead_in"):
            labels.append("")
        elif judged.what in TASKS:
            labels.append("assignment" if role == "assignment" else "task")
        else:
            labels.append(_label_without_task(role, judged))
    return _build_examples(analysis, labels)


def _is_annotated(analysis: Analysis, index: int, pages: Sequence[int] | None) -> bool:
    node = analysis.outline.nodes[index]
    places = analysis.canonical.places_of(node.start, node.end) if pages else []
    return not pages or not places or pages[0] <= places[0].page <= pages[1]


def _label_without_task(role: GroupRole, judged: Judged) -> str:
    if judged.what in ("closing", "group"):
        return "closing" if judged.what == "closing" else "heading"
    return role if role in CLASSES and role not in WORKING else "other"


def _build_examples(analysis: Analysis, labels: Sequence[str]) -> list[Example]:
    describer = Describer(analysis.outline, analysis.mentions, analysis.whole.document.kind)
    return [
        Example(tuple(sorted(set(hash_features(describer.describe(index))))), label)
        for index, label in enumerate(labels)
        if label
    ]


def _pair_items(bodies: Sequence[Bag], tasks: Sequence[Bag]) -> set[int]:
    """Find the items that are tasks; a task may begin with an item and go on behind it, or be part of it."""
    pairs = pair_best(
        (nearness, i, j)
        for i, task in enumerate(tasks)
        for j, body in enumerate(bodies)
        if (nearness := _nearness(task, body))
    )
    return {j for _, j in pairs}


def _nearness(task: Bag, body: Bag) -> float:
    shared = overlap(task, body)
    if shared >= SAME_TASK:
        return shared
    smaller = min(task.total(), body.total())
    if smaller < MIN_PART_WORDS or contained(task, body) < PART_OF_TASK:
        return 0.0
    return PART_WEIGHT * smaller / max(task.total(), body.total())


def _find_kinds(bodies: Sequence[Bag], indicators: Sequence[dict[str, Any]]) -> dict[int, str]:
    """Find the items that hold indicators, and the kind of the first that each holds."""
    kinds: dict[int, str] = {}
    for indicator in indicators:
        quote = count_words(indicator["quote"])
        if not quote or not bodies:
            continue
        shares = [(quote & body).total() / quote.total() for body in bodies]
        best = max(range(len(bodies)), key=lambda index: (shares[index], -bodies[index].total()))
        if shares[best] >= PART_OF_TASK:
            kinds.setdefault(best, indicator["kind"])
    return kinds
