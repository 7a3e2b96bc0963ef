"""Which line break ends a paragraph and which one only wraps it."""

from __future__ import annotations

import pytest

from extract.spans import Block, Source
from extract.structure.clean import clean


def paragraphs(*lines: str) -> list[str]:
    """Give the paragraphs of raw lines."""
    canonical = clean(Source("text/plain", (Block("lines", "\n".join(lines)),)))
    return [canonical.text[p.start : p.end] for p in canonical.paragraphs]


BLANK_SEPARATED = (
    "Các trường học vùng cao rà soát danh sách học sinh bán trú,",
    "báo cáo nhu cầu gạo của học kỳ tới.",
    "",
    "Phòng chuyên môn kiểm tra hồ sơ và bếp ăn của",
    "từng điểm trường.",
    "",
)


def test_blank_lines_part_paragraphs_and_single_breaks_only_wrap() -> None:
    assert paragraphs(*BLANK_SEPARATED) == [
        "Các trường học vùng cao rà soát danh sách học sinh bán trú, báo cáo nhu cầu gạo của học kỳ tới.",
        "Phòng chuyên môn kiểm tra hồ sơ và bếp ăn của từng điểm trường.",
    ]


def test_without_blank_lines_a_short_line_that_ends_a_sentence_ends_the_paragraph() -> None:
    assert paragraphs(
        "Lực lượng kiểm lâm địa bàn tuần tra các khoảnh rừng giáp ranh với tỉnh bạn và",
        "lập biên bản khi phát hiện vết chặt mới.",
        "Hạt Kiểm lâm tổng hợp số liệu tuần tra từng tháng, gửi về phòng chuyên môn để",
        "theo dõi.",
    ) == [
        "Lực lượng kiểm lâm địa bàn tuần tra các khoảnh rừng giáp ranh với tỉnh bạn và "
        "lập biên bản khi phát hiện vết chặt mới.",
        "Hạt Kiểm lâm tổng hợp số liệu tuần tra từng tháng, gửi về phòng chuyên môn để theo dõi.",
    ]


def test_a_sentence_that_ends_at_the_full_width_does_not_end_the_paragraph() -> None:
    assert paragraphs(
        "Bến xe phía Nam được nâng cấp nhà chờ và lối đi cho người khuyết tật quý tới.",
        "Đơn vị quản lý bến niêm yết giá vé tại cửa và trên trang của bến để hành khách",
        "biết.",
    ) == [
        "Bến xe phía Nam được nâng cấp nhà chờ và lối đi cho người khuyết tật quý tới. "
        "Đơn vị quản lý bến niêm yết giá vé tại cửa và trên trang của bến để hành khách biết."
    ]


def test_long_unwrapped_lines_are_one_paragraph_each() -> None:
    first = "Ngành văn hóa kiểm kê lễ hội truyền thống của từng làng, " * 4 + "lập hồ sơ đề nghị ghi danh"
    second = "Bảo tàng số hóa hiện vật gốm và sắc phong, mở phòng trưng bày trực tuyến, " * 3 + "đón khách"
    assert paragraphs(first, second) == [first, second]


@pytest.mark.parametrize("code", ["25/4/2024 của Sở Công Thương", "31/12/2025 về xúc tiến thương mại"])
def test_a_wrapped_date_at_a_line_start_is_no_marker(code: str) -> None:
    lines = ("- Triển khai Kế hoạch phát triển cụm công nghiệp ban hành ngày", code, "", "- Báo cáo.", "")
    assert paragraphs(*lines) == [f"{lines[0]} {code}", "- Báo cáo."]


def test_a_wrapped_document_number_at_a_line_start_goes_on_with_the_sentence() -> None:
    assert paragraphs(
        "Các xã tiếp tục thực hiện nội dung đã giao tại Công văn số",
        "152/UBND-NN về phòng chống cháy rừng mùa khô.",
        "",
        "Hạt Kiểm lâm trực 24/24.",
        "",
    ) == [
        "Các xã tiếp tục thực hiện nội dung đã giao tại Công văn số "
        "152/UBND-NN về phòng chống cháy rừng mùa khô.",
        "Hạt Kiểm lâm trực 24/24.",
    ]


def test_a_number_that_its_sequence_does_not_expect_is_no_marker() -> None:
    assert paragraphs(
        "1. Tu bổ đình làng và nhà thờ họ trong khu phố cổ, hoàn thành trong tháng",
        "9. Kinh phí do Nhân dân đóng góp.",
        "2. Mở lớp truyền dạy hát bội.",
        "",
    ) == [
        "1. Tu bổ đình làng và nhà thờ họ trong khu phố cổ, hoàn thành trong tháng "
        "9. Kinh phí do Nhân dân đóng góp.",
        "2. Mở lớp truyền dạy hát bội.",
    ]


def test_a_number_that_its_sequence_expects_opens_a_paragraph() -> None:
    lines = ("1. Rà soát quy hoạch mỏ đá", "2. Đóng cửa mỏ hết phép", "3. Truy thu phí môi trường")
    assert paragraphs(*lines) == list(lines)


def test_a_sentence_cut_by_a_page_break_is_joined() -> None:
    assert paragraphs(
        "Trung tâm Dịch vụ việc làm tổ chức các phiên giao dịch lưu động tại những xã",
        "",
        "",
        "có đông lao động trở về và lập danh sách người cần học nghề.",
        "",
        "Kết quả gửi về Sở.",
    ) == [
        "Trung tâm Dịch vụ việc làm tổ chức các phiên giao dịch lưu động tại những xã "
        "có đông lao động trở về và lập danh sách người cần học nghề.",
        "Kết quả gửi về Sở.",
    ]


def test_a_sentence_that_has_ended_is_not_joined_over_a_gap() -> None:
    lines = ("Trung tâm mở phiên giao dịch việc làm tại xã vùng cao.", "", "người lao động đăng ký trước.")
    assert paragraphs(*lines) == [lines[0], lines[2]]


def test_a_dash_inside_a_wrapped_sentence_is_no_bullet() -> None:
    assert paragraphs(
        "Đường nối từ trung tâm huyện đến khu du lịch hồ Ba Bể thuộc tuyến Chợ Mới -",
        "Bắc Kạn được giao cho ban quản lý dự án.",
        "",
        "Hết năm sẽ thông xe.",
        "",
    ) == [
        "Đường nối từ trung tâm huyện đến khu du lịch hồ Ba Bể thuộc tuyến Chợ Mới - "
        "Bắc Kạn được giao cho ban quản lý dự án.",
        "Hết năm sẽ thông xe.",
    ]


def test_bullets_open_paragraphs_without_blank_lines() -> None:
    lines = ("- Kê khai đàn trâu bò;", "- Tiêm vắc xin lở mồm long móng;", "+ Đợt đầu vào mùa xuân;")
    assert paragraphs(*lines) == list(lines)


@pytest.mark.parametrize(
    "starter",
    [
        "Kính gửi: Các phòng chuyên môn",
        "Căn cứ Luật Khoáng sản;",
        "Nơi nhận:",
        "Số: 15/KH-SCT",
        "TM. ỦY BAN NHÂN DÂN",
    ],
)
def test_words_of_the_fixed_places_open_a_paragraph(starter: str) -> None:
    assert paragraphs("Nội dung đã thống nhất với các đơn vị trực thuộc", starter) == [
        "Nội dung đã thống nhất với các đơn vị trực thuộc",
        starter,
    ]


def test_lines_of_a_letterhead_stay_apart() -> None:
    lines = ("SỞ GIAO THÔNG VẬN TẢI", "Phòng Quản lý vận tải", "", "Biên bản kiểm tra bến", "")
    assert paragraphs(*lines)[:2] == ["SỞ GIAO THÔNG VẬN TẢI", "Phòng Quản lý vận tải"]


def test_markup_is_taken_out_and_bold_is_noted() -> None:
    text = "**1. Sở Nội vụ**\n\nXem [quy chế](http://vi.du/quy-che) đính kèm."
    canonical = clean(Source("text/markdown", (Block("lines", text),)))
    assert canonical.text == "1. Sở Nội vụ\nXem quy chế đính kèm."
    assert [p.bold for p in canonical.paragraphs] == [True, False]


def test_offsets_lead_back_to_the_raw_text() -> None:
    raw = "**1.  Lập bản đồ**\nđiểm sạt lở\n\n- Cắm   biển báo"
    canonical = clean(Source("text/plain", (Block("lines", raw),)))
    for word in ("Lập", "điểm", "lở", "Cắm", "biển"):
        assert raw[canonical.offsets.source(canonical.text.index(word)) :].startswith(word)


@pytest.mark.parametrize("raw", ["", "\n\n", " \t \n \n", "------\n=====\n"])
def test_nothing_and_rules_give_no_paragraph(raw: str) -> None:
    assert paragraphs(raw) == []
