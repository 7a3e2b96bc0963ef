"""The same documents in every format against their gold: what a format loses to plain text.

Every text is printed as a Word document with automatic numbering and real tables, converted by
LibreOffice, and scanned. `vnplans extract` reads each format, `vnplans evaluate` scores it, and the
difference to the text in the same run must stay within a limit. Exit status 1 says that it does not.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rendering.documents import FORMATS, Text, make_documents
from rendering.office import ConversionError

from extract.dataset.reading import read_text_rows
from extract.evaluation import Changes, Evaluation, FieldScore, compare_evaluations, evaluate_dataset

PROJECT = Path(__file__).resolve().parents[1]
OUR_TEXTS = PROJECT / "corpus" / "documents"
OUR_GOLD = PROJECT / "corpus" / "gold"
DEFAULT_FOLDER = PROJECT / "outputs" / "format_parity"
TEXT_SUFFIXES = (".txt", ".md")
FIELDS = {
    "document": "document",
    "task": "task",
    "task group": "group",
    "task lead": "lead",
    "task support": "support",
    "task time": "time",
    "indicator value": "value",
    "indicator whole": "whole",
}
PLACES = frozenset(
    {"document_id", "group_id", "task_id", "indicator_id", "ordinal"}
    | {"page", "bbox", "start", "end", "confidence", "reviewed"}
)
"""Columns that say where a record was found, not what it says."""
MAX_LOSS_DIGITAL = 0.02
"""By so much of F1 a format may stay behind the text, in any of the fields."""
MAX_LOSS_SCAN = 0.06
MAX_SCANNED_CHARACTERS = 30_000
"""Longer texts are not scanned unless asked for: recognition takes seconds a page."""


@dataclass(slots=True)
class Score:
    """What one format reached: F1 by field, the loss to the text, seconds, and the fields over the limit.

    ``same`` is the share of the text's tasks and indicators that came out alike in every column.
    """

    format: str
    documents: int
    seconds: float
    f1: dict[str, float]
    loss: dict[str, float] = field(default_factory=dict)
    over_limit: list[str] = field(default_factory=list)
    same: float = 1.0


def find_texts(folders: Sequence[tuple[Path, Path]], most: int | None) -> list[Text]:
    """Pair gold files with the texts they were made from, by stem; a gold of another format is passed over.

    Raises SystemExit when two texts have one stem, or none is found.
    """
    texts: dict[str, Text] = {}
    for folder, gold_folder in folders:
        for gold in sorted(gold_folder.glob("*.json")):
            source = Path(json.loads(gold.read_text(encoding="utf-8"))["source"])
            path = folder / source.name
            if source.suffix not in TEXT_SUFFIXES or not path.is_file():
                continue
            if path.stem in texts:
                raise SystemExit(f"two texts are called {path.stem}")
            texts[path.stem] = Text(path, gold)
    if not texts:
        raise SystemExit("no text with gold was found")
    return list(texts.values())[:most]


def extract(documents: Sequence[Path], dataset: Path, ocr: str = "auto") -> float:
    """Run `vnplans extract` on documents and give its seconds; raises SystemExit when it fails."""
    if dataset.exists():
        shutil.rmtree(dataset)
    program = Path(sys.executable).with_name("vnplans")
    command = [str(program), "extract", *map(str, documents), "--out", str(dataset), "--quiet",
               "--format", "csv", "--ocr", ocr]  # fmt: skip
    start = time.perf_counter()
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if not (dataset / "documents.csv").is_file():
        raise SystemExit(f"vnplans extract failed: {ended.stderr.strip()}")
    return time.perf_counter() - start


def read_f1(evaluation: Evaluation) -> dict[str, float]:
    """Give the F1 of the fields that are compared; those of the document are taken together."""
    whole = [score for score in evaluation.scores if score.name.startswith("document ")]
    counts = [sum(column) for column in zip(*((s.hits, s.said, s.gold) for s in whole), strict=True)]
    scores = {score.name: score.f1 for score in evaluation.scores}
    if counts:
        scores["document"] = FieldScore("document", *counts).f1
    return {short: scores[name] for name, short in FIELDS.items() if name in scores}


def count_records(dataset: Path) -> Counter[tuple[str, ...]]:
    """Count the tasks and indicators of a dataset by document and by what they say."""
    stems = {row["document_id"]: Path(row["source"]).stem for row in read_text_rows(dataset, "documents")}
    return Counter(
        (stems[row["document_id"]], *(" ".join(row[name].split()) for name in sorted(row.keys() - PLACES)))
        for table in ("tasks", "indicators")
        for row in read_text_rows(dataset, table)
    )


def compare(score: Score, text: Score) -> None:
    """Fill in the loss to the text and the fields over the limit of the format."""
    limit = MAX_LOSS_SCAN if score.format == "scan" else MAX_LOSS_DIGITAL
    score.loss = {name: text.f1[name] - score.f1.get(name, 0.0) for name in text.f1}
    score.over_limit = [name for name, loss in score.loss.items() if loss > limit]


class Runs:
    """Datasets of one run, each format beside the text of the same documents."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._texts: dict[tuple[str, ...], tuple[Score, Evaluation, Path]] = {}

    def read_text(self, texts: Sequence[Text]) -> tuple[Score, Evaluation, Path]:
        """Score the plain texts, and give their dataset; the same texts are read once."""
        key = tuple(text.stem for text in texts)
        if key not in self._texts:
            name = f"text{len(self._texts)}"
            score, evaluation = self._run(name, texts, [text.path for text in texts])
            score.format = "text"
            self._texts[key] = score, evaluation, self._dataset(name)
        return self._texts[key]

    def read_format(self, name: str, texts: Sequence[Text]) -> tuple[Score, Changes]:
        """Score the documents of a format, and say what was gained and lost against their text."""
        text, before, dataset = self.read_text(texts)
        documents = make_documents(texts, name, self._folder)
        score, evaluation = self._run(name, texts, documents)
        compare(score, text)
        wanted, found = count_records(dataset), count_records(self._dataset(name))
        score.same = (wanted & found).total() / max(wanted.total(), 1)
        return score, compare_evaluations(evaluation, before)

    def _dataset(self, name: str) -> Path:
        return self._folder / "datasets" / name

    def _run(self, name: str, texts: Sequence[Text], documents: Sequence[Path]) -> tuple[Score, Evaluation]:
        seconds = extract(documents, self._dataset(name))
        evaluation = evaluate_dataset(self._dataset(name), [text.gold for text in texts])
        return Score(name, len(texts), seconds, read_f1(evaluation)), evaluation


def print_score(score: Score) -> None:
    cells = []
    for name in FIELDS.values():
        loss = f"{0.0 - score.loss[name]:+.3f}" if name in score.loss else ""
        cells.append(f"{score.f1.get(name, 0.0):.3f} {loss:6}{'!' if name in score.over_limit else ' '}")
    head = f"{score.format:6}{score.documents:4}{score.seconds:7.1f} s"
    print(f"{head}  {' '.join(cells)} {score.same:6.1%}", flush=True)


def write_changes(changes: Changes, path: Path) -> None:
    """Write the records that a format lost, missed and made up, one a line, beside its dataset."""
    lines = [
        f"{label}\t{outcome.source}\t{outcome.what}\t{outcome.text}"
        for label, outcomes in zip(Changes._fields, changes, strict=True)
        for outcome in outcomes
    ]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def choose(texts: Sequence[Text], name: str, all_scans: bool) -> list[Text]:
    """Give the texts that a format is made of: short ones only for scans, unless all are asked for."""
    if name != "scan" or all_scans:
        return list(texts)
    return [t for t in texts if len(t.path.read_text(encoding="utf-8")) <= MAX_SCANNED_CHARACTERS]


def run(texts: Sequence[Text], formats: Sequence[str], folder: Path, all_scans: bool) -> list[Score]:
    """Score every format, print a line each, and write what was lost to ``folder``."""
    runs = Runs(folder)
    print(f"{'':6}docs   time    {' '.join(f'{name:13}' for name in FIELDS.values())}   same")
    print_score(runs.read_text(texts)[0])
    scores = [runs.read_text(texts)[0]]
    for name in formats:
        chosen = choose(texts, name, all_scans)
        if len(chosen) < len(texts):
            left_out = ", ".join(sorted({t.stem for t in texts} - {t.stem for t in chosen}))
            print(f"{name} without the long texts {left_out}:")
            print_score(runs.read_text(chosen)[0])
        score, changes = runs.read_format(name, chosen)
        write_changes(changes, folder / f"changes_{name}.tsv")
        print_score(score)
        scores.append(score)
    return scores


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--formats", default=",".join(FORMATS), help="formats, joined by commas")
    parser.add_argument("--documents", type=int, metavar="N", help="take the first N texts only")
    parser.add_argument("--texts", type=Path, action="append", default=[], metavar="DIR",
                        help="folder of more texts; may be given several times")  # fmt: skip
    parser.add_argument("--gold", type=Path, action="append", default=[], metavar="DIR",
                        help="folder of their gold, one for each --texts")  # fmt: skip
    parser.add_argument("--all-scans", action="store_true", help="scan long texts too")
    parser.add_argument("--keep", type=Path, default=DEFAULT_FOLDER, metavar="DIR",
                        help="folder of the documents and of what each format lost")  # fmt: skip
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the scores there")
    arguments = parser.parse_args()
    if len(arguments.texts) != len(arguments.gold):
        parser.error("each --texts needs its --gold")
    unknown = set(arguments.formats.split(",")) - set(FORMATS)
    if unknown:
        parser.error(f"unknown formats: {', '.join(sorted(unknown))}; known: {', '.join(FORMATS)}")
    return arguments


def main() -> int:
    arguments = parse_arguments()
    folders = [(OUR_TEXTS, OUR_GOLD), *zip(arguments.texts, arguments.gold, strict=True)]
    texts = find_texts(folders, arguments.documents)
    try:
        scores = run(texts, arguments.formats.split(","), arguments.keep, arguments.all_scans)
    except ConversionError as error:
        raise SystemExit(str(error)) from error
    if arguments.json:
        report = {"limits": {"digital": MAX_LOSS_DIGITAL, "scan": MAX_LOSS_SCAN},
                  "formats": [asdict(score) for score in scores]}  # fmt: skip
        arguments.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    broken = [f"{score.format}: {', '.join(score.over_limit)}" for score in scores if score.over_limit]
    if broken:
        print(f"over the limit ({MAX_LOSS_DIGITAL} digital, {MAX_LOSS_SCAN} scans): {'; '.join(broken)}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
