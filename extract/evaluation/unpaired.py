"""What comes nearest to the records that have no partner on the other side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from extract.evaluation.comparing import SAME_RUN, contained, count_words, overlap, pair_best
from extract.evaluation.pairing import Pairs

Related = Callable[[str, str], bool]


class Unpaired(NamedTuple):
    """A record without a partner, by its place, and the place of what comes nearest, None for nothing.

    ``misread`` is a missed and a false record that belong together.
    """

    what: Literal["misread", "missed", "false"]
    gold: int | None
    said: int | None


def find_unpaired(
    gold: Sequence[str], said: Sequence[str], pairs: Pairs, related: Related
) -> Iterator[Unpaired]:
    """Give the records that are in no pair, each once.

    Takes the texts of both sides, the pairs of their places and what makes two texts related, asked only of
    texts that have most words of the shorter in common; the nearest is the related one that shares most.

    >>> list(find_unpaired(["một hai", "ba"], ["hai một"], [], lambda one, other: "hai" in one))
    [Unpaired(what='misread', gold=0, said=0), Unpaired(what='missed', gold=1, said=None)]
    """
    gold_bags, said_bags = [count_words(text) for text in gold], [count_words(text) for text in said]
    missed = set(range(len(gold))) - {i for i, _ in pairs}
    false = set(range(len(said))) - {j for _, j in pairs}
    near = [
        (overlap(gold_bags[i], said_bags[j]), i, j)
        for i in range(len(gold))
        for j in range(len(said))
        if (i in missed or j in false)
        and contained(gold_bags[i], said_bags[j]) >= SAME_RUN
        and related(gold[i], said[j])
    ]
    misread = pair_best(found for found in near if found[1] in missed and found[2] in false)
    yield from (Unpaired("misread", i, j) for i, j in sorted(misread))
    nearest = sorted(near, key=lambda found: (found[0], -found[1], -found[2]))
    said_of = {i: j for _, i, j in nearest}
    gold_of = {j: i for _, i, j in nearest}
    for i in sorted(missed - {i for i, _ in misread}):
        yield Unpaired("missed", i, said_of.get(i))
    for j in sorted(false - {j for _, j in misread}):
        yield Unpaired("false", gold_of.get(j), j)
