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
    hidden = []
    walk = etree.iterwalk(body, events=("start",))
    for _, element in walk:
        if element is not body and is_hidden(element):
            hidden.append(element)
            walk.skip_subtree()
    if hidden:
        concealed = sum(_count_letters(element) for element in hidden)
        if concealed * 2 > _count_letters(body):
            return
        for element in hidden:
            element.drop_tree()
    for form in list(body.iter("form", "fieldset")):
        # Pages of ASP.NET stand in one form as a whole; the extraction library drops forms.
        form.tag = "div"


def _count_letters(element: HtmlElement) -> int:
    return sum(len(text.split()) for text in element.itertext())
