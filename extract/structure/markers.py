"""Markers that open a heading or an item: ``Phần``, ``I.``, ``1.1.``, ``a)``, ``-``, ``Nhóm 1.``.

The form of numbering follows Decree 30/2020/NĐ-CP (annex I): parts, chapters, sections, articles,
clauses ``1.``, points ``a)`` in the Vietnamese alphabet with ``đ`` and without f, j, w, z.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
UPPER_LETTERS = POINT_LETTERS.upper()
ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
ORDINAL_WORDS = {
    "nhất": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8,
    "chín": 9, "mười": 10,
}  # fmt: skip
COUNTING_WORDS = "[Hh]ai|[Bb]a|[Tt]ư|[Bb]ốn|[Nn]ăm|[Ss]áu|[Bb]ảy|[Tt]ám|[Cc]hín|[Mm]ười"

NAMED_WORDS = (
    "Nhóm|Nhiệm vụ|Tiêu chí|Hoạt động|Chỉ tiêu|Mục tiêu|Giải pháp|Tiểu dự án|Dự án|Nội dung|Bước|"
    "Đợt|Hợp phần|Chuyên đề|Mô hình|Công việc|Giai đoạn"
).replace(" ", r"\ ")
DAY_WORDS = "NGÀY|Ngày|TUẦN|Tuần|Buổi|BUỔI"
"""Counted days and weeks of a programme: ``NGÀY 1: THỨ HAI``; ``Ngày 20 - 25/8`` is a date."""
CAPITALS = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
MARKER = re.compile(
    rf"""
    (?P<annex>(?:PHỤ\s?LỤC|Phụ\s?lục|BIỂU|Biểu\ (?:mẫu\ )?số)
        (?:\ (?:số\ )?(?:[IVXLC]{{1,6}}|\d{{1,2}}[a-zA-Z]?))?
        (?=\s*(?:[.:\-–(]|\Z)))
  | (?P<part>(?:PHẦN|Phần)(?:\ (?:THỨ|thứ))?
        \ (?:[IVX]{{1,5}}|\d{{1,2}}|NHẤT|nhất|HAI|hai|BA|ba|TƯ|tư|NĂM|năm))(?=[\s.:\-]|\Z)
  | (?P<chapter>(?:CHƯƠNG|Chương)\ (?:[IVX]{{1,5}}|\d{{1,2}}))(?=[\s.:\-]|\Z)
  | (?P<section>(?:MỤC|Mục)\ (?:[IVX]{{1,5}}|\d{{1,2}}))(?=[.:\-]|\Z)
  | (?P<article>(?:ĐIỀU|Điều)\ \d{{1,3}})(?=[.:])
  | (?P<named>(?:{NAMED_WORDS})\ (?:thứ\ )?\d{{1,2}}(?:\.\d{{1,2}})?(?=\s*[.:)]|\Z|\s*[-–]\s)
      |(?:{DAY_WORDS})\ \d{{1,2}}(?=\s*[:(]))
  | (?P<dotted>(?:\d{{1,2}}|[IVX]{{1,5}})(?:\.\d{{1,2}}){{1,4}})(?=[.)]?\s|[.)][^\W\d]|[-–]\s[^\W\d]|\.?\Z)
  | (?P<roman>(?!V/V)[IVX]{{1,6}})(?=[.)]\s*[^\W\d]|/\s*[^\W\da-z]|\s?[-–]\s|[.)]?\Z)
  | (?P<decimal>\d{{1,3}})(?=[.)](?:\Z|\s)|[.)/](?:[^\W\d“"(]|[“"(])|/\s|\ ?[-–]\ [^\W\d])
  | (?P<bracket>\((?:\d{{1,2}}|[ivx]{{1,4}}|[a-zđ])\))(?=\s?\S)
  | (?P<letter>[a-zđ])(?=\)\s*\S|\.\ |(?:\s?[-–]\s|/\s?)[{CAPITALS}])
  | (?P<upper>[A-HĐ])(?=[.)/]\ ?[^\W\d]|[-–]\s[{CAPITALS}])
  | (?P<ordinal>(?:Thứ\ (?:[Nn]hất|{COUNTING_WORDS})|(?:Một|{COUNTING_WORDS})\ là)
        (?=\s?[,:]\s*(?!ngày\b)[“"]?[^\W\d]))
  | (?P<bullet>[-–—+*•●○▪■◦·❖✓➢➤►⮚‣∙§])(?=\s?[^\s\d\-–—+*]|\s\d)
    """,
    re.VERBOSE,
)
"""One marker at the start of a paragraph; the group's name is its style."""

TAIL = re.compile(r"[.,):/]?(?:\s*[-–](?=\s))?\s*+")
"""What stands between the marker and its text."""

MIN_CAPITAL_SHARE = 0.85
CAPITALS_LOOKED_AT = 120
MARKS_BEHIND_LETTER = frozenset(").-–/ ")
RANKS = {
    "annex": 0, "part": 1, "chapter": 2, "section": 3, "article": 4, "upper": 4, "roman": 5, "decimal": 6,
    "named": 6, "dotted": 7, "ordinal": 8, "letter": 9, "bracket": 10, "bullet": 11,
}  # fmt: skip
"""Usual depth of a style; used only where the sequence of markers does not decide."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker: its style, text as printed, place in its sequence and where its text begins.

    ``family`` tells sequences apart: bullets by their sign, named markers by their word, dotted
    numbers by their depth.
    """

    style: str
    text: str
    family: str
    ordinal: int
    body: int
    prefix: str = ""


def parse_roman(text: str) -> int:
    """Give the value of a Roman numeral.

    >>> parse_roman("XIV")
    14
    """
    total = 0
    values = [ROMAN_VALUES[letter] for letter in text.lower()]
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += value if value >= following else -value
    return total


def read_marker(text: str, start: int, end: int) -> Marker | None:
    """Read the marker that opens ``text[start:end]``; None when there is none.

    >>> read_marker("đ) Tham mưu", 0, 11).ordinal
    5
    >>> read_marker("25/4/2024 của UBND tỉnh", 0, 23) is None
    True
    >>> read_marker("Nhóm 2. Tiếp tục", 0, 16).text
    'Nhóm 2'
    >>> read_marker("Thứ hai, các sở rà soát", 0, 23).ordinal
    2
    >>> read_marker("Thứ hai, ngày 05/3/2029", 0, 23) is None
    True
    """
    # Most wrapped lines begin with a small letter; only ``a)``, ``a.`` and ``a-`` are markers among them.
    if text[start : start + 1].islower() and text[start + 1 : start + 2] not in MARKS_BEHIND_LETTER:
        return None
    match = MARKER.match(text, start, end)
    if match is None or match.lastgroup is None:
        return None
    style, printed = match.lastgroup, match.group()
    tail = TAIL.match(text, match.end(), end)
    body = tail.end() if tail else match.end()
    if style == "bullet":
        return Marker(style, printed, f"bullet{_sign(printed)}", 0, body)
    prefix = printed.rpartition(".")[0] if style == "dotted" else ""
    return Marker(style, printed, _family(style, printed), _ordinal(style, printed), body, prefix)


def _sign(printed: str) -> str:
    return "-" if printed in "-–—" else printed


def _family(style: str, printed: str) -> str:
    if style == "named":
        return f"named {printed.rstrip('0123456789. ').casefold()}"
    if style == "dotted":
        return f"dotted{printed.count('.')}"
    if style == "bracket":
        inner = printed[1:-1]
        return "bracket1" if inner.isdigit() else "bracketi" if set(inner) <= set("ivx") else "bracketa"
    return style


def _ordinal(style: str, printed: str) -> int:
    if style == "ordinal":
        return next(ORDINAL_WORDS[word] for word in printed.casefold().split() if word in ORDINAL_WORDS)
    last = re.split(r"[\s.]", printed.strip("()"))[-1]
    if last.isdigit():
        return int(last)
    if style == "letter" or (style == "bracket" and not set(last) <= set("ivx")):
        return POINT_LETTERS.find(last) + 1
    if style == "upper":
        return UPPER_LETTERS.find(last) + 1
    if last and set(last.lower()) <= set(ROMAN_VALUES):
        return parse_roman(last)
    return ORDINAL_WORDS.get(last.lower(), 1)


def is_capitals(words: str) -> bool:
    """Tell a title in capitals, whatever stands in brackets behind it.

    >>> is_capitals("PHÂN CÔNG NHIỆM VỤ (đính kèm phụ lục)"), is_capitals("Sở Y tế")
    (True, False)
    """
    head = words.partition("(")[0]
    small = sum(map(str.islower, head[:CAPITALS_LOOKED_AT]))
    large = sum(map(str.isupper, head[:CAPITALS_LOOKED_AT]))
    return large > 1 and large > MIN_CAPITAL_SHARE * (large + small)
