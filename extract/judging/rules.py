"""The rules of the judge stage: heading, instruction, lead-in or nothing, given the role of the section."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from extract.judging.asides import enacts, is_aside
from extract.judging.attributes import Attribute, read_attribute
from extract.judging.roles import WORKING
from extract.knowledge.actions import leading_action, lower_action_pattern
from extract.mentions.found import Mentions
from extract.mentions.responsible import find_lead
from extract.mentions.unit_lists import names_units
from extract.schema import GroupRole
from extract.spans import Organ
from extract.structure.markers import Marker, is_capitals
from extract.structure.outline import Node, Outline
from extract.structure.sentences import split_sentences

Judgement = Literal[
    "group", "task", "both", "lead_in", "attribute", "continuation", "closing", "aside", "nothing"
]

MAX_HEADING_CHARACTERS = 420
MAX_PLAIN_HEADING_CHARACTERS = MAX_HEADING_CHARACTERS / 2
"""A heading that neither bold type nor capitals nor a colon tells is shorter."""
MIN_ITEM_CHARACTERS = 12
CLOSING_CHARACTERS = 200
"""A closing says what it is within so many characters."""
PAST_CHARACTERS = 80
INTRODUCTION_CHARACTERS = 60
MAX_COUNT_CHARACTERS = 60
NODES_AFTER_CLOSING = 3

HEADLINE_STYLES = frozenset({"annex", "part", "chapter", "section"})
"""Markers that only headings have."""
SECTION_STYLES = frozenset({"roman", "decimal", "dotted", "upper"})
"""Markers that open a section even where a label follows them."""
NUMBERED_STYLES = frozenset({"decimal", "dotted", "named", "article"})
GOING_ON: frozenset[Judgement] = frozenset({"task", "both", "lead_in", "continuation"})
"""What a paragraph without a marker goes on with."""

CLOSING = re.compile(
    r"(?:Trên đây là"
    r"|Căn cứ (?:văn bản|Kế hoạch|nội dung) (?:này|trên)"
    r"|Trong quá trình (?:tổ chức )?(?:triển khai|thực hiện)"
    r"|Nhận được (?:Kế hoạch|văn bản|Công văn|Kết luận)"
    r"|(?:Yêu cầu|Đề nghị) (?:các|Giám đốc|Thủ trưởng)"
    r"|(?:Ủy ban|Uỷ ban|UBND|Sở|Chủ tịch)\b.{0,60}?\b(?:giao|yêu cầu|đề nghị)\b)"
)
"""The formula with which a document ends."""
DEFINITION = re.compile(
    r"[^.;:]{0,140}?\b(?:là|đóng vai trò|giữ vai trò|được xác định|được đặt)\s"
    r"(?!(?:công nhân|đối tượng|người|con)\b)"
)
"""A sentence that says what something is instructs nobody."""
STATEMENT = re.compile(r"(?:Trọng tâm|Đột phá|Lĩnh vực|Đây|Việc)\b")
"""Words that open a sentence about the work, not an instruction."""
CONSISTS = re.compile(r"\b(?:gồm|gồm có|bao gồm|kèm theo|sau đây gọi là)\s?:\s*\Z")
"""The end of a line above the parts of a whole."""
ANNOUNCING = re.compile(
    r"[,;]\s(?:trong đó,?\s|đồng thời\s)?"
    r"(?:tập trung|lưu ý|chú trọng|tổ chức thực hiện|thực hiện|triển khai|cụ thể)"
    r"[^,;.:]{0,80}:\Z"
)
"""The end of an instruction that goes over to its items."""
MIN_OWN_CHARACTERS = 90
"""What is shorter only names who has to do the items."""
LEAD_IN_END = re.compile(r":\s*\Z")
"""A colon at the end announces items."""
QUANTITY = re.compile(r"\d\s?%|\d\d\s")
"""A number of some size: with it a sentence above a list instructs by itself."""
DIGIT = re.compile(r"\d")
GIVEN_OUT = re.compile(r"Giao\s(?:cho\s)?(?:[A-ZĐ]|các\s)")
"""``Giao Sở ...`` hands out work in any document."""
PAST = re.compile(r"\b(?:đã|đang|vừa)\s")
"""A sentence that tells what was done instructs nobody."""
TIME_OPENINGS = ("Trong", "Năm", "Đến", "Từ", "Hằng", "Hàng", "Quý")
"""Words of a time before the instruction: ``Trong năm 2025, rà soát ...``."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement of a node, its attribute if it is a labelled line, and where the instruction begins."""

    what: Judgement
    attribute: Attribute | None
    start: int
    chance: float | None = None
    """The chance that the node instructs somebody, as the model sees it; None where it was not asked."""


def judge_nodes(outline: Outline, roles: list[GroupRole], mentions: Mentions) -> list[Judged]:
    """Judge every node of an outline, in order; ``roles`` as :func:`assign_roles` gives them."""
    judged: list[Judged] = []
    attributes = [read_attribute(outline, node) for node in outline.nodes]
    for node in outline.nodes:
        context = roles[node.parent] if node.parent >= 0 else roles[node.index]
        if context == "situation" and roles[node.index] in WORKING:
            context = roles[node.index]  # the section has turned to what has to be done
        attribute = attributes[node.index]
        if attribute is not None and _is_attribute(outline, node, attribute):
            judged.append(Judged("attribute", attribute, attribute.start))
        elif node.marker is not None:
            own = roles[node.index]
            what = _judge_marked(outline, mentions, node, node.marker, context, own, attributes)
            judged.append(Judged(what, None, node.start))
        else:
            above = judged[node.parent].what if node.parent >= 0 else "nothing"
            judged.append(_judge_paragraph(outline, mentions, node, context, above))
    return judged


def _is_attribute(outline: Outline, node: Node, attribute: Attribute) -> bool:
    """A line with a label is an attribute unless it opens a section of its own."""
    if node.parent < 0 or attribute.role == "indicator":
        return False
    if node.marker is not None and node.marker.style in SECTION_STYLES:
        return False
    return attribute.role != "content" or all(outline.nodes[child].marker for child in node.children)


def _judge_marked(
    outline: Outline,
    mentions: Mentions,
    node: Node,
    marker: Marker,
    context: GroupRole,
    own: GroupRole,
    attributes: list[Attribute | None],
) -> Judgement:
    """Judge an item; ``context`` is the role of the section it stands in, ``own`` of the one it opens."""
    body = outline.body(node)
    marked, plain = _children(outline, node, attributes)
    if enacts(body) or (
        not marked and (is_aside(body, node, mentions) or _is_circumstance(attributes[node.index]))
    ):
        return "aside"
    if not marked and _is_listed_thing(outline, node) and not _has_charge(outline, node):
        return "aside"
    if context in WORKING and not marked and _has_charge(outline, node):
        return "task"
    working = context in WORKING or marker.style == "article" or bool(GIVEN_OUT.match(body))
    if marker.style == "bullet":
        if not working or len(body) < MIN_ITEM_CHARACTERS or _only_counts(body):
            return "nothing"
        return "lead_in" if marked and LEAD_IN_END.search(body) else "task"
    if marked:
        both = working and _is_instruction_with_items(outline, mentions, node)
        return "both" if both else "group"
    if (plain or node.index in outline.before_tables) and _is_title(outline, node):
        return "group"
    if own == "funding" or context == "funding":
        return "task" if not plain and _lead(outline, mentions, node.start, node.end) else "nothing"
    if not working or _only_counts(body) or _is_bare_heading(outline, mentions, node, marker):
        return "nothing"
    return "task"


def _has_charge(outline: Outline, node: Node) -> bool:
    """Tell an item with lines below that say who does it."""
    below = (read_attribute(outline, outline.nodes[child]) for child in node.children)
    return any(line is not None and line.role in ("lead", "support") for line in below)


def _children(outline: Outline, node: Node, attributes: list[Attribute | None]) -> tuple[bool, bool]:
    """Say whether a node has items (or labelled contents) under it, and whether it has paragraphs."""
    marked = plain = False
    for child in node.children:
        attribute = attributes[child]
        if attribute is not None:
            marked = marked or attribute.role == "content"
        elif outline.nodes[child].marker is not None:
            marked = True
        else:
            plain = True
    return marked, plain


def _is_listed_thing(outline: Outline, node: Node) -> bool:
    """An item without a verb under ``Hồ sơ gồm:`` is a thing that belongs to a whole."""
    siblings = outline.nodes[node.parent].children if node.parent >= 0 else outline.roots
    plain = [other for other in siblings if other < node.index and outline.nodes[other].marker is None]
    above = outline.nodes[plain[-1] if plain else node.parent]
    if not CONSISTS.search(outline.body(above)):
        return False
    return lower_action_pattern().match(outline.body(node).lower()) is None


def _is_circumstance(attribute: Attribute | None) -> bool:
    """``2. Địa điểm: ...`` tells where or when a thing takes place, whoever is named."""
    return attribute is not None and attribute.role in ("time", "other", "product")


def _only_counts(body: str) -> bool:
    """``Ủy ban bầu cử: Không quá 05 cá nhân;`` sets a number and instructs nobody."""
    label, colon, rest = body.partition(": ")
    if not colon or len(rest) > MAX_COUNT_CHARACTERS or not names_units(label):
        return False
    return DIGIT.search(rest) is not None and lower_action_pattern().search(rest.lower()) is None


def _is_instruction_with_items(outline: Outline, mentions: Mentions, node: Node) -> bool:
    """An item above its sub-items instructs by itself with several sentences, or before it announces them.

    ``1. Sở Y tế rà soát mạng lưới; thực hiện các nhiệm vụ sau:`` does, ``1. Sở Y tế có trách nhiệm:`` not.
    """
    body = outline.body(node).rstrip()
    if node.paragraph.bold or is_capitals(body):
        return False
    if len(split_sentences(outline.text, node.start, node.end)) > 1 and leading_action(body):
        return True
    announcing = ANNOUNCING.search(body)
    own = body[: announcing.start()] if announcing else body
    if len(own) < MIN_OWN_CHARACTERS or not (announcing or own.endswith(".")):
        return False
    lead = _lead(outline, mentions, node.start, node.start + len(own))
    return bool(lead) and lower_action_pattern().search(own.lower(), lead[-1].end - node.start) is not None


def _is_title(outline: Outline, node: Node) -> bool:
    body = outline.body(node).rstrip()
    if node.paragraph.bold or is_capitals(body) or LEAD_IN_END.search(body):
        return len(body) <= MAX_HEADING_CHARACTERS
    if names_units(body):
        return True
    return not body.endswith((".", ";", ",")) and len(body) <= MAX_PLAIN_HEADING_CHARACTERS


def _is_bare_heading(outline: Outline, mentions: Mentions, node: Node, marker: Marker) -> bool:
    """An item without anything under it may still only be a heading."""
    body = outline.body(node)
    if len(body) < MIN_ITEM_CHARACTERS and not leading_action(body):
        return True
    if is_capitals(body) or marker.style in HEADLINE_STYLES:
        return True
    if marker.style == "article":
        return not _lead(outline, mentions, node.start, node.end)
    titled = marker.style == "roman" or node.paragraph.bold
    return (titled and not body.endswith((".", ";")) and not leading_action(body)) or names_units(body)


def _judge_paragraph(
    outline: Outline, mentions: Mentions, node: Node, context: GroupRole, above: Judgement
) -> Judged:
    """Judge a paragraph without a marker; ``above`` is what the node it hangs under was judged."""
    text, start, end = outline.text, node.start, node.end
    nothing, task = Judged("nothing", None, start), Judged("task", None, start)
    if node.parent < 0 or (above in ("attribute", "nothing") and context not in WORKING):
        return nothing
    if CLOSING.match(text, start, min(end, start + CLOSING_CHARACTERS)) and _is_last(outline, node):
        return Judged("closing", None, start)
    if GIVEN_OUT.match(text, start, end):
        return task
    body = text[start:end]
    if is_aside(body, node, mentions):
        return Judged("aside", None, start)
    if (context not in WORKING and context != "funding") or is_capitals(body):
        return nothing
    lead = _lead(outline, mentions, start, end)
    if context == "funding":
        return task if lead else nothing
    if LEAD_IN_END.search(body) and not _is_instruction_before_list(outline, mentions, node):
        return Judged("lead_in", None, start)
    if above in GOING_ON:
        return _judge_after_item(outline, mentions, node, bool(lead))
    first = _first_instruction(outline, mentions, node)
    if first is not None:
        return Judged("task", None, first)
    of_units = names_units(outline.body(outline.nodes[node.parent]))
    return task if lead or (of_units and not PAST.search(body[:PAST_CHARACTERS])) else nothing


def _judge_after_item(outline: Outline, mentions: Mentions, node: Node, has_lead: bool) -> Judged:
    """A paragraph after an item goes on with it, or instructs somebody else."""
    parent = outline.nodes[node.parent]
    numbered = parent.marker is not None and parent.marker.style in NUMBERED_STYLES
    if has_lead or (numbered and _first_instruction(outline, mentions, node) is not None):
        return Judged("task", None, node.start)
    return Judged("continuation", None, node.start)


def _first_instruction(outline: Outline, mentions: Mentions, node: Node) -> int | None:
    """Give where the first instructing sentence begins; definitions before it are left out."""
    for number, (start, end) in enumerate(split_sentences(outline.text, node.start, node.end)):
        sentence = outline.text[start:end]
        if DEFINITION.match(sentence) or STATEMENT.match(sentence):
            continue
        if leading_action(sentence) or _lead(outline, mentions, start, end) or _acts_after_time(sentence):
            return start if number else node.start
        if number == 0 and not DEFINITION.match(sentence):
            return None
    return None


def instructs(outline: Outline, mentions: Mentions, node: Node) -> bool:
    """Tell whether a node begins with a verb of work or charges somebody, itself or by a line below it."""
    if leading_action(outline.body(node)) or _lead(outline, mentions, node.start, node.end):
        return True
    return _has_charge(outline, node)


def _acts_after_time(sentence: str) -> bool:
    head, comma, rest = sentence.partition(", ")
    if not comma or len(head) >= INTRODUCTION_CHARACTERS or not head.startswith(TIME_OPENINGS):
        return False
    return bool(leading_action(rest))


def _is_instruction_before_list(outline: Outline, mentions: Mentions, node: Node) -> bool:
    sentences = split_sentences(outline.text, node.start, node.end)
    body = outline.body(node)
    if len(sentences) > 1:
        return bool(_lead(outline, mentions, *sentences[0]))
    return bool(QUANTITY.search(body)) and (bool(leading_action(body)) or _acts_after_time(body))


def _lead(outline: Outline, mentions: Mentions, start: int, end: int) -> list[Organ]:
    return find_lead(outline.text, start, end, mentions.organs_in(start, end))


def _is_last(outline: Outline, node: Node) -> bool:
    """The closing stands at the end of its zone: no marked node of it follows but that of an annex."""
    following = outline.nodes[node.index + 1 : node.index + 1 + NODES_AFTER_CLOSING]
    own = takewhile(lambda n: n.marker is None or n.marker.style != "annex", following)
    return all(n.marker is None or n.zone != node.zone for n in own)
