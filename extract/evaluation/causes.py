"""The one cause of a wrong record: the stage to mend first.

| record | what is wrong | cause |
| --- | --- | --- |
| document | it was not read, or a field of its letterhead differs | document |
| task missed or false | the other side has a task of the same passage that is cut otherwise | outline |
| task missed or false | nothing of the kind stands on the other side | role |
| task found | group | outline |
| task found | lead or support: the same units, with words too many or too few | span |
| task found | lead or support: other units, or none | unit |
| task found | start, due or recurrence | time |
| indicator missed or false | the other side has another number of the same passage | number |
| indicator missed or false | nothing of the kind stands on the other side | role |
| indicator found | kind (target, result, budget) | role |
| indicator found | comparator, upper value, unit of measure or measure | number |
| indicator found | name | span |
| indicator found | period | time |

Found means paired by ``pairing``. Two texts are of one passage when most of the shorter stands in the other
word after word (``comparing.share_passage``); a copy of a text that was found elsewhere is no other cut of
it. Of several wrong fields the cause that stands first in ``Cause`` counts: what an earlier stage does wrong
draws later fields along.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from extract.evaluation.comparing import (
    contained,
    count_words,
    overlap,
    share_passage,
    split_units,
    split_words,
)
from extract.evaluation.gold import Record
from extract.evaluation.pairing import TASK_UNITS


class Cause(StrEnum):
    """The causes, earlier stages first."""

    DOCUMENT = "document"
    OUTLINE = "outline"
    ROLE = "role"
    NUMBER = "number"
    SPAN = "span"
    UNIT = "unit"
    TIME = "time"


DESCRIPTIONS = {
    Cause.DOCUMENT: "The document was not read, or a field of its letterhead differs.",
    Cause.OUTLINE: "The text of a task is cut otherwise (merged, split, shifted), or its group differs.",
    Cause.ROLE: "A record where none is, none where one is, or a target taken for a result.",
    Cause.NUMBER: "Value, comparator, unit of measure or measure of an indicator.",
    Cause.SPAN: "The name of an indicator, or the right unit with words too many or too few.",
    Cause.UNIT: "Units responsible: lead and support.",
    Cause.TIME: "Start, due date and recurrence of a task, period of an indicator.",
}
COPY = 0.9
"""Overlap of words from which a text is a copy of another, not another cut of its passage."""
SHARED_WORDS = 6
"""So many words in a row two cuts of a task share: four are easily the topic of the whole document."""
FIELD_CAUSES = {
    "group": Cause.OUTLINE,
    "start": Cause.TIME,
    "due": Cause.TIME,
    "recurrence": Cause.TIME,
    "kind": Cause.ROLE,
    "comparator": Cause.NUMBER,
    "value_high": Cause.NUMBER,
    "unit": Cause.NUMBER,
    "measure": Cause.NUMBER,
    "name": Cause.SPAN,
    "period": Cause.TIME,
}


def find_cause_of_fields(wrong: Iterable[str], gold: Record, said: Record) -> Cause:
    """Give the cause of a found record with wrong fields.

    Takes the wrong fields, at least one, and the two records; gives the first of their causes.

    >>> find_cause_of_fields(["period", "comparator"], {}, {})
    <Cause.NUMBER: 'number'>
    >>> find_cause_of_fields(["lead"], {"lead": ["Sở Y tế"]}, {"lead": "Sở Y tế tỉnh"})
    <Cause.SPAN: 'span'>
    """
    order = list(Cause)
    causes = (
        _find_cause_of_units(gold[field], said[field]) if field in TASK_UNITS else FIELD_CAUSES[field]
        for field in wrong
    )
    return min(causes, key=order.index)


def _find_cause_of_units(gold: object, said: object) -> Cause:
    """Span when every unit too few is one too many in other words, and the other way round."""
    right, found = split_units(gold), split_units(said)
    missing = [count_words(unit) for unit in right - found]
    extra = [count_words(unit) for unit in found - right]
    same = all(any(contained(one, other) == 1 for other in extra) for one in missing) and all(
        any(contained(one, other) == 1 for other in missing) for one in extra
    )
    return Cause.SPAN if same else Cause.UNIT


def is_other_cut(one: str, other: str) -> bool:
    """Tell whether two texts are the same passage cut otherwise, and not a copy of each other.

    >>> is_other_cut("Rà soát danh mục thuốc", "Rà soát danh mục thuốc; báo cáo Bộ trước kỳ họp cuối năm")
    True
    >>> is_other_cut("Rà soát danh mục thuốc", "Rà soát danh mục thuốc.")
    False
    """
    words, others = split_words(one), split_words(other)
    if overlap(Counter(words), Counter(others)) >= COPY:
        return False
    return share_passage(words, others, SHARED_WORDS)


def is_one_passage(one: str, other: str) -> bool:
    """Tell whether two texts come from one passage.

    >>> is_one_passage("cấp 15 thẻ cho trẻ em", "Năm 2025 cấp 16 thẻ cho trẻ em")
    True
    """
    return share_passage(split_words(one), split_words(other))


def describe_cut(gold: str, said: str) -> str:
    """Say how the text that was said lies to that of the gold.

    >>> describe_cut("một hai", "một hai ba bốn"), describe_cut("một hai ba", "hai")
    ('merged with other text', 'a part only')
    >>> describe_cut("một hai", "hai ba")
    'cut elsewhere'
    """
    right, found = count_words(gold), count_words(said)
    if contained(right, found) < 1:
        return "cut elsewhere"
    return "merged with other text" if found.total() > right.total() else "a part only"
