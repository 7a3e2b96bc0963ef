"""How near a written dataset comes to gold files: precision, recall and F1 of every field.

A gold file holds what a careful reader would write down from one document. Tasks are paired by the
words of their text, indicators by their value and the words of their quote or name; the fields of a pair
are then compared. Counts are added up over all documents before the shares are taken (micro average).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from extract.dataset.reading import read_text_rows
from extract.errors import GoldError

Record = Mapping[str, Any]
Bag = Counter[str]

WORD = re.compile(r"\w++(?:[.,]\d++)*+|[%‰]")
UNIT_SEPARATOR = re.compile(r"[,;]|\bvà\b")
# Overlap of words at which two texts are one task, and two names one indicator.
SAME_TASK = 0.6
SAME_NAME = 0.5
# Share of the shorter quote that lies in the other at which both stand at one place.
SAME_QUOTE = 0.6
VALUE_TOLERANCE = 1e-9

DOCUMENT_FIELDS = {
    "kind": "kind",
    "number": "number",
    "province": "province_code",
    "issued": "issued",
    "period": "period",
}
TASK_TIMES = {"start": "start_date", "due": "due_date", "recurrence": "recurrence"}
INDICATOR_FIELDS = ("kind", "measure", "comparator", "unit", "period")


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

    ``what`` is ``right task``, ``missed task``, ``false task``, the same of ``indicator``, ``wrong fields``
    of an indicator, or ``missing document``.
    """

    source: str
    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores by field, and what became of every record."""

    scores: tuple[FieldScore, ...]
    outcomes: tuple[Outcome, ...]


class _Tally:
    """Adds up hits, what was said and what is gold, by field, and collects outcomes."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = {}
        self.outcomes: list[Outcome] = []

    def add(self, name: str, hits: int, said: int, gold: int) -> None:
        counts = self.counts.setdefault(name, [0, 0, 0])
        for index, number in enumerate((hits, said, gold)):
            counts[index] += number

    def note(self, source: str, what: str, texts: Iterable[str]) -> None:
        self.outcomes += [Outcome(source, what, text) for text in texts]


def evaluate_dataset(dataset: Path, gold_files: Sequence[Path]) -> Evaluation:
    """Compare a written dataset with gold files.

    Takes the dataset's folder and the gold files (JSON, one a document; one with ``pages`` counts on
    those pages only); gives the score of each field and the outcome of each record. A document that the
    dataset lacks counts as all missed. Raises DatasetError and GoldError when something cannot be read.

    >>> evaluate_dataset(Path("nowhere"), [])
    Traceback (most recent call last):
    extract.errors.DatasetError: nowhere holds neither documents.csv nor documents.parquet.
    """
    documents = read_text_rows(dataset, "documents")
    tables = {table: _by_document(read_text_rows(dataset, table)) for table in ("tasks", "indicators")}
    tally = _Tally()
    for path in gold_files:
        gold = _read_gold(path)
        row = _find_document(documents, gold["source"])
        if row is None:
            tally.note(gold["source"], "missing document", [gold["source"]])
        rows = {
            table: _on_pages(found.get(row["document_id"], []) if row else [], gold.get("pages"))
            for table, found in tables.items()
        }
        try:
            _score_document(gold["document"], row or {}, tally)
            _score_tasks(gold["source"], gold["tasks"], rows["tasks"], tally)
            _score_indicators(gold["source"], gold["indicators"], rows["indicators"], tally)
        except KeyError as error:
            raise GoldError(f"{path} is no gold file: a record lacks {error}.") from error
    scores = [FieldScore(name, *counts) for name, counts in tally.counts.items()]
    return Evaluation(tuple(s for s in scores if s.said or s.gold), tuple(tally.outcomes))


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


def _read_gold(path: Path) -> dict[str, Any]:
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GoldError(f"Cannot read {path}: {error}") from error
    lacking = {"source", "document", "tasks", "indicators"} - set(gold if isinstance(gold, dict) else ())
    if lacking:
        raise GoldError(f"{path} is no gold file: it lacks {', '.join(sorted(lacking))}.")
    return dict(gold)


def _by_document(rows: Iterable[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        found[row["document_id"]].append(row)
    return found


def _find_document(documents: Sequence[dict[str, str]], source: str) -> dict[str, str] | None:
    """Find the row of a gold's source by file name, else by stem, since a text comes in several formats."""
    name = PurePosixPath(source)
    paths = [(PurePosixPath(row["source"]), row) for row in documents]
    by_name = next((row for path, row in paths if path.name == name.name), None)
    return by_name or next((row for path, row in paths if path.stem == name.stem), None)


def _on_pages(rows: list[dict[str, str]], pages: Sequence[int] | None) -> list[dict[str, str]]:
    if not pages:
        return rows
    first, last = pages
    return [row for row in rows if not row["page"].isdigit() or first <= int(row["page"]) <= last]


def _score_document(gold: Record, said: Record, tally: _Tally) -> None:
    for field, column in DOCUMENT_FIELDS.items():
        right, value = _plain(gold.get(field)), _plain(said.get(column))
        if right or value:
            tally.add(f"document {field}", int(right == value), int(bool(value)), int(bool(right)))


def _score_tasks(source: str, gold: Sequence[Record], said: Sequence[Record], tally: _Tally) -> None:
    gold_bags, said_bags = [_words(task["text"]) for task in gold], [_words(task["text"]) for task in said]
    pairs = _pair_best(
        (score, i, j)
        for i, gold_bag in enumerate(gold_bags)
        for j, said_bag in enumerate(said_bags)
        if (score := _overlap(gold_bag, said_bag)) >= SAME_TASK
    )
    tally.add("task", len(pairs), len(said), len(gold))
    for i, j in pairs:
        _score_task_fields(gold[i], said[j], tally)
    found, used = {i for i, _ in pairs}, {j for _, j in pairs}
    tally.note(source, "right task", (gold[i]["text"] for i in sorted(found)))
    tally.note(source, "missed task", (task["text"] for i, task in enumerate(gold) if i not in found))
    tally.note(source, "false task", (task["text"] for j, task in enumerate(said) if j not in used))


def _score_task_fields(gold: Record, said: Record, tally: _Tally) -> None:
    tally.add("task group", int(_plain(gold["group"]) == _plain(said["group"])), 1, 1)
    for role in ("lead", "support"):
        right, units = _units(gold[role]), _units(said[role])
        tally.add(f"task {role}", len(right & units), len(units), len(right))
    for field, column in TASK_TIMES.items():
        time, value = _plain(gold[field]), _plain(said[column])
        if time or value:
            tally.add("task time", int(time == value), int(bool(value)), int(bool(time)))


def _score_indicators(source: str, gold: Sequence[Record], said: Sequence[Record], tally: _Tally) -> None:
    pairs = _pair_best(_indicator_candidates(gold, said))
    tally.add("indicator value", len(pairs), len(said), len(gold))
    whole: list[int] = []
    for i, j in pairs:
        right = _right_fields(gold[i], said[j])
        for field, is_right in right.items():
            tally.add(f"indicator {field}", int(is_right), 1, 1)
        if all(right.values()):
            whole.append(i)
        else:
            tally.note(source, "wrong fields", [_describe_wrong(gold[i], said[j], right)])
    tally.add("indicator whole", len(whole), len(said), len(gold))
    found, used = {i for i, _ in pairs}, {j for _, j in pairs}
    tally.note(source, "right indicator", (_describe(gold[i]) for i in sorted(whole)))
    tally.note(source, "missed indicator", (_describe(g) for i, g in enumerate(gold) if i not in found))
    tally.note(source, "false indicator", (_describe(s) for j, s in enumerate(said) if j not in used))


def _indicator_candidates(gold: Sequence[Record], said: Sequence[Record]) -> Iterator[tuple[float, int, int]]:
    """Give the pairs that could be one indicator: the same value, and the same place or name."""
    bags = [(_words(row["quote"]), _words(row["name"])) for row in said]
    values = [_number(row["value"]) for row in said]
    for i, record in enumerate(gold):
        gold_quote, gold_name = _words(record["quote"]), _words(record["name"])
        margin = VALUE_TOLERANCE * max(1.0, abs(record["value"]))
        for j, value in enumerate(values):
            if value is None or abs(value - record["value"]) > margin:
                continue
            quote, name = _contained(gold_quote, bags[j][0]), _overlap(gold_name, bags[j][1])
            if quote >= SAME_QUOTE or name >= SAME_NAME:
                same = sum(_plain(record[field]) == _plain(said[j][field]) for field in INDICATOR_FIELDS)
                yield quote + name + 0.2 * same, i, j


def _right_fields(gold: Record, said: Record) -> dict[str, bool]:
    right = {field: _plain(gold[field]) == _plain(said[field]) for field in INDICATOR_FIELDS}
    right["name"] = _overlap(_words(gold["name"]), _words(said["name"])) >= SAME_NAME
    right["value_high"] = _number(said["value_high"]) == gold["value_high"]
    return right


def _describe(indicator: Record) -> str:
    return f"{indicator['value']} {indicator['unit']} | {indicator['quote']}"


def _describe_wrong(gold: Record, said: Record, right: Mapping[str, bool]) -> str:
    wrong = (f"{field}: gold {gold[field]!r}, said {said[field]!r}" for field, ok in right.items() if not ok)
    return f"{_describe(gold)} | {', '.join(wrong)}"


def _pair_best(scored: Iterable[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """Pair one to one, the best score first.

    >>> _pair_best([(0.7, 0, 0), (0.9, 0, 1), (0.8, 1, 1), (0.6, 1, 0)])
    [(0, 1), (1, 0)]
    """
    left: set[int] = set()
    right: set[int] = set()
    pairs = []
    for _, i, j in sorted(scored, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return pairs


def _words(text: str | None) -> Bag:
    return Counter(WORD.findall(unicodedata.normalize("NFC", text or "").casefold()))


def _overlap(a: Bag, b: Bag) -> float:
    """F1 of two bags of words."""
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def _contained(a: Bag, b: Bag) -> float:
    """Share of the smaller bag that lies in the other."""
    smaller = min(a.total(), b.total())
    return (a & b).total() / smaller if smaller else 0.0


def _plain(value: object) -> str:
    """Fold case, white space and outer punctuation away.

    >>> _plain("  Nhóm   1. "), _plain(None)
    ('nhóm 1', '')
    """
    return " ".join(unicodedata.normalize("NFC", str(value or "")).casefold().split()).strip(" .;,:")


def _units(cell: object) -> set[str]:
    """Cut at every separator on both sides, so that how a collective is cut makes no odds."""
    text = "; ".join(cell) if isinstance(cell, list) else str(cell or "")
    return {unit for part in UNIT_SEPARATOR.split(text) if (unit := _plain(part))}


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None
