"""In which records two evaluations with the same gold files differ."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from extract.evaluation.scores import Evaluation, Outcome


class Changes(NamedTuple):
    """Records that are right now and were not, right before and no more, and the same of false ones."""

    gained: tuple[Outcome, ...]
    lost: tuple[Outcome, ...]
    false_added: tuple[Outcome, ...]
    false_removed: tuple[Outcome, ...]


def compare_evaluations(new: Evaluation, old: Evaluation) -> Changes:
    """Give the records in which two evaluations with the same gold files differ, in order.

    >>> right, missed = Outcome("a", "right task", "Xây dựng"), Outcome("a", "missed task", "Xây dựng")
    >>> compare_evaluations(Evaluation((), (right,)), Evaluation((), (missed,))).gained == (right,)
    True
    """
    return Changes(
        _difference(new, old, "right "),
        _difference(old, new, "right "),
        _difference(new, old, "false "),
        _difference(old, new, "false "),
    )


def _difference(one: Evaluation, other: Evaluation, prefix: str) -> tuple[Outcome, ...]:
    left = Counter(one.outcomes) - Counter(other.outcomes)
    return tuple(sorted(outcome for outcome in left.elements() if outcome.what.startswith(prefix)))
