"""Folding makes the two spellings of a word equal and keeps every character in its place."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.folding import fold_tones

PAIRS = [
    ("hoà", "hòa"),
    ("Hoá", "hóa"),
    ("TOẢ", "tỏa"),
    ("đoạ", "đọa"),
    ("khoẻ", "khỏe"),
    ("LOÈ", "LÒE"),
    ("uỷ", "ủy"),
    ("THUÝ", "thúy"),
    ("luỹ", "lũy"),
    ("luỵ", "lụy"),
    ("Khánh Hoà", "KHÁNH HÒA"),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_both_spellings_fold_alike(one: str, other: str) -> None:
    assert fold_tones(one) == fold_tones(other)


@pytest.mark.parametrize(
    "text", ["của", "mùa", "lý", "lí", "quý", "quí", "ngoài", "toàn", "thuế", "chịu", "154/kh-ubnd"]
)
def test_leaves_other_words(text: str) -> None:
    assert fold_tones(text) == text


def test_i_and_y_stay_apart() -> None:
    assert fold_tones("kỹ thuật") != fold_tones("kĩ thuật")


@given(st.text())
def test_keeps_the_length(text: str) -> None:
    assert len(fold_tones(text)) == len(text)


@given(st.text(alphabet="oòóỏõọuùúủũụaàáảãạeèẻyỳỷİIíßΣσ đĐ"))
def test_folds_once_and_character_by_character(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    folded = fold_tones(text)
    assert fold_tones(folded) == folded
    assert len(folded) == len(text)
