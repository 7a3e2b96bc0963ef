"""Real Word documents: letterheads as lines, twins alike, nothing refused, figures reached."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from extract.readers.docx import read_docx
from extract.readers.office import prepare, read_doc, sniff
from extract.readers.word.conversion import find_program
from extract.spans import ReadOptions, Source

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPUS, GOLD, SCORER = SHARED / "corpus", SHARED / "gold", SHARED / "score" / "score.py"
WITHOUT_OCR = ReadOptions(ocr="never")
pytestmark = pytest.mark.skipif(
    not (CORPUS / "docx").exists(), reason="needs the documents in ../shared/corpus"
)
needs_libreoffice = pytest.mark.skipif(find_program() is None, reason="LibreOffice is not installed")


def read(path: Path) -> Source:
    reader = read_docx if path.suffix == ".docx" else read_doc
    return reader(path.name, path.read_bytes(), WITHOUT_OCR)


def syllables(source: Source) -> list[str]:
    return " ".join(block.raw for block in source.blocks).split()


@pytest.mark.parametrize("path", sorted((CORPUS / "docx").glob("*.docx")), ids=lambda path: path.stem)
def test_every_document_is_read_without_a_problem(path: Path) -> None:
    source = read(path)
    assert source.problems == ()
    assert len(syllables(source)) > 300
    assert not any("\t" in block.text or "  " in block.text for block in source.blocks)


@pytest.mark.parametrize("path", sorted((CORPUS / "docx").glob("*.docx")), ids=lambda path: path.stem)
def test_every_letterhead_comes_as_paragraphs(path: Path) -> None:
    head = read(path).blocks[:9]
    assert all(block.kind == "paragraph" for block in head)
    assert any(block.text.startswith(("CỘNG HÒA", "CỘNG HOÀ", "CỘNG HÕA")) for block in head)
    assert any(block.text.startswith("Số:") for block in head)


@needs_libreoffice
def test_older_documents_in_one_batch() -> None:
    paths = [path for path in sorted((CORPUS / "doc").iterdir()) if sniff(path.read_bytes()) == "doc"]
    assert len(paths) == 5
    prepare([(path.name, path.read_bytes()) for path in paths])
    found = {path.name: {problem.code for problem in read(path).problems} for path in paths}
    assert {name: codes for name, codes in found.items() if codes} == {
        "hanoi_KH_PKDK_DaiThinh_2018_TCVN3mix.doc": {"legacy_encoding"},
        "hanoi_task_IMAGEONLY.doc": {"no_text_layer"},
    }


@needs_libreoffice
def test_a_document_and_its_older_twin_say_the_same() -> None:
    newer = read(CORPUS / "docx" / "dongthap_KH_SGDDT_STEM.docx")
    older = read(CORPUS / "doc" / "dongthap_KH_SGDDT_STEM.doc")
    assert newer.blocks == older.blocks


def test_a_web_page_named_doc_is_told_from_a_document() -> None:
    assert sniff((CORPUS / "doc" / "unknown_ke_hoach_tap_huan_HTMLinDOC.doc").read_bytes()) == "html"


FLOORS = {"task": 0.93, "task lead": 0.90, "task support": 0.90, "indicator whole": 0.85}


def test_figures_of_the_documents_with_right_answers(tmp_path: Path) -> None:
    from extract.dataset.writers import DatasetWriter
    from extract.pipeline import extract_read
    from extract.schema import Document

    stems = ["laocai_CV_UBND-KT_khoangsan_2026", "laocai_TB_VPUBND_ketluan_2026", "dongthap_KH_SGDDT_STEM"]
    with DatasetWriter(tmp_path, ("csv",)) as writer:
        for number, stem in enumerate(stems):
            path = CORPUS / "docx" / f"{stem}.docx"
            writer.add(extract_read(Document(f"{number:016x}", path.name, f"{number:064x}"), read(path)))
        writer.finish()
    gold = [str(GOLD / f"{stem}.json") for stem in stems]
    command = [sys.executable, str(SCORER), str(tmp_path), *gold]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    reached = {
        line[:26].strip(): float(line.split()[-2]) for line in printed.splitlines()[1:] if line[26:].strip()
    }
    assert {name: reached[name] for name, floor in FLOORS.items() if reached[name] < floor} == {}
