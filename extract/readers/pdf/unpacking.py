"""Whether a small PDF unpacks to more than memory holds: its packed streams are tried before it is read."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

MAX_UNPACKED_BYTES = 32 * 1024 * 1024
"""Of one stream that is no image: the content of a page of text has 50 kilobytes, a city map a few megabytes.
Pdfium takes 20 times as much memory for a page of drawings."""
MAX_RATIO = 1032
"""What deflate can reach; a stream that is smaller than the limit by more cannot go over it."""
MIN_SUSPECT_BYTES = MAX_UNPACKED_BYTES // MAX_RATIO
MAX_LAYERS = 3
"""Streams are packed once; hostile ones twice or more."""
STREAM = b"stream"
MAX_DICTIONARY_BYTES = 1024
END = b"endstream"
DEFLATE = re.compile(rb"/Fl(?:ateDecode)?\b")
OTHER_USE = re.compile(rb"/Subtype\s*/Image|/Length[123]\b")
"""Images and fonts are unpacked when they are drawn, within bounds of their own."""


def unpacks_too_large(content: bytes) -> bool:
    """Say whether a compressed stream of a file unpacks to more than ``MAX_UNPACKED_BYTES``.

    Streams that are packed twice are looked at whatever their size.
    """
    for begin, start in _streams(content):
        opening = content.rfind(b"obj", max(begin - MAX_DICTIONARY_BYTES, 0), begin)
        dictionary = content[max(opening, 0) : begin]
        layers = len(DEFLATE.findall(dictionary))
        if not layers or OTHER_USE.search(dictionary):
            continue
        end = content.find(END, start)
        end = len(content) if end < 0 else end
        if (layers > 1 or end - start >= MIN_SUSPECT_BYTES) and _is_too_large(content[start:end], layers):
            return True
    return False


def _streams(content: bytes) -> Iterator[tuple[int, int]]:
    """Give where each stream's keyword and its data begin."""
    begin = content.find(STREAM)
    while begin >= 0:
        start = begin + len(STREAM)
        if content[start : start + 1] in (b"\r", b"\n") and content[begin - 3 : begin] != b"end":
            yield begin, start + 1 + (content[start : start + 2] == b"\r\n")
        begin = content.find(STREAM, start)


def _is_too_large(packed: bytes, layers: int) -> bool:
    for _ in range(min(layers, MAX_LAYERS)):
        try:
            packed = zlib.decompressobj().decompress(packed, MAX_UNPACKED_BYTES + 1)
        except zlib.error:
            return False
    return len(packed) > MAX_UNPACKED_BYTES
