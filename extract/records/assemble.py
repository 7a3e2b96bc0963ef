"""Drafts to rows: keys, columns and counts of one document's groups, tasks, units and indicators."""

from __future__ import annotations

from bisect import bisect_right

from extract.knowledge.actions import leading_action, lower_action_pattern
from extract.knowledge.units import to_base
from extract.records.drafts import Heading, TaskDraft
from extract.records.indicator_drafts import IndicatorDraft
from extract.records.link import link_indicator
from extract.schema import Group, Indicator, Number, Task, TaskUnit, UnitRole
from extract.spans import Organ

TRIM = " ,;:.\n\t–-*|/"
DUTIES = frozenset({"có trách nhiệm", "chịu trách nhiệm"})
"""What may stand between a unit and what it does."""
ACTION_CHARACTERS = 120
"""The verb of a task stands no further behind its units."""
MAX_TASKS_BACK = 3
"""So many tasks may begin after the one that an indicator stands inside (a task holds its sub-items)."""


def fold_space(text: str) -> str:
    """Fold white space, as rows hold their text.

    >>> fold_space("Sở Y tế  và ")
    'Sở Y tế và'
    """
    return " ".join(text.split())


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Take punctuation and blanks off both ends of a title; gives the offsets of what is left.

    >>> trim("1. Sở Y tế:", 2, 11)
    (3, 10)
    """
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
            group_id=f"{document_id}-g{ordinal}",
            document_id=document_id,
            parent_id=above.group_id if above else "",
            ordinal=ordinal,
            level=len(line),
            marker=heading.marker,
            path=" / ".join(h.marker for h in line),
            title=fold_space(text[start:end]),
            role=heading.role,
            page=None,
            start=start,
            end=end,
        )
    return list(rows.values()), rows


def build_task_rows(
    text: str, document_id: str, drafts: list[TaskDraft], groups: dict[Heading, Group]
) -> tuple[list[Task], list[TaskUnit], dict[TaskDraft, str]]:
    """Build the rows of tasks and of their units; also give the key of each draft."""
    tasks: list[Task] = []
    units: list[TaskUnit] = []
    keys: dict[TaskDraft, str] = {}
    for ordinal, draft in enumerate(drafts, 1):
        keys[draft] = f"{document_id}-t{ordinal}"
        tasks.append(
            _task_row(text, document_id, keys[draft], ordinal, draft, _row_of(draft.heading, groups))
        )
        units += _unit_rows(text, document_id, keys[draft], draft)
    return tasks, units, keys


def _row_of(heading: Heading | None, groups: dict[Heading, Group]) -> Group | None:
    return groups.get(heading) if heading else None


def _task_row(
    text: str, document_id: str, key: str, ordinal: int, draft: TaskDraft, group: Group | None
) -> Task:
    pieces = draft.pieces or [(draft.start, draft.end)]
    words = fold_space(" ".join(text[a:b] for a, b in pieces))
    return Task(
        task_id=key,
        document_id=document_id,
        group_id=group.group_id if group else "",
        group=group.marker if group else "",
        group_path=group.path if group else "",
        group_title=group.title if group else "",
        ordinal=ordinal,
        marker=draft.marker,
        text=words,
        action=leading_action(words) or _action_of_units(text, draft),
        lead=_printed(text, draft.lead),
        support=_printed(text, draft.support),
        product=fold_space(draft.product),
        time_text=draft.time.text,
        start_date=draft.time.start_date,
        due_date=draft.time.due_date,
        recurrence=draft.time.recurrence,
        time_source=draft.time.source,
        confidence=draft.confidence,
        origin=draft.origin,
        page=None,
        bbox="",
        start=draft.start,
        end=draft.end,
    )


def _action_of_units(text: str, draft: TaskDraft) -> str:
    """Give the verb behind the units that a task names itself: ``Sở Xây dựng đăng tải thông điệp``."""
    inside = [u.end for u in draft.lead if draft.start <= u.start < draft.end]
    named = inside or [u.end for u in draft.support if draft.start <= u.start < draft.end]
    if not named:
        return ""
    end = min(draft.end, max(named) + ACTION_CHARACTERS)
    for verb in lower_action_pattern().finditer(text, max(named), end):
        action = leading_action(text[verb.start() : end])
        if action == "căn cứ":  # nouns follow that look like verbs: căn cứ quy định
            return ""
        if action and action not in DUTIES:
            return action
    return ""


def _unit_rows(text: str, document_id: str, key: str, draft: TaskDraft) -> list[TaskUnit]:
    rows: list[TaskUnit] = []
    roles: tuple[tuple[UnitRole, list[Organ]], ...] = (("lead", draft.lead), ("support", draft.support))
    for role, organs in roles:
        for organ in _distinct(organs):
            rows.append(
                TaskUnit(
                    task_id=key,
                    document_id=document_id,
                    ordinal=len(rows) + 1,
                    role=role,
                    unit_text=fold_space(text[organ.start : organ.end]),
                    unit=organ.unit,
                    unit_id=organ.unit_id,
                    unit_type=organ.unit_type,
                    province_code=organ.province_code,
                    start=organ.start,
                    end=organ.end,
                )
            )
    return rows


def _distinct(organs: list[Organ]) -> list[Organ]:
    return list({(organ.start, organ.end): organ for organ in organs}.values())


def _printed(text: str, organs: list[Organ]) -> tuple[str, ...]:
    return tuple(fold_space(text[organ.start : organ.end]) for organ in _distinct(organs))


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
        key = f"{document_id}-i{ordinal}"
        group = _row_of(draft.heading, groups)
        lead = draft.lead or (task.lead if task else [])
        rows.append(_indicator_row(text, document_id, key, draft, group, keys[task] if task else "", lead))
    return rows


def _indicator_row(
    text: str,
    document_id: str,
    key: str,
    draft: IndicatorDraft,
    group: Group | None,
    task_id: str,
    lead: list[Organ],
) -> Indicator:
    link = link_indicator(draft.name, draft.unit)
    base, high = _bases(draft, link.base_unit_code)
    return Indicator(
        indicator_id=key,
        document_id=document_id,
        group_id=group.group_id if group else "",
        task_id=task_id,
        kind=draft.kind,
        name=draft.name,
        indicator_code=link.code,
        indicator=link.name,
        measure=draft.measure,
        comparator=draft.comparator,
        value=draft.value,
        value_high=draft.value_high,
        unit=draft.unit,
        unit_code=draft.unit_code,
        value_base=base,
        value_high_base=high,
        period=draft.period,
        period_start=draft.period_start,
        period_end=draft.period_end,
        period_source=draft.period_source,
        lead=_printed(text, lead),
        quote=draft.quote or fold_space(text[draft.start : draft.end]),
        confidence=draft.confidence,
        page=None,
        bbox="",
        start=draft.start,
        end=draft.end,
    )


def _task_around(draft: IndicatorDraft, tasks: list[TaskDraft], starts: list[int]) -> TaskDraft | None:
    after = bisect_right(starts, draft.start)
    for task in reversed(tasks[max(0, after - MAX_TASKS_BACK) : after]):
        if task.start <= draft.start and draft.end <= task.end:
            return task
    return None


def _bases(draft: IndicatorDraft, base_unit_code: str) -> tuple[Number | None, Number | None]:
    """Give value and upper end in the vocabulary's base unit; None when they cannot be compared."""
    base = to_base(draft.value, draft.unit_code)
    if base is None or (base_unit_code and base[1] != base_unit_code):
        return None, None
    high = to_base(draft.value_high, draft.unit_code) if draft.value_high is not None else None
    return base[0], high[0] if high else None
