"""Which part of a page is the article: what the extraction library finds and all that belongs to it."""

from __future__ import annotations

import copy
import re

from lxml import etree
from lxml.html import HtmlElement

from extract.folding import fold_tones
from extract.readers.web.flow import Piece
from extract.readers.web.styles import read_part

MAX_EXTRACTED_ELEMENTS = 30_000
"""The library needs three seconds for them; longer pages are tables of statistics and laws."""
CHROME_TAGS = frozenset({"nav", "aside", "footer"})
CHROME_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar"}
)
MAX_CHROME_SHARE = 0.6
"""What holds more of the text than this is the article, whatever its class says; readers' comments may well
be longer than the news."""
MAX_VAGUE_SHARE = 0.3
VAGUE_PARTS = frozenset({"tool", "advertisement"})
"""Classes such as ``print`` and ``banner`` are given to articles too."""
MIN_LINK_SHARE = 0.6
"""A paragraph of which so much leads elsewhere is an entry of a list of links."""
MIN_PAGE_LINK_SHARE = 0.15
"""Saved documents and fragments have fewer links, pages of a site more."""
MIN_ROOT_SHARE = 0.85
"""The article is the smallest element that holds so much of what the library found."""
MIN_FOUND_SHARE = 0.5
"""The library has missed the article when it found less of the text outside of menus than this."""
MIN_KEY_CHARACTERS = 12
KEY_CHARACTERS = 80
HEAD_PHRASES = ("xã hội chủ nghĩa việt nam", "độc lập - tự do", "độc lập – tự do", "đảng cộng sản việt nam")
MAX_HEAD_PIECES = 20
MAX_HEAD_CHARACTERS = 300
MAX_PIECES_ABOVE = 40
"""Between headline and article stand the date, the summary and some buttons."""
LETTER = re.compile(r"[\W_]+")


def select_article(body: HtmlElement, pieces: list[Piece], title: str) -> list[Piece]:
    """Pick the pieces of the article, in their order.

    ``body`` is the pruned tree that ``pieces`` were read from, ``title`` the title of the page. A page
    without menus is an article as a whole. Nothing is dropped from the article's own element but what is
    marked as navigation, comments and the like, and lists of links; the headline of the page is dropped
    where an administrative document with its own letterhead follows.
    """
    parts = _Parts(pieces)
    if not _is_page(pieces, parts):
        return pieces
    plain = [p for p in pieces if not parts.is_chrome(p) and p.link_share < MIN_LINK_SHARE]
    if not plain:
        return pieces
    found = _find_text(body)
    chosen = [p for p in plain if _is_in(p, found)]
    if _count(chosen) < MIN_FOUND_SHARE * _count(plain):
        chosen = plain
    first, last = _find_range(pieces, _find_root(body, chosen))
    article = [
        p
        for p in _cut_tail(pieces[_find_headline(pieces, first, title) : last], chosen)
        if not parts.is_chrome(p) and (p.link_share < MIN_LINK_SHARE or _is_key(p, title))
    ]
    if has_letterhead(article):
        above = next((n for n, p in enumerate(article[:MAX_PIECES_ABOVE]) if p is pieces[first]), 0)
        article = article[above:]
        if article[0].element.tag == "h1" or _is_key(article[0], title):
            del article[0]
    return article


def has_letterhead(pieces: list[Piece]) -> bool:
    """Tell whether a text begins with the head of an administrative document: it brings its own title.

    The words are those of Decree 30/2020/NĐ-CP, annex I, and of documents of the Party.
    """
    return any(
        fold_tones(phrase) in fold_tones(piece.words[:MAX_HEAD_CHARACTERS])
        for piece in pieces[:MAX_HEAD_PIECES]
        for phrase in HEAD_PHRASES
    )


class _Parts:
    """Tells which pieces stand in a part of the page that is no content."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.sizes: dict[HtmlElement, int] = {}
        self.total = 0
        for piece in pieces:
            self.total += len(piece.words)
            for element in _line_up(piece.element):
                self.sizes[element] = self.sizes.get(element, 0) + len(piece.words)
        self.chrome: dict[HtmlElement, bool] = {}

    def is_chrome(self, piece: Piece) -> bool:
        """Tell whether any element around a piece is a menu, a comment or the like."""
        return any(self._is_chrome_element(element) for element in _line_up(piece.element))

    def _is_chrome_element(self, element: HtmlElement) -> bool:
        known = self.chrome.get(element)
        if known is None:
            part = read_part(element)
            marked = (
                element.tag in CHROME_TAGS
                or element.get("role") in CHROME_ROLES
                or bool(part)
                or (element.tag == "header" and element.find(".//h1") is None)
            )
            limit = MAX_VAGUE_SHARE if part in VAGUE_PARTS else MAX_CHROME_SHARE
            known = marked and self.sizes.get(element, 0) <= limit * self.total
            self.chrome[element] = known
        return known


def _line_up(element: HtmlElement | None) -> list[HtmlElement]:
    """Give an element and those around it, without ``html`` and ``body``."""
    line = []
    while element is not None and element.tag not in ("body", "html"):
        line.append(element)
        element = element.getparent()
    return line


def _is_page(pieces: list[Piece], parts: _Parts) -> bool:
    if any(parts.is_chrome(piece) for piece in pieces):
        return True
    links = sum(piece.link_share * len(piece.words) for piece in pieces)
    return links > MIN_PAGE_LINK_SHARE * parts.total


def _find_text(body: HtmlElement) -> str:
    """Give the letters of what the extraction library takes for the main text."""
    from trafilatura import bare_extraction

    if sum(1 for _ in body.iter()) > MAX_EXTRACTED_ELEMENTS:
        return ""
    page = etree.ElementTree(body).getroot() if body.getparent() is None else body.getroottree().getroot()
    document = bare_extraction(
        copy.deepcopy(page), favor_recall=True, fast=True, include_comments=False, with_metadata=False
    )
    text = getattr(document, "text", None) or ""
    return _key(text)


def _key(text: str) -> str:
    return LETTER.sub("", text).casefold()


def _is_in(piece: Piece, found: str) -> bool:
    key = _key(piece.words[: 2 * KEY_CHARACTERS])[:KEY_CHARACTERS]
    return len(key) >= MIN_KEY_CHARACTERS and key in found


def _is_key(piece: Piece, title: str) -> bool:
    key = _key(title)
    return len(key) >= MIN_KEY_CHARACTERS and _key(piece.text) == key


def _count(pieces: list[Piece]) -> int:
    return sum(len(piece.words) for piece in pieces)


def _find_root(body: HtmlElement, chosen: list[Piece]) -> HtmlElement:
    """Go down from the body as long as one child holds nearly all of the chosen text."""
    sizes: dict[HtmlElement, int] = {}
    inner: dict[HtmlElement, set[HtmlElement]] = {}
    for piece in chosen:
        below = None
        for element in _line_up(piece.element):
            sizes[element] = sizes.get(element, 0) + len(piece.words)
            if below is not None:
                inner.setdefault(element, set()).add(below)
            below = element
        if below is not None:
            inner.setdefault(body, set()).add(below)
    wanted = MIN_ROOT_SHARE * _count(chosen)
    root = body
    while True:
        fitting = next((child for child in inner.get(root, ()) if sizes[child] >= wanted), None)
        if fitting is None:
            return root
        root = fitting


def _find_range(pieces: list[Piece], root: HtmlElement) -> tuple[int, int]:
    within = [
        number for number, piece in enumerate(pieces) if root.tag == "body" or root in _line_up(piece.element)
    ]
    return within[0], within[-1] + 1


def _find_headline(pieces: list[Piece], first: int, title: str) -> int:
    """Begin with the headline above the article, where one stands near: with it come date and summary."""
    for number in range(first, max(-1, first - MAX_PIECES_ABOVE), -1):
        piece = pieces[number]
        if piece.element.tag == "h1" or _is_key(piece, title):
            return number
    return first


def _cut_tail(pieces: list[Piece], chosen: list[Piece]) -> list[Piece]:
    """Drop the lists of links behind the last paragraph that the library chose, with their headings."""
    ours = set(map(id, chosen))
    last = max((n for n, piece in enumerate(pieces) if id(piece) in ours), default=len(pieces) - 1)
    tail = pieces[last + 1 :]
    links = [n for n, piece in enumerate(tail) if piece.link_share >= MIN_LINK_SHARE]
    if not links:
        return pieces
    begin = links[0]
    if begin and len(tail[begin - 1].words) < KEY_CHARACTERS and tail[begin - 1].words.rstrip().endswith(":"):
        begin -= 1
    return pieces[: last + 1 + begin]
