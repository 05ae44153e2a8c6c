"""Online features without some of the history: the loop behind `Worlds`, compiled when this file is imported."""

from __future__ import annotations

import numpy as np
from numba import types

from daogou.core.types import F32, F64, I32, I64, Bools
from daogou.decide.rank.taste import FIRST_FACT, FIRST_MEETING, FIRST_PRICE, FIRST_SOURCE, FIRST_TASTE
from daogou.learn.kernels.compiled import compiled, read_only

NUMBERS, FLAGS = read_only(types.int64), read_only(types.bool_)
F32_IN, F64_IN = read_only(types.float32), read_only(types.float64)
F32_MATRIX, I32_MATRIX = read_only(types.float32, 2), read_only(types.int32, 2)
N_SOURCES = FIRST_FACT - FIRST_SOURCE


@compiled(
    types.void(
        types.float32[:, ::1], types.float64[::1], read_only(types.bool_, 2), NUMBERS, NUMBERS,
        F32_IN, F32_MATRIX, read_only(types.float32, 3), NUMBERS, FLAGS,
        NUMBERS, F64_IN, F64_IN, F64_IN, I32_MATRIX, I32_MATRIX, NUMBERS,
    ),
    fastmath=False,  # for what is not a number is asked about
)  # fmt: skip
def without(
    table: F32, left_of_row: F64, gone: Bools, trials: I64, items: I64,
    scores: F32, rest: F32, parts: F32, columns: I64, fades: Bools,
    history: I64, mass: F64, past_prices: F64, prices: F64, past_kinds: I32, kinds: I32, own: I64,
) -> None:  # fmt: skip
    """Overwrite in `table` (n_rows, n_features) what changes, and tell the blended score each row keeps.

    gone     (n_trials, n_causes) what each trial does without
    trials   (n_rows,) ascending, which trial each row is about; items: (n_rows,) and which candidate
    scores   (n,) blended, with everything; rest: (N_SOURCES, n) what no cause brings, by source
    parts    (n_signals, n_causes, n) what each cause brings by each signal that has any
    columns  (n_signals,) which source each is told as, -1: none; fades: whether it is weighed by the whole history
    history  (n_history,) which cause each item of the history is; mass: (n_history,) its part of the weight
    past_prices, past_kinds  (n_history,), (3, n_history) of the history; prices, kinds: (n,), (3, n) of the candidates
    own      (n,) place in the history of each candidate, -1 where it is not in it
    """
    n_signals, n_causes, n = parts.shape
    totals, base, left = np.zeros((n_signals, n)), scores.astype(np.float64), np.zeros(n)
    for signal in range(n_signals):
        for cause in range(n_causes):
            for one in range(n):
                totals[signal, one] += parts[signal, cause, one]
        for one in range(n):
            base[one] -= totals[signal, one]
    row, best, usual, kept, grown = 0, 0.0, 0.0, 1.0, 1.0
    for trial in range(len(gone)):
        kept, priced, usual = 0.0, 0.0, 0.0
        for past in range(len(history)):
            if not gone[trial, history[past]]:
                kept += mass[past]
                if not np.isnan(past_prices[past]):
                    priced += mass[past]
                    usual += mass[past] * past_prices[past]
        usual = usual / priced if priced > 0 else np.nan
        grown = 1.0 / np.sqrt(max(kept, 1e-6))
        left[:] = base
        for signal in range(n_signals):
            factor = grown if fades[signal] else 1.0
            for one in range(n):
                left[one] += totals[signal, one] * factor
            for cause in range(n_causes):
                if gone[trial, cause]:
                    for one in range(n):
                        left[one] -= parts[signal, cause, one] * factor
        best = max(left.max(), 1e-30)
        while row < len(trials) and trials[row] == trial:
            one = items[row]
            score = max(left[one], 1e-30)
            left_of_row[row] = left[one]
            ahead = 0
            for other in range(n):
                ahead += left[other] > left[one]
            table[row, 0], table[row, 1] = np.log(score / best), np.log(1.0 + ahead)
            for source in range(N_SOURCES):
                table[row, FIRST_SOURCE + source] = rest[source, one] / score
            for signal in range(n_signals):
                if columns[signal] >= 0:
                    brought = 0.0
                    for cause in range(n_causes):
                        if not gone[trial, cause]:
                            brought += parts[signal, cause, one]
                    factor = grown if fades[signal] else 1.0
                    table[row, FIRST_SOURCE + columns[signal]] += brought * factor / score
            if len(history):
                table[row, FIRST_PRICE] = prices[one] - usual
                table[row, FIRST_PRICE + 1] = abs(prices[one] - usual)
                for kind in range(len(kinds)):
                    alike = 0.0
                    for past in range(len(history)):
                        if past_kinds[kind, past] == kinds[kind, one] and not gone[trial, history[past]]:
                            alike += mass[past]
                    table[row, FIRST_TASTE + kind] = alike / kept if kept > 0 else np.nan
                if kept <= 0:
                    table[row, FIRST_MEETING], table[row, FIRST_MEETING + 1] = np.nan, np.nan
                elif own[one] >= 0 and gone[trial, history[own[one]]]:
                    table[row, FIRST_MEETING], table[row, FIRST_MEETING + 1] = 0.0, np.nan
            row += 1
