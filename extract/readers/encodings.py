"""Bytes to text: UTF-8 and UTF-16 by their form, the Vietnamese 8-bit encodings by what they spell."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from extract.readers.legacy import legacy_table
from extract.syllables import is_vietnamese_syllable

BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
LEGACY_ENCODINGS = ("cp1258", "tcvn3", "vni", "viscii")
"""Ordered: where two spell equally many syllables the first is taken."""
FALLBACK_ENCODING = "cp1252"

SAMPLE_BYTES = 1 << 18
MIN_ZERO_SHARE_UTF16 = 0.3
"""Every other byte of Western and Vietnamese UTF-16 is zero for two letters in three and more."""
MAX_ZERO_SHARE_OTHER = 0.05
MAX_DAMAGE_UTF8 = 0.1
"""Undecodable places for each sound character beyond ASCII. Legacy bytes read as UTF-8 have more bad
places than sound ones, a damaged UTF-8 file has few."""
MIN_SYLLABLE_SHARE = 0.6
"""Of the words with a letter beyond ASCII so many must be syllables; the right encoding reaches 0.9 and a
wrong one 0.3 on administrative texts."""

HIGH_BYTE = re.compile(rb"[\x80-\xff]")
SURROGATE_BYTES = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
WORD = re.compile(r"[^\W\d_]++")
HIGH_BYTES = bytes(range(128, 256))
REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text, the encoding it was in and how many places of it could not be decoded."""

    text: str
    encoding: str
    undecodable: int = 0


def decode_text(content: bytes) -> Decoded:
    """Decode a text file of unknown encoding; never fails.

    ``content`` is the whole file. The encoding is one of ``utf-8``, ``utf-16-le``, ``utf-16-be``,
    ``cp1258``, ``tcvn3``, ``vni``, ``viscii`` or, where nothing else makes sense, ``cp1252``. Places that
    cannot be decoded, lone surrogates among them, become U+FFFD.

    >>> decode_text("Ủy ban".encode("utf-16"))
    Decoded(text='Ủy ban', encoding='utf-16-le', undecodable=0)
    >>> decode_text(bytes.fromhex("6B D5 20 68 6F B9 63 68"))
    Decoded(text='kế hoạch', encoding='tcvn3', undecodable=0)
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decode(content[len(mark) :], encoding)
    encoding = find_utf16(content)
    if encoding:
        return _decode(content, encoding)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    paired = SURROGATE_BYTES.sub(REPLACEMENT.encode(), content)
    try:
        return Decoded(text := paired.decode("utf-8"), "utf-8", text.count(REPLACEMENT))
    except UnicodeDecodeError:
        pass
    damaged = _decode(paired, "utf-8")
    sound = len(damaged.text) - len(paired.translate(None, HIGH_BYTES)) - damaged.undecodable
    if damaged.undecodable <= MAX_DAMAGE_UTF8 * sound:
        return damaged
    return _decode(content, _find_legacy_encoding(content))


def find_utf16(content: bytes) -> str:
    r"""Tell from the zero bytes whether a file without a byte order mark is UTF-16.

    Returns ``utf-16-le``, ``utf-16-be`` or an empty string.

    >>> find_utf16("Kế hoạch".encode("utf-16-be")), find_utf16(b"K\x00")
    ('utf-16-be', '')
    """
    sample = content[:SAMPLE_BYTES]
    half = len(sample) // 2
    if half < 2:
        return ""
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd >= MIN_ZERO_SHARE_UTF16 and even <= MAX_ZERO_SHARE_OTHER:
        return "utf-16-le"
    return "utf-16-be" if even >= MIN_ZERO_SHARE_UTF16 and odd <= MAX_ZERO_SHARE_OTHER else ""


def _find_legacy_encoding(content: bytes) -> str:
    first = HIGH_BYTE.search(content)
    start = max(0, first.start() - 100) if first else 0
    sample = content[start : start + SAMPLE_BYTES]
    shares = {name: _syllable_share(_decode(sample, name).text) for name in LEGACY_ENCODINGS}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= MIN_SYLLABLE_SHARE else FALLBACK_ENCODING


def _syllable_share(text: str) -> float:
    words = [word for word in WORD.findall(text) if not word.isascii()]
    return sum(map(is_vietnamese_syllable, words)) / len(words) if words else 0.0


def _decode(content: bytes, encoding: str) -> Decoded:
    if encoding in ("tcvn3", "vni"):
        text = legacy_table(encoding).turn(content.decode("latin-1").translate(_western_signs()))
    elif encoding == "viscii":
        letters = {ord(code): letter for code, letter in legacy_table(encoding).letters.items()}
        text = content.decode("latin-1").translate(letters)
    elif encoding == FALLBACK_ENCODING:
        text = content.decode("latin-1").translate(_western_signs())
    else:
        text = content.decode(encoding, errors="replace")
        if encoding == "cp1258":
            text = unicodedata.normalize("NFC", text)
    return Decoded(text, encoding, text.count(REPLACEMENT))


@cache
def _western_signs() -> dict[int, str]:
    """Map the codes 0x80 to 0x9F of Latin-1 to the quotation marks and dashes that Windows has there."""
    return {code: bytes([code]).decode("cp1252", errors="replace") for code in range(0x80, 0xA0)}
