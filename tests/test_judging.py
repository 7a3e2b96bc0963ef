"""Heading, instruction, lead-in, attribute or nothing: what each paragraph is judged to be."""

from __future__ import annotations

import pytest

from extract.judging.roles import assign_roles
from extract.judging.rules import judge_nodes
from extract.mentions.found import find_mentions
from extract.schema import GroupRole
from extract.spans import Block, Source
from extract.structure.clean import clean
from extract.structure.markers import is_capitals
from extract.structure.outline import build_outline


def judge(*paragraphs: str, default: GroupRole = "task") -> list[str]:
    """Judge paragraphs in order."""
    outline = build_outline(clean(Source("text/plain", tuple(Block("paragraph", p) for p in paragraphs))))
    roles = assign_roles(outline, default)
    return [judged.what for judged in judge_nodes(outline, roles, find_mentions(outline.text))]


WORK = "- Kiểm tra tải trọng xe chở đất đá trên tuyến tránh."


@pytest.mark.parametrize(
    "heading",
    [
        "I. NHIỆM VỤ",
        "II. TỔ CHỨC THỰC HIỆN",
        "1. Sở Xây dựng",
        "Nhóm 1. Siết quản lý bến bãi",
        "a) Đường thủy nội địa",
    ],
)
def test_a_heading_above_items_is_a_group(heading: str) -> None:
    assert judge(heading, WORK) == ["group", "task"]


def test_an_item_that_only_introduces_is_a_group_and_its_sub_items_are_tasks() -> None:
    assert judge(
        "I. NHIỆM VỤ",
        "1. Nâng cao chất lượng đào tạo nghề",
        "a) Mở ngành điện gió.",
        "b) Mời chuyên gia dạy hàn.",
    ) == [
        "group",
        "group",
        "task",
        "task",
    ]


def test_an_item_with_sentences_of_its_own_is_task_and_group() -> None:
    words = (
        "1. Rà soát trường nghề trên địa bàn. Sắp xếp các trung tâm giáo dục nghề nghiệp theo hướng tinh gọn."
    )
    assert judge("I. NHIỆM VỤ", words, "- Sáp nhập hai trung tâm phía Nam.")[1] == "both"


def test_an_item_of_several_sentences_without_sub_items_is_one_task() -> None:
    words = "1. Lập hồ sơ ghi danh nghề làm muối. Tổ chức hội thảo khoa học. Xuất bản sách ảnh."
    assert judge("I. NHIỆM VỤ", words, "2. Tu bổ đình Phú Khê.") == ["group", "task", "task"]


@pytest.mark.parametrize("title", ["MỤC ĐÍCH, YÊU CẦU", "QUAN ĐIỂM", "THỰC TRẠNG", "MỤC TIÊU", "CĂN CỨ"])
def test_items_of_sections_that_hand_out_no_work_are_no_tasks(title: str) -> None:
    assert judge(
        f"I. {title}", "- Nâng cao nhận thức về tác hại của ma túy tổng hợp.", "II. NHIỆM VỤ", WORK
    ) == [
        "group",
        "nothing",
        "group",
        "task",
    ]


def test_the_basis_of_a_document_is_no_task() -> None:
    assert (
        judge("1. Căn cứ Luật Khoáng sản số 60/2010/QH12;", "2. Căn cứ Nghị định số 158/2016/NĐ-CP;")
        == ["aside"] * 2
    )


def test_a_count_of_people_is_no_task() -> None:
    assert judge("I. NHIỆM VỤ", "- Sở Nội vụ: 03 người;", "- Sở Nội vụ: Lập danh sách 03 người dự tập huấn.")[
        1:
    ] == ["nothing", "task"]


@pytest.mark.parametrize(
    "line",
    [
        "- Đơn vị chủ trì: Sở Công Thương.",
        "- Cơ quan phối hợp: UBND cấp xã.",
        "- Thời gian thực hiện: Quý II/2026.",
        "- Sản phẩm: Báo cáo khảo sát.",
        "Đơn vị thực hiện: Cục Thống kê.",
        "+ Thời hạn hoàn thành: tháng 5/2026.",
        "- Kinh phí: 200 triệu đồng.",
    ],
)
def test_a_labelled_line_below_an_item_is_an_attribute(line: str) -> None:
    assert judge("I. NHIỆM VỤ", "1. Khảo sát nhu cầu điện của làng nghề đúc đồng.", line)[-1] == "attribute"


@pytest.mark.parametrize(
    "line", ["- Lưu ý: mặc áo phao khi qua đò ngang.", "- Tuyên truyền: Phát tờ rơi tại bến cảng."]
)
def test_a_colon_alone_makes_no_attribute(line: str) -> None:
    assert judge("I. NHIỆM VỤ", "1. Siết an toàn bến đò ngang trong mùa lũ.", line)[-1] != "attribute"


def test_a_lead_in_above_items_is_no_task() -> None:
    assert judge(
        "I. NHIỆM VỤ",
        "1. Sở Tài nguyên và Môi trường",
        "Thực hiện các nội dung sau:",
        "- Đo đạc mặt nước hồ.",
    ) == [
        "group",
        "group",
        "lead_in",
        "task",
    ]


def test_a_paragraph_below_an_organ_is_a_task() -> None:
    assert judge(
        "V. TỔ CHỨC THỰC HIỆN",
        "1. Báo Yên Bái",
        "Mở chuyên mục về phòng, chống mua bán người trên các nền tảng.",
    ) == [
        "group",
        "group",
        "task",
    ]


def test_what_an_organ_did_already_is_no_task() -> None:
    assert (
        judge("V. TỔ CHỨC THỰC HIỆN", "1. Báo Yên Bái", "Đơn vị đã đăng 45 tin về mua bán người trong quý.")[
            -1
        ]
        == "nothing"
    )


def test_a_paragraph_below_an_item_goes_on_with_it() -> None:
    assert judge("I. NHIỆM VỤ", WORK, "Việc cân xe làm cả ban đêm và ngày nghỉ.")[-1] == "continuation"


def test_a_paragraph_below_an_item_that_charges_another_unit_is_its_own_task() -> None:
    assert judge("I. NHIỆM VỤ", WORK, "Giao Sở Tài chính bố trí tiền mua cân lưu động.")[-1] == "task"


def test_a_definition_instructs_nobody() -> None:
    assert judge("I. NHIỆM VỤ", "1. Văn hóa", "Văn hóa là nền tảng tinh thần của xã hội.")[-1] == "nothing"


@pytest.mark.parametrize(
    "closing",
    [
        "Trên đây là Kế hoạch phát triển chợ nông thôn năm 2026.",
        "Trong quá trình thực hiện nếu có vướng mắc, các đơn vị phản ánh về Sở Công Thương để xem xét.",
        "Yêu cầu các đơn vị nghiêm túc triển khai thực hiện.",
        "Căn cứ văn bản này, các cơ quan, đơn vị liên quan triển khai thực hiện./.",
    ],
)
def test_a_closing_formula_is_told_from_tasks(closing: str) -> None:
    assert judge("I. NHIỆM VỤ", WORK, closing)[-1] == "closing"


@pytest.mark.parametrize(
    ("item", "what"),
    [
        ("- Bà Lê Thị Hoa - Chuyên viên Sở Công Thương;", "aside"),
        ("2. Ông Trần Văn Nam, Phó Chánh Văn phòng Sở; số điện thoại 0900 000 000.", "aside"),
        ("- Ông Trần Văn Nam - Phó Giám đốc Sở: Kiểm tra các chợ đầu mối.", "task"),
        ("- Đồng chí Lê Thị Hoa, Phó Giám đốc Sở chỉ đạo kiểm tra các chợ.", "task"),
    ],
)
def test_members_of_a_group_are_no_tasks(item: str, what: str) -> None:
    assert judge("I. PHÂN CÔNG NHIỆM VỤ", "1. Kiểm tra các chợ đầu mối ven sông.", item)[-1] == what


@pytest.mark.parametrize("note", ["(Chi tiết tại Phụ lục kèm theo).", "(Có danh sách các chợ gửi kèm)"])
def test_a_paragraph_in_brackets_belongs_to_no_item(note: str) -> None:
    assert judge("I. NHIỆM VỤ", WORK, note)[-1] == "aside"


def test_a_closing_formula_may_stand_before_an_annex() -> None:
    closing = "Trên đây là Kế hoạch phát triển chợ nông thôn năm 2026."
    assert judge("I. NHIỆM VỤ", WORK, closing, "PHỤ LỤC I", "1. " + WORK[2:])[2] == "closing"


def test_a_closing_formula_in_the_middle_is_none() -> None:
    assert (
        judge(
            "1. Sở Nội vụ",
            "Yêu cầu các phòng chuyên môn nộp danh sách viên chức.",
            "2. Sở Tư pháp",
            "3. Sở Y tế",
            "- Khám.",
        )[1]
        != "closing"
    )


def test_a_paragraph_that_only_names_a_source_of_money_is_no_task() -> None:
    assert judge(
        "IV. KINH PHÍ", "1. Nguồn sự nghiệp kinh tế năm 2026.", "2. Giao Sở Tài chính thẩm định dự toán."
    )[1:] == ["nothing", "task"]


def test_articles_of_a_decision_charge_only_where_they_name_somebody() -> None:
    words = (
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch phát triển giáo dục mầm non.",
        "Điều 2. Giao Sở Giáo dục và Đào tạo tổ chức thực hiện Kế hoạch này.",
        "Điều 3. Quyết định này có hiệu lực kể từ ngày ký.",
    )
    assert judge(*words) == ["nothing", "task", "aside"]


def test_a_unit_alone_is_no_task() -> None:
    assert judge("I. ĐƠN VỊ THAM GIA", "1. Sở Công Thương", "2. Hội Làm vườn tỉnh")[1:] == [
        "nothing",
        "nothing",
    ]


def test_without_a_section_of_work_an_item_is_no_task() -> None:
    assert judge("1. Nộp tờ khai tại bộ phận một cửa của xã.", default="other") == ["nothing"]


def test_giving_out_work_is_a_task_in_any_section() -> None:
    assert (
        judge("I. THỰC TRẠNG", "1. Giao Sở Nội vụ thanh tra công vụ tại ba huyện.", default="situation")[-1]
        == "task"
    )


@pytest.mark.parametrize(
    ("words", "capitals"),
    [
        ("KINH PHÍ THỰC HIỆN", True),
        ("PHÂN CÔNG (có biểu kèm)", True),
        ("Sở Nội vụ", False),
        ("UBND tỉnh", False),
        ("A", False),
        ("12", False),
    ],
)
def test_titles_in_capitals(words: str, capitals: bool) -> None:
    assert is_capitals(words) is capitals


@pytest.mark.parametrize(
    "item",
    [
        "2. Quyết định này có hiệu lực kể từ ngày 01 tháng 12 năm 2025.",
        "Văn phòng UBND tỉnh trân trọng thông báo./.",
        "Sở Nội vụ thông báo để các sở, ngành, địa phương biết, thực hiện./.",
    ],
)
def test_formalities_are_nothing_to_do(item: str) -> None:
    assert judge("I. NHIỆM VỤ", WORK, item)[-1] == "aside"
