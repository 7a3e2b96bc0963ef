"""The day an article was published, as the lines around it print it: ``Thứ sáu, 16/3/2018 | 08:30``."""

from __future__ import annotations

import re
from datetime import date

from extract.knowledge.phrases import any_phrase
from extract.spans import CleanText

MAX_HEAD_PARAGRAPHS = 14
MAX_TAIL_PARAGRAPHS = 12
MAX_LINE_CHARACTERS = 120
BARE_LINE_CHARACTERS = 45
"""A shorter line with one date is that of publication, unless its words say what else happened that day."""

NEWS_DATE = re.compile(
    r"\b(?P<day>\d{1,2})(?:\s?(?P<sign>[/.-])\s?|\s++tháng\s++)(?P<month>\d{1,2})"
    r"(?(sign)\s?(?P=sign)\s?|,?\s++(?:năm\s++)?)(?P<year>(?:19|20)\d\d)\b"
    r"|\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)(?!\d)",
    re.IGNORECASE,
)
"""A whole date: ``16/3/2018``, ``16-03-2018``, ``16 tháng 3 năm 2018``, ``2018-03-16``."""
CLOCK = r"\d{1,2}\s?(?:[:hg]|giờ)\s?\d\d"
PUBLISHED = re.compile(
    rf"{CLOCK}|\b{any_phrase('news_words', 'published')}\b"
    rf"|\A\W{{0,6}}{any_phrase('news_words', 'weekday')}\b",
    re.IGNORECASE,
)
"""What stands beside the date of publication."""
POSTED = re.compile(rf"\W{{0,6}}{any_phrase('news_words', 'posted')}\b", re.IGNORECASE)
"""What opens a line behind an article that says when it was put on the site."""
OTHER_DAY = re.compile(rf"\b{any_phrase('news_words', 'other_day')}\b", re.IGNORECASE)
"""Words of a short line whose date is that of something else: ``Thành lập: 15/9/1945``."""


def read_publication(clean: CleanText) -> str:
    """Give the ISO day of publication, empty where none is printed.

    It stands in a short line at the head of an article, or behind it in a line that says what it is.

    >>> from extract.spans import Paragraph
    >>> line = "Thứ sáu, 16/3/2018 | 08:30"
    >>> read_publication(CleanText(line, [Paragraph(0, len(line))]))
    '2018-03-16'
    """
    for paragraph in clean.paragraphs[:MAX_HEAD_PARAGRAPHS]:
        words = clean.text[paragraph.start : paragraph.end]
        if len(words) > MAX_LINE_CHARACTERS:
            continue
        days = [day for match in NEWS_DATE.finditer(words) if (day := _parse_day(match))]
        if days and (_tells_publication(words) or (paragraph.cell is None and _is_bare(words, days))):
            return days[0]
    for paragraph in clean.paragraphs[-MAX_TAIL_PARAGRAPHS:]:
        words = clean.text[paragraph.start : paragraph.end]
        if len(words) <= MAX_LINE_CHARACTERS and POSTED.match(words):
            found = NEWS_DATE.search(words)
            if found and (day := _parse_day(found)):
                return day
    return ""


def _tells_publication(words: str) -> bool:
    return PUBLISHED.search(words) is not None and not _is_of_other_day(words)


def _is_bare(words: str, days: list[str]) -> bool:
    return len(words) < BARE_LINE_CHARACTERS and len(days) == 1 and not _is_of_other_day(words)


def _is_of_other_day(words: str) -> bool:
    """Tell a sentence, and a line on what happened that day, from one that tells of the article."""
    return words.rstrip().endswith(".") or OTHER_DAY.search(words) is not None


def _parse_day(match: re.Match[str]) -> str:
    """Give the ISO day, empty for one that no calendar has."""
    iso = match["iso"] or f"{match['year']}-{match['month']:>02}-{match['day']:>02}"
    try:
        return date.fromisoformat(iso).isoformat()
    except ValueError:
        return ""
