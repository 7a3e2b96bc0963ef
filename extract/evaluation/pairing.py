"""Which records of a dataset are those of the gold, and which fields of a pair are right.

Tasks are paired by the words of their text, indicators by their value and the words of their quote or
name, one to one and the nearest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.evaluation.comparing import (
    SAME_PASSAGE,
    Bag,
    contained,
    count_words,
    fold_value,
    overlap,
    pair_best,
    read_number,
    split_units,
)
from extract.evaluation.gold import Record

Pairs = list[tuple[int, int]]

SAME_TASK = 0.6
"""Overlap of words at which two texts are one task."""
SAME_NAME = 0.5
"""Overlap of words at which two names are one indicator's."""
VALUE_TOLERANCE = 1e-9
SAME_FIELD_WEIGHT = 0.2
"""What a field that is alike adds to the nearness of two indicators, beside shares from 0 to 1."""

DOCUMENT_FIELDS = {
    "kind": "kind",
    "number": "number",
    "province": "province_code",
    "issued": "issued",
    "period": "period",
}
TASK_UNITS = ("lead", "support")
TASK_TIMES = {"start": "start_date", "due": "due_date", "recurrence": "recurrence"}
INDICATOR_FIELDS = ("kind", "measure", "comparator", "unit", "period")
INDICATOR_PARTS = ("kind", "name", "measure", "comparator", "value_high", "unit", "period")
"""All that must be right beside the value of an indicator."""


def pair_tasks(gold: Sequence[Record], said: Sequence[Record]) -> Pairs:
    """Pair tasks by the words of their text.

    >>> pair_tasks([{"text": "Rà soát danh mục"}], [{"text": "Báo cáo"}, {"text": "rà soát các danh mục"}])
    [(0, 1)]
    """
    gold_bags, said_bags = (count_all(records, "text") for records in (gold, said))
    return pair_best(
        (score, i, j)
        for i, gold_bag in enumerate(gold_bags)
        for j, said_bag in enumerate(said_bags)
        if (score := overlap(gold_bag, said_bag)) >= SAME_TASK
    )


def pair_indicators(gold: Sequence[Record], said: Sequence[Record]) -> Pairs:
    """Pair indicators of the same value that share the words of their quote or of their name."""
    return pair_best(_indicator_candidates(gold, said))


def _indicator_candidates(gold: Sequence[Record], said: Sequence[Record]) -> Iterator[tuple[float, int, int]]:
    quotes, names = count_all(said, "quote"), count_all(said, "name")
    values = [read_number(row["value"]) for row in said]
    for i, record in enumerate(gold):
        gold_quote, gold_name = count_words(record["quote"]), count_words(record["name"])
        margin = VALUE_TOLERANCE * max(1.0, abs(record["value"]))
        for j, value in enumerate(values):
            if value is None or abs(value - record["value"]) > margin:
                continue
            quote, name = contained(gold_quote, quotes[j]), overlap(gold_name, names[j])
            if quote >= SAME_PASSAGE or name >= SAME_NAME:
                yield quote + name + SAME_FIELD_WEIGHT * _count_same(record, said[j]), i, j


def _count_same(gold: Record, said: Record) -> int:
    return sum(fold_value(gold[field]) == fold_value(said[field]) for field in INDICATOR_FIELDS)


def count_all(records: Sequence[Record], field: str) -> list[Bag]:
    """Count the words of a field of every record."""
    return [count_words(record[field]) for record in records]


def find_wrong_document_fields(gold: Record, said: Record) -> list[str]:
    """Give the fields of a document that differ, by their names in the gold."""
    return [
        field
        for field, column in DOCUMENT_FIELDS.items()
        if fold_value(gold.get(field)) != fold_value(said.get(column))
    ]


def find_wrong_task_fields(gold: Record, said: Record) -> list[str]:
    """Give the fields of a pair of tasks that differ, by their names in the gold."""
    wrong = [] if fold_value(gold["group"]) == fold_value(said["group"]) else ["group"]
    wrong += [role for role in TASK_UNITS if split_units(gold[role]) != split_units(said[role])]
    wrong += [
        field for field, column in TASK_TIMES.items() if fold_value(gold[field]) != fold_value(said[column])
    ]
    return wrong


def find_right_indicator_fields(gold: Record, said: Record) -> dict[str, bool]:
    """Tell of each field of a pair of indicators whether it is right."""
    right = {field: fold_value(gold[field]) == fold_value(said[field]) for field in INDICATOR_FIELDS}
    right["name"] = overlap(count_words(gold["name"]), count_words(said["name"])) >= SAME_NAME
    right["value_high"] = read_number(said["value_high"]) == gold["value_high"]
    return right
