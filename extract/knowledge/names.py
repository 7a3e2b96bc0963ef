"""Finds the names of a vocabulary in a text, all in one pass, whatever their case and tone places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ahocorasick_rs import AhoCorasick

from extract.folding import fold_tones

_BLANKS_AND_DASHES = (("\n", " "), ("\t", " "), ("\r", " "), ("\u00a0", " "), ("–", "-"), ("—", "-"))


def fold_name(text: str) -> str:
    r"""Fold a text so that the spellings of one name are equal: case, tone places, blanks, dashes.

    Takes NFC text; gives a text of the same length, so that offsets in the one hold in the other.

    >>> fold_name("Sở Văn hoá –\nThể thao") == fold_name("SỞ VĂN HÓA - THỂ THAO")
    True
    """
    folded = fold_tones(text)
    for old, new in _BLANKS_AND_DASHES:
        folded = folded.replace(old, new)
    return folded


class NameFinder:
    """Finds many names at once, in time linear in the text.

    >>> finder = NameFinder(["Sở Y tế", "Sở Y tế công cộng", "Y tế"])
    >>> list(finder.find(fold_name("Sở Y tế và cơ sở y tếx")))
    [(0, 0, 7), (2, 3, 7)]
    """

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names as printed; they are folded here."""
        self._automaton = AhoCorasick([fold_name(name) for name in names])

    def find(self, folded: str) -> Iterator[tuple[int, int, int]]:
        """Find every name that stands between word boundaries of a folded text.

        Gives the index of the name, start and end, in order of their ends; names may lie in one another.
        """
        length = len(folded)
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if start and folded[start - 1].isalnum() and folded[start].isalnum():
                continue
            if end < length and folded[end].isalnum() and folded[end - 1].isalnum():
                continue
            yield index, start, end
