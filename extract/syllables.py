"""The written syllable of Vietnamese: onset, rime and tone, and which of them go together.

Used to decide whether letters that came out wrong (a legacy encoding, a broken font) stand for a
Vietnamese word. The inventory is that of the school orthography; it knows no words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

ONSETS = "b c ch d đ g gi gh h k kh l m n ng ngh nh p ph qu r s t th tr v x"
RIMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oc oi om on ong op ot ooc oong oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
oe oem oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uêt uêu uôc uôi uôm uôn uông uôt uơ
uy uya uych uyn uynh uyp uyt uyu uyên uyêt
ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y ych ynh yt yêm yên yêng yêt yêu
"""
TONE_MARKS = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
STOP_TONE_MARKS = ("\u0301", "\u0323")
"""A syllable that ends in c, ch, p or t is spoken with one of two tones: sắc or nặng."""
VOWELS = frozenset("aăâeêioôơuưy")
SHAPED_VOWELS = frozenset("ăâêôơư")
FRONT_VOWELS = frozenset("eêiy")


def is_vietnamese_syllable(word: str) -> bool:
    """Tell whether a word has the form of one written Vietnamese syllable.

    ``word`` is NFC, of any case, without hyphens. Both places of the tone mark are good (``hòa``,
    ``hoà``). True says that the word could be Vietnamese, not that it is a word.

    >>> [is_vietnamese_syllable(word) for word in ("nghiệp", "QUÝ", "hoà", "hòa", "gì", "giếng", "ủy")]
    [True, True, True, True, True, True, True]
    >>> [is_vietnamese_syllable(word) for word in ("café", "Müller", "nghàn", "tat", "kǶ", "n¨m", "xzy", "")]
    [False, False, False, False, False, False, False, False]
    """
    return word.lower() in _syllables()


@cache
def _syllables() -> frozenset[str]:
    return frozenset(
        onset + toned
        for rime in RIMES.split()
        for toned in _toned_rimes(rime)
        for onset in ("", *ONSETS.split())
        if _go_together(onset, rime)
    )


def _toned_rimes(rime: str) -> Iterator[str]:
    """Give a rime in every tone that it takes, the mark in each place where people put it."""
    tones = STOP_TONE_MARKS if rime.endswith(("c", "ch", "p", "t")) else TONE_MARKS
    for place in _tone_places(rime):
        for tone in tones:
            yield unicodedata.normalize("NFC", rime[: place + 1] + tone + rime[place + 1 :])


def _tone_places(rime: str) -> tuple[int, ...]:
    """Find the letters of a rime that may carry the tone.

    The last vowel with a shape of its own (``ươ``: ``ơ``) carries it, else the vowel before a final
    consonant, else the first of two and the middle of three; ``oa``, ``oe``, ``uy`` have two spellings.
    """
    vowels = [index for index, letter in enumerate(rime) if letter in VOWELS]
    shaped = [index for index in vowels if rime[index] in SHAPED_VOWELS]
    if shaped:
        return (shaped[-1],)
    if len(vowels) < len(rime):
        return (vowels[-1],)
    if rime in {"oa", "oe", "uy"}:
        return (0, 1)
    return (1,) if len(vowels) == 3 else (0,)


def _go_together(onset: str, rime: str) -> bool:
    first, front = rime[0], rime[0] in FRONT_VOWELS
    if onset == "qu":
        return (first in "aăâeêiơy" and rime not in {"ia", "iu"}) or rime == "ôc"
    if rime in {"ych", "ynh", "yt"}:
        return False
    if first == "y" and len(rime) > 1:
        return onset == ""
    if rime.startswith("iê"):
        return onset not in {"", "gi", "c", "ng"}
    if onset in {"gh", "ngh"}:
        return front
    if onset == "k":
        return front or first == "a"
    if onset in {"c", "ng"}:
        return not front
    if onset == "gi":
        return first not in "iy"
    return not (onset == "g" and first in "eêy")
