"""Who is named in the cells of a row: one cell may name who leads and who supports."""

from __future__ import annotations

import re

from extract.mentions.organs import split_units
from extract.mentions.responsible import LEADING_BEFORE, find_support
from extract.spans import Organ, Paragraph

LABEL = re.compile(
    r"(?<![^\s.;,(\-–+•*])(?:(?:Đơn vị|Cơ quan|Bộ phận|Người|Tổ chức|CQ|ĐV)\s)?"
    r"(?:(?P<lead>[Cc]hủ trì|[Tt]hực hiện|[Pp]hụ trách|[Đđ]ầu mối|CT)"
    r"|(?P<support>[Pp]hối hợp(?:\sthực hiện)?|PH))\s?:\s*"
)
"""``Chủ trì: Sở A. Phối hợp: Sở B``: the words that say which role the names behind them have."""
SUPPORT_BEHIND = re.compile(r"[;,.]\s+(?P<names>[^;.]{3,200}?)\s(?:cùng )?phối hợp(?:\sthực hiện)?[\s.;]*\Z")
"""``Sở A chủ trì; Sở B phối hợp``: the verb stands behind the names."""
LEADING_WORDS = ("chủ trì", "thực hiện", "trách nhiệm", "phụ trách", "đầu mối")


def names_both_roles(header: str) -> bool:
    """Tell whether the header of one column asks for who leads and who supports.

    >>> names_both_roles("Đơn vị chủ trì/phối hợp"), names_both_roles("Đơn vị phối hợp")
    (True, False)
    """
    folded = header.lower()
    return "phối hợp" in folded and any(words in folded for words in LEADING_WORDS)


def read_cell_units(
    text: str, paragraphs: list[Paragraph], role: str, *, both: bool = False
) -> tuple[list[Organ], list[Organ]]:
    """Give the units of a cell that lead and those that support.

    Args:
        text: the canonical text.
        paragraphs: those of the cell.
        role: what the column says, ``lead`` or ``support``.
        both: whether the column is for both; then the first unit leads and the others support.

    >>> words = "Chủ trì: Sở Du lịch. Phối hợp: Bảo tàng tỉnh"
    >>> lead, support = read_cell_units(words, [Paragraph(0, len(words))], "lead")
    >>> [words[u.start : u.end] for u in lead + support]
    ['Sở Du lịch', 'Bảo tàng tỉnh']
    """
    units: dict[str, list[Organ]] = {"lead": [], "support": []}
    told = False
    for paragraph in paragraphs:
        for start, end, label in _stretches(text, paragraph.start, paragraph.end):
            told = told or bool(label)
            role = label or role
            leading = LEADING_BEFORE.search(text, start, end)
            if leading:
                told = True
                units["lead"] += split_units(text[start : leading.start()], start)
                units["support"] += _supporters(text, leading.start(), end)
            else:
                units[role] += split_units(text[start:end], start)
    if both and not told:
        named = sorted(units["lead"] + units["support"], key=lambda unit: unit.start)
        return named[:1], named[1:]
    return units["lead"], units["support"]


def _stretches(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Cut a paragraph at its labels; gives offsets and the role, empty before the first."""
    labels = list(LABEL.finditer(text, start, end))
    cuts = [(start, labels[0].start() if labels else end, "")]
    ends = [label.start() for label in labels[1:]] + [end]
    for label, stop in zip(labels, ends, strict=False):
        cuts.append((label.end(), stop, "lead" if label["lead"] else "support"))
    return [(first, last, role) for first, last, role in cuts if text[first:last].strip(" .;,-–+•*(")]


def _supporters(text: str, start: int, end: int) -> list[Organ]:
    found = find_support(text, start, end)
    if found:
        return found
    behind = SUPPORT_BEHIND.search(text, start, end)
    return split_units(behind["names"], behind.start("names")) if behind else []
