"""Pictures of a Word document, for those that hold their text as pictures of pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extract.readers.word.names import DRAWING, REFERENCE, VECTOR, Element
from extract.readers.word.package import Package, PackageError

if TYPE_CHECKING:
    from PIL import Image

MAX_PICTURES = 500
MAX_PIXELS = 80_000_000
"""An A3 page at 600 dots per inch has 70 million."""
MIN_PAGE_SIDES = (500, 700)
"""Pixels of the sides of a picture of a page at 60 dots per inch; less is a stamp or logo."""
MAX_PAGE_RATIO = 2.2


def read_pictures(package: Package, body: Element) -> Iterator[Image.Image]:
    """Give the pictures of pages in a document in the order of its text, each once; others are passed over.

    A picture is decoded when it is asked for. Raises PackageError when the parts are larger than a package
    may be.
    """
    for path in find_pictures(package, body):
        picture = _open_picture(package, path)
        if picture is not None:
            yield picture


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


__all__ = ["PackageError", "find_pictures", "read_pictures"]
