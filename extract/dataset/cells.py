"""A cell of a table: made safe for every writer, written as text, and read back from text."""

from __future__ import annotations

import math
import re
from typing import Literal

Cell = str | int | float | tuple[str, ...] | None
Row = tuple[Cell, ...]
Kind = Literal["string", "integer", "number", "list"]

LIST_SEPARATOR = "; "
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
LARGEST_INTEGER = 2**63 - 1

# XML 1.0 and UTF-8 know none of these; a tab, a line feed and a carriage return are allowed.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = re.compile(r"'*+[=+\-@\t\r]")


def clean_text(text: str) -> tuple[str, int]:
    r"""Replace the characters that a writer would stumble over, one for one.

    Takes any string; gives it with control characters, lone surrogates and noncharacters as U+FFFD
    (a blank for those that are white space, so that folding white space still gives the same words),
    and the number of characters replaced. The length stays the same.

    >>> clean_text("Sở\x00Y\x0ctế")
    ('Sở�Y tế', 2)
    """
    return UNWRITABLE.subn(lambda match: " " if match[0].isspace() else REPLACEMENT, text)


def clean_cell(value: object, kind: Kind) -> tuple[Cell, int]:
    """Make one value of a record fit for every writer.

    Takes the value and the kind of its column; gives the cell and how much had to be replaced:
    characters of text, or 1 for a number that is not finite or too large, which becomes None.

    >>> clean_cell(("Sở Y tế", ""), "list"), clean_cell(float("nan"), "number"), clean_cell("", "string")
    ((('Sở Y tế',), 0), (None, 1), (None, 0))
    """
    if value is None or value == "":
        return None, 0
    if kind == "string":
        return clean_text(str(value))
    if kind == "list":
        items = [clean_text(str(item)) for item in value if item]  # type: ignore[attr-defined]
        return tuple(text for text, _ in items) or None, sum(count for _, count in items)
    return _clean_number(value, kind)


def _clean_number(value: object, kind: Kind) -> tuple[Cell, int]:
    if not isinstance(value, int | float):
        raise TypeError(f"a column of kind {kind} cannot hold {value!r}")
    try:
        finite = math.isfinite(value)
    except OverflowError:
        finite = False
    if not finite or (kind == "integer" and abs(value) > LARGEST_INTEGER):
        return None, 1
    return (int(value) if kind == "integer" else value), 0


def format_number(value: float) -> str:
    """Write a number in the shortest form that reads back as the same number, whole ones without ``.0``.

    >>> format_number(86.1), format_number(149.0), format_number(14180000000)
    ('86.1', '149', '14180000000')
    """
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        value = int(value)
    return repr(value)


def format_cell(value: Cell) -> str:
    """Write a cell as text: nothing for None, several values joined by ``; ``.

    >>> format_cell(("Sở Y tế", "Sở Tài chính")), format_cell(None), format_cell(95.0)
    ('Sở Y tế; Sở Tài chính', '', '95')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(value)
    return format_number(value)


def escape_formula(text: str) -> str:
    """Put a ``'`` before text that a spreadsheet could run as a formula.

    >>> escape_formula("=1+1"), escape_formula("-"), escape_formula("'-"), escape_formula("a - b")
    ("'=1+1", "'-", "''-", 'a - b')
    """
    return "'" + text if FORMULA.match(text) else text


def unescape_formula(text: str) -> str:
    """Undo ``escape_formula``.

    >>> unescape_formula("'=1+1"), unescape_formula("'quoted'")
    ('=1+1', "'quoted'")
    """
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def parse_cell(text: str, kind: Kind) -> Cell:
    """Read a cell back from its text, the formula escape already taken off.

    Raises ValueError when the text is no number but the column holds numbers.

    >>> parse_cell("Sở Y tế; Sở Tài chính", "list"), parse_cell("149", "integer"), parse_cell("", "list")
    (('Sở Y tế', 'Sở Tài chính'), 149, None)
    """
    if not text:
        return None
    if kind == "integer":
        return int(text)
    if kind == "number":
        return float(text)
    return tuple(text.split(LIST_SEPARATOR)) if kind == "list" else text
