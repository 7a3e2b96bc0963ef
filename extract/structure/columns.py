"""What a column of a table is for, read from the words of its header."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from extract.folding import fold_marks, fold_tones
from extract.knowledge.tables import read_table
from extract.knowledge.units import unit_source

MAX_HEADER_CHARACTERS = 90

YEAR_HEADER = re.compile(
    r"(?:\b(?:19|20)\d\d\b|\bquý [ivx1-4]+\b|\btháng \d{1,2}\b"
    r"|^(?:kế hoạch|thực hiện|ước thực hiện|ước tính|mục tiêu|kh|th|uth|chỉ tiêu)\b.{0,30}\bnăm\b"
    r"|^(?:ước )?(?:thực hiện|kết quả)(?: cả năm| \d{1,2} tháng(?: đầu năm)?)?$|^kế hoạch(?: năm)?$"
    r"|^so với (?:kế hoạch|kh|cùng kỳ)|^so sánh|^tỷ lệ (?:đạt|so)|^đạt tỷ lệ|^ước (?:cả )?năm$)"
)
"""Header of a column of values: a year, a quarter, a plan or what was reached."""
RESULT_HEADER = re.compile(
    r"\b(?:thực hiện|ước|th|uth|kết quả|hiện trạng|đạt được|so với|so sánh|tỷ lệ đạt|hiện có)\b"
)
"""Words of a header, folded, whose values were reached already."""
NOT_RESULT = re.compile(r"\b(?:kế hoạch|mục tiêu|chỉ tiêu|kh|thời gian|đơn vị|cơ quan|phấn đấu)\b")
"""Words of a header, folded, whose values are planned."""

NUMBER_HEADER = re.compile(r"(?:(?:stt|tt|số tt|số thứ tự)(?!\w)(?:\s?\(.*)?|no)\Z")
"""A folded header of the numbers of rows, here or in another list: ``STT (Nghị quyết 12)``."""
LEADING_ROLES = frozenset({"content", "indicator", "unit", "product", "name"})
"""Roles whose words open a header, or nearly so."""
MAX_LEAD_CHARACTERS = 12
NO_MEASURE = re.compile(
    r"(?:đơn vị|đvt|năm |ngày |(?:tổng )?(?:số )?điểm\b"
    r"|số (?:và|hiệu|văn bản|quyết định|điện thoại|tài khoản|tt))"
)
"""How a header begins that names no measure, whatever follows."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its role, its header as printed and whether its values were reached already."""

    role: str
    header: str
    result: bool = False

    @property
    def numeric(self) -> bool:
        """Whether numbers stand in it: values of a time, or of a measure that the header names."""
        return self.role in ("value", "measure")


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    rows = [(fold_tones(row["phrase"]), row["role"]) for row in read_table("columns")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


@lru_cache(maxsize=4096)
def read_column(header: str) -> Column | None:
    """Say what a column is for; None when the words are no header.

    >>> read_column("Đơn vị chủ trì").role, read_column("Đơn vị tính").role
    ('lead', 'unit')
    >>> read_column("Ước thực hiện 2025").role, read_column("Ước thực hiện 2025").result
    ('value', True)
    >>> read_column("Đơn vi tính").role
    'unit'
    >>> read_column("Chiều dài (km)").role, read_column("Số hộ tham gia").role
    ('measure', 'measure')
    >>> read_column("Xây dựng trường đạt chuẩn") is None
    True
    """
    folded = " ".join(fold_tones(header).split()).strip(" .:*")
    if not folded or len(folded) > MAX_HEADER_CHARACTERS:
        return None
    if NUMBER_HEADER.match(folded):
        return Column("number", header)
    if YEAR_HEADER.search(folded) and not _names_time(folded):
        return Column("value", header, bool(RESULT_HEADER.search(folded)) and not _plans(folded))
    if _is_measure(folded):
        return Column("measure", header, bool(RESULT_HEADER.search(folded)) and not _plans(folded))
    for phrase, role in _phrases():
        position = folded.find(phrase) if role != "measure" else -1
        if position < 0 or (role == "number" and position):
            continue
        if position and folded[position - 1].isalnum():
            continue
        if role in LEADING_ROLES and position > MAX_LEAD_CHARACTERS:
            continue
        return Column(role, header)
    bare = _bare_phrases().get(fold_marks(folded))
    return Column(bare, header) if bare else None


@cache
def _measure_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give the pattern of how the header of a measure begins, and of the unit in brackets that ends it."""
    named = sorted((re.escape(phrase) for phrase, role in _phrases() if role == "measure"), key=len)
    opening = rf"(?:{'|'.join(reversed(named))})(?!\w)|(?:tổng )?số (?:lượng )?{unit_source('count')}"
    units = unit_source("percent", "rate", "money", "measure", "multiplier")
    label = r"(?:đvt|đơn vị(?: tính)?)?\s?:?\s?(?:[\d.]+\s)?"
    return re.compile(opening), re.compile(rf"\({label}{units}[^()]{{0,30}}\)\Z")


def _is_measure(folded: str) -> bool:
    """Tell the header of a column of numbers by its first words or by the unit it ends with."""
    opening, unit = _measure_patterns()
    if NO_MEASURE.match(folded):
        return False
    return opening.match(folded) is not None or (unit.search(folded) is not None and not _names_time(folded))


@cache
def _bare_phrases() -> dict[str, str]:
    """Map phrases of several words without their marks to roles: scans lose marks (``Đơn vi tính``)."""
    return {fold_marks(phrase): role for phrase, role in _phrases() if " " in phrase}


def _names_time(folded: str) -> bool:
    return folded.startswith(
        ("thời gian", "thời hạn", "tiến độ", "lộ trình", "hoàn thành", "nội dung", "nhiệm vụ")
    )


def _plans(folded: str) -> bool:
    """``Kế hoạch 2026`` plans, ``So với kế hoạch`` tells a result."""
    return bool(NOT_RESULT.search(folded)) and not folded.startswith(
        ("so ", "tỷ lệ", "ước", "thực hiện", "kết quả")
    )
