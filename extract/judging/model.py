"""The trained model of the judge stage: what a section or an item is for, as a chance for each class.

It is a linear model over hashed features, so a judgement is a sum of a few dozen weights. How it was
trained and how well it does stands in ``models/README.md``; ``vnplans train`` makes it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from extract.judging.features import BUCKETS, hash_features

CLASSES = (
    "assignment", "closing", "funding", "heading", "other", "purpose", "situation", "target", "task",
    "viewpoint",
)  # fmt: skip
"""What an item may be: a role of sections, a heading, the closing, or other (bases, debris, letterhead)."""
INSTRUCTIONS = ("assignment", "task")
"""Classes of items that instruct somebody."""
WEIGHTS, DESCRIPTION = "judgement.npy", "judgement.json"


@dataclass(frozen=True, slots=True)
class JudgementModel:
    """Weights of the classes by bucket (classes x (buckets + 1), the last column added to every sum)."""

    weights: NDArray[np.float32]
    calibration: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Weights of what makes a row's confidence, by sort of row (``extract/records/confidence.py``)."""
    alone: bool = False
    """Decide every item without asking whether the rules are certain: only to measure what the rules add."""

    def chances(self, features: Iterable[str]) -> dict[str, float]:
        """Give the chance of each class for an item so described; they add up to 1.

        The classes were trained one against the rest; their chances are scaled to add up to 1.

        >>> even = JudgementModel(np.zeros((len(CLASSES), BUCKETS + 1), dtype=np.float32))
        >>> round(even.chances(["style=bullet"])["task"], 3)
        0.1
        """
        buckets = sorted(set(hash_features(features)))
        sums = self.weights[:, buckets].sum(axis=1) + self.weights[:, BUCKETS]
        alone = 1 / (1 + np.exp(-sums.astype(np.float64)))
        return dict(zip(CLASSES, (alone / alone.sum()).tolist(), strict=True))


@cache
def load_model() -> JudgementModel | None:
    """Load the model that the package carries; None where it does not.

    It is loaded when first asked for and kept for the process.
    """
    folder = find_models()
    weights, description = folder / WEIGHTS, folder / DESCRIPTION
    if not (weights.is_file() and description.is_file()):
        return None
    array = np.load(BytesIO(weights.read_bytes()), allow_pickle=False).astype(np.float32)
    content = json.loads(description.read_text(encoding="utf-8"))
    if array.shape != (len(CLASSES), BUCKETS + 1) or content["classes"] != list(CLASSES):
        return None
    return JudgementModel(array, content["calibration"])


def find_models() -> Traversable:
    """Give the folder of the models: inside the installed package, or beside it in a checkout."""
    package = files("extract")
    inside = package / "models"
    return inside if inside.is_dir() else package / ".." / "models"
