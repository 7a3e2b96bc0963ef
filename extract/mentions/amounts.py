"""What stands right behind a number: a multiplier and a unit, ratios of units included."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Literal

from extract.knowledge.units import Unit, is_printed_unit, link_unit, unit_names, unit_source
from extract.mentions.numbers import SHORT_SCALES, find_scale, parse_digits

QuantityKind = Literal["percent", "rate", "money", "measure", "count", "fraction", "plain"]

GAP = r"(?:[ \u00a0]{0,2}|[ \u00a0]?\n)"
# Contracts and laws repeat the number in words: 05 (năm) bộ.
SPELLED_OUT = re.compile(r"[ \u00a0]?\([^()\d\n]{2,40}\)")
RATIO_BASE = (
    r"(?P<base>(?:0?1|một) (?:vạn|nghìn|ngàn|triệu)|vạn|nghìn|ngàn|triệu"
    r"|10{0,2}(?:[. \u00a0]000){1,2}|10{0,6}|01)(?!\d)"
)
PER_ONE = re.compile(r"/0?1 (?=[^\W\d])")
"""``lần/01 năm`` is ``lần/năm``."""
BASE_WORDS = {"nghìn": 3, "ngàn": 3, "vạn": 4, "triệu": 6}
MIN_BARE_POWER = 3
BARE_MILLIONS_ARE_MONEY = re.compile(
    r"\s{0,2}(?:$|[^\w\s%‰/]|/|(?:từ|cho|để|vào|so|và|là|trong|do|mỗi|đối|hoặc|đến|tới|trở|năm|tại|theo)(?!\w))"
)
MIN_BARE_MONEY, MIN_SURE_BARE_MONEY = 10**6, 10**9
MONTHS = 12
YEAR = re.compile(r"(?:19|20)\d\d")
COUNTED_FRACTION = re.compile(r"/(?P<bottom>\d{1,3}(?:\.\d{3}){1,2}|\d{1,6})(?![\d/]|[.,-]\d)")
COUNTING_GROUPS = frozenset({"person", "household"})
FIRST_WORD = re.compile(r"[^\W\d_]+")
NEXT_WORD = re.compile(r"[\s\u00a0]{0,3}(?:(?P<word>[^\W\d_]+)|[^\w\s.,;:)\]!?\"”’])")
"""What follows a number: a word, or a sign that is no mere punctuation."""
RANGE_WORDS = frozenset({"đến", "tới"})
OCCASION = "lần"
"""``6 tháng/lần`` is an interval at which something returns, no ratio."""


@dataclass(frozen=True, slots=True)
class PrintedUnit:
    """A unit in a text: where it ends, as printed, its UCUM code and its kind."""

    end: int
    unit: str
    code: str
    kind: QuantityKind


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what stands behind it: its value with the multiplier resolved, and the unit."""

    value: Fraction
    factor: Fraction
    number_end: int
    unit: PrintedUnit


def may_have_unit(folded: str, number_end: int) -> bool:
    """Tell whether a unit, a multiplier or the second number of a range may follow a number.

    Most numbers of a document are of dates, codes and lists; one look at the next word spares them the rest.

    >>> may_have_unit("95 % dân số", 2), may_have_unit("Điều 5 của", 6)
    (True, False)
    """
    following = NEXT_WORD.match(folded, number_end)
    if following is None:
        return False
    return following["word"] is None or following["word"] in _first_words()


@cache
def _first_words() -> frozenset[str]:
    words = (FIRST_WORD.match(name) for name in unit_names())
    return frozenset({match[0] for match in words if match} | RANGE_WORDS | set(SHORT_SCALES) | {"trđ"})


def find_amount(text: str, folded: str, number_end: int, value: Fraction) -> Amount | None:
    """Read the multiplier and the unit behind a number.

    The multiplier goes into the value of money; of anything else it is part of the unit (``triệu lượt``, code
    ``10*6{turn}``), as it is printed.

    Args:
        text: the text as printed.
        folded: the same text after ``fold_tones``.
        number_end: where its digits end.
        value: the number itself.

    Returns:
        The amount, or None when no unit follows. Millions and more without a unit are money.

    >>> amount = find_amount("14.180 triệu đồng", "14.180 triệu đồng", 6, Fraction(14180))
    >>> int(amount.value), amount.unit.unit
    (14180000000, 'đồng')
    """
    position = number_end
    spelled = SPELLED_OUT.match(folded, position)
    if spelled:
        position = spelled.end()
    scale = find_scale(folded, position)
    if scale is None and folded[position : position + 1] in ("k", "t"):
        scale = find_scale(folded, position, short=True)
        if scale and not _money_pattern().match(folded, scale.end):
            scale = None
    if scale is None:
        unit = find_unit(text, folded, position)
        return Amount(value, Fraction(1), number_end, unit) if unit else None
    unit = find_unit(text, folded, scale.end) or _bare_money(text, folded, scale.end, scale.factor)
    if unit is None:
        return None
    words = text[position : scale.end]
    if unit.kind != "money" and not scale.addition and "".join(words.split()).isalpha():
        return Amount(value, Fraction(1), number_end, scaled_unit(unit, words, scale.factor))
    return Amount(scale.apply(value), scale.factor, number_end, unit)


def scaled_unit(unit: PrintedUnit, printed: str, factor: Fraction) -> PrintedUnit:
    """Give a power of ten of a unit as a unit of its own: ``nghìn tấn``, ``1.000 tấn``.

    Takes the unit, the power as printed and its value; UCUM writes the power before the code.

    >>> unit = scaled_unit(PrintedUnit(8, "tấn", "t", "measure"), "nghìn", Fraction(1000))
    >>> unit.unit, unit.code
    ('nghìn tấn', '10*3.t')
    """
    power = f"10*{len(str(factor)) - 1}"
    code = unit.code and power + ("" if unit.code.startswith("{") else ".") + unit.code
    return PrintedUnit(unit.end, f"{' '.join(printed.lower().split())} {unit.unit}", code, unit.kind)


def find_fraction(text: str, folded: str, number_end: int, value: Fraction) -> Amount | None:
    """Read ``9/9 huyện`` (nine of nine: the value is 9) or ``1/2 kg`` (half a kilogram).

    Takes the end and the value of the number before the slash; gives None when a date, a rate or a number of
    a document follows.

    >>> find_fraction("9/9 huyện", "9/9 huyện", 1, Fraction(9)).unit.kind
    'fraction'
    >>> float(find_fraction("1/2 kg", "1/2 kg", 1, Fraction(1)).value)
    0.5
    """
    match = COUNTED_FRACTION.match(folded, number_end)
    if match is None or value.denominator != 1:
        return None
    if value <= MONTHS and YEAR.fullmatch(match["bottom"]):
        return None
    bottom = parse_digits(match["bottom"])
    unit = find_unit(text, folded, match.end())
    if unit is None or bottom == 0 or unit.kind in ("percent", "rate"):
        return None
    if unit.kind in ("measure", "money"):
        return Amount(value / bottom, Fraction(1), match.end(), unit)
    if value > bottom:
        return None
    return Amount(value, Fraction(1), match.end(), PrintedUnit(unit.end, unit.unit, unit.code, "fraction"))


def find_unit(text: str, folded: str, position: int) -> PrintedUnit | None:
    """Read the unit that begins at a position, blanks before it allowed; the longest name wins.

    A line may end before the unit, as in a narrow cell, unless the next line begins with a capital.

    >>> find_unit("2 lần/năm", "2 lần/năm", 1).code
    '{time}/a'
    >>> find_unit("4/100.000 trẻ đẻ sống", "4/100.000 trẻ đẻ sống", 1).code
    '/10*5{live_birth}'
    """
    head = _name_pattern().match(folded, position)
    if head is None:
        return _with_denominators(text, folded, position, position, None)
    found = _with_denominators(text, folded, head.start("name"), head.end(), link_unit(head["name"]))
    if found is None:
        head = _standalone_pattern().match(folded, position)
        if head is None:
            return None
        found = _with_denominators(text, folded, head.start("name"), head.end(), link_unit(head["name"]))
    printed = text[head.start("name") : head.end()]
    on_next_line = "\n" in text[position : head.start("name")]
    if not is_printed_unit(printed) or (on_next_line and printed[:1].isupper()):
        return None
    return found


def _with_denominators(
    text: str, folded: str, start: int, end: int, numerator: Unit | None
) -> PrintedUnit | None:
    code, unit_end = numerator.code if numerator else "", end
    for _ in range(3):
        tail = _denominator_pattern().match(folded, unit_end)
        if tail is None:
            break
        denominator = link_unit(tail["name"])
        power = _power(tail["base"])
        if denominator is None or not _is_ratio(numerator, tail["sign"], power, denominator):
            break
        code += "/" + (f"10*{power}" if power else "") + denominator.code
        unit_end = tail.end()
    if unit_end == end:
        if numerator is None or numerator.kind == "rate" or numerator.kind == "multiplier":
            return None
        return PrintedUnit(end, _printed(text, start, end, end, numerator), numerator.code, numerator.kind)
    kind: QuantityKind = "rate"
    if numerator and numerator.kind in ("money", "percent"):
        kind = "money" if numerator.kind == "money" else "percent"
    return PrintedUnit(unit_end, _printed(text, start, end, unit_end, numerator), code, kind)


def _is_ratio(numerator: Unit | None, sign: str, power: int | None, denominator: Unit) -> bool:
    """Tell a ratio (``lần/năm``) from a choice between two words (``xã/phường``)."""
    if numerator is None or sign.strip() != "/":
        if power is None or denominator.kind not in ("count", "rate"):
            return False
        return power >= MIN_BARE_POWER or (denominator.kind == "rate" and power > 0)
    if power is not None or denominator.kind == "measure" or numerator.kind in ("money", "percent"):
        return True
    if numerator.kind == "measure" and denominator.name != OCCASION:
        return True
    if not denominator.group or denominator.group == numerator.group:
        return False
    return numerator.group in ("", "person") or denominator.group in COUNTING_GROUPS


def _power(base: str | None) -> int | None:
    if base is None:
        return None
    word = base.split()[-1]
    return BASE_WORDS[word] if word in BASE_WORDS else base.count("0", 1)


def _printed(text: str, start: int, head_end: int, end: int, numerator: Unit | None) -> str:
    """Give the unit as printed in lower case; money and per cent, which have many signs, by one name."""
    head = text[start:head_end]
    if numerator and numerator.kind in ("money", "percent"):
        head = numerator.name
    printed = " ".join((head + text[head_end:end]).lower().split())
    return PER_ONE.sub("/", printed.replace(" /", "/").replace("/ ", "/"))


def _bare_money(text: str, folded: str, position: int, factor: Fraction) -> PrintedUnit | None:
    if factor < MIN_BARE_MONEY:
        return None
    if factor < MIN_SURE_BARE_MONEY and not BARE_MILLIONS_ARE_MONEY.match(folded, position):
        return None
    return _with_denominators(text, folded, position, position, link_unit("đồng"))


@cache
def _name_pattern() -> re.Pattern[str]:
    return re.compile(GAP + f"(?P<name>{unit_source('percent', 'rate', 'money', 'measure', 'count')})")


@cache
def _standalone_pattern() -> re.Pattern[str]:
    return re.compile(GAP + f"(?P<name>{unit_source('percent', 'money', 'measure', 'count')})")


@cache
def _money_pattern() -> re.Pattern[str]:
    return re.compile(GAP + unit_source("money"))


@cache
def _denominator_pattern() -> re.Pattern[str]:
    names = unit_source("rate", "measure", "count")
    return re.compile(
        rf"(?P<sign>[ \u00a0]?/[ \u00a0]?|[ \u00a0]trên )(?:{RATIO_BASE}[ \u00a0]?)?(?P<name>{names})"
    )
