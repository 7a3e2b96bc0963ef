"""Stretches of the calendar as they are printed: days, months, quarters, halves, years and their lists.

What is found here has no bound yet (``đến``, ``trước``, ``từ``); ``periods`` adds it. Parts that are not
printed stay ``None``: the year of ``ngày 15/12``, year and month of ``ngày 10``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from extract.mentions.moments import NEEDS_BOUND, NEEDS_RANGE, NEEDS_TIME_WORD, SURE, Grain, Moment, Point
from extract.mentions.openings import Openings, matches_at

NUMBERS = {
    name: number
    for number, names in enumerate(
        ("một i", "hai ii", "ba iii", "tư iv", "năm", "sáu", "bảy bẩy", "tám", "chín", "mười"), 1
    )
    for name in names.split()
} | {"mười một": 11, "mười hai": 12}

_SPACE, _GAP = r"\s{1,8}", r"\s{0,8}"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_MONTH = r"(?:1[0-2]|0?[1-9])(?!\d)"
_YEAR = r"(?:19\d\d|20\d\d|2100)(?!\d|[.,]\d{3}(?!\d))"
_ROMAN = r"(?:iv|i{1,3})(?!\w)"
_MONTH_NAME = rf"(?:mười{_SPACE}(?:một|hai)|một|hai|ba|tư|sáu|b[ảẩ]y|tám|chín|mười)"
_COUNT = rf"(?:\d{{1,2}}|sáu|chín|ba|b[ảẩ]y|tám|mười(?:{_SPACE}một)?)"
# Digits that go on from a longer number, from a code or from a fraction are no date.
_ALONE = r"(?<![\w/])(?<!\d[.,:])"
_ENDS = r"(?![\w/]|-[^\W\d_])"
# A dash at the start of a line is a bullet, so none is joined over a line break before it.
_DASH = r"[^\S\n]{0,3}[-–—]\s{0,3}"
_LISTED = rf"(?:{_DASH}|,\s{{0,3}}|{_SPACE}(?:và|hoặc){_SPACE})"
_OF_YEAR = rf"(?:,?{_GAP}(?:của{_SPACE})?năm{_SPACE}|\s{{0,3}}[/.-]\s{{0,3}}|,?{_SPACE})"
_THIS_YEAR = rf"{_SPACE}năm{_SPACE}nay"
# tuần 2 tháng 3, đợt 1 tháng 4: the number is no day.
_COUNTED = ("tuần", "thứ", "đợt", "lần", "vòng", "kỳ")
_NO_ORDINAL = "".join(rf"(?<!{word}\s)" for word in _COUNTED)
_AFTER_NO_DAY = "|".join((r"(?<!\d\s)", *(rf"(?<={word}\s\d\s)" for word in _COUNTED)))
# 10/3 âm lịch is a day of another calendar.
_NO_LUNAR = rf"(?!{_SPACE}\(?âm{_SPACE}lịch)"
# tháng 2 năm 1787, tháng 3 năm sau: a year that is printed but not read must not be filled in.
_NO_OTHER_YEAR = rf"(?!{_SPACE}năm{_SPACE}\w)"
_YEARS_NOUN = (
    rf"(?:giai{_SPACE}đoạn|thời{_SPACE}k[ỳì]|nhiệm{_SPACE}k[ỳì]|niên{_SPACE}khoá|năm{_SPACE}học|"
    rf"(?:(?:các|những){_SPACE})?năm)"
)

_OF_BUDGET = rf"(?:(?:ngân{_SPACE}sách|tài{_SPACE}chính|tài{_SPACE}khoá|kế{_SPACE}hoạch){_SPACE})?"

FORMS: dict[str, str] = {
    # ngày 30/6/2024, 30-6-2024, 30.6.2024, 22-24/11/2025
    "full_date": rf"(?:ngày{_GAP})?{_ALONE}(?:(?P<full_first>{_DAY}){_DASH}(?={_DAY}\s?/))?"
    rf"(?P<full_day>{_DAY})\s?(?P<mark>[/.-])\s?(?P<full_month>{_MONTH})\s?(?P=mark)\s?(?P<full_year>{_YEAR}){_ENDS}",
    # ngày 18 tháng 4 năm 2022, mùng 1 tháng 1, ngày 8, 9 tháng 5 năm 2025
    "worded_date": rf"(?P<word_noun>ngày{_GAP})?(?P<word_early>m[ùồ]ng{_SPACE})?"
    rf"{_ALONE}{_NO_ORDINAL}(?P<word_day>{_DAY})(?:{_LISTED}(?P<word_last>{_DAY}))?"
    rf"{_SPACE}tháng{_SPACE}(?P<word_month>{_MONTH}|{_MONTH_NAME}|năm(?={_SPACE}năm\b))"
    rf"(?:{_OF_YEAR}(?P<word_year>{_YEAR})|{_THIS_YEAR})?(?!\w|[/.]\d){_NO_OTHER_YEAR}{_NO_LUNAR}",
    # ngày 15/12
    "day_of_month": rf"(?P<short_noun>ngày{_GAP})?{_ALONE}(?P<short_day>{_DAY})\s?/\s?"
    rf"(?P<short_month>{_MONTH})(?!%|\s/|[.,]\d){_ENDS}{_NO_LUNAR}",
    # ngày 10 (hằng tháng), ngày 24 (-26/4/2025)
    "day": rf"ngày{_SPACE}(?P<lone_day>{_DAY})(?![/.,:]\d|\w)",
    # 6 tháng đầu năm 2024, 9 tháng đầu năm, 10 tháng năm 2017, nửa cuối năm 2025
    "months": rf"(?:{_ALONE}(?P<count>{_COUNT}){_SPACE}tháng|nửa)(?:"
    rf"{_SPACE}(?P<side>đầu|cuối)(?:{_SPACE}(?:của\s)?năm)?"
    rf"(?:{_SPACE}(?P<side_year>{_YEAR})|{_SPACE}nay|(?<=năm)(?!\w|{_SPACE}(?:sau|tới|trước|ngoái|học)\b))"
    rf"|(?:{_SPACE}(?:của\s)?năm{_SPACE}|\s?/\s?)(?P<count_year>{_YEAR}))",
    # tháng 11/2025, tháng 11 - 12/2025, tháng 3, 4 năm 2025, tháng tư năm 2024, tháng 5
    "month": rf"(?:{_AFTER_NO_DAY})(?<!một\s)tháng{_SPACE}(?:(?P<first_month>{_MONTH})"
    rf"(?P<month_list>(?:{_LISTED}{_MONTH}){{0,11}})(?:{_OF_YEAR}(?P<month_year>{_YEAR})|{_THIS_YEAR})"
    rf"|(?P<named_month>{_MONTH_NAME}){_SPACE}năm{_SPACE}(?P<named_year>{_YEAR})"
    rf"|(?P<lone_month>{_MONTH})(?:{_DASH}(?P<lone_last>{_MONTH}))?"
    rf"(?![\w%]|[/.,]\d|{_SPACE}(?:lần\b|tuổi\b|ngày\b(?!\s\d))){_NO_OTHER_YEAR})",
    # 01/2025, T3/2026
    "month_of_year": rf"(?:(?<!\w)(?P<short>t)|{_ALONE})(?P<bare_month>{_MONTH})"
    rf"\s?/\s?(?P<bare_month_year>{_YEAR}){_ENDS}",
    # quý II/2023, quý III, IV năm 2025, quý 4
    "quarter": rf"(?:các{_SPACE})?qu[ýí]{_GAP}(?P<first_quarter>{_ROMAN}|[1-4](?!\w))"
    rf"(?P<quarter_list>(?:{_LISTED}(?:{_ROMAN}|[1-4](?!\w)(?=\D{{1,9}}{_YEAR}))){{0,3}})"
    rf"(?:{_OF_YEAR}(?P<quarter_year>{_YEAR})|{_THIS_YEAR})?(?![/.]\d){_NO_OTHER_YEAR}",
    # giai đoạn 2021 - 2025, năm 2022- 2030, 2021-2025
    "years": rf"(?:{_YEARS_NOUN}{_SPACE}(?P<from_year>{_YEAR})(?:{_DASH}|{_SPACE}đến{_SPACE})"
    rf"(?:năm{_SPACE})?(?P<to_year>{_YEAR})"
    rf"|(?<![\w/.,:-])(?P<bare_from>{_YEAR}){_DASH}(?P<bare_to>{_YEAR})){_ENDS}",
    # năm 2025, các năm 2023, 2024, năm nay, năm ngân sách 2026
    "year": rf"(?:(?:các|những){_SPACE})?năm{_SPACE}(?:{_OF_BUDGET}(?P<year_number>{_YEAR})"
    rf"(?P<year_list>(?:(?:,\s{{0,3}}|{_SPACE}và{_SPACE}){_YEAR}){{0,9}})|nay\b)(?![\w/]|-\d)",
    # 2030, of đến 2030 or từ 2025 đến 2030
    "bare_year": rf"(?<![\w/.,:-])(?P<bare_year_number>{_YEAR}){_ENDS}(?!-\d)",
}
"""What each form of time looks like in folded text (see ``folding``), the longest reading first."""

# Looked at before any form: most places fail here.
_OPENING = (
    r"n(?=gày|ăm\s|hững\s|hiệm\s|iên\s|ửa\s)|m[ùồ]ng|tháng\s|qu[ýí]|các\s{1,3}(?:năm|qu)|giai\s|thời\sk|t\d"
    rf"|\d{{1,2}}\s?[/.–—-]\s?\d|(?:\d{{1,2}}{_LISTED})?{_COUNT}\s{{1,8}}tháng|\d{{4}}(?!\d)"
)
_LIST_NUMBER = re.compile(r"iv|i{1,3}|\d+")
MOMENT = re.compile(
    f"(?={_OPENING})(?:" + "|".join(f"(?P<{name}>{form})" for name, form in FORMS.items()) + ")"
)
MOMENT_OPENINGS = Openings(
    ["ngày", "nửa", "mùng", "mồng", "tháng", "quý", "quí", *(f"t{digit}" for digit in range(10))],
    [
        "năm",
        "các",
        "những",
        "nhiệm",
        "niên",
        "giai",
        "thời",
        "sáu",
        "chín",
        "ba",
        "bảy",
        "bẩy",
        "tám",
        "mười",
    ],
)
"""Words and digits that a stretch of the calendar begins with."""


def find_moments(lowered: str) -> Iterator[Moment]:
    """Find the stretches of the calendar in a text, from left to right, none overlapping.

    Takes text in lower case; gives moments with character offsets. Impossible days and years that run
    backwards are left out.

    >>> [(m.value, m.grain) for m in find_moments("quý ii/2023, ngày 31/02/2024, giai đoạn 2021 - 2025")]
    [('2023-04/2023-06', 'quarter'), ('2021/2025', 'years')]
    """
    for match in matches_at(MOMENT, lowered, MOMENT_OPENINGS):
        first, last, grain, strength = _READERS[match.lastgroup or ""](match)
        last = last or first
        if first.exists and last.exists and first.order <= last.order:
            one_unit = grain == "half" or match["count"] or (grain == "quarter" and not match["quarter_list"])
            joined = first != last and not one_unit
            yield Moment(match.start(), match.end(), grain, first, last, strength, joined)


Reading = tuple[Point, Point | None, Grain, int]


def _number(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isdecimal() else NUMBERS[" ".join(text.split())]


def _read_full_date(match: re.Match[str]) -> Reading:
    last = Point(int(match["full_year"]), int(match["full_month"]), int(match["full_day"]))
    first = int(match["full_first"] or 0)
    return last._replace(day=first) if 0 < first < int(match["full_day"]) else last, last, "day", SURE


def _read_worded_date(match: re.Match[str]) -> Reading:
    year, month = _number(match["word_year"]), _number(match["word_month"])
    last = Point(year, month, int(match["word_last"])) if match["word_last"] else None
    # 24 tháng 7: a day when the clause ends there, else perhaps 24 months.
    closed = not match.string[match.end() : match.end() + 2].strip(" .,;:)\n")
    sure = match["word_noun"] or match["word_early"] or year or closed
    return Point(year, month, int(match["word_day"])), last, "day", SURE if sure else NEEDS_BOUND


def _read_day_of_month(match: re.Match[str]) -> Reading:
    point = Point(None, int(match["short_month"]), int(match["short_day"]))
    return point, None, "day", SURE if match["short_noun"] else NEEDS_TIME_WORD


def _read_day(match: re.Match[str]) -> Reading:
    return Point(None, None, int(match["lone_day"])), None, "day", NEEDS_RANGE


def _read_months(match: re.Match[str]) -> Reading:
    count = min(_number(match["count"]) or 6, 12)
    year = _number(match["side_year"] or match["count_year"])
    first, last = (13 - count, 12) if match["side"] == "cuối" else (1, count)
    return Point(year, first), Point(year, last), "half" if count == 6 else "month", SURE


def _read_month(match: re.Match[str]) -> Reading:
    year = _number(match["month_year"] or match["named_year"])
    first = _number(match["first_month"] or match["named_month"] or match["lone_month"])
    listed = _LIST_NUMBER.findall(match["month_list"] or match["lone_last"] or "")
    return Point(year, first), Point(year, int(listed[-1])) if listed else None, "month", SURE


def _read_month_of_year(match: re.Match[str]) -> Reading:
    strength = SURE if match["short"] else NEEDS_BOUND
    return Point(int(match["bare_month_year"]), int(match["bare_month"])), None, "month", strength


def _read_quarter(match: re.Match[str]) -> Reading:
    names = [match["first_quarter"], *_LIST_NUMBER.findall(match["quarter_list"])]
    numbers = [_number(name) or 0 for name in names]
    year = _number(match["quarter_year"])
    return Point(year, min(numbers) * 3 - 2), Point(year, max(numbers) * 3), "quarter", SURE


def _read_years(match: re.Match[str]) -> Reading:
    first, last = match["from_year"] or match["bare_from"], match["to_year"] or match["bare_to"]
    return Point(int(first)), Point(int(last)), "years", SURE


def _read_year(match: re.Match[str]) -> Reading:
    year = _number(match["year_number"])
    listed = [int(number) for number in _LIST_NUMBER.findall(match["year_list"] or "")]
    if year and listed:
        return Point(min(year, *listed)), Point(max(year, *listed)), "years", SURE
    return Point(year), None, "year", SURE


def _read_bare_year(match: re.Match[str]) -> Reading:
    return Point(int(match["bare_year_number"])), None, "year", NEEDS_TIME_WORD


_READERS: dict[str, Callable[[re.Match[str]], Reading]] = {
    "full_date": _read_full_date,
    "worded_date": _read_worded_date,
    "day_of_month": _read_day_of_month,
    "day": _read_day,
    "months": _read_months,
    "month": _read_month,
    "month_of_year": _read_month_of_year,
    "quarter": _read_quarter,
    "years": _read_years,
    "year": _read_year,
    "bare_year": _read_bare_year,
}
