"""Numbers of list items as the browser prints them (HTML Living Standard, 4.4.5 and 15.3.7)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from extract.readers.web.styles import read_style

MAX_NUMBER = 1_000_000
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
         (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
MAX_ROMAN = 3999
TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
SAME_TYPES = {"lower-latin": "lower-alpha", "upper-latin": "upper-alpha"}
BULLET_TYPES = frozenset({"disc", "circle", "square"})
BULLETS = ("-", "+")
"""How a typist writes bullets: ``-``, below it ``+`` (Decree 30/2020/NĐ-CP leaves them open)."""

OWN_MARKER = re.compile(
    r"[-–—+•*·▪■●○◦➢➤✓❖][\s\xa0]*[^\s\d]|\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[a-zđ]|[IVX]{1,5})[.)](?!\d)"
)
"""An item whose text begins with its marker: typed by hand into an item of a list."""
GLYPH_BULLETS = frozenset("·•§oØüvqàèð¨Ü–—-*▪■●○◦➢➤✓❖\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf071\uf0e0\uf0a8")
"""What Word writes for a bullet: a letter or sign of the fonts Symbol, Wingdings and Courier New."""


@dataclass(slots=True)
class List:
    """A list that is open: the type of its numbers and the number of its next item."""

    sort: str
    number: int = 1
    step: int = 1


def open_list(element: HtmlElement, ancestors: list[List]) -> List:
    """Open a list: ``element`` is its tag with the items, ``ancestors`` are the lists around it."""
    declared = read_style(element).get("list-style-type", "")
    if element.tag != "ol":
        depth = sum(one.sort in BULLETS for one in ancestors)
        bullet = BULLETS[min(depth, len(BULLETS) - 1)]
        numbered = declared and declared not in BULLET_TYPES
        return List(SAME_TYPES.get(declared, declared) if numbered else bullet)
    sort = declared or TYPES.get(element.get("type", "").strip(), "decimal")
    opened = List(BULLETS[0] if sort in BULLET_TYPES else SAME_TYPES.get(sort, sort))
    if element.get("reversed") is not None:
        opened.step = -1
        opened.number = sum(1 for child in element if child.tag == "li")
    if (start := _read_number(element.get("start"))) is not None:
        opened.number = start
    return opened


def next_marker(opened: List | None, item: HtmlElement) -> str:
    """Give the marker of the next item of a list, empty where the browser prints none.

    >>> from lxml.html import fragment_fromstring
    >>> items = fragment_fromstring('<ol type="a" start="3"><li>x</li><li value="27">y</li></ol>')
    >>> numbering = open_list(items, [])
    >>> [next_marker(numbering, item) for item in items]
    ['c.', 'aa.']
    """
    if opened is None:
        return BULLETS[0]
    if (value := _read_number(item.get("value"))) is not None:
        opened.number = value
    number = opened.number
    opened.number += opened.step
    own = read_style(item).get("list-style-type") or TYPES.get(item.get("type", "").strip(), "")
    sort = SAME_TYPES.get(own, own) or opened.sort
    if sort == "none":
        return ""
    return sort if sort in BULLETS else BULLETS[0] if sort in BULLET_TYPES else format_number(number, sort)


def format_number(number: int, sort: str) -> str:
    """Write a number in a type of CSS, with the full stop that browsers print.

    >>> format_number(4, "upper-roman"), format_number(28, "lower-alpha"), format_number(0, "lower-alpha")
    ('IV.', 'ab.', '0.')
    """
    if sort.endswith("-alpha") and number > 0:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("a") + rest) + letters
        return (letters.upper() if sort.startswith("upper") else letters) + "."
    if sort.endswith("-roman") and 0 < number <= MAX_ROMAN:
        letters = ""
        for value, sign in ROMAN:
            letters += sign * (number // value)
            number %= value
        return (letters.upper() if sort.startswith("upper") else letters) + "."
    return f"{number:02}." if sort == "decimal-leading-zero" else f"{number}."


def join_marker(marker: str, text: str) -> str:
    """Put the marker of an item before its text, unless the text brings its own.

    >>> join_marker("-", "Rà soát"), join_marker("1.", "1. Rà soát"), join_marker("-", "+ Rà soát")
    ('- Rà soát', '1. Rà soát', '+ Rà soát')
    """
    return text if not marker or OWN_MARKER.match(text) else f"{marker} {text}"


def read_typed_marker(text: str) -> str:
    r"""Give the marker that Word saved as text in a span of its own, a bullet as ``-``.

    >>> read_typed_marker("·  "), read_typed_marker(" 1.\xa0\xa0"), read_typed_marker("o ")
    ('-', '1.', '+')
    """
    marker = "".join(text.split())
    if marker in GLYPH_BULLETS:
        return BULLETS[1] if marker == "o" else BULLETS[0]
    return marker


def _read_number(text: str | None) -> int | None:
    match = re.match(r"\s*([-+]?\d{1,9})", text or "")
    return max(-MAX_NUMBER, min(MAX_NUMBER, int(match[1]))) if match else None
