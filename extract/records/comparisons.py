"""Values of an earlier year that a result is compared with: ``giảm 14 vụ so với cùng kỳ năm 2023 (40)``."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.spans import Quantity

COMPARED = re.compile(r"\b(?:cùng kỳ|so với)\b[^().;]{0,40}?(?:\bnăm\s(?P<year>\d{4})\s?)?\(\Z")
"""Before the bare number in brackets; the year is that of its period."""
COMPARED_CHARACTERS = 80


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
    """Match the words that make a number the value of an earlier year."""
    return COMPARED.search(text, max(0, quantity.start - COMPARED_CHARACTERS), quantity.start)


def move_to_year(period: str, year: str) -> str:
    """Give the same stretch of another year.

    >>> move_to_year("2023-01/2023-03", "2022"), move_to_year("", "2022")
    ('2022-01/2022-03', '2022')
    """
    return period.replace(period[:4], year) if period else year
