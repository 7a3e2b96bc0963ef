"""The quality floors hold, and they can only move the way they are meant to."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from extract.doctor import list_ocr_languages

PROJECT = Path(__file__).resolve().parents[1]
SETS = ("corpus", "shared", "shared_word", "shared_scans")


@pytest.fixture(scope="module")
def quality() -> ModuleType:
    """The script, loaded as a module."""
    spec = importlib.util.spec_from_file_location("check_quality", PROJECT / "scripts/check_quality.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up while they are being made.
    sys.modules["check_quality"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", SETS)
def test_floors_are_reached(quality: ModuleType, name: str) -> None:
    pytest.importorskip("extract.pipeline", reason="extract.pipeline does not exist yet")
    gold_set = quality.read_floors().sets[name]
    gold = quality.find_gold(gold_set)
    if not gold:
        pytest.skip(f"{gold_set.gold} or its documents are not on this machine")
    if name in ("corpus", "shared_scans") and "vie" not in list_ocr_languages():
        pytest.skip("Tesseract with Vietnamese is not installed")
    if name == "corpus" and shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    assert quality.find_failures(gold_set, quality.measure(gold_set, gold), quality.checksum(gold)) == []


def test_shared_gold_is_restricted_to_text_documents(quality: ModuleType, shared: Path) -> None:
    gold = quality.find_gold(quality.read_floors().sets["shared"])
    sources = {json.loads(path.read_text(encoding="utf-8"))["source"] for path in gold}
    assert len(sources) == 11
    assert {Path(source).suffix for source in sources} == {".txt", ".md"}


def make_floors(quality: ModuleType, **floors: float) -> object:
    return quality.Floors({"corpus": quality.GoldSet(["corpus"], "corpus/gold", "same", dict(floors))})


@pytest.mark.parametrize(
    ("score", "failures"),
    [(0.9, 0), (0.8, 0), (0.7999, 1), (0.0, 1)],
)
def test_a_score_below_its_floor_fails(quality: ModuleType, score: float, failures: int) -> None:
    gold_set = make_floors(quality, task=0.8).sets["corpus"]
    assert len(quality.find_failures(gold_set, {"task": score}, "same")) == failures


def test_a_field_that_is_no_longer_measured_fails(quality: ModuleType) -> None:
    gold_set = make_floors(quality, task=0.8).sets["corpus"]
    assert "not measured" in quality.find_failures(gold_set, {"other": 1.0}, "same")[0]


def test_a_new_field_needs_no_floor(quality: ModuleType) -> None:
    gold_set = make_floors(quality, task=0.8).sets["corpus"]
    assert quality.find_failures(gold_set, {"task": 0.8, "new": 0.1}, "same") == []


def test_changed_gold_fails_until_it_is_measured_again(quality: ModuleType) -> None:
    gold_set = make_floors(quality, task=0.8).sets["corpus"]
    assert "changed" in quality.find_failures(gold_set, {"task": 0.9}, "other")[0]
    quality.raise_floors(gold_set, {"task": 0.9}, "other")
    assert quality.find_failures(gold_set, {"task": 0.9}, "other") == []


@pytest.mark.parametrize(
    ("floor", "score", "raised"),
    [(0.8, 0.91239, 0.912), (0.8, 0.5, 0.8), (0.0, 0.57, 0.57), (0.0, 1.0, 1.0), (0.0, 0.9999, 0.999)],
)
def test_raising_rounds_down_and_never_lowers(
    quality: ModuleType, floor: float, score: float, raised: float
) -> None:
    gold_set = make_floors(quality, task=floor).sets["corpus"]
    quality.raise_floors(gold_set, {"task": score}, "same")
    assert gold_set.floors == {"task": raised}


def test_lowering_is_written_down(quality: ModuleType, tmp_path: Path) -> None:
    floors = make_floors(quality, task=0.8, due=0.7)
    quality.lower_floor(
        floors, "corpus/task", {"corpus": {"task": 0.7519, "due": 0.1}}, " a wrong answer mended "
    )
    assert floors.sets["corpus"].floors == {"task": 0.751, "due": 0.7}
    quality.write_floors(floors, tmp_path / "floors.json")
    (lowering,) = quality.read_floors(tmp_path / "floors.json").lowered
    assert (lowering.floor, lowering.before, lowering.after) == ("corpus/task", 0.8, 0.751)
    assert lowering.reason == "a wrong answer mended"


@pytest.mark.parametrize(
    ("floor", "score", "reason", "says"),
    [
        ("corpus/task", 0.5, "", "reason"),
        ("corpus/task", 0.5, "  ", "reason"),
        ("corpus/other", 0.5, "why", "no measured floor"),
        ("elsewhere/task", 0.5, "why", "no measured floor"),
        ("task", 0.5, "why", "no measured floor"),
        ("corpus/task", 0.9, "why", "nothing to lower"),
        ("corpus/task", 0.8, "why", "nothing to lower"),
    ],
)
def test_lowering_is_refused(quality: ModuleType, floor: str, score: float, reason: str, says: str) -> None:
    floors = make_floors(quality, task=0.8)
    with pytest.raises(quality.RefusedError, match=says):
        quality.lower_floor(floors, floor, {"corpus": {"task": score}}, reason)
    assert floors.sets["corpus"].floors == {"task": 0.8}
    assert floors.lowered == []


def test_checksum_knows_names_and_contents_but_not_line_ends(quality: ModuleType, tmp_path: Path) -> None:
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    first.write_bytes(b"{}\n")
    second.write_bytes(b"{}\n")
    alone = quality.checksum([first])
    assert quality.checksum([second]) != alone
    assert quality.checksum([first, second]) != alone
    first.write_bytes(b"{}\r\n")
    assert quality.checksum([first]) == alone
    first.write_bytes(b"{ }\n")
    assert quality.checksum([first]) != alone


def test_gold_without_its_document_is_left_out(quality: ModuleType, tmp_path: Path) -> None:
    for name in ("here", "gone"):
        (tmp_path / f"{name}.json").write_text(json.dumps({"source": f"{name}.txt"}), encoding="utf-8")
    (tmp_path / "here.txt").write_text("x", encoding="utf-8")
    gold_set = quality.GoldSet(["."], ".")
    assert [path.name for path in quality.find_gold(gold_set, tmp_path)] == ["here.json"]
