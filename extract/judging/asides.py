"""Words that instruct nobody whoever they name: bases, notices, thanks, quoted provisions, remarks."""

from __future__ import annotations

import re

from extract.mentions.found import Mentions
from extract.structure.markers import CAPITALS
from extract.structure.outline import Node

MAX_BASIS_CHARACTERS = 40
"""A basis names its document within so many characters."""

FORMALITY = re.compile(
    r"(?:Quyết định|Kế hoạch|Chỉ thị|Nghị quyết|Quy định|Quy chế|Thông tư)\s[^.;]{0,60}?\bcó hiệu lực\b"
    r"|[^.;:]{0,80}?\b(?:(?:trân trọng|kính|xin) thông báo"
    r"|thông báo (?:để|đến) [^.;]{0,240} biết\b)"
)
"""When a document takes effect, or that it gives notice: nothing to do."""
APPRECIATION = re.compile(r"(?:Ghi nhận|Đánh giá cao|Biểu dương|Hoan nghênh|Chúc mừng|Cảm ơn|Chia sẻ)\b")
"""With such a word a conclusion thanks those who worked."""
PROVISION = re.compile(
    r"(?:Tại|Theo)\s(?:quy định tại\s)?(?:[Đđ]iểm|[Kk]hoản|Điều)\s[^:]{0,240}\b(?:quy định|nêu)\b[^:]{0,60}:"
)
"""Words of a law that are quoted."""
BASIS = re.compile(
    r"Căn cứ (?:Luật|Nghị|Quyết|Kế hoạch|Công|Phương án|Quy chế|Chỉ thị|Thông|Chương trình|Hướng dẫn"
    r"|Kết luận|Pháp lệnh|vào)"
)
"""``Căn cứ Luật ...;`` names what a document rests on."""
PERSON = re.compile(
    rf"(?:Ông|Bà|Đồng chí|Đ/c|Thầy|Cô)\.?\s(?:[{CAPITALS}][^\s,:;–-]{{0,9}}\s?){{2,6}}[,–-]\s?(?=[{CAPITALS}])"
)
"""A name and behind it an office: ``Bà Lê Thị Hoa - Chuyên viên Sở Y tế``."""
WORK_OF_PERSON = re.compile(
    r":\s|\b(?:chịu trách nhiệm|phụ trách|chỉ đạo|theo dõi|chủ trì|phối hợp|thực hiện|tham mưu|báo cáo"
    r"|triển khai)\b"
)
CONTACT = re.compile(
    r"\b(?:điện thoại|đt|sđt|di động|email|e-mail|thư điện tử)\b[^\n]{0,200}+",
    re.IGNORECASE,
)
"""How somebody is reached, at the end of the line."""
TOPIC = re.compile(
    r"(?:Công tác|Việc|Hoạt động của|Kết quả|Tình hình)\s"
    r"(?![^:]{0,400}(?:\b(?:phải|cần|bảo đảm|đảm bảo|tuân thủ)\b|:))"
)
"""A noun that names what is looked at: ``Công tác quản lý bến bãi;``."""
ENACTING = re.compile(
    r"\A[^.]{0,600}\bchịu trách nhiệm (?:thi hành|thực hiện) (?:[Qq]uyết định|[Nn]ghị quyết|[Cc]hỉ thị) này"
    r"[\s./]*\Z"
)
"""The last article of a decision says who carries it out."""
EXAMPLES = {
    "CONTACT": ["; số điện thoại: 0900 000 000.", ", email hoa@example.org"],
    "TOPIC": ["Công tác quản lý bến bãi và đò ngang;", "Kết quả khai quật hằng năm."],
    "ENACTING": ["Giám đốc Sở Du lịch và các đơn vị liên quan chịu trách nhiệm thi hành Quyết định này./."],
    "FORMALITY": [
        "Quyết định này có hiệu lực kể từ ngày ký.",
        "Văn phòng thông báo để các sở biết, thực hiện.",
    ],
    "APPRECIATION": ["Ghi nhận nỗ lực của các đội khai quật", "Đánh giá cao sự chuẩn bị của bảo tàng"],
    "PROVISION": ["Tại khoản 3 Điều 9 Nghị định số 88/2031/NĐ-CP quy định: “a) Không san lấp"],
    "BASIS": ["Căn cứ Luật Khoáng sản năm 2031;", "Căn cứ Nghị quyết số 12/NQ-HĐND"],
    "PERSON": ["Bà Lê Thị Hoa - Chuyên viên Sở Y tế", "Đồng chí Trần Văn Nam, Phó Giám đốc"],
    "WORK_OF_PERSON": ["Trưởng phòng: phụ trách kho", "chịu trách nhiệm chung"],
}
COUNTER_EXAMPLES = {
    "CONTACT": ["Thư viện tỉnh", "Điện lực huyện"],
    "TOPIC": ["Công tác tuyên truyền phải đi trước một bước", "Công tác thống kê: nộp sổ trước ngày 5"],
    "ENACTING": ["Sở Du lịch chịu trách nhiệm thi hành các kết luận thanh tra về bến bãi."],
    "FORMALITY": ["Thông báo lịch tiêm đến từng hộ", "Ban hành quyết định giao rừng"],
    "APPRECIATION": ["Đánh giá tác động môi trường", "Ghi chép sổ kho"],
    "PROVISION": ["Tại Điều 5, bổ sung khoản 2", "Theo dõi việc thực hiện quy định"],
    "BASIS": ["Căn cứ chức năng, nhiệm vụ được giao, rà soát", "Căn cứ tình hình thực tế"],
    "PERSON": ["Ông bà, cha mẹ - người giám hộ", "Bà con nông dân, hợp tác xã"],
    "WORK_OF_PERSON": ["Chuyên viên Sở Y tế", "Thư ký"],
}


def is_aside(body: str, node: Node, mentions: Mentions) -> bool:
    """Tell whether an item or a paragraph is such words; members of a group, by name, are too."""
    if FORMALITY.match(body) or APPRECIATION.match(body) or PROVISION.match(body):
        return True
    if node.marker is not None and not node.children and TOPIC.match(body):
        return True
    in_brackets = body[:1] == "(" and body.rstrip(" .;").endswith(")")
    return in_brackets or _names_person(body) or _is_basis(body, node, mentions)


def enacts(body: str) -> bool:
    """Tell the last article of a decision, which says who carries it out.

    >>> enacts("Giám đốc Sở Du lịch chịu trách nhiệm thi hành Quyết định này./.")
    True
    """
    return ENACTING.search(body) is not None


def _is_basis(body: str, node: Node, mentions: Mentions) -> bool:
    """``Căn cứ Luật ... số ...;`` only says what the document rests on."""
    if not BASIS.match(body):
        return False
    cited = mentions.citations_in(node.start, node.end)
    return bool(cited) and cited[0].start - node.start < MAX_BASIS_CHARACTERS


def _names_person(body: str) -> bool:
    """Tell the member of a group or one who is invited from somebody who is given work."""
    found = PERSON.match(body)
    return found is not None and WORK_OF_PERSON.search(CONTACT.sub("", body), found.end()) is None
