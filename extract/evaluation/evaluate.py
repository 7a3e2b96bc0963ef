"""A written dataset against gold files: scores by field and what became of every record.

Counts are added up over all documents before the shares are taken (micro average).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from extract.errors import GoldError
from extract.evaluation.comparing import fold_value, read_number, split_units
from extract.evaluation.gold import Case, Record, read_cases
from extract.evaluation.mistakes import (
    Mistake,
    find_document_mistakes,
    find_indicator_mistakes,
    find_task_mistakes,
    is_unread,
)
from extract.evaluation.pairing import (
    DOCUMENT_FIELDS,
    INDICATOR_PARTS,
    TASK_TIMES,
    TASK_UNITS,
    Pairs,
    find_right_indicator_fields,
    find_wrong_task_fields,
    pair_indicators,
    pair_tasks,
)
from extract.evaluation.scores import Counts, Evaluation, FieldScore, Judged, Outcome

FIELDS = (
    *(f"document {field}" for field in DOCUMENT_FIELDS),
    *("task", "task group", *(f"task {role}" for role in TASK_UNITS), "task time"),
    *("indicator value", *(f"indicator {field}" for field in INDICATOR_PARTS), "indicator whole"),
)
"""All that is scored, in the order it is shown."""
NOTHING = Counts(0, 0, 0)


def evaluate_dataset(dataset: Path, gold_files: Sequence[Path]) -> Evaluation:
    """Compare a written dataset with gold files.

    Takes the dataset's folder and the gold files (JSON, one a document; one with ``pages`` counts on
    those pages only); gives the score of each field and the outcome of each record. A document that the
    dataset lacks counts as all missed. Raises DatasetError and GoldError when something cannot be read.

    >>> evaluate_dataset(Path("nowhere"), [])
    Traceback (most recent call last):
    extract.errors.DatasetError: nowhere holds neither documents.csv nor documents.parquet.
    """
    judges = []
    for case in read_cases(dataset, gold_files):
        judge = _Judge(case)
        try:
            judge.judge()
        except KeyError as error:
            raise GoldError(f"{case.path} is no gold file: a record lacks {error}.") from error
        judges.append(judge)
    documents = tuple(judge.counts for judge in judges)
    return Evaluation(
        tuple(_add_up(documents)),
        tuple(outcome for judge in judges for outcome in judge.outcomes),
        tuple(mistake for judge in judges for mistake in judge.mistakes),
        documents,
        tuple(judged for judge in judges for judged in judge.judged),
    )


def _add_up(documents: Sequence[Mapping[str, Counts]]) -> Iterator[FieldScore]:
    """Give the score of every field that something was said or is gold of."""
    for name in FIELDS:
        counts = [document[name] for document in documents if name in document]
        score = FieldScore(name, *(sum(column) for column in zip(NOTHING, *counts, strict=True)))
        if score.said or score.gold:
            yield score


class _Judge:
    """Judges one document: counts by field, outcomes, mistakes, and how sure the dataset was."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self.counts: dict[str, Counts] = {}
        self.outcomes: list[Outcome] = []
        self.mistakes: list[Mistake] = []
        self.judged: list[Judged] = []

    def judge(self) -> None:
        case = self._case
        if case.document is None:
            self._note("missing document", [case.gold["source"]])
        self._count_document(case.gold["document"], case.document or {})
        tasks = pair_tasks(case.gold["tasks"], case.tasks)
        self._judge_tasks(case.gold["tasks"], case.tasks, tasks)
        indicators = pair_indicators(case.gold["indicators"], case.indicators)
        self._judge_indicators(case.gold["indicators"], case.indicators, indicators)
        self.mistakes += find_document_mistakes(case)
        if not is_unread(case):
            self.mistakes += find_task_mistakes(case, tasks)
            self.mistakes += find_indicator_mistakes(case, indicators)

    def _add(self, name: str, hits: int, said: int, gold: int) -> None:
        before = self.counts.get(name, NOTHING)
        self.counts[name] = Counts(before.hits + hits, before.said + said, before.gold + gold)

    def _note(self, what: str, texts: Iterable[str]) -> None:
        self.outcomes += [Outcome(self._case.gold["source"], what, text) for text in texts]

    def _count_document(self, gold: Record, said: Record) -> None:
        for field, column in DOCUMENT_FIELDS.items():
            self._count_value(f"document {field}", gold.get(field), said.get(column))

    def _count_value(self, name: str, gold: object, said: object) -> None:
        right, value = fold_value(gold), fold_value(said)
        if right or value:
            self._add(name, int(right == value), int(bool(value)), int(bool(right)))

    def _judge_tasks(self, gold: Sequence[Record], said: Sequence[Record], pairs: Pairs) -> None:
        self._add("task", len(pairs), len(said), len(gold))
        for i, j in pairs:
            self._count_task_fields(gold[i], said[j])
        found, used = {i for i, _ in pairs}, {j for _, j in pairs}
        self._note("right task", (gold[i]["text"] for i in sorted(found)))
        self._note("missed task", (task["text"] for i, task in enumerate(gold) if i not in found))
        self._note("false task", (task["text"] for j, task in enumerate(said) if j not in used))
        self._rate("task", said, used)

    def _count_task_fields(self, gold: Record, said: Record) -> None:
        wrong = find_wrong_task_fields(gold, said)
        self._add("task group", int("group" not in wrong), 1, 1)
        for role in TASK_UNITS:
            right, units = split_units(gold[role]), split_units(said[role])
            self._add(f"task {role}", len(right & units), len(units), len(right))
        for field, column in TASK_TIMES.items():
            self._count_value("task time", gold[field], said[column])
        if wrong:
            columns = {field: TASK_TIMES.get(field, field) for field in wrong}
            self._note("wrong task fields", [_describe_wrong(gold["text"], gold, said, columns)])

    def _judge_indicators(self, gold: Sequence[Record], said: Sequence[Record], pairs: Pairs) -> None:
        self._add("indicator value", len(pairs), len(said), len(gold))
        whole: list[int] = []
        for i, j in pairs:
            right = find_right_indicator_fields(gold[i], said[j])
            for field, is_right in right.items():
                self._add(f"indicator {field}", int(is_right), 1, 1)
            if all(right.values()):
                whole.append(i)
            else:
                columns = {field: field for field, is_right in right.items() if not is_right}
                self._note(
                    "wrong indicator fields", [_describe_wrong(_describe(gold[i]), gold[i], said[j], columns)]
                )
        self._add("indicator whole", len(whole), len(said), len(gold))
        found, used = {i for i, _ in pairs}, {j for _, j in pairs}
        self._note("right indicator", (_describe(gold[i]) for i in sorted(whole)))
        self._note("missed indicator", (_describe(g) for i, g in enumerate(gold) if i not in found))
        self._note("false indicator", (_describe(s) for j, s in enumerate(said) if j not in used))
        self._rate("indicator value", said, used)

    def _rate(self, record: str, said: Sequence[Record], used: set[int]) -> None:
        """Keep how sure the dataset was of each record; one without confidence says nothing of it."""
        for j, row in enumerate(said):
            confidence = read_number(row["confidence"])
            if confidence is not None:
                self.judged.append(Judged(record, confidence, j in used))


def _describe(indicator: Record) -> str:
    return f"{indicator['value']} {indicator['unit']} | {indicator['quote']}"


def _describe_wrong(text: str, gold: Record, said: Record, columns: Mapping[str, str]) -> str:
    wrong = (f"{field}: gold {gold[field]!r}, said {said[column]!r}" for field, column in columns.items())
    return f"{text} | {', '.join(wrong)}"
