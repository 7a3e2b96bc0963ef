"""Samples that are no plain text are made of their texts: merged cells, footnotes, stamps, seals, scans."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from pdf_files import PdfPage, write_pdf
from PIL import Image

from extract.readers import read_source

PROJECT = Path(__file__).parents[1]
sys.path[:0] = [str(PROJECT / "scripts"), str(PROJECT / "benchmarks")]

import make_samples  # noqa: E402
import sample_formats  # noqa: E402
import sample_scans  # noqa: E402

TABLE = """**PHỤ LỤC**

| TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn |
| --- | --- | --- | --- |
| I | Truyền thông | | |
| 1 | Phát thanh | Sở Y tế | Quý I/2026 |
| 2 | Xây dựng phóng sự | ^ | ^ |
| 3 | Tập huấn | ^ | Quý II/2026 |
"""
NOTED = """1. Tỷ lệ trẻ được tiêm chủng đầy đủ[^1] đạt trên 95%.

2. Rà soát danh sách trẻ.

[^1]: Theo danh mục A & B.
"""


def read_page(content: bytes) -> str:
    return "\n".join(block.text for block in read_source("a.pdf", content).blocks)


def read_tables(content: bytes) -> list[list[list[str]]]:
    tables = Document(io.BytesIO(content)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]


def test_cells_that_say_so_are_one_with_the_cell_above() -> None:
    (table,) = read_tables(make_samples.build_word(TABLE))
    assert [row[2] for row in table[2:]] == ["Sở Y tế"] * 3
    assert [row[3] for row in table[2:]] == ["Quý I/2026", "Quý I/2026", "Quý II/2026"]
    assert table[1] == ["I", "Truyền thông", "Truyền thông", "Truyền thông"]


def test_footnotes_stand_where_their_marks_were() -> None:
    blocks = read_source("a.docx", make_samples.build_word(NOTED)).blocks
    assert [block.text for block in blocks] == [
        "1. Tỷ lệ trẻ được tiêm chủng đầy đủ đạt trên 95%.",
        "2. Rà soát danh sách trẻ.",
        "[1] Theo danh mục A & B.",
    ]


def test_words_are_left_open() -> None:
    content = make_samples.build_word("Số: 74/KH-UBND", blanks={"Số: 74": "Số:     "})
    assert Document(io.BytesIO(content)).paragraphs[0].text == "Số:     /KH-UBND"


def test_word_documents_carry_what_they_use_and_a_fixed_day() -> None:
    content = make_samples.build_word(NOTED)
    assert content == make_samples.build_word(NOTED)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if "theme" in name or "thumbnail" in name]
        assert {member.date_time for member in archive.infolist()} == {sample_formats.FIXED_DAY}
    assert len(content) < 10_000


@pytest.mark.parametrize(
    "head",
    [
        "UBND TỈNH HÀ NAM\nSỞ Y TẾ\n\nSố: 5/KH-SYT\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\n"
        "Độc lập - Tự do - Hạnh phúc\n\nHà Nam, ngày 05 tháng 3 năm 2024\n\nKẾ HOẠCH\n",
        "UBND TỈNH HÀ NAM\n\nSỞ Y TẾ\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\n"
        "Độc lập - Tự do - Hạnh phúc\n\nSố: 5/KH-SYT\n\nHà Nam, ngày 05 tháng 3 năm 2024\n\nKẾ HOẠCH\n",
    ],
    ids=["by column", "by row"],
)
def test_letterheads_stand_in_two_columns(head: str) -> None:
    (table,) = read_tables(make_samples.build_word(head))
    assert table[0][0].split() == ["UBND", "TỈNH", "HÀ", "NAM", "SỞ", "Y", "TẾ"]
    assert table[0][1].startswith("CỘNG HÒA")
    assert table[1] == ["Số: 5/KH-SYT", "Hà Nam, ngày 05 tháng 3 năm 2024"]


def test_archives_hold_texts_and_word_documents(tmp_path: Path) -> None:
    (tmp_path / "01 Kế hoạch.txt").write_text("Kế hoạch", encoding="utf-8")
    (tmp_path / "02 Quyết định.md").write_text("**Quyết định**", encoding="utf-8")
    with zipfile.ZipFile(io.BytesIO(make_samples.pack_texts(tmp_path))) as archive:
        assert archive.namelist() == ["Văn hóa 2026/01 Kế hoạch.txt", "Văn hóa 2026/02 Quyết định.docx"]
        assert archive.read("Văn hóa 2026/01 Kế hoạch.txt").decode() == "Kế hoạch"


def test_numbers_are_stamped_as_annotations() -> None:
    page = PdfPage()
    page.text(85, 85, "Số:          /KH-UBND", size=13)
    stamped = sample_scans.stamp_words(write_pdf([page]), [("74", 115.0, 756.0)])
    document = pypdfium2.PdfDocument(stamped)
    assert "74" not in document[0].get_textpage().get_text_range()
    document.close()
    assert "74" in read_page(stamped)


def test_days_and_digests_of_a_pdf_are_fixed_in_their_places() -> None:
    told = "%PDF-1.7\n/CreationDate(D:{day}+07'00')/DocChecksum /{digest} /ID [ <{digest}>\n<{digest}> ]"
    one = told.format(day="20261122003300", digest="A0129BFBA5E505429DE4F0EF99487B7A").encode()
    other = told.format(day="20251231235959", digest="1683B8BED7F2241B74D1DBB4D1B58ACA").encode()
    assert sample_formats.fix_pdf(one) == sample_formats.fix_pdf(other)
    assert len(sample_formats.fix_pdf(one)) == len(one)
    assert b"(D:20240101000000+07'00')" in sample_formats.fix_pdf(one)
    assert sample_formats.fix_pdf(one + b"more") != sample_formats.fix_pdf(one) + b"more"


@pytest.mark.parametrize(
    "name", ["tests/documents/plan.pdf", "corpus/documents/18_quangninh_du_lich_2026_2030.pdf"]
)
def test_the_samples_were_fixed(name: str) -> None:
    content = (PROJECT / name).read_bytes()
    assert sample_formats.fix_pdf(content) == content


def test_web_archives_hold_their_page() -> None:
    page = "<html><body><p>Rà soát = 100% hộ</p></body></html>".encode()
    packed = sample_formats.pack_page(page, "Plan", "https://tinhmau.example/a")
    assert packed.startswith(b"From: <Saved by Blink>\r\n")
    assert packed.isascii()
    (block,) = read_source("a.mht", packed).blocks
    assert block.text == "Rà soát = 100% hộ"


def test_scans_are_pictures_of_the_same_size_without_text() -> None:
    page = Image.new("RGB", (620, 877), "white")
    scan = sample_scans.scan_page(page, 75)
    assert scan == sample_scans.scan_page(page, 75)
    document = pypdfium2.PdfDocument(scan)
    assert len(document) == 1
    assert document[0].get_textpage().count_chars() == 0
    assert [round(side) for side in document[0].get_size()] == [595, 842]
    document.close()


def test_seals_are_red_and_leave_the_text_beneath() -> None:
    page = Image.new("RGB", (2480, 3508), "white")
    x, y = sample_scans.SEAL_CENTRE
    page.paste("black", (x - 300, y + 150, x + 300, y + 160))
    signed = sample_scans.sign_page(page)
    assert signed.getpixel((x, y)) == sample_scans.SEAL_RED
    assert signed.getpixel((x, y + 155)) == (0, 0, 0)
    assert signed.getpixel((x - 600, y)) == (255, 255, 255)


def test_pictures_of_several_pages_are_one_file() -> None:
    page = Image.new("L", (100, 100), 140)
    page.paste(255, (0, 0, 50, 100))
    black = make_samples.turn_black(page)
    assert (black.getpixel((10, 10)), black.getpixel((90, 10))) == (255, 0)
    content = make_samples.save_pictures([black, black], "TIFF", 300, compression="group4")
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.n_frames == 2
        assert picture.info["dpi"] == (300, 300)


def test_lists_of_an_odt_keep_their_ties() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("Thumbnails/thumbnail.png", b"PNG")
        archive.writestr("content.xml", '<l xml:id="list77"/><l xml:id="list5"/><l continue="list77"/>')
    with zipfile.ZipFile(io.BytesIO(sample_formats.fix_archive(packed.getvalue()))) as archive:
        assert archive.namelist() == ["mimetype", "content.xml"]
        assert (
            archive.read("content.xml").decode()
            == '<l xml:id="list1"/><l xml:id="list2"/><l continue="list1"/>'
        )
