"""Learn a mix: find the weights whose blended lists are best on validation users.

Method: coordinate search on NDCG@k itself. A pairwise or softmax fit is smoother, but it spends its few weights on
items far below the fold, and a shopper sees only the top of the list; with fewer than ten members, a hundred or
two evaluations suffice and need no gradients. Scores are reduced first to a pool of each member's best items per
user, so one evaluation costs milliseconds.

It starts twice, from the best single member and from all alike, and keeps the better end. Each weight in turn is
tried at 0 and at a few multiples (an unused member at a few shares of the total); the steps shrink when a round gains
nothing. A change must gain `GAIN` to be kept,
which leaves out members that add only noise. Deterministic: nothing is random but the choice of users, which is seeded.

The test part never comes here: the function is not given it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from daogou.core.errors import InvalidInput
from daogou.core.protocols import Model, Progress, silent
from daogou.core.settings import HistorySettings
from daogou.core.types import F32, F64
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.result import Repeats
from daogou.learn.evaluation.task import make_task
from daogou.learn.metrics.ranking import ndcg
from daogou.learn.topk import tie_order
from daogou.learn.training.mix import Mix
from daogou.learn.training.pool import Pool, gather

GAIN = 2e-4
"""Smallest gain in NDCG for which a weight is moved."""

STEPS = ((0.0, 0.25, 0.5, 2.0, 4.0), (0.0, 0.7, 1.4), (0.0, 0.85, 1.18))
"""Factors tried on each weight; the next tuple when one gains no more."""

ENTRY = (0.05, 0.15, 0.4)
"""Shares of the present total at which an unused member may enter."""

MAX_ROUNDS = 12
MIN_USERS = 20


def learn_mix(
    models: Mapping[str, Model],
    train: Dataset,
    validation: Dataset,
    *,
    k: int = 20,
    repeats: Repeats = "counted",
    history: HistorySettings | None = None,
    now_us: int | None = None,
    target_events: tuple[str, ...] = (),
    max_users: int = 1000,
    seed: int = 0,
    progress: Progress = silent,
) -> Mix:
    """Find non-negative weights that maximise NDCG@k on validation users, and fix each member's scale.

    models       fitted on `train` only
    repeats      what the lists are for: may they show what the shopper chose before?
    history      how much of the past is asked with, as in serving
    max_users    at most so many validation users, drawn with `seed`

    Raises InvalidInput when fewer than 20 validation users have a history and a target: weights would be noise.
    """
    asked_us = int(validation.at_us.min()) if now_us is None and validation.n_interactions else now_us or 0
    task = make_task(
        train,
        validation,
        repeats=repeats,
        now_us=asked_us,
        history=history,
        target_events=target_events,
        max_users=max_users,
        with_history_only=True,
        seed=seed,
    )
    if len(task.users) < MIN_USERS:
        raise InvalidInput(
            f"Only {len(task.users)} validation users have a history and a target; at least {MIN_USERS} are needed."
        )
    ties = tie_order(train.n_items, seed)
    pool = gather(models, task, ties, masked=task.owned if repeats == "excluded" else None, progress=progress)
    weights = search(pool, k)
    return Mix(
        {name: float(weight) for name, weight in zip(pool.names, weights, strict=True)},
        {name: float(scale) for name, scale in zip(pool.names, pool.scales, strict=True)},
    )


def search(pool: Pool, k: int) -> F64:
    """(n_members,) the weights found, ≥ 0, summing to 1."""
    n_members = len(pool.names)
    alone = [mean_ndcg(pool.scores[member] + pool.nudges, pool, k) for member in range(n_members)]
    order = sorted(range(n_members), key=lambda member: (-alone[member], member))
    single = np.zeros(n_members)
    single[order[0]] = 1.0
    found = [_climbed(start, order, pool, k) for start in (single, np.ones(n_members))]
    weights, _ = max(found, key=lambda one: one[1])  # of equals the first: fewer members
    return np.asarray(weights / weights.sum(), np.float64)


def _climbed(weights: F64, order: list[int], pool: Pool, k: int) -> tuple[F64, float]:
    """Improve one weight after the other until a round with the finest steps gains nothing."""
    best = mean_ndcg(np.tensordot(weights.astype(np.float32), pool.scores, axes=1) + pool.nudges, pool, k)
    level = 0
    for _ in range(MAX_ROUNDS):
        before = best
        for member in order:
            weights, best = _improve(weights, best, member, STEPS[level], pool, k)
        if best - before < GAIN:
            level += 1
            if level == len(STEPS):
                break
    return weights, best


def mean_ndcg(blended: F32, pool: Pool, k: int) -> float:
    """NDCG@k of the lists that these scores make, shape (n_users, width); mean over the pool's users."""
    size = min(k, blended.shape[1])
    top = np.argpartition(blended, blended.shape[1] - size, axis=1)[:, blended.shape[1] - size :]
    values = np.take_along_axis(blended, top, axis=1)
    top = np.take_along_axis(top, np.argsort(-values, axis=1, kind="stable"), axis=1)
    return float(ndcg(np.take_along_axis(pool.is_target, top, axis=1), pool.n_relevant, k).mean())


def _improve(weights: F64, best: float, member: int, steps: tuple[float, ...], pool: Pool, k: int) -> tuple[F64, float]:
    """Try other weights for one member; keep the best that gains enough, or a removal that costs nothing."""
    rest = weights.copy()
    rest[member] = 0.0
    if not rest.any():
        return weights, best
    others = np.tensordot(rest.astype(np.float32), pool.scores, axes=1) + pool.nudges
    trials = (
        [factor * weights[member] for factor in steps] if weights[member] else [share * rest.sum() for share in ENTRY]
    )
    floor, found, chosen = best + GAIN, best, None
    for trial in trials:
        value = mean_ndcg(others + np.float32(trial) * pool.scores[member], pool, k)
        if value >= floor or (trial == 0.0 and value >= best):
            floor, found, chosen = max(floor, value + GAIN), value, trial
    if chosen is None:
        return weights, best
    rest[member] = chosen
    return rest, found
