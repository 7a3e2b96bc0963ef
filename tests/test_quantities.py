"""Numbers with their units: marked-up sentences, whole cells, ages, spans and time on hostile text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.mentions.numbers import parse_digits, parse_number
from extract.mentions.quantities import find_quantities, is_age, parse_quantity_cell
from extract.spans import Quantity
from tests.markup import Case, Mark, read_cases

CASES = read_cases("quantities")
MIN_SENTENCES = 120
HOSTILE_CHARACTERS = 200_000
HOSTILE_SECONDS = 10.0
REAL_TEXTS = Path(__file__).parents[1] / "../shared/seeds"


def as_marked(text: str, quantity: Quantity, mark: Mark) -> dict[str, object]:
    """What was found, in the terms of the attributes of a mark."""
    found: dict[str, object] = {
        "text": text[quantity.start : quantity.end],
        "value": quantity.value,
        "high": quantity.value_high,
        "unit": quantity.unit,
        "comparator": quantity.comparator,
    }
    optional = {
        "kind": quantity.kind,
        "code": quantity.unit_code,
        "age": "yes" if is_age(text, quantity) else "no",
    }
    return found | {name: value for name, value in optional.items() if name in mark.attributes}


def as_expected(text: str, mark: Mark) -> dict[str, object]:
    unknown = mark.attributes.keys() - {"value", "high", "unit", "comparator", "kind", "code", "age"}
    assert not unknown, f"a mark has no attribute {unknown}"
    expected: dict[str, object] = {
        "text": text[mark.start : mark.end],
        "value": float(mark.attributes["value"]),
        "high": float(mark.attributes["high"]) if "high" in mark.attributes else None,
        "unit": mark.attributes["unit"],
        "comparator": mark.attributes.get("comparator", "="),
    }
    return expected | {n: mark.attributes[n] for n in ("kind", "code", "age") if n in mark.attributes}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.place)
def test_marked_sentences(case: Case) -> None:
    found = find_quantities(case.text)
    printed = [case.text[quantity.start : quantity.end] for quantity in found]
    assert printed == [case.text[mark.start : mark.end] for mark in case.marks]
    for quantity, mark in zip(found, case.marks, strict=True):
        assert mark.tag == "quantity"
        assert as_marked(case.text, quantity, mark) == as_expected(case.text, mark)


def test_there_are_enough_sentences_of_both_sorts() -> None:
    assert len(CASES) >= MIN_SENTENCES
    assert sum(not case.marks for case in CASES) >= MIN_SENTENCES // 3


def assert_spans_hold(text: str, quantities: list[Quantity]) -> None:
    """The rules every result keeps, whatever the text."""
    end = 0
    for quantity in quantities:
        assert (
            end <= quantity.start <= quantity.number_start < quantity.number_end <= quantity.end <= len(text)
        )
        assert (quantity.comparator == "range") == (quantity.value_high is not None)
        assert (quantity.kind == "plain") == (quantity.unit == "")
        if quantity.value_high is not None:
            assert quantity.value_high > quantity.value
        end = quantity.end


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.place)
def test_spans_lead_back_to_the_printed_number(case: Case) -> None:
    quantities = find_quantities(case.text)
    assert_spans_hold(case.text, quantities)
    for quantity in quantities:
        number = case.text[quantity.number_start : quantity.number_end]
        assert number in case.text[quantity.start : quantity.end]
        if number.replace(",", "").isdecimal() and case.text[quantity.number_end] in "%‰":
            assert float(parse_digits(number)) == abs(quantity.value)


@given(st.text(alphabet="0123456789.,-–/%‰()[] \n\u00a0ađềoxãtừtrênhơnđếntriệukmg€$²İß١", max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_spans_that_hold(text: str) -> None:
    assert_spans_hold(text, find_quantities(text))
    cell = parse_quantity_cell(text)
    assert cell is None or 0 <= cell.start < cell.end <= len(text)
    parse_number(text)


@pytest.mark.parametrize("second", ["İ năm", "ĐẠT", "Đạt", "đạt"])
def test_letters_that_grow_in_lower_case_do_not_shift_spans(second: str) -> None:
    text = f"İİİ {second} 12,5% dân số"
    (quantity,) = find_quantities(text)
    assert text[quantity.start : quantity.end] == "12,5%"


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("Thời hạn tối đa\n03 ngày", ["tối đa\n03 ngày"]),
        ("Thời hạn tối đa 03\nngày làm\nviệc", ["tối đa 03\nngày làm\nviệc"]),
        ("Dự án\n2\nxã Tân An\n3\nTrạm y tế", []),
        ("STT\n1\n%\n", []),
        ("kết quả\n05 xã đạt", ["05 xã"]),
        ("theo bảng\n5 Xã Tân An", []),
    ],
)
def test_lines_may_end_inside_a_quantity_but_row_numbers_stay_alone(text: str, quantities: list[str]) -> None:
    assert [text[quantity.start : quantity.end] for quantity in find_quantities(text)] == quantities


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("86,1", 86.1),
        ("4.500.000", 4_500_000),
        ("1.791.827", 1_791_827),
        ("2.500,75", 2500.75),
        ("1 250 000", 1_250_000),
        ("4,500,000", 4_500_000),
        ("29.0", 29),
        ("6.45", 6.45),
        ("0.125", 0.125),
        ("12,345", 12.345),
        ("01", 1),
        (" 9,50 ", 9.5),
        ("< 20", 20),
        ("≥ 95%", 95),
        ("trên 5", 5),
        ("-12,5", -12.5),
        ("1,5 triệu", 1_500_000),
        ("2t3", 2_300_000_000),
        ("10k", 10_000),
        ("1/4", 0.25),
        ("5 1/2", 5.5),
        *(
            (cell, None)
            for cell in ("", "-", "x", "…", "...", "15-20", "20 xã", "12/0", "1.2.3", "a5", "5 6", "%")
        ),
    ],
)
def test_numbers_of_cells(cell: str, value: float | None) -> None:
    assert parse_number(cell) == value
    assert isinstance(parse_number(cell), int) == isinstance(value, int)


@pytest.mark.parametrize(
    ("cell", "column_unit", "expected"),
    [
        ("86,1", "%", ("=", 86.1, None, "%", "%", "percent")),
        ("< 20", "%", ("<", 20, None, "%", "%", "percent")),
        ("≥ 95%", "", (">=", 95, None, "%", "%", "percent")),
        ("15 - 20", "Xã", ("range", 15, 20, "xã", "{commune}", "count")),
        ("từ 15 đến 20%", "", ("range", 15, 20, "%", "%", "percent")),
        ("9/9", "huyện", ("=", 9, None, "huyện", "{district}", "fraction")),
        ("1.250", "Triệu đồng", ("=", 1_250_000_000, None, "đồng", "VND", "money")),
        ("1.250", "1.000 tấn", ("=", 1250, None, "1.000 tấn", "10*3.t", "measure")),
        ("12.5", "Ca/100.000 dân", ("=", 12.5, None, "ca/100.000 dân", "{case}/10*5{person}", "rate")),
        ("8,5", "%/năm", ("=", 8.5, None, "%/năm", "%/a", "percent")),
        ("từ 5 trở lên", "lớp", (">=", 5, None, "lớp", "{class}", "count")),
        ("Không quá 5 xã", "%", ("<=", 5, None, "xã", "{commune}", "count")),
        ("250", "Mét", ("=", 250, None, "mét", "m", "measure")),
        ("10k-20k", "", ("range", 10_000, 20_000, "", "", "plain")),
        ("1,5 - 2 triệu", "lượt", ("range", 1_500_000, 2_000_000, "lượt", "{turn}", "count")),
        ("250", "Giỏ lan", ("=", 250, None, "giỏ lan", "", "count")),
        ("-3,5", "%", ("=", -3.5, None, "%", "%", "percent")),
        ("2025", "", ("=", 2025, None, "", "", "plain")),
        *(
            (cell, "%", None)
            for cell in ("", "-", "x", "…", "Đạt", "5 Xã Tân An", "01/2025", "20-15", "Quý II")
        ),
    ],
)
def test_quantities_of_cells(cell: str, column_unit: str, expected: tuple[object, ...] | None) -> None:
    found = parse_quantity_cell(cell, column_unit)
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert (found.start, found.end) == (0, len(cell))
        fields = (found.comparator, found.value, found.value_high, found.unit, found.unit_code, found.kind)
        assert fields == expected


HOSTILE = {
    "digits": "1",
    "points": "1.000.",
    "commas": "1,",
    "slashes": "1/",
    "ranges": "1 - ",
    "spaces": "1 ",
    "multipliers": "tỷ ",
    "money": "1 tỷ ",
    "comparators": "tối thiểu trên ",
    "words": "ít nhất một ",
    "ratios": "1 đồng/người/",
    "brackets": "1 (",
    "percent": "5% ",
    "newlines": "1\n",
    "from": "từ 5 xã ",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_one_long_hostile_line_takes_seconds(name: str) -> None:
    text = HOSTILE[name] * (HOSTILE_CHARACTERS // len(HOSTILE[name]))
    start = time.process_time()
    find_quantities(text)
    parse_quantity_cell(text, "%")
    assert time.process_time() - start < HOSTILE_SECONDS


@pytest.mark.skipif(not REAL_TEXTS.is_dir(), reason="../shared/seeds is missing")
def test_real_documents_keep_the_rules_and_give_quantities() -> None:
    for path in sorted(REAL_TEXTS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        quantities = find_quantities(text)
        assert_spans_hold(text, quantities)
        assert quantities, path.name
