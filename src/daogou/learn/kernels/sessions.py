"""Past sessions that share items with a history, and what they say; and counting what follows what.

The loops that answer shoppers are compiled when this file is imported: nobody should wait for a compiler.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types

from daogou.learn.kernels.compiled import compiled, read_only

F32_IN, I32_IN = read_only(types.float32), read_only(types.int32)
F32_OUT, I32_OUT = types.float32[::1], types.int32[::1]


@compiled(
    types.int64(
        I32_IN, F32_IN, F32_IN, I32_IN, I32_IN, F32_IN, F32_IN, types.int64,
        I32_OUT, I32_OUT, F32_OUT, I32_OUT, F32_OUT,
    )
)  # fmt: skip
def nearest_sessions(  # type: ignore[no-untyped-def]
    history, weights, entries, indptr, holders, moments, voice, newest, slot, chosen, strength, meeting, entered
) -> Any:
    """Choose the sessions nearest to a history; return how many there are, at most len(chosen).

    history, weights, entries  (n,) oldest first: item, its weight, and what a session counts that is met at this item
    indptr, holders, moments   CSR of items by sessions: who holds it, and at which moment; the newest session last
    voice                      (n_sessions,) how much each session counts
    newest                     how many sessions of each item are looked at, from the newest on
    slot                       (n_sessions,) scratch, all 0; is left so
    chosen, strength           (k,) written: the sessions, and the weight shared times the voice
    meeting, entered           (k,) written: moment and entry of the newest item shared
    """
    n_entries = 0
    for h in range(len(history)):
        n_entries += min(indptr[history[h] + 1] - indptr[history[h]], newest)
    touched, value = np.empty(n_entries, np.int32), np.empty(n_entries, np.float32)
    met, entry = np.empty(n_entries, np.int32), np.empty(n_entries, np.float32)
    n_met = 0
    for h in range(len(history) - 1, -1, -1):
        weight = weights[h]
        if weight <= 0:
            continue
        start, end = indptr[history[h]], indptr[history[h] + 1]
        for cell in range(end - 1, max(start, end - newest) - 1, -1):
            session = holders[cell]
            place = slot[session] - 1
            if place < 0:
                place = n_met
                n_met += 1
                slot[session] = n_met
                touched[place] = session
                value[place] = 0.0
                met[place] = np.int32(moments[cell])
                entry[place] = entries[h]
            value[place] += weight
    for one in range(n_met):
        slot[touched[one]] = 0
        value[one] *= voice[touched[one]]
    most = len(chosen)
    bar = np.float32(-1.0)
    if n_met > most:
        bar = np.partition(value[:n_met], n_met - most)[n_met - most]
    above = 0
    for one in range(n_met):
        above += value[one] > bar
    level = most - above  # of those that tie at the bar, the newest shared come first
    n = 0
    for one in range(n_met):
        if value[one] == bar and level > 0:
            level -= 1
        elif value[one] <= bar:
            continue
        chosen[n], strength[n], meeting[n], entered[n] = touched[one], value[one], met[one], entry[one]
        n += 1
    return n


@compiled(types.void(I32_IN, F32_IN, I32_IN, F32_IN, I32_IN, I32_IN, F32_IN, F32_IN, F32_IN, F32_OUT))
def speak(chosen, strength, meeting, entered, indptr, items, moments, closeness, worth, scores) -> Any:  # type: ignore[no-untyped-def]
    """Add what the chosen sessions say of each item to `scores`.

    chosen, strength, meeting, entered  (k,) as `nearest_sessions` wrote them
    indptr, items, moments              CSR of sessions by items: what each holds, and at which moment
    closeness                           (m,) what an item counts so many moments from the meeting; then as the last
    worth                               (n_items,) what an item counts
    """
    furthest = len(closeness) - 1
    for one in range(len(chosen)):
        session = chosen[one]
        said = strength[one] * entered[one]
        for cell in range(indptr[session], indptr[session + 1]):
            item = items[cell]
            apart = min(abs(np.int32(moments[cell]) - meeting[one]), furthest)
            scores[item] += said * closeness[apart] * worth[item]


@compiled()
def count_rules(item, moment, first, last, order, starts, reach, most) -> Any:  # type: ignore[no-untyped-def]
    """What follows each item within `reach` moments, the `most` weightiest rules of each: lengths, items, weights.

    item, moment   (n,) rows of sessions, in order
    first, last    (n,) the bounds of each row's session
    order, starts  the rows of item i are order[starts[i]:starts[i + 1]]
    A follower d moments later adds 1 / d; one of the same moment, whose order nobody knows, adds 1.
    """
    n_items = len(starts) - 1
    weight = np.zeros(n_items, np.float32)
    followers = np.empty(n_items, np.int32)
    lengths = np.zeros(n_items + 1, np.int64)
    kept_items, kept_weights = np.empty(1024, np.int32), np.empty(1024, np.float32)
    n_kept = 0
    for one in range(n_items):
        n_followers = 0
        for place in range(starts[one], starts[one + 1]):
            row = order[place]
            other = row
            while other > first[row] and moment[other - 1] == moment[row]:
                other -= 1
            while other < last[row] and moment[other] - moment[row] <= reach:
                if other != row:
                    follower = item[other]
                    if weight[follower] == 0:
                        followers[n_followers] = follower
                        n_followers += 1
                    weight[follower] += np.float32(1.0) / max(moment[other] - moment[row], 1)
                other += 1
        found = np.sort(followers[:n_followers])
        values = np.empty(n_followers, np.float32)
        for f in range(n_followers):
            values[f] = weight[found[f]]
            weight[found[f]] = 0
        n = min(n_followers, most)
        if n_kept + n > len(kept_items):
            kept_items = np.concatenate((kept_items, np.empty(len(kept_items) + n, np.int32)))
            kept_weights = np.concatenate((kept_weights, np.empty(len(kept_weights) + n, np.float32)))
        best = np.argsort(-values, kind="mergesort")[:n]
        for f in range(n):
            kept_items[n_kept + f] = found[best[f]]
            kept_weights[n_kept + f] = values[best[f]]
        n_kept += n
        lengths[one + 1] = n
    return lengths, kept_items[:n_kept], kept_weights[:n_kept]
