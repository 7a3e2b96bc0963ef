"""Numbers and days of cells: the text they are displayed as, read later with the same value."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.mentions.numbers import parse_digits, parse_number
from extract.readers.sheets.calendar_formats import parse_serial, show_moment
from extract.readers.sheets.number_formats import BUILT_IN_FORMATS, show_number
from extract.readers.sheets.opendocument import show_displayed_day, show_displayed_number

ACCOUNTING = '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)'
TYPED = st.integers(-(10**9), 10**9).flatmap(
    lambda digits: st.integers(0, 4).map(lambda places: digits / 10**places)
)
NUMBER_FORMATS = (
    "", "General", "0", "0.0", "0.00", "#,##0", "#,##0.00", "#,##0.0_);(#,##0.0)", "0.00E+00", "# ?/?", "@",
    "[Red]#,##0;-#,##0", ACCOUNTING,
)  # fmt: skip


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (2025, "", "2025"),
        (2025, "General", "2025"),
        (1, "0", "1"),
        (5, "00", "05"),
        (86.1, "", "86,1"),
        (0.1 + 0.2, "", "0,3"),
        (1 / 3, "", "0,3333333333"),
        (1234567, "#,##0", "1.234.567"),
        (1234.5, "#,##0.00", "1.234,50"),
        (1234567, "#,##0,", "1.234,567"),
        (12.5, "#,##0", "12,5"),
        (200 / 3, "#,##0.0", "66,7"),
        (0.125, "0.0", "0,125"),
        (86, "0.##", "86"),
        (0.5, ".00", "0,50"),
        (-5.5, "#,##0.0_);(#,##0.0)", "-5,5"),
        (-1 / 3, "0", "0"),
        (123456, "0.00E+00", "123456"),
        (0.75, "# ?/?", "0,75"),
        (1.5e15, "", "1500000000000000"),
    ],
)
def test_numbers(value: float, code: str, shown: str) -> None:
    assert show_number(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.955, "0%", "95,5%"),
        (0.955, "0.0%", "95,5%"),
        (0.07, "0%", "7%"),
        (0.285, "0.00%", "28,50%"),
        (2 / 3, "0.0%", "66,7%"),
        (95.5, '0.0"%"', "95,5%"),
        (1, "0%", "100%"),
    ],
)
def test_percentages_are_displayed_times_a_hundred(value: float, code: str, shown: str) -> None:
    assert show_number(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (12, '0" xã"', "12 xã"),
        (1234, '#,##0\\ "triệu đồng"', "1.234 triệu đồng"),
        (1234, "#,##0 [$₫-42A]", "1.234 ₫"),
        (2, '"Quý "0"/2026"', "Quý 2/2026"),
        (3, "\\(0\\)", "(3)"),
        (5, '"+"0;-0', "5"),
        (0.5, 'General"%"', "0,5%"),
        (7, '[>=5]0" xã";0" thôn"', "7 xã"),
        (3, '[>=5]0" xã";0" thôn"', "3 thôn"),
        (0, ACCOUNTING, "-"),
        (-1234, ACCOUNTING, "-1.234"),
        (0, "#,###", ""),
        (0, '0;-0;"không"', "không"),
        (5, ";;;", ""),
    ],
)
def test_what_a_format_prints_round_a_number(value: float, code: str, shown: str) -> None:
    assert show_number(value, code) == shown


@pytest.mark.parametrize(
    ("serial", "code", "shown"),
    [
        (46193, "dd/mm/yyyy", "20/06/2026"),
        (46193, "m/d/yyyy", "20/06/2026"),
        (46193, "[$-42A]dd/mm/yyyy;@", "20/06/2026"),
        (46193, "d-mmm-yy", "20/06/2026"),
        (46174, "mm/yyyy", "06/2026"),
        (46174, "mmm-yy", "06/2026"),
        (46193, "yyyy", "2026"),
        (46193, "dd/mm", "20/06"),
        (46193.3125, "dd/mm/yyyy hh:mm", "20/06/2026 07:30"),
        (46193, "dd/mm/yyyy hh:mm", "20/06/2026"),
        (0.3125, "h:mm AM/PM", "07:30"),
        (1.5, "[h]:mm", "36:00"),
        (46193, '"Trước "dd/mm/yyyy', "Trước 20/06/2026"),
        (1, "dd/mm/yyyy", "01/01/1900"),
        (61, "dd/mm/yyyy", "01/03/1900"),
        (-1, "dd/mm/yyyy", ""),
        (1e7, "dd/mm/yyyy", ""),
    ],
)
def test_days_and_times(serial: float, code: str, shown: str) -> None:
    assert show_number(serial, code) == shown


def test_days_since_1904() -> None:
    assert show_number(0, "dd/mm/yyyy", since_1904=True) == "01/01/1904"
    assert show_number(44731, "dd/mm/yyyy", since_1904=True) == "20/06/2026"


@given(st.dates(date(1900, 3, 1), date(2100, 1, 1)))
def test_every_day_comes_back(day: date) -> None:
    serial = parse_serial(day.isoformat())
    assert serial is not None
    assert show_moment(serial, ["dd", "mm", "yyyy"]) == f"{day:%d/%m/%Y}"
    assert show_moment(serial + 0.99999, ["mm", "yyyy"]) == f"{day:%m/%Y}"
    assert serial == (day - date(1899, 12, 30)) / timedelta(days=1)


@given(TYPED, st.sampled_from(NUMBER_FORMATS))
def test_typed_numbers_keep_their_value_for_the_later_stages(value: float, code: str) -> None:
    shown = show_number(value, code)
    if value == 0 and code == ACCOUNTING:
        assert shown == "-"
        return
    assert parse_number(shown) == pytest.approx(value, rel=1e-12)


@given(st.integers(-(10**6), 10**6))
def test_typed_percentages_keep_their_value(thousandths: int) -> None:
    shown = show_number(thousandths / 100_000, "0%")
    assert shown.endswith("%")
    assert parse_digits(shown.strip("-%")) == Fraction(abs(thousandths), 1000)


@given(st.floats(), st.text(alphabet='0#?.,%@dmyhsE+-;"\\[]_*()/ Generalđ', max_size=30))
def test_no_value_and_no_format_fails(value: float, code: str) -> None:
    assert "\n" not in show_number(value, code)


def test_infinite_numbers_show_nothing() -> None:
    assert [show_number(value, "0") for value in (float("nan"), float("inf"), 1e300)] == ["", "", ""]


def test_long_formats_take_no_time() -> None:
    for code in ('"' * 100_000, "[" * 100_000, "#," * 100_000, "0" * 100_000, ";" * 100_000, "_" * 100_000):
        assert len(show_number(5, code)) <= 300


def test_every_built_in_format_shows_something() -> None:
    assert all(show_number(46193.5, code) for code in BUILT_IN_FORMATS.values())


@pytest.mark.parametrize(
    ("value", "displayed", "shown"),
    [
        ("0.955", "95.5%", "95,5%"),
        ("0.955", "96%", "95,5%"),
        ("1234.5", "1,234.50", "1.234,50"),
        ("1234.5", "1.235", "1.234,5"),
        ("1234567", "1 234 567", "1.234.567"),
        ("5", "05", "05"),
        ("-5", "(5)", "-5"),
        ("12", "12 xã", "12 xã"),
        ("0", "-", "-"),
        ("66.6666666666667", "66.7", "66,7"),
        ("2026", "2026", "2026"),
        ("1500000", "1.5E+06", "1500000"),
        ("x", "x", "x"),
        ("1e400", "Err", "Err"),
    ],
)
def test_numbers_of_opendocument(value: str, displayed: str, shown: str) -> None:
    assert show_displayed_number(value, displayed) == shown


@pytest.mark.parametrize(
    ("value", "displayed", "shown"),
    [
        ("2026-06-20", "20/06/26", "20/06/2026"),
        ("2026-06-20", "06/20/2026", "20/06/2026"),
        ("2026-06-20", "20 June 2026", "20/06/2026"),
        ("2026-06-01", "06/2026", "06/2026"),
        ("2026-06-01", "Jun 26", "06/2026"),
        ("2026-06-20", "20/06", "20/06"),
        ("2026-06-01", "2026", "2026"),
        ("2026-06-20T07:30:00", "20/06/2026 07:30", "20/06/2026 07:30"),
        ("hôm nay", "hôm nay", "hôm nay"),
    ],
)
def test_days_of_opendocument(value: str, displayed: str, shown: str) -> None:
    assert show_displayed_day(value, displayed) == shown
