"""Lists of phrases by which a stage tells one thing from another: read by role, joined to a pattern."""

from __future__ import annotations

import re

from extract.folding import fold_tones
from extract.knowledge.tables import VocabularyError, read_table


def read_phrases(table: str, role: str) -> tuple[str, ...]:
    """Give the phrases that a vocabulary table lists for a role, as printed and in the order of its rows.

    Args:
        table: file name without ``.csv``; it has the columns ``role`` and ``phrase``.
        role: what the phrases are for.

    Raises:
        VocabularyError: a damaged table, or one without a phrase for the role.

    >>> read_phrases("unit_words", "leader")[:3]
    ('lãnh đạo', 'giám đốc', 'thủ trưởng')
    """
    rows = read_table(table, key=("role", "phrase"))
    phrases = tuple(row["phrase"] for row in rows if row["role"] == role)
    if not phrases:
        raise VocabularyError(f"{table}.csv: no phrase has the role {role}")
    return phrases


def any_phrase(table: str, role: str, *, folded: bool = False) -> str:
    """Give the source of a pattern that matches any phrase of a role, the longest first.

    ``folded`` is for patterns over text that ``fold_tones`` has folded. What bounds the phrase, and whether
    case counts, is for the pattern around it to say.

    >>> re.findall(rf"{any_phrase('unit_words', 'leader')}", "phó hiệu trưởng, giám đốc")
    ['hiệu trưởng', 'giám đốc']
    """
    phrases = read_phrases(table, role)
    words = {fold_tones(phrase) for phrase in phrases} if folded else set(phrases)
    longest_first = sorted(words, key=lambda phrase: (-len(phrase), phrase))
    return f"(?:{'|'.join(map(re.escape, longest_first))})"
