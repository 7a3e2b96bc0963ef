"""Items and paragraphs of the outline to tasks."""

from __future__ import annotations

import re

from extract.folding import fold_tones
from extract.judging.attributes import Attribute
from extract.mentions.organs import split_units
from extract.mentions.responsible import (
    LEADING_BEFORE,
    find_further_leads,
    find_lead,
    find_parts,
    find_support,
)
from extract.mentions.unit_lists import names_units
from extract.records.drafts import Heading, Reading, TaskDraft, printed_marker
from extract.records.section_units import SectionUnits
from extract.records.times import TaskTime, find_cell_time, find_heading_time, find_task_time
from extract.schema import TaskOrigin
from extract.spans import Organ
from extract.structure.outline import Node
from extract.structure.sentences import split_sentences

JOINT_HEADING = re.compile(r"(?:Chủ trì,? (?:và )?)?[Pp]hối hợp(?: với)?\s*:?\s*\Z")
"""``b) Chủ trì, phối hợp:`` above items that begin with the units to coordinate with."""
REPORTING = re.compile(r"định kỳ|trước ngày|hàng năm|hằng năm|hàng quý|hằng quý|hàng tháng|hằng tháng")
"""A closing that says so asks for reports: a task."""
CARRY_OUT_FORMULAS = ("Trên đây là", "Căn cứ văn bản này", "Căn cứ Kế hoạch này", "Căn cứ nội dung trên")
"""What a closing opens with that asks for no more than that the document be carried out."""
CLOSING_OPENING_CHARACTERS = 200
"""What stands before the charge belongs to the task of a closing when it is no longer."""
MIN_CONTENT_CHARACTERS = 8
CLOSING_CONFIDENCE = 0.7
CHANCE_DECIMALS = 3
WORDS_WITHOUT_MEANING = frozenset({"các", "những", "và"})
PERSONS = ("chủ tịch", "giám đốc", "thủ trưởng", "lãnh đạo", "ban quản lý")
"""Heads of units: who names them charges them, not the unit of the heading."""


def build_tasks(reading: Reading) -> list[TaskDraft]:
    """Read the tasks that stand in the outline (not in tables), in the order of the text."""
    tasks: list[TaskDraft] = []
    by_node: dict[int, TaskDraft] = {}
    for node in reading.outline.nodes:
        judged = reading.judged[node.index]
        draft: TaskDraft | None = None
        if judged.what in ("task", "both"):
            draft = _draft(reading, node, judged.start)
        elif judged.what == "attribute" and judged.attribute is not None:
            draft = _draft_from_content(reading, node, judged.attribute)
        elif judged.what == "continuation":
            _extend(by_node.get(node.parent), node)
        elif judged.what == "closing":
            draft = _draft_from_closing(reading, node)
        if draft is not None:
            tasks.append(draft)
            by_node[node.index] = draft
    sections = SectionUnits(reading)
    for draft in tasks:
        _fill(reading, draft, sections)
    _apply_attributes(reading, tasks)
    return tasks


def _draft(reading: Reading, node: Node, start: int) -> TaskDraft | None:
    heading = reading.heading_above(node.index)
    marker = printed_marker(node.marker.text) if node.marker else ""
    origin: TaskOrigin = "item" if node.marker else "paragraph"
    if node.parent >= 0 and _is_responsibility_line(reading, node):
        return None
    draft = TaskDraft(start, node.end, marker, heading, origin, node=node.index)
    chance = reading.judged[node.index].chance
    if chance is not None:
        draft.confidence = round(chance, CHANCE_DECIMALS)
    return draft


def _is_responsibility_line(reading: Reading, node: Node) -> bool:
    """``+ Sở A chủ trì, phối hợp với ...`` under ``Cơ quan thực hiện:`` only says who."""
    parent = reading.judged[node.parent]
    if parent.attribute is None or parent.attribute.role not in ("lead", "support"):
        return False
    return bool(LEADING_BEFORE.search(reading.text, node.start, node.end))


def _draft_from_content(reading: Reading, node: Node, attribute: Attribute) -> TaskDraft | None:
    """``Nội dung: ...`` under ``Hoạt động 1`` is the task; without words its sub-items are."""
    if (
        attribute.role != "content"
        or attribute.end - attribute.start < MIN_CONTENT_CHARACTERS
        or node.children
    ):
        return None
    if node.parent >= 0 and reading.judged[node.parent].what not in ("group", "both"):
        return None
    heading = reading.heading_above(node.index)
    if heading is None or heading.role not in ("task", "assignment"):
        return None
    marker = printed_marker(node.marker.text) if node.marker else ""
    return TaskDraft(attribute.start, attribute.end, marker, heading, "item", node=node.index)


def _extend(draft: TaskDraft | None, node: Node) -> None:
    if draft is None:
        return
    if not draft.pieces:
        draft.pieces = [(draft.start, draft.end)]
    draft.pieces.append((node.start, node.end))
    draft.end = node.end


def _draft_from_closing(reading: Reading, node: Node) -> TaskDraft | None:
    """The closing instructs only where it charges somebody with more than to carry out the document."""
    text = reading.text
    formula = text.startswith(CARRY_OUT_FORMULAS, node.start)
    top = reading.outline.path(node.index)[0]
    for start, end in split_sentences(text, node.start, node.end):
        if formula and (start == node.start or not REPORTING.search(text, start, end)):
            continue
        lead = find_lead(text, start, end, reading.organs(start, end))
        if not lead:
            continue
        first = node.start if not formula and start - node.start < CLOSING_OPENING_CHARACTERS else start
        last = end if formula else node.end
        draft = TaskDraft(first, last, "", reading.heading(top.index), "paragraph", lead, node=node.index)
        draft.confidence = CLOSING_CONFIDENCE
        return draft
    return None


def _fill(reading: Reading, draft: TaskDraft, sections: SectionUnits) -> None:
    """Find who does it, with whom and when."""
    text = reading.text
    draft.support = find_support(text, draft.start, draft.end, reading.organs(draft.start, draft.end))
    named = find_lead(text, draft.start, draft.end, reading.organs(draft.start, draft.end))
    if draft.lead:
        named = draft.lead
    elif named:
        named = _with_further(reading, draft, named)
    section = sections.headed(draft.node)
    above = reading.outline.nodes[draft.node].parent
    if above >= 0 and JOINT_HEADING.search(reading.outline.body(reading.outline.nodes[above])):
        draft.support = named + [u for u in draft.support if u not in named]
        named = []
    draft.lead = _choose_lead(text, named, section)
    if not draft.lead:
        draft.lead = sections.led_in(draft.node) or find_parts(
            text, draft.start, draft.end, reading.mentions.organs_in(draft.start, draft.end)
        )
    if not draft.support:
        draft.support = sections.supporting(draft.node)
    draft.support = [u for u in draft.support if not any(u.start == lead.start for lead in draft.lead)]
    time = find_task_time(text, draft.start, draft.end, reading.mentions)
    if not time.source:
        time = _heading_time(reading, draft.heading)
    draft.time = time


def _with_further(reading: Reading, draft: TaskDraft, named: list[Organ]) -> list[Organ]:
    """Add the units that later clauses charge, each once."""
    text, organs = reading.text, reading.organs(draft.start, draft.end)
    known = {text[unit.start : unit.end].lower() for unit in named}
    further = find_further_leads(text, named[-1].end, draft.end, organs)
    return named + [u for u in further if text[u.start : u.end].lower() not in known]


def _heading_time(reading: Reading, heading: Heading | None) -> TaskTime:
    if heading is None or names_units(reading.text[heading.start : heading.end]):
        return TaskTime()
    return find_heading_time(reading.text, heading.start, heading.end, reading.mentions)


def _choose_lead(text: str, named: list[Organ], section: list[Organ]) -> list[Organ]:
    """The units named in the item itself, unless they are those of the heading in other words."""
    if not named or not section:
        return named or section
    meant: list[Organ] = []
    for unit in named:
        same = [known for known in section if _is_same(text, unit, known)]
        if not same:
            return named
        meant += [known for known in same if known not in meant]
    return meant


def _is_same(text: str, unit: Organ, known: Organ) -> bool:
    """Say whether an item names the unit of its heading in other words, shorter or longer ones."""
    words, heading = set(_words(text, unit)), set(_words(text, known))
    return words <= heading or (heading <= words and not _is_person(text, unit))


def _words(text: str, unit: Organ) -> list[str]:
    folded = fold_tones(text[unit.start : unit.end]).replace(",", " ")
    return [word for word in folded.split() if word not in WORDS_WITHOUT_MEANING]


def _is_person(text: str, unit: Organ) -> bool:
    return text[unit.start : unit.end].lower().startswith(PERSONS)


def _apply_attributes(reading: Reading, tasks: list[TaskDraft]) -> None:
    """Give the attribute lines to the tasks they stand under or beside."""
    by_parent: dict[int, list[TaskDraft]] = {}
    by_node: dict[int, TaskDraft] = {}
    for draft in tasks:
        by_node[draft.node] = draft
        index = reading.outline.nodes[draft.node].parent
        while index >= 0:
            by_parent.setdefault(index, []).append(draft)
            if reading.judged[index].what not in ("attribute", "lead_in"):
                break
            index = reading.outline.nodes[index].parent
    for node in reading.outline.nodes:
        attribute = reading.judged[node.index].attribute
        if attribute is None or node.parent < 0:
            continue
        own = by_node.get(node.parent)
        for draft in [own] if own else by_parent.get(node.parent, []):
            if draft.node != node.index and reading.outline.nodes[draft.node].parent != node.index:
                apply_attribute(reading, draft, node, attribute)


def apply_attribute(reading: Reading, draft: TaskDraft, node: Node, attribute: Attribute) -> None:
    """Give what one attribute line says to a task."""
    if attribute.role in ("lead", "support"):
        spans = [(attribute.start, attribute.end)]
        spans += [(reading.outline.nodes[c].start, reading.outline.nodes[c].end) for c in node.children]
        for start, end in spans:
            if start != attribute.start and not LEADING_BEFORE.search(reading.text, start, end):
                continue
            if start < end and not draft.start <= start < draft.end:
                _apply_units(reading, draft, attribute.role, start, end)
    elif attribute.role == "time":
        time = find_cell_time(reading.text, attribute.start, attribute.end, reading.mentions, "line")
        if time.source:
            draft.time = time
    elif attribute.role == "product":
        draft.product = reading.text[attribute.start : attribute.end].strip(" .;")


def _apply_units(reading: Reading, draft: TaskDraft, role: str, start: int, end: int) -> None:
    text = reading.text
    leading = LEADING_BEFORE.search(text, start, end)
    if leading:
        _replace_lead(draft, split_units(text[start : leading.start()], start))
        draft.support += [
            u
            for u in find_support(text, leading.start(), end, reading.organs(leading.start(), end))
            if u not in draft.support
        ]
        return
    joint = text.find("phối hợp", start, end)
    stop = joint if joint > start else end
    units = split_units(text[start:stop].rstrip(" ,.;"), start)
    if role == "lead":
        _replace_lead(draft, units)
        if joint > start:
            draft.support += find_support(text, joint, end, reading.organs(joint, end))
    else:
        draft.support = units + [u for u in draft.support if u not in units]


def _replace_lead(draft: TaskDraft, units: list[Organ]) -> None:
    named = draft.start <= draft.lead[0].start < draft.end if draft.lead else False
    if units and not named:
        draft.lead = units
