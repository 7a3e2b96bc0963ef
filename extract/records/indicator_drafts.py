"""Indicators while they are being read: the stretch they stand in, what is known around it, and the draft."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.records.drafts import Heading
from extract.schema import GroupRole, IndicatorKind, Measure, PeriodSource
from extract.spans import Comparator, Number, Organ, Period


@dataclass(slots=True, eq=False)
class IndicatorDraft:
    """An indicator: what the columns need, by spans."""

    start: int
    end: int
    kind: IndicatorKind
    name: str
    measure: Measure
    comparator: Comparator
    value: Number
    value_high: Number | None
    unit: str
    unit_code: str
    period: str
    period_start: str
    period_end: str
    period_source: PeriodSource
    heading: Heading | None
    confidence: float = 0.85
    lead: list[Organ] = field(default_factory=list)
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text to read: an item, a paragraph or a table's cell, with what stands above it."""

    start: int
    end: int
    role: GroupRole
    heading: Heading | None
    titles: tuple[tuple[int, int], ...]
    """Spans of the headings above, nearest first: they may give the period."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for the whole document: the period of its title, and whether it reports results."""

    period: Period | None
    report: bool
    issued: str = ""
    """The day of issue, as far as it is known (ISO 8601)."""
    article: bool = False
    """Its preamble may tell the situation: an article or a directive, not a plan."""


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around the quantities of a clause."""

    sentence: tuple[int, int]
    clause: tuple[int, int]
    sentence_periods: list[Period]
    item_periods: list[Period]
    """Those of the whole item, names of plans left out, as in ``sentence_periods``."""
