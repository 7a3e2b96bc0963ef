"""``vnplans train``: what it learns from and writes, the same bytes from the same input, and wrong use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from gold_files import gold_task, write_gold
from hand_models import read_paragraphs

from extract import cli
from extract.errors import GoldError, OutputError, UsageError
from extract.judging.features import BUCKETS, FEATURES_VERSION
from extract.judging.model import CLASSES, DESCRIPTION, WEIGHTS, build_model, parse_model
from extract.pipeline import extract_read
from extract.training import train as training
from extract.training.labels import label_by_rules
from extract.training.report import describe_training
from extract.training.sources import ReadFile, read_files
from extract.training.train import Trained, train, write_model

pytest.importorskip("sklearn")

PROJECT = Path(__file__).resolve().parents[1]
DOCUMENTS, GOLD = PROJECT / "corpus/documents", PROJECT / "corpus/gold"
STEMS = (
    "02_daklak_cong_van_lam_nghiep_2025",
    "05_quangnam_ke_hoach_moi_truong_2024",
    "10_lamdong_quyet_dinh_cai_cach_hanh_chinh_2024",
    "22_tin_thu_thap_2026--0000001",
)
GOLD_FILES = [GOLD / f"{stem}.json" for stem in STEMS]
UNLABELLED = (
    "07_caobang_giam_ngheo_bang_mot_o_mot_dong_2025.txt",
    "11_hue_chi_thi_phong_chong_thien_tai_2025.txt",
)
REPORT = "12_travinh_bao_cao_y_te_2023.txt"
PLAN = ("UBND XÃ CỒN SẺ", "KẾ HOẠCH", "Mở hội đua thuyền năm 2026", "I. NHIỆM VỤ")


@pytest.fixture(scope="module")
def unlabelled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive: a plan, twice, a directive, a report, a document of the gold, what cannot be read."""
    path = tmp_path_factory.mktemp("unlabelled") / "some.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in (*UNLABELLED, REPORT, f"{STEMS[0]}.txt"):
            archive.write(DOCUMENTS / name, name)
        archive.write(DOCUMENTS / UNLABELLED[0], f"again/{UNLABELLED[0]}")
        archive.writestr("damaged.docx", b"PK\x03\x04")
        archive.writestr("empty.txt", b"")
    return path


@pytest.fixture(scope="module")
def golds(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Gold files of four samples without the last tasks and indicators, so that some rows are wrong."""
    folder = tmp_path_factory.mktemp("gold")
    for path in GOLD_FILES:
        gold = json.loads(path.read_text(encoding="utf-8"))
        for table in ("tasks", "indicators"):
            gold[table] = gold[table][: -(-2 * len(gold[table]) // 3)]
        (folder / path.name).write_text(json.dumps(gold), encoding="utf-8")
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def trained(golds: list[Path], unlabelled: Path) -> Trained:
    """A training on four samples."""
    return train(golds, [DOCUMENTS], [unlabelled])


def digest_of(*names: str) -> str:
    """Give the digest of the digests of sample files."""
    digests = sorted(sha256((DOCUMENTS / name).read_bytes()).hexdigest() for name in names)
    return sha256("\n".join(digests).encode()).hexdigest()


def test_the_description_tells_what_was_learnt_from(trained: Trained) -> None:
    data = trained.description["data"]
    assert (data["gold_documents"], data["unlabelled_documents"]) == (4, 2)
    assert data["gold_items"] > 20
    once = [file.analyse() for file in read_files([DOCUMENTS], UNLABELLED)]
    assert data["unlabelled_items"] == sum(len(label_by_rules(one)) for one in once if one) > 20
    assert data["unlabelled_sha256"] == digest_of(*UNLABELLED)
    record = json.loads((DOCUMENTS / "22_tin_thu_thap_2026.jsonl").read_bytes().splitlines()[0])
    assert record["title"]
    crawl = sha256((DOCUMENTS / "22_tin_thu_thap_2026.jsonl").read_bytes().splitlines()[0]).hexdigest()
    files = [sha256((DOCUMENTS / f"{stem}.txt").read_bytes()).hexdigest() for stem in STEMS[:3]]
    assert data["gold_sha256"] == sha256("\n".join(sorted([*files, crawl])).encode()).hexdigest()


def test_the_description_tells_the_version_and_the_weights(trained: Trained, tmp_path: Path) -> None:
    write_model(trained, tmp_path / "deep/model")
    weights = (tmp_path / "deep/model" / WEIGHTS).read_bytes()
    written = json.loads((tmp_path / "deep/model" / DESCRIPTION).read_text(encoding="utf-8"))
    assert written == trained.description
    assert written["weights_sha256"] == sha256(weights).hexdigest()
    assert (written["classes"], written["buckets"]) == (list(CLASSES), BUCKETS)
    assert written["features"] == FEATURES_VERSION
    assert set(written["calibration"]) == {"task", "indicator"}


def test_the_command_writes_the_same_bytes_in_another_process(
    trained: Trained, golds: list[Path], unlabelled: Path, tmp_path: Path
) -> None:
    write_model(trained, tmp_path / "here")
    documents = ["--documents", str(DOCUMENTS), "--unlabelled", str(unlabelled)]
    command = [sys.executable, "-m", "extract.cli", "train", *map(str, golds), *documents]
    answer = subprocess.run(
        [*command, "--out", str(tmp_path / "there")],
        env={**os.environ, "PYTHONHASHSEED": "5", "OMP_NUM_THREADS": "2", "PYTHONIOENCODING": "utf-8"},
        capture_output=True, text=True, check=True, encoding="utf-8", cwd=PROJECT,
    )  # fmt: skip
    for name in (WEIGHTS, DESCRIPTION):
        assert (tmp_path / "here" / name).read_bytes() == (tmp_path / "there" / name).read_bytes()
    assert answer.stdout == describe_training(trained) + f"Model written to {tmp_path / 'there'}\n"


def test_the_model_that_is_written_is_read_and_used(trained: Trained, tmp_path: Path) -> None:
    write_model(trained, tmp_path)
    model = parse_model((tmp_path / WEIGHTS).read_bytes(), (tmp_path / DESCRIPTION).read_bytes())
    assert np.array_equal(model.weights, build_model(trained.weights).weights)
    words = (*PLAN, "- Thả phao dọc đường đua trước ngày 20/3/2026.")
    source = read_paragraphs(*words)
    tasks = extract_read(ReadFile("a.txt", "0" * 64, source).document(), source, model).tasks
    assert [task.text for task in tasks] == [words[-1][2:]]
    assert tasks[0].confidence not in (0.0, 0.9)


def test_the_report_shows_fields_by_variant_and_the_reliability(trained: Trained) -> None:
    report = describe_training(trained)
    assert "| field | rules | model | both |" in report
    scores = {line.split(" | ")[0]: line.strip("| ").split(" | ")[1:] for line in report.splitlines()}
    rules = {score.name: score.f1 for score in trained.measured.variants["rules"].scores}
    assert scores["| indicator value"][0] == f"{rules['indicator value']:.3f}"
    assert scores["| task"][0]
    assert f"| unlabelled_items | {trained.description['data']['unlabelled_items']} |" in report
    assert report.count("expected calibration error") == 2
    records = sum(one.records for one in trained.measured.reliability["task"].bins)
    assert records == len(trained.measured.rated["task"]) > 10


@pytest.fixture
def refuse_scikit_learn(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Make scikit-learn impossible to import, and reading of documents a failure."""

    def refuse() -> None:
        monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
        monkeypatch.setattr(training, "read_gold_documents", lambda *_: pytest.fail("read before"))

    return refuse


def command(*arguments: object) -> int:
    """Run ``vnplans train``."""
    return cli.main(["train", *map(str, arguments)])


def test_without_scikit_learn_the_command_says_what_to_install_before_it_works(
    refuse_scikit_learn: Callable[[], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refuse_scikit_learn()
    with pytest.raises(UsageError, match="scikit-learn"):
        train(GOLD_FILES, [DOCUMENTS], [])
    assert command(GOLD_FILES[0], "--documents", DOCUMENTS, "--out", tmp_path / "out") == 2
    assert "pip install 'vnplans[train]'" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_wrong_use_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    lost = write_gold(tmp_path / "lost.json", source="lost.txt")
    task = gold_task("x")
    del task["text"]
    bare = write_gold(tmp_path / "bare.json", [task], source=f"{STEMS[0]}.txt")
    wrong = {
        "lost.txt of": (lost, "--documents", DOCUMENTS),
        "nowhere does not exist": (GOLD_FILES[0], "--documents", tmp_path / "nowhere"),
        "a record lacks 'text'": (bare, "--documents", DOCUMENTS),
        "no gold files": (tmp_path / "empty", "--documents", DOCUMENTS),
        "nothing to learn from": (GOLD_FILES[0], "--documents", DOCUMENTS),
    }
    (tmp_path / "empty").mkdir()
    for message, arguments in wrong.items():
        assert command(*arguments, "--out", out) == 2
        printed = capsys.readouterr().err
        assert message in printed
        assert len(printed.splitlines()) == 1
    assert not out.exists()


def test_a_gold_file_of_nothing_raises() -> None:
    with pytest.raises(GoldError, match="Cannot read"):
        train([PROJECT / "nowhere.json"], [DOCUMENTS], [])


def test_a_folder_that_cannot_be_written_is_told(trained: Trained, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot be written"):
        write_model(trained, tmp_path / "file")
