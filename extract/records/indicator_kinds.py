"""Target, result or budget; level, increase or decrease: what the words around a quantity make of it."""

from __future__ import annotations

import re

from extract.knowledge.phrases import any_phrase
from extract.schema import GroupRole, IndicatorKind, Measure
from extract.spans import Quantity

REACHED = re.compile(
    rf"\b(?:{any_phrase('indicator_cues', 'reached')}|(?<!để )(?<!không )xảy ra(?= \d))\b", re.IGNORECASE
)
"""Words of a sentence that tells what was reached already."""
AHEAD = re.compile(rf"\b{any_phrase('indicator_cues', 'planned')}\b", re.IGNORECASE)
"""Words of a sentence that tells what is to be reached."""
MONEY_SPENT = re.compile(rf"\b{any_phrase('indicator_cues', 'money_spent')}\b", re.IGNORECASE)
"""Money that is given out for the work: a budget."""
MONEY_MEASURED = re.compile(rf"\b{any_phrase('indicator_cues', 'money_measured')}\b", re.IGNORECASE)
"""Money that shows how well the work does: an indicator like any other."""
FUNDED = re.compile(rf"\b{any_phrase('indicator_cues', 'funded')}\b[^.;]{{0,80}}\Z", re.IGNORECASE)
"""Before money that was set aside for the work, whatever the rest of the sentence tells."""
SPENT = re.compile(rf"\b{any_phrase('indicator_cues', 'spent')}\b", re.IGNORECASE)
"""Words of money that is gone: a result."""
EARNED = re.compile(rf"\b{any_phrase('indicator_cues', 'invested')}\b", re.IGNORECASE)
"""Words of money that others brought: a result or aim of the work."""
OF_FUNDS = re.compile(r"\s{0,2}(?:của )?t[ổố]ng (?:vốn|kinh phí|mức|nguồn|dự toán)\b", re.IGNORECASE)
"""Behind a share of the money for the work."""
NATURE = re.compile(rf"\b{any_phrase('indicator_cues', 'nature')}\b[^.;:]{{0,80}}\Z", re.IGNORECASE)
"""Before a number of the weather, which nobody sets as an aim."""
DEGREE = r"(?:(?:bình quân|trung bình|ít nhất|tối thiểu|trên|khoảng|gần|từ|hơn|gấp|hàng năm|hằng năm)\s)*"
"""Words between a change and its value."""
RISE = re.compile(
    rf"\b(?:tăng(?:\sthêm)?|thêm|bổ sung thêm|cao hơn(?=[^,;.]{{0,20}}\sgấp))\s*+{DEGREE}\Z", re.IGNORECASE
)
"""``tăng ít nhất 5%``: by how much something rises."""
FALL = re.compile(rf"\b(?:giảm(?:\sthêm|\sbình quân)?|cắt giảm)\s*+{DEGREE}\Z", re.IGNORECASE)
"""``giảm trên 3%``: by how much something falls."""
RISE_RATE = re.compile(r"\b(?:tốc độ tăng|tăng trưởng|mức tăng)\b[^,;.]{0,80}\Z", re.IGNORECASE)
"""``tốc độ tăng ... đạt 7%``, ``tăng trưởng kinh tế đạt 8%`` is by how much something rises."""
CHANGE_AT_START = re.compile(
    r"[\s\-+*•,;]*(?:phấn đấu\s)?(?P<verb>tăng|giảm|rút ngắn|cắt giảm)\s(?:tỷ|tỉ|số|mức|thời gian|chi phí)",
    re.IGNORECASE,
)
"""``Giảm tỷ lệ hộ nghèo 1,5%``: the change stands before the name."""
LEVEL_WORD = re.compile(
    r"(?:đạt|còn|xuống|lên|dưới|trên|là|đến|ở mức|không quá|tối thiểu|ít nhất|≤|≥|<|>)\s*(?:mức\s)?\Z",
    re.IGNORECASE,
)
"""``giảm tỷ lệ hộ nghèo xuống 3%``: the value is where the change leads, a level."""
FROM = re.compile(r"\btừ\s\Z", re.IGNORECASE)
"""Before the first value of ``từ 5% xuống 3%``."""
TO = re.compile(
    r"(?:xuống(?:\scòn)?|lên|đến|còn|thành)(?:\s(?:dưới|trên|khoảng|ít nhất))?\s*\Z", re.IGNORECASE
)
"""``từ 5% xuống 3%``: the first value is what was reached."""
NEAR_CHARACTERS = 60
DID = re.compile(r"[^,;.:]{0,40}?\sđã\s", re.IGNORECASE)
MAX_SYLLABLES_BEFORE_DOERS = 3
"""More words than ``trọng tâm là`` before a count tell what is done with it."""


def read_kind(
    role: GroupRole, words: str, before: str, after: str, quantity: Quantity, report: bool
) -> IndicatorKind:
    """Say whether a number is to be reached, was reached, or is money to be spent.

    ``role`` is that of the section, ``words`` the sentence up to the number, ``before`` and ``after`` the
    number's own segment; ``report`` says that the document tells what was reached.

    >>> from extract.mentions.quantities import find_quantities
    >>> words = "Đến nay tỷ lệ hộ nghèo còn 3%"
    >>> read_kind("task", words[:-2], words[:-2], "", find_quantities(words)[0], report=False)
    'result'
    """
    if is_starting_point(before, after) or (quantity.kind != "percent" and NATURE.search(before)):
        return "result"
    if (
        quantity.kind == "money"
        and FUNDED.search(before)
        and not (SPENT.search(before) or EARNED.search(words))
    ):
        return "budget"
    if (
        quantity.kind == "percent"
        and OF_FUNDS.match(after)
        and not (REACHED.search(words) or role == "situation")
    ):
        return "budget"
    reached = bool(REACHED.search(words)) and not AHEAD.search(before)
    reached = reached or _did_already(before, after, quantity)
    if role == "situation" or (report and role not in ("target", "task", "assignment")):
        kind: IndicatorKind = "target" if AHEAD.search(words) and not REACHED.search(words) else "result"
    else:
        kind = "result" if reached else "target"
    return "budget" if kind == "target" and _is_money_spent(words, quantity) else kind


def _did_already(before: str, after: str, quantity: Quantity) -> bool:
    """Tell those who did something, counted at the beginning of a clause: ``7 huyện đã lập hội đồng``."""
    if quantity.kind not in ("count", "fraction") or AHEAD.search(before):
        return False
    return len(before.split()) <= MAX_SYLLABLES_BEFORE_DOERS and DID.match(after) is not None


def is_starting_point(before: str, after: str) -> bool:
    """Tell the first value of a change, which is where things stand: ``từ 5% xuống 3%``.

    ``before`` and ``after`` are what stands before and behind it, up to its neighbours.

    >>> is_starting_point("giảm tỷ lệ hộ nghèo từ ", " xuống ")
    True
    """
    return FROM.search(before) is not None and TO.match(after.lstrip()) is not None


def _is_money_spent(words: str, quantity: Quantity) -> bool:
    if quantity.kind != "money" or MONEY_MEASURED.search(words):
        return False
    return MONEY_SPENT.search(words) is not None


def read_measure(before: str, quantity: Quantity) -> Measure:
    """Tell increases and decreases from levels by the words before the value.

    >>> from extract.mentions.quantities import find_quantities
    >>> read_measure("giảm ", find_quantities("giảm 50% số cặp tảo hôn")[0])
    'decrease'
    """
    near = before[-NEAR_CHARACTERS:]
    if RISE.search(near) or (quantity.kind == "percent" and RISE_RATE.search(before)):
        return "increase"
    if FALL.search(near):
        return "decrease"
    change = CHANGE_AT_START.match(before)
    shortens = change is not None and change["verb"].lower() in ("rút ngắn", "cắt giảm")
    if change and (shortens or quantity.comparator in ("=", "~", "range")) and not LEVEL_WORD.search(near):
        return "increase" if change["verb"].lower() == "tăng" else "decrease"
    return "level"
