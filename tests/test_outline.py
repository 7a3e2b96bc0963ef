"""The tree of headings and items: nesting by sequence, zones, and what is no marker."""

from __future__ import annotations

import pytest

from extract.spans import Block, Source
from extract.structure.clean import clean
from extract.structure.markers import read_marker
from extract.structure.outline import Outline, build_outline
from tests.markup import Case, read_cases

CASES = read_cases("outline")
LINE_END = " ¶ "


def outline_of(*paragraphs: str) -> Outline:
    """Build the outline of a text that comes one paragraph a block."""
    return build_outline(clean(Source("text/plain", tuple(Block("paragraph", p) for p in paragraphs))))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.place)
def test_marked_outlines(case: Case) -> None:
    outline = outline_of(*case.text.split(LINE_END))
    found = [node for node in outline.nodes if node.marker is not None]
    printed = [outline.text[node.paragraph.start : node.paragraph.end] for node in found]
    assert printed == [case.text[mark.start : mark.end] for mark in case.marks]
    depths = [len(outline.path(node.index)) - 1 for node in found]
    assert depths == [int(mark.attributes["depth"]) for mark in case.marks]


@pytest.mark.parametrize(
    ("text", "style", "marker", "ordinal", "body"),
    [
        ("đ) Cắm mốc ranh giới", "letter", "đ", 5, "Cắm mốc ranh giới"),
        ("e) Bàn giao mốc", "letter", "e", 6, "Bàn giao mốc"),
        ("a- Chợ nổi", "letter", "a", 1, "Chợ nổi"),
        ("đ - Ổn định giá", "letter", "đ", 5, "Ổn định giá"),
        ("c/ Đối với các xã", "letter", "c", 3, "Đối với các xã"),
        ("A- Mục tiêu", "upper", "A", 1, "Mục tiêu"),
        ("3.1- Cung ứng giống", "dotted", "3.1", 1, "Cung ứng giống"),
        ("V/ AN NINH MẠNG", "roman", "V", 5, "AN NINH MẠNG"),
        ("IV. AN NINH MẠNG", "roman", "IV", 4, "AN NINH MẠNG"),
        ("1.10. Cổng dịch vụ", "dotted", "1.10", 10, "Cổng dịch vụ"),
        ("NGÀY 2: THỨ BẢY", "named", "NGÀY 2", 2, "THỨ BẢY"),
        ("Nhóm 3: Kích cầu", "named", "Nhóm 3", 3, "Kích cầu"),
        ("Điều 7. Thi hành", "article", "Điều 7", 7, "Thi hành"),
        ("(2) Tập huấn", "bracket", "(2)", 2, "Tập huấn"),
        ("(iii) Tập huấn", "bracket", "(iii)", 3, "Tập huấn"),
        ("3/ Sở Nội vụ", "decimal", "3", 3, "Sở Nội vụ"),
        ("5- Công tác đê", "decimal", "5", 5, "Công tác đê"),
        ("+ Đợt hai", "bullet", "+", 0, "Đợt hai"),
        ("– Đợt hai", "bullet", "–", 0, "Đợt hai"),
        ("Phần thứ hai: GIẢI PHÁP", "part", "Phần thứ hai", 2, "GIẢI PHÁP"),
        ("Phụ lục 02: Danh mục", "annex", "Phụ lục 02", 2, "Danh mục"),
        ("Nhiệm vụ 4. Mạng lưới chợ", "named", "Nhiệm vụ 4", 4, "Mạng lưới chợ"),
    ],
)
def test_a_marker_is_read_with_its_style_and_place(
    text: str, style: str, marker: str, ordinal: int, body: str
) -> None:
    read = read_marker(text, 0, len(text))
    assert read is not None
    assert (read.style, read.text, read.ordinal, text[read.body :]) == (style, marker, ordinal, body)


def test_a_subject_line_in_capitals_is_no_heading() -> None:
    assert read_marker("V/V PHÁT QUANG HÀNH LANG LƯỚI ĐIỆN", 0, 34) is None


def test_a_date_is_no_counted_day() -> None:
    assert read_marker("Ngày 20 - 25/8: Họp thôn", 0, 24) is None


@pytest.mark.parametrize(
    "items",
    [
        (("Phần I", 0), ("I. THỰC TRẠNG", 1), ("Phần II", 0), ("I. MỤC TIÊU", 1)),
        (("Chương I", 0), ("Điều 1. Phạm vi", 1), ("Chương II", 0)),
        (("II. VIỆC", 0), ("II.1. Cai nghiện", 1), ("1. Tại nhà", 2), ("II.2. Quản lý", 1)),
        (
            ("3. Phân công các phòng như sau:", 0),
            ("1. Phòng Kỹ thuật", 1),
            ("2. Phòng Kế toán", 1),
            ("4. Báo cáo", 0),
        ),
    ],
    ids=lambda items: items[0][0],
)
def test_headings_alone_on_their_line_and_lists_that_start_again(items: tuple[tuple[str, int], ...]) -> None:
    outline = outline_of(*(words for words, _ in items))
    marked = [node for node in outline.nodes if node.marker is not None]
    printed = [outline.text[node.paragraph.start : node.paragraph.end] for node in marked]
    depths = [len(outline.path(node.index)) - 1 for node in marked]
    assert list(zip(printed, depths, strict=True)) == list(items)


def zones_of(*paragraphs: str) -> list[str]:
    return list(outline_of(*paragraphs).zones)


def test_who_decides_stands_above_the_bases_of_a_short_decision() -> None:
    head = ("ỦY BAN NHÂN DÂN", "QUYẾT ĐỊNH", "Về việc kiện toàn tổ quản lý chợ", "ỦY BAN NHÂN DÂN TỈNH")
    body = (
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "QUYẾT ĐỊNH:",
        "Điều 1. Giao Sở Công Thương rà soát.",
    )
    zones = zones_of(*head, *body, "Nơi nhận:", "- Như Điều 1;", "TM. ỦY BAN NHÂN DÂN")
    assert zones[3:7] == ["body"] * 4
    assert zones[7:] == ["closing"] * 3


def test_addressees_whose_title_is_hidden_stand_behind_the_end() -> None:
    head = (
        "SỞ CÔNG THƯƠNG",
        "KẾ HOẠCH",
        "1. Kiểm tra các chợ đầu mối.",
        "Các đơn vị nghiêm túc thực hiện./.",
    )
    assert zones_of(*head, "Nơi HẬU co", "- UBND các xã;", "- Lưu: VT.")[4:] == ["closing"] * 3
    assert zones_of(*head, "- UBND các xã;", "- Lưu: VT.")[4:] == ["closing"] * 2
    assert zones_of(*head, "2. Kiểm tra các kho hàng.")[4:] == ["body"]


def test_addressees_of_a_short_dispatch_stand_late_in_its_text() -> None:
    head = ("SỞ CÔNG THƯƠNG", "V/v kiểm tra chợ đầu mối dịp cuối năm", "Lâm Đồng, ngày 05 tháng 12 năm 2026")
    zones = zones_of(
        *head,
        "Kính gửi:",
        "- UBND các xã;",
        "- Chi cục Quản lý thị trường.",
        "1. Kiểm tra các chợ đầu mối và kho hàng trên địa bàn, báo cáo Sở.",
    )
    assert zones[3:] == ["addressee", "addressee", "addressee", "body"]


def test_every_node_hangs_under_the_one_that_lists_it() -> None:
    outline = outline_of("I. MỘT", "1. Hai", "lời dẫn", "- ba", "- bốn", "II. NĂM", "a) sáu")
    for node in outline.nodes:
        for child in node.children:
            assert outline.nodes[child].parent == node.index
    assert sorted([*outline.roots, *(c for n in outline.nodes for c in n.children)]) == list(
        range(len(outline.nodes))
    )


def test_a_paragraph_without_marker_hangs_under_the_marker_before_it() -> None:
    outline = outline_of("1. Sở Công Thương", "Kiểm tra kho xăng dầu.", "2. Sở Nội vụ", "Xếp lại bộ máy.")
    assert [node.parent for node in outline.nodes] == [-1, 0, -1, 2]


def test_the_text_of_a_node_stands_behind_its_marker() -> None:
    outline = outline_of("a) Đo đạc bản đồ địa chính", "Tiếp")
    assert outline.body(outline.nodes[0]) == "Đo đạc bản đồ địa chính"


def test_a_marker_without_text_is_none_unless_it_names_a_section() -> None:
    outline = outline_of("II.", "Chợ đêm", "Nhóm 1", "Phụ lục")
    assert [node.marker is None for node in outline.nodes] == [True, True, False, False]


DOCUMENT = (
    "KẾ HOẠCH",
    "Kính gửi:",
    "- Sở Nội vụ;",
    "- Các hội nghề nghiệp.",
    "Tiếp theo hội nghị về nghề truyền thống, Sở đề nghị các đơn vị thực hiện những việc dưới đây.",
    "I. NHIỆM VỤ",
    "1. Dạy nghề dệt thổ cẩm cho phụ nữ vùng cao.",
    "2. Mở gian hàng ở bến xe khách phía Bắc của tỉnh.",
    "Nơi nhận:",
    "- Như trên;",
    "- Lưu: VT.",
    "TM. ỦY BAN NHÂN DÂN",
    "PHỤ LỤC: DANH MỤC",
    "1. Làng dệt số một",
    "2. Làng dệt số hai",
)


def test_addressees_and_closing_are_no_items() -> None:
    outline = outline_of(*DOCUMENT)
    bodies = [outline.body(node) for node in outline.nodes]
    assert not any("Như trên" in body or "Sở Nội vụ" in body or "Lưu" in body for body in bodies)
    zones = dict(zip(DOCUMENT, outline.zones, strict=True))
    assert zones["- Sở Nội vụ;"] == "addressee"
    assert zones["- Lưu: VT."] == "closing"
    assert zones["I. NHIỆM VỤ"] == "body"


def test_a_heading_right_behind_the_addressees_is_body() -> None:
    outline = outline_of(
        "CÔNG VĂN", "Kính gửi:", "- Sở Nội vụ;", "I. NHIỆM VỤ", *("1. Dạy nghề dệt thổ cẩm. " * 9,) * 3
    )
    assert outline.zones[3] == "body"


def test_an_annex_after_the_signature_is_read_again() -> None:
    outline = outline_of(*DOCUMENT)
    assert [n.zone for n in outline.nodes if outline.body(n).startswith("Làng dệt")] == ["annex", "annex"]


def test_the_page_around_an_article_is_debris() -> None:
    article = (
        "Ngành giao thông ra quân dẹp bến cóc",
        "Thanh tra giao thông kiểm tra các điểm đón trả khách trái phép. " * 3,
    )
    outline = outline_of(*article, "Share", "Các tin khác", "- Lễ hội hoa ban", "- Hội chợ cam")
    assert outline.zones == ["body", "body", "debris", "debris", "debris", "debris"]
    assert len(outline.nodes) == 2


def test_ten_thousand_levels_stay_a_tree() -> None:
    lines = [f"{'1.' * (n % 4)}{n % 90 + 1}. Mốc" for n in range(2_000)]
    outline = outline_of(*lines)
    assert all(node.parent < node.index for node in outline.nodes)
