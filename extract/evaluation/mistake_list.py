"""The wrong records of a page, by cause and document: what is gold beside what was said, and the context."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from extract.dataset.writers import TEXT_FOLDER
from extract.evaluation.causes import DESCRIPTIONS, Cause
from extract.evaluation.elements import Element, build_element
from extract.evaluation.mistakes import Difference, Mistake
from extract.evaluation.passages import Context, Run, find_context, mark_differences, shorten

DOCUMENT_ID = re.compile("[0-9A-Za-z]++")
"""What may stand in the name of a file; a dataset from elsewhere could name files outside its folder."""


def build_mistake_lists(mistakes: Sequence[Mistake], dataset: Path) -> Iterator[Element]:
    """Build a section for each cause that has mistakes, in the order of the causes.

    Takes the mistakes and the folder of the dataset, whose texts are shown around the records.

    >>> list(build_mistake_lists([], Path("nowhere")))
    []
    """
    texts = _Texts(dataset)
    if mistakes:
        yield _build_legend()
    for cause in Cause:
        found = [mistake for mistake in mistakes if mistake.cause == cause]
        if found:
            yield _build_section(cause, found, texts)


def _build_legend() -> Element:
    return build_element(
        "p",
        "Below, ",
        build_element("mark", "words", class_="gold"),
        " stand in the right answer only, ",
        build_element("mark", "words", class_="said"),
        " in the dataset only; around ",
        build_element("mark", "the record", class_="record"),
        " its document is shown.",
        class_="legend",
    )


class _Texts:
    """The canonical texts of a dataset, the last one kept; a text that is not there is empty."""

    def __init__(self, dataset: Path) -> None:
        self._folder = dataset / TEXT_FOLDER
        self.read = lru_cache(maxsize=1)(self._read)

    def _read(self, document_id: str) -> str:
        if not DOCUMENT_ID.fullmatch(document_id):
            return ""
        try:
            content = (self._folder / f"{document_id}.txt").read_bytes()
        except OSError:
            return ""
        return content.decode("utf-8", "replace")


def _build_section(cause: Cause, mistakes: Sequence[Mistake], texts: _Texts) -> Element:
    documents = [
        _build_document(source, list(found), texts)
        for source, found in groupby(mistakes, key=lambda mistake: mistake.source)
    ]
    count = build_element("span", f"{len(mistakes):,}", class_="number")
    return build_element(
        "section",
        build_element("h2", cause.value.capitalize(), " ", count),
        build_element("p", DESCRIPTIONS[cause], class_="note"),
        *documents,
        build_element("p", build_element("a", "Back to the top", href="#top"), class_="back"),
        id=cause.value,
    )


def _build_document(source: str, mistakes: Sequence[Mistake], texts: _Texts) -> Element:
    count = build_element("span", f"{len(mistakes):,}", class_="number")
    return build_element(
        "details",
        build_element("summary", source, " ", count),
        *(_build_mistake(mistake, texts.read(mistake.document_id)) for mistake in mistakes),
        open="open",
    )


def _build_mistake(mistake: Mistake, text: str) -> Element:
    what = f"{mistake.record}, {mistake.what}"
    place = f" · page {mistake.page}" if mistake.page else ""
    context = find_context(text, mistake.start, mistake.end, mistake.said or mistake.gold)
    return build_element(
        "article",
        build_element("h3", what, build_element("span", f" · {mistake.reason}{place}", class_="reason")),
        *(_build_both(mistake) if mistake.gold and mistake.said else _build_one(mistake)),
        _build_context(context) if context and mistake.record != "document" else None,
    )


def _build_one(mistake: Mistake) -> Iterator[Element]:
    """Show a record that has nothing on the other side: its text, and its fields in a line."""
    if mistake.what == "wrong fields" or mistake.record == "document":
        yield _build_text(mistake.gold)
        yield from _build_differences(mistake.differences)
        return
    side = "gold" if mistake.gold else "said"
    fields = " · ".join(f"{found.field} {found.gold or found.said}" for found in mistake.differences)
    text = _build_side(side, [Run(shorten(mistake.gold or mistake.said), False)], side)
    yield build_element("dl", text, class_="side")
    if fields:
        yield build_element("p", fields, class_="fields", lang="vi")


def _build_both(mistake: Mistake) -> Iterator[Element]:
    """Show both texts with the words in which they differ, or one where they are the same, and the fields."""
    if mistake.what == "wrong fields" and mistake.gold == mistake.said:
        yield _build_text(mistake.gold)
    else:
        gold, said = mark_differences(mistake.gold, mistake.said)
        yield build_element(
            "dl",
            _build_side("gold nearest" if mistake.what == "false" else "gold", gold, "gold"),
            _build_side("said nearest" if mistake.what == "missed" else "said", said, "said"),
            class_="sides",
        )
    yield from _build_differences(mistake.differences)


def _build_text(text: str) -> Element:
    return build_element("p", shorten(text), lang="vi", class_="text")


def _build_side(label: str, runs: Sequence[Run], side: str) -> Element:
    marked = [
        build_element("mark", run.text, class_=side) if run.differs else run.text for run in runs if run.text
    ]
    shown = marked or [build_element("span", "nothing", class_="nothing")]
    return build_element(
        "div", build_element("dt", label), build_element("dd", *shown, lang="vi" if marked else "en")
    )


def _build_differences(differences: Sequence[Difference]) -> Iterator[Element]:
    for difference in differences:
        gold, said = mark_differences(difference.gold, difference.said)
        yield build_element(
            "div",
            build_element("h4", difference.field.replace("_", " ")),
            build_element(
                "dl", _build_side("gold", gold, "gold"), _build_side("said", said, "said"), class_="sides"
            ),
            class_="difference",
        )


def _build_context(context: Context) -> Element:
    inside = build_element("mark", context.inside, class_="record")
    return build_element("blockquote", context.before, inside, context.after, lang="vi")
