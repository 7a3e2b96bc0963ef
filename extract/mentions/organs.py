"""Units of administration in running text, and lists of them in table cells and headings."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date
from functools import cache, lru_cache

from extract.folding import fold_tones
from extract.knowledge.actions import lower_action_pattern
from extract.knowledge.names import fold_name
from extract.knowledge.organs import read_parts
from extract.knowledge.phrases import any_phrase
from extract.mentions.organ_names import find_listed_organs, find_organs, link_collective
from extract.mentions.organ_patterns import alternatives, find_collective
from extract.spans import Organ

__all__ = ["find_organs", "is_unit_name", "split_units"]

MAX_UNIT_NAME_CHARACTERS = 300
MAX_FREE_WORDS = 12

LEAD_IN = re.compile(
    r"(?:[\s\-–+*•.,;:]{1,20}+|\(?\d{1,2}[.)]|[a-zđ]\)|[IVX]{1,5}\."
    r"|(?:(?:(?:trân trọng |kính )?đề nghị|giao(?: cho)?|yêu cầu|đối với|chủ trì|phối hợp(?: với)?"
    r"|cùng(?: với)?|và|với|(?:các )?đồng chí|đ/c)(?=[\s:]))){0,8}+",
    re.IGNORECASE,
)
SEPARATOR = re.compile(r"[;,\n/|]|(?<=\s)và(?=\s)")
BRACKET = re.compile(r"\([^()]{0,300}+\)?")
TRAILING_MARKS = " \n\t\r\u00a0,;:.-–+*•|/"
PREDICATE = re.compile(
    r"[\s,]*+(?:là|được|phải|đã|sẽ|cần|thì|đạt|tiến hành|theo|căn cứ|trong|để|nhằm|về|tại)(?!\w)"
)
SHARED_HEAD = re.compile(r"(?:các )?(?:sở|bộ):? *$")


def split_units(text: str, start: int = 0, day: date | str | None = None) -> list[Organ]:
    """Split a text that names units, a cell or a heading or a list, into the units as printed.

    Args:
        text: NFC text, such as ``Sở Tài chính, Sở Y tế và các đơn vị liên quan``.
        start: offset of ``text`` in the document, added to all offsets given back.
        day: date of the document, by which the code of a named province is chosen.

    Returns:
        One ``Organ`` a unit, in order; ``unit`` is empty where the vocabulary lacks it. Names are never cut
        at their own commas, stock collectives stay one, remarks in brackets are left out.

    >>> text = "Đề nghị Sở Giáo dục và Đào tạo và Sở Y tế (đầu mối); các sở, ban, ngành liên quan"
    >>> [text[organ.start : organ.end] for organ in split_units(text)]
    ['Sở Giáo dục và Đào tạo', 'Sở Y tế', 'các sở, ban, ngành liên quan']
    """
    organs = _unbracketed_organs(text, day)
    units = []
    for piece_start, piece_end in _cut(text, organs):
        unit = _read_piece(text, piece_start, piece_end, organs)
        if unit:
            units.append(unit)
    return [
        Organ(o.start + start, o.end + start, o.unit, o.unit_id, o.unit_type, o.province_code) for o in units
    ]


@lru_cache(maxsize=8192)
def is_unit_name(text: str) -> bool:
    """Say whether a whole text is the name of a unit, or a list of such names, as headings have them.

    >>> is_unit_name("2. Sở Y tế"), is_unit_name("Đề nghị Liên đoàn Lao động tỉnh")
    (True, True)
    >>> is_unit_name("Tổ chức thực hiện"), is_unit_name("Công tác y tế"), is_unit_name("Sở Y tế báo cáo")
    (False, False, False)
    """
    if len(text) > MAX_UNIT_NAME_CHARACTERS:
        return False
    organs = _unbracketed_organs(text, None)
    pieces = [(start, end) for start, end in _cut(text, organs) if start < end]
    return bool(pieces) and all(
        _is_whole_unit(text, start, end, organs, first=not index) for index, (start, end) in enumerate(pieces)
    )


def _unbracketed_organs(text: str, day: date | str | None) -> list[Organ]:
    brackets = [match.span() for match in BRACKET.finditer(text)]
    return [organ for organ in find_listed_organs(text, day) if not _lies_in(brackets, organ.start)]


def _lies_in(spans: list[tuple[int, int]], offset: int) -> bool:
    index = bisect_left(spans, offset + 1, key=lambda span: span[0]) - 1
    return index >= 0 and offset < spans[index][1]


def _cut(text: str, organs: list[Organ]) -> list[tuple[int, int]]:
    """Cut a text between units; lead-ins and trailing marks are trimmed from the pieces."""
    protected = sorted(
        [(o.start, o.end) for o in organs] + [match.span() for match in BRACKET.finditer(text)]
    )
    starts, pieces, begin, index = {organ.start for organ in organs}, [], 0, 0
    for separator in SEPARATOR.finditer(text):
        while index < len(protected) and protected[index][1] <= separator.start():
            index += 1
        if index < len(protected) and protected[index][0] <= separator.start():
            continue
        if separator.group() == ";" or _begins_unit(text, separator.end(), starts):
            pieces.append((begin, separator.start()))
            begin = separator.end()
    pieces.append((begin, len(text)))
    return [_trim(text, start, end) for start, end in pieces]


def _begins_unit(text: str, start: int, organ_starts: set[int]) -> bool:
    lead = LEAD_IN.match(text, start)
    first = lead.end() if lead else start
    if first in organ_starts or _member_pattern().match(fold_name(text[first : first + 40])):
        return True
    return text[first : first + 1].isupper()


@cache
def _member_pattern() -> re.Pattern[str]:
    members = set(read_parts("member")) | set(read_parts("core"))
    areas = set(read_parts("area"))
    return re.compile(rf"(?:(?:các|mọi|toàn thể) |{alternatives(members - areas)})")


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    lead = LEAD_IN.match(text, start, end)
    start = lead.end() if lead else start
    return start, start + len(text[start:end].rstrip(TRAILING_MARKS))


REMARK = re.compile(
    r"\s[-–]\s(?=(?:là\s)?"
    r"(?:cơ quan|thường trực|đơn vị|bộ phận|trưởng|phó|chủ trì|đầu mối|thành viên|ủy viên)\b)",
    re.IGNORECASE,
)
"""``Sở Tài chính - Cơ quan thường trực Ban Chỉ đạo``: what a unit is besides is no part of its name."""
UNKNOWN_VERB = re.compile(rf" (?!{any_phrase('unit_words', 'goes_on_in_name')}\b)(?=[^\W\d_])")
"""Behind a known name a word in lower case that tells no place or sort is a verb, known or not."""
LEVEL_WORD = re.compile(r" cấp (?:tỉnh|xã|huyện|thành phố|trên|dưới|trung ương)\b")
"""``các cơ quan quản lý cấp trên``: here ``cấp`` is the level, not the verb."""


def _read_piece(text: str, start: int, end: int, organs: list[Organ]) -> Organ | None:
    """Read one piece as a unit: a known name at its beginning, else whatever is printed."""
    index = bisect_left(organs, start, key=lambda organ: organ.start)
    known = organs[index] if index < len(organs) and organs[index].start < end else None
    if known and SHARED_HEAD.fullmatch(fold_name(text[start : known.start])):
        start = known.start
    bracket = BRACKET.search(text, start, end)
    if bracket:
        start, end = _trim(text, start, bracket.start())
    if sum(character.isalpha() for character in text[start:end]) < 2:
        return None
    if known is None or known.start != start:
        members = find_collective(fold_name(text[start:end]), 0, known=True)
        unit = link_collective(members.group()) if members else None
        return Organ(start, end, *((unit.name, unit.unit_id, unit.unit_type) if unit else ("", "", "")))
    remark = REMARK.search(text, known.end, end)
    if remark:
        end = remark.start()
    elif (
        known.unit
        and known.unit_type != "collective"
        and UNKNOWN_VERB.match(text, known.end, end)
        and (text[known.end + 1].islower())
    ):
        end = known.end
    elif lower_action_pattern().match(fold_tones(text[known.end : end].lstrip(" ,"))):
        end = end if LEVEL_WORD.match(text, known.end, end) else known.end
    return Organ(start, max(end, known.end), known.unit, known.unit_id, known.unit_type, known.province_code)


def _is_whole_unit(text: str, start: int, end: int, organs: list[Organ], *, first: bool) -> bool:
    """Say whether a piece is a unit with nothing after it but words that tell which one."""
    index = bisect_left(organs, start, key=lambda organ: organ.start)
    known = organs[index] if index < len(organs) else None
    if known is None or known.start != start:
        return (
            not first and bool(_member_pattern().match(fold_name(text[start:end]))) and text[start].islower()
        )
    bracket = BRACKET.search(text, known.end, end)
    rest = text[known.end : bracket.start() if bracket else end].strip()
    if not rest:
        return True
    if re.search(r"[,:.;%\d]", rest) or len(rest.split()) > MAX_FREE_WORDS:
        return False
    return not (PREDICATE.match(rest) or lower_action_pattern().match(fold_tones(rest)))
