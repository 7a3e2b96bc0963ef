"""The grammar of the names of units: what may follow a known beginning, and how far a name reaches.

All functions take the text and its folded copy of the same length and an offset; they give the offset where
the name ends. They never look back and read each character a bounded number of times.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from extract.knowledge.actions import is_action_word, lower_action_pattern
from extract.knowledge.names import fold_name
from extract.knowledge.organs import read_parts
from extract.knowledge.provinces import province_names

UPPER = "A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
MAX_NAME_ELEMENTS = 10
MAX_QUALIFIERS = 4

CAPITAL_WORD = re.compile(rf"[{UPPER}]\w*+(?:[&./]\w++|-[{UPPER}]\w*+){{0,3}}+")
PLACE_NAME = re.compile(rf"[ \n](?:(\d{{1,3}})(?!\w)|([{UPPER}]\w*+(?:[ \n–-]{{1,3}}[{UPPER}]\w*+){{0,3}}+))")
ORDINAL = re.compile(r" (?:[Ss]ố \d{1,3}|[IVX]{1,5}|\d{1,3}(?= tỉnh| thành phố|[.,;:)\n]|$))(?!\w)")
# Ngân hàng Nhà nước Khu vực 5, Quân khu 2: behind these words a number belongs to the name.
NUMBERED_WORDS = ("khu vực", "quân khu", "vùng", "đoàn")
NUMBER = re.compile(r" \d{1,4}(?![\w%/]|[.,]\d)")
# Huyện ủy Bắc Hà, Thành đoàn Vinh: the level opens the name, the place stands behind it.
LEVELLED_WORDS = (
    *(f"{level} {organ}" for level in ("huyện", "quận", "thị", "thành") for organ in ("uỷ", "đoàn")),
    *("đồn biên phòng", "biên phòng cửa khẩu", "cửa khẩu quốc tế", "đồn công an", "trại giam", "khu vực"),
)
CAPITAL_AHEAD = re.compile(rf"[ \n][{UPPER}]")
LOWER_SYLLABLE = re.compile(r" ([^\W\d_]{1,7})(?!\w)")
NAME_JOINER = re.compile(r" - | & | và |, | ")
VIET_NAM = re.compile(r" việt nam(?!\w)")


def alternatives(words: Iterable[str]) -> str:
    """Join words to one alternation of a pattern over folded text, the longest first.

    >>> re.findall(alternatives(["Sở", "Sở Y tế"]), "sở y tế, sở tại, sởx")
    ['sở y tế', 'sở']
    """
    folded = sorted({fold_name(word) for word in words}, key=lambda word: (-len(word), word))
    return rf"(?:{'|'.join(map(re.escape, folded)).replace(chr(92) + ' ', ' ')})(?!\w)"


@cache
def topic_pattern() -> re.Pattern[str]:
    """Compile the pattern of a field of work in a unit's name (``kế hoạch``, ``quản lý đô thị``)."""
    return re.compile(alternatives(read_parts("topic")))


@cache
def area_pattern() -> re.Pattern[str]:
    """Compile the pattern of the level of a unit: ``tỉnh``, ``các xã, phường``, ``cấp huyện``."""
    # Tỉnh đoàn and Tỉnh ủy are units of their own.
    area = alternatives(read_parts("area")) + f"(?! (?:{fold_name('đoàn')}|{fold_name('ủy')}))"
    return re.compile(rf" (?:các |cấp |khu vực |cấp các )?{area}(?:(?:, ?|/| và | )(?:các )?{area}){{0,5}}+")


@cache
def tail_pattern() -> re.Pattern[str]:
    """Compile the pattern of words that end a collective: ``có liên quan``, ``trên địa bàn tỉnh``."""
    return re.compile(rf",? {alternatives(read_parts('tail'))}")


@cache
def level_pattern() -> re.Pattern[str]:
    """Compile the pattern of the level that a unit's name ends with: ``UBND`` + `` các xã``."""
    return re.compile(rf" (?:các |cấp )?{alternatives(read_parts('area'))}$")


@cache
def collective_pattern() -> re.Pattern[str]:
    """Compile the pattern of a collective: ``các sở, ban, ngành``, ``các doanh nghiệp viễn thông``."""
    core, verbal = alternatives(read_parts("core")), alternatives(read_parts("verbal"))
    member = alternatives([*read_parts("core"), *read_parts("member")])
    generic = alternatives([*read_parts("core"), *read_parts("pair")])
    area = alternatives(read_parts("area"))
    modifier, tail = alternatives(read_parts("modifier")), alternatives(read_parts("tail"))
    modifiers = rf"(?: (?:- )?{modifier}(?:(?:,| và) {modifier}){{0,2}}+){{0,3}}+"
    # After a comma "tổ chức", "ban", "cấp" may be verbs; as members they end the list or have a modifier.
    noun = rf"(?!{verbal} (?!và |- |{core}|{modifier}|{tail}))"
    joiner = (
        rf"(?:,? và (?:các (?=cấp|ngành))?|, ?(?:các (?=cấp|ngành))?| - | & |(?:(?<=sở)|(?<=ban)) (?={core}))"
    )
    areas = rf"{area}(?:(?:, ?| và | - |/| ){area}){{0,5}}+"
    # What has a modifier of its own ends the collective: the next is another actor.
    members = rf"{member}(?P<more>(?:{joiner}{noun}{generic}){{0,9}}+){modifiers}"
    return re.compile(rf"(?P<lead>(?:các|mọi|toàn thể) )?(?:{areas}|{members})")


def find_collective(folded: str, start: int, *, known: bool = False) -> re.Match[str] | None:
    """Match the collective that begins at an offset: led by ``các``, or of two members, or ``known`` for one.

    >>> find_collective("các sở, ban, ngành tổ chức", 0).group()
    'các sở, ban, ngành'
    >>> find_collective("đơn vị, tổ chức triển khai", 0) is None
    True
    """
    match = collective_pattern().match(folded, start)
    return match if match and (known or match["lead"] or match["more"]) else None


@cache
def title_pattern() -> re.Pattern[str]:
    """Compile the pattern of an office that stands right before its unit: ``Chủ tịch``, ``Giám đốc``."""
    return re.compile(rf"(?<!\w){alternatives(read_parts('title'))} (?:của )?$")


def find_name_end(text: str, folded: str, start: int, *, continued: bool = False) -> int:
    """Find where an open name ends that goes on after its head (``Chi cục``, ``Công ty``) at ``start``.

    A name is built of fields of work from the vocabulary and of words with capitals; ``start`` itself is
    given back when nothing of the kind follows. A name is ``continued`` when a whole name stands before
    ``start`` (``Ban Chỉ đạo``): then a field of work in lower case may come first.

    >>> text = "Phòng Đô thị và Nhà ở tham mưu"
    >>> text[: find_name_end(text, fold_name(text), 5)]
    'Phòng Đô thị và Nhà ở'
    """
    end = start
    for _ in range(MAX_NAME_ELEMENTS):
        joiner = NAME_JOINER.match(folded, end)
        if joiner is None or (end == start and joiner.group() != " "):
            break
        if province_pattern().match(folded, joiner.end()):
            break
        following = _find_element_end(
            text, folded, joiner.end(), joiner.group(), first=end == start and not continued
        )
        if following == joiner.end():
            break
        end = following
    return end


def find_qualifier_end(text: str, folded: str, start: int, *, numbered: bool = True) -> tuple[int, str]:
    """Find where the words end that say whose the unit is: ``tỉnh Lào Cai``, ``các xã, phường``, ``Nghệ An``.

    Gives the end and the folded name of the province in these words (``""`` when none is named). A number
    (``số 1``, ``XII``) belongs to the name of one unit only, so collectives are not ``numbered``.

    >>> text = "Sở Y tế tỉnh Lào Cai chủ trì"
    >>> find_qualifier_end(text, fold_name(text), 7)
    (20, 'lào cai')
    """
    end, province = start, ""
    for _ in range(MAX_QUALIFIERS):
        before = end
        named = match_province(text, folded, end)
        if named and not province:
            province, end = named["name"], named.end()
        elif area := area_pattern().match(folded, end):
            end, named = area.end(), match_province(text, folded, area.end())
            if not named and (place := _match_place(text, end, area.group())):
                end = place.end()
        elif following := (VIET_NAM.match(folded, end) or (numbered and _match_number(text, folded, end))):
            end = following.end()
        elif folded.endswith(LEVELLED_WORDS, 0, end) and (place := _match_place(text, end, "")):
            end = start if _next_head_pattern().match(folded, end + 1) else place.end()
        elif tail := tail_pattern().match(folded, end):
            end = tail.end()
        if end == before:
            break
    return end, province


def match_province(text: str, folded: str, start: int) -> re.Match[str] | None:
    """Match the province's name, begun with a capital, that follows after a blank or a dash.

    >>> match_province("VNPT Nghệ An", "vnpt nghệ an", 4)["name"]
    'nghệ an'
    """
    match = _joined_province_pattern().match(folded, start)
    if match is None or not text[match.start("name")].isupper():
        return None
    return None if _longer_place_pattern().match(folded, match.start("name")) else match


def _match_number(text: str, folded: str, end: int) -> re.Match[str] | None:
    if folded.endswith(NUMBERED_WORDS, 0, end) and (number := NUMBER.match(text, end)):
        return number
    return ORDINAL.match(text, end)


def _find_element_end(text: str, folded: str, start: int, joiner: str, *, first: bool) -> int:
    topic = topic_pattern().match(folded, start)
    capital = text[start : start + 1].isupper()
    if topic and (capital or (joiner == " " and not first and not _is_verb(topic.group()))):
        return topic.end()
    if not capital or joiner not in (" ", " - ") or _next_head_pattern().match(folded, start):
        return start
    word = CAPITAL_WORD.match(text, start)
    end = word.end() if word else start
    if text[start:end].isupper() and end - start > 1:
        return end
    # After a capital a capital goes on a proper name (Bạch Mai); else it opens a word (Cơ khí).
    if not first and text[text.rfind(" ", 0, start - 1) + 1].isupper():
        return end
    syllable = LOWER_SYLLABLE.match(text, end)
    if syllable and not _is_outside(folded, syllable.start(1), syllable[1]):
        return syllable.end()
    return end if not first or CAPITAL_AHEAD.match(text, end) else start


def _is_verb(folded_topic: str) -> bool:
    """Say whether a field of work in lower case is rather what the unit is to do (``tham mưu``)."""
    return is_action_word(folded_topic) and folded_topic not in read_parts("topic")


@cache
def _next_head_pattern() -> re.Pattern[str]:
    return re.compile(alternatives(read_parts("boundary")))


def _is_outside(folded: str, start: int, syllable: str) -> bool:
    """Say whether a syllable in lower case begins what follows a name: a verb, a word such as ``của``."""
    return fold_name(syllable) in _stop_words() or bool(lower_action_pattern().match(folded, start))


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(map(fold_name, read_parts("stop")))


def _match_place(text: str, start: int, area: str) -> re.Match[str] | None:
    """Match the name of a place after its level; only ``quận`` and ``phường`` have numbers for names."""
    place = PLACE_NAME.match(text, start)
    if area.endswith("tỉnh") or (place and place[1] and not area.endswith(("quận", "phường"))):
        return None
    return place


@cache
def _longer_place_pattern() -> re.Pattern[str]:
    """Compile the pattern of places whose names begin with that of a province: ``Điện Biên Phủ``."""
    return re.compile(alternatives(read_parts("place")))


@cache
def province_pattern() -> re.Pattern[str]:
    """Compile the pattern of the name of a province."""
    return re.compile(alternatives(province_names()))


@cache
def _joined_province_pattern() -> re.Pattern[str]:
    return re.compile(rf" (?:- )?(?P<name>{alternatives(province_names())})")
