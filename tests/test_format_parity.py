"""Formats are held against the text of the same documents, and what they lose against a limit."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

import pdfplumber
import pytest
from dataset_folders import plan, write

from extract.evaluation import Evaluation, FieldScore

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import format_parity  # noqa: E402
from rendering import documents  # noqa: E402
from rendering.office import ConversionError, convert_documents, find_office  # noqa: E402

PLAN = """KẾ HOẠCH

PHÒNG CHỐNG HẠN MẶN NĂM 2024

I. MỤC TIÊU

1. Cấp nước cho 95% diện tích lúa.

2. Nạo vét 40 km kênh.

II. NHIỆM VỤ

1. Sở Nông nghiệp

a) Vận hành các trạm bơm trong quý I/2024.

b) Kiểm tra cống lấy nước.

d) Cập nhật số liệu đo mặn.

đ) Báo cáo hằng tuần.

e) Bố trí máy bơm dã chiến.

- Ưu tiên vùng cuối kênh.

+ Thông báo lịch bơm.
"""


def make_text(folder: Path, name: str = "ha_nam.txt", text: str = PLAN) -> documents.Text:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    gold = folder / f"{path.stem}.json"
    gold.write_text(json.dumps({"source": name}), encoding="utf-8")
    return documents.Text(path, gold)


def test_document_is_made_once_for_a_text(tmp_path: Path) -> None:
    text, kept = make_text(tmp_path), tmp_path / "kept"
    (made,) = documents.make_documents([text], "docx", kept)
    made.write_bytes(b"left as it is")
    documents.make_documents([text], "docx", kept)
    assert made.read_bytes() == b"left as it is"
    make_text(tmp_path, text=PLAN.replace("Kiểm tra", "Rà soát"))
    documents.make_documents([text], "docx", kept)
    assert zipfile.is_zipfile(made)


def test_text_is_paired_with_its_gold(tmp_path: Path) -> None:
    text = make_text(tmp_path)
    (tmp_path / "page.json").write_text(json.dumps({"source": "page.pdf"}), encoding="utf-8")
    assert format_parity.find_texts([(tmp_path, tmp_path)], None) == [text]


def test_two_texts_of_one_name_are_refused(tmp_path: Path) -> None:
    make_text(tmp_path)
    with pytest.raises(SystemExit, match="two texts are called ha_nam"):
        format_parity.find_texts([(tmp_path, tmp_path), (tmp_path, tmp_path)], None)


def test_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no text with gold"):
        format_parity.find_texts([(tmp_path, tmp_path)], None)


def score(name: str, task: float, lead: float) -> format_parity.Score:
    return format_parity.Score(name, 1, 0.0, {"task": task, "lead": lead})


@pytest.mark.parametrize(
    ("name", "task", "over"),
    [("docx", 0.89, []), ("docx", 0.87, ["task"]), ("scan", 0.87, []), ("scan", 0.83, ["task"])],
)
def test_loss_over_the_limit_is_named(name: str, task: float, over: list[str]) -> None:
    found = score(name, task, 0.95)
    format_parity.compare(found, score("text", 0.9, 0.8))
    assert found.over_limit == over
    assert found.loss["lead"] == pytest.approx(-0.15)


def test_field_that_a_format_lacks_is_lost_whole() -> None:
    found = format_parity.Score("docx", 1, 0.0, {"task": 0.9})
    format_parity.compare(found, score("text", 0.9, 0.8))
    assert found.over_limit == ["lead"]


def test_long_texts_are_scanned_when_asked_for_only(tmp_path: Path) -> None:
    short = make_text(tmp_path)
    long = make_text(tmp_path, "long.txt", PLAN * 90)
    assert format_parity.choose([short, long], "scan", all_scans=False) == [short]
    assert format_parity.choose([short, long], "scan", all_scans=True) == [short, long]
    assert format_parity.choose([short, long], "pdf", all_scans=False) == [short, long]


def test_missing_office_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("rendering.office.shutil.which", lambda _: None)
    with pytest.raises(ConversionError, match="LibreOffice"):
        convert_documents([tmp_path / "plan.docx"], "pdf", tmp_path)


@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
def test_office_prints_the_markers(tmp_path: Path) -> None:
    (path,) = documents.make_documents([make_text(tmp_path)], "pdf", tmp_path / "kept")
    with pdfplumber.open(path) as pages:
        text = " ".join(page.extract_text() for page in pages.pages)
    for line in (
        "I. MỤC TIÊU",
        "2. Nạo vét 40 km kênh.",
        "d) Cập nhật",
        "e) Bố trí",
        "- Ưu tiên",
        "+ Thông báo",
    ):
        assert line in " ".join(text.split())


def write_records(folder: Path, *sources: tuple[str, str]) -> Path:
    return write(folder, *(plan(text, source) for source, text in sources), formats=("csv",))


def test_records_are_the_same_whatever_the_file(tmp_path: Path) -> None:
    one = write_records(tmp_path / "one", ("plan.txt", "Nhiệm vụ\nXây dựng kế hoạch\n"))
    other = write_records(tmp_path / "other", ("plan.docx", "Phần nhiệm vụ\nXây dựng kế hoạch\n"))
    assert format_parity.count_records(one) == format_parity.count_records(other)
    assert format_parity.count_records(one).total() > 0


def test_record_that_says_something_else_is_another(tmp_path: Path) -> None:
    one = write_records(tmp_path / "one", ("plan.txt", "Nhiệm vụ\ncấp 86.5 thẻ\n"))
    other = write_records(tmp_path / "other", ("plan.docx", "Nhiệm vụ\ncấp 865 thẻ\n"))
    assert format_parity.count_records(one) != format_parity.count_records(other)


def test_fields_of_the_document_count_together() -> None:
    fields = (FieldScore("document kind", 2, 2, 2), FieldScore("document number", 0, 0, 2))
    f1 = format_parity.read_f1(Evaluation((*fields, FieldScore("task", 1, 1, 1)), ()))
    assert f1 == {"document": pytest.approx(2 / 3), "task": 1.0}
