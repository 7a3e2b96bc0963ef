"""Signs of symbol fonts (Symbol, Wingdings, Webdings) as the Unicode characters they look like."""

from __future__ import annotations

import re
from functools import cache

from extract.knowledge.tables import read_table

PRIVATE_USE = re.compile("[\uf000-\uf0ff]")
"""Where Word keeps the characters of symbol fonts; the low byte is the code in the font."""
OTHER_SIGN = "•"
"""What a sign without a known look is taken for as a bullet."""
MAX_SIGNS = 3
"""Longer text in plain letters is text, with a symbol font set over it by mistake."""
HOLLOW_BULLET_FONT = "courier new"
"""In this font Word draws hollow bullets with the letter ``o``."""


def turn_symbols(text: str, font: str) -> str:
    r"""Replace the characters of a symbol font; those without a known look become nothing.

    ``font`` is the name of the font that the text is set in; characters of the private use area are
    symbols whatever it is.

    >>> turn_symbols("\uf0b7", "Symbol"), turn_symbols("Ø", "Wingdings"), turn_symbols("Ø 20", "Arial")
    ('•', '➢', 'Ø 20')
    """
    family = _family(font)
    if family and len(text.strip()) <= MAX_SIGNS:
        return "".join(_sign(character, family) for character in text)
    return PRIVATE_USE.sub(lambda match: _sign(match[0], family or "symbol"), text)


def turn_bullet(text: str, font: str) -> str:
    r"""Give the sign of an automatic bullet as it looks; a bullet without a known look is ``•``.

    >>> turn_bullet("o", "Courier New"), turn_bullet("-", "Arial"), turn_bullet("\uf0a7", "Wingdings")
    ('○', '-', '▪')
    >>> turn_bullet("\uf001", "Wingdings")
    '•'
    """
    if text.strip() == "o" and font.lower() == HOLLOW_BULLET_FONT:
        return "○"
    return turn_symbols(text, font).strip() or (OTHER_SIGN if text.strip() else "")


def _family(font: str) -> str:
    name = font.lower().replace(" ", "")
    return name if name in _signs() else ""


def _sign(character: str, family: str) -> str:
    code = ord(character)
    if 0xF000 <= code <= 0xF0FF:
        code -= 0xF000
    if code > 0xFF or character.isspace():
        return character
    return _signs()[family].get(code, "")


@cache
def _signs() -> dict[str, dict[int, str]]:
    rows = read_table("symbols", key=("font", "code"), required=("sign",))
    signs: dict[str, dict[int, str]] = {}
    for row in rows:
        signs.setdefault(row["font"], {})[int(row["code"], 16)] = row["sign"]
    return signs
