"""Reads pictures of documents, scans and photographs, also TIFF files of many pages, by text recognition."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO

import numpy as np
from PIL import Image

from extract.readers.ocr.pages import build_scan_blocks, recognise_pages
from extract.spans import DEFAULT_OPTIONS, ReadOptions, ReadProblem, Source

MEDIA_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "TIFF": "image/tiff",
    "BMP": "image/bmp",
    "GIF": "image/gif",
    "WEBP": "image/webp",
}
FORMATS = tuple(MEDIA_TYPES)
UNKNOWN_MEDIA_TYPE = "application/octet-stream"
MAX_IMAGE_BYTES = 512 * 1024 * 1024
MAX_PIXELS = 120_000_000
"""An A0 poster at 270 dots per inch; decoded it takes 360 MB."""
MAX_PAGES = 1_000
MIN_SIDE_PIXELS = 8
LONG_SIDE_INCHES = 11.69
"""A4, which nearly all documents have, where the file does not say how large its page is."""
MIN_LONG_SIDE_INCHES, MAX_LONG_SIDE_INCHES = 5.0, 34.0
"""From A6 to A1: a resolution that makes the page smaller or larger was put there by a camera or program."""
MAX_SCALE_ERROR = 0.05
WHITE = 255
ORIENTATION_TAG = 0x0112
ORIENTATIONS = {
    3: Image.Transpose.ROTATE_180,
    6: Image.Transpose.ROTATE_270,
    8: Image.Transpose.ROTATE_90,
}
"""How cameras say that they were held turned (Exif 2.3, tag 274)."""
PILLOW_ERRORS = (OSError, SyntaxError, ValueError, EOFError, TypeError, IndexError, KeyError, OverflowError)
"""What Pillow's decoders raise for damaged files; ``UnidentifiedImageError`` is an ``OSError``."""


@dataclass(slots=True)
class _Reading:
    """What came up while the pages of a picture were decoded."""

    pages: int = 0
    problems: list[ReadProblem] = field(default_factory=list)


def read_image(name: str, content: bytes, options: ReadOptions = DEFAULT_OPTIONS) -> Source:
    """Read a picture of a document: PNG, JPEG, TIFF of one or many pages, BMP, GIF or WebP.

    ``name`` is the path, ``content`` the whole file. Of an animation the first picture is read. Places have
    their boxes in points of a page of the size that the file tells, of A4 where that is impossible. Raises
    nothing: what went wrong stands in ``problems``, as an error (and then there is no block) ``empty_file``,
    ``too_large``, ``corrupt_file``, ``ocr_off``, ``missing_program`` or ``no_text``, or as a warning
    ``corrupt_file`` for a page, ``pages_left_out`` or ``timeout``.

    >>> read_image("a.png", b"").problems[0].code
    'empty_file'
    """
    problem = _find_refused(content, options)
    if problem is not None:
        return Source(UNKNOWN_MEDIA_TYPE, (), problems=(problem,))
    with warnings.catch_warnings():
        # Pillow warns of damage that it can read over and of large pictures, whose size is checked here.
        warnings.simplefilter("ignore", UserWarning)
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return _read_image(content, options)


def _read_image(content: bytes, options: ReadOptions) -> Source:
    try:
        image = Image.open(BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError:
        return Source(UNKNOWN_MEDIA_TYPE, (), problems=(_too_large("The picture"),))
    except PILLOW_ERRORS:
        return Source(UNKNOWN_MEDIA_TYPE, (), problems=(_corrupt("The picture is damaged."),))
    media_type = MEDIA_TYPES[image.format or "PNG"]
    reading = _Reading()
    with image:
        pages, problems = recognise_pages(_decode_pages(image, options, reading), options)
    problems = [*reading.problems, *problems]
    blocks = build_scan_blocks(pages)
    if not blocks and not any(problem.severity == "error" for problem in problems):
        problems = [replace(problem, severity="error") for problem in problems] or [
            ReadProblem(
                "no_text", "No text was found in the picture. Check that it shows a document.", "error"
            )
        ]
    return Source(media_type, blocks, reading.pages, len(pages), tuple(problems))


def _find_refused(content: bytes, options: ReadOptions) -> ReadProblem | None:
    if not content:
        return ReadProblem("empty_file", "The file is empty. Check that it was copied whole.", "error")
    if len(content) > MAX_IMAGE_BYTES:
        return _too_large("The file")
    if options.ocr == "never":
        message = "A picture can be read by text recognition only, which is switched off. Allow OCR."
        return ReadProblem("ocr_off", message, "error")
    return None


def _decode_pages(
    image: Image.Image, options: ReadOptions, reading: _Reading
) -> Iterator[tuple[int, Image.Image]]:
    """Decode the pages one after the other, each at the resolution for OCR; note those that fail."""
    while reading.pages < MAX_PAGES:
        number = reading.pages + 1
        if number > 1 and not _turn_page(image, number):
            return
        reading.pages = number
        width, height = image.size
        if width * height > MAX_PIXELS:
            reading.problems.append(replace(_too_large("The page"), severity="warning", page=number))
            continue
        if min(width, height) < MIN_SIDE_PIXELS:
            continue
        try:
            yield number, _fit(_make_plain(image), image, options.ocr_dpi)
        except (*PILLOW_ERRORS, Image.DecompressionBombError):
            problem = _corrupt("The picture is damaged and was left out.")
            reading.problems.append(replace(problem, severity="warning", page=number))
            # Where one page cannot be decoded the way to the next one may be lost too.
            if image.format != "TIFF":
                return
    if _turn_page(image, MAX_PAGES + 1):
        message = f"Only the first {MAX_PAGES:,} pages of the picture were read. Split it into its documents."
        reading.problems.append(ReadProblem("pages_left_out", message))


def _turn_page(image: Image.Image, number: int) -> bool:
    """Go to a page, counted from 1; say whether there is one. Pictures of an animation are no pages."""
    if image.format != "TIFF":
        return False
    try:
        image.seek(number - 1)
    except PILLOW_ERRORS:
        return False
    return True


def _make_plain(image: Image.Image) -> Image.Image:
    """Give a page upright in grey or colour, on white where it is transparent."""
    if image.mode.startswith(("I", "F")):
        plain = _spread_levels(image)
    elif "A" in image.getbands() or "transparency" in image.info:
        layered = image.convert("RGBA")
        plain = Image.new("RGB", layered.size, (WHITE, WHITE, WHITE))
        plain.paste(layered, mask=layered.getchannel("A"))
    else:
        plain = image.convert("L" if image.mode in {"1", "L"} else "RGB")
    orientation = image.getexif().get(ORIENTATION_TAG)
    turn = ORIENTATIONS.get(orientation) if orientation is not None else None
    return plain.transpose(turn) if turn is not None else plain


def _spread_levels(image: Image.Image) -> Image.Image:
    """Bring levels of more than 8 bits, wherever they lie, to those from black to white."""
    levels = np.nan_to_num(np.asarray(image, dtype=np.float64))
    low, high = float(levels.min()), float(levels.max())
    spread = (levels - low) * (WHITE / ((high - low) or 1.0))
    return Image.fromarray(spread.astype(np.uint8))


def _fit(plain: Image.Image, image: Image.Image, dots_per_inch: int) -> Image.Image:
    """Bring a page to the resolution for OCR."""
    scale = dots_per_inch / _find_resolution(image)
    if abs(scale - 1) <= MAX_SCALE_ERROR:
        return plain
    size = (max(round(plain.width * scale), 1), max(round(plain.height * scale), 1))
    return plain.resize(size, Image.Resampling.BICUBIC)


def _find_resolution(image: Image.Image) -> float:
    """Find the dots per inch of a page: what the file says if it can be, else that of an A4 page."""
    long_side = max(image.size)
    told = image.info.get("dpi")
    try:
        dots = float(told[0]) if told else 0.0
    except (TypeError, ValueError, ZeroDivisionError):
        dots = 0.0
    if dots > 0 and MIN_LONG_SIDE_INCHES <= long_side / dots <= MAX_LONG_SIDE_INCHES:
        return dots
    return long_side / LONG_SIDE_INCHES


def _too_large(what: str) -> ReadProblem:
    message = f"{what} is too large to be read. Save it with fewer dots per inch (300 are enough)."
    return ReadProblem("too_large", message, "error")


def _corrupt(message: str) -> ReadProblem:
    return ReadProblem("corrupt_file", f"{message} Fetch the file again or scan the document anew.", "error")
