"""Holds quality to its floors: extracts the gold sets, scores them and compares with quality_floor.json.

A floor is the F1 that a field must reach on a gold set. It is tied to the checksum of the gold files, rises
with ``--raise`` and falls only with ``--lower SET/FIELD --reason TEXT``, which is written down in the file.
"""

# ruff: noqa: T201  A script for people and logs: printing is its output.

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from extract.archive.engine import extract_archive
from extract.evaluation import evaluate_dataset

PROJECT = Path(__file__).resolve().parents[1]
FLOOR_FILE = PROJECT / "quality_floor.json"
FLOOR_DECIMALS = 3

Scores = dict[str, float]


@dataclass
class GoldSet:
    """Folders of documents, the folder of their right answers and its checksum, and floors by field."""

    documents: list[str]
    gold: str
    checksum: str = ""
    floors: Scores = field(default_factory=dict)


@dataclass
class Lowering:
    """A floor that was lowered: which, from what to what, when and why."""

    floor: str
    before: float
    after: float
    date: str
    reason: str


@dataclass
class Floors:
    """The contents of quality_floor.json."""

    sets: dict[str, GoldSet]
    lowered: list[Lowering] = field(default_factory=list)


class RefusedError(Exception):
    """A change of the floors that is not allowed."""


def read_floors(path: Path = FLOOR_FILE) -> Floors:
    """Read the floors from a file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    sets = {name: GoldSet(**gold_set) for name, gold_set in content["sets"].items()}
    return Floors(sets, [Lowering(**lowering) for lowering in content["lowered"]])


def write_floors(floors: Floors, path: Path = FLOOR_FILE) -> None:
    """Write the floors to a file, fields in alphabetical order."""
    for gold_set in floors.sets.values():
        gold_set.floors = dict(sorted(gold_set.floors.items()))
    path.write_text(
        json.dumps(asdict(floors), ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n"
    )


def find_gold(gold_set: GoldSet, root: Path = PROJECT) -> list[Path]:
    """Find the gold files whose source lies in one of the set's folders of documents, sorted by name."""
    return [
        path for path in sorted((root / gold_set.gold).glob("*.json")) if _find_source(path, gold_set, root)
    ]


def _find_source(gold: Path, gold_set: GoldSet, root: Path) -> Path | None:
    """Find the document of a gold file, or the archive that it lies in."""
    source = json.loads(gold.read_text(encoding="utf-8"))["source"]
    name = Path(source.partition("!/")[0]).name
    places = (root / folder / name for folder in gold_set.documents)
    return next((place for place in places if place.is_file()), None)


def checksum(paths: Sequence[Path]) -> str:
    """SHA-256 over the names and contents of the gold files; line ends make no difference."""
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def measure(gold_set: GoldSet, gold: Sequence[Path], root: Path = PROJECT) -> Scores:
    """Extract the set's documents, evaluate them against the gold and give F1 by field."""
    with tempfile.TemporaryDirectory() as folder:
        dataset = Path(folder) / "dataset"
        sources = {path for one in gold if (path := _find_source(one, gold_set, root))}
        extract_archive(sorted(sources), dataset, formats=("csv",), workers=1)
        return {score.name: score.f1 for score in evaluate_dataset(dataset, gold).scores}


def find_failures(gold_set: GoldSet, scores: Scores, found_checksum: str) -> list[str]:
    """Say what is below its floor, was not measured, or was measured on other gold than the floors."""
    failures = []
    if gold_set.floors and found_checksum != gold_set.checksum:
        failures.append("the gold files have changed since the floors were set; measure again with --raise")
    for name, floor in gold_set.floors.items():
        if name not in scores:
            failures.append(f"{name}: was not measured, its floor is {floor:.3f}")
        elif scores[name] < floor:
            failures.append(f"{name}: {scores[name]:.4f} is below its floor {floor:.3f}")
    return failures


def raise_floors(gold_set: GoldSet, scores: Scores, found_checksum: str) -> None:
    """Raise every floor to what was measured, rounded down; floors above it stay."""
    scale = 10**FLOOR_DECIMALS
    for name, score in scores.items():
        # A hair is added before rounding down: 0.57 * 1000 is 569.9999 in binary.
        reached = math.floor(score * scale + 1e-9) / scale
        gold_set.floors[name] = max(reached, gold_set.floors.get(name, 0.0))
    gold_set.checksum = found_checksum


def lower_floor(floors: Floors, floor: str, scores: dict[str, Scores], reason: str) -> None:
    """Lower one floor, ``set/field``, to what was measured and write down why.

    Raises RefusedError when the reason is empty, there is no such floor, or the measurement reaches it.
    """
    set_name, _, name = floor.partition("/")
    if not reason.strip():
        raise RefusedError("a floor is lowered only with --reason TEXT")
    if set_name not in scores or name not in floors.sets[set_name].floors:
        raise RefusedError(f"there is no measured floor {floor!r}; write SET/FIELD as in the table")
    before = floors.sets[set_name].floors[name]
    after = math.floor(scores[set_name].get(name, 0.0) * 10**FLOOR_DECIMALS) / 10**FLOOR_DECIMALS
    if after >= before:
        raise RefusedError(f"{floor} reaches its floor {before:.3f}; there is nothing to lower")
    floors.sets[set_name].floors[name] = after
    floors.lowered.append(
        Lowering(floor, before, after, datetime.now(UTC).date().isoformat(), reason.strip())
    )


def print_scores(name: str, gold_set: GoldSet, scores: Scores) -> None:
    """Print the floors and the measured scores of a set side by side."""
    print(f"\n{name:<28}{'F1':>7}{'floor':>7}")
    for field_name in sorted(scores.keys() | gold_set.floors.keys()):
        score, floor = scores.get(field_name), gold_set.floors.get(field_name)
        shown = "-" if score is None else f"{score:.3f}"
        print(f"{field_name:<28}{shown:>7}{'-' if floor is None else f'{floor:.3f}':>7}")


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--raise", dest="raise_floors", action="store_true", help="raise floors to what is reached"
    )
    parser.add_argument("--lower", metavar="SET/FIELD", help="lower one floor to what is reached")
    parser.add_argument("--reason", metavar="TEXT", default="", help="why --lower is right; kept in the file")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every gold set at hand; status 1 when a floor is not reached, 2 when a change is refused."""
    options = parse_arguments(arguments)
    floors = read_floors()
    scores: dict[str, Scores] = {}
    checksums: dict[str, str] = {}
    for name, gold_set in floors.sets.items():
        gold = find_gold(gold_set)
        if not gold:
            print(f"\n{name}: skipped, {gold_set.gold} or its documents are not on this machine")
            continue
        scores[name], checksums[name] = measure(gold_set, gold), checksum(gold)
        print_scores(name, gold_set, scores[name])
    try:
        if options.lower:
            lower_floor(floors, options.lower, scores, options.reason)
    except RefusedError as error:
        print(f"refused: {error}", file=sys.stderr)
        return 2
    if options.raise_floors:
        for name in scores:
            raise_floors(floors.sets[name], scores[name], checksums[name])
    if options.lower or options.raise_floors:
        write_floors(floors)
    return report_failures(floors, scores, checksums)


def report_failures(floors: Floors, scores: dict[str, Scores], checksums: dict[str, str]) -> int:
    """Print what fails; 1 when something does, else 0."""
    failures = [
        f"{name}: {failure}"
        for name in scores
        for failure in find_failures(floors.sets[name], scores[name], checksums[name])
    ]
    print("\n" + ("\n".join(failures) or "every floor is reached"))
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
