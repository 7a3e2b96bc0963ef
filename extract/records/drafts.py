"""Groups and tasks while they are being read: spans and spans' owners, before keys and columns."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.judging.rules import Judged
from extract.mentions.found import Mentions
from extract.records.times import TaskTime
from extract.schema import GroupRole, TaskOrigin
from extract.spans import Organ
from extract.structure.outline import Outline


@dataclass(slots=True, eq=False)
class Heading:
    """A heading that may hold tasks: its title's span, marker, role and the heading above."""

    start: int
    end: int
    marker: str
    role: GroupRole
    above: Heading | None

    def line(self) -> list[Heading]:
        """Give the headings from the top down to this one."""
        above: list[Heading] = []
        heading: Heading | None = self
        while heading is not None:
            above.append(heading)
            heading = heading.above
        return above[::-1]


@dataclass(slots=True, eq=False)
class TaskDraft:
    """A task: its span, where it hangs, who does it and when."""

    start: int
    end: int
    marker: str
    heading: Heading | None
    origin: TaskOrigin
    lead: list[Organ] = field(default_factory=list)
    support: list[Organ] = field(default_factory=list)
    time: TaskTime = field(default_factory=TaskTime)
    product: str = ""
    confidence: float = 0.9
    node: int = -1
    pieces: list[tuple[int, int]] = field(default_factory=list)
    """Stretches of the text when it is not one; empty when ``start``..``end`` is the text."""


@dataclass(slots=True)
class Reading:
    """All that is known of a document when its tasks and indicators are interpreted."""

    outline: Outline
    mentions: Mentions
    roles: list[GroupRole]
    judged: list[Judged]
    headings: dict[int, Heading] = field(default_factory=dict)
    table_headings: dict[int, list[Heading | None]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.outline.text

    def organs(self, start: int, end: int) -> list[Organ]:
        """Give the organs found in a stretch of the text."""
        return self.mentions.organs_in(start, end)

    def heading_above(self, index: int) -> Heading | None:
        """Give the nearest heading above a node."""
        parent = self.outline.nodes[index].parent
        while parent >= 0:
            heading = self.heading(parent)
            if heading is not None:
                return heading
            parent = self.outline.nodes[parent].parent
        return None

    def heading(self, index: int) -> Heading | None:
        """Give the heading that a node is; None when it is none."""
        if index in self.headings:
            return self.headings[index]
        node = self.outline.nodes[index]
        if self.judged[index].what not in ("group", "both") or node.marker is None:
            return None
        heading = Heading(
            node.start, node.end, printed_marker(node.marker.text), self.roles[index],
            self.heading_above(index),
        )  # fmt: skip
        self.headings[index] = heading
        return heading


def printed_marker(text: str) -> str:
    """Give a marker as the tables print it.

    >>> printed_marker("(1)"), printed_marker("–")
    ('1', '-')
    """
    bare = text.strip("().:/ ")
    return "-" if bare in ("–", "—") else bare
