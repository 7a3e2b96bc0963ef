"""Runs the tesseract program: pictures in, words with their boxes and confidence out."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
PixelBox = tuple[int, int, int, int]

LANGUAGE = "vie"
SINGLE_COLUMN = 4
"""Page segmentation of a page: one column of text. The automatic one (3) tears the numbers of items from
their lines: 14 % of the characters stood in the wrong place against 0.7 %."""
SINGLE_BLOCK = 6
"""Page segmentation of a cell of a table: one block of text."""
WORD_LEVEL = "5"
MAX_LANGUAGE_LIST_SECONDS = 20
MAX_PAGE_SECONDS = 120
"""A full page takes 1 to 4 seconds; only noise that looks like endless text takes longer."""


@dataclass(frozen=True, slots=True)
class RecognisedWord:
    """A word that tesseract read: its line (block, paragraph, line), its box in pixels, confidence 0 to 1."""

    text: str
    line: tuple[int, int, int]
    box: PixelBox
    confidence: float


class MissingProgramError(Exception):
    """Tesseract or its Vietnamese model is not installed; the message says how to get it."""


class RecognitionTimeoutError(Exception):
    """Tesseract did not finish in time."""


def find_missing_program() -> str:
    """Say what is missing for text recognition and how to install it; empty when all is there."""
    if not shutil.which("tesseract"):
        return f"The program tesseract is not installed, so scans cannot be read. {_how_to_install()}"
    if LANGUAGE not in _installed_languages():
        return f"Tesseract has no Vietnamese model ({LANGUAGE}), so scans cannot be read. {_how_to_install()}"
    return ""


def recognise(
    pictures: Sequence[Picture], segmentation: int, dots_per_inch: int
) -> list[list[RecognisedWord]]:
    """Recognise grey pictures with one run of tesseract; gives the words of each, in its reading order.

    Raises ``MissingProgramError`` when tesseract cannot be started and ``RecognitionTimeoutError`` when it
    takes longer than a page may.
    """
    if not pictures:
        return []
    with TemporaryDirectory(prefix="vnplans-") as folder:
        names = [f"{number}.pgm" for number in range(len(pictures))]
        for name, picture in zip(names, pictures, strict=True):
            # Through Python, since OpenCV cannot open every path of Windows.
            encoded = cv2.imencode(".pgm", picture)[1]
            Path(folder, name).write_bytes(encoded.tobytes())
        Path(folder, "list.txt").write_text("\n".join(names) + "\n", encoding="ascii")
        arguments = ["list.txt", "stdout", "-l", LANGUAGE, "--psm", str(segmentation)]
        arguments += ["--dpi", str(dots_per_inch), "-c", "tessedit_create_tsv=1"]
        table = _run(arguments, folder, MAX_PAGE_SECONDS)
    return _parse_words(table, len(pictures))


def _run(arguments: list[str], folder: str | None, seconds: int) -> str:
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
    return done.stdout.decode("utf-8", errors="replace")


@cache
def _installed_languages() -> frozenset[str]:
    try:
        listed = _run(["--list-langs"], None, MAX_LANGUAGE_LIST_SECONDS)
    except (RecognitionTimeoutError, MissingProgramError):
        return frozenset()
    return frozenset(line.strip() for line in listed.splitlines()[1:])


def _how_to_install() -> str:
    return (
        "Install it: on Debian or Ubuntu `apt-get install tesseract-ocr tesseract-ocr-vie`, on macOS "
        "`brew install tesseract tesseract-lang`, on Windows `winget install UB-Mannheim.TesseractOCR` and "
        "choose Vietnamese among the additional languages."
    )


def _parse_words(table: str, count: int) -> list[list[RecognisedWord]]:
    pages: list[list[RecognisedWord]] = [[] for _ in range(count)]
    for row in csv.reader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if len(row) < 12 or row[0] != WORD_LEVEL or not row[11].strip():
            continue
        page, block, paragraph, line, _, left, top, width, height = map(int, row[1:10])
        if 0 < page <= count:
            box = (left, top, left + width, top + height)
            confidence = min(max(float(row[10]) / 100, 0.0), 1.0)
            pages[page - 1].append(RecognisedWord(row[11].strip(), (block, paragraph, line), box, confidence))
    return pages
