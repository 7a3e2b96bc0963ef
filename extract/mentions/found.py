"""All mentions in a document's canonical text, looked up by place."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from typing import Generic, Protocol, TypeVar

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


class _Sorted(Generic[Mention]):
    """Mentions sorted by start, looked up by place."""

    __slots__ = ("mentions", "starts")

    def __init__(self, mentions: list[Mention]) -> None:
        self.mentions = mentions
        self.starts = [mention.start for mention in mentions]

    def within(self, start: int, end: int) -> list[Mention]:
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end, first)
        return [mention for mention in self.mentions[first:last] if mention.end <= end]


class Mentions:
    """Periods, quantities, organs and citations of a text, looked up by place."""

    def __init__(
        self,
        periods: list[Period],
        quantities: list[Quantity],
        organs: list[Organ],
        citations: list[Citation],
    ) -> None:
        self._periods, self._quantities = _Sorted(periods), _Sorted(quantities)
        self._organs, self._citations = _Sorted(organs), _Sorted(citations)
        self.charged: dict[tuple[int, int], list[Organ]] = {}
        """Units that a stretch charges, by its offsets, as far as somebody asked."""

    @property
    def citations(self) -> list[Citation]:
        """All citations of the text."""
        return self._citations.mentions

    def periods_in(self, start: int, end: int) -> list[Period]:
        """Give the periods that lie inside ``start``..``end`` and outside every citation."""
        periods = self._periods.within(start, end)
        if not periods:
            return periods
        cited = self.citations_in(start, end)
        return [p for p in periods if not any(c.start <= p.start < c.end for c in cited)]

    def quantities_in(self, start: int, end: int) -> list[Quantity]:
        """Give the quantities that lie inside ``start``..``end``."""
        return self._quantities.within(start, end)

    def organs_in(self, start: int, end: int) -> list[Organ]:
        """Give the organs that lie inside ``start``..``end``."""
        return self._organs.within(start, end)

    def citations_in(self, start: int, end: int) -> list[Citation]:
        """Give the citations that lie inside ``start``..``end``."""
        return self._citations.within(start, end)


def find_mentions(text: str, reference: date | None = None) -> Mentions:
    """Find everything in a text that later stages interpret.

    ``reference`` is the day of issue; it gives the year to dates printed without one.

    >>> found = find_mentions("Sở Y tế báo cáo trước ngày 15/12/2025.")
    >>> found.periods_in(0, 40)[0].last_day, found.organs_in(0, 40)[0].unit_id
    ('2025-12-15', 'so_y_te')
    """
    return Mentions(
        find_periods(text, reference), find_quantities(text), find_organs(text), find_citations(text)
    )
