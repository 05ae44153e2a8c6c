"""A fitted Bayesian factorisation machine: the kept draws, and what they say together of a pair."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from daogou.core.errors import InvalidInput
from daogou.core.types import F32, F64, I32, U8, Bools
from daogou.learn.checks import same_shape
from daogou.learn.ratings.biases import on_scale
from daogou.learn.ratings.given import Predicted, RatedQuery

F16: TypeAlias = NDArray[np.float16]

NOTHING, ATTRIBUTES, RATINGS = 0, 1, 2
"""What is known of a user or an item; each includes the one before."""

BLOCK = 256
"""Pairs predicted at once, each with all draws."""

MOST_HISTORY = 1_000
"""Of a longer history the last so many ratings tell what a new user has for themselves."""

ROUNDS = 8
"""Guesses of a new user's hidden numbers in turn with their own factors; little moves after the third."""


class _Side(NamedTuple):
    """One user (or item) of each pair, draw by draw.

    rows  (n, draws, 1 + d) level and taste
    open  (n, draws, 1 + d) variance of what they have for themselves; 0 where it is part of the draws
    """

    rows: F32
    open: F32


CLOSED: F32 = np.zeros((1, 1, 1), np.float32)


@dataclass(frozen=True, eq=False)
class BayesianFmModel:
    """One column per draw; on the last axis the first number is a level or weight, the others are factors.

        user_rows   (n_users + 1, draws, 1 + d) all that is known of a user; the last row is somebody unknown
        item_rows   (n_items + 1, draws, 1 + d) and day_rows (n_days + 1, draws, 1 + d): the same
        days        (n_days,) ascending, the calendar day of each row
        told        (n_implicit + n_attributes, draws, 1 + d) what having rated an item, and each attribute, tells
        user_centres, user_precisions, item_precisions  (draws, 1 + d) priors of what each has for themselves
        bias        (draws,) added to all; noise (draws,): precision of the stars, or of the hidden number
        cuts        (draws, n_levels - 1) between the levels; levels (n_levels,) the stars; both empty for normal noise
        user_evidence, item_evidence  (n + 1,) F16: TypeAlias = NDArray[np.float16]

    NOTHING, ATTRIBUTES or RATINGS; the last is NOTHING
        mean        of all ratings: the answer where nothing at all is known
    """

    user_rows: F16
    item_rows: F16
    day_rows: F16
    days: I32
    told: F16
    user_centres: F32
    user_precisions: F32
    item_precisions: F32
    bias: F32
    noise: F32
    cuts: F32
    levels: F32
    user_evidence: U8
    item_evidence: U8
    n_implicit: int
    mean: float
    lowest: float
    highest: float

    def __post_init__(self) -> None:
        draws, width = self.user_rows.shape[1:]
        for name, rows in (("user", self.user_evidence), ("item", self.item_evidence), ("day", [*self.days, -1])):
            same_shape(f"{name}_rows", getattr(self, f"{name}_rows").shape, (len(rows), draws, width))
        same_shape("told", self.told.shape[1:], (draws, width))
        for name in ("user_centres", "user_precisions", "item_precisions"):
            same_shape(name, getattr(self, name).shape, (draws, width))
        same_shape("bias", self.bias.shape, (draws,))
        same_shape("noise", self.noise.shape, (draws,))
        same_shape("cuts", self.cuts.shape, (draws, max(len(self.levels) - 1, 0)))

    @property
    def n_items(self) -> int:
        return len(self.item_evidence) - 1

    def predict(self, users: I32, items: I32, days: I32 | None = None) -> F32:
        """(len(users),) the expected stars; for an unknown user, item or day what is usual for one."""
        return self.distribution(users, items, days).mean

    def distribution(self, users: I32, items: I32, days: I32 | None = None) -> Predicted:
        """Mean and standard deviation, (len(users),) each, of the stars that would be given.

        days  (len(users),) the calendar day of each question; None: any

        The deviation holds both what is not known of the user and the item, and chance.
        """
        user_at, item_at = _places(users, len(self.user_evidence)), _places(items, len(self.item_evidence))
        day_at = self._day_places(np.full(len(users), -1) if days is None else days)
        mean, deviation = np.empty(len(users), np.float32), np.empty(len(users), np.float32)
        for start in range(0, len(users), BLOCK):
            part = slice(start, start + BLOCK)
            user, item, day = user_at[part], item_at[part], self._day(day_at[part])
            sides = (
                _side(self.user_rows, user, self.user_evidence, self.user_precisions),
                _side(self.item_rows, item, self.item_evidence, self.item_precisions),
            )
            mean[part], deviation[part] = self._moments(*self._hidden(*sides, day))
        nothing = (self.user_evidence[user_at] == NOTHING) & (self.item_evidence[item_at] == NOTHING)
        mean[nothing] = self.mean
        return Predicted(on_scale(mean, self.lowest, self.highest), deviation)

    def without_users(self) -> BayesianFmModel:
        """The same for new users only: it keeps no row of anybody."""
        return replace(self, user_rows=self.user_rows[-1:], user_evidence=self.user_evidence[-1:])

    def predict_for(self, query: RatedQuery, items: I32) -> F32:
        """(len(items),) for a user who gave these ratings."""
        return self.distribution_for(query, items).mean

    def distribution_for(self, query: RatedQuery, items: I32) -> Predicted:
        """The same with the standard deviation; what the user has for themselves is solved for in every draw."""
        history, stars = query.known(self.n_items, self.lowest, self.highest)
        if not len(history) and query.attributes is None and query.day is None:
            return self.distribution(np.full(len(items), -1, np.int32), items)
        told = self._told(history, query.attributes)
        own, root = self._own(told, history[-MOST_HISTORY:], stars[-MOST_HISTORY:])
        rows = told + own
        rows[:, 0] += np.einsum("sd,sd->s", told[:, 1:], own[:, 1:])
        day_at = self._day_places(np.full(len(items), -1 if query.day is None else query.day))
        item_at = _places(items, len(self.item_evidence))
        mean, deviation = np.empty(len(items), np.float32), np.empty(len(items), np.float32)
        for start in range(0, len(items), BLOCK):
            part = slice(start, start + BLOCK)
            item = _side(self.item_rows, item_at[part], self.item_evidence, self.item_precisions)
            day = self._day(day_at[part])
            hidden, spread = self._hidden(_Side(rows[None], CLOSED), item, day)
            design = _design(told, item.rows, day)
            spread += np.square(np.einsum("nsd,sde->nse", design, root)).sum(axis=-1)
            mean[part], deviation[part] = self._moments(hidden, spread)
        return Predicted(on_scale(mean, self.lowest, self.highest), deviation)

    def _told(self, history: I32, attributes: F32 | None) -> F32:
        """(draws, 1 + d) level and taste of what is told of a user, without what they have for themselves."""
        n_attributes = len(self.told) - self.n_implicit
        if attributes is not None and len(attributes) != n_attributes:
            raise InvalidInput(f"{len(attributes)} attributes for a model of {n_attributes}. Use one number for each.")
        values = np.zeros(len(self.told), np.float32)
        if self.n_implicit and len(history):
            values[history] = len(history) ** -0.5
        if attributes is not None:
            values[self.n_implicit :] = attributes
        said = np.flatnonzero(values)
        terms = self.told[said].astype(np.float32) * values[said, None, None]
        rows: F32 = terms.sum(axis=0)
        rows[:, 0] += 0.5 * (np.square(rows[:, 1:]) - np.square(terms[:, :, 1:]).sum(axis=0)).sum(axis=1)
        return rows

    def _own(self, told: F32, history: I32, stars: F32) -> tuple[F32, F32]:
        """(draws, 1 + d) what these ratings say a user has for themselves, and a root of how sure that is not."""
        item = self.item_rows[history].astype(np.float32)
        day = self._day(self._day_places(np.full(len(history), -1)))
        design = _design(told, item, day)
        base, _ = self._hidden(_Side(told[None], CLOSED), _Side(item, CLOSED), day)
        pull, noise = self.user_precisions.astype(np.float64), self.noise.astype(np.float64)
        curvature = noise[:, None, None] * np.einsum("nsd,nse->sde", design, design, optimize=True)
        curvature = curvature + pull[:, :, None] * np.eye(pull.shape[1])
        root = np.linalg.inv(np.linalg.cholesky(curvature)).transpose(0, 2, 1)
        own = self.user_centres.astype(np.float64)
        for _ in range(ROUNDS if len(self.levels) else 1):
            left = self._wanted(stars, base + np.einsum("nsd,sd->ns", design, own)) - base
            asked = pull * self.user_centres + noise[:, None] * np.einsum("nsd,ns->sd", design, left)
            own = np.einsum("sde,sfe,sf->sd", root, root, asked, optimize=True)
        return own.astype(np.float32), root.astype(np.float32)

    def _wanted(self, stars: F32, hidden: F64) -> F64:
        """(n, draws) the stars, or the hidden numbers expected between the cuts of the nearest level."""
        if not len(self.levels):
            return np.broadcast_to(stars[:, None], hidden.shape).astype(np.float64)
        level = np.abs(self.levels[None] - stars[:, None]).argmin(axis=1)
        ends = np.full((1, len(self.bias)), 40.0)
        bounds = np.vstack([-ends, self.cuts.T, ends])
        low, high = bounds[level] - hidden, bounds[level + 1] - hidden
        turned = low > 0
        below, above = np.where(turned, -high, low), np.where(turned, -low, high)
        share = np.maximum(ndtr(above) - ndtr(below), 1e-12)
        mean: F64 = hidden + (np.exp(-0.5 * low**2) - np.exp(-0.5 * high**2)) / (np.sqrt(2 * np.pi) * share)
        return mean

    def _hidden(self, user: _Side, item: _Side, day: F32) -> tuple[F32, F32]:
        """(n, draws) what is predicted before stars are made of it, and the variance of what is still open."""
        u, i = user.rows[..., 1:], item.rows[..., 1:]
        hidden = (
            self.bias + user.rows[..., 0] + item.rows[..., 0] + np.einsum("nsd,nsd->ns", *np.broadcast_arrays(u, i))
        )
        if len(self.days):
            hidden = hidden + day[..., 0] + np.einsum("nsd,nsd->ns", u + i, day[..., 1:])
        spread = np.zeros_like(hidden)
        for side, other in ((user, item), (item, user)):
            if side.open.any():
                met = _design(np.zeros_like(side.rows), other.rows, day)
                spread += (side.open * np.square(met)).sum(axis=-1)
        return hidden, spread

    def _moments(self, hidden: F32, spread: F32) -> tuple[F32, F32]:
        """(n,) mean and standard deviation of the stars."""
        if not len(self.levels):
            mean = np.clip(hidden, self.lowest, self.highest).mean(axis=1)
            return mean, np.sqrt(hidden.var(axis=1) + (spread + 1 / self.noise).mean(axis=1))
        below = ndtr((self.cuts[None] - hidden[..., None]) / np.sqrt(1 + spread[..., None])).mean(axis=1)
        mean = self.levels[-1] - below @ np.diff(self.levels)
        square = self.levels[-1] ** 2 - below @ np.diff(self.levels**2)
        return mean, np.sqrt(np.maximum(square - mean**2, 0))

    def _day(self, places: I32) -> F32:
        return self.day_rows[places].astype(np.float32)

    def _day_places(self, days: np.ndarray) -> I32:
        at = np.searchsorted(self.days, days)
        found = np.append(self.days, -1)[at] == days
        return np.where(found, at, len(self.days)).astype(np.int32)


def _side(rows: F16, at: I32, evidence: U8, precisions: F32) -> _Side:
    is_open: Bools = evidence[at] != RATINGS
    found = rows[at].astype(np.float32)
    if not is_open.any():
        return _Side(found, CLOSED)
    return _Side(found, np.where(is_open[:, None, None], 1 / precisions, np.float32(0)))


def _design(told: F32, item: F32, day: F32) -> F32:
    """(n, draws, 1 + d) by what the level and the factors of one's own are multiplied."""
    design = told + item + day
    design[..., 0] = 1.0
    return design


def _places(numbers: I32, n_rows: int) -> I32:
    """The rows of these numbers; the last row for a number that there is none for."""
    known = (numbers >= 0) & (numbers < n_rows - 1)
    return np.where(known, numbers, n_rows - 1).astype(np.int32)
