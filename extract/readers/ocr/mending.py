"""Mends what text recognition confuses in Vietnamese documents, only where one reading is left."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from extract.readers.layout.page import Line, Page, Word
from extract.readers.ocr.context import mend_syllables
from extract.syllables import is_vietnamese_syllable

DUST = re.compile(r"[_|ˆ`~°®©¬¦^\\=]+\Z")
"""Signs that stand for specks and rests of rules; documents do not print them between words."""
DUST_AT_ENDS = "_|ˆ`¬¦^\\"
BULLET = re.compile(r"[—―~«¬=_-]{1,4}[.,']?\Z")
SHORT_CAPITALS = re.compile(r"[A-ZĐ][^\W\d_a-zA-ZđĐ]\Z")
PLAIN_CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZĐ")
BULLETS_KEPT = frozenset({"-", "–"})
PER_MILLE = re.compile(r"[®°]?%[oọöơ](?![^\W\d_])")
INNER_CAPITAL = re.compile(r"(?<![^\W\d_])[^\W\d_]*[^\W\d_A-ZĐ][^\W\d_]*")
"""Words with a letter that is no plain capital; a marked one of them may be a small one, read too large."""
NUMBER_LABEL = re.compile(r"[S§5][ốóôòỐÓÔo6]:")
SUBJECT_LABEL = re.compile(r"(?:V[/⁄íi!|lI]?[vV]|VW|Vw|W[/⁄]?v|V[/⁄]V|V[/⁄]w)\Z")
RECIPIENTS = re.compile(r"(?:[MN][ơớởoóôố][ií]|[NM]ợi) nhận\s?[:;.]\Z")
ADDRESSEES = re.compile(r"\S{1,6} g[ửứừữưủụú]i\s?[:;.]\Z")
FIVE_MARKER = re.compile(r"[$Š](?=\.(?:\d|\Z))")
C_MARKER = re.compile(r"[©](?=[)./-])")
ONE_MARKER = re.compile(r"[lI|\]](?=\.\d)")
ROMAN_ONE = re.compile(r"L(?=\.\Z)")
ROMAN_THREE = re.compile(r"(?:HI|IH|TII|IIT|IlI|IHI|II[lI1]|I1I|lII)(?=\.\Z)")
TIME_WORDS = frozenset({"ngày", "tháng", "năm", "quý", "ngảy"})
TIME_FIGURES = re.compile(r"(?=\D{0,3}\d)[\dOolI|\]]{1,4}(?=[.,;:)/]{0,3}\Z)")
FIGURES_OF = str.maketrans("OolI|]", "001111")
"""Not ``S``, which may have been 5 or 8."""
ASSEMBLY_CODE = re.compile(r"(?<=/QH)[\dlIO]{2}\b")
GLUED = re.compile(r"[^\W\d_]{4,14}")
EDGES = re.compile(r"[^\w]*")
NOISE_CONFIDENCE = 0.45
"""Words of print have 0.8 and more; what tesseract makes of signatures and stamps is mostly below this."""
SURE_CONFIDENCE = 0.7
MENDED_CONFIDENCE = 0.75
MIN_JUDGED_WORDS = 8
MIN_SURE_SHARE = 0.25
"""Of the words of print two thirds and more are sure syllables or figures, upside down below a tenth."""


def mend_lines(lines: Iterable[Line], keep_unsure: bool = False) -> list[Line]:
    """Mend the words of lines and leave out lines of mere noise, unless ``keep_unsure``.

    Figures are changed only within dates.
    """
    mended = []
    for line in lines:
        words = _mend_words(line.words)
        if words and (keep_unsure or not _is_noise(words)):
            mended.append(Line(words, line.box))
    _mend_context(mended)
    return mended


def _mend_context(lines: list[Line]) -> None:
    """Mend the diacritics of lines that follow each other; words that change count as less sure."""
    words = [word for line in lines for word in line.words]
    for word, text in zip(words, mend_syllables([word.text for word in words]), strict=True):
        if text != word.text:
            word.text = text
            word.confidence = min(word.confidence or 0.0, MENDED_CONFIDENCE)


def _mend_words(words: list[Word]) -> list[Word]:
    kept = [_mend_word(word) for word in words if not DUST.match(word.text) or BULLET.match(word.text)]
    kept = [word for word in kept if word.text]
    if len(kept) > 1:
        kept = [_mend_opening(kept[0], kept[1].text), *kept[1:]]
    kept = [word for index, word in enumerate(kept) if index == 0 or not DUST.match(word.text)]
    for index in range(1, len(kept)):
        if kept[index - 1].text.lower() in TIME_WORDS:
            kept[index] = _change(kept[index], TIME_FIGURES.sub(_as_figures, kept[index].text))
            kept[index - 1] = _change(kept[index - 1], kept[index - 1].text.replace("ngảy", "ngày"))
    kept = [_mend_case(kept, index) for index in range(len(kept))]
    if RECIPIENTS.match(" ".join(word.text for word in kept)):
        kept = [_change(kept[0], "Nơi"), _change(kept[1], "nhận:")]
    if len(kept) == 2 and ADDRESSEES.match(" ".join(word.text for word in kept)):
        kept = [_change(kept[0], "Kính"), _change(kept[1], "gửi:")]
    return kept


def _mend_word(word: Word) -> Word:
    """Mend what is wrong in a word wherever it stands.

    >>> _mend_word(Word("9%o.", (0, 0, 1, 1))).text, _mend_word(Word("CHÍNHPHỦ", (0, 0, 1, 1))).text
    ('9‰.', 'CHÍNH PHỦ')
    """
    text = word.text if BULLET.match(word.text) else word.text.strip(DUST_AT_ENDS)
    text = PER_MILLE.sub("‰", text)
    text = INNER_CAPITAL.sub(_lower_marked, text)
    text = ASSEMBLY_CODE.sub(_as_figures, text)
    return _change(word, GLUED.sub(_part_syllables, text, count=1))


def _mend_opening(word: Word, following: str) -> Word:
    """Mend the first word of a line: its bullet, number or label, ``following`` being the next word."""
    text = word.text
    if BULLET.match(text) and text not in BULLETS_KEPT:
        return _change(word, "-")
    if SUBJECT_LABEL.match(text) and following[:1].islower():
        return _change(word, "V/v")
    text = NUMBER_LABEL.sub("Số:", text, count=1) if NUMBER_LABEL.match(text) else text
    for pattern, meant in ((FIVE_MARKER, "5"), (C_MARKER, "c"), (ONE_MARKER, "1")):
        if pattern.match(text):
            text = pattern.sub(meant, text, count=1)
    if following[:1].isupper():
        text = ROMAN_THREE.sub("III", ROMAN_ONE.sub("I", text)) if text.endswith(".") else text
    return _change(word, text)


def _lower_marked(match: re.Match[str]) -> str:
    """Make capitals behind small letters, or behind the first of a word that goes on small, small again.

    >>> [INNER_CAPITAL.sub(_lower_marked, word) for word in ("giÚp", "chỉỈ", "QĐ", "Quý", "TỶ", "nỮ.")]
    ['giúp', 'chỉỉ', 'QĐ', 'Quý', 'TỶ', 'nữ.']
    """
    word = match[0]
    inner = [letter for letter in word[1:] if letter.isupper()]
    if not inner or word.isupper() or any(letter in PLAIN_CAPITALS for letter in inner):
        return word
    return word[0] + word[1:].lower()


def _mend_case(words: list[Word], index: int) -> Word:
    """Mend the case of two letters, read as capitals for the mark above: ``TỶ lệ``, ``một SỐ việc``."""
    text = words[index].text
    if not SHORT_CAPITALS.match(text) or not text.isupper() or index + 1 == len(words):
        return words[index]
    if not words[index + 1].text[:1].islower():
        return words[index]
    before = words[index - 1].text if index else "."
    if before.isalpha() and before.isupper():
        return words[index]
    opening = not before[-1].isalnum() and before[-1] not in ",)"
    return _change(words[index], text.capitalize() if opening else text.lower())


def _part_syllables(match: re.Match[str]) -> str:
    """Part two syllables that stand together, when they part in one way."""
    word = match[0]
    if is_vietnamese_syllable(word) or not (word.isupper() or word[1:].islower()) or word.isascii():
        return word
    ways = [
        (word[:cut], word[cut:])
        for cut in range(2, len(word) - 1)
        if is_vietnamese_syllable(word[:cut]) and is_vietnamese_syllable(word[cut:])
    ]
    return " ".join(ways[0]) if len(ways) == 1 else word


def _as_figures(match: re.Match[str]) -> str:
    return match[0].translate(FIGURES_OF)


def _change(word: Word, text: str) -> Word:
    return word if text == word.text else replace(word, text=text)


def _is_noise(words: list[Word]) -> bool:
    """Tell what came of a signature or a stamp: unsure on the whole, and no word of it is sure."""
    weights = [len(word.text) for word in words]
    confidence = sum(
        (word.confidence or 0.0) * weight for word, weight in zip(words, weights, strict=True)
    ) / sum(weights)
    return confidence < NOISE_CONFIDENCE and not any(map(_is_sure, words))


def _is_sure(word: Word) -> bool:
    letters = EDGES.sub("", word.text)
    known = letters.isdecimal() or (len(letters) > 1 and is_vietnamese_syllable(letters))
    return known and (word.confidence or 0.0) >= SURE_CONFIDENCE


def is_nonsense(page: Page) -> bool:
    """Tell a page that was read upside down, or is none: hardly a word of it is sure."""
    words = [word for line in page.lines for word in line.words]
    words += [
        word for table in page.tables for cell in table.cells for line in cell.lines for word in line.words
    ]
    return len(words) >= MIN_JUDGED_WORDS and sum(map(_is_sure, words)) < MIN_SURE_SHARE * len(words)
