"""Who does it and with whom: the units that an instruction names, by the words around them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.knowledge.actions import leading_action, lower_action_pattern
from extract.mentions.organs import split_units
from extract.spans import Organ

MAX_UNITS_CHARACTERS = 420
"""A list of units is not longer; a phrase that is, was not one."""
MAX_LEAD_IN_CHARACTERS = 600

UNIT_START = (
    r"(?:(?:các|những|mỗi|từng|toàn thể|lãnh đạo|giám đốc|thủ trưởng|chủ tịch|người đứng đầu|một số|đại diện)\s)?+"
    r"(?:các\s)?+(?:sở|ban|bộ|ngành|cơ quan|đơn vị|tổ chức|địa phương|đoàn thể|cấp|ủy ban|uỷ ban|ubnd|hđnd|hội|"
    r"doanh nghiệp|chủ đầu tư|chủ dự án|lực lượng|chính quyền|công an|công ty|trường|viện|trung tâm|bệnh viện|"
    r"phòng|văn phòng|mặt trận|ngân hàng|báo|đài|nhà mạng|tập đoàn|tổng công ty|hợp tác xã|cơ sở|quỹ|tòa án|toà án|"
    r"xã|phường|huyện|thị trấn|thôn|chi cục|cục|liên đoàn|đoàn|trạm|kho bạc|bảo hiểm|tỉnh|thành phố|sở ngành|"
    r"giám đốc|thủ trưởng|chủ tịch|trưởng|chánh|nhà trường|bưu điện|viễn thông|điện lực|hiệp hội|thường trực|"
    r"tổ công tác|tổ|ban quản lý|thanh tra|cán bộ|nhóm|viettel|vnpt|mobifone|fpt|y tế|khu vực|vụ|tổng cục)\b"
)
UNIT_HERE = re.compile(UNIT_START, re.IGNORECASE)
SUPPORT = re.compile(
    r"\b[Pp]hối\s++hợp(?:,?\s(?:và tham gia|chặt chẽ|thường xuyên|tích cực|đồng bộ|hiệu quả|chủ động))*+"
    r"(?:\s(?:cùng với|cùng|với|giữa))?+\s(?=\S)"
)
"""``phối hợp (chặt chẽ) với``: units to coordinate with follow."""
CHARGE = re.compile(r"\b(?:[Gg]iao(?:\scho)?|[Đđ]ề\snghị|[Yy]êu\scầu|[Pp]hân\scông|[Cc]hỉ\sđạo)\s++(?=\S)")
"""Words after which a unit is charged with the task."""
CHARGE_AT_START = re.compile(r"(?:Giao|Đề\snghị|Yêu\scầu|Phân\scông)(?:\scho)?\s++(?=\S)")
LEADING_BEFORE = re.compile(r"\s(?:làm\s)?(?:chủ trì|đầu mối)\b")
INTRO = re.compile(
    r"(?:Căn cứ|Trên cơ sở|Trong phạm vi|Theo|Thực hiện|Để|Ngoài ra|Nhận được|Đồng thời|Trường hợp|Hằng năm|Hàng năm|"
    r"Định kỳ|Trong quá trình|Trước|Chậm nhất|Từ|Đến|Năm|Trong|Khi|Hằng|Hàng|Tùy|Tuỳ|Sau|Qua|Đối với|Phát triển|Tại|Quý)\b"
)
DUTY = re.compile(
    r"\s*+(?:,\s)?(?:có trách nhiệm|chịu trách nhiệm|cần|phải|sẽ|theo\b|căn cứ|trong phạm vi|tiếp tục|chủ động|tự|cùng|được giao|là đầu mối|"
    r"làm đầu mối|trực tiếp|khẩn trương|thường xuyên|định kỳ|tích cực|còn|chú trọng|tập trung|phối hợp|chủ trì|đã|gửi|có kế hoạch)"
)
STOP = re.compile(
    r"[;:.(\n]|\s(?:để|nhằm|trong|khi|theo|về|căn cứ|tại|qua|nếu|mà|cho|do|từ|đối với|bằng|gắn với|"
    r"triển khai|có trách nhiệm|chịu trách nhiệm|làm|cần|phải|sẽ|nhất là|bảo đảm|đảm bảo|khảo sát|nắm)\b"
)
"""Where a list of units ends at the latest."""
NAME_GUARD = re.compile(
    r"(?:\b(?:các|những|chủ|nhà|người|Ban|ban|được|giao|Hội|Phòng|Cục|Vụ|Chi cục|Trung tâm|Viện|Trường|Tổ|tổ|Đoàn|Quỹ|"
    r"công tác|bộ phận|kỹ thuật|dịch vụ|-|–|và\s(?:Đào|Phát|Đầu))|\b(?:cơ quan|đơn vị|lực lượng|doanh nghiệp|cán bộ)(?=\s(?:quản lý|chuyên trách|"
    r"kiểm tra|cung cấp|điều tra|chủ trì|tham mưu)))\s\Z"
)
"""Before such words a verb belongs to a unit's name (``các tổ chức``, ``Ban xây dựng Đảng``)."""
SOFT_GUARD = re.compile(r"\b(?:cơ quan|đơn vị|lực lượng|doanh nghiệp|cán bộ|tổ chức)\s\Z")
NAMING_VERBS = (
    "quản lý",
    "cung cấp",
    "kiểm tra",
    "điều tra",
    "chuyên trách",
    "phối hợp",
    "chủ trì",
    "đầu tư",
)
PART = re.compile(r"(?:\(|,\s|:\s|;\s)(?P<name>[^\W\d_][\w&. ]{1,30}?):?\s\d")
LEAD_IN_CHARGE = re.compile(r"\b(?:đề nghị|yêu cầu|giao|chỉ đạo)\s++(?=\S)")


@dataclass(slots=True)
class Responsible:
    """The units of a task, as spans in the canonical text."""

    lead: list[Organ] = field(default_factory=list)
    support: list[Organ] = field(default_factory=list)


def find_support(text: str, start: int, end: int) -> list[Organ]:
    """Give the units after ``phối hợp với`` in ``text[start:end]``.

    >>> words = "Chủ trì, phối hợp với Sở Tài chính và các đơn vị liên quan xây dựng dự toán."
    >>> [words[u.start : u.end] for u in find_support(words, 0, len(words))]
    ['Sở Tài chính', 'các đơn vị liên quan']
    """
    units: list[Organ] = []
    for match in SUPPORT.finditer(text, start, end):
        if not UNIT_HERE.match(text, match.end(), end):
            continue
        for unit in _units_at(text, match.end(), end):
            if not any(unit.start < other.end and other.start < unit.end for other in units):
                units.append(unit)
    return units


def find_lead(text: str, start: int, end: int) -> list[Organ]:
    """Give the units that ``text[start:end]`` itself charges: ``Giao X``, ``X chủ trì``, ``X có trách nhiệm``.

    >>> words = "Căn cứ Kế hoạch này, các sở, ngành xây dựng dự toán."
    >>> [words[u.start : u.end] for u in find_lead(words, 0, len(words))]
    ['các sở, ngành']
    """
    charge = CHARGE_AT_START.match(text, start, end)
    if charge and UNIT_HERE.match(text, charge.end(), end):
        return _units_at(text, charge.end(), end)
    for position in _clause_starts(text, start, end):
        units = _subject(text, position, end)
        if units:
            return units
    return []


def find_lead_in(text: str, start: int, end: int) -> list[Organ]:
    """Give the units that a lead-in charges with all items below it (``đề nghị các đơn vị ... sau:``)."""
    first = max(start, end - MAX_LEAD_IN_CHARACTERS)
    charges = [m for m in LEAD_IN_CHARGE.finditer(text, first, end) if UNIT_HERE.match(text, m.end(), end)]
    if charges:
        return _units_at(text, charges[-1].end(), end)
    return find_lead(text, start, end)


def find_parts(text: str, start: int, end: int, organs: list[Organ]) -> list[Organ]:
    """Give the units between which a total is split: ``(VNPT: 25 trạm, Viettel: 33 trạm)``."""
    known = {organ.start: organ for organ in organs}
    parts = (known.get(m.start("name")) for m in PART.finditer(text, start, end))
    return [part for part in parts if part is not None]


def _clause_starts(text: str, start: int, end: int) -> list[int]:
    """Where the subject may stand: at the start, or after the commas of an introduction."""
    starts = [start]
    if not INTRO.match(text, start, end):
        return starts
    position = start
    limit = min(end, start + MAX_LEAD_IN_CHARACTERS)
    for _ in range(12):
        cut = min(
            (c for c in (text.find(s, position, limit) for s in (", ", ": ", "; ", ". ")) if c >= 0),
            default=-1,
        )
        if cut < 0 or text[cut] in ";.":
            break
        position = cut + 2
        starts.append(position)
        if leading_action(text[position : position + 60]) and not UNIT_HERE.match(text, position):
            break
    return starts


def _subject(text: str, position: int, end: int) -> list[Organ]:
    charge = CHARGE.match(text, position, end)
    if charge and UNIT_HERE.match(text, charge.end(), end):
        return _units_at(text, charge.end(), end)
    if not UNIT_HERE.match(text, position, end):
        return []
    stop = _units_end(text, position, end)
    after = CHARGE.match(text, stop + (text[stop : stop + 1] == " "), end)
    if after and UNIT_HERE.match(text, after.end(), end) and not after.group().lower().startswith("chỉ"):
        return _units_at(text, after.end(), end)
    if stop >= end or stop - position > MAX_UNITS_CHARACTERS:
        return []
    if not (DUTY.match(text, stop, end) or lower_action_pattern().match(text, stop + 1, end)):
        return []
    return split_units(text[position:stop].rstrip(" ,"), position)


def _units_at(text: str, start: int, end: int) -> list[Organ]:
    stop = _units_end(text, start, end)
    if stop - start > MAX_UNITS_CHARACTERS:
        return []
    return split_units(text[start:stop].rstrip(" ,"), start)


def _units_end(text: str, start: int, end: int) -> int:
    """Find where a list of units ends: at a stop word, or where a verb begins that is not part of a name."""
    limit = min(end, start + MAX_UNITS_CHARACTERS + 1)
    stop = STOP.search(text, start, limit)
    last = stop.start() if stop else limit
    if stop and stop.group() == "(":
        close = text.find(")", stop.start(), limit)
        following = text[close + 1 : close + 3] if close > 0 else ""
        if close > 0 and (following[:1] == "," or following in (" v", " c")):
            rest = _units_end(text, close + 1, end)
            return rest
    search = lower_action_pattern()
    position = start
    while True:
        verb = search.search(text, position, last)
        if verb is None:
            return last
        before = text[max(start - 1, verb.start() - 24) : verb.start()]
        naming = SOFT_GUARD.search(before) and verb.group().startswith(NAMING_VERBS)
        if verb.start() > start and not NAME_GUARD.search(before) and not naming:
            cut = verb.start()
            return start + len(text[start:cut].rstrip(" ,"))
        position = verb.end()
