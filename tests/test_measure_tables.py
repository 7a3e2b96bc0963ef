"""Tables whose headers name measures: inventories, lists of projects and places, prices."""

from __future__ import annotations

import pytest

from extract.pipeline import extract_source
from extract.schema import Indicator
from extract.structure.columns import read_column
from tests.test_indicators import indicators_of


def told(rows: list[Indicator]) -> list[tuple[str, float, str, str]]:
    """Give name, value, unit and kind of each row."""
    return [(row.name, float(row.value), row.unit, row.kind) for row in rows]


@pytest.mark.parametrize(
    "header",
    ["Chiều dài (km)", "Số lượng", "Số hộ", "TMĐT dự kiến (tỷ đồng)", "Tỷ lệ che phủ (%)", "Mức thu (đồng)"],
)
def test_a_header_names_a_measure_by_its_first_words_or_its_unit(header: str) -> None:
    column = read_column(header)
    assert column is not None
    assert column.role == "measure"


@pytest.mark.parametrize(
    "header", ["Số văn bản", "Số hiệu (cũ)", "Đơn vị tính (ha)", "Thời gian (ngày)", "Ghi chú", "Số điểm"]
)
def test_numbers_of_papers_times_and_points_are_no_measures(header: str) -> None:
    column = read_column(header)
    assert column is None or column.role != "measure"


def test_a_second_column_of_numbers_holds_no_values() -> None:
    column = read_column("STT (Nghị quyết số 12 ngày 05/7/2024)")
    assert column is not None
    assert column.role == "number"


def test_an_inventory_gives_what_is_to_be_bought() -> None:
    table = (
        "| STT | Nội dung | Đơn vị tính | Số lượng |\n| 1 | Máy chiếu | Bộ | 06 |\n"
        "| 2 | Bàn đôi học sinh | Chiếc | 1.250 |"
    )
    assert told(indicators_of("I. DỰ TRÙ THIẾT BỊ", table)) == [
        ("Máy chiếu", 6, "bộ", "target"),
        ("Bàn đôi học sinh", 1250, "chiếc", "target"),
    ]


def test_each_measure_of_a_thing_is_named_after_both() -> None:
    table = (
        "| TT | Khu tái định cư | Địa điểm | Quy mô (ha) | Số hộ | Tổng mức đầu tư (tỷ đồng) |\n"
        "| 1 | Bản Mùi | Xã Nậm Lành | 4,5 | 62 | 38,2 |\n| | Tổng cộng | | 4,5 | 62 | 38,2 |"
    )
    rows = told(indicators_of("I. DANH MỤC", table))
    assert rows[:3] == [
        ("Bản Mùi - Quy mô", 4.5, "ha", "target"),
        ("Bản Mùi - Số hộ", 62, "hộ", "target"),
        ("Bản Mùi - Tổng mức đầu tư", 38200000000, "đồng", "budget"),
    ]
    assert rows[3][0] == "Tổng cộng - Quy mô"


def test_a_merged_header_is_split_into_measures() -> None:
    table = (
        "<table><tr><th rowspan='2'>TT</th><th rowspan='2'>Tên hồ</th><th colspan='3'>Lưu lượng xả</th></tr>"
        "<tr><th>Mùa lũ (m3/s)</th><th>Mùa kiệt (m3/s)</th><th>Ghi nhận khác</th></tr>"
        "<tr><td>1</td><td>Hồ Thác Voi</td><td>12,5</td><td>1,4</td><td>(*)</td></tr></table>"
    )
    page = (
        "<html><body><p>ỦY BAN NHÂN DÂN TỈNH YÊN BÁI</p><p>Số: 305/KH-UBND</p>"
        f"<p>KẾ HOẠCH</p><p>Vận hành hồ chứa</p>{table}</body></html>"
    )
    rows = extract_source("plan.html", page.encode()).indicators
    assert [(row.value, row.unit) for row in rows] == [(12.5, "m3/s"), (1.4, "m3/s")]
    assert "Mùa lũ" in rows[0].name
    assert "Hồ Thác Voi" in rows[0].name


def test_numbers_of_a_report_tell_how_things_stand_unless_its_title_looks_ahead() -> None:
    head = (
        "ỦY BAN NHÂN DÂN", "TỈNH SƠN LA", "Số: 12/BC-UBND", "Sơn La, ngày 05 tháng 3 năm 2026",
        "BÁO CÁO", "Tình hình chợ nông thôn",
    )  # fmt: skip
    table = "| TT | Tên chợ | Diện tích (m2) |\n| 1 | Chợ Mường Và | 3.400 |\n| 2 | Chợ Nà Ớt | 1.100 |"
    for title, kind in (("Danh sách các chợ", "result"), ("Nhu cầu đầu tư giai đoạn 2027 - 2030", "target")):
        text = "\n\n".join((*head, f"I. {title.upper()}", table))
        assert {row.kind for row in extract_source("a.txt", text.encode()).indicators} == {kind}


def test_the_unit_of_a_row_says_more_than_that_of_the_header() -> None:
    table = (
        "| STT | Nội dung | Đơn vị tính | Mức thu (đồng) |\n| 1 | Vé tham quan hang | đồng/lượt | 35.000 |\n"
        "| 2 | Vé gửi xe | đồng/lượt | 5.000 |"
    )
    assert told(indicators_of("I. MỨC THU", table)) == [
        ("Vé tham quan hang - Mức thu", 35000, "đồng/lượt", "target"),
        ("Vé gửi xe - Mức thu", 5000, "đồng/lượt", "target"),
    ]


def test_codes_and_years_in_cells_are_no_values() -> None:
    table = (
        "| TT | Tên thủ tục | Số hồ sơ TTHC | Quy mô (ha) |\n| 1 | Cấp phép | 1.004567 | 2026-2030 |\n"
        "| 2 | Giao khu vực biển | 2.000123 | 14 |"
    )
    assert [row.value for row in indicators_of("I. DANH MỤC", table)] == [14]


def test_a_header_counts_in_thousands() -> None:
    table = "| TT | Nội dung | Mức chi (1.000 đồng) |\n| 1 | Giải nhất | 1.500 |\n| 2 | Giải nhì | 900 |"
    assert [(row.value, row.unit) for row in indicators_of("I. MỨC CHI", table)] == [
        (1500000, "đồng"),
        (900000, "đồng"),
    ]
