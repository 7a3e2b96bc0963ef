"""The time that a document plans for: named in its title, or stated in a line of its own."""

from __future__ import annotations

import re
from datetime import date

from extract.mentions.citations import find_citations
from extract.mentions.periods import find_periods
from extract.schema import Document
from extract.spans import CleanText, Period
from extract.structure.markers import read_marker

FAR_SIGHT = re.compile(r"(?:tầm nhìn|định hướng)(?:\s(?:đến|tới))?\s*+\Z", re.IGNORECASE)
"""Before a year that a plan only looks out to: ``tầm nhìn đến 2045``."""
FAR_SIGHT_CHARACTERS = 30
CUT_OFF = re.compile(r"thời điểm\b[^;.]{0,20}\Z")
"""Before the day for which something is counted: ``kiểm kê thời điểm 0 giờ ngày 01/01/2026``."""
CUT_OFF_CHARACTERS = 40
TIME_LINE = re.compile(
    r"Thời gian(?!\s(?:hoàn thành|báo cáo|gửi|nộp|trình|trả lời|tiếp nhận|qua|tới|vừa qua)\b)"
    r"(?:,?\s[a-zà-ỹđ]+){0,8}+\s?(?::|\Z)"
)
"""``1. Thời gian tổ chức: ngày 18/4/2026``: a plan for one event, or for one campaign, says when."""
TIME_HEADING = re.compile(r"(?:[IVX]{1,4}|\d{1,2})[.)]?\s?THỜI GIAN\b")
CLOCK = re.compile(r"\d\s?(?:h|g|giờ|:)\d{0,2}")
MAX_TIME_CHARACTERS = 300
"""A line that states the time is no longer; a task that begins so may be."""


def read_period(document: Document, clean: CleanText) -> Period | None:
    """Put the period into the row; give the one that the title names, None where it names none.

    A plan whose title names none has the time that it states in a line of its own (``Thời gian tổ chức:``):
    months as they are, days as their years.
    """
    chosen = title_period(document)
    if chosen is None:
        _take_days(document, _find_stated_time(document, clean))
        return None
    value, first = chosen.value, chosen.first_day
    issued_year, year = document.issued[:4], chosen.value[:4]
    if chosen.bound == "until" and issued_year and year > issued_year:
        value, first = f"{issued_year}/{year}", f"{issued_year}-01-01"
    document.period, document.period_start = value, first or f"{value[:4]}-01-01"
    document.period_end = chosen.last_day
    return chosen


def title_period(document: Document) -> Period | None:
    """Choose the first range of years of a title, else its last period; cited documents are left out."""
    title = document.title.lower()
    periods = [p for p in _uncited_periods(document) if p.grain != "day" and not _is_far_sight(title, p)]
    ranges = [p for p in periods if p.grain == "years"]
    if ranges:
        return ranges[0]
    return periods[-1] if periods else None


def parse_day(issued: str) -> date | None:
    """Give the day of an ISO date of any precision, the first of its month or year; None for none.

    >>> parse_day("2024-05"), parse_day("")
    (datetime.date(2024, 5, 1), None)
    """
    if not issued:
        return None
    parts = [int(part) for part in issued.split("-")] + [1, 1]
    try:
        return date(parts[0], parts[1], parts[2])
    except ValueError:
        return None


def _uncited_periods(document: Document) -> list[Period]:
    title = document.title.lower()
    cited = find_citations(document.title) + find_citations(title)
    return [
        p
        for p in find_periods(title, parse_day(document.issued))
        if p.grain != "recurrence" and not any(c.start <= p.start < c.end for c in cited)
    ]


def _is_far_sight(title: str, period: Period) -> bool:
    """Tell a year that a plan looks out to, or the term of those who are elected, from the plan's own."""
    if title.startswith(("tầm nhìn", "định hướng"), period.start):
        return True
    if "bầu cử" in title and title.startswith("nhiệm kỳ", period.start):
        return True
    return FAR_SIGHT.search(title, max(0, period.start - FAR_SIGHT_CHARACTERS), period.start) is not None


def _find_stated_time(document: Document, clean: CleanText) -> Period | None:
    """Find the day of the title that lies ahead, else the time that a plan states in a line."""
    title = document.title.lower()
    for period in _uncited_periods(document):
        counted = CUT_OFF.search(title, max(0, period.start - CUT_OFF_CHARACTERS), period.start)
        ahead = document.issued and period.last_day[: len(document.issued)] >= document.issued
        if period.grain == "day" and ahead and (counted or document.kind == "plan"):
            return period
    return _find_time_line(document, clean) if document.kind == "plan" else None


def _find_time_line(document: Document, clean: CleanText) -> Period | None:
    """Read the first line that states a time: with a number, or below a heading that announces it."""
    day = parse_day(document.issued)
    announced = False
    for paragraph in clean.paragraphs:
        words = clean.text[paragraph.start : paragraph.end]
        marker = read_marker(clean.text, paragraph.start, paragraph.end)
        body = clean.text[marker.body : paragraph.end] if marker else words
        stated = TIME_LINE.match(body) if paragraph.cell is None else None
        numbered = marker is not None and marker.style != "bullet"
        if stated and (numbered or announced) and len(body) <= MAX_TIME_CHARACTERS:
            found = next((p for p in find_periods(body, day) if _is_bounded(p, body)), None)
            if found or not body[stated.end() :].strip():
                announced = True
            if found:
                return found
        else:
            announced = TIME_HEADING.match(words) is not None
    return None


def _is_bounded(period: Period, text: str) -> bool:
    """Tell a time with beginning and end; ``từ 7h30, ngày 18/4`` begins at an hour of its one day."""
    if period.grain == "recurrence" or not period.first_day:
        return False
    return bool(period.last_day) or CLOCK.search(text, period.start, period.end) is not None


def _take_days(document: Document, period: Period | None) -> None:
    """Put a stated time into the row: a range of months as it is, anything shorter as its years."""
    if period is None:
        return
    first, last = period.first_day, period.last_day or period.first_day
    if period.grain == "day" or "/" not in period.value:
        years = (first[:4], last[:4])
        document.period = years[0] if years[0] == years[1] else "/".join(years)
        document.period_start, document.period_end = f"{years[0]}-01-01", f"{years[1]}-12-31"
        return
    document.period, document.period_start, document.period_end = period.value, first, last
