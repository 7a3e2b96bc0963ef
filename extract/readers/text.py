"""Reads plain text and Markdown in any encoding met in Vietnamese archives."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from extract.readers.encodings import SURROGATE_BYTES, decode_text, find_utf16
from extract.readers.legacy import turn_legacy_words
from extract.spans import DEFAULT_OPTIONS, Block, ReadOptions, ReadProblem, Source

MAX_TEXT_BYTES = 64 * 1024 * 1024
MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
BINARY_SIGNATURES = {
    b"%PDF-": "a PDF document",
    b"PK\x03\x04": "a ZIP archive or an Office document",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an older Office document",
    b"\x89PNG\r\n\x1a\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"II*\x00": "a TIFF image",
    b"MM\x00*": "a TIFF image",
    b"\x1f\x8b\x08": "a gzip archive",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"{\\rtf": "an RTF document",
    b"\x7fELF": "a program",
    b"SQLite format 3\x00": "a database",
}
CONTROL_BYTES = bytes({*range(0x20), 0x7F} - {*b"\t\n\v\f\r\x1b"})
SAMPLE_BYTES = 1 << 16
MAX_CONTROL_SHARE = 0.3
"""Above this share of control bytes a file is binary whatever else it holds."""
MAX_CONTROL_SHARE_UNDECODABLE = 0.02
"""The limit where the bytes are no UTF-8 either. VISCII text, the one encoding with letters among the
control codes (six rare capitals), stays below 0.001; compressed data has 0.1."""

LINE_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]++")


def read_text(name: str, content: bytes, _options: ReadOptions = DEFAULT_OPTIONS) -> Source:
    r"""Read a text file into one block of lines.

    ``name`` is the path, whose suffix tells Markdown from plain text; ``content`` is the whole file. Line
    breaks of every sort become ``\n``, control characters are dropped. Raises nothing: what went wrong
    stands in ``problems``, as an error (and then there is no block) ``empty_file``, ``binary_content`` or
    ``too_large``, or as a warning ``legacy_encoding``, ``undecodable_bytes`` or ``control_characters``.

    >>> read_text("a.txt", "Kế hoạch\r\nnăm 2025".encode()).blocks[0].text
    'Kế hoạch\nnăm 2025'
    """
    media_type = "text/markdown" if PurePosixPath(name).suffix.lower() in MARKDOWN_SUFFIXES else "text/plain"
    problem = _find_unreadable(content)
    if problem:
        return Source(media_type, (), problems=(problem,))
    decoded = decode_text(content)
    text, legacy = turn_legacy_words(decoded.text)
    text, controls = CONTROL.subn("", LINE_BREAK.sub("\n", text.removeprefix("\ufeff")))
    if not text.strip():
        return Source(media_type, (), problems=(EMPTY_FILE,))
    problems = [
        *_tell_encoding(decoded.encoding, legacy),
        *_tell_damage(decoded.undecodable, controls),
    ]
    return Source(media_type, (Block("lines", text),), problems=tuple(problems))


EMPTY_FILE = ReadProblem("empty_file", "The file holds no text. Check that it was copied whole.", "error")


def is_plain_text(content: bytes) -> bool:
    r"""Tell whether the content of a file of unknown suffix is clearly text.

    >>> is_plain_text("Kế hoạch".encode()), is_plain_text(b"\x00\x01"), is_plain_text(b"%PDF-1.7")
    (True, False, False)
    """
    if not content or _find_unreadable(content):
        return False
    try:
        return not CONTROL.search(content.decode("utf-8"))
    except UnicodeDecodeError:
        return content.startswith((b"\xff\xfe", b"\xfe\xff"))


def _find_unreadable(content: bytes) -> ReadProblem | None:
    if not content:
        return EMPTY_FILE
    if len(content) > MAX_TEXT_BYTES:
        return ReadProblem(
            "too_large",
            f"The text has {len(content):,} bytes, more than the limit of {MAX_TEXT_BYTES:,}. "
            "Split it into one file a document.",
            "error",
        )
    for signature, sort in BINARY_SIGNATURES.items():
        if content.startswith(signature):
            return ReadProblem(
                "binary_content",
                f"The file is {sort}, not text. Give it the suffix of its format.",
                "error",
            )
    if _is_binary(content[:SAMPLE_BYTES]):
        return ReadProblem(
            "binary_content",
            "The file holds binary data, not text. Convert it to a supported format.",
            "error",
        )
    return None


def _is_binary(sample: bytes) -> bool:
    if find_utf16(sample) or sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    share = 1 - len(sample.translate(None, CONTROL_BYTES)) / len(sample)
    if share <= MAX_CONTROL_SHARE_UNDECODABLE:
        return False
    try:
        SURROGATE_BYTES.sub(b"", sample[:-4]).decode("utf-8")
    except UnicodeDecodeError as error:
        # The sample may end within a character.
        return share > MAX_CONTROL_SHARE or error.start < len(sample) - 8
    return share > MAX_CONTROL_SHARE


def _tell_encoding(encoding: str, legacy: tuple[str, ...]) -> list[ReadProblem]:
    names = ([] if encoding.startswith("utf-") else [encoding]) + [
        f"{name} letters in Unicode text" for name in legacy
    ]
    if not names:
        return []
    message = (
        f"The text is in a legacy encoding ({', '.join(names)}) and was converted. Check its first lines."
    )
    return [ReadProblem("legacy_encoding", message)]


def _tell_damage(undecodable: int, controls: int) -> list[ReadProblem]:
    problems = []
    if undecodable:
        message = (
            f"{undecodable} places could not be decoded and are marked with U+FFFD. Save the file as UTF-8."
        )
        problems.append(ReadProblem("undecodable_bytes", message))
    if controls:
        message = f"Control characters in {controls} places were dropped. Check whether the file is damaged."
        problems.append(ReadProblem("control_characters", message))
    return problems
