"""Reads web archives (MHTML, RFC 2557): a page that a browser or Word saved with its pictures."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from extract.readers.html import read_html
from extract.readers.text import EMPTY_FILE
from extract.spans import DEFAULT_OPTIONS, ReadOptions, ReadProblem, Source

MEDIA_TYPE = "multipart/related"
MAX_ARCHIVE_BYTES = 64 * 1024 * 1024
MAX_LINES = 1_500_000
"""64 MB of pictures are 900,000 lines; header lines, the slowest, take 3 microseconds each."""
MAX_CONTAINERS = 20
"""Browsers and Word nest two levels; each costs the email package a level of recursion."""
CONTAINER = re.compile(rb"boundary\s*+=|content-type\s*+:\s*+message/", re.IGNORECASE)
PAGE_TYPES = ("text/html", "application/xhtml+xml")


def read_mhtml(name: str, content: bytes, options: ReadOptions = DEFAULT_OPTIONS) -> Source:
    r"""Read the page of a web archive as `extract.readers.html.read_html` reads it.

    ``content`` is the whole file. The page is the part that the archive names as its start, else the first
    one of type HTML; frames and pictures are left out. Raises nothing: what went wrong stands in
    ``problems``, as an error ``empty_file``, ``too_large`` or ``corrupt_file``, and as `read_html` says.

    >>> head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=X\n\n"
    >>> archive = head + "--X\nContent-Type: text/html\n\n<p>Rà soát</p>\n--X--\n"
    >>> read_mhtml("a.mht", archive.encode()).blocks[0].text
    'Rà soát'
    """
    if not content.strip():
        return _fail(EMPTY_FILE)
    if len(content) > MAX_ARCHIVE_BYTES:
        message = f"The archive has {len(content):,} bytes, more than the limit of {MAX_ARCHIVE_BYTES:,}."
        return _fail(ReadProblem("too_large", f"{message} Save the page as HTML only.", "error"))
    page = _find_page(content)
    if page is None:
        return _fail(NO_PAGE)
    return replace(read_html(name, page, options), media_type=MEDIA_TYPE)


NO_PAGE = ReadProblem(
    "corrupt_file",
    "The web archive holds no page. Check that it was saved whole, or save the page as HTML.",
    "error",
)


def _fail(problem: ReadProblem) -> Source:
    return Source(MEDIA_TYPE, (), problems=(problem,))


def _find_page(content: bytes) -> bytes | None:
    """Give the bytes of the page; None when the archive has none or is no archive that browsers make."""
    if content.count(b"\n") > MAX_LINES or len(CONTAINER.findall(content)) > MAX_CONTAINERS:
        return None
    archive = message_from_bytes(content.lstrip(), policy=compat32)
    pages = [part for part in archive.walk() if part.get_content_type() in PAGE_TYPES]
    start = _read_parameter(archive, "start")
    named = [part for part in pages if start and (part.get("Content-ID") or "").strip() == start]
    for part in [*named, *pages]:
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload.strip():
            return payload
    return None


def _read_parameter(archive: Message, name: str) -> str:
    value = archive.get_param(name)
    return value.strip() if isinstance(value, str) else ""
