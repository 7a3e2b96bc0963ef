"""When a task is due: which of the time expressions printed with it are the task's own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.mentions.found import Mentions
from extract.mentions.periods import parse_period_cell
from extract.records.quotations import find_quoted
from extract.schema import TimeSource
from extract.spans import Period

PLAN_NAME = re.compile(
    r"(?:Chương trình|Đề án|Chiến lược|Dự án|Quy hoạch|Nghị quyết|Luật|Kế hoạch|CTMTQG|Chỉ thị|Quyết định)\b"
    r"(?:[^;,.:]|(?<=[Pp]hòng),(?= chống)){0,220}\Z"
)
"""The words before a year that belongs to the name of a plan or programme."""
PLAN_WORD = re.compile(
    r"\b(?:kế hoạch|vốn|giai đoạn|định hướng|tầm nhìn|dự toán|ngân sách|báo cáo|nghị quyết|luật|chương trình|"
    r"kết quả|quy hoạch|chiến lược|so với|cùng kỳ|nhiệm kỳ|tiêu chí|niên khóa|năm học|mùa|khóa|tổng kết|"
    r"công tác|của)\b"
    r"[^;,.:]{0,40}\Z"
)
"""The words before a year that tells which plan, budget or season is meant, not when to be done."""
ACHIEVED = re.compile(r"\b(?:đạt|hoàn thành|phấn đấu|lộ trình|xong|đưa|bảo đảm|đảm bảo|duy trì)\b")
"""Between the name of a plan and a year, such a word makes the year a time to be done by."""
GOAL_YEAR = re.compile(r"vào\s(?:cuối\s)?năm\b")
"""``vào năm 2030`` says by when, ``trong năm 2030`` also from when."""
OPENS = re.compile(r"(?:^|[.;:(–\-]\s*+|\b(?:trong|ngay|ngay trong|phấn đấu|vào)\s)\Z")
"""Before a stage of years that is the task's own."""
STAGE_AT_START = re.compile(r"(?:Trong\s)?giai đoạn\b", re.IGNORECASE)
"""A stage named as such."""
CONTEXT_CHARACTERS = 240
ACHIEVED_CHARACTERS = 40
OPENING_CHARACTERS = 12
LABEL_CHARACTERS = 100
"""A label before a colon is not longer: ``Kế hoạch sử dụng đất giai đoạn 2026-2030: Thực hiện ...``."""
MAX_YEARS = 30
"""No task lasts longer."""
MAX_HEADING_CHARACTERS = 300
"""A heading that is longer tells a story, whose times are not those of the items under it."""
MAX_BARE_CELL_CHARACTERS = 40
"""A cell of a table that is a time and nothing else is not longer."""


@dataclass(frozen=True, slots=True)
class TaskTime:
    """First and last day, recurrence and the words they were read from."""

    start_date: str = ""
    due_date: str = ""
    recurrence: str = ""
    text: str = ""
    source: TimeSource = ""


def find_task_time(text: str, start: int, end: int, mentions: Mentions) -> TaskTime:
    """Read the time of the instruction in ``text[start:end]`` (source ``item``).

    Years in names of plans, in quotation marks and in citations are no times of the task.

    >>> from extract.mentions.found import find_mentions
    >>> words = "Hoàn thành Đề án phát triển đô thị 2025 trước ngày 30/6/2024"
    >>> find_task_time(words, 0, len(words), find_mentions(words)).due_date
    '2024-06-30'
    """
    periods = mentions.periods_in(start, end)
    if not periods:
        return TaskTime()
    quoted = find_quoted(text, start, end)
    own = [p for p in periods if _is_own(text, start, p, quoted)]
    outside = [p for p in own if not _is_bracketed(text, start, p)]
    return _combine(text, outside if any(p.grain != "recurrence" for p in outside) else own, "item")


def find_cell_time(text: str, start: int, end: int, mentions: Mentions, source: TimeSource) -> TaskTime:
    """Read the time of a table's cell or of an attribute line, where every expression counts."""
    periods = mentions.periods_in(start, end)
    if not periods and end - start <= MAX_BARE_CELL_CHARACTERS:
        bare = parse_period_cell(text[start:end])
        periods = (
            [replace(bare, start=start, end=end)] if bare is not None and "XXXX" not in bare.value else []
        )
    return _between_days(text, periods, source) or _combine(text, periods, source)


def _between_days(text: str, periods: list[Period], source: TimeSource) -> TaskTime | None:
    """Read two days one below the other (``29/6/2026`` and ``09/7/2026``) as the first and the last."""
    if [(p.grain, p.bound) for p in periods] != [("day", "in"), ("day", "in")]:
        return None
    first, last = periods
    between = text[first.end : last.start]
    if first.last_day >= last.first_day or between.strip(" \n,;–-"):
        return None
    words = " ".join(text[first.start : last.end].split())
    return TaskTime(first.first_day, last.last_day, "", words, source)


def find_heading_time(text: str, start: int, end: int, mentions: Mentions) -> TaskTime:
    """Read the time that the heading right above gives to the items under it."""
    if end - start > MAX_HEADING_CHARACTERS:
        return TaskTime()
    periods = [
        p
        for p in mentions.periods_in(start, end)
        if p.grain != "recurrence"
        and not _in_plan_name(text, start, p)
        and (p.grain != "years" or p.start == start)
    ]
    return _combine(text, periods, "heading")


def _combine(text: str, periods: list[Period], source: TimeSource) -> TaskTime:
    dated = [p for p in periods if p.grain != "recurrence"]
    recurrence = next((p.recurrence for p in periods if p.recurrence), "")
    until = [p for p in dated if p.bound == "until"]
    since = [p for p in dated if p.bound == "from"]
    within = [p for p in dated if p.bound == "in"]
    first, last = "", ""
    if until:
        last = max(p.last_day for p in until)
        first = since[0].first_day if since else ""
    elif within:
        goals = [p for p in within if GOAL_YEAR.match(text, p.start)]
        chosen = within[0]
        first, last = ("", chosen.last_day) if chosen in goals else (chosen.first_day, chosen.last_day)
    elif since:
        first = since[0].first_day
    if not (first or last or recurrence):
        return TaskTime()
    used = [p for p in periods if p.recurrence or p in until or p in since or (not until and p in within[:1])]
    words = "; ".join(dict.fromkeys(" ".join(text[p.start : p.end].split()) for p in used))
    return TaskTime(first, last, recurrence, words, source)


def _is_own(text: str, start: int, period: Period, quoted: list[tuple[int, int]]) -> bool:
    if any(left <= period.start < right for left, right in quoted):
        return False
    if period.grain == "recurrence":
        return True
    if _is_history(period):
        return False
    if text[period.end : period.end + 1] == ":" and period.end - start < LABEL_CHARACTERS:
        return True
    if period.grain == "years":
        opening = text[max(start, period.start - OPENING_CHARACTERS) : period.start]
        return bool(STAGE_AT_START.match(text, period.start)) and bool(OPENS.search(opening.lower()))
    return not _in_plan_name(text, start, period)


def _is_bracketed(text: str, start: int, period: Period) -> bool:
    """Say whether a period only explains: ``hết năm 2024 đạt 149 xã (theo tiêu chí đến 2030)``."""
    before = text[max(start, period.start - CONTEXT_CHARACTERS) : period.start]
    return before.rfind("(") > before.rfind(")")


def _is_history(period: Period) -> bool:
    """``kỷ niệm (06/01/1946 - 06/01/2026)``: what lasts so long is no time to do something."""
    first, last = period.first_day[:4], period.last_day[:4]
    return first.isdigit() and last.isdigit() and int(last) - int(first) > MAX_YEARS


def _in_plan_name(text: str, start: int, period: Period) -> bool:
    before = text[max(start, period.start - CONTEXT_CHARACTERS) : period.start]
    if period.grain in ("day", "month", "quarter"):
        return False
    name = PLAN_NAME.search(before)
    if name and not ACHIEVED.search(name.group()):
        return True
    return bool(PLAN_WORD.search(before)) and not ACHIEVED.search(before[-ACHIEVED_CHARACTERS:])
