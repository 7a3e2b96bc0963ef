"""The command ``vnplans``: parsing of arguments and printing, nothing else.

What a command needs is imported in the command, so that ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.errors import UsageError, VnplansError

if TYPE_CHECKING:
    from extract.dataset.tables import Counts
    from extract.evaluation import Outcome

OK, FAILED, INTERRUPTED = 0, 1, 130
OUTCOME_CHARACTERS = 200
OCR_DPI = range(70, 601)
"""Below, letters are too small to be told apart; above, a page takes minutes and is read no better."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Takes the arguments (those of the process by default); gives the exit status: 0, 1 when some
    documents failed or something required is missing, 2 when the command cannot be carried out as given.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console may lack letters of Vietnamese
            stream.reconfigure(errors="replace")
    options = _build_parser().parse_args(arguments)
    try:
        status: int = options.command(options)
        sys.stdout.flush()
    except VnplansError as error:
        sys.stderr.write(f"vnplans: {error}\n")
        return error.exit_status
    except BrokenPipeError:
        # The reader of our output is gone; keep Python from complaining when it flushes at exit.
        # https://docs.python.org/3/library/signal.html#note-on-sigpipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        sys.stderr.write("vnplans: interrupted; nothing was changed.\n")
        return INTERRUPTED
    return status


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vnplans",
        description="Read Vietnamese administrative documents into a dataset of tasks and indicators.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_extract(commands)
    _add_evaluate(commands)
    _add_train(commands)
    doctor = commands.add_parser("doctor", help="show what is installed and what is missing")
    doctor.set_defaults(command=_doctor)
    return parser


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from extract.archive.run_record import find_version

        sys.stdout.write(f"vnplans {find_version()}\n")
        parser.exit()


def _add_extract(commands: Any) -> None:
    parser = commands.add_parser("extract", help="read documents and write a dataset")
    parser.add_argument(
        "inputs",
        nargs="+",
        type=Path,
        metavar="INPUT",
        help="a file, an archive of files, or a folder to search",
    )
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder of the dataset")
    parser.add_argument(
        "--format",
        default="csv,parquet",
        metavar="LIST",
        help="formats to write: csv, parquet, jsonl, xlsx, duckdb (default: %(default)s)",
    )
    parser.add_argument(
        "--workers", type=_count, metavar="N", help="number of processes (default: one a core)"
    )
    parser.add_argument(
        "--ocr",
        choices=("auto", "never", "always"),
        default="auto",
        help="read pages from their picture: where they have no text that can be trusted, never, or all "
        "(default: %(default)s)",
    )
    parser.add_argument(
        "--ocr-dpi", type=_resolution, default=300, metavar="N", help="dots per inch for it (default: 300)"
    )
    parser.add_argument(
        "--min-confidence",
        type=_share,
        default=0.0,
        metavar="P",
        help="leave out tasks and indicators with less confidence, 0 to 1 (default: none)",
    )
    parser.add_argument("--quiet", action="store_true", help="show errors only")
    parser.set_defaults(command=_extract)


def _add_evaluate(commands: Any) -> None:
    parser = commands.add_parser("evaluate", help="compare a dataset with gold files")
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD", help="a gold file, or a folder of them")
    parser.add_argument("--dataset", required=True, type=Path, metavar="DIR", help="dataset to judge")
    parser.add_argument("--against", type=Path, metavar="DIR", help="earlier dataset: show what changed")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all of it to a JSON file as well")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a page with every wrong record")
    parser.set_defaults(command=_evaluate)


def _add_train(commands: Any) -> None:
    parser = commands.add_parser("train", help="train the model that judges items, and measure it")
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD", help="a gold file, or a folder of them")
    parser.add_argument(
        "--documents", nargs="+", required=True, type=Path, metavar="DIR", help="where their documents are"
    )
    parser.add_argument(
        "--unlabelled", nargs="+", default=[], type=Path, metavar="INPUT",
        help="documents without right answers, which the rules label",
    )  # fmt: skip
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder of the model")
    parser.set_defaults(command=_train)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes; give 1 or more")
    return int(text)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no confidence; give 0 to 1")
    return share


def _resolution(text: str) -> int:
    if not text.isdecimal() or int(text) not in OCR_DPI:
        raise argparse.ArgumentTypeError(f"{text!r} is no resolution; give {OCR_DPI[0]} to {OCR_DPI[-1]}")
    return int(text)


def _extract(options: argparse.Namespace) -> int:
    from extract.archive.engine import extract_archive
    from extract.archive.progress import choose_progress
    from extract.dataset.writers import parse_formats
    from extract.spans import ReadOptions

    counts = extract_archive(
        options.inputs,
        options.out,
        formats=parse_formats(options.format),
        workers=options.workers,
        progress=choose_progress(sys.stderr, quiet=options.quiet),
        options=ReadOptions(options.ocr, options.ocr_dpi),
        min_confidence=options.min_confidence,
    )
    if not options.quiet:
        _print_counts(counts, options.out)
    return FAILED if counts.statuses["failed"] else OK


def _print_counts(counts: Counts, out: Path) -> None:
    if not counts.rows["documents"]:
        sys.stdout.write("No documents were found in the inputs.\n")
    sections: dict[str, Mapping[str, int]] = {
        "Documents by status": counts.statuses,
        "Documents by kind": counts.kinds,
        "Rows by table": counts.rows,
        "Problems": counts.problems,
    }
    for title, numbers in sections.items():
        if numbers:
            _print_table((title, ""), [(name, f"{number:,}") for name, number in numbers.items()])
    sys.stdout.write(f"Dataset written to {out}\n")


def _print_table(header: Sequence[str], rows: Sequence[Sequence[str]], notes: Sequence[str] = ()) -> None:
    """Print a table, names to the left and numbers to the right, and notes below it."""
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    for row in (header, *rows):
        cells = [row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))]
        sys.stdout.write("  ".join(cells).rstrip() + "\n")
    sys.stdout.writelines(f"{note}\n" for note in notes)
    sys.stdout.write("\n")


def _evaluate(options: argparse.Namespace) -> int:
    from extract.dataset.writers import write_json
    from extract.evaluation import compare_evaluations, evaluate_dataset
    from extract.evaluation.report import build_report, build_scores, list_tables

    gold = _gold_files(options.gold)
    new = evaluate_dataset(options.dataset, gold)
    for table in list_tables(new):
        _print_table(table.header, table.rows, table.notes)
    report = build_report(new)
    if options.against:
        old = evaluate_dataset(options.against, gold)
        report["scores_against"] = build_scores(old)
        for name, outcomes in compare_evaluations(new, old)._asdict().items():
            _print_changes(name.replace("_", " ").capitalize(), outcomes)
            report[name] = [outcome._asdict() for outcome in outcomes]
    if options.json:
        write_json(options.json, report)
    if options.html:
        from extract.evaluation.page import write_page

        write_page(options.html, new, options.dataset)
        sys.stdout.write(f"Page written to {options.html}\n")
    return OK


def _gold_files(paths: Sequence[Path]) -> list[Path]:
    files = [file for path in paths for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])]
    if not files:
        raise UsageError("no gold files (*.json) were found")
    return files


def _print_changes(title: str, outcomes: Sequence[Outcome]) -> None:
    sys.stdout.write(f"{title}: {len(outcomes)}\n")
    for outcome in outcomes:
        text = " ".join(outcome.text.split())[:OUTCOME_CHARACTERS]
        sys.stdout.write(f"  {outcome.source}  {outcome.what}: {text}\n")


def _train(options: argparse.Namespace) -> int:
    from extract.training.report import describe_training
    from extract.training.train import train, write_model

    trained = train(_gold_files(options.gold), options.documents, options.unlabelled)
    write_model(trained, options.out)
    sys.stdout.write(describe_training(trained))
    sys.stdout.write(f"Model written to {options.out}\n")
    return OK


def _doctor(_: argparse.Namespace) -> int:
    from extract.doctor import check_environment

    checks = check_environment()
    for check in checks:
        state = check.found or ("MISSING" if check.required else "not found") + f"; {check.advice}"
        sys.stdout.write(f"{check.name}: {state}\n")
    return FAILED if any(check.required and not check.found for check in checks) else OK


if __name__ == "__main__":
    sys.exit(main())
