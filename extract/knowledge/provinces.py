"""Provinces and cities under the central government, as of a day: 63 until 30 June 2025, 34 from then on.

Codes are those of the General Statistics Office. Seven of them name another province since the merger
(15, 24, 44, 52, 80, 82, 91), so a code means nothing without a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from extract.knowledge.names import NameFinder, fold_name
from extract.knowledge.tables import VocabularyError, read_table, split_aliases

OPEN_END = "9999-12-31"
PREFIX = re.compile(r"(?:tỉnh|thành phố|thủ đô|tp\.?) ?$")
SMALLER_PLACE = re.compile(r"(?:huyện|quận|thị xã|thị trấn|xã|phường|đường|phố|thôn|khu phố|chợ|sông|cầu) $")
WORD_BEFORE_CHARACTERS = 12


@dataclass(frozen=True, slots=True)
class Province:
    """A province on some day: its code and name then, and those it has since July 2025."""

    code: str
    name: str
    full_name: str
    code_2025: str
    name_2025: str


@dataclass(frozen=True, slots=True)
class _Row:
    province: Province
    names: tuple[str, ...]
    decoys: tuple[str, ...]
    prefix_needed: bool
    valid_from: str
    valid_to: str


def find_province(text: str, day: date | str | None = None) -> Province | None:
    """Find the province that a text names, as of a day.

    Args:
        text: NFC text such as an issuer's line, a title or an organ's name.
        day: the date, or ISO 8601 text (``2024-12-31``, ``2024-12``, ``2024``; a month or a year counts as
            its first day); None for the provinces since the last change.

    Returns:
        The first province named with ``tỉnh`` or ``thành phố`` before it, else the first one named; None when
        none is. A name that was no longer valid on that day gives the province it went into.

    >>> find_province("UBND TỈNH LÀO CAI", "2024-05-01").code, find_province("UBND tỉnh Lào Cai", "2026").code
    ('10', '15')
    >>> find_province("Vì hòa bình") is None
    True
    """
    folded = fold_name(text)
    first: _Row | None = None
    for start, end, index in _leftmost_longest(folded):
        row = _names()[index][1]
        if row is None or not _starts_capital(text, start, end):
            continue
        before = folded[max(0, start - WORD_BEFORE_CHARACTERS) : start]
        if PREFIX.search(before):
            return _as_of(row, day)
        if row.prefix_needed and fold_name(row.province.name) == folded[start:end]:
            continue
        if first is None and not SMALLER_PLACE.search(before):
            first = row
    return _as_of(first, day) if first else None


def province_by_code(code: str, day: date | str | None = None) -> Province | None:
    """Give the province that a code of the General Statistics Office names on a day (None: now).

    >>> province_by_code("15", "2025-06-30").name, province_by_code("15", "2025-07-01").name
    ('Yên Bái', 'Lào Cai')
    """
    wanted = _iso_day(day)
    rows = (row for row in _read_rows() if row.province.code == code)
    return next((row.province for row in rows if _is_valid(row, wanted)), None)


def province_as_of(code: str, known: str, day: date | str | None = None) -> Province | None:
    """Give the province, as of ``day``, that a code named on the day ``known``.

    >>> province_as_of("15", "2025-06-30", "2026").name, province_as_of("15", "2025-06-30", "2024").name
    ('Lào Cai', 'Yên Bái')
    """
    row = next((row for row in _read_rows() if row.province.code == code and _is_valid(row, known)), None)
    return _as_of(row, day) if row else None


def province_by_name(name: str, day: date | str | None = None) -> Province | None:
    """Give the province whose whole name, or one of its other names, is ``name``; None when there is none.

    >>> province_by_name("Hoà Bình", "2024").code, province_by_name("Hòa Bình", "2026").name
    ('17', 'Phú Thọ')
    """
    row = _rows_by_name().get(fold_name(name))
    return _as_of(row, day) if row else None


@cache
def province_names() -> tuple[str, ...]:
    """Give every name of every province, old and new, as printed.

    >>> "TP.HCM" in province_names()
    True
    """
    return tuple(dict.fromkeys(name for row in _read_rows() for name in row.names))


def _as_of(row: _Row, day: date | str | None) -> Province | None:
    wanted = _iso_day(day)
    same = [other for other in _read_rows() if other.province.name == row.province.name] + [row]
    for other in same:
        if _is_valid(other, wanted):
            return other.province
    return province_by_code(row.province.code_2025, day) if wanted > row.valid_to else row.province


def _is_valid(row: _Row, day: str) -> bool:
    return row.valid_from <= day <= row.valid_to


def _iso_day(day: date | str | None) -> str:
    if day is None:  # not the day of the run: the same text gives the same rows on any day
        return OPEN_END
    text = day.isoformat() if isinstance(day, date) else day
    return text + "-01-01"[len(text) - 4 :] if len(text) < len(OPEN_END) else text


def _starts_capital(text: str, start: int, end: int) -> bool:
    return all(word[0].isupper() for word in re.split(r"[\W_]+", text[start:end]) if word)


def _leftmost_longest(folded: str) -> list[tuple[int, int, int]]:
    found = sorted(
        ((start, end, index) for index, start, end in _finder().find(folded)),
        key=lambda match: (match[0], -match[1]),
    )
    kept: list[tuple[int, int, int]] = []
    for match in found:
        if not kept or match[0] >= kept[-1][1]:
            kept.append(match)
    return kept


@cache
def _read_rows() -> tuple[_Row, ...]:
    table = read_table(
        "provinces",
        key=("code", "valid_from"),
        required=("name", "full_name", "code_2025", "name_2025"),
    )
    rows = []
    for row in table:
        if row["valid_to"] and row["valid_from"] > row["valid_to"]:
            raise VocabularyError(f"provinces.csv: {row['code']}: valid_from is after valid_to")
        columns = ("code", "name", "full_name", "code_2025", "name_2025")
        rows.append(
            _Row(
                Province(*(row[column] for column in columns)),
                (row["name"], *split_aliases(row["aliases"])),
                split_aliases(row["decoys"]),
                row["prefix_needed"] == "yes",
                row["valid_from"],
                row["valid_to"] or OPEN_END,
            )
        )
    return tuple(rows)


@cache
def _rows_by_name() -> dict[str, _Row]:
    """The first row of each name: later rows say what became of it, and ``_as_of`` finds them."""
    rows: dict[str, _Row] = {}
    for row in _read_rows():
        for name in row.names:
            rows.setdefault(fold_name(name), row)
    return rows


@cache
def _names() -> tuple[tuple[str, _Row | None], ...]:
    """Every name with its row, and the decoys, longer names that mean no province, with none."""
    decoys = {fold_name(decoy): None for row in _read_rows() for decoy in row.decoys}
    return (*_rows_by_name().items(), *decoys.items())


@cache
def _finder() -> NameFinder:
    return NameFinder(name for name, _ in _names())
