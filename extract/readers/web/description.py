"""What a page says of itself: its title, the day it was published and its publisher."""

from __future__ import annotations

import copy
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from extract.readers.web.styles import read_part

LATEST_DAY = "2099-12-31"
"""The libraries take today for the latest day a page may bear; a result must not change with the day of the
run, nor may a wrong clock cost a date."""
MAX_SEARCHED_ELEMENTS = 20_000
"""Of larger pages only the head is searched; 20,000 elements take a fifth of a second."""
NOTE_BYTES = 8192
"""Notes on where a page comes from stand at its head."""
POSTED_NOTE = re.compile(
    r"<!--[^>]{0,500}?\b(?:posted|published|date_posted|pubdate)\b[^>\w]{0,5}(?:on |at )?"
    r"(?:(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:19|20)\d\d)\b|(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b)",
    re.IGNORECASE,
)
"""``<!-- origin: ... ; posted 16/03/2018 -->``: what those who collect pages write into a comment."""
SIDE_TAGS = frozenset({"nav", "aside", "footer"})
SIDE_PARTS = frozenset({"navigation", "related", "comment"})
"""Parts of a page whose dates are those of other articles, of readers' comments, or of today."""
OFFICE_GENERATOR = re.compile(r"microsoft|libreoffice|openoffice|word|excel|google docs|wps", re.IGNORECASE)
MIN_TITLE_WORDS = 4
SITE_SUFFIX = re.compile(r"(?<=\S)\s{1,4}[|–—»-]\s{1,4}[^|–—»]{2,60}\Z")
SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Description:
    """What a page says of itself, each empty when it does not; ``published`` is an ISO day.

    ``office`` tells a document that a word processor saved as a page from one made for the web.
    """

    title: str = ""
    published: str = ""
    publisher: str = ""
    office: bool = False


def read_description(tree: HtmlElement) -> Description:
    """Read title, day and publisher from the metadata of a page, and from its markup where it has none.

    ``tree`` is not changed. Standards: Open Graph, Dublin Core, schema.org in JSON-LD and microdata.

    >>> from lxml.html import document_fromstring
    >>> page = '<meta property="article:published_time" content="2024-03-05T09:00:00+07:00"><p>x'
    >>> read_description(document_fromstring(page)).published
    '2024-03-05'
    """
    from trafilatura import extract_metadata

    generator = next((meta.get("content", "") for meta in tree.iter("meta") if _is_generator(meta)), "")
    if OFFICE_GENERATOR.search(generator):
        return Description(_fold_space(tree.findtext(".//title") or ""), office=True)
    found = extract_metadata(
        _leave_out_sides(_bound_tree(tree)),
        date_config={"original_date": True, "extensive_search": False, "max_date": LATEST_DAY},
    )
    title = _fold_space(found.title or "")
    return Description(_pick_title(tree, title), found.date or "", _fold_space(found.sitename or ""))


def read_posted_note(content: bytes) -> str:
    """Give the ISO day that a comment at the head of a page says it was posted on, empty for none.

    >>> read_posted_note(b"<!doctype html><!-- source: intranet; posted 05/03/2024 --><p>x")
    '2024-03-05'
    """
    match = POSTED_NOTE.search(content[:NOTE_BYTES].decode("latin-1"))
    if match is None:
        return ""
    iso = match["iso"] or f"{match['year']}-{match['month']:>02}-{match['day']:>02}"
    try:
        return date.fromisoformat(iso).isoformat()
    except ValueError:
        return ""


def is_telling(title: str) -> bool:
    """Tell a title that a person wrote from ``New Page 1`` and file names.

    >>> is_telling("Kế hoạch phòng chống dịch năm 2024"), is_telling("Untitled Document")
    (True, False)
    """
    words = title.split()
    return len(words) >= MIN_TITLE_WORDS and any(not word.isascii() for word in words)


def _is_generator(meta: HtmlElement) -> bool:
    return meta.get("name", "").strip().lower() in ("generator", "progid", "originator")


def _bound_tree(tree: HtmlElement) -> HtmlElement:
    """Give the tree, or one with its head only where it is large."""
    if sum(1 for _ in islice(tree.iter(), MAX_SEARCHED_ELEMENTS)) < MAX_SEARCHED_ELEMENTS:
        return tree
    bounded = tree.makeelement("html")
    head = tree.find("head")
    if head is not None and len(head) < MAX_SEARCHED_ELEMENTS:
        bounded.append(copy.deepcopy(head))
    bounded.append(tree.makeelement("body"))
    return bounded


def _leave_out_sides(tree: HtmlElement) -> HtmlElement:
    """Give a copy of the tree without the parts beside the article: their dates are not its own."""
    kept = copy.deepcopy(tree)
    for element in list(kept.iter(etree.Element)):
        beside = element.tag in SIDE_TAGS or read_part(element) in SIDE_PARTS
        if beside and element.getparent() is not None and element.find(".//h1") is None:
            element.drop_tree()
    return kept


def _pick_title(tree: HtmlElement, title: str) -> str:
    """Take the heading that the title begins with: titles of windows end with the name of the site."""
    for heading in tree.iter("h1", "h2"):
        text = _fold_space(heading.text_content())
        if is_telling(text) and title.casefold().startswith(text.casefold()):
            return text
    shorter = SITE_SUFFIX.sub("", title)
    return shorter if is_telling(shorter) else title


def _fold_space(text: str) -> str:
    return SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()
