"""Leaves out rows that the reading is not sure enough of."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from extract.schema import Extraction

TABLES_OF_ROWS = ("groups", "tasks", "task_units", "indicators")
"""Tables that lose rows."""


def drop_unsure(extraction: Extraction, least: float, dropped: Counter[str]) -> Extraction:
    """Leave out the tasks and indicators of a document whose confidence is below ``least`` (0 to 1).

    Takes the extraction and a counter of rows left out by table, which is added to. Units of a task go with
    it, and so do groups that no task is left in; an indicator stays where its task or group went, and names
    it no more. What is given is not changed.

    >>> from extract.schema import Document
    >>> drop_unsure(Extraction(Document("", "a.txt"), "", [], [], [], [], [], []), 0.5, Counter()).tasks
    []
    """
    tasks = [task for task in extraction.tasks if task.confidence >= least]
    indicators = [row for row in extraction.indicators if row.confidence >= least]
    if len(tasks) == len(extraction.tasks) and len(indicators) == len(extraction.indicators):
        return extraction
    kept = {task.task_id for task in tasks}
    used = _groups_in_use(extraction, {task.group_id for task in tasks})
    groups = [group for group in extraction.groups if group.group_id in used]
    left = replace(
        extraction,
        document=replace(
            extraction.document,
            group_count=len(groups),
            task_count=len(tasks),
            indicator_count=len(indicators),
        ),
        groups=groups,
        tasks=tasks,
        task_units=[unit for unit in extraction.task_units if unit.task_id in kept],
        indicators=[
            replace(
                row,
                task_id=row.task_id if row.task_id in kept else "",
                group_id=row.group_id if row.group_id in used else "",
            )
            for row in indicators
        ],
    )
    lost = {table: len(getattr(extraction, table)) - len(getattr(left, table)) for table in TABLES_OF_ROWS}
    dropped.update(+Counter(lost))
    return left


def _groups_in_use(extraction: Extraction, held: set[str]) -> set[str]:
    """Give the groups that hold tasks, and all groups above them."""
    parents = {group.group_id: group.parent_id for group in extraction.groups}
    used: set[str] = set()
    for key in held:
        while key and key not in used:
            used.add(key)
            key = parents.get(key, "")
    return used
