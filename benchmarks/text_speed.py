"""Speed of the whole pipeline, text in and records out, against spaCy tokenising the same text.

Both run on one core in the same process, in alternating rounds. The ratio is taken within each pair of rounds
and the median reported, so that a busy machine slows both and the ratio stays. Times are processor times.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

import spacy

from extract.pipeline import extract_source

PROJECT = Path(__file__).resolve().parents[1]
SUFFIXES = {".txt", ".md"}
DEFAULT_ROUNDS = 5
# Below this a round is over before the clock has said anything; the texts are then taken several times.
MIN_ROUND_BYTES = 500_000

Documents = list[tuple[str, bytes]]


def read_documents(folder: Path) -> Documents:
    """Read every text of a folder, repeated until a round is long enough to be measured."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES and path.stem != "README")
    documents = [(path.name, path.read_bytes()) for path in paths]
    size = sum(len(content) for _, content in documents)
    if not size:
        raise SystemExit(f"no .txt or .md files in {folder}")
    return documents * max(1, -(-MIN_ROUND_BYTES // size))


def time_round(work: Callable[[], None]) -> float:
    """Processor seconds that a piece of work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(documents: Documents, rounds: int) -> dict[str, list[float]]:
    """Seconds of every round of the pipeline and of the tokenizer, after one round that is not counted."""
    tokenizer = spacy.blank("xx").tokenizer
    texts = [content.decode("utf-8", errors="replace") for _, content in documents]

    def extract_all() -> None:
        for name, content in documents:
            extract_source(name, content)

    def tokenize_all() -> None:
        for text in texts:
            tokenizer(text)

    work = {"pipeline": extract_all, "tokenizer": tokenize_all}
    seconds: dict[str, list[float]] = {name: [] for name in work}
    for number in range(rounds + 1):
        for name, run in work.items():
            elapsed = time_round(run)
            if number:
                seconds[name].append(elapsed)
    return seconds


def describe_machine() -> dict[str, str | int | None]:
    """Say what the figures were measured on."""
    return {
        "system": platform.platform(),
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "spacy": version("spacy"),
    }


def build_report(documents: Documents, seconds: dict[str, list[float]]) -> dict[str, object]:
    """Gather the figures: speeds in MB/s, and the median ratio of tokenizer time to pipeline time."""
    megabytes = sum(len(content) for _, content in documents) / 1e6
    pairs = list(zip(seconds["pipeline"], seconds["tokenizer"], strict=True))
    return {
        "documents": len(documents),
        "megabytes": round(megabytes, 3),
        "rounds": len(pairs),
        "pipeline_megabytes_per_second": round(megabytes / statistics.median(seconds["pipeline"]), 4),
        "tokenizer_megabytes_per_second": round(megabytes / statistics.median(seconds["tokenizer"]), 4),
        "speed_ratio_to_tokenizer": round(statistics.median(peer / ours for ours, peer in pairs), 4),
        "machine": describe_machine(),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print and write outputs/text_speed.json."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--folder", type=Path, default=PROJECT / "corpus/documents", help="folder of .txt and .md files"
    )
    parser.add_argument("--rounds", type=int, default=DEFAULT_ROUNDS)
    parser.add_argument("--out", type=Path, default=PROJECT / "outputs/text_speed.json")
    options = parser.parse_args(arguments)
    documents = read_documents(options.folder)
    report = build_report(documents, measure(documents, options.rounds))
    for name, value in report.items():
        print(f"{name:<32}{value}")
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
