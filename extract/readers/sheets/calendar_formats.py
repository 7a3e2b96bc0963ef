"""Days and times of spreadsheet cells to text, day before month.

A day is the number of days since 31 December 1899, counted as if 1900 had a 29 February, or since
1 January 1904 (ECMA-376-1, 18.17.4.1); its fraction is the time of day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

DAY_ZERO = datetime(1899, 12, 30)
DAY_ZERO_1904 = datetime(1904, 1, 1)
FALSE_LEAP_DAY = 60
"""29 February 1900, which never was; days before it count from one day later."""
MAX_SERIAL = 2_958_466
"""1 January 10000."""
HALF_SECOND = 0.5 / 86_400
HOURS_A_DAY = 24


def show_moment(serial: float, parts: Sequence[str], since_1904: bool = False) -> str:
    """Give a day or time with the parts that its format shows; empty when there is no such day.

    Args:
        serial: days since the first day of the calendar.
        parts: the letters of the format in order (``dd``, ``mm``, ``yyyy``, ``h``), lower case.
        since_1904: whether days count from 1904.

    >>> show_moment(45828, ["m", "d", "yyyy"]), show_moment(45809, ["mmm", "yy"])
    ('20/06/2025', '06/2025')
    >>> show_moment(0.3125, ["h", "mm"]), show_moment(45828.3125, ["dd", "mm", "yyyy", "h", "mm"])
    ('07:30', '20/06/2025 07:30')
    """
    if not 0 <= serial < MAX_SERIAL:
        return ""
    start = DAY_ZERO_1904 if since_1904 else DAY_ZERO
    if not since_1904 and serial < FALSE_LEAP_DAY:
        start += timedelta(days=1)
    moment = start + timedelta(days=serial + HALF_SECOND)
    clock = any(part[0] in "hs" for part in parts)
    if clock and not any(part[0] in "dy" for part in parts):
        hours = int((serial + HALF_SECOND) * HOURS_A_DAY) if serial >= 1 else moment.hour
        return f"{hours:02}:{moment:%M}"
    return show_day(moment, parts) + (
        f" {moment:%H:%M}" if clock and moment.time().isoformat() > "00:00:01" else ""
    )


def show_day(day: datetime, parts: Sequence[str]) -> str:
    """Give a day with the parts that its format shows.

    >>> show_day(datetime(2025, 6, 1), ["mm", "yyyy"]), show_day(datetime(2025, 6, 1), ["yyyy"])
    ('06/2025', '2025')
    """
    letters = {part[0] for part in parts}
    shown = []
    if "d" in letters:
        shown.append(f"{day.day:02}")
    if "m" in letters or "d" in letters:
        shown.append(f"{day.month:02}")
    if letters & {"y", "e", "b"} or not letters & {"d", "m"}:
        shown.append(f"{day.year}")
    return "/".join(shown)


def parse_serial(text: str) -> float | None:
    """Give the days since 1900 of an ISO day or time; None for anything else.

    >>> parse_serial("2025-06-20"), parse_serial("2025-06-20T12:00:00"), parse_serial("20/6")
    (45828.0, 45828.5, None)
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return (moment.replace(tzinfo=None) - DAY_ZERO) / timedelta(days=1)
