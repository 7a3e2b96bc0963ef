"""A training as Markdown tables: what it learnt from, what rules and model each reach, and the confidence."""

from __future__ import annotations

from collections.abc import Sequence

from extract.evaluation.scores import Evaluation
from extract.training.train import Trained

FIELDS = (
    "task",
    "task group",
    "task lead",
    "task support",
    "task time",
    "indicator value",
    "indicator whole",
)
"""What the judgement of items bears on."""
DIGITS = 3


def describe_training(trained: Trained) -> str:
    """Describe a training: three tables in Markdown, each with a line that says what it holds."""
    data = [(name, str(value)) for name, value in trained.description["data"].items()]
    lines = [
        "Learnt from:",
        "",
        *_table(("what", "value"), data),
        "",
        "F1 on the gold documents, each read with a model trained without it:",
        "",
        *_ablation(trained.measured.variants),
        "",
        "Confidence on the same documents, calibrated without the document:",
        "",
        *_reliability(trained),
        "",
    ]
    return "\n".join(lines)


def _ablation(variants: dict[str, Evaluation]) -> list[str]:
    scores = {
        name: {score.name: score.f1 for score in evaluation.scores} for name, evaluation in variants.items()
    }
    rows = [
        (field, *(f"{found[field]:.{DIGITS}f}" if field in found else "" for found in scores.values()))
        for field in FIELDS
    ]
    return _table(("field", *scores), rows)


def _reliability(trained: Trained) -> list[str]:
    rows = []
    for sort, measured in trained.measured.reliability.items():
        rows += [
            (
                sort,
                f"{one.low:.1f}-{one.high:.1f}",
                str(one.records),
                f"{one.confidence:.{DIGITS}f}",
                f"{one.right:.{DIGITS}f}",
            )
            for one in measured.bins
        ]
        error = f"{measured.expected_error:.{DIGITS}f}"
        rows.append((sort, "expected calibration error", str(measured.records), "", error))
    return _table(("record", "confidence", "records", "mean confidence", "right"), rows)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    ruler = ["---"] * len(header)
    return [f"| {' | '.join(row)} |" for row in (header, ruler, *rows)]
