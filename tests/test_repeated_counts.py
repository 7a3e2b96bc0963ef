"""Counts that are named again: references to what was given before measure nothing."""

from __future__ import annotations

import pytest

from tests.test_indicators import indicators_of


def values_of(*paragraphs: str) -> list[float]:
    """Give the values of the indicators of a plan with the given paragraphs."""
    return [float(row.value) for row in indicators_of("I. NHIỆM VỤ", *paragraphs)]


@pytest.mark.parametrize(
    "again",
    [
        "2. Sở Xây dựng đôn đốc tiến độ thi công của 03 hồ chứa.",
        "2. Ngoài 03 hồ chứa nêu trên, rà soát các đập tạm.",
        "2. Bàn giao hồ sơ sau khi hoàn thành 03 hồ chứa.",
        "2. Bố trí cán bộ trực tại 03 hồ chứa trong mùa mưa.",
        "2. Nghiệm thu để đưa vào vận hành 03 hồ chứa.",
        "2. Đầu tư 03 hồ chứa theo đúng thiết kế.",
    ],
)
def test_a_count_given_before_is_only_referred_to(again: str) -> None:
    assert values_of("1. Đầu tư 03 hồ chứa nước sinh hoạt.", again) == [3]


@pytest.mark.parametrize(
    "anew",
    [
        "2. Phấn đấu khánh thành 03 hồ chứa trong năm 2027.",
        "2. Sửa chữa 03 hồ chứa đã xuống cấp.",
        "2. Mỗi huyện xây dựng 03 hồ chứa.",
        "2. Đầu tư 05 hồ chứa tại vùng cao.",
    ],
)
def test_what_is_said_anew_of_a_count_is_a_record(anew: str) -> None:
    assert len(values_of("1. Đầu tư 03 hồ chứa nước sinh hoạt.", anew)) == 2


def test_a_count_that_says_where_is_a_record_when_it_stands_first() -> None:
    assert values_of("1. Tổ chức giám sát tại 18 điểm trường.") == [18]
