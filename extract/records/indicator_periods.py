"""The period that a number is meant for: the nearest that applies, in its sentence, its item or above."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.records.drafts import Reading
from extract.records.indicator_drafts import Context, Stretch
from extract.records.segments import Segment
from extract.schema import IndicatorKind, PeriodSource
from extract.spans import Period

MAX_HEADING_CHARACTERS = 300
BEFORE_PENALTY = 12
"""Characters by which a period after the value counts as nearer than one before it."""
PLAN_NAME = re.compile(
    r"\b(?:kế hoạch|giai đoạn|tiêu chí|nghị quyết|chương trình|đề án|chiến lược|luật|quyết định"
    r"|cùng kỳ|so với|tầm nhìn|định hướng|quy hoạch)\b[^;,.:()]{0,60}\Z",
    re.IGNORECASE,
)
"""The words before a year that belongs to the name of a plan, or that a value is compared with."""
PLAN_NAME_CHARACTERS = 90
TARGET_TIME = re.compile(r"\b(?:phấn đấu|đạt|hoàn thành|đến|vào|bảo đảm|đảm bảo)\b", re.IGNORECASE)
"""Behind the name of a plan such a word makes the year the time of the value."""


def find_period(
    reading: Reading,
    stretch: Stretch,
    context: Context,
    segment: Segment,
    kind: IndicatorKind,
    document_period: Period | None,
) -> tuple[Period | None, PeriodSource]:
    """Find the nearest period that applies: in the sentence, the item, the headings above, the title."""
    own = context.sentence_periods
    later = [p for p in own if _is_later_event(reading.text, p, segment)]
    in_sentence = [p for p in own if p not in later] if later else own
    if in_sentence:
        return min(in_sentence, key=lambda p: _distance(p, segment)), "sentence"
    in_item = [p for p in context.item_periods if p not in later] if later else context.item_periods
    if in_item and kind != "result":
        return in_item[0], "item"
    return find_title_period(reading, stretch, kind, document_period)


def _is_later_event(text: str, period: Period, segment: Segment) -> bool:
    """A day told of behind a value and a comma is that of something else."""
    return period.grain == "day" and period.bound == "in" and "," in text[segment.quantity.end : period.start]


def _distance(period: Period, segment: Segment) -> tuple[bool, int]:
    """Rank periods: those of the quantity's own segment first, then by distance.

    Of two that are as far away the one behind the quantity is nearer.
    """
    quantity = segment.quantity
    outside = not segment.start <= period.start < segment.end
    if period.start >= quantity.end:
        return outside, period.start - quantity.end
    return outside, quantity.start - period.end + BEFORE_PENALTY


def find_title_period(
    reading: Reading, stretch: Stretch, kind: IndicatorKind, document_period: Period | None
) -> tuple[Period | None, PeriodSource]:
    """Find the period in the headings above, nearest first, or in the document's title."""
    for start, end in stretch.titles:
        titled = [p for p in reading.mentions.periods_in(start, end) if p.grain not in ("recurrence", "day")]
        if titled and end - start < MAX_HEADING_CHARACTERS:
            return titled[0], "heading"
    if kind == "result" or document_period is None:
        return None, ""
    return document_period, "document"


def dated_periods(reading: Reading, start: int, end: int) -> list[Period]:
    """Give the periods of a stretch that are not part of the name of a plan."""
    periods = [p for p in reading.mentions.periods_in(start, end) if p.grain != "recurrence"]
    return [p for p in periods if not _names_plan(reading.text, start, p)]


def _names_plan(text: str, start: int, period: Period) -> bool:
    before = text[max(start, period.start - PLAN_NAME_CHARACTERS) : period.start]
    named = PLAN_NAME.search(before)
    return named is not None and not TARGET_TIME.search(named.group())


def in_months(period: Period | None) -> Period | None:
    """Give a period of days as the months it spans: indicators are meant for months at the finest.

    A deadline on the last day of a year stands for the year.

    >>> in_months(Period(0, 10, "2024-06-30", "", "2024-06-30", "until", "day")).value
    '2024-06'
    >>> in_months(Period(0, 10, "2024-12-31", "", "2024-12-31", "until", "day")).value
    '2024'
    """
    if period is None or period.grain != "day" or not period.value[:4].isdigit():
        return period
    if period.bound == "until" and period.value.endswith("-12-31"):
        return replace(period, value=period.value[:4])
    months = list(dict.fromkeys(day[:7] for day in period.value.split("/")))
    return replace(period, value="/".join(months))


def first_day(period: Period | None) -> str:
    """Give the first day (ISO) of the period a value is meant for, also when only its end bounds it.

    >>> first_day(Period(0, 12, "2025", "", "2025-12-31", "until", "year"))
    '2025-01-01'
    """
    if period is None:
        return ""
    return period.first_day or (f"{period.value[:4]}-01-01" if period.value[:4].isdigit() else "")
