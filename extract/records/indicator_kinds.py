"""Target, result or budget; level, increase or decrease: what the words around a quantity make of it."""

from __future__ import annotations

import re

from extract.schema import GroupRole, IndicatorKind, Measure
from extract.spans import Quantity

REACHED = re.compile(
    r"\b(?:hiện nay|hiện có|hiện tại|đã|tính đến|ước đạt|ước thực hiện|ước cả năm|ghi nhận|so với cùng kỳ|cùng kỳ|đến nay|"
    r"năm qua|vừa qua|thực tế|mới đạt|mới chỉ|lũy kế|hiện đang)\b",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"\b(?:phấn đấu|mục tiêu|chỉ tiêu|kế hoạch giao|bảo đảm đến|đến năm|đến hết năm|dự kiến|sẽ)\b",
    re.IGNORECASE,
)
MONEY_SPENT = re.compile(
    r"\b(?:kinh phí|ngân sách|dự toán|vốn|nguồn|tổng mức|hỗ trợ|chi|đối ứng|giải ngân|cấp|tài trợ|đầu tư)\b",
    re.IGNORECASE,
)
MONEY_MEASURED = re.compile(
    r"\b(?:thu nhập|bình quân đầu người|doanh thu|kim ngạch|giá trị|tổng sản phẩm|grdp|thu ngân sách|nộp ngân sách|phạt|lương)\b",
    re.IGNORECASE,
)
RISE = re.compile(
    r"\b(?:tăng(?:\sthêm)?|thêm|bổ sung thêm)\s*+(?:bình quân\s|trung bình\s|ít nhất\s|tối thiểu\s|trên\s|khoảng\s|từ\s|hơn\s|gấp\s|hàng năm\s|hằng năm\s)*\Z",
    re.IGNORECASE,
)
FALL = re.compile(
    r"\b(?:giảm(?:\sthêm|\sbình quân)?|cắt giảm)\s*+(?:ít nhất\s|tối thiểu\s|trên\s|khoảng\s|từ\s|hơn\s|bình quân\s|hàng năm\s)*\Z",
    re.IGNORECASE,
)
RISE_RATE = re.compile(r"\btốc độ tăng\b[^,;.]{0,80}\Z", re.IGNORECASE)
CHANGE_AT_START = re.compile(
    r"[\s\-+*•,;]*(?:phấn đấu\s)?(?P<verb>tăng|giảm|rút ngắn|cắt giảm)\s(?:tỷ|tỉ|số|mức|thời gian|chi phí)",
    re.IGNORECASE,
)
LEVEL_WORD = re.compile(
    r"(?:đạt|còn|xuống|lên|dưới|trên|là|đến|ở mức|không quá|tối thiểu|ít nhất|≤|≥|<|>)\s*(?:mức\s)?\Z",
    re.IGNORECASE,
)
FROM_TO = re.compile(r"\btừ\s\Z", re.IGNORECASE)
TO = re.compile(
    r"(?:xuống(?:\scòn)?|lên|đến|còn|thành)(?:\s(?:dưới|trên|khoảng|ít nhất))?\s*\Z", re.IGNORECASE
)


def read_kind(
    role: GroupRole, words: str, before: str, after: str, quantity: Quantity, report: bool
) -> IndicatorKind:
    """Say whether a number is to be reached, was reached, or is money to be spent.

    ``role`` is that of the section, ``words`` the sentence up to the number, ``before`` and ``after`` the
    number's own segment; ``report`` says that the document tells what was reached.
    """
    if FROM_TO.search(before) and TO.match(after.lstrip()):
        return "result"
    reached = bool(REACHED.search(words)) and not AHEAD.search(before)
    if role == "situation" or (report and role not in ("target", "task", "assignment")):
        kind: IndicatorKind = "target" if AHEAD.search(words) and not REACHED.search(words) else "result"
    else:
        kind = "result" if reached else "target"
    if (
        kind == "target"
        and quantity.kind == "money"
        and MONEY_SPENT.search(words)
        and not MONEY_MEASURED.search(words)
    ):
        return "budget"
    return kind


def read_measure(before: str, quantity: Quantity) -> Measure:
    """Tell increases and decreases from levels by the words before the value.

    >>> from extract.mentions.quantities import find_quantities
    >>> read_measure("giảm ", find_quantities("giảm 50% số cặp tảo hôn")[0])
    'decrease'
    """
    near = before[-60:]
    if RISE.search(near) or RISE_RATE.search(before):
        return "increase"
    if FALL.search(near):
        return "decrease"
    change = CHANGE_AT_START.match(before)
    shortens = change is not None and change["verb"].lower() in ("rút ngắn", "cắt giảm")
    if change and (shortens or quantity.comparator in ("=", "~", "range")) and not LEVEL_WORD.search(near):
        return "increase" if change["verb"].lower() == "tăng" else "decrease"
    return "level"
