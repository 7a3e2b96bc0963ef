"""Which quantities of a clause measure something, and which only describe what is measured."""

from __future__ import annotations

import re

from extract.folding import fold_tones
from extract.knowledge.phrases import read_phrases
from extract.mentions.found import Mentions
from extract.mentions.quantities import is_age
from extract.records.quotations import DIRECTED_MARKS, find_quoted
from extract.records.segments import metric_pattern
from extract.spans import Quantity

DURATIONS = frozenset(read_phrases("indicator_cues", "duration"))
"""Units of time: such numbers mostly say how long something takes, and measure nothing."""
DETAIL_UNITS = frozenset(read_phrases("indicator_cues", "detail_unit"))
"""Units that describe what a number before them counts (``5 trạm 3 loại``)."""
UNITS_OF_WORK = frozenset(read_phrases("indicator_cues", "unit_of_work"))
"""Counting the tasks or aims of a document measures nothing."""
TECHNICAL = re.compile(r"(?:[kmgt]b(?:/s|ps)?|gb|mb|hz|v|kv|°c|độ c|inch)\Z")
"""Units of a technical property (``tốc độ 1 Gb/s``), which seldom is the aim."""
CONDITION = re.compile(r"(?:Đối với|Trường hợp|Nếu|Khi|Riêng đối với)\b[^.]{0,300}?\bcó thể\b")
"""A clause that says what may be done in some case sets no aim."""
CASE = re.compile(r"[\s\-+•]{0,4}(?:Đối với|Trường hợp|Nếu|Khi|Riêng đối với)\s")
CONSEQUENCE = re.compile(r"\sthì\s")
SMALLER = re.compile(r"(?:nhỏ|bé) hơn\s", re.IGNORECASE)
"""A size so bounded is a criterion; aims are said with ``dưới``, ``không quá``."""
SLOGAN = re.compile(
    r"sinh (?:đủ|từ)|\bgiữa\s\Z|một trong|mỗi (?:cặp|gia đình|người|trẻ)[^,;.]{0,40}\Z", re.IGNORECASE
)
"""Before numbers of slogans (``sinh đủ 2 con``) and phrases (``một trong 5 tỉnh``)."""
SLOGAN_CHARACTERS = 60
FINE = re.compile(r"\b[Pp]hạt tiền(?:\s(?:từ|đến|bằng|trên|mức))*\s*\Z")
"""Before the amount that a rule fines an offence with; what was fined is told after ``phạt``, ``số tiền``."""
OFFENCE = re.compile(r"[^.;]{0,80}?\s(?:đối với|khi)\s")
COPIES = re.compile(r"\bhồ sơ\b[^.;]{0,60}\Z", re.IGNORECASE)
"""Before how many copies of an application are handed in: ``Số lượng hồ sơ: 01 bộ``."""
COPY_BEHIND = re.compile(r"\s(?:chính|gốc|sao|lưu|gửi|giao|cấp cho|có giá trị|bằng nhau)\b")
"""Behind how many copies of a decision or contract are made: ``03 bản chính, 01 bản lưu tại``."""
SHIFTS = re.compile(r"\b\d\s?ca,?\s\d\s?kíp\b")
"""``làm việc 3 ca, 4 kíp``: by day and by night."""
SHIFT_CHARACTERS = 10
QUOTATION_CHARACTERS = 400
"""A quotation is hardly longer on one side of a number."""
REACHES = re.compile(r"(?:là|đạt|còn)\s*+\Z")
"""Before a plain number that is the value of a measure."""
EQUALS = re.compile(r"(?:đạt|là)\s*+\Z")
"""Before a technical value that is an aim."""
REACHES_SHARE = re.compile(r"(?:đạt|chiếm|là)\s*+\Z")
"""Before a share of its own, not of what was counted before."""
REACHES_LEVEL = re.compile(r"(?:đạt|là|còn|chiếm|ở mức)\s*+\Z")
"""Between a number in a name and the value."""
MOVES_TO = re.compile(r"(?:đạt|là|còn|chiếm|xuống|lên|từ|giảm|tăng)\s*+\Z")
"""Before a number that is a value and no part of a name."""
BOUNDS_DURATION = re.compile(r"(?:đạt|là|còn|xuống|lên|dưới|trên|tối thiểu|không quá|mức|:)\s*+\Z")
"""Before a duration that is a value."""
NAMES_DURATION = re.compile(r"số năm|thời gian|tuổi thọ|số ngày|số giờ|bình quân|thời hạn", re.IGNORECASE)
"""Names of measures whose unit is time."""
SPAN_OF_TIME = re.compile(r"trong\s*+\Z|thời gian", re.IGNORECASE)
"""Before a range of days that is allowed for something."""
NEW_MEMBER = re.compile(r"[,;:(]|\svà(?:\s|\Z)")
"""Between two numbers: the second one stands for itself."""
OTHER_CLAUSE = re.compile(r"[,;:()]|\bvà\b")
"""Between two numbers: they do not belong to one name."""
EACH = re.compile(r"\bmỗi\b")
"""``mỗi xã 2 mô hình`` counts of its own."""


def is_measuring(
    text: str, mentions: Mentions, quantity: Quantity, clause: tuple[int, int], inside: list[Quantity]
) -> bool:
    """Tell a number that measures something from one that only describes.

    ``clause`` is the span of its clause; ``inside`` holds all quantities of the clause, this one included.

    >>> from extract.mentions.found import find_mentions
    >>> words = "Tỷ lệ hộ nghèo còn dưới 3% trong 5 năm"
    >>> mentions, clause = find_mentions(words), (0, len(words))
    >>> found = mentions.quantities_in(*clause)
    >>> [is_measuring(words, mentions, quantity, clause, found) for quantity in found]
    [True, False]
    """
    start, end = clause
    if is_age(text, quantity) or _is_quoted(text, quantity) or CONDITION.match(text, start, end):
        return False
    if _is_named_elsewhere(mentions, quantity, clause) or _is_condition(text, quantity, clause):
        return False
    before = text[start : quantity.start]
    if SLOGAN.search(before[-SLOGAN_CHARACTERS:]) and quantity.kind != "percent":
        return False
    if quantity.kind == "money" and FINE.search(before) and OFFENCE.match(text, quantity.end, end):
        return False
    if _is_copy_or_shift(text, quantity, before):
        return False
    if quantity.unit in UNITS_OF_WORK and quantity.kind == "count" and "hoàn thành" not in before:
        return False
    if quantity.kind == "plain":
        return bool(REACHES.search(before) and metric_pattern().search(fold_tones(before)))
    if quantity.unit in DURATIONS or TECHNICAL.search(quantity.unit):
        return _is_measured_duration(before, quantity)
    position = inside.index(quantity)
    if position and _is_detail(text, inside[position - 1], quantity):
        return False
    following = inside[position + 1] if position + 1 < len(inside) else None
    return following is None or not _is_inside_name(text, start, quantity, following)


def _is_copy_or_shift(text: str, quantity: Quantity, before: str) -> bool:
    """Tell copies of papers, and the shifts in which people work, from what is counted."""
    if quantity.unit == "bộ":
        return COPIES.search(before) is not None
    if quantity.unit == "bản":
        return COPY_BEHIND.match(text, quantity.end) is not None
    near = max(0, quantity.start - SHIFT_CHARACTERS)
    return any(m.start() <= quantity.start < m.end() for m in SHIFTS.finditer(text, near, quantity.end + 10))


def _is_named_elsewhere(mentions: Mentions, quantity: Quantity, clause: tuple[int, int]) -> bool:
    """Tell a number of a cited document, or of a time expression."""
    if any(c.start <= quantity.start < c.end for c in mentions.citations_in(*clause)):
        return True
    return any(p.start <= quantity.number_start < p.end for p in mentions.periods_in(*clause))


def _is_condition(text: str, quantity: Quantity, clause: tuple[int, int]) -> bool:
    """Tell a number that only says to whom a rule applies: ``Đối với hộ có từ 2 thẻ thì chỉ giảm 50%``."""
    if quantity.kind == "measure" and SMALLER.match(text, quantity.start):
        return True
    opening = CASE.match(text, *clause)
    return opening is not None and CONSEQUENCE.search(text, quantity.end, clause[1]) is not None


def _is_measured_duration(before: str, quantity: Quantity) -> bool:
    if quantity.unit not in DURATIONS:
        return EQUALS.search(before) is not None
    if quantity.comparator == "range":
        return SPAN_OF_TIME.search(before) is not None
    if not NAMES_DURATION.search(before):
        return False
    return quantity.comparator != "=" or BOUNDS_DURATION.search(before) is not None


def _is_detail(text: str, before: Quantity, quantity: Quantity) -> bool:
    """A second number may only describe what the first one counts."""
    between = text[before.end : quantity.start]
    if NEW_MEMBER.search(between) or CONSEQUENCE.search(between):
        return False
    if before.kind in ("count", "fraction") and quantity.kind == "percent":
        return not REACHES_SHARE.search(between)
    if quantity.unit in DETAIL_UNITS:
        return True
    if before.kind == "percent" and quantity.kind == "count" and "/" not in quantity.unit:
        words = between.split()
        return not EACH.search(between) and "có" not in words[-2:] and words[-1:] != ["với"]
    return False


def _is_inside_name(text: str, start: int, quantity: Quantity, following: Quantity) -> bool:
    """``tốc độ 01 Gb/s đạt 100%``: the first number belongs to the name of the second."""
    left, between = text[start : quantity.start], text[quantity.end : following.start]
    if OTHER_CLAUSE.search(between) or not metric_pattern().match(fold_tones(left.strip(" -+•"))):
        return False
    if MOVES_TO.search(left) or quantity.comparator in ("<=", ">="):
        return False
    return REACHES_LEVEL.search(between) is not None


def _is_quoted(text: str, quantity: Quantity) -> bool:
    first = max(0, quantity.start - QUOTATION_CHARACTERS)
    first = max(first, text.rfind("\n", first, quantity.start) + 1)
    quoted = find_quoted(text, first, quantity.end + QUOTATION_CHARACTERS, DIRECTED_MARKS)
    return any(left < quantity.start < right for left, right in quoted)
