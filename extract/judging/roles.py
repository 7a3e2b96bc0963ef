"""What each section is for: purpose, situation, target, task, assignment, funding ..."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import cast

from extract.folding import fold_tones
from extract.knowledge.tables import read_table
from extract.mentions.unit_lists import names_units
from extract.schema import GroupRole
from extract.structure.outline import Node, Outline

MAX_TITLE_CHARACTERS = 330
MAX_REACH_CHARACTERS = 45
"""How far into a title a word for its role may stand."""
MAX_SWITCH_CHARACTERS = 70
"""A longer title may tell of another role in passing."""
WORKING: frozenset[GroupRole] = frozenset({"task", "assignment"})
"""Roles of the sections that hold tasks."""
FILLER = re.compile(
    r"(?:(?:một số|các|những|về|công tác|phần|xác định|nhóm|hệ thống|thực hiện|triển khai|đề ra)\s++){1,4}"
)
"""Words before the one that tells the role."""
STATE_OF_AFFAIRS = re.compile(r"hiện trạng|thực trạng|kết quả đạt được|tình hình|tồn tại|hạn chế")
"""A subsection so titled tells the situation, also among tasks."""
WORK_AHEAD = re.compile(
    r"(?:các |một số |những )?(?:nhiệm vụ|giải pháp|hoạt động|công việc|nội dung thực hiện|tổ chức thực hiện)"
)
"""A subsection so titled holds tasks, also among targets."""
TURN = re.compile(
    r"\b(?:yêu cầu|đề nghị|cần|phải|giao|tập trung|thực hiện|triển khai)\b[^.]{0,300}"
    r"\b(?:sau|sau đây|nhiệm vụ|nội dung|giải pháp|công việc)\s?:\s*\Z"
)
"""The end of a paragraph with which a section turns from what was to what has to be done."""
DEMANDS = re.compile(r"(?:một số |các |những )?yêu cầu\s*[:.]?\Z")
"""A section so titled holds tasks in a notice or a telegram; in a plan it tells how the plan is to be."""
AHEAD = re.compile(r"nhiệm vụ|trọng tâm(?! đã)|phương hướng|giải pháp|kế hoạch|kiến nghị|thời gian tới")
"""In a report only a section so titled holds tasks; others tell what was done."""


@cache
def _phrases() -> tuple[tuple[str, GroupRole, bool], ...]:
    rows = read_table("sections", key=("phrase",), required=("role", "reach"))
    phrases = [
        (fold_tones(row["phrase"]), cast(GroupRole, row["role"]), row["reach"] == "start") for row in rows
    ]
    return tuple(sorted(phrases, key=lambda phrase: -len(phrase[0])))


@lru_cache(maxsize=8192)
def read_role(title: str) -> tuple[GroupRole, int] | None:
    """Read the role of a section from its title; also where in the title the word for it stands.

    >>> read_role("MỤC ĐÍCH, YÊU CẦU")
    ('purpose', 0)
    >>> read_role("Sở Y tế")
    ('assignment', 0)
    >>> read_role("Hạ tầng số") is None
    True
    """
    folded = " ".join(fold_tones(title[:MAX_TITLE_CHARACTERS]).split())
    if names_units(title):
        return "assignment", 0
    best: tuple[int, int, GroupRole] | None = None
    filler = FILLER.match(folded)
    offset = filler.end() if filler else 0
    for phrase, role, at_start in _phrases():
        position = folded.find(phrase, 0, MAX_REACH_CHARACTERS + len(phrase))
        if position < 0 or (at_start and position > offset):
            continue
        if best is None or position < best[0]:
            best = (position, len(phrase), role)
    if best is None:
        return None
    return best[2], 0 if best[0] <= offset else best[0]


def assign_roles(outline: Outline, default: GroupRole, plans: bool = True) -> list[GroupRole]:
    """Give the role of the section that each node opens, or stands in when it opens none.

    ``default`` is the role of what stands under no heading; ``plans`` says that the document is a plan or
    promulgates one, whose requirements are no tasks.
    """
    roles: list[GroupRole] = []
    turned: set[int] = set()
    for node in outline.nodes:
        above = roles[node.parent] if node.parent >= 0 else _root_role(node, default)
        if default == "situation":
            pass  # a report tells what was done, also in the words of an instruction
        elif above == "situation" and node.parent in turned:
            above = "task"
        elif above == "situation" and node.marker is None and TURN.search(outline.body(node)):
            turned.add(node.parent)
        roles.append(
            _section_role(outline, node, above, default, plans) if is_heading(outline, node) else above
        )
    return roles


def _root_role(node: Node, default: GroupRole) -> GroupRole:
    return "annex" if node.zone == "annex" else default


def is_heading(outline: Outline, node: Node) -> bool:
    """Tell a node that opens a section: it has a marker of its own and something under it."""
    if node.marker is None or node.marker.style == "bullet":
        return False
    if node.marker.style in ("annex", "part", "chapter", "section"):
        return True
    return bool(node.children) or node.end - node.start <= MAX_SWITCH_CHARACTERS


def _section_role(
    outline: Outline, node: Node, above: GroupRole, default: GroupRole, plans: bool
) -> GroupRole:
    read = read_role(outline.body(node))
    top = node.parent < 0 or above == "annex" or (above == "other" and not _says_other(outline, node.parent))
    if read is None:
        return ("annex" if above == "annex" else default) if top else above
    role, position = read
    if top and default == "task" and not plans and DEMANDS.match(fold_tones(outline.body(node))):
        return "task"
    if top:
        if default == "situation" and role == "task" and not AHEAD.search(fold_tones(outline.body(node))):
            return "situation"
        return role
    return role if _may_switch(outline, node, above, role, position) else above


def _says_other(outline: Outline, index: int) -> bool:
    """Tell a section whose title says that it holds no work (``THÀNH PHẦN``) from one that is silent."""
    read = read_role(outline.body(outline.nodes[index]))
    return read is not None and read[0] == "other"


def _may_switch(outline: Outline, node: Node, above: GroupRole, role: GroupRole, position: int) -> bool:
    """A section keeps its role in its subsections unless their titles clearly say otherwise."""
    if role == above:
        return True
    folded = fold_tones(outline.body(node))
    short = len(folded) <= MAX_SWITCH_CHARACTERS or bool(node.children)
    if above in WORKING:
        if role == "situation":
            return bool(STATE_OF_AFFAIRS.match(folded)) and len(folded) <= MAX_SWITCH_CHARACTERS
        if role in WORKING:
            return True
        return position == 0 and short and bool(node.children)
    if above == "target":
        return role in WORKING and bool(node.children) and bool(WORK_AHEAD.match(folded))
    if above == "funding":
        return role == "assignment"
    if above in ("purpose", "viewpoint", "other") and node.parent >= 0:
        # II. ĐỐI TƯỢNG, NỘI DUNG holds 1. Đối tượng and 2. Nội dung: a part has the role its own title gives.
        titled = fold_tones(outline.body(outline.nodes[node.parent]))
        return role in WORKING and position == 0 and " ".join(folded.split()[:2]) in titled
    if above == "situation":
        return role == "target" and position == 0 and bool(node.children)
    return False
