"""Web archives (MHTML): the page among its parts, as browsers and Word save it."""

from __future__ import annotations

import base64
import quopri
import time
from pathlib import Path

import pytest

from extract.readers import read_source
from extract.readers.mhtml import MAX_ARCHIVE_BYTES, MAX_LINES, read_mhtml

DOCUMENTS = Path(__file__).parent / "documents"
PAGE = "<html><body><p>Giao Sở Y tế rà soát danh mục</p></body></html>"
FRAME = "<html><body><p>Quảng cáo trong khung</p></body></html>"


def part(markup: str, encoding: str = "utf-8", transfer: str = "quoted-printable", extra: str = "") -> bytes:
    content = markup.encode(encoding)
    body = {
        "quoted-printable": lambda: quopri.encodestring(content),
        "base64": lambda: base64.encodebytes(content),
        "8bit": lambda: content,
    }[transfer]()
    head = f'Content-Type: text/html; charset="{encoding}"\r\n'
    head += f"Content-Transfer-Encoding: {transfer}\r\n{extra}\r\n"
    return head.encode() + body + b"\r\n"


def archive(*parts: bytes, start: str = "") -> bytes:
    head = "From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
    head += f'\ttype="text/html";{start} boundary="----Part--x"\r\n\r\n'
    body = b"".join(b"------Part--x\r\n" + one for one in parts)
    return head.encode() + body + b"------Part--x--\r\n"


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_page_is_read_in_any_encoding(encoding: str, transfer: str) -> None:
    if (encoding, transfer) == ("utf-16", "8bit"):
        pytest.skip("line ends of UTF-16 do not survive in a part without transfer encoding")
    source = read_mhtml("a.mht", archive(part(PAGE, encoding, transfer)))
    assert [block.text for block in source.blocks] == ["Giao Sở Y tế rà soát danh mục"]
    assert (source.media_type, source.problems) == ("multipart/related", ())


def test_frames_and_pictures_are_left_out() -> None:
    picture = b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(
        b"x" * 999
    )
    source = read_mhtml("a.mht", archive(picture, part(PAGE), part(FRAME)))
    assert [block.text for block in source.blocks] == ["Giao Sở Y tế rà soát danh mục"]


def test_the_archive_names_its_page() -> None:
    named = part(PAGE, extra="Content-ID: <page@x>\r\n")
    source = read_mhtml("a.mht", archive(part(FRAME), named, start=' start="<page@x>";'))
    assert [block.text for block in source.blocks] == ["Giao Sở Y tế rà soát danh mục"]


def test_an_archive_of_one_part() -> None:
    source = read_mhtml("a.mht", b"MIME-Version: 1.0\n" + part(PAGE))
    assert len(source.blocks) == 1


def test_an_archive_that_was_cut_is_read_as_far_as_it_goes() -> None:
    content = archive(part(PAGE, transfer="8bit"))
    assert read_mhtml("a.mht", content[: content.index(b"danh")]).blocks[0].text == "Giao Sở Y tế rà soát"


def nested(levels: int) -> bytes:
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b0\n\n"
    inner = (f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n".encode() for n in range(levels))
    return head + b"".join(inner) + f"--b{levels}\n".encode() + part(PAGE)


def test_parts_within_parts() -> None:
    assert len(read_mhtml("a.mht", nested(3)).blocks) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"   \r\n", "empty_file"),
        (b"no archive at all", "corrupt_file"),
        (archive(), "corrupt_file"),
        (archive(part("")), "corrupt_file"),
        (b"Content-Type: multipart/related; boundary=\n\n--\n", "corrupt_file"),
        (nested(5_000), "corrupt_file"),
        (b"A: b\n" * (MAX_LINES + 1), "corrupt_file"),
        (b"MIME-Version: 1.0\n" + b"Content-Type: message/rfc822\n\n" * 5_000, "corrupt_file"),
        (b"x" * (MAX_ARCHIVE_BYTES + 1), "too_large"),
        (archive(part("<html><body></body></html>")), "no_text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_holds_no_page_is_told(content: bytes, code: str) -> None:
    started = time.perf_counter()
    source = read_mhtml("a.mht", content)
    assert source.blocks == ()
    assert [(p.code, p.severity) for p in source.problems] == [(code, "error")]
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize("name", ["plan_word_list.html", "plan_word_list.mht"])
def test_a_plan_that_word_saved_as_a_page(name: str) -> None:
    source = read_source(name, (DOCUMENTS / name).read_bytes())
    assert [block.text for block in source.blocks] == [
        "ỦY BAN NHÂN DÂN",
        "XÃ ĐÔNG HÒA",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 21/KH-UBND",
        "Đông Hòa, ngày 10 tháng 02 năm 2025",
        "KẾ HOẠCH",
        "Dạy bơi cho trẻ em năm 2025",
        "I. NHIỆM VỤ",
        "1. Trạm Y tế xã mở 04 lớp dạy bơi trước ngày 30/6/2025.",
        "- Thuê bể bơi 25 m² cho học sinh.",
        "(Tài liệu minh họa do dự án vnplans tự soạn; số liệu là giả định.)",
    ]
    assert source.problems == ()


def test_word_pages_are_known_whatever_their_suffix() -> None:
    for name in ("plan_word_list.html", "plan_word_list.mht"):
        content = (DOCUMENTS / name).read_bytes()
        assert read_source("plan.doc", content).blocks == read_source(name, content).blocks
