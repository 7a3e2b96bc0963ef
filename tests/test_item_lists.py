"""Lists of labels and numbers: what there is, parts of a whole, what the words above a list say."""

from __future__ import annotations

import pytest

from extract.records.item_lists import read_labelled
from tests.test_indicators import indicators_of


@pytest.mark.parametrize(
    ("line", "label", "value"),
    [
        ("Phòng học bộ môn: 06;", "Phòng học bộ môn", 6),
        ("Giáo viên Tiếng Anh : 12.", "Giáo viên Tiếng Anh", 12),
        ("Số lượt khách lưu trú: 15.420", "Số lượt khách lưu trú", 15420),
    ],
)
def test_a_label_and_a_number_are_read(line: str, label: str, value: int) -> None:
    found = read_labelled(line, 0, len(line))
    assert found is not None
    assert (found[0], found[1].value) == (label, value)


@pytest.mark.parametrize(
    "line",
    ["Điện thoại: 3822456", "Số: 15", "Năm: 2025", "Mã số: 102", "Tài khoản: 12345", "Thời hạn: 2026",
     "Ngày: 15", "Báo cáo: 02 bản và 01 tệp"],
)  # fmt: skip
def test_numbers_that_count_nothing_are_not(line: str) -> None:
    assert read_labelled(line, 0, len(line)) is None


def test_items_below_a_sum_are_its_parts() -> None:
    rows = indicators_of(
        "I. ĐẶC ĐIỂM TÌNH HÌNH",
        "Tổng số cán bộ hiện có là 31 người. Trong đó:",
        "- Giáo viên: 26;",
        "- Nhân viên: 05.",
    )
    assert [(row.value, row.unit, row.kind) for row in rows] == [
        (31, "người", "result"),
        (26, "người", "result"),
        (5, "người", "result"),
    ]
    assert rows[2].name.endswith("- Nhân viên")


def test_a_total_that_opens_a_list_names_its_items() -> None:
    rows = indicators_of(
        "III. TỔ CHỨC", "1. Nhân lực", "- Tổng số biên chế: 19", "- Lãnh đạo: 02", "- Kế toán: 01"
    )
    assert [row.name for row in rows] == [
        "Tổng số biên chế",
        "Tổng số biên chế - Lãnh đạo",
        "Tổng số biên chế - Kế toán",
    ]


def test_equipment_there_is_was_not_set_as_an_aim() -> None:
    rows = indicators_of(
        "III. ĐIỀU KIỆN THỰC HIỆN", "2. Trang thiết bị", "- Máy tính bảng: 40", "- Loa: 03 cái"
    )
    assert [(row.value, row.kind) for row in rows] == [(40, "result"), (3, "result")]


def test_the_words_above_a_list_say_when_and_that_it_was_reached() -> None:
    rows = indicators_of(
        "A. Đặc điểm tình hình",
        "6 tháng đầu năm 2024 nhà trường đạt được các kết quả sau:",
        "- Học sinh đạt giải cấp tỉnh: 14 em.",
        "- Hội thảo chuyên đề: 07.",
    )
    assert [(row.value, row.kind, row.period) for row in rows] == [
        (14, "result", "2024-01/2024-06"),
        (7, "result", "2024-01/2024-06"),
    ]


def test_aims_in_a_list_stay_aims() -> None:
    rows = indicators_of(
        "I. MỤC TIÊU",
        "Phấn đấu đến hết năm 2027 đạt các chỉ tiêu sau:",
        "- Thư viện đạt chuẩn: 12",
        "- Sân bóng: 20 sân",
    )
    assert [(row.kind, row.period) for row in rows] == [("target", "2027"), ("target", "2027")]
