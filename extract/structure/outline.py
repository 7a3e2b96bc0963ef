"""The canonical text as a tree of headings, items and paragraphs.

Nesting is decided by the sequence of markers: a marker goes on where its own sequence was left, else
it opens a level below the marker before it. The usual depth of a style decides only between those.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from extract.knowledge.phrases import any_phrase
from extract.spans import CleanText, Paragraph
from extract.structure.debris import find_debris
from extract.structure.markers import RANKS, Marker, read_marker
from extract.structure.tables import Table, build_tables

Zone = Literal["body", "addressee", "closing", "annex", "note", "debris", "cell"]

CLOSING = re.compile(r"Nơi\s++nhận\s*+:?|NƠI\s++NHẬN")
"""``Nơi nhận:`` opens the closing of a document (Decree 30/2020/NĐ-CP, annex I)."""
SIGNATURE = re.compile(rf"(?:(?:TM|KT|TL|TUQ|Q)\s?\.\s?)?+{any_phrase('offices', 'signature')}")
"""The office of the person who signs, or on whose behalf it is signed."""
ADDRESSEES = re.compile(r"K[íi]nh\s++gửi|[A-ZĐÀ-Ỹ][^.;]{3,80}\sđiện:\s*\Z")
"""``Kính gửi:``, or ``... điện:`` in a telegram, opens the list of addressees."""
TITLE_AGAIN = re.compile(
    r"(?:KẾ HOẠCH|ĐỀ ÁN|CHƯƠNG TRÌNH|QUY CHẾ|QUY ĐỊNH|DANH MỤC|PHƯƠNG ÁN|BẢNG|CHỈ TIÊU|TỔNG HỢP|ĐỀ CƯƠNG|"
    r"PHÂN CÔNG|LỘ TRÌNH|BIỂU)\b|\(?(?:Ban hành k|K)èm theo\b"
)
"""What may open an attached document or annex after the signature."""
NOTE = re.compile(r"\[\d{1,3}\]")
"""A footnote; they stand behind the closing."""
MIN_CLOSING_START = 0.15
"""A closing does not begin in so small a first part of a text."""
END = "./."
"""Ends the text of a document (Decree 30/2020/NĐ-CP, annex I)."""
END_CHARACTERS = 30
"""So near the end of its paragraph: a stamp may have left a few letters behind it on a scan."""
AFTER_END = re.compile(r"Nơi\b|[-–]\s?[^\n]{2,70}\Z")
"""Behind the end stand the addressees, also where a stamp hides the words ``Nơi nhận``."""
HEAD_CHARACTERS = 1500
"""Letterhead and addressees of a short document reach beyond that part, but not beyond this."""
FILES = re.compile(r"[-–•+*]?\s?Lưu\s?:\s?[A-ZĐ]{2}")
"""``Lưu: VT`` ends the list of who gets a document (Decree 30/2020/NĐ-CP, annex I)."""
BASES = re.compile(r"Căn cứ|Xét |Theo đề nghị|QUYẾT ĐỊNH\s*:|Điều 1\b")
"""What opens a decision under the name of who decides."""
OPENING_CHARACTERS = 200
"""So much of a paragraph tells its zone."""
MAX_SIGNATURE_CHARACTERS = 140
MIN_SIGNATURE_CAPITALS = 0.55
MAX_ADDRESSEE_CHARACTERS = 60
MAX_LISTED_ADDRESSEE_CHARACTERS = 180
"""With a semicolon or comma at its end an addressee may be longer."""
BARE_STYLES = frozenset({"annex", "part", "chapter", "section", "named"})
"""Markers that may be alone on their line."""
MAX_TITLE_CHARACTERS = 240
HEADING_STYLES = frozenset({"annex", "part", "chapter", "section", "article", "upper", "roman"})
"""Markers that hardly number addressees."""
MAX_STEP = 3
"""A sequence may skip a number (lost line, ``e)`` to ``g)``) but hardly more."""


@dataclass(slots=True)
class Node:
    """A heading, an item or a paragraph without a marker.

    ``start``..``end`` is the text behind the marker. ``parent`` and ``children`` are indexes into the
    outline; a paragraph without a marker hangs under the marker before it.
    """

    index: int
    start: int
    end: int
    marker: Marker | None
    parent: int
    depth: int
    zone: Zone
    paragraph: Paragraph
    children: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """The tree: nodes in the order of the text, the tables, and the zone of every paragraph."""

    text: str
    nodes: list[Node]
    tables: list[Table]
    zones: list[Zone]
    before_tables: set[int]
    """Indexes of the nodes right above a table."""

    @property
    def numbered(self) -> bool:
        """Whether any item outside annexes carries a number or letter."""
        return any(
            n.marker is not None and n.marker.style != "bullet" and n.zone == "body" for n in self.nodes
        )

    @property
    def roots(self) -> list[int]:
        """Indexes of the nodes under no other."""
        return [node.index for node in self.nodes if node.parent < 0]

    def path(self, index: int) -> list[Node]:
        """Give the node and all above it, from the top."""
        path = []
        while index >= 0:
            path.append(self.nodes[index])
            index = self.nodes[index].parent
        return path[::-1]

    def body(self, node: Node) -> str:
        """Give the text of a node without its marker."""
        return self.text[node.start : node.end]


def build_outline(clean: CleanText) -> Outline:
    r"""Build the tree of a canonical text.

    >>> from extract.spans import CleanText, Paragraph
    >>> text = "I. NHIỆM VỤ\n1. Sở Y tế\n- Xây dựng kế hoạch.\nII. KINH PHÍ"
    >>> lines = [(0, 11), (12, 22), (23, 43), (44, 55)]
    >>> outline = build_outline(CleanText(text, [Paragraph(a, b) for a, b in lines]))
    >>> [node.parent for node in outline.nodes]
    [-1, 0, 1, -1]
    """
    zones = _find_zones(clean)
    tables = build_tables(clean)
    builder = _Builder(clean.text)
    before_tables: set[int] = set()
    firsts = {table.first for table in tables}
    for index, (paragraph, zone) in enumerate(zip(clean.paragraphs, zones, strict=True)):
        if index in firsts and builder.nodes:
            before_tables.add(builder.nodes[-1].index)
        if zone in ("body", "annex"):
            builder.add(paragraph, zone)
        elif zone == "closing":
            builder.stack.clear()
    return Outline(clean.text, builder.nodes, tables, zones, before_tables)


def _find_zones(clean: CleanText) -> list[Zone]:
    zones: list[Zone] = []
    state: Zone = "body"
    after_closing = ended = False
    total = max(len(clean.text), 1)
    for paragraph in clean.paragraphs:
        words = clean.text[paragraph.start : min(paragraph.end, paragraph.start + OPENING_CHARACTERS)]
        late = paragraph.start > MIN_CLOSING_START * total
        if state == "closing" and zones.count("closing") == 1 and BASES.match(words):
            # Who decides stands above the bases of a decision; below, the same words are a signature.
            zones[-1], state, after_closing = "body", "body", False
        elif state == "closing" and paragraph.cell is None and _reopens(words, paragraph):
            state = "annex"
        elif late and _opens_closing(words, paragraph, ended and state == "body"):
            state, after_closing = "closing", True
        elif state == "body" and ADDRESSEES.match(words) and (not late or paragraph.start < HEAD_CHARACTERS):
            state = "addressee"
        elif state == "addressee" and paragraph.cell is None and not _is_addressee(words):
            state = "body"
        elif NOTE.match(words) and after_closing:
            state = "note"
        elif state == "note" and read_marker(words, 0, len(words)):
            state = "annex"
        ended = clean.text.find(END, max(paragraph.start, paragraph.end - END_CHARACTERS), paragraph.end) >= 0
        zones.append("cell" if paragraph.cell is not None and state != "closing" else state)
    _close_before_files(clean, zones)
    closing = next((i for i, zone in enumerate(zones) if zone == "closing"), None)
    for index in find_debris(clean, closing):
        zones[index] = "debris"
    return zones


def _close_before_files(clean: CleanText, zones: list[Zone]) -> None:
    """Put the addressees that end with ``Lưu: VT`` into the closing where their title was not read."""
    for last, paragraph in enumerate(clean.paragraphs):
        if zones[last] != "body" or not FILES.match(clean.text, paragraph.start, paragraph.end):
            continue
        first = last
        while first > 0 and zones[first - 1] == "body" and _is_short_bullet(clean, first - 1):
            first -= 1
        zones[first : last + 1] = ["closing"] * (last + 1 - first)


def _is_short_bullet(clean: CleanText, index: int) -> bool:
    paragraph = clean.paragraphs[index]
    words = clean.text[paragraph.start : paragraph.end]
    return words[:1] in "-–•+*" and len(words) < MAX_LISTED_ADDRESSEE_CHARACTERS


def _opens_closing(words: str, paragraph: Paragraph, ended: bool) -> bool:
    """Tell where the closing begins; ``ended`` says that the text of the document has just ended."""
    if CLOSING.match(words) or (SIGNATURE.match(words) and _is_signature(words)):
        return True
    return ended and paragraph.cell is None and AFTER_END.match(words) is not None


def _reopens(words: str, paragraph: Paragraph) -> bool:
    marker = read_marker(words, 0, len(words))
    if marker is not None and marker.style in ("annex", "part", "chapter"):
        return True
    if marker is not None and marker.style == "roman" and words[marker.body : marker.body + 1].isupper():
        return words.isupper() or paragraph.bold
    return bool(TITLE_AGAIN.match(words))


def _is_signature(words: str) -> bool:
    head = words.split("\n", 1)[0]
    letters = [letter for letter in head if letter.isalpha()]
    upper = sum(letter.isupper() for letter in letters)
    return len(head) < MAX_SIGNATURE_CHARACTERS and upper > MIN_SIGNATURE_CAPITALS * max(len(letters), 1)


def _is_addressee(words: str) -> bool:
    if words[:1] in "-–•+*":
        return True
    marker = read_marker(words, 0, len(words))
    if marker is not None and marker.style in HEADING_STYLES:
        return False
    if len(words) < MAX_ADDRESSEE_CHARACTERS:
        return True
    return len(words) < MAX_LISTED_ADDRESSEE_CHARACTERS and words.rstrip().endswith((";", ","))


def _rank(marker: Marker) -> float:
    """Give the usual depth of a marker; ``II.1`` stands between ``II`` and ``1``."""
    if marker.style == "dotted" and not marker.prefix[:1].isdigit():
        return (RANKS["roman"] + RANKS["decimal"]) / 2
    return RANKS[marker.style]


class _Level(NamedTuple):
    """An open level of the tree: its node and the marker that opened it."""

    node: Node
    marker: Marker


class _Builder:
    """Adds paragraphs to the tree, with the open levels on a stack."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.nodes: list[Node] = []
        self.stack: list[_Level] = []
        self.zone: Zone = "body"

    def add(self, paragraph: Paragraph, zone: Zone) -> None:
        if zone != self.zone:
            self.stack.clear()
            self.zone = zone
        marker = read_marker(self.text, paragraph.start, paragraph.end)
        if marker is not None and marker.body >= paragraph.end and marker.style not in BARE_STYLES:
            marker = None
        if marker is None and self._entitles(paragraph):
            return
        if marker is not None:
            self._open(marker)
        parent = self.stack[-1].node.index if self.stack else -1
        start = marker.body if marker else paragraph.start
        node = Node(len(self.nodes), start, paragraph.end, marker, parent, len(self.stack), zone, paragraph)
        self.nodes.append(node)
        if parent >= 0:
            self.nodes[parent].children.append(node.index)
        if marker is not None:
            self.stack.append(_Level(node, marker))

    def _entitles(self, paragraph: Paragraph) -> bool:
        """Give a heading that is alone on its line (``Phần I``) the line below as its title."""
        node = self.nodes[-1] if self.nodes else None
        if node is None or node.marker is None or node.start < node.end or node.marker.style == "named":
            return False
        attached = self.text.startswith("(", paragraph.start)
        if attached or paragraph.end - paragraph.start > MAX_TITLE_CHARACTERS:
            return False
        node.start, node.end, node.paragraph = paragraph.start, paragraph.end, paragraph
        return True

    def _open(self, marker: Marker) -> None:
        """Close the levels that the marker ends."""
        if marker.style in ("annex", "part"):
            self.stack.clear()
            return
        level = self._same_family(marker)
        if level is not None:
            del self.stack[level:]
            return
        if marker.style == "bullet":
            return
        if marker.style == "dotted" and self._cut_to_prefix(marker):
            return
        if marker.ordinal <= 1 and self.stack and self._introduces(self.stack[-1].node):
            top = self.stack[-1].marker
            if _rank(marker) >= _rank(top) or top.style == "bullet":
                return
        while self.stack and _rank(self.stack[-1].marker) > _rank(marker):
            self.stack.pop()

    def _same_family(self, marker: Marker) -> int | None:
        """Find the open level whose sequence the marker goes on or starts again."""
        for level in range(len(self.stack) - 1, -1, -1):
            other = self.stack[level].marker
            if other.family != marker.family:
                continue
            step = marker.ordinal - other.ordinal
            if marker.style == "bullet" or step == 1:
                return level
            if 1 < step <= MAX_STEP:
                return next((outer for outer in range(level) if self._precedes(outer, marker)), level)
            if marker.ordinal == 1 and self._introduces(self.stack[-1].node):
                return None
            return level
        return None

    def _precedes(self, level: int, marker: Marker) -> bool:
        other = self.stack[level].marker
        return other.family == marker.family and other.ordinal + 1 == marker.ordinal

    def _cut_to_prefix(self, marker: Marker) -> bool:
        """``2.1`` hangs under ``2``, ``II.1`` under ``II``, ``1.2.1`` under ``1.2``."""
        for level in range(len(self.stack) - 1, -1, -1):
            if self.stack[level].marker.text == marker.prefix:
                del self.stack[level + 1 :]
                return True
        return False

    def _introduces(self, node: Node) -> bool:
        return self.text[max(node.start, node.end - 2) : node.end].rstrip().endswith(":")
