"""Fits the weights of the judge stage and of the confidence, with scikit-learn's logistic regression."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.errors import UsageError
from extract.judging.features import BUCKETS
from extract.judging.model import CLASSES
from extract.training.labels import Example

STRENGTH = 0.3
"""Inverse of the strength of the regularization; 0.1 and 1 changed nothing on documents left out."""
GOLD_WEIGHT = 10.0
"""An item labelled by a reader counts as so many that the rules labelled."""
CALIBRATION_STRENGTH = 0.3
NEVER = -9.0
"""The sum of a class of which there is no example."""
WEIGHT_DECIMALS = 4
TOLERANCE = 1e-6
"""So near to the best weights that the decimals kept are those of the best."""
SOLVER = "liblinear"
"""It works in one thread and in one order, so that the weights do not hang on the machine."""

Rated = tuple[list[str], bool]
"""Features of a row, and whether the row is right."""


def fit_weights(gold: Sequence[Example], silver: Sequence[Example]) -> NDArray[np.float16]:
    """Fit the weights of the judge stage: each class against the rest.

    Takes examples labelled by readers and by rules; gives classes x (buckets + 1), the last column to be
    added to every sum. The same examples give the same weights. Raises UsageError when scikit-learn is
    missing or there are no examples.
    """
    regression = find_regression()
    examples = [*gold, *silver]
    if not examples:
        raise UsageError("There is nothing to learn from. Give more gold documents, or --unlabelled ones.")
    matrix = _build_matrix(examples)
    importance = np.concatenate([np.full(len(gold), GOLD_WEIGHT), np.ones(len(silver))])
    weights = np.zeros((len(CLASSES), BUCKETS + 1))
    for number, name in enumerate(CLASSES):
        is_class = np.array([example.label == name for example in examples])
        if is_class.all() or not is_class.any():
            weights[number, BUCKETS] = -NEVER if is_class.all() else NEVER
            continue
        fitted = regression(C=STRENGTH, solver=SOLVER, random_state=0)
        fitted.fit(matrix, is_class, sample_weight=importance)
        weights[number, :BUCKETS], weights[number, BUCKETS] = fitted.coef_[0], fitted.intercept_[0]
    return weights.astype(np.float16)


def fit_confidence(rated: Sequence[Rated]) -> dict[str, float]:
    """Fit the weights of the features that tell whether a row is right.

    Gives an empty dict when all rows are right or none is: then there is nothing to learn. Raises UsageError
    when scikit-learn is missing.

    >>> fit_confidence([(["any"], True)])
    {}
    """
    right = np.array([is_right for _, is_right in rated])
    if right.all() or not right.any():
        return {}
    names = sorted({name for features, _ in rated for name in features})
    columns = {name: column for column, name in enumerate(names)}
    matrix = np.zeros((len(rated), len(names)))
    for row, (features, _) in enumerate(rated):
        matrix[row, [columns[name] for name in features]] = 1.0
    fitted = find_regression()(
        C=CALIBRATION_STRENGTH, solver=SOLVER, tol=TOLERANCE, fit_intercept=False, random_state=0
    )
    fitted.fit(matrix, right)
    return {name: round(float(fitted.coef_[0][columns[name]]), WEIGHT_DECIMALS) for name in names}


def _build_matrix(examples: Iterable[Example]) -> Any:
    from scipy.sparse import csr_matrix

    rows = [example.buckets for example in examples]
    columns = [bucket for row in rows for bucket in row]
    ends = np.cumsum([0, *map(len, rows)])
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), BUCKETS))


def find_regression() -> Any:
    """Give scikit-learn's logistic regression; raises UsageError when scikit-learn is missing."""
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        message = "Training needs scikit-learn. Install it with: pip install 'vnplans[train]'"
        raise UsageError(message) from error
    return LogisticRegression
