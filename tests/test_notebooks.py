"""Every notebook runs from top to bottom on the dataset of the samples, without Jupyter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))


def read_cells(path: Path, kind: str) -> list[str]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == kind]


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_cells_run_in_order(path: Path, samples_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = samples_folder / "notebooks"
    folder.mkdir(exist_ok=True)
    monkeypatch.chdir(folder)
    names: dict[str, object] = {"__name__": "notebook", "display": print}
    for number, code in enumerate(read_cells(path, "code"), 1):
        exec(compile(code, f"{path.name} cell {number}", "exec"), names)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_outputs_are_stored(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")] == []
    assert read_cells(path, "markdown"), "a notebook explains what it shows"
