"""Time expressions: a stretch of the calendar with its bound, a recurrence, or a day that returns each year.

Days and bounds follow the section *Time* of the dataset's contract: ``đến năm 2025`` is until 2025-12-31
with no first day, ``trước ngày 30/6/2024`` is until that day, ``từ năm 2022`` has no last day. In the same
sense ``trước năm 2026`` is until 2025-12-31 and ``sau năm 2025`` from 2026-01-01.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter
from typing import Literal, NamedTuple

from extract.folding import fold_tones
from extract.mentions.amounts import may_have_unit
from extract.mentions.dates import find_moments
from extract.mentions.moments import NEEDS_RANGE, NEEDS_TIME_WORD, SURE, Moment, join_list, join_range, move
from extract.mentions.recurrences import Recurrence, find_recurrences
from extract.spans import Period

Bound = Literal["in", "until", "from"]

BOUNDS: dict[str, Bound] = {"until": "until", "since": "from"}
MAX_CELL_CHARACTERS = 120
_WINDOW_CHARACTERS = 48
_LAW_WINDOW_CHARACTERS = 90

# trước 17h00 ngày 20/11/2025: the hour stands between the bound and its day.
CLOCK = (
    r"(?:[01]?\d|2[0-4])\s?(?:h(?:\s?[0-5]\d(?:\s?phút)?)?|giờ(?:\s?[0-5]\d(?:\s{1,2}phút)?)?|:[0-5]\d)"
    r"(?:\s{1,2}(?:sáng|trưa|chiều|tối))?"
)
BEFORE = re.compile(
    r"(?<!\w)(?:"
    rf"(?P<hours>từ\s{{1,3}}{CLOCK}\s{{1,3}}(?:đến|tới|[-–]))"
    r"|(?P<until>(?:(?:kể\s{1,3})?từ\s{1,3}nay\s{1,3})?(?:(?:cho|tính|kéo\s{1,3}dài)\s{1,3})?(?:đến|tới)"
    r"(?:\s{1,3}(?:hết|cuối|trước|giữa|đầu|khoảng|thời\s{1,3}điểm)){0,3}"
    r"|(?:chậm|muộn)\s{1,3}nhất(?:\s{1,3}(?:là|vào|đến|trong|trước|hết|cuối)){0,3}"
    r"|không\s{1,3}(?:muộn|chậm|quá)(?:\s{1,3}hơn)?|trước(?:\s{1,3}(?:và\s{1,3}trong|cuối|hết))?|(?<!hầu\s)hết)"
    r"|(?P<since>(?:(?:kể|tính|bắt\s{1,3}đầu)\s{1,3})?từ(?:\s{1,3}(?:đầu|cuối|giữa|sau|trước|khoảng)){0,2}|sau)"
    r"|(?P<within>(?:ngay\s{1,3})?(?:trong|vào)(?:\s{1,3}(?:khoảng|các|những|cả|suốt|đầu|giữa|cuối)){0,3}"
    r"|cả|đầu|giữa|cuối|hồi|khoảng)"
    rf")\s{{1,8}}(?:{CLOCK},?\s{{1,3}})?\Z"
)
AFTER = re.compile(
    r"\s{1,4}(?:(?P<since>trở\s{1,3}(?:đi|về\s{1,3}sau)|và\s{1,3}(?:các|những)\s{1,3}năm\s{1,3}(?:tiếp|sau|kế)"
    r"(?:\s{1,3}(?:theo|sau|tiếp))?)|(?P<until>trở\s{1,3}về\s{1,3}trước))(?!\w)"
)
RANGE_GAP = re.compile(
    r"[^\S\n]{0,3}[-–—]\s{0,3}"
    rf"|\s{{1,4}}(?:cho\s{{1,3}})?(?:đến|tới)\s{{1,4}}(?:(?:hết|cuối|trước)\s{{1,4}})?(?:{CLOCK},?\s{{1,3}})?"
)
LIST_GAP = re.compile(r",\s{0,3}|\s{1,3}(?:và|hoặc)\s{1,3}")
CELL_GAP = re.compile(r"[^\S\n]{1,4}")
RETURN_GAP = re.compile(r"[\s,]{1,4}(?:của\s{1,3})?")
# Words that introduce nothing but a time, unlike đến and từ.
TIME_WORDS = frozenset(
    {"trước", "hết", "nhất", "nay", "kể", "tính", "đầu", "giữa", "cuối", "điểm", "chậm", "muộn"}
)
# Before a bare number these may introduce a year.
YEAR_WORDS = frozenset({"đến", "tới", "từ", "vào"})
STEPS = {"trước": -1, "sau": 1}
CLOSED = re.compile(r"\s{0,4}(?:[.;:,)\]|”\"]|\n|\Z)")
# Luật Đấu thầu năm 2023 names a law, not a time. Looked for in the text as printed: such names have capitals.
LAW_NAME = re.compile(
    r"(?<!\w)(?:(?:Bộ l|L)uật(?:\ssửa đổi(?:, bổ sung)?)?|Hiến pháp|Pháp lệnh)"
    r"(?:\s[A-ZĐ]\w{0,12},?(?:\s(?!năm\b|trong\b)[^\W\d_A-ZĐ]{1,8},?){0,8}){0,6}\s\Z"
)


class Edge(NamedTuple):
    """The bound of a stretch, what it covers with the words of the bound, and the words before it."""

    bound: Bound
    start: int
    end: int
    words: tuple[str, ...] = ()


def find_periods(text: str, reference: datetime.date | None = None) -> list[Period]:
    """Find the time expressions in a text, sorted and not overlapping.

    Takes text and, when known, the day the text was issued, whose year completes ``tháng 5`` or ``ngày
    15/12``; without it such expressions are left out. Gives periods whose offsets cover the words of the
    bound too. Years run from 1900 to 2100; a day that the calendar lacks is no time.

    >>> [(p.value, p.last_day, p.bound) for p in find_periods("Hoàn thành trước ngày 30/6/2024.")]
    [('2024-06-30', '2024-06-30', 'until')]
    >>> [(p.value, p.recurrence) for p in find_periods("Báo cáo trước 15/11 hằng năm, định kỳ 6 tháng, năm.")]
    [('XXXX-11-15', 'P1Y'), ('', 'P6M')]
    """
    lowered = fold_tones(text)
    found = list(_merge_mentions(lowered))
    return _Assembly(text, lowered, found, reference.year if reference else None).periods()


@lru_cache(maxsize=1024)
def parse_period_cell(text: str, reference: datetime.date | None = None) -> Period | None:
    """Read the time of a whole table cell or column header; None when it states none.

    Unlike in running text a year alone counts: ``2025``, ``Kế hoạch 2026``. A year that is not stated and
    not given by ``reference`` is ``XXXX``. Of several times the first is taken.

    >>> period = parse_period_cell("Ước thực hiện 2025")
    >>> period.value, period.first_day, period.last_day
    ('2025', '2025-01-01', '2025-12-31')
    >>> parse_period_cell("Quý IV").value
    'XXXX-10/XXXX-12'
    """
    if len(text) > MAX_CELL_CHARACTERS:
        return None
    # Lines of a cell are wrapped, not separate: Năm 2022 above Năm 2025 is one stretch.
    lowered = fold_tones(text).replace("\n", " ")
    found = list(_merge_mentions(lowered))
    year = reference.year if reference else None
    periods = _Assembly(text, lowered, found, year, in_cell=True).periods()
    return periods[0] if periods else None


def _merge_mentions(lowered: str) -> Iterator[Moment | Recurrence]:
    mentions: list[Moment | Recurrence] = [*find_recurrences(lowered), *find_moments(lowered)]
    end = 0
    for mention in sorted(mentions, key=attrgetter("start")):
        if mention.start >= end:
            end = mention.end
            yield mention


class _Assembly:
    """One pass over the mentions of a text that joins them and gives them their bounds."""

    def __init__(
        self,
        text: str,
        lowered: str,
        found: list[Moment | Recurrence],
        year: int | None,
        in_cell: bool = False,
    ) -> None:
        self.text, self.lowered, self.found = text, lowered, found
        self.year, self.in_cell = year, in_cell
        self.index = 0
        self.floor = 0

    def periods(self) -> list[Period]:
        """Give the periods in order."""
        periods = []
        while self.index < len(self.found):
            mention = self.found[self.index]
            self.index += 1
            if isinstance(mention, Recurrence):
                period: Period | None = _returning(mention)
            else:
                period = self._returning_moment(mention) or self._bounded(self._joined(mention))
            if period is not None:
                periods.append(period)
                self.floor = period.end
        return periods

    def _gap(self, before: Moment | Recurrence, after: Moment | Recurrence) -> str:
        return self.lowered[before.end : after.start] if after.start - before.end <= 24 else "\0"

    def _returning_moment(self, moment: Moment) -> Period | None:
        """Read a day that returns: ``15/11 hằng năm``, ``01/6 và 15/11 hằng năm``, ``ngày 10 hằng tháng``."""
        if moment.first.year:
            return None
        last, position, stretch = moment, self.index, moment
        following = self.found[position] if position < len(self.found) else None
        if isinstance(following, Moment):
            gap = self._gap(last, following)
            joined = join_range(moment, following) if RANGE_GAP.fullmatch(gap) else None
            if joined or LIST_GAP.fullmatch(gap):
                last, stretch, position = following, joined or moment, position + 1
                following = self.found[position] if position < len(self.found) else None
        wanted = "P1Y" if moment.first.month else "P1M"
        if not isinstance(following, Recurrence) or following.duration != wanted or last.first.year:
            return None
        if not RETURN_GAP.fullmatch(self._gap(last, following)):
            return None
        self.index = position + 1
        edge = self._edge(moment)._replace(end=following.end)
        period = _period(stretch, edge._replace(bound="in") if stretch.joined else edge, wanted)
        return period if wanted == "P1Y" else replace(period, first_day="", last_day="")

    def _joined(self, moment: Moment) -> Moment:
        """Join a stretch with the next when the two are a range, or a list without gaps."""
        while self.index < len(self.found):
            following = self.found[self.index]
            if not isinstance(following, Moment):
                return moment
            gap, joined = self._gap(moment, following), None
            if LIST_GAP.fullmatch(gap):
                moment, joined = join_list(moment, following)
            elif (RANGE_GAP.fullmatch(gap) and not moment.joined) or _are_years_of_a_cell(
                moment, following, gap
            ):
                joined = join_range(moment, following)
            if joined is None:
                return moment
            self.index += 1
            moment = joined
        return moment

    def _edge(self, moment: Moment) -> Edge:
        before = BEFORE.search(self.lowered, max(self.floor, moment.start - _WINDOW_CHARACTERS), moment.start)
        after = AFTER.match(self.lowered, moment.end, moment.end + _WINDOW_CHARACTERS)
        start, words = (before.start(), before[0].split()) if before else (moment.start, [])
        kind = after.lastgroup if after else before.lastgroup if before else None
        return Edge(BOUNDS.get(kind or "", "in"), start, after.end() if after else moment.end, tuple(words))

    def _bounded(self, moment: Moment) -> Period | None:
        edge = self._edge(moment)
        if not self._is_time(moment, edge):
            return None
        moment = replace(moment, first=moment.first.filled(self.year), last=moment.last.filled(self.year))
        if not (moment.first.exists and moment.last.exists):
            return None
        if moment.joined:
            # A range has both its days, whatever introduces it: đến giai đoạn 2026-2030, từ tháng 3 - 5.
            return _period(
                moment, Edge("in", moment.start if edge.bound == "until" else edge.start, moment.end)
            )
        return _period(_shifted(moment, edge), edge)

    def _is_time(self, moment: Moment, edge: Edge) -> bool:
        if moment.strength == NEEDS_RANGE or not (moment.first.year or self.year or self.in_cell):
            return False
        if moment.grain in ("year", "day") and not edge.words and self._names_a_law(moment):
            return False
        closed = bool(CLOSED.match(self.lowered, moment.end))
        if self.in_cell:
            return moment.strength != NEEDS_TIME_WORD or moment.grain != "day" or closed
        if moment.strength == NEEDS_TIME_WORD:
            return bool(edge.words) and (
                closed or not TIME_WORDS.isdisjoint(edge.words) or self._counts_nothing(moment, edge)
            )
        return moment.strength == SURE or bool(edge.words)

    def _counts_nothing(self, moment: Moment, edge: Edge) -> bool:
        """Tell the year of ``đến 2030 có tuyến xe điện`` from the number of ``đến 2030 hộ dân``."""
        return (
            moment.grain == "year"
            and edge.words[-1] in YEAR_WORDS
            and not may_have_unit(self.lowered, moment.end)
        )

    def _names_a_law(self, moment: Moment) -> bool:
        begin = max(self.floor, moment.start - _LAW_WINDOW_CHARACTERS)
        return LAW_NAME.search(self.text, begin, moment.start) is not None


def _are_years_of_a_cell(moment: Moment, following: Moment, gap: str) -> bool:
    """Say whether two years stand side by side, as in the cell ``Năm 2022 Năm 2025``."""
    years = {moment.grain, following.grain} <= {"year", "years"}
    return years and moment.strength == following.strength == SURE and CELL_GAP.fullmatch(gap) is not None


def _shifted(moment: Moment, edge: Edge) -> Moment:
    """Move a month, quarter or year to its neighbour after ``trước`` and ``sau``; mid-year is June."""
    if moment.grain == "day" or moment.first.year is None or not edge.words:
        return moment
    word = edge.words[-1]
    if word == "giữa" and edge.bound == "until" and moment.grain == "year":
        june = moment.first._replace(month=6)
        return replace(moment, first=june, last=june, grain="month")
    return move(moment, STEPS[word]) if word in STEPS else moment


def _returning(recurrence: Recurrence) -> Period:
    return Period(recurrence.start, recurrence.end, "", "", "", "in", "recurrence", recurrence.duration)


def _period(moment: Moment, edge: Edge, recurrence: str = "") -> Period:
    first = "" if edge.bound == "until" else moment.first.first_day.text
    last = "" if edge.bound == "from" else moment.last.last_day.text
    return Period(edge.start, edge.end, moment.value, first, last, edge.bound, moment.grain, recurrence)
