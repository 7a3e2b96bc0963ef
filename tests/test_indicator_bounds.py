"""Values whose bound, change, unit or time is said apart from them, and sizes that only set a condition."""

from __future__ import annotations

import pytest

from tests.test_indicators import indicators_of


@pytest.mark.parametrize(
    ("sentence", "comparator"),
    [
        ("Phấn đấu thu ngân sách vượt chỉ tiêu được giao (12%).", ">"),
        ("Phấn đấu sản lượng tôm vượt kế hoạch năm (7.500 tấn).", ">"),
        ("Tỷ lệ hộ dùng nước sạch đạt chỉ tiêu được giao (95%).", "="),
    ],
)
def test_what_is_surpassed_stands_in_brackets(sentence: str, comparator: str) -> None:
    assert [row.comparator for row in indicators_of("I. MỤC TIÊU", f"1. {sentence}")] == [comparator]


def test_so_many_times_more_is_an_increase_of_what_was_said_before() -> None:
    value, times = indicators_of(
        "I. KẾT QUẢ", "Kim ngạch xuất khẩu gỗ đạt 240 triệu USD, cao hơn gần gấp 2 lần so với cùng kỳ."
    )
    assert (times.value, times.measure, times.comparator) == (2, "increase", "~")
    assert times.name == value.name


@pytest.mark.parametrize(
    "sentence",
    [
        "Đối với hộ có từ 3 nhân khẩu trở lên thì được xét hỗ trợ theo quy định.",
        "Nhà ở được coi là chật chội khi có diện tích nhỏ hơn 24 m2.",
    ],
)
def test_a_condition_sets_no_aim(sentence: str) -> None:
    assert indicators_of("I. MỤC TIÊU", f"1. {sentence}") == []


def test_what_follows_from_a_condition_counts() -> None:
    (row,) = indicators_of("I. NỘI DUNG", "1. Đối với hộ hưởng từ 2 thẻ trở lên thì chỉ giảm 40% mức phí.")
    assert (row.value, row.unit) == (40, "%")


@pytest.mark.parametrize(
    ("sentence", "unit"),
    [
        ("Kiểm tra ít nhất 01 lần/01 năm đối với mỗi cơ sở.", "lần/năm"),
        ("Hỗ trợ bồi dưỡng 25 cán bộ, nhân viên thư viện.", "cán bộ, nhân viên"),
        ("Kết nối 12 tỉnh, thành phố ven biển.", "tỉnh, thành phố"),
    ],
)
def test_units_are_given_whole_and_by_one(sentence: str, unit: str) -> None:
    assert [row.unit for row in indicators_of("I. MỤC TIÊU", f"1. {sentence}")] == [unit]


def test_a_place_is_no_currency() -> None:
    assert indicators_of("I. MỤC TIÊU", "1. Công ty cổ phần 245 Yên Châu là chủ đầu tư.") == []


@pytest.mark.parametrize(
    ("heading", "sentence", "period"),
    [
        ("I. MỤC TIÊU", "Trước ngày 30/9/2026 hoàn thành 14 km đường liên xã.", "2026"),
        ("I. KẾT QUẢ", "Đến ngày 30/9/2024 đã hoàn thành 14 km đường liên xã.", "2024-09"),
    ],
)
def test_a_deadline_stands_for_its_year(heading: str, sentence: str, period: str) -> None:
    assert [row.period for row in indicators_of(heading, f"1. {sentence}")] == [period]


def test_money_behind_the_name_of_its_source_is_a_budget() -> None:
    (row,) = indicators_of("I. HIỆN TRẠNG", "- Vốn ngoài ngân sách: 320 tỷ đồng (chủ đầu tư).")
    assert row.kind == "budget"


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Tất cả 9 huyện đã thành lập trung tâm học tập cộng đồng.", "result"),
        ("Hoàn thiện hồ sơ đất đai cho 9 xã đã sáp nhập.", "target"),
        ("Phấn đấu 9 xã đã đạt chuẩn giữ vững danh hiệu.", "target"),
    ],
)
def test_those_who_did_it_already_are_a_result(sentence: str, kind: str) -> None:
    assert [row.kind for row in indicators_of("I. NHIỆM VỤ", f"1. {sentence}")] == [kind]


@pytest.mark.parametrize(
    "sentence",
    [
        "Hợp đồng này được lập thành 04 bản chính, 02 bản lưu tại Sở Tài chính.",
        "Các nhà thầu tổ chức thi công 3 ca, 4 kíp trên công trường.",
        "Các nhà thầu tổ chức thi công 3 ca 4 kíp trên công trường.",
    ],
)
def test_copies_and_shifts_are_no_aims(sentence: str) -> None:
    assert indicators_of("I. NHIỆM VỤ", f"1. {sentence}") == []
