"""Lists of phrases: read by role, joined to patterns that prefer the longest."""

from __future__ import annotations

import re

import pytest

from extract.knowledge.phrases import any_phrase, read_phrases
from extract.knowledge.tables import VocabularyError, read_table

PHRASE_TABLES = ("unit_words", "indicator_cues", "news_words", "offices")


@pytest.mark.parametrize("table", PHRASE_TABLES)
def test_rows_have_a_role_and_stand_once(table: str) -> None:
    rows = read_table(table, key=("role", "phrase"))
    assert all(row["role"].isidentifier() for row in rows)


@pytest.mark.parametrize("table", PHRASE_TABLES)
def test_phrases_are_plain_words(table: str) -> None:
    wrong = [row["phrase"] for row in read_table(table) if re.search(r"[\\\[\]()|*?{}]", row["phrase"])]
    assert wrong == []


def test_the_longest_phrase_wins() -> None:
    pattern = re.compile(any_phrase("unit_words", "leader"))
    assert pattern.findall("hiệu trưởng, trưởng phòng") == ["hiệu trưởng", "trưởng"]


def test_folded_phrases_match_folded_text_only() -> None:
    folded = re.compile(any_phrase("news_words", "administration", folded=True))
    assert folded.search("uỷ ban nhân dân")
    assert not folded.search("ủy ban nhân dân")


def test_an_unknown_role_is_refused() -> None:
    with pytest.raises(VocabularyError, match=r"unit_words\.csv: no phrase has the role absent"):
        read_phrases("unit_words", "absent")
