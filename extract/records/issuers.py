"""Who issued a document: the lowest unit of its letterhead, its name over several lines, its province."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from extract.folding import fold_marks, fold_tones
from extract.knowledge.names import fold_name
from extract.knowledge.organs import read_parts
from extract.knowledge.phrases import any_phrase
from extract.knowledge.places import find_place, province_of_place
from extract.knowledge.provinces import Province, find_province
from extract.mentions.organs import find_organs
from extract.records.letterhead import Letterhead
from extract.spans import Organ

CENTRAL_TYPES = frozenset({"central_government", "ministry", "ministry_agency", "party_central"})
LOCAL_TYPES = frozenset({"school", "hospital", "health_centre", "enterprise"})
"""Units of a ministry that belong to the place where they are."""
BODY_CHARACTERS = 12_000
"""So much of a text is looked through for the name in its usual letters."""
SHORT_OFFICES = {"Ủy ban nhân dân": "UBND", "Uỷ ban nhân dân": "UBND", "Hội đồng nhân dân": "HĐND"}
OF_PROVINCE = " tỉnh"
"""Ends the vocabulary's name of a body of any province, also of a city that is one."""
NUMBER_PARTS = re.compile(r"[-–/]")
"""Between the letters of a number: ``SYT-KHTC``."""
TERM = re.compile(r"\d+\Z")
"""The term of a parliament in its number: ``UBTVQH15``."""
LEVEL = any_phrase("offices", "level", folded=True)
SMALLER_LEVEL = re.compile(rf"\b(?!(?:tỉnh|thành phố|tp\.?)\s){LEVEL}\s\w")
NAMED_PROVINCE = re.compile(r"\b(?:tỉnh|thành phố|tp\.?)\s\w")
COMPLETE = re.compile(rf"\b{LEVEL}\s\w+(?:\s\w+){{0,3}}\Z")
"""A name that ends with its place: what stands below is another unit."""
GOES_ON = re.compile(rf"(?:{any_phrase('offices', 'joiner', folded=True)}(?=\s|\Z)|{LEVEL}(?=\s(?!uỷ\b)|\Z))")
"""How a line begins, or ends, whose name goes over two lines."""
INNER_UNIT = re.compile(rf"{any_phrase('offices', 'inner', folded=True)}\Z")
"""Units that every body has: without its name they say nothing."""
LEVEL_WORD = re.compile(rf"\b{any_phrase('offices', 'level')}(?!\w)", re.IGNORECASE)
VOWELS = frozenset("aeiouy")


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issued a document: name as printed in short form, canonical unit, and the province."""

    name: str = ""
    unit: str = ""
    province: Province | None = None


def read_issuer(head: Letterhead, text: str) -> Issuer:
    """Read the issuer from the lines above number and title; ``text`` is that of the document.

    The last unit of the lines has issued the document. Where there is no line the letters of the number tell
    who it was. A name in capitals is given in the letters that the text itself writes it in.
    """
    lines = [line for line in head.organ_lines if "CỘNG H" not in line]
    if not lines:
        return _issuer_by_number(head)
    units = _join_lines(lines)
    organs = [_first_organ(unit) for unit in units]
    province = _find_issuer_province(units, organs, head)
    return Issuer(
        _name_issuer(units, organs, province, text), organs[-1].unit if organs[-1] else "", province
    )


def short_issuer(name: str, province: Province | None) -> str:
    """Give the short readable form of a body's name, with its province where it is that of one.

    >>> short_issuer("Ủy ban nhân dân tỉnh", find_province("tỉnh Lào Cai")), short_issuer("Sở Y tế", None)
    ('UBND tỉnh Lào Cai', 'Sở Y tế')
    """
    for whole, short in SHORT_OFFICES.items():
        if name.startswith(whole):
            name = short + name[len(whole) :]
    if province is None or not name:
        return name
    place = f"{province.full_name[:1].lower()}{province.full_name[1:]}"
    if name in SHORT_OFFICES.values() or name.endswith(OF_PROVINCE):
        return f"{name.removesuffix(OF_PROVINCE)} {place}"
    if fold_tones(province.name) in fold_tones(name):
        return name
    return f"{name} {province.name}"


def _issuer_by_number(head: Letterhead) -> Issuer:
    parts = [TERM.sub("", part) for part in NUMBER_PARTS.split(head.code)]
    organ = next((o for part in parts for o in find_organs(part)), None)
    if organ is None:
        return Issuer(province=find_province(head.place, head.issued or None))
    central = organ.unit_type in CENTRAL_TYPES
    province = None if central else find_province(head.place, head.issued or None)
    return Issuer(short_issuer(organ.unit, province), organ.unit, province)


def _join_lines(lines: list[str]) -> list[str]:
    """Join the lines of one name; a line that begins a unit opens the next."""
    units: list[str] = []
    for words in (part for line in lines for part in _split_line(" ".join(line.split()))):
        folded = fold_name(words)
        above = fold_name(units[-1]) if units else ""
        follows = GOES_ON.match(folded) or (above and GOES_ON.fullmatch(above.rsplit(" ", 1)[-1]))
        if units and (follows or not (_begins_unit(words) or COMPLETE.search(above))):
            units[-1] += f" {words}"
        else:
            units.append(words)
    return units


def _split_line(line: str) -> list[str]:
    """Cut a line that holds two units side by side: ``BỘ TÀI CHÍNH CỤC THUẾ``."""
    organs = find_organs(line)
    for organ, following in pairwise(organs):
        if organ.start == 0 and not line[organ.end : following.start].strip():
            return [line[: organ.end], *_split_line(line[following.start :])]
    return [line]


def _begins_unit(line: str) -> bool:
    organ = _first_organ(line)
    if organ and organ.start == 0:
        return True
    folded = fold_name(line)
    headed = folded.startswith(_heads()) and not folded.startswith(_decoys())
    return headed or INNER_UNIT.match(folded) is not None


@cache
def _heads() -> tuple[str, ...]:
    return tuple(f"{fold_name(head)} " for head in read_parts("head"))


@cache
def _decoys() -> tuple[str, ...]:
    return tuple(fold_name(decoy) for decoy in read_parts("decoy"))


def _first_organ(line: str) -> Organ | None:
    """Find the unit of a line of capitals, which hides where names begin."""
    found = find_organs(line) or find_organs(_sentence_case(line))
    return next((organ for organ in found if organ.start == 0), found[-1] if found else None)


def _sentence_case(line: str) -> str:
    words = line.strip().lower()
    return words[:1].upper() + words[1:]


def _find_issuer_province(units: list[str], organs: list[Organ | None], head: Letterhead) -> Province | None:
    """Give the province of the issuer: that of its lines, else that of the place it writes from."""
    day = head.issued or None
    own, issuer = units[-1], organs[-1]
    written = find_province(head.place, day) or province_of_place(head.place, day)
    if issuer and issuer.unit_type in CENTRAL_TYPES:
        return find_province(own, day) if NAMED_PROVINCE.search(fold_name(own)) else None
    if any(organ and organ.unit_type in CENTRAL_TYPES for organ in organs):
        named = find_province(own, day) or find_place(own, day)
        return named or (written if issuer and issuer.unit_type in LOCAL_TYPES else None)
    block = "\n".join(units)
    return find_province(block, day) or find_place(block, day) or written


def _name_issuer(units: list[str], organs: list[Organ | None], province: Province | None, text: str) -> str:
    own, organ = units[-1], organs[-1]
    if INNER_UNIT.match(fold_name(own)) and len(units) > 1:
        above = _name_issuer(units[:-1], organs[:-1], province, text)
        return f"{_sentence_case(own)} {above}"
    whole = organ is not None and organ.start == 0 and organ.end == len(own)
    if organ and organ.unit and whole and not _says_more(own, organ, province):
        return short_issuer(organ.unit, province)
    return short_issuer(_find_spelling(own, text) or _spell(own, organ), None)


def _says_more(name: str, organ: Organ, province: Province | None) -> bool:
    """Tell a name that says more than the vocabulary's and the province: a smaller place, a field of work."""
    folded, known = fold_name(name), fold_name(organ.unit)
    if organ.unit_type in LOCAL_TYPES or SMALLER_LEVEL.search(folded):
        return True
    if not folded.startswith(known):
        return False
    rest = folded.removeprefix(known)
    if province:
        rest = rest.replace(fold_name(province.full_name), "").replace(fold_name(province.name), "")
    return bool(LEVEL_WORD.sub("", rest).strip(" -"))


def _find_spelling(name: str, text: str) -> str:
    """Find the name as the text writes it in small letters, empty where it does not.

    Marks do not count: OCR reads them worse in capitals than in the text.
    """
    body = text[:BODY_CHARACTERS]
    folded, wanted = fold_marks(fold_name(body)), fold_marks(fold_name(name))
    if len(folded) != len(body) or len(wanted) != len(name):
        return ""
    start = folded.find(wanted)
    while start >= 0:
        found = body[start : start + len(wanted)]
        if not found.isupper() and found[:1].isupper():
            return " ".join(found.split())
        start = folded.find(wanted, start + 1)
    return ""


def _spell(name: str, organ: Organ | None) -> str:
    """Write a name in capitals as names are written: the known part as the vocabulary has it."""
    folded = fold_name(name)
    known = organ.unit if organ and organ.unit and folded.startswith(fold_name(organ.unit)) else ""
    if not known:
        heads = (head for head in read_parts("head") if folded.startswith(fold_name(head) + " "))
        known = max(heads, key=len, default="")
    rest = name[len(known) :] if known else name
    rest = LEVEL_WORD.sub(lambda match: match.group().lower(), rest)
    words = [word if word.islower() or _is_short_form(word) else _title(word) for word in rest.split()]
    return " ".join([known, *words]).strip() if known else " ".join(words)


def _title(word: str) -> str:
    lower = word.lower()
    return lower if GOES_ON.fullmatch(fold_name(lower)) else lower[:1].upper() + lower[1:]


def _is_short_form(word: str) -> bool:
    """Tell letters that stand for words: ``PKĐK`` holds no vowel, ``UBND`` is in the vocabulary."""
    plain = fold_marks(word).lower()
    if not set(plain) & VOWELS:
        return True
    unmarked = plain == word.lower().replace("đ", "d")
    return unmarked and bool(find_organs(word)) and not find_organs(_title(word))
