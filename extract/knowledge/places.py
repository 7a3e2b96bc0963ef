"""Districts until 30 June 2025 and communes since then, by which a document tells its province.

A name that several provinces have (``huyện Châu Thành``, ``xã Hòa Bình``) tells nothing. The names are those
of the General Statistics Office.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from extract.knowledge.names import NameFinder, fold_name
from extract.knowledge.provinces import Province, province_as_of
from extract.knowledge.tables import VocabularyError, read_table, split_aliases

LEVELS = ("đặc khu", "huyện", "phường", "quận", "thành phố", "thị xã", "xã")
SHORT_LEVELS = {"thành phố": ("tp.", "tp"), "thị xã": ("tx.", "tx")}
DISTRICT, COMMUNE = "district", "commune"
KNOWN_ON = {DISTRICT: "2025-06-30", COMMUNE: "2025-07-01"}
"""A day on which the table's codes hold: the last of the districts, the first of the communes."""

Codes = dict[str, frozenset[str]]


def find_place(text: str, day: date | str | None = None) -> Province | None:
    """Find the province of the first district or commune that a text names with its level.

    Args:
        text: NFC text such as an issuer's line or a headline.
        day: as for `extract.knowledge.provinces.find_province`; communes count from July 2025 on: before,
            others had their names.

    Returns:
        The province on that day; None where none is named, or several provinces have such a place.

    >>> find_place("TRUNG TÂM Y TẾ HUYỆN MÊ LINH", "2018").name, find_place("UBND phường Giảng Võ").name
    ('Hà Nội', 'Hà Nội')
    >>> find_place("UBND huyện Châu Thành", "2018") is None
    True
    """
    names, finder = _full_name_finder()
    found = sorted((start, -end, index) for index, start, end in finder.find(fold_name(text)))
    for _, _, index in found:
        level, name = names[index]
        if level in _levels_on(day) and (province := _only_province(level, _full_names(level)[name], day)):
            return province
    return None


def province_of_place(name: str, day: date | str | None = None) -> Province | None:
    """Give the province of the district or commune that is called so, with or without its level.

    >>> province_of_place("Mê Linh", "2018").name, province_of_place("Tân Phú", "2018") is None
    ('Hà Nội', True)
    """
    folded = fold_name(" ".join(name.split()))
    for level in _levels_on(day):
        codes = _bare_names(level).get(folded) or _full_names(level).get(folded)
        if codes:
            return _only_province(level, codes, day)
    return None


def _levels_on(day: date | str | None) -> tuple[str, ...]:
    """Give the levels whose names are in use, those that are rather meant first; without a day the older."""
    if day is None:
        return (DISTRICT, COMMUNE)
    on = day.isoformat() if isinstance(day, date) else day
    return (DISTRICT,) if on < KNOWN_ON[COMMUNE][: len(on)] else (COMMUNE, DISTRICT)


def _only_province(level: str, codes: frozenset[str], day: date | str | None) -> Province | None:
    return province_as_of(next(iter(codes)), KNOWN_ON[level], day) if len(codes) == 1 else None


@cache
def _full_names(level: str) -> Codes:
    """The folded names with their level, and the provinces that have such a place."""
    codes: dict[str, set[str]] = {}
    for row in read_table("places", key=("level", "province_code"), required=("names",)):
        for name in split_aliases(row["names"]):
            if row["level"] not in KNOWN_ON or not name.startswith(LEVELS):
                raise VocabularyError(
                    f"places.csv: {row['level']} {row['province_code']}: {name} has no level"
                )
            if row["level"] == level:
                codes.setdefault(fold_name(name), set()).add(row["province_code"])
    return {name: frozenset(found) for name, found in codes.items()}


@cache
def _bare_names(level: str) -> Codes:
    """The folded names without their level: several places of one name may lie in several provinces."""
    codes: dict[str, set[str]] = {}
    for name, found in _full_names(level).items():
        codes.setdefault(name.removeprefix(_level_of(name)).strip(), set()).update(found)
    return {name: frozenset(found) for name, found in codes.items()}


@cache
def _full_name_finder() -> tuple[tuple[tuple[str, str], ...], NameFinder]:
    """The finder of names with their level, also shortened, and the level and name that each stands for."""
    names, printed = [], []
    for level in KNOWN_ON:
        for name in _full_names(level):
            kind = _level_of(name)
            for words in (kind, *SHORT_LEVELS.get(kind, ())):
                names.append((level, name))
                printed.append(words + name[len(kind) :])
    return tuple(names), NameFinder(printed)


def _level_of(name: str) -> str:
    return next(level for level in LEVELS if name.startswith(level))
