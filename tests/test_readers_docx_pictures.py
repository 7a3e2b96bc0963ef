"""Word documents that hold pictures of pages and no text go to OCR."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pytest
from PIL import Image, ImageDraw, ImageFont
from word_files import build_docx, paragraph

from extract.readers import docx
from extract.readers.docx import read_docx
from extract.readers.layout.page import Page
from extract.readers.word import pictures
from extract.spans import Block, Place, ReadOptions, ReadProblem, Source

TEXT = paragraph(
    "Sở Y tế chủ trì rà soát kho thuốc, kho vật tư của các đơn vị trực thuộc trước ngày 30/6/2031."
)


def picture(width: int, height: int, form: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (width, height), 255).save(buffer, form)
    return buffer.getvalue()


def shown(*keys: str) -> str:
    drawings = "".join(f'<w:drawing><a:blip r:embed="{key}"/></w:drawing>' for key in keys)
    return f"<w:p><w:r>{drawings}</w:r></w:p>"


def build(body: str, *contents: bytes) -> bytes:
    """A document with pictures ``p0``, ``p1`` and so on."""
    names = [f"media/image{number}.png" for number in range(len(contents))]
    return build_docx(
        body,
        relations={f"p{number}": ("image", name) for number, name in enumerate(names)},
        members={f"word/{name}": content for name, content in zip(names, contents, strict=True)},
    )


class Recogniser:
    """Stands in for the OCR: notes the sizes of what it is given and gives a line for each page."""

    def __init__(self) -> None:
        self.sizes: list[tuple[int, int]] = []

    def recognise_pages(
        self, images: Iterable[tuple[int, Image.Image]], options: ReadOptions
    ) -> tuple[list[Page], list[ReadProblem]]:
        pages = []
        for number, image in images:
            self.sizes.append(image.size)
            pages.append(Page(number, 595, 842, recognised=True))
        return pages, [ReadProblem("timeout", "slow", page=1)] if len(pages) == 3 else []

    def build_scan_blocks(self, pages: list[Page]) -> list[Block]:
        return [Block("paragraph", f"Trang {page.number}", places=(Place(0, page.number),)) for page in pages]


@pytest.fixture
def recogniser(monkeypatch: pytest.MonkeyPatch) -> Recogniser:
    stand_in = Recogniser()
    monkeypatch.setattr(docx, "import_module", lambda _: stand_in)
    return stand_in


def texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks]


def codes(source: Source) -> list[str]:
    return [problem.code for problem in source.problems]


def test_pictures_of_pages_are_recognised_in_order(recogniser: Recogniser) -> None:
    content = build(shown("p1", "p0"), picture(1240, 1754), picture(640, 905))
    source = read_docx("a.docx", content)
    assert texts(source) == ["Trang 1", "Trang 2"]
    assert (source.pages, source.ocr_pages) == (2, 2)
    assert source.problems == ()
    assert [place.page for block in source.blocks for place in block.places] == [1, 2]
    # Both come as A4 at the resolution that was asked for.
    assert recogniser.sizes[0][0] == recogniser.sizes[1][0] == round(8.27 * 300)


def test_the_resolution_is_that_of_the_options(recogniser: Recogniser) -> None:
    read_docx("a.docx", build(shown("p0"), picture(1000, 1400)), ReadOptions(ocr_dpi=200))
    assert recogniser.sizes == [(1654, 2316)]


def test_a_few_words_beside_the_pictures_stay(recogniser: Recogniser) -> None:
    source = read_docx("a.docx", build(paragraph("Bản chụp") + shown("p0"), picture(1000, 1400)))
    assert texts(source) == ["Bản chụp", "Trang 1"]


def test_a_picture_that_is_shown_twice_is_read_once(recogniser: Recogniser) -> None:
    source = read_docx("a.docx", build(shown("p0", "p0"), picture(1000, 1400)))
    assert texts(source) == ["Trang 1"]


def test_problems_of_the_recognition_are_told(recogniser: Recogniser) -> None:
    page = picture(1000, 1400)
    assert codes(read_docx("a.docx", build(shown("p0", "p1", "p2"), page, page, page))) == ["timeout"]


def test_pictures_in_a_document_with_text_are_left_alone(recogniser: Recogniser) -> None:
    source = read_docx("a.docx", build(TEXT + shown("p0"), picture(1000, 1400)))
    assert len(source.blocks) == 1
    assert recogniser.sizes == []


def placed(key: str, width: object, height: object) -> str:
    blip = f'<a:blip r:embed="{key}"/>'
    extent = f'<wp:extent cx="{width}" cy="{height}"/>'
    return f"<w:p><w:r><w:drawing><wp:inline>{extent}{blip}</wp:inline></w:drawing></w:r></w:p>"


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (6_120_000, 9_000_000, ["pictures_not_read"]),
        (6_120_000, 3_000_000, []),
        (900_000, 900_000, []),
        ("x", "-9", []),
        ("9" * 30, "9" * 30, []),
    ],
)
def test_scans_between_the_text_are_told(width: object, height: object, expected: list[str]) -> None:
    source = read_docx("a.docx", build(TEXT + placed("p0", width, height), picture(1000, 1400)))
    assert codes(source) == expected
    assert all(problem.severity == "warning" for problem in source.problems)


def test_ocr_always_reads_them_too(recogniser: Recogniser) -> None:
    content = build(TEXT + shown("p0"), picture(1000, 1400))
    assert len(read_docx("a.docx", content, ReadOptions(ocr="always")).blocks) == 2


def test_ocr_never_is_told() -> None:
    source = read_docx("a.docx", build(shown("p0"), picture(1000, 1400)), ReadOptions(ocr="never"))
    assert codes(source) == ["no_text_layer"]
    assert source.problems[0].severity == "error"
    assert source.blocks == ()


@pytest.mark.parametrize(
    "content",
    [
        picture(80, 80),
        picture(2000, 600),
        b"",
        b"not a picture",
        picture(1000, 1400)[:200],
        b"\x01\x00\x00\x00" + bytes(400),
    ],
)
def test_logos_and_damaged_pictures_are_no_pages(content: bytes, recogniser: Recogniser) -> None:
    source = read_docx("a.docx", build(shown("p0"), content))
    assert codes(source) == ["empty_file"]
    assert recogniser.sizes == []


def test_a_picture_with_more_pixels_than_any_page(
    recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MAX_PIXELS", 1_000_000)
    assert codes(read_docx("a.docx", build(shown("p0"), picture(1000, 1400)))) == ["empty_file"]


def test_no_more_pictures_than_a_document_has(
    recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MAX_PICTURES", 2)
    page = picture(600, 800)
    assert len(read_docx("a.docx", build(shown("p0", "p1", "p2"), page, page, page)).blocks) == 2


@pytest.mark.parametrize("key", ["absent", ""])
def test_pictures_that_are_not_there(key: str, recogniser: Recogniser) -> None:
    assert codes(read_docx("a.docx", build(shown(key), picture(1000, 1400)))) == ["empty_file"]


def test_pictures_of_the_older_form(recogniser: Recogniser) -> None:
    body = '<w:p><w:r><w:pict><v:shape><v:imagedata r:id="p0"/></v:shape></w:pict></w:r></w:p>'
    assert texts(read_docx("a.docx", build(body, picture(1000, 1400, "JPEG")))) == ["Trang 1"]


def test_a_scan_is_read_in_earnest() -> None:
    tesseract = pytest.importorskip("extract.readers.ocr.tesseract")
    pytest.importorskip("extract.readers.layout.blocks")
    if missing := tesseract.find_missing_program():
        pytest.skip(missing)
    page = Image.new("L", (1240, 1754), 255)
    draw = ImageDraw.Draw(page)
    draw.text((150, 200), "1. KIEM TRA KHO THUOC", fill=0, font=ImageFont.load_default(40))
    draw.text((150, 320), "2. BAO CAO HANG QUY", fill=0, font=ImageFont.load_default(40))
    buffer = io.BytesIO()
    page.save(buffer, "PNG")
    source = read_docx("a.docx", build(shown("p0"), buffer.getvalue()))
    joined = " ".join(texts(source))
    assert "KHO" in joined
    assert "2." in joined
    assert source.ocr_pages == 1
