"""How long it takes to rank 500 candidates against a history of 50 with DIN, on one core, without torch.

    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python benchmarks/ranker_speed.py [--calls 2000]

Compares, in turns within one run: every pair of candidate and entry with its own copy of the history; the formula with
what candidate and entry say alone computed once, by ONNX Runtime; and the single matrix product that serves where all
candidates share one history. Weights are random, since speed does not depend on them. Needs the extra `deep` for the
graph. Writes benchmarks/results/ranker_speed.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import polars as pl

from daogou.learn.features import Category, Encoded, FeatureSpec, FittedFeatures, History
from daogou.learn.graph import Graph
from daogou.learn.rankers import ranker_recipe
from daogou.learn.rankers.network import NetworkModel

RESULT = Path(__file__).parent / "results" / "ranker_speed.md"
N_ITEMS, CANDIDATES, LENGTH, FACTORS = 40_000, 500, 50, 32
TURN = 20
"""Calls in a row before the next way has its turn: another way's arrays do not lie in the cache at each call."""

SPEC = FeatureSpec.of(Category("item", about="item", buckets=N_ITEMS), History("seen", of="item", length=LENGTH))


def random_rows(n: int) -> pl.DataFrame:
    random = np.random.default_rng(0)
    seen = random.integers(0, N_ITEMS, (n, LENGTH)).tolist()
    return pl.DataFrame({"item": random.integers(0, N_ITEMS, n), "seen": seen, "label": np.arange(n) % 2})


def timed(calls: int, *works: Callable[[], object]) -> np.ndarray:
    """(len(works), 2, calls) milliseconds of wall and of CPU; the works take turns of `TURN` calls each."""
    spent = np.empty((len(works), 2, calls))
    for first in range(-TURN, calls, TURN):  # the first turn warms up
        for number, work in enumerate(works):
            for call in range(first, min(first + TURN, calls)):
                wall, cpu = time.perf_counter(), time.process_time()
                work()
                spent[number, :, max(call, 0)] = time.perf_counter() - wall, time.process_time() - cpu
    return 1000 * spent


def both_ways(features: FittedFeatures, sample: Encoded) -> tuple[NetworkModel, Graph]:
    """DIN with random weights: as the arrays that serve, and as a graph for ONNX Runtime on one thread."""
    import torch

    from daogou.learn.deep import exported, seeded
    from daogou.learn.rankers.learnable import Learnable

    class Graphed(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.learnable = Learnable(recipe, features, tensors)

        def forward(self, ids: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
            return self.learnable(Encoded(ids, tensors.numbers, (seen,)))[0]

    recipe = ranker_recipe("din", factors=FACTORS)
    parts = (torch.from_numpy(sample.ids), torch.from_numpy(sample.numbers), torch.from_numpy(sample.bags[0]))
    tensors = Encoded(parts[0], parts[1], (parts[2],))
    with seeded(0):
        network = Graphed()
        for weight in network.parameters():
            torch.nn.init.normal_(weight, std=0.1)
    network.eval()
    axes = {"ids": {0: "candidates"}, "score": {0: "candidates"}}
    graph = exported(network, {"ids": parts[0], "seen": parts[2]}, outputs=("score",), dynamic=axes)
    return NetworkModel(features, recipe, network.learnable.arrays()), graph


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", type=int, default=2000)
    calls = parser.parse_args().calls
    if not all(find_spec(library) for library in ("torch", "onnx", "onnxruntime")):
        raise SystemExit("skipped: the comparison needs pip install 'daogou[deep]'")
    table = random_rows(N_ITEMS)
    features = SPEC.fit(table)
    catalogue = features.encode(table, about=("item",))
    visit = features.encode(table[:1], about=("user", "context"))
    items = np.random.default_rng(1).integers(0, N_ITEMS, CANDIDATES)
    shared = features.candidates(visit, catalogue, items)
    apart = Encoded(shared.ids, shared.numbers, (np.repeat(shared.bags[0], CANDIDATES, axis=0),))
    model, graph = both_ways(features, shared)
    asked_graph = {"ids": shared.ids, "seen": shared.bags[0]}
    gap = max(
        float(np.abs(model.score(shared) - other).max()) for other in (model.score(apart), graph.run(asked_graph)[0])
    )
    threads = os.environ.get("OPENBLAS_NUM_THREADS", "all") + " thread(s)"

    def whole() -> None:
        asked = features.encode(table[:1], about=("user", "context"))
        model.score(features.candidates(asked, catalogue, items))

    works = {
        "every pair by itself": lambda: model.score(apart),
        "the same parts computed once, by ONNX Runtime": lambda: graph.run(asked_graph),
        "one matrix product": lambda: model.score(shared),
        "one matrix product, with encoding the visit and joining the candidates": whole,
    }
    spent = timed(calls, *works.values())
    rows = [
        f"| {label} | " + " | ".join(f"{np.quantile(one, q):.2f}" for one in times for q in (0.5, 0.99)) + " |"
        for label, times in zip(works, spent, strict=True)
    ]
    report = "\n".join(
        [
            "# Ranking 500 candidates for one visit",
            "",
            f"DIN with {FACTORS} factors, {N_ITEMS:,} items, a history of {LENGTH}, attention width 40, tower 200 and "
            f"80; {calls:,} calls each, in turns; plain numpy where not said otherwise, {threads}. Milliseconds per "
            f"call. Largest difference of a score between the ways: {gap:.0e}.",
            "",
            "| | wall p50 | wall p99 | CPU p50 | CPU p99 |",
            "|---|---|---|---|---|",
            *rows,
            "",
            f"Aim: p99 at most 2.6 ms on a quiet core. This machine had other work (load {os.getloadavg()[0]:.0f} on "
            f"{os.cpu_count()} cores), so wall times hold waiting, and CPU times are inflated by shared caches: "
            "compare the rows.",
            "",
            f"Python {platform.python_version()}, numpy {np.__version__}, {os.cpu_count()} cores. "
            "Made by: `OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python benchmarks/ranker_speed.py`",
            "",
        ]
    )
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(report, encoding="utf-8")
    print(report)


if __name__ == "__main__":
    main()
