"""Takes out of a tree what no reader of the page sees: scripts, form controls, hidden elements."""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement

from extract.readers.web.styles import is_hidden

UNSEEN_TAGS = (
    "script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "svg", "canvas",
    "audio", "video", "map", "select", "datalist", "button", "textarea", "input", "link", "meta", "xml",
    "noframes", "progress", "meter", "rp", "rt",
)  # fmt: skip


def prune(body: HtmlElement) -> None:
    """Take out what is not shown, in place; text behind an element stays.

    Hidden text stays where it is the greater part of the page: the article behind a tab or a button.

    >>> from lxml.html import fragment_fromstring
    >>> tree = fragment_fromstring('<div>Kế hoạch <script>x</script><i hidden>y</i>năm 2025</div>')
    >>> prune(tree)
    >>> tree.text_content()
    'Kế hoạch năm 2025'
    """
    etree.strip_elements(body, *UNSEEN_TAGS, with_tail=False)
    hidden = [element for element in body.xpath(".//*[@style or @hidden]") if is_hidden(element)]
    if hidden:
        outer = _outermost(hidden)
        concealed = sum(map(_count_words, outer))
        if concealed * 2 <= _count_words(body):
            for element in outer:
                element.drop_tree()
    for form in list(body.iter("form", "fieldset")):
        # Pages of ASP.NET stand in one form as a whole; the extraction library drops forms.
        form.tag = "div"


def _outermost(elements: list[HtmlElement]) -> list[HtmlElement]:
    """Leave out elements, given in document order, that lie inside others of the list."""
    within = set(elements)
    return [one for one in elements if not any(above in within for above in one.iterancestors())]


def _count_words(element: HtmlElement) -> int:
    return sum(len(text.split()) for text in element.itertext())
