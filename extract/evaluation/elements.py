"""Elements of a web page, so built that no text can become markup.

lxml escapes every text and attribute when it writes the page; characters that no page may hold are replaced
first, since texts come from strangers.
"""

from __future__ import annotations

from typing import Any

from lxml import etree, html

from extract.dataset.cells import clean_text

Element = Any
"""An element of lxml, which has no types."""
Child = Any
"""An element, a text, or None for nothing."""


def build_element(tag: str, *children: Child, **attributes: str | float) -> Element:
    """Build an element from its children and attributes.

    In names of attributes ``_`` stands for ``-``; one at the end is left out (``class_``).

    >>> write_element(build_element("p", "a < b", build_element("b", "&"), class_="x", aria_label="y"))
    '<p class="x" aria-label="y">a &lt; b<b>&amp;</b></p>'
    """
    element = etree.Element(tag)
    for name, value in attributes.items():
        element.set(name.rstrip("_").replace("_", "-"), clean_text(str(value))[0])
    for child in children:
        if isinstance(child, str):
            _add_text(element, clean_text(child)[0])
        elif child is not None:
            element.append(child)
    return element


def _add_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def write_element(element: Element) -> str:
    """Write an element as HTML.

    >>> write_element(build_element("br"))
    '<br>'
    """
    return str(html.tostring(element, encoding="unicode"))
