"""The document itself: kind, number, title, issuer, place and date, period, province, signer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extract.folding import fold_tones
from extract.knowledge.phrases import any_phrase
from extract.knowledge.provinces import Province, find_province
from extract.mentions.citations import find_citations
from extract.mentions.organs import find_organs
from extract.mentions.periods import find_periods
from extract.records.attachments import Attachment, read_attachment
from extract.records.letterhead import (
    Letterhead,
    kind_of_title,
    read_letterhead,
    read_signer,
)
from extract.records.publication import read_publication
from extract.schema import Document
from extract.spans import CleanText, Organ, Period
from extract.structure.outline import Outline

CENTRAL_TYPES = frozenset({"central_government", "ministry", "ministry_agency", "party_central"})
NEWS_HEAD_CHARACTERS = 3000
OPENING_CHARACTERS = 1500
MIN_ORGANS_OF_NEWS = 2
WEB_PAGE = "text/html"
"""A page without a letterhead is an article, whatever it tells of."""
WORKING_GENRES = frozenset({"thông báo", "kết luận", "công điện", "hướng dẫn"})
"""Documents of other kinds that hand out work."""
FAR_SIGHT = re.compile(r"(?:tầm nhìn|định hướng)(?:\s(?:đến|tới))?\s*+\Z", re.IGNORECASE)
"""Before a year that a plan only looks out to: ``tầm nhìn đến 2045``."""
FAR_SIGHT_CHARACTERS = 30
WORK_NEWS = re.compile(rf"\b{any_phrase('news_words', 'work', folded=True)}\b")
"""Words of a headline whose article reports plans or results of administration, in folded text."""
ADMINISTRATION = re.compile(
    rf"\b{any_phrase('news_words', 'administration', folded=True)}\b"
    r"|\bngành (?:[^\W\d_]+\s){1,5}?(?:tỉnh|thành phố|huyện)\b"
)
"""Organs of administration, in folded text."""
CONSULTATION = re.compile(rf"\?|\b{any_phrase('news_words', 'advice', folded=True)}\b")
"""Headlines of legal advice, in folded text: they quote rules, they hand out no work."""
RULES_QUOTED = re.compile(r"\b(?:khoản \d|điều \d{1,3}|điểm [a-zđ] khoản)\b")
"""Provisions of a law, in folded text; an article full of them gives legal advice."""
MAX_RULES_QUOTED = 3
DEPARTMENT = re.compile(
    r"[Nn]gành [A-ZĐÀ-Ỹ][^\s,.;]*(?:,? (?:và )?[A-Za-zđĐÀ-ỹ]+){0,8}?(?= [A-ZĐÀ-Ỹ]| tỉnh| thành phố|$)"
)
"""``Ngành Y tế``: the department that a headline speaks of."""
HEADLINE_PARAGRAPHS = 12
SITE_LINE_CHARACTERS = 25
"""A shorter line at the head of a page is the name of the site."""
MAX_HEADLINE = 300
NOT_HEADLINE = re.compile(rf"\d{{1,2}}:\d\d|{any_phrase('news_words', 'not_headline')}")
"""What a page prints beside a headline: times, counters, menus."""
FULL_OFFICE, SHORT_OFFICE = ("Ủy ban nhân dân", "Uỷ ban nhân dân"), "UBND"
NUMBER_PARTS = re.compile(r"[-–/]")
"""Between the letters of a number: ``SYT-KHTC``."""
OF_PROVINCE = " tỉnh"
"""Ends the vocabulary's name of a body of any province, also of a city that is one."""


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
    """Fill a document's row from its head and closing; ``document`` comes with its key and source.

    Title and day of publication that came with a web page hold for an article; an official document on the
    page says its own.
    """
    head = read_letterhead(clean)
    if head.official:
        document.kind = head.kind or "other"
        document.number, document.issued = head.number, head.issued
        document.title = head.title
        _read_issuer(document, head)
        administrative = True
    elif attachment := read_attachment(clean):
        _read_annex(document, attachment)
        administrative = True
    else:
        administrative = _read_news(clean, document)
    period = _read_period(document)
    rules = head.official and document.kind in ("other", "decision") and head.genre not in WORKING_GENRES
    return DocumentReading(document, _day(document.issued), period, administrative, not rules)


def _read_annex(document: Document, attachment: Attachment) -> None:
    """Fill the row of an annex from the document that it says it belongs to."""
    cited = attachment.document
    document.kind = kind_of_title(cited.kind) or "other"
    document.number, document.issued, document.title = cited.number, cited.issued, attachment.title
    province = find_province(cited.issuer, cited.issued or None)
    _set_province(document, province)
    organs = _organs_of(cited.issuer)
    document.issuer_unit = organs[-1].unit if organs else ""
    document.issuer = _short_issuer(cited.issuer, province)


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
    if not lines:
        organs = [o for part in NUMBER_PARTS.split(head.code) for o in find_organs(part)][:1]
    last = organs[-1] if organs else None
    joined = _organs_of(block.replace("\n", " "))
    if joined and (last is None or len(joined) == 1):
        last = joined[-1]
    central = bool(organs) and any(o.unit_type in CENTRAL_TYPES for o in organs)
    province = None if central else find_province(block, day) or find_province(head.place, day)
    _set_province(document, province)
    name = last.unit if last and last.unit else _sentence_case(lines[-1] if lines else "")
    document.issuer_unit = last.unit if last else ""
    document.issuer = _short_issuer(name, province)


def _organs_of(line: str) -> list[Organ]:
    """Find organs in a line of capitals, which hides where names begin."""
    found = find_organs(line)
    return found or find_organs(_sentence_case(line))


def _sentence_case(line: str) -> str:
    words = line.strip().lower()
    return words[:1].upper() + words[1:]


def _short_issuer(name: str, province: Province | None) -> str:
    if name.startswith(FULL_OFFICE):
        name = SHORT_OFFICE + name[len(FULL_OFFICE[0]) :]
    if province is None:
        return name
    if name == SHORT_OFFICE or name.endswith(OF_PROVINCE):
        place = f"{province.full_name[:1].lower()}{province.full_name[1:]}"
        return f"{name.removesuffix(OF_PROVINCE)} {place}"
    if not name or fold_tones(province.name) in fold_tones(name):
        return name
    return f"{name} {province.name}"


def _set_province(document: Document, province: Province | None) -> None:
    if province is None:
        return
    document.province_code, document.province = province.code, province.name
    document.province_code_2025, document.province_2025 = province.code_2025, province.name_2025


def _read_news(clean: CleanText, document: Document) -> bool:
    """Read an article; tell whether it reports the work of an administration."""
    published = document.media_type == WEB_PAGE or bool(document.title)
    headline = document.title or _headline(clean)
    head = clean.text[:NEWS_HEAD_CHARACTERS]
    document.title = headline
    opening = fold_tones(head[:OPENING_CHARACTERS])
    about_work = _is_about_work(headline, opening)
    of_administration = len(ADMINISTRATION.findall(opening)) >= MIN_ORGANS_OF_NEWS
    document.kind = "news" if published or about_work or of_administration else "other"
    document.issued = document.issued or read_publication(clean)
    if document.kind != "news":
        return False
    department = DEPARTMENT.search(headline)
    organs = [
        o for o in find_organs(head) if o.unit_type not in CENTRAL_TYPES and o.unit_type != "collective"
    ]
    day = document.issued or _year_of_title(document)
    province = find_province(headline, day) or find_province(head, day)
    _set_province(document, province)
    if department and province and province.name in headline:
        document.issuer = f"{department.group().split(' ' + province.name)[0]} {province.name}".strip()
    elif organs:
        document.issuer_unit = organs[0].unit
        name = organs[0].unit or head[organs[0].start : organs[0].end]
        document.issuer = f"{name} {province.name}" if province and province.name not in name else name
    return about_work


def _year_of_title(document: Document) -> str | None:
    """Give the year an undated article is about: it names the provinces of that time."""
    period = _title_period(document)
    return period.value[:4] if period and period.value[:4].isdigit() else None


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
    for paragraph in clean.paragraphs[:HEADLINE_PARAGRAPHS]:
        words = " ".join(clean.text[paragraph.start : paragraph.end].split())
        if SITE_LINE_CHARACTERS <= len(words) <= MAX_HEADLINE and not NOT_HEADLINE.search(words):
            return words
    return ""


def _read_period(document: Document) -> Period | None:
    """Give the period that the title names and put it into the row."""
    chosen = _title_period(document)
    if chosen is None:
        return None
    value, first = chosen.value, chosen.first_day
    issued_year, year = document.issued[:4], chosen.value[:4]
    if chosen.bound == "until" and issued_year and year > issued_year:
        value, first = f"{issued_year}/{year}", f"{issued_year}-01-01"
    document.period, document.period_start = value, first or f"{value[:4]}-01-01"
    document.period_end = chosen.last_day
    return chosen


def _title_period(document: Document) -> Period | None:
    """Choose the first range of years of a title, else its last period; cited documents are left out."""
    title = document.title.lower()
    cited = find_citations(document.title) + find_citations(title)
    periods = [
        p
        for p in find_periods(title, _day(document.issued))
        if p.grain not in ("recurrence", "day")
        and not any(c.start <= p.start < c.end for c in cited)
        and not _is_far_sight(title, p)
    ]
    ranges = [p for p in periods if p.grain == "years"]
    if ranges:
        return ranges[0]
    return periods[-1] if periods else None


def _is_far_sight(title: str, period: Period) -> bool:
    """Tell a year that a plan looks out to, or the term of those who are elected, from the plan's own."""
    if title.startswith(("tầm nhìn", "định hướng"), period.start):
        return True
    if "bầu cử" in title and title.startswith("nhiệm kỳ", period.start):
        return True
    return FAR_SIGHT.search(title, max(0, period.start - FAR_SIGHT_CHARACTERS), period.start) is not None


def _day(issued: str) -> date | None:
    if not issued:
        return None
    parts = [int(part) for part in issued.split("-")] + [1, 1]
    try:
        return date(parts[0], parts[1], parts[2])
    except ValueError:
        return None
