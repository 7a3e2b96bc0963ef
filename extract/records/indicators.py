"""Quantities of sentences to indicators: name, value and period of every number that measures something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from extract.records.comparisons import match_compared, move_to_year, share_units
from extract.records.drafts import Heading, Reading
from extract.records.indicator_kinds import is_starting_point, read_kind, read_measure
from extract.records.indicator_names import Name, build_name
from extract.records.measuring import is_measuring
from extract.records.segments import Segment, cut_segments
from extract.schema import GroupRole, IndicatorKind, Measure, PeriodSource
from extract.spans import Comparator, Number, Organ, Period, Quantity
from extract.structure.outline import Node
from extract.structure.sentences import split_clauses, split_sentences

MAX_HEADING_CHARACTERS = 300
BEHIND_CHARACTERS = 3
"""So near behind a starting point a period is its own."""
BEFORE_PENALTY = 12
"""Characters by which a period after the value counts as nearer than one before it."""
PLAN_NAME = re.compile(
    r"\b(?:kế hoạch|giai đoạn|tiêu chí|nghị quyết|chương trình|đề án|chiến lược|luật|quyết định"
    r"|cùng kỳ|so với|tầm nhìn|định hướng|quy hoạch)\b[^;,.:()]{0,60}\Z",
    re.IGNORECASE,
)
"""The words before a year that belongs to the name of a plan, or that a value is compared with."""
PLAN_NAME_CHARACTERS = 90
TARGET_TIME = re.compile(r"\b(?:phấn đấu|đạt|hoàn thành|đến|vào|bảo đảm|đảm bảo)\b", re.IGNORECASE)
"""Behind the name of a plan such a word makes the year the time of the value."""
BASIS = re.compile(r"(?:Căn cứ|Thực hiện|Theo|Triển khai|Trên cơ sở)\b")
"""Words that open a preamble; its numbers are those of other documents."""
LEAST = re.compile(r"\b(?:ít nhất|tối thiểu)\s(?:vào|đến|trong)\s", re.IGNORECASE)
"""``ít nhất đến năm 2025 đạt 95%``: the comparator stands before the time."""


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


def build_indicators(reading: Reading, setting: Setting) -> list[IndicatorDraft]:
    """Read the indicators that stand in sentences of the outline, in the order of the text."""
    drafts: list[IndicatorDraft] = []
    headed = False
    sectioned = any(n.marker is not None and n.marker.style != "bullet" for n in reading.outline.nodes)
    for node in reading.outline.nodes:
        headed = headed or node.marker is not None
        if not reading.mentions.quantities_in(node.start, node.end):
            continue
        preamble = node.parent < 0 and node.marker is None and sectioned and not headed
        if preamble and not setting.report and (BASIS.match(reading.text, node.start) or not setting.article):
            continue
        drafts += read_stretch(reading, _stretch(reading, node), setting)
    return drafts


def _stretch(reading: Reading, node: Node) -> Stretch:
    above = node.parent if not node.children else node.index
    role = reading.roles[above] if above >= 0 else reading.roles[node.index]
    heading = reading.heading(node.index) or reading.heading_above(node.index)
    titles = [(n.start, n.end) for n in reversed(reading.outline.path(node.index)[:-1])]
    return Stretch(node.start, node.end, role, heading, tuple(titles))


def read_stretch(reading: Reading, stretch: Stretch, setting: Setting) -> Iterator[IndicatorDraft]:
    """Read the indicators of one stretch of text, sentence by sentence and clause by clause."""
    text = reading.text
    item_periods = _dated(reading, stretch.start, stretch.end)
    for sentence in split_sentences(text, stretch.start, stretch.end):
        before: Name | None = None
        whole: Name | None = None
        sentence_periods = _dated(reading, *sentence) if item_periods else []
        for clause in split_clauses(text, *sentence):
            context = Context(sentence, clause, sentence_periods, item_periods)
            inside = share_units(text, reading.mentions.quantities_in(*clause))
            chosen = [q for q in inside if is_measuring(text, reading.mentions, q, clause, inside)]
            periods = reading.mentions.periods_in(*clause) if chosen else []
            for segment in cut_segments(text, *clause, chosen):
                before = build_name(text, segment, clause, periods, whole if segment.bracketed else before)
                whole = whole if segment.bracketed else before
                draft = _draft(reading, stretch, context, segment, before, setting)
                if draft is not None:
                    yield draft


def _draft(
    reading: Reading,
    stretch: Stretch,
    context: Context,
    segment: Segment,
    name: Name,
    setting: Setting,
) -> IndicatorDraft | None:
    text, quantity = reading.text, segment.quantity
    if not any(letter.isalpha() for letter in name.text):
        return None
    before, after = text[segment.start : quantity.start], text[quantity.end : segment.end]
    said = text[context.sentence[0] : quantity.start]
    kind = read_kind(stretch.role, said, before, after, quantity, setting.report)
    starting_point = is_starting_point(before, after)
    period, source = find_period(reading, stretch, context, segment, kind, setting.period)
    if kind == "target" and source == "sentence" and _is_over(period, setting.issued):
        kind = "result"
    if starting_point and (period is None or not 0 <= period.start - quantity.end <= BEHIND_CHARACTERS):
        period, source = None, ""
    draft = draft_from_quantity(
        quantity, name.text, kind, _quote_span(text, segment, context.clause), stretch, period, source
    )
    draft.measure = "level" if starting_point else read_measure(before, quantity)
    if quantity.comparator == "=" and LEAST.search(before):
        draft.comparator = ">="
    compared = match_compared(text, quantity)
    if compared and compared["year"]:
        draft.start = compared.start()
        _move_to_year(draft, compared["year"])
    return draft


def _move_to_year(draft: IndicatorDraft, year: str) -> None:
    """Make a value that is compared with one of the same stretch of an earlier year."""
    draft.kind = "result"
    moved = move_to_year((draft.period, draft.period_start, draft.period_end), year)
    draft.period, draft.period_start, draft.period_end = moved
    draft.period_source = "sentence"


def draft_from_quantity(
    quantity: Quantity,
    name: str,
    kind: IndicatorKind,
    quote: tuple[int, int],
    stretch: Stretch,
    period: Period | None,
    source: PeriodSource,
) -> IndicatorDraft:
    """Put together an indicator of measure ``level`` from a quantity and what is known around it."""
    period = in_months(period)
    return IndicatorDraft(
        start=quote[0],
        end=quote[1],
        kind=kind,
        name=name,
        measure="level",
        comparator=quantity.comparator,
        value=quantity.value,
        value_high=quantity.value_high,
        unit=quantity.unit,
        unit_code=quantity.unit_code,
        period=period.value if period else "",
        period_start=first_day(period),
        period_end=period.last_day if period else "",
        period_source=source,
        heading=stretch.heading,
    )


def in_months(period: Period | None) -> Period | None:
    """Give a period of days as the months it spans: indicators are meant for months at the finest.

    A deadline on the last day of a year stands for the year.

    >>> in_months(Period(0, 10, "2024-06-30", "", "2024-06-30", "until", "day")).value
    '2024-06'
    >>> in_months(Period(0, 10, "2024-12-31", "", "2024-12-31", "until", "day")).value
    '2024'
    """
    if period is None or period.grain != "day" or not period.value[:4].isdigit():
        return period
    if period.bound == "until" and period.value.endswith("-12-31"):
        return replace(period, value=period.value[:4])
    months = list(dict.fromkeys(day[:7] for day in period.value.split("/")))
    return replace(period, value="/".join(months))


def first_day(period: Period | None) -> str:
    """Give the first day (ISO) of the period a value is meant for, also when only its end bounds it.

    >>> first_day(Period(0, 12, "2025", "", "2025-12-31", "until", "year"))
    '2025-01-01'
    """
    if period is None:
        return ""
    return period.first_day or (f"{period.value[:4]}-01-01" if period.value[:4].isdigit() else "")


def _quote_span(text: str, segment: Segment, clause: tuple[int, int]) -> tuple[int, int]:
    start, end = clause if segment.bracketed else (segment.start, segment.end)
    while start < end and text[start] in " ,;:.-–+\n":
        start += 1
    while end > start and text[end - 1] in " ,;:.\n(":
        end -= 1
    return start, end


def find_period(
    reading: Reading,
    stretch: Stretch,
    context: Context,
    segment: Segment,
    kind: IndicatorKind,
    document_period: Period | None,
) -> tuple[Period | None, PeriodSource]:
    """Find the nearest period that applies: in the sentence, the item, the headings above, the title."""
    own = context.sentence_periods
    later = [p for p in own if _is_later_event(reading.text, p, segment)]
    in_sentence = [p for p in own if p not in later] if later else own
    if in_sentence:
        return min(in_sentence, key=lambda p: _distance(p, segment)), "sentence"
    in_item = [p for p in context.item_periods if p not in later] if later else context.item_periods
    if in_item and kind != "result":
        return in_item[0], "item"
    return find_title_period(reading, stretch, kind, document_period)


def _is_over(period: Period | None, issued: str) -> bool:
    """Tell a period that was over when the document was issued: nothing is to be reached in it."""
    return period is not None and "" < period.last_day[: len(issued)] < issued


def _is_later_event(text: str, period: Period, segment: Segment) -> bool:
    """A day told of behind a value and a comma is that of something else."""
    return period.grain == "day" and period.bound == "in" and "," in text[segment.quantity.end : period.start]


def _distance(period: Period, segment: Segment) -> tuple[bool, int]:
    """Rank periods: those of the quantity's own segment first, then by distance.

    Of two that are as far away the one behind the quantity is nearer.
    """
    quantity = segment.quantity
    outside = not segment.start <= period.start < segment.end
    if period.start >= quantity.end:
        return outside, period.start - quantity.end
    return outside, quantity.start - period.end + BEFORE_PENALTY


def find_title_period(
    reading: Reading, stretch: Stretch, kind: IndicatorKind, document_period: Period | None
) -> tuple[Period | None, PeriodSource]:
    """Find the period in the headings above, nearest first, or in the document's title."""
    for start, end in stretch.titles:
        titled = [p for p in reading.mentions.periods_in(start, end) if p.grain not in ("recurrence", "day")]
        if titled and end - start < MAX_HEADING_CHARACTERS:
            return titled[0], "heading"
    if kind == "result" or document_period is None:
        return None, ""
    return document_period, "document"


def _dated(reading: Reading, start: int, end: int) -> list[Period]:
    """Give the periods of a stretch that are not part of the name of a plan."""
    periods = [p for p in reading.mentions.periods_in(start, end) if p.grain != "recurrence"]
    return [p for p in periods if not _names_plan(reading.text, start, p)]


def _names_plan(text: str, start: int, period: Period) -> bool:
    before = text[max(start, period.start - PLAN_NAME_CHARACTERS) : period.start]
    named = PLAN_NAME.search(before)
    return named is not None and not TARGET_TIME.search(named.group())
