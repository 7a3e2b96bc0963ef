"""XML names of Word documents (ECMA-376 part 1 and 4) and the attributes that switch something on or off."""

from __future__ import annotations

from lxml.etree import _Element as Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}"
REFERENCE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PLACING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
VECTOR = "{urn:schemas-microsoft-com:vml}"

STRICT_HOST = b"//purl.oclc.org/ooxml/"
STRICT_NAMESPACES = (
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", REFERENCE[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", MATHS[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", WORD[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", DRAWING[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", PLACING[1:-1].encode()),
)
"""Names in files saved as Strict Open XML, and those that all others use for the same."""
OFF = frozenset({"0", "false", "off", "none", "no"})
MAX_INTEGER = 1_000_000


def value_of(parent: Element | None, name: str) -> str | None:
    """Give the ``w:val`` of a child, None without one.

    >>> from lxml import etree
    >>> value_of(etree.fromstring(f'<a xmlns:w="{WORD[1:-1]}"><w:ilvl w:val="2"/></a>'), "ilvl")
    '2'
    """
    child = parent.find(WORD + name) if parent is not None else None
    return child.get(f"{WORD}val") if child is not None else None


def number_of(parent: Element | None, name: str) -> int | None:
    """Give the whole number in the ``w:val`` of a child; None without one, or for one out of all bounds."""
    return parse_integer(value_of(parent, name))


def parse_integer(text: str | None) -> int | None:
    """Read a whole number of at most a million; None for everything else.

    >>> parse_integer("12"), parse_integer("-1"), parse_integer("9999999"), parse_integer("x")
    (12, -1, None, None)
    """
    if text is None:
        return None
    try:
        number = int(text)
    except ValueError:
        return None
    return number if abs(number) <= MAX_INTEGER else None


def switch_of(parent: Element | None, name: str) -> bool | None:
    """Say whether a child switches something on (``<w:b/>``) or off (``<w:b w:val="0"/>``); None without it.

    >>> from lxml import etree
    >>> [switch_of(etree.fromstring(f'<a xmlns:w="{WORD[1:-1]}">{x}</a>'), "b")
    ...  for x in ("<w:b/>", '<w:b w:val="false"/>', "")]
    [True, False, None]
    """
    child = parent.find(WORD + name) if parent is not None else None
    return None if child is None else child.get(f"{WORD}val", "1").lower() not in OFF


__all__ = [
    "COMPATIBILITY",
    "DRAWING",
    "MATHS",
    "PLACING",
    "REFERENCE",
    "RELATION",
    "STRICT_HOST",
    "STRICT_NAMESPACES",
    "VECTOR",
    "WORD",
    "Element",
    "number_of",
    "parse_integer",
    "switch_of",
    "value_of",
]
