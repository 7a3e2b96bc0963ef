"""What an evaluation holds: scores by field, and what became of every record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from extract.evaluation.mistakes import Mistake


class Counts(NamedTuple):
    """Of one field in one document: how many are right, were said, and are in the gold."""

    hits: int
    said: int
    gold: int


class FieldScore(NamedTuple):
    """How well one field was read: how many are right, were said, and are in the gold."""

    name: str
    hits: int
    said: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of what was said that is right; 1 when nothing was said and nothing was there."""
        return self.hits / self.said if self.said else float(not self.gold)

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self.hits / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall.

        >>> FieldScore("task", 3, 4, 6).f1
        0.6
        """
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Outcome(NamedTuple):
    """What became of one record.

    ``what`` is ``right task``, ``missed task``, ``false task``, ``wrong task fields``, the same of
    ``indicator``, or ``missing document``. A task is right when its text is, an indicator when all is.
    """

    source: str
    what: str
    text: str


class Judged(NamedTuple):
    """A record of the dataset: how sure it was, and whether it is right.

    A task is right when it is paired with one of the gold, an indicator (``record`` is then
    ``indicator value``) when its value is paired; other fields make no difference.
    """

    record: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores by field, what became of every record, and what both were made of.

    ``documents`` has the counts by field of each gold file, in their order.
    """

    scores: tuple[FieldScore, ...]
    outcomes: tuple[Outcome, ...]
    mistakes: tuple[Mistake, ...] = ()
    documents: tuple[Mapping[str, Counts], ...] = ()
    judged: tuple[Judged, ...] = ()
