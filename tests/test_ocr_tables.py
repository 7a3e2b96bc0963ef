"""Ruled tables of scans: the grid, merged cells, broken rules, what is no table, and their figures."""

from __future__ import annotations

import numpy as np
import pytest

from extract.readers.ocr import cells
from extract.readers.ocr.cells import recognise_tables
from extract.readers.ocr.ruled_tables import Grid, erase_rules, find_frames, find_ruled_tables, find_rules
from extract.readers.ocr.tesseract import Picture, RecognisedLine, RecognisedWord

DOTS = 300
COLUMNS = (200, 320, 900, 1300)
ROWS = (300, 400, 500, 600)


def blank_page() -> Picture:
    return np.full((1200, 1600), 255, dtype=np.uint8)


def rule(page: Picture, left: int, top: int, right: int, bottom: int, level: int = 0) -> None:
    page[top : max(bottom, top + 4), left : max(right, left + 4)] = level


def table_page() -> Picture:
    page = blank_page()
    for y in ROWS:
        rule(page, COLUMNS[0], y, COLUMNS[-1] + 4, y)
    for x in COLUMNS:
        rule(page, x, ROWS[0], x, ROWS[-1] + 4)
    return page


def find(page: Picture) -> list[Grid]:
    return find_ruled_tables(find_rules(page, DOTS), DOTS)


def test_a_table_has_its_cells_row_by_row() -> None:
    (grid,) = find(table_page())
    assert [(cell.row, cell.column) for cell in grid.cells] == [(r, c) for r in range(3) for c in range(3)]
    assert {(cell.rows, cell.columns) for cell in grid.cells} == {(1, 1)}
    assert np.allclose(grid.box, (COLUMNS[0], ROWS[0], COLUMNS[-1] + 4, ROWS[-1] + 4), atol=6)
    assert np.allclose(grid.cells[4].box, (324, 404, 900, 500), atol=6)


def test_merged_cells_cover_their_rows_and_columns() -> None:
    page = table_page()
    page[398:406, COLUMNS[2] + 6 : COLUMNS[3] - 2] = 255
    page[506:598, COLUMNS[1] - 2 : COLUMNS[1] + 6] = 255
    (grid,) = find(page)
    spans = {(cell.row, cell.column): (cell.rows, cell.columns) for cell in grid.cells}
    assert spans[0, 2] == (2, 1)
    assert spans[2, 0] == (1, 2)
    assert len(spans) == 7


def test_a_broken_rule_still_parts_its_cells() -> None:
    page = table_page()
    page[398:406, 500:520] = 255
    assert len(find(page)[0].cells) == 9


def test_a_table_without_outer_sides_is_found() -> None:
    page = table_page()
    page[306:398, COLUMNS[0] - 2 : COLUMNS[0] + 6] = 255
    page[306:398, COLUMNS[-1] - 2 : COLUMNS[-1] + 6] = 255
    assert len(find(page)[0].cells) == 9


def test_two_tables_stand_in_order() -> None:
    page = blank_page()
    for top in (700, 100):
        for y in (top, top + 100, top + 200):
            rule(page, 200, y, 1000, y)
        for x in (200, 600, 1000):
            rule(page, x, top, x, top + 204)
    assert [grid.box[1] < 500 for grid in find(page)] == [True, False]


def frame(page: Picture) -> None:
    for y in (100, 400):
        rule(page, 100, y, 1000, y)
    for x in (100, 1000):
        rule(page, x, 100, x, 404)


def underlines(page: Picture) -> None:
    for y in (100, 150, 400):
        rule(page, 300, y, 900, y)


def letters(page: Picture) -> None:
    for x in range(100, 1500, 30):
        rule(page, x, 200, x + 6, 240)


@pytest.mark.parametrize("draw", [frame, underlines, letters, lambda page: None])
def test_what_is_no_table(draw: object) -> None:
    page = blank_page()
    draw(page)  # type: ignore[operator]
    assert find(page) == []


def test_a_black_page_has_no_table() -> None:
    assert find(np.zeros((1200, 1600), dtype=np.uint8)) == []


def test_rules_are_erased_and_letters_stay() -> None:
    page = blank_page()
    underlines(page)
    letters(page)
    erased = erase_rules(page, find_rules(page, DOTS), DOTS)
    assert (erased[100:104] == 255).all()
    assert (erased[210, 100:106] == 0).all()
    assert page[101, 400] == 0


def test_strokes_of_large_type_are_no_rules() -> None:
    page = blank_page()
    rule(page, 300, 200, 312, 320)
    assert (erase_rules(page, find_rules(page, DOTS), DOTS) == page).all()


def test_a_frame_is_found_by_the_rules_that_touch() -> None:
    page = blank_page()
    frame(page)
    (box,) = find_frames(find_rules(page, DOTS))
    assert np.allclose(box, (100, 100, 1004, 404), atol=6)


def answer(text: str, confidence: float = 0.9) -> list[RecognisedLine]:
    words = tuple(RecognisedWord(word, (12, 12, 60, 40), confidence) for word in text.split())
    return [RecognisedLine(words, 38.0)] if words else []


@pytest.mark.parametrize(
    ("first", "lone", "block", "chosen"),
    [
        ("87,3", "87,3", "37,3", "87,3"),
        ("87/3", "87,3", "87,3", "87,3"),
        ("87,3", "81,3", "87,3", "87,3"),
        ("§7", "87", "37", "87"),
        ("lãi", "", "11", "11"),
        ("không", "kh0ng", "", "không"),
        ("", "", "", ""),
        ("15 - 20", "15-20", "15-20", "15-20"),
    ],
)
def test_two_of_three_readings_decide(first: str, lone: str, block: str, chosen: str) -> None:
    lines = cells._choose_figure(answer(first), answer(lone), answer(block))
    assert " ".join(line.text for line in lines) == chosen


def test_three_different_figures_leave_an_unsure_one() -> None:
    (line,) = cells._choose_figure(answer("87"), answer("37"), answer("57"))
    assert (line.text, line.words[0].confidence) == ("37", 0.45)


@pytest.mark.parametrize(
    ("read", "kept"),
    [("70 -", "70"), ("80,52 |", "80,52"), ("15 - 20", "15 - 20"), ("-", "-"), ("5 %", "5 %")],
)
def test_specks_behind_a_figure_are_dropped(read: str, kept: str) -> None:
    assert cells._drop_specks(answer(read)[0]).text == kept


def test_empty_cells_are_not_given_to_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []
    monkeypatch.setattr(cells, "recognise", lambda pictures, *_: given.append(len(pictures)) or [])
    page = table_page()
    (table,) = recognise_tables(page, find(page), DOTS)
    assert set(given) <= {0}
    assert [cell.lines for cell in table.cells] == [[]] * 9


def test_what_is_left_of_a_rule_in_a_cell_is_no_ink(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []
    monkeypatch.setattr(cells, "recognise", lambda pictures, *_: given.append(len(pictures)) or [])
    page = table_page()
    grid = find(page)[0]
    left, top, _, bottom = grid.cells[4].box
    page[top:bottom, left : left + 5] = 0
    recognise_tables(page, [grid], DOTS)
    assert set(given) <= {0}
