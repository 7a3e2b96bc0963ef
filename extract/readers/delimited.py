"""Reads delimited text: CSV and TSV in any encoding, with the delimiter that its rows agree on."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from extract.readers.sheets.blocks import build_blocks
from extract.readers.sheets.english_numbers import turn_english_numbers
from extract.readers.sheets.grid import MAX_CELL_CHARACTERS, Sheet, Tally
from extract.readers.sheets.problems import tell_problems
from extract.readers.text import read_text
from extract.spans import DEFAULT_OPTIONS, ReadOptions, ReadProblem, Source

DELIMITERS = ("\t", ";", "|", ",")
"""In the order in which they are trusted: a comma is common in text and in numbers, a tab is not."""
SAMPLE_CHARACTERS = 1 << 18
MIN_ROWS = 2
MIN_AGREEING_SHARE = 0.5
"""Of the rows with text so many must have the same number of cells; the titles of an annex are the rest."""
MIN_AGREEING_SHARE_COMMA = 0.8
"""The same where blanks follow the commas, as in sentences."""
MAX_BLANK_SHARE = 0.5
"""Of the commas of a table few are followed by a blank."""
MAX_CELL_LINES = 100
"""A cell of more lines has swallowed the rows behind a quotation mark that is not closed."""
DELIMITER_LINE = "sep="
"""Begins a first line by which Excel is told the delimiter."""


def read_delimited(name: str, content: bytes, options: ReadOptions = DEFAULT_OPTIONS) -> Source:
    r"""Read a CSV or TSV file: its table, and the lone texts above and below it as paragraphs.

    Args:
        name: path of the file.
        content: the whole file.
        options: not looked at.

    Returns:
        A file whose rows agree on no delimiter comes back as lines of text. Problems are those of
        ``read_text``, ``rows_cut``, ``unbalanced_quotes`` and ``english_numbers``.

    >>> read_delimited("phu_luc.csv", "STT;Việc;Hạn\n1;Rà soát;2025\n".encode()).blocks[0].rows
    (('STT', 'Việc', 'Hạn'), ('1', 'Rà soát', '2025'))
    """
    tabs = PurePosixPath(name).suffix.lower() in (".tsv", ".tab")
    source = replace(read_text(name, content), media_type="text/tab-separated-values" if tabs else "text/csv")
    if not source.blocks:
        return source
    text = source.blocks[0].text
    delimiter, text = _find_delimiter(text)
    if not delimiter:
        return source
    problems = list(source.problems)
    rows = _read_rows(text, delimiter)
    if rows is None:
        rows = _read_unquoted(text, delimiter)
        message = "A quotation mark is not closed; quotation marks were read as letters. Check the file."
        problems.append(ReadProblem("unbalanced_quotes", message))
    sheet, tally = _build_sheet(_join_sentences(rows, delimiter))
    turned = turn_english_numbers(
        (cell for row in sheet.rows.values() for column, cell in row.items() if column), delimiter == ","
    )
    if turned:
        message = f"{turned:,} numbers in English style (1,234.5) were turned. Check some of them."
        problems.append(ReadProblem("english_numbers", message))
    problems += tell_problems(tally)
    return replace(source, blocks=tuple(build_blocks(sheet)), problems=tuple(problems))


def _find_delimiter(text: str) -> tuple[str, str]:
    """Give the delimiter, empty for none, and the text without a line that only tells it."""
    first, _, rest = text.partition("\n")
    told = first.strip().strip('"').lower()
    if told.startswith(DELIMITER_LINE) and len(told) == len(DELIMITER_LINE) + 1:
        return told[-1], rest
    sample = text[:SAMPLE_CHARACTERS]
    if len(text) > SAMPLE_CHARACTERS:
        sample = sample[: sample.rfind("\n") + 1] or sample
    scores = {delimiter: _agreement(sample, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    return (best if scores[best] else ""), text


def _agreement(sample: str, delimiter: str) -> int:
    """Give how many cells stand in rows of the same number of cells; 0 when too few rows agree."""
    if delimiter not in sample:
        return 0
    rows = _read_rows(sample, delimiter) or _read_unquoted(sample, delimiter)
    widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    width = _most_common_width(rows)
    count = widths[width]
    if sum(sum(map(bool, row)) > 1 for row in rows) < MIN_ROWS:
        return 0
    in_sentences = delimiter == "," and sample.count(", ") > MAX_BLANK_SHARE * sample.count(",")
    share = MIN_AGREEING_SHARE_COMMA if in_sentences else MIN_AGREEING_SHARE
    if width < 2 or count < MIN_ROWS or count < share * widths.total():
        return 0
    return count * width


def _most_common_width(rows: list[list[str]]) -> int:
    """Give the number of cells, above one, that most rows with text have; 0 for none."""
    widths = Counter(len(row) for row in rows if len(row) > 1 and any(cell.strip() for cell in row))
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _join_sentences(rows: list[list[str]], delimiter: str) -> list[list[str]]:
    """Put titles and notes together that hold the delimiter as a sentence does, a blank behind each."""
    width = _most_common_width(rows)
    return [
        [delimiter.join(row)]
        if 1 < len(row) != width and all(cell.startswith(" ") for cell in row[1:])
        else row
        for row in rows
    ]


def _read_rows(text: str, delimiter: str) -> list[list[str]] | None:
    """Read quoted rows; None when a quotation mark is not closed."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return None
    unpaired = text.count('"') % 2 == 1
    broken = (cell for row in rows for cell in row if "\n" in cell)
    swallowed = any(
        (unpaired and delimiter in cell)
        or len(cell) > MAX_CELL_CHARACTERS
        or cell.count("\n") >= MAX_CELL_LINES
        for cell in broken
    )
    return None if swallowed else rows


def _read_unquoted(text: str, delimiter: str) -> list[list[str]]:
    return [line.split(delimiter) for line in text.split("\n")]


def _build_sheet(rows: Iterable[list[str]]) -> tuple[Sheet, Tally]:
    sheet, tally = Sheet(""), Tally()
    for index, row in enumerate(rows):
        if tally.is_full:
            sheet.cut(index, tally)
            continue
        for column, cell in enumerate(row):
            if cell:
                sheet.put(index, column, cell, False, tally)
    return sheet, tally
