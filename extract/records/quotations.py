"""What stands in quotation marks: names and slogans, whose numbers and years say nothing of their own."""

from __future__ import annotations

DIRECTED_MARKS = (("“", "”"), ("‘", "’"), ("«", "»"))
"""Marks that tell an opening from a closing one."""
MARKS = (*DIRECTED_MARKS, ('"', '"'))


def find_quoted(
    text: str, start: int, end: int, marks: tuple[tuple[str, str], ...] = MARKS
) -> list[tuple[int, int]]:
    """Give the stretches of ``text[start:end]`` from an opening mark to its closing one, by kind of mark.

    ``marks`` are pairs of an opening and a closing mark; where ``start`` may lie inside a quotation only
    ``DIRECTED_MARKS`` can be told apart.

    >>> words = 'phong trào "3 sạch" và “5 không”'
    >>> [words[left + 1 : right] for left, right in find_quoted(words, 0, len(words))]
    ['5 không', '3 sạch']
    """
    spans = []
    for opening, closing in marks:
        left = text.find(opening, start, end)
        while left >= 0:
            right = text.find(closing, left + 1, end)
            if right < 0:
                break
            spans.append((left, right))
            left = text.find(opening, right + 1, end)
    return spans
