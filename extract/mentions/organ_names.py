"""Finds units of administration in a text: ``Sở Y tế``, ``UBND các xã, phường``, ``các đơn vị liên quan``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import permutations
from typing import NamedTuple

from extract.knowledge.names import NameFinder, fold_name
from extract.knowledge.organs import Unit, read_parts, read_units
from extract.knowledge.provinces import province_by_name
from extract.mentions.organ_patterns import (
    alternatives,
    find_collective,
    find_name_end,
    find_qualifier_end,
    level_pattern,
    match_province,
    title_pattern,
)
from extract.spans import Organ

# Names of these sorts may go on after the known part (Bệnh viện Đa khoa Tân Lập); the others are complete.
OPEN_TYPES = frozenset(
    {"hospital", "school", "enterprise", "bank", "fund", "province_agency", "health_centre"}
)
TITLE_WINDOW_CHARACTERS = 32
MAX_WORDS_OF_OFFICE = 4
SHARED_HEAD = re.compile(
    r"(?:các |mọi )(?P<head>sở|bộ)"
    r"(?:(?:,? (?:và )?(?:ban|ngành|cơ quan|đơn vị|địa phương)){1,3} ?:|(?: ?:)?) "
)
LIST_JOINER = re.compile(r", ?| và |; ?")


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a name in the automaton stands for: a unit, an open head, a collective's beginning, a decoy."""

    printed: str
    sort: str
    unit: Unit | None = None
    unit_type: str = ""
    any_case: bool = False


class _Candidate(NamedTuple):
    start: int
    end: int
    entry: _Entry


def find_organs(text: str, day: date | str | None = None) -> list[Organ]:
    """Find the units that a text names, from left to right, none inside another.

    Args:
        text: NFC text of any length.
        day: date of the document, by which the code of a named province is chosen (None: today).

    Returns:
        One ``Organ`` a name; ``start`` and ``end`` are offsets in ``text`` and take in the office before
        (``Giám đốc``) and the place after (``tỉnh Lào Cai``). ``unit``, ``unit_id`` are empty for a name of
        known form that the vocabulary lacks.

    >>> text = "Giao Sở Y tế chủ trì, phối hợp với UBND các xã, phường"
    >>> [(text[organ.start : organ.end], organ.unit_id) for organ in find_organs(text)]
    [('Sở Y tế', 'so_y_te'), ('UBND các xã, phường', 'uy_ban_nhan_dan_xa')]
    >>> find_organs("Cơ sở y tế tổ chức hội nghị")
    []
    """
    return _find(text, day, frozenset({"name", "any"}))


def find_listed_organs(text: str, day: date | str | None = None) -> list[Organ]:
    """Find the units in a text that is known to name units, where ``Văn phòng`` alone is one too.

    >>> [organ.unit_id for organ in find_listed_organs("Văn phòng, Thanh tra")]
    ['van_phong', 'thanh_tra']
    """
    return _find(text, day, frozenset({"name", "any", "list"}))


def _find(text: str, day: date | str | None, scopes: frozenset[str]) -> list[Organ]:
    folded = fold_name(text)
    found: list[Organ] = []
    position = last_end = 0
    groups = list(_group_by_start(text, folded, scopes))
    for place, candidates in enumerate(groups):
        if candidates[0].start < position or _is_office_of_next(candidates, groups, place):
            continue
        # A decoy hides what begins inside it (sở in cơ sở), and what is shorter than itself at its place.
        decoy_end = next((one.end for one in candidates if one.entry.sort == "decoy"), 0)
        real = [one for one in candidates if one.end > decoy_end or (one.entry.unit and one.end == decoy_end)]
        position = max(position, decoy_end)
        for organ in _read_organs(text, folded, real, last_end, day) if real else ():
            found.append(organ)
            position = last_end = organ.end
    return found


def _is_office_of_next(candidates: list[_Candidate], groups: list[list[_Candidate]], place: int) -> bool:
    """Say whether a name that is one only in lists (``Giám đốc Sở``) begins another: ``Giám đốc Sở Y tế``."""
    longest = candidates[0]
    if longest.entry.unit is None or longest.entry.unit.scope != "list":
        return False
    for following in groups[place + 1 : place + 1 + MAX_WORDS_OF_OFFICE]:
        if following[0].start >= longest.end:
            return False
        if following[0].entry.unit is not None and following[0].end > longest.end:
            return True
    return False


def _group_by_start(text: str, folded: str, scopes: frozenset[str]) -> Iterator[list[_Candidate]]:
    """Give the candidates that begin at one place, the longest first, place by place."""
    entries = _entries()
    found: dict[int, list[_Candidate]] = {}
    for index, start, end in _finder().find(folded):
        entry = entries[index]
        if entry.unit and entry.unit.scope not in scopes:
            continue
        if entry.any_case or _is_printed_as_name(text, start, end, entry):
            found.setdefault(start, []).append(_Candidate(start, end, entry))
    for start in sorted(found):
        group = found[start]
        if len(group) > 1:
            group.sort(key=lambda candidate: -candidate.end)
        yield group


def _is_printed_as_name(text: str, start: int, end: int, entry: _Entry) -> bool:
    """Say whether a name is printed with its capitals, and is no part of a number such as 89/KH-UBND."""
    if not text[start].isupper():
        return False
    in_number = (start and text[start - 1] in "-/") or text[end : end + 1] == "-"
    if in_number and text[start + 1 : start + 2].isupper():
        return False
    if " " in entry.printed or entry.printed.istitle():
        return True
    return text[start:end] in (entry.printed, entry.printed.upper())


def _read_organs(
    text: str, folded: str, candidates: list[_Candidate], last_end: int, day: date | str | None
) -> list[Organ]:
    """Read the unit, or the units of a list under one head, that the candidates of one place begin."""
    start = candidates[0].start
    unit = next((candidate for candidate in candidates if candidate.entry.unit), None)
    if any(candidate.entry.unit_type == "collective" for candidate in candidates):
        if listed := list(_read_list(text, folded, start)):
            return listed
        match = find_collective(folded, start, known=unit is not None)
        if match and (match["more"] or unit is None or match.end() >= unit.end):
            entry = _link_collective(match.group(), unit)
            return [_finish(text, folded, start, match.end(), entry, last_end, day)]
    named = unit or candidates[0]
    end = named.end
    if unit is None or unit.entry.unit_type in OPEN_TYPES:
        end = find_name_end(text, folded, end, continued=unit is not None)
    # In a line of capitals every word has one: only the vocabulary tells where a name ends there.
    if unit is None and (named.entry.sort != "head" or text[start : named.end].isupper()):
        return []
    if unit is None and end == named.end and not match_province(text, folded, end):
        return []
    return [_finish(text, folded, start, end, named.entry, last_end, day)]


def _finish(
    text: str, folded: str, start: int, end: int, entry: _Entry, last_end: int, day: date | str | None
) -> Organ:
    """Take in the place after and the office before a name, and build its organ."""
    level = level_pattern().search(folded, start, end)
    full_end, place = find_qualifier_end(
        text, folded, level.start() if level else end, numbered=entry.unit_type != "collective"
    )
    full_end = max(full_end, end)
    window = max(last_end, start - TITLE_WINDOW_CHARACTERS)
    title = title_pattern().search(folded[window:start])
    full_start = start
    if title and text[window + title.start()].isupper():
        full_start = window + title.start()
    unit = entry.unit
    province = province_by_name(place, day) if place else None
    if unit and not province:
        unit = _link_city(folded[start:full_end], unit)
    return Organ(
        full_start,
        full_end,
        unit.name if unit else "",
        unit.unit_id if unit else "",
        unit.unit_type if unit else entry.unit_type,
        province.code if province else "",
    )


def _link_city(folded_name: str, unit: Unit) -> Unit:
    """Link the unit of a city that is no province (``UBND thành phố Vinh``) to that of a district."""
    name, _, place = folded_name.partition(" thành phố ")
    district = _units_by_name().get(f"{name} huyện")
    return district if place and district and not province_by_name(place) else unit


def _read_list(text: str, folded: str, start: int) -> Iterator[Organ]:
    """Read a list whose head is said once: ``các Bộ: Công Thương, Nội vụ``, ``các sở Y tế, Tài chính``."""
    shared = SHARED_HEAD.match(folded, start)
    joiner: re.Match[str] | None = shared
    while shared and joiner:
        name = _bare_pattern().match(folded, joiner.end())
        if name is None or not text[name.start()].isupper():
            return
        unit = _units_by_name().get(f"{shared['head']} {name.group()}")
        if unit is None:
            return
        # Without a colon the head belongs to the first name: các Sở Y tế.
        first = joiner is shared and ":" not in shared.group()
        yield Organ(
            shared.start("head") if first else name.start(),
            name.end(),
            unit.name,
            unit.unit_id,
            unit.unit_type,
        )
        joiner = LIST_JOINER.match(folded, name.end())


def _link_collective(folded_name: str, unit: _Candidate | None) -> _Entry:
    """Link a collective by its members, whatever joins them; else by the known name it begins with."""
    known = link_collective(folded_name) or (unit.entry.unit if unit else None)
    return _Entry(folded_name, "collective", known, "collective")


def link_collective(folded_name: str) -> Unit | None:
    """Link a collective, folded by ``fold_name``, to the unit of the vocabulary with the same members.

    >>> link_collective("đơn vị").name, link_collective("sở, ban và ngành").name
    ('Các đơn vị', 'Các sở, ban, ngành')
    """
    return _collectives().get(_members(folded_name))


def _members(folded_name: str) -> tuple[str, ...]:
    words = re.split(r"[ ,;-]+", folded_name)
    return tuple(word for word in words if word not in ("các", "mọi", "và", "&", ""))


@cache
def _collectives() -> dict[tuple[str, ...], Unit]:
    return {
        _members(fold_name(name)): unit
        for unit, names in read_units()
        for name in names
        if unit.scope == "any"
    }


@cache
def _units_by_name() -> dict[str, Unit]:
    return {fold_name(name): unit for unit, names in read_units() for name in names}


@cache
def _bare_pattern() -> re.Pattern[str]:
    """Compile the pattern of ministries and departments named without ``Bộ`` and ``Sở``."""
    names = (
        name.split(" ", 1)[1]
        for name, unit in _units_by_name().items()
        if unit.unit_type in ("ministry", "department") and name.startswith(("sở ", "bộ "))
    )
    return re.compile(alternatives(names))


@cache
def _entries() -> tuple[_Entry, ...]:
    units = [
        _Entry(name, "unit", unit, unit.unit_type, unit.scope == "any")
        for unit, names in read_units()
        for name in names
    ]
    heads = [_Entry(head, "head", None, sort) for head, sort in read_parts("head").items()]
    decoys = [_Entry(decoy, "decoy", None, "", decoy.islower()) for decoy in read_parts("decoy")]
    collectives = [
        _Entry(words, "collective", None, "collective", any_case=True)
        for words in sorted(_collective_beginnings())
    ]
    return (*units, *heads, *decoys, *collectives)


def _collective_beginnings() -> set[str]:
    """The words by which a collective shows: ``các`` with a member, or two members joined."""
    core, pairs = read_parts("core"), list(permutations(read_parts("pair"), 2))
    members = (*core, *read_parts("member"), *read_parts("area"))
    led = {f"{lead} {member}" for lead in ("các", "mọi", "toàn thể") for member in members}
    joined = {f"{first}{joiner}{second}" for first, second in pairs for joiner in (", ", " và ")}
    return led | joined | {f"{first} {second}" for first, second in permutations(core, 2)}


@cache
def _finder() -> NameFinder:
    return NameFinder(entry.printed for entry in _entries())
