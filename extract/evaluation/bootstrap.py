"""How far a score could be chance: bootstrap intervals of F1 over documents.

As many documents as there are get drawn at random with replacement, F1 is taken over what was drawn, and that
again and again; the middle 95 % of the values are the interval (the percentile method of Efron and
Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13). Documents are drawn, not records: errors
in one document hang together, so records drawn one by one would give intervals that are too narrow. The
interval says how much the score depends on which documents of the same sort were chosen, nothing about
documents of another sort.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from extract.evaluation.scores import Counts

RESAMPLES = 1000
LEVEL = 0.95
SEED = 20200305
"""Any number does; always the same one gives the same intervals for the same counts."""
FEW_DOCUMENTS = 5
"""Of fewer documents so few different samples can be drawn that an interval means little."""


class Interval(NamedTuple):
    """Between which values most of the scores lie."""

    low: float
    high: float


def find_intervals(
    documents: Sequence[Mapping[str, Counts]],
    resamples: int = RESAMPLES,
    level: float = LEVEL,
    seed: int = SEED,
) -> dict[str, Interval]:
    """Give the interval of the F1 of every field.

    Takes the counts by field of each document, how often to draw, the share of the values that the
    interval holds, and the seed of the draws; a draw in which a field does not occur at all says nothing
    about it. A field that occurs in no draw has no interval.

    >>> right, wrong = {"task": Counts(1, 1, 1)}, {"task": Counts(0, 1, 1)}
    >>> find_intervals([right, right, right])["task"], find_intervals([right, wrong])["task"]
    (Interval(low=1.0, high=1.0), Interval(low=0.0, high=1.0))
    """
    names = list(dict.fromkeys(name for counts in documents for name in counts))
    if not names:
        return {}
    none = Counts(0, 0, 0)
    counts = np.array([[document.get(name, none) for name in names] for document in documents])
    draws = np.random.default_rng(seed).multinomial(
        len(documents), np.full(len(documents), 1 / len(documents)), size=resamples
    )
    hits, said, gold = np.moveaxis(np.tensordot(draws, counts, axes=1), 2, 0)
    # Twice the hits over what was said and what is gold is the harmonic mean of precision and recall.
    found = said + gold > 0
    f1 = np.divide(2 * hits, said + gold, out=np.full(hits.shape, np.nan), where=found)
    ends = [(1 - level) / 2, (1 + level) / 2]
    return {
        name: Interval(*map(float, np.nanquantile(f1[:, column], ends)))
        for column, name in enumerate(names)
        if found[:, column].any()
    }
