"""What is printed on every page and belongs to none: page numbers, running headers, signing marks."""

from __future__ import annotations

import re
from collections import defaultdict

from extract.readers.layout.page import Line, Page

MARGIN_SHARE = 0.12
"""Decree 30/2020/NĐ-CP leaves 20 to 25 mm of 297 free; headers stand in it or just below."""
PAGE_NUMBER = re.compile(
    r"(?:[-–—|~.]\s?)?(?:(?:Trang|Page|Tr\.)\s?)?\d{1,4}"
    r"(?:\s?(?:/|of|trên)\s?\d{1,4})?(?:\s?[-–—|~.])?\Z"
)
"""``2``, ``- 2 -``, ``Trang 2/9``."""
MIN_PAGES_OF_HEADER = 3
MIN_SHARE_OF_HEADER = 0.4
"""A running header stands on at least so many of the pages."""
MAX_HEADER_SHIFT_POINTS = 6.0
DIGITS = re.compile(r"\d+")
SIGNING_MARK = re.compile(
    r"(?:Người ký|Ký bởi|Được ký bởi|Ký số bởi|Signature (?:Not Verified|Valid)"
    r"|Digitally signed by|Signed by)\b"
)
"""Opens the lines that signing software prints in a corner."""
SIGNING_DETAIL = re.compile(
    r"(?:Email|E-mail|Cơ quan|Tổ chức|Chức vụ|Thời gian ký|Ngày ký|Giờ ký|Date|Reason|Location|Lý do)\s?:"
)
MAX_SIGNING_LINES = 6


def drop_margins(pages: list[Page]) -> None:
    """Take page numbers, running headers and footers and marks of signing software out of the pages.

    A number alone at the very top or bottom of a page is its number; a line in the margin is a running
    header when the same one, figures aside, stands at the same height on many pages.
    """
    for page in pages:
        page.lines = _without_signing_marks(page.lines)
    repeated = _find_repeated(pages)
    for page in pages:
        if repeated:
            page.lines = [line for line in page.lines if _key(page, line) not in repeated]
        _drop_page_number(page)


def _key(page: Page, line: Line) -> tuple[str, int] | None:
    """Give what makes a line in the margin the same as another page's; None outside of the margins."""
    top, bottom = line.box[1], page.height - line.box[3]
    if min(top, bottom) > MARGIN_SHARE * page.height:
        return None
    place = top if top < bottom else -bottom
    return DIGITS.sub("0", line.text).casefold(), round(place / MAX_HEADER_SHIFT_POINTS)


def _find_repeated(pages: list[Page]) -> set[tuple[str, int] | None]:
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page in pages:
        for line in page.lines:
            key = _key(page, line)
            if key is not None:
                seen[key].add(page.number)
    wanted = max(MIN_PAGES_OF_HEADER, MIN_SHARE_OF_HEADER * len(pages))
    return {key for key, numbers in seen.items() if len(numbers) >= wanted}


def _drop_page_number(page: Page) -> None:
    for top in (True, False):
        if not page.lines:
            return
        edge = min if top else max
        line = edge(page.lines, key=lambda line: line.box[1] if top else line.box[3])
        distance = line.box[1] if top else page.height - line.box[3]
        if distance > MARGIN_SHARE * page.height or not PAGE_NUMBER.match(line.text):
            continue
        if any(other is not line and _level(other, line) for other in page.lines):
            continue
        page.lines = [other for other in page.lines if other is not line]


def _level(one: Line, other: Line) -> bool:
    return min(one.box[3], other.box[3]) - max(one.box[1], other.box[1]) > 0


def _without_signing_marks(lines: list[Line]) -> list[Line]:
    opening = [i for i, line in enumerate(lines) if SIGNING_MARK.match(line.text)]
    dropped: set[int] = set()
    for first in opening:
        details = [
            i
            for i in range(first + 1, min(first + 1 + MAX_SIGNING_LINES, len(lines)))
            if SIGNING_DETAIL.match(lines[i].text)
        ]
        if details:
            dropped.update([first, *details])
    return [line for i, line in enumerate(lines) if i not in dropped] if dropped else lines
