"""Parts of a counted whole that are bare numbers in brackets: ``15 dự án (09 hoạt động, 06 tạm dừng)``."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.spans import Quantity

BRACKET = re.compile(r"[^().;:]{0,80}\((?P<inner>[^()]{5,300})\)")
"""The bracket that tells the parts stands in the same clause, behind the words of the whole."""
MEMBER = re.compile(r"(?:có\s|gồm\s)?(?P<number>\d{1,3}(?:\.\d{3}){0,2})\s(?=[^\W\d_])")
JOINT = re.compile(r"[,;]\s{1,2}(?:và\s)?|\svà\s")


def add_parts(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Add the parts of counted wholes; numbers are parts only when they sum up to the whole.

    Takes the quantities of a clause in order and gives them with the parts between, which have the unit of
    the whole.

    >>> from extract.mentions.quantities import find_quantities
    >>> words = "Có 15 dự án (09 hoạt động, 06 tạm dừng)"
    >>> [(q.value, q.unit) for q in add_parts(words, find_quantities(words))]
    [(15, 'dự án'), (9, 'dự án'), (6, 'dự án')]
    """
    parts = {
        part.number_start: part
        for whole in quantities
        if whole.kind == "count" and whole.comparator == "="
        for part in _find_parts(text, whole)
    }
    # What looks like a unit behind a part says which part it is: 09 hoạt động, 06 tạm dừng.
    others = [quantity for quantity in quantities if quantity.number_start not in parts]
    return sorted([*others, *parts.values()], key=lambda quantity: quantity.start)


def _find_parts(text: str, whole: Quantity) -> list[Quantity]:
    bracket = BRACKET.match(text, whole.end)
    if bracket is None:
        return []
    parts, start = [], bracket.start("inner")
    for end in [*(m.start() for m in JOINT.finditer(text, *bracket.span("inner"))), bracket.end("inner")]:
        joint = JOINT.match(text, start, end)
        member = MEMBER.match(text, joint.end() if joint else start, end)
        if member:
            number = int(member["number"].replace(".", ""))
            first, last = member.span("number")
            parts.append(
                replace(whole, start=first, end=last, number_start=first, number_end=last, value=number)
            )
        start = end
    return parts if len(parts) > 1 and sum(part.value for part in parts) == whole.value else []
