"""Models of the judge stage with weights set by hand, and texts of our own put into an outline for them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from extract.judging.features import BUCKETS, hash_features
from extract.judging.model import CLASSES, Calibration, JudgementModel, build_model
from extract.mentions.found import Mentions, find_mentions
from extract.spans import Block, Source
from extract.structure.clean import clean
from extract.structure.outline import Outline, build_outline


def make_model(
    weights: Mapping[str, Mapping[str, float]], calibration: Calibration | None = None
) -> JudgementModel:
    """Make a model of weights by class and feature; all others are 0, ``"all"`` is added to every sum."""
    table = np.zeros((len(CLASSES), BUCKETS + 1), dtype=np.float16)
    for name, features in weights.items():
        for feature, weight in features.items():
            column = BUCKETS if feature == "all" else hash_features([feature])[0]
            table[CLASSES.index(name), column] = weight
    return build_model(table, calibration)


def make_model_with_chance(chance: float) -> JudgementModel:
    """Make a model that gives every item this chance to be a task, and the rest of it to be nothing."""
    odds = float(np.log(chance / (1 - chance)))
    never = {name: {"all": -60.0} for name in CLASSES}
    return make_model(never | {"task": {"all": odds}, "other": {"all": -odds}})


def read_paragraphs(*paragraphs: str) -> Source:
    """Give paragraphs as a reader does."""
    return Source("text/plain", tuple(Block("paragraph", words) for words in paragraphs))


def outline_of(*paragraphs: str) -> tuple[Outline, Mentions]:
    """Put paragraphs into an outline, and find what stands in them."""
    outline = build_outline(clean(read_paragraphs(*paragraphs)))
    return outline, find_mentions(outline.text)
