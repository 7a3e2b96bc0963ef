"""Every wrong record with what was meant, what was said and the one cause that ``causes`` gives it.

A missed record and a false one of the same passage are one mistake, ``misread``; no record is in two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from extract.dataset.cells import format_cell, unescape_formula
from extract.evaluation.causes import (
    Cause,
    describe_cut,
    find_cause_of_fields,
    is_one_passage,
    is_other_cut,
)
from extract.evaluation.comparing import count_words, overlap
from extract.evaluation.gold import Case, Record
from extract.evaluation.pairing import (
    DOCUMENT_FIELDS,
    SAME_TASK,
    TASK_TIMES,
    Pairs,
    find_right_indicator_fields,
    find_wrong_document_fields,
    find_wrong_task_fields,
)
from extract.evaluation.unpaired import Unpaired, find_unpaired

VALUE_FIELDS = ("value", "value_high", "comparator", "unit")


class Difference(NamedTuple):
    """A field of a record that differs: what the gold holds and what the dataset says, empty for nothing."""

    field: str
    gold: str
    said: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong record, the cause and in words the reason for it.

    ``what`` is ``missed``, ``false``, ``misread`` (one missed and one false of the same passage), ``wrong
    fields``, or ``not read`` (a document). ``gold`` and ``said`` are the texts of the records; of a missed or
    a false one the other side is what comes nearest, empty for nothing. ``document_id`` is empty when the
    dataset lacks the document; ``start`` and ``end`` are offsets of what was said, None where nothing was.
    """

    source: str
    document_id: str
    record: Literal["document", "task", "indicator"]
    what: Literal["missed", "false", "misread", "wrong fields", "not read"]
    cause: Cause
    reason: str
    gold: str = ""
    said: str = ""
    differences: tuple[Difference, ...] = ()
    page: str = ""
    start: int | None = None
    end: int | None = None


def is_unread(case: Case) -> bool:
    """Tell whether nothing was read of a document, so that its records have no mistakes of their own."""
    return case.document is None or case.document["status"] == "failed"


def find_document_mistakes(case: Case) -> Iterator[Mistake]:
    """Give the mistake of a document that was not read, or whose letterhead was read wrong, if any."""
    source, gold, row = case.gold["source"], case.gold["document"], case.document
    key = row["document_id"] if row else ""
    if row is None or is_unread(case):
        reason = "its status in the dataset is failed" if row else "it is not in the dataset"
        lost = f"{len(case.gold['tasks'])} tasks, {len(case.gold['indicators'])} indicators"
        yield Mistake(source, key, "document", "not read", Cause.DOCUMENT, reason, lost)
    elif wrong := find_wrong_document_fields(gold, row):
        differences = _list_differences(wrong, gold, row, DOCUMENT_FIELDS)
        reason, title = ", ".join(wrong), str(gold.get("title") or "")
        yield Mistake(
            source, key, "document", "wrong fields", Cause.DOCUMENT, reason, title, differences=differences
        )


def find_task_mistakes(case: Case, pairs: Pairs) -> Iterator[Mistake]:
    """Give the mistakes in the tasks of a document, from the pairs that were found."""
    gold, said = case.gold["tasks"], case.tasks
    for i, j in pairs:
        if wrong := find_wrong_task_fields(gold[i], said[j]):
            yield _build_wrong_fields(case, "task", gold[i], said[j], wrong)
    for found in find_unpaired(_texts(gold, "text"), _texts(said, "text"), pairs, is_other_cut):
        right, row = _at(gold, found.gold), _at(said, found.said)
        cause, reason = _explain_task(case, found, right, row)
        yield _build_mistake(case, "task", found.what, cause, reason, right, row)


def _explain_task(case: Case, found: Unpaired, gold: Record | None, said: Record | None) -> tuple[Cause, str]:
    if gold and said:
        return Cause.OUTLINE, describe_cut(gold["text"], said["text"])
    if gold:
        heading = _is_among(gold["text"], _texts(case.groups, "title"))
        return Cause.ROLE, "taken for a heading" if heading else "no task was said there"
    heading = _is_among(said["text"] if said else "", _texts(case.gold.get("groups", ()), "title"))
    return Cause.ROLE, "it is a heading" if heading else "no task stands there"


def find_indicator_mistakes(case: Case, pairs: Pairs) -> Iterator[Mistake]:
    """Give the mistakes in the indicators of a document, from the pairs that were found."""
    gold, said = case.gold["indicators"], case.indicators
    for i, j in pairs:
        wrong = [field for field, right in find_right_indicator_fields(gold[i], said[j]).items() if not right]
        if wrong:
            yield _build_wrong_fields(case, "indicator", gold[i], said[j], wrong)
    for found in find_unpaired(_texts(gold, "quote"), _texts(said, "quote"), pairs, is_one_passage):
        right, row = _at(gold, found.gold), _at(said, found.said)
        cause, reason = _explain_indicator(found)
        yield _build_mistake(case, "indicator", found.what, cause, reason, right, row, VALUE_FIELDS)


def _explain_indicator(found: Unpaired) -> tuple[Cause, str]:
    reasons: Mapping[str, tuple[str, str]] = {
        "misread": ("another value was said", ""),
        "missed": ("only another number of the passage was said", "no indicator was said there"),
        "false": ("only another number of the passage is an indicator", "no indicator stands there"),
    }
    beside, alone = reasons[found.what]
    has_neighbour = found.gold is not None and found.said is not None
    return (Cause.NUMBER, beside) if has_neighbour else (Cause.ROLE, alone)


def _build_wrong_fields(
    case: Case, record: Literal["task", "indicator"], gold: Record, said: Record, wrong: Sequence[str]
) -> Mistake:
    cause = find_cause_of_fields(wrong, gold, said)
    return _build_mistake(case, record, "wrong fields", cause, ", ".join(wrong), gold, said, wrong)


def _build_mistake(
    case: Case,
    record: Literal["task", "indicator"],
    what: Literal["missed", "false", "misread", "wrong fields"],
    cause: Cause,
    reason: str,
    gold: Record | None,
    said: Record | None,
    fields: Iterable[str] = (),
) -> Mistake:
    text = "text" if record == "task" else "quote"
    place = said or {}
    return Mistake(
        case.gold["source"],
        case.document["document_id"] if case.document else "",
        record,
        what,
        cause,
        reason,
        _show(gold, text),
        _show(said, text),
        _list_differences(fields, gold or {}, said or {}, TASK_TIMES),
        place.get("page", ""),
        _offset(place.get("start")),
        _offset(place.get("end")),
    )


def _list_differences(
    fields: Iterable[str], gold: Record, said: Record, columns: Mapping[str, str]
) -> tuple[Difference, ...]:
    """Give the fields that are not written alike; ``columns`` are their names in the dataset."""
    found = (Difference(name, _show(gold, name), _show(said, columns.get(name, name))) for name in fields)
    return tuple(difference for difference in found if difference.gold != difference.said)


def _show(record: Record | None, field: str) -> str:
    value = (record or {}).get(field)
    return unescape_formula(format_cell(tuple(value) if isinstance(value, list) else value))


def _texts(records: Iterable[Record], field: str) -> list[str]:
    return [_show(record, field) for record in records]


def _at(records: Sequence[Record], place: int | None) -> Record | None:
    return None if place is None else records[place]


def _is_among(text: str, headings: Iterable[str]) -> bool:
    words = count_words(text)
    return any(overlap(words, count_words(heading)) >= SAME_TASK for heading in headings)


def _offset(cell: str | None) -> int | None:
    return int(cell) if cell and cell.isdecimal() else None
