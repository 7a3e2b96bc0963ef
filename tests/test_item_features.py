"""What the trained model is told of an item: words, marker, headings, neighbours, and their buckets."""

from __future__ import annotations

from zlib import crc32

import pytest
from hand_models import outline_of

from extract.judging.features import BUCKETS, FEATURES_VERSION, Describer, hash_features
from extract.mentions.found import find_mentions
from extract.spans import Block, Source
from extract.structure.clean import clean
from extract.structure.outline import build_outline

ITEMS = (
    "II. NHIỆM VỤ",
    "1. Dạy cờ",
    "- Tổ chức 2 giải cờ; trao 10 giải.",
    "- Sở Y tế cử bác sĩ.",
)


def describe(index: int, *paragraphs: str, kind: str = "plan") -> set[str]:
    """Describe one of the items."""
    return Describer(*outline_of(*(paragraphs or ITEMS)), kind).describe(index)


def test_an_item_is_described_by_its_words_marker_headings_and_neighbours() -> None:
    """Whoever changes what is found here raises FEATURES_VERSION: older models would judge at random."""
    assert FEATURES_VERSION == 2
    assert describe(2) == {
        "any", "kind=plan", "zone=body", "style=bullet", "position=1", "length=6", "end=.", "children=0/0",
        "w=tổ", "w=chức", "w=2", "w=giải", "w=cờ", "w=;", "w=trao", "w=10", "w=.",
        "pair=tổ chức", "pair=chức 2", "pair=2 giải", "pair=giải cờ", "pair=cờ ;", "pair=; trao",
        "pair=trao 10", "pair=10 giải", "pair=giải .", "first1=tổ", "first2=tổ chức", "first3=tổ chức 2",
        "title=dạy", "title=cờ", "title_first2=dạy cờ", "title_style=decimal", "title_end=other",
        "upper=nhiệm", "upper=vụ",
        "before_style=decimal", "before_first1=dạy", "before_first2=dạy cờ",
        "after_style=bullet", "after_first1=sở", "after_first2=sở y",
        "action=1", "lead=0", "quantities=2",
    }  # fmt: skip


def test_the_first_item_has_no_title_and_nothing_before_it_the_last_nothing_behind() -> None:
    first, last = describe(0), describe(3)
    assert {"root", "before=none", "capitals", "children=1/0", "style=roman"} <= first
    assert not any(feature.startswith(("title", "upper", "before_")) for feature in first)
    assert {"after=none", "lead=1", "action=0", "quantities=0"} <= last
    assert "root" not in last


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("- Vẽ biển chỉ đường cho các xóm;", "end=;"),
        ("- Vẽ biển chỉ đường cho các xóm", "end=other"),
        ("- Vẽ biển: ", "end=:"),
        ("- Vẽ " + "biển " * 60, "length=9"),
        ("- Vẽ " + "biển " * 200, "length=9"),
        ("- KHOẺ ĐẸP", "w=khoẻ"),
        ("- Khỏe đẹp", "w=khoẻ"),
        ("- KHOẺ ĐẸP", "capitals"),
        ("- Trao 10 giải, 20 huy chương, 30 lá cờ, 40 quả bóng.", "quantities=2"),
    ],
)
def test_features_of_the_words(body: str, expected: str) -> None:
    assert expected in describe(1, "I. NHIỆM VỤ", body)


@pytest.mark.parametrize("long", ["biển " * 100, "b" * 400 + " "])
def test_words_far_behind_are_not_told(long: str) -> None:
    features = describe(1, "I. NHIỆM VỤ", f"- Vẽ {long}xóm")
    assert "w=vẽ" in features
    assert "w=xóm" not in features


def test_bold_type_is_told() -> None:
    paragraphs = (Block("paragraph", "I. NHIỆM VỤ", bold=True), Block("paragraph", "- Vẽ biển."))
    outline = build_outline(clean(Source("text/plain", paragraphs)))
    describer = Describer(outline, find_mentions(outline.text), "plan")
    assert "bold" in describer.describe(0)
    assert "bold" not in describer.describe(1)


def test_the_kind_of_the_document_and_the_zone_are_told() -> None:
    assert "kind=report" in describe(2, kind="report")
    assert {"zone=annex", "kind=plan"} <= describe(
        4, *ITEMS[:3], "Nơi nhận:", "- Như trên.", "PHỤ LỤC I", ITEMS[3]
    )


def test_an_item_without_words_is_described_too() -> None:
    outline, mentions = outline_of(*ITEMS)
    for node in outline.nodes:
        node.end = node.start
    assert "first1=" in Describer(outline, mentions, "plan").describe(2)


def test_what_is_kept_of_one_item_changes_no_other() -> None:
    outline, mentions = outline_of(*ITEMS, "2. Mua bàn cờ", "a) Hai mươi bộ bàn cờ gỗ.", *ITEMS[1:])
    shared = Describer(outline, mentions, "plan")
    for index in [*range(len(outline.nodes)), 2, 0, 5]:
        assert shared.describe(index) == Describer(outline, mentions, "plan").describe(index)


def test_features_are_hashed_the_same_in_every_process() -> None:
    assert hash_features(["style=bullet", "w=cờ"]) == [
        crc32(b"style=bullet") % BUCKETS,
        crc32("w=cờ".encode()) % BUCKETS,
    ]
