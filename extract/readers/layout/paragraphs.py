"""Lines to paragraphs: which line goes on with the one before, by room, indent, spacing and markers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from extract.readers.layout.page import Line
from extract.readers.layout.rows import height

MIN_INDENT_POINTS = 8.0
"""First lines are set in by 10 mm or more, lists by half of that."""
MAX_INDENT_POINTS = 45.0
SAME_EDGE_POINTS = 3.0
CENTERED_POINTS = 5.0
"""How far the middle of a centred line may be off: centred in its text, not on the page."""
MIN_CENTERED_INDENT_POINTS = 12.0
ROOM_POINTS = 1.5
"""A word that would have fitted with less to spare may not have."""
MAX_LINE_GAP_RATIO = 1.45
"""Lines of one paragraph follow each other at one distance; the space between paragraphs is 6 points more."""
MAX_SIZE_RATIO = 1.15
MIN_BODY_LINES = 3
BLANK_OF_SIZE = 0.27
"""Width of a blank, in sizes of the type."""
MARKER = re.compile(
    r"(?:[-–—+*•●▪○◦]\s?[^\W\d]|[•●▪○◦]"
    r"|\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[a-zđ]|[ivx]{1,4})[.)/]\)?(?:\s|[^\W\d]|\Z)|\d{1,2}(?:\.\d{1,2}){1,4}\s"
    r"|[IVXLC]{1,6}[.)/]\s?|[A-HĐ][.)]\s"
    r"|(?:Điều|ĐIỀU|Bước|Nhóm|Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Phụ lục|PHỤ LỤC|Biểu)\s(?:số\s)?[\dIVX]{1,5}\b)"
)
"""What may open a paragraph; whether it does is for the room and the indent to say."""
HEADING_ALONE = re.compile(
    r"(?:PHỤ\s?LỤC|Phụ\s?lục|PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục|BIỂU|Biểu)"
    r"(?:\s(?:số\s|SỐ\s|thứ\s|THỨ\s)?(?:[IVXLC]{1,6}|\d{1,3}[a-zA-Z]?|[A-Z]))?[.:]?\Z"
)
"""A line that entitles the title below it."""
SENTENCE_END = re.compile(r"[.;:!?…][\"”’')\]]*\Z|\./\.\Z")
SUBJECT = re.compile(r"(?:V/v|V/V|v/v|Về việc)\b")
MAX_SUBJECT_SHARE = 0.55
"""The subject stands in the left half of the page."""
OPENING = re.compile(r"(?:Nơi nhận|Kính gửi|Độc lập|Số\s?:|Căn cứ|CỘNG H)")
"""Fixed formulas that begin a paragraph wherever they stand."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The edges between which a column's lines are set, the usual distance of its lines, and its sort.

    ``pitch`` is from base line to base line, in heights of the line. ``indented`` says that first lines
    are set in.
    """

    left: float
    right: float
    pitch: float
    indented: bool
    beside: bool = False


@dataclass(slots=True)
class Printed:
    """A paragraph as printed: its lines, each with the page it stands on."""

    lines: list[Line] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)

    def add(self, line: Line, page: int) -> None:
        """Take the next line."""
        self.lines.append(line)
        self.pages.append(page)


def build_measure(lines: list[Line], beside: bool = False, floor: Measure | None = None) -> Measure:
    """Measure a column: where its full lines begin and end, and how far apart they stand.

    ``floor`` is the measure of the document, which holds where a column has too few lines to tell.
    ``beside`` says that another column stands beside it.
    """
    if not lines:
        return floor or Measure(0.0, 0.0, MAX_LINE_GAP_RATIO, False)
    left = min(line.box[0] for line in lines)
    right = _shared_edge([line.box[2] for line in lines])
    if floor is not None and not beside:
        left, right = min(left, floor.left), max(right, floor.right)
    pitches = [
        (after.box[3] - before.box[3]) / max(height(after.box), 1.0)
        for before, after in pairwise(lines)
        if 0 < after.box[3] - before.box[3] < 3 * height(after.box)
        and abs(after.box[0] - left) <= SAME_EDGE_POINTS
    ]
    pitch = median(pitches) if len(pitches) >= MIN_BODY_LINES else (floor.pitch if floor else 0.0)
    flush = sum(abs(line.box[0] - left) <= SAME_EDGE_POINTS for line in lines)
    set_in = any(line.box[0] - left >= MIN_INDENT_POINTS for line in lines)
    indented = (flush >= MIN_BODY_LINES and set_in) or (floor is not None and floor.indented)
    return Measure(left, right, pitch, indented, beside)


def _shared_edge(rights: list[float]) -> float:
    """Give the edge that several lines reach; a single longer line hangs over it."""
    ordered = sorted(rights, reverse=True)
    for right, third in zip(ordered, ordered[MIN_BODY_LINES - 1 :], strict=False):
        if right - third <= SAME_EDGE_POINTS:
            return right
    return ordered[0]


def goes_on(paragraph: Printed, line: Line, page: int, measure: Measure) -> bool:
    """Say whether a line goes on with the paragraph printed before it.

    A line does when its first word found no room in the line before, unless indent, spacing, size or a
    marker open a paragraph; centred lines of a title do when they look alike.
    """
    before = paragraph.lines[-1]
    words = line.text
    if OPENING.match(words) or HEADING_ALONE.match(before.text) or HEADING_ALONE.match(words):
        return False
    if _differs(before, line):
        return False
    same_page = paragraph.pages[-1] == page
    spaced = same_page and _is_spaced(before, line, measure)
    if same_page and not spaced and _is_subject(paragraph, line, measure):
        return True
    if measure.beside and _is_caption(before, line):
        return False
    if not same_page and not measure.indented and SENTENCE_END.search(before.text):
        return False
    if _are_set_evenly(before, line, measure):
        return not spaced and _are_alike(before, line)
    if _is_centered(line, measure) and not words[:1].islower():
        return False
    marked = MARKER.match(words) is not None
    if not _is_full(before, line, measure):
        return not marked and not spaced and words[:1].islower() and not SENTENCE_END.search(before.text)
    if spaced and (marked or not words[:1].islower()):
        return False
    if measure.beside and not marked and abs(_middle(before) - _middle(line)) <= CENTERED_POINTS:
        return True
    return _fits_indent(paragraph, line, marked, measure)


def _middle(line: Line) -> float:
    return (line.box[0] + line.box[2]) / 2


def _is_subject(paragraph: Printed, line: Line, measure: Measure) -> bool:
    """Say whether a line goes on with the subject of a dispatch, set in a narrow column below its number."""
    if not SUBJECT.match(paragraph.lines[0].text) or SENTENCE_END.search(paragraph.lines[-1].text):
        return False
    edge = measure.left + MAX_SUBJECT_SHARE * (measure.right - measure.left)
    return measure.beside or max(paragraph.lines[-1].box[2], line.box[2]) <= edge


def _differs(before: Line, line: Line) -> bool:
    one, other = height(before.box), height(line.box)
    return max(one, other) > MAX_SIZE_RATIO * min(one, other)


def _is_spaced(before: Line, line: Line, measure: Measure) -> bool:
    """Say whether there is more room between two lines than within a paragraph."""
    distance = (line.box[3] - before.box[3]) / max(height(line.box), 1.0)
    usual = measure.pitch or MAX_LINE_GAP_RATIO
    return distance > max(usual * 1.22, usual + 0.25) or distance < 0


def _is_full(before: Line, line: Line, measure: Measure) -> bool:
    """Say whether the next line's first word found no room in a line."""
    first = line.words[0]
    needed = first.box[2] - first.box[0] + BLANK_OF_SIZE * height(before.box)
    if measure.beside:
        room = measure.right - measure.left - (before.box[2] - before.box[0])
    else:
        room = measure.right - before.box[2]
    return room < needed + ROOM_POINTS


def _is_centered(line: Line, measure: Measure) -> bool:
    left, right = line.box[0] - measure.left, measure.right - line.box[2]
    if abs(left - right) > 2 * CENTERED_POINTS or min(left, right) < MIN_CENTERED_INDENT_POINTS:
        return False
    return MARKER.match(line.text) is None


def _is_wide(line: Line, measure: Measure) -> bool:
    """Say whether a line fills its column evenly, as a long line of a centred title does."""
    left, right = line.box[0] - measure.left, measure.right - line.box[2]
    return abs(left - right) <= 2 * CENTERED_POINTS and left < MIN_CENTERED_INDENT_POINTS


def _are_set_evenly(before: Line, line: Line, measure: Measure) -> bool:
    """Say whether two lines may be of one centred title, whose longest lines fill the column."""
    centered = _is_centered(before, measure), _is_centered(line, measure)
    if all(centered):
        return True
    if _is_indented_title(before, measure) and (centered[1] or _is_wide(line, measure)):
        return True
    even = all(one or _is_wide(other, measure) for one, other in zip(centered, (before, line), strict=True))
    return even and (any(centered) or abs(before.box[0] - line.box[0]) > SAME_EDGE_POINTS)


def _is_indented_title(line: Line, measure: Measure) -> bool:
    """Say whether a line of bold capitals is centred but for a first line's indent."""
    if not (is_bold(line) and _is_capital(line.text)) or MARKER.match(line.text):
        return False
    left, right = line.box[0] - measure.left, measure.right - line.box[2]
    return MIN_CENTERED_INDENT_POINTS <= right + SAME_EDGE_POINTS < left <= right + MAX_INDENT_POINTS


def _are_alike(before: Line, line: Line) -> bool:
    """Say whether two centred lines are of one title: the same weight and case, no brackets between."""
    if line.text.startswith("(") or before.text.endswith(")") or MARKER.match(line.text):
        return False
    if SENTENCE_END.search(before.text):
        return False
    lettered = any(map(str.isalpha, line.text))
    return is_bold(before) == is_bold(line) and (
        not lettered or _is_capital(before.text) == _is_capital(line.text)
    )


def _is_capital(text: str) -> bool:
    return text == text.upper()


def _is_caption(before: Line, line: Line) -> bool:
    """Say whether a line in capitals beside another column stands for itself, as a letterhead's lines do."""
    if not before.text.isupper() or before.text.endswith((",", " VÀ", " -")):
        return False
    return line.text[:1].isupper()


def is_bold(line: Line) -> bool:
    """Say whether most words of a line are bold."""
    return 2 * sum(word.bold for word in line.words) > len(line.words)


def _fits_indent(paragraph: Printed, line: Line, marked: bool, measure: Measure) -> bool:
    """Say whether a line behind a full one begins where a paragraph's next line does."""
    before, first = paragraph.lines[-1], paragraph.lines[0]
    shift = line.box[0] - before.box[0]
    flush = line.box[0] - measure.left <= SAME_EDGE_POINTS
    if paragraph.pages[-1] != paragraph.pages[0]:
        first = before
    if marked and not flush:
        return False
    if marked and SENTENCE_END.search(before.text):
        return False
    if shift >= MIN_INDENT_POINTS:
        hanging = len(paragraph.lines) == 1 and MARKER.match(first.text) is not None
        return hanging and not marked
    if abs(shift) < MIN_INDENT_POINTS and not flush and len(paragraph.lines) == 1:
        return line.text[:1].islower() or not (measure.indented or SENTENCE_END.search(before.text))
    return True
