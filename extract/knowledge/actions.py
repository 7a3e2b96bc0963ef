"""Verbs that begin an instruction (``Xây dựng``, ``Triển khai``), and the adverbs before them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from extract.folding import fold_tones
from extract.knowledge.tables import VocabularyError, read_table

SORTS = frozenset({"verb", "adverb", "assignment"})
MAX_ADVERBS = 3
# Room for the longest phrase with its adverbs; what follows cannot belong to it.
LEAD_CHARACTERS = 120
BULLET = re.compile(r"[\s\-+*•–]*+")
BETWEEN_WORDS = r"[ \n\u00a0]{1,3}"


def leading_action(text: str) -> str:
    """Give the verb phrase that a text begins with, as printed, with the adverbs right before it.

    Takes NFC text of an item, bullets before it allowed; gives ``""`` when no known verb is first.

    >>> leading_action("Xây dựng kế hoạch năm 2026"), leading_action("- Tiếp tục đẩy mạnh chuyển đổi số")
    ('Xây dựng', 'Tiếp tục đẩy mạnh')
    >>> leading_action("Số ca mắc giảm")
    ''
    """
    bullet = BULLET.match(text)
    start = bullet.end() if bullet else 0
    match = _leading_pattern().match(fold_tones(text[start : start + LEAD_CHARACTERS]))
    return text[start : start + match.end()] if match else ""


def is_action_word(word: str) -> bool:
    """Say whether a word or phrase is a verb of the vocabulary, whatever its case; adverbs are not.

    >>> is_action_word("triển khai"), is_action_word("Tiếp tục"), is_action_word("kế hoạch")
    (True, False, False)
    """
    return _sorts().get(fold_tones(word), "adverb") != "adverb"


@cache
def lower_action_pattern() -> re.Pattern[str]:
    """Compile the pattern of a lower-case verb, with adverbs before it, that begins between words.

    It is for text folded by ``fold_tones`` and for text as printed, whose tones may stand on either vowel
    (``số hoá``, ``số hóa``): ``match`` at an offset says that an instruction begins there, ``search`` finds
    the next one.

    >>> lower_action_pattern().search("Sở Y tế tiếp tục rà soát, tổng hợp").group()
    'tiếp tục rà soát'
    >>> lower_action_pattern().search("Sở Tư pháp số hóa sổ hộ tịch").group()
    'số hóa'
    """
    return re.compile(rf"\b(?<![-/]){_phrase_source(as_printed=True)}")


@cache
def _leading_pattern() -> re.Pattern[str]:
    return re.compile(_phrase_source())


def _phrase_source(*, as_printed: bool = False) -> str:
    sorts = _printed_sorts() | _sorts() if as_printed else _sorts()
    adverbs = _alternatives(phrase for phrase, sort in sorts.items() if sort == "adverb")
    verbs = _alternatives(phrase for phrase, sort in sorts.items() if sort != "adverb")
    return rf"(?:{adverbs},?{BETWEEN_WORDS}(?:và{BETWEEN_WORDS})?){{0,{MAX_ADVERBS}}}{verbs}"


def _alternatives(phrases: Iterable[str]) -> str:
    """Join phrases to one pattern, grouped by their first syllable so that most places fail at once."""
    rests: defaultdict[str, list[str]] = defaultdict(list)
    for phrase in sorted(phrases, key=len, reverse=True):
        first, _, rest = phrase.partition(" ")
        rests[first].append(rest)
    groups = []
    for first, group in sorted(rests.items(), key=lambda item: -len(item[0])):
        longer = "|".join(BETWEEN_WORDS.join(map(re.escape, rest.split())) for rest in group if rest)
        tail = f"(?:{BETWEEN_WORDS}(?:{longer})\\b)" if longer else ""
        groups.append(re.escape(first) + tail + ("?" if tail and "" in group else ""))
    return rf"(?:{'|'.join(groups)})\b"


@cache
def _sorts() -> dict[str, str]:
    """Every phrase, folded, with its sort."""
    return {fold_tones(phrase): sort for phrase, sort in _printed_sorts().items()}


@cache
def _printed_sorts() -> dict[str, str]:
    """Every phrase as the vocabulary prints it, with its sort."""
    rows = read_table("actions", key=("phrase",), required=("sort",))
    wrong = {row["sort"] for row in rows} - SORTS
    if wrong:
        raise VocabularyError(f"actions.csv: unknown sort {', '.join(sorted(wrong))}")
    return {row["phrase"]: row["sort"] for row in rows}
