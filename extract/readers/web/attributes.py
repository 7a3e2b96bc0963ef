"""The box of attributes that law portals print beside a document: its number, day and issuer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from extract.folding import fold_tones
from extract.knowledge.tables import read_table
from extract.readers.web.flow import Piece

MIN_ATTRIBUTES = 3
"""A lone ``Ngày ban hành: ...`` may be a line of the document itself."""
MAX_VALUE_CHARACTERS = 300
MAX_LABEL_CHARACTERS = 30
MAX_GAP = 2
"""Pieces between two labels: a value of one or two lines."""
TELLING_FIELDS = ("number", "issued", "issuer")
DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")


@dataclass(slots=True)
class Box:
    """The attributes of a document: label and value by field, and the pieces they were printed in."""

    pieces: list[Piece] = field(default_factory=list)
    values: dict[str, tuple[str, str]] = field(default_factory=dict)


def find_box(pieces: list[Piece]) -> Box:
    """Find the box of attributes among the pieces of a page; an empty one where there is none.

    It is a table or a run of lines with at least `MIN_ATTRIBUTES` labels known from law portals
    (``knowledge/portal_attributes.csv``), each with its value behind or below it.
    """
    best = Box()
    for run in _runs(pieces):
        pairs = _read_pairs(run)
        if len({label for label, _ in pairs}) >= MIN_ATTRIBUTES and len(pairs) > len(best.values):
            values = {_field(label): (label, value) for label, value in reversed(pairs)}
            best = Box(run, values)
    return best


def tell_attributes(box: Box, pieces: list[Piece]) -> list[Piece]:
    """Give the lines of a box that the document, read as ``pieces``, does not say itself.

    Number, day and issuer are given where the number does not stand in the document.
    """
    text = "".join("".join(piece.words.split()) for piece in pieces).casefold()
    number = box.values.get("number", ("", ""))[1]
    if number and "".join(number.split()).casefold() in text:
        return []
    if not number and _has_day(box.values.get("issued", ("", ""))[1], text):
        return []
    lines = [box.values[name] for name in TELLING_FIELDS if name in box.values]
    return [Piece(box.pieces[0].element, f"{label}: {value}") for label, value in lines]


def _runs(pieces: list[Piece]) -> list[list[Piece]]:
    """Gather stretches of pieces in which every second or third one begins with a label."""
    runs: list[list[Piece]] = []
    current: list[Piece] = []
    gap = 0
    for number, piece in enumerate(pieces):
        if piece.rows:
            runs.append([piece])
        labelled = not piece.rows and bool(_split_label(piece.text)[0])
        if labelled:
            current.append(piece)
            gap = 0
            continue
        gap += 1
        lone_label = gap == 1 and current and not _split_label(current[-1].text)[1]
        if current and not piece.rows and gap <= MAX_GAP and (lone_label or _label_follows(pieces, number)):
            current.append(piece)
            continue
        runs.append(current)
        current = []
    return [run for run in [*runs, current] if run]


def _label_follows(pieces: list[Piece], number: int) -> bool:
    following = pieces[number + 1 : number + 1 + MAX_GAP]
    return any(not piece.rows and _split_label(piece.text)[0] for piece in following)


def _read_pairs(run: list[Piece]) -> list[tuple[str, str]]:
    rows = [row for piece in run for row in piece.rows] or [tuple(piece.text for piece in run)]
    pairs: list[tuple[str, str]] = []
    for row in rows:
        waiting = ""
        for cell in row:
            label, value = _split_label(cell)
            if label and value:
                pairs.append((label, value))
                waiting = ""
            elif label:
                waiting = label
            elif waiting and cell.strip():
                pairs.append((waiting, " ".join(cell[:MAX_VALUE_CHARACTERS].split())))
                waiting = ""
    return pairs


def _split_label(text: str) -> tuple[str, str]:
    """Part a known label from the value behind it; both empty where there is no label."""
    label, colon, value = text[:MAX_VALUE_CHARACTERS].partition(":")
    label = label.strip(" -+•*\n")
    if len(label) > MAX_LABEL_CHARACTERS or not _field(label):
        return "", ""
    return label, " ".join(value.split()) if colon else ""


def _field(label: str) -> str:
    return _labels().get(fold_tones(label), "")


@cache
def _labels() -> dict[str, str]:
    rows = read_table("portal_attributes", key=("label",), required=("field",))
    return {fold_tones(row["label"]): row["field"] for row in rows}


def _has_day(value: str, text: str) -> bool:
    """Tell whether a text without blanks names a day, as ``22/01/2026`` or in words."""
    match = DAY.search(value)
    if match is None:
        return False
    day, month, year = match[1].lstrip("0"), match[2].lstrip("0"), match[3]
    return re.search(rf"\D0?{day}(?:[/.-]|tháng)0?{month}(?:[/.-]|năm){year}", text) is not None
