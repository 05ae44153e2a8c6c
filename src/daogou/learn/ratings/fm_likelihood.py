"""How stars come from a prediction: with normal noise, or by where a hidden number falls between cut points.

Source of the second: Albert, Chib, "Bayesian Analysis of Binary and Polychotomous Response Data", JASA 88, 1993;
cut points are drawn with the hidden numbers integrated out (Cowles, Statistics and Computing 6, 1996).
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from scipy.special import ndtri

from daogou.core.types import F32, F64, I64

FAR = 40.0
"""A standard normal number is never so far out; stands for infinity in products with a density of 0."""

CUT_PRECISION = 0.01
"""Prior of a cut: normal around 0, so wide that it speaks only where the ratings say nothing of it."""


class Likelihood(Protocol):
    """noise: precision of what is predicted; bias: added to every prediction; cuts: (n_levels - 1,), may be empty."""

    noise: float
    bias: float
    cuts: F64

    def wanted(self) -> F64:
        """(n,) what to predict at the start."""
        ...

    def draw(self, error: F64, random: np.random.Generator) -> None:
        """Draw the own parameters, and set `error` to what is then left to predict."""
        ...


class Normal:
    """Stars are bias + prediction + noise."""

    def __init__(self, stars: F32) -> None:
        self._stars = stars.astype(np.float64)
        self.bias, self.noise = float(self._stars.mean()), 1.0
        self.cuts = np.empty(0)

    def wanted(self) -> F64:
        return self._stars - self.bias

    def draw(self, error: F64, random: np.random.Generator) -> None:
        n = len(error)
        self.noise = float(random.gamma((1 + n) / 2, 2 / (1 + error @ error)))
        step = float(error.mean()) + float(random.standard_normal()) / np.sqrt(self.noise * n)
        self.bias += step
        error -= step


class OrderedProbit:
    """The hidden number is prediction + standard normal noise; stars are of level k between cuts k - 1 and k."""

    def __init__(self, stars: F32) -> None:
        self.levels, level_of = np.unique(stars, return_inverse=True)
        self._level: I64 = level_of.astype(np.int64)
        self.bias, self.noise = 0.0, 1.0
        shares = np.cumsum(np.bincount(self._level))[:-1] / len(stars)
        self.cuts: F64 = ndtri(shares)
        self._hidden: F64 = np.zeros(len(stars))

    def wanted(self) -> F64:
        self._hidden = self._drawn(np.zeros(len(self._level)), np.random.default_rng(0))
        return self._hidden.copy()

    def draw(self, error: F64, random: np.random.Generator) -> None:
        predicted = self._hidden - error
        self._draw_cuts(predicted, random)
        self._hidden = self._drawn(predicted, random)
        np.subtract(self._hidden, predicted, out=error)

    def _drawn(self, predicted: F64, random: np.random.Generator) -> F64:
        from daogou.learn.kernels.ordinal import draw_hidden

        hidden = np.empty_like(predicted)
        draw_hidden(predicted, self._level, _bounds(self.cuts), random.random(len(predicted)), hidden)
        return hidden

    def _draw_cuts(self, predicted: F64, random: np.random.Generator) -> None:
        """One step: propose around the top of the likelihood as seen from here, accept by the exact ratio."""
        normals, coin = random.standard_normal(len(self.cuts)), np.log(random.random())
        try:
            here, centre, root = self._view(predicted, self.cuts)
            proposed: F64 = centre + np.linalg.solve(root.T, normals)
            if (np.diff(proposed) <= 0).any():
                return
            there, back, back_root = self._view(predicted, proposed)
        except np.linalg.LinAlgError:  # so far out that no digits are left: the cuts stay
            return
        forth = _log_density(proposed, centre, root)
        if coin < there - here + _log_density(self.cuts, back, back_root) - forth:
            self.cuts = proposed

    def _view(self, predicted: F64, cuts: F64) -> tuple[float, F64, F64]:
        """Log-posterior at `cuts`, where one Newton step leads, and the Cholesky root of the curvature."""
        from daogou.learn.kernels.ordinal import fit_of_cuts

        slopes, curvature = np.empty(len(cuts)), np.empty((len(cuts), len(cuts)))
        fit: float = fit_of_cuts(predicted, self._level, _bounds(cuts), slopes, curvature)
        slopes -= CUT_PRECISION * cuts
        curvature += CUT_PRECISION * np.eye(len(cuts))
        root = np.asarray(np.linalg.cholesky(curvature), np.float64)
        top: F64 = cuts + np.linalg.solve(curvature, slopes)
        return fit - 0.5 * CUT_PRECISION * float(cuts @ cuts), top, root


def _bounds(cuts: F64) -> F64:
    return np.concatenate([[-FAR], cuts, [FAR]])


def _log_density(x: F64, centre: F64, root: F64) -> float:
    """Of a normal whose precision is root root^T, up to a constant."""
    away = root.T @ (x - centre)
    return float(np.log(np.diag(root)).sum() - 0.5 * away @ away)
