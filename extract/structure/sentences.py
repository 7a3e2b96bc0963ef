"""Sentences and clauses inside a paragraph, by offsets."""

from __future__ import annotations

import re

SENTENCE_BREAK = re.compile(
    r"(?<=[.!?…;])"
    r"(?<!\b[A-ZĐ]\.)(?<!\bTP\.)(?<!\bTT\.)(?<!\bThS\.)(?<!\bBS\.)(?<!\bTS\.)(?<!\bđ/c\.)"
    r"[”\"’)]*+\s++"
    r"(?=[“\"‘(]?[^\W\d_])"
)
"""White space after a full stop (or semicolon) before a letter, but not after an initial or a title."""

MAX_SENTENCE_CHARACTERS = 2_000
"""Longer ones are cut at a blank: what looks over a sentence for each of its numbers must come to an end."""

MAX_BRACKET_CHARACTERS = 400
"""A bracket that opened longer ago was never closed."""


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut ``text[start:end]`` into sentences: a full stop before a capital ends one, a semicolon does not.

    >>> words = "Xây dựng kế hoạch; rà soát. Báo cáo UBND TP. Huế."
    >>> [words[a:b] for a, b in split_sentences(words, 0, len(words))]
    ['Xây dựng kế hoạch; rà soát.', 'Báo cáo UBND TP. Huế.']
    """
    return _split(text, start, end, semicolons=False)


def split_clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut ``text[start:end]`` into clauses, at full stops and semicolons.

    >>> words = "Xây dựng kế hoạch; rà soát. Báo cáo UBND TP. Huế."
    >>> [words[a:b] for a, b in split_clauses(words, 0, len(words))]
    ['Xây dựng kế hoạch;', 'rà soát.', 'Báo cáo UBND TP. Huế.']
    """
    return _split(text, start, end, semicolons=True)


def _split(text: str, start: int, end: int, *, semicolons: bool) -> list[tuple[int, int]]:
    spans, position = [], start
    for match in SENTENCE_BREAK.finditer(text, start, end):
        mark = text[match.start() - 1]
        if mark == ";" and not (semicolons and _is_outside_brackets(text, position, match.start())):
            continue
        if mark in ".…" and not text[match.end()].isupper() and text[match.end()] not in '“"‘(':
            continue
        spans += _bounded(text, position, match.start() + len(match.group().rstrip()))
        position = match.end()
    if position < end:
        spans += _bounded(text, position, end)
    return spans


def _is_outside_brackets(text: str, start: int, end: int) -> bool:
    start = max(start, end - MAX_BRACKET_CHARACTERS)
    return text.rfind("(", start, end) <= text.rfind(")", start, end)


def _bounded(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    while end - start > MAX_SENTENCE_CHARACTERS:
        cut = text.rfind(" ", start + 1, start + MAX_SENTENCE_CHARACTERS) + 1
        cut = cut or start + MAX_SENTENCE_CHARACTERS
        spans.append((start, cut))
        start = cut
    return [*spans, (start, end)]
