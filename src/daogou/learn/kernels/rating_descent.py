"""Stochastic gradient descent over ratings, one rating after the other: the inner loops of SVD and SVD++.

One thread, because the order of the steps is part of the result: same ratings, order and start, same factors.
Every loop updates its arrays in place. All reals are float32.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from daogou.learn.kernels.compiled import compiled


@compiled(parallel=False)
def descend(  # type: ignore[no-untyped-def]
    indptr, items, stars, order, mean, rate, pull, user_bias, item_bias, user_factors, item_factors
) -> Any:
    """One epoch of SVD: users in `order`, each with all ratings in a row (so that the user's factors stay in cache).

    indptr, items, stars  CSR by user
    mean, rate, pull      overall mean, learning rate, regularization
    """
    d = user_factors.shape[1]
    for user in order:
        p = user_factors[user]
        own_bias = user_bias[user]
        for t in range(indptr[user], indptr[user + 1]):
            item = items[t]
            q = item_factors[item]
            dot = np.float32(0.0)
            for k in range(d):
                dot += p[k] * q[k]
            error = stars[t] - mean - own_bias - item_bias[item] - dot
            own_bias += rate * (error - pull * own_bias)
            item_bias[item] += rate * (error - pull * item_bias[item])
            for k in range(d):
                old = p[k]
                p[k] += rate * (error * q[k] - pull * old)
                q[k] += rate * (error * old - pull * q[k])
        user_bias[user] = own_bias


@compiled(parallel=False)
def descend_implicit(  # type: ignore[no-untyped-def]
    indptr, items, stars, order, mean, rate, pull, user_bias, item_bias, user_factors, item_factors, implicit
) -> Any:
    """One epoch of SVD++: users in `order`.

    implicit  (n_items, d) what having rated an item says of the user, apart from the stars

    Each rating moves the vector y_j of every item its user rated by the same rule, y_j <- shrink y_j + step. So while
    one user's ratings are walked through, y_j = scale * start_j + shift with one scale and one shift for all j, and
    their sum needs d operations per rating, not d per rating and rated item. The result is the same.
    """
    d = user_factors.shape[1]
    total, shift = np.empty(d, np.float32), np.empty(d, np.float32)
    shrink = np.float32(1.0) - rate * pull
    for user in order:
        start, end = indptr[user], indptr[user + 1]
        if start == end:
            continue
        p = user_factors[user]
        own_bias = user_bias[user]
        n_rated = np.float32(end - start)
        norm = np.float32(1.0) / np.sqrt(n_rated)
        total[:] = 0.0
        shift[:] = 0.0
        scale = np.float32(1.0)
        for t in range(start, end):
            y = implicit[items[t]]
            for k in range(d):
                total[k] += y[k] * norm
        for t in range(start, end):
            item = items[t]
            q = item_factors[item]
            dot = np.float32(0.0)
            for k in range(d):
                dot += (p[k] + total[k]) * q[k]
            error = stars[t] - mean - own_bias - item_bias[item] - dot
            own_bias += rate * (error - pull * own_bias)
            item_bias[item] += rate * (error - pull * item_bias[item])
            push = rate * error * norm
            spread = n_rated * norm
            scale *= shrink
            for k in range(d):
                old_p, old_q = p[k], q[k]
                step = push * old_q
                p[k] += rate * (error * old_q - pull * old_p)
                q[k] += rate * (error * (old_p + total[k]) - pull * old_q)
                shift[k] = shrink * shift[k] + step
                total[k] = shrink * total[k] + spread * step
        user_bias[user] = own_bias
        for t in range(start, end):
            y = implicit[items[t]]
            for k in range(d):
                y[k] = scale * y[k] + shift[k]
