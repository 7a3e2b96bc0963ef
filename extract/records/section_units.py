"""The units that a section charges with all its items: in its heading, or in the lead-in above the items."""

from __future__ import annotations

import re

from extract.mentions.organs import split_units
from extract.mentions.responsible import find_lead_in
from extract.mentions.unit_lists import names_units, strip_duty
from extract.records.drafts import Reading
from extract.spans import Organ

EXPLANATION = re.compile(r"\([^()]{0,200}\)[\s:.]*+\Z")
"""What a heading says of a unit in brackets behind its name."""


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
            units = self._heading_units(parent)
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

    def _heading_units(self, index: int) -> list[Organ]:
        if index not in self.headings:
            node = self.reading.outline.nodes[index]
            bullet = node.marker is None or node.marker.style == "bullet"
            self.headings[index] = [] if bullet else heading_units(self.reading.text, node.start, node.end)
        return self.headings[index]

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


def heading_units(text: str, start: int, end: int) -> list[Organ]:
    """Give the units that a heading names, when it names nothing else.

    >>> title = "Đề nghị Liên đoàn Lao động tỉnh"
    >>> [title[u.start : u.end] for u in heading_units(title, 0, len(title))]
    ['Liên đoàn Lao động tỉnh']
    """
    title = text[start:end]
    explained = EXPLANATION.search(title)
    if explained:
        title = title[: explained.start()]
    return split_units(strip_duty(title), start) if names_units(title) else []
