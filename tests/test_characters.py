"""Canonical characters: what is mended, what stays, and the way back to the source."""

from __future__ import annotations

import re
import time
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.knowledge.tables import read_table
from extract.spans import OffsetMap
from extract.structure.characters import clean_characters
from extract.syllables import is_vietnamese_syllable

SHARED = Path(__file__).parents[1] / "../shared"
MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
TRICKY = st.text(
    alphabet=st.one_of(
        st.sampled_from([*MARKS, *"aeouyAEOUYđĐÐƣǜǶƿıﬁﬃкоаТｋ\u00a0\u00ad\u200b\ufeff\r\n\t\x00 ạếữ1/-"]),
        st.characters(),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Marks typed apart, in either order, and stand-ins of fonts for them.
        ("tie\u0302\u0301n \u0111o\u0323\u0302", "tiến độ"),
        ("xuá\u0302t, Thé\u0302, o\u0302\u0323, a\u0301\u0306", "xuất, Thế, ộ, ắ"),
        ("tru\u031bo\u031b\u0300ng, tru\u031bo\u0300\u031bng", "trường, trường"),
        ("\u0316\u0300 đầu, \u0300\u0316", "\u0316\u0300 đầu, \u0316\u0300"),
        ("th\u0131\u0300, k\u0131\u0309m", "thì, kỉm"),
        # Look-alikes.
        ("Ðại hội Ðảng, NÐ-CP, QÐ-UBND", "Đại hội Đảng, NĐ-CP, QĐ-UBND"),
        ("Đƣợc giao, TRƢỜNG, ðang", "Được giao, TRƯỜNG, đang"),
        ("nǎm, Vǎn", "năm, Văn"),
        ("105/2031/TT-BTС, 23/2031/NĐ-CР, tоàn", "105/2031/TT-BTC, 23/2031/NĐ-CP, toàn"),
        ("ｋế hoạch", "kế hoạch"),
        # Glyphs of PDF fonts.
        ("kǶ, ngǜ, cǜ, cǜng, đƿa, NGHǷA", "kỳ, ngũ, cũ, cũng, đĩa, NGHĨA"),
        ("nghƭa, kǤ, v\u01cang, ӣ xã", "nghĩa, kỳ, vũng, ở xã"),
        ("ViӋt, cӫa, thӵc hiӋn, kӻ thuұt, ÿӇ, ÿѭӧc", "Việt, của, thực hiện, kỹ thuật, để, được"),
        # What cannot be seen, and spaces.
        ("kế\u00adhoạch\u200b, \ufeffnăm\u2060", "kếhoạch, năm"),
        ("a\u00a0b\u2003c\u202fd\u3000e", "a b c d e"),
        ("a\u2028b\x0cc\rd", "a b c d"),
        ("a\x00b\x1ac\x9f", "abc"),
        ("một\ud800hai", "một\ufffdhai"),
        ("ﬁnal, oﬃce", "final, office"),
    ],
)
def test_mends(text: str, expected: str) -> None:
    assert clean_characters(text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch số 154/KH-UBND, Nghị quyết 57- NQ/TW; 12,5% ≥ 3 m² ± 2",
        "hoà, hòa, uỷ, ủy, thuý, khoẻ, kĩ thuật, kỹ thuật",
        "“ngoặc” ‘đơn’ – gạch — dài … • ►",
        "cột\tmột\nhai\n",
        "Москва, Россия, и с К.А. Владимир",
        "Вьетнам, Ελλάδα, μm, α, Ω",
        "Müller, naïve, français, Łódź, Škoda, Ångström, Louÿs, ÿ",
        "Hǎidiàn, Ĉiuj, ǜ, Ƕ, ƿ",
        "МОсква và Кremль",
        "ＵＢＮＤ",
        "한국어, 日本語, ภาษาไทย, العربية",
        "½ ① № ™ ℃ x²",
    ],
)
def test_leaves(text: str) -> None:
    assert clean_characters(text) == (text, OffsetMap())


def test_clean_text_comes_back_itself() -> None:
    text = "Kế hoạch năm 2031\n" * 3
    assert clean_characters(text)[0] is text


def test_every_glyph_is_mended_in_some_syllable() -> None:
    rows = [row for row in read_table("glyphs") if row["rule"] == "syllable"]
    assert len(rows) > 90
    for row in rows:
        letter = row["letter"]
        words = [
            onset + letter + rest for onset in ("", "b", "n") for rest in ("", "n", "i", "t", "c", "u", "ng")
        ]
        word = next(word for word in words if is_vietnamese_syllable(word) and len(word) > 1)
        assert clean_characters(word.replace(letter, chr(int(row["code"], 16))))[0] == word


def test_offsets_lead_back() -> None:
    text = "\ufeffKe\u0302\u0301 hoạch\u00a0só\u200b 5: ﬁlm cǜ"
    cleaned, offsets = clean_characters(text)
    assert cleaned == "Kế hoạch só 5: film cũ"
    for word in ("hoạch", "só", "5:", "lm"):
        start = cleaned.index(word)
        source = offsets.source(start)
        assert text[source : source + len(word)] == word
    assert offsets.source(cleaned.index("ế")) == text.index("e")
    assert offsets.source(len(cleaned)) == len(text)


@given(TRICKY)
def test_any_text_is_cleaned_once_and_for_all(text: str) -> None:
    cleaned, _ = clean_characters(text)
    assert clean_characters(cleaned) == (cleaned, OffsetMap())
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned.count("\n") == text.count("\n")
    cleaned.encode("utf-8")


@given(TRICKY)
def test_the_map_is_monotone_and_exact(text: str) -> None:
    cleaned, offsets = clean_characters(text)
    places = [offsets.source(offset) for offset in range(len(cleaned) + 1)]
    assert all(left <= right for left, right in pairwise(places))
    assert all(left < right for left, right in pairwise(offsets.targets))
    assert places[0] >= 0
    assert places[-1] <= len(text)
    for offset, letter in enumerate(cleaned):
        if letter in "\n\t1/-":
            assert text[places[offset]] == letter


@given(st.text(alphabet="kế hoạch năm 2031/KH-UBND,.\n", max_size=60), TRICKY)
def test_a_stretch_that_was_clean_stays_and_is_found_again(clean: str, tricky: str) -> None:
    cleaned, offsets = clean_characters(tricky + " \n" + clean)
    start = len(cleaned) - len(clean)
    assert cleaned[start:] == clean
    assert offsets.source(start) == len(tricky) + 2


@pytest.mark.parametrize(
    "text",
    [
        "a" + "\u0301\u0323" * 300_000,
        "\u05d0" + "\u05b0\u0591" * 300_000,
        "ǜ" * 600_000,
        "aо " * 200_000,
        "\u1100\u1161" * 300_000,
        "e\u0301" * 300_000,
        "\u200b" * 600_000,
        "ﬃ" * 300_000,
    ],
    ids=["marks", "hebrew", "glyphs", "look-alikes", "jamo", "decomposed", "invisible", "ligatures"],
)
def test_time_is_linear_on_hostile_text(text: str) -> None:
    started = time.perf_counter()
    clean_characters(text)
    assert time.perf_counter() - started < 15


def test_real_documents_keep_their_numbers_and_codes() -> None:
    paths = sorted((SHARED / "corpus/md").glob("*.md")) + sorted((SHARED / "seeds").glob("*.txt"))
    if not paths:
        pytest.skip(f"no documents in {SHARED}")
    for path in paths:
        text = path.read_text(encoding="utf-8")
        cleaned, offsets = clean_characters(text)
        assert re.findall(r"\d+(?:/[A-Z-]+)?", cleaned) == re.findall(r"\d+(?:/[A-Z-]+)?", text), path.name
        assert offsets.source(len(cleaned)) == len(text)
