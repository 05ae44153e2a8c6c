"""Solve one small weighted least-squares problem per row, all rows in parallel, by conjugate gradients.

Row r with history H and weights w has the normal equations  A x = b  with

    A = diag(spectrum) + ridge[r] I + sum over j in H of w_j f_j f_j^T        b = sum over j in H of w_j f_j

The caller rotates the factors so that the part shared by all rows is diagonal. Then it costs nothing to apply and is
at the same time the preconditioner, with which the method is exact after len(H) + 1 steps.
Source: the use of conjugate gradients here follows Takacs, Pilaszy, Tikk, RecSys 2011; the rotation is ours.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, prange

CHUNKS = 64
"""Rows are dealt out in turn to this many chunks, so that busy rows, often numbered first, are spread evenly."""


def _solve_rows(indptr, indices, weights, factors, spectrum, ridge, steps, solved):  # type: ignore[no-untyped-def]
    """Improve `solved` (n_rows, d) in place by `steps` steps from where it is; rows without history become 0.

    indptr, indices, weights  CSR of the history, weights float32
    factors   (n_columns, d) float32
    spectrum  (d,) float32
    ridge     (n_rows,) float32
    """
    n_rows, d = solved.shape
    for chunk in prange(CHUNKS):
        residual, direction, image, diagonal = (
            np.empty(d, np.float32),
            np.empty(d, np.float32),
            np.empty(d, np.float32),
            np.empty(d, np.float32),
        )
        for row in range(chunk, n_rows, CHUNKS):
            start, end = indptr[row], indptr[row + 1]
            x = solved[row]
            if start == end:
                x[:] = 0.0
                continue
            for k in range(d):
                diagonal[k] = spectrum[k] + ridge[row]
                residual[k] = -diagonal[k] * x[k]
            for t in range(start, end):
                f = factors[indices[t]]
                dot = np.float32(0.0)
                for k in range(d):
                    dot += f[k] * x[k]
                missing = weights[t] * (np.float32(1.0) - dot)
                for k in range(d):
                    residual[k] += missing * f[k]
            fit = np.float32(0.0)
            for k in range(d):
                direction[k] = residual[k] / diagonal[k]
                fit += residual[k] * direction[k]
            for _ in range(steps):
                if fit < 1e-12:
                    break
                for k in range(d):
                    image[k] = diagonal[k] * direction[k]
                for t in range(start, end):
                    f = factors[indices[t]]
                    dot = np.float32(0.0)
                    for k in range(d):
                        dot += f[k] * direction[k]
                    dot *= weights[t]
                    for k in range(d):
                        image[k] += dot * f[k]
                curvature = np.float32(0.0)
                for k in range(d):
                    curvature += direction[k] * image[k]
                length = fit / curvature
                better = np.float32(0.0)
                for k in range(d):
                    x[k] += length * direction[k]
                    residual[k] -= length * image[k]
                    better += residual[k] * residual[k] / diagonal[k]
                turn = better / fit
                fit = better
                for k in range(d):
                    direction[k] = residual[k] / diagonal[k] + turn * direction[k]


def _compiled(function: Any) -> Any:
    """Compile on first use; keep the result on disk where a folder for it can be written (else it compiles anew)."""
    try:
        return njit(parallel=True, fastmath=True, cache=True)(function)
    except RuntimeError:
        return njit(parallel=True, fastmath=True)(function)


solve_rows = _compiled(_solve_rows)
