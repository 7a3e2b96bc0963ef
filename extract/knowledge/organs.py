"""Units of administration: their canonical names, keys and sorts, and the words that names are made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extract.knowledge.names import fold_name
from extract.knowledge.tables import VocabularyError, read_table, split_aliases

UNIT_TYPES = frozenset(
    {
        *("central_government", "ministry", "ministry_agency", "party_central", "party_province"),
        *("province_committee", "province_council", "department", "department_division", "province_agency"),
        *("district_committee", "commune_committee", "mass_organisation", "court_procuracy"),
        *("police_military", "media", "hospital", "health_centre", "school", "enterprise", "bank", "fund"),
        *("association", "collective", "other"),
    }
)
SCOPES = frozenset({"name", "any", "list"})
PARTS = frozenset(
    {
        *("head", "decoy", "title", "core", "member", "pair", "verbal", "modifier", "tail", "area"),
        *("topic", "boundary", "stop", "place"),
    }
)
# A name is spelled out or abbreviated in each of its parts: more than three such parts stand in no name.
MAX_ABBREVIATED_PARTS = 3
JOINING_WORDS = ((" và ", " & "), (" và ", " - "), (" - ", "-"))


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the vocabulary.

    ``scope`` says where its names count: ``name`` when they begin with a capital, ``any`` in any case
    (collectives), ``list`` only where a unit is expected (a cell, a heading). The dates bound the time in
    which the unit existed; empty is open.
    """

    unit_id: str
    name: str
    unit_type: str
    scope: str
    valid_from: str
    valid_to: str


@cache
def read_units() -> tuple[tuple[Unit, tuple[str, ...]], ...]:
    """Read every unit with its names: the canonical one, the aliases, and all of these abbreviated.

    Raises:
        VocabularyError: an unknown sort or scope, or a name that two units share.

    >>> unit, names = next(row for row in read_units() if row[0].unit_id == "so_giao_duc_va_dao_tao")
    >>> unit.name, "Sở GD&ĐT" in names
    ('Sở Giáo dục và Đào tạo', True)
    """
    rows = read_table("organs", key=("unit_id",), required=("name", "unit_type", "scope"))
    units = []
    for row in rows:
        if row["unit_type"] not in UNIT_TYPES or row["scope"] not in SCOPES:
            raise VocabularyError(f"organs.csv: {row['unit_id']}: unknown unit_type or scope")
        printed = (row["name"], *split_aliases(row["aliases"]))
        columns = ("unit_id", "name", "unit_type", "scope", "valid_from", "valid_to")
        units.append((Unit(*(row[column] for column in columns)), printed))
    _check_names(units)
    return tuple(
        (unit, tuple(dict.fromkeys(variant for name in names for variant in _spell(name))))
        for unit, names in units
    )


@cache
def read_parts(part: str) -> dict[str, str]:
    """Read the words of one sort that names are made of, each with the sort of unit it makes (or ``""``).

    ``part`` is ``head`` (``Chi cục``), ``decoy`` (``Hội nghị``), ``title`` (``Giám đốc``), ``core`` and
    ``member`` (of collectives: ``sở``, ``đơn vị``), ``pair`` (two of which make one), ``verbal``
    (``tổ chức``, which may be a verb), ``modifier``
    (``viễn thông``), ``tail`` (``liên quan``), ``area`` (``huyện``), ``topic`` (``Kế hoạch``),
    ``boundary`` (a word that begins something else), ``stop`` (a syllable that begins no second half) or
    ``place`` (a place whose name begins with that of a province: ``Điện Biên Phủ``).

    >>> read_parts("head")["Chi cục"]
    'department_division'
    """
    rows = read_table("organ_parts", key=("part", "text"))
    unknown = {row["part"] for row in rows} - PARTS
    if unknown or part not in PARTS:
        raise VocabularyError(f"organ_parts.csv: unknown part {', '.join(sorted(unknown)) or part}")
    return {row["text"]: row["unit_type"] for row in rows if row["part"] == part}


def _check_names(units: list[tuple[Unit, tuple[str, ...]]]) -> None:
    owners: dict[str, str] = {}
    for unit, names in units:
        for name in names:
            owner = owners.setdefault(fold_name(name), unit.unit_id)
            if owner != unit.unit_id:
                raise VocabularyError(f"organs.csv: {name} names both {owner} and {unit.unit_id}")


def _spell(name: str) -> list[str]:
    """Give a name as it is and with each of its parts abbreviated, the joining words spelled either way."""
    spellings = [name]
    for _ in range(MAX_ABBREVIATED_PARTS):
        spellings += [short for spelling in spellings for short in _abbreviate(spelling)]
        spellings = list(dict.fromkeys(spellings))
    joined = [spelling.replace(old, new) for spelling in spellings for old, new in JOINING_WORDS]
    return list(dict.fromkeys(spellings + joined))


def _abbreviate(name: str) -> list[str]:
    folded = fold_name(name)
    return [
        name[:start] + short + name[start + len(long) :]
        for long, short in _abbreviations()
        if (start := folded.find(long)) >= 0
    ]


@cache
def _abbreviations() -> tuple[tuple[str, str], ...]:
    rows = read_table("abbreviations", key=("short",), required=("long",))
    return tuple((fold_name(row["long"]), row["short"]) for row in rows if row["in_names"] == "yes")
