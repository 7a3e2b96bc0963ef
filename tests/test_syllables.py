"""The model of the written syllable accepts what the orthography allows and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extract.syllables import is_vietnamese_syllable

SHARED = Path(__file__).parents[1] / "../shared"
MIN_SHARE_OF_REAL_WORDS = 0.985


SYLLABLES = """
a ở ủy uỷ hòa hoà thúy thuý khỏe khoẻ gì gìn giếng giết già quý quyết quốc quả quẩy qui nghiệp nghỉ ghế
khuya khuỷu ngoằn xoong yêu yến ý kỳ kỹ tuyển thuở rượu hươu ươm đường ĐƯỜNG Đường chếch uỵch tuần luật huệ
oanh oai toàn ngoáy cua của mùa mưa mứa lịa nghĩa bìa quạu kạn
"""
OTHERS = """
café Müller où père naïve b kh ngh nghà ghà cế kố gế ngế tat tàt tảt mạtt hoaà òa\u030b n¨m ho¹ch kǶ cǜ đ quò
giì giỳ yă bêu1 kế-hoạch oaa ưn
"""


@pytest.mark.parametrize("word", SYLLABLES.split())
def test_accepts_syllables(word: str) -> None:
    assert is_vietnamese_syllable(word)


@pytest.mark.parametrize("word", [*OTHERS.split(), "", " ", "kế hoạch", "năm."])
def test_refuses_what_is_none(word: str) -> None:
    assert not is_vietnamese_syllable(word)


def test_covers_real_documents() -> None:
    paths = sorted((SHARED / "seeds").glob("*.txt"))
    if not paths:
        pytest.skip(f"no seed documents in {SHARED}")
    words = [
        word
        for path in paths
        for word in re.findall(r"[^\W\d_]+", path.read_text(encoding="utf-8"))
        if not word.isascii() and not word.isupper()
    ]
    good = sum(map(is_vietnamese_syllable, words))
    assert good >= MIN_SHARE_OF_REAL_WORDS * len(words)
