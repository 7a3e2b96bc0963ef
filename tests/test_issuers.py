"""Who issued a document and in which province, from letterheads and from articles."""

from __future__ import annotations

import pytest

from extract.pipeline import extract_source
from extract.schema import Document

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
TITLE = ("KẾ HOẠCH", "Chăm sóc cây xanh trong khuôn viên năm 2024")
TASK = "1. Trồng bổ sung cây bóng mát dọc lối đi."


def read(*paragraphs: str) -> Document:
    """Read the row of a text of paragraphs."""
    return extract_source("document.txt", "\n\n".join(paragraphs).encode()).document


def issued_by(*lines: str, place: str = "Ninh Bình", year: int = 2024, body: str = TASK) -> tuple[str, str]:
    """Give issuer and province code of a document with these lines above its number."""
    dated = f"{place}, ngày 4 tháng 3 năm {year}"
    document = read(*lines, *MOTTO, "Số: 21/KH", dated, *TITLE, body)
    return document.issuer, document.province_code


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (("UBND TỈNH NINH BÌNH", "SỞ Y TẾ"), "Sở Y tế Ninh Bình"),
        (("UBND TỈNH NINH BÌNH SỞ Y TẾ",), "Sở Y tế Ninh Bình"),
        (("ỦY BAN NHÂN DÂN", "TỈNH NINH BÌNH"), "UBND tỉnh Ninh Bình"),
        (("HỘI ĐỒNG NHÂN DÂN", "TỈNH NINH BÌNH"), "HĐND tỉnh Ninh Bình"),
        (("SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG"), "Sở Nông nghiệp và Môi trường Ninh Bình"),
        (("UBND TỈNH NINH BÌNH", "VĂN PHÒNG"), "Văn phòng UBND tỉnh Ninh Bình"),
        (("UBND HUYỆN KIM SƠN", "TRƯỜNG MẦM NON", "LAI THÀNH"), "Trường Mầm non Lai Thành"),
        (("UBND TỈNH NINH BÌNH", "BAN CHỈ ĐẠO", "VỀ TRÀNG AN"), "Ban Chỉ đạo về Tràng An"),
    ],
)
def test_the_last_unit_of_the_letterhead_has_issued(lines: tuple[str, ...], issuer: str) -> None:
    assert issued_by(*lines)[0] == issuer
    assert issued_by(*lines)[1] == "37"


def test_a_unit_below_a_complete_name_is_another() -> None:
    lines = ("TRUNG TÂM Y TẾ HUYỆN KIM SƠN", "PHÒNG KHÁM ĐA KHOA CỒN THOI")
    assert issued_by(*lines, place="Kim Sơn") == ("Phòng khám đa khoa Cồn Thoi", "37")


def test_a_name_in_capitals_is_written_as_the_text_writes_it() -> None:
    body = "1. Trường THPT Bán công số 2 Kim Sơn trồng cây bóng mát dọc lối đi."
    lines = ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "TRƯỜNG THPT BÁN CÔNG SỐ 2 KIM SƠN")
    assert issued_by(*lines, body=body)[0] == "Trường THPT Bán công số 2 Kim Sơn"


def test_marks_that_ocr_lost_in_capitals_come_from_the_text() -> None:
    body = "1. Trường Đại học Thủy sản Ninh Bình trồng cây bóng mát dọc lối đi."
    assert (
        issued_by("TRƯỜNG ĐẠI HỌC", "THUY SẢN NINH BINH", body=body)[0] == "Trường Đại học Thủy sản Ninh Bình"
    )


def test_noise_of_a_stamp_is_no_part_of_the_name() -> None:
    assert issued_by("UBND TỈNH NINH BÌNH", "SỞ Y TẾ", "HQ RESTAN GA")[0] == "Sở Y tế Ninh Bình"


@pytest.mark.parametrize(
    ("lines", "place", "year", "code"),
    [
        (("BỘ CÔNG THƯƠNG",), "Hà Nội", 2024, ""),
        (("BỘ CÔNG THƯƠNG", "CỤC HÓA CHẤT"), "Hà Nội", 2024, ""),
        (("BỘ CÔNG THƯƠNG", "TRƯỜNG ĐẠI HỌC SAO ĐỎ"), "Hải Dương", 2024, "30"),
        (("CỤC THUẾ", "THUẾ TỈNH NINH BÌNH"), "Ninh Bình", 2025, "37"),
        (("ỦY BAN NHÂN DÂN", "XÃ LAI THÀNH"), "Lai Thành", 2026, "37"),
        (("ỦY BAN NHÂN DÂN", "HUYỆN KIM SƠN"), "Phát Diệm", 2024, "37"),
        (("ỦY BAN NHÂN DÂN", "HUYỆN CHÂU THÀNH"), "Châu Thành", 2024, ""),
        (("TTYT KIM SƠN",), "Kim Sơn", 2018, "37"),
    ],
)
def test_the_province_of_an_issuer(lines: tuple[str, ...], place: str, year: int, code: str) -> None:
    assert issued_by(*lines, place=place, year=year)[1] == code


@pytest.mark.parametrize(
    ("number", "issuer"),
    [("1663/NQ-UBTVQH15", "Ủy ban Thường vụ Quốc hội"), ("21/2024/TT-BYT", "Bộ Y tế")],
)
def test_letters_of_the_number_tell_an_issuer_without_lines(number: str, issuer: str) -> None:
    document = read(*MOTTO, f"Số: {number}", "NGHỊ QUYẾT", "Về tổ chức ngày hội trồng cây", TASK)
    assert (document.number, document.issuer) == (number, issuer)


def test_columns_of_a_letterhead_in_one_line() -> None:
    head = (
        f"CHÍNH PHỦ------- Số: 16/2024/NĐ-CP | {MOTTO[0]}{MOTTO[1]}------ Hà Nội, ngày 5 tháng 2 năm 2024 |"
    )
    document = read(head, "NGHỊ ĐỊNH", "Về chợ nổi", "Căn cứ Luật Thương mại ngày 14 tháng 6 năm 2005;", TASK)
    assert (document.number, document.issuer, document.issued) == ("16/2024/NĐ-CP", "Chính phủ", "2024-02-05")


def test_the_date_of_a_basis_is_not_that_of_the_document() -> None:
    document = read(
        *("CHÍNH PHỦ", MOTTO[0], "Số: 16/2024/NĐ-CP", "NGHỊ ĐỊNH", "Về chợ nổi"),
        *("Căn cứ Luật Thương mại ngày 14 tháng 6 năm 2005;", TASK),
    )
    assert (document.issued, document.title) == ("", "NGHỊ ĐỊNH Về chợ nổi")


HEADLINES = [
    ("TTYT Kim Sơn: 300 người dân được khám mắt", "TTYT Kim Sơn", "37"),
    ("Bộ Y tế kiểm tra công tác tiêm chủng cho học sinh", "Bộ Y tế", ""),
    ("UBND tỉnh Ninh Bình họp về phòng chống đuối nước", "UBND tỉnh Ninh Bình", "37"),
    ("Huyện Kim Sơn: 300 người dân được khám mắt", "TTYT Kim Sơn", "37"),
    ("Khám mắt cho người dân vùng bãi ngang ven biển", "TTYT Kim Sơn", "37"),
    ("Khám mắt cho người cao tuổi tốn bao nhiêu tiền?", "", "37"),
]


@pytest.mark.parametrize(("headline", "issuer", "code"), HEADLINES)
def test_whose_work_an_article_reports(headline: str, issuer: str, code: str) -> None:
    story = (
        "Sáng 4/3, tại Nhà văn hóa huyện Kim Sơn, hơn 300 người đã được khám mắt miễn phí. TTYT Kim Sơn đã "
        "cử hai đoàn bác sĩ về các xã bãi ngang theo chương trình của Bộ Y tế."
    )
    page = (
        f"<html><head><title>{headline}</title></head><body><h1>{headline}</h1><p>{story}</p></body></html>"
    )
    document = extract_source("page.html", page.encode()).document
    assert (document.kind, document.issuer, document.province_code) == ("news", issuer, code)


def test_the_first_organ_that_acts_and_not_the_first_named() -> None:
    story = (
        "Ngày 12/3, tại Ninh Bình, Cục Trẻ em (Bộ Lao động - Thương binh và Xã hội) tổ chức lớp tập huấn cho "
        "cán bộ các tỉnh ven biển. Đại diện Sở Y tế Ninh Bình tham dự."
    )
    page = f"<html><body><h1>Tập huấn về phòng, chống đuối nước cho trẻ em</h1><p>{story}</p></body></html>"
    document = extract_source("page.html", page.encode()).document
    assert (document.issuer, document.province_code) == ("Cục Trẻ em", "")


@pytest.mark.parametrize(
    ("printed", "number", "kind"),
    [("Số 118-KH/TU", "118-KH/TU", "plan"), ("Số 57 - NQ/TW", "57-NQ/TW", "other")],
)
def test_numbers_of_the_party(printed: str, number: str, kind: str) -> None:
    head = ("TỈNH ỦY NINH BÌNH", "ĐẢNG CỘNG SẢN VIỆT NAM", printed, "Ninh Bình, ngày 4 tháng 3 năm 2024")
    document = read(*head, "VỀ CHĂM SÓC CÂY XANH", TASK)
    assert (document.number, document.kind, document.issuer) == (number, kind, "Tỉnh ủy Ninh Bình")
