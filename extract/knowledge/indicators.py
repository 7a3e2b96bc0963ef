"""Reads the vocabulary of indicators: what plans measure, under which names and in which unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.knowledge.tables import VocabularyError, read_table, split_aliases
from extract.knowledge.wording import comparison_key, normalize_name

DIRECTIONS = frozenset({"higher", "lower", "neutral"})
CODE = re.compile(r"[a-z][a-z0-9]*+(?:_[a-z0-9]++)*+")


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    """An indicator of the vocabulary: a row of ``indicators.csv``.

    ``unit`` is the usual unit as printed, ``base_unit_code`` the UCUM code (ISO 4217 for money) that values
    are compared in, ``direction`` what counts as better, ``official_code`` its code in ``official_scheme``
    when it has one.
    """

    code: str
    name: str
    english: str
    aliases: tuple[str, ...]
    unit: str
    base_unit_code: str
    direction: str
    group: str
    official_scheme: str
    official_code: str
    source: str


@cache
def read_indicators() -> tuple[IndicatorEntry, ...]:
    """Read the vocabulary of indicators, in the order of the file.

    Raises:
        VocabularyError: a code that repeats or is no ``snake_case``, an unknown direction, an official code
            without its scheme or the reverse, or a wording that belongs to two indicators.

    >>> [entry.base_unit_code for entry in read_indicators() if entry.code == "life_expectancy"]
    ['a']
    """
    rows = read_table(
        "indicators", key=("code",), required=("name", "english", "unit", "base_unit_code", "group", "source")
    )
    entries = tuple(_build_entry(row) for row in rows)
    index_wordings(entries)
    return entries


def index_wordings(entries: tuple[IndicatorEntry, ...]) -> dict[str, IndicatorEntry]:
    """Give the indicator of each wording, keyed by ``comparison_key``.

    Raises:
        VocabularyError: a wording that belongs to two indicators, or that consists of fillers only.

    >>> index_wordings(read_indicators())[comparison_key("hộ nghèo tỷ lệ")].code
    'poverty_rate'
    """
    index: dict[str, IndicatorEntry] = {}
    for entry in entries:
        for wording in (entry.name, *entry.aliases):
            key = comparison_key(normalize_name(wording))
            other = index.setdefault(key, entry)
            if not key or other.code != entry.code:
                raise VocabularyError(
                    f"indicators.csv: {wording!r} of {entry.code} also names {other.code or 'nothing'}"
                )
    return index


def _build_entry(row: dict[str, str]) -> IndicatorEntry:
    code = row["code"]
    if not CODE.fullmatch(code):
        raise VocabularyError(f"indicators.csv: {code!r} is no snake_case code")
    if row["direction"] not in DIRECTIONS:
        raise VocabularyError(f"indicators.csv: {code}: direction {row['direction']!r}")
    if bool(row["official_scheme"]) != bool(row["official_code"]):
        raise VocabularyError(f"indicators.csv: {code}: official_scheme and official_code go together")
    return IndicatorEntry(
        aliases=split_aliases(row["aliases"]), **{k: v for k, v in row.items() if k != "aliases"}
    )
