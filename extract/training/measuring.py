"""How well rules, model and both do on documents that the model has not seen; whether confidence holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

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
from extract.training.sources import GoldDocument, list_others

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
    scores = {}
    for name, chosen in variants.items():
        extractions = [_extract(one, model) for one, model in zip(documents, chosen, strict=True)]
        scores[name] = _evaluate(documents, extractions)
    # The rows of the last variant, rules and model together, are those that the product gives.
    rated = [rate(one, found) for one, found in zip(documents, extractions, strict=True)]
    return Measured(
        scores,
        {sort: _measure_left_out(documents, [rows[sort] for rows in rated]) for sort in SORTS},
        {sort: [row for rows in rated for row in rows[sort]] for sort in SORTS},
    )


def rate(document: GoldDocument, extraction: Extraction) -> dict[str, list[Rated]]:
    """Give the features of each task and indicator of an extraction, and whether it is in the gold.

    Where the gold is of some pages, rows of the others are left out.
    """
    gold, row = document.gold, extraction.document
    roles = {group.group_id: group.role for group in extraction.groups}
    counts = count_values(extraction.indicators)
    tasks = [task for task in extraction.tasks if _is_annotated(gold, task.page)]
    indicators = [one for one in extraction.indicators if _is_annotated(gold, one.page)]
    said = [{**asdict(one), "value": str(one.value)} for one in indicators]
    right_tasks = {number for _, number in pair_tasks(gold["tasks"], [{"text": one.text} for one in tasks])}
    right_indicators = {number for _, number in pair_indicators(gold["indicators"], said)}
    return {
        "task": [
            (describe_task(row, one, roles.get(one.group_id, "")), number in right_tasks)
            for number, one in enumerate(tasks)
        ],
        "indicator": [
            (describe_indicator(row, one, roles.get(one.group_id, ""), counts), number in right_indicators)
            for number, one in enumerate(indicators)
        ],
    }


def _is_annotated(gold: Mapping[str, Any], page: int | None) -> bool:
    pages = gold.get("pages")
    return not pages or page is None or pages[0] <= page <= pages[1]


def _measure_left_out(documents: Sequence[GoldDocument], rows: Sequence[Sequence[Rated]]) -> Reliability:
    """Measure the confidence of each document's rows by weights fitted on the other documents."""
    judged: list[tuple[float, bool]] = []
    for number, found in enumerate(rows):
        weights = fit_confidence([row for other in list_others(documents, number) for row in rows[other]])
        if weights:
            judged += [(chance_of(features, weights), is_right) for features, is_right in found]
    return measure_reliability(judged)


def _extract(document: GoldDocument, model: JudgementModel | None) -> Extraction:
    """Extract a document as if recognition were sure of its words: that is no part of the calibration."""
    blocks = tuple(
        replace(block, places=tuple(replace(place, confidence=None) for place in block.places))
        for block in document.file.source.blocks
    )
    return extract_read(document.file.document(), replace(document.file.source, blocks=blocks), model)


def _evaluate(documents: Sequence[GoldDocument], extractions: Iterable[Extraction]) -> Evaluation:
    with TemporaryDirectory() as folder:
        with DatasetWriter(Path(folder), ("csv",)) as writer:
            for extraction in extractions:
                writer.add(extraction)
            writer.finish()
        return evaluate_dataset(Path(folder), [document.path for document in documents])
