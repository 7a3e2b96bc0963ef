"""Web archives (WARC, ISO 28500), plain and compressed: the documents among the answers of web sites."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import IO
from urllib.parse import unquote, urlsplit

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from extract.archive.containers.kinds import BY_SUFFIX
from extract.archive.containers.limits import BUFFER_BYTES, open_metered
from extract.archive.containers.media_types import SUFFIX_OF_TYPE, UNTOLD_TYPES
from extract.archive.containers.members import Container, Member
from extract.archive.containers.payloads import read_payload
from extract.readers import suffixes
from extract.spans import ReadProblem

RECORD_START = b"WARC/"
MAX_HEADER_BYTES = 1 << 20
"""Of one record, its own and those of HTTP: servers refuse more than some 16 KB."""
ANSWERS = frozenset({"response", "resource", "conversion"})
ROBOTS = "/robots.txt"
MAX_TOLD_TYPES = 8
MAX_TYPE_CHARACTERS = 60


def read_warc(container: Container) -> Iterator[Member]:
    """Give the documents of a web archive in the order of its records, named by host and path.

    Pictures, scripts, style sheets and answers that tell of an error are counted in one note. Where a record
    does not begin after the one before, as wrong lengths lead to, the next beginning is looked for.
    """
    passed: Counter[str] = Counter()
    stream = _RecordStream(container.stream)
    try:
        for record in _read_records(stream):
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            media_type = find_media_type(record)
            if _is_document(record, address, media_type, passed):
                yield Member(
                    name=name_of_address(address),
                    size=max(record.payload_length, record.length or 0),
                    open=partial(_open_payload, container, record),
                    independent=True,
                    address=address,
                    media_type=media_type,
                )
    finally:
        container.notes += [*_tell_passed(passed), *_tell_gaps(stream.gaps)]


class _RecordStream:
    """The archive as its library reads it, with an end to headers, and able to find the next record."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.gaps = 0
        self._stream = stream
        self._header_bytes_left: int | None = None
        self._position = 0

    def find_record(self) -> bytes:
        """Give the first line of the next record, empty at the end; headers are bounded from here on."""
        self._header_bytes_left = None
        at_start, astray = True, False
        while line := self.readline(BUFFER_BYTES):
            if at_start and line.startswith(RECORD_START):
                self.gaps += astray
                self._header_bytes_left = MAX_HEADER_BYTES
                return line
            astray |= bool(line.strip())
            at_start = line.endswith(b"\n")
        self.gaps += astray
        return b""

    def end_headers(self) -> None:
        """Say that what follows is content."""
        self._header_bytes_left = None

    def readline(self, length: int | None = None) -> bytes:
        """Give a line, or its beginning."""
        size = BUFFER_BYTES if length is None else min(length, BUFFER_BYTES)
        line = self._stream.readline(size)
        self._position += len(line)
        if self._header_bytes_left is not None:
            self._header_bytes_left -= len(line)
            if self._header_bytes_left < 0:
                raise StatusAndHeadersParserException("headers without end", "")
        return line

    def read(self, length: int | None = None) -> bytes:
        """Give so many bytes, fewer at the end."""
        piece = self._stream.read(-1 if length is None else length)
        self._position += len(piece)
        return piece

    def tell(self) -> int:
        """Count the bytes read."""
        return self._position


def _read_records(stream: _RecordStream) -> Iterator[ArcWarcRecord]:
    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    while line := stream.find_record():
        try:
            record = loader.parse_record_stream(stream, statusline=line, known_format="warc")
        except (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError, AttributeError):
            stream.gaps += 1  # headers that are none; the next record begins somewhere behind
            continue
        stream.end_headers()
        yield record
        while record.raw_stream.read(BUFFER_BYTES):
            pass
        stream.gaps += bool(getattr(record.raw_stream, "limit", 0))  # it breaks off


def find_media_type(record: ArcWarcRecord) -> str:
    """Give the media type of an answer without its parameters, in lower case."""
    header = record.http_headers.get_header("content-type") if record.http_headers else record.content_type
    return (header or "").split(";")[0].strip().lower()[:MAX_TYPE_CHARACTERS]


def _is_document(record: ArcWarcRecord, address: str, media_type: str, passed: Counter[str]) -> bool:
    """Say whether a record holds a document that may be read; what it is otherwise is counted."""
    if record.rec_type not in ANSWERS or address.endswith(ROBOTS):
        return False
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if not status.startswith("2"):
        passed["answers that tell of an error or lead elsewhere"] += 1
        return False
    suffix = PurePosixPath(name_of_address(address.split("?")[0])).suffix.lower()
    if media_type in UNTOLD_TYPES and (suffix in suffixes() or suffix in BY_SUFFIX):
        return True
    if media_type not in SUFFIX_OF_TYPE:
        passed[media_type or "unknown type"] += 1
        return False
    return True


def name_of_address(address: str) -> str:
    """Give the path that stands for a web address: host, path and query.

    >>> name_of_address("https://tinhmau.gov.vn/tin/K%E1%BA%BF%20ho%E1%BA%A1ch.pdf?v=2")
    'tinhmau.gov.vn/tin/Kế hoạch.pdf?v=2'
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    query = f"?{parts.query}" if parts.query else ""
    return (parts.netloc + unquote(parts.path) + query).strip("/")


def _open_payload(container: Container, record: ArcWarcRecord) -> io.BufferedReader:
    content = read_payload(record, container.limits.file_bytes)
    return open_metered(io.BytesIO(content), container.budget)


def _tell_passed(passed: Counter[str]) -> list[ReadProblem]:
    if not passed:
        return []
    ranked = sorted(passed.items(), key=lambda pair: (-pair[1], pair[0]))
    told = [f"{count:,} {sort}" for sort, count in ranked[:MAX_TOLD_TYPES]]
    rest = sum(count for _, count in ranked[MAX_TOLD_TYPES:])
    told += [f"{rest:,} of other types"] if rest else []
    message = f"Passed over, since they are no documents: {', '.join(told)}. Nothing needs to be done."
    return [ReadProblem("skipped_resources", message)]


def _tell_gaps(gaps: int) -> list[ReadProblem]:
    if not gaps:
        return []
    message = (
        f"In {gaps:,} places no record begins where the one before ends; reading went on at the next. "
        "Check the archive: documents may be missing or cut short."
    )
    return [ReadProblem("corrupt_archive", message)]
