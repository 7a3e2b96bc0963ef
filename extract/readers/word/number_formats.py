"""A number of an automatic list as Word prints it (``w:numFmt``, ECMA-376 part 1, 17.18.59)."""

from __future__ import annotations

MAX_LETTERED = 780
"""Word repeats letters (``aa`` is 27); above thirty of them it is no list any more."""
MAX_ROMAN = 3999
ROMAN_SIGNS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
VIETNAMESE_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
FIRST_CIRCLED, MAX_CIRCLED = 0x2460, 20
NO_NUMBER = frozenset({"none", "bullet"})


def format_number(number: int, form: str) -> str:
    """Print the number of an item in a format of Word; an unknown format prints figures.

    ``lowerLetter`` is the English alphabet, without ``đ``, as Word has it.

    >>> [format_number(5, form) for form in ("decimal", "lowerLetter", "upperRoman", "decimalZero")]
    ['5', 'e', 'V', '05']
    >>> format_number(28, "upperLetter"), format_number(21, "vietnameseCounting"), format_number(3, "none")
    ('BB', 'hai mươi mốt', '')
    """
    if form in NO_NUMBER:
        return ""
    if form in ("lowerLetter", "upperLetter") and 0 < number <= MAX_LETTERED:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman") and 0 < number <= MAX_ROMAN:
        roman = _roman(number)
        return roman.upper() if form == "upperRoman" else roman
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "numberInDash":
        return f"- {number} -"
    if form == "vietnameseCounting" and 0 <= number < 100:
        return _count_in_vietnamese(number)
    if form.startswith("decimalEnclosedCircle") and 0 < number <= MAX_CIRCLED:
        return chr(FIRST_CIRCLED + number - 1)
    return str(number)


def _roman(number: int) -> str:
    parts = []
    for value, sign in ROMAN_SIGNS:
        count, number = divmod(number, value)
        parts.append(sign * count)
    return "".join(parts)


def _count_in_vietnamese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return VIETNAMESE_DIGITS[ones]
    last = {1: "mốt" if tens > 1 else "một", 5: "lăm"}.get(ones, VIETNAMESE_DIGITS[ones]) if ones else ""
    first = "mười" if tens == 1 else f"{VIETNAMESE_DIGITS[tens]} mươi"
    return f"{first} {last}".strip()
