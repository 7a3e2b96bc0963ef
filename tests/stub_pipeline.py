"""A pipeline of a few lines for tests of what comes after it: each line of a text is a task."""

import os
import re
from hashlib import sha256

from extract.schema import Document, Extraction, Group, Indicator, Problem, Reference, Task, TaskUnit


def extract_stub(source, content, options=None):
    """Read UTF-8 text: a group for the first line, a task for each other; a line ``cấp N`` is an indicator.

    ``CRASH`` ends the process, ``RAISE`` raises, a NUL byte gives a failed document.
    """
    if content.startswith(b"CRASH"):
        os._exit(13)
    if content.startswith(b"RAISE"):
        raise RuntimeError("a fault in the pipeline")
    digest = sha256(content).hexdigest()
    key = digest[:16]
    document = Document(key, source, digest, media_type="text/plain", kind="plan")
    result = Extraction(document, content.decode("utf-8", "surrogateescape"), [], [], [], [], [], [])
    if b"\0" in content:
        document.status = "failed"
        result.problems.append(Problem(key, source, "read", "error", "binary_content", "Not a text."))
        return result
    position = 0
    for ordinal, line in enumerate(result.text.splitlines(keepends=True)):
        _add_line(result, ordinal, line.strip(), position)
        position += len(line)
    return result


def _add_line(result, ordinal, line, start):
    key, end = result.document.document_id, start + len(line)
    group = f"{key}-g1"
    if ordinal == 0:
        result.groups.append(Group(group, key, "", 1, 1, "I", "I", line, "task", None, start, end))
        return
    task = f"{key}-t{ordinal}"
    result.tasks.append(
        Task(
            task_id=task, document_id=key, group_id=group, group="I", group_path="I", group_title="",
            ordinal=ordinal, marker="-", text=line, action="", lead=("Sở Y tế",),
            support=("Sở Tài chính", "Sở Nội vụ"), product="", time_text="", start_date="",
            due_date="2025-12-31", recurrence="", time_source="item",
            confidence=0.5, origin="item", page=None, bbox="", start=start, end=end,
        )
    )  # fmt: skip
    unit = TaskUnit(task, key, 1, "lead", "Sở Y tế", "Sở Y tế", "so_y_te", "department", "01", start, end)
    result.task_units.append(unit)
    result.references.append(Reference(key, "12/KH-UBND", "kế hoạch", "", "", "cites", line, start, end))
    if number := re.match(r"cấp (\d+(?:\.\d+)?) thẻ", line):
        result.indicators.append(indicator(key, ordinal, float(number[1]), task_id=task, quote=line))


def indicator(key, ordinal, value, **changes):
    """Give an indicator of our own invention, with any field changed."""
    fields = {
        "indicator_id": f"{key}-i{ordinal}", "document_id": key, "group_id": "", "task_id": "",
        "kind": "target", "name": "số thẻ được cấp", "indicator_code": "x:so-the", "indicator": "số thẻ",
        "measure": "level",
        "comparator": "=", "value": value, "value_high": None, "unit": "thẻ", "unit_code": "{card}",
        "value_base": None, "value_high_base": None, "period": "2025", "period_start": "2025-01-01",
        "period_end": "2025-12-31", "period_source": "item", "lead": (), "quote": "", "confidence": 0.25,
        "page": None, "bbox": "", "start": 0, "end": 0,
    }  # fmt: skip
    return Indicator(**(fields | changes))
