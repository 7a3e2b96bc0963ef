"""Reads the figures of tables, each alone and those of a column as one block.

Either goes wrong at times, seldom both in the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from extract.readers.ocr.prepare import WHITE
from extract.readers.ocr.tesseract import (
    ENGLISH,
    SINGLE_BLOCK,
    Picture,
    RecognisedLine,
    RecognisedWord,
    recognise,
)

FIGURE_DOTS_PER_INCH = 150
"""Of 172 figures of a scanned annex 165 were read at this size, 164 at 180 and 152 at 300 dots per inch."""
MARGIN_PIXELS = 20
FRAME_PIXELS = 12
LINE_GAP = 0.8
"""White between the figures of a block, in heights of the highest."""
DARK = 160
BAR_FLATNESS = 0.35
"""The bar of ``≥`` is no higher than this share of its width; no figure and no comma is so flat."""
MIN_BAR_OVERLAP = 0.7
AT_LEAST, AT_MOST = "≥", "≤"


@dataclass(frozen=True, slots=True)
class _Piece:
    """The ink of a cell: its picture, where it was cut from the cell's, and the sign that stood before it."""

    picture: Picture
    left: int
    top: int
    sign: str


def recognise_lone_figures(pictures: Sequence[Picture], dots_per_inch: int) -> list[list[RecognisedLine]]:
    """Read pictures of cells that hold figures, each for itself; boxes are in the pixels of its picture.

    Raises what ``recognise`` raises.
    """
    pieces = [_cut_ink(picture) for picture in pictures]
    framed = [np.pad(piece.picture, FRAME_PIXELS, constant_values=WHITE) for piece in pieces]
    read = recognise(framed, SINGLE_BLOCK, dots_per_inch, ENGLISH)
    return [
        _place_words(piece, [word for line in found for word in line.words], FRAME_PIXELS, FRAME_PIXELS, 1.0)
        for piece, found in zip(pieces, read, strict=True)
    ]


def recognise_figures(columns: Sequence[Sequence[Picture]], dots_per_inch: int) -> list[list[RecognisedLine]]:
    """Read pictures of cells that hold figures, those of a column together.

    Takes the pictures of each column from top to bottom; gives the lines of every cell, in the same order,
    with boxes in the pixels of its picture. Raises what ``recognise`` raises.
    """
    scale = min(FIGURE_DOTS_PER_INCH / dots_per_inch, 1.0)
    cut = [[_cut_ink(picture) for picture in column] for column in columns]
    shrunk = [[_shrink(piece.picture, scale) for piece in column] for column in cut]
    blocks = [_stack(column) for column in shrunk]
    read = recognise([block for block, _ in blocks], SINGLE_BLOCK, round(dots_per_inch * scale), ENGLISH)
    lines: list[list[RecognisedLine]] = []
    for pieces, (_, tops), found in zip(cut, blocks, read, strict=True):
        words = [word for line in found for word in line.words]
        lines += [
            _line_of(piece, top, step, words, scale)
            for piece, top, step in zip(pieces, tops, _steps(tops), strict=True)
        ]
    return lines


def _cut_ink(picture: Picture) -> _Piece:
    """Cut a cell's ink out; a leading ``≥`` or ``≤``, which the model takes for a figure, is taken off."""
    ink = picture < DARK
    sign, right = _find_sign(ink.astype(np.uint8))
    ink[:, :right] = False
    if not ink.any():
        return _Piece(picture, 0, 0, "")
    rows, columns = np.nonzero(ink.any(axis=1))[0], np.nonzero(ink.any(axis=0))[0]
    top, left = max(int(rows[0]) - 2, 0), max(int(columns[0]) - 2, right)
    return _Piece(picture[top : int(rows[-1]) + 3, left : int(columns[-1]) + 3], left, top, sign)


def _find_sign(ink: Picture) -> tuple[str, int]:
    """Find ``≥`` or ``≤`` at the left: an angle over a bar; gives it and where it ends, or nothing and 0."""
    stats = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:]
    spots = sorted(stats.tolist(), key=lambda spot: spot[0])[:2]
    if len(spots) < 2:
        return "", 0
    bar, angle = sorted(spots, key=lambda spot: spot[3])
    left, top, width, height, _ = bar
    shared = min(left + width, angle[0] + angle[2]) - max(left, angle[0])
    flat = height <= BAR_FLATNESS * width
    under = top >= angle[1] + angle[3] // 2 and shared >= MIN_BAR_OVERLAP * max(width, angle[2])
    if not (flat and under):
        return "", 0
    shape = ink[angle[1] : angle[1] + angle[3], angle[0] : angle[0] + angle[2]]
    third = max(shape.shape[0] // 3, 1)
    tip = _centre(shape[third : 2 * third + 1])
    ends = (_centre(shape[:third]) + _centre(shape[-third:])) / 2
    return (AT_LEAST if tip > ends else AT_MOST), max(left + width, angle[0] + angle[2])


def _centre(ink: Picture) -> float:
    columns = np.nonzero(ink)[1]
    return float(columns.mean()) if columns.size else 0.0


def _shrink(picture: Picture, scale: float) -> Picture:
    if scale == 1.0:
        return picture
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)


def _stack(pictures: Sequence[Picture]) -> tuple[Picture, list[int]]:
    """Put pictures under each other, standing on lines of one distance; gives the top of each as well."""
    height = max(picture.shape[0] for picture in pictures)
    width = max(picture.shape[1] for picture in pictures)
    step = round(height * (1 + LINE_GAP))
    block = np.full((step * len(pictures) + 2 * MARGIN_PIXELS, width + 2 * MARGIN_PIXELS), WHITE, np.uint8)
    tops = []
    for number, picture in enumerate(pictures):
        top = MARGIN_PIXELS + number * step + height - picture.shape[0]
        block[top : top + picture.shape[0], MARGIN_PIXELS : MARGIN_PIXELS + picture.shape[1]] = picture
        tops.append(top)
    return block, tops


def _steps(tops: list[int]) -> list[int]:
    """Give how far down each line of a block reaches."""
    return [*tops[1:], 1 << 30]


def _line_of(
    piece: _Piece, top: int, below: int, words: Sequence[RecognisedWord], scale: float
) -> list[RecognisedLine]:
    """Give the words between two lines of a block as the line of the cell that stood there."""
    own = [word for word in words if top <= (word.box[1] + word.box[3]) / 2 < below]
    return _place_words(piece, own, MARGIN_PIXELS, top, scale)


def _place_words(
    piece: _Piece, words: Sequence[RecognisedWord], before: int, above: int, scale: float
) -> list[RecognisedLine]:
    """Put words into the place of their piece, its sign before them; none make no line."""
    placed = []
    for word in sorted(words, key=lambda word: word.box[0]):
        left, upper, right, lower = word.box
        box = (
            round((left - before) / scale) + piece.left,
            round((upper - above) / scale) + piece.top,
            round((right - before) / scale) + piece.left,
            round((lower - above) / scale) + piece.top,
        )
        placed.append(replace(word, box=box))
    if not placed:
        return []
    if piece.sign:
        placed[0] = replace(placed[0], text=piece.sign + placed[0].text)
    return [RecognisedLine(tuple(placed), float(max(word.box[3] for word in placed)))]
