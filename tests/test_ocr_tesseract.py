"""What tesseract says, and what is told when it is missing, hangs or says nonsense."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from extract.readers.ocr import tesseract
from extract.readers.ocr.pages import recognise_pages
from extract.readers.ocr.tesseract import MissingProgramError, RecognitionTimeoutError, find_missing_program
from extract.spans import ReadOptions

needs_tesseract = pytest.mark.skipif(
    bool(find_missing_program()), reason="tesseract with vie is not installed"
)
BLANK = np.full((40, 60), 255, dtype=np.uint8)
PAGE = Image.new("L", (200, 100), 255)
HOCR = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><body>
 <div class='ocr_page' id='page_1' title='image "0.pgm"; bbox 0 0 100 60'></div>
 <div class='ocr_page' id='page_2' title='image "1.pgm"; bbox 0 0 100 60'>
  <span class='ocr_line' title="bbox 10 20 90 40; baseline 0.01 -4; x_size 20">
   <span class='ocrx_word' title='bbox 10 20 40 40; x_wconf 93'>Rà</span>
   <span class='ocrx_word' title='bbox 50 20 90 40; x_wconf 8'><strong>soát</strong></span>
   <span class='ocrx_word' title='bbox 92 20 93 40; x_wconf 8'> </span>
  </span>
  <span class='ocr_header' title="bbox 10 50 90 58"></span>
 </div></body></html>"""


def answer(text: str) -> object:
    return lambda *_, **__: subprocess.CompletedProcess([], 0, stdout=text.encode())


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """As on a machine with tesseract, which does what the test says."""
    monkeypatch.setattr(tesseract.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(tesseract, "_installed_languages", lambda: frozenset({"vie", "eng"}))
    return monkeypatch


def test_words_come_with_their_boxes_lines_and_confidence(installed: pytest.MonkeyPatch) -> None:
    installed.setattr(tesseract.subprocess, "run", answer(HOCR))
    empty, (line,) = tesseract.recognise([BLANK, BLANK], tesseract.SINGLE_BLOCK, 300)
    assert empty == []
    assert line.text == "Rà soát"
    assert line.base == pytest.approx(40 - 4 + 0.01 * 40)
    assert [word.confidence for word in line.words] == [0.93, 0.08]
    assert line.words[1].box == (50, 20, 90, 40)


@pytest.mark.parametrize("cut", [0, 1, 60, 300, 500, 700])
def test_half_an_answer_gives_what_it_holds(installed: pytest.MonkeyPatch, cut: int) -> None:
    installed.setattr(tesseract.subprocess, "run", answer(HOCR[:cut]))
    found = tesseract.recognise([BLANK, BLANK], tesseract.SINGLE_BLOCK, 300)
    assert len(found) == 2
    assert all(word.text for lines in found for line in lines for word in line.words)


def test_no_pictures_need_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract.shutil, "which", lambda _: None)
    assert tesseract.recognise([], tesseract.SINGLE_BLOCK, 300) == []


def test_it_runs_on_one_core_and_its_messages_are_not_shown(installed: pytest.MonkeyPatch) -> None:
    seen: dict[str, object] = {}

    def run(arguments: list[str], **options: object) -> object:
        seen.update(
            options, arguments=arguments, files=sorted(p.name for p in Path(str(options["cwd"])).iterdir())
        )
        return subprocess.CompletedProcess(arguments, 0, stdout=b"")

    installed.setattr(tesseract.subprocess, "run", run)
    tesseract.recognise([BLANK, BLANK], tesseract.SINGLE_COLUMN, 180)
    assert seen["env"]["OMP_THREAD_LIMIT"] == "1"  # type: ignore[index]
    assert seen["stderr"] == subprocess.DEVNULL
    assert seen["timeout"] == tesseract.MAX_PAGE_SECONDS
    assert seen["files"] == ["0.pgm", "1.pgm", "list.txt"]
    assert not Path(str(seen["cwd"])).exists()


def test_a_missing_program_is_told_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract.shutil, "which", lambda _: None)
    pages, (problem,) = recognise_pages([(1, PAGE), (2, PAGE)], ReadOptions())
    assert pages == []
    assert (problem.code, problem.severity) == ("missing_program", "error")
    for way in ("apt-get install tesseract-ocr tesseract-ocr-vie", "brew install", "winget install"):
        assert way in problem.message
    with pytest.raises(MissingProgramError):
        tesseract.recognise([BLANK], tesseract.SINGLE_BLOCK, 300)


def test_a_missing_language_is_told(installed: pytest.MonkeyPatch) -> None:
    installed.setattr(tesseract, "_installed_languages", lambda: frozenset({"eng", "osd"}))
    (problem,) = recognise_pages([(1, PAGE)], ReadOptions())[1]
    assert problem.code == "missing_program"
    assert "Vietnamese" in problem.message


def test_a_program_that_cannot_be_started_is_told(installed: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("not allowed")

    installed.setattr(tesseract.subprocess, "run", refuse)
    pages, problems = recognise_pages([(1, PAGE), (2, PAGE)], ReadOptions())
    assert pages == []
    assert [problem.code for problem in problems] == ["missing_program"]


def test_a_page_that_takes_too_long_costs_only_itself(installed: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def run(arguments: list[str], **_: object) -> object:
        calls.append(1)
        if len(calls) == 1:
            raise subprocess.TimeoutExpired(arguments, 1)
        return subprocess.CompletedProcess(arguments, 0, stdout=HOCR.replace("page_2", "page_1").encode())

    installed.setattr(tesseract.subprocess, "run", run)
    pages, problems = recognise_pages([(4, PAGE), (5, PAGE)], ReadOptions())
    assert [page.number for page in pages] == [5]
    assert [(problem.code, problem.page, problem.severity) for problem in problems] == [
        ("timeout", 4, "warning")
    ]


def test_languages_are_listed_without_the_heading(installed: pytest.MonkeyPatch) -> None:
    installed.undo()
    installed.setattr(tesseract.shutil, "which", lambda name: f"/usr/bin/{name}")
    installed.setattr(tesseract.subprocess, "run", answer("List of available languages (2):\neng\nvie\n"))
    tesseract._installed_languages.cache_clear()
    try:
        assert tesseract.has_language("vie")
        assert not tesseract.has_language("osd")
    finally:
        tesseract._installed_languages.cache_clear()


@needs_tesseract
def test_a_hanging_program_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "MAX_PAGE_SECONDS", 0.01)
    noise = np.random.default_rng(3).integers(0, 256, (2000, 2000), dtype=np.uint8)
    with pytest.raises(RecognitionTimeoutError):
        tesseract.recognise([noise], tesseract.SINGLE_COLUMN, 300)
