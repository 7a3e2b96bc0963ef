"""An evaluation as one web page: scores, causes, reliability, and every wrong record beside the right one.

The page needs no network and no script, follows the light or dark of the system, and prints.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from extract.errors import OutputError
from extract.evaluation.bootstrap import LEVEL, RESAMPLES, Interval, find_intervals
from extract.evaluation.causes import DESCRIPTIONS
from extract.evaluation.diagrams import draw_interval, draw_reliability
from extract.evaluation.elements import Element, build_element, write_element
from extract.evaluation.mistake_list import build_mistake_lists
from extract.evaluation.reliability import Reliability, measure_by_record
from extract.evaluation.report import RIGHT_MEANS, count_causes, format_interval, list_notes
from extract.evaluation.scores import Evaluation, FieldScore

STYLE_FILE = "page.css"
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Should a text ever get past the escaping, the browser still runs and fetches nothing."""
BACK = "Back to the top"


def write_page(path: Path, evaluation: Evaluation, dataset: Path) -> None:
    """Write an evaluation as a web page.

    Takes the file, the evaluation and the folder of its dataset, whose texts give the context of each
    record where they are at hand. Raises OutputError when the file cannot be written.

    >>> write_page(Path("nowhere/page.html"), Evaluation((), ()), Path("outputs"))
    Traceback (most recent call last):
    extract.errors.OutputError: Cannot write nowhere...page.html: No such file or directory.
    """
    page = "<!doctype html>\n" + write_element(build_page(evaluation, dataset)) + "\n"
    try:
        path.write_bytes(page.encode("utf-8"))
    except OSError as error:
        raise OutputError(f"Cannot write {path}: {error.strerror}.") from error


def build_page(evaluation: Evaluation, dataset: Path) -> Element:
    """Build the page of an evaluation.

    >>> build_page(Evaluation((), ()), Path("outputs")).findtext("body/h1")
    'Evaluation of outputs'
    """
    title = f"Evaluation of {dataset.resolve().name}"
    head = build_element(
        "head",
        build_element("meta", charset="utf-8"),
        build_element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        build_element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        build_element("meta", name="color-scheme", content="light dark"),
        build_element("title", title),
        build_element("style", files(__package__).joinpath(STYLE_FILE).read_text(encoding="utf-8")),
    )
    body = build_element(
        "body",
        build_element("h1", title, id="top"),
        build_element("p", _describe(evaluation), class_="lead"),
        build_element(
            "main",
            _build_causes(evaluation),
            _build_scores(evaluation),
            _build_reliabilities(evaluation),
            *build_mistake_lists(evaluation.mistakes, dataset),
        ),
    )
    return build_element("html", head, body, lang="en")


def _describe(evaluation: Evaluation) -> str:
    documents, wrong = len(evaluation.documents), len(evaluation.mistakes)
    return f"{_count(documents, 'document')} with right answers, {_count(wrong, 'wrong record')}."


def _build_causes(evaluation: Evaluation) -> Element:
    """Draw a bar for each cause, the longest for the most frequent, that leads to the list of its records."""
    counts = count_causes(evaluation)
    most = max(counts.values(), default=0) or 1
    bars = []
    for cause, count in counts.items():
        name = build_element("a", cause.value, href=f"#{cause}") if count else cause.value
        bar = build_element("span", class_="bar", style=f"width:{100 * count / most:.1f}%")
        bars += [
            build_element("dt", name),
            build_element("dd", build_element("span", bar, class_="track"), f"{count:,}", class_="count"),
            build_element("dd", DESCRIPTIONS[cause], class_="meaning"),
        ]
    return build_element(
        "section",
        build_element("h2", "Wrong records by cause"),
        build_element("dl", *bars, class_="causes"),
    )


def _build_scores(evaluation: Evaluation) -> Element:
    intervals = find_intervals(evaluation.documents)
    header = _build_row("th", ("Field", "F1", f"{LEVEL:.0%} interval", "precision", "recall", "gold"))
    rows = [_build_score(score, intervals.get(score.name)) for score in evaluation.scores]
    explanation = (
        f"The interval holds {LEVEL:.0%} of the F1 values of {RESAMPLES:,} samples of as many documents, "
        "drawn with replacement. Without any mistake it has no width: how rare mistakes are, it cannot tell."
    )
    notes = [build_element("p", note, class_="warning") for note in list_notes(evaluation)]
    table = build_element("table", build_element("thead", header), build_element("tbody", *rows))
    return build_element(
        "section",
        build_element("h2", "Scores"),
        *notes,
        _let_scroll(table, "Scores by field"),
        build_element("p", explanation, class_="note"),
    )


def _build_score(score: FieldScore, interval: Interval | None) -> Element:
    cells = (
        score.name,
        f"{score.f1:.3f}",
        (format_interval(interval), draw_interval(score.f1, interval)),
        f"{score.precision:.3f}",
        f"{score.recall:.3f}",
        f"{score.gold:,}",
    )
    return _build_row("td", cells)


def _build_reliabilities(evaluation: Evaluation) -> Element | None:
    measured = measure_by_record(evaluation.judged)
    if not measured:
        return None
    figures = [_build_reliability(record, one) for record, one in measured.items()]
    explanation = (
        "A bar is the share that is right of the records with a confidence in that tenth, with their number "
        "above it; its dot stands at their mean confidence. Confidence means what it says where the dots lie "
        "on the dashed line. The expected calibration error is their mean distance from it, by records."
    )
    return build_element(
        "section",
        build_element("h2", "Confidence"),
        build_element("div", *figures, class_="figures"),
        build_element("p", explanation, class_="note"),
    )


def _build_reliability(record: str, measured: Reliability) -> Element:
    header = _build_row("th", ("confidence", "records", "mean", "right"))
    rows = [
        _build_row(
            "td",
            (
                f"{one.low:.1f} - {one.high:.1f}",
                f"{one.records:,}",
                f"{one.confidence:.3f}",
                f"{one.right:.3f}",
            ),
        )
        for one in measured.bins
    ]
    caption = f"{record}: expected calibration error {measured.expected_error:.3f}"
    return build_element(
        "figure",
        build_element("figcaption", build_element("h3", caption), f"Here {RIGHT_MEANS[record]}."),
        draw_reliability(caption, measured),
        build_element("table", build_element("thead", header), build_element("tbody", *rows)),
    )


def _build_row(tag: str, cells: Sequence[object]) -> Element:
    """Build a row whose first cell is its header; a cell that is a tuple has several children."""
    first, *rest = (cell if isinstance(cell, tuple) else (cell,) for cell in cells)
    scope = "col" if tag == "th" else "row"
    return build_element(
        "tr", build_element("th", *first, scope=scope), *(build_element(tag, *cell) for cell in rest)
    )


def _let_scroll(table: Element, label: str) -> Element:
    """Let a table that is too wide scroll by itself, also with the keyboard."""
    return build_element("div", table, class_="wide", role="region", aria_label=label, tabindex=0)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
