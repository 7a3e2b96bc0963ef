"""Lines to paragraphs: which line break ends a paragraph and which one only wraps it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from extract.knowledge.phrases import any_phrase
from extract.structure.grids import Grid, Line, read_markdown_table, read_pipe_grid, split_lines
from extract.structure.markers import Marker, read_marker
from extract.structure.markup import BREAK, Strand, strip_markup

MAX_WRAP_WIDTH = 125
"""Hard-wrapped text has lines up to about 80-110 characters; unwrapped paragraphs are longer."""
MIN_BLANK_SHARE = 0.12
"""Share of lines followed by a blank line from which blank lines are taken to part paragraphs."""
FULL_LINE_SHARE = 0.9
"""A sentence that ends before this share of the wrap width ends its paragraph."""
MIN_BROKEN_LINE = 16
MIN_BROKEN_PARAGRAPH = 40
"""A paragraph cut by a page break is at least this long before the cut."""
MAX_ORDINAL_GAP = 2

SENTENCE_END = re.compile(r"[.;:!?…][\"”’)\]]*+\Z|/\.\Z")
"""The end of a line after which a paragraph may end."""
STARTER = re.compile(
    r"(?:Số\s?:|V/v\b|Về việc\b|Kính gửi\b|Nơi nhận\b|Căn cứ\b|Trên đây là\b|Độc lập\b"
    r"|Thực hiện (?:Nghị|Quyết|Kế|Chỉ|Công|Chương|Kết|Luật)"
    rf"|KT\.|TM\.|TL\.|TUQ\.|Q\.|{any_phrase('offices', 'line')}\b"
    r"|\[\d{1,3}\])"
)
"""Words that begin a paragraph of an administrative document whatever stands before them."""
CONNECTIVE = re.compile(
    r"(?:\b(?:ngày|tháng|năm|số|và|của|các|những|về|cho|trên|tại|theo|với|từ|đến|là|thực hiện|việc)"
    r"|[,\-–(/“])\Z"
)
"""An end of line after which the sentence must go on."""
CODE_START = re.compile(r"\d{1,4}[-/]")
"""A number or date at the start of a line, wrapped away from its word."""
MAX_CAPTION_CHARACTERS = 60
PARAGRAPH_ENDS = ";:"


@dataclass(slots=True)
class Draft:
    """A paragraph before the canonical text is laid out: strands to join by one blank each.

    ``extent`` is how many rows and columns its cell covers.
    """

    strands: list[Strand]
    cell: tuple[int, int, int] | None = None
    extent: tuple[int, int] = (1, 1)
    bold: bool = False
    gap: bool = True
    marker: Marker | None = field(default=None, repr=False)


def build_paragraphs(text: str) -> list[Draft]:
    r"""Cut raw text into paragraphs and cells of drawn tables, in order.

    >>> drafts = build_paragraphs("1. Rà soát các\n   quy định.\n2. Báo cáo.")
    >>> [len(draft.strands) for draft in drafts]
    [2, 1]
    """
    lines = split_lines(text)
    joiner = _Joiner(text, *_layout(lines))
    drafts: list[Draft] = []
    index, tables, blank = 0, 0, True
    while index < len(lines):
        line = lines[index]
        if line.kind in ("pipe", "row"):
            drafts += joiner.flush()
            read = read_pipe_grid if line.kind == "pipe" else read_markdown_table
            grid = read(text, lines, index)
            drafts += _cell_drafts(text, grid, tables)
            tables, index, blank = tables + 1, max(grid.after, index + 1), True
            continue
        if line.kind == "text":
            drafts += joiner.add(line, blank)
            blank = False
        else:
            blank = True
        index += 1
    return drafts + joiner.flush()


def _layout(lines: list[Line]) -> tuple[str, int]:
    """Say how the text parts its paragraphs (blank, width or line) and how wide its lines are."""
    widths = sorted(line.end - line.start for line in lines if line.kind == "text")
    if not widths:
        return "line", 0
    width = widths[len(widths) * 9 // 10]
    if width > MAX_WRAP_WIDTH:
        return "line", width
    parted = sum(a.kind == "text" and b.kind == "blank" for a, b in pairwise(lines))
    return ("blank" if parted >= MIN_BLANK_SHARE * len(widths) else "width"), width


class _Joiner:
    """Collects lines into the paragraph at hand until a line does not belong to it."""

    def __init__(self, text: str, mode: str, width: int) -> None:
        self.text, self.mode, self.width = text, mode, width
        self.current: Draft | None = None
        self.last_line = ""
        self.seen: dict[str, int] = {}

    def add(self, line: Line, gap: bool) -> list[Draft]:
        """Take a line; give the paragraph that it ends, if any."""
        strand = strip_markup(self.text, line.start, line.end)
        if not strand.slices:
            return []
        words = "".join([self.text[a:b] for a, b in strand.slices])
        marker = read_marker(words, 0, len(words))
        if self.current is not None and self._goes_on(self.current, words, marker, strand, gap):
            self.current.strands.append(strand)
            self.current.bold = self.current.strands[0].opens_bold and strand.ends_bold
            self.last_line = words
            return []
        done = self.flush()
        if marker and marker.ordinal:
            self.seen[marker.family] = marker.ordinal
        self.current = Draft([strand], bold=strand.opens_bold and strand.ends_bold, gap=gap, marker=marker)
        self.last_line = words
        return done

    def flush(self) -> list[Draft]:
        """Give the paragraph at hand."""
        done = [self.current] if self.current else []
        self.current, self.last_line = None, ""
        return done

    def _goes_on(self, current: Draft, words: str, marker: Marker | None, strand: Strand, gap: bool) -> bool:
        """Say whether a line belongs to the paragraph at hand; ``gap`` says that a blank line parts them."""
        before = self.last_line
        ended = bool(SENTENCE_END.search(before))
        if marker is not None:
            return not gap and not ended and not self._plausible(marker, words)
        if STARTER.match(words):
            return False
        if gap:
            return not ended and self._goes_on_after_gap(current, words, strand)
        if words[0].islower() or CONNECTIVE.search(before):
            return not ended or self.mode != "line"
        if CODE_START.match(words) and not ended:
            return True
        if _is_caption(before, words):
            return False
        if self.mode == "blank":
            return True
        if self.mode == "line":
            return False
        if not ended:
            return not _is_heading(current, before) and not strand.opens_bold
        return before[-1] not in PARAGRAPH_ENDS and len(before) > FULL_LINE_SHARE * self.width

    def _goes_on_after_gap(self, current: Draft, words: str, strand: Strand) -> bool:
        """A page break may part a sentence, a blank line may part a heading in bold."""
        if current.bold and strand.opens_bold and current.marker is not None:
            return not words.isupper() and current.marker.style not in ("annex", "part", "chapter")
        length = sum(s.length() for s in current.strands)
        return words[0].islower() and length >= MIN_BROKEN_PARAGRAPH and not self.last_line.isupper()

    def _plausible(self, marker: Marker, words: str) -> bool:
        """A number at a line start is a marker only where its sequence expects it."""
        if marker.style == "bullet":
            dash = marker.text in "-–—"
            return not dash or not (CONNECTIVE.search(self.last_line) or words[marker.body].islower())
        if marker.style in ("decimal", "letter", "roman", "upper", "dotted", "bracket"):
            last = self.seen.get(marker.family, 0)
            return marker.ordinal == 1 or 0 < marker.ordinal - last <= MAX_ORDINAL_GAP
        return not words[0].islower()


def _is_heading(current: Draft, before: str) -> bool:
    """A short line in bold or capitals without an end is a heading, not the beginning of a sentence."""
    return before.isupper() or current.bold or len(before) < MIN_BROKEN_LINE


def _is_caption(before: str, words: str) -> bool:
    """Capitals followed by ordinary letters: lines of a letterhead or of a signature."""
    if not before.isupper() or words.isupper() or len(before) >= MAX_CAPTION_CHARACTERS:
        return False
    return words[0].isupper()


def _cell_drafts(text: str, grid: Grid, table: int) -> Iterator[Draft]:
    for row, cells in enumerate(grid.rows):
        for column, spans in enumerate(cells):
            joiner = _Joiner(text, "blank", MAX_WRAP_WIDTH)
            drafts: list[Draft] = []
            for start, end in spans:
                for left, right in _broken(text, start, end):
                    drafts += joiner.add(Line(left, right, "text"), False)
            for draft in drafts + joiner.flush():
                draft.cell = (table, row, column)
                yield draft


def _broken(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for match in BREAK.finditer(text, start, end):
        yield position, match.start()
        position = match.end()
    yield position, end
