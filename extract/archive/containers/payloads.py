"""The document in an answer of a web site: chunks joined, compression undone, never more than is allowed."""

from __future__ import annotations

import zlib
from importlib import import_module

from warcio.bufferedreaders import ChunkedDataReader
from warcio.recordloader import ArcWarcRecord

from extract.archive.containers.limits import BUFFER_BYTES, ContainerError

RAW_DEFLATE, ANY_DEFLATE = -zlib.MAX_WBITS, zlib.MAX_WBITS | 32
"""Window bits of zlib: without any header, and with that of gzip or zlib, whichever is there."""


def read_payload(record: ArcWarcRecord, limit: int) -> bytes:
    """Give the document of an answer.

    Takes a record whose headers were read, and the bytes a document may have. Raises ContainerError:
    ``corrupt_member`` when the record breaks off, ``too_large``, ``missing_package`` or
    ``unsupported_member`` when it cannot be unpacked.
    """
    if (record.length or 0) > limit:
        raise ContainerError("too_large", _tell_size(limit))
    content = _read_entity(record, limit)
    encoding = (record.http_headers.get_header("content-encoding") or "") if record.http_headers else ""
    for name in reversed([part.strip().lower() for part in encoding.split(",")][:MAX_ENCODINGS]):
        content = decode_content(name, content, limit)
    return content


MAX_ENCODINGS = 3
BROTLI_MISSING = "The page is packed with Brotli. To read it: pip install 'brotli>=1.2'"


def _read_entity(record: ArcWarcRecord, limit: int) -> bytes:
    """Read the body of an answer as it was sent, its chunks joined."""
    headers = record.http_headers
    chunked = headers and (headers.get_header("transfer-encoding") or "").lower() == "chunked"
    # Never with its own decompression, which unpacks a whole chunk at once.
    stream = ChunkedDataReader(record.raw_stream, decomp_type=None) if chunked else record.raw_stream
    pieces, left = [], limit
    while left > 0 and (piece := stream.read(min(left, BUFFER_BYTES))):
        pieces.append(piece)
        left -= len(piece)
    if getattr(record.raw_stream, "limit", 0) and not record.raw_stream.read(1):
        raise ContainerError("corrupt_member", "The record breaks off. Get the web archive again.")
    return b"".join(pieces)


def decode_content(encoding: str, content: bytes, limit: int) -> bytes:
    """Undo one content encoding of HTTP; content that does not have it, as crawlers leave it, stays.

    >>> decode_content("gzip", zlib.compress(b"KH"), 100), decode_content("gzip", b"KH", 100)
    (b'KH', b'KH')
    """
    if encoding in ("gzip", "x-gzip", "deflate"):
        unpacked = _inflate(content, ANY_DEFLATE, limit)
        if unpacked is None and encoding == "deflate":
            unpacked = _inflate(content, RAW_DEFLATE, limit)
    elif encoding == "br":
        unpacked = _unpack_brotli(content, limit)
    elif encoding in ("", "identity", "utf-8"):
        unpacked = content
    else:
        message = f"The page is packed in a way that is not read ({encoding[:40]}). Save it again without."
        raise ContainerError("unsupported_member", message)
    if unpacked is not None and len(unpacked) > limit:
        raise ContainerError("too_large", _tell_size(limit))
    return content if unpacked is None else unpacked


def _inflate(content: bytes, window_bits: int, limit: int) -> bytes | None:
    try:
        return zlib.decompressobj(window_bits).decompress(content, limit + 1)
    except zlib.error:
        return None


def _unpack_brotli(content: bytes, limit: int) -> bytes | None:
    try:
        brotli = import_module("brotli")
    except ImportError as error:
        raise ContainerError("missing_package", BROTLI_MISSING) from error
    try:
        unpacker = brotli.Decompressor()
        pieces = [unpacker.process(content, output_buffer_limit=limit + 1)]
        while sum(map(len, pieces)) <= limit and (
            piece := unpacker.process(b"", output_buffer_limit=limit + 1)
        ):
            pieces.append(piece)
    except brotli.error:
        return None
    except TypeError as error:  # of releases that unpack without a bound
        raise ContainerError("missing_package", BROTLI_MISSING) from error
    return b"".join(pieces)


def _tell_size(limit: int) -> str:
    return f"The document has more than {limit:,} bytes. Take it out of the archive and split it."
