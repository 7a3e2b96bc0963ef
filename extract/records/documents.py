"""The document itself: kind, number, title, issuer, place and date, period, province, signer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from extract.folding import fold_tones
from extract.knowledge.provinces import find_province
from extract.mentions.organs import find_organs
from extract.records.articles import (
    OPENING_CHARACTERS,
    find_reported_issuer,
    is_about_work,
    is_of_administration,
    may_hand_out_work,
    read_headline,
)
from extract.records.attachments import Attachment, read_attachment
from extract.records.document_periods import parse_day, read_period, title_period
from extract.records.issuers import Issuer, read_issuer, short_issuer
from extract.records.letterhead import (
    kind_of_title,
    read_letterhead,
    read_signer,
)
from extract.records.publication import read_publication
from extract.schema import Document
from extract.spans import CleanText, Period
from extract.structure.outline import Outline

WEB_PAGE = "text/html"
"""A page without a letterhead is an article, whatever it tells of."""
WORKING_GENRES = frozenset({"thông báo", "kết luận", "công điện", "hướng dẫn"})
"""Documents of other kinds that hand out work."""


@dataclass(slots=True)
class DocumentReading:
    """What was read of a document as a whole, and whether plans are to be expected in it."""

    document: Document
    day: date | None
    title_period: Period | None
    administrative: bool
    instructs: bool = True
    """It hands out work where no heading says otherwise; laws and rules do not."""
    announces: bool = False
    """An article on something else that may still say what a unit will do."""


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
        _set_issuer(document, read_issuer(head, clean.text))
        administrative = True
    elif attachment := read_attachment(clean):
        _read_annex(document, attachment)
        administrative = True
    else:
        administrative = _read_news(clean, document)
    period = read_period(document, clean)
    rules = head.official and document.kind in ("other", "decision") and head.genre not in WORKING_GENRES
    opening = fold_tones(clean.text[:OPENING_CHARACTERS])
    reported = document.kind == "news" and bool(document.issuer)
    announces = reported and not administrative and may_hand_out_work(document.title, opening)
    return DocumentReading(document, parse_day(document.issued), period, administrative, not rules, announces)


def _read_annex(document: Document, attachment: Attachment) -> None:
    """Fill the row of an annex from the document that it says it belongs to."""
    cited = attachment.document
    document.kind = kind_of_title(cited.kind) or "other"
    document.number, document.issued, document.title = cited.number, cited.issued, attachment.title
    province = find_province(cited.issuer, cited.issued or None)
    organs = find_organs(cited.issuer)
    name = short_issuer(cited.issuer, province)
    _set_issuer(document, Issuer(name, organs[-1].unit if organs else "", province))


def read_closing(outline: Outline, clean: CleanText, document: Document) -> None:
    """Fill the signer from the closing of an official document."""
    first = next((i for i, zone in enumerate(outline.zones) if zone == "closing"), None)
    if first is not None:
        document.signer = read_signer(clean, first)


def _set_issuer(document: Document, issuer: Issuer) -> None:
    document.issuer, document.issuer_unit, province = issuer.name, issuer.unit, issuer.province
    if province is None:
        return
    document.province_code, document.province = province.code, province.name
    document.province_code_2025, document.province_2025 = province.code_2025, province.name_2025


def _read_news(clean: CleanText, document: Document) -> bool:
    """Read an article; tell whether it reports the work of an administration."""
    published = document.media_type == WEB_PAGE or bool(document.title)
    document.title = headline = document.title or read_headline(clean)
    opening = fold_tones(clean.text[:OPENING_CHARACTERS])
    about_work = is_about_work(headline, opening)
    document.kind = "news" if published or about_work or is_of_administration(opening) else "other"
    document.issued = document.issued or read_publication(clean)
    if document.kind != "news":
        return False
    _set_issuer(document, find_reported_issuer(clean, headline, document.issued or _year_of_title(document)))
    return about_work


def _year_of_title(document: Document) -> str | None:
    """Give the year an undated article is about: it names the provinces of that time."""
    period = title_period(document)
    return period.value[:4] if period and period.value[:4].isdigit() else None
