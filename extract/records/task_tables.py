"""Rows of work tables to tasks: an annex that says what, who, with whom and when."""

from __future__ import annotations

import re
from bisect import bisect_right

from extract.judging.roles import WORKING, read_role
from extract.mentions.responsible import find_lead, find_support
from extract.records.cell_units import names_both_roles, read_cell_units
from extract.records.drafts import Heading, Reading, TaskDraft
from extract.records.times import find_cell_time, find_heading_time, find_task_time
from extract.schema import GroupRole
from extract.spans import Paragraph
from extract.structure.tables import Row, Table, cell_text

MIN_TASK_CHARACTERS = 8
MAX_TIME_CHARACTERS = 160
WORK_ROLES = frozenset({"lead", "support", "time", "product"})
CLOCK = re.compile(r"(?:từ |lúc )?\d{1,2}\s?(?:h|g|giờ|:)\s?\d{0,2}\b", re.IGNORECASE)
"""A time by the clock: ``8h30 - 8h45``, ``Từ 7 giờ``, ``07:30``."""

DAY_PART = re.compile(r"(?:Buổi )?(?:sáng|trưa|chiều|tối)\b", re.IGNORECASE)
"""``Buổi sáng (từ 7h)``: a row that parts a day heads nothing; the day does."""


def build_table_tasks(reading: Reading) -> list[TaskDraft]:
    """Read the tasks that stand in tables, in order; also note the heading of each row of each table."""
    tasks: list[TaskDraft] = []
    for table in reading.outline.tables:
        around = _heading_around(reading, table)
        headings = _row_headings(reading, table, around)
        reading.table_headings[table.index] = headings
        content = _content_column(table)
        if content is None or not _is_work_table(table, around) or _is_agenda(reading.text, table):
            continue
        for row, heading in zip(table.rows, headings, strict=True):
            draft = (
                None
                if row.group or _lists_targets(heading, around)
                else _draft(reading, table, row, content, heading)
            )
            if draft is not None:
                tasks.append(draft)
    return tasks


def _content_column(table: Table) -> int | None:
    return table.column("content")


def _is_work_table(table: Table, around: Heading | None) -> bool:
    """A table of work says who or when; one of values alone measures something."""
    roles = table.roles()
    values = sum(column is not None and column.role == "value" for column in table.columns)
    if values >= 2 or "score" in roles:
        return False
    if roles & WORK_ROLES:
        return True
    numeric = any(column is not None and column.numeric for column in table.columns)
    return around is not None and around.role in WORKING and not numeric and "indicator" not in roles


def _is_agenda(text: str, table: Table) -> bool:
    """Tell the programme of a meeting, which says by the clock what comes next and charges nobody."""
    time = table.column("time")
    if time is None or table.roles() & {"lead", "support"}:
        return False
    times = [cell_text(text, row.cells[time]) for row in table.rows if row.cells.get(time)]
    return sum(CLOCK.match(words) is not None for words in times) > len(times) / 2


def _lists_targets(heading: Heading | None, around: Heading | None) -> bool:
    """Rows under a group row such as ``Chỉ tiêu`` set targets."""
    return heading is not None and heading is not around and heading.role == "target"


def _heading_around(reading: Reading, table: Table) -> Heading | None:
    """Give the heading whose section the table stands in."""
    nodes = reading.outline.nodes
    before = bisect_right([node.start for node in nodes], _first_offset(table)) - 1
    while before >= 0:
        heading = reading.heading(before)
        if heading is not None:
            return heading
        before = nodes[before].parent
    return None


def _first_offset(table: Table) -> int:
    return min((p.start for row in table.rows for cell in row.cells.values() for p in cell), default=0)


def _row_headings(reading: Reading, table: Table, around: Heading | None) -> list[Heading | None]:
    headings: list[Heading | None] = []
    current = around
    for row in table.rows:
        if row.group:
            first, last = _hull(next(iter(row.cells.values())))
            if not DAY_PART.match(reading.text, first, last):
                role = _group_role(reading.text[first:last], table)
                current = Heading(first, last, row.number, role, around)
        headings.append(current)
    return headings


def _group_role(title: str, table: Table) -> GroupRole:
    read = read_role(title)
    if read is not None and read[0] != "assignment":
        return read[0]
    return "target" if table.column("indicator") is not None else "task"


def _draft(
    reading: Reading, table: Table, row: Row, content: int, heading: Heading | None
) -> TaskDraft | None:
    paragraphs = row.cells.get(content)
    if not paragraphs:
        return None
    start, end = _hull(paragraphs)
    if end - start < MIN_TASK_CHARACTERS:
        return None
    draft = TaskDraft(start, end, row.number, heading, "table_row")
    if len(paragraphs) > 1:
        draft.pieces = [(p.start, p.end) for p in paragraphs]
    _read_units(reading, table, row, draft)
    if not draft.lead and table.column("lead") is None:
        draft.lead = find_lead(reading.text, start, end, reading.organs(start, end))
    if not draft.support and table.column("support") is None:
        draft.support += find_support(reading.text, start, end, reading.organs(start, end))
    time = _cell(table, row, "time")
    if time and _tells_time(time):
        draft.time = find_cell_time(reading.text, *_hull(time), reading.mentions, "row")
    if not draft.time.source and heading is not None:
        draft.time = find_heading_time(reading.text, heading.start, heading.end, reading.mentions)
    if not draft.time.source:
        draft.time = find_task_time(reading.text, start, end, reading.mentions)
    product = _cell(table, row, "product")
    draft.product = " ".join(reading.text[p.start : p.end] for p in product)
    return draft


def _read_units(reading: Reading, table: Table, row: Row, draft: TaskDraft) -> None:
    """Read who is named in the columns of those who lead and of those who support."""
    for role in ("lead", "support"):
        index = table.column(role)
        column = table.columns[index] if index is not None else None
        if index is None or column is None:
            continue
        lead, support = read_cell_units(
            reading.text, row.cells.get(index, []), role, both=names_both_roles(column.header)
        )
        draft.lead += lead
        draft.support += support


def _tells_time(paragraphs: list[Paragraph]) -> bool:
    """Say whether a cell is a time; one of long sentences tells how far the work has come."""
    first, last = _hull(paragraphs)
    return last - first <= MAX_TIME_CHARACTERS


def _cell(table: Table, row: Row, role: str) -> list[Paragraph]:
    column = table.column(role)
    return row.cells.get(column, []) if column is not None else []


def _hull(paragraphs: list[Paragraph]) -> tuple[int, int]:
    return paragraphs[0].start, paragraphs[-1].end
