"""Numbers as Vietnamese documents print them: a point parts thousands, a comma parts decimals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache

from extract.folding import fold_tones
from extract.knowledge.units import link_unit, unit_source, whole_or_float
from extract.spans import Comparator, Number

# Every repeat is bounded or possessive, so that a line of nothing but digits and points stays linear.
DIGITS = (
    r"(?:"
    r"\d{1,3}(?:\.\d{3}){1,6}+(?:,\d{1,9}+)?+"  # 1.234.567,8
    r"|\d{1,3}(?:[ \u00a0]\d{3}(?!\d)){1,6}+(?:,\d{1,9}+)?+"  # 1 250 000
    r"|\d{1,3}(?:,\d{3}){2,6}+"  # 4,500,000: two commas cannot both part decimals
    r"|\d{1,18}+(?:[.,]\d{1,15}+)?+"  # 86,1 and 6.45
    r")(?![.,]?\d)"
)
GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
# Not inside a word, a path, an escaped address, another number or a symbol such as COVID-19.
NUMBER = re.compile(rf"(?<![\w/%#=@&$€£])(?<!\d[.,])(?<!\w[-–])(?<!\d:){DIGITS}")
NUMBER_WORD = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"
NUMBER_WORDS = {word: value for value, word in enumerate(NUMBER_WORD.split("|"), 1)}

LEAST = (
    r"tối thiểu|ít nhất|chí ít|không dưới|không thấp hơn|không ít hơn|không kém hơn|không nhỏ hơn"
    r"|lớn hơn hoặc bằng|bằng hoặc lớn hơn|đạt (?:và|hoặc) vượt(?: mức)?|bằng hoặc vượt|≥|>="
)
MOST = (
    r"không vượt quá|không quá|không vượt|không lớn hơn|không cao hơn|không nhiều hơn|không hơn|không trên"
    r"|tối đa|nhiều nhất|nhỏ hơn hoặc bằng|≤|<="
)
MORE = r"vượt mức|vượt quá|vượt trên|vượt|trên|cao hơn|lớn hơn|nhiều hơn|hơn|quá|>"
LESS = r"thấp hơn|nhỏ hơn|ít hơn|dưới|chưa đến|chưa đầy|chưa tới|chưa quá|<"
ABOUT = r"khoảng chừng|ước khoảng|ước tính|ước(?!\s{1,2}(?:đạt|có)\b)|khoảng|gần|xấp xỉ|chừng|~|≈"
"""What is ``ước đạt`` is a result not yet booked, but told in full."""
COMPARATORS: tuple[tuple[str, Comparator, str], ...] = (
    ("least", ">=", LEAST),
    ("most", "<=", MOST),
    ("more", ">", MORE),
    ("less", "<", LESS),
    ("about", "~", ABOUT),
)
COMPARATOR = "|".join(f"(?P<{name}>{words})" for name, _, words in COMPARATORS)
CELL = re.compile(
    rf"\s*+(?:(?:{COMPARATOR})\s*+)?+(?P<sign>[-–−])?+(?:(?P<whole>\d{{1,9}}) (?=\d{{1,9}}/\d))?"
    rf"(?P<number>{DIGITS})(?:/(?P<bottom>\d{{1,9}}))?"
)
PERCENT_SIGN = re.compile(r"\s?[%‰]")


@lru_cache(maxsize=1 << 14)
def parse_digits(digits: str) -> Fraction:
    """Give the exact value of digits with their separators.

    A point followed by exactly three digits parts thousands unless the number begins with 0; any other
    point parts decimals, as a single comma always does.

    >>> [float(parse_digits(text)) for text in ("86,1", "73.066", "2.500,75", "6.45", "0.125", "12,345")]
    [86.1, 73066.0, 2500.75, 6.45, 0.125, 12.345]
    >>> int(parse_digits("1 250 000")), int(parse_digits("4,500,000")), int(parse_digits("01"))
    (1250000, 4500000, 1)
    """
    plain = digits.replace(" ", "").replace("\u00a0", "")
    if GROUPED.fullmatch(plain):
        plain = plain.replace(".", "")
    if plain.count(",") > 1:
        plain = plain.replace(",", "")
    return Fraction(plain.replace(",", "."))


def parse_number(text: str) -> Number | None:
    """Give the number that a whole table cell holds.

    A comparator before it and a percent sign behind it are allowed, and so are a multiplier (``1,5 triệu``,
    ``1tr5``), a sign and a fraction. None for anything else: words, a dash, a range (which is two numbers;
    see ``parse_quantity_cell``).

    >>> parse_number("86,1"), parse_number("4.500.000"), parse_number("< 20"), parse_number("≥ 95%")
    (86.1, 4500000, 20, 95)
    >>> parse_number("-0,5"), parse_number("1tr5"), parse_number("3/4"), parse_number("5 1/2")
    (-0.5, 1500000, 0.75, 5.5)
    >>> [parse_number(cell) for cell in ("-", "x", "…", "", "15-20", "20 xã")]
    [None, None, None, None, None, None]
    """
    folded = fold_tones(text).strip()
    match = CELL.match(folded)
    if match is None:
        return None
    value, end = parse_digits(match["number"]), match.end()
    if match["bottom"]:
        if not int(match["bottom"]):
            return None
        value = value / int(match["bottom"]) + int(match["whole"] or 0)
    elif match["whole"]:
        return None
    scale = find_scale(folded, end, short=True)
    if scale:
        value, end = scale.apply(value), scale.end
    percent = PERCENT_SIGN.match(folded, end)
    if (percent.end() if percent else end) != len(folded):
        return None
    return whole_or_float(-value if match["sign"] else value)


def comparator_of(match: re.Match[str]) -> Comparator:
    """Give the comparator that a match of a pattern built on ``COMPARATOR`` found; ``=`` for none.

    >>> comparator_of(re.match(COMPARATOR, "không quá")), comparator_of(re.match(f"(?:{COMPARATOR})?", "95"))
    ('<=', '=')
    """
    return next((comparator for name, comparator, _ in COMPARATORS if match[name]), "=")


@dataclass(frozen=True, slots=True)
class Scale:
    """A multiplier behind a number: by how much it multiplies, what it adds, and where it ends.

    ``1tr5`` multiplies 1 by a million and adds half a million; ``3 tỷ 500 triệu`` adds 500 million.
    """

    factor: Fraction
    addition: Fraction
    end: int

    def apply(self, value: Fraction) -> Fraction:
        """Give the value with the multiplier resolved."""
        return value * self.factor + self.addition


SHORT_SCALES = {"k": Fraction(10**3), "tr": Fraction(10**6), "t": Fraction(10**9)}
SHORT_SCALE = re.compile(r"(?P<name>tr|k|t)(?P<tail>\d{1,3}+)?(?!\w)")
MILLIONS_OF_MONEY = re.compile(r"[ \u00a0]{0,2}tr\.?(?=[ \u00a0]?(?:đồng|đ|vnđ|vnd)(?!\w))")
"""``3.500 tr.đồng``, ``1.200 trđ``: the short form counts before the name of the currency."""


def find_scale(folded: str, position: int, short: bool = False) -> Scale | None:
    """Read the multiplier that begins at a position right behind a number.

    Args:
        folded: text folded by ``fold_tones``.
        position: end of the digits.
        short: whether the bare letters ``k`` and ``t`` are multipliers; elsewhere they may be units.

    Returns:
        The multiplier, or None when there is none.

    >>> find_scale("2 nghìn tỷ đồng", 1).apply(Fraction(2)) == 2 * 10**12
    True
    >>> find_scale("3 tỷ 500 triệu", 1).apply(Fraction(3)) == 3_500_000_000
    True
    """
    attached = SHORT_SCALE.match(folded, position)
    if attached and (short or attached["name"] == "tr"):
        factor = SHORT_SCALES[attached["name"]]
        tail = attached["tail"]
        addition = factor * int(tail) / 10 ** len(tail) if tail else Fraction(0)
        return Scale(factor, addition, attached.end())
    millions = MILLIONS_OF_MONEY.match(folded, position)
    if millions:
        return Scale(SHORT_SCALES["tr"], Fraction(0), millions.end())
    match = _scale_pattern().match(folded, position)
    if match is None:
        return None
    factor, addition, end = _factor(match["name"]), Fraction(0), match.end()
    if match["half"]:
        addition = factor / 2
    smaller = _smaller_pattern().match(folded, end)
    if smaller and _factor(smaller["name"]) < factor:
        addition, end = parse_digits(smaller["number"]) * _factor(smaller["name"]), smaller.end()
    return Scale(factor, addition, end)


def _factor(name: str) -> Fraction:
    unit = link_unit(name)
    return unit.factor if unit else Fraction(1)


@cache
def _scale_pattern() -> re.Pattern[str]:
    return re.compile(rf"[ \u00a0]{{0,2}}(?P<name>{unit_source('multiplier')})(?P<half> rưỡi(?!\w))?")


@cache
def _smaller_pattern() -> re.Pattern[str]:
    return re.compile(rf"[ \u00a0](?P<number>\d{{1,3}})[ \u00a0](?P<name>{unit_source('multiplier')})")
