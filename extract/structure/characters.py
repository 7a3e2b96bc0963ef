"""The canonical characters of a text, with the way back to the characters as they were read.

Letters are composed (NFC) and look-alikes and broken glyphs in Vietnamese words are mended, invisible
characters go and every odd space becomes a plain one. Spelling stays as printed.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from extract.knowledge.tables import read_table
from extract.spans import OffsetMap
from extract.syllables import is_vietnamese_syllable

Edit = tuple[int, int, str]
"""A stretch of a text, start and end, and what takes its place."""

CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
ODD_SPACES = (
    "\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
MARKS = "\u0300-\u036f"
MAX_MARKS_ON_A_LETTER = 8
"""More marks than any script puts on a letter; heaps of them make normalization take quadratic time."""
MAX_WORD_LETTERS = 40
ONE_LETTER_WORDS = frozenset("ởỞ")
"""What a broken glyph that stands alone may be; all else that stands alone is a letter of another script."""

ASCII_UNCLEAN = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
SURROGATE = re.compile("[\ud800-\udfff]")
DROPPED_OR_LIGATURE = re.compile(f"[{CONTROLS}{INVISIBLE}]++|[{''.join(LIGATURES)}]")
MARK = re.compile(f"[{MARKS}]")
LETTER_WITH_MARKS = re.compile(f"[^\\W\\d_][{MARKS}]++")
BEYOND_ASCII = re.compile("[\x00-\x7f]?[^\x00-\x7f]++")
"""Stretches that normalize independently of each other: no ASCII character joins what stands before it."""
LATIN_WORD = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]++")
LETTERS = re.compile(r"[^\W\d_]++")
VIETNAMESE_CLUSTER = re.compile("[aeiouy][\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323]++", re.IGNORECASE)
SHAPES = "\u0302\u0306\u031b"
DOTLESS_I_WITH_TONE = re.compile("\u0131(?=[\u0300\u0301\u0303\u0309\u0323])")


@dataclass(frozen=True, slots=True)
class GlyphRules:
    """Which character stands for which letter, and in what words it does (``knowledge/glyphs.csv``).

    ``always``: everywhere. ``words``: by code point, in words that become a Vietnamese syllable or, where
    only look-alikes of Latin letters (``latin``) are concerned, become wholly Latin.
    """

    always: dict[str, str]
    words: dict[int, str]
    latin: frozenset[str]
    glyph: re.Pattern[str]
    unclean: re.Pattern[str]


def clean_characters(text: str) -> tuple[str, OffsetMap]:
    r"""Give the canonical characters of a text and the map of their offsets to those of the text.

    Letters come out in NFC, also where the marks were typed in the wrong order. Look-alikes (``Ð``,
    ``ƣ``, a Cyrillic ``о`` in a Latin word) and broken glyphs of PDF fonts (``kǶ``, ``cǜng``) become the
    Vietnamese letter where that makes a syllable. Invisible and control characters are dropped, each odd
    space or line separator becomes one space, lone surrogates become U+FFFD. Line feeds, tabs, quotation
    marks, numbers, codes and the place of tone marks stay. Never fails; a text that is clean already is
    returned as it is. The form is that of Unicode Standard Annex 15.

    >>> text, offsets = clean_characters("Ðịnh kǶ, Quý\u00a0I, tie\u0302\u0301n ðộ cǜ")
    >>> text
    'Định kỳ, Quý I, tiến độ cũ'
    >>> offsets.source(text.index("độ")) - text.index("độ")
    2
    """
    if text.isascii():
        if not ASCII_UNCLEAN.search(text):
            return text, OffsetMap()
    elif not _glyph_rules().unclean.search(text) and unicodedata.is_normalized("NFC", text):
        return text, OffsetMap()
    text = _replace_single(text)
    text, offsets = _splice(text, _find_dropped(text))
    if MARK.search(text):
        text, composed = _splice(text, _find_uncomposed(text))
        offsets = _chain(composed, offsets)
    if not unicodedata.is_normalized("NFC", text):
        text, composed = _splice(text, _find_unnormalized(text))
        offsets = _chain(composed, offsets)
    return _mend_words(text), offsets


@cache
def _glyph_rules() -> GlyphRules:
    rows = read_table("glyphs", key=("code",), required=("letter", "rule"))
    letters = {chr(int(row["code"], 16)): row["letter"] for row in rows}
    rules = {chr(int(row["code"], 16)): row["rule"] for row in rows}
    always = {glyph: letter for glyph, letter in letters.items() if rules[glyph] == "always"}
    words = {ord(glyph): letter for glyph, letter in letters.items() if rules[glyph] != "always"}
    latin = frozenset(glyph for glyph in letters if rules[glyph] == "latin")
    glyphs = "".join(map(chr, words))
    others = CONTROLS + INVISIBLE + ODD_SPACES + MARKS + "\ud800-\udfff" + "".join([*LIGATURES, *always])
    return GlyphRules(always, words, latin, re.compile(f"[{glyphs}]"), re.compile(f"[{glyphs}{others}]"))


def _replace_single(text: str) -> str:
    """Replace what one character stands for another whatever is around it."""
    for space in ODD_SPACES:
        text = text.replace(space, " ")
    for glyph, letter in _glyph_rules().always.items():
        text = text.replace(glyph, letter)
    return SURROGATE.sub("\ufffd", text)


def _find_dropped(text: str) -> Iterator[Edit]:
    for match in DROPPED_OR_LIGATURE.finditer(text):
        yield match.start(), match.end(), LIGATURES.get(match[0], "")


def _find_uncomposed(text: str) -> Iterator[Edit]:
    for match in LETTER_WITH_MARKS.finditer(text):
        composed = _compose(match[0])
        if composed != match[0]:
            yield match.start(), match.end(), composed


@lru_cache(maxsize=4096)
def _compose(cluster: str) -> str:
    r"""Compose a letter and its marks; in a Vietnamese letter the shape comes before the tone.

    >>> _compose("e\u0301\u0302"), _compose("\u00e9\u0302"), _compose("\u0131\u0300")
    ('ế', 'ế', 'ì')
    """
    letters = unicodedata.normalize("NFD", cluster[: MAX_MARKS_ON_A_LETTER + 1])
    letters = DOTLESS_I_WITH_TONE.sub("i", letters)
    if VIETNAMESE_CLUSTER.fullmatch(letters):
        letters = letters[0] + "".join(sorted(letters[1:], key=lambda mark: mark not in SHAPES))
    return unicodedata.normalize("NFC", letters)


def _find_unnormalized(text: str) -> Iterator[Edit]:
    """Find what other scripts have to compose, letter by letter where letters do not join each other."""
    heap = _heap_of_marks()
    for match in BEYOND_ASCII.finditer(text):
        stretch = heap.sub(r"\1", match[0])
        if stretch == match[0] and unicodedata.is_normalized("NFC", stretch):
            continue
        whole = unicodedata.normalize("NFC", stretch)
        edits = list(_find_in_stretch(match[0], match.start()))
        joined = _splice(
            match[0], [(start - match.start(), end - match.start(), new) for start, end, new in edits]
        )
        yield from edits if joined[0] == whole else [(match.start(), match.end(), whole)]


def _find_in_stretch(stretch: str, offset: int) -> Iterator[Edit]:
    heap = _heap_of_marks()
    starts = [i for i, letter in enumerate(stretch) if i == 0 or not unicodedata.combining(letter)]
    for start, end in zip(starts, [*starts[1:], len(stretch)], strict=True):
        cluster = stretch[start:end]
        composed = unicodedata.normalize("NFC", heap.sub(r"\1", cluster))
        if composed != cluster:
            yield offset + start, offset + end, composed


@cache
def _heap_of_marks() -> re.Pattern[str]:
    """Match more marks in a row than a letter can have; the first ones are group 1."""
    marks = "".join(map(re.escape, filter(unicodedata.combining, map(chr, range(0x300, 0x20000)))))
    return re.compile(f"([{marks}]{{{MAX_MARKS_ON_A_LETTER}}})[{marks}]++")


def _mend_words(text: str) -> str:
    """Replace broken glyphs and look-alikes letter for letter in the words where they stand for one."""
    rules = _glyph_rules()
    parts, done, position = [], 0, 0
    while found := rules.glyph.search(text, position):
        start = position = found.start()
        while start > done and position - start < MAX_WORD_LETTERS and text[start - 1].isalpha():
            start -= 1
        position = max(_word_end(text, position), position + 1)
        if position - start <= MAX_WORD_LETTERS and not _touches_mark(text, start, position):
            word = text[start:position]
            parts += [text[done:start], _mend_word(word, rules)]
            done = position
    return "".join([*parts, text[done:]]) if parts else text


def _word_end(text: str, position: int) -> int:
    word = LETTERS.match(text, position)
    return word.end() if word else position


def _touches_mark(text: str, start: int, end: int) -> bool:
    neighbours = text[max(start - 1, 0) : start] + text[end : end + 1]
    return any(map(unicodedata.combining, neighbours))


def _mend_word(word: str, rules: GlyphRules) -> str:
    mended = word.translate(rules.words)
    only_look_alikes = rules.latin.issuperset(rules.glyph.findall(word))
    if mended not in ONE_LETTER_WORDS and (len(word) == 1 or not any(map(LATIN_WORD.match, word))):
        return word
    is_mended = is_vietnamese_syllable(mended) or (only_look_alikes and LATIN_WORD.fullmatch(mended))
    return mended if is_mended else word


def _splice(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """Carry out edits, which are in order and apart, and map the new offsets to the old ones."""
    parts: list[str] = []
    targets, sources = [0], [0]
    position = length = 0
    for start, end, new in edits:
        parts += [text[position:start], new]
        length += start - position + len(new)
        kept = min(len(new), end - start)
        # What is longer than before has no place of its own: it lies at the end of what it came from.
        for extra in range(kept, len(new)):
            targets.append(length - len(new) + extra)
            sources.append(end)
        if len(new) != end - start:
            targets.append(length)
            sources.append(end)
        position = end
    if not parts:
        return text, OffsetMap()
    return "".join([*parts, text[position:]]), _offset_map(targets, sources)


def _offset_map(targets: list[int], sources: list[int]) -> OffsetMap:
    """Build a map; of several points at one offset (a drop leaves two) the last one holds."""
    last = dict(zip(targets, sources, strict=True))
    return OffsetMap(tuple(last), tuple(last.values()))


def _chain(later: OffsetMap, earlier: OffsetMap) -> OffsetMap:
    """Give the map of two changes made one after the other."""
    if len(earlier.targets) == 1 and earlier.sources == (0,):
        return later
    targets: list[int] = []
    sources: list[int] = []
    ends = [*later.targets[1:], None]
    for target, middle, end in zip(later.targets, later.sources, ends, strict=True):
        targets.append(target)
        sources.append(earlier.source(middle))
        index = bisect_right(earlier.targets, middle)
        while index < len(earlier.targets):
            point = target + earlier.targets[index] - middle
            if end is not None and point >= end:
                break
            targets.append(point)
            sources.append(earlier.sources[index])
            index += 1
    return _offset_map(targets, sources)
