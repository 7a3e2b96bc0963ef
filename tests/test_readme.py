"""README.md tells the truth: its commands and its Python run, what it links to exists."""

from __future__ import annotations

import ast
import csv
import importlib.util
import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(?P<language>[a-z]*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#)(?P<target>[^)#]+)")
SHOWN = re.compile(r"^<!-- rows of (?P<table>[a-z_]+)\.csv -->\n(?P<rows>(?:\|.*\n)+)", re.MULTILINE)
FLOORS = re.compile(r"^<!-- floors of (?P<set>[a-z]+) -->\n(?P<rows>(?:\|.*\n)+)", re.MULTILINE)
COUNTS = re.compile(r"(?P<count>\d+) (?P<table>documents|groups|tasks|indicators)\b")
IMPORT_NAMES = {"opencv-python-headless": "cv2", "pillow": "PIL", "scikit-learn": "sklearn"}
"""Of packages that are imported by another name than they are installed by."""
TARGET = re.compile(r"^(?P<name>[a-z][a-z-]*):", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its code and the line it starts on."""

    language: str
    code: str
    line: int


def read_blocks(text: str) -> list[Block]:
    return [
        Block(found["language"], found["code"], text[: found.start()].count("\n") + 1)
        for found in BLOCK.finditer(text)
    ]


def find_commands(block: Block, program: str) -> list[list[str]]:
    """The lines of a shell block that run a program, cut into arguments; comments left out."""
    lines = (shlex.split(line, comments=True) for line in block.code.splitlines())
    return [arguments for arguments in lines if arguments[:1] == [program]]


def expand(arguments: list[str], folder: Path) -> list[str]:
    """Do what a shell does with `*`, also where there is no shell."""
    expanded: list[str] = []
    for argument in arguments:
        found = (
            sorted(path.relative_to(folder).as_posix() for path in folder.glob(argument))
            if "*" in argument
            else []
        )
        expanded += found or [argument]
    return expanded


def run_command(arguments: list[str], folder: Path) -> None:
    program = shutil.which("vnplans", path=str(Path(sys.executable).parent))
    assert program is not None, "vnplans is not installed beside this Python"
    command = [program, *expand(arguments[1:], folder)]
    run = subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False
    )
    output = (run.stdout + run.stderr).decode("utf-8", errors="replace")
    assert run.returncode == 0, f"{shlex.join(arguments)} ended with {run.returncode}:\n{output}"


def test_commands_and_python_run_in_the_order_they_are_read(
    samples_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(samples_folder)
    names: dict[str, object] = {"__name__": "readme"}
    for block in read_blocks(README):
        if block.language == "sh":
            for arguments in find_commands(block, "vnplans"):
                run_command(arguments, samples_folder)
        elif block.language == "python":
            code = "\n" * block.line + block.code
            exec(compile(code, "README.md", "exec"), names)


def read_shown_rows(rows: str) -> list[dict[str, str]]:
    """The rows of a Markdown table by its header."""
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in rows.splitlines()]
    header, _, *body = cells
    return [dict(zip(header, row, strict=True)) for row in body]


def is_shown_right(shown: dict[str, str], row: dict[str, str]) -> bool:
    """Whether a row of the dataset has every cell shown; a shown cell may be cut short with `…`."""
    return all(
        row[name].startswith(cell.removesuffix("…").rstrip()) if cell.endswith("…") else row[name] == cell
        for name, cell in shown.items()
    )


def test_rows_shown_are_rows_of_the_demo(samples_folder: Path) -> None:
    for found in SHOWN.finditer(README):
        path = samples_folder / "outputs/demo" / f"{found['table']}.csv"
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.DictReader(handle))
        shown = read_shown_rows(found["rows"])
        assert [one for one in shown if not any(is_shown_right(one, row) for row in rows)] == []


def test_rows_of_three_tables_are_shown() -> None:
    assert [found["table"] for found in SHOWN.finditer(README)] == ["groups", "tasks", "indicators"]


def test_counts_of_the_demo_are_those_told(samples_folder: Path) -> None:
    sentence = next(line for line in README.splitlines() if line.startswith("The sample documents"))
    told = {found["table"]: int(found["count"]) for found in COUNTS.finditer(sentence)}
    run = json.loads((samples_folder / "outputs/demo/run.json").read_text(encoding="utf-8"))
    assert len(told) == 4
    assert told == {table: run["counts"]["rows"][table] for table in told}


def test_scores_told_are_held_by_floors() -> None:
    sets = json.loads((PROJECT / "quality_floor.json").read_text(encoding="utf-8"))["sets"]
    (found,) = FLOORS.finditer(README)
    told = {row["field"].strip("`"): float(row["F1 at least"]) for row in read_shown_rows(found["rows"])}
    floors = sets[found["set"]]["floors"]
    assert len(told) > 5
    assert {field: score for field, score in told.items() if not 0 < score <= floors[field]} == {}


def test_the_picture_shows_what_the_pipeline_gives() -> None:
    """After a change that shows in it: python scripts/draw_result.py."""
    spec = importlib.util.spec_from_file_location("draw_result", PROJECT / "scripts/draw_result.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.PICTURE.read_text(encoding="utf-8") == script.draw_picture()


def test_nothing_is_left_to_be_written() -> None:
    assert re.findall(r"TODO|FIXME", README) == []


def test_the_first_two_commands_are_demo_and_test() -> None:
    first = next(block for block in read_blocks(README) if block.language == "sh")
    commands = find_commands(first, "make")
    assert commands == [["make", "demo"], ["make", "test"]]
    assert first.line <= 5


def test_every_make_target_named_exists_and_has_its_uv_command() -> None:
    targets = set(TARGET.findall((PROJECT / "Makefile").read_text(encoding="utf-8")))
    named = set(re.findall(r"\bmake ([a-z-]+)", README))
    assert {"setup", "demo", "test", "check", "bench"} <= named <= targets
    table = [line for line in README.splitlines() if line.startswith("| `make ")]
    assert len(table) >= 5
    assert [line for line in table if "uv " not in line] == []


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert re.search(r"^make test\b", (PROJECT / ".ci/run").read_text(encoding="utf-8"), re.MULTILINE)


def test_every_dependency_is_explained() -> None:
    project = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    dependencies = re.findall(r'^ +"([a-z0-9-]+)>=', project, re.MULTILINE)
    assert len(dependencies) > 10
    assert [name for name in dependencies if f"| `{name}` |" not in README] == []
    explained = re.findall(r"^\| `([a-z0-9-]+)` \|", README.partition("## Dependencies")[2], re.MULTILINE)
    assert sorted(explained) == sorted(set(dependencies))


def test_run_time_dependencies_are_those_imported() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    listed = [*project["dependencies"], *(one for extra in extras for one in extra)]
    names = {re.split(r"[<>=]", one)[0] for one in listed}
    dependencies = {IMPORT_NAMES.get(name, name.replace("-", "_")) for name in names}
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (PROJECT / "extract").rglob("*.py")]
    imported = {name.split(".")[0] for tree in trees for name in imported_modules(tree)}
    assert imported - sys.stdlib_module_names - {"extract"} == dependencies


def imported_modules(tree: ast.Module) -> list[str]:
    """Modules that a source imports anywhere, relative imports left out."""
    plain = [a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names]
    origins = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return plain + [node.module for node in origins if node.module and not node.level]


def test_every_table_is_described() -> None:
    from extract.schema import TABLES

    assert [table for table in TABLES if f"| `{table}" not in README] == []


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "benchmarks/README.md"])
def test_links_lead_somewhere(document: str) -> None:
    path = PROJECT / document
    targets = LINK.findall(path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_blocks_and_commands_are_found() -> None:
    (shell, python) = read_blocks("a\n```sh\nvnplans x 'a b' # c\nls\n```\n\n```python\nx = 1\n```\n")
    assert (shell.language, shell.line, python.code) == ("sh", 2, "x = 1\n")
    assert find_commands(shell, "vnplans") == [["vnplans", "x", "a b"]]


def test_stars_are_expanded(tmp_path: Path) -> None:
    for name in ("b.json", "a.json"):
        (tmp_path / name).touch()
    assert expand(["*.json", "--out", "*.csv"], tmp_path) == ["a.json", "b.json", "--out", "*.csv"]


def test_shown_rows_are_read_and_compared() -> None:
    found = SHOWN.search(
        "x\n<!-- rows of tasks.csv -->\n| lead | text |\n| --- | --- |\n| Sở Y tế | Xây dựng… |\n\n"
    )
    assert found is not None
    assert found["table"] == "tasks"
    (shown,) = read_shown_rows(found["rows"])
    assert shown == {"lead": "Sở Y tế", "text": "Xây dựng…"}
    assert is_shown_right(shown, {"lead": "Sở Y tế", "text": "Xây dựng kế hoạch", "due_date": ""})
    assert not is_shown_right(shown, {"lead": "Sở Y tế", "text": "Triển khai", "due_date": ""})
    assert not is_shown_right(shown, {"lead": "Sở Tài chính", "text": "Xây dựng kế hoạch", "due_date": ""})
