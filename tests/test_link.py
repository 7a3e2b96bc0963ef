"""Names of indicators reach the vocabulary, and names that only look alike stay apart."""

from __future__ import annotations

import json
import time
from itertools import combinations
from pathlib import Path

import pytest

from extract.knowledge import indicators as vocabulary
from extract.knowledge.indicators import IndicatorEntry, index_wordings, read_indicators
from extract.knowledge.tables import VocabularyError
from extract.knowledge.units import to_base
from extract.knowledge.wording import comparison_key, normalize_name
from extract.records.link import IndicatorLink, link_indicator

CASES = Path(__file__).parent / "cases" / "links"
GOLD = Path(__file__).parents[1] / "../shared/gold"
MIN_NAMES_A_SECOND = 20_000
ROW = {
    "code": "test_rate",
    "name": "Tỷ lệ thử",
    "english": "Test rate",
    "aliases": "",
    "unit": "%",
    "base_unit_code": "%",
    "direction": "higher",
    "group": "test",
    "official_scheme": "",
    "official_code": "",
    "source": "test",
}


def read_pairs(name: str, separator: str) -> list[tuple[str, str]]:
    """Both sides of every line after the first; a line of another form raises."""
    first, *lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    assert first.startswith("why: ")
    return [
        (left.strip(), right.strip()) for left, right in (line.split(separator) for line in lines if line)
    ]


def link(side: str) -> IndicatorLink:
    name, unit = side.split("|")
    return link_indicator(name.strip(), unit.strip())


SAME = read_pairs("same.txt", "=>")
DIFFERENT = read_pairs("different.txt", "<>")
ABBREVIATED = read_pairs("abbreviated.txt", "==")


@pytest.mark.parametrize(("side", "code"), SAME)
def test_wordings_reach_their_indicator(side: str, code: str) -> None:
    assert link(side).code == code


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_lookalikes_stay_apart(left: str, right: str) -> None:
    assert link(left).code != link(right).code


@pytest.mark.parametrize(("short", "long"), ABBREVIATED)
def test_abbreviations_are_written_out(short: str, long: str) -> None:
    assert link(short) == link(long)


def test_there_are_enough_cases_both_ways() -> None:
    assert len(SAME) >= 60
    assert len(DIFFERENT) >= 60
    assert {code for _, code in SAME} <= {entry.code for entry in read_indicators()}


def test_every_name_and_alias_reaches_its_own_row() -> None:
    for entry in read_indicators():
        for wording in (entry.name, *entry.aliases):
            assert link_indicator(wording).code == entry.code, wording
        assert link_indicator(entry.name, entry.unit).code == entry.code


def test_a_word_that_distinguishes_is_no_filler() -> None:
    base = "tỷ lệ người có việc làm"
    words = "nam nữ trẻ xã huyện tỉnh trạm thôn nông thành thị đô 1 5 không chưa trên dưới cận mới nhất ngoài"
    keys = {comparison_key(normalize_name(f"{base} {word} x")) for word in words.split()}
    assert len(keys) == len(words.split())


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Số mô hình nuôi ong", "số lượng mô hình nuôi ong"),
        ("Tỉ lệ hộ có hoá đơn", "Tỷ lệ hộ có hóa đơn (%)"),
        ("Phấn đấu duy trì số lớp xoá mù", "số lớp xóa mù trên địa bàn tỉnh"),
        ("Số lớp  xóa mù năm 2026", "Số lớp xóa mù đến năm 2030"),
        ("Số cơ sở có 1.000 chỗ", "Số cơ sở có 1000 chỗ"),
    ],
)
def test_equal_unknown_names_get_equal_codes(left: str, right: str) -> None:
    assert link_indicator(left) == link_indicator(right)
    assert link_indicator(left).code.startswith("x:")


def test_a_coined_code_is_stable_ascii_and_short() -> None:
    assert link_indicator("Số đàn ong nội địa", "đàn") == IndicatorLink(
        "x:so-dan-ong-noi-dia", "số đàn ong nội địa", ""
    )
    endings = ("một", "hai", "ba")
    long = [link_indicator("số hộ " + "rất xa trung tâm " * 9 + end).code for end in endings]
    assert len(set(long)) == len(endings)
    assert all(code.isascii() and len(code) <= 2 + 60 + 1 + 8 for code in long)


@pytest.mark.parametrize("name", ["", "   ", "%", "(%)", "...", "日本", "\u0301", "12", "đến năm 2030"])
def test_odd_names_still_get_a_code(name: str) -> None:
    linked = link_indicator(name, "%")
    assert linked.code.startswith("x:")
    assert len(linked.code) > len("x:")
    assert linked == link_indicator(name, "%")


def test_the_unit_decides_between_share_number_and_money() -> None:
    assert link_indicator("hộ nghèo", "%").code == "poverty_rate"
    assert link_indicator("hộ nghèo", "hộ").code == "poor_households"
    assert link_indicator("Tỷ lệ hộ nghèo", "hộ").code == "poor_households"
    assert link_indicator("hộ nghèo", "tỷ đồng").code.startswith("x:")
    assert link_indicator("hộ nghèo").code.startswith("x:")
    assert link_indicator("Doanh thu du lịch", "%").code == "tourism_revenue"


def test_the_vocabulary_is_broad_and_well_formed() -> None:
    entries = read_indicators()
    assert len(entries) >= 120
    assert len({entry.code for entry in entries}) == len(entries)
    groups = {entry.group for entry in entries}
    assert len(groups) >= 12
    for left, right in combinations(entries, 2):
        assert left.english != right.english, (left.code, right.code)


def test_values_are_compared_in_base_units() -> None:
    for entry in read_indicators():
        assert to_base(1, entry.base_unit_code) == (1, entry.base_unit_code), entry.code


def test_official_codes_are_those_of_a_named_scheme() -> None:
    coded = [entry for entry in read_indicators() if entry.official_code]
    assert coded
    assert {entry.official_scheme for entry in coded} == {"SDG"}
    assert all(len(entry.official_code.split(".")) == 3 for entry in coded)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"code": "Bad-Code"}, "snake_case"),
        ({"direction": "up"}, "direction"),
        ({"official_code": "3.1.1"}, "go together"),
        ({"official_scheme": "SDG"}, "go together"),
    ],
)
def test_a_damaged_row_is_refused(
    change: dict[str, str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vocabulary, "read_table", lambda *_, **__: [ROW | change])
    with pytest.raises(VocabularyError, match=message):
        read_indicators.__wrapped__()


def test_a_wording_of_two_rows_is_refused() -> None:
    other = {**ROW, "code": "other_rate", "name": "Khác", "aliases": ()}
    first = IndicatorEntry(**{**ROW, "aliases": ("tỉ lệ thử",)})  # type: ignore[arg-type]
    assert list(index_wordings((first,))) == [comparison_key("tỷ lệ thử")]
    with pytest.raises(VocabularyError, match="also names test_rate"):
        index_wordings((first, IndicatorEntry(**{**other, "aliases": ("thử: tỷ lệ",)})))  # type: ignore[arg-type]


def test_a_name_of_fillers_only_is_refused() -> None:
    with pytest.raises(VocabularyError, match="test_rate"):
        index_wordings((IndicatorEntry(**{**ROW, "name": "của các", "aliases": ()}),))  # type: ignore[arg-type]


def test_linking_is_fast_and_linear() -> None:
    names = [f"{entry.name} {number}" for entry in read_indicators() for number in range(8)]
    link_indicator("warm up")
    started = time.process_time()
    for name in names:
        link_indicator.__wrapped__(name, "%")
    rate = len(names) / (time.process_time() - started)
    assert rate >= MIN_NAMES_A_SECOND / 4, rate  # a shared machine; the quiet rate is above the target
    started = time.process_time()
    for hostile in ("(" * 10**6, "tỷ lệ " * 10**5, "A" * 10**6, "1." * 10**5, "phấn đấu " * 10**5):
        link_indicator.__wrapped__(hostile, "%")
    assert time.process_time() - started < 10


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold sets in ../shared are not here")
def test_many_names_of_the_gold_are_known() -> None:
    """In the health and digital plans of the gold, two names of five stand in the vocabulary."""
    records = [
        item
        for path in sorted(GOLD.glob("*.json"))
        for item in json.loads(path.read_text(encoding="utf-8"))["indicators"]
    ]
    codes = [link_indicator(item["name"], item["unit"] or "").code for item in records]
    assert sum(not code.startswith("x:") for code in codes) / len(codes) > 0.4
