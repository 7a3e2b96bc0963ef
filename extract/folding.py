"""Folding of Vietnamese text for matching: one spelling for what people spell in several ways.

This module imports nothing of ours, so that the vocabularies and every stage can share it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TONED_A, TONED_E, TONED_O, TONED_U, TONED_Y = "àáảãạ", "èéẻẽẹ", "òóỏõọ", "ùúủũụ", "ỳýỷỹỵ"
OLD_AND_MODERN_PAIRS: tuple[tuple[str, str], ...] = (
    *((toned + "a", "o" + modern) for toned, modern in zip(TONED_O, TONED_A, strict=True)),
    *((toned + "e", "o" + modern) for toned, modern in zip(TONED_O, TONED_E, strict=True)),
    *((toned + "y", "u" + modern) for toned, modern in zip(TONED_U, TONED_Y, strict=True)),
)
LONG_CHARACTERS = 4096
OLD_SPELLING = re.compile("[òóỏõọ][ae]|[ùúủũụ]y")


def fold_marks(text: str) -> str:
    """Take all marks off the letters of a text, as scans and careless typing do.

    >>> fold_marks("đơn vị tính"), fold_marks("Ủy ban")
    ('don vi tinh', 'Uy ban')
    """
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.replace("đ", "d").replace("Đ", "D")


def fold_tones(text: str) -> str:
    """Fold case and the place of the tone mark, so that both spellings of a word are equal.

    ``text`` is NFC. The result has one character for each character of ``text``, so an offset into the one
    is an offset into the other. Letters are lower case and the tone stands on the second vowel of ``oa``,
    ``oe`` and ``uy`` (the spelling of the school books since 1980): ``hòa``, ``khỏe``, ``ủy`` become
    ``hoà``, ``khoẻ``, ``uỷ``. ``i`` and ``y`` stay as they are. Fold both the vocabulary and the text.

    >>> fold_tones("Ủy ban nhân dân") == fold_tones("UỶ BAN NHÂN DÂN")
    True
    >>> fold_tones("KHÁNH HÒA, sức khỏe, của ngoài")
    'khánh hoà, sức khoẻ, của ngoài'
    """
    return _fold_long(text) if len(text) > LONG_CHARACTERS else _fold(text)


def _fold(text: str) -> str:
    folded = text.lower()
    if len(folded) != len(text):  # İ is the one letter whose lower case is two characters
        folded = text.replace("İ", "i").lower()
    if folded.isascii():
        return folded
    if OLD_SPELLING.search(folded) is None:
        return folded
    for old, modern in OLD_AND_MODERN_PAIRS:
        folded = folded.replace(old, modern)
    return folded


@lru_cache(maxsize=2)
def _fold_long(text: str) -> str:
    """Fold the text of a document once for all the stages that look something up in it."""
    return _fold(text)
