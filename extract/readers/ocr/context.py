"""Mends diacritics that text recognition took for others, where the neighbouring words leave no doubt.

Scans lose the small marks above letters first: ``tông số`` was printed ``tổng số``. Which syllables follow
each other in Vietnamese documents is counted in ``syllable_pairs.tsv``. On scans with known text this mends
a third of the wrong words.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

TABLE = "syllable_pairs.tsv"
VOWEL_GROUPS = ("aăâ", "eê", "oôơ", "uư", "i", "y")
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
DOT_BELOW = "\u0323"
SHAPES = "\u0302\u0306\u031b"
LETTERS = re.compile(r"[^\W\d_]+")
MIN_LETTERS = 2

LOST_TONE_PENALTY = 0.0
"""Natural logarithms. ``â`` read for ``ấ``: the most frequent confusion, a mark over a mark is lost."""
LOST_SHAPE_PENALTY = 1.0
"""``ẳ`` read for ``ả``."""
OTHER_TONE_PENALTY = 2.0
"""``ỗ`` read for ``ổ``, ``É`` for ``Ế``."""
OTHER_PENALTY = 6.0
MIN_GAIN = 1.0
"""The penalties and this gain were chosen on ten scanned and thirteen printed pages with known text."""
CHANCE_SHARE = 0.02
"""Share of pairs that are as frequent as chance would have them though they were not counted."""
UNKNOWN_COUNT = 0.3
FLOOR = 1e-3


@dataclass(frozen=True, slots=True)
class PairTable:
    """In how many of ``documents`` texts a syllable stands, and one behind another."""

    documents: int
    syllables: dict[str, int]
    pairs: dict[tuple[str, str], int]

    def weigh(self, left: str | None, right: str | None) -> float:
        """Give the logarithm of how often a syllable follows another, 0 where one of them is not known."""
        if left is None or right is None:
            return 0.0
        chance = self.syllables.get(left, UNKNOWN_COUNT) * self.syllables.get(right, UNKNOWN_COUNT)
        return math.log(self.pairs.get((left, right), 0) + CHANCE_SHARE * chance / self.documents + FLOOR)


@dataclass(slots=True)
class _Syllable:
    """A stretch of letters in a word; ``parted`` when a sign stands between it and the one before."""

    word: int
    start: int
    end: int
    letters: str
    parted: bool


def mend_syllables(words: Sequence[str]) -> list[str]:
    """Mend the diacritics of words that follow each other; gives as many words of the same lengths.

    Only a mark of one letter is changed, into a syllable that is known beside a neighbour, or into the one
    that is left when documents do not hold what was read.

    >>> mend_syllables(["Tông", "số", "trẻ", "em", "được", "tiêm", "chủng", "đây", "đủ"])
    ['Tổng', 'số', 'trẻ', 'em', 'được', 'tiêm', 'chủng', 'đầy', 'đủ']
    """
    table = _load_table()
    syllables = _find_syllables(words)
    # Twice, since a mended neighbour tells more than a wrong one.
    for _ in range(2):
        for index, one in enumerate(syllables):
            left = syllables[index - 1].letters if index and not one.parted else None
            after = syllables[index + 1] if index + 1 < len(syllables) else None
            right = after.letters if after is not None and not after.parted else None
            if len(one.letters) >= MIN_LETTERS:
                known = [side if side in table.syllables else None for side in (left, right)]
                one.letters = _choose(table, known[0], one.letters, known[1])
    mended = list(words)
    for one in syllables:
        word = mended[one.word]
        letters = "".join(
            new.upper() if old.isupper() else new
            for new, old in zip(one.letters, word[one.start : one.end], strict=True)
        )
        mended[one.word] = word[: one.start] + letters + word[one.end :]
    return mended


def _find_syllables(words: Sequence[str]) -> list[_Syllable]:
    found: list[_Syllable] = []
    for index, word in enumerate(words):
        last = 0
        for match in LETTERS.finditer(word):
            lowered = match[0].lower()
            if len(lowered) != len(match[0]):
                continue
            before = words[index - 1][-1:] if index and not last else ""
            parted = match.start() > last or (bool(before) and not before.isalpha())
            found.append(_Syllable(index, match.start(), match.end(), lowered, parted))
            last = match.end()
    return found


def _choose(table: PairTable, left: str | None, read: str, right: str | None) -> str:
    """Choose what was printed: what was read, unless a similar syllable fits its neighbours better."""
    if read not in table.syllables:
        likely = [word for word in _similar(read) if _penalty(read, word) == LOST_TONE_PENALTY]
        if len(likely) == 1:
            return likely[0]
    pairs = [pair for pair in ((left, read), (read, right)) if None not in pair]
    if not pairs or (read in table.syllables and all(pair in table.pairs for pair in pairs)):
        return read
    best, chosen = _fit(table, left, read, right) + MIN_GAIN, read
    known = read in table.syllables
    for candidate in _similar(read):
        if known and _penalty(read, candidate) > LOST_SHAPE_PENALTY:
            # A word that makes sense has at most lost a mark: ``tông`` was ``tổng``, ``mát`` not ``mặt``.
            continue
        if (left, candidate) in table.pairs or (candidate, right) in table.pairs:
            score = _fit(table, left, candidate, right) - _penalty(read, candidate)
            if score > best:
                best, chosen = score, candidate
    return chosen


def _fit(table: PairTable, left: str | None, syllable: str, right: str | None) -> float:
    alone = math.log(table.syllables.get(syllable, UNKNOWN_COUNT))
    return table.weigh(left, syllable) + table.weigh(syllable, right) - alone


@lru_cache(maxsize=8192)
def _similar(syllable: str) -> tuple[str, ...]:
    """Give the known syllables that differ in the marks of one letter."""
    known = _load_table().syllables
    variants = _letter_variants()
    return tuple(
        candidate
        for index, letter in enumerate(syllable)
        for variant in variants.get(letter, ())
        if (candidate := syllable[:index] + variant + syllable[index + 1 :]) != syllable
        and candidate in known
    )


@cache
def _letter_variants() -> dict[str, tuple[str, ...]]:
    variants: dict[str, tuple[str, ...]] = {"d": ("đ",), "đ": ("d",)}
    for group in VOWEL_GROUPS:
        letters = tuple(unicodedata.normalize("NFC", vowel + tone) for vowel in group for tone in TONES)
        for letter in letters:
            variants[letter] = letters
    return variants


@lru_cache(maxsize=8192)
def _penalty(read: str, printed: str) -> float:
    """Give how unlikely it is that one syllable was read for another, which differs in one letter."""
    (one, other) = next(pair for pair in zip(read, printed, strict=True) if pair[0] != pair[1])
    (base, shape, tone), (other_base, other_shape, other_tone) = _parts(one), _parts(other)
    if base != other_base:
        return OTHER_PENALTY
    if shape == other_shape and shape and not tone:
        return LOST_TONE_PENALTY
    if shape == other_shape and shape and tone and other_tone and DOT_BELOW not in (tone, other_tone):
        return OTHER_TONE_PENALTY
    if shape and tone and not other_shape and tone == other_tone:
        return LOST_SHAPE_PENALTY
    return OTHER_TONE_PENALTY if not shape and other_shape and tone and other_tone else OTHER_PENALTY


def _parts(letter: str) -> tuple[str, str, str]:
    """Take a letter apart: its base, the mark that shapes it and its tone."""
    base, *marks = tuple(unicodedata.normalize("NFD", letter))
    return (
        base,
        "".join(mark for mark in marks if mark in SHAPES),
        "".join(mark for mark in marks if mark not in SHAPES),
    )


@cache
def _load_table() -> PairTable:
    text = files("extract.knowledge").joinpath(TABLE).read_text(encoding="utf-8")
    first, *lines = text.splitlines()
    syllables: dict[str, int] = {}
    pairs: dict[tuple[str, str], int] = {}
    for line in lines:
        left, count, *following = line.split("\t")
        syllables[left] = int(count)
        for entry in following:
            right, _, documents = entry.partition(" ")
            pairs[left, right] = int(documents)
    return PairTable(int(first), syllables, pairs)
