"""Intervals at which something returns: ``hằng năm``, ``6 tháng một lần``, ``thường xuyên``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.mentions.openings import Openings, matches_at

NUMBERS = {"một": 1, "hai": 2, "ba": 3, "sáu": 6}

_SPACE = r"\s{1,3}"
_NUMBER = r"(?:\d{1,2}|hai|ba|sáu|một)"
_UNIT = r"(?:năm|quý|tháng|tuần)"
_EACH = rf"(?:h[àằ]ng|mỗi){_SPACE}"
_ONCE = rf"(?:\s?/\s?(?:0?1\s|một\s)?lần|{_SPACE}(?:một|0?1){_SPACE}lần)"
_NO_YEAR = rf"(?!\w|{_SPACE}(?:\d|học\b|nay\b|đầu\b|cuối\b))"
# hàng tháng, quý, 6 tháng, năm: the shortest interval is the one that counts, the rest belongs to the words.
_LARGER = (
    rf"(?:(?:,|\s?/|{_SPACE}(?:và|hoặc))\s{{0,3}}(?:{_EACH})?"
    rf"(?:(?:\d{{1,2}}|sáu){_SPACE}tháng|quý|(?:0?1{_SPACE})?năm){_NO_YEAR}){{0,4}}"
)
# ngân hàng, khách hàng, cửa hàng end in hàng; cây hàng năm is a sort of crop; Quý vị is a form of address.
_NO_GOODS = "".join(
    rf"(?<!{word}\s)" for word in ("ngân", "khách", "cửa", "mặt", "bán", "đơn", "giao", "mua", "nhà", "cây")
)
_NO_ADDRESS = rf"(?!{_SPACE}(?:vị|khách|hiếm|bạn|đại|ông|bà)\b)"
# Expenditure, training and the like that are called thường xuyên are not done all the time.
_NO_EXPENDITURE = "".join(
    rf"(?<!{word}\s)" for word in ("chi", "phí", "dưỡng", "dục", "không", "vốn", "toán", "sách")
)
_PERIODICALLY = rf"định{_SPACE}k[ỳì]:?{_SPACE}"

FORMS: tuple[str, ...] = (
    # hằng năm, hàng tháng, quý; mỗi 6 tháng
    rf"(?:{_PERIODICALLY})?{_NO_GOODS}{_EACH}(?:(?P<yearly>năm)(?!\w|{_SPACE}(?:19|20)\d\d)"
    rf"|(?P<daily>ngày)(?!\w|{_SPACE}\d|{_SPACE}(?:nay|càng|đầu|cuối|lễ|hội|tết)\b)"
    rf"|(?P<each>quý{_NO_ADDRESS}|tháng|tuần)(?!\w|{_SPACE}\d{{1,2}}/){_LARGER}"
    rf"|(?P<each_count>{_NUMBER}){_SPACE}(?P<each_unit>{_UNIT})(?!\w))",
    rf"(?P<annual>thường{_SPACE}niên)",
    # 6 tháng/lần, 03 tháng một lần
    rf"(?:{_PERIODICALLY})?(?<![\w/.,])(?P<once_count>{_NUMBER}){_SPACE}(?P<once_unit>{_UNIT}){_ONCE}(?!\w){_LARGER}",
    # định kỳ 6 tháng, năm; định kỳ quý
    rf"{_PERIODICALLY}(?:(?P<regular_count>{_NUMBER}){_SPACE})?(?P<regular_unit>{_UNIT}){_NO_YEAR}{_LARGER}",
    # 6 tháng, năm
    rf"(?<![\w/.,])(?P<half>0?6{_SPACE}tháng)(?:,|{_SPACE}và){_SPACE}(?:{_EACH})?năm{_NO_YEAR}",
    # thường xuyên, liên tục
    rf"(?P<continuous>{_NO_EXPENDITURE}thường{_SPACE}xuyên(?:,?{_SPACE}(?:và\s)?liên{_SPACE}tục)?(?!\w)"
    rf"|liên{_SPACE}tục(?:,|{_SPACE}và){_SPACE}thường{_SPACE}xuyên(?!\w))",
)
"""What each form of recurrence looks like in folded text."""

# Looked at before any form, to be fast.
_OPENING = rf"h[àằ]ng\s|mỗi\s|định\s|thường\s|liên\s|{_NUMBER}{_SPACE}{_UNIT}[\s/,]"
RECURRENCE = re.compile(f"(?={_OPENING})(?:" + "|".join(FORMS) + ")")
RECURRENCE_OPENINGS = Openings([], ["hàng", "hằng", "mỗi", "định", "thường", "liên", *NUMBERS])
"""Words and digits that a recurrence begins with."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """An interval at which something returns, as an ISO 8601 duration, or ``continuous``."""

    start: int
    end: int
    duration: str


def find_recurrences(lowered: str) -> Iterator[Recurrence]:
    """Find the intervals at which something returns in a text in lower case.

    >>> [r.duration for r in find_recurrences("định kỳ 6 tháng, năm; hằng quý; chi thường xuyên")]
    ['P6M', 'P3M']
    """
    for match in matches_at(RECURRENCE, lowered, RECURRENCE_OPENINGS):
        yield Recurrence(match.start(), match.end(), _duration(match))


def _duration(match: re.Match[str]) -> str:
    if match["continuous"]:
        return "continuous"
    if match["half"]:
        return "P6M"
    if match["yearly"] or match["annual"]:
        return "P1Y"
    if match["daily"]:
        return "P1D"
    count = match["each_count"] or match["once_count"] or match["regular_count"] or "1"
    unit = match["each"] or match["each_unit"] or match["once_unit"] or match["regular_unit"]
    number = NUMBERS.get(count) or int(count)
    return {"năm": f"P{number}Y", "quý": f"P{number * 3}M", "tháng": f"P{number}M"}.get(unit, f"P{number}W")
