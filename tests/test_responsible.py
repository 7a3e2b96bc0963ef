"""Who does it and with whom: in sentence, heading, lead-in, attribute line and table row."""

from __future__ import annotations

import pytest

from extract.mentions.organs import find_organs
from extract.mentions.responsible import find_lead, find_support
from extract.mentions.unit_lists import names_units
from extract.pipeline import extract_source
from extract.schema import Task
from tests.markup import Case, read_cases

CASES = read_cases("responsible")
MINIMUM_CASES = 30
LETTERHEAD = (
    "ỦY BAN NHÂN DÂN",
    "TỈNH LÀO CAI",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 61/KH-UBND",
    "Lào Cai, ngày 9 tháng 2 năm 2026",
    "KẾ HOẠCH",
    "Bảo tồn nghề dệt truyền thống",
)


def tasks_of(*paragraphs: str) -> list[Task]:
    """Give the tasks of a plan with the given paragraphs."""
    return extract_source("plan.txt", "\n\n".join([*LETTERHEAD, *paragraphs]).encode()).tasks


def units_of(*paragraphs: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Give lead and support of each task."""
    return [(task.lead, task.support) for task in tasks_of(*paragraphs)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.place)
def test_marked_sentences(case: Case) -> None:
    text, organs = case.text, find_organs(case.text)
    found = {
        "lead": find_lead(text, 0, len(text), organs),
        "support": find_support(text, 0, len(text), organs),
    }
    expected = {tag: [(m.start, m.end) for m in case.marks if m.tag == tag] for tag in found}
    spans = {tag: [(unit.start, unit.end) for unit in units] for tag, units in found.items()}
    assert {t: [text[a:b] for a, b in s] for t, s in spans.items()} == {
        t: [text[a:b] for a, b in s] for t, s in expected.items()
    }
    assert spans == expected


@pytest.mark.parametrize(
    ("text", "unit", "verb"),
    [
        ("Các doanh nghiệp vận tải lắp camera trên xe khách.", "Các doanh nghiệp vận tải", "lắp"),
        ("Kho bạc Nhà nước khu vực VI đối chiếu số dư tạm ứng.", "Kho bạc Nhà nước khu vực VI", "đối chiếu"),
        ("Đoàn Thanh niên tỉnh ra quân làm sạch bãi biển.", "Đoàn Thanh niên tỉnh", "ra quân"),
    ],
)
def test_subjects_of_rarer_verbs(text: str, unit: str, verb: str) -> None:
    assert verb in text
    assert [text[u.start : u.end] for u in find_lead(text, 0, len(text), find_organs(text))] == [unit]


def test_there_are_enough_cases_of_both_sorts() -> None:
    assert len(CASES) >= MINIMUM_CASES
    assert sum(not case.marks for case in CASES) >= 10


def test_units_are_found_inside_a_text_by_its_offsets() -> None:
    sentence = "Giao Sở Nội vụ, phối hợp với Sở Tài chính sắp xếp các ban quản lý."
    text = f"Mở đầu không liên quan.\n{sentence}\nGiao Sở Y tế khám."
    start, end = text.index("Giao"), text.index("\nGiao Sở Y tế")
    (lead,) = find_lead(text, start, end)
    (support,) = find_support(text, start, end)
    assert (text[lead.start : lead.end], text[support.start : support.end]) == ("Sở Nội vụ", "Sở Tài chính")


def test_an_item_under_an_organ_may_name_its_support() -> None:
    units = units_of(
        "V. TỔ CHỨC THỰC HIỆN",
        "1. Sở Công Thương",
        "- Phối hợp với Hiệp hội Doanh nghiệp tỉnh mở gian hàng thổ cẩm ở cửa khẩu.",
    )
    assert units == [(("Sở Công Thương",), ("Hiệp hội Doanh nghiệp tỉnh",))]


def test_a_unit_named_in_the_item_goes_before_that_of_the_heading() -> None:
    units = units_of("V. TỔ CHỨC THỰC HIỆN", "1. Sở Nội vụ", "- Giao Công an tỉnh cấp định danh cho tổ chức.")
    assert units == [(("Công an tỉnh",), ())]


@pytest.mark.parametrize(
    ("line", "lead", "support"),
    [
        ("- Đơn vị chủ trì: Sở Công Thương.", ("Sở Công Thương",), ()),
        ("- Cơ quan thực hiện: UBND cấp xã.", ("UBND cấp xã",), ()),
        ("- Đơn vị phối hợp: Sở Tài chính, Sở Nội vụ.", (), ("Sở Tài chính", "Sở Nội vụ")),
        ("- Đơn vị chủ trì: Sở Tư pháp; phối hợp: Công an tỉnh.", ("Sở Tư pháp",), ("Công an tỉnh",)),
    ],
)
def test_attribute_lines_name_the_units_of_the_item_above(
    line: str, lead: tuple[str, ...], support: tuple[str, ...]
) -> None:
    assert units_of("III. NHIỆM VỤ", "1. Khôi phục giống bông bản địa tại ba xã.", line) == [(lead, support)]


def test_attribute_lines_of_one_item_do_not_reach_the_next() -> None:
    units = units_of(
        "III. NHIỆM VỤ",
        "1. Khôi phục giống bông bản địa.",
        "- Đơn vị chủ trì: Sở Công Thương.",
        "2. Trồng chàm ven suối.",
    )
    assert units == [(("Sở Công Thương",), ()), ((), ())]


def test_columns_of_a_table_name_the_units_of_its_rows() -> None:
    header = "| TT | Nội dung | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |"
    rows = (
        "| 1 | Dạy dệt trong trường nội trú | Sở Giáo dục và Đào tạo | Hội Phụ nữ tỉnh, UBND cấp xã | 2026 |"
    )
    assert units_of(
        "III. NHIỆM VỤ", f"{header}\n{rows}\n| 2 | Mở cửa hàng ở ga | Sở Công Thương | | 2026 |"
    ) == [
        (("Sở Giáo dục và Đào tạo",), ("Hội Phụ nữ tỉnh", "UBND cấp xã")),
        (("Sở Công Thương",), ()),
    ]


def test_one_cell_may_name_lead_and_support() -> None:
    table = (
        "| TT | Nội dung | Đơn vị thực hiện | Thời gian |\n| 1 | Số hóa hoa văn | Sở Du "
        "lịch chủ trì; phối hợp với Bảo tàng tỉnh | 2026 |\n| 2 | In sách | Sở Tư pháp | 2026 |"
    )
    assert units_of("III. NHIỆM VỤ", table)[0] == (("Sở Du lịch",), ("Bảo tàng tỉnh",))


def test_the_parts_of_a_total_are_led_by_those_who_share_it() -> None:
    (task,) = tasks_of(
        "III. NHIỆM VỤ", "1. Lắp đặt trạm phát sóng vùng lõm: 46 trạm (VNPT: 20 trạm, Viettel: 26 trạm)."
    )
    assert task.lead == ("VNPT", "Viettel")


def test_every_unit_row_points_at_its_name() -> None:
    extraction = extract_source(
        "plan.txt",
        "\n\n".join(
            [
                *LETTERHEAD,
                "V. TỔ CHỨC THỰC HIỆN",
                "1. Sở Nội vụ, Sở Tư pháp",
                "- Phối hợp với Công an tỉnh rà soát hộ khẩu.",
            ]
        ).encode(),
    )
    rows = [
        (row.role, row.ordinal, extraction.text[row.start : row.end], row.unit_id)
        for row in extraction.task_units
    ]
    assert rows == [
        ("lead", 1, "Sở Nội vụ", "so_noi_vu"),
        ("lead", 2, "Sở Tư pháp", "so_tu_phap"),
        ("support", 3, "Công an tỉnh", "cong_an_tinh"),
    ]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Về thủ tục đất đai: tiếp thu kiến nghị của tỉnh, giao Sở Nội vụ rà soát.", ["Sở Nội vụ"]),
        ("Về thủ tục đất đai: nhiệm vụ được giao Sở Nội vụ đã xong.", []),
    ],
)
def test_units_may_be_charged_behind_a_topic(text: str, units: list[str]) -> None:
    assert [text[u.start : u.end] for u in find_lead(text, 0, len(text), find_organs(text))] == units


@pytest.mark.parametrize(
    ("text", "units"),
    [
        (
            "Yêu cầu Giám đốc các sở, ngành; Chủ tịch UBND các xã, phường; Thủ trưởng các đơn vị thực hiện.",
            ["Giám đốc các sở, ngành", "Chủ tịch UBND các xã, phường", "Thủ trưởng các đơn vị"],
        ),
        ("Các Sở: Nội vụ, Xây dựng chủ động rà soát hồ sơ.", ["Nội vụ", "Xây dựng"]),
        ("Văn phòng Ban điều phối bến cảng theo dõi tiến độ.", ["Văn phòng Ban điều phối bến cảng"]),
        ("Yêu cầu các cơ quan, đơn vị nghiêm túc thực hiện.", ["các cơ quan, đơn vị"]),
    ],
)
def test_lists_of_units_end_where_the_instruction_begins(text: str, units: list[str]) -> None:
    assert [text[u.start : u.end] for u in find_lead(text, 0, len(text), find_organs(text))] == units


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        (
            "Ngoài ra, căn cứ vào nhiệm vụ được giao, các sở, ngành liên quan xây dựng dự toán.",
            "các sở, ngành liên quan",
        ),
        (
            "Các đơn vị được giao nhiệm vụ trong Phụ lục kèm theo có trách nhiệm báo cáo tiến độ.",
            "Các đơn vị được giao nhiệm vụ",
        ),
    ],
)
def test_the_subject_may_stand_far_from_its_verb_or_the_beginning(text: str, unit: str) -> None:
    assert [text[u.start : u.end] for u in find_lead(text, 0, len(text), find_organs(text))] == [unit]


def test_owners_of_what_is_followed_are_no_subject() -> None:
    text = "Theo các văn bản chỉ đạo của Chính phủ, Bộ, ngành và tỉnh, phối hợp với Sở Xây dựng sửa cầu."
    assert find_lead(text, 0, len(text), find_organs(text)) == []


@pytest.mark.parametrize(
    ("item", "lead"),
    [
        ("Sở Y tế lập danh sách; Công an xã đưa đón thí sinh.", ("Sở Y tế", "Công an xã")),
        (
            "Sở Du lịch khảo sát bến thuyền. Đồng thời yêu cầu các doanh nghiệp vận tải lắp phao mới.",
            ("Sở Du lịch", "các doanh nghiệp vận tải"),
        ),
        ("Sở Nội vụ rà soát. Riêng UBND xã Yên Sơn báo cáo hồ Đầm Vạc.", ("Sở Nội vụ", "UBND xã Yên Sơn")),
        ("Sở Nội vụ báo cáo UBND tỉnh; tổng hợp số liệu gửi Sở Tài chính.", ("Sở Nội vụ",)),
        ("Sở Nội vụ phổ biến tới các xã; các trường hợp sai phạm báo cáo ngay.", ("Sở Nội vụ",)),
    ],
)
def test_later_clauses_may_charge_other_units(item: str, lead: tuple[str, ...]) -> None:
    assert [task.lead for task in tasks_of("III. NHIỆM VỤ", f"1. {item}")] == [lead]


def test_a_label_may_tell_where_its_units_stand() -> None:
    assert names_units("Các trường dân tộc nội trú tại Phụ lục 2")
    assert not names_units("Các trường trong năm 2027 phải sửa mái")
