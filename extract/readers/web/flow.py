"""A tree of a page to its text as the browser prints it: paragraphs, list items, tables in reading order."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from extract.readers.web.grids import TableIndex, build_grid
from extract.readers.web.lists import List, join_marker, next_marker, open_list, read_typed_marker
from extract.readers.web.styles import read_style, read_weight
from extract.spans import Merge

# fmt: off
BLOCK_TAGS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li", "listing", "main", "menu", "nav", "ol",
    "p", "plaintext", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul", "xmp",
})
# fmt: on
LIST_TAGS = frozenset({"ol", "ul", "menu", "dir"})
VERBATIM_TAGS = frozenset({"pre", "listing", "plaintext", "xmp"})
VERBATIM_STYLES = frozenset({"pre", "pre-wrap", "pre-line", "break-spaces"})
PLAIN_TAGS = frozenset({"p", "div", "span", "li", "td", "tr", "br", "font", "i", "em"})
"""Without attributes they change nothing; most elements of a page are such."""
SUPERSCRIPTS = str.maketrans("0123456789oO", "⁰¹²³⁴⁵⁶⁷⁸⁹°°")
"""Raised figures are no figures of their own: ``m²``, ``10⁶``, ``37⁰C``, a footnote's ``¹``."""
RAISED = re.compile(r"\s*[\doO]{1,3}\s*")

MARKUP_SPACE = re.compile("[ \t\n\r\f]+")
SPACE = re.compile("[ \t\n\r\f\xa0]+")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]{2,31}\d{0,2});")
WIDE_GAP = re.compile(r"(?<=\S)[ \t]*(?:\xa0[ \t]*){6,}(?=\S)")
"""Blanks that push what follows to the other side of the page: the two columns of a letterhead."""
LINE_ENDS = frozenset(".;:!?…")
MARKER_START = re.compile(r"[a-zđ]{1,2}[.)/]|[ivx]{1,4}[.)]|v/v\b")


@dataclass(slots=True)
class Piece:
    """A paragraph or table and where it stands.

    ``link_share`` (0 to 1) is how much of its text leads elsewhere; ``rows`` and ``merged`` are those of a
    table; the line breaks of a ``verbatim`` text may part paragraphs or only wrap them.
    """

    element: HtmlElement
    text: str = ""
    bold: bool = False
    link_share: float = 0.0
    rows: tuple[tuple[str, ...], ...] = ()
    merged: tuple[Merge, ...] = ()
    verbatim: bool = False

    @property
    def words(self) -> str:
        """All its text."""
        return "\n".join("\n".join(row) for row in self.rows) if self.rows else self.text


@dataclass(slots=True)
class _Run:
    """Text between two tags, whether it is bold and whether it is a link."""

    text: str
    bold: bool
    link: bool


@dataclass(slots=True)
class _State:
    """What an open inline or block element does to the text in it."""

    bold: bool = False
    link: bool = False
    raised: bool = False
    verbatim: bool = False
    marker: bool = False


@dataclass(slots=True)
class _Flow:
    """Collects the text of the paragraph at hand while the tree is walked; nothing is recursive."""

    tables: TableIndex
    pieces: list[Piece] = field(default_factory=list)
    runs: list[_Run] = field(default_factory=list)
    states: list[_State] = field(default_factory=lambda: [_State()])
    lists: list[List] = field(default_factory=list)
    marker: str = ""
    typed: list[_Run] | None = None

    def open(self, element: HtmlElement, tag: str) -> bool:
        """Enter an element; say whether its content is to be walked."""
        if tag in BLOCK_TAGS:
            self.flush(element.getparent())
            if tag == "table" and self._take_table(element):
                return False
            if tag in LIST_TAGS:
                self.lists.append(open_list(element, self.lists))
            elif tag == "li":
                self.marker = next_marker(self.lists[-1] if self.lists else None, element)
        elif tag == "br":
            self.runs.append(_Run("\n", False, False))
        state = _read_state(element, tag, self.states[-1])
        if state.marker and self.typed is None:
            self.typed, self.runs = self.runs, []
        self.states.append(state)
        return True

    def close(self, element: HtmlElement, tag: str) -> None:
        """Leave an element."""
        state, outer = self.states[-1], self.states[-2]
        if self.typed is not None and state.marker and not outer.marker:
            marker = read_typed_marker("".join([run.text for run in self.runs]))
            self.runs, self.typed = self.typed, None
            if marker:
                self.runs.append(_Run(marker + " ", state.bold, False))
        if tag in BLOCK_TAGS:
            self.flush(element)
            if tag in LIST_TAGS and self.lists:
                self.lists.pop()
            elif tag == "li":
                self.marker = ""
        self.states.pop()

    def add(self, text: str | None) -> None:
        """Take a stretch of text."""
        if not text:
            return
        if "&" in text:
            text = ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
        state = self.states[-1]
        if state.raised and RAISED.fullmatch(text):
            text = text.strip().translate(SUPERSCRIPTS)
        if not state.verbatim:
            text = MARKUP_SPACE.sub(" ", text)
        self.runs.append(_Run(text, state.bold, state.link))

    def flush(self, element: HtmlElement | None) -> None:
        """End the paragraph at hand, which stands in ``element``."""
        if self.typed is not None:
            self.runs, self.typed = self.typed + self.runs, None
        runs, self.runs = self.runs, []
        if element is None or not runs:
            return
        if self.states[-1].verbatim:
            text = "".join([run.text for run in runs]).expandtabs()
            if text.strip():
                self.pieces.append(Piece(element, text.strip("\n"), verbatim="\n" in text.strip()))
            return
        for line in _split_lines(runs):
            text = SPACE.sub(" ", "".join([run.text for run in line])).strip()
            if not text:
                continue
            inked = [run for run in line if not run.text.isspace()]
            total = sum(len(run.text) for run in inked)
            links = sum(len(run.text) for run in inked if run.link)
            bold = all(run.bold for run in inked)
            marked, self.marker = join_marker(self.marker, text), ""
            self.pieces.append(Piece(element, marked, bold, links / total))

    def _take_table(self, element: HtmlElement) -> bool:
        grid = build_grid(element, self.tables, read_cell)
        if grid is None:
            return False
        self.marker = ""
        linked = sum(len(link.text_content()) for link in element.iter("a") if link.get("href") is not None)
        length = sum(len(cell) for row in grid.rows for cell in row)
        share = min(1.0, linked / length) if length else 0.0
        if grid.caption:
            self.pieces.append(Piece(element, grid.caption))
        self.pieces.append(Piece(element, link_share=share, rows=grid.rows, merged=grid.merged))
        return True


def read_pieces(root: HtmlElement, tables: TableIndex | None = None) -> list[Piece]:
    """Read the text of a tree in reading order; its size bounds time and result.

    ``tables`` is the index of the whole tree where one was made already.

    >>> from lxml.html import fragment_fromstring
    >>> tree = fragment_fromstring("<div>T<b>ổ</b>ng<ol><li>Rà soát<ul><li>Xã</ul><li>Báo cáo</ol></div>")
    >>> [piece.text for piece in read_pieces(tree)]
    ['Tổng', '1. Rà soát', '- Xã', '2. Báo cáo']
    """
    flow = _Flow(tables or TableIndex.of(root))
    walk = etree.iterwalk(root, events=("start", "end"))
    skipped: HtmlElement | None = None
    for event, element in walk:
        if event == "start":
            if element is not root and not flow.open(element, element.tag):
                skipped = element
                walk.skip_subtree()
                continue
            flow.add(element.text)
        elif element is not root:
            if element is skipped:
                skipped = None
            else:
                flow.close(element, element.tag)
            flow.add(element.tail)
    flow.flush(root)
    return flow.pieces


def read_cell(cell: HtmlElement) -> str:
    """Give the paragraphs of a cell, one a line; tables within it become lines."""
    if not len(cell):
        return SPACE.sub(" ", _resolve(cell.text or "")).strip()
    return "\n".join(piece.words for piece in read_pieces(cell, TableIndex()))


def _resolve(text: str) -> str:
    return ENTITY.sub(lambda entity: html.unescape(entity[0]), text) if "&" in text else text


def _read_state(element: HtmlElement, tag: str, outer: _State) -> _State:
    """Say what an element does to its text, given what the one around it does."""
    if not element.attrib and tag in PLAIN_TAGS:
        return outer
    style = read_style(element)
    weight = read_weight(element)
    return _State(
        outer.bold if weight is None else weight,
        outer.link or (tag == "a" and element.get("href") is not None),
        outer.raised or tag == "sup",
        outer.verbatim or tag in VERBATIM_TAGS or style.get("white-space", "") in VERBATIM_STYLES,
        outer.marker or style.get("mso-list") == "ignore",
    )


def _split_lines(runs: list[_Run]) -> Iterator[list[_Run]]:
    """Part a paragraph at its line breaks and at gaps as wide as a column; join lines wrapped by hand."""
    line: list[_Run] = []
    last = ""
    breaks = 0
    for run in runs:
        for number, stretch in enumerate(_stretches(run.text)):
            if number or run.text == "\n":
                breaks += 1
            if not stretch.strip():
                if stretch and stretch != "\n":
                    line.append(_Run(stretch, run.bold, run.link))
                continue
            if breaks and last:
                if breaks == 1 and _goes_on(last, stretch):
                    line.append(_Run(" ", run.bold, run.link))
                else:
                    yield line
                    line = []
            breaks, last = 0, stretch
            line.append(_Run(stretch, run.bold, run.link))
    if last:
        yield line


def _stretches(text: str) -> list[str]:
    if text == "\n":
        return [text]
    if "\xa0\xa0" in text or "\xa0 \xa0" in text:
        text = WIDE_GAP.sub(lambda gap: "\n\n" if _parts_columns(gap) else gap[0], text)
    return text.split("\n")


def _parts_columns(gap: re.Match[str]) -> bool:
    """A gap parts columns where words in capitals or with a capital stand on either side of it."""
    left, right = gap.string[: gap.start()].split(), gap.string[gap.end() : gap.end() + 80].split()
    return len(left) >= 2 and len(right) >= 2 and right[0][0].isupper()


def _goes_on(last: str, following: str) -> bool:
    """A small letter after a line without an end goes on with its sentence: the line was wrapped by hand."""
    following = following.lstrip()
    if not following[0].islower() or MARKER_START.match(following):
        return False
    return last.rstrip()[-1:] not in LINE_ENDS
