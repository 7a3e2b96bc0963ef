"""Vietnamese letters of the encodings before Unicode: their tables, and words of them within Unicode text.

TCVN3 (the ``.Vn...`` fonts) and VNI-Windows (``VNI-...`` fonts) keep Vietnamese in the places of Western
letters. Copied into Unicode they become ``n¨m`` and ``ñoàng``. They are known here by what they spell
(`extract.syllables`), never by the name of a font: a word is turned when it is no Vietnamese syllable as it
stands, is one when it is turned, and its neighbours bear it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Literal

from extract.knowledge.tables import read_table
from extract.syllables import is_vietnamese_syllable

MISREAD_ENCODINGS = ("tcvn3", "vni")
"""Encodings whose letters are met inside Unicode text, read there as Latin-1 or cp1252."""

WORD = re.compile("[A-Za-z\u00a1-\u00af\u00b5-\u00b9\u00bb-\u00be\u00c0-\u024f\u1ea0-\u1ef9]++")
"""A word in any of the encodings; without ``° ± ² ³ ´ º ¿``, which are no letter in TCVN3 or VNI."""

FOREIGN_TO_VIETNAMESE = re.compile(
    "[\u00a8-\u00ac\u00ae\u00b5\u00b6\u00b8\u00b9\u00bb-\u00beÄÅÆËÎÏÑÖØÛÜÞßäåæçëîïñöøûüþ]"
)
"""What a text must hold before anything is looked at: Unicode Vietnamese has none of these letters, while
one word in three of a TCVN3 or VNI text has."""

LONE_TCVN3 = re.compile(
    "[A-Za-z](?:[\u00a8\u00ac\u00b6\u00b8\u00bc-\u00be]|[\u00a9-\u00ab\u00ae\u00b9\u00bb](?=[A-Za-z])|\u00b5$)"
)
"""A word that is TCVN3 even with no other near it, ``n¨m``, ``ho¹ch``, ``lµ``: a sign stands inside the word
where no footnote, quotation mark or unit puts it."""

SIGN_IN_ITS_PLACE = re.compile(
    "[A-Za-z]{1,3}[\u00b7\u00d7\u00f7][A-Za-z]{1,3}|\u00b5[A-Za-z]{1,2}"
    "|[\u00a2\u00a3\u00a5\u00a7\u00a9\u00ab][A-Za-z]++|[A-Za-z]++[\u00aa\u00b9\u00bb]"
)
"""A word whose sign may well be meant: a product (``N·m``, ``m×n``), a unit (``µm``), an amount (``£m``), a
quotation mark or a footnote (``ho¹``). Such a word bears nothing out."""

MIN_SYLLABLE_SHARE = 0.7
"""Of the words from the first to the last turned word of a run, so many must be syllables: 0.9 and more in
Vietnamese, 0.5 at most in French and German lines."""
WHOLE_TEXT_RATIO = 10
"""A text is legacy as a whole when so many more of its words are legacy than Unicode Vietnamese."""
MAX_SEGMENT_CHARACTERS = 4000

Reading = Literal["plain", "turned", "both", "neither"]


@dataclass(frozen=True, slots=True)
class LegacyTable:
    """An encoding: its letters as they look when its bytes are read as Latin-1, and a pattern of them."""

    name: str
    letters: dict[str, str]
    pattern: re.Pattern[str]

    def turn(self, text: str) -> str:
        """Replace every letter of the encoding; TCVN3 draws toned capitals by a font of its own.

        >>> legacy_table("vni").turn("UÛy ban nhaân daân"), legacy_table("tcvn3").turn("HO¹CH")
        ('Ủy ban nhân dân', 'HOẠCH')
        """
        return WORD.sub(self._turn_word, text)

    def _turn_word(self, word: re.Match[str]) -> str:
        if word[0].isascii():
            return word[0]
        turned = self.pattern.sub(lambda match: self.letters[match[0]], word[0])
        plain = [letter for letter in word[0] if letter.isascii() and letter.isalpha()]
        return turned.upper() if len(plain) > 1 and "".join(plain).isupper() else turned


@cache
def legacy_table(name: str) -> LegacyTable:
    """Load an encoding (``tcvn3``, ``vni``, ``viscii``) of ``knowledge/encodings.csv``; KeyError if unknown.

    The tables are TCVN 5712:1993 (set VN3), VNI-Windows and RFC 1456 (VISCII, read from bytes only).

    >>> legacy_table("tcvn3").turn("KÕ ho¹ch n¨m")
    'Kế hoạch năm'
    """
    rows = read_table("encodings", key=("encoding", "code"), required=("letter",))
    letters = {
        bytes.fromhex(row["code"]).decode("latin-1"): row["letter"] for row in rows if row["encoding"] == name
    }
    if not letters:
        raise KeyError(name)
    # People set the mark of a capital letter in either case: UÛ, Uû.
    letters |= {code[0] + code[1].lower(): letter for code, letter in letters.items() if len(code) == 2}
    alternatives = "|".join(map(re.escape, sorted(letters, key=len, reverse=True)))
    return LegacyTable(name, letters, re.compile(alternatives))


def turn_legacy_words(text: str) -> tuple[str, tuple[str, ...]]:
    """Turn words of TCVN3 and VNI letters within a Unicode text into Vietnamese.

    Returns the text (the same object when there was nothing to turn) and the names of the encodings
    that were met. The length may change. Time is linear in the length of the text.

    >>> turn_legacy_words("Triển khai kÕ ho¹ch n¨m 2025")
    ('Triển khai kế hoạch năm 2025', ('tcvn3',))
    >>> turn_legacy_words("quán café rộng 20 m² ± 5 %, § 3, của ông Müller¹")
    ('quán café rộng 20 m² ± 5 %, § 3, của ông Müller¹', ())
    """
    if not FOREIGN_TO_VIETNAMESE.search(text):
        return text, ()
    for name in MISREAD_ENCODINGS:
        if _is_legacy_as_a_whole(text, name):
            return WORD.sub(partial(_turn_match, name=name), text), (name,)
    met: set[str] = set()
    parts = [_turn_segment(segment, met) for segment in _segments(text)]
    return ("".join(parts), tuple(sorted(met))) if met else (text, ())


def _segments(text: str) -> Iterator[str]:
    """Cut a text into lines, and long lines at a space, so that evidence stays near what it proves."""
    start = 0
    while start < len(text):
        end = text.find("\n", start, start + MAX_SEGMENT_CHARACTERS) + 1
        if not end:
            limit = min(start + MAX_SEGMENT_CHARACTERS, len(text))
            end = limit if limit == len(text) else text.rfind(" ", start, limit) + 1 or limit
        yield text[start:end]
        start = end


def _is_legacy_as_a_whole(text: str, name: str) -> bool:
    foreign = [segment for segment in _segments(text) if FOREIGN_TO_VIETNAMESE.search(segment)]
    readings = [_read_word(match[0], name) for segment in foreign for match in WORD.finditer(segment)]
    turned = readings.count("turned")
    # Nearly every text fails here, before its plain words are counted.
    if turned < WHOLE_TEXT_RATIO or turned <= WHOLE_TEXT_RATIO * (
        len(readings) - turned - readings.count(None)
    ):
        return False
    plain = sum(1 for match in WORD.finditer(text) if max(match[0]) > "\u00ff")
    return turned > WHOLE_TEXT_RATIO * plain


@lru_cache(maxsize=65536)
def _read_word(word: str, name: str) -> Reading | None:
    """Say which way a word makes a Vietnamese syllable; None when there is nothing to turn in it."""
    if word.isascii() or (len(word) == 1 and not word.isalpha()):
        return None
    if max(word) > "\u00ff":
        return "plain"
    turned = legacy_table(name).turn(word)
    if turned == word:
        return None
    as_it_stands = is_vietnamese_syllable(word) and _has_regular_case(word)
    as_it_stands = as_it_stands or SIGN_IN_ITS_PLACE.fullmatch(word) is not None
    if is_vietnamese_syllable(turned):
        return "both" if as_it_stands else "turned"
    return "plain" if as_it_stands else "neither"


def _has_regular_case(word: str) -> bool:
    """Tell ``kõ``, ``Kõ`` and ``KÕ`` from ``kÕ``, which nobody writes but TCVN3 has for ``kế``."""
    return word.islower() or word.isupper() or word.istitle()


def _turn_match(match: re.Match[str], name: str) -> str:
    """Turn a word of a text that is legacy as a whole; signs that stand alone stay."""
    return (
        legacy_table(name).turn(match[0]) if _read_word(match[0], name) not in (None, "plain") else match[0]
    )


def _turn_segment(segment: str, met: set[str]) -> str:
    if not FOREIGN_TO_VIETNAMESE.search(segment):
        return segment
    best: tuple[str, list[re.Match[str]]] = ("", [])
    for name in MISREAD_ENCODINGS:
        words = list(_find_legacy_words(segment, name))
        if len(words) > len(best[1]):
            best = (name, words)
    name, words = best
    if not words:
        return segment
    met.add(name)
    parts, position = [], 0
    for match in words:
        parts += [segment[position : match.start()], legacy_table(name).turn(match[0])]
        position = match.end()
    return "".join([*parts, segment[position:]])


def _find_legacy_words(segment: str, name: str) -> Iterator[re.Match[str]]:
    """Find the words to turn in a segment, run by run; a run ends where a word is Vietnamese as it stands."""
    run: list[re.Match[str]] = []
    open_left = True
    for match in WORD.finditer(segment):
        if _read_word(match[0], name) != "plain":
            run.append(match)
            continue
        yield from _find_in_run(run, name, open_left, False)
        run, open_left = [], False
    yield from _find_in_run(run, name, open_left, True)


def _find_in_run(
    run: list[re.Match[str]], name: str, open_left: bool, open_right: bool
) -> Iterator[re.Match[str]]:
    """Judge a run: two words bear each other out, a lone one must be beyond doubt.

    Words that read both ways (``cã``) are turned between turned ones, and up to an end of the run that
    no Unicode Vietnamese bounds.
    """
    places = [index for index, match in enumerate(run) if _read_word(match[0], name) == "turned"]
    if len(places) < 2:
        yield from (run[index] for index in places if _is_beyond_doubt(run[index][0], name))
        return
    table = legacy_table(name)
    hull = run[places[0] : places[-1] + 1]
    syllables = sum(is_vietnamese_syllable(table.turn(match[0])) for match in hull)
    if syllables < MIN_SYLLABLE_SHARE * len(hull):
        yield from (run[index] for index in places if _is_beyond_doubt(run[index][0], name))
        return
    first = 0 if open_left else places[0]
    last = len(run) if open_right else places[-1] + 1
    yield from (match for match in run[first:last] if _read_word(match[0], name) in ("turned", "both"))


def _is_beyond_doubt(word: str, name: str) -> bool:
    return name == "tcvn3" and LONE_TCVN3.search(word) is not None
