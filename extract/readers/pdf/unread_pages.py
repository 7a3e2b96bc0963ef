"""What is told of the pages whose text layer is missing or wrong: one problem a cause, with their numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from extract.spans import ReadProblem

MISSING, WRONG = "no_text_layer", "unreliable_text_layer"
CAUSES = {
    MISSING: "{pages} without text: an image.",
    WRONG: "The text stored with {pages} is not what can be seen there.",
}
READ = "It was read by OCR instead; check a few lines."
NOT_READ = "It was not read: allow OCR, and see that Tesseract with its Vietnamese data is installed."


def gather_pages(problems: Iterable[ReadProblem], recognised: Collection[int]) -> list[ReadProblem]:
    """Put the problems of single pages together, one for each cause and fate; others stay as they are.

    Takes the problems in order and the numbers of the pages that OCR read. Pages without text that OCR read
    are no problem: ``ocr_pages`` of the document counts them.

    >>> pages = [ReadProblem("no_text_layer", "", page=number) for number in (1, 2, 3, 7)]
    >>> [(p.message[:36], p.page) for p in gather_pages(pages, {7})]
    [('Pages 1-3 are without text: an image', 1)]
    """
    gathered: list[ReadProblem] = []
    pages: dict[tuple[str, bool], list[int]] = {}
    for problem in problems:
        if problem.code not in CAUSES or problem.page is None:
            gathered.append(problem)
            continue
        pages.setdefault((problem.code, problem.page in recognised), []).append(problem.page)
    wanting = {key: numbers for key, numbers in pages.items() if key != (MISSING, True)}
    return [*(_tell(*key, numbers) for key, numbers in wanting.items()), *gathered]


def _tell(code: str, read: bool, numbers: list[int]) -> ReadProblem:
    names = ", ".join(_name_runs(sorted(numbers)))
    word = "pages" if len(numbers) > 1 else "page"
    verb = "are" if len(numbers) > 1 else "is"
    pages = f"{word.capitalize()} {names} {verb}" if code == MISSING else f"{word} {names}"
    cause = CAUSES[code].format(pages=pages)
    return ReadProblem(code, f"{cause} {READ if read else NOT_READ}", page=min(numbers))


def _name_runs(numbers: list[int]) -> Iterator[str]:
    """Name numbers in order, those that follow each other as a range."""
    for _, run in groupby(enumerate(numbers), key=lambda item: item[1] - item[0]):
        members = [number for _, number in run]
        yield f"{members[0]}-{members[-1]}" if len(members) > 1 else str(members[0])
