"""What each section is for, from its title and from the section above it."""

from __future__ import annotations

import pytest

from extract.judging.roles import assign_roles, read_role
from extract.schema import GroupRole
from extract.spans import Block, Source
from extract.structure.clean import clean
from extract.structure.outline import build_outline
from tests.markup import Case, read_cases

CASES = read_cases("roles")
LINE_END = " ¶ "
MINIMUM_CASES = 120
ITEM = "Rà soát các điểm du lịch cộng đồng ven hồ và lập bản đồ."


def roles_of(*paragraphs: str, default: GroupRole = "task") -> dict[str, GroupRole]:
    """Give the role of every paragraph's node by the paragraph's words."""
    outline = build_outline(clean(Source("text/plain", tuple(Block("paragraph", p) for p in paragraphs))))
    roles = assign_roles(outline, default)
    return {
        outline.text[node.paragraph.start : node.paragraph.end]: role
        for node, role in zip(outline.nodes, roles, strict=True)
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.place)
def test_marked_titles_and_sections(case: Case) -> None:
    """A line of one title has the role that the title names, sections in a line that of each paragraph."""
    roles = roles_of(*case.text.split(LINE_END)) if LINE_END in case.text else {}
    for mark in case.marks:
        words = case.text[mark.start : mark.end]
        if mark.tag == "item":
            assert (words, roles.get(words)) == (words, mark.attributes["role"])
        else:
            assert mark.tag == "title"
            assert (read_role(words) or [None])[0] == mark.attributes["role"]
    if not case.marks:
        assert read_role(case.text) is None


def test_there_are_enough_cases_of_both_sorts() -> None:
    assert len(CASES) >= MINIMUM_CASES
    assert sum(not case.marks for case in CASES) >= 30


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("MỤC ĐÍCH, YÊU CẦU", "purpose"),
        ("Mục đích", "purpose"),
        ("QUAN ĐIỂM CHỈ ĐẠO", "viewpoint"),
        ("THỰC TRẠNG MẠNG LƯỚI CHỢ", "situation"),
        ("Đánh giá kết quả năm 2025", "situation"),
        ("Một số tồn tại, hạn chế", "situation"),
        ("MỤC TIÊU", "target"),
        ("Các chỉ tiêu chủ yếu", "target"),
        ("NHIỆM VỤ TRỌNG TÂM", "task"),
        ("Nhiệm vụ và giải pháp", "task"),
        ("Các giải pháp chủ yếu", "task"),
        ("Nội dung thực hiện", "task"),
        ("TỔ CHỨC THỰC HIỆN", "assignment"),
        ("Phân công nhiệm vụ", "assignment"),
        ("Trách nhiệm của các đơn vị", "assignment"),
        ("Chế độ báo cáo", "assignment"),
        ("NỘI DUNG KIỂM TRA", "other"),
        ("KINH PHÍ THỰC HIỆN", "funding"),
        ("Nguồn vốn", "funding"),
        ("Sở Giao thông vận tải", "assignment"),
        ("UBND các huyện, thành phố", "assignment"),
        ("Công an tỉnh, Sở Tư pháp", "assignment"),
        ("Đề nghị Hội Nông dân tỉnh", "assignment"),
    ],
)
def test_a_title_says_what_its_section_is_for(title: str, role: GroupRole) -> None:
    read = read_role(title)
    assert read is not None
    assert read[0] == role


def test_organs_among_those_who_take_part_are_given_no_work() -> None:
    invited = "Mời đại diện lãnh đạo phòng và tổ khuyến nông."
    roles = roles_of("II. THÀNH PHẦN THAM GIA", "1. Sở Nông nghiệp và Môi trường", invited)
    assert set(roles.values()) == {"other"}


def test_organs_under_a_title_that_says_nothing_are_given_work() -> None:
    roles = roles_of("II. VÙNG VEN HỒ", "1. Sở Nông nghiệp và Môi trường", ITEM, default="other")
    assert roles["1. Sở Nông nghiệp và Môi trường"] == "assignment"


@pytest.mark.parametrize(
    "title", ["Hạ tầng số", "Chăn nuôi, thủy sản", "Bảo tồn nghề dệt", "Vận tải hành khách", ""]
)
def test_a_title_of_a_subject_has_no_role_of_its_own(title: str) -> None:
    assert read_role(title) is None


def test_what_stands_in_a_section_has_its_role() -> None:
    roles = roles_of("I. MỤC ĐÍCH", f"- {ITEM}", "II. NHIỆM VỤ", "- Mở lớp học bơi cho học sinh.")
    assert roles[f"- {ITEM}"] == "purpose"
    assert roles["- Mở lớp học bơi cho học sinh."] == "task"


def test_a_subject_below_a_section_keeps_the_role_of_the_section() -> None:
    roles = roles_of(
        "I. THỰC TRẠNG", "1. Hạ tầng chợ", f"- {ITEM}", "II. NHIỆM VỤ", "1. Hạ tầng chợ nổi", "- Cải tạo."
    )
    assert (roles["1. Hạ tầng chợ"], roles["1. Hạ tầng chợ nổi"]) == ("situation", "task")


def test_a_report_tells_the_situation_where_no_heading_says_otherwise() -> None:
    assert roles_of("1. Chăn nuôi", f"- {ITEM}", default="situation")["1. Chăn nuôi"] == "situation"


def test_work_done_in_a_report_is_situation_and_work_ahead_is_task() -> None:
    roles = roles_of(
        "I. CÔNG TÁC TRỌNG TÂM ĐÃ TRIỂN KHAI",
        f"- {ITEM}",
        "II. PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI",
        "- Sửa đập.",
        default="situation",
    )
    assert roles["- Sửa đập."] == "task"
    assert roles[f"- {ITEM}"] == "situation"


def test_targets_and_purposes_may_stand_inside_a_section_of_work() -> None:
    roles = roles_of(
        "I. NHIỆM VỤ", "1. Trồng rừng", "1.1. Mục tiêu", "- 500 ha.", "1.2. Giải pháp", "- Gieo ươm."
    )
    assert (roles["- 500 ha."], roles["- Gieo ươm."]) == ("target", "task")


def test_work_may_stand_inside_a_section_of_targets() -> None:
    roles = roles_of("I. MỤC TIÊU", "1. Chỉ tiêu", "- 30 chợ.", "2. Nhiệm vụ", f"- {ITEM}")
    assert (roles["- 30 chợ."], roles[f"- {ITEM}"]) == ("target", "task")


def test_an_organ_under_funding_is_charged() -> None:
    roles = roles_of("IV. KINH PHÍ", "1. Sở Tài chính", "- Bố trí dự toán.", "2. Nguồn xã hội hóa")
    assert (roles["- Bố trí dự toán."], roles["2. Nguồn xã hội hóa"]) == ("assignment", "funding")


def test_an_item_that_begins_with_a_word_for_a_role_does_not_switch_it() -> None:
    roles = roles_of(
        "III. NHIỆM VỤ",
        "1. Kết quả điều tra lao động được cập nhật vào cơ sở dữ liệu dùng chung của tỉnh.",
        "2. Mở sàn việc làm.",
    )
    assert set(roles.values()) == {"task"}


def test_a_bullet_never_opens_a_section() -> None:
    roles = roles_of(
        "I. NHIỆM VỤ", "- Mục tiêu: mỗi xã có một tổ công nghệ số.", "- Tập huấn cho tổ công nghệ số."
    )
    assert set(roles.values()) == {"task"}


def test_what_stands_in_an_annex_without_a_title_of_its_own_is_annex() -> None:
    roles = roles_of(
        "I. NHIỆM VỤ",
        f"- {ITEM}",
        f"- {ITEM} Hai.",
        "Nơi nhận:",
        "- Như trên;",
        "TM. ỦY BAN NHÂN DÂN",
        "PHỤ LỤC: DANH SÁCH CHỢ",
        "1. Chợ Mường Lò",
    )
    assert roles["1. Chợ Mường Lò"] == "annex"
