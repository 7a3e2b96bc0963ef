"""Titles of documents, and the time that a document plans for where its title does not say it."""

from __future__ import annotations

import pytest

from extract.pipeline import extract_source
from extract.schema import Document

HEAD = (
    *(
        "UBND TỈNH CAO BẰNG",
        "SỞ DU LỊCH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ),
    *("Số: 12/KH-SDL", "Cao Bằng, ngày 5 tháng 2 năm 2026"),
)
TASK = "1. Dựng 12 gian hàng dọc bờ hồ."
BASIS = "Căn cứ Luật Du lịch ngày 19 tháng 6 năm 2017;"


def read(*paragraphs: str, head: tuple[str, ...] = HEAD) -> Document:
    """Read the row of a document with this head."""
    return extract_source("document.txt", "\n\n".join([*head, *paragraphs]).encode()).document


@pytest.mark.parametrize(
    ("lines", "period"),
    [
        (("III. THỜI GIAN, ĐỊA ĐIỂM", "1. Thời gian: Sáng ngày 18 tháng 4 năm 2026."), "2026"),
        (
            ("III. THỜI GIAN VÀ ĐỊA ĐIỂM", "Thời gian: từ 7h30, ngày 18/4/2026, cụ thể tại Phụ lục II."),
            "2026",
        ),
        (
            ("3. Thời gian tổ chức phong trào: từ tháng 10 năm 2026 đến hết tháng 3 năm 2027.",),
            "2026-10/2027-03",
        ),
        (("2. Thời gian thực hiện: từ ngày 20/12/2026 đến ngày 10/01/2027.",), "2026/2027"),
        (("2. Thời gian hoàn thành: Tháng 12/2026.",), ""),
        (("- Thời gian thực hiện: Tháng 12/2026.",), ""),
        (("Trong thời gian tới, mở thêm bến vào ngày 18/4/2026.",), ""),
        (("2. Thời gian thực hiện: thường xuyên.",), ""),
    ],
)
def test_a_plan_states_its_time_in_a_line(lines: tuple[str, ...], period: str) -> None:
    assert read("KẾ HOẠCH", "Tổ chức phiên chợ đêm ven hồ", BASIS, TASK, *lines).period == period


def test_what_the_title_says_goes_first() -> None:
    document = read("KẾ HOẠCH", "Tổ chức chợ đêm ven hồ năm 2027", TASK, "2. Thời gian: ngày 18/4/2026.")
    assert document.period == "2027"


@pytest.mark.parametrize(
    ("title", "period"),
    [
        (("KẾ HOẠCH", "Tổ chức phiên chợ đêm ngày 18/4/2026"), "2026"),
        (("KẾ HOẠCH", "Thực hiện kết luận tại buổi làm việc ngày 18/12/2025 về chợ đêm"), ""),
        (("QUYẾT ĐỊNH", "Về việc kiểm kê gian hàng thời điểm 0 giờ ngày 01 tháng 7 năm 2026"), "2026"),
        (("QUYẾT ĐỊNH", "Về việc đổi tên bến tàu kể từ ngày 01 tháng 7 năm 2026"), ""),
    ],
)
def test_days_in_titles(title: tuple[str, ...], period: str) -> None:
    assert read(*title, BASIS, TASK).period == period


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("QUYẾT ĐỊNH", "VỀ VIỆC MỞ CHỢ ĐÊM", "GIÁM ĐỐC SỞ DU LỊCH"), "QUYẾT ĐỊNH VỀ VIỆC MỞ CHỢ ĐÊM"),
        (("NGHỊ QUYẾT", "VỀ CHỢ ĐÊM", "HỘI ĐỒNG NHÂN DÂN TỈNH CAO BẰNG"), "NGHỊ QUYẾT VỀ CHỢ ĐÊM"),
        (
            ("QUYẾT ĐỊNH", "SỬA ĐỔI QUY CHẾ CHỢ ĐÊM CỦA", "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG"),
            "QUYẾT ĐỊNH SỬA ĐỔI QUY CHẾ CHỢ ĐÊM CỦA ỦY BAN NHÂN DÂN TỈNH CAO BẰNG",
        ),
        (
            ("KẾ HOẠCH", "Tổ chức chợ đêm ven hồ", "trên địa bàn tỉnh"),
            "KẾ HOẠCH Tổ chức chợ đêm ven hồ trên địa bàn tỉnh",
        ),
    ],
)
def test_the_title_ends_before_who_decides(lines: tuple[str, ...], title: str) -> None:
    assert read(*lines, BASIS, TASK).title == title


def test_the_title_of_a_telegram_ends_before_its_sender() -> None:
    document = read("CÔNG ĐIỆN", "VỀ ỨNG PHÓ RÉT HẠI", "GIÁM ĐỐC SỞ DU LỊCH điện:", "- UBND các xã;", TASK)
    assert document.title == "CÔNG ĐIỆN VỀ ỨNG PHÓ RÉT HẠI"
