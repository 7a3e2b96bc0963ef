"""All mentions in a document's canonical text, looked up by place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from extract.mentions.citations import find_citations
from extract.mentions.organs import find_organs
from extract.mentions.periods import find_periods
from extract.mentions.quantities import find_quantities
from extract.spans import Citation, Organ, Period, Quantity


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Mention = TypeVar("Mention", bound=_Spanned)


@dataclass(slots=True)
class Mentions:
    """Periods, quantities, organs and citations of a text, each sorted by start."""

    periods: list[Period]
    quantities: list[Quantity]
    organs: list[Organ]
    citations: list[Citation]
    _starts: dict[int, list[int]]

    def periods_in(self, start: int, end: int) -> list[Period]:
        """Give the periods that lie inside ``start``..``end`` and outside every citation."""
        periods = self._within(self.periods, start, end)
        if not periods:
            return periods
        cited = self.citations_in(start, end)
        return [p for p in periods if not any(c.start <= p.start < c.end for c in cited)]

    def quantities_in(self, start: int, end: int) -> list[Quantity]:
        """Give the quantities that lie inside ``start``..``end``."""
        return self._within(self.quantities, start, end)

    def organs_in(self, start: int, end: int) -> list[Organ]:
        """Give the organs that lie inside ``start``..``end``."""
        return self._within(self.organs, start, end)

    def citations_in(self, start: int, end: int) -> list[Citation]:
        """Give the citations that lie inside ``start``..``end``."""
        return self._within(self.citations, start, end)

    def _within(self, mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
        starts = self._starts[id(mentions)]
        first = bisect_left(starts, start)
        last = bisect_left(starts, end, first)
        return [m for m in mentions[first:last] if m.end <= end]


def find_mentions(text: str, reference: date | None = None) -> Mentions:
    """Find everything in a text that later stages interpret.

    ``reference`` is the day of issue; it gives the year to dates printed without one.

    >>> found = find_mentions("Sở Y tế báo cáo trước ngày 15/12/2025.")
    >>> found.periods_in(0, 40)[0].last_day, found.organs_in(0, 40)[0].unit_id
    ('2025-12-15', 'so_y_te')
    """
    periods, quantities = find_periods(text, reference), find_quantities(text)
    organs, citations = find_organs(text), find_citations(text)
    tables: list[Sequence[_Spanned]] = [periods, quantities, organs, citations]
    starts = {id(table): [mention.start for mention in table] for table in tables}
    return Mentions(periods, quantities, organs, citations, starts)
