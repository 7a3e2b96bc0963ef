"""The document itself: what its fixed places say, its kind and period, and the gates for news."""

from __future__ import annotations

import pytest

from extract.pipeline import extract_source
from extract.schema import Document, Extraction

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
BODY = ("I. NHIỆM VỤ", "1. Sửa chữa cầu tàu và nhà chờ tại ba bến thủy nội địa.")
CLOSING = (
    "Nơi nhận:",
    "- Như trên;",
    "- Lưu: VT.",
    "TM. ỦY BAN NHÂN DÂN",
    "KT. CHỦ TỊCH",
    "PHÓ CHỦ TỊCH",
    "Hoàng Văn Thái",
)


def read(*paragraphs: str) -> Extraction:
    """Extract a text of paragraphs."""
    return extract_source("document.txt", "\n\n".join(paragraphs).encode())


def official(
    *title: str,
    organ: tuple[str, ...] = ("ỦY BAN NHÂN DÂN", "TỈNH HÒA BÌNH"),
    number: str = "Số: 118/KH-UBND",
    dated: str = "Hòa Bình, ngày 07 tháng 5 năm 2025",
    body: tuple[str, ...] = BODY,
) -> Document:
    """Read a document with a letterhead."""
    return read(*organ, *MOTTO, number, dated, *title, *body, *CLOSING).document


def test_all_of_a_letterhead_is_read() -> None:
    document = official("KẾ HOẠCH", "Phát triển vận tải thủy năm 2025")
    assert (document.kind, document.number, document.issued) == ("plan", "118/KH-UBND", "2025-05-07")
    assert (document.issuer, document.issuer_unit) == ("UBND tỉnh Hòa Bình", "Ủy ban nhân dân tỉnh")
    assert document.title == "KẾ HOẠCH Phát triển vận tải thủy năm 2025"
    assert (document.period, document.period_start, document.period_end) == (
        "2025",
        "2025-01-01",
        "2025-12-31",
    )
    assert document.signer == "Hoàng Văn Thái"


@pytest.mark.parametrize(
    ("title", "number", "kind"),
    [
        ("KẾ HOẠCH", "Số: 8/KH-UBND", "plan"),
        ("CHƯƠNG TRÌNH HÀNH ĐỘNG", "Số: 8/CTr-UBND", "plan"),
        ("ĐỀ ÁN", "Số: 8/ĐA-UBND", "plan"),
        ("QUYẾT ĐỊNH", "Số: 8/QĐ-UBND", "decision"),
        ("CHỈ THỊ", "Số: 8/CT-UBND", "directive"),
        ("BÁO CÁO", "Số: 8/BC-UBND", "report"),
        ("CÔNG ĐIỆN", "Số: 8/CĐ-UBND", "dispatch"),
        ("THÔNG BÁO", "Số: 8/TB-UBND", "other"),
        ("NGHỊ QUYẾT", "Số: 8/NQ-HĐND", "other"),
        ("V/v siết chặt quản lý bến khách ngang sông", "Số: 8/UBND-KT", "dispatch"),
    ],
)
def test_the_kind_is_told_by_title_and_number(title: str, number: str, kind: str) -> None:
    document = official(title, "Về công tác vận tải thủy", number=number)
    assert document.kind == kind
    assert document.number == number.removeprefix("Số: ")


@pytest.mark.parametrize(
    ("dated", "issued"),
    [
        ("Hòa Bình, ngày ÄT tháng 11 năm 2017", "2017-11"),
        ("Hòa Bình, ngày 1] tháng 5 năm 2025", "2025-05"),
        ("Hòa Bình, ngày 07 tháng 1] năm 2025", "2025"),
        ("Hòa Bình, ngày tháng năm 2025", "2025"),
    ],
)
def test_what_a_hand_wrote_into_the_date_is_not_guessed(dated: str, issued: str) -> None:
    assert official("KẾ HOẠCH", "Phát triển vận tải thủy", dated=dated).issued == issued


def test_an_annex_says_which_document_it_belongs_to() -> None:
    note = "(Ban hành kèm theo Kế hoạch số 64/KH-UBND ngày 18/3/2026 của Ủy ban nhân dân tỉnh Cao Bằng)"
    document = read("PHỤ LỤC II", "CHỈ TIÊU VẬN TẢI THỦY NĂM 2026", note, *BODY).document
    assert (document.kind, document.number, document.issued) == ("plan", "64/KH-UBND", "2026-03-18")
    assert (document.issuer, document.period) == ("UBND tỉnh Cao Bằng", "2026")


def test_an_annex_of_a_draft_says_nothing() -> None:
    document = read("PHỤ LỤC II", "(Kèm theo Kế hoạch số     /KH-UBND ngày     /3/2026)", *BODY).document
    assert (document.number, document.issued) == ("", "")


def test_the_letterhead_of_a_scan_is_known() -> None:
    document = read(
        *("ỦY BAN NHÂN DÂN", "TỈNH CAO BẰNG", "Só:21?A_ /KH-UBND", "_ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        *("Độc lập - Tự do - Hạnh phúc", "KẾ HOẠCH", "Phát triển vận tải thủy năm 2025", *BODY),
    ).document
    assert (document.kind, document.number, document.issuer) == ("plan", "", "UBND tỉnh Cao Bằng")


def test_a_decision_that_promulgates_a_plan_is_a_decision() -> None:
    document = official(
        "QUYẾT ĐỊNH", "Về việc ban hành Kế hoạch phát triển thủy lợi nhỏ năm 2025", number="Số: 45/QĐ-UBND"
    )
    assert (document.kind, document.period) == ("decision", "2025")


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        ("Số: 118 /KH-UBND", "118/KH-UBND"),
        ("Số: 118/KH - UBND", "118/KH-UBND"),
        ("Số:     /KH-UBND", ""),
        ("Số: …/KH-UBND", ""),
        ("Số: ....../KH-UBND", ""),
        ("Số: 07/2025/QĐ-UBND", "07/2025/QĐ-UBND"),
    ],
)
def test_a_blank_number_is_empty_and_blanks_in_a_number_go(number: str, printed: str) -> None:
    assert official("KẾ HOẠCH", "Nạo vét luồng lạch", number=number).number == printed


@pytest.mark.parametrize(
    ("dated", "issued"),
    [
        ("Hòa Bình, ngày 07 tháng 5 năm 2025", "2025-05-07"),
        ("Hòa Bình, ngày     tháng 5 năm 2025", "2025-05"),
        ("Hòa Bình, ngày ... tháng ... năm 2025", "2025"),
        ("Hòa Bình, ngày      tháng     năm 2025", "2025"),
    ],
)
def test_a_date_with_blanks_keeps_what_is_known(dated: str, issued: str) -> None:
    assert official("KẾ HOẠCH", "Nạo vét luồng lạch", dated=dated).issued == issued


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Phát triển cây quế giai đoạn 2026 - 2030", "2026/2030"),
        ("Phát triển cây quế năm 2026", "2026"),
        ("Phát triển cây quế giai đoạn 2026 - 2030, tầm nhìn đến năm 2045", "2026/2030"),
        ("Phát triển cây quế đến năm 2030", "2025/2030"),
        ("Phát triển cây quế quý III năm 2025", "2025-07/2025-09"),
        ("Triển khai Quyết định số 300/QĐ-TTg ngày 02/4/2020 về phát triển cây quế", ""),
        ("Phát triển cây quế", ""),
    ],
)
def test_the_period_is_that_of_the_title(title: str, period: str) -> None:
    assert official("KẾ HOẠCH", title).period == period


@pytest.mark.parametrize(
    ("organ", "dated", "issuer", "code", "code_2025"),
    [
        (
            ("SỞ CÔNG THƯƠNG", "TỈNH GIA LAI"),
            "Gia Lai, ngày 3 tháng 2 năm 2025",
            "Sở Công Thương Gia Lai",
            "64",
            "52",
        ),
        (
            ("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI"),
            "Gia Lai, ngày 3 tháng 2 năm 2026",
            "UBND tỉnh Gia Lai",
            "52",
            "52",
        ),
        (
            ("ỦY BAN NHÂN DÂN", "TỈNH BÌNH ĐỊNH"),
            "Quy Nhơn, ngày 3 tháng 2 năm 2025",
            "UBND tỉnh Bình Định",
            "52",
            "52",
        ),
        (("BỘ GIÁO DỤC VÀ ĐÀO TẠO",), "Hà Nội, ngày 3 tháng 2 năm 2025", "Bộ Giáo dục và Đào tạo", "", ""),
        pytest.param(
            ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ HẢI PHÒNG"),
            "Hải Phòng, ngày 3 tháng 2 năm 2026",
            "UBND thành phố Hải Phòng",
            "31",
            "31",
        ),
    ],
)
def test_issuer_and_province_as_of_the_date_of_issue(
    organ: tuple[str, ...], dated: str, issuer: str, code: str, code_2025: str
) -> None:
    document = official("KẾ HOẠCH", "Phòng, chống ma túy học đường", organ=organ, dated=dated)
    assert (document.issuer, document.province_code, document.province_code_2025) == (issuer, code, code_2025)


def test_a_superior_organ_above_the_issuer_is_not_the_issuer() -> None:
    document = official(
        "KẾ HOẠCH",
        "Dạy bơi",
        organ=("ỦY BAN NHÂN DÂN TỈNH TIỀN GIANG", "SỞ GIÁO DỤC VÀ ĐÀO TẠO"),
        dated="Tiền Giang, ngày 3 tháng 4 năm 2025",
    )
    assert (document.issuer, document.issuer_unit, document.province_code) == (
        "Sở Giáo dục và Đào tạo Tiền Giang",
        "Sở Giáo dục và Đào tạo",
        "82",
    )


def test_a_number_of_another_document_is_not_the_document_s_own() -> None:
    document = official("KẾ HOẠCH", "Dạy bơi", body=("Căn cứ Quyết định số 99/QĐ-TTg ngày 1/2/2024;", *BODY))
    assert document.number == "118/KH-UBND"


ARTICLE = (
    "Sở Giao thông vận tải tỉnh Trà Vinh triển khai nhiệm vụ trọng tâm năm 2024",
    "Ngày đăng: 12/01/2024 08:30",
    "Sáng qua, Sở Giao thông vận tải tỉnh Trà Vinh tổ chức hội nghị bàn kế "
    "hoạch của ngành cho năm mới với các đơn vị trực thuộc.",
)


def test_news_of_an_administration_are_told_by_their_head() -> None:
    document = read(
        *ARTICLE, "1. Nâng cấp đường tỉnh 915B.", "2. Xóa 20 điểm đen tai nạn giao thông."
    ).document
    assert (document.kind, document.issued, document.province_code, document.period) == (
        "news",
        "2024-01-12",
        "84",
        "2024",
    )
    assert document.title == ARTICLE[0]
    assert (document.number, document.signer) == ("", "")


ORDINARY = {
    "sport": (
        "Đội bóng chuyền nữ thắng trận thứ năm liên tiếp ở giải trẻ",
        "Đội chủ nhà ghi 25 điểm ở ván đầu và 78% pha đập bóng thành công trước đội khách.",
    ),
    "advice": (
        "Mức phạt khi không đội mũ bảo hiểm là bao nhiêu?",
        "Theo khoản 2 Điều 7, người vi phạm bị phạt từ 400.000 đồng "
        "đến 600.000 đồng, 100% lỗi bị lập biên bản.",
    ),
    "cooking": (
        "Cách nấu nồi cá kho làng Vũ Đại đúng vị ngày Tết",
        "1. Chuẩn bị 2 kg cá trắm.\n\n2. Ướp cá với 30 g riềng.\n\n3. Kho trong 12 giờ.",
    ),
    "history": (
        "Chuyện kể về người giữ hải đăng trên hòn đảo nhỏ",
        "Năm 1925 ngọn đèn cao 18 mét được thắp sáng, 90% ngư dân trong vùng nhìn thấy từ khơi xa.",
    ),
    "shop": (
        "Khuyến mại máy giặt cửa trước dịp cuối tuần tại siêu thị",
        "Giảm 30% cho 200 khách đầu tiên, trả góp 0% trong 12 tháng.",
    ),
}


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_article_gives_no_task_and_no_number(name: str) -> None:
    extraction = read(*ORDINARY[name])
    assert extraction.document.kind == "other"
    assert extraction.tasks == []
    assert extraction.indicators == []


def test_a_law_hands_out_no_work_by_default() -> None:
    extraction = read(
        "QUỐC HỘI",
        *MOTTO,
        "Luật số: 11/2025/QH15",
        "LUẬT",
        "ĐƯỜNG SẮT ĐÔ THỊ",
        "Điều 1. Phạm vi điều chỉnh",
        "1. Luật này quy định về vận tải đường sắt đô thị.",
        "2. Chủ đầu tư lập dự án đúng quy hoạch.",
    )
    assert extraction.document.kind == "other"
    assert extraction.tasks == []


def test_a_document_without_text_has_failed() -> None:
    extraction = read("", "  ")
    assert extraction.document.status == "failed"
    assert len(extraction.problems) >= 1


def test_references_say_how_the_document_stands_to_another() -> None:
    body = (
        "Căn cứ Nghị quyết số 29/NQ-HĐND ngày 8/12/2023 của Hội đồng nhân dân tỉnh;",
        "Thực hiện Quyết định số 71/QĐ-TTg ngày 15/1/2024 của Thủ "
        "tướng Chính phủ, UBND tỉnh ban hành kế hoạch.",
        *BODY,
    )
    references = read(
        "ỦY BAN NHÂN DÂN",
        "TỈNH HÒA BÌNH",
        *MOTTO,
        "Số: 118/KH-UBND",
        "Hòa Bình, ngày 07 tháng 5 năm 2025",
        "KẾ HOẠCH",
        "Dạy bơi",
        *body,
    ).references
    assert [(r.number, r.relation, r.issued) for r in references] == [
        ("29/NQ-HĐND", "basis", "2023-12-08"),
        ("71/QĐ-TTg", "implements", "2024-01-15"),
    ]


def test_the_letters_of_the_number_name_the_issuer_where_no_line_does() -> None:
    document = read(
        "Số: 77/SXD-QLN", "V/v sửa chữa cầu tàu", "Hòa Bình, ngày 07 tháng 5 năm 2025", *BODY
    ).document
    assert (document.issuer, document.issuer_unit) == ("Sở Xây dựng Hòa Bình", "Sở Xây dựng")


def test_a_council_of_a_city_is_no_council_of_a_tinh() -> None:
    document = official(
        "KẾ HOẠCH",
        "Giám sát vận tải thủy năm 2026",
        organ=("HỘI ĐỒNG NHÂN DÂN", "THÀNH PHỐ HUẾ"),
        number="Số: 12/KH-HĐND",
        dated="Huế, ngày 3 tháng 2 năm 2026",
    )
    assert document.issuer == "HĐND thành phố Huế"


def test_an_undated_article_names_the_provinces_of_the_year_it_is_about() -> None:
    document = read(
        "Sở Giao thông vận tải tỉnh Yên Bái triển khai 5 nhiệm vụ trọng tâm năm 2024",
        "1. Sửa chữa cầu tàu và nhà chờ tại ba bến thủy nội địa.",
    ).document
    assert (document.province, document.province_code, document.province_2025) == ("Yên Bái", "15", "Lào Cai")


def test_a_plan_without_a_letterhead_is_told_by_its_title() -> None:
    assert read("KẾ HOẠCH", "Phát triển vận tải thủy năm 2025", *BODY).document.kind == "plan"


def test_a_number_in_a_title_of_capitals_is_written_as_in_the_text() -> None:
    references = read(
        "KẾ HOẠCH", "THỰC HIỆN CHỈ THỊ SỐ 97/CT-TTG", "Căn cứ Chỉ thị số 97/CT-TTg ngày 15/8/2024;", *BODY
    ).references
    assert [reference.number for reference in references] == ["97/CT-TTg"]
