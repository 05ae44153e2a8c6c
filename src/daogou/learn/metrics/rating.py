"""How far predicted ratings are from the given ones, in the rating's own unit."""

from __future__ import annotations

import numpy as np

from daogou.core.errors import InvalidInput
from daogou.core.types import F64


def rmse(predicted: F64, given: F64) -> float:
    """Root of the mean squared error; large errors count more."""
    return float(np.sqrt(np.mean(np.square(_errors(predicted, given)))))


def mae(predicted: F64, given: F64) -> float:
    """Mean absolute error."""
    return float(np.mean(np.abs(_errors(predicted, given))))


def _errors(predicted: F64, given: F64) -> F64:
    if len(predicted) != len(given) or not len(given):
        raise InvalidInput(
            f"{len(predicted)} predictions for {len(given)} ratings. Use one prediction per rating, and at least one."
        )
    return np.asarray(predicted, np.float64) - np.asarray(given, np.float64)
