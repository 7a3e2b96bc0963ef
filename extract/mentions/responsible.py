"""Who does it and with whom: the units that an instruction names, by the words around them."""

from __future__ import annotations

import re

from extract.knowledge.actions import leading_action, lower_action_pattern
from extract.knowledge.phrases import any_phrase
from extract.mentions.organ_patterns import UPPER
from extract.mentions.organs import find_organs, split_units
from extract.mentions.persons import ADDRESS_OF_PERSON, OFFICE, find_charged_person
from extract.mentions.unit_lists import (
    HEAD_OF_LIST,
    MAX_LIST_CHARACTERS,
    NOT_SUBJECT,
    SUBJECT,
    find_list_end,
    heads_list,
    is_unit_start,
    names_units,
    read_units,
    split_listed,
)
from extract.spans import Organ

MAX_SUBJECT_CHARACTERS = 420
MAX_LEAD_IN_CHARACTERS = 600
MAX_INTRODUCTIONS = 12
"""So many commas may an introduction have before the subject."""
MAX_NAME_CHARACTERS = 120
MAX_LABEL_CHARACTERS = 260
REACH_OF_LISTS = 2 * MAX_LIST_CHARACTERS
"""What was found earlier than so far before a unit cannot reach it: lists that overlap are not longer."""
MAX_NOUN_CHARACTERS = 20
"""Room for the noun before ``phối hợp``."""
MAX_OWNER_CHARACTERS = 44
"""Room for ``của`` and whose document it is."""
LEADING_VERB_CHARACTERS = 60

SUPPORT = re.compile(
    r"[Pp]hối\s++hợp(?:,?\s(?:và tham gia|chặt chẽ|thường xuyên|tích cực|đồng bộ|hiệu quả|chủ động"
    r"|(?:và\s)?(?:hỗ trợ|hướng dẫn|giúp đỡ|trao đổi)))*+"
    r"(?:(?:\s(?:cùng với|cùng|với))?+\s|\s?:\s)(?=\S)"
    r"|\b[Kk]ết hợp(?:\s(?:chặt chẽ|đồng bộ))?\s(?:cùng\s)?với\s(?=\S)"
    r"|\b[Cc]hủ trì(?:\scùng(?:\svới)?|,?\s(?:và\s)?làm việc(?:\s(?:trực tiếp|cụ thể))?\svới)\s(?=\S)"
)
"""``phối hợp (chặt chẽ) với``, ``chủ trì, làm việc trực tiếp với``: units to coordinate with follow."""
COORDINATED_BY_NOUN = re.compile(
    r"(?:sự|công tác|quy chế|cơ chế|chương trình|kế hoạch|tăng cường|nâng cao hiệu quả)\s\Z"
)
"""``sự phối hợp với`` names a thing and asks nobody to take part."""
CHARGE = re.compile(
    r"(?<![Tt]heo\s)(?<![Xx]ét\s)(?<!được\s)"
    r"\b(?:[Gg]iao(?:\scho|\snhiệm vụ cho)?|[Đđ]ề\snghị|[Yy]êu\scầu|[Pp]hân\scông(?:\scho)?"
    r"|[ỦUủu][yỷ]\squyền(?:\scho)?)\s++(?!của\b)(?=\S)"
)
"""Words after which a unit is charged with the task; ``theo đề nghị của`` only tells who asked for it."""
HANDED_OUT = re.compile(r"giao\s(?:cho\s)?(?=[A-ZĐ])")
"""``giao Sở ...`` in the middle of an instruction."""
CHARGED_FIRST = re.compile(r"(?:Giao|Đề\snghị|Yêu\scầu|Phân\scông|[ỦU][yỷ]\squyền)(?:\scho)?\s++(?=\S)")
"""The same as the first words of an instruction."""
LEADING_BEFORE = re.compile(r"\s(?:làm\s)?(?:chủ trì|đầu mối)\b")
"""``Sở A chủ trì``: what stands before it is the unit that leads."""
INTRODUCTION = re.compile(rf"{any_phrase('unit_words', 'introduction')}\b")
"""Words that open a phrase before the subject: ``Căn cứ Kế hoạch này, ...``."""
PURPOSES = ("Để ", "Nhằm ")
"""A purpose may have several verbs before the subject: ``Để giữ rừng, giảm cháy, các chủ rừng ...``."""
MORE_INTRODUCTION = re.compile(r"(?:căn cứ|trên cơ sở|theo|tùy|tuỳ)\b")
"""``Ngoài ra, căn cứ nhiệm vụ được giao, ...``: the introduction goes on behind its comma."""
DUTY = re.compile(rf"\s*+(?:,\s)?(?:{any_phrase('unit_words', 'duty')}\b|:)")
"""What follows a subject that is charged with something."""
BARE_UNIT = re.compile(
    r"(?:(?:[Cc]ác\s)?(?:[Tt]ỉnh|[Tt]hành phố|[Tt]hị xã|[Hh]uyện|[Qq]uận|[Pp]hường|[Xx]ã)"
    rf"(?:(?P<place>\s)(?=[{UPPER}])|\b)"
    r"|[Tt]rung tâm|[Bb]ệnh viện|[Tt]rường|[Cc]ông ty|[Ss]ở|[Bb]ộ|[Cc]hi cục|[Cc]ục|[Bb]an|[Hh]ội|[Vv]iện)\b"
)
"""Nouns by which a document calls a unit named before, and places that stand for their authorities."""
APPRAISES = re.compile(
    r"\s(?:đánh giá (?:cao|tốt)|chia sẻ\s?[:,“\"]|ghi nhận|biểu dương|hoan nghênh|cảm ơn|bày tỏ|nhận định)"
)
"""``Bộ trưởng đánh giá cao sự nỗ lực``: whoever praises or tells does nothing of the plan."""
STATED = re.compile(r"\s(?:được|bị|là|gồm|bao gồm|đã|như|sau)(?=\s|:|\Z)")
"""Before a colon such words tell that what stands there is more than the name of a unit."""
RESPONSIBLE_LATER = re.compile(
    r"\s(?:trong|theo|tại|thuộc|tham gia|nêu)\b[^.;:]{0,140}?\b(?:có|chịu) trách nhiệm\b"
)
"""``Các đơn vị được giao trong Phụ lục này có trách nhiệm``: the duty follows what tells which units."""
OWNER_BEFORE = re.compile(r"\bcủa\s[^;.:]{2,38},\s\Z")
"""``chỉ đạo của Chính phủ, Bộ, ngành và tỉnh, phối hợp ...``: the list of owners goes on."""
FURTHER = re.compile(
    r"[.;]\s(?:(?:[Đđ]ồng thời|[Nn]goài ra|[Bb]ên cạnh đó|[Tt]ừ đó|[Ss]au đó|[Rr]iêng|[Tt]rong đó),?\s)?"
    r"(?P<charged>(?:[Gg]iao|[Đđ]ề nghị|[Yy]êu cầu)\s(?:cho\s)?)?(?=\S)"
)
"""Where another clause begins that may hand out work: ``; Sở B ...``, ``. Đồng thời yêu cầu X ...``."""
PART = re.compile(r"(?:\(|,\s|:\s|;\s)(?P<name>[^\W\d_][\w&. ]{1,30}?):?\s\d")
"""A unit and its share of a total: ``VNPT: 25``."""
CARRIED_OUT = re.compile(
    r"\b(?:nội dung|nhiệm vụ|hoạt động|công việc|giải pháp|công tác|vấn đề|(?<!làm )việc)\b[^:]{0,60}:\s*\Z",
    re.IGNORECASE,
)
"""A lead-in hands out what follows."""
ISSUES = re.compile(r"\b(?:ban hành|có ý kiến|chỉ đạo như sau)\b")
"""``ban hành Kế hoạch ... như sau:`` announces what follows and charges nobody."""
ANNOUNCES = re.compile(
    r"\b(?:kết luận|thông báo|(?:xây dựng|lập|đề ra|triển khai|đề xuất|điều chỉnh|báo cáo|phát động)"
    r"\s(?:[^\s:;.]{1,12}\s){0,3}?(?:kế hoạch|chương trình|phương án|đề án|lịch|kết quả|tình hình|phong trào)"
    r"(?!\snày))\b[^:;]{0,300}(?:như sau|sau đây|(?:nội dung|nhiệm vụ)\s(?:chính\s|cụ thể\s)?sau)\s?:\s*\Z",
    re.IGNORECASE,
)
"""``Trường X xây dựng kế hoạch năm học như sau:`` announces, too, where no unit is asked for anything."""


def find_support(text: str, start: int, end: int, organs: list[Organ] | None = None) -> list[Organ]:
    """Give the units after ``phối hợp với`` in ``text[start:end]``.

    >>> words = "Chủ trì, phối hợp với Sở Tài chính và các đơn vị liên quan xây dựng dự toán."
    >>> [words[u.start : u.end] for u in find_support(words, 0, len(words))]
    ['Sở Tài chính', 'các đơn vị liên quan']
    """
    units: list[Organ] = []
    for match in SUPPORT.finditer(text, start, end):
        if not is_unit_start(text, match.end(), end):
            continue
        if COORDINATED_BY_NOUN.search(text, max(start, match.start() - MAX_NOUN_CHARACTERS), match.start()):
            continue
        units += [
            unit for unit in read_units(text, match.end(), end, organs) if not _overlaps_any(unit, units)
        ]
    return units


def _overlaps_any(unit: Organ, units: list[Organ]) -> bool:
    """Say whether a unit lies on one found before it, in a list that came about from left to right."""
    for other in reversed(units):
        if unit.start < other.end and other.start < unit.end:
            return True
        if other.start < unit.start - REACH_OF_LISTS:
            return False
    return False


def find_lead(text: str, start: int, end: int, organs: list[Organ] | None = None) -> list[Organ]:
    """Give the units that ``text[start:end]`` itself charges.

    Forms: ``Giao X``, ``X chủ trì``, ``X có trách nhiệm``, ``X: ...`` and ``X`` before a verb, also behind an
    introduction. ``organs`` are those already found there; without them they are looked for.

    >>> words = "Căn cứ Kế hoạch này, các sở, ngành xây dựng dự toán."
    >>> [words[u.start : u.end] for u in find_lead(words, 0, len(words))]
    ['các sở, ngành']
    >>> find_lead("Tổ chức tập huấn cho cán bộ", 0, 27)
    []
    """
    charge = CHARGED_FIRST.match(text, start, end)
    if charge and is_unit_start(text, charge.end(), end):
        return read_units(text, charge.end(), end, organs)
    person = find_charged_person(text, start, end)
    if person is not None:
        return [person]
    address = ADDRESS_OF_PERSON.match(text, start, end)
    start = address.end() if address else start
    labelled = _labelled_units(text, start, end)
    if labelled:
        return labelled
    for position in _clause_starts(text, start, end):
        units = _subject(text, position, end, organs)
        if units:
            return units
    return _charged_later(text, start, end, organs)


def _charged_later(text: str, start: int, end: int, organs: list[Organ] | None) -> list[Organ]:
    """``Về thủ tục đất đai: tiếp thu kiến nghị, giao Sở A rà soát`` charges behind other words."""
    for match in FURTHER.finditer(text, start, end):
        if match["charged"] and match["charged"][0].isupper() and is_unit_start(text, match.end(), end):
            return read_units(text, match.end(), end, organs)
    known = {organ.start for organ in organs or ()}
    for match in HANDED_OUT.finditer(text, start, end):
        passive = text.endswith(("được ", "đã "), start, match.start())
        if match.end() in known and not passive:
            return read_units(text, match.end(), end, organs)
    return []


def find_further_leads(text: str, start: int, end: int, organs: list[Organ] | None = None) -> list[Organ]:
    """Give the units that later clauses charge, where a sentence hands out work to more than one.

    >>> words = "Sở Y tế lập sổ; Công an xã đưa đón thí sinh. Đồng thời yêu cầu các thôn tổ chức dọn đường."
    >>> [words[u.start : u.end] for u in find_further_leads(words, 0, len(words))]
    ['Công an xã', 'các thôn']
    """
    units: list[Organ] = []
    closing = text.find("Trên đây là", start, end)
    for match in FURTHER.finditer(text, start, closing if closing > 0 else end):
        if not (match["charged"] or text[match.end()].isupper()):
            continue
        if match["charged"] and is_unit_start(text, match.end(), end):
            found = read_units(text, match.end(), end, organs)
        else:
            found = _subject(text, match.end(), end, organs)
        units += [unit for unit in found if not _overlaps_any(unit, units)]
    return units


def find_lead_in(text: str, start: int, end: int, organs: list[Organ] | None = None) -> list[Organ]:
    """Give the units that a lead-in charges with all items below it.

    ``organs`` are those already found there; without them they are looked for.

    >>> words = "UBND tỉnh đề nghị Sở Y tế thực hiện các nội dung sau:"
    >>> [words[u.start : u.end] for u in find_lead_in(words, 0, len(words))]
    ['Sở Y tế']
    """
    first = max(start, end - MAX_LEAD_IN_CHARACTERS)
    for match in reversed(list(CHARGE.finditer(text, first, end))):
        for position in (match.end(), text.find(" ", match.end(), end) + 1):
            if position > 0 and is_unit_start(text, position, end) and not ISSUES.search(text, position, end):
                return read_units(text, position, end, organs)
    last_sentence = max(text.rfind(". ", start, end) + 2, start)
    if not CARRIED_OUT.search(text, first, end) or ISSUES.search(text, last_sentence, end):
        return []
    if ANNOUNCES.search(text, last_sentence, end):
        return []
    return find_lead(text, last_sentence, end, organs)


def find_parts(text: str, start: int, end: int, organs: list[Organ]) -> list[Organ]:
    """Give the units between which a total is split: ``(VNPT: 25 trạm, Viettel: 33 trạm)``."""
    known = {organ.start: organ for organ in organs}
    parts = (known.get(m.start("name")) for m in PART.finditer(text, start, end))
    return [part for part in parts if part is not None]


def _labelled_units(text: str, start: int, end: int) -> list[Organ]:
    """``Sở Y tế, các bệnh viện: Xây dựng ...`` names the units before the colon."""
    colon = text.find(": ", start, min(end, start + MAX_LABEL_CHARACTERS))
    if colon < 0 or heads_list(text, start, end) or not names_units(text[start:colon]):
        return []
    return split_units(text[start:colon], start)


def _clause_starts(text: str, start: int, end: int) -> list[int]:
    """Where the subject may stand: at the start, or after the commas of an introduction."""
    starts = [start]
    if not INTRODUCTION.match(text, start, end):
        colon = text.find(": ", start, min(end, start + MAX_LABEL_CHARACTERS))
        return [start, colon + 2] if colon > 0 and ". " not in text[start:colon] else starts
    position = start
    purpose = text.startswith(PURPOSES, start)
    limit = min(end, start + MAX_LEAD_IN_CHARACTERS)
    for _ in range(MAX_INTRODUCTIONS):
        cut = _next_break(text, position, limit)
        if cut < 0 or text[cut] == "." or (text[cut] == ";" and not purpose):
            break
        position = cut + 2
        starts.append(position)
        if purpose or SUBJECT.match(text, position) or MORE_INTRODUCTION.match(text, position):
            continue
        if " " in leading_action(text[position : position + LEADING_VERB_CHARACTERS]):
            break
    return starts


def _next_break(text: str, position: int, limit: int) -> int:
    cuts = [
        cut for cut in (text.find(sign, position, limit) for sign in (", ", ": ", "; ", ". ")) if cut >= 0
    ]
    return min(cuts, default=-1)


def _subject(text: str, position: int, end: int, organs: list[Organ] | None) -> list[Organ]:
    """Read the units at ``position`` when they are charged, or stand before a verb or a duty."""
    charge = CHARGE.match(text, position, end)
    if charge and is_unit_start(text, charge.end(), end):
        return read_units(text, charge.end(), end, organs)
    if not _is_subject_start(text, position, end, organs):
        return []
    stop = find_list_end(text, position, end, organs)
    if stop >= end or stop - position > MAX_SUBJECT_CHARACTERS:
        return []
    after = CHARGE.match(text, stop + 1, end)
    if after and is_unit_start(text, after.end(), end):
        return read_units(text, after.end(), end, organs)
    owners = max(0, position - MAX_OWNER_CHARACTERS)
    if text.startswith(",", stop) and OWNER_BEFORE.search(text, owners, position):
        return []
    if text[stop] == ":" and STATED.search(text, position, stop):
        return []
    if APPRAISES.match(text, stop, end):
        return []
    acts = DUTY.match(text, stop, end) or lower_action_pattern().match(text, stop + 1, end)
    if not acts and not RESPONSIBLE_LATER.match(text, stop, end):
        return []
    return split_listed(text, position, stop)


def _is_subject_start(text: str, position: int, end: int, organs: list[Organ] | None) -> bool:
    if HEAD_OF_LIST.match(text, position, end):
        return True
    if SUBJECT.match(text, position, end):
        return not NOT_SUBJECT.match(text, position, end)
    if OFFICE.match(text, position, end) or _is_bare_unit(text, position, end):
        return True
    if organs is not None:
        return any(organ.start == position for organ in organs)
    found = find_organs(text[position : min(end, position + MAX_NAME_CHARACTERS)])
    return bool(found) and found[0].start == 0


def _is_bare_unit(text: str, position: int, end: int) -> bool:
    """``Tỉnh căn cứ ...``, ``trung tâm sẽ ...``: a noun alone, or with a place, that has a duty."""
    noun = BARE_UNIT.match(text, position, end)
    if noun is None:
        return False
    return bool(noun["place"]) or bool(DUTY.match(text, noun.end(), end))
