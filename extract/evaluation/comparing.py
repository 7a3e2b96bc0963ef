"""When two texts, names, units or values count as the same."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

Bag = Counter[str]

WORD = re.compile(r"\w++(?:[.,]\d++)*+|[%‰]")
UNIT_SEPARATOR = re.compile(r"[,;]|\bvà\b")
SAME_PASSAGE = 0.6
"""Share of the words of the shorter text that lie in the other when both come from one passage."""
SAME_RUN = 0.6
"""Share of the shorter text that stands in the other word after word; stock phrases alone give less."""


def split_words(text: str | None) -> list[str]:
    """Give the words of a text in order, case folded, numbers whole.

    >>> split_words("Đạt 86,1% (149 xã)")
    ['đạt', '86,1', '%', '149', 'xã']
    """
    return WORD.findall(unicodedata.normalize("NFC", text or "").casefold())


def count_words(text: str | None) -> Bag:
    """Give the words of a text without their order.

    >>> count_words("từng bước, từng bước")["từng"]
    2
    """
    return Counter(split_words(text))


def overlap(one: Bag, other: Bag) -> float:
    """Give the F1 of two bags of words: twice what they share over what they hold.

    >>> overlap(count_words("một hai ba"), count_words("hai ba bốn năm sáu"))
    0.5
    """
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def contained(one: Bag, other: Bag) -> float:
    """Give the share of the smaller bag that lies in the other.

    >>> contained(count_words("một hai"), count_words("hai ba bốn"))
    0.5
    """
    smaller = min(one.total(), other.total())
    return (one & other).total() / smaller if smaller else 0.0


def share_passage(one: Sequence[str], other: Sequence[str], least: int = 1) -> bool:
    """Tell whether two texts, given as words in order, come from one passage, even if cut otherwise.

    One that lies in the other whole always does; else they share at least so many words in a row.

    >>> share_passage(split_words("rà soát danh mục và"), split_words("việc rà soát danh mục của họ"))
    True
    >>> share_passage(split_words("danh mục rà soát"), split_words("rà đi, soát lại danh sách, mục lục"))
    False
    """
    if contained(Counter(one), Counter(other)) < SAME_RUN:
        return False
    run = SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
    shorter = min(len(one), len(other))
    return run == shorter or run >= max(least, SAME_RUN * shorter)


def fold_value(value: object) -> str:
    """Fold case, white space and outer punctuation away.

    >>> fold_value("  Nhóm   1. "), fold_value(None)
    ('nhóm 1', '')
    """
    return " ".join(unicodedata.normalize("NFC", str(value or "")).casefold().split()).strip(" .;,:")


def split_units(cell: object) -> set[str]:
    """Give the units of a cell or list, cut at every separator, so that how a collective is cut is no odds.

    >>> sorted(split_units(["Các sở, ban, ngành"])) == sorted(split_units("các sở; ban; ngành"))
    True
    """
    text = "; ".join(cell) if isinstance(cell, list) else str(cell or "")
    return {unit for part in UNIT_SEPARATOR.split(text) if (unit := fold_value(part))}


def read_number(cell: str) -> float | None:
    """Read the number in a cell, None when it holds none.

    >>> read_number("86.1"), read_number("")
    (86.1, None)
    """
    try:
        return float(cell)
    except ValueError:
        return None


def pair_best(scored: Iterable[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """Pair one to one, the best score first.

    >>> pair_best([(0.7, 0, 0), (0.9, 0, 1), (0.8, 1, 1), (0.6, 1, 0)])
    [(0, 1), (1, 0)]
    """
    left: set[int] = set()
    right: set[int] = set()
    pairs = []
    for _, i, j in sorted(scored, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return pairs
