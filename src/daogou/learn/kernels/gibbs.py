"""Draw the parameters of a factorisation machine one after the other, each from its distribution given all others.

The rows of a block (say, one per user, with all that is known of the user) are shared by many ratings. What the draws
of a block need from its ratings are five sums per row; so a feature costs as much as it has rows, not as it has
ratings, and what is known of a user is walked through once, not once per rating of theirs.
Source: Rendle, "Scaling Factorization Machines to Relational Data", PVLDB 6(5), 2013.

One thread: every draw depends on the one before. All reals are float64, updates are in place.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from daogou.learn.kernels.compiled import compiled


@compiled(parallel=False)
def draw_weights(  # type: ignore[no-untyped-def]
    indptr, rows, values, row_of, groups, centres, precisions, noise, normals, weights, sums, error
) -> Any:
    """Draw the weights of one block's features.

    indptr, rows, values  CSC of the block: for each feature the rows that have it
    row_of      (n,) the row of each rating
    groups      (n_features,) which centre and precision each feature has
    centres, precisions   (n_groups,) of the prior; noise: precision of the ratings
    normals     (n_features,) standard normal numbers
    weights     (n_features,) drawn anew
    sums        (n_rows,) weighted sum of each row's features, kept up to date
    error       (n,) rating less prediction, kept up to date
    """
    n_rows = len(sums)
    state = np.zeros((n_rows, 3))  # ratings, their errors, old sum
    for row in range(n_rows):
        state[row, 2] = sums[row]
    for t in range(len(row_of)):
        state[row_of[t], 0] += 1.0
        state[row_of[t], 1] += error[t]
    for feature in range(len(weights)):
        curvature, pull = 0.0, 0.0
        for t in range(indptr[feature], indptr[feature + 1]):
            x, row = values[t], rows[t]
            curvature += x * x * state[row, 0]
            pull += x * state[row, 1]
        old, group = weights[feature], groups[feature]
        precision = precisions[group] + noise * curvature
        centre = (precisions[group] * centres[group] + noise * (old * curvature + pull)) / precision
        weights[feature] = centre + normals[feature] / np.sqrt(precision)
        step = weights[feature] - old
        for t in range(indptr[feature], indptr[feature + 1]):
            x, row = step * values[t], rows[t]
            state[row, 1] -= x * state[row, 0]
            sums[row] += x
    for row in range(n_rows):
        state[row, 2] = sums[row] - state[row, 2]
    for t in range(len(row_of)):
        error[t] -= state[row_of[t], 2]


@compiled(parallel=False)
def draw_factor(  # type: ignore[no-untyped-def]
    indptr, rows, values, row_of, groups, centres, precisions, noise, normals, factor, sums, squares, total, error
) -> Any:
    """Draw one factor of one block's features; arguments as in `draw_weights`, and

    factor   (n_features,) drawn anew
    sums     (n_rows,) the factor summed over each row's features, squares: the same of the squared terms
    total    (n,) `sums` of all blocks, added up for each rating, kept up to date
    """
    n_rows = len(sums)
    state = np.zeros((n_rows, 7))  # ratings, rest, rest^2, error, error * rest, old sum, old squares
    for row in range(n_rows):
        state[row, 5] = sums[row]
        state[row, 6] = squares[row]
    for t in range(len(row_of)):
        row = row_of[t]
        rest = total[t] - sums[row]
        state[row, 0] += 1.0
        state[row, 1] += rest
        state[row, 2] += rest * rest
        state[row, 3] += error[t]
        state[row, 4] += error[t] * rest
    for feature in range(len(factor)):
        old, group = factor[feature], groups[feature]
        curvature, pull = 0.0, 0.0
        for t in range(indptr[feature], indptr[feature + 1]):
            x, row = values[t], rows[t]
            own = sums[row] - x * old  # the row's other features
            curvature += x * x * (own * (own * state[row, 0] + 2.0 * state[row, 1]) + state[row, 2])
            pull += x * (own * state[row, 3] + state[row, 4])
        precision = precisions[group] + noise * curvature
        centre = (precisions[group] * centres[group] + noise * (old * curvature + pull)) / precision
        new = centre + normals[feature] / np.sqrt(precision)
        factor[feature] = new
        for t in range(indptr[feature], indptr[feature + 1]):
            x, row = values[t], rows[t]
            own, step = sums[row] - x * old, x * (new - old)
            state[row, 3] -= step * (own * state[row, 0] + state[row, 1])
            state[row, 4] -= step * (own * state[row, 1] + state[row, 2])
            sums[row] += step
            squares[row] += x * x * (new * new - old * old)
    for row in range(n_rows):
        moved = sums[row] - state[row, 5]
        state[row, 5] = moved
        state[row, 6] = 0.5 * (moved * moved - (squares[row] - state[row, 6]))
    for t in range(len(row_of)):
        row = row_of[t]
        error[t] -= state[row, 5] * total[t] + state[row, 6]
        total[t] += state[row, 5]
