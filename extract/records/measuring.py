"""Which quantities of a clause measure something, and which only describe what is measured."""

from __future__ import annotations

import re

from extract.folding import fold_tones
from extract.mentions.found import Mentions
from extract.mentions.quantities import is_age
from extract.records.segments import metric_pattern
from extract.spans import Quantity

DURATIONS = frozenset(
    {"năm", "tháng", "ngày", "giờ", "phút", "tuần", "quý", "tiếng", "giây", "ngày làm việc"}
)
TECHNICAL = re.compile(r"(?:[kmgt]b(?:/s|ps)?|gb|mb|hz|v|kv|°c|độ c|inch)\Z")
DETAIL_UNITS = frozenset(
    {
        "loại",
        "bệnh",
        "dịch vụ",
        "hình thức",
        "nội dung",
        "bước",
        "khâu",
        "bên",
        "cấp",
        "trong",
        "yếu tố",
        "tiêu chí",
        "chiều",
    }
)
CONDITION = re.compile(r"(?:Đối với|Trường hợp|Nếu|Khi|Riêng đối với)\b[^.]{0,300}?\bcó thể\b")
SLOGAN = re.compile(
    r"sinh (?:đủ|từ)|\bgiữa\s\Z|một trong|mỗi (?:cặp|gia đình|người|trẻ)[^,;.]{0,40}\Z", re.IGNORECASE
)
QUOTED = {"“": "”", "«": "»"}
COUNTS_OF_WORK = frozenset(
    {
        "hoạt động",
        "nhóm",
        "nhiệm vụ",
        "giải pháp",
        "nội dung",
        "mục tiêu",
        "chỉ tiêu",
        "tiêu chí",
        "chương trình",
        "phần",
        "lĩnh vực",
        "bộ hồ sơ",
    }
)
"""Counting the tasks or aims of a document measures nothing."""


def is_measuring(
    text: str, mentions: Mentions, quantity: Quantity, clause: tuple[int, int], inside: list[Quantity]
) -> bool:
    """Tell a number that measures something from one that only describes.

    ``inside`` holds all quantities of the clause, this one included.
    """
    start, end = clause
    before = text[start : quantity.start]
    if is_age(text, quantity) or _in_quotes(text, quantity) or CONDITION.match(text, start, end):
        return False
    if any(c.start <= quantity.start < c.end for c in mentions.citations_in(start, end)):
        return False
    if any(p.start <= quantity.number_start < p.end for p in mentions.periods_in(start, end)):
        return False
    if SLOGAN.search(before[-60:]) and quantity.kind != "percent":
        return False
    if quantity.unit in COUNTS_OF_WORK and quantity.kind == "count" and "hoàn thành" not in before:
        return False
    if quantity.kind == "plain":
        return bool(metric_pattern().search(fold_tones(before))) and bool(
            re.search(r"(?:là|đạt|còn)\s*\Z", before)
        )
    if quantity.unit in DURATIONS or TECHNICAL.search(quantity.unit):
        return _is_measured_duration(before, quantity)
    position = inside.index(quantity)
    if position and _is_detail(text, inside[position - 1], quantity):
        return False
    following = inside[position + 1] if position + 1 < len(inside) else None
    return following is None or not _is_inside_name(text, start, quantity, following)


def _is_measured_duration(before: str, quantity: Quantity) -> bool:
    if TECHNICAL.search(quantity.unit) and quantity.unit not in DURATIONS:
        return bool(re.search(r"(?:đạt|là)\s*\Z", before))
    if quantity.comparator == "range":
        return bool(re.search(r"\btrong\s*\Z|thời gian", before, re.IGNORECASE)) or before.rstrip().endswith(
            "trong"
        )
    named = re.search(
        r"(?:số năm|thời gian|tuổi thọ|số ngày|số giờ|bình quân|thời hạn)", before, re.IGNORECASE
    )
    return bool(named) and bool(
        re.search(r"(?:đạt|là|còn|xuống|lên|dưới|trên|tối thiểu|không quá|mức|:)\s*\Z", before)
        or quantity.comparator != "="
    )


def _is_detail(text: str, before: Quantity, quantity: Quantity) -> bool:
    """A second number may only describe what the first one counts."""
    between = text[before.end : quantity.start]
    if re.search(r"[,;:(]|\bvà\s*\Z", between) or " và " in between:
        return False
    if before.kind in ("count", "fraction") and quantity.kind == "percent":
        return not re.search(r"(?:đạt|chiếm|là)\s*\Z", between)
    if quantity.unit in DETAIL_UNITS:
        return True
    if before.kind == "percent" and quantity.kind == "count" and "/" not in quantity.unit:
        return not re.search(r"\bmỗi\b", between) and "có" not in between.split()[-2:]
    return False


def _is_inside_name(text: str, start: int, quantity: Quantity, following: Quantity) -> bool:
    """``tốc độ 01 Gb/s đạt 100%``: the first number belongs to the name of the second."""
    left, between = text[start : quantity.start], text[quantity.end : following.start]
    if re.search(r"[,;:()]|\bvà\b", between) or not metric_pattern().match(fold_tones(left.strip(" -+•"))):
        return False
    if re.search(r"(?:đạt|là|còn|chiếm|xuống|lên|từ|giảm|tăng)\s*\Z", left) or quantity.comparator in (
        "<=",
        ">=",
    ):
        return False
    return bool(re.search(r"(?:đạt|là|còn|chiếm|ở mức)\s*\Z", between))


def _in_quotes(text: str, quantity: Quantity) -> bool:
    for opening, closing in QUOTED.items():
        left = text.rfind(opening, max(0, quantity.start - 400), quantity.start)
        closed = text.find(closing, left, quantity.start) >= 0 or "\n" in text[left : quantity.start]
        if left >= 0 and not closed and text.find(closing, quantity.end, quantity.end + 400) >= 0:
            return True
    return False
