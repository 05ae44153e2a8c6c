"""How long do the models of sessions take among a million events? A part of sessions.py, which writes the result."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np

from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.models import recipe


def measure_speed() -> list[str]:
    """The section of the result."""
    n_events, n_sessions, n_items = 1_000_000, 200_000, 50_000
    random = np.random.default_rng(0)
    chance = np.arange(1, n_items + 1) ** -0.9
    chance /= chance.sum()
    user = np.sort(random.integers(0, n_sessions, n_events)).astype(np.int32)
    at_us = random.integers(0, 180 * 86_400 * 10**6, n_sessions)[user] + np.arange(n_events) * 10**6
    item = random.choice(n_items, n_events, p=chance).astype(np.int32)
    dataset = Dataset.of(user, item, at_us=at_us, n_items=n_items)
    lines = [
        "## speed: a million events",
        "",
        f"{n_events:,} made-up events, {n_sessions:,} sessions, {n_items:,} items, the n-th most popular as often as "
        "n^-0.9; histories drawn the same way. Default settings, one query at a time, all items scored: CPU "
        "ms, the best of three times, median / 99 % of 500 queries. stan and vstan run the same loops; where they "
        "differ, it is by what else the machine did.",
        "",
        "| model | fit, CPU s | history 3, ms | history 10, ms | history 50, ms | contributions, 10 × 100 items, ms |",
        "|---|---|---|---|---|---|",
    ]
    for name in ("sequential_rules", "stan", "vstan"):
        recipe(name).fit(dataset.keep(np.arange(n_events) < 1000))  # compile before the clock starts
        began = time.process_time()
        model = recipe(name).fit(dataset)
        cells = [f"{time.process_time() - began:.2f}"]
        for length in (3, 10, 50):
            queries = [Query(random.choice(n_items, length, False, chance).astype(np.int32)) for _ in range(500)]
            cells.append("{:.3f} / {:.3f}".format(*milliseconds(model.score_all, queries)))
        queries = [Query(random.choice(n_items, 10, False, chance).astype(np.int32)) for _ in range(500)]
        asked = random.choice(n_items, 100, False, chance).astype(np.int32)
        cells.append("{:.3f} / {:.3f}".format(*milliseconds(lambda query: model.contributions(query, asked), queries)))  # noqa: B023
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def milliseconds(ask: Callable[[Query], object], queries: Sequence[Query]) -> tuple[float, float]:
    """Median and 99th percentile of what each query takes by the processor, the quickest of three times."""
    took = []
    for query in queries:
        tries = []
        for _ in range(3):
            began = time.process_time()
            ask(query)
            tries.append(1e3 * (time.process_time() - began))
        took.append(min(tries))
    return float(np.median(took)), float(np.quantile(took, 0.99))
