"""Brings the many wordings of an indicator's name to one form, so that equal names compare equal.

The words that carry no meaning for this (``phấn đấu``, ``trên địa bàn tỉnh``), the abbreviations and the
equivalent wordings are rows of ``indicator_words.csv``; every word that is not listed there tells two
indicators apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from extract.folding import fold_tones
from extract.knowledge.tables import read_table

ABBREVIATION = re.compile(r"\b[A-ZĐ]{2,8}+\b")
BRACKET = re.compile(r"\(([^()]{1,40}+)\)")
THOUSANDS_POINT = re.compile(r"(?<=\d)[.](?=\d{3}(?!\d))")
LEADING_ZERO = re.compile(r"\b0+(?=\d)")
NOT_WORD = re.compile(r"[\W_]++")
# kỹ/kĩ, lý/lí, tỷ/tỉ ...: both are in use after these six consonants when the syllable ends there.
I_FOR_Y = re.compile(r"\b([hklmst])([iíìỉĩị])\b")
Y_OF_I = str.maketrans("iíìỉĩị", "yýỳỷỹỵ")
SIGNS = str.maketrans({"<": " dưới ", "≤": " dưới ", ">": " trên ", "≥": " trên "})
YEAR = r"(?:19|20)\d\d"
# A base year (so với năm 2020) belongs to what is measured.
TIME = re.compile(
    r"(?<!so với )\b(?:(?:tính )?(?:đến|vào|trong) )?(?:(?:hết|cuối) )?"
    rf"(?:năm|giai đoạn|thời kỳ) {YEAR}(?: {YEAR})?\b"
)


def normalize_name(name: str) -> str:
    """Give the normal form of an indicator's name: what is left when case, spelling and fillers are folded.

    Takes the name as printed, without its value. Gives lower-case Vietnamese words with single blanks
    between them: tone marks in one place, ``y`` for ``i`` after h, k, l, m, s, t, abbreviations written out,
    thousands points, punctuation, a unit in brackets, years, places and opening fillers gone. The order of
    the words stays.

    >>> normalize_name("Phấn đấu tỉ lệ tham gia BHYT trên địa bàn tỉnh (%) đến năm 2030")
    'tỷ lệ tham gia bảo hiểm y tế'
    >>> normalize_name("Tỷ lệ SDD TE < 05 tuổi")
    'tỷ lệ suy dinh dưỡng trẻ em dưới 5 tuổi'
    >>> normalize_name("Tổng số xã của tỉnh Cà Mau đạt chuẩn NTM")
    'số xã đạt chuẩn nông thôn mới'
    """
    text = unicodedata.normalize("NFC", name)
    text = ABBREVIATION.sub(_write_out, text)
    text = _fold_letters(text)
    text = BRACKET.sub(_drop_unit, text)
    text = THOUSANDS_POINT.sub("", text.translate(SIGNS))
    text = LEADING_ZERO.sub("", NOT_WORD.sub(" ", text)).strip()
    rewrites = _mapping("rewrite")
    text = _pattern("rewrite").sub(lambda match: rewrites[match[0]], text)
    text = _pattern("phrase").sub("", _place_pattern().sub("", TIME.sub("", text)))
    text = _opening_pattern("opening").sub("", " ".join(text.split()), count=1)
    leading = _mapping("leading")
    return _opening_pattern("leading").sub(lambda match: leading[match[1]] + " ", text, count=1)


def comparison_key(normal: str) -> str:
    """Give the bag of words that two normal forms of the same indicator share, as one string.

    Function words (``của``, ``các``, ``được``) and the order of the words do not count; all others do.

    >>> comparison_key("tỷ lệ trẻ em dưới 5 tuổi bị suy dinh dưỡng")
    '5 dinh dưới dưỡng em lệ suy trẻ tuổi tỷ'
    """
    return " ".join(sorted(word for word in normal.split() if word not in _words("word")))


def begins_with_measure(normal: str) -> bool:
    """Say whether a normal form names its measure first: ``tỷ lệ``, ``số``, ``tốc độ``, ``sản lượng``.

    >>> begins_with_measure("doanh thu du lịch"), begins_with_measure("doanh nghiệp mới")
    (True, False)
    """
    return _opening_pattern("measure").match(normal + " ") is not None


def without_change(normal: str) -> str:
    """Drop an opening ``tăng``, ``giảm``, ``nâng`` that stands before a measure.

    >>> without_change("giảm tỷ lệ hộ nghèo"), without_change("giảm nghèo")
    ('tỷ lệ hộ nghèo', 'giảm nghèo')
    """
    match = _opening_pattern("change").match(normal)
    rest = normal[match.end() :] if match else normal
    return rest if begins_with_measure(rest) else normal


def _fold_letters(text: str) -> str:
    return I_FOR_Y.sub(lambda match: match[1] + match[2].translate(Y_OF_I), fold_tones(text))


def _write_out(match: re.Match[str]) -> str:
    return _abbreviations().get(match[0], match[0])


def _drop_unit(match: re.Match[str]) -> str:
    return "" if match[1].strip() in _words("unit") else match[0]


@cache
def _abbreviations() -> dict[str, str]:
    """Those of all stages, and those that are clear only inside the name of an indicator (``TE``, ``BN``)."""
    shared = {row["short"]: row["long"] for row in read_table("abbreviations")}
    rows = read_table("indicator_words")
    return shared | {row["text"]: row["replacement"] for row in rows if row["role"] == "abbreviation"}


@cache
def _mapping(role: str) -> dict[str, str]:
    rows = read_table("indicator_words", key=("role", "text"))
    return {
        _fold_letters(row["text"]): _fold_letters(row["replacement"]) for row in rows if row["role"] == role
    }


@cache
def _words(role: str) -> frozenset[str]:
    return frozenset(_mapping(role))


@cache
def _pattern(role: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_alternatives(_words(role))})\b")


@cache
def _opening_pattern(role: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:({_alternatives(_words(role))}) )++")


@cache
def _place_pattern() -> re.Pattern[str]:
    names = {_fold_letters(NOT_WORD.sub(" ", row["name"])) for row in read_table("provinces")}
    before, kind = "(?:(?:trên địa bàn|của|toàn|tại|ở) )?", "(?:tỉnh|thành phố)"
    return re.compile(rf"\b{before}{kind} (?:{_alternatives(names)})\b")


def _alternatives(phrases: Iterable[str]) -> str:
    return "|".join(
        re.escape(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    )
