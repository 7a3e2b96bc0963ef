"""Crawls of web sites in JSON Lines: each line is a document with what is known of it.

A record is an object with the text (``text``) or the page (``html``) and, where known, ``title``, ``date``
and ``url``, as news crawlers write it (https://jsonlines.org).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from extract.archive.containers.limits import BUFFER_BYTES, ContainerError
from extract.archive.containers.members import Container, Member
from extract.spans import ReadProblem

LINE_DIGITS = 7
MAX_BROKEN_LINES = 1_000
"""A file with so many lines that are no records is none of records: reading stops, lest a disk image under
the wrong suffix become a million failed documents."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
WHITE = b" \t\r\n\0"

ISO_DAY = re.compile(r"\s*+(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
VIETNAMESE_DAY = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
MAX_FIELD_CHARACTERS = 1_000
FIRST_YEAR, LAST_YEAR = 1945, 2100
"""Days of publication outside are slips, such as the 1 January 1 of empty fields."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page with what its record says of it: ``name`` tells the reader's format by its suffix.

    ``published`` is an ISO day; ``title``, ``published`` and ``publisher`` are empty where not known.
    """

    name: str
    content: bytes
    title: str = ""
    published: str = ""
    publisher: str = ""


def read_crawl(container: Container) -> Iterator[Member]:
    """Give the lines of a crawl in order, named by their number, from 1, blank lines counted but not given.

    Only whether a line can be a record at all is looked at. Raises ContainerError when the first thousand
    lines that cannot be are met.
    """
    broken = 0
    number = 0
    while (line := _next_line(container)) is not None:
        number += 1
        name = f"{number:0{LINE_DIGITS}}"
        problem = None
        if len(line) > container.limits.record_bytes:
            problem = ReadProblem("too_large", _tell_length(container.limits.record_bytes), "error")
        elif not (line := line.removeprefix(BYTE_ORDER_MARK).strip(WHITE)):
            continue
        elif not (line.startswith(b"{") and line.endswith(b"}")):
            problem = BROKEN
        broken += problem is not None
        if broken > MAX_BROKEN_LINES:
            message = f"More than {MAX_BROKEN_LINES:,} lines are no records; what comes behind was not read."
            raise ContainerError("corrupt_archive", message)
        yield Member(name=name, record=line if problem is None else None, problem=problem)


def _next_line(container: Container) -> bytes | None:
    """Give the next line, of one that is too long only the beginning; None at the end."""
    limit = container.limits.record_bytes
    line = container.stream.readline(limit + 1)
    if not line:
        return None
    piece = line
    while len(line) > limit and not piece.endswith(b"\n"):
        piece = container.stream.readline(BUFFER_BYTES)
        if not piece:
            break
    return line


BROKEN = ReadProblem(
    "corrupt_record",
    "The line is no JSON object. Write each record of the crawl as one line of JSON.",
    "error",
)


def _tell_length(limit: int) -> str:
    return f"The line is longer than {limit:,} bytes. Write each record of the crawl as one line of JSON."


def read_record(line: bytes) -> Page:
    r"""Read the page of a line of a crawl.

    Where a record has both, the page comes before the text that somebody made of it. Raises ContainerError
    ``corrupt_record`` for a line that is no JSON object or has neither.

    >>> page = read_record('{"url": "https://tinhmau.gov.vn/a", "text": "Họp", "date": "5/3/2024"}'.encode())
    >>> page.name, page.content.decode(), page.published, page.publisher
    ('record.txt', 'Họp', '2024-03-05', 'tinhmau.gov.vn')
    """
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ContainerError(BROKEN.code, f"{BROKEN.message} ({str(error)[:100]})") from error
    if not isinstance(record, dict):
        raise ContainerError(BROKEN.code, BROKEN.message)
    html, text = _field(record, "html"), _field(record, "text")
    if not html and not text:
        message = "The record has neither text nor html. Give the words of the page in the field text."
        raise ContainerError(BROKEN.code, message)
    return Page(
        name="record.html" if html else "record.txt",
        content=(html or text).encode("utf-8", "surrogatepass"),
        title=" ".join(_field(record, "title")[:MAX_FIELD_CHARACTERS].split()),
        published=parse_day(_field(record, "date")),
        publisher=find_publisher(_field(record, "url")),
    )


def _field(record: dict[str, Any], name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) and value.strip() else ""


def parse_day(text: str) -> str:
    """Give the ISO day of a date of publication, empty where there is none that can be.

    >>> parse_day("2024-03-05T07:30:00+07:00"), parse_day("Thứ Ba, 05/03/2024 07:30"), parse_day("hôm qua")
    ('2024-03-05', '2024-03-05', '')
    """
    text = text[:MAX_FIELD_CHARACTERS]
    if found := ISO_DAY.match(text):
        year, month, day = map(int, found.groups())
    elif found := VIETNAMESE_DAY.search(text):
        day, month, year = map(int, found.groups())
    else:
        return ""
    try:
        return date(year, month, day).isoformat() if FIRST_YEAR <= year <= LAST_YEAR else ""
    except ValueError:
        return ""


def find_publisher(address: str) -> str:
    """Give the host of a web address without its ``www.``, empty where there is none.

    >>> find_publisher("https://www.tinhmau.gov.vn/tin/1.html"), find_publisher("tin 1")
    ('tinhmau.gov.vn', '')
    """
    try:
        host = urlsplit(address[:MAX_FIELD_CHARACTERS].strip()).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
