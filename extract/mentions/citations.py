"""Documents named by their number: ``Quyết định số 338/QĐ-TTg ngày 03/4/2023 của Thủ tướng Chính phủ``.

A number is a count, perhaps a year, and a symbol of at least two capitals: ``145/2020/NĐ-CP`` of the state
(Decree 30/2020/NĐ-CP on clerical work), ``57-NQ/TW`` of the party.
"""

from __future__ import annotations

import re

from extract.folding import fold_tones
from extract.mentions.dates import find_moments
from extract.spans import Citation

_WINDOW_CHARACTERS = 160
_DATE_CHARACTERS = 48

_LETTERS = r"[A-ZĐƯ][A-ZĐƯa-zđ&0-9]{0,14}+"
# After a space only capitals go on: KH- UBND, but not NQ-CP - Ban hành.
_HYPHEN = r"(?:-(?=[A-ZĐƯ])|(?:-\s{1,2}|\s-)(?=[A-ZĐƯ]{2}))"
_SYMBOL = rf"{_LETTERS}(?:{_HYPHEN}{_LETTERS}){{0,4}}"
_SPACE = r"\s{1,3}"

CODE = re.compile(
    r"(?<![\w/.,-])(?<!\d:)(?<!\d:\s)\d{1,5}(?:\.\d{1,2})?[a-zA-Z]?\s?"
    rf"(?:/\s?(?:19|20)\d\d\s?/\s?{_SYMBOL}|/\s?{_SYMBOL}|-\s?{_LETTERS}\s?/\s?{_SYMBOL})(?![\w/])"
)
# A space in these words stands for any white space: a name may run over a line break.
_KINDS = (
    r"quyết định|nghị quyết|nghị định|thông tư|chỉ thị|kế hoạch|công văn|công điện|công thư|văn bản|thông báo"
    r"|tờ trình|báo cáo|kết luận|hướng dẫn|quy định|quy chế|chương trình|đề án|phương án|giấy mời|giấy phép"
    r"|lệnh|sắc lệnh|pháp lệnh|bộ luật|luật|tiêu chuẩn|quy chuẩn|biên bản"
).replace(" ", r"\s{1,2}")
KIND = re.compile(
    rf"(?<!\w)(?P<kind>(?:{_KINDS})(?:{_SPACE}(?:liên\stịch|liên\sngành|hợp\snhất|kết\sluận|hành\sđộng|phối\shợp))?)"
    r"(?:\s{0,3}[:(]?\s{0,3}số\s{0,3}:?|\s{0,3}:)?\s{0,4}\Z"
)
# Luật Đấu thầu số 22/2023/QH15: the name stands between the kind and the number.
LAW = re.compile(
    r"(?<!\w)(?P<kind>(?:Bộ l|L)uật|Pháp lệnh|(?:BỘ )?LUẬT|PHÁP LỆNH)"
    rf"(?:{_SPACE}(?!số\b|SỐ\b|Luật\b)[^\W\d_][\w&-]{{0,12}},?){{1,16}}{_SPACE}(?:số|SỐ)\s{{0,3}}\Z"
)
NUMBER_WORD = re.compile(r"(?<!\w)số\s{0,3}:?\s{0,8}\Z")
# Mẫu số 01/ĐKDN is a form, Biểu số 02/BC-HĐ a table.
FORM = re.compile(r"(?<!\w)(?:mẫu|biểu|phụ lục|mã)(?:\s\w{1,8})?\s{0,3}(?:số)?\s{0,3}:?\s{0,3}\Z")

BEFORE_DATE = re.compile(rf"[\s,(]{{1,4}}(?:(?:được )?(?:ban hành|ký){_SPACE})?(?=ngày|năm)")
BLANK_DATE = re.compile(r"ngày[\s.…_]{1,12}tháng[\s.…_]{0,12}(?=năm)")
_STOPS = (
    r"về|phê duyệt|hướng dẫn|bổ sung|thay thế|triển khai|thực hiện|công bố|giao(?! thông)|yêu cầu|đề nghị"
    r"|chỉ đạo|tổ chức|xây dựng|thống nhất|xác định|điều chỉnh|thành lập|trên|thì|để|cho|nhằm|được|đã|đang|sẽ"
    r"|phải|cần|là|có|gồm|tại|do|theo|sau|trước|trong|đối với|với|cùng|vào|khi|này|nêu|ngày|năm|số|kèm|v/v"
    r"|công nhận|phê chuẩn|phân công|kiện toàn|chấp thuận|cho phép|bổ nhiệm|thu hồi|bãi bỏ|huỷ bỏ|hủy bỏ"
    r"|xếp hạng|đồng ý|nhất trí|ghi nhận|trả lời|gửi|tặng|đính chính|lấy ý kiến|uỷ quyền|ủy quyền"
    r"|quyết nghị|thông qua|hết|còn|hoặc|từ|đến|(?i:ban hành|quy định|sửa đổi)"
).replace(" ", r"\s{1,2}")
# Another organ or document after và: Bộ Y tế và Bộ Tài chính; but Bộ Khoa học và Công nghệ goes on.
_ANOTHER = (
    r"và\s(?:bộ|sở|uỷ|ủy|ubnd|hđnd|hội|ban|chính\sphủ|thủ\stướng|chủ\stịch|quốc\shội|văn\sphòng|công\san|cục"
    rf"|các|những|{_KINDS})"
)


def _compile_issuer(stops: str) -> re.Pattern[str]:
    """Compile the pattern of an organ after ``của``: words up to one that no name of an organ has."""
    word = rf"(?!(?:{stops})\b)[^\W\d_][\w&]{{0,14}}+"
    between = r"(?:[ \t]{1,3}(?:[-–][ \t])?|\n(?=[a-zđ])|,[ \t](?=(?i:thể\sthao|chủ\snhiệm)\b))"
    return re.compile(rf"\)?{_SPACE}của{_SPACE}(?P<issuer>{word}(?:{between}{word}){{0,13}})")


ISSUER = _compile_issuer(rf"{_STOPS}|và\s[a-zđ]\w*|(?i:{_ANOTHER})")
# In a heading of capitals, folded, a verb cannot be told from a name by its case.
HEADING_ISSUER = _compile_issuer(rf"{_STOPS}|{_ANOTHER}")


def find_citations(text: str) -> list[Citation]:
    """Find the documents that a text names by number, sorted and not overlapping.

    Takes text; gives citations whose offsets cover kind, number, date and issuer, as far as they are
    printed. A bare number, also the document's own, has an empty kind. ``issued`` is an ISO 8601 day, or
    month or year when no more is printed.

    >>> found = find_citations("Căn cứ Nghị định 145/2020/NĐ- CP ngày 14/12/2020 của Chính phủ quy định")[0]
    >>> found.number, found.kind, found.issued, found.issuer
    ('145/2020/NĐ-CP', 'nghị định', '2020-12-14', 'Chính phủ')
    """
    if "/" not in text:
        return []
    folded = fold_tones(text)
    citations: list[Citation] = []
    floor = 0
    for match in CODE.finditer(text):
        begin = max(floor, match.start() - _WINDOW_CHARACTERS)
        number = "".join(match[0].split())
        if FORM.search(folded, begin, match.start()) or not _is_number(number, folded, begin, match.start()):
            continue
        start, kind = _read_kind(text, folded, begin, match.start())
        issued, end = _read_date(folded, match.end())
        issuer, end = _read_issuer(text, folded, end)
        citations.append(Citation(start, end, number, kind, issued, issuer))
        floor = end
    return citations


def _is_number(number: str, folded: str, begin: int, start: int) -> bool:
    """Tell a document's number from a rate: ``89/KH-UBND`` stands alone, ``12/CP`` needs a word before it."""
    symbol = number.lstrip("0123456789./-")
    if sum(letter.isupper() for letter in symbol) < 2:
        return False
    complete = "-" in number or number.count("/") > 1
    return complete or bool(NUMBER_WORD.search(folded, begin, start) or KIND.search(folded, begin, start))


def _read_kind(text: str, folded: str, begin: int, code_start: int) -> tuple[int, str]:
    """Look before a number for the kind of document; give where the citation starts and the kind."""
    found = KIND.search(folded, begin, code_start)
    if found is None or found["kind"].endswith("luật"):
        found = LAW.search(text, begin, code_start) or found
    if found is None:
        return code_start, ""
    start, end = found.span("kind")
    return start, " ".join(text[start:end].lower().split())


def _read_date(folded: str, code_end: int) -> tuple[str, int]:
    """Look behind a number for the date of issue; give it in ISO 8601, or nothing, and where it ends."""
    before = BEFORE_DATE.match(folded, code_end)
    if before is None:
        return "", code_end
    blank = BLANK_DATE.match(folded, before.end())
    start = blank.end() if blank else before.end()
    moment = next(find_moments(folded[start : start + _DATE_CHARACTERS]), None)
    if moment is None or moment.start or moment.joined or not moment.first.year:
        return "", code_end
    return moment.value, start + moment.end


def _read_issuer(text: str, folded: str, date_end: int) -> tuple[str, int]:
    """Look behind a date for the organ that issued the document; give its name and where it ends."""
    end = date_end + _WINDOW_CHARACTERS
    found = ISSUER.match(text, date_end, end) or HEADING_ISSUER.match(folded, date_end, end)
    if found is None:
        return "", date_end
    return " ".join(text[slice(*found.span("issuer"))].split()), found.end()
