"""Numbers of spreadsheet cells to the text that is displayed, in Vietnamese style.

A cell holds a binary number and the code of a format (ECMA-376-1, 18.8.30 and 18.8.31; the same codes are in
the older binary files). A point parts thousands and a comma decimals, days come before months, whatever the
language of the program that wrote the file.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from extract.readers.sheets.calendar_formats import show_moment

DAY_FORMAT = 14
"""Number of the format of a plain day."""
BUILT_IN_FORMATS = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: "#,##0", 6: "#,##0", 7: "#,##0.00", 8: "#,##0.00",
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "dd/mm/yyyy", 15: "dd/mm/yyyy", 16: "dd/mm", 17: "mm/yyyy", 18: "hh:mm", 19: "hh:mm:ss",
    20: "hh:mm", 21: "hh:mm:ss", 22: "dd/mm/yyyy hh:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 41: '#,##0;-#,##0;"-"', 42: '#,##0;-#,##0;"-"', 43: '#,##0.00;-#,##0.00;"-"',
    44: '#,##0.00;-#,##0.00;"-"', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""Formats that files name by number only; the money of 5 to 8 and 42 to 44 is that of the country."""
SIGNIFICANT_DIGITS = 15
"""So many decimal digits of a binary number were typed or computed; what follows is noise."""
GENERAL_DIGITS = 10
"""``General`` shows at most so many digits of a number that does not end."""
MAX_TYPED_DECIMALS = 6
"""A number that ends within so many decimals was typed, and is given whole even where the format shows fewer
of them; one that does not is the result of a division, and is rounded as displayed."""
MAX_SHOWN_DECIMALS = 15
MAX_FORMAT_CHARACTERS = 255
"""Longer codes are not valid; the limit of the programs that write them."""
MAX_NUMBER = 1e18

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<blank>.?)|\*(?P<fill>.?)|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<general>General)|(?P<exponent>E[+-])|(?P<clock>AM/PM|A/P)|(?P<section>;)"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)"
    r"|(?P<calendar>d+|m+|y+|h+|s+|e+|b+)|(?P<literal>.)",
    re.IGNORECASE | re.DOTALL,
)
CONDITION = re.compile(r"(?P<sign><=|>=|<>|<|>|=)(?P<number>-?\d{1,15}(?:\.\d{1,15})?)")
ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
SIGNS_OF_NEGATIVES = str.maketrans("", "", "()-−")
"""What a format prints round a negative number, whose minus is written anew."""
PLUS = str.maketrans("", "", "+")
"""The sign of rising numbers; no number of an annex is written with it elsewhere."""


@dataclass(slots=True)
class Section:
    """One of the up to four parts of a format code: what it shows and how."""

    kind: Literal["general", "number", "moment", "text", "literal"] = "literal"
    integer_zeros: int = 0
    min_decimals: int = 0
    max_decimals: int = 0
    grouped: bool = False
    percents: int = 0
    thousands: int = 0
    condition: str = ""
    prefix: str = ""
    suffix: str = ""
    calendar: list[str] = field(default_factory=list)
    optional: bool = False
    """Whether zero shows no digit: all places are ``#`` or ``?``."""
    exact: bool = True
    """Whether a typed number keeps decimals that the format hides; not so for fractions and exponents."""


def show_number(value: float, code: str, since_1904: bool = False) -> str:
    """Give the text that a number is displayed as, in Vietnamese style.

    Args:
        value: the number that the cell holds.
        code: the format of the cell, as in ``#,##0.0``; empty for ``General``.
        since_1904: whether days count from 1904 and not from 1900.

    Returns:
        The text; empty where the format hides the number or it is none (infinite).

    >>> show_number(0.955, "0.0%"), show_number(1234.5, "#,##0.00"), show_number(2025, "")
    ('95,5%', '1.234,50', '2025')
    >>> show_number(86.1, "0"), show_number(200 / 3, "0.0"), show_number(5, "00")
    ('86,1', '66,7', '05')
    >>> show_number(45828, "dd/mm/yyyy"), show_number(45809, "mm/yyyy"), show_number(12, '0" xã"')
    ('20/06/2025', '06/2025', '12 xã')
    """
    if not math.isfinite(value) or abs(value) >= MAX_NUMBER:
        return ""
    number = Decimal(f"{value:.{SIGNIFICANT_DIGITS}g}")
    sections = _parse_format(code[:MAX_FORMAT_CHARACTERS])
    section = _choose(sections, number)
    if section.kind == "moment":
        return section.prefix + show_moment(value, section.calendar, since_1904) + section.suffix
    if section.kind == "literal":
        return section.prefix.strip()
    shown = _show_digits(number, section) if section.kind == "number" else _show_general(number)
    if section.optional and not shown.strip("0,%"):
        return f"{section.prefix}{section.suffix}".strip()
    signs = SIGNS_OF_NEGATIVES if number < 0 else PLUS
    return f"{section.prefix.translate(signs)}{shown}{section.suffix.translate(signs)}".strip()


def shows_moment(code: str) -> bool:
    """Say whether a format shows a day or a time.

    >>> shows_moment("[$-42A]d/m/yyyy"), shows_moment('0" đồng"')
    (True, False)
    """
    return _parse_format(code[:MAX_FORMAT_CHARACTERS])[0].kind == "moment"


def _choose(sections: tuple[Section, ...], number: Decimal) -> Section:
    """Give the section for a number: by the conditions, or for positive, negative, zero in this order."""
    numeric = [section for section in sections[:4] if section.kind != "text"][:3] or [sections[0]]
    if any(section.condition for section in numeric):
        for section in numeric:
            if not section.condition or _holds(section.condition, number):
                return section
        return numeric[-1]
    if number < 0 and len(numeric) > 1:
        return numeric[1]
    return numeric[2] if number == 0 and len(numeric) > 2 else numeric[0]


def _holds(condition: str, number: Decimal) -> bool:
    match = CONDITION.match(condition)
    if match is None:
        return True
    limit = Decimal(match["number"])
    return {
        "<": number < limit, "<=": number <= limit, ">": number > limit,
        ">=": number >= limit, "=": number == limit, "<>": number != limit,
    }[match["sign"]]  # fmt: skip


def _show_general(number: Decimal) -> str:
    if number == number.to_integral_value():
        return f"{number:.0f}"
    decimals = -int(number.as_tuple().exponent)
    if decimals > MAX_TYPED_DECIMALS:
        decimals = min(max(GENERAL_DIGITS - number.adjusted() - 1, 0), MAX_SHOWN_DECIMALS)
    return _print(number, 0, decimals, 1, grouped=False)


def _show_digits(number: Decimal, section: Section) -> str:
    typed = max(-int(number.normalize().as_tuple().exponent), 0)
    shift = 2 * section.percents - 3 * section.thousands
    shown = section.max_decimals
    if section.exact and typed <= MAX_TYPED_DECIMALS:
        shown = max(shown, typed - shift)
    shown = min(shown, MAX_SHOWN_DECIMALS)
    text = _print(number.scaleb(shift), section.min_decimals, shown, section.integer_zeros, section.grouped)
    return text + "%" * section.percents


def _print(number: Decimal, least: int, most: int, integer_zeros: int, grouped: bool) -> str:
    rounded = abs(number).quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    whole, _, decimals = f"{rounded:f}".partition(".")
    decimals = decimals[:least] + decimals[least:].rstrip("0")
    whole = whole.zfill(integer_zeros)
    if grouped:
        whole = f"{int(whole):,}".replace(",", ".").zfill(integer_zeros)
    shown = whole + ("," + decimals if decimals else "")
    return "-" + shown if number < 0 and shown.strip("0,.") else shown


@lru_cache(maxsize=4096)
def _parse_format(code: str) -> tuple[Section, ...]:
    """Read a format code into its sections; what cannot be read is shown as ``General``."""
    sections, tokens = [], list[re.Match[str]]()
    for token in TOKEN.finditer(code):
        if token.lastgroup == "section":
            sections.append(_build_section(tokens))
            tokens = []
        else:
            tokens.append(token)
    if tokens or not sections:
        sections.append(_build_section(tokens) if tokens else Section("general"))
    elif code.endswith(";") and len(sections) < 3:
        sections.append(Section())
    return tuple(sections)


def _build_section(tokens: list[re.Match[str]]) -> Section:
    groups = {token.lastgroup for token in tokens}
    if "calendar" in groups or any(
        t.lastgroup == "bracket" and ELAPSED.fullmatch(t["bracket"]) for t in tokens
    ):
        return _build_moment(tokens)
    section = Section()
    if "text" in groups:
        section.kind = "text"
    elif "general" in groups:
        section.kind = "general"
    elif "digit" in groups:
        section.kind = "number"
    _read_digits(section, tokens)
    places = [token.start() for token in tokens if token.lastgroup in ("digit", "general", "text")]
    for token in tokens:
        literal = _literal(token, section)
        if not places or token.start() < places[0]:
            section.prefix += literal
        elif token.start() > places[-1]:
            section.suffix += literal
    return section


def _read_digits(section: Section, tokens: list[re.Match[str]]) -> None:
    behind_point = False
    for index, token in enumerate(tokens):
        name = token.lastgroup
        if name == "point":
            behind_point = True
        elif name == "percent":
            section.percents += 1
        elif name == "comma" and not behind_point:
            following = {later.lastgroup for later in tokens[index + 1 :]} & {"digit"}
            section.grouped |= bool(following)
            section.thousands += not following
        elif name == "comma":
            section.thousands += 1
        elif name == "exponent" or (name == "literal" and token[0] == "/"):
            section.exact, section.max_decimals = False, MAX_TYPED_DECIMALS
            section.min_decimals = 0
            return
        elif name == "digit" and behind_point:
            section.max_decimals += 1
            section.min_decimals += token[0] == "0"
        elif name == "digit":
            section.integer_zeros += token[0] == "0"
    section.optional = section.kind == "number" and not any(token[0] == "0" for token in tokens)
    section.integer_zeros = max(section.integer_zeros, 1)


def _literal(token: re.Match[str], section: Section) -> str:
    name = token.lastgroup
    if name in ("quoted", "escaped"):
        return token[name] or ""
    if name == "bracket":
        sign = token["bracket"]
        if CONDITION.match(sign):
            section.condition = sign
        return sign[1:].partition("-")[0] if sign.startswith("$") else ""
    return token[0] if name == "literal" else ""


def _build_moment(tokens: list[re.Match[str]]) -> Section:
    section = Section("moment")
    for token in tokens:
        name = token.lastgroup
        if name == "calendar" or (name == "bracket" and ELAPSED.fullmatch(token["bracket"])):
            section.calendar.append((token["bracket"] or token[0]).lower())
        elif name == "quoted" and token["quoted"].strip() and not section.calendar:
            section.prefix += token["quoted"]
    return section
