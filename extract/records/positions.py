"""Where rows stand on printed pages, and how sure the recognition of their words is."""

from __future__ import annotations

from extract.schema import Group, Indicator, Task
from extract.spans import Box, CleanText, Place


def put_on_pages(
    canonical: CleanText, groups: list[Group], tasks: list[Task], indicators: list[Indicator]
) -> None:
    """Fill ``page`` and ``bbox`` of the rows and lower ``confidence`` where OCR was unsure of their words.

    The page is the one that a row begins on, the box holds all its lines there. Rows of documents without
    pages stay as they are.

    >>> from extract.spans import OffsetMap
    >>> clean = CleanText("Sở Y tế", [], places=[Place(0, 2, (72.0, 90.5, 130.0, 104.0))])
    >>> group = Group("", "", "", 1, 1, "1", "1", "Sở Y tế", "assignment", None, 0, 7)
    >>> put_on_pages(clean, [group], [], [])
    >>> group.page
    2
    """
    if not canonical.places:
        return
    for group in groups:
        places = canonical.places_of(group.start, group.end)
        group.page = places[0].page if places else None
    rows: list[Task | Indicator] = [*tasks, *indicators]
    for row in rows:
        places = canonical.places_of(row.start, row.end)
        if places:
            row.page = places[0].page
            row.bbox = _format_box([p.bbox for p in places if p.page == row.page and p.bbox])
            row.confidence = _lower(row.confidence, places)


def _format_box(boxes: list[Box]) -> str:
    if not boxes:
        return ""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return ",".join(f"{round(side, 1):g}" for side in (min(lefts), min(tops), max(rights), max(bottoms)))


def _lower(confidence: float, places: list[Place]) -> float:
    """Take the mean confidence of the recognised lines as the chance that the words are right."""
    recognised = [place.confidence for place in places if place.confidence is not None]
    return round(confidence * sum(recognised) / len(recognised), 3) if recognised else confidence
