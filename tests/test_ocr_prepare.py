"""Pages made ready for recognition: level, upright, without stamps, and the way back to the scan."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extract.readers.layout.page import Page
from extract.readers.ocr.pages import ScannedPage, place_on_scans, recognise_pages
from extract.readers.ocr.prepare import find_skew, prepare, shrink, turn_box
from extract.readers.ocr.ruled_tables import find_ruled_tables, find_rules
from extract.readers.ocr.stamps import find_framed_stamps, make_grey
from extract.readers.ocr.tesseract import find_missing_program
from extract.spans import Block, Place, ReadOptions

DOCUMENTS = Path(__file__).parent / "documents"
DOTS = 200
needs_tesseract = pytest.mark.skipif(
    bool(find_missing_program()), reason="tesseract with vie is not installed"
)


def sample() -> Image.Image:
    with Image.open(DOCUMENTS / "scan_plan.png") as image:
        return image.convert("L")


@pytest.mark.parametrize("degrees", [-6.0, -4.0, -1.3, -0.4, 0.0, 0.5, 2.0, 4.0, 7.0])
def test_skew_is_found_to_a_quarter_of_a_degree(degrees: float) -> None:
    # PIL turns against the clock, so that lines rise.
    slanted = sample().rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=255)
    assert find_skew(np.asarray(slanted), DOTS)[0] == pytest.approx(degrees, abs=0.25)


@pytest.mark.parametrize("level", [0, 128, 255])
def test_a_page_of_one_colour_has_no_skew(level: int) -> None:
    assert find_skew(np.full((300, 200), level, dtype=np.uint8), DOTS)[0] == pytest.approx(0, abs=8)


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (3, 3)])
def test_tiny_pages_raise_nothing(size: tuple[int, int]) -> None:
    assert prepare(Image.new("L", size, 0), 300).picture.size == size[0] * size[1]


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
@pytest.mark.parametrize("degrees", [0.0, 3.0])
def test_boxes_lead_back_to_the_scan(quarters: int, degrees: float) -> None:
    """A mark found in the prepared page stands in the scan where its box leads."""
    scan = sample()
    ImageDraw.Draw(scan).rectangle((1500, 60, 1560, 120), fill=0)
    scan = scan.rotate(-degrees, fillcolor=255).rotate(90 * quarters, expand=True)
    dark = np.asarray(scan) < 100
    upright = prepare(scan, DOTS)
    # The mark is the one solid square of this size.
    found = max(
        (
            (x, y)
            for y in range(0, upright.picture.shape[0] - 40, 10)
            for x in range(0, upright.picture.shape[1] - 40, 10)
        ),
        key=lambda place: int(
            (upright.picture[place[1] : place[1] + 40, place[0] : place[0] + 40] < 100).sum()
        ),
    )
    box = turn_box((found[0], found[1], found[0] + 40, found[1] + 40), upright.matrix)
    left, top, right, bottom = (round(side) for side in box)
    assert dark[top:bottom, left:right].mean() > 0.9


@needs_tesseract
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_page_is_read_however_it_lies(quarters: int) -> None:
    image = sample().rotate(90 * quarters, expand=True)
    pages, problems = recognise_pages([(1, image)], ReadOptions(ocr_dpi=DOTS))
    assert problems == []
    assert "1. Rà soát, hoàn thiện quy trình tiếp nhận hồ sơ tại các xã, phường" in [
        line.text for line in pages[0].lines
    ]
    assert (pages[0].width > pages[0].height) == (sample().width > sample().height)


def test_places_are_led_back_and_others_stay() -> None:
    turned = ScannedPage(2, 100, 200, matrix=np.array([[-1.0, 0.0, 100.0], [0.0, -1.0, 200.0]]))
    places = (Place(0, 1, (1, 2, 3, 4)), Place(3, 2, (1, 2, 3, 4), 0.5), Place(5, 2))
    (block,) = place_on_scans([Block("paragraph", "một hai", places=places)], [Page(1, 100, 200), turned])
    assert block.places == (places[0], Place(3, 2, (97.0, 196.0, 99.0, 198.0), 0.5), places[2])


def test_a_picture_is_made_smaller_and_never_larger() -> None:
    picture = np.full((300, 600), 255, dtype=np.uint8)
    small, scale = shrink(picture, 300, 150)
    assert (small.shape, scale) == ((150, 300), 0.5)
    assert shrink(picture, 100, 150) == (picture, 1.0)


def test_a_red_seal_goes_and_the_print_below_it_stays() -> None:
    page = sample().convert("RGB")
    draw = ImageDraw.Draw(page)
    draw.ellipse((300, 330, 560, 590), outline=(220, 40, 50), width=6)
    grey = make_grey(page, DOTS)
    plain = np.asarray(sample())
    assert grey[330:337, 400:460].min() > 200
    # What was black stays black, but for the pixels that the seal covers.
    dark = plain < 100
    assert (grey[dark] < 150).mean() > 0.97


def test_coloured_print_and_coloured_grounds_stay() -> None:
    page = Image.new("RGB", (800, 400), "white")
    draw = ImageDraw.Draw(page)
    for x in range(50, 750, 20):
        draw.rectangle((x, 100, x + 6, 130), fill=(200, 30, 30))
    draw.rectangle((50, 200, 700, 350), fill=(40, 90, 200))
    grey = make_grey(page, DOTS)
    assert grey[115, 53] < 150
    assert grey[300, 300] < 150


def stamped(left: int) -> tuple[np.ndarray, list[tuple[int, int, int, int]]]:
    """A page of lines between 250 and 1400 with a frame of 50 by 25 mm at a distance from the left."""
    picture = np.full((2200, 1654), 255, dtype=np.uint8)
    for y in range(200, 2000, 40):
        for x in range(250, 1400, 24):
            picture[y : y + 18, x : x + 14] = 0
    picture[395:600, left - 5 : left + 400] = 255
    for y in (400, 590):
        picture[y : y + 4, left : left + 394] = 0
    for x in (left, left + 390):
        picture[400:594, x : x + 4] = 0
    rules = find_rules(picture, DOTS)
    return picture, find_framed_stamps(picture, rules, find_ruled_tables(rules, DOTS), DOTS)


def test_a_frame_stamped_into_the_margin_is_found() -> None:
    _, (box,) = stamped(100)
    assert np.allclose(box, (100, 400, 494, 594), atol=8)


def test_a_frame_within_the_text_is_no_stamp() -> None:
    assert stamped(600)[1] == []


def test_a_blank_page_has_no_stamps() -> None:
    picture = np.full((600, 400), 255, dtype=np.uint8)
    assert find_framed_stamps(picture, find_rules(picture, DOTS), [], DOTS) == []
