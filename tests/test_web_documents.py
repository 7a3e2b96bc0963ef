"""Documents on web pages: what the page says of itself, and what the document on it says."""

from __future__ import annotations

from extract.pipeline import extract_read, extract_source
from extract.schema import Document
from extract.spans import Block, Source

LETTERHEAD = (
    "ỦY BAN NHÂN DÂN",
    "TỈNH HÒA BÌNH",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 118/KH-UBND",
    "Hòa Bình, ngày 07 tháng 5 năm 2025",
)
BODY = ("I. NHIỆM VỤ", "1. Sửa chữa cầu tàu và nhà chờ tại ba bến thủy nội địa.")
ARTICLE = (
    "Sở Y tế tỉnh Hòa Bình cho biết sẽ triển khai kế hoạch tiêm chủng tại 10 huyện, thành phố.",
    "Trung tâm Y tế các huyện tổ chức 40 điểm tiêm trước ngày 30/6/2025.",
)


def read_page(*paragraphs: str, **said: str) -> Document:
    blocks = tuple(Block("paragraph", paragraph) for paragraph in paragraphs)
    return extract_read(Document("d", "tin.html", ""), Source("text/html", blocks, **said)).document


def test_a_page_says_the_title_and_day_of_its_article() -> None:
    title = "Hòa Bình triển khai kế hoạch tiêm chủng năm 2025"
    document = read_page(*ARTICLE, title=title, published="2025-03-04")
    assert (document.kind, document.title, document.issued) == ("news", title, "2025-03-04")


def test_a_page_without_a_letterhead_is_an_article() -> None:
    told = "Hội hoa xuân đón 12.500 lượt khách trong ba ngày đầu năm 2025."
    page = read_page("Hội hoa xuân đông khách", told)
    text = extract_source("a.txt", f"Hội hoa xuân đông khách\n\n{told}".encode())
    assert (page.kind, page.indicator_count, page.task_count) == ("news", 1, 0)
    assert (text.document.kind, text.indicators) == ("other", [])


def test_an_official_document_on_a_page_says_its_own_title_and_day() -> None:
    document = read_page(
        *LETTERHEAD,
        *("KẾ HOẠCH", "Phát triển vận tải thủy năm 2025", *BODY),
        title="Kế hoạch 118 - Cổng thông tin điện tử",
        published="2025-06-01",
    )
    assert document.title == "KẾ HOẠCH Phát triển vận tải thủy năm 2025"
    assert document.issued == "2025-05-07"
