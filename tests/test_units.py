"""The vocabulary of units: one meaning a name, one base a code, exact factors, and ratios."""

from __future__ import annotations

import re
from collections import defaultdict
from fractions import Fraction

import pytest

from extract.folding import fold_tones
from extract.knowledge.tables import read_table, split_aliases
from extract.knowledge.units import UNIT_KINDS, is_printed_unit, link_unit, to_base, unit_source
from extract.mentions.quantities import find_quantities

ROWS = read_table("units", key=("unit",))
MIN_COUNTED_THINGS = 150
CURRENCY = re.compile(r"[A-Z]{3}")
COUNTED = re.compile(r"\{[a-z][a-z0-9_]*(?:-[a-z]+)*\}")
GROUPS = {"", "place", "person", "household", "organ", "site"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["unit"])
def test_rows_are_well_formed(row: dict[str, str]) -> None:
    assert row["kind"] in UNIT_KINDS
    assert row["group"] in GROUPS
    assert row["unit"] == row["unit"].lower()
    assert Fraction(row["factor"]) > 0
    assert row["english"]
    if row["kind"] == "money":
        assert CURRENCY.fullmatch(row["unit_code"])
    if row["kind"] == "count":
        assert COUNTED.fullmatch(row["unit_code"].replace("-", "_")), row["unit_code"]
        assert row["base_unit_code"] == row["unit_code"]


def test_every_name_has_one_meaning() -> None:
    meanings = defaultdict(set)
    for row in ROWS:
        for name in (row["unit"], *split_aliases(row["aliases"])):
            meanings[fold_tones(name)].add(row["unit"])
    assert {name: units for name, units in meanings.items() if len(units) > 1} == {}


def test_a_code_has_one_base_and_one_factor() -> None:
    bases = defaultdict(set)
    for row in ROWS:
        bases[row["unit_code"]].add((row["base_unit_code"], row["factor"]))
    assert {code: found for code, found in bases.items() if len(found) > 1} == {}


def test_a_base_is_its_own_base() -> None:
    codes = {row["unit_code"]: row for row in ROWS if row["kind"] != "multiplier"}
    for row in codes.values():
        base = codes[row["base_unit_code"]]
        assert (base["base_unit_code"], base["factor"]) == (row["base_unit_code"], "1"), row["unit"]


def test_there_are_many_counted_things() -> None:
    assert len({row["unit_code"] for row in ROWS if row["kind"] == "count"}) >= MIN_COUNTED_THINGS


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["kind"] in ("count", "measure", "money", "percent")]
)
def test_every_name_is_found_behind_a_number(row: dict[str, str]) -> None:
    for name in (row["unit"], *split_aliases(row["aliases"])):
        text = f"Kết quả có 45 {name}."
        (quantity,) = find_quantities(text)
        assert (quantity.value, quantity.unit_code, quantity.kind) == (45, row["unit_code"], row["kind"]), (
            name
        )


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Phường", "{ward}"),
        ("KĨ THUẬT", "{technique}"),
        ("khóa", "{course}"),
        ("khoá", "{course}"),
        ("tỉ", "10*9"),
        ("đô la  Mỹ", "USD"),
        ("m2", "m2"),
        ("m²", "m2"),
        ("ha", "har"),
        ("tuổi", "a"),
        ("cas", "{case}"),
    ],
)
def test_names_lead_to_units(name: str, code: str) -> None:
    unit = link_unit(name)
    assert unit is not None
    assert unit.code == code


@pytest.mark.parametrize("name", ["", "sở y tế", "quy định", "của", "x"])
def test_other_words_are_no_units(name: str) -> None:
    assert link_unit(name) is None


def test_letters_are_units_only_as_printed() -> None:
    assert [letter for letter in "gGmMhHlLvVsSwWđĐ" if is_printed_unit(letter)] == list("gmhlLvVswWđ")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("hợp tác xã nông nghiệp", "hợp tác xã"),
        ("tổ chức", "tổ chức"),
        ("tổ hợp tác", "tổ hợp tác"),
        ("bộ hồ sơ", "bộ"),
        ("ban hành", None),
        ("bộ trưởng", None),
        ("giải quyết", None),
        ("xãhội", None),
    ],
)
def test_the_longest_name_matches_and_parts_of_words_do_not(text: str, name: str | None) -> None:
    match = re.match(unit_source("count"), text)
    assert (match.group() if match else None) == name


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (86.1, "%", (86.1, "%")),
        (15, "[ppth]", (1.5, "%")),
        (0.3, "[ppth]", (0.03, "%")),
        (903.78, "har", (9037800, "m2")),
        (1.5, "km2", (1500000, "m2")),
        (3, "dt", (300, "kg")),
        (18, "mo", (1.5, "a")),
        (48, "h", (2, "d")),
        (14180000000, "VND", (14180000000, "VND")),
        (5, "{commune}", (5, "{commune}")),
        (18, "{case}/10*3{live_birth}", (0.018, "{case}/{live_birth}")),
        (4, "/10*5{live_birth}", (4e-05, "/{live_birth}")),
        (9, "{doctor}/10*4{person}", (0.0009, "{doctor}/{person}")),
        (1, "{time}/mo", (12, "{time}/a")),
        (5000000, "VND/{person}/mo", (60000000, "VND/{person}/a")),
        (6.2, "t/har", (0.62, "kg/m2")),
        (200, "Mbit/s", (200000000, "bit/s")),
        (8, "%/a", (8, "%/a")),
    ],
)
def test_values_in_the_base_unit(value: float, code: str, expected: tuple[float, str]) -> None:
    assert to_base(value, code) == expected


@pytest.mark.parametrize("code", ["", "parsec", "{case}/parsec", "10*3", "x/{person}"])
def test_unknown_codes_have_no_base(code: str) -> None:
    assert to_base(1, code) is None


def test_the_same_rate_in_two_notations_has_one_base_value() -> None:
    (thousand,) = find_quantities("Tỷ suất 0,4 ca/1.000 trẻ đẻ sống")
    (hundred_thousand,) = find_quantities("Tỷ suất 40 ca/100.000 trẻ đẻ sống")
    assert to_base(thousand.value, thousand.unit_code) == to_base(
        hundred_thousand.value, hundred_thousand.unit_code
    )
