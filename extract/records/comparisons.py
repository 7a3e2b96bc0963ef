"""Values of an earlier year that a result is compared with: ``giảm 14 vụ so với cùng kỳ năm 2023 (40)``."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.spans import Comparator, Quantity

COMPARED = re.compile(r"\b(?:cùng kỳ|so với)\b[^().;]{0,40}?(?:\bnăm\s(?P<year>\d{4})\s?)?\(\Z")
"""Before the bare number in brackets; the year is that of its period."""
COMPARED_CHARACTERS = 80
LEAST = re.compile(r"\b(?:ít nhất|tối thiểu)\s(?:vào|đến|trong)\s", re.IGNORECASE)
"""``ít nhất đến năm 2025 đạt 95%``: the comparator stands before the time."""
BEYOND = re.compile(
    r"\bvượt\s(?:mục tiêu|chỉ tiêu|kế hoạch|mức|kịch bản)\b[^.;,()]{0,60}\(\s?\Z", re.IGNORECASE
)
"""``vượt chỉ tiêu được giao (10%)``: what is surpassed stands in brackets."""
ABOUT_TIMES = re.compile(r"\b(?:gần|khoảng|xấp xỉ)\sgấp(?:\skhoảng)?\s?\Z", re.IGNORECASE)
"""``gần gấp 3 lần``."""
LEAP_YEARS = 4
"""So many years lie between two that have a 29 February."""


def read_bound(before: str) -> Comparator:
    """Read the comparator that stands apart from a value; ``=`` when none does.

    ``before`` is what precedes the value in its clause.

    >>> read_bound("phấn đấu vượt mục tiêu cả năm ("), read_bound("cao gần gấp "), read_bound("đạt ")
    ('>', '~', '=')
    """
    if LEAST.search(before):
        return ">="
    if BEYOND.search(before):
        return ">"
    return "~" if ABOUT_TIMES.search(before) else "="


def share_units(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Give the bare numbers that are compared with the unit of the quantity before them.

    >>> from extract.mentions.quantities import find_quantities
    >>> words = "26 vụ, giảm 14 vụ so với cùng kỳ năm 2023 (40)"
    >>> [(q.value, q.unit) for q in share_units(words, find_quantities(words))]
    [(26, 'vụ'), (14, 'vụ'), (40, 'vụ')]
    """
    shared: list[Quantity] = []
    for quantity in quantities:
        if quantity.kind == "plain" and shared and match_compared(text, quantity):
            before = shared[-1]
            quantity = replace(quantity, unit=before.unit, unit_code=before.unit_code, kind=before.kind)
        shared.append(quantity)
    return shared


def match_compared(text: str, quantity: Quantity) -> re.Match[str] | None:
    """Match the words that make a number the value of an earlier year; group ``year`` where it is printed."""
    if text[quantity.start - 1 : quantity.start] != "(":
        return None
    return COMPARED.search(text, max(0, quantity.start - COMPARED_CHARACTERS), quantity.start)


def move_to_year(stretch: tuple[str, str, str], year: str) -> tuple[str, str, str]:
    """Give the same stretch, ending in another year; the whole year when the stretch is not known.

    Takes and gives a period with its first and last day (EDTF, ISO 8601).

    >>> move_to_year(("2023-01/2023-03", "2023-01-01", "2023-03-31"), "2022")
    ('2022-01/2022-03', '2022-01-01', '2022-03-31')
    >>> move_to_year(("2022-11/2023-02", "2022-11-01", "2023-02-28"), "2022")[0]
    '2021-11/2022-02'
    >>> move_to_year(("", "", ""), "2022")
    ('2022', '2022-01-01', '2022-12-31')
    """
    period, first, last = stretch
    if not last[:4].isdigit():
        return year, f"{year}-01-01", f"{year}-12-31"
    back = int(last[:4]) - int(year)
    first, last = (_moved_back(day, back) for day in (first, last))
    return "/".join(_moved_back(part, back) for part in period.split("/")), first, last


def _moved_back(edge: str, years: int) -> str:
    moved = f"{int(edge[:4]) - years}{edge[4:]}" if edge[:4].isdigit() else edge
    # The last day of a February in a leap year has no like in other years.
    return moved.replace("-02-29", "-02-28") if years % LEAP_YEARS else moved
