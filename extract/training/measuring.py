"""How well rules, model and both do on documents that the model has not seen; whether confidence holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from extract.dataset.writers import DatasetWriter
from extract.evaluation.evaluate import evaluate_dataset
from extract.evaluation.pairing import pair_indicators, pair_tasks
from extract.evaluation.reliability import Reliability, measure_reliability
from extract.evaluation.scores import Evaluation
from extract.judging.model import JudgementModel
from extract.pipeline import extract_read
from extract.records.confidence import chance_of, count_values, describe_indicator, describe_task
from extract.schema import Extraction
from extract.training.fitting import Rated, fit_confidence
from extract.training.sources import GoldDocument

SORTS = ("task", "indicator")
Leave = Callable[[int], JudgementModel]
"""Gives the model that was trained without the document of that number."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Scores by variant (rules, model, both), and the reliability of confidence by sort of row."""

    variants: dict[str, Evaluation]
    reliability: dict[str, Reliability]
    rated: dict[str, list[Rated]]


def measure(documents: Sequence[GoldDocument], leave: Leave) -> Measured:
    """Measure on gold documents, each with a model trained without it.

    Takes the documents and the function that gives such a model; gives the scores of rules alone, model
    alone and both, the reliability of a confidence that was fitted without the document, and the rated rows
    of all documents.
    """
    models = [leave(number) for number in range(len(documents))]
    variants: dict[str, list[JudgementModel | None]] = {
        "rules": [None] * len(models),
        "model": [replace(model, alone=True) for model in models],
        "both": list(models),
    }
    extractions = {
        name: [_extract(one, model) for one, model in zip(documents, chosen, strict=True)]
        for name, chosen in variants.items()
    }
    rated = [rate(one, found) for one, found in zip(documents, extractions["both"], strict=True)]
    return Measured(
        {name: _evaluate(documents, found) for name, found in extractions.items()},
        {sort: _measure_left_out([rows[sort] for rows in rated]) for sort in SORTS},
        {sort: [row for rows in rated for row in rows[sort]] for sort in SORTS},
    )


def rate(document: GoldDocument, extraction: Extraction) -> dict[str, list[Rated]]:
    """Give the features of each task and indicator of an extraction, and whether it is in the gold."""
    roles = {group.group_id: group.role for group in extraction.groups}
    counts = count_values(extraction.indicators)
    rows = {
        "task": [
            describe_task(extraction.document, task, roles.get(task.group_id, ""))
            for task in extraction.tasks
        ],
        "indicator": [
            describe_indicator(extraction.document, row, roles.get(row.group_id, ""), counts)
            for row in extraction.indicators
        ],
    }
    right = {
        "task": pair_tasks(document.gold["tasks"], [{"text": task.text} for task in extraction.tasks]),
        "indicator": pair_indicators(
            document.gold["indicators"],
            [{**asdict(row), "value": str(row.value)} for row in extraction.indicators],
        ),
    }
    found = {sort: {number for _, number in pairs} for sort, pairs in right.items()}
    return {
        sort: [(features, number in found[sort]) for number, features in enumerate(rows[sort])]
        for sort in SORTS
    }


def _measure_left_out(documents: Sequence[list[Rated]]) -> Reliability:
    """Measure the confidence of each document's rows by weights fitted on the other documents."""
    judged: list[tuple[float, bool]] = []
    for number, rows in enumerate(documents):
        others = [row for other, found in enumerate(documents) if other != number for row in found]
        if rows and others:
            weights = fit_confidence(others)
            judged += [(chance_of(features, weights), is_right) for features, is_right in rows]
    return measure_reliability(judged)


def _extract(document: GoldDocument, model: JudgementModel | None) -> Extraction:
    extraction = extract_read(document.file.document(), document.file.source, model)
    pages = document.gold.get("pages")
    if pages:
        first, last = pages
        extraction.tasks = [t for t in extraction.tasks if t.page is None or first <= t.page <= last]
        extraction.indicators = [
            i for i in extraction.indicators if i.page is None or first <= i.page <= last
        ]
    return extraction


def _evaluate(documents: Sequence[GoldDocument], extractions: Iterable[Extraction]) -> Evaluation:
    with TemporaryDirectory() as folder:
        with DatasetWriter(Path(folder), ("csv",)) as writer:
            for extraction in extractions:
                writer.add(extraction)
            writer.finish()
        return evaluate_dataset(Path(folder), [document.path for document in documents])
