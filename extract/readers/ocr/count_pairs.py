"""Counts which syllables follow each other in Vietnamese documents: makes ``syllable_pairs.tsv``.

    python -m extract.readers.ocr.count_pairs FOLDER > extract/knowledge/syllable_pairs.tsv

The table that is shipped was counted over 1,181 public administrative documents and news, none of them in
the project's gold sets. It holds no text: only syllables that stand in at least 3 of them, and pairs in at
least 4, with how many these are.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from extract.syllables import is_vietnamese_syllable

MIN_SYLLABLE_DOCUMENTS = 3
MIN_PAIR_DOCUMENTS = 4
TOKEN = re.compile(r"[^\W\d_]+|[^\s\w]|\d+")


def count_pairs(texts: Iterable[str]) -> str:
    r"""Count in how many texts syllables and pairs of them occur; gives the table, a line a left syllable.

    A line is the syllable, its count, and the syllables that follow it with theirs, parted by tabs. The
    first line holds the number of the texts.

    >>> count_pairs(["tổng số"] * 4 + ["tổng"])
    '5\nsố\t4\ntổng\t5\tsố 4\n'
    """
    syllables: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    total = 0
    for text in texts:
        total += 1
        single, double = _find_pairs(text)
        syllables.update(single)
        pairs.update(double)
    following: dict[str, list[str]] = {}
    for (left, right), count in sorted(pairs.items()):
        if count >= MIN_PAIR_DOCUMENTS:
            following.setdefault(left, []).append(f"{right} {count}")
    lines = [
        "\t".join([left, str(count), *following.get(left, [])])
        for left, count in sorted(syllables.items())
        if count >= MIN_SYLLABLE_DOCUMENTS
    ]
    return "\n".join([str(total), *lines]) + "\n"


def _find_pairs(text: str) -> tuple[set[str], set[tuple[str, str]]]:
    single: set[str] = set()
    double: set[tuple[str, str]] = set()
    for line in unicodedata.normalize("NFC", text).lower().splitlines():
        tokens = [token if is_vietnamese_syllable(token) else "" for token in TOKEN.findall(line)]
        single.update(filter(None, tokens))
        double.update((left, right) for left, right in pairwise(tokens) if left and right)
    return single, double


def main(folder: str) -> None:
    """Print the table of the text and Markdown files of a folder."""
    paths = sorted(path for path in Path(folder).rglob("*") if path.suffix in {".txt", ".md"})
    sys.stdout.write(count_pairs(path.read_text(encoding="utf-8", errors="replace") for path in paths))


if __name__ == "__main__":
    main(sys.argv[1])
