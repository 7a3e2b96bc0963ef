"""Parts in brackets, names listed with values, sums of what was counted, tables that tell of things."""

from __future__ import annotations

import pytest

from extract.mentions.quantities import find_quantities
from extract.pipeline import extract_source
from extract.records.parts import add_parts
from extract.schema import Indicator
from tests.test_indicators import indicators_of


def of_report(*paragraphs: str) -> list[Indicator]:
    """Give the indicators of a report with the given paragraphs."""
    head = (
        "ỦY BAN NHÂN DÂN", "TỈNH SƠN LA", "Số: 12/BC-UBND", "Sơn La, ngày 05 tháng 3 năm 2026",
        "BÁO CÁO", "Tình hình chợ nông thôn",
    )  # fmt: skip
    return extract_source("a.txt", "\n\n".join((*head, *paragraphs)).encode()).indicators


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("Có 21 hợp tác xã (15 hoạt động tốt, 06 tạm nghỉ)", [21, 15, 6]),
        ("Toàn huyện có 12 xã (04 xã đặc biệt khó khăn, 08 xã còn lại)", [12, 4, 8]),
        ("1.250 hộ (1.000 hộ nông thôn, 250 hộ thành thị)", [1250, 1000, 250]),
    ],
)
def test_numbers_in_brackets_that_sum_up_are_parts(words: str, values: list[int]) -> None:
    assert [q.value for q in add_parts(words, find_quantities(words))] == values


@pytest.mark.parametrize(
    "words",
    [
        "Có 21 hợp tác xã (15 tuyến đường, 07 ngã ba)",
        "Có 9 xã (theo Quyết định 12 và 15)",
        "Có 5 lớp (khóa 3)",
    ],
)
def test_numbers_that_sum_up_to_something_else_are_not(words: str) -> None:
    before = [q.value for q in find_quantities(words)]
    assert [q.value for q in add_parts(words, find_quantities(words))] == before


def test_each_value_in_brackets_belongs_to_the_name_before_it() -> None:
    rows = indicators_of(
        "I. HIỆN TRẠNG",
        "1. Một số hồ có tỷ lệ tích nước cao như Pa Khoang (91%), Hồng Sạt (84,5%), Nậm Ngám (80%).",
    )
    assert [(row.value, row.name.rpartition(" - ")[2]) for row in rows][1:] == [
        (84.5, "Hồng Sạt"),
        (80, "Nậm Ngám"),
    ]
    assert all("tỷ lệ tích nước" in row.name for row in rows)


def test_a_sum_behind_a_count_is_one_of_what_was_counted() -> None:
    rows = indicators_of("I. MỤC TIÊU", "1. Xây dựng 14 chợ vùng cao với tổng kinh phí 96 tỷ đồng.")
    assert [row.name for row in rows] == ["Xây dựng chợ vùng cao", "tổng kinh phí Xây dựng chợ vùng cao"]


def test_a_report_tells_of_things_in_the_cells_behind_their_names() -> None:
    table = (
        "| TT | Chợ (vị trí, quy mô) | Tiến độ hiện tại | Khó khăn |\n"
        "| 1 | Chợ Mường Và | Đã giải phóng mặt bằng 1,8 ha; còn 06 hộ chưa di dời. | Thiếu vốn |\n"
        "| 2 | Chợ Nà Ớt | Đã lợp mái 1.100 m2. | |"
    )
    rows = of_report("I. TIẾN ĐỘ", table)
    assert [(row.value, row.unit, row.kind) for row in rows] == [
        (1.8, "ha", "result"),
        (6, "hộ", "result"),
        (1100, "m2", "result"),
    ]
    assert rows[0].name.startswith("Chợ Mường Và - ")
    assert rows[2].name.startswith("Chợ Nà Ớt - ")


def test_cells_of_a_plan_that_name_products_are_not_read() -> None:
    table = (
        "| TT | Nội dung | Đơn vị chủ trì | Sản phẩm |\n"
        "| 1 | Rà soát chợ tạm | Sở Công Thương | 02 tờ trình |\n"
        "| 2 | Di dời hộ kinh doanh | UBND các xã | 01 phương án |"
    )
    assert indicators_of("I. NHIỆM VỤ", table) == []
