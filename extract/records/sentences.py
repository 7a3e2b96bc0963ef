"""Sentences and clauses inside a paragraph, by offsets."""

from __future__ import annotations

import re

SENTENCE_BREAK = re.compile(
    r"(?<=[.!?…;])(?<!\b[A-ZĐ]\.)(?<!\bTP\.)(?<!\bTT\.)(?<!\bThS\.)(?<!\bBS\.)(?<!\bTS\.)(?<!\bđ/c\.)[”\"’)]*+\s++(?=[“\"‘(]?[^\W\d_])"
)
"""White space after a full stop (or semicolon) before a letter, but not after an initial or a title."""


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut ``text[start:end]`` into sentences; a semicolon does not end one, a full stop before a capital does.

    >>> words = "Xây dựng kế hoạch; rà soát. Báo cáo UBND TP. Huế."
    >>> [words[a:b] for a, b in split_sentences(words, 0, len(words))]
    ['Xây dựng kế hoạch; rà soát.', 'Báo cáo UBND TP. Huế.']
    """
    return _split(text, start, end, semicolons=False)


def split_clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut ``text[start:end]`` at full stops and semicolons."""
    return _split(text, start, end, semicolons=True)


def _split(text: str, start: int, end: int, *, semicolons: bool) -> list[tuple[int, int]]:
    spans, position = [], start
    for match in SENTENCE_BREAK.finditer(text, start, end):
        mark = text[match.start() - 1]
        if mark == ";" and not semicolons:
            continue
        if mark in ".…" and not text[match.end()].isupper() and text[match.end()] not in '“"‘(':
            continue
        spans.append((position, match.start() + len(match.group().rstrip())))
        position = match.end()
    if position < end:
        spans.append((position, end))
    return spans
