"""What is told of pages without a true text layer: one row a cause, whatever the number of pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.readers.pdf import read_pdf
from extract.readers.pdf.unread_pages import gather_pages
from extract.spans import ReadOptions, ReadProblem

DOCUMENTS = Path(__file__).parent / "documents"


def pages(code: str, *numbers: int) -> list[ReadProblem]:
    return [ReadProblem(code, "one page", page=number) for number in numbers]


def test_scans_that_were_read_are_no_problem() -> None:
    assert gather_pages(pages("no_text_layer", 1, 2, 3), {1, 2, 3}) == []


@pytest.mark.parametrize(
    ("numbers", "named"),
    [
        ((4,), "Page 4 is"),
        ((1, 2, 3, 4), "Pages 1-4 are"),
        ((9, 2, 3, 12), "Pages 2-3, 9, 12 are"),
    ],
)
def test_pages_that_were_not_read_are_named_in_one_row(numbers: tuple[int, ...], named: str) -> None:
    [problem] = gather_pages(pages("no_text_layer", *numbers), set())
    assert problem.message.startswith(f"{named} without text: an image. It was not read")
    assert (problem.page, problem.severity) == (min(numbers), "warning")


def test_wrong_layers_are_told_also_when_ocr_read_the_pages() -> None:
    told = gather_pages(pages("unreliable_text_layer", 1, 2, 5), {1, 2})
    assert [(p.code, p.page) for p in told] == [("unreliable_text_layer", 1), ("unreliable_text_layer", 5)]
    assert "pages 1-2 is not what can be seen there. It was read by OCR" in told[0].message
    assert "page 5 is not what can be seen there. It was not read" in told[1].message


def test_other_problems_stay_as_they_are() -> None:
    other = [ReadProblem("page_cut", "cut", page=2), ReadProblem("no_text_layer", "the whole file")]
    assert gather_pages([*pages("no_text_layer", 1), *other], set())[1:] == other


@pytest.mark.parametrize(
    ("name", "text", "codes"),
    [("empty_password.pdf", ["Kế hoạch năm 2025"], []), ("locked.pdf", [], ["encrypted_pdf"])],
)
def test_encrypted_files_are_read_where_they_need_no_password(
    name: str, text: list[str], codes: list[str]
) -> None:
    source = read_pdf(name, (DOCUMENTS / name).read_bytes(), ReadOptions(ocr="never"))
    assert [block.text for block in source.blocks] == text
    assert [problem.code for problem in source.problems] == codes
