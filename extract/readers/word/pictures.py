"""Pictures of a Word document, for those that hold their text as pictures of pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extract.readers.word.names import DRAWING, PLACING, REFERENCE, VECTOR, Element
from extract.readers.word.package import Package

if TYPE_CHECKING:
    from PIL import Image

MAX_PICTURES = 500
MAX_PIXELS = 80_000_000
"""An A3 page at 600 dots per inch has 70 million."""
MIN_PAGE_SIDES = (500, 700)
"""Pixels of the sides of a picture of a page at 60 dots per inch; less is a stamp or logo."""
MAX_PAGE_RATIO = 2.2
UNITS_PER_CENTIMETRE = 360_000
MIN_PAGE_UNITS = (14 * UNITS_PER_CENTIMETRE, 19 * UNITS_PER_CENTIMETRE)
"""Width and height from which a picture fills the text area of an A4 page (17 by 25 cm)."""
MAX_LENGTH_DIGITS = 12
PAGE_INCHES = 8.27
"""The shorter side of A4, which administrative documents are on."""
MAX_SCALE = 4.0
"""Beyond this a picture holds no letters that could be read."""


def read_pictures(package: Package, body: Element, dots_per_inch: int) -> Iterator[Image.Image]:
    """Give the pictures of pages in a document in the order of its text, each once; others are passed over.

    They come in so many dots per inch, taken for pages of A4, whatever they were scanned with. A picture is
    decoded when it is asked for. Raises PackageError when the parts are larger than a package may be.
    """
    for path in find_pictures(package, body):
        picture = _open_picture(package, path)
        if picture is not None:
            yield _scaled(picture, dots_per_inch)


def find_pictures(package: Package, body: Element) -> list[str]:
    """Give the paths of the pictures that a body shows, in order, each once."""
    relations = package.relations(package.main)
    keys = (
        element.get(f"{REFERENCE}embed") or element.get(f"{REFERENCE}id") or ""
        for element in body.iter(f"{DRAWING}blip", f"{VECTOR}imagedata")
    )
    paths = dict.fromkeys(
        relations[key].target for key in keys if key in relations and not relations[key].external
    )
    return list(paths)[:MAX_PICTURES]


def count_full_pages(body: Element) -> int:
    """Count the pictures that are shown as large as a page: scans that stand between the text."""
    count = 0
    for extent in body.iter(f"{PLACING}extent"):
        sides = [parse_length(extent.get(side)) for side in ("cx", "cy")]
        holder = extent.getparent()
        shows = holder is not None and next(holder.iter(f"{DRAWING}blip"), None) is not None
        count += shows and sides[0] >= MIN_PAGE_UNITS[0] and sides[1] >= MIN_PAGE_UNITS[1]
    return count


def parse_length(text: str | None) -> int:
    """Read a length in English Metric Units (360,000 a centimetre); 0 for what is none.

    >>> parse_length("720000"), parse_length(None), parse_length("x")
    (720000, 0, 0)
    """
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= MAX_LENGTH_DIGITS else 0


def _open_picture(package: Package, path: str) -> Image.Image | None:
    from PIL import Image, UnidentifiedImageError

    content = package.read(path)
    if not content:
        return None
    try:
        picture = Image.open(io.BytesIO(content))
        shorter, longer = sorted(picture.size)
        is_page = shorter >= MIN_PAGE_SIDES[0] and longer >= MIN_PAGE_SIDES[1]
        if not is_page or longer > MAX_PAGE_RATIO * shorter or shorter * longer > MAX_PIXELS:
            return None
        picture.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        # Pillow raises all of these for pictures that are damaged or of a format it lacks (EMF, WMF).
        return None
    return picture


def _scaled(picture: Image.Image, dots_per_inch: int) -> Image.Image:
    from PIL import Image

    scale = min(PAGE_INCHES * dots_per_inch / min(picture.size), MAX_SCALE)
    width, height = (round(side * scale) for side in picture.size)
    return picture.convert("L").resize((width, height), Image.Resampling.LANCZOS)
