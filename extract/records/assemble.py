"""Drafts to rows: keys, columns and counts of one document's groups, tasks, units and indicators."""

from __future__ import annotations

from bisect import bisect_right

from extract.knowledge.actions import leading_action
from extract.knowledge.units import to_base
from extract.records.drafts import Heading, TaskDraft
from extract.records.indicators import IndicatorDraft
from extract.records.link import link_indicator
from extract.schema import Group, Indicator, Number, Task, TaskUnit, UnitRole
from extract.spans import Organ, Paragraph

TRIM = " ,;:.\n\t–-*|/"


def fold_space(text: str) -> str:
    """Fold white space, as rows hold their text."""
    return " ".join(text.split())


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Take punctuation and blanks off both ends of a title."""
    while start < end and text[start] in TRIM:
        start += 1
    while end > start and text[end - 1] in TRIM:
        end -= 1
    return start, end


def build_groups(
    text: str, document_id: str, tasks: list[TaskDraft]
) -> tuple[list[Group], dict[Heading, Group]]:
    """Build the rows of all headings that hold tasks, in the order of the text."""
    used: dict[Heading, None] = {}
    for draft in tasks:
        for heading in draft.heading.line() if draft.heading else []:
            used[heading] = None
    rows: dict[Heading, Group] = {}
    for ordinal, heading in enumerate(sorted(used, key=lambda h: (h.start, h.end)), 1):
        start, end = trim(text, heading.start, heading.end)
        above = rows.get(heading.above) if heading.above else None
        line = heading.line()
        rows[heading] = Group(
            f"{document_id}-g{ordinal}", document_id, above.group_id if above else "", ordinal, len(line), heading.marker,
            " / ".join(h.marker for h in line), fold_space(text[start:end]), heading.role, heading.page, start, end,
        )  # fmt: skip
    return list(rows.values()), rows


def build_task_rows(
    text: str, document_id: str, drafts: list[TaskDraft], groups: dict[Heading, Group]
) -> tuple[list[Task], list[TaskUnit], dict[TaskDraft, str]]:
    """Build the rows of tasks and of their units; also give the key of each draft."""
    tasks: list[Task] = []
    units: list[TaskUnit] = []
    keys: dict[TaskDraft, str] = {}
    for ordinal, draft in enumerate(drafts, 1):
        key = f"{document_id}-t{ordinal}"
        keys[draft] = key
        group = groups.get(draft.heading) if draft.heading else None
        pieces = draft.pieces or [(draft.start, draft.end)]
        words = fold_space(" ".join(text[a:b] for a, b in pieces))
        tasks.append(
            Task(
                key,
                document_id,
                group.group_id if group else "",
                group.marker if group else "",
                group.path if group else "",
                group.title if group else "",
                ordinal,
                draft.marker,
                words,
                leading_action(words),
                _printed(text, draft.lead),
                _printed(text, draft.support),
                fold_space(draft.product),
                draft.time.text,
                draft.time.start_date,
                draft.time.due_date,
                draft.time.recurrence,
                draft.time.source,
                draft.confidence,
                draft.origin,
                draft.paragraph.page,
                _box(draft.paragraph),
                draft.start,
                draft.end,
            )  # fmt: skip
        )
        units += _unit_rows(text, document_id, key, draft)
    return tasks, units, keys


def _unit_rows(text: str, document_id: str, key: str, draft: TaskDraft) -> list[TaskUnit]:
    rows: list[TaskUnit] = []
    roles: tuple[tuple[UnitRole, list[Organ]], ...] = (("lead", draft.lead), ("support", draft.support))
    for role, organs in roles:
        for organ in _distinct(organs):
            rows.append(
                TaskUnit(
                    key,
                    document_id,
                    len(rows) + 1,
                    role,
                    fold_space(text[organ.start : organ.end]),
                    organ.unit,
                    organ.unit_id,
                    organ.unit_type,
                    organ.province_code,
                    organ.start,
                    organ.end,
                )  # fmt: skip
            )
    return rows


def _distinct(organs: list[Organ]) -> list[Organ]:
    return list({(organ.start, organ.end): organ for organ in organs}.values())


def _printed(text: str, organs: list[Organ]) -> tuple[str, ...]:
    return tuple(fold_space(text[organ.start : organ.end]) for organ in _distinct(organs))


def _box(paragraph: Paragraph) -> str:
    return ",".join(f"{side:g}" for side in paragraph.bbox) if paragraph.bbox else ""


def build_indicator_rows(
    text: str,
    document_id: str,
    drafts: list[IndicatorDraft],
    tasks: list[TaskDraft],
    groups: dict[Heading, Group],
    keys: dict[TaskDraft, str],
) -> list[Indicator]:
    """Build the rows of indicators, each with the task it stands inside."""
    by_start = sorted(tasks, key=lambda task: task.start)
    starts = [task.start for task in by_start]
    rows = []
    for ordinal, draft in enumerate(drafts, 1):
        task = _task_around(draft, by_start, starts)
        group = groups.get(draft.heading) if draft.heading else None
        link = link_indicator(draft.name, draft.unit)
        base, high = _bases(draft, link.base_unit_code)
        lead = draft.lead or (task.lead if task else [])
        rows.append(
            Indicator(
                f"{document_id}-i{ordinal}",
                document_id,
                group.group_id if group else "",
                keys[task] if task else "",
                draft.kind,
                draft.name,
                link.code,
                link.name,
                draft.measure,
                draft.comparator,
                draft.value,
                draft.value_high,
                draft.unit,
                draft.unit_code,
                base,
                high,
                draft.period,
                draft.period_start,
                draft.period_end,
                draft.period_source,
                _printed(text, lead),
                draft.quote or fold_space(text[draft.start : draft.end]),
                draft.confidence,
                draft.paragraph.page,
                _box(draft.paragraph),
                draft.start,
                draft.end,
            )  # fmt: skip
        )
    return rows


def _task_around(draft: IndicatorDraft, tasks: list[TaskDraft], starts: list[int]) -> TaskDraft | None:
    for index in range(
        bisect_right(starts, draft.start) - 1, max(-1, bisect_right(starts, draft.start) - 4), -1
    ):
        if tasks[index].start <= draft.start and draft.end <= tasks[index].end:
            return tasks[index]
    return None


def _bases(draft: IndicatorDraft, base_unit_code: str) -> tuple[Number | None, Number | None]:
    """Give value and upper end in the vocabulary's base unit; None when they cannot be compared."""
    base = to_base(draft.value, draft.unit_code)
    if base is None or (base_unit_code and base[1] != base_unit_code):
        return None, None
    high = to_base(draft.value_high, draft.unit_code) if draft.value_high is not None else None
    return base[0], high[0] if high else None
