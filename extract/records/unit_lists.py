"""Where a list of units begins and where it ends, in the middle of a sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from extract.knowledge.actions import lower_action_pattern
from extract.mentions.organs import find_organs, is_unit_name, split_units
from extract.spans import Organ

MAX_LIST_CHARACTERS = 420
"""A list of units is not longer; a phrase that is, was not one."""

PLURAL = r"(?:[Cc]ác|[Nn]hững|[Mm]ỗi|[Tt]ừng|[Mm]ột số|[Tt]oàn thể|[Tt]ất cả)\s"
BODIES = (
    r"(?:sở|ban|bộ|ngành|cơ quan|đơn vị|tổ chức|địa phương|đoàn thể|cấp|ủy ban|uỷ ban|ubnd|hđnd|hội|doanh nghiệp|chủ đầu tư|"
    r"chủ dự án|lực lượng|chính quyền|công an|công ty|trường|viện|trung tâm|bệnh viện|phòng|văn phòng|mặt trận|ngân hàng|"
    r"báo|đài|nhà mạng|tập đoàn|tổng công ty|hợp tác xã|cơ sở|quỹ|tòa án|toà án|xã|phường|quận|huyện|thành phố|tỉnh|thị trấn|"
    r"chi cục|cục|liên đoàn|đoàn|trạm|kho bạc|bảo hiểm|nhà trường|hiệp hội|tổ công tác|ban quản lý|thanh tra|vụ|khoa|thành viên|"
    r"hạt|đồn|đội|chủ cơ sở|chủ rừng|chủ thể|nhà thầu|khu|trường học|bưu điện|hộ)"
)
HEADS = r"(?:[Ll]ãnh đạo|[Gg]iám đốc|[Tt]hủ trưởng|[Cc]hủ tịch|[Nn]gười đứng đầu|[Cc]hánh|[Tt]rưởng|[Hh]iệu trưởng|[Bb]í thư|[Đđ]ại diện)"
LOWER_BODIES = (
    r"(?:sở|cơ quan|đơn vị|địa phương|đoàn thể|doanh nghiệp|chủ đầu tư|chủ dự án|lực lượng|chính quyền|công an|ngành|ủy ban|"
    r"uỷ ban|nhà trường|mặt trận|cấp ủy|nhà mạng|tổ chức|ban quản lý|hội|trường|trung tâm|phòng|văn phòng|ban|cơ sở|"
    r"hợp tác xã|ngân hàng|thành viên|gia đình|phụ huynh|viện|báo|đài|bệnh viện|trạm|bộ|tỉnh|huyện|xã|phường|quỹ)"
)
CAPITAL_BODIES = r"(?:Doanh nghiệp|Cơ quan|Đơn vị|Chủ đầu tư|Chính quyền|Ngành|Nhà trường|Lực lượng|Địa phương|Sở,|Sở ngành)"
UNIT_AFTER = re.compile(rf"(?:{PLURAL}(?:(?i:{BODIES})|[A-ZĐ])|{HEADS}\s|{LOWER_BODIES})\b|[A-ZĐÀ-Ỹ]")
"""A unit may begin here, after words that announce one (``phối hợp với``, ``giao``)."""
SUBJECT = re.compile(
    rf"(?:{PLURAL}(?:{BODIES})|{HEADS}\s(?:các|[A-ZĐÀ-Ỹa-z])|{CAPITAL_BODIES})(?=[\s,])", re.IGNORECASE
)
"""A unit begins here as the subject of a sentence, though no vocabulary names it."""
NOT_SUBJECT = re.compile(
    r"(?:Các|Những|Mỗi|Một số)\s(?:văn bản|hoạt động|nội dung|nhiệm vụ|ngành nghề|cấp học|tổ chức thực hiện)"
)
STOP = re.compile(
    r"[;:.(\n]|\s(?:để|đê|nhằm|trong|khi|theo|về|căn cứ|tại|qua|nếu|mà|cho|do|từ|đối với|bằng|gắn với|triển khai|"
    r"có trách nhiệm|chịu trách nhiệm|có kế hoạch|làm|cần|phải|sẽ|nhất là|bảo đảm|đảm bảo|khảo sát|nắm|còn|đã|cũng|có văn bản|xem xét|"
    r"trên cơ sở|là đầu mối|tiến hành|kịp thời|chủ động|tích cực|khẩn trương|thường xuyên|tiếp tục|tập trung|gửi|lấy)\b"
)
"""Where a list of units ends at the latest."""
NAME_GUARD = re.compile(
    r"\b(?:các|những|chủ|nhà|người|Ban|ban|được|giao|Hội|Phòng|Cục|Vụ|Chi cục|Trung tâm|Viện|Trường|Tổ|tổ|Đoàn|Quỹ|công tác|"
    r"bộ phận|kỹ thuật|dịch vụ|-|–)\s\Z"
)
"""Before such words a verb belongs to a unit's name (``các tổ chức``, ``Ban xây dựng Đảng``)."""
BODY_GUARD = re.compile(
    r"\b(?:cơ quan|đơn vị|lực lượng|doanh nghiệp|cán bộ|cơ sở|trường|viện|trung tâm|công ty|tổ chức|hộ|chủ)\s\Z"
)
NAMING_VERBS = (
    "quản lý", "cung cấp", "kiểm tra", "điều tra", "phối hợp", "chủ trì", "đầu tư", "đào tạo", "giáo dục", "nghiên cứu", "trực",
    "khám", "sản xuất", "thông tin", "kinh doanh", "chế biến", "bảo vệ", "tư vấn", "thi công", "truyền thông", "hỗ trợ", "giám sát",
)  # fmt: skip
"""Verbs that tell units of a sort apart right behind their noun (``các cơ sở đào tạo``)."""
UNNAMED_UNITS = re.compile(rf"(?:Đề nghị\s|Đối với\s)?{PLURAL}(?:{BODIES})(?=[\s,])", re.IGNORECASE)
UNNAMED_BODY = re.compile(
    r"(?:Đề nghị\s|Đối với\s)?(?:Ban (?:Quản lý|Chỉ đạo|Chỉ huy|Dân|Tổ chức|Tuyên giáo|Nội chính|Pháp chế|Tiếp công dân)|Trung tâm|Công ty|Chi cục|"
    r"Văn phòng|Bệnh viện|Trường (?!hợp)|Hội (?!nghị|thảo|thi|đồng thi|trại)|Liên đoàn|Đài|Viện (?!trợ|phí)|Quỹ|Kho bạc|Ngân hàng|Cục|Công an|"
    r"Bộ Chỉ huy|Ủy ban|Uỷ ban|UBND|Sở (?!hữu)|Phòng (?!chống|ngừa|,)|Tòa án|Toà án|Tập đoàn|Tổng công ty|Tổ công tác|Thanh tra|Bảo hiểm xã hội|"
    r"Hạt Kiểm lâm|Điện lực|Bưu điện|Đoàn Thanh niên|Tỉnh đoàn|Thành đoàn|Nhà máy|Xí nghiệp|Hợp tác xã)"
)
CHARGED_AT_END = re.compile(r"(?:có|chịu) trách nhiệm\s*:?\s*\Z|:\s*\Z")
TITLE_DUTY = re.compile(r"[\s,]*+(?:có trách nhiệm|chịu trách nhiệm|thực hiện|cần)?[\s:.]*\Z")
MAX_TITLE_CHARACTERS = 170
LEVEL_WORD = re.compile(
    r"cấp\s(?:tỉnh|xã|huyện|thành phố|trên|dưới|có thẩm quyền|ủy|uỷ|học|sở|cơ sở|trung ương)\b"
)
LISTED_NOUN = re.compile(
    r"[,;:]|\s(?:và\s|cá nhân|đoàn thể|chính trị|xã hội|tôn giáo|liên quan|quốc tế|thành viên)"
)
NOT_VERBS = frozenset({"trực"})
BRACKETED_NAMES = re.compile(r"\s?\((?P<names>[A-ZĐÀ-Ỹ][^()]{2,200})\)")


@lru_cache(maxsize=8192)
def names_units(title: str) -> bool:
    """Tell whether a title names units and nothing else, also units that no vocabulary knows.

    >>> names_units("Sở Y tế"), names_units("Các đơn vị cấp nước sạch trên địa bàn thành phố có trách nhiệm")
    (True, True)
    >>> names_units("Các hoạt động chính"), names_units("Tổ chức thực hiện")
    (False, False)
    """
    bare = strip_duty(title)
    if is_unit_name(bare):
        return True
    if len(bare) > MAX_TITLE_CHARACTERS or any(sign in bare for sign in ";:.") or NOT_SUBJECT.match(bare):
        return False
    if UNNAMED_UNITS.match(bare) and CHARGED_AT_END.search(title):
        return True
    return bool(UNNAMED_UNITS.match(bare) or UNNAMED_BODY.match(bare)) and find_list_end(
        bare, 0, len(bare)
    ) >= len(bare)


def strip_duty(title: str) -> str:
    """Take ``có trách nhiệm`` and the colon off the end of a title of units."""
    return TITLE_DUTY.sub("", title).strip()


def is_unit_start(text: str, position: int, end: int) -> bool:
    """Tell whether a unit may begin at ``position``, behind words that announce one."""
    return bool(UNIT_AFTER.match(text, position, end))


def read_units(text: str, start: int, end: int, organs: list[Organ] | None = None) -> list[Organ]:
    """Give the units of the list that begins at ``start`` in ``text[start:end]``.

    ``organs`` are those already found in the text around; without them they are looked for.

    >>> words = "các cơ sở đào tạo, Sở Y tế và đoàn thể cấp tỉnh tổ chức thi"
    >>> [words[u.start : u.end] for u in read_units(words, 0, len(words))]
    ['các cơ sở đào tạo', 'Sở Y tế', 'đoàn thể cấp tỉnh']
    """
    stop = find_list_end(text, start, end, organs)
    if stop - start > MAX_LIST_CHARACTERS:
        return []
    named = BRACKETED_NAMES.match(text, stop, end)
    if named and text[start:stop].startswith(("các nhà", "các doanh nghiệp")):
        units = split_units(named["names"], named.start("names"))
        if len(units) > 1:
            return units
    return split_units(text[start:stop].rstrip(" ,"), start)


def find_list_end(text: str, start: int, end: int, organs: list[Organ] | None = None) -> int:
    """Find where a list of units ends: at a stop word, or where a verb begins that is not part of a name."""
    limit = min(end, start + MAX_LIST_CHARACTERS + 1)
    stop = STOP.search(text, start, limit)
    last = stop.start() if stop else limit
    if stop and stop.group() == "(":
        close = text.find(")", stop.start(), limit)
        if close > 0 and re.match(r",\s|\svà\s|\s(?:chủ trì|phối hợp)", text[close + 1 : close + 12]):
            return find_list_end(text, close + 1, end, organs)
    names = _names_within(text, start, last, organs)
    search = lower_action_pattern()
    position = start
    while True:
        verb = search.search(text, position, last)
        if verb is None:
            return last
        if verb.start() > start and not _belongs_to_name(text, start, verb, names):
            return start + len(text[start : verb.start()].rstrip(" ,"))
        position = verb.end()


def _names_within(text: str, start: int, end: int, organs: list[Organ] | None) -> list[tuple[int, int]]:
    if organs is None:
        organs = [replace(o, start=o.start + start, end=o.end + start) for o in find_organs(text[start:end])]
    return [(o.start, o.end) for o in organs if start <= o.start < end and o.unit_type != "collective"]


def _belongs_to_name(text: str, start: int, verb: re.Match[str], names: list[tuple[int, int]]) -> bool:
    if any(left < verb.start() < right for left, right in names):
        return True
    if verb.group() == "tổ chức" and LISTED_NOUN.match(text, verb.end()):
        return True
    if verb.group() in NOT_VERBS or LEVEL_WORD.match(text, verb.start()):
        return True
    before = text[max(start, verb.start() - 24) : verb.start()]
    if BODY_GUARD.search(before) and verb.group().startswith(NAMING_VERBS):
        return True
    return bool(NAME_GUARD.search(before))
