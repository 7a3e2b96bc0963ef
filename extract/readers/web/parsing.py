"""Bytes of a web page to a tree of bounded depth: encoding by content, no scripts, nothing fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from extract.readers.encodings import SURROGATE_BYTES, decode_text

MAX_CONTENT_BYTES = 64 * 1024 * 1024
MAX_MARKUP_BYTES = 16 * 1024 * 1024
"""Without embedded pictures. The longest law with all its annexes has 6 MB."""
MAX_ELEMENTS = 300_000
"""As many take about ten seconds; the law of 6 MB has 90,000."""
MAX_LEVELS = 200
"""libxml2 gives up at 256 levels; a tree within this limit needs no deep stack in any library."""

MAX_ATTRIBUTES = 64
MAX_QUOTED_BRACKETS = 2000

LONG_TAG = re.compile(rb"<[A-Za-z][^>]{4096}")
EMBEDDED_DATA = re.compile(rb"data:[\w/+.;=-]{1,100}base64,[\w+/=%\s-]*+")
"""Pictures and fonts inside the markup: megabytes without a word."""
INTERNAL_SUBSET = re.compile(
    r"\s*+(?:<\?xml[^>]{0,500}>\s*+)?<!doctype[^>\[]{0,500}+\[[^\]]*+\]\s*+>", re.IGNORECASE
)
"""Declarations of a document type; an HTML parser would print them."""
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]++")
TAG = re.compile(r"<(?:[A-Za-z][A-Za-z0-9:]*[\s/>]|!doctype|!--)", re.IGNORECASE)


@dataclass(slots=True)
class Markup:
    """A parsed page: its tree (None where nothing could be parsed) and what the bytes were like.

    ``encoding`` is that of `extract.readers.encodings.decode_text`, ``undecodable`` how many places could
    not be decoded, ``flattened`` whether elements deeper than `MAX_LEVELS` were put side by side.
    """

    tree: HtmlElement | None
    encoding: str = "utf-8"
    undecodable: int = 0
    flattened: bool = False


def drop_embedded_data(content: bytes) -> bytes:
    """Take the pictures out that stand in the markup as ``data:`` addresses.

    >>> drop_embedded_data(b'<img src="data:image/png;base64,iVBORw0KGgo="><p>x')
    b'<img src="data:,"><p>x'
    """
    return EMBEDDED_DATA.sub(b"data:,", content) if b"base64," in content else content


def count_elements(content: bytes) -> int:
    """Give about how many elements a page has, before it is parsed.

    >>> count_elements(b"<p>Giao <b>5</b></p>")
    2
    """
    return content.count(b"<") - content.count(b"</")


def has_tags(content: bytes) -> bool:
    """Tell whether there is any tag in the first megabyte; a page without one is plain text.

    >>> has_tags("Tổng <b>5</b>".encode()), has_tags(b"5 < 6 and 7 > 6")
    (True, False)
    """
    return TAG.search(content[: 1 << 20].replace(b"\0", b"").decode("latin-1")) is not None


def parse_markup(content: bytes) -> Markup:
    r"""Parse a page; never fails and never fetches what the page refers to.

    ``content`` is at most `MAX_MARKUP_BYTES` long. The encoding is told by the bytes, not by what the page
    declares, which is often wrong. Entities of a document type are not expanded.

    >>> parse_markup("<p>Kế hoạch".encode("utf-16")).tree.findtext(".//p")
    'Kế hoạch'
    >>> parse_markup(b"").tree is None
    True
    """
    decoded = decode_text(content)
    text = CONTROL.sub("", decoded.text.removeprefix("\ufeff"))
    subset = INTERNAL_SUBSET.match(text)
    text = text[subset.end() :] if subset else text
    markup = Markup(None, decoded.encoding, decoded.undecodable)
    if not text.strip():
        return markup
    encoded = SURROGATE_BYTES.sub(b"?", text.encode("utf-8", "surrogatepass"))
    if not _has_odd_tags(encoded):
        parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        try:
            markup.tree = document_fromstring(encoded, parser=parser)
        except etree.ParserError:
            return markup
        if not any("XML_PARSE_HUGE" in entry.message for entry in parser.error_log):
            return markup
    bounded = _BoundedTree()
    parser = etree.HTMLParser(target=bounded, encoding="utf-8", huge_tree=True)
    markup.tree = etree.fromstring(encoded, parser)
    markup.flattened = bounded.flattened
    return markup


def _has_odd_tags(encoded: bytes) -> bool:
    """Tell whether a tag may hold thousands of attributes, for which the tree takes quadratic time."""
    if LONG_TAG.search(encoded):
        return True
    quoted = sum(map(encoded.count, (b'="<', b"='<", b'=">', b"='>")))
    return quoted > MAX_QUOTED_BRACKETS


@dataclass(slots=True)
class _BoundedTree:
    """Builds a tree without endless attributes, in which elements beyond the deepest level do not nest.

    They follow each other instead: their text stays, and where one block ends and the next begins.
    """

    builder: etree.TreeBuilder = field(
        default_factory=lambda: etree.TreeBuilder(element_factory=HTMLParser().makeelement)
    )
    depth: int = 0
    empty: bool = True
    flattened: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.empty = False
        self.builder.start(tag, dict(islice(attributes.items(), MAX_ATTRIBUTES)))
        if self.depth > MAX_LEVELS:
            self.builder.end(tag)
            self.flattened = True

    def end(self, tag: str) -> None:
        if self.depth <= MAX_LEVELS:
            self.builder.end(tag)
        self.depth -= 1

    def data(self, text: str) -> None:
        self.builder.data(text)

    def comment(self, text: str) -> None:
        """Leave comments out."""

    def close(self) -> HtmlElement | None:
        return None if self.empty else self.builder.close()
