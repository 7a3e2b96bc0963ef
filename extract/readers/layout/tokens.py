"""How two printed lines are put together: with a blank, or without one where a word or number was cut."""

from __future__ import annotations

import re

from extract.syllables import is_vietnamese_syllable

BROKEN_CODE = re.compile(r"\w[-/]\Z")
"""A line that ends within a code or a compound: ``2839/QĐ-``, ``Covid-``; a dash has a blank before it."""
BREAKING_SIGNS = ("-", "/")
BROKEN_YEAR = re.compile(r"(?:\A|\D)(?:\d{1,2}[/.-]){1,2}(?P<begun>\d{1,3})\Z")
"""A date whose year is cut: ``30/6/202``."""
BEGUN_YEAR = re.compile(r"(?:\A|[^\d.,])(?P<begun>(?:19|20)\d)\Z")
BROKEN_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})*\.\d{0,2}\Z")
"""A number cut within a group of three figures: ``1.360.6``, ``1.``."""
LEADING_FIGURES = re.compile(r"\d{1,3}(?!\d)")
CAPITALS = re.compile(r"[A-ZĐ]{1,5}")
MAX_CUT_CAPITALS = 2
MAX_LAST_WORD = 7
LAST_WORD = re.compile(r"[^\W\d_]{1,7}\Z")
FIRST_WORD = re.compile(r"[^\W\d_]{1,6}(?![\w])")


def joint(before: str, after: str, tight: bool = False) -> str:
    """Give what stands between two lines that are one text: a blank or nothing.

    ``tight`` says that the line was broken for want of room, as narrow columns do inside a token.

    >>> joint("Kế hoạch số 2839/QĐ-", "BNNMT"), joint("trước ngày 30/6/202", "5", tight=True)
    ('', '')
    >>> joint("Sở Giáo dục -", "Đào tạo"), joint("Trườn", "g học", tight=True), joint("năm 2025", "3 lớp")
    (' ', '', ' ')
    """
    if before[-1:] in BREAKING_SIGNS and BROKEN_CODE.search(before) and after[:1].isalnum():
        return ""
    if not tight:
        return " "
    cut = _is_cut_number(before, after) or _is_cut_word(before, after) or _is_cut_letters(before, after)
    return "" if cut else " "


def _is_cut_letters(before: str, after: str) -> bool:
    """Say whether a cell holds one abbreviation in two lines: ``ST`` and ``T``."""
    if not (CAPITALS.fullmatch(before) and CAPITALS.fullmatch(after)):
        return False
    return len(after) <= MAX_CUT_CAPITALS and not is_vietnamese_syllable(after)


def _is_cut_number(before: str, after: str) -> bool:
    rest = LEADING_FIGURES.match(after)
    if before[-1:].isdigit() and after[:1] == "/":
        return True
    if rest is None:
        return False
    year = BROKEN_YEAR.search(before) or BEGUN_YEAR.search(before)
    if year is not None and len(year["begun"]) + len(rest[0]) == 4:
        return True
    groups = BROKEN_GROUPS.search(before)
    if groups is None:
        return False
    return len(groups[0].rpartition(".")[2]) + len(rest[0]) == 3


def _is_cut_word(before: str, after: str) -> bool:
    head, tail = LAST_WORD.search(before, max(len(before) - MAX_LAST_WORD, 0)), FIRST_WORD.match(after)
    if head is None or tail is None or not is_vietnamese_syllable(head[0] + tail[0]):
        return False
    if head[0].isupper() != tail[0].isupper() and len(head[0]) > 1:
        return False
    return not (is_vietnamese_syllable(head[0]) and is_vietnamese_syllable(tail[0]))
