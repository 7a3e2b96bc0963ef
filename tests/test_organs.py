"""Units in running text, in lists and in headings."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markup import Case, read_cases

from extract.mentions.organs import find_organs, is_unit_name, split_units

CASES = read_cases("organs")
MEGABYTE = 1_000_000
LIMIT_SECONDS = 10.0


def attributes_of(case: Case) -> list[dict[str, str]]:
    return [mark.attributes for mark in case.marks]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.place)
def test_marked_sentences(case: Case) -> None:
    days = {attributes["day"] for attributes in attributes_of(case) if "day" in attributes}
    assert len(days) <= 1, "one day a sentence"
    found = find_organs(case.text, days.pop() if days else None)
    spans = [(case.text[organ.start : organ.end], organ.start) for organ in found]
    assert spans == [(case.text[mark.start : mark.end], mark.start) for mark in case.marks]
    for organ, attributes in zip(found, attributes_of(case), strict=True):
        assert organ.unit_id == attributes["id"]
        assert organ.province_code == attributes.get("province", "")
        assert organ.unit_type == attributes.get("type", organ.unit_type)


def test_enough_sentences_and_false_positives() -> None:
    assert len(CASES) >= 80
    assert sum(not case.marks for case in CASES) >= 20


def test_a_known_unit_has_name_and_sort() -> None:
    (organ,) = find_organs("Sở GD&ĐT")
    assert (organ.unit, organ.unit_type) == ("Sở Giáo dục và Đào tạo", "department")


def test_a_name_may_run_over_a_line_break() -> None:
    text = "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN"
    (organ,) = find_organs(text, "2024")
    assert (organ.start, organ.end, organ.province_code) == (0, len(text), "40")
    assert organ.unit_id == "uy_ban_nhan_dan_tinh"


LISTS = [
    (
        "Sở Tài chính, Sở Tư pháp, Sở Thông tin và Truyền thông,",
        "Sở Tài chính|Sở Tư pháp|Sở Thông tin và Truyền thông",
    ),
    (
        "Văn phòng Ủy ban nhân dân thành phố, Sở, ban, ngành liên quan, Ủy ban nhân dân quận, huyện",
        "Văn phòng Ủy ban nhân dân thành phố|Sở, ban, ngành liên quan|Ủy ban nhân dân quận, huyện",
    ),
    (
        "Các sở, ban, ngành, đoàn thể Thành phố, Ủy ban nhân dân phường, xã, đặc khu",
        "Các sở, ban, ngành, đoàn thể Thành phố|Ủy ban nhân dân phường, xã, đặc khu",
    ),
    (
        "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội",
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh|các tổ chức chính trị - xã hội",
    ),
    ("Sở Y tế (đầu mối)", "Sở Y tế"),
    ("Sở Y tế (chủ trì, phối hợp Sở Tài chính); Sở Nội vụ", "Sở Y tế|Sở Nội vụ"),
    ("Sở Nội vụ; Sở Tài chính", "Sở Nội vụ|Sở Tài chính"),
    ("- Sở Tư pháp\n- Sở Y tế", "Sở Tư pháp|Sở Y tế"),
    ("1. Sở Tư pháp\n2. Sở Y tế", "Sở Tư pháp|Sở Y tế"),
    ("Sở Giáo dục và Đào tạo và Sở Y tế", "Sở Giáo dục và Đào tạo|Sở Y tế"),
    ("Sở Giáo dục và\nĐào tạo\nSở Y tế", "Sở Giáo dục và\nĐào tạo|Sở Y tế"),
    (
        "Liên đoàn Lao động, Hội Nông dân, Liên minh Hợp tác xã",
        "Liên đoàn Lao động|Hội Nông dân|Liên minh Hợp tác xã",
    ),
    ("Sở, ban, ngành, có liên quan, UBND quận, huyện", "Sở, ban, ngành, có liên quan|UBND quận, huyện"),
    ("Văn phòng, Thanh tra, Phòng Kế hoạch – Tài chính", "Văn phòng|Thanh tra|Phòng Kế hoạch – Tài chính"),
    ("Doanh nghiệp viễn thông, bưu chính", "Doanh nghiệp viễn thông, bưu chính"),
    ("các sở, ngành, trường đại học, cao đẳng", "các sở, ngành|trường đại học, cao đẳng"),
    ("các Bộ: Công Thương, Khoa học và Công nghệ và Y tế", "Công Thương|Khoa học và Công nghệ|Y tế"),
    ("BHXH, UBND quận, huyện", "BHXH|UBND quận, huyện"),
    ("Công an tỉnh / Bộ CHQS tỉnh", "Công an tỉnh|Bộ CHQS tỉnh"),
    ("VNPT, Viettel, MobiFone", "VNPT|Viettel|MobiFone"),
    ("các sở, ngành và địa phương", "các sở, ngành và địa phương"),
    (
        "trung tâm y tế cấp huyện, trạm y tế xã, phường, thị trấn",
        "trung tâm y tế cấp huyện|trạm y tế xã, phường, thị trấn",
    ),
    (
        "Giám đốc Sở, Thủ trưởng cơ quan, đơn vị, Chủ tịch Ủy ban nhân dân quận, huyện",
        "Giám đốc Sở|Thủ trưởng cơ quan, đơn vị|Chủ tịch Ủy ban nhân dân quận, huyện",
    ),
    (
        "các chủ đầu tư hạ tầng cụm công nghiệp, Ủy ban nhân dân các xã, phường và các đơn vị liên quan",
        "các chủ đầu tư hạ tầng cụm công nghiệp|Ủy ban nhân dân các xã, phường|các đơn vị liên quan",
    ),
    ("Sở Văn hóa, Thể thao và Du lịch; Báo Cần Thơ", "Sở Văn hóa, Thể thao và Du lịch|Báo Cần Thơ"),
    ("Giao Sở Y tế chủ trì", "Sở Y tế"),
    ("Giám đốc Sở Khoa học và Công nghệ, Trưởng ban", "Giám đốc Sở Khoa học và Công nghệ|Trưởng ban"),
    ("Ban Giám đốc Sở Nội vụ; Lãnh đạo Sở", "Ban Giám đốc Sở Nội vụ|Lãnh đạo Sở"),
    ("Sở Mỏ và Sở Đò", "Sở Mỏ|Sở Đò"),
    ("", ""),
    ("  - ; ,", ""),
]


@pytest.mark.parametrize(("text", "units"), LISTS, ids=[text[:40] for text, _ in LISTS])
def test_split_units(text: str, units: str) -> None:
    printed = [text[organ.start : organ.end] for organ in split_units(text)]
    assert printed == [unit for unit in units.split("|") if unit]


def test_split_units_counts_from_the_given_start() -> None:
    assert [(organ.start, organ.unit_id) for organ in split_units("- Sở Y tế", 100)] == [(102, "so_y_te")]


HEADINGS = """2. Sở Y tế
Các sở, ban, ngành cấp tỉnh
Ủy ban nhân dân xã, phường
Các doanh nghiệp viễn thông
Đề nghị Liên đoàn Lao động tỉnh
Thủ trưởng các sở, ban, ngành, đoàn thể Thành phố
Báo và Phát thanh, Truyền hình tỉnh và các cơ quan báo chí đóng trên địa bàn
Các chủ đầu tư xây dựng và kinh doanh hạ tầng Khu công nghiệp
Mặt trận Tổ quốc tỉnh và các tổ chức chính trị - xã hội
Chi cục Hải quan khu vực V
Các cơ sở đào tạo đại học, sau đại học
Phòng Kế hoạch - Tài chính
Đối với Ủy ban nhân dân cấp xã, các trường phổ thông
Sở Nội vụ (cơ quan thường trực)
SỞ TÀI CHÍNH:
Ủy ban nhân dân các xã, phường có cụm công nghiệp
Các Ban Quản lý dự án đầu tư xây dựng
Tòa án nhân dân tỉnh, Viện kiểm sát nhân dân tỉnh
Ngân hàng Nhà nước khu vực XII
Các Sở, ban, ngành khác
Công an tỉnh
Các đơn vị trực thuộc Sở""".splitlines()

OTHER_HEADINGS = """Tổ chức thực hiện
Hạ tầng số
Y tế
Công tác y tế
Nông nghiệp và Môi trường
Các hoạt động chính
Các ngành, lĩnh vực khác
Doanh nghiệp số
Tổ chức, bộ máy
Hợp tác quốc tế
Sở Y tế chủ trì
Sở Y tế là cơ quan thường trực
Sở Y tế báo cáo kết quả trước ngày 15
Thi đua khen thưởng
Tổ chức
Giáo dục phổ thông
Thanh tra, kiểm tra
Các nhiệm vụ, giải pháp
KINH PHÍ THỰC HIỆN
Các báo cáo
Phòng chống dịch
Ban hành văn bản
Hội nghị triển khai
Tuyên truyền, phổ biến
Phát triển hải quan số
Hỗ trợ doanh nghiệp
Các đơn vị tổ chức triển khai thực hiện
Năm 2025""".splitlines()


@pytest.mark.parametrize("heading", HEADINGS)
def test_headings_that_name_units(heading: str) -> None:
    assert is_unit_name(heading)


@pytest.mark.parametrize("heading", OTHER_HEADINGS)
def test_headings_that_name_no_unit(heading: str) -> None:
    assert not is_unit_name(heading)


def test_a_long_paragraph_is_no_unit_name() -> None:
    assert not is_unit_name("Sở Y tế, " * 100)


@given(st.text(alphabet="SởUBNDyếtéàảỷ,;/-–()\n .1İẤvàcácsởbanngành", max_size=60))
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    for organs in (find_organs(text), split_units(text)):
        ends = [0]
        for organ in organs:
            assert ends[-1] <= organ.start < organ.end <= len(text)
            ends.append(organ.end)


HOSTILE = [
    "Sở ",
    "các sở, ",
    "UBND xã, ",
    "Phòng A ",
    "và ",
    "Công ty - ",
    "(",
    "Bộ: Y tế, ",
    "a",
    ", ",
    "Tỉnh ",
    ".",
    "– ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_megabyte_on_one_line_takes_linear_time(piece: str) -> None:
    text = piece * (MEGABYTE // len(piece))
    start = time.process_time()
    find_organs(text)
    split_units(text[: MEGABYTE // 5])
    assert time.process_time() - start < LIMIT_SECONDS
