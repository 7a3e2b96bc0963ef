"""Points and stretches of the calendar and the arithmetic on them: joining and moving."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

Grain = Literal["day", "month", "quarter", "half", "year", "years"]

# What a stretch needs around it to be a time: nothing; a word of bound; such a word that can introduce
# nothing but a time (``30/6`` may be a fraction, ``2025`` a count); another stretch that completes it.
SURE, NEEDS_BOUND, NEEDS_TIME_WORD, NEEDS_RANGE = 3, 2, 1, 0


class Point(NamedTuple):
    """A year, a month or a day, as far as it is printed."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def text(self) -> str:
        """Give the point as EDTF: ``2025``, ``2025-06``, ``XXXX-12-15``."""
        parts = [f"{self.year:04d}" if self.year else "XXXX"]
        if self.month or self.day:
            parts.append(f"{self.month:02d}" if self.month else "XX")
        if self.day:
            parts.append(f"{self.day:02d}")
        return "-".join(parts)

    @property
    def next(self) -> Point:
        """Give the day after a day, the month after a month, the year after a year."""
        if not self.day or self.day < self.last_of_month:
            return self._replace(day=self.day + 1) if self.day else self.moved(1)
        return Point(self.year, self.month).moved(1)._replace(day=1)

    @property
    def last_of_month(self) -> int:
        """Give the number of days of the month; February has 28 when the year is open."""
        return monthrange(self.year or 2001, self.month or 12)[1]

    @property
    def first_day(self) -> Point:
        """Give the first day of the year or month."""
        return Point(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> Point:
        """Give the last day of the year or month."""
        return Point(self.year, self.month or 12, self.day or self.last_of_month)

    @property
    def order(self) -> tuple[int, int, int]:
        """Give a key that sorts points by their last day."""
        day = self.last_day
        return day.year or 0, day.month or 0, day.day or 0

    @property
    def exists(self) -> bool:
        """Say whether the calendar has the day: never 31 February; 29 February when the year is open."""
        return not (self.month and self.day) or self.day <= monthrange(self.year or 2000, self.month)[1]

    def filled(self, year: int | None, month: int | None = None) -> Point:
        """Give the point with a year, and for a day a month, where it has none."""
        return Point(self.year or year, self.month or (month if self.day else None), self.day)

    def moved(self, count: int) -> Point:
        """Give the month, or the year when no month is printed, ``count`` later; the day is dropped."""
        if not self.month:
            return Point(self.year and self.year + count)
        years, month = divmod(self.month - 1 + count, 12)
        return Point(self.year and self.year + years, month + 1)


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of the calendar: where it is printed, its first and last point, what it needs to be a time.

    ``joined`` tells a range or list (``tháng 3 - 5``) from one unit of several months (``quý II``).
    """

    start: int
    end: int
    grain: Grain
    first: Point
    last: Point
    strength: int = SURE
    joined: bool = False

    @property
    def value(self) -> str:
        """Give the stretch as EDTF: ``2025``, ``2021/2025``, ``2023-04/2023-06``."""
        return self.first.text if self.first == self.last else f"{self.first.text}/{self.last.text}"


def join_list(moment: Moment, following: Moment) -> tuple[Moment, Moment | None]:
    """Read two members of a list, of which the first may owe its month and year to the second.

    Gives the first member completed, and the stretch of both when they touch, else None.

    >>> third = Moment(0, 8, "quarter", Point(None, 7), Point(None, 9))
    >>> fourth = Moment(12, 27, "quarter", Point(2025, 10), Point(2025, 12))
    >>> join_list(third, fourth)[1].value
    '2025-07/2025-12'
    """
    if moment.grain != following.grain or moment.last.year or not following.first.year:
        return moment, None
    year, month = following.first.year, following.first.month
    strength = max(moment.strength, following.strength)
    first, last = moment.first.filled(year, month), moment.last.filled(year, month)
    completed = replace(moment, first=first, last=last, strength=strength)
    touching = last.exists and last.next == following.first
    return completed, join_range(completed, following) if touching else None


def join_range(moment: Moment, following: Moment) -> Moment | None:
    """Give the stretch from the one to the other; None when it would run backwards.

    What one end does not print, it shares with the other: ``tháng 9 đến tháng 5/2026`` begins in 2025.

    >>> september = Moment(0, 7, "month", Point(None, 9), Point(None, 9))
    >>> join_range(september, Moment(12, 24, "month", Point(2026, 5), Point(2026, 5))).value
    '2025-09/2026-05'
    """
    last = following.last.filled(moment.first.year)
    year = last.year
    if year and not moment.first.year and (moment.first.month or 0) > (last.month or 0) > 0:
        year -= 1
    first = moment.first.filled(year, last.month)
    if not first.exists or first.order >= last.order:
        return None
    strength = max(moment.strength, following.strength)
    if moment.strength == following.strength < SURE:
        strength += 1
    grain = "years" if following.grain == "year" else following.grain
    return Moment(moment.start, following.end, grain, first, last, strength, joined=True)


def move(moment: Moment, step: int) -> Moment:
    """Give the month, quarter or year ``step`` places later: 1 is the next, -1 the one before.

    >>> move(Moment(0, 10, "quarter", Point(2025, 1), Point(2025, 3)), -1).value
    '2024-10/2024-12'
    """
    length = (moment.last.month or 0) - (moment.first.month or 0) + 1
    return replace(moment, first=moment.first.moved(step * length), last=moment.last.moved(step * length))
