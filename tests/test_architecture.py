"""The house keeps its shape: imports run one way, modules and functions stay small, all is documented."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
PACKAGE = PROJECT / "extract"
MAX_MODULE_LINES = 350
MAX_FUNCTION_LINES = 60
WANTED_TEST_LINES_FOR_A_CODE_LINE = 1.2
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}

# From left to right: a room may import itself and the rooms to its left.
ORDER = (
    {"schema", "spans", "folding", "syllables", "errors"},
    {"knowledge"},
    {"readers"},
    {"structure"},
    {"mentions"},
    {"judging"},
    {"records"},
    {"dataset"},
    {"pipeline"},
    {"api"},
    {"archive"},
    {"evaluation", "doctor"},
    {"training"},
    {"cli"},
)
RANKS = {room: rank for rank, rooms in enumerate(ORDER) for room in rooms}
# The package itself is the public API: it may import every room, and a room may only ask it the version.
API_RANK = len(ORDER)
OPEN_TO_ALL = {"__version__"}

MODULES = sorted(PACKAGE.rglob("*.py"))
SOURCES = [
    *MODULES,
    *(
        path
        for folder in ("scripts", "benchmarks", "tests")
        for path in sorted((PROJECT / folder).rglob("*.py"))
    ),
]

Function = ast.FunctionDef | ast.AsyncFunctionDef


def place(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


@cache
def read_tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def count_lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def room_of(path: Path) -> str:
    """The room of a file: its folder or module below extract/; empty for the API itself."""
    first = path.relative_to(PACKAGE).parts[0]
    return "" if first == "__init__.py" else first.removesuffix(".py")


def room_of_module(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imported_rooms(tree: ast.Module, package: str) -> Iterator[tuple[int, str]]:
    """Line and room of every import from this project, also of relative ones and inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "extract":
                    yield node.lineno, room_of_module(alias.name)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            if module == "extract":
                yield from (
                    (node.lineno, alias.name) for alias in node.names if alias.name not in OPEN_TO_ALL
                )
            elif module.startswith("extract."):
                yield node.lineno, room_of_module(module)


def find_wrong_imports(tree: ast.Module, room: str, package: str) -> list[str]:
    allowed = RANKS.get(room, API_RANK)
    return [
        f"line {line}: {room or 'extract'} imports {target or 'extract'}"
        for line, target in imported_rooms(tree, package)
        if RANKS.get(target, API_RANK) > allowed
    ]


def find_functions(tree: ast.Module) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def find_public(tree: ast.Module) -> Iterator[Function | ast.ClassDef]:
    """Public functions and classes of a module, and the public methods of those classes."""
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (
                    child
                    for child in node.body
                    if isinstance(child, Function) and not child.name.startswith("_")
                )


def find_long_functions(tree: ast.Module) -> list[str]:
    return [
        f"{function.name} has {lines} lines"
        for function in find_functions(tree)
        if (lines := (function.end_lineno or function.lineno) - function.lineno + 1) > MAX_FUNCTION_LINES
    ]


def find_undocumented(tree: ast.Module) -> list[str]:
    return [node.name for node in find_public(tree) if not (ast.get_docstring(node) or "").strip()]


def find_unannotated(tree: ast.Module) -> list[str]:
    return [node.name for node in find_public(tree) if isinstance(node, Function) and not is_annotated(node)]


def is_annotated(function: Function) -> bool:
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    starred = [argument for argument in (arguments.vararg, arguments.kwarg) if argument]
    if named and named[0].arg in {"self", "cls"}:
        named = named[1:]
    return function.returns is not None and all(argument.annotation for argument in [*named, *starred])


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_no_module_is_too_long(path: Path) -> None:
    assert count_lines(path) <= MAX_MODULE_LINES


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_no_function_is_too_long(path: Path) -> None:
    assert find_long_functions(read_tree(path)) == []


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_names_of_modules_say_what_they_hold(path: Path) -> None:
    assert FORBIDDEN_NAMES.isdisjoint(path.relative_to(PROJECT).with_suffix("").parts)


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert (ast.get_docstring(read_tree(path)) or "").strip()


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_every_room_has_a_place_in_the_order(path: Path) -> None:
    assert room_of(path) in {"", *RANKS}, "give this room a place in ORDER"


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_imports_run_one_way(path: Path) -> None:
    package = ".".join(path.relative_to(PROJECT).parent.parts)
    assert find_wrong_imports(read_tree(path), room_of(path), package) == []


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_public_things_are_documented(path: Path) -> None:
    assert find_undocumented(read_tree(path)) == []


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_public_functions_are_annotated(path: Path) -> None:
    assert find_unannotated(read_tree(path)) == []


def test_test_lines_are_reported() -> None:
    code = sum(map(count_lines, MODULES))
    tests = sum(count_lines(path) for path in SOURCES if path.is_relative_to(PROJECT / "tests"))
    cases = sum(count_lines(path) for path in (PROJECT / "tests/cases").rglob("*.txt"))
    print(f"code {code} lines, tests {tests} lines and {cases} lines of cases")
    if tests + cases < WANTED_TEST_LINES_FOR_A_CODE_LINE * code:
        warnings.warn(
            f"{tests + cases} test lines for {code} code lines, fewer than 1.2 for one", stacklevel=1
        )


# The rules themselves are tested on small sources, so that a rule that never fires is noticed.


@pytest.mark.parametrize(
    ("source", "room", "package", "wrong"),
    [
        ("from extract.schema import Task", "records", "extract.records", False),
        ("from extract.records.tasks import build", "records", "extract.records", False),
        ("from extract import spans", "mentions", "extract.mentions", False),
        ("from extract import __version__", "dataset", "extract.dataset", False),
        ("from .numbers import parse_number", "mentions", "extract.mentions", False),
        ("from ..knowledge import units", "mentions", "extract.mentions", False),
        ("import extract.cli", "", "extract", False),
        ("import json", "schema", "extract", False),
        ("from extract.cli import main", "archive", "extract.archive", True),
        ("import extract.records.tasks", "mentions", "extract.mentions", True),
        ("from extract import records", "mentions", "extract.mentions", True),
        ("from extract import find_periods", "mentions", "extract.mentions", True),
        ("from ..records import tasks", "mentions", "extract.mentions", True),
        ("from .. import pipeline", "mentions", "extract.mentions", True),
        ("def late() -> None:\n    from extract.pipeline import run", "readers", "extract.readers", True),
        ("import extract", "schema", "extract", True),
    ],
)
def test_rule_of_imports(source: str, room: str, package: str, wrong: bool) -> None:
    assert bool(find_wrong_imports(ast.parse(source), room, package)) is wrong


@pytest.mark.parametrize(
    ("body_lines", "wrong"), [(MAX_FUNCTION_LINES - 1, False), (MAX_FUNCTION_LINES, True)]
)
def test_rule_of_function_length(body_lines: int, wrong: bool) -> None:
    source = "class Outer:\n    def method(self):\n" + "        self.x = 1\n" * body_lines
    assert bool(find_long_functions(ast.parse(source))) is wrong


@pytest.mark.parametrize(
    ("source", "annotated"),
    [
        ("def read(path: str) -> str: ...", True),
        ("def _read(path): ...", True),
        ("class A:\n    def read(self, *, path: str, **rest: int) -> str: ...", True),
        ("class _A:\n    def read(self, path): ...", True),
        ("def read(path: str): ...", False),
        ("def read(path) -> str: ...", False),
        ("def read(*paths) -> str: ...", False),
        ("class A:\n    def read(self, *, path) -> str: ...", False),
    ],
)
def test_rule_of_annotations(source: str, annotated: bool) -> None:
    assert (find_unannotated(ast.parse(source)) == []) is annotated


def test_rule_of_docstrings() -> None:
    documented = 'def read():\n    """Read."""\n'
    bare = 'def find(): ...\nclass A:\n    """A."""\n    def build(self): ...\n    def _link(self): ...'
    assert find_undocumented(ast.parse(documented + bare)) == ["find", "build"]


def test_the_package_under_test_is_this_one() -> None:
    found = find_spec("extract")
    assert found is not None
    assert found.origin == str(PACKAGE / "__init__.py")
