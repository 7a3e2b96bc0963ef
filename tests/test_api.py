"""The public API: what `import extract` offers, when it is loaded, and one document without files."""

from __future__ import annotations

import ast
import dataclasses
import subprocess
import sys
from datetime import date
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import pytest

import extract
from extract import extract_document, schema

IMPORT_SECONDS = 0.05
SAMPLE = Path(__file__).parents[1] / "corpus/documents/05_quangnam_ke_hoach_moi_truong_2024.txt"
PLAN = """ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG
Số: 99/KH-UBND

KẾ HOẠCH
Trồng cây xanh năm 2026

I. NHIỆM VỤ
1. Sở Xây dựng chủ trì, phối hợp với Sở Tài chính lập vườn ươm trước ngày 30/6/2026.
2. Phấn đấu đến hết năm 2026 trồng mới 1.200 ha rừng.
"""


def run_python(code: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8", timeout=60
    )
    return run.stdout


def read_typed_names() -> dict[str, str]:
    """Names that a type checker sees, with the module each comes from."""
    tree = ast.parse(Path(str(extract.__file__)).read_text(encoding="utf-8"))
    blocks = [node for node in tree.body if isinstance(node, ast.If) and isinstance(node.test, ast.Name)]
    (block,) = (node for node in blocks if node.test.id == "TYPE_CHECKING")
    imports = [node for node in block.body if isinstance(node, ast.ImportFrom)]
    assert len(imports) == len(block.body)
    return {alias.name: str(node.module) for node in imports for alias in node.names}


def test_import_is_quick_and_loads_nothing():
    code = (
        "import sys, time\n"
        "before = time.perf_counter()\n"
        "import extract\n"
        "print(time.perf_counter() - before, *[name for name in sys.modules if name.startswith('extract')])"
    )
    answers = [run_python(code).split() for _ in range(3)]
    # The first run may find the module not yet compiled, and the machine may be busy with others.
    assert min(float(answer[0]) for answer in answers) < IMPORT_SECONDS
    assert answers[0][1:] == ["extract"]


@pytest.mark.parametrize("name", ["find_periods", "find_quantities", "find_organs", "find_citations"])
def test_looking_for_spans_loads_no_tables(name):
    loaded = run_python(f"import sys, extract; extract.{name}('năm 2025'); print(*sys.modules)").split()
    assert not {"pandas", "pyarrow", "duckdb", "rich", "extract.pipeline"} & set(loaded)


@pytest.mark.parametrize("name", extract.__all__)
def test_every_name_is_there(name):
    offered = getattr(extract, name)
    assert offered.__name__ == name
    assert offered.__doc__
    assert name in dir(extract)


def test_every_record_type_is_offered():
    records = {name for name, value in vars(schema).items() if dataclasses.is_dataclass(value)} - {"Column"}
    assert records <= set(extract.__all__)


def test_type_checkers_see_what_is_loaded():
    typed = read_typed_names()
    assert sorted(typed) == sorted(extract.__all__)
    assert [name for name, module in typed.items() if getattr(extract, name).__module__ != module] == []
    assert [
        n for n, module in typed.items() if getattr(import_module(module), n) is not getattr(extract, n)
    ] == []


def test_other_names_are_refused():
    with pytest.raises(AttributeError, match="no attribute 'extract_documents'"):
        _ = extract.extract_documents  # type: ignore[attr-defined]
    assert not hasattr(extract, "annotations_of")


def test_submodules_can_still_be_imported():
    assert import_module("extract.schema") is schema


def test_a_text_is_extracted():
    extraction = extract_document(PLAN, name="plan")
    document = extraction.document
    assert (document.status, document.source, document.kind) == ("ok", "plan", "plan")
    assert (document.number, document.province) == ("99/KH-UBND", "Lâm Đồng")
    first, second = extraction.tasks
    assert (first.lead, first.support) == (("Sở Xây dựng",), ("Sở Tài chính",))
    assert first.due_date == "2026-06-30"
    assert extraction.text[second.start : second.end].startswith("Phấn đấu đến hết năm 2026")
    (indicator,) = extraction.indicators
    assert (indicator.value, indicator.unit, indicator.period) == (1200, "ha", "2026")


def test_file_content_and_text_give_the_same_records():
    content = SAMPLE.read_bytes()
    by_path = extract_document(SAMPLE)
    assert by_path.document.source == SAMPLE.name
    assert by_path.document.document_id == sha256(content).hexdigest()[:16]
    assert by_path.tasks
    assert by_path.indicators
    assert extract_document(content, name=SAMPLE.name) == by_path
    assert extract_document(content.decode("utf-8"), name=SAMPLE.name) == by_path


def test_a_name_takes_the_place_of_the_file_s():
    assert extract_document(SAMPLE, name="2024/plan.txt").document.source == "2024/plan.txt"


def test_the_name_of_a_text_decides_nothing():
    """A text is a text, also when it is called after the file that it came from."""
    assert extract_document(PLAN, name="scan.pdf").tasks == extract_document(PLAN).tasks


def test_a_text_is_never_taken_for_a_path():
    extraction = extract_document(str(SAMPLE))
    assert (extraction.text, extraction.tasks) == (str(SAMPLE), [])


def test_the_name_of_a_file_without_path_is_refused_by_the_system(tmp_path):
    with pytest.raises(FileNotFoundError):
        extract_document(tmp_path / "missing.txt")
    with pytest.raises(OSError, match=r"irectory|denied"):
        extract_document(tmp_path)


@pytest.mark.parametrize(
    ("source", "name", "code"),
    [
        ("", "", "empty_file"),
        (" \n\t", "", "empty_file"),
        (b"", "a.txt", "empty_file"),
        (b"%PDF-1.7 ...", "a.pdf", "corrupt_file"),
        (b"\x00\x01\x02\x03", "", "unsupported_format"),
    ],
)
def test_bad_content_comes_back_as_failed(source, name, code):
    extraction = extract_document(source, name)
    assert extraction.document.status == "failed"
    assert [problem.code for problem in extraction.problems] == [code]
    assert (extraction.text, extraction.tasks, extraction.indicators) == ("", [], [])


def test_content_without_a_name_is_read_when_it_is_clearly_text():
    assert extract_document(PLAN.encode()).tasks == extract_document(PLAN).tasks


def test_lone_surrogates_are_reported():
    extraction = extract_document("Kế hoạch \ud800 năm 2026")
    assert "\ufffd" in extraction.text
    assert [problem.code for problem in extraction.problems] == ["undecodable_bytes"]


def test_spans_are_found_in_any_text():
    text = "Theo Quyết định số 12/QĐ-UBND, Sở Y tế đạt trên 95,5% trong quý II năm nay."
    periods = extract.find_periods(text, reference=date(2025, 3, 1))
    assert [text[span.start : span.end] for span in periods] == ["trong quý II năm nay"]
    assert [span.value for span in periods] == ["2025-04/2025-06"]
    assert [(span.comparator, span.value) for span in extract.find_quantities(text)] == [(">", 95.5)]
    assert [span.unit for span in extract.find_organs(text)] == ["Sở Y tế"]
    assert [span.number for span in extract.find_citations(text)] == ["12/QĐ-UBND"]


def test_an_archive_is_extracted_and_loaded(tmp_path):
    counts = extract.extract_archive([SAMPLE], tmp_path / "out", formats=("parquet",), workers=1)
    tables = extract.load_dataset(tmp_path / "out")
    assert len(tables["tasks"]) == counts.rows["tasks"] == len(extract_document(SAMPLE).tasks)
