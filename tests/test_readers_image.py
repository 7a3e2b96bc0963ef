"""Pictures of documents: formats, many pages, resolution, and what is refused."""

from __future__ import annotations

import io
import random
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from extract.readers import image as reader
from extract.readers.image import read_image
from extract.readers.ocr.tesseract import find_missing_program
from extract.spans import ReadOptions, Source

DOCUMENTS = Path(__file__).parent / "documents"
needs_tesseract = pytest.mark.skipif(
    bool(find_missing_program()), reason="tesseract with vie is not installed"
)
ITEM = (
    "1. Rà soát, hoàn thiện quy trình tiếp nhận hồ sơ tại các xã, phường trong năm 2031; "
    "báo cáo kết quả trước ngày 15/12/2031."
)


def sample(name: str) -> Source:
    return read_image(name, (DOCUMENTS / name).read_bytes())


def codes(source: Source) -> list[str]:
    return [problem.code for problem in source.problems]


def encode(image: Image.Image, sort: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, sort, **options)
    return buffer.getvalue()


def fails(content: bytes) -> str:
    """The one code with which a file is refused."""
    source = read_image("a.png", content)
    assert source.blocks == ()
    (problem,) = source.problems
    assert problem.severity == "error"
    assert problem.message.endswith(".")
    return problem.code


@needs_tesseract
def test_a_scan_is_read_with_its_paragraphs_and_its_table() -> None:
    source = sample("scan_plan.png")
    assert (source.media_type, source.pages, source.ocr_pages, source.problems) == ("image/png", 1, 1, ())
    paragraphs = [block.text for block in source.blocks if block.kind == "paragraph"]
    assert {"UBND TỈNH HÀ GIANG", "SỞ Y TẾ", "CỘNG HÒA XÃ HỘI", "KẾ HOẠCH", ITEM} <= set(paragraphs)
    (table,) = [block for block in source.blocks if block.kind == "table"]
    assert table.rows == (
        ("STT", "Chỉ tiêu", "Năm 2031", "Đơn vị"),
        ("1", "Tỷ lệ hộ có nước sạch", "87,3", "Sở Xây dựng"),
        ("2", "Số trạm cấp nước", "1.264", ""),
        ("3", "Số lớp tập huấn", "48", "Sở Y tế"),
    )
    assert [(merge.row, merge.column, merge.rows) for merge in table.merged] == [(1, 3, 2)]


@needs_tesseract
def test_places_are_in_points_of_the_page_and_tell_how_sure_the_words_are() -> None:
    (block,) = [block for block in sample("scan_plan.png").blocks if block.text == ITEM]
    first, second = block.places
    assert (first.page, second.page) == (1, 1)
    assert first.bbox is not None
    # The line begins at pixel 300 of 200 dots an inch, 330 pixels from the top.
    assert first.bbox[0] == pytest.approx(108, abs=3)
    assert first.bbox[1] == pytest.approx(119, abs=5)
    assert first.confidence is not None
    assert 0.8 < first.confidence <= 1
    assert block.text[second.start :].startswith("trong năm 2031")


@needs_tesseract
def test_the_pages_of_a_tiff_follow_each_other() -> None:
    source = sample("scan_two_pages.tif")
    assert (source.media_type, source.pages, source.ocr_pages) == ("image/tiff", 2, 2)
    assert source.blocks[-1].text == "4. Sở Tài chính bố trí kinh phí thực hiện hằng năm."
    assert [place.page for place in source.blocks[-1].places] == [2]


@needs_tesseract
def test_the_box_of_a_slanted_line_stands_where_the_scan_shows_it() -> None:
    source = sample("scan_slanted.jpg")
    assert [block.text for block in source.blocks] == [
        "3. Tổ chức tập huấn cho cán bộ cấp xã trong tháng 6 năm 2032.",
        "4. Sở Tài chính bố trí kinh phí thực hiện hằng năm.",
    ]
    (place,) = source.blocks[0].places
    assert place.bbox is not None
    left, top, right, bottom = place.bbox
    # Two degrees over the length of the line make the box higher than the line.
    assert bottom - top > 10 + 0.03 * (right - left)


@needs_tesseract
@pytest.mark.parametrize(
    ("sort", "media_type"),
    [("BMP", "image/bmp"), ("GIF", "image/gif"), ("WEBP", "image/webp"), ("JPEG", "image/jpeg")],
)
def test_every_format_gives_the_same_text(sort: str, media_type: str) -> None:
    with Image.open(DOCUMENTS / "scan_two_pages.tif") as image:
        image.seek(1)
        source = read_image("a.bin", encode(image.convert("L"), sort))
    assert source.media_type == media_type
    assert source.blocks[0].text == "3. Tổ chức tập huấn cho cán bộ cấp xã trong tháng 6 năm 2032."


@needs_tesseract
@pytest.mark.parametrize("mode", ["LA", "RGBA", "P", "CMYK", "I", "I;16", "F"])
def test_every_sort_of_pixels_is_read(mode: str) -> None:
    with Image.open(DOCUMENTS / "scan_two_pages.tif") as image:
        image.seek(1)
        grey = image.convert("L")
    if mode == "I;16":
        plain = Image.fromarray(np.asarray(grey, dtype=np.uint16) * 257)
    else:
        plain = grey.convert("RGB").convert(mode) if mode not in {"I", "F", "LA"} else grey.convert(mode)
    source = read_image("a.tif", encode(plain, "TIFF", dpi=(200, 200), compression="raw"))
    assert source.blocks[0].text.startswith("3. Tổ chức tập huấn")


@needs_tesseract
def test_print_on_a_transparent_ground_is_read() -> None:
    with Image.open(DOCUMENTS / "scan_two_pages.tif") as image:
        image.seek(1)
        ink = Image.eval(image.convert("L"), lambda level: 255 - level)
    clear = Image.new("RGBA", ink.size, (0, 0, 0, 0))
    clear.putalpha(ink)
    assert read_image("a.png", encode(clear, "PNG")).blocks[0].text.startswith("3. Tổ chức tập huấn")


@needs_tesseract
def test_a_photograph_held_sideways_is_turned_by_what_the_camera_says() -> None:
    with Image.open(DOCUMENTS / "scan_plan.png") as image:
        photograph = image.convert("L").transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[reader.ORIENTATION_TAG] = 6
    source = read_image("a.jpg", encode(photograph, "JPEG", exif=exif, quality=60))
    assert ITEM in [block.text for block in source.blocks]


@needs_tesseract
def test_a_resolution_that_cannot_be_is_not_believed() -> None:
    with Image.open(DOCUMENTS / "scan_plan.png") as image:
        content = encode(image, "PNG", dpi=(2, 2))
    assert ITEM in [block.text for block in read_image("a.png", content).blocks]


@needs_tesseract
def test_the_same_file_gives_the_same_source() -> None:
    assert sample("scan_plan.png") == sample("scan_plan.png")


@needs_tesseract
def test_an_empty_page_says_that_it_holds_no_text() -> None:
    assert fails(encode(Image.new("L", (400, 600), 255), "PNG")) == "no_text"


@needs_tesseract
def test_noise_gives_no_text() -> None:
    noise = np.random.default_rng(7).integers(0, 256, (300, 300), dtype=np.uint8)
    source = read_image("a.png", encode(Image.fromarray(noise), "PNG"))
    assert sum(len(block.text) for block in source.blocks) < 20


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\x89PNG\r\n\x1a\n", "corrupt_file"),
        (b"\xff\xd8\xff" + b"\x00" * 100, "corrupt_file"),
        (b"II*\x00" + b"\xff" * 64, "corrupt_file"),
        (b"%PDF-1.7 no picture", "corrupt_file"),
        (b"\x00" * 1000, "corrupt_file"),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes, code: str) -> None:
    assert fails(content) == code


def test_without_ocr_a_picture_cannot_be_read() -> None:
    content = (DOCUMENTS / "scan_plan.png").read_bytes()
    source = read_image("scan_plan.png", content, ReadOptions(ocr="never"))
    assert source.blocks == ()
    assert codes(source) == ["ocr_off"]


def test_a_file_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_IMAGE_BYTES", 10)
    assert fails(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00") == "too_large"


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose head tells of a huge picture: a decompression bomb."""

    def chunk(sort: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + sort + data + struct.pack(">I", zlib.crc32(sort + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\x00" * 4096)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@needs_tesseract
@pytest.mark.parametrize("side", [12_000, 20_000, 2_000_000_000])
def test_a_picture_that_claims_to_be_huge_is_not_decoded(side: int) -> None:
    assert fails(png_that_claims(side, side)) in {"too_large", "corrupt_file"}


@needs_tesseract
def test_a_truncated_picture_is_told() -> None:
    content = (DOCUMENTS / "scan_plan.png").read_bytes()
    assert fails(content[: len(content) // 2]) == "corrupt_file"


@needs_tesseract
def test_of_an_animation_the_first_picture_is_read() -> None:
    frames = [Image.new("L", (200, 200), level) for level in range(0, 250, 10)]
    content = encode(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert read_image("a.gif", content).pages == 1


def tiff_of(pages: int) -> bytes:
    """A TIFF of many tiny pages, all with the same row of pixels."""
    tags = ((256, 8), (257, 1), (258, 1), (259, 1), (262, 1), (273, 8), (277, 1), (278, 1), (279, 1))
    parts = [b"II*\x00", struct.pack("<I", 10), b"\xff\x00"]
    size = 2 + 12 * len(tags) + 4
    for page in range(pages):
        following = 10 + (page + 1) * size if page + 1 < pages else 0
        entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
        parts.append(struct.pack("<H", len(tags)) + entries + struct.pack("<I", following))
    return b"".join(parts)


@needs_tesseract
def test_a_tiff_of_ten_thousand_pages_ends() -> None:
    source = read_image("a.tif", tiff_of(10_000))
    assert source.pages == reader.MAX_PAGES
    assert "pages_left_out" in codes(source)


@needs_tesseract
def test_a_tiff_whose_pages_go_in_a_circle_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_PAGES", 3)
    content = bytearray(encode(Image.new("1", (8, 7), 1), "TIFF"))
    first = struct.unpack_from("<I", content, 4)[0]
    entries = struct.unpack_from("<H", content, first)[0]
    struct.pack_into("<I", content, first + 2 + 12 * entries, first)
    assert (read_image("a.tif", bytes(content)).pages or 0) <= 3


@needs_tesseract
def test_a_damaged_page_does_not_cost_the_others() -> None:
    content = bytearray((DOCUMENTS / "scan_two_pages.tif").read_bytes())
    with Image.open(io.BytesIO(content)) as image:
        offset = image.tag_v2[273][0]
    content[offset : offset + 2000] = b"\xaa" * 2000
    source = read_image("a.tif", bytes(content))
    assert source.blocks[-1].text == "4. Sở Tài chính bố trí kinh phí thực hiện hằng năm."


@needs_tesseract
@pytest.mark.parametrize("name", ["scan_two_pages.tif", "scan_slanted.jpg"])
def test_damaged_bytes_raise_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # What is damaged is the decoding; reading what comes of it again and again would only take time.
    monkeypatch.setattr(reader, "recognise_pages", lambda images, options: (list(images) and [], []))
    content = (DOCUMENTS / name).read_bytes()
    draw = random.Random(5)
    for _ in range(60):
        damaged = bytearray(content)
        for _ in range(draw.randrange(1, 20)):
            damaged[draw.randrange(len(damaged))] = draw.randrange(256)
        source = read_image(name, bytes(damaged[: draw.randrange(1, len(damaged))]))
        assert source.problems
