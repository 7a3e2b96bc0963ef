"""Finds numbers with a unit in a text: what is printed, not yet what it measures.

A number counts when a unit of the vocabulary follows it (``amounts``). What only looks like one is turned
away by the words around it (``lookalikes``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter

from extract.folding import fold_tones
from extract.knowledge.units import whole_or_float
from extract.mentions.amounts import (
    COUNTED_FRACTION,
    PrintedUnit,
    find_amount,
    find_fraction,
    may_have_unit,
    scaled_unit,
)
from extract.mentions.lookalikes import YEARS, is_lookalike, is_ordinal
from extract.mentions.numbers import (
    COMPARATOR,
    DIGITS,
    GROUPED,
    LEAST,
    MOST,
    NUMBER,
    NUMBER_WORD,
    NUMBER_WORDS,
    comparator_of,
    find_scale,
    parse_digits,
)
from extract.mentions.openings import Openings, matches_at
from extract.spans import Comparator, Quantity

LEFT_CHARACTERS = 64
BRIDGE = (
    r"(?:\s{1,2}(?:vào|đến|trong|đến hết|hết) năm \d{4})?"
    r"(?:\s{1,2}(?:là|đạt|có|còn|bằng|ở mức|mức|được|từ|phải đạt|chiếm))?\s{0,2}:?\s{0,3}"
)
COMPARATOR_BEFORE = re.compile(rf"(?:(?<!\w)|(?=[≥≤<>~≈]))(?:{COMPARATOR}){BRIDGE}$")
FROM_BEFORE = re.compile(r"(?<!\w)từ\s{1,2}$")
FROM_IS_LEAST_BEFORE = re.compile(
    r"(?<!\w)(?:có|đạt|được|phát triển|xây dựng|tổ chức|thành lập|hình thành|duy trì|bố trí|phấn đấu|bảo đảm|"
    r"đảm bảo|triển khai|thu hút|chiếm|ở mức|tăng thêm|công bố|cung cấp|hỗ trợ) từ\s{1,2}$"
    r"|(?:^|[:;,(])\s{0,2}từ\s{1,2}$"
)
CHANGE_BEFORE = re.compile(r"(?<!\w)(?:tăng(?! thêm)|giảm|nâng|hạ|rút|cắt|chuyển)(?!\w)")
CHANGE_AFTER = re.compile(r"[^.;:\n]{0,60}?(?<!\w)(?:lên|xuống|còn|đến|tới|thành|sang)(?!\w)")
LEAST_FURTHER_ON = re.compile(r"[^.;:,\n]{0,30}?\strở lên(?!\w)")
OR_MORE_AFTER = re.compile(r"\s{1,2}(?P<more>trở lên)|\s{1,2}trở xuống")
RANGE_SIGN = re.compile(r"[ \u00a0]?[-–—÷][ \u00a0]?|\s(?:đến|tới)\s")
RANGE_DIGITS = re.compile(DIGITS)
WORD_COUNT = re.compile(
    rf"(?<!\w)(?:{LEAST}|{MOST}|khoảng|hơn)\s(?:là |có |đạt |được )?(?P<word>{NUMBER_WORD})(?!\w)"
)
COMPARED_BEFORE = re.compile(r"(?<!\w)(?:cùng kỳ|so với)[^().;]{0,40}\($")
MINUS_BEFORE = re.compile(r"(?:(?<=\S )|(?<=\())[-−]$")
PLAIN_BEFORE = re.compile(
    rf"(?:(?<!\w)|(?=[≥≤<>~≈]))(?:(?:{COMPARATOR}){BRIDGE}|(?:là|đạt|còn|đến)\s{{0,2}}:?\s{{1,3}})$"
)
# A cheap look at the last characters spares most numbers of a table the search for a comparator.
PLAIN_LEFT_END = re.compile(r"(?:[^\W\d_]|[:≥≤<>=~≈])\s{0,2}$")
# sản phẩm OCOP đạt 3 sao: a rank.
PLAIN_AFTER = re.compile(r"(?!\s?[-–/:]\s?\w|\w|\s?[%‰°]|\.\w|\s{1,2}sao(?!\w))")
OUTCOME_BEFORE = re.compile(
    r"(?:tuổi thọ|tuổi bình quân|tuổi trung bình|tuổi kết hôn|độ tuổi trung bình|tuổi nghề)"
)
COUNTED_PERSON_BEFORE = re.compile(
    r"(?<!\w)(?:trẻ|trẻ em|em|cháu|người|người dân|dân số|dân|phụ nữ|nữ|nam|nam giới|nữ giới|thanh niên|"
    r"học sinh|người cao tuổi|công dân|lao động)\s{1,2}(?:(?:có|trong) )?(?:độ tuổi )?$"
)
AGE_UNITS = frozenset({"tuổi", "tháng tuổi", "ngày tuổi", "tuần tuổi", "năm tuổi", "tuổi đời"})
AGE_CLAUSE_CHARACTERS = 90
CLAUSE_BREAK = re.compile(r"[.;\n]|, ")
CELL_START = re.compile(
    rf"(?P<blank>\s*+)(?:(?:{COMPARATOR}|từ)\s{{0,2}})?(?P<sign>[-–−])?(?P<digits>{DIGITS})"
)
NUMBER_OPENINGS = Openings([], [])
COMPARATOR_WORDS = (
    "tối ", "ít ", "không ", "≥", ">", "≤", "<", "vượt", "trên", "hơn", "quá", "nhiều ", "nhỏ ", "dưới",
    "chưa ", "ước", "khoảng", "gần", "xấp ", "chừng", "~", "≈", "bằng",
)  # fmt: skip
"""One of these stands in every comparator; looked for first because most numbers have none."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A number in the text, in digits or in a word."""

    start: int
    end: int
    value: Fraction


@dataclass(frozen=True, slots=True)
class _Reading:
    """A number, or two that make a range, with the unit that both share."""

    start: int
    number_end: int
    value: Fraction
    high: Fraction | None
    unit: PrintedUnit


def find_quantities(text: str) -> list[Quantity]:
    """Find every number with a unit, and bare numbers that a comparator or ``là``, ``đạt`` introduces.

    Numbers are read as Vietnamese documents print them. Multipliers of money are resolved; those of anything
    else are part of the unit (``triệu lượt``, code ``10*6{turn}``).
    Numbers of documents, dates, ordinals, headings, versions and clock times are left out. Ages are
    found too; ``is_age`` tells those that only define who is counted.

    Args:
        text: NFC text of any length; time grows in proportion to it.

    Returns:
        Quantities in order, none overlapping. ``kind`` is ``plain`` and ``unit`` empty for a bare number.

    >>> [(q.comparator, q.value, q.unit) for q in find_quantities("đạt trên 86,1%; có 14.180 triệu đồng")]
    [('>', 86.1, '%'), ('=', 14180000000, 'đồng')]
    >>> find_quantities("Nghị quyết số 62-NQ/TU ngày 26/10/2021, lớp 10 trường chuyên")
    []
    """
    folded = fold_tones(text)
    found: list[Quantity] = []
    floor = 0
    for token in _tokens(folded):
        if token.start < floor:
            continue
        quantity = _quantity_at(text, folded, token, floor)
        if quantity:
            found.append(quantity)
            floor = quantity.end
    return found


def is_age(text: str, quantity: Quantity) -> bool:
    """Say whether an age only defines who is counted (``trẻ em dưới 5 tuổi``).

    False for what is no age, and for an age that is itself the result (``tuổi thọ bình quân đạt 75 tuổi``).

    >>> [is_age(text, find_quantities(text)[0]) for text in ("trẻ dưới 5 tuổi", "tuổi thọ đạt trên 75 tuổi")]
    [True, False]
    """
    if quantity.unit not in AGE_UNITS or not float(quantity.value).is_integer():
        return False
    folded = fold_tones(text[max(0, quantity.start - AGE_CLAUSE_CHARACTERS) : quantity.start])
    if COUNTED_PERSON_BEFORE.search(folded):
        return True
    breaks = list(CLAUSE_BREAK.finditer(folded))
    clause = folded[breaks[-1].end() :] if breaks else folded
    return OUTCOME_BEFORE.search(clause) is None


def parse_quantity_cell(text: str, unit: str = "") -> Quantity | None:
    """Read a whole table cell: a number with an optional comparator and unit, or a range.

    Args:
        text: the cell as printed.
        unit: unit of the cell's column, used when the cell has none: ``Triệu đồng``, ``1.000 tấn``,
            ``%/năm``. A word that the vocabulary lacks becomes the unit as it stands, without a code.

    Returns:
        The quantity with offsets into the cell, or None when the cell holds anything else.

    >>> cell = parse_quantity_cell(" ≥ 95 ", "%")
    >>> cell.comparator, cell.value, cell.unit, (cell.start, cell.end)
    ('>=', 95, '%', (1, 5))
    >>> parse_quantity_cell("1.250", "Triệu đồng").value, parse_quantity_cell("-") is None
    (1250000000, True)
    """
    folded = fold_tones(text)
    match = CELL_START.match(folded)
    if match is None:
        return None
    token = _Token(match.start("digits"), match.end("digits"), parse_digits(match["digits"]))
    readings = [_read(text, folded, token), _read_bare(folded, token, unit)]
    # A column's unit comes before the money that a bare "2 triệu" would be elsewhere.
    for reading in reversed(readings) if unit else readings:
        if reading is None:
            continue
        quantity = _quantity(folded, reading, match.end("blank"), comparator_of(match))
        if quantity.end == len(text.rstrip()):
            return replace(quantity, value=-quantity.value) if match["sign"] else quantity
    return None


def _tokens(folded: str) -> list[_Token]:
    digits = (
        _Token(m.start(), m.end(), parse_digits(m[0])) for m in matches_at(NUMBER, folded, NUMBER_OPENINGS)
    )
    words = (
        _Token(m.start("word"), m.end("word"), Fraction(NUMBER_WORDS[m["word"]]))
        for m in WORD_COUNT.finditer(folded)
    )
    return sorted((*digits, *words), key=attrgetter("start"))


def _quantity_at(text: str, folded: str, token: _Token, floor: int) -> Quantity | None:
    reading = _read(text, folded, token) if may_have_unit(folded, token.end) else None
    if reading is None:
        return _plain(folded, token, floor) if text[token.start].isdecimal() else None
    window = max(floor, token.start - LEFT_CHARACTERS)
    left = folded[window : token.start]
    before = COMPARATOR_BEFORE.search(left) if any(word in left for word in COMPARATOR_WORDS) else None
    digits = text[token.start : reading.number_end]
    if is_lookalike(text, folded, token.start, digits, reading.unit, before is not None):
        return None
    if before:
        return _quantity(folded, reading, window + before.start(), comparator_of(before))
    lower_bound = FROM_BEFORE.search(left)
    if lower_bound:
        least = _is_least(folded, window, reading)
        bounded = least or reading.high is not None or OR_MORE_AFTER.match(folded, reading.unit.end)
        start = window + lower_bound.start() if bounded else token.start
        return _quantity(folded, reading, start, ">=" if least else "=")
    quantity = _quantity(folded, reading, token.start, "=")
    if MINUS_BEFORE.search(left) and reading.unit.kind in ("percent", "measure"):
        return replace(quantity, start=token.start - 1, value=-quantity.value)
    return quantity


def _read(text: str, folded: str, token: _Token) -> _Reading | None:
    """Read the unit behind a number, and the second number when the two make a range."""
    amount = find_amount(text, folded, token.end, token.value)
    if amount is None:
        amount = find_fraction(text, folded, token.end, token.value)
    sign = RANGE_SIGN.match(folded, amount.unit.end if amount else token.end)
    second = RANGE_DIGITS.match(folded, sign.end()) if sign else None
    upper = find_amount(text, folded, second.end(), parse_digits(second[0])) if second else None
    if upper and second:
        low = amount.value if amount else token.value * upper.factor
        if low < upper.value and (amount is None or amount.unit.code == upper.unit.code):
            return _Reading(token.start, second.end(), low, upper.value, upper.unit)
    return _Reading(token.start, amount.number_end, amount.value, None, amount.unit) if amount else None


def _quantity(folded: str, reading: _Reading, start: int, comparator: Comparator) -> Quantity:
    end = reading.unit.end
    after = OR_MORE_AFTER.match(folded, end)
    if after:
        end, comparator = after.end(), ">=" if after["more"] else "<="
    return Quantity(
        start=start,
        end=end,
        number_start=reading.start,
        number_end=reading.number_end,
        value=whole_or_float(reading.value),
        value_high=None if reading.high is None else whole_or_float(reading.high),
        comparator=comparator if reading.high is None else "range",
        unit=reading.unit.unit,
        unit_code=reading.unit.code,
        kind=reading.unit.kind,
    )


def _is_least(folded: str, window: int, reading: _Reading) -> bool:
    """Tell ``phát triển từ 05 bộ`` (a least number) from ``giảm từ 23 ca xuống 18 ca`` and ``từ 3 nguồn``."""
    if reading.high is None and LEAST_FURTHER_ON.match(folded, reading.unit.end):
        return True
    if CHANGE_BEFORE.search(folded, window, reading.start) or CHANGE_AFTER.match(folded, reading.unit.end):
        return False
    if reading.unit.kind == "percent":
        return True
    return FROM_IS_LEAST_BEFORE.search(folded, window, reading.start) is not None


def _plain(folded: str, token: _Token, floor: int) -> Quantity | None:
    window = max(floor, token.start - LEFT_CHARACTERS)
    left = folded[window : token.start]
    if not left.endswith("(") and not PLAIN_LEFT_END.search(left[-3:]):
        return None
    scale = find_scale(folded, token.end)
    end = scale.end if scale else token.end
    digits = folded[token.start : token.end]
    if left.endswith("("):
        if folded[end : end + 1] != ")":
            return None
        if not (GROUPED.fullmatch(digits) or "," in digits or COMPARED_BEFORE.search(left)):
            return None
    elif not PLAIN_AFTER.match(folded, end):
        return None
    if YEARS.fullmatch(digits) or is_ordinal(folded, token.start):
        return None
    before = PLAIN_BEFORE.search(left)
    if before is None and not left.endswith("("):
        return None
    comparator = comparator_of(before) if before else "="
    start = window + before.start() if before and comparator != "=" else token.start
    value = scale.apply(token.value) if scale else token.value
    unit = PrintedUnit(end, "", "", "plain")
    return _quantity(folded, _Reading(token.start, token.end, value, None, unit), start, comparator)


def _read_bare(folded: str, token: _Token, column_unit: str) -> _Reading | None:
    """Read the number, fraction or range of a cell that has no unit of its own."""
    fraction = COUNTED_FRACTION.match(folded, token.end)
    end = fraction.end() if fraction else token.end
    scale = find_scale(folded, end, short=True)
    values = [scale.apply(token.value) if scale else token.value]
    sign = RANGE_SIGN.match(folded, scale.end if scale else end)
    second = RANGE_DIGITS.match(folded, sign.end()) if sign else None
    if second:
        end, lower_scale = second.end(), scale
        scale = find_scale(folded, end, short=True)
        upper = parse_digits(second[0])
        values.append(scale.apply(upper) if scale else upper)
        if scale and lower_scale is None:
            values[0] = scale.apply(token.value)
    factor, unit = _column_unit(column_unit)
    unit = replace(unit, end=scale.end if scale else end)
    if values != sorted(values):
        return None
    if fraction:
        if token.value > parse_digits(fraction["bottom"]) or YEARS.fullmatch(fraction["bottom"]):
            return None
        unit = replace(unit, kind="fraction")
    return _Reading(token.start, end, values[0] * factor, values[1] * factor if second else None, unit)


@lru_cache(maxsize=256)
def _column_unit(printed: str) -> tuple[Fraction, PrintedUnit]:
    """Give the factor and the unit (ending at 0) that a column's heading of units stands for."""
    text = " ".join(printed.split())
    if not text:
        return Fraction(1), PrintedUnit(0, "", "", "plain")
    one = text if text[0].isdecimal() else f"1 {text}"
    number = RANGE_DIGITS.match(one)
    amount = find_amount(one, fold_tones(one), number.end(), parse_digits(number[0])) if number else None
    if amount is None:
        return Fraction(1), PrintedUnit(0, text.lower(), "", "count")
    unit = replace(amount.unit, end=0)
    is_power_of_ten = str(amount.value).rstrip("0") == "1" and amount.value > 1
    if number and is_power_of_ten and unit.kind != "money":
        return Fraction(1), scaled_unit(unit, number.group(), amount.value)
    return amount.value, unit
