"""The units that a section charges with all its items: in its heading, or in the lead-in above the items."""

from __future__ import annotations

import re

from extract.mentions.organs import split_units
from extract.mentions.persons import find_person
from extract.mentions.responsible import CHARGED_FIRST, find_lead, find_lead_in, find_support
from extract.mentions.unit_lists import find_list_end, is_unit_start, names_units, strip_duty
from extract.records.drafts import Reading
from extract.spans import Organ

EXPLANATION = re.compile(r"\((?P<inside>[^()]{0,400})\)[\s:.]*+\Z")
"""What a heading says of a unit in brackets behind its name."""
MEMBERS = re.compile(r"(?:bao gồm|gồm có|gồm)?\s?:?\s?", re.IGNORECASE)
"""What may stand before the names in such brackets: ``(gồm các Sở: Y tế, Nội vụ)``."""
COLLECTIVE = re.compile(r"(?:Đề nghị\s|Giao\s)?(?:Các|Những|Một số)\s", re.IGNORECASE)
"""A heading of several units: those in brackets behind it are the ones that are meant."""
ENACTS = re.compile(
    r"(?:thi hành|thực hiện)\s(?:Quyết định|Nghị quyết|Chỉ thị|Quy định|Quy chế|văn bản)\snày\b"
)
"""An article that enacts the document (``... thi hành Quyết định này``) hands out no section."""
SAYS_WHAT_FOLLOWS = re.compile(r"\s(?:sau|sau đây|dưới đây)[\s:.]*\Z")
"""``Quỹ hoạt động theo các nguyên tắc sau:`` is a sentence, no name, though it begins with one."""
DUTY_OF = re.compile(
    r"(?:Trách nhiệm|Nhiệm vụ)(?:,? (?:và )?(?:quyền hạn|nhiệm vụ|trách nhiệm))?\s"
    r"(?:cụ thể\s|chung\s)?(?P<of>của\s)?",
    re.IGNORECASE,
)
"""``Trách nhiệm của Sở Nội vụ``: whose duties follow."""
LONGEST_OWNER_CHARACTERS = 120
"""Whoever has duties is told in fewer words."""


class SectionUnits:
    """Looks up the units of sections; each section is read once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.headings: dict[int, list[Organ]] = {}
        self.lead_ins: dict[int, list[tuple[int, list[Organ]]]] = {}

    def headed(self, index: int) -> list[Organ]:
        """Give the units of the nearest heading above a node that is the name of units."""
        nodes = self.reading.outline.nodes
        parent = nodes[index].parent
        while parent >= 0:
            units = self._heading_units(parent) or self._instructed(parent)
            if units:
                return units
            parent = nodes[parent].parent
        return []

    def led_in(self, index: int) -> list[Organ]:
        """Give the units of the lead-in above the items (``đề nghị ... thực hiện một số nội dung sau:``)."""
        nodes = self.reading.outline.nodes
        while True:
            parent = nodes[index].parent
            for place, units in reversed(self._lead_ins_under(parent)):
                if place < index:
                    return units
            if parent < 0 or nodes[parent].marker is None or self._heading_units(parent):
                return []
            index = parent

    def supporting(self, index: int) -> list[Organ]:
        """Give the units with which those of the heading above do everything: ``Sở A phối hợp với Sở B:``."""
        nodes = self.reading.outline.nodes
        parent = nodes[index].parent
        while parent >= 0 and not self._heading_units(parent):
            parent = nodes[parent].parent
        if parent < 0 or self.reading.judged[parent].what != "group":
            return []
        start, end = nodes[parent].start, nodes[parent].end
        return find_support(self.reading.text, start, end, self.reading.organs(start, end))

    def _instructed(self, index: int) -> list[Organ]:
        """Give the units of an item that instructs and has items: they do those, too."""
        node = self.reading.outline.nodes[index]
        if self.reading.judged[index].what != "both":
            return []
        return find_lead(self.reading.text, node.start, node.end, self.reading.organs(node.start, node.end))

    def _heading_units(self, index: int) -> list[Organ]:
        if index not in self.headings:
            node = self.reading.outline.nodes[index]
            bullet = node.marker is None or node.marker.style == "bullet"
            self.headings[index] = [] if bullet else self._read_heading(node.start, node.end)
        return self.headings[index]

    def _read_heading(self, start: int, end: int) -> list[Organ]:
        return heading_units(self.reading.text, start, end, self.reading.organs(start, end))

    def _lead_ins_under(self, parent: int) -> list[tuple[int, list[Organ]]]:
        """Give the lead-ins that stand directly under a node, with their places."""
        if parent not in self.lead_ins:
            nodes, text = self.reading.outline.nodes, self.reading.text
            members = nodes[parent].children if parent >= 0 else self.reading.outline.roots
            found = []
            for place in members:
                node = nodes[place]
                if node.marker is None and text[node.end - 1] == ":":
                    organs = self.reading.organs(node.start, node.end)
                    found.append((place, find_lead_in(text, node.start, node.end, organs)))
            self.lead_ins[parent] = [(place, units) for place, units in found if units]
        return self.lead_ins[parent]


def heading_units(text: str, start: int, end: int, organs: list[Organ] | None = None) -> list[Organ]:
    """Give the units that a heading charges: by their names alone, or in a sentence that ends in a colon.

    ``organs`` are those already found in the text; without them they are looked for.

    >>> title = "Trách nhiệm của Liên đoàn Lao động tỉnh"
    >>> [title[u.start : u.end] for u in heading_units(title, 0, len(title))]
    ['Liên đoàn Lao động tỉnh']
    """
    title = text[start:end]
    if ENACTS.search(title):
        return []
    person = find_person(text, start, end)
    if person is not None:
        return [person]
    explained = EXPLANATION.search(title)
    if explained:
        members = _members(title, explained, start)
        if members:
            return members
        title = title[: explained.start()]
    charged = _charged_by_title(text, start, end, organs)
    if charged:
        return charged
    duty = DUTY_OF.match(title)
    if duty:
        start, title = start + duty.end(), title[duty.end() :]
    if (SAYS_WHAT_FOLLOWS.search(title) is None and names_units(title)) or (
        duty and duty["of"] and _is_owner(title)
    ):
        return split_units(strip_duty(title), start)
    if duty or text[end - 1] != ":":
        return []
    return find_lead(text, start, end, organs) or find_lead_in(text, start, end, organs)


def _members(title: str, explained: re.Match[str], start: int) -> list[Organ]:
    """Give the units in brackets behind a collective: ``Các cơ quan tham mưu (Sở Tài chính, Sở Nội vụ)``."""
    if not COLLECTIVE.match(title):
        return []
    opening = MEMBERS.match(title, explained.start("inside"))
    first = opening.end() if opening else explained.start("inside")
    names = title[first : explained.end("inside")]
    units = split_units(names, start + first)
    known = names_units(names) or all(unit.unit for unit in units)
    return units if known and len(units) > 1 else []


def _charged_by_title(text: str, start: int, end: int, organs: list[Organ] | None) -> list[Organ]:
    """Give the units of ``Giao thủ trưởng các sở; Chủ tịch UBND các xã``, a heading that charges no more."""
    charge = CHARGED_FIRST.match(text, start, end)
    if charge is None or not is_unit_start(text, charge.end(), end):
        return []
    bare = charge.end() + len(strip_duty(text[charge.end() : end]))
    return (
        split_units(text[charge.end() : bare], charge.end())
        if (find_list_end(text, charge.end(), bare, organs) >= bare)
        else []
    )


def _is_owner(title: str) -> bool:
    """Say whether words behind ``Trách nhiệm của`` may be a unit that no vocabulary knows."""
    bare = strip_duty(title)
    return 0 < len(bare) <= LONGEST_OWNER_CHARACTERS and not any(sign in bare for sign in ";:.")
