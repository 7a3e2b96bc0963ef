"""What a tally holds, told to the user."""

from __future__ import annotations

from extract.readers.sheets.grid import MAX_COLUMNS, Tally
from extract.spans import ReadProblem


def tell_problems(tally: Tally, encodings: tuple[str, ...] = ()) -> list[ReadProblem]:
    """Give a warning for each reason for which cells are missing, and for legacy encodings that were turned.

    >>> [problem.code for problem in tell_problems(Tally(error_cells=2), ("tcvn3",))]
    ['error_cells', 'legacy_encoding']
    """
    told = []
    if tally.hidden_cells or tally.hidden_sheets:
        parts = [
            _count(tally.hidden_cells, "cell", " with text in hidden rows or columns"),
            _count(tally.hidden_sheets, "hidden sheet"),
        ]
        left_out = " and ".join(part for part in parts if part)
        message = f"Left out: {left_out}. Unhide them and save the file if they belong to the document."
        told.append(("hidden_cells", message))
    if tally.formulas_without_value:
        cells = _count(tally.formulas_without_value, "formula")
        message = f"{cells} without a computed value taken as empty. Open the file, compute and save it."
        told.append(("formula_without_value", message))
    if tally.error_cells:
        cells = _count(tally.error_cells, "cell")
        told.append(
            ("error_cells", f"{cells} with an error (such as #REF!) taken as empty. Mend the formulas.")
        )
    if tally.boolean_cells:
        cells = _count(tally.boolean_cells, "cell")
        told.append(
            (
                "boolean_cells",
                f"{cells} with TRUE or FALSE taken as empty. Write a word if it says something.",
            )
        )
    if tally.rows_cut or tally.cells_cut:
        told.append(("rows_cut", _tell_cut(tally)))
    if tally.damaged_sheets:
        names = ", ".join(tally.damaged_sheets)
        message = f"These parts are damaged and were read as far as possible: {names}. Save the file anew."
        told.append(("damaged_sheet", message))
    if encodings:
        names = ", ".join(encodings)
        message = f"Text in legacy letters ({names}) was converted to Unicode. Check its first lines."
        told.append(("legacy_encoding", message))
    return [ReadProblem(code, message) for code, message in told]


def _tell_cut(tally: Tally) -> str:
    rows = f"rows behind the {tally.rows:,} that were read" if tally.rows_cut else ""
    cells = f"{_count(tally.cells_cut, 'cell')} behind column {MAX_COLUMNS}" if tally.cells_cut else ""
    left_out = " and ".join(part for part in (rows, cells) if part)
    return f"The sheets are larger than what is read; left out: {left_out}. Split the file."


def _count(number: int, noun: str, behind: str = "") -> str:
    """``3 cells``; empty for none."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}{behind}" if number else ""
