"""The period that a number is meant for: the nearest that applies, in its sentence, its item or above."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from dataclasses import replace

from extract.records.drafts import Reading
from extract.records.indicator_drafts import Context, Setting, Stretch
from extract.records.indicator_kinds import AHEAD
from extract.records.segments import Segment
from extract.schema import IndicatorKind, PeriodSource
from extract.spans import Period

MAX_HEADING_CHARACTERS = 300
BEFORE_PENALTY = 12
"""Characters by which a period after the value counts as nearer than one before it."""
PLAN_NAME = re.compile(
    r"\b(?:kế hoạch(?! vốn)|giai đoạn|tiêu chí|nghị quyết|chương trình|đề án|chiến lược|luật|quyết định"
    r"|cùng kỳ|so với|tầm nhìn|định hướng|quy hoạch)\b[^;,.:()]{0,60}\Z",
    re.IGNORECASE,
)
"""The words before a year that belongs to the name of a plan, or that a value is compared with."""
PLAN_NAME_CHARACTERS = 90
SHARE_OF_PLAN = re.compile(
    r"\d\s?%\s(?:so với\s)?(?:mục tiêu|kế hoạch|dự toán|chỉ tiêu|nghị quyết)\b[^;,.:()]{0,60}\Z",
    re.IGNORECASE,
)
"""Before the year of a plan that a result is a share of."""
BARE_MONTHS = re.compile(r"\b(?P<count>\d{1,2}) tháng\b(?!\s(?:đầu|cuối|tuổi|năm|kể|tới|liên|trở|\d))")
"""Months whose year is not printed."""
MAX_MONTHS_LATE = 2
"""A report on the months so far comes at most so many months late."""
REPORTED_GRAINS = frozenset({"month", "quarter", "half"})
TODAY = re.compile(r"\b(?:hiện|nay|hàng năm|hằng năm|thường xuyên)\b", re.IGNORECASE)
TOLD_CHARACTERS = 4000
"""So far back an article is looked through for the time it tells of."""
TARGET_TIME = re.compile(r"\b(?:phấn đấu|đạt|hoàn thành|đến|vào|bảo đảm|đảm bảo)\b", re.IGNORECASE)
"""Behind the name of a plan such a word makes the year the time of the value."""


def find_period(
    reading: Reading,
    stretch: Stretch,
    context: Context,
    segment: Segment,
    kind: IndicatorKind,
    setting: Setting,
) -> tuple[Period | None, PeriodSource]:
    """Find the nearest period that applies: in the sentence, the item, the headings above, the title."""
    own = context.sentence_periods
    later = [p for p in own if _is_later_event(reading.text, p, segment)]
    in_sentence = [p for p in own if p not in later] if later else own
    of_plan = [p for p in in_sentence if _is_year_of_plan(reading.text, p)]
    if kind == "result" and len(of_plan) == len(in_sentence):
        own_months = find_reported_months(reading.text, context.sentence, setting.issued)
        if own_months:
            return min(own_months, key=lambda p: _distance(p, segment)), "sentence"
        reported = _find_reported(reading, stretch, context, segment, setting)
        if reported:
            return reported, "item"
    if in_sentence:
        stated = [p for p in in_sentence if p not in of_plan] or in_sentence
        return min(stated, key=lambda p: _distance(p, segment)), "sentence"
    if kind == "budget" and stretch.role == "situation" and not AHEAD.search(_own_words(reading, segment)):
        return None, ""
    in_item = [p for p in context.item_periods if p not in later] if later else context.item_periods
    if in_item and kind != "result":
        return in_item[0], "item"
    above, source = find_title_period(reading, stretch, kind, setting.period)
    if above is None and kind == "result" and setting.article and not reading.outline.numbered:
        return _find_told_before(reading, context, segment), "document"
    return above, source


def find_reported_months(text: str, sentence: tuple[int, int], issued: str) -> list[Period]:
    """Read ``10 tháng`` in a sentence on results as the months of the year of issue that are over.

    So many months as have passed when the document was issued, or one or two fewer, are no mere duration.

    >>> find_reported_months("Thu ngân sách 10 tháng đạt 5 tỷ đồng", (0, 36), "2025-11-24")[0].value
    '2025-01/2025-10'
    >>> find_reported_months("Thi công 10 tháng", (0, 17), "2025-03-24")
    []
    """
    if len(issued) < len("2025-11"):
        return []
    found, year, month = [], issued[:4], int(issued[5:7])
    for match in BARE_MONTHS.finditer(text, *sentence):
        count = int(match["count"])
        if max(2, month - MAX_MONTHS_LATE) <= count <= month:
            last = monthrange(int(year), count)[1]
            value = f"{year}-01/{year}-{count:02}"
            days = f"{year}-01-01", f"{year}-{count:02}-{last:02}"
            found.append(Period(match.start(), match.end(), value, *days, "in", "month"))
    return found


def _own_words(reading: Reading, segment: Segment) -> str:
    return reading.text[segment.start : segment.end]


def _is_year_of_plan(text: str, period: Period) -> bool:
    """``bằng 115% kế hoạch năm 2025``: the year is that of the plan the result is held against."""
    before = text[max(0, period.start - PLAN_NAME_CHARACTERS) : period.start]
    return SHARE_OF_PLAN.search(before) is not None


def _find_reported(
    reading: Reading, stretch: Stretch, context: Context, segment: Segment, setting: Setting
) -> Period | None:
    """Find the months that a paragraph reports on: those it names most often, of these the longest."""
    start, end = stretch.start, stretch.end
    if not start < context.sentence[0] < end:
        return None
    stated = find_reported_months(reading.text, (start, end), setting.issued)
    stated += [p for p in context.item_periods if p.grain in REPORTED_GRAINS and p.bound == "in"]
    if not stated or min(p.start for p in stated) > segment.quantity.start:
        return None
    named = Counter(p.value for p in stated)
    return max(stated, key=lambda p: (named[p.value], p.last_day))


def _find_told_before(reading: Reading, context: Context, segment: Segment) -> Period | None:
    """In an article a result is told of the time that was named last, unless it tells of today."""
    start = context.sentence[0]
    if TODAY.search(reading.text, start, segment.quantity.start):
        return None
    before = dated_periods(reading, max(0, start - TOLD_CHARACTERS), start)
    return before[-1] if before else None


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
        found = reading.mentions.periods_in(start, end)
        titled = [p for p in found if p.grain not in ("recurrence", "day") or _spans_months(p)]
        if titled and end - start < MAX_HEADING_CHARACTERS:
            return titled[0], "heading"
    if kind == "result" or document_period is None:
        return None, ""
    return document_period, "document"


def _spans_months(period: Period) -> bool:
    return period.grain == "day" and period.first_day[:7] < period.last_day[:7] and period.first_day != ""


def dated_periods(reading: Reading, start: int, end: int) -> list[Period]:
    """Give the periods of a stretch that are not part of the name of a plan."""
    periods = [p for p in reading.mentions.periods_in(start, end) if p.grain != "recurrence"]
    return [p for p in periods if not _names_plan(reading.text, start, p)]


def _names_plan(text: str, start: int, period: Period) -> bool:
    before = text[max(start, period.start - PLAN_NAME_CHARACTERS) : period.start]
    named = PLAN_NAME.search(before)
    return named is not None and not TARGET_TIME.search(named.group())


def in_months(period: Period | None, kind: IndicatorKind = "result") -> Period | None:
    """Give a period of days as the months it spans: indicators are meant for months at the finest.

    A deadline on the last day of a year, and any day by which a target is to be reached, stand for the year.

    >>> in_months(Period(0, 10, "2024-06-30", "", "2024-06-30", "until", "day")).value
    '2024-06'
    >>> in_months(Period(0, 10, "2024-06-30", "", "2024-06-30", "until", "day"), "target").value
    '2024'
    >>> in_months(Period(0, 10, "2024-12-31", "", "2024-12-31", "until", "day")).value
    '2024'
    """
    if period is None or period.grain != "day" or not period.value[:4].isdigit():
        return period
    if period.bound == "until" and (kind == "target" or period.value.endswith("-12-31")):
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
