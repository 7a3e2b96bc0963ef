"""Time expressions: marked sentences, table cells, the forms of dates both ways, and text that attacks."""

from __future__ import annotations

import datetime
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.folding import fold_tones
from extract.mentions import dates, periods, recurrences
from extract.mentions.dates import find_moments
from extract.mentions.moments import Moment, Point, join_list, join_range, move
from extract.mentions.periods import find_periods, parse_period_cell
from extract.spans import Period
from tests.markup import Case, read_cases

REFERENCE = datetime.date(2025, 3, 1)
MINIMUM_CASES = 90
# Attribute of a mark -> field of a period.
FIELDS = {
    "value": "value",
    "first": "first_day",
    "last": "last_day",
    "bound": "bound",
    "recurrence": "recurrence",
    "grain": "grain",
}
CASES = read_cases("periods")


def is_open_year(case: Case) -> bool:
    return "/open_year" in case.place


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.place)
def test_marked_sentences(case: Case) -> None:
    found = find_periods(case.text, REFERENCE if is_open_year(case) else None)
    expected = [case.text[mark.start : mark.end] for mark in case.marks]
    assert [case.text[period.start : period.end] for period in found] == expected
    for mark, period in zip(case.marks, found, strict=True):
        assert mark.tag == "period"
        assert (period.start, period.end) == (mark.start, mark.end)
        assert mark.attributes, "say what the period means"
        assert {name: getattr(period, FIELDS[name]) for name in mark.attributes} == mark.attributes


def test_there_are_enough_cases_of_both_sorts() -> None:
    assert len(CASES) >= MINIMUM_CASES
    assert sum(not case.marks for case in CASES) >= 25


@pytest.mark.parametrize(
    ("cell", "value", "first_day", "last_day", "recurrence"),
    [
        ("2025", "2025", "2025-01-01", "2025-12-31", ""),
        ("Năm 2025", "2025", "2025-01-01", "2025-12-31", ""),
        ("Kế hoạch 2026", "2026", "2026-01-01", "2026-12-31", ""),
        ("KH\n2026", "2026", "2026-01-01", "2026-12-31", ""),
        ("Ước thực hiện 2025", "2025", "2025-01-01", "2025-12-31", ""),
        ("Mục tiêu đến 2030", "2030", "", "2030-12-31", ""),
        ("Đến năm\n2030", "2030", "", "2030-12-31", ""),
        ("Quý IV", "XXXX-10/XXXX-12", "XXXX-10-01", "XXXX-12-31", ""),
        ("Quý IV/2025", "2025-10/2025-12", "2025-10-01", "2025-12-31", ""),
        ("2022-2025", "2022/2025", "2022-01-01", "2025-12-31", ""),
        ("Năm 2022\nNăm 2025", "2022/2025", "2022-01-01", "2025-12-31", ""),
        ("31/12", "XXXX-12-31", "XXXX-12-31", "XXXX-12-31", ""),
        ("Trước 31/12/2025", "2025-12-31", "", "2025-12-31", ""),
        ("Hàng năm", "", "", "", "P1Y"),
        ("Thường xuyên", "", "", "", "continuous"),
        ("Từ năm 2026", "2026", "2026-01-01", "", ""),
        ("Tháng 10 - 12/2026", "2026-10/2026-12", "2026-10-01", "2026-12-31", ""),
    ],
)
def test_cells(cell: str, value: str, first_day: str, last_day: str, recurrence: str) -> None:
    period = parse_period_cell(cell)
    assert period is not None
    assert (period.value, period.first_day, period.last_day, period.recurrence) == (
        value,
        first_day,
        last_day,
        recurrence,
    )


@pytest.mark.parametrize(
    "cell",
    ["", "Sở Y tế", "9/9 xã", "86,1", "1.250", "STT", "12", "Tỷ lệ (%)", "31/02/2025", "x" * 200 + " 2025"],
)
def test_cells_without_a_time(cell: str) -> None:
    assert parse_period_cell(cell) is None


def test_a_cell_takes_the_year_of_the_reference() -> None:
    period = parse_period_cell("Quý IV", REFERENCE)
    assert period is not None
    assert period.last_day == "2025-12-31"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Hà Nội, ngày\n24/4/2025", "2025-04-24"),
        ("ngày   18\ntháng  4\nnăm   2022", "2022-04-18"),
        ("năm\n2025", "2025"),
        ("giai đoạn\n2021\u00a0- 2025", "2021/2025"),
        ("GIAI ĐOẠN 2021 - 2025", "2021/2025"),
        ("QUÍ II NĂM 2023", "2023-04/2023-06"),
        ("İ, năm 2025", "2025"),
    ],
)
def test_white_space_and_case_do_not_matter(text: str, value: str) -> None:
    assert [period.value for period in find_periods(text)] == [value]


def test_a_bullet_below_a_year_is_no_range() -> None:
    found = find_periods("Năm 2025\n- 2026 là năm bản lề\n- Tháng 6/2025")
    assert [period.value for period in found] == ["2025", "2025-06"]


def test_years_in_rows_of_a_table_stay_apart() -> None:
    assert [period.value for period in find_periods("Năm 2022\nNăm 2025")] == ["2022", "2025"]


# Every form of FORMS: texts it reads from end to end, and texts in which it reads nothing.
FORM_EXAMPLES: dict[str, tuple[list[str], list[str]]] = {
    "full_date": (
        ["ngày 30/6/2024", "30.6.2024", "1-1-2100", "22-24/11/2025"],
        ["30/6-2024", "130/6/2024", "30/6/2024/QĐ"],
    ),
    "worded_date": (
        ["ngày 18 tháng 4 năm 2022", "mùng 1 tháng 1", "24 tháng 7"],
        ["18 tháng 13", "118 tháng 4", "10 tháng 3 âm lịch", "tuần 2 tháng 3"],
    ),
    "day_of_month": (["ngày 15/12", "1/1"], ["15/13", "15/12%", "15/12/qđ", "1.15/12", "10/3 âm lịch"]),
    "day": (["ngày 10", "ngày 01"], ["ngày 32", "ngày 10.5", "ngày 2025"]),
    "months": (["6 tháng đầu năm 2024", "10 tháng năm 2017", "nửa cuối năm 2025"], ["6 tháng", "nửa năm"]),
    "month": (["tháng 11/2025", "tháng 3, 4 năm 2025", "tháng 5"], ["tháng 13", "tháng 2 lần", "24 tháng 5"]),
    "month_of_year": (
        ["01/2025", "12/2100", "t3/2026"],
        ["13/2025", "01/2025/tt", "01/1850", "t3/26", "tt3/2026"],
    ),
    "quarter": (["quý ii/2023", "quý iii, iv năm 2025", "quý 4"], ["quý 5", "quý vị", "quý iiii"]),
    "years": (["giai đoạn 2021 - 2025", "2021-2025"], ["2021 đến 2025", "12021-2025", "2021-2025/kh"]),
    "year": (
        ["năm 2025", "các năm 2023, 2024", "năm nay", "năm ngân sách 2026"],
        ["năm 2025.000", "năm 1899", "năm 20255"],
    ),
    "bare_year": (["2025", "1900"], ["2.2025", "2025/kh", "a2025", "2101"]),
}


def test_every_form_has_examples() -> None:
    assert FORM_EXAMPLES.keys() == dates.FORMS.keys()


@pytest.mark.parametrize("name", dates.FORMS)
def test_forms_read_their_examples_and_nothing_else(name: str) -> None:
    pattern = re.compile(dates.FORMS[name])
    examples, counter_examples = FORM_EXAMPLES[name]
    assert [text for text in examples if not pattern.fullmatch(text)] == []
    assert [text for text in counter_examples if pattern.search(text)] == []


@pytest.mark.parametrize("text", [text for examples, _ in FORM_EXAMPLES.values() for text in examples])
def test_the_quick_look_lets_every_example_through(text: str) -> None:
    assert dates.MOMENT.match(text), "the opening before the forms is too narrow"


def test_no_recurrence_is_lost_by_the_quick_look() -> None:
    slow = re.compile("|".join(recurrences.FORMS))
    texts = [fold_tones(case.text) for case in CASES]
    assert [m[0] for text in texts for m in recurrences.RECURRENCE.finditer(text)] == [
        m[0] for text in texts for m in slow.finditer(text)
    ]


@pytest.mark.parametrize(
    ("first", "last", "value"),
    [
        (Point(2025, 1), Point(2025, 3), "2024-10/2024-12"),
        (Point(2025, 1), Point(2025, 1), "2024-12"),
        (Point(2025), Point(2025), "2024"),
        (Point(None, 1), Point(None, 1), "XXXX-12"),
    ],
)
def test_the_neighbour_before(first: Point, last: Point, value: str) -> None:
    assert move(Moment(0, 1, "month", first, last), -1).value == value


@pytest.mark.parametrize(
    ("point", "following"),
    [
        (Point(2024, 2, 28), Point(2024, 2, 29)),
        (Point(2025, 2, 28), Point(2025, 3, 1)),
        (Point(2025, 12, 31), Point(2026, 1, 1)),
        (Point(2025, 12), Point(2026, 1)),
        (Point(2025), Point(2026)),
    ],
)
def test_the_point_that_follows(point: Point, following: Point) -> None:
    assert point.next == following


def test_a_range_never_runs_backwards() -> None:
    late, early = (Moment(0, 1, "year", Point(year), Point(year)) for year in (2030, 2025))
    assert join_range(late, early) is None
    assert join_range(late, late) is None


def test_members_of_a_list_that_do_not_touch_stay_apart() -> None:
    march = Moment(0, 1, "month", Point(None, 3), Point(None, 3))
    september = Moment(2, 3, "month", Point(2025, 9), Point(2025, 9))
    completed, both = join_list(march, september)
    assert (completed.value, both) == ("2025-03", None)


PIECES = st.sampled_from(
    [
        *["ngày", "tháng", "năm", "quý", "30/6", "2025", "2024", "12/2025", "đến", "từ", "trước", "hằng"],
        *[
            "6",
            "I",
            "IV",
            "giai đoạn",
            "định kỳ",
            "-",
            ",",
            "và",
            "/",
            ".",
            "\n",
            "nay",
            "15",
            "hết",
            "trở đi",
        ],
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=16).map(" ".join)))
def test_periods_are_sorted_apart_and_true_to_the_calendar(text: str) -> None:
    end = 0
    for period in find_periods(text, REFERENCE):
        assert end <= period.start < period.end <= len(text)
        end = period.end
        assert_is_consistent(period)


def assert_is_consistent(period: Period) -> None:
    for day in (period.first_day, period.last_day):
        if day and not day.startswith("XXXX"):
            datetime.date.fromisoformat(day)
    if period.first_day and period.last_day:
        assert period.first_day <= period.last_day
    if period.grain != "recurrence" and not period.recurrence:
        assert (period.first_day == "", period.last_day == "") == (
            period.bound == "until",
            period.bound == "from",
        )
    assert bool(period.value) == (period.grain != "recurrence")


HOSTILE = [
    "năm ",
    "ngày 1, ",
    "1/1/",
    "quý i, ",
    "2025-",
    "tháng 1, ",
    "từ ngày 1 đến ",
    " ",
    "hằng quý, ",
    "Luật A b ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_in_step_with_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        find_periods(text, REFERENCE)
        return time.process_time() - start

    assert seconds(200_000) < 8 * max(seconds(50_000), 0.01)


def test_real_documents_hold_what_their_readers_wrote_down(shared: Path) -> None:
    """The document numbers aside, the times that people found in two seeds are found here."""
    annex = (shared / "seeds/004_9e22d0b13ea565da.txt").read_text(encoding="utf-8")
    found = {(period.first_day, period.last_day, period.recurrence) for period in find_periods(annex)}
    assert {("2022-01-01", "2025-12-31", ""), ("2022-01-01", "2030-12-31", ""), ("", "", "P6M")} <= found
    news = (shared / "seeds/003_333e15b3b1bec5ad.txt").read_text(encoding="utf-8")
    assert "2023-04/2023-06" in {period.value for period in find_periods(news)}


def test_moments_are_found_without_their_bound() -> None:
    assert [moment.value for moment in find_moments("trước năm 2026")] == ["2026"]
    assert periods.BEFORE.search("trước ")
