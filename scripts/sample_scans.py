"""What offices do to printed samples: numbers stamped on PDF pages, signatures, seals, the scanner."""

from __future__ import annotations

import ctypes
import io
import math
from collections.abc import Sequence
from time import gmtime

import cv2
import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageDraw, ImageFont

STAMP_POINTS = 13.0
STAMP_COLOUR = (0, 0, 0, 255)
STAMP_PADDING_POINTS = 3.0

SEAL_CENTRE = (1580, 2450)
"""Of the round seal: over the left third of the signature, as Decree 30/2020/NĐ-CP has it."""
SEAL_RADIUS_PIXELS = 213
"""36 mm across (Circular 22/2024/TT-BCA) at 300 dpi."""
SEAL_RED = (205, 40, 45)
SEAL_WORDS = "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI ★ TỈNH HÀ NAM ★ "
INK_BLUE = (45, 60, 150)
SEAL_FONT = "DejaVuSans-Bold.ttf"

SKEW_DEGREES = 0.7
BLUR_SIGMA_PIXELS = 0.7
NOISE_SIGMA = 3.0
NOISE_SEED = 20
PAPER_GREY = 248
JPEG_QUALITY = 42
FIXED_DAY = gmtime(1_704_067_200)


def stamp_words(content: bytes, stamps: Sequence[tuple[str, float, float]]) -> bytes:
    """Stamp words on the first page as annotations, as systems do that number what is sent out."""
    document = pypdfium2.PdfDocument(content)
    page = document[0]
    for words, left, base in stamps:
        annotation = pdfium.FPDFPage_CreateAnnot(page.raw, pdfium.FPDF_ANNOT_STAMP)
        text = pdfium.FPDFPageObj_NewTextObj(document.raw, b"Times-Roman", STAMP_POINTS)
        encoded = (words + "\0").encode("utf-16-le")
        pdfium.FPDFText_SetText(text, ctypes.cast(encoded, ctypes.POINTER(pdfium.FPDF_WCHAR)))
        pdfium.FPDFPageObj_SetFillColor(text, *STAMP_COLOUR)
        pdfium.FPDFPageObj_Transform(text, 1, 0, 0, 1, left, base)
        width = STAMP_POINTS * len(words) / 2
        rectangle = pdfium.FS_RECTF(
            left - STAMP_PADDING_POINTS, base + STAMP_POINTS, left + width + STAMP_PADDING_POINTS,
            base - STAMP_PADDING_POINTS,
        )  # fmt: skip
        pdfium.FPDFAnnot_SetRect(annotation, rectangle)
        pdfium.FPDFAnnot_AppendObject(annotation, text)
        pdfium.FPDFPage_CloseAnnot(annotation)
    target = io.BytesIO()
    document.save(target)
    document.close()
    return target.getvalue()


def sign_page(page: Image.Image) -> Image.Image:
    """Sign a page in blue and put a red round seal over the signature; ink is as clear as ink is."""
    ink = Image.new("RGB", page.size, "white")
    _draw_signature(ImageDraw.Draw(ink))
    seal = Image.new("RGB", page.size, "white")
    _draw_seal(seal)
    return ImageChops.multiply(ImageChops.multiply(page, ink), seal)


def _draw_signature(pen: ImageDraw.ImageDraw) -> None:
    x, y = SEAL_CENTRE
    points = [
        (x - 40 + 3.4 * t, y + 20 - 0.35 * t + 70 * math.sin(t / 13) * math.exp(-t / 130)) for t in range(150)
    ]
    pen.line(points, fill=INK_BLUE, width=6, joint="curve")


def _draw_seal(page: Image.Image) -> None:
    pen = ImageDraw.Draw(page)
    x, y = SEAL_CENTRE
    for radius, width in ((SEAL_RADIUS_PIXELS, 8), (SEAL_RADIUS_PIXELS - 66, 4)):
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=SEAL_RED, width=width)
    star = [
        (x + r * math.sin(math.pi * k / 5), y - r * math.cos(math.pi * k / 5))
        for k, r in enumerate((70, 28) * 5)
    ]
    pen.polygon(star, fill=SEAL_RED)
    font = ImageFont.truetype(SEAL_FONT, 36)
    middle = SEAL_RADIUS_PIXELS - 36
    for index, letter in enumerate(SEAL_WORDS):
        angle = 2 * math.pi * index / len(SEAL_WORDS) - math.pi * 0.72
        tile = Image.new("RGB", (64, 64), "white")
        ImageDraw.Draw(tile).text((32, 32), letter, SEAL_RED, font, anchor="mm")
        tile = tile.rotate(-math.degrees(angle), fillcolor="white", resample=Image.Resampling.BICUBIC)
        place = (round(x + middle * math.sin(angle)) - 32, round(y - middle * math.cos(angle)) - 32)
        box = (*place, place[0] + 64, place[1] + 64)
        page.paste(ImageChops.multiply(page.crop(box), tile), place)


def scan_page(page: Image.Image, dpi: int = 300) -> bytes:
    """Scan a page in colour: a PDF with one picture, skewed, a little soft and noisy, without text."""
    picture = np.asarray(page, dtype=np.uint8)
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), SKEW_DEGREES, 1.0)
    turned = cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,) * 3)
    soft = cv2.GaussianBlur(turned, (0, 0), BLUR_SIGMA_PIXELS).astype(np.float32) * (PAPER_GREY / 255)
    noise = np.random.default_rng(NOISE_SEED).standard_normal((height, width, 1), np.float32) * NOISE_SIGMA
    scanned = Image.fromarray(np.clip(soft + noise, 0, 255).astype(np.uint8))
    target = io.BytesIO()
    scanned.save(
        target, "PDF", resolution=dpi, quality=JPEG_QUALITY, creationDate=FIXED_DAY, modDate=FIXED_DAY
    )
    return target.getvalue()
