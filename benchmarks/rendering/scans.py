"""Scans of printed pages: skewed, soft and noisy pictures in a PDF without text.

The noise comes from a generator with a fixed seed for each page, so that the same PDF gives the same scan.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from time import gmtime

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

DPI = 300
POINTS_PER_INCH = 72
SKEW_DEGREES = 1.0
PAPER_GREY = 246
"""Paper is not quite white under the lamp."""
BLUR_SIGMA_PIXELS = 0.8
NOISE_SIGMA = 9.0
JPEG_QUALITY = 70
FIXED_DAY = gmtime(1_704_067_200)

Picture = NDArray[np.uint8]


def scan_pages(content: bytes) -> bytes:
    """Print and scan a PDF: every page a grey picture of 300 dpi, turned by a degree."""
    pages = [Image.fromarray(page) for page in _scan(content)]
    target = io.BytesIO()
    pages[0].save(
        target, "PDF", save_all=True, append_images=pages[1:], resolution=DPI,
        quality=JPEG_QUALITY, creationDate=FIXED_DAY, modDate=FIXED_DAY,
    )  # fmt: skip
    return target.getvalue()


def _scan(content: bytes) -> Iterator[Picture]:
    document = pypdfium2.PdfDocument(content)
    try:
        for number in range(len(document)):
            picture = document[number].render(scale=DPI / POINTS_PER_INCH, grayscale=True).to_numpy()
            seed = int.from_bytes(hashlib.sha256(picture.tobytes()).digest()[:8], "big")
            yield wear_page(np.ascontiguousarray(picture.reshape(picture.shape[:2])), seed, number % 2 == 0)
    finally:
        document.close()


def wear_page(page: Picture, seed: int, to_the_left: bool) -> Picture:
    """Skew, soften and sprinkle a grey page; ``seed`` fixes the noise, pages lean to either side."""
    height, width = page.shape
    angle = SKEW_DEGREES if to_the_left else -SKEW_DEGREES
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255.0)
    soft = cv2.GaussianBlur(turned, (0, 0), BLUR_SIGMA_PIXELS).astype(np.float32)
    noise = np.random.default_rng(seed).standard_normal(page.shape, dtype=np.float32) * NOISE_SIGMA
    return np.clip(soft * (PAPER_GREY / 255) + noise, 0, 255).astype(np.uint8)
