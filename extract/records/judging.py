"""Heading, instruction, lead-in or nothing: what each node of the outline is, given its section's role."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from extract.knowledge.actions import leading_action, lower_action_pattern
from extract.mentions.found import Mentions
from extract.records.attributes import Attribute, read_attribute
from extract.records.responsible import find_lead
from extract.records.roles import WORKING
from extract.records.sentences import split_sentences
from extract.records.unit_lists import names_units
from extract.schema import GroupRole
from extract.spans import Organ
from extract.structure.outline import Node, Outline

Judgement = Literal["group", "task", "both", "lead_in", "attribute", "continuation", "closing", "nothing"]

MAX_HEADING_CHARACTERS = 420
MIN_ITEM_CHARACTERS = 12
MIN_CAPITAL_SHARE = 0.85
CAPITALS_LOOKED_AT = 120
CLOSING = re.compile(
    r"(?:Trên đây là|Trong quá trình (?:tổ chức )?(?:triển khai|thực hiện)|Nhận được (?:Kế hoạch|văn bản|Công văn|Kết luận)|"
    r"Yêu cầu (?:các|Giám đốc|Thủ trưởng)|Đề nghị (?:các|Giám đốc|Thủ trưởng)|(?:Ủy ban|Uỷ ban|UBND|Sở|Chủ tịch)\b.{0,60}?\b(?:giao|yêu cầu|đề nghị)\b)"
)
DEFINITION = re.compile(
    r"[^.;:]{0,140}?\b(?:là|đóng vai trò|giữ vai trò|được xác định|được đặt)\s(?!(?:công nhân|đối tượng|người|con)\b)"
)
"""A sentence that says what something is instructs nobody."""
STATEMENT = re.compile(r"(?:Trọng tâm|Đột phá|Lĩnh vực|Đây|Việc)\b")
LEAD_IN_END = re.compile(r":\s*\Z")
GENERIC_LEAD_IN = re.compile(
    r"\b(?:sau|như sau|sau đây|dưới đây|cụ thể|trọng tâm|gồm|trong đó)\s*(?:đây)?\s*:?\s*\Z", re.IGNORECASE
)
QUANTITY = re.compile(r"\d\s?%|\d{2,}\s")
BASIS = re.compile(
    r"Căn cứ (?:Luật|Nghị|Quyết|Kế hoạch|Công|Phương án|Quy chế|Chỉ thị|Thông|Chương trình|Hướng dẫn|Kết luận|Pháp lệnh|vào)"
)
"""``Căn cứ Luật ...;`` names what a document rests on."""
PREAMBLE = re.compile(
    r"(?:Căn cứ|Thực hiện|Theo|Tiếp theo|Xét|Sau khi|Trên cơ sở|Ngày|Để|Nhằm|Vừa qua|Qua|Phúc đáp|Trả lời|Về việc|V/v|Triển khai)\b"
)
RESPONSIBLE = re.compile(r"\b(?:chủ trì|[Gg]iao|có trách nhiệm|chịu trách nhiệm|[Yy]êu cầu|[Đđ]ề nghị)\b")
MAX_BASIS_CHARACTERS = 40
MAX_COUNT_CHARACTERS = 60
GIVEN_OUT = re.compile(r"Giao\s(?:cho\s)?(?:[A-ZĐ]|các\s)")
"""``Giao Sở ...`` hands out work in any document."""
ANNOUNCEMENT = re.compile(
    r"(?:Văn phòng|Sở|UBND|Ủy ban|Uỷ ban|Bộ|Ban)[^.;]{0,80}?\b(?:trân trọng thông báo|thông báo (?:để|đến)|xin thông báo|trân trọng)\b"
)
"""The last line of a notice only announces it."""
PAST = re.compile(r"\b(?:đã|đang|vừa)\s")


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement of a node, its attribute if it is a labelled line, and where the instruction begins."""

    what: Judgement
    attribute: Attribute | None
    start: int


def judge_nodes(outline: Outline, roles: list[GroupRole], mentions: Mentions) -> list[Judged]:
    """Judge every node of an outline, in order; ``roles`` as :func:`assign_roles` gives them."""
    judged: list[Judged] = []
    attributes = [read_attribute(outline, node) for node in outline.nodes]
    for node in outline.nodes:
        context = roles[node.parent] if node.parent >= 0 else roles[node.index]
        attribute = attributes[node.index]
        if attribute is not None and _is_attribute(outline, node, attribute):
            judged.append(Judged("attribute", attribute, attribute.start))
        elif node.marker is not None:
            what = _judge_marked(outline, mentions, node, context, roles[node.index], attributes)
            judged.append(Judged(what, None, node.start))
        else:
            above = judged[node.parent].what if node.parent >= 0 else "nothing"
            judged.append(_judge_paragraph(outline, mentions, node, context, above))
    return judged


def is_capitals(words: str) -> bool:
    """Tell a title in capitals, whatever stands in brackets behind it.

    >>> is_capitals("PHÂN CÔNG NHIỆM VỤ (đính kèm phụ lục)"), is_capitals("Sở Y tế")
    (True, False)
    """
    head = words.partition("(")[0]
    small = sum(map(str.islower, head[:CAPITALS_LOOKED_AT]))
    large = sum(map(str.isupper, head[:CAPITALS_LOOKED_AT]))
    return large > 1 and large > MIN_CAPITAL_SHARE * (large + small)


def _is_attribute(outline: Outline, node: Node, attribute: Attribute) -> bool:
    """A line with a label is an attribute unless it opens a section of its own."""
    if node.parent < 0 or attribute.role == "indicator":
        return False
    if node.marker is not None and node.marker.style in ("roman", "decimal", "dotted", "upper"):
        return False
    return (
        not any(outline.nodes[child].marker is None for child in node.children) or attribute.role != "content"
    )


def _judge_marked(
    outline: Outline,
    mentions: Mentions,
    node: Node,
    context: GroupRole,
    own: GroupRole,
    attributes: list[Attribute | None],
) -> Judgement:
    assert node.marker is not None
    working = context in WORKING or node.marker.style == "article"
    children = [outline.nodes[i] for i in node.children]
    contents = [c for c in children if attributes[c.index] is not None and _role(attributes, c) == "content"]
    marked = [c for c in children if c.marker is not None and attributes[c.index] is None] + contents
    plain = [c for c in children if c.marker is None and attributes[c.index] is None]
    assert node.marker is not None
    body = outline.body(node)
    if not marked and _is_basis(body, node, mentions):
        return "nothing"
    working = working or bool(GIVEN_OUT.match(body))
    if node.marker.style == "bullet":
        if not working or len(body) < MIN_ITEM_CHARACTERS:
            return "nothing"
        if _only_counts(body):
            return "nothing"
        return "lead_in" if marked and LEAD_IN_END.search(body) else "task"
    if marked:
        return "both" if working and _is_instruction_with_items(outline, node) else "group"
    if (plain or node.index in outline.before_tables) and _is_title(outline, node):
        return "group"
    if own == "funding" or context == "funding":
        return "task" if _lead(outline, mentions, node.start, node.end) and not plain else "nothing"
    if not working or _only_counts(body) or _is_bare_heading(outline, mentions, node, body):
        return "nothing"
    return "task"


def _is_basis(body: str, node: Node, mentions: Mentions) -> bool:
    """``Căn cứ Luật ... số ...;`` only says what the document rests on."""
    if not BASIS.match(body):
        return False
    cited = mentions.citations_in(node.start, node.end)
    return bool(cited) and cited[0].start - node.start < MAX_BASIS_CHARACTERS


def _only_counts(body: str) -> bool:
    """``Ủy ban bầu cử: Không quá 05 cá nhân;`` sets a number and instructs nobody."""
    label, colon, rest = body.partition(": ")
    if not colon or len(rest) > MAX_COUNT_CHARACTERS or not names_units(label):
        return False
    return bool(re.search(r"\d", rest)) and lower_action_pattern().search(rest.lower()) is None


def _role(attributes: list[Attribute | None], node: Node) -> str:
    attribute = attributes[node.index]
    return attribute.role if attribute else ""


def _is_instruction_with_items(outline: Outline, node: Node) -> bool:
    """An item of several sentences above its sub-items instructs by itself."""
    if node.paragraph.bold:
        return False
    sentences = split_sentences(outline.text, node.start, node.end)
    return len(sentences) > 1 and bool(leading_action(outline.body(node)))


def _is_title(outline: Outline, node: Node) -> bool:
    body = outline.body(node).rstrip()
    if node.paragraph.bold or is_capitals(body) or LEAD_IN_END.search(body):
        return len(body) <= MAX_HEADING_CHARACTERS
    if names_units(body):
        return True
    return not body.endswith((".", ";", ",")) and len(body) <= MAX_HEADING_CHARACTERS / 2


def _is_bare_heading(outline: Outline, mentions: Mentions, node: Node, body: str) -> bool:
    assert node.marker is not None
    if len(body) < MIN_ITEM_CHARACTERS and not leading_action(body):
        return True
    if is_capitals(body) or node.marker.style in ("annex", "part", "chapter", "section"):
        return True
    if node.marker.style == "article":
        return not _lead(outline, mentions, node.start, node.end)
    titled = node.marker.style == "roman" or node.paragraph.bold
    return (titled and not body.endswith((".", ";")) and not leading_action(body)) or names_units(body)


def _judge_paragraph(
    outline: Outline, mentions: Mentions, node: Node, context: GroupRole, above: Judgement
) -> Judged:
    start, end = node.start, node.end
    text = outline.text
    if node.parent < 0 or (above in ("attribute", "nothing") and context not in WORKING):
        return Judged("nothing", None, start)
    if CLOSING.match(text, start, min(end, start + 200)) and _is_last(outline, node):
        return Judged("closing", None, start)
    if GIVEN_OUT.match(text, start, end):
        return Judged("task", None, start)
    if context not in WORKING and context != "funding":
        return Judged("nothing", None, start)
    if is_capitals(text[start:end]):
        return Judged("nothing", None, start)
    lead = _lead(outline, mentions, start, end)
    if context == "funding":
        return Judged("task" if lead else "nothing", None, start)
    body = text[start:end]
    if LEAD_IN_END.search(body) and not _is_instruction_before_list(outline, mentions, node):
        return Judged("lead_in", None, start)
    if above in ("task", "both", "lead_in", "continuation"):
        return _judge_after_item(outline, mentions, node, bool(lead))
    first = _first_instruction(outline, mentions, node)
    organ_section = node.parent >= 0 and names_units(outline.body(outline.nodes[node.parent]))
    if first is not None:
        return Judged("task", None, first)
    return Judged(
        "task" if lead or (organ_section and not PAST.search(body[:80])) else "nothing", None, start
    )


def _judge_root(outline: Outline, mentions: Mentions, node: Node, context: GroupRole) -> Judgement:
    """A dispatch without numbered items charges in its paragraphs; elsewhere such paragraphs are preamble."""
    body = outline.body(node)
    if GIVEN_OUT.match(body):
        return "task"
    if (
        context not in WORKING
        or outline.numbered
        or BASIS.match(body)
        or PREAMBLE.match(body)
        or CLOSING.match(body)
    ):
        return "nothing"
    if LEAD_IN_END.search(body) or is_capitals(body):
        return "nothing"
    charged = _lead(outline, mentions, node.start, node.end)
    return "task" if charged and RESPONSIBLE.search(body) else "nothing"


def _judge_after_item(outline: Outline, mentions: Mentions, node: Node, has_lead: bool) -> Judged:
    """A paragraph after an item goes on with it, or instructs somebody else."""
    parent = outline.nodes[node.parent]
    numbered = parent.marker is not None and parent.marker.style in ("decimal", "dotted", "named", "article")
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


def _acts_after_time(sentence: str) -> bool:
    head, comma, rest = sentence.partition(", ")
    return (
        bool(comma)
        and len(head) < 60
        and head.startswith(("Trong", "Năm", "Đến", "Từ", "Hằng", "Hàng", "Quý"))
        and bool(leading_action(rest))
    )


def _is_instruction_before_list(outline: Outline, mentions: Mentions, node: Node) -> bool:
    sentences = split_sentences(outline.text, node.start, node.end)
    body = outline.body(node)
    if len(sentences) > 1:
        return bool(_lead(outline, mentions, *sentences[0]))
    return bool(QUANTITY.search(body)) and (bool(leading_action(body)) or _acts_after_time(body))


def _lead(outline: Outline, mentions: Mentions, start: int, end: int) -> list[Organ]:
    return find_lead(outline.text, start, end, mentions.organs_in(start, end))


def _is_last(outline: Outline, node: Node) -> bool:
    """The closing stands at the end of its zone: no marked node of it follows."""
    following = outline.nodes[node.index + 1 : node.index + 4]
    return all(n.marker is None or n.zone != node.zone for n in following)
