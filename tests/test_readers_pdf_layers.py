"""Which text layers of PDF pages are believed, and that the other pages go to OCR."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterable

import pytest
from pdf_files import SENTENCE, PdfPage, codes, read, texts, write_pdf
from PIL import Image

from extract.readers.layout.blocks import build_blocks
from extract.readers.layout.page import Line, Page, Word
from extract.readers.pdf import rendering
from extract.readers.pdf.reliability import Layer, is_reliable
from extract.spans import ReadOptions, ReadProblem


def layer(text: str, image_share: float = 0.0, invisible: float = 0.0) -> Layer:
    words = [Word(part, (50, 50 + index * 5, 90, 60 + index * 5)) for index, part in enumerate(text.split())]
    return Layer(words, invisible, image_share, 800.0)


ENGLISH = (
    "The committee shall review the annual plan and report on progress to the board before the end of "
    "each quarter this year " * 2
)
GARBLED = (
    "UBND 7ӌ1+ L¿O CAI ;m 9L͏W 1DP ĈӝF OұS 7ӵ GR +ҥQK SK~F NLӇP WUD F{QJ W\\ [k\\ GӵQJ WKӵF KLӋQ TX\\Ӄt ÿӏQK "
    * 2
)
UNMARKED = (
    "CQNG HOA xA ngr DQc 1ap Ty do Hanh phuc thuc hien ke hoach kiem tra cac don vi tren dia ban tinh " * 2
)


@pytest.mark.parametrize(
    ("found", "reliable"),
    [
        (layer(SENTENCE * 2), True),
        (layer(ENGLISH), True),
        (layer("1.234 5.678 90,1 12/2025 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22"), True),
        (layer("Phụ lục"), True),
        (layer(GARBLED), False),
        (layer("\ue001\ue002\ue003 \ue004\ue005 \ue006"), False),
        (layer(UNMARKED, image_share=1.0, invisible=1.0), False),
        (layer(UNMARKED), True),
        (layer(SENTENCE * 4, image_share=1.0, invisible=1.0), True),
        (layer(SENTENCE, image_share=1.0, invisible=1.0), False),
        (layer("Quét bởi máy quét", image_share=1.0), False),
    ],
)
def test_layers_are_believed_by_how_vietnamese_they_are(found: Layer, reliable: bool) -> None:
    assert is_reliable(found) is reliable


def garbled_page() -> PdfPage:
    page = PdfPage()
    words = GARBLED.split()
    for row in range(6):
        page.text(90, 100 + 20 * row, " ".join(words[row * 8 : row * 8 + 8]))
    return page


def scanned_page() -> PdfPage:
    return PdfPage(image=True)


def test_without_ocr_the_pages_that_are_not_read_are_told() -> None:
    plain = PdfPage()
    plain.text(90, 100, "Kế hoạch năm 2025")
    source = read(write_pdf([plain, garbled_page(), scanned_page()]))
    assert texts(source) == ["Kế hoạch năm 2025"]
    assert [(p.code, p.severity, p.page) for p in source.problems] == [
        ("unreliable_text_layer", "warning", 2),
        ("no_text_layer", "warning", 3),
    ]


class Recogniser:
    """Stands for OCR: notes what it is given, and gives a line a page."""

    def __init__(self, problems: list[ReadProblem] | None = None) -> None:
        self.seen: list[tuple[int, tuple[int, int], int]] = []
        self.problems = problems or []

    def recognise_pages(
        self, images: Iterable[tuple[int, Image.Image]], options: ReadOptions
    ) -> tuple[list[Page], list[ReadProblem]]:
        pages = []
        if not self.problems:
            for number, image in images:
                self.seen.append((number, image.size, options.ocr_dpi))
                word = Word(f"trang-{number}", (90, 90, 150, 104), confidence=0.9)
                pages.append(Page(number, 595, 842, [Line([word], word.box)], recognised=True))
        return pages, self.problems


@pytest.fixture
def recogniser(monkeypatch: pytest.MonkeyPatch) -> Recogniser:
    found = Recogniser()
    stand_in = types.ModuleType("extract.readers.ocr.pages")
    monkeypatch.setattr(stand_in, "recognise_pages", found.recognise_pages, raising=False)
    monkeypatch.setattr(stand_in, "build_scan_blocks", build_blocks, raising=False)
    monkeypatch.setitem(sys.modules, "extract.readers.ocr.pages", stand_in)
    return found


def test_bad_pages_go_to_ocr_and_come_back_in_their_order(recogniser: Recogniser) -> None:
    plain = PdfPage()
    plain.text(90, 100, "Kế hoạch năm 2025.")
    source = read(write_pdf([scanned_page(), plain, garbled_page()]), ReadOptions())
    assert texts(source) == ["trang-1", "Kế hoạch năm 2025.", "trang-3"]
    assert source.ocr_pages == 2
    assert codes(source) == ["unreliable_text_layer"], "a scan that was read is no problem"
    assert source.problems[0].message.startswith("The text stored with page 3 is not")
    assert "read by OCR" in source.problems[0].message
    assert recogniser.seen == [(1, (2480, 3509), 300), (3, (2480, 3509), 300)]
    assert source.blocks[0].places[0].confidence == 0.9


def test_all_pages_go_to_ocr_when_that_is_asked_for(recogniser: Recogniser) -> None:
    plain = PdfPage()
    plain.text(90, 100, "Kế hoạch năm 2025.")
    source = read(write_pdf([plain]), ReadOptions(ocr="always", ocr_dpi=100))
    assert texts(source) == ["trang-1"]
    assert source.problems == ()
    assert recogniser.seen[0][2] == 100


def test_a_missing_program_is_an_error_only_where_nothing_could_be_read(recogniser: Recogniser) -> None:
    recogniser.problems = [ReadProblem("missing_program", "Install it.", "error")]
    assert [p.severity for p in read(write_pdf([scanned_page()]), ReadOptions()).problems] == [
        "warning",
        "error",
    ]
    plain = PdfPage()
    plain.text(90, 100, "Kế hoạch năm 2025.")
    both = read(write_pdf([plain, scanned_page()]), ReadOptions())
    assert {p.severity for p in both.problems} == {"warning"}


def test_a_huge_page_is_rendered_coarsely(recogniser: Recogniser) -> None:
    read(write_pdf([PdfPage(width=14_400, height=14_400, image=True)]), ReadOptions())
    ((_, size, dots),) = recogniser.seen
    assert size[0] * size[1] <= rendering.MAX_PIXELS
    assert dots < 300
