"""Reads the vocabulary tables that ship with the package and refuses one that is damaged."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

from extract.errors import VnplansError

ALIAS_SEPARATOR = "|"


class VocabularyError(VnplansError):
    """A vocabulary table cannot be used: which table, which line and what is wrong with it."""


def read_table(name: str, key: tuple[str, ...] = (), required: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """Read a vocabulary table of ``extract/knowledge``.

    Args:
        name: file name without ``.csv``.
        key: columns that together name a row; no two rows may agree in them.
        required: columns whose cells may not be empty (those of the key never may).

    Returns:
        One dict a row, column to cell, cells stripped; a copy that the caller may change.

    Raises:
        VocabularyError: a missing file, a doubled or missing column, a row of another length, an empty
            required cell or a repeated key.

    >>> read_table("provinces", key=("code", "valid_from"))[0]["name"]
    'Hà Nội'
    """
    rows = _read_rows(name)
    _check_cells(name, rows, (*key, *required))
    _check_keys(name, rows, key)
    return [dict(row) for row in rows]


def split_aliases(cell: str) -> tuple[str, ...]:
    """Split a cell that holds several names joined by ``|``.

    >>> split_aliases("TPHCM|Sài Gòn")
    ('TPHCM', 'Sài Gòn')
    """
    return tuple(alias.strip() for alias in cell.split(ALIAS_SEPARATOR) if alias.strip())


@cache
def _read_rows(name: str) -> tuple[dict[str, str], ...]:
    path = resources.files(__package__) / f"{name}.csv"
    try:
        lines = list(csv.reader(path.read_text(encoding="utf-8").splitlines(), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise VocabularyError(f"{name}.csv: cannot be read: {error}") from error
    if not lines or len(set(lines[0])) != len(lines[0]) or not all(lines[0]):
        raise VocabularyError(f"{name}.csv: line 1: the header is missing, or a column is unnamed or doubled")
    header = lines[0]
    for number, cells in enumerate(lines[1:], 2):
        if len(cells) != len(header):
            raise VocabularyError(f"{name}.csv: row {number}: {len(cells)} cells for {len(header)} columns")
    return tuple(
        dict(zip(header, (cell.strip() for cell in cells), strict=True)) for cells in lines[1:] if any(cells)
    )


def _check_cells(name: str, rows: tuple[dict[str, str], ...], columns: tuple[str, ...]) -> None:
    missing = [column for column in columns if rows and column not in rows[0]]
    if missing:
        raise VocabularyError(f"{name}.csv: line 1: no column {', '.join(missing)}")
    for number, row in enumerate(rows, 2):
        for column in columns:
            # A key may be empty in one of several columns (open start of validity), not as a whole.
            if not row[column] and not column.startswith("valid_"):
                raise VocabularyError(f"{name}.csv: row {number}: {column} is empty")


def _check_keys(name: str, rows: tuple[dict[str, str], ...], key: tuple[str, ...]) -> None:
    if not key:
        return
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows, 2):
        value = tuple(row[column] for column in key)
        if value in seen:
            raise VocabularyError(f"{name}.csv: row {number}: {value} stands already in row {seen[value]}")
        seen[value] = number
