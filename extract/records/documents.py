"""The document itself: kind, number, title, issuer, place and date, period, province, signer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extract.folding import fold_tones
from extract.knowledge.provinces import Province, find_province
from extract.mentions.citations import find_citations
from extract.mentions.organs import find_organs
from extract.mentions.periods import find_periods
from extract.records.letterhead import Letterhead, read_letterhead, read_news_date, read_signer
from extract.schema import Document
from extract.spans import CleanText, Organ, Period
from extract.structure.outline import Outline

CENTRAL_TYPES = frozenset({"central_government", "ministry", "ministry_agency", "party_central"})
NEWS_HEAD_CHARACTERS = 3000
OPENING_CHARACTERS = 1500
MIN_ORGANS_OF_NEWS = 2
WORKING_GENRES = frozenset({"thông báo", "kết luận", "công điện", "hướng dẫn"})
FAR_SIGHT = re.compile(r"(?:tầm nhìn|định hướng)(?:\s(?:đến|tới))?\s*+\Z", re.IGNORECASE)
WORK_NEWS = re.compile(
    r"\b(?:nhiệm vụ|giải pháp|chỉ tiêu|mục tiêu|kế hoạch|hoạt động trọng tâm|nhóm hoạt động|nội dung trọng tâm|phương hướng|"
    r"triển khai|đánh giá công tác|tổng kết|sơ kết|tập trung|đẩy mạnh|hội nghị|phấn đấu|quyết tâm|ra quân|phát động)\b"
)
"""Words of a headline whose article reports plans or results of administration."""
ADMINISTRATION = re.compile(
    r"\b(?:sở|ubnd|ubndtp|uỷ ban nhân dân|hđnd|hội đồng nhân dân|chi cục|trung tâm y tế|ban quản lý|thành uỷ|tỉnh uỷ|huyện uỷ|công an tỉnh|"
    r"bảo hiểm xã hội|ban chỉ đạo|ban an toàn|phòng y tế|phòng giáo dục|bộ chỉ huy|cục thuế|kho bạc)\b|\bngành (?:[^\W\d_]+\s){1,5}?(?:tỉnh|thành phố|huyện)\b"
)
"""Organs of administration, in folded text."""
CONSULTATION = re.compile(
    r"\?|\b(?:bao nhiêu|thế nào|là gì|như thế nào|ra sao|có được|mẫu đơn|tải về|tải file|mức phạt|xử phạt|luật sư)\b"
)
"""Headlines of legal advice: they quote rules, they hand out no work."""
RULES_QUOTED = re.compile(r"\b(?:khoản \d|điều \d{1,3}|điểm [a-zđ] khoản)\b")
MAX_RULES_QUOTED = 3
DEPARTMENT = re.compile(
    r"[Nn]gành [A-ZĐÀ-Ỹ][^\s,.;]*(?:,? (?:và )?[A-Za-zđĐÀ-ỹ]+){0,8}?(?= [A-ZĐÀ-Ỹ]| tỉnh| thành phố|$)"
)
YEAR = re.compile(r"\b20[0-3]\d\b")
SITE_LINE_CHARACTERS = 25
MAX_HEADLINE = 300
NOT_HEADLINE = re.compile(
    r"\d{1,2}:\d\d|Lần xem|Lượt xem|Cập nhật|Trang chủ|Tin tức|Liên hệ|Đăng nhập|Bài viết này|Đối với các định nghĩa"
)


@dataclass(slots=True)
class DocumentReading:
    """What was read of a document as a whole, and whether plans are to be expected in it."""

    document: Document
    day: date | None
    title_period: Period | None
    administrative: bool
    instructs: bool = True
    """It hands out work where no heading says otherwise; laws and rules do not."""


def read_document(clean: CleanText, document: Document) -> DocumentReading:
    """Fill a document's row from its head and closing; ``document`` comes with its key and source."""
    head = read_letterhead(clean)
    if head.official:
        document.kind = head.kind or "other"
        document.number, document.issued = head.number, head.issued
        document.title = head.title
        _read_issuer(document, head)
        administrative = True
    else:
        administrative = _read_news(clean, document)
    period = _read_period(document)
    rules = head.official and document.kind in ("other", "decision") and head.genre not in WORKING_GENRES
    return DocumentReading(document, _day(document.issued), period, administrative, not rules)


def read_closing(outline: Outline, clean: CleanText, document: Document) -> None:
    """Fill the signer from the closing of an official document."""
    first = next((i for i, zone in enumerate(outline.zones) if zone == "closing"), None)
    if first is not None:
        document.signer = read_signer(clean, first)


def _read_issuer(document: Document, head: Letterhead) -> None:
    lines = [line for line in head.organ_lines if "CỘNG H" not in line]
    block = "\n".join(lines)
    day = head.issued or None
    organs = [o for line in lines for o in _organs_of(line)]
    last = organs[-1] if organs else None
    joined = _organs_of(block.replace("\n", " "))
    if joined and (last is None or len(joined) == 1):
        last = joined[-1]
    central = bool(organs) and any(o.unit_type in CENTRAL_TYPES for o in organs)
    province = None if central else find_province(block, day) or find_province(head.place, day)
    _set_province(document, province)
    name = last.unit if last and last.unit else _sentence_case(lines[-1] if lines else "")
    document.issuer_unit = last.unit if last else ""
    document.issuer = _short_issuer(name, province, lines)


def _organs_of(line: str) -> list[Organ]:
    """Find organs in a line of capitals, which hides where names begin."""
    found = find_organs(line)
    return found or find_organs(_sentence_case(line))


def _sentence_case(line: str) -> str:
    words = line.strip().lower()
    return words[:1].upper() + words[1:]


def _short_issuer(name: str, province: Province | None, lines: list[str]) -> str:
    if name.startswith(("Ủy ban nhân dân", "Uỷ ban nhân dân")):
        name = "UBND" + name[len("Ủy ban nhân dân") :]
    if province is None:
        return name
    if name == "UBND":
        return f"UBND {province.full_name[:1].lower()}{province.full_name[1:]}"
    if fold_tones(province.name) in fold_tones(name) or not lines:
        return name
    return f"{name} {province.name}"


def _set_province(document: Document, province: Province | None) -> None:
    if province is None:
        return
    document.province_code, document.province = province.code, province.name
    document.province_code_2025, document.province_2025 = province.code_2025, province.name_2025


def _read_news(clean: CleanText, document: Document) -> bool:
    """Read an article; tell whether it reports the work of an administration."""
    headline = _headline(clean)
    head = clean.text[:NEWS_HEAD_CHARACTERS]
    document.title = headline
    opening = fold_tones(head[:OPENING_CHARACTERS])
    about_work = _is_about_work(headline, opening)
    document.kind = (
        "news" if about_work or len(ADMINISTRATION.findall(opening)) >= MIN_ORGANS_OF_NEWS else "other"
    )
    document.issued = read_news_date(clean)
    if document.kind != "news":
        return False
    department = DEPARTMENT.search(headline)
    organs = [
        o for o in find_organs(head) if o.unit_type not in CENTRAL_TYPES and o.unit_type != "collective"
    ]
    province = find_province(headline, document.issued or None) or find_province(
        head, document.issued or None
    )
    _set_province(document, province)
    if department and province and province.name in headline:
        document.issuer = f"{department.group().split(' ' + province.name)[0]} {province.name}".strip()
    elif organs:
        document.issuer_unit = organs[0].unit
        name = organs[0].unit or head[organs[0].start : organs[0].end]
        document.issuer = f"{name} {province.name}" if province and province.name not in name else name
    return about_work


def _year_named(text: str) -> str | None:
    """Give the first year that an undated article names, to tell which provinces there were."""
    match = YEAR.search(text)
    return match.group() if match else None


def _is_about_work(headline: str, opening: str) -> bool:
    """Tell an article on what an administration does from advice, history or sport."""
    title = fold_tones(headline)
    if CONSULTATION.search(title) or len(RULES_QUOTED.findall(opening)) > MAX_RULES_QUOTED:
        return False
    named = ADMINISTRATION.search(opening) or (
        DEPARTMENT.search(headline) and find_province(headline) is not None
    )
    return bool(WORK_NEWS.search(title)) and bool(named)


def _headline(clean: CleanText) -> str:
    for paragraph in clean.paragraphs[:12]:
        words = " ".join(clean.text[paragraph.start : paragraph.end].split())
        if SITE_LINE_CHARACTERS <= len(words) <= MAX_HEADLINE and not NOT_HEADLINE.search(words):
            return words
    return ""


def _read_period(document: Document) -> Period | None:
    """Give the period that the title names, cited documents left out, and put it into the row."""
    title = document.title.lower()
    cited = find_citations(document.title) + find_citations(title)
    periods = [
        p
        for p in find_periods(title, _day(document.issued))
        if p.grain not in ("recurrence", "day")
        and not any(c.start <= p.start < c.end for c in cited)
        and not FAR_SIGHT.search(title, max(0, p.start - 30), p.start + 1)
        and not FAR_SIGHT.search(title[max(0, p.start - 30) : p.start])
        and not title.startswith(("tầm nhìn", "định hướng"), p.start)
    ]
    ranges = [p for p in periods if p.grain == "years"]
    chosen = ranges[0] if ranges else (periods[-1] if periods else None)
    if chosen is None:
        return None
    value, first = chosen.value, chosen.first_day
    year = document.issued[:4]
    if chosen.bound == "until" and year and chosen.value[:4] > year:
        value, first = f"{year}/{chosen.value[:4]}", f"{year}-01-01"
    document.period, document.period_start, document.period_end = (
        value,
        first or f"{value[:4]}-01-01",
        chosen.last_day,
    )
    return chosen


def _day(issued: str) -> date | None:
    if not issued:
        return None
    parts = [int(part) for part in issued.split("-")] + [1, 1]
    try:
        return date(parts[0], parts[1], parts[2])
    except ValueError:
        return None
