"""Items that instruct nobody, items that instruct above others, and sections that turn to work."""

from __future__ import annotations

import pytest

from extract.judging.roles import assign_roles
from extract.judging.rules import judge_nodes
from extract.mentions.found import find_mentions
from extract.schema import GroupRole
from extract.spans import Block, Source
from extract.structure.clean import clean
from extract.structure.outline import build_outline

WORK = "- Kiểm tra tải trọng xe chở đất đá trên tuyến tránh."


def judge(*paragraphs: str, default: GroupRole = "task") -> list[str]:
    """Judge paragraphs in order."""
    outline = build_outline(clean(Source("text/plain", tuple(Block("paragraph", p) for p in paragraphs))))
    roles = assign_roles(outline, default)
    return [judged.what for judged in judge_nodes(outline, roles, find_mentions(outline.text))]


@pytest.mark.parametrize(
    "item",
    [
        "- Ghi nhận nỗ lực của các đội khai quật trong mùa mưa.",
        "- Đánh giá cao Sở Du lịch đã chuẩn bị lễ hội chu đáo.",
        "2. Tại khoản 3 Điều 9 Nghị định số 88/2031/NĐ-CP quy định: “Không san lấp hồ chứa”.",
        "2. Địa điểm: Trung tâm Văn hóa tỉnh, phường Hoa Ban.",
    ],
)
def test_thanks_quotations_and_places_are_nothing_to_do(item: str) -> None:
    assert judge("I. NHIỆM VỤ", WORK, item)[-1] == "aside"


def test_an_item_with_a_line_that_says_who_does_it_is_a_task() -> None:
    judged = judge("I. NHIỆM VỤ", "1. Hội thi tay nghề", "- Cơ quan chủ trì: Sở Nội vụ")
    assert judged == ["group", "task", "attribute"]


@pytest.mark.parametrize(
    ("item", "judged"),
    [
        (
            "1. Sở Xây dựng rà soát toàn bộ bến thủy nội địa, lắp biển báo tại các bến còn thiếu trong tỉnh; "
            "tập trung thực hiện một số nhiệm vụ sau:",
            "both",
        ),
        (
            "1. Ủy ban nhân dân các xã xây dựng kế hoạch tuần tra ven hồ gắn với tình hình thực tế của địa "
            "phương, bố trí lực lượng trực hằng ngày.",
            "both",
        ),
        ("1. Sở Xây dựng có trách nhiệm:", "group"),
        (
            "1. Sở Xây dựng chủ trì, phối hợp với Sở Tài chính, Ủy ban nhân dân các xã, phường, đặc khu:",
            "group",
        ),
        (
            "1. Nâng cao năng lực dự báo cho các trạm quan trắc trên lưu vực sông của tỉnh.",
            "group",
        ),
    ],
)
def test_an_item_above_its_items_may_instruct_by_itself(item: str, judged: str) -> None:
    assert judge("I. TỔ CHỨC THỰC HIỆN", item, WORK)[1] == judged


@pytest.mark.parametrize("word", ["Thứ nhất", "Một là"])
def test_paragraphs_counted_in_words_are_items(word: str) -> None:
    judged = judge("I. NHIỆM VỤ", f"{word}, các địa phương rà soát quỹ đất làm sân chơi.")
    assert judged == ["group", "task"]


def test_a_turn_in_the_situation_opens_tasks() -> None:
    judged = judge(
        "I. ĐÁNH GIÁ CHUNG",
        "Lễ hội năm qua diễn ra an toàn.",
        "Để chuẩn bị mùa lễ hội tới, tỉnh cần tập trung thực hiện một số nhiệm vụ sau:",
        "1. Rà soát bãi đỗ xe quanh đền.",
        "2. Tăng cường tàu thuyền cứu hộ trên sông.",
    )
    assert judged[-2:] == ["task", "task"]


def test_things_under_a_whole_are_no_tasks() -> None:
    judged = judge(
        "I. NHIỆM VỤ", "1. Nộp hồ sơ dự thi.", "Hồ sơ gồm:", "- Bản vẽ mặt bằng;", "- Gửi kèm đĩa ghi bản vẽ."
    )
    assert judged[-2:] == ["aside", "task"]


@pytest.mark.parametrize(
    ("item", "judged"),
    [
        ("- Công tác quản lý bến bãi và đò ngang;", "aside"),
        ("- Công tác cứu hộ phải sẵn sàng trước mùa lũ;", "task"),
        ("- Bà Lê Thị Hoa - Chuyên viên Sở Du lịch; số điện thoại: 0900 000 000.", "aside"),
        ("- Thành phần mời dự: Sở Du lịch, Sở Tài chính.", "attribute"),
    ],
)
def test_topics_contacts_and_guests(item: str, judged: str) -> None:
    assert judge("I. NHIỆM VỤ", "1. Kiểm tra bến thủy", item)[-1] == judged
