"""Printed lines become rows, columns and paragraphs in reading order."""

from __future__ import annotations

import pytest
from printed_pages import (
    FULL,
    INDENT,
    LEFT,
    NEXT,
    PITCH,
    body,
    centered,
    full_line,
    letterhead,
    line_at,
    page_of,
    texts,
    words_at,
)

from extract.readers.layout.blocks import build_blocks
from extract.readers.layout.page import Page, Word
from extract.readers.layout.rows import build_line, build_lines, build_rows, split_row
from extract.readers.layout.tokens import joint

# Rows


def test_words_of_one_height_are_a_row_and_a_wide_gap_parts_it() -> None:
    words = [*words_at(85, 100, "Nơi nhận:"), *words_at(380, 101, "GIÁM ĐỐC")]
    (row,) = build_rows(build_lines(words))
    assert [line.text for line in split_row(row)] == ["Nơi nhận:", "GIÁM ĐỐC"]


def test_a_marker_stays_with_its_item_across_a_tab() -> None:
    (row,) = build_rows([build_line([*words_at(113, 100, "1."), *words_at(160, 100, "Mục đích")])])
    assert [line.text for line in split_row(row)] == ["1. Mục đích"]


def test_letters_drawn_apart_in_another_font_go_back_into_their_words() -> None:
    tri = Word("tri", (100, 50, 118, 64))
    n_khai = [Word("n", (126, 50, 132, 64)), Word("khai", (136, 50, 160, 64))]
    letter = Word("ể", (118, 50, 126, 64))
    (row,) = build_rows(build_lines([tri, *n_khai, letter]))
    assert [word.text for word in row.words] == ["triển", "khai"]


def test_neighbouring_words_stay_apart_however_narrow_the_blank() -> None:
    (row,) = build_rows([build_line([Word("các", (100, 50, 118, 64)), Word("xã", (118.2, 50, 130, 64))])])
    assert [word.text for word in row.words] == ["các", "xã"]


def test_a_year_in_two_pieces_is_one_word() -> None:
    (row,) = build_rows([build_line([Word("202", (100, 50, 118, 64)), Word("6", (118, 50, 124, 64))])])
    assert [word.text for word in row.words] == ["2026"]


def test_a_number_stamped_between_goes_into_its_place() -> None:
    lines = [line_at(85, 100, "Số:"), line_at(140, 100, "/KH-UBND"), line_at(110, 103, "57", size=12)]
    assert texts(page_of(*lines, *body(200, 4)))[0] == "Số: 57 /KH-UBND"


# Columns


def test_a_letterhead_is_read_column_by_column_each_line_for_itself() -> None:
    subject = [line_at(90, 108, "V/v triển khai công tác"), line_at(90, 122, "tiêm chủng năm 2025")]
    found = texts(
        page_of(*letterhead(), *subject, centered(170, "Kính gửi: Các trạm y tế xã, phường"), *body(200, 4))
    )
    assert found[:8] == [
        "UBND TỈNH HÀ GIANG",
        "SỞ Y TẾ",
        "Số: 57/SYT-KHTC",
        "V/v triển khai công tác tiêm chủng năm 2025",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Giang, ngày 12 tháng 3 năm 2025",
        "Kính gửi: Các trạm y tế xã, phường",
    ]


def test_the_kind_of_document_ends_the_letterhead_also_at_the_margin() -> None:
    title = [line_at(85, 112, "KẾ HOẠCH", bold=True), line_at(85, 128, "Tiêm chủng năm 2025", bold=True)]
    found = texts(page_of(*letterhead(), *title, *body(160, 4)))
    assert found[5:8] == ["Hà Giang, ngày 12 tháng 3 năm 2025", "KẾ HOẠCH", "Tiêm chủng năm 2025"]


def test_columns_whose_lines_stand_at_different_heights_do_not_mix() -> None:
    left = [
        line_at(100, 50 + 15 * n, text)
        for n, text in enumerate(("HỘI ĐỒNG NHÂN DÂN", "TỈNH HÀ GIANG", "BAN GIÁM SÁT"))
    ]
    right = [
        line_at(300, 57 + 15 * n, text)
        for n, text in enumerate(("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"))
    ]
    found = texts(
        page_of(
            *left,
            *right,
            centered(130, "THÔNG BÁO KẾT QUẢ GIÁM SÁT CÔNG TÁC PHÒNG BỆNH", bold=True),
            *body(160, 5),
        )
    )
    assert found[:5] == [
        "HỘI ĐỒNG NHÂN DÂN", "TỈNH HÀ GIANG", "BAN GIÁM SÁT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
    ]  # fmt: skip


def test_a_date_that_runs_over_its_column_stays_whole() -> None:
    lines = [*letterhead()[:5], line_at(300, 90, "Thành phố Minh Họa, ngày 18 tháng 11 năm")]
    middle = (lines[-1].box[0] + lines[-1].box[2]) / 2
    year = line_at(middle - 12, 106, "2025")
    title = centered(122, "KẾ HOẠCH TRIỂN KHAI CÔNG TÁC Y TẾ CƠ SỞ TRÊN ĐỊA BÀN NĂM 2026", bold=True)
    found = texts(page_of(*lines, year, title, *body(160, 5)))
    assert "Thành phố Minh Họa, ngày 18 tháng 11 năm 2025" in found


def test_addressees_come_before_the_signature_beside_them() -> None:
    closing = [
        line_at(90, 400, "Nơi nhận:", bold=True), line_at(380, 400, "GIÁM ĐỐC", bold=True),
        line_at(90, 415, "- Như trên;", size=11), line_at(90, 428, "- Lưu: VT.", size=11),
        line_at(370, 480, "Trần Văn Mẫu", bold=True),
    ]  # fmt: skip
    found = texts(page_of(*body(200, 5), *closing))
    assert found[1:] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "GIÁM ĐỐC", "Trần Văn Mẫu"]


def test_two_columns_of_text_are_read_one_after_the_other() -> None:
    lines = []
    for n in range(6):
        lines += [
            line_at(60, 100 + PITCH * n, f"trái {n} nội dung bên này"),
            line_at(320, 100 + PITCH * n, f"phải {n} nội dung bên kia"),
        ]
    joined = " ".join(texts(page_of(*lines)))
    assert joined.index("trái 5") < joined.index("phải 0")


def test_one_wide_gap_in_running_text_is_no_column() -> None:
    wide = build_line([*words_at(INDENT, 100, "Điện thoại:"), *words_at(330, 100, "Fax:")])
    assert texts(page_of(wide, *body(116, 5)))[0] == "Điện thoại: Fax:"


# Paragraphs


def test_full_lines_go_on_and_an_indent_opens_a_paragraph() -> None:
    found = texts(page_of(*body(100, 4), *body(164, 3)))
    assert found == [f"{FULL} {NEXT} {NEXT} của cơ quan.", f"{FULL} {NEXT} của cơ quan."]


def test_paragraphs_of_one_line_each_stay_apart() -> None:
    lines = [
        line_at(INDENT, 300 + PITCH * n, text)
        for n, text in enumerate(("1. Mục đích", "a) Nâng cao chất lượng.", "- Các trạm y tế xã."))
    ]
    assert texts(page_of(*body(100, 4), *lines))[1:] == [
        "1. Mục đích",
        "a) Nâng cao chất lượng.",
        "- Các trạm y tế xã.",
    ]


def test_a_dash_at_the_start_of_a_flush_line_goes_on() -> None:
    lines = [
        full_line(INDENT, 100, FULL),
        full_line(
            LEFT, 116, "- xã hội và các đơn vị có liên quan thực hiện theo đúng tiến độ đã đề ra trong năm"
        ),
        line_at(LEFT, 132, "của tỉnh."),
    ]
    found = texts(page_of(*lines, *body(200, 4)))
    assert found[0].endswith(
        "- xã hội và các đơn vị có liên quan thực hiện theo đúng tiến độ đã đề ra trong năm của tỉnh."
    )


def test_a_paragraph_goes_on_over_the_page_and_the_page_number_goes() -> None:
    first = page_of(*body(100, 4), full_line(INDENT, 700, FULL))
    second = page_of(
        centered(40, "2"), full_line(LEFT, 75, NEXT), line_at(LEFT, 91, "của tỉnh."), *body(107, 3), number=2
    )
    found = texts(first, second)
    assert found[1] == f"{FULL} {NEXT} của tỉnh."
    assert "2" not in found


def test_places_name_page_and_box_of_every_line() -> None:
    first = page_of(*body(100, 4), full_line(INDENT, 700, FULL))
    second = page_of(full_line(LEFT, 75, NEXT), line_at(LEFT, 91, "của tỉnh."), *body(107, 3), number=2)
    block = build_blocks([first, second])[1]
    assert [place.page for place in block.places] == [1, 2, 2]
    assert [block.text[place.start :][:4] for place in block.places] == [FULL[:4], NEXT[:4], "của "]
    assert block.places[0].bbox == (113.0, 700.0, 540.0, 714.0)


def test_confidence_of_recognised_words_comes_with_the_place() -> None:
    words = words_at(INDENT, 100, "Kế hoạch", confidence=0.8) + words_at(200, 100, "y tế", confidence=0.4)
    block = build_blocks([Page(1, 595, 842, [build_line(words)], recognised=True)])[0]
    assert block.places[0].confidence == pytest.approx(0.6)


def test_a_centred_title_in_ordinary_letters_is_one_paragraph() -> None:
    lines = [
        centered(60, "KẾ HOẠCH", bold=True),
        centered(76, "Phòng chống dịch bệnh mùa hè trên địa bàn", bold=True),
        centered(92, "huyện Minh Họa năm 2025", bold=True),
        centered(108, "(Kèm theo Quyết định số 12/QĐ-UBND)"),
    ]
    blocks = build_blocks([page_of(*lines, *body(140, 5))])
    assert [block.text for block in blocks[:3]] == [
        "KẾ HOẠCH",
        "Phòng chống dịch bệnh mùa hè trên địa bàn huyện Minh Họa năm 2025",
        "(Kèm theo Quyết định số 12/QĐ-UBND)",
    ]
    assert [block.bold for block in blocks[:3]] == [True, True, False]


def test_an_annex_heading_stands_for_itself() -> None:
    lines = [
        centered(60, "PHỤ LỤC I", bold=True),
        centered(76, "DANH SÁCH CÁC TRẠM Y TẾ THAM GIA", bold=True),
    ]
    assert texts(page_of(*lines, *body(140, 5)))[:2] == ["PHỤ LỤC I", "DANH SÁCH CÁC TRẠM Y TẾ THAM GIA"]


def test_a_last_line_of_the_word_for_a_chapter_goes_on() -> None:
    lines = [full_line(INDENT, 100, FULL), line_at(LEFT, 116, "Chương trình.")]
    assert texts(page_of(*lines, *body(132, 4)))[0] == f"{FULL} Chương trình."


@pytest.mark.parametrize(
    ("before", "after", "tight", "between"),
    [
        ("30/6/202", "5", True, ""),
        ("Năm 202", "5", True, ""),
        ("Năm 202", "5", False, " "),
        ("202", "5", True, ""),
        ("1.360.6", "68 đồng", True, ""),
        ("ST", "T", True, ""),
        ("Trườn", "g", True, ""),
        ("Sở", "Y tế", True, " "),
        ("Quý I", "năm 2025", True, " "),
        ("số 2839/QĐ-", "BNNMT", False, ""),
        ("Sở Giáo dục -", "Đào tạo", False, " "),
        ("năm 2025", "5 lớp", False, " "),
    ],
)
def test_lines_are_put_together_with_a_blank_unless_a_token_was_cut(
    before: str, after: str, tight: bool, between: str
) -> None:
    assert joint(before, after, tight) == between
