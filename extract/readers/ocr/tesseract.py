"""Runs the tesseract program: pictures in, words with their boxes and confidence out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np
from lxml import etree
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
PixelBox = tuple[int, int, int, int]

VIETNAMESE = "vie"
ENGLISH = "eng"
"""Comes with every tesseract. Of 161 figures in scanned tables it read 159, the Vietnamese model 148."""
SINGLE_COLUMN = 4
"""Page segmentation of a page: one column of text. The automatic one (3) tears the numbers of items from
their lines: 14 % of the characters stood in the wrong place against 0.7 %."""
SINGLE_BLOCK = 6
"""Page segmentation of a cell of a table: one block of text."""
SINGLE_SIGN = 10
"""Page segmentation of a picture of one figure or sign."""
MAX_LANGUAGE_LIST_SECONDS = 20
MAX_PAGE_SECONDS = 120
"""A full page takes 1 to 4 seconds; only noise that looks like endless text takes longer."""
LINE_CLASSES = frozenset({"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"})
PROPERTY = re.compile(r"(bbox|baseline|x_wconf) ([-\d. ]+)")


@dataclass(frozen=True, slots=True)
class RecognisedWord:
    """A word that tesseract read, its box in pixels and how sure it is, from 0 to 1."""

    text: str
    box: PixelBox
    confidence: float


@dataclass(frozen=True, slots=True)
class RecognisedLine:
    """A line that tesseract read: its words and how far down its base line is, in pixels."""

    words: tuple[RecognisedWord, ...]
    base: float

    @property
    def text(self) -> str:
        """The words, parted by blanks."""
        return " ".join(word.text for word in self.words)


class MissingProgramError(Exception):
    """Tesseract or its Vietnamese model is not installed; the message says how to get it."""


class RecognitionTimeoutError(Exception):
    """Tesseract did not finish in time."""


def find_missing_program() -> str:
    """Say what is missing for text recognition and how to install it; empty when all is there."""
    if not shutil.which("tesseract"):
        return f"The program tesseract is not installed, so scans cannot be read. {_how_to_install()}"
    if not has_language(VIETNAMESE):
        return f"Tesseract lacks its Vietnamese model, so scans cannot be read. {_how_to_install()}"
    return ""


def has_language(language: str) -> bool:
    """Tell whether tesseract has the model of a language (``vie``)."""
    return language in _installed_languages()


def recognise(
    pictures: Sequence[Picture], segmentation: int, dots_per_inch: int, language: str = VIETNAMESE
) -> list[list[RecognisedLine]]:
    """Recognise grey pictures with one run of tesseract; gives the lines of each, in its reading order.

    Raises ``MissingProgramError`` when tesseract cannot be started and ``RecognitionTimeoutError`` when it
    takes longer than a page may. The format is hOCR 1.2.
    """
    if not pictures:
        return []
    with TemporaryDirectory(prefix="vnplans-", ignore_cleanup_errors=True) as folder:
        names = [f"{number}.pgm" for number in range(len(pictures))]
        for name, picture in zip(names, pictures, strict=True):
            # Written by Python, since OpenCV cannot open every path of Windows.
            Path(folder, name).write_bytes(cv2.imencode(".pgm", picture)[1].tobytes())
        Path(folder, "list.txt").write_text("\n".join(names) + "\n", encoding="ascii")
        arguments = ["list.txt", "stdout", "-l", language, "--psm", str(segmentation)]
        arguments += ["--dpi", str(dots_per_inch), "-c", "tessedit_create_hocr=1"]
        # White letters on black are turned before, so that not every line is read twice.
        arguments += ["-c", "tessedit_do_invert=0"]
        markup = _run(arguments, folder, MAX_PAGE_SECONDS)
    pages = _parse_pages(markup)
    return [pages.get(number, []) for number in range(1, len(pictures) + 1)]


def _run(arguments: list[str], folder: str | None, seconds: int) -> bytes:
    """Run tesseract on one core, so that as many runs as cores do not stand in each other's way."""
    program = shutil.which("tesseract")
    if not program:
        raise MissingProgramError(find_missing_program())
    try:
        done = subprocess.run(  # noqa: S603
            [program, *arguments],
            cwd=folder,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RecognitionTimeoutError from None
    except OSError as error:
        raise MissingProgramError(f"Tesseract cannot be started: {error}. {_how_to_install()}") from error
    return done.stdout


@cache
def _installed_languages() -> frozenset[str]:
    try:
        listed = _run(["--list-langs"], None, MAX_LANGUAGE_LIST_SECONDS)
    except (RecognitionTimeoutError, MissingProgramError):
        return frozenset()
    return frozenset(line.strip() for line in listed.decode("ascii", errors="replace").splitlines()[1:])


def _how_to_install() -> str:
    return (
        "Install it: on Debian or Ubuntu `apt-get install tesseract-ocr tesseract-ocr-vie`, on macOS "
        "`brew install tesseract tesseract-lang`, on Windows `winget install UB-Mannheim.TesseractOCR` and "
        "choose Vietnamese among the additional languages."
    )


def _parse_pages(markup: bytes) -> dict[int, list[RecognisedLine]]:
    """Parse hOCR: the lines of each page, by the number of the page from 1."""
    parser = etree.XMLParser(recover=True, no_network=True, resolve_entities=False, remove_comments=True)
    root = etree.fromstring(markup, parser) if markup.strip() else None
    pages: dict[int, list[RecognisedLine]] = {}
    for page in () if root is None else root.iter("{*}div"):
        number = page.get("id", "").removeprefix("page_")
        if page.get("class") == "ocr_page" and number.isdecimal():
            lines = (_parse_line(span) for span in page.iter("{*}span") if span.get("class") in LINE_CLASSES)
            pages[int(number)] = [line for line in lines if line is not None]
    return pages


def _parse_line(span: etree._Element) -> RecognisedLine | None:
    parsed = (_parse_word(word) for word in span.iter("{*}span") if word.get("class") == "ocrx_word")
    words = tuple(word for word in parsed if word is not None)
    if not words:
        return None
    found = _parse_properties(span)
    left, _, right, bottom = found["bbox"]
    slope, offset = found.get("baseline", (0.0, 0.0))
    base = bottom + offset + slope * (right - left) / 2
    return RecognisedLine(words, base)


def _parse_word(span: etree._Element) -> RecognisedWord | None:
    text = "".join(span.itertext()).strip()
    found = _parse_properties(span)
    if not text or "bbox" not in found:
        return None
    left, top, right, bottom = map(int, found["bbox"])
    confidence = found.get("x_wconf", (0.0,))[0] / 100
    return RecognisedWord(text, (left, top, right, bottom), min(max(confidence, 0.0), 1.0))


def _parse_properties(span: etree._Element) -> dict[str, tuple[float, ...]]:
    """Parse the properties of an element: ``bbox 1 2 3 4; x_wconf 96``."""
    return {
        match[1]: tuple(float(number) for number in match[2].split())
        for match in PROPERTY.finditer(span.get("title", ""))
    }
