"""Exact best lists: how long the best 100 of a million items take, and ranking all of Gowalla.

    python benchmarks/topk.py --data FOLDER     (or set DAOGOU_DATA; without data the second part is left out)

One thread, CPU seconds. Part one: vectors with log-normal lengths, a batch of 256 queries; beside it NumPy's matrix
product with argpartition in batches of 32, which suits it best. Part two: every shopper's history, all scores, the
best 20 without training items, Recall and NDCG; fitting is not counted. Beside it the same in NumPy, for the vectors of
iALS, on the first 3,000 users, scaled up. Writes benchmarks/results/topk.md.
"""

from __future__ import annotations

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # must be set before numpy and numba are imported
os.environ["NUMBA_NUM_THREADS"] = "1"

import argparse
import platform
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.lists import rank_lists
from daogou.learn.evaluation.task import make_task
from daogou.learn.metrics.ranking import METRICS, hits
from daogou.learn.models import recipe
from daogou.learn.topk import tie_order, top_products
from gowalla import dataset_of, read

RESULT = Path(__file__).parent / "results" / "topk.md"
K, D, N_QUERIES, BATCH = 100, 64, 256, 32
MOST_MS, MOST_SECONDS = 2.5, 8.0
MODELS: Mapping[str, Mapping[str, Any]] = {"ials": {"alpha": 0.01, "regularization": 0.01}, "sparse_ease": {}}


def by_numpy(queries: np.ndarray, items: np.ndarray, k: int = K, masked: Any = None) -> np.ndarray:
    lists = []
    for start in range(0, len(queries), BATCH):
        scores = queries[start : start + BATCH] @ items.T
        if masked is not None:
            scores[masked[start : start + BATCH].nonzero()] = -np.inf
        best = np.argpartition(-scores, k, axis=1)[:, :k]
        order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1)
        lists.append(np.take_along_axis(best, order, axis=1))
    return np.concatenate(lists)


def timed(make: Callable[[], np.ndarray], runs: int = 3) -> tuple[float, np.ndarray]:
    """Median CPU seconds, and what was made."""
    took = []
    for _ in range(runs):
        began = time.process_time()
        made = make()
        took.append(time.process_time() - began)
    return float(np.median(took)), made


def vectors(n_items: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    items = random.standard_normal((n_items, D), np.float32)
    items *= np.exp(0.3 * random.standard_normal((n_items, 1), np.float32))
    return random.standard_normal((N_QUERIES, D), np.float32), items


def row_of_lists(n_items: int) -> str:
    queries, items = vectors(n_items)
    ties = np.arange(n_items)
    ours, lists = timed(lambda: top_products(queries, items, K, ties))
    numpy, expected = timed(lambda: by_numpy(queries, items), runs=1)
    same = float(np.mean([len(np.intersect1d(one, other)) / K for one, other in zip(lists, expected, strict=True)]))
    ms = 1e3 * ours / N_QUERIES
    goal = "" if n_items < 1_000_000 else f"{MOST_MS} {'met' if ms <= MOST_MS else 'MISSED'}"
    rate = 2e-9 * D * n_items * N_QUERIES / ours
    return f"| {n_items:,} | {ms:.2f} | {goal} | {1e3 * numpy / N_QUERIES:.2f} | {rate:.0f} | {same:.4f} |"


def ranked(model: Any, train: Dataset, test: Dataset) -> tuple[Any, Any]:
    """What everybody is shown, and what they wanted."""
    task = make_task(train, test, repeats="excluded", now_us=0, history=None)
    return rank_lists(model, task.queries, 20, tie_order(train.n_items, 0), masked=task.owned).ranked, task.relevant


def figures(lists: np.ndarray, relevant: Any) -> tuple[float, float]:
    hit, sizes = hits(lists, relevant), np.diff(relevant.indptr)
    return float(METRICS["recall"](hit, sizes, 20).mean()), float(METRICS["ndcg"](hit, sizes, 20).mean())


def row_of_evaluation(name: str, model: Any, train: Dataset, test: Dataset) -> str:
    rank_lists(model, [Query()], 20, tie_order(train.n_items, 0))  # compile before the clock starts
    began = time.process_time()
    recall, ndcg = figures(*ranked(model, train, test))
    seconds = time.process_time() - began
    goal = f"{MOST_SECONDS:g} {'met' if seconds <= MOST_SECONDS else 'MISSED'}"
    return f"| {name} | {seconds:.1f} | {goal} | {recall:.4f} / {ndcg:.4f} |"


def row_of_numpy(model: Any, train: Dataset, test: Dataset, n_users: int = 3_000) -> str:
    task = make_task(train, test, repeats="excluded", now_us=0, history=None)
    vectors = model.query_vectors(task.queries[:n_users])
    began = time.process_time()
    lists = np.concatenate(
        [
            by_numpy(vectors[a : a + 500], model.item_vectors, 20, task.owned[a : a + 500])
            for a in range(0, n_users, 500)
        ]
    )
    figures(lists, task.relevant[:n_users])
    seconds = (time.process_time() - began) * len(task.queries) / n_users
    return f"| ials, NumPy, vectors of shoppers ready made | {seconds:.1f} | | |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("DAOGOU_DATA"), help="folder of public data sets")
    folder = parser.parse_args().data
    queries, items = vectors(2_000)
    top_products(queries, items, K, np.arange(2_000))  # compile before the clock starts
    lines = [
        "# Exact best lists, one thread, CPU time",
        "",
        f"The best {K} of so many items with {D} numbers each, per query in a batch of {N_QUERIES}, milliseconds:",
        "",
        f"| items | ours | target | NumPy, batches of {BATCH} | ours, GFLOP/s | share of NumPy's list found |",
        "|---|---|---|---|---|---|",
    ]
    for n_items in (41_000, 100_000, 1_000_000):
        lines.append(row_of_lists(n_items))
        print(lines[-1], flush=True)
    if folder is None:
        print("No folder of data was given (--data or DAOGOU_DATA): the evaluation of Gowalla is left out.")
    else:
        place = Path(folder) / "gowalla-lightgcn"
        train, test = (dataset_of(*read(place / f"{part}.txt.gz")) for part in ("train", "test"))
        lines += [
            "",
            f"All {train.n_items:,} items of Gowalla ranked and judged for {train.n_users:,} users, CPU seconds:",
            "",
            "| model | seconds | target | Recall@20 / NDCG@20 |",
            "|---|---|---|---|",
        ]
        models = {name: recipe(name, **settings).fit(train) for name, settings in MODELS.items()}
        for row in (
            *(row_of_evaluation(name, model, train, test) for name, model in models.items()),
            row_of_numpy(models["ials"], train, test),
        ):
            lines.append(row)
            print(row, flush=True)
    lines += [
        "",
        f"{os.cpu_count()} cores shared with other work (load {os.getloadavg()[1]:.0f}), Python "
        f"{platform.python_version()}, numpy {np.__version__}. Made by: `python benchmarks/topk.py`",
    ]
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
