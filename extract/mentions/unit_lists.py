"""Where a list of units begins and where it ends, in the middle of a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import lru_cache

from extract.knowledge.actions import lower_action_pattern
from extract.knowledge.organs import read_parts
from extract.knowledge.phrases import any_phrase, read_phrases
from extract.mentions.organ_patterns import UPPER
from extract.mentions.organs import find_organs, is_unit_name, split_units
from extract.mentions.persons import begins_with_office
from extract.spans import Organ

MAX_LIST_CHARACTERS = 420
"""A list of units is not longer; a phrase that is, was not one."""
MAX_TITLE_CHARACTERS = 170
"""A title that names units and nothing else is not longer."""
MAX_GUARD_CHARACTERS = 24
"""So far before a verb stand the words that make it part of a name."""

PLURAL = r"(?:[Cc]ác|[Nn]hững|[Mm]ỗi|[Tt]ừng|[Mm]ột số|[Tt]oàn thể|[Tt]ất cả)\s"
BODY = any_phrase("unit_words", "body")
LEADER = rf"(?i:{any_phrase('unit_words', 'leader')})"

UNIT_AFTER = re.compile(
    rf"(?:{PLURAL}(?:(?i:{BODY})|[{UPPER}])"
    rf"|{LEADER}\s"
    rf"|{any_phrase('unit_words', 'body_alone')})\b"
    rf"|[{UPPER}]"
)
"""A unit may begin here, after words that announce one (``phối hợp với``, ``giao``)."""
SUBJECT = re.compile(
    rf"(?:{PLURAL}{BODY}"
    rf"|{LEADER}\s(?:các|\w)"
    rf"|{any_phrase('unit_words', 'body_opening')})(?=[\s,])",
    re.IGNORECASE,
)
"""A unit begins here as the subject of a sentence, though no vocabulary names it."""
NOT_SUBJECT = re.compile(rf"(?:[Cc]ác|[Nn]hững|[Mm]ỗi|[Mm]ột số)\s{any_phrase('unit_words', 'no_body')}")
"""What looks like a subject and is work: ``Các hoạt động``."""
STOP = re.compile(rf"[;:.(\n]|(?<!việc)\s{any_phrase('unit_words', 'stop')}\b")
"""Where a list of units ends at the latest; ``làm`` ends one, but not in ``việc làm``."""
LISTED_SORT = (
    r"(?:Bộ|Sở|Tập đoàn|Tổng công ty|Cục|Ban|Ngành|cơ quan|đơn vị|địa phương|tỉnh|thành phố|xã|phường)"
)
LISTED_HEAD = re.compile(
    rf"(?:(?:UBND|[ỦU][yỷ] ban nhân dân)\s)?(?:các )?{LISTED_SORT}"
    rf"(?:,?\s(?:và\s)?{LISTED_SORT}){{0,3}}\s?:\s",
    re.IGNORECASE,
)
HEAD_OF_LIST = re.compile(
    rf"(?=các|UBND|[ỦU][yỷ] ban){LISTED_HEAD.pattern}"
    rf"(?=(?-i:[{UPPER}])[^,;:.()]{{1,45}}(?:,|\svà)\s(?-i:[{UPPER}]))",
    re.IGNORECASE,
)
"""``các Bộ: Quốc phòng, Công an``: the noun of a list is said once, before a colon and several names."""
HEAD_BEHIND = re.compile(rf"[^:;.(]{{3,120}}?(?:,|\svà)\s(?:{HEAD_OF_LIST.pattern})", re.IGNORECASE)
"""``các sở và UBND các phường: Yên Thế, Hòa Cư``: such a noun ends a list of other units."""
GOES_ON_BEHIND_BRACKET = re.compile(r",\s|\svà\s|\s(?:chủ trì|phối hợp)")
"""Behind a bracket a list goes on with a separator, or ends with what the units do."""
NAME_GUARD = re.compile(rf"(?:\b{any_phrase('unit_words', 'before_verb_in_name')}|\b[-–])\s\Z")
"""Before such words a verb belongs to a unit's name (``các tổ chức``, ``Ban xây dựng Đảng``)."""
TEAM_AT_WORK = re.compile(r"\b(?:tổ|đoàn) công tác\s\Z", re.IGNORECASE)
"""Behind ``Tổ công tác`` a verb is what the team does, unlike that in ``công tác kiểm tra``."""
BODY_GUARD = re.compile(rf"\b{any_phrase('unit_words', 'before_naming_verb')}\s\Z", re.IGNORECASE)
"""Nouns of bodies that a naming verb tells apart."""
NAMING_VERBS = read_phrases("unit_words", "naming_verb")
"""Verbs that tell units of a sort apart right behind their noun (``các cơ sở đào tạo``)."""
NOT_VERBS = frozenset(read_phrases("unit_words", "no_verb"))
"""Verbs of the vocabulary that in a list of units are always part of a name (``cơ quan thường trực``)."""
LEVEL_WORD = re.compile(
    r"cấp\s(?:tỉnh|xã|huyện|thành phố|trên|dưới|có thẩm quyền|ủy|uỷ|học|sở|cơ sở|trung ương|cứu)\b"
    r"|hợp tác xã\b"
)
"""``cấp tỉnh``: here ``cấp`` is the level of a unit, not the verb; ``hợp tác xã`` is no verb either."""
MORE_UNITS = re.compile(
    rf"\s(?:{LEADER}|(?:Giám đốc|Chủ tịch|Trưởng|Bộ trưởng|UBND|Ủy ban|Uỷ ban|Sở|Văn phòng)\b"
    rf"|{PLURAL}(?i:{BODY}))"
)
"""Behind a semicolon a list of units goes on with such words."""
LISTED_NOUN = re.compile(
    r"[,;:]|\s(?:và\s|cá nhân|đoàn thể|chính trị|xã hội|tôn giáo|liên quan|quốc tế|thành viên)"
)
"""Behind ``tổ chức`` this makes it the noun (``các tổ chức, cá nhân``), not the verb."""
OPTIONAL_ADDRESS = r"(?:Đề nghị\s|Đối với\s)?"
UNNAMED_UNITS = re.compile(rf"{OPTIONAL_ADDRESS}{PLURAL}{BODY}(?=[\s,])", re.IGNORECASE)
"""``Các đơn vị cấp nước``: units told by their sort."""
NO_BODY_BEGINS = "|".join(
    map(re.escape, sorted(decoy for decoy in read_parts("decoy") if decoy[0].isupper()))
)
"""``Hội nhập``, ``Phòng học``: what only begins like the name of a unit."""
UNNAMED_BODY = re.compile(
    rf"{OPTIONAL_ADDRESS}(?!{any_phrase('unit_words', 'no_open_name')}|Phòng,|(?:{NO_BODY_BEGINS})(?!\w))"
    rf"{any_phrase('unit_words', 'open_name')}(?=[\s,]|\Z)(?![^,]*\s(?:được|bị|là|phải|đã|sẽ|không|chưa)\s)"
)
"""``Ban Quản lý ...``: the beginning of a name that the vocabulary need not know."""
PLACE_AT_END = re.compile(
    rf"\s(?:tại|trong|trên|ở|theo)\s(?:(?!{any_phrase('unit_words', 'stop')}\b)[^\s,;:.]{{1,20}}\s?){{1,9}}"
)
"""``Các trường tại Phụ lục 2``: where they stand tells which units are meant."""
CHARGED_AT_END = re.compile(r"(?:có|chịu) trách nhiệm\s*+:?\s*+\Z|:\s*+\Z")
"""A title that ends so charges the units it names."""
TITLE_DUTY = re.compile(r"[\s,]*+(?:có trách nhiệm|chịu trách nhiệm|thực hiện|cần)?[\s:.]*+\Z")
"""The end of a title of units that is no part of their names."""
BRACKETED_NAMES = re.compile(rf"\s?\((?P<names>[{UPPER}][^()]{{2,200}})\)")
"""Names in brackets behind a collective: ``các nhà mạng (Viettel, VNPT)``."""


@lru_cache(maxsize=8192)
def names_units(title: str) -> bool:
    """Tell whether a title names units and nothing else, also units that no vocabulary knows.

    >>> names_units("Sở Y tế"), names_units("Các đơn vị cấp nước sạch trên địa bàn thành phố có trách nhiệm")
    (True, True)
    >>> names_units("Các hoạt động chính"), names_units("Tổ chức thực hiện")
    (False, False)
    """
    bare = strip_duty(title)
    if is_unit_name(bare):
        return True
    if len(bare) > MAX_TITLE_CHARACTERS or any(sign in bare for sign in ";:.") or NOT_SUBJECT.match(bare):
        return False
    if UNNAMED_UNITS.match(bare) and CHARGED_AT_END.search(title):
        return True
    told = UNNAMED_UNITS.match(bare) or UNNAMED_BODY.match(bare) or begins_with_office(bare)
    if not told:
        return False
    stop = find_list_end(bare, 0, len(bare))
    return stop >= len(bare) or (stop > 0 and PLACE_AT_END.fullmatch(bare, stop) is not None)


def strip_duty(title: str) -> str:
    """Take ``có trách nhiệm`` and the colon off the end of a title of units."""
    return TITLE_DUTY.sub("", title).strip()


def is_unit_start(text: str, position: int, end: int) -> bool:
    """Tell whether a unit may begin at ``position``, behind words that announce one."""
    if text.startswith("tổ chức ", position) and not LISTED_NOUN.match(text, position + len("tổ chức")):
        return False
    return bool(UNIT_AFTER.match(text, position, end))


def read_units(text: str, start: int, end: int, organs: list[Organ] | None = None) -> list[Organ]:
    """Give the units of the list that begins at ``start`` in ``text[start:end]``.

    ``organs`` are those already found in the text around; without them they are looked for.

    >>> words = "các cơ sở đào tạo, Sở Y tế và đoàn thể cấp tỉnh tổ chức thi"
    >>> [words[u.start : u.end] for u in read_units(words, 0, len(words))]
    ['các cơ sở đào tạo', 'Sở Y tế', 'đoàn thể cấp tỉnh']
    """
    stop = find_list_end(text, start, end, organs)
    if stop - start > MAX_LIST_CHARACTERS:
        return []
    named = BRACKETED_NAMES.match(text, stop, end)
    if named and text[start:stop].startswith(("các nhà", "các doanh nghiệp")):
        units = split_units(named["names"], named.start("names"))
        if len(units) > 1:
            return units
    return split_listed(text, start, stop)


def split_listed(text: str, start: int, stop: int) -> list[Organ]:
    """Split the list of units in ``text[start:stop]``; nouns that only head names are left out.

    >>> words = "UBND các phường: Yên Thế, Hòa Cư"
    >>> [words[u.start : u.end] for u in split_listed(words, 0, len(words))]
    ['Yên Thế', 'Hòa Cư']
    """
    units = split_units(text[start:stop].rstrip(" ,"), start)
    head = HEAD_OF_LIST.match(text, start, stop)
    first = head.end() if head else start
    named = [(unit, LISTED_HEAD.match(text, unit.start, unit.end)) for unit in units if unit.end > first]
    return [replace(unit, start=noun.end()) if noun else unit for unit, noun in named]


def heads_list(text: str, start: int, end: int) -> bool:
    """Tell whether the nouns at ``start`` head a list of names behind a colon."""
    return bool(HEAD_OF_LIST.match(text, start, end) or HEAD_BEHIND.match(text, start, end))


def find_list_end(text: str, start: int, end: int, organs: list[Organ] | None = None) -> int:
    """Find where a list of units ends: at a stop word, or where a verb begins that is not part of a name."""
    limit = min(end, start + MAX_LIST_CHARACTERS + 1)
    head = HEAD_OF_LIST.match(text, start, limit)
    if head is None:
        head = HEAD_BEHIND.match(text, start, limit)
    stop = STOP.search(text, head.end() if head else start, limit)
    while stop and stop.group() == ";" and MORE_UNITS.match(text, stop.end(), limit):
        stop = STOP.search(text, stop.end(), limit)
    last = stop.start() if stop else limit
    verb = _find_verb(text, start, last, organs)
    if verb >= 0:
        return start + len(text[start:verb].rstrip(" ,"))
    if stop and stop.group() == "(":
        close = text.find(")", stop.start(), limit)
        if close > 0 and GOES_ON_BEHIND_BRACKET.match(text, close + 1, close + 12):
            return find_list_end(text, close + 1, end, organs)
    return last


def _find_verb(text: str, start: int, end: int, organs: list[Organ] | None) -> int:
    """Find the first verb that is not part of a name; -1 where there is none."""
    names = _names_within(text, start, end, organs)
    search = lower_action_pattern()
    position = start
    while True:
        verb = search.search(text, position, end)
        if verb is None:
            return -1
        if verb.start() > start and not _belongs_to_name(text, start, verb, names):
            return verb.start()
        position = verb.end()


def _names_within(text: str, start: int, end: int, organs: list[Organ] | None) -> list[tuple[int, int]]:
    """Give the spans of the names that begin in a stretch; ``organs`` are sorted by their start."""
    if organs is None:
        organs = [replace(o, start=o.start + start, end=o.end + start) for o in find_organs(text[start:end])]
    first = bisect_left(organs, start, key=_start)
    last = bisect_left(organs, end, first, key=_start)
    return [(o.start, o.end) for o in organs[first:last] if o.unit_type != "collective"]


def _start(organ: Organ) -> int:
    return organ.start


def _belongs_to_name(text: str, start: int, verb: re.Match[str], names: list[tuple[int, int]]) -> bool:
    if any(left < verb.start() < right for left, right in names):
        return True
    if verb.group() == "tổ chức" and LISTED_NOUN.match(text, verb.end()):
        return True
    if verb.group() in NOT_VERBS or LEVEL_WORD.match(text, verb.start()):
        return True
    # Behind a name that is whole, the verb is what the unit does: Sở Nông nghiệp và Môi trường chủ trì.
    if any(right == verb.start() - 1 and " " in text[left:right] for left, right in names):
        return False
    before = text[max(start, verb.start() - MAX_GUARD_CHARACTERS) : verb.start()]
    if TEAM_AT_WORK.search(before):
        return False
    if BODY_GUARD.search(before) and verb.group().startswith(NAMING_VERBS):
        return True
    return bool(NAME_GUARD.search(before))
