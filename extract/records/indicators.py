"""Quantities of sentences to indicators: name, value and period of every number that measures something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.records.comparisons import match_compared, move_to_year, read_bound, share_units
from extract.records.drafts import Reading
from extract.records.indicator_drafts import Context, IndicatorDraft, Setting, Stretch
from extract.records.indicator_kinds import is_starting_point, read_kind, read_measure
from extract.records.indicator_names import Name, build_name
from extract.records.indicator_periods import (
    dated_periods,
    find_period,
    find_title_period,
    first_day,
    in_months,
)
from extract.records.item_lists import ItemList, read_labelled
from extract.records.measuring import is_measuring
from extract.records.parts import add_parts
from extract.records.repeated_counts import RepeatedCounts
from extract.records.segments import Segment, cut_segments
from extract.records.subjects import find_subject, name_with_subject
from extract.schema import IndicatorKind, PeriodSource
from extract.spans import Period, Quantity
from extract.structure.outline import Node
from extract.structure.sentences import split_clauses, split_sentences

__all__ = ["IndicatorDraft", "Setting", "build_indicators", "draft_from_quantity", "read_stretch"]

BEHIND_CHARACTERS = 3
"""So near behind a starting point a period is its own."""
BASIS = re.compile(
    r"(?:Căn cứ|Thực hiện|Theo(?!\s(?:tổng hợp|dự báo|thống kê|báo cáo|số liệu|thông tin|kết quả))"
    r"|Triển khai|Trên cơ sở)\b"
)
"""Words that open a preamble; its numbers are those of other documents."""


def build_indicators(reading: Reading, setting: Setting) -> list[IndicatorDraft]:
    """Read the indicators that stand in sentences of the outline, in the order of the text."""
    drafts: list[IndicatorDraft] = []
    headed = False
    sectioned = any(n.marker is not None and n.marker.style != "bullet" for n in reading.outline.nodes)
    items, counts = ItemList(), RepeatedCounts()
    for node in reading.outline.nodes:
        headed = headed or node.marker is not None
        items.enter(reading.text, node)
        preamble = node.parent < 0 and node.marker is None and sectioned and not headed
        if preamble and not setting.report and (BASIS.match(reading.text, node.start) or not setting.article):
            continue
        found = _read_node(reading, node, items, counts, setting)
        items.note(node, found)
        drafts += found
    return drafts


def _read_node(
    reading: Reading, node: Node, items: ItemList, counts: RepeatedCounts, setting: Setting
) -> list[IndicatorDraft]:
    labelled = read_labelled(reading.text, node.start, node.end) if node.marker is not None else None
    if labelled is None and not reading.mentions.quantities_in(node.start, node.end):
        return []
    stretch = _stretch(reading, node, items)
    found = list(read_stretch(reading, stretch, setting, counts))
    if found or labelled is None:
        return found
    return [_labelled_draft(reading, stretch, *labelled, items, setting)]


def _labelled_draft(
    reading: Reading, stretch: Stretch, label: str, quantity: Quantity, items: ItemList, setting: Setting
) -> IndicatorDraft:
    """A label and a bare number: named after the whole it is part of, and counted in its unit."""
    whole = items.whole_of(reading.text[stretch.start : quantity.start])
    kind = read_kind(stretch.role, label, label, "", quantity, setting.report)
    period, source = find_title_period(reading, stretch, kind, setting.period)
    name = f"{whole.name} - {label}" if whole else label
    draft = draft_from_quantity(quantity, name, kind, (stretch.start, quantity.end), stretch, period, source)
    if whole:
        draft.kind, draft.unit, draft.unit_code = whole.kind, whole.unit, whole.unit_code
        draft.period, draft.period_source = whole.period, whole.period_source
        draft.period_start, draft.period_end = whole.period_start, whole.period_end
    return draft


def _stretch(reading: Reading, node: Node, items: ItemList) -> Stretch:
    above = node.parent if not node.children else node.index
    role = reading.roles[above] if above >= 0 else reading.roles[node.index]
    if items.tells_results(reading.text, node):
        role = "situation"
    heading = reading.heading(node.index) or reading.heading_above(node.index)
    titles = [(n.start, n.end) for n in reversed(reading.outline.path(node.index)[:-1])]
    opening = [span for span in items.opening_span(reading.text, node) if span not in titles]
    return Stretch(node.start, node.end, role, heading, tuple(opening + titles))


def read_stretch(
    reading: Reading, stretch: Stretch, setting: Setting, counts: RepeatedCounts | None = None
) -> Iterator[IndicatorDraft]:
    """Read the indicators of one stretch of text, sentence by sentence and clause by clause.

    ``counts`` are those met before in the document, which it may refer to.
    """
    text = reading.text
    item_periods = dated_periods(reading, stretch.start, stretch.end)
    subject = find_subject(text, stretch.start, stretch.end)
    for sentence in split_sentences(text, stretch.start, stretch.end):
        before: Name | None = None
        whole: Name | None = None
        sentence_periods = dated_periods(reading, *sentence) if item_periods else []
        for clause in split_clauses(text, *sentence):
            context = Context(sentence, clause, sentence_periods, item_periods)
            inside = add_parts(text, share_units(text, reading.mentions.quantities_in(*clause)))
            chosen = [q for q in inside if is_measuring(text, reading.mentions, q, clause, inside)]
            if counts is not None:
                chosen = [q for q in chosen if not counts.is_reference(text, q, clause[0])]
            periods = reading.mentions.periods_in(*clause) if chosen else []
            for segment in cut_segments(text, *clause, chosen):
                before = build_name(text, segment, clause, periods, whole if segment.bracketed else before)
                whole = whole if segment.bracketed else before
                draft = _draft(reading, stretch, context, segment, before, setting)
                if draft is not None:
                    if subject and draft.kind != "target" and segment.quantity.start > subject[1]:
                        draft.name = name_with_subject(draft.name, subject[0])
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
    period, source = find_period(reading, stretch, context, segment, kind, setting)
    if kind == "target" and source == "sentence" and _is_over(period, setting.issued):
        kind = "result"
    if starting_point and (period is None or not 0 <= period.start - quantity.end <= BEHIND_CHARACTERS):
        period, source = None, ""
    draft = draft_from_quantity(
        quantity, name.text, kind, _quote_span(text, segment, context.clause), stretch, period, source
    )
    draft.measure = "level" if starting_point else read_measure(before, quantity)
    if quantity.comparator == "=":
        draft.comparator = read_bound(before)
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
    period = in_months(period, kind)
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


def _quote_span(text: str, segment: Segment, clause: tuple[int, int]) -> tuple[int, int]:
    start, end = clause if segment.bracketed else (segment.start, segment.end)
    while start < end and text[start] in " ,;:.-–+\n":
        start += 1
    while end > start and text[end - 1] in " ,;:.\n(":
        end -= 1
    return start, end


def _is_over(period: Period | None, issued: str) -> bool:
    """Tell a period that was over when the document was issued: nothing is to be reached in it."""
    return period is not None and "" < period.last_day[: len(issued)] < issued
