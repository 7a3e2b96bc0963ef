"""Numbers with a word behind them that only look like quantities: ordinals, calendar parts, clock times.

Each pattern is named after what it recognises; all are matched on text folded by ``fold_tones``.
"""

from __future__ import annotations

import re

from extract.mentions.amounts import PrintedUnit

LEFT_CHARACTERS = 40
LINE_LABEL_MAX = 999
SMALL = re.compile(r"[1-9]|1[0-2]")
UNPADDED = re.compile(r"[1-9]\d?")
SPACED_DIGITS = re.compile(r"\d[ \u00a0]\d")
YEARS = re.compile(r"(?:19|20)\d\d(?:\D{1,6}(?:19|20)\d\d)?")
OUTLINE_NUMBER = re.compile(r"\d{1,2}\.\d{1,2}")

# Điều 5, khoá 12, Nghị quyết 42, lần thứ 3: an ordinal whatever follows.
ORDINAL_BEFORE = re.compile(
    r"(?<!\w)(?:điều|khoản|mục|tiểu mục|chương|phụ lục|phụ biểu|biểu|biểu mẫu|bảng|hình|trang|thứ|khoá|"
    r"kỳ họp|quốc lộ|tỉnh lộ|ql|km|vành đai|hotline|điện thoại|tel|fax|stt|phiên bản|cách mạng|"
    r"(?<!đất )(?<!cụm )(?<!khu )công nghiệp|"
    r"top|mức độ|cấp độ|đề án|nghị định|nghị quyết|quyết định|thông tư|chỉ thị|công văn|kết luận|thông báo|"
    r"tờ trình|quy định|(?<!pháp )luật|chương trình|tiểu dự án|khung giờ|số nhà|mã số|mã|thế kỷ|hạng|iso|"
    r"tcvn|qcvn|covid)(?:\s{1,2}\d{1,4}(?:,|;| và| hoặc)){0,3}\s{1,2}$"
)
# Lớp 10, cấp 2, nhóm 3: an ordinal when the number is small and not padded; lớp 35 học sinh is a count.
RANK_BEFORE = re.compile(
    r"(?<!\w)(?<!mỗi )(?<!một )(?:lớp|khối|(?<!nâng )(?<!cung )(?<!trợ )cấp|(?<!phân )(?<!xếp )loại|nhóm|tổ|"
    r"đội|khu|khu vực|vùng|tầng|giai đoạn|đợt|bước|dự án|tiêu chí|điểm|phần)\s{1,2}$"
)
PLACE_BEFORE = re.compile(r"(?<!\w)(?<!mỗi )(?<!một )(?:phường|quận|thôn|ấp|xóm|khu phố|khu dân cư)\s{1,2}$")
# Số 12, but not tổng số 149 xã.
NUMBERED_BEFORE = re.compile(r"(?<!tổng )(?<!trong )(?<!dân )(?<!con )(?<!\w)số\s{1,2}$")
CALENDAR_BEFORE = re.compile(
    r"(?<!mỗi )(?<!hàng )(?<!hằng )(?<!một )(?<!từng )(?<!\w)(?P<part>quý|tháng|ngày)[ \u00a0]{1,2}$"
)
ORDINALS_BEFORE = (ORDINAL_BEFORE, RANK_BEFORE, PLACE_BEFORE, NUMBERED_BEFORE, CALENDAR_BEFORE)
CALENDAR_LIMITS = {"quý": 4, "tháng": 12, "ngày": 31}
COUNT_BEFORE = re.compile(r"(?:có|là|đạt|với|gồm|được|cho|cả|thêm|số|:)\s{1,2}$")
CLOCK_BEFORE = re.compile(r"(?<!\w)(?:lúc|hồi|khoảng lúc)\s{1,2}$")
CLOCK_AFTER = re.compile(
    r"[ \u00a0]?(?:\d{1,2}(?: phút)?[ \u00a0]?)?,?[ \u00a0]?"
    r"(?:ngày|sáng|trưa|chiều|tối|đêm|hằng|hàng|thứ|cùng ngày|các ngày)(?!\w)"
)
# 6 tháng đầu năm, 15 tháng 3, 5 năm 2021 - 2025: parts of the calendar, no durations.
PERIOD_AFTER = re.compile(
    r"[ \u00a0]{1,2}(?:đầu năm|cuối năm|đầu tiên của năm|năm (?:19|20)\d\d|(?:19|20)\d\d(?!\d)|"
    r"\d{1,2}(?=[ \u00a0]năm|\s*+$|[,;.)]))"
)
DATE_AFTER = re.compile(r"[ \u00a0]{1,2}\d{1,2}(?:/| tháng)")
# từ 7 giờ 30 đến 17 giờ: where minutes stand beside an hour, both are times of the day.
MINUTES_AFTER = re.compile(r"[ \u00a0]?[0-5]\d(?: phút)?(?= (?:đến|tới)(?!\w)|[ \u00a0]?[-–]|[.,;)]|$)")
MINUTES_BEFORE = re.compile(r"\d ?(?:giờ|h) ?[0-5]\d(?: phút)?(?: đến| tới| ?[-–]) ?$")
PERIOD_UNITS = frozenset({"tháng", "năm", "quý"})
ROUND_THE_CLOCK = re.compile(r"24/(?:24|7)|7/7|30/30|365/365")
SURE_KINDS = frozenset({"percent", "money", "rate"})

EXAMPLES = {
    "ORDINAL_BEFORE": ("theo điều ", "nghị quyết ", "mức độ 3, ", "lần thứ "),
    "RANK_BEFORE": ("học sinh lớp ", "trường cấp ", "đô thị loại "),
    "NUMBERED_BEFORE": ("tại số ",),
    "CALENDAR_BEFORE": ("đến tháng ", "trước ngày "),
    "CLOCK_AFTER": (" 30 ngày", " hằng ngày", " sáng"),
    "MINUTES_AFTER": (" 30 đến", " 00 - 17 giờ", " 45."),
    "MINUTES_BEFORE": ("từ 7 giờ 30 đến ", "7h30-"),
    "PERIOD_AFTER": (" đầu năm", " năm 2024", " 2026-2030", " 3 năm"),
}
COUNTER_EXAMPLES = {
    "ORDINAL_BEFORE": ("đạt ", "của luật sư ", "mức "),
    "RANK_BEFORE": ("mỗi lớp ", "nâng cấp ", "xếp loại "),
    "NUMBERED_BEFORE": ("tổng số ", "trong số ", "chỉ số của "),
    "CALENDAR_BEFORE": ("mỗi tháng ", "hằng ngày ", "hàng tháng "),
    "CLOCK_AFTER": (" kể từ khi", " làm việc"),
    "MINUTES_AFTER": (" 15 người", " đến 17 giờ"),
    "MINUTES_BEFORE": ("từ 7 giờ đến ", "30 phút đến "),
    "PERIOD_AFTER": (" kể từ", " 02 lần"),
}


def is_lookalike(text: str, folded: str, start: int, digits: str, unit: PrintedUnit, bounded: bool) -> bool:
    """Say whether a number with a unit behind it is no quantity.

    Args:
        text: the text as printed.
        folded: the same text after ``fold_tones``.
        start: where the number begins.
        digits: the number as printed, a fraction or range whole.
        unit: what follows it.
        bounded: whether a comparator stands before it.

    >>> unit = PrintedUnit(15, "xã", "{commune}", "count")
    >>> is_lookalike("Nghị quyết 42 xã", "nghị quyết 42 xã", 11, "42", unit, False)
    True
    """
    if _is_alone_on_line(text, start, start + len(digits)):
        return True
    if unit.kind in SURE_KINDS:
        return unit.kind == "percent" and SPACED_DIGITS.search(digits) is not None
    left = folded[max(0, start - LEFT_CHARACTERS) : start]
    return (
        _is_ordinal(left, digits, unit, bounded)
        or _is_calendar(left, folded, digits, unit, bounded)
        or _is_clock(left, folded, digits, unit)
        or _is_line_label(text, start, digits, unit)
    )


def is_ordinal(folded: str, start: int) -> bool:
    """Say whether the word before a number makes it an ordinal or the number of something.

    >>> is_ordinal("theo điều 5", 10), is_ordinal("đạt 5", 4)
    (True, False)
    """
    left = folded[max(0, start - LEFT_CHARACTERS) : start]
    return any(pattern.search(left) for pattern in ORDINALS_BEFORE)


def _is_ordinal(left: str, digits: str, unit: PrintedUnit, bounded: bool) -> bool:
    if bounded:
        return False
    if ORDINAL_BEFORE.search(left) or NUMBERED_BEFORE.search(left):
        return True
    if unit.kind != "count":
        return False
    rank = SMALL.fullmatch(digits) and RANK_BEFORE.search(left)
    return bool(rank or (UNPADDED.fullmatch(digits) and PLACE_BEFORE.search(left)))


def _is_calendar(left: str, folded: str, digits: str, unit: PrintedUnit, bounded: bool) -> bool:
    if YEARS.fullmatch(digits) and (unit.kind == "count" or unit.unit in PERIOD_UNITS):
        return not bounded and not COUNT_BEFORE.search(left)
    if unit.unit in PERIOD_UNITS and PERIOD_AFTER.match(folded, unit.end):
        return True
    if unit.unit == "ngày" and DATE_AFTER.match(folded, unit.end):
        return True
    part = CALENDAR_BEFORE.search(left)
    if part is None or unit.unit == "lần" or not digits.isdecimal():
        return False
    return int(digits) <= CALENDAR_LIMITS[part["part"]]


def _is_clock(left: str, folded: str, digits: str, unit: PrintedUnit) -> bool:
    if ROUND_THE_CLOCK.fullmatch(digits):
        return True
    if unit.unit not in ("giờ", "h"):
        return False
    if CLOCK_BEFORE.search(left) or CLOCK_AFTER.match(folded, unit.end):
        return True
    return bool(MINUTES_BEFORE.search(left) or MINUTES_AFTER.match(folded, unit.end))


def _is_alone_on_line(text: str, start: int, end: int) -> bool:
    """Recognise the number of a table row or page, whose unit would stand on the next line."""
    after = text[end : end + 3].lstrip(" \u00a0")
    return after.startswith("\n") and _begins_line(text, start)


def _is_line_label(text: str, start: int, digits: str, unit: PrintedUnit) -> bool:
    """Recognise the number of a heading or table row that begins a line: ``3 Xã Tân Lập``, ``1.2 Trường``."""
    if unit.kind != "count" or not _begins_line(text, start):
        return False
    if OUTLINE_NUMBER.fullmatch(digits):
        return True
    printed = text[unit.end - len(unit.unit) : unit.end]
    return digits.isdecimal() and int(digits) <= LINE_LABEL_MAX and printed[:1].isupper()


def _begins_line(text: str, start: int) -> bool:
    before = text[max(0, start - LEFT_CHARACTERS) : start].rstrip(" \t\u00a0*#|")
    return not before or before.endswith("\n")
