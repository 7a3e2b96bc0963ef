"""What is shown of a text: the words in which it differs from another, and what stands around a record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

TOKEN = re.compile(r"\s++|[\w.,]++|[^\w\s]")
CONTEXT_CHARACTERS = 200
"""So much is shown before and after a record: two or three lines."""
SHOWN_CHARACTERS = 600
"""Of a longer text the middle is left out; nobody reads it to see what went wrong."""
SHOWN_EQUAL_TOKENS = 60
"""Longer stretches that are alike on both sides are shortened to their ends."""
GAP = " […] "


class Run(NamedTuple):
    """A stretch of a text, and whether it differs from the other text."""

    text: str
    differs: bool


class Context(NamedTuple):
    """A record in its document: the text before it, its own and the text after it."""

    before: str
    inside: str
    after: str


def mark_differences(one: str, other: str) -> tuple[list[Run], list[Run]]:
    """Cut two texts into runs that are alike and runs that differ; case and white space make no odds.

    >>> mark_differences("trước ngày 30/6", "Trước ngày 30/9")
    ([Run(text='trước ngày 30/', differs=False), Run(text='6', differs=True)],
     [Run(text='Trước ngày 30/', differs=False), Run(text='9', differs=True)])
    """
    left, right = TOKEN.findall(one), TOKEN.findall(other)
    matcher = SequenceMatcher(None, _fold(left), _fold(right), autojunk=False)
    blocks: tuple[list[Run], list[Run]] = ([], [])
    for sort, left_start, left_end, right_start, right_end in matcher.get_opcodes():
        sides = (left[left_start:left_end], right[right_start:right_end])
        for runs, tokens in zip(blocks, sides, strict=True):
            if tokens:
                differs = sort != "equal"
                runs.append(Run(shorten("".join(tokens)) if differs else _shorten_equal(tokens), differs))
    return _join_runs(blocks[0]), _join_runs(blocks[1])


def _join_runs(runs: Sequence[Run]) -> list[Run]:
    """Make one run of those that only white space parts."""
    joined: list[Run] = []
    for place, run in enumerate(runs):
        between = run.text.isspace() and 0 < place < len(runs) - 1
        differs = run.differs or (between and runs[place - 1].differs and runs[place + 1].differs)
        if joined and joined[-1].differs and differs:
            joined[-1] = Run(joined[-1].text + run.text, True)
        else:
            joined.append(Run(run.text, differs))
    return joined


def _fold(tokens: Sequence[str]) -> list[str]:
    return [" " if token.isspace() else token.casefold() for token in tokens]


def _shorten_equal(tokens: Sequence[str]) -> str:
    if len(tokens) <= SHOWN_EQUAL_TOKENS:
        return "".join(tokens)
    half = SHOWN_EQUAL_TOKENS // 2
    return "".join([*tokens[:half], GAP, *tokens[-half:]])


def shorten(text: str, most: int = SHOWN_CHARACTERS) -> str:
    """Leave out the middle of a long text.

    >>> shorten("Xây dựng kế hoạch tiêm chủng", most=12)
    'Xây dự […]  chủng'
    """
    half = most // 2
    return text if len(text) <= most else text[:half] + GAP + text[-half:]


def find_context(text: str, start: int | None, end: int | None, quote: str) -> Context | None:
    r"""Give what stands around a record in its document.

    Takes the text of the document, the offsets of the record and what it quotes, for a record without
    offsets; gives None when neither leads to a place.

    >>> find_context("I. Nhiệm vụ\nRà soát\ndanh mục.", None, None, "Rà soát danh mục")
    Context(before='I. Nhiệm vụ\n', inside='Rà soát\ndanh mục', after='.')
    """
    if start is None or end is None or not 0 <= start < end <= len(text):
        words = quote.split()
        found = re.search(r"\s+".join(map(re.escape, words)), text) if words else None
        if found is None:
            return None
        start, end = found.span()
    return Context(_end_of(text[:start]), shorten(text[start:end]), _start_of(text[end:]))


def _end_of(text: str) -> str:
    if len(text) <= CONTEXT_CHARACTERS:
        return text
    _, _, whole_words = text[-CONTEXT_CHARACTERS:].partition(" ")
    return "… " + whole_words


def _start_of(text: str) -> str:
    if len(text) <= CONTEXT_CHARACTERS:
        return text
    whole_words, _, _ = text[:CONTEXT_CHARACTERS].rpartition(" ")
    return whole_words + " …"
