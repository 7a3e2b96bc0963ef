"""Who a section charges: by the names in its heading, by a duty, or by the lead-in above its items."""

from __future__ import annotations

import pytest

from extract.mentions.organs import split_units
from extract.mentions.responsible import find_lead_in
from extract.mentions.unit_lists import names_units
from extract.pipeline import extract_source
from extract.records.section_units import heading_units

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


def units_of(*paragraphs: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Give lead and support of each task of a plan with the given paragraphs."""
    tasks = extract_source("plan.txt", "\n\n".join([*LETTERHEAD, *paragraphs]).encode()).tasks
    return [(task.lead, task.support) for task in tasks]


def test_a_lead_in_charges_all_items_below_it() -> None:
    units = units_of(
        "Để chuẩn bị mùa lễ hội, UBND tỉnh yêu cầu Sở Du lịch, UBND "
        "thị xã Sa Pa thực hiện một số nội dung sau:",
        "1. Kiểm tra giá phòng nghỉ.",
        "2. Công khai đường dây nóng.",
    )
    assert units == [(("Sở Du lịch", "UBND thị xã Sa Pa"), ())] * 2


def test_a_lead_in_that_issues_a_plan_charges_nobody() -> None:
    words = "Ủy ban nhân dân tỉnh ban hành Kế hoạch bảo tồn nghề dệt với các nội dung như sau:"
    assert find_lead_in(words, 0, len(words)) == []


@pytest.mark.parametrize(
    "words",
    [
        "Trường Mầm non Hoa Sen xây dựng kế hoạch hoạt động năm 2027 như sau:",
        "Trạm Y tế xã Tân Phú báo cáo kết quả hoạt động quý I với các nội dung chính sau:",
        "Sau khi nghe ý kiến của các sở, ngành, Chủ tịch UBND tỉnh kết luận các nội dung như sau:",
        "Sau buổi làm việc với các hợp tác xã, đồng chí Trưởng đoàn kết luận như sau:",
        "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 15/TTr-SNV về nội dung sau:",
        "Để có nước tưới, giao đất bãi cho hộ trồng dâu theo các nội dung sau:",
    ],
)
def test_a_lead_in_that_announces_charges_nobody(words: str) -> None:
    assert find_lead_in(words, 0, len(words)) == []


def test_a_lead_in_of_plans_to_be_made_still_charges() -> None:
    words = "Yêu cầu các xã ven biển xây dựng kế hoạch trồng phi lao với các nội dung sau:"
    assert [words[u.start : u.end] for u in find_lead_in(words, 0, len(words))] == ["các xã ven biển"]


def test_the_article_that_enacts_charges_no_section_of_the_plan() -> None:
    units = units_of(
        "Điều 2. Giám đốc Sở Du lịch, Thủ trưởng các sở, ngành chịu trách nhiệm thi hành Quyết định này.",
        "III. NHIỆM VỤ",
        "1. Khôi phục giống bông bản địa tại ba xã.",
    )
    assert units == [((), ())]


def test_an_organ_s_heading_gives_the_lead_of_the_items_under_it() -> None:
    units = units_of(
        "V. TỔ CHỨC THỰC HIỆN",
        "1. Sở Văn hóa, Thể thao và Du lịch",
        "- Kiểm kê hoa văn.",
        "- Mở triển lãm.",
        "2. Sở Tài chính",
        "- Bố trí vốn sự nghiệp.",
    )
    assert units == [(("Sở Văn hóa, Thể thao và Du lịch",), ())] * 2 + [(("Sở Tài chính",), ())]


def test_a_heading_of_two_organs_charges_both() -> None:
    units = units_of("V. TỔ CHỨC THỰC HIỆN", "1. Sở Tư pháp, Sở Nội vụ", "- Tập huấn hòa giải viên ở cơ sở.")
    assert units == [(("Sở Tư pháp", "Sở Nội vụ"), ())]


def test_items_under_a_joint_heading_begin_with_their_supporters() -> None:
    units = units_of(
        "V. TỔ CHỨC THỰC HIỆN",
        "1. Sở Xây dựng",
        "a) Chủ trì, phối hợp với:",
        "- Sở Tài chính lập dự toán sửa cầu treo.",
    )
    assert units == [(("Sở Xây dựng",), ("Sở Tài chính",))]


@pytest.mark.parametrize(
    ("title", "units"),
    [
        ("Sở Ngoại vụ", ["Sở Ngoại vụ"]),
        ("Đề nghị Tỉnh đoàn", ["Tỉnh đoàn"]),
        ("Sở Nội vụ (cơ quan thường trực)", ["Sở Nội vụ"]),
        ("Các sở, ban, ngành có trách nhiệm:", ["Các sở, ban, ngành"]),
        ("Các nhiệm vụ chung", []),
        ("Đào tạo nghề cho lao động nông thôn", []),
        ("Tổ chức thực hiện", []),
    ],
)
def test_a_heading_of_units_is_told_from_one_of_a_subject(title: str, units: list[str]) -> None:
    assert [title[u.start : u.end] for u in heading_units(title, 0, len(title))] == units
    assert names_units(title) is bool(units)


@pytest.mark.parametrize(
    ("title", "units"),
    [
        ("Trách nhiệm của Chi cục Kiểm lâm", ["Chi cục Kiểm lâm"]),
        ("TRÁCH NHIỆM CỦA CÁC XÃ, PHƯỜNG", ["CÁC XÃ, PHƯỜNG"]),
        ("Trách nhiệm của người nuôi tôm trên cát", ["người nuôi tôm trên cát"]),
        ("Nhiệm vụ, quyền hạn của Hội đồng thẩm định:", ["Hội đồng thẩm định"]),
        ("Trách nhiệm thực hiện", []),
        ("Trách nhiệm giám sát chất lượng giống", []),
        ("Các cơ quan tham mưu (gồm: Sở Nội vụ, Sở Tư pháp):", ["Sở Nội vụ", "Sở Tư pháp"]),
        ("Các đơn vị cấp nước (sau đây gọi là đơn vị):", ["Các đơn vị cấp nước"]),
        ("Công an tỉnh (Phòng Cảnh sát giao thông, Phòng Hậu cần)", ["Công an tỉnh"]),
        ("Sở Xây dựng chủ trì, phối hợp với UBND cấp xã:", ["Sở Xây dựng"]),
        ("Để giữ rừng mùa khô, các chủ rừng triển khai thực hiện các nội dung sau:", ["các chủ rừng"]),
        ("Bộ hồ sơ gồm:", []),
        ("Đ/c Hoàng Thị Lụa - Hiệu trưởng", ["Hoàng Thị Lụa"]),
        ("Ông Lò Văn Pản, Trưởng bản:", ["Lò Văn Pản"]),
        ("Trịnh Công Hậu - Bác sĩ - Trưởng khoa", ["Trịnh Công Hậu"]),
        ("Phó Trưởng Ban Thường trực", ["Phó Trưởng Ban Thường trực"]),
        ("Đồng chí Chánh Văn phòng", ["Chánh Văn phòng"]),
        ("Giáo viên chủ nhiệm các lớp", ["Giáo viên chủ nhiệm các lớp"]),
        ("Khoa Hồi sức cấp cứu", ["Khoa Hồi sức cấp cứu"]),
        ("Tổ Văn phòng, Tổ Ngoại ngữ", ["Tổ Văn phòng", "Tổ Ngoại ngữ"]),
        ("Ban đại diện cha mẹ học sinh", ["Ban đại diện cha mẹ học sinh"]),
        ("Lê Lợi - Trần Phú", []),
        ("Giáo viên dạy giỏi cấp trường", []),
        ("Khoa học và công nghệ", []),
        ("Tổ chức bộ máy", []),
        ("Bảo vệ môi trường", []),
        ("Người nuôi lợn bị xử phạt trong các trường hợp sau:", []),
        ("Sở Công Thương được hỗ trợ các nội dung sau:", []),
        ("Quỹ Khuyến học hoạt động theo các nguyên tắc sau đây:", ["Quỹ Khuyến học"]),
    ],
)
def test_a_heading_charges_units_by_their_duty(title: str, units: list[str]) -> None:
    assert [title[u.start : u.end] for u in heading_units(title, 0, len(title))] == units


def test_of_several_units_in_a_heading_the_item_names_its_own() -> None:
    units = units_of(
        "V. TỔ CHỨC THỰC HIỆN",
        "1. Sở Nội vụ, Sở Tài chính, Sở Tư pháp",
        "- Sở Tài chính: Bố trí vốn sửa trường nghề.",
        "- Tuyển giáo viên dạy dệt.",
    )
    assert units == [(("Sở Tài chính",), ()), (("Sở Nội vụ", "Sở Tài chính", "Sở Tư pháp"), ())]


def test_a_heading_may_name_who_supports_all_its_items() -> None:
    units = units_of(
        "V. TỔ CHỨC THỰC HIỆN",
        "1. Sở Du lịch chủ trì, phối hợp với Bảo tàng tỉnh:",
        "- Mở phòng trưng bày thổ cẩm.",
        "- Phối hợp với Sở Công Thương dựng gian hàng.",
    )
    assert units == [(("Sở Du lịch",), ("Bảo tàng tỉnh",)), (("Sở Du lịch",), ("Sở Công Thương",))]


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("Sở Tài chính - Cơ quan thường trực Ban Chỉ đạo", ["Sở Tài chính"]),
        ("Trung tâm Y tế – đơn vị đầu mối; Công an xã", ["Trung tâm Y tế", "Công an xã"]),
        ("Phòng Kế hoạch - Tài chính", ["Phòng Kế hoạch - Tài chính"]),
        ("các cơ quan quản lý cấp trên", ["các cơ quan quản lý cấp trên"]),
        ("UBND cấp xã cấp giấy phép", ["UBND cấp xã"]),
    ],
)
def test_what_a_unit_is_besides_is_no_part_of_its_name(cell: str, units: list[str]) -> None:
    assert [cell[u.start : u.end] for u in split_units(cell)] == units


def test_a_heading_that_only_charges_names_the_units_of_its_items() -> None:
    title = "Giao thủ trưởng các sở, ngành; Chủ tịch Ủy ban nhân dân các xã, phường"
    assert [title[u.start : u.end] for u in heading_units(title, 0, len(title))] == [
        "thủ trưởng các sở, ngành",
        "Chủ tịch Ủy ban nhân dân các xã, phường",
    ]
    assert heading_units("Giao đất, giao rừng cho hộ nghèo", 0, 32) == []


def test_a_place_in_a_lead_in_behind_aims_does_all_items_below_it() -> None:
    units = units_of(
        "Để giữ nghề; mở thêm làng dệt, tỉnh Lào Cai cần tiếp tục tập trung thực hiện một số nội dung sau:",
        "1. Rà soát khung dệt cũ.",
        "2. Xây dựng điểm bán hàng.",
    )
    assert units == [(("tỉnh Lào Cai",), ())] * 2
