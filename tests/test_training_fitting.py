"""Fitting and measuring: weights of classes and of confidence, and documents left out in turn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from gold_files import gold_task, write_gold
from hand_models import make_model_with_chance, read_paragraphs

from extract.errors import UsageError
from extract.judging.features import BUCKETS, hash_features
from extract.judging.model import CLASSES, JudgementModel, build_model
from extract.pipeline import extract_read
from extract.records.confidence import chance_of
from extract.spans import Block, Place, Source
from extract.training import measuring
from extract.training import train as training
from extract.training.fitting import GOLD_WEIGHT, NEVER, fit_confidence, fit_weights
from extract.training.labels import Example
from extract.training.measuring import measure, rate
from extract.training.sources import GoldDocument, ReadFile, read_gold_documents
from extract.training.train import train

pytest.importorskip("sklearn")

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
DOCUMENTS = CORPUS / "documents"
GOLD_FILES = [
    CORPUS / "gold" / f"{stem}.json"
    for stem in (
        "02_daklak_cong_van_lam_nghiep_2025",
        "05_quangnam_ke_hoach_moi_truong_2024",
        "10_lamdong_quyet_dinh_cai_cach_hanh_chinh_2024",
    )
]
LETTERHEAD = ("UBND XÃ CỒN SẺ", "KẾ HOẠCH", "Mở hội đua thuyền năm 2026", "I. NHIỆM VỤ")


def examples(**words: str) -> list[Example]:
    """Give examples by class: words parted by blanks, items by commas."""
    return [
        Example(tuple(sorted(set(hash_features(item.split())))), name)
        for name, items in words.items()
        for item in items.split(",")
    ]


def test_weights_are_those_of_the_features_that_tell_classes_apart() -> None:
    model = build_model(fit_weights(examples(task="cờ chung,cờ trống,cờ", target="thuyền chung,thuyền"), []))
    assert model.chances(["cờ"])["task"] > 0.5 > model.chances(["thuyền"])["task"]
    assert model.chances(["thuyền"])["target"] > model.chances(["cờ"])["target"]


def test_of_what_nothing_is_known_the_more_frequent_class_is_likelier() -> None:
    model = build_model(fit_weights(examples(task="cờ,trống,phao,thuyền,bến", target="chèo"), []))
    assert model.chances(["sông"])["task"] > model.chances(["sông"])["target"]


def test_a_class_without_examples_is_hardly_ever_given_and_one_alone_always() -> None:
    weights = fit_weights(examples(task="cờ,trống"), [])
    assert weights.shape == (len(CLASSES), BUCKETS + 1)
    assert weights.dtype == np.float16
    by_class = dict(zip(CLASSES, weights, strict=True))
    assert by_class["task"][BUCKETS] == -NEVER
    assert {by_class[name][BUCKETS] for name in CLASSES if name != "task"} == {NEVER}
    assert not weights[:, :BUCKETS].any()


def test_what_readers_labelled_outweighs_what_the_rules_did() -> None:
    silver = examples(target="cờ," * int(GOLD_WEIGHT / 2) + "cờ", task="trống")
    model = build_model(fit_weights(examples(task="cờ", target="trống"), silver))
    assert model.chances(["cờ"])["task"] > model.chances(["cờ"])["target"]
    other = build_model(fit_weights(examples(target="trống"), [*silver, *examples(task="cờ")]))
    assert other.chances(["cờ"])["task"] < other.chances(["cờ"])["target"]


def test_without_examples_there_is_nothing_to_learn() -> None:
    with pytest.raises(UsageError, match="nothing to learn from"):
        fit_weights([], [])


def test_confidence_is_learnt_from_what_was_right() -> None:
    rated = [(["any", "sure"], True)] * 300 + [(["any", "unsure"], False)] * 200
    rated += [(["any", "sure"], False)] * 100
    weights = fit_confidence(rated)
    assert set(weights) == {"any", "sure", "unsure"}
    assert chance_of(["any", "sure"], weights) == pytest.approx(0.75, abs=0.02)
    assert chance_of(["any", "unsure"], weights) < 0.1
    assert all(weight == round(weight, 4) for weight in weights.values())


@pytest.mark.parametrize("rated", [[], [(["any"], True)] * 3, [(["any"], False)]])
def test_where_all_are_right_or_none_is_there_is_no_confidence_to_learn(
    rated: list[tuple[list[str], bool]],
) -> None:
    assert fit_confidence(rated) == {}


def test_every_document_is_measured_with_a_model_that_has_not_seen_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[tuple[list[Example], list[Example]]] = []

    def spy(gold: list[Example], silver: list[Example]) -> np.ndarray:
        seen.append((gold, silver))
        return np.zeros((len(CLASSES), BUCKETS + 1), dtype=np.float16)

    monkeypatch.setattr(training, "fit_weights", spy)
    train(GOLD_FILES, [DOCUMENTS], [])
    labelled = [training._label(one) for one in read_gold_documents(GOLD_FILES, [DOCUMENTS])]
    assert all(labelled)
    one, two, three = labelled
    assert [gold for gold, _ in seen] == [two + three, one + three, one + two, one + two + three]


def test_each_document_is_read_with_its_own_model(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = read_gold_documents(GOLD_FILES, [DOCUMENTS])
    models = [make_model_with_chance(chance) for chance in (0.3, 0.5, 0.7)]
    used: list[tuple[str, float | None, bool]] = []

    def spy(row: Any, source: Source, model: JudgementModel | None) -> Any:
        weights = None if model is None else round(model.chances([])["task"], 1)
        used.append((row.source, weights, model is not None and model.alone))
        return extract_read(row, source, model)

    monkeypatch.setattr(measuring, "extract_read", spy)
    measured = measure(documents, models.__getitem__)
    names = [one.file.name for one in documents]
    assert used == [
        *((name, None, False) for name in names),
        *zip(names, (0.3, 0.5, 0.7), [True] * 3, strict=True),
        *zip(names, (0.3, 0.5, 0.7), [False] * 3, strict=True),
    ]
    assert list(measured.variants) == ["rules", "model", "both"]


def test_the_confidence_of_a_document_is_measured_with_weights_of_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    documents = read_gold_documents(GOLD_FILES, [DOCUMENTS])
    given: list[list[Any]] = []

    def spy(rated: list[Any]) -> dict[str, float]:
        given.append(rated)
        return {"any": 1.0}

    monkeypatch.setattr(measuring, "fit_confidence", spy)
    model = make_model_with_chance(0.5)
    measured = measure(documents, lambda number: model)
    rows = [
        rate(document, extract_read(document.file.document(), document.file.source, model))["task"]
        for document in documents
    ]
    one, two, three = rows
    assert given[:3] == [two + three, one + three, one + two]
    assert measured.rated["task"] == one + two + three
    assert {found.confidence for found in measured.reliability["task"].bins} == {0.731}


def scan_of(*paragraphs: str, pages: tuple[int, ...], **gold: Any) -> GoldDocument:
    """Give a plan as a scan of whose words the recognition was half sure, with its right answers."""
    blocks = tuple(
        Block("paragraph", words, places=(Place(0, page, None, 0.5),))
        for words, page in zip((*LETTERHEAD, *paragraphs), (1,) * len(LETTERHEAD) + pages, strict=True)
    )
    file = ReadFile("hoi.pdf", "5" * 64, Source("application/pdf", blocks, max(pages), max(pages)))
    answers = {"source": "hoi.pdf", "document": {}, "groups": [], "tasks": [], "indicators": []} | gold
    return GoldDocument(Path("hoi.json"), answers, file)


BUOYS, DRUMS = "- Tổ chức thả phao dọc đường đua trên sông.", "- Tổ chức đội trống cho 12 thôn."


def rate_scan(document: GoldDocument) -> dict[str, list[tuple[list[str], bool]]]:
    """Rate the rows of a document as a training does."""
    return rate(document, measuring._extract(document, make_model_with_chance(0.95)))


def test_rows_are_rated_by_the_gold() -> None:
    rated = rate_scan(scan_of(BUOYS, DRUMS, pages=(1, 1), tasks=[gold_task(BUOYS[2:])]))
    assert [is_right for _, is_right in rated["task"]] == [True, False]
    assert [is_right for _, is_right in rated["indicator"]] == [False]
    assert "opening=action" in rated["task"][0][0]


def test_rows_of_pages_without_right_answers_are_not_rated() -> None:
    document = scan_of(BUOYS, DRUMS, pages=(1, 2), tasks=[gold_task(BUOYS[2:])])
    document.gold["pages"] = [1, 1]
    rated = rate_scan(document)
    assert [is_right for _, is_right in rated["task"]] == [True]
    assert rated["indicator"] == []


def test_a_document_without_pages_is_rated_whole() -> None:
    document = scan_of(BUOYS, pages=(1,), tasks=[gold_task(BUOYS[2:])])
    document.gold["pages"] = [1, 1]
    extraction = extract_read(
        document.file.document(), read_paragraphs(*LETTERHEAD, BUOYS), make_model_with_chance(0.95)
    )
    assert extraction.tasks[0].page is None
    assert [is_right for _, is_right in rate(document, extraction)["task"]] == [True]


def test_where_there_is_no_confidence_to_learn_none_is_measured(tmp_path: Path) -> None:
    document = scan_of(BUOYS, pages=(1,), tasks=[gold_task(BUOYS[2:])])
    path = write_gold(tmp_path / "hoi.json", document.gold["tasks"])
    measured = measure([replace(document, path=path)], lambda number: make_model_with_chance(0.95))
    assert len(measured.rated["task"]) == 1
    assert measured.reliability["task"].records == 0


def test_what_recognition_was_unsure_of_is_no_part_of_the_calibration() -> None:
    features = rate_scan(scan_of(BUOYS, pages=(1,)))["task"][0][0]
    assert {"chance=9", "recognised=True"} <= set(features)
