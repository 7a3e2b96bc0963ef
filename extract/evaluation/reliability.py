"""Whether confidence means what it says: of the records with 0.8, four in five should be right.

Records are put into ten bins of equal width by their confidence, the upper end belonging to the bin, and the
mean confidence of a bin is held against the share that is right. The expected calibration error is the
mean distance of the two, each bin counting by its records (Guo et al. 2017, On Calibration of Modern
Neural Networks, arXiv:1706.04599, equations 2 to 5).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple

from extract.evaluation.scores import Judged

BINS = 10


class Bin(NamedTuple):
    """The records with a confidence above ``low`` and up to ``high``; the first bin holds 0 too."""

    low: float
    high: float
    records: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """The bins that hold records, how many these are, and the expected calibration error."""

    bins: tuple[Bin, ...]
    records: int
    expected_error: float


def measure_reliability(judged: Iterable[tuple[float, bool]], bins: int = BINS) -> Reliability:
    """Hold confidence against what was right.

    Takes for each record its confidence, 0 to 1, and whether it is right, and the number of bins; gives the
    table and its expected calibration error, 0 when there is no record.

    >>> measured = measure_reliability([(0.75, True), (0.8, True), (0.8, False), (1.0, True)])
    >>> [(found.low, found.high, found.records) for found in measured.bins]
    [(0.7, 0.8, 3), (0.9, 1.0, 1)]
    >>> round(measured.expected_error, 4)
    0.0875
    """
    ends = [number / bins for number in range(1, bins + 1)]
    held: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in judged:
        held[min(bisect_left(ends, confidence), bins - 1)].append((confidence, right))
    found = tuple(
        Bin(
            number / bins,
            (number + 1) / bins,
            len(members),
            fsum(confidence for confidence, _ in members) / len(members),
            sum(right for _, right in members) / len(members),
        )
        for number, members in sorted(held.items())
    )
    records = sum(one.records for one in found)
    distance = fsum(one.records * abs(one.confidence - one.right) for one in found)
    return Reliability(found, records, distance / records if records else 0.0)


def measure_by_record(judged: Iterable[Judged]) -> dict[str, Reliability]:
    """Hold confidence against what was right for each sort of records, ``task`` and ``indicator value``.

    >>> measure_by_record([Judged("task", 0.5, True)])["task"].expected_error
    0.5
    """
    sorts: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for one in judged:
        sorts[one.record].append((one.confidence, one.right))
    return {record: measure_reliability(found) for record, found in sorts.items()}
