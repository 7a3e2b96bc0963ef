"""What the attributes of an element say of its looks: hidden, bold, its type of list, its parts of a page."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from lxml.html import HtmlElement

from extract.knowledge.tables import read_table

MAX_STYLE_CHARACTERS = 4096
HEAVY = 600
"""The weight from which fonts are bold (CSS Fonts 4)."""
DECLARED = re.compile(r"(?:\A|;)\s*([\w-]{1,40}+)\s*+:\s*+([^;]{1,200}+)")
READ = frozenset({"display", "visibility", "font-weight", "list-style-type", "list-style", "mso-hide",
                  "mso-list", "white-space", "border", "border-top", "border-left"})  # fmt: skip
WORD = re.compile("[A-Z]?[a-z]+|[A-Z]+")
MIN_WORD_IN_COMPOUND = 8
"""Names of parts so long are found inside others (``boxTinLienQuan``); shorter ones only as a whole word."""


def read_style(element: HtmlElement) -> dict[str, str]:
    """Give the properties that matter of the ``style`` attribute, lower case.

    >>> from lxml.html import fragment_fromstring
    >>> read_style(fragment_fromstring('<p style="COLOR:red; Display : none !important">x</p>'))
    {'display': 'none'}
    """
    style = element.get("style")
    return _parse_style(style[:MAX_STYLE_CHARACTERS]) if style else {}


@lru_cache(maxsize=1024)
def _parse_style(style: str) -> dict[str, str]:
    found = {
        name: value.replace("!important", "").strip()
        for name, value in DECLARED.findall(style.lower())
        if name in READ
    }
    shorthand = found.pop("list-style", "")
    if shorthand and "list-style-type" not in found:
        found["list-style-type"] = shorthand.split()[0]
    return found


def is_hidden(element: HtmlElement) -> bool:
    """Tell whether the browser does not show an element, as far as its own attributes say.

    >>> from lxml.html import fragment_fromstring
    >>> is_hidden(fragment_fromstring('<p style="display:none">x</p>'))
    True
    """
    if element.get("hidden") is not None:
        return True
    style = read_style(element)
    return (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or style.get("mso-hide") == "all"
    )


def read_weight(element: HtmlElement) -> bool | None:
    """Say whether an element makes its text bold (True), makes it plain (False) or leaves it (None)."""
    weight = read_style(element).get("font-weight", "")
    if weight.isdecimal():
        return int(weight) >= HEAVY
    if weight in ("bold", "bolder"):
        return True
    if weight in ("normal", "lighter"):
        return False
    return True if element.tag in ("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th") else None


def read_part(element: HtmlElement) -> str:
    """Say what part of a page the class and id of an element name, empty for none that is known.

    >>> from lxml.html import fragment_fromstring
    >>> read_part(fragment_fromstring('<div class="box-tin-lien-quan">x</div>'))
    'related'
    """
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return _find_part(names[:MAX_STYLE_CHARACTERS]) if names != " " else ""


@lru_cache(maxsize=4096)
def _find_part(names: str) -> str:
    parts = _page_parts()
    for name in names.split():
        words = [word.lower() for word in WORD.findall(name)]
        joined = "".join(words)
        for word in (*words, joined):
            if word in parts:
                return parts[word]
        for long, part in parts.items():
            if len(long) >= MIN_WORD_IN_COMPOUND and long in joined:
                return part
    return ""


@cache
def _page_parts() -> dict[str, str]:
    return {row["name"]: row["part"] for row in read_table("page_parts", key=("name",), required=("part",))}
