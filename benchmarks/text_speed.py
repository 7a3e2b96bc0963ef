"""Speed of the whole pipeline, text in and records out, against two tokenizers on the same text.

The peers are spaCy's blank tokenizer, which cuts at blanks and punctuation, and underthesea's word segmenter,
which joins the syllables of Vietnamese words. All run on one core in the same process, in alternating rounds.
A ratio is taken within each round and the median reported, so that a busy machine slows all and the ratio
stays. Times are processor times. Peak memory is that of a process of its own, which loads no peer.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

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


def time_round(work: Callable[[], object]) -> float:
    """Processor seconds that a piece of work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(documents: Documents, rounds: int) -> dict[str, list[float]]:
    """Seconds of every round of the pipeline and of its peers, after one round that is not counted."""
    # Here and not above: the process whose memory is measured imports this module.
    import spacy
    import underthesea

    tokenizer = spacy.blank("xx").tokenizer
    texts = [content.decode("utf-8", errors="replace") for _, content in documents]
    work: dict[str, Callable[[], object]] = {
        "pipeline": lambda: [extract_source(name, content) for name, content in documents],
        "tokenizer": lambda: [tokenizer(text) for text in texts],
        "segmenter": lambda: [underthesea.word_tokenize(text) for text in texts],
    }
    seconds: dict[str, list[float]] = {name: [] for name in work}
    for run in work.values():
        run()
    # As a worker of an archive run does, here for all alike.
    gc.collect()
    gc.freeze()
    for _ in range(rounds):
        for name, run in work.items():
            seconds[name].append(time_round(run))
    return seconds


def extract_and_report_memory(documents: Documents) -> float | None:
    """Extract all documents; peak memory of this process in MB, None where the system does not tell."""
    for name, content in documents:
        extract_source(name, content)
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6, 1)


def measure_memory(documents: Documents) -> float | None:
    """Peak memory of a fresh process that extracts all documents.

    Call it before the peers are loaded: on Linux a new process starts with the peak of the one it came from.
    """
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(extract_and_report_memory, documents).result()


def describe_machine() -> dict[str, str | int | None]:
    """Say what the figures were measured on."""
    return {
        "system": platform.platform(),
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "spacy": version("spacy"),
        "underthesea": version("underthesea"),
    }


def build_report(
    documents: Documents, seconds: dict[str, list[float]], peak_megabytes: float | None
) -> dict[str, object]:
    """Gather the figures: speeds in MB/s, median ratios of a peer's time to the pipeline's, peak memory."""
    megabytes = sum(len(content) for _, content in documents) / 1e6
    speeds = {
        f"{name}_megabytes_per_second": round(megabytes / statistics.median(times), 4)
        for name, times in seconds.items()
    }
    ratios = {
        f"speed_ratio_to_{peer}": round(
            statistics.median(
                theirs / ours for ours, theirs in zip(seconds["pipeline"], seconds[peer], strict=True)
            ),
            4,
        )
        for peer in ("tokenizer", "segmenter")
    }
    return {
        "documents": len(documents),
        "megabytes": round(megabytes, 3),
        "rounds": len(seconds["pipeline"]),
        **speeds,
        **ratios,
        "pipeline_peak_memory_megabytes": peak_megabytes,
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
    peak_megabytes = measure_memory(documents)
    report = build_report(documents, measure(documents, options.rounds), peak_megabytes)
    for name, value in report.items():
        print(f"{name:<36}{value}")
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
