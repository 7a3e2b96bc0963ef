"""Number, place and date, issuer, kind, title and signer: what stands in fixed places of a document.

The places are those of Decree 30/2020/NĐ-CP, annex I.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.folding import fold_tones
from extract.schema import DocumentKind
from extract.spans import CleanText

HEAD_CHARACTERS = 6000
MAX_HEAD_PARAGRAPHS = 60
MAX_TITLE_PARAGRAPHS = 5
MAX_TITLE_CHARACTERS = 900

LETTERHEAD = re.compile(r"c[oộ]ng h(?:oà|òa|oa) x[aã] h[oộ]i|đảng c[oộ]ng s[aả]n vi[eệ]t nam", re.IGNORECASE)
NUMBER_LINE = re.compile(r"(?:Số|SỐ)(?:\s(?:hiệu|ký hiệu))?\s?[:.]?\s*+(?P<rest>.{0,60})", re.DOTALL)
NUMBER = re.compile(
    r"(?P<number>\d{1,6}[a-zA-Z]?\s?[/-]\s?(?:\d{4}\s?/\s?)?[A-ZĐƯ][A-Za-zĐđƯưÂâÊêÔô0-9&.]*+(?:\s?[-–]\s?[A-ZĐƯ][A-Za-zĐđƯưÂâÊêÔô&0-9.]*+){0,4})"
)
PLACE_DATE = re.compile(
    r"(?P<place>[^\d,;:.]{2,40}?)\s?[,.]?\s?ngày\s*(?P<day>\d{0,2})[.…\s]*tháng\s*(?P<month>\d{0,2})[.…\s]*năm\s*(?P<year>\d{4})",
    re.IGNORECASE,
)
NEWS_DATE = re.compile(r"\b(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:19|20)\d\d)\b")
PUBLISHED = re.compile(
    r"\d{1,2}[:hg]\d\d|[Cc]ập nhật|[Nn]gày (?:đăng|viết)|[Đđ]ăng (?:lúc|ngày)|[Tt]hứ |[Cc]hủ nhật|[Ll]ượt xem|[Ll]ần xem"
)
MAX_DATE_LINE_CHARACTERS = 120
MAX_NEWS_HEAD_PARAGRAPHS = 14
KIND_TITLES: tuple[tuple[str, DocumentKind], ...] = (
    ("kế hoạch", "plan"), ("chương trình hành động", "plan"), ("chương trình công tác", "plan"), ("chương trình", "plan"),
    ("đề án", "plan"), ("phương án", "plan"), ("quyết định", "decision"), ("nghị quyết", "other"), ("luật", "other"), ("quy định", "other"), ("quy chế", "other"),
    ("chỉ thị", "directive"), ("báo cáo", "report"), ("thông báo", "other"), ("công điện", "dispatch"),
    ("hướng dẫn", "other"), ("tờ trình", "other"), ("thông tư", "other"), ("nghị định", "other"), ("kết luận", "other"),
)  # fmt: skip
KIND_CODES: dict[str, DocumentKind] = {
    "KH": "plan", "CTR": "plan", "CTRHĐ": "plan", "ĐA": "plan", "PA": "plan", "QĐ": "decision", "NQ": "other", "CT": "directive",
    "BC": "report", "TB": "other", "CĐ": "dispatch", "HD": "other", "TTR": "other", "TT": "other", "NĐ": "other",
    "KL": "other", "GM": "other", "QC": "other",
}  # fmt: skip
SUBJECT = re.compile(r"(?:V/v|Về việc|V/V|v/v)\s*:?\s*+(?P<subject>\S.{5,400})", re.DOTALL)
BODY_START = re.compile(
    r"(?:Căn cứ|Thực hiện|Theo|Trên cơ sở|Kính gửi|Triển khai|Để|Nhằm|Sau \d|[IVX]{1,4}\.|Phần|Điều|Xét|Ngày|\d\.|Số\b|"
    r"Ủy ban nhân dân|Uỷ ban nhân dân|UBND|Sở|I\b|Tại|Trong|Hưởng ứng|Tiếp tục|Phát huy|Năm \d)"
)
PERSON = re.compile(
    r"(?:(?:ThS|TS|BS|PGS|GS|CKI|CKII|BSCKI|BSCKII|DS|Ths|Bs)\.?\s?){0,3}(?P<name>[A-ZĐÀ-Ỹ][a-zđà-ỹ]{0,6}(?:\s[A-ZĐÀ-Ỹ][a-zđà-ỹ]{0,6}){1,4})\s*\Z"
)
OFFICE = re.compile(
    r"\b(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|VĂN PHÒNG|HIỆU TRƯỞNG|CỤC TRƯỞNG|TRƯỞNG|BÍ THƯ|"
    r"ỦY BAN|UỶ BAN|TM\.|KT\.|TL\.)"
)
RULE_LINE = re.compile(r"[-=_─—\s]*\Z")


@dataclass(slots=True)
class Letterhead:
    """What was printed in the fixed places; empty where nothing was, offsets of the title."""

    official: bool = False
    number: str = ""
    number_line: bool = False
    place: str = ""
    issued: str = ""
    kind: DocumentKind | None = None
    genre: str = ""
    """The title's word for what the document is, folded: ``kế hoạch``, ``thông báo``."""
    organ_lines: tuple[str, ...] = ()
    title: str = ""
    title_index: int = -1
    subject: bool = False


def read_letterhead(clean: CleanText) -> Letterhead:
    """Read the head of a document; ``official`` is false when it has no letterhead at all."""
    head = Letterhead()
    texts = _head_texts(clean)
    organs: list[str] = []
    for index, words in enumerate(texts):
        if _is_state_motto(words):
            head.official = True
        elif not head.number_line and NUMBER_LINE.match(words):
            _read_number(head, words)
        elif not head.issued and (dated := PLACE_DATE.match(words)):
            _read_date(head, dated)
        elif _is_organ_line(words) and not head.title and not head.issued:
            organs.append(words)
        _read_subject(head, words, index)
        if not head.title:
            _read_titled_kind(head, texts, index)
        if head.title and head.issued and index > head.title_index:
            break
    head.organ_lines = tuple(organs)
    head.official = head.official or (head.number_line and bool(head.issued or head.organ_lines))
    if head.kind is None and head.official:
        head.kind = _kind_of_number(head)
    return head


def read_signer(clean: CleanText, first: int) -> str:
    """Give the name under the office in the closing, from paragraph ``first`` on."""
    office = False
    for paragraph in clean.paragraphs[first : first + 60]:
        words = clean.text[paragraph.start : paragraph.end]
        office = office or bool(OFFICE.search(words))
        person = PERSON.search(words[-60:])
        if office and person and not words.startswith("-"):
            return " ".join(person["name"].split())
    return ""


def read_news_date(clean: CleanText) -> str:
    """Give the date of publication: a whole date in a short line at the head of an article."""
    for paragraph in clean.paragraphs[:MAX_NEWS_HEAD_PARAGRAPHS]:
        words = clean.text[paragraph.start : paragraph.end]
        match = NEWS_DATE.search(words)
        if match and len(words) <= MAX_DATE_LINE_CHARACTERS and (len(words) < 45 or PUBLISHED.search(words)):
            return _iso(match["year"], match["month"], match["day"])
    return ""


def _is_state_motto(words: str) -> bool:
    motto = words.lstrip("*|# ")[:30]
    return bool(LETTERHEAD.match(motto)) and motto[:8].isupper()


def _head_texts(clean: CleanText) -> list[str]:
    texts = []
    for paragraph in clean.paragraphs[:MAX_HEAD_PARAGRAPHS]:
        if paragraph.start > HEAD_CHARACTERS:
            break
        texts.append(clean.text[paragraph.start : min(paragraph.end, paragraph.start + 1200)])
    return texts


def _read_number(head: Letterhead, words: str) -> None:
    line = NUMBER_LINE.match(words)
    assert line is not None
    match = NUMBER.match(line["rest"])
    if match:
        head.number = re.sub(r"\s", "", match["number"]).rstrip(".-")
        head.number_line = True
    elif re.match(r"[\s.…_]*+/", line["rest"]) or not line["rest"].strip():
        head.number_line = True
        blank = re.match(r"[\s.…_]*+/\s?(?P<code>[A-ZĐ][\w&.-]*)", line["rest"])
        if blank:
            head.kind = KIND_CODES.get(re.split(r"[-–]", blank["code"])[0].upper(), head.kind)
    dated = PLACE_DATE.search(words)
    if dated and not head.issued:
        _read_date(head, dated)


def _read_date(head: Letterhead, match: re.Match[str]) -> None:
    head.issued = _iso(match["year"], match["month"], match["day"])
    head.place = match["place"].strip(" ,*")


def _iso(year: str, month: str, day: str) -> str:
    if not month or not 1 <= int(month) <= 12:
        return year
    if not day or not 1 <= int(day) <= 31:
        return f"{year}-{int(month):02d}"
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _is_organ_line(words: str) -> bool:
    return words.isupper() and 3 < len(words) < 160 and not RULE_LINE.match(words)


def _read_subject(head: Letterhead, words: str, index: int) -> None:
    subject = SUBJECT.search(words[:500])
    if subject and not head.subject and (not head.title or head.kind is None):
        head.subject = True
        if not head.title and subject.start() < 60 and len(words) < 600:
            head.title = "V/v " + " ".join(subject["subject"].split()).rstrip(" .")
            head.title_index = index
            head.kind = head.kind or "dispatch"


def _read_titled_kind(head: Letterhead, texts: list[str], index: int) -> None:
    words = texts[index].strip()
    if not words or len(words) > MAX_TITLE_CHARACTERS:
        return
    folded = fold_tones(words)
    for phrase, kind in KIND_TITLES:
        if not folded.startswith(phrase) or not words[:3].isupper():
            continue
        first = words[: len(phrase)]
        if not first.isupper() or (len(words) > len(phrase) + 2 and not _follows_kind(words, phrase)):
            continue
        head.kind, head.genre = kind, phrase
        head.title = _title_from(texts, index)
        head.title_index = index
        return


def _follows_kind(words: str, phrase: str) -> bool:
    rest = words[len(phrase) :].strip()
    return not rest.startswith(("số", "SỐ", "này"))


def _title_from(texts: list[str], index: int) -> str:
    parts = [" ".join(texts[index].split())]
    for words in texts[index + 1 : index + MAX_TITLE_PARAGRAPHS]:
        line = " ".join(words.split())
        upper = sum(c.isupper() for c in line) > 0.6 * max(sum(c.isalpha() for c in line), 1)
        if RULE_LINE.match(line) or line.startswith("("):
            continue
        if not upper and (BODY_START.match(line) or len(parts) > 1 or len(line) > 500):
            break
        if upper and (LETTERHEAD.search(line) or re.match(r"[IVX]{1,4}\.|\d\.", line)):
            break
        parts.append(line)
        if not upper:
            break
    return " ".join(parts)[:MAX_TITLE_CHARACTERS]


def _kind_of_number(head: Letterhead) -> DocumentKind | None:
    match = re.search(r"/(?:\d{4}/)?([A-ZĐƯ][A-Za-zĐđƯư]*)", head.number)
    if match is None:
        return "dispatch" if head.subject else None
    code = match.group(1).upper()
    return KIND_CODES.get(code, "dispatch")
