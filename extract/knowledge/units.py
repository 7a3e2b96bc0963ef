"""Units of measure, money and counted things: their names, their UCUM codes and their base units."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from typing import Literal, get_args

from extract.folding import fold_tones
from extract.knowledge.tables import VocabularyError, read_table, split_aliases
from extract.spans import Number

UnitKind = Literal["percent", "rate", "money", "measure", "count", "multiplier"]
UNIT_KINDS: frozenset[str] = frozenset(get_args(UnitKind))
POWER_OF_TEN = re.compile(r"10\*(\d{1,2})")
WORD_GAP = r"\s{1,2}"


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of ``units.csv``.

    ``kind`` is percent, rate (stands only beside a slash: ``trẻ đẻ sống``), money, measure, count or
    multiplier (``triệu``). ``factor`` multiplies a value into ``base_code``. ``group`` says what sort of
    thing is counted; a ratio of two counted things needs two groups: ``học sinh/lớp``, not ``xã/phường``.
    """

    name: str
    code: str
    base_code: str
    factor: Fraction
    kind: UnitKind
    group: str


def link_unit(name: str) -> Unit | None:
    """Give the unit of a printed name, whatever its case and the place of its tone mark.

    >>> link_unit("Xã").code, link_unit("bác sỹ").name, link_unit("vnđ").code
    ('{commune}', 'bác sĩ', 'VND')
    >>> link_unit("sở y tế") is None
    True
    """
    return _names().get(" ".join(fold_tones(name).split()))


def unit_names() -> frozenset[str]:
    """Give every printed name of a unit, folded by ``fold_tones``.

    >>> {"xã", "triệu", "%"} <= unit_names()
    True
    """
    return frozenset(_names())


def is_printed_unit(name: str) -> bool:
    """Say whether a name of one letter is printed in a case that the vocabulary has: ``5 g``, but not ``5G``.

    Longer names are units in any case.

    >>> is_printed_unit("g"), is_printed_unit("G"), is_printed_unit("V"), is_printed_unit("KG")
    (True, False, True, True)
    """
    return len(name) > 1 or name in _letters()


@cache
def unit_source(*kinds: UnitKind) -> str:
    """Give the source of a pattern that matches the longest name of a unit of these kinds.

    The pattern is for text folded by ``fold_tones``. A name does not match inside a longer word, nor
    before a word that makes another word of it (column ``not_before``: ``ban`` in ``ban hành``).

    >>> re.compile(unit_source("count")).match("tổ chức khác").group()
    'tổ chức'
    >>> re.compile(unit_source("count")).match("ban hành") is None
    True
    """
    ends: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in _rows():
        if row["kind"] in kinds:
            for name in _row_names(row):
                word, _, rest = name.partition(" ")
                ends[word][name] = _name_end(name, rest, split_aliases(fold_tones(row["not_before"])))
    words: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(ends, key=len, reverse=True):
        longest_first = sorted(ends[word], key=len, reverse=True)
        words[word[0]].append(_either(re.escape(word[1:]), [ends[word][name] for name in longest_first]))
    return _either("", [_either(re.escape(letter), group) for letter, group in words.items()])


def to_base(value: Number, unit_code: str) -> tuple[Number, str] | None:
    """Convert a value to the base unit of its code; None when the vocabulary does not know the code.

    Ratios are composed of their parts. ``10*5`` before a part of the denominator (UCUM for 100,000) goes
    into the value, so a rate per 100,000 and a rate per 1,000 become comparable per one. Year and month have
    the base unit ``a``, everything from a second to a week ``d``: a month is no fixed number of days.
    An annotation (``{case}``) is its own base unit; money keeps its currency.

    Args:
        value: number counted in ``unit_code``.
        unit_code: UCUM code with ``/`` between the parts of a ratio, or ISO 4217 currency.

    Returns:
        The value in the base unit (an int when whole) and the code of the base unit.

    >>> to_base(1.5, "[ppth]"), to_base(2, "har"), to_base(6, "mo")
    ((0.15, '%'), (20000, 'm2'), (0.5, 'a'))
    >>> to_base(4, "/10*5{live_birth}"), to_base(2, "{time}/mo")
    ((4e-05, '/{live_birth}'), (24, '{time}/a'))
    >>> to_base(1.5, "10*6.t"), to_base(3, "10*3{turn}")
    ((1500000000, 'kg'), (3000, '{turn}'))
    >>> to_base(4, "parsec") is None
    True
    """
    scale = _base_of(unit_code)
    if scale is None:
        return None
    factor, base_code = scale
    return whole_or_float(Fraction(str(value)) * factor), base_code


@lru_cache(maxsize=1024)
def _base_of(unit_code: str) -> tuple[Fraction, str] | None:
    if not unit_code:
        return None
    parts = [unit_code] if unit_code in _codes() else unit_code.split("/")
    factor, bases = Fraction(1), []
    for index, part in enumerate(parts):
        power = POWER_OF_TEN.match(part)
        name = part[power.end() :].removeprefix(".") if power else part
        unit = _codes().get(name)
        if name and unit is None:
            return None
        size = 10 ** int(power[1]) if power else 1
        size *= unit.factor if unit else 1
        factor = factor / size if index else factor * size
        bases.append(unit.base_code if unit else "")
    if not any(bases):
        return None
    return factor, "/".join(bases)


def whole_or_float(value: Fraction) -> Number:
    """Give an exact value as an int when it is whole, else as the nearest float.

    >>> whole_or_float(Fraction(29)), whole_or_float(Fraction("86.1"))
    (29, 86.1)
    """
    return value.numerator if value.denominator == 1 else float(value)


@cache
def _rows() -> tuple[dict[str, str], ...]:
    rows = read_table(
        "units", key=("unit",), required=("unit_code", "base_unit_code", "factor", "kind", "english")
    )
    for row in rows:
        if row["kind"] not in UNIT_KINDS:
            raise VocabularyError(f"units.csv: {row['unit']}: there is no kind {row['kind']}")
    return tuple(rows)


def _row_names(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(fold_tones(name) for name in (row["unit"], *split_aliases(row["aliases"])))


@cache
def _names() -> dict[str, Unit]:
    names: dict[str, Unit] = {}
    for row in _rows():
        unit = Unit(
            row["unit"],
            row["unit_code"],
            row["base_unit_code"],
            Fraction(row["factor"]),
            row["kind"],  # type: ignore[arg-type]  # checked by _rows
            row["group"],
        )
        for name in dict.fromkeys(_row_names(row)):
            if name in names:
                raise VocabularyError(f"units.csv: {name} names both {names[name].name} and {unit.name}")
            names[name] = unit
    return names


@cache
def _letters() -> frozenset[str]:
    printed = (name for row in _rows() for name in (row["unit"], *split_aliases(row["aliases"])))
    return frozenset(name for name in printed if len(name) == 1)


@cache
def _codes() -> dict[str, Unit]:
    return {unit.code: unit for unit in _names().values() if unit.kind != "multiplier"}


def _either(start: str, ends: list[str]) -> str:
    """Join what may follow a beginning: names share letter and word, so that most fail at once."""
    return start + (ends[0] if len(ends) == 1 else f"(?:{'|'.join(ends)})")


def _name_end(name: str, rest: str, not_before: tuple[str, ...]) -> str:
    source = "".join(WORD_GAP + re.escape(word) for word in rest.split())
    if name[-1].isalnum():
        source += r"(?!\w)"
    for word in not_before:
        gap = "" if word.startswith(",") else r"\s{0,2}"
        source += rf"(?!{gap}{re.escape(word)}(?!\w))"
    return source
