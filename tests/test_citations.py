"""Documents named by number: marked sentences, wrapped lines, periods that a citation hides, hostile text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.mentions.citations import find_citations
from extract.mentions.periods import find_periods
from tests.markup import Case, read_cases

MINIMUM_CASES = 40
CASES = read_cases("citations")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.place)
def test_marked_sentences(case: Case) -> None:
    found = find_citations(case.text)
    expected = [case.text[mark.start : mark.end] for mark in case.marks]
    assert [case.text[citation.start : citation.end] for citation in found] == expected
    for mark, citation in zip(case.marks, found, strict=True):
        assert mark.tag == "citation"
        assert (citation.start, citation.end) == (mark.start, mark.end)
        assert mark.attributes["number"]
        assert {name: getattr(citation, name) for name in mark.attributes} == mark.attributes


def test_there_are_enough_cases_of_both_sorts() -> None:
    assert len(CASES) >= MINIMUM_CASES
    assert sum(not case.marks for case in CASES) >= 10


@pytest.mark.parametrize(
    ("text", "number", "kind", "issued", "issuer"),
    [
        (
            "Nghị\nquyết số\n66/NQ-CP ngày\n26/3/2025 của Chính\nphủ về",
            "66/NQ-CP",
            "nghị quyết",
            "2025-03-26",
            "Chính phủ",
        ),
        ("Nghị quyết số 5/2025/NQ-\nHĐND", "5/2025/NQ-HĐND", "nghị quyết", "", ""),
        ("Luật Quản lý\nthuế số 38/2019/QH14", "38/2019/QH14", "luật", "", ""),
        ("Quyết định số 4/QĐ-UBND ngày 31/02/2025 của UBND xã", "4/QĐ-UBND", "quyết định", "", ""),
    ],
)
def test_wrapped_lines(text: str, number: str, kind: str, issued: str, issuer: str) -> None:
    (citation,) = find_citations(text)
    assert (citation.number, citation.kind, citation.issued, citation.issuer) == (
        number,
        kind,
        issued,
        issuer,
    )


def test_an_issuer_does_not_run_into_the_next_paragraph() -> None:
    (citation,) = find_citations("Quyết định số 4/QĐ-UBND của UBND tỉnh\nSở Y tế chủ trì")
    assert citation.issuer == "UBND tỉnh"


def test_a_citation_covers_its_date() -> None:
    text = "Theo Quyết định số 4/QĐ-SYT ngày 12/5/2025 của Sở Y tế, hoàn thành trước ngày 30/6/2025."
    (citation,) = find_citations(text)
    free = [period for period in find_periods(text) if not citation.start <= period.start < citation.end]
    assert [period.value for period in free] == ["2025-06-30"]


PIECES = st.sampled_from(
    [
        "Quyết",
        "định",
        "số",
        "12",
        "/",
        "KH",
        "-",
        "UBND",
        "NQ/TW",
        "2025",
        "ngày",
        "3/4/2025",
        "của",
        "Sở",
        "Y",
        "tế",
        "và",
        ",",
        ";",
        "\n",
        "Luật",
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=16).map(" ".join)))
def test_citations_are_sorted_apart_and_hold_their_number(text: str) -> None:
    end = 0
    for citation in find_citations(text):
        assert end <= citation.start < citation.end <= len(text)
        end = citation.end
        span = text[citation.start : citation.end]
        assert citation.number in "".join(span.split())
        assert " ".join(citation.issuer.split()) in " ".join(span.split())


HOSTILE = ["1/A", "12/KH-UBND ", "Luật A ", "số ", "1/2025/", "của Sở ", "A-", "ngày tháng "]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_in_step_with_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece)) + "1/2025/NĐ-CP"
        start = time.process_time()
        find_citations(text)
        return time.process_time() - start

    assert seconds(200_000) < 8 * max(seconds(50_000), 0.01)


def test_the_seed_dispatch_names_the_plan_that_it_implements(shared: Path) -> None:
    text = (shared / "seeds/001_6e0cce3d016c5f18.txt").read_text(encoding="utf-8")
    plans = {citation.issued for citation in find_citations(text) if citation.number == "154/KH-UBND"}
    assert "2024-04-25" in plans
