"""An evaluation as plain values for JSON, and as tables of text for the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from extract.evaluation.bootstrap import FEW_DOCUMENTS, LEVEL, RESAMPLES, SEED, Interval, find_intervals
from extract.evaluation.causes import Cause
from extract.evaluation.reliability import measure_by_record
from extract.evaluation.scores import Evaluation

RIGHT_MEANS = {
    "task": "a task is right when its text is that of a task of the gold",
    "indicator value": "an indicator is right when its value is, whatever its other fields",
}


class Table(NamedTuple):
    """A table of text: its header, its rows, and lines to print below."""

    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    notes: tuple[str, ...] = ()


def count_causes(evaluation: Evaluation) -> dict[Cause, int]:
    """Count the mistakes by cause, all causes in their order.

    >>> sum(count_causes(Evaluation((), ())).values())
    0
    """
    counts = Counter(mistake.cause for mistake in evaluation.mistakes)
    return {cause: counts[cause] for cause in Cause}


def build_scores(evaluation: Evaluation) -> dict[str, dict[str, Any]]:
    """Give precision, recall, F1 with its interval, and the counts behind them, by field."""
    intervals = find_intervals(evaluation.documents)
    return {
        score.name: {
            "precision": score.precision,
            "recall": score.recall,
            "f1": score.f1,
            "f1_interval": list(intervals[score.name]) if score.name in intervals else None,
            "hits": score.hits,
            "said": score.said,
            "gold": score.gold,
        }
        for score in evaluation.scores
    }


def build_report(evaluation: Evaluation) -> dict[str, Any]:
    """Give an evaluation as plain values: scores, how the intervals were made, reliability, mistakes.

    >>> build_report(Evaluation((), ()))["intervals"]["resamples"]
    1000
    """
    return {
        "scores": build_scores(evaluation),
        "intervals": {
            "level": LEVEL,
            "resamples": RESAMPLES,
            "seed": SEED,
            "unit": "document",
            "documents": len(evaluation.documents),
        },
        "reliability": {
            record: {
                "right": RIGHT_MEANS[record],
                "records": measured.records,
                "expected_calibration_error": measured.expected_error,
                "bins": [one._asdict() for one in measured.bins],
            }
            for record, measured in measure_by_record(evaluation.judged).items()
        },
        "causes": count_causes(evaluation),
        "mistakes": [_build_mistake(asdict(mistake)) for mistake in evaluation.mistakes],
    }


def _build_mistake(mistake: Mapping[str, Any]) -> dict[str, Any]:
    return {**mistake, "differences": [found._asdict() for found in mistake["differences"]]}


def list_tables(evaluation: Evaluation) -> Iterator[Table]:
    """Give the tables that the command line prints: scores, causes, and reliability of each sort."""
    yield _list_scores(evaluation, find_intervals(evaluation.documents))
    causes = [(cause.value, f"{count:,}") for cause, count in count_causes(evaluation).items() if count]
    if causes:
        yield Table(("Wrong records by cause", ""), causes)
    for record, measured in measure_by_record(evaluation.judged).items():
        rows = [
            (
                f"{one.low:.1f} - {one.high:.1f}",
                f"{one.records:,}",
                f"{one.confidence:.3f}",
                f"{one.right:.3f}",
            )
            for one in measured.bins
        ]
        error = f"Expected calibration error {measured.expected_error:.3f}; {RIGHT_MEANS[record]}."
        yield Table((f"Confidence: {record}", "records", "mean", "right"), rows, (error,))


def _list_scores(evaluation: Evaluation, intervals: Mapping[str, Interval]) -> Table:
    rows = [
        (
            score.name,
            f"{score.precision:.3f}",
            f"{score.recall:.3f}",
            f"{score.f1:.3f}",
            format_interval(intervals.get(score.name)),
            f"{score.gold:,}",
        )
        for score in evaluation.scores
    ]
    return Table(
        ("Field", "precision", "recall", "F1", f"{LEVEL:.0%} interval", "gold"),
        rows,
        tuple(list_notes(evaluation)),
    )


def format_interval(interval: Interval | None) -> str:
    """Write an interval with three decimals, nothing for none.

    >>> format_interval(Interval(0.5, 1))
    '0.500 - 1.000'
    """
    return f"{interval.low:.3f} - {interval.high:.3f}" if interval else ""


def list_notes(evaluation: Evaluation) -> Iterator[str]:
    """Give what one must know to read the scores: missing documents, and intervals over few documents."""
    documents = len(evaluation.documents)
    missing = sum(outcome.what == "missing document" for outcome in evaluation.outcomes)
    if missing:
        yield f"{missing} of the {documents} gold documents are not in the dataset."
    if documents < FEW_DOCUMENTS:
        yield f"The intervals mean little: they draw from {documents} document{'s'[documents == 1 :]} only."
