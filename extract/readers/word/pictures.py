"""Pictures of a Word document, for those that hold their text as pictures of pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extract.readers.word.names import DRAWING, REFERENCE, VECTOR, Element
from extract.readers.word.package import Package

if TYPE_CHECKING:
    from PIL import Image

MAX_PICTURES = 500
MAX_PIXELS = 80_000_000
"""An A3 page at 600 dots per inch has 70 million."""
MIN_PAGE_SIDES = (500, 700)
"""Pixels of the sides of a picture of a page at 60 dots per inch; less is a stamp or logo."""
MAX_PAGE_RATIO = 2.2
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
