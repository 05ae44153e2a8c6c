"""Online features of candidates, all but what each source brings: the loop, compiled when this file is imported."""

from __future__ import annotations

import numpy as np
from numba import types

from daogou.core.clock import HOUR_US
from daogou.core.types import F32, F64, I32, I64
from daogou.learn.kernels.compiled import compiled, read_only

FIRST_SOURCE, FIRST_FACT, FIRST_PRICE, FIRST_TASTE, FIRST_MEETING = 2, 9, 20, 22, 25
_NUMBERS, _TIMES = read_only(types.int32), read_only(types.int64)
_HOUR_US = float(HOUR_US)


@compiled(
    types.void(
        types.float32[:, ::1], _NUMBERS, read_only(types.float32), read_only(types.float32, 2), _NUMBERS,
        read_only(types.float32), read_only(types.float64), _NUMBERS, _NUMBERS, _NUMBERS, _NUMBERS, _TIMES, _TIMES,
        types.int64,
    ),
    fastmath=False,  # for what is not a number is told
)  # fmt: skip
def tell(
    table: F32, numbers: I32, scores: F32, facts: F32, history: I32, strengths: F32, prices: F64, category: I32,
    department: I32, brand: I32, met: I32, times: I64, last_us: I64, now_us: int,
) -> None:  # fmt: skip
    """Fill `table` (n, n_features) but for the columns of the sources.

    numbers, scores  (n,) the candidates, best first, with their blended scores
    facts            (n_catalogue, n_facts) what is known of items alone; prices, category, department, brand: likewise
    history, strengths    (n_history,) of the shopper
    met, times, last_us   (n_met,) items of all lines of the past, ascending; how often, and when last
    """
    priced, usual, whole = 0.0, 0.0, 0.0
    for past in range(len(history)):
        whole += strengths[past]
        if not np.isnan(prices[history[past]]):
            priced += strengths[past]
            usual += strengths[past] * prices[history[past]]
    usual = usual / priced if priced > 0 else np.nan
    for row in range(len(numbers)):
        one = numbers[row]
        table[row, 0] = np.log(scores[row] / scores[0])
        table[row, 1] = np.log(row + 1.0)
        for fact in range(facts.shape[1]):
            table[row, FIRST_FACT + fact] = facts[one, fact]
        if not len(history):
            continue
        gap = prices[one] - usual
        table[row, FIRST_PRICE], table[row, FIRST_PRICE + 1] = gap, abs(gap)
        in_category, in_department, of_brand = 0.0, 0.0, 0.0
        for past in range(len(history)):
            if department[history[past]] == department[one]:
                in_department += strengths[past]
            if category[history[past]] == category[one]:
                in_category += strengths[past]
            if brand[history[past]] == brand[one]:
                of_brand += strengths[past]
        table[row, FIRST_TASTE] = in_category / whole
        table[row, FIRST_TASTE + 1] = in_department / whole
        table[row, FIRST_TASTE + 2] = of_brand / whole
        table[row, FIRST_MEETING] = 0.0
        place = np.searchsorted(met, one)
        if place < len(met) and met[place] == one:
            table[row, FIRST_MEETING] = np.log1p(times[place])
            table[row, FIRST_MEETING + 1] = np.log1p(max(now_us - last_us[place], 0) / _HOUR_US)
