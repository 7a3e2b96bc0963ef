"""The trained model: the chances it gives, when it is loaded, and when it is not used."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hand_models import make_model

from extract.archive.engine import extract_archive
from extract.judging import model as judging_model
from extract.judging.features import BUCKETS, FEATURES_VERSION, hash_features
from extract.judging.model import CLASSES, DESCRIPTION, WEIGHTS, find_models, load_model, parse_model
from extract.pipeline import extract_source

PROJECT = Path(__file__).resolve().parents[1]
PLAN = """UBND HUYỆN CÙ LAO
KẾ HOẠCH
Dạy cờ cho công nhân năm 2026

I. NHIỆM VỤ
1. Dạy cờ
- Lớp cờ buổi tối tại nhà văn hóa công nhân mỗi tuần hai buổi.
- Tổ chức giải cờ vua của khu công nghiệp cho 120 công nhân.
- Sở Văn hóa và Thể thao cử huấn luyện viên cờ.
"""


def test_chances_add_up_to_one() -> None:
    model = make_model({"task": {"all": 0.5, "w=cờ": 2.0}, "heading": {"capitals": -3.0}})
    for features in ([], ["w=cờ"], ["capitals", "w=cờ"], ["w=vua"]):
        chances = model.chances(features)
        assert list(chances) == list(CLASSES)
        assert sum(chances.values()) == pytest.approx(1)
        assert all(0 < chance < 1 for chance in chances.values())


def test_weights_of_features_add_up_to_the_chance_of_a_class() -> None:
    model = make_model({"task": {"all": 0.5, "w=cờ": 2.0, "style=bullet": -1.0}})

    def chance(*features: str) -> float:
        alone = 1 / (
            1 + np.exp(-sum({"w=cờ": 2.0, "style=bullet": -1.0}.get(f, 0.0) for f in features) - 0.5)
        )
        return float(alone / (alone + 0.5 * (len(CLASSES) - 1)))

    for features in ([], ["w=cờ"], ["w=cờ", "style=bullet"], ["w=vua", "w=cờ"]):
        assert model.chances(features)["task"] == pytest.approx(chance(*features))


def test_a_feature_counts_once_and_in_any_order() -> None:
    model = make_model({"task": {"w=cờ": 2.0, "w=vua": 0.1, "w=gỗ": -0.7, "w=đá": 3.3}})
    words = ["w=cờ", "w=vua", "w=gỗ", "w=đá"]
    assert model.chances(words * 3) == model.chances(words) == model.chances(reversed(words))


def test_weights_however_large_give_chances() -> None:
    chances = make_model({"task": {"all": 6e4}, "other": {"all": -6e4}}).chances(["any"])
    assert chances["task"] > chances["target"] > chances["other"] >= 0


def test_the_model_of_the_package_is_whole() -> None:
    model = load_model()
    assert model is not None
    assert model.weights.shape == (BUCKETS + 1, len(CLASSES))
    assert set(model.calibration) == {"task", "indicator"}
    assert all(model.calibration.values())
    assert not model.alone


def test_the_model_is_loaded_when_it_is_asked_for_and_once() -> None:
    code = (
        "import extract.pipeline as p; from extract.judging.model import load_model as load\n"
        "print(load.cache_info().misses); p.extract_source('a.txt', 'KẾ HOẠCH'.encode())\n"
        "p.extract_source('b.txt', 'KẾ HOẠCH'.encode()); print(load.cache_info().misses)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["0", "1"]


def files_of(weights: np.ndarray | bytes, **changes: object) -> tuple[bytes, bytes]:
    """Give the two files of a model, whose description fits the weights but for the changes."""
    buffer = BytesIO()
    if isinstance(weights, bytes):
        buffer.write(weights)
    else:
        np.save(buffer, weights)
    content = {
        "classes": list(CLASSES),
        "buckets": BUCKETS,
        "features": FEATURES_VERSION,
        "calibration": {"task": {"any": 1.5}},
        "weights_sha256": sha256(buffer.getvalue()).hexdigest(),
    }
    return buffer.getvalue(), json.dumps(content | changes).encode()


GOOD = np.zeros((len(CLASSES), BUCKETS + 1), dtype=np.float16)
HUGE = files_of(GOOD)[0].replace(b"32769), }        ", b"9999999999999), }")


def test_the_files_of_a_model_are_read() -> None:
    weights = GOOD.copy()
    weights[CLASSES.index("task"), BUCKETS] = 2.0
    weights[CLASSES.index("other"), hash_features(["w=cờ"])] = 1.0
    model = parse_model(*files_of(weights))
    assert model.calibration == {"task": {"any": 1.5}}
    chances = model.chances(["w=cờ"])
    assert chances["task"] > chances["other"] > chances["target"]


VERSION, OTHER_WEIGHTS = "made for another version", "not those that the description tells of"
SHAPE, CALIBRATION = "another shape or precision", "the calibration holds something else"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (files_of(GOOD, classes=[*CLASSES[1:], "rest"]), VERSION),
        (files_of(GOOD, classes=None), VERSION),
        (files_of(GOOD, buckets=BUCKETS * 2), VERSION),
        (files_of(GOOD, features=FEATURES_VERSION + 1), VERSION),
        (files_of(GOOD, features=None), VERSION),
        ((files_of(GOOD)[0], b"[1]"), VERSION),
        (files_of(GOOD, weights_sha256="0" * 64), OTHER_WEIGHTS),
        ((files_of(GOOD)[0][:-7], files_of(GOOD)[1]), OTHER_WEIGHTS),
        (files_of(GOOD, calibration=None), CALIBRATION),
        (files_of(GOOD, calibration=[]), CALIBRATION),
        (files_of(GOOD, calibration={"task": {"any": "1"}}), CALIBRATION),
        (files_of(GOOD, calibration={"task": {"any": True}}), CALIBRATION),
        (files_of(GOOD, calibration={"task": {"any": float("nan")}}), CALIBRATION),
        (files_of(GOOD, calibration={"task": {"any": 10**400}}), CALIBRATION),
        (files_of(GOOD, calibration={"task": 1}), CALIBRATION),
        (files_of(GOOD[:, 1:]), SHAPE),
        (files_of(GOOD[1:]), SHAPE),
        (files_of(GOOD.astype(np.float32)), SHAPE),
        (files_of(np.full_like(GOOD, np.nan)), "not every weight is a number"),
        (files_of(np.full_like(GOOD, np.inf)), "not every weight is a number"),
        (files_of(b""), "EOF"),
        (files_of(b"\x93NUMPY no more"), "version"),
        (files_of(b"PK\x03\x04"), "EOF"),
        (files_of(HUGE), "memory|EOF"),
        ((files_of(GOOD)[0], b""), "Expecting value"),
        ((files_of(GOOD)[0], b"\xff\xfe"), "Expecting value|decode"),
    ],
)
def test_a_model_that_is_damaged_or_of_another_version_is_refused(
    changed: tuple[bytes, bytes], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        parse_model(*changed)


def test_weights_that_would_run_code_are_not_loaded() -> None:
    buffer = BytesIO()
    np.save(buffer, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(ValueError, match="pickle"):
        parse_model(*files_of(buffer.getvalue()))


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder in the place of the one that holds the models."""
    folder = tmp_path / "models"
    folder.mkdir()
    monkeypatch.setattr("extract.judging.model.find_models", lambda: folder)
    monkeypatch.setattr("extract.archive.run_record.find_models", lambda: folder)
    load_model.cache_clear()
    yield folder
    load_model.cache_clear()


def put(folder: Path, weights: bytes, description: bytes) -> None:
    """Write the files of a model."""
    (folder / WEIGHTS).write_bytes(weights)
    (folder / DESCRIPTION).write_bytes(description)


def test_without_files_there_is_no_model(models: Path) -> None:
    assert load_model() is None
    (models / WEIGHTS).write_bytes(b"")
    load_model.cache_clear()
    assert load_model() is None


def test_files_that_cannot_be_read_give_no_model(models: Path) -> None:
    (models / WEIGHTS).mkdir()
    (models / DESCRIPTION).mkdir()
    assert load_model() is None


def test_a_description_nested_without_end_gives_no_model(models: Path) -> None:
    put(models, files_of(GOOD)[0], b"[" * 200_000)
    assert load_model() is None


def test_weights_that_are_not_those_of_the_description_give_no_model(models: Path) -> None:
    weights, description = files_of(GOOD)
    put(models, weights, description)
    assert load_model() is not None
    put(models, weights[:-2] + b"\x00\x3c", description)
    load_model.cache_clear()
    assert load_model() is None


def confidences() -> tuple[list[float], list[float]]:
    """Give the confidence of the tasks and indicators of the plan."""
    extraction = extract_source("a.txt", PLAN.encode())
    return [row.confidence for row in extraction.tasks], [row.confidence for row in extraction.indicators]


def test_without_a_model_the_rules_decide_with_their_own_confidence(models: Path) -> None:
    assert confidences() == ([0.9, 0.9, 0.9], [0.85])


def test_with_the_model_confidence_is_that_of_the_calibration() -> None:
    tasks, indicators = confidences()
    assert len(tasks) == 3
    assert 0.9 not in tasks
    assert 0.85 not in indicators


def test_a_run_without_a_model_says_so(models: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(PLAN, encoding="utf-8")
    extract_archive([tmp_path / "in"], tmp_path / "rules", workers=1, formats=("csv",))
    record = json.loads((tmp_path / "rules/run.json").read_text(encoding="utf-8"))
    assert record["models"] == {}
    assert len(record["warnings"]) == 1
    assert "rules alone" in record["warnings"][0]
    assert "vnplans train" in record["warnings"][0]
    assert record["counts"]["rows"]["tasks"] == 3


def test_a_run_with_a_damaged_model_says_so_and_tells_its_checksum(models: Path, tmp_path: Path) -> None:
    put(models, b"damaged", b"{}")
    (tmp_path / "in").mkdir()
    extract_archive([tmp_path / "in"], tmp_path / "out", workers=1, formats=("csv",))
    record = json.loads((tmp_path / "out/run.json").read_text(encoding="utf-8"))
    assert record["warnings"]
    assert record["models"][WEIGHTS] == sha256(b"damaged").hexdigest()


def test_a_model_file_that_cannot_be_read_does_not_end_the_run(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(models, *files_of(GOOD))
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.parent == models:
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (tmp_path / "in").mkdir()
    extract_archive([tmp_path / "in"], tmp_path / "out", workers=1, formats=("csv",))
    monkeypatch.undo()
    record = json.loads((tmp_path / "out/run.json").read_text(encoding="utf-8"))
    assert record["models"] == {DESCRIPTION: "", WEIGHTS: ""}
    assert record["warnings"]


def test_a_run_with_the_model_warns_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    extract_archive([tmp_path / "in"], tmp_path / "out", workers=1, formats=("csv",))
    record = json.loads((tmp_path / "out/run.json").read_text(encoding="utf-8"))
    assert record["warnings"] == []
    files = {name: (PROJECT / "models" / name).read_bytes() for name in (WEIGHTS, DESCRIPTION)}
    assert record["models"] == {name: sha256(content).hexdigest() for name, content in files.items()}


def test_an_installed_package_holds_the_models_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "extract"
    (package / "models").mkdir(parents=True)
    monkeypatch.setattr(judging_model, "files", lambda name: tmp_path / name)
    assert Path(str(find_models())) == package / "models"
    (package / "models").rmdir()
    assert Path(str(find_models())).resolve() == tmp_path / "models"
