"""Annexes in files of their own: ``(Kèm theo Kế hoạch số 64/KH-UBND ...)`` says whose they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.mentions.citations import find_citations
from extract.spans import Citation, CleanText

ATTACHED = re.compile(
    r"\(?\s?(?:(?:Ban hành|Được ban hành|Gửi)\s)?(?:kèm theo|đính kèm|phụ lục kèm theo)\s", re.IGNORECASE
)
"""Words before the document that an annex belongs to."""
MAX_HEAD_PARAGRAPHS = 10
MAX_NOTE_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Attachment:
    """The document that an annex belongs to, and the title of the annex above it."""

    document: Citation
    title: str


def read_attachment(clean: CleanText) -> Attachment | None:
    """Read the head of an annex; None where no document is named that it belongs to.

    >>> from extract.spans import Paragraph
    >>> lines = ("PHỤ LỤC II", "(Kèm theo Kế hoạch số 64/KH-UBND ngày 18/3/2026 của UBND tỉnh Vĩnh Long)")
    >>> clean = CleanText(" ".join(lines), [Paragraph(0, 10), Paragraph(11, 11 + len(lines[1]))])
    >>> attachment = read_attachment(clean)
    >>> attachment.document.number, attachment.document.issued, attachment.title
    ('64/KH-UBND', '2026-03-18', 'PHỤ LỤC II')
    """
    above: list[str] = []
    for paragraph in clean.paragraphs[:MAX_HEAD_PARAGRAPHS]:
        words = clean.text[paragraph.start : paragraph.end]
        if paragraph.cell is not None:
            return None
        if len(words) <= MAX_NOTE_CHARACTERS and ATTACHED.match(words):
            cited = find_citations(words)
            return Attachment(cited[0], " ".join(above)) if cited else None
        above.append(words)
    return None
