"""The trained model of the judge stage: what a section or an item is for, as a chance for each class.

It is a linear model over hashed features, so a judgement is a sum of a few dozen weights. How it was
trained and how well it does stands in ``models/README.md``; ``vnplans train`` makes it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from math import exp
from typing import Any

import numpy as np
from numpy.lib.format import read_array
from numpy.typing import NDArray

from extract.judging.features import BUCKETS, FEATURES_VERSION, hash_features

CLASSES = (
    "assignment", "closing", "funding", "heading", "other", "purpose", "situation", "target", "task",
    "viewpoint",
)  # fmt: skip
"""What an item may be: a role of sections, a heading, the closing, or other (bases, debris, letterhead)."""
INSTRUCTIONS = ("assignment", "task")
"""Classes of items that instruct somebody."""
WEIGHTS, DESCRIPTION = "judgement.npy", "judgement.json"
SURE = 700.0
"""Sums beyond are as good as certain, and their exponential would not fit into a number."""

Calibration = Mapping[str, Mapping[str, float]]
"""Weights of what makes a row's confidence, by sort of row (``extract/records/confidence.py``)."""


@dataclass(frozen=True, slots=True)
class JudgementModel:
    """Weights of the classes by bucket ((buckets + 1) x classes, the last row added to every sum).

    Weights that half precision holds add up without rounding, so that a sum is the same in any order.
    """

    weights: NDArray[np.float64]
    calibration: Calibration = field(default_factory=dict)
    alone: bool = False
    """Decide every item without asking whether the rules are certain: only to measure what the rules add."""

    def chances(self, features: Iterable[str]) -> dict[str, float]:
        """Give the chance of each class for an item so described; they add up to 1.

        The classes were trained one against the rest; their chances are scaled to add up to 1.

        >>> even = JudgementModel(np.zeros((BUCKETS + 1, len(CLASSES))))
        >>> round(even.chances(["style=bullet"])["task"], 3)
        0.1
        """
        buckets = [*set(hash_features(features)), BUCKETS]
        totals = self.weights.take(buckets, axis=0).sum(axis=0)
        alone = [to_chance(total) for total in totals.tolist()]
        every = sum(alone)
        return {name: chance / every for name, chance in zip(CLASSES, alone, strict=True)}


def to_chance(total: float) -> float:
    """Give the chance that a sum of weights stands for (the logistic function).

    >>> to_chance(0.0), to_chance(-1e9) < 1e-9
    (0.5, True)
    """
    return 1 / (1 + exp(min(-total, SURE)))


def build_model(weights: NDArray[np.float16], calibration: Calibration | None = None) -> JudgementModel:
    """Build the model of weights as they are trained and kept: classes x (buckets + 1).

    >>> build_model(np.zeros((len(CLASSES), BUCKETS + 1), dtype=np.float16)).weights.shape
    (32769, 10)
    """
    return JudgementModel(np.ascontiguousarray(weights.T, dtype=np.float64), calibration or {})


@cache
def load_model() -> JudgementModel | None:
    """Load the model that the package carries; None where it is missing, damaged or not of this version.

    It is loaded when first asked for and kept for the process.
    """
    folder = find_models()
    try:
        return parse_model((folder / WEIGHTS).read_bytes(), (folder / DESCRIPTION).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def parse_model(weights: bytes, description: bytes) -> JudgementModel:
    """Parse the two files of a model; raises ValueError when they are damaged or not of this version.

    >>> parse_model(b"", b"{}")
    Traceback (most recent call last):
    ValueError: the model was made for another version
    """
    content = json.loads(description)
    wanted = {"classes": list(CLASSES), "buckets": BUCKETS, "features": FEATURES_VERSION}
    if not isinstance(content, dict) or any(content.get(name) != value for name, value in wanted.items()):
        raise ValueError("the model was made for another version")
    if content.get("weights_sha256") != sha256(weights).hexdigest():
        raise ValueError("the weights are not those that the description tells of")
    try:
        array = read_array(BytesIO(weights), allow_pickle=False)
    except MemoryError as error:
        raise ValueError("the weights are more than memory holds") from error
    if array.dtype != np.float16 or array.shape != (len(CLASSES), BUCKETS + 1):
        raise ValueError("the weights have another shape or precision")
    if not np.isfinite(array).all():
        raise ValueError("not every weight is a number")
    return build_model(array, _parse_calibration(content.get("calibration")))


def _parse_calibration(content: Any) -> Calibration:
    sorts = list(content.values()) if isinstance(content, dict) else [content]
    if not all(isinstance(weights, dict) and all(map(_is_weight, weights.values())) for weights in sorts):
        raise ValueError("the calibration holds something else than weights")
    return dict(content)


def _is_weight(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < SURE


def find_models() -> Traversable:
    """Give the folder of the models: inside the installed package, or beside it in a checkout.

    >>> (find_models() / WEIGHTS).is_file()
    True
    """
    package = files("extract")
    inside = package / "models"
    return inside if inside.is_dir() else package / ".." / "models"
