"""Trains the model of the judge stage: labels, weights, calibration, and the files that hold them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.errors import GoldError, OutputError
from extract.judging.features import BUCKETS, FEATURES_VERSION
from extract.judging.model import CLASSES, DESCRIPTION, WEIGHTS, JudgementModel, build_model
from extract.training.fitting import find_regression, fit_confidence, fit_weights
from extract.training.labels import Example, label_by_gold, label_by_rules
from extract.training.measuring import SORTS, Measured, measure
from extract.training.sources import GoldDocument, list_others, read_files, read_gold_documents

SILVER_KINDS = frozenset({"plan", "dispatch", "directive", "decision"})
"""Documents that the rules label: those of other kinds hold too little work."""


@dataclass(frozen=True, slots=True)
class Trained:
    """What a training made: weights, the description beside them, and what was measured on the way."""

    weights: NDArray[np.float16]
    description: dict[str, Any]
    measured: Measured


def train(gold_files: Sequence[Path], folders: Sequence[Path], unlabelled: Sequence[Path]) -> Trained:
    """Train the model and measure it.

    Takes gold files, the folders of their documents, and files, folders or archives of documents without
    right answers, which the rules label (those of the gold are left out). Every document of the gold is
    measured with a model trained without it. The same files give the same bytes. Raises GoldError and
    UsageError for what cannot be learnt from.
    """
    find_regression()
    documents = read_gold_documents(gold_files, folders)
    known = {document.file.digest for document in documents}
    gold = [_label(document) for document in documents]
    silver, digests = _label_unlabelled(unlabelled, known)

    def leave(number: int) -> JudgementModel:
        others = [example for other in list_others(documents, number) for example in gold[other]]
        return build_model(fit_weights(others, silver))

    measured = measure(documents, leave)
    weights = fit_weights([example for found in gold for example in found], silver)
    description = {
        "classes": list(CLASSES),
        "buckets": BUCKETS,
        "features": FEATURES_VERSION,
        "calibration": {sort: fit_confidence(measured.rated[sort]) for sort in SORTS},
        "data": {
            "gold_documents": len(documents),
            "gold_items": sum(map(len, gold)),
            "gold_sha256": _digest(sorted(document.file.digest for document in documents)),
            "unlabelled_documents": len(digests),
            "unlabelled_items": len(silver),
            "unlabelled_sha256": _digest(digests),
        },
        "weights_sha256": sha256(_to_bytes(weights)).hexdigest(),
    }
    return Trained(weights, description, measured)


def write_model(trained: Trained, folder: Path) -> None:
    """Write the model's two files into a folder, which is made when missing; raises OutputError."""
    text = json.dumps(trained.description, ensure_ascii=False, indent=1, sort_keys=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / WEIGHTS).write_bytes(_to_bytes(trained.weights))
        (folder / DESCRIPTION).write_text(text + "\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"The model cannot be written to {folder}: {error.strerror or error}.") from error


def _label(document: GoldDocument) -> list[Example]:
    analysis = document.file.analyse()
    try:
        return label_by_gold(analysis, document.gold) if analysis else []
    except KeyError as error:
        message = f"{document.path} is no gold file: a record lacks {error}, or has it as a value unknown."
        raise GoldError(message) from error


def _label_unlabelled(inputs: Sequence[Path], known: set[str]) -> tuple[list[Example], list[str]]:
    examples: list[Example] = []
    digests: set[str] = set()
    for file in read_files(inputs):
        analysis = None if file.digest in known | digests else file.analyse()
        if analysis is not None and analysis.whole.document.kind in SILVER_KINDS:
            examples += label_by_rules(analysis)
            digests.add(file.digest)
    return examples, sorted(digests)


def _digest(digests: Sequence[str]) -> str:
    return sha256("\n".join(digests).encode()).hexdigest()


def _to_bytes(weights: NDArray[np.float16]) -> bytes:
    buffer = BytesIO()
    np.save(buffer, weights, allow_pickle=False)
    return buffer.getvalue()
