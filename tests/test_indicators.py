"""Numbers that measure something: name, kind, measure, comparator, value, unit and period."""

from __future__ import annotations

import pytest

from extract.pipeline import extract_source
from extract.schema import Indicator
from tests.markup import Case, read_cases

CASES = read_cases("indicators")
MINIMUM_CASES = 40
LETTERHEAD = (
    "ỦY BAN NHÂN DÂN",
    "TỈNH YÊN BÁI",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 305/KH-UBND",
    "Yên Bái, ngày 22 tháng 1 năm 2025",
)
PLAN = (*LETTERHEAD, "KẾ HOẠCH", "Phát triển giáo dục và đào tạo nghề")


def indicators_of(*paragraphs: str, title: str = "Phát triển giáo dục và đào tạo nghề") -> list[Indicator]:
    """Give the indicators of a plan with the given paragraphs."""
    return extract_source(
        "plan.txt", "\n\n".join([*LETTERHEAD, "KẾ HOẠCH", title, *paragraphs]).encode()
    ).indicators


def printed(indicator: Indicator, column: str) -> str:
    """Give a cell as the cases write it: numbers without a trailing ``.0``, None as nothing."""
    value = getattr(indicator, column)
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.place)
def test_marked_sentences(case: Case) -> None:
    found = indicators_of("I. MỤC TIÊU", f"1. {case.text}")
    assert len(found) == len(case.marks), [row.quote for row in found]
    for mark, row in zip(case.marks, found, strict=True):
        assert mark.attributes["value"]
        for column, expected in mark.attributes.items():
            assert printed(row, column) in expected.split("|"), column
        assert case.text[mark.start : mark.end] in row.quote
        assert row.kind == "target"


def test_there_are_enough_cases_of_both_sorts() -> None:
    assert len(CASES) >= MINIMUM_CASES
    assert sum(not case.marks for case in CASES) >= 10


def test_the_parts_of_a_total_hold_its_name() -> None:
    whole, first, second = indicators_of(
        "I. MỤC TIÊU", "1. Xóa phòng học tạm: 45 phòng (tiểu học: 30 phòng, mầm non: 15 phòng)."
    )
    assert (whole.value, first.value, second.value) == (45, 30, 15)
    assert whole.name.startswith("Xóa phòng học tạm")
    assert first.name.startswith(whole.name)
    assert first.name.endswith("- tiểu học")
    assert second.name.endswith("- mầm non")


def test_from_to_gives_the_value_now_and_the_target() -> None:
    now, target = indicators_of("I. MỤC TIÊU", "1. Nâng tỷ lệ trường đạt chuẩn quốc gia từ 62% lên 70%.")
    assert [(row.value, row.kind, row.measure) for row in (now, target)] == [
        (62, "result", "level"),
        (70, "target", "level"),
    ]
    assert now.name == target.name


def test_shares_of_two_groups_with_one_verb_are_two_records() -> None:
    rows = indicators_of("I. MỤC TIÊU", "1. 100% xã và 95% thôn có đường ô tô.")
    assert [row.value for row in rows] == [100, 95]
    assert rows[0].name.startswith("xã")
    assert rows[1].name.startswith("thôn")


def test_a_shared_verb_names_all_that_it_counts() -> None:
    rows = indicators_of("I. MỤC TIÊU", "1. Thành lập 20 hợp tác xã, 35 tổ hợp tác.")
    assert [(row.value, row.unit) for row in rows] == [(20, "hợp tác xã"), (35, "tổ hợp tác")]
    assert all(row.name.startswith("Thành lập") for row in rows)


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("Đến nay, toàn tỉnh đã xóa 450 phòng học tạm.", [450]),
        ("Toàn tỉnh ghi nhận 26 vụ cháy rừng, giảm 14 vụ so với cùng kỳ năm 2023.", [26, 14]),
        ("Toàn tỉnh ghi nhận 26 vụ cháy rừng, giảm 14 vụ so với cùng kỳ năm 2023 (40).", [26, 14, 40]),
        ("Hiện có 118 làng nghề được công nhận.", [118]),
    ],
)
def test_what_was_reached_is_a_result_in_any_section(sentence: str, values: list[float]) -> None:
    rows = indicators_of("I. NHIỆM VỤ", f"1. {sentence}")
    assert [row.value for row in rows] == values
    assert {row.kind for row in rows} == {"result"}


def test_numbers_of_a_section_on_the_situation_are_results() -> None:
    rows = indicators_of(
        "I. THỰC TRẠNG",
        "1. Tỷ lệ giáo viên đạt chuẩn là 88%.",
        "II. MỤC TIÊU",
        "1. Tỷ lệ giáo viên đạt chuẩn là 96%.",
    )
    assert [(row.value, row.kind) for row in rows] == [(88, "result"), (96, "target")]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Kinh phí thực hiện là 12 tỷ đồng.", "budget"),
        ("Ngân sách tỉnh hỗ trợ 350 triệu đồng cho mỗi xã.", "budget"),
        ("Thu ngân sách nhà nước trên địa bàn đạt 5.200 tỷ đồng.", "target"),
        ("Thu nhập bình quân đầu người đạt 75 triệu đồng.", "target"),
    ],
)
def test_money_to_be_spent_is_budget_and_money_earned_is_target(sentence: str, kind: str) -> None:
    (row,) = indicators_of("I. MỤC TIÊU", f"1. {sentence}")
    assert row.kind == kind
    assert row.unit_code.startswith("VND")


def test_a_period_that_opens_the_next_clause_belongs_to_the_next_value() -> None:
    rows = indicators_of("I. MỤC TIÊU", "1. Năm 2026 trồng 500 ha sâm, đến năm 2030 trồng 2.000 ha sâm.")
    assert [(row.value, row.period) for row in rows] == [(500, "2026"), (2000, "2030")]


def test_the_period_may_stand_in_the_heading() -> None:
    (row,) = indicators_of("I. MỤC TIÊU", "1. Đến năm 2028", "- Tỷ lệ trẻ mẫu giáo học hai buổi đạt 90%.")
    assert (row.period, row.period_source, row.period_start, row.period_end) == (
        "2028",
        "heading",
        "2028-01-01",
        "2028-12-31",
    )


def test_the_period_may_stand_in_the_title() -> None:
    (row,) = indicators_of(
        "I. MỤC TIÊU",
        "1. Tỷ lệ trẻ học hai buổi đạt 90%.",
        title="Phát triển giáo dục mầm non giai đoạn 2026 - 2030",
    )
    assert (row.period, row.period_source) == ("2026/2030", "document")


def test_an_indicator_inside_a_task_names_it_and_takes_its_lead() -> None:
    extraction = extract_source(
        "plan.txt",
        "\n\n".join(
            [*PLAN, "I. TỔ CHỨC THỰC HIỆN", "1. Sở Nội vụ", "- Mở 24 lớp tiếng Mông cho công chức."]
        ).encode(),
    )
    (task,), (row,) = extraction.tasks, extraction.indicators
    assert (row.task_id, row.lead, row.group_id) == (task.task_id, ("Sở Nội vụ",), task.group_id)


HEADER = ("| TT | Chỉ tiêu | Đơn vị tính | Thực hiện 2024 | Ước thực hiện 2025 | Kế hoạch 2026 |",)


def test_every_filled_cell_under_a_column_of_values_is_a_record() -> None:
    rows = indicators_of(
        "I. CHỈ TIÊU",
        f"{HEADER[0]}\n| 1 | Số giường lưu trú | Giường | 2.100 | 2.300 | 2.650 "
        f"|\n| 2 | Tỷ lệ che phủ rừng | % | 62,1 | | 63 |",
    )
    assert [(r.name, r.value, r.unit, r.kind, r.period) for r in rows] == [
        ("Số giường lưu trú", 2100, "giường", "result", "2024"),
        ("Số giường lưu trú", 2300, "giường", "result", "2025"),
        ("Số giường lưu trú", 2650, "giường", "target", "2026"),
        ("Tỷ lệ che phủ rừng", 62.1, "%", "result", "2024"),
        ("Tỷ lệ che phủ rừng", 63, "%", "target", "2026"),
    ]
    assert rows[2].quote == "Số giường lưu trú 2.650"
    assert {row.period_source for row in rows} == {"heading"}


def test_year_columns_give_targets_and_sub_rows_hold_the_name_above() -> None:
    table = (
        "| STT | Chỉ tiêu | ĐVT | 2026 | 2027 |\n| 1 | Lao động đi làm việc ở nước ngoài | "
        "Người | 800 | 950 |\n| | Trong đó: nữ | Người | 300 | 380 |"
    )
    rows = indicators_of("I. CHỈ TIÊU", table)
    assert [(r.value, r.period, r.kind) for r in rows] == [
        (800, "2026", "target"),
        (950, "2027", "target"),
        (300, "2026", "target"),
        (380, "2027", "target"),
    ]
    assert rows[2].name == "Lao động đi làm việc ở nước ngoài - nữ"


@pytest.mark.parametrize(
    ("table", "unit"),
    [
        ("| STT | Chỉ tiêu | 2026 | 2027 |\n| 1 | Diện tích chè hữu cơ (ha) | 120 | 180 |", "ha"),
        (
            "Đơn vị tính: tấn\n\n| STT | Chỉ tiêu | 2026 | 2027 |\n| 1 | Sản lượng quế vỏ | 9.500 | 9.900 |",
            "tấn",
        ),
        ("| STT | Chỉ tiêu | 2026 | 2027 |\n| 1 | Tỷ lệ hộ dùng nước máy | 81 | 84,5 |", "%"),
    ],
)
def test_the_unit_may_stand_in_the_row_in_the_title_or_in_the_name(table: str, unit: str) -> None:
    rows = indicators_of("I. CHỈ TIÊU", table)
    assert [row.unit for row in rows] == [unit, unit]


def test_row_numbers_totals_of_points_and_words_are_no_values() -> None:
    table = (
        "| STT | Tiêu chí | Điểm tối đa | Năm 2026 |\n| 1 | Hồ sơ đúng hạn | "
        "15 | 12 |\n| 2 | Hồ sơ trực tuyến | 20 | 18 |"
    )
    assert indicators_of("I. CHẤM ĐIỂM", table) == []
    assert (
        indicators_of(
            "I. CHỈ TIÊU", "| STT | Chỉ tiêu | ĐVT | 2026 |\n| 1 | Số trường nội trú | trường | Chưa giao |"
        )
        == []
    )


def test_a_column_that_compares_gives_results_in_per_cent() -> None:
    table = (
        "| TT | Chỉ tiêu | ĐVT | Thực hiện 2024 | So với kế hoạch (%) "
        "|\n| 1 | Khách lưu trú | Lượt | 52.000 | 104,5 |"
    )
    rows = indicators_of("I. CHỈ TIÊU", table)
    assert [(r.value, r.unit, r.kind) for r in rows] == [(52000, "lượt", "result"), (104.5, "%", "result")]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Năm 2024, toàn tỉnh có 37 công trình nước sạch.", "result"),
        ("Năm 2027, toàn tỉnh có 37 công trình nước sạch.", "target"),
    ],
)
def test_nothing_is_to_be_reached_in_years_that_are_over(sentence: str, kind: str) -> None:
    head = ("ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG", "Số: 8/KH-UBND", "Lâm Đồng, ngày 05 tháng 3 năm 2026")
    text = "\n\n".join((*head, "KẾ HOẠCH", "Nước sạch nông thôn", "I. MỤC TIÊU", f"1. {sentence}"))
    assert [i.kind for i in extract_source("a.txt", text.encode()).indicators] == [kind]


def test_a_share_of_the_plan_is_named_after_the_value_before_it() -> None:
    found = indicators_of("Số thợ được đào tạo là 1.240 người, đạt 93,5% kế hoạch giao.")
    assert [i.name for i in found] == ["Số thợ được đào tạo", "Số thợ được đào tạo - so với kế hoạch giao"]


def test_months_in_a_header_are_those_of_the_year_in_the_heading() -> None:
    table = (
        "| TT | Chỉ tiêu | ĐVT | Kế hoạch | Thực hiện 9 tháng | Ước thực hiện cả năm |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| 1 | Học sinh học nghề | người | 400 | 310 | 415 |"
    )
    found = [(i.kind, i.value, i.period) for i in indicators_of("I. KẾT QUẢ NĂM 2024", table)]
    assert found == [("target", 400, "2024"), ("result", 310, "2024-01/2024-09"), ("result", 415, "2024")]


def test_a_column_that_compares_a_plan_gives_targets() -> None:
    table = (
        "| TT | Chỉ tiêu | ĐVT | Thực hiện 2024 | Kế hoạch 2025 | So sánh (%) |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| 1 | Học sinh học nghề | người | 400 | 500 | 125 |"
    )
    found = [(i.kind, i.value, i.unit, i.period) for i in indicators_of(table)]
    assert found == [
        ("result", 400, "người", "2024"),
        ("target", 500, "người", "2025"),
        ("target", 125, "%", "2025"),
    ]


def test_the_starting_point_of_a_change_is_where_things_stand() -> None:
    rows = indicators_of("I. MỤC TIÊU", "1. Số vụ cháy rừng giảm từ 23 vụ xuống 18 vụ vào năm 2025.")
    assert [(row.value, row.kind, row.measure, row.period) for row in rows] == [
        (23, "result", "level", ""),
        (18, "target", "level", "2025"),
    ]


def test_parts_in_brackets_hang_under_the_whole() -> None:
    rows = indicators_of("I. MỤC TIÊU", "1. Lắp đặt 58 trạm quan trắc (Hội A: 25 trạm, Hội B: 33 trạm).")
    assert [row.value for row in rows] == [58, 25, 33]
    assert rows[2].name.endswith("- Hội B")
    assert "Hội A" not in rows[2].name


def test_a_second_value_of_one_measure_says_whom_it_is_for() -> None:
    rows = indicators_of(
        "I. MỤC TIÊU", "1. Chiều cao trung bình đạt 167cm đối với nam, đạt 156cm đối với nữ."
    )
    assert [row.name for row in rows] == [
        "Chiều cao trung bình đối với nam",
        "Chiều cao trung bình đối với nữ",
    ]


def test_a_word_that_ends_in_a_closing_word_keeps_it() -> None:
    (row,) = indicators_of("I. MỤC TIÊU", "1. Tỷ lệ béo phì ở người trưởng thành dưới 12%.")
    assert row.name == "Tỷ lệ béo phì ở người trưởng thành"
