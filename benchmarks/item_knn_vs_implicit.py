"""Our item neighbours against the library `implicit`: same data, similarity and number of neighbours; time and quality.

    python benchmarks/item_knn_vs_implicit.py --data FOLDER [--runs 3]     (or set DAOGOU_DATA)

FOLDER/gowalla-lightgcn holds train.txt.gz and test.txt.gz (LightGCN split). Both sides run on one thread; runs
alternate in one process; CPU seconds are the fair figure on a busy machine. `nearest` makes the lists of `implicit`;
the recipe `item_knn` adds who is scored by whom (see its page), at its own cost and with its own quality. Nothing is
tuned: the numbers of neighbours stand in the table. Writes benchmarks/results/item_knn_vs_implicit.md.
"""

from __future__ import annotations

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # must be set before numpy and numba are imported
os.environ["NUMBA_NUM_THREADS"] = "1"

import argparse
import platform
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import implicit
import numpy as np
from implicit.nearest_neighbours import CosineRecommender
from scipy.sparse import csr_matrix

from daogou.data.dataset import Dataset
from daogou.learn.metrics.ranking import METRICS, hits
from daogou.learn.models.item_knn import ItemKnn
from daogou.learn.neighbours import nearest
from daogou.learn.topk import tie_order, top_k
from gowalla import dataset_of, read

RESULT = Path(__file__).parent / "results" / "item_knn_vs_implicit.md"
NEIGHBOURS = (20, 100)
K = 20


def fit_lists(train: Dataset, neighbours: int) -> csr_matrix:
    return nearest(train.matrix(), neighbours=neighbours, shrinkage=0.0, similarity="cosine", floor=1)


def fit_recipe(train: Dataset, neighbours: int) -> csr_matrix:
    return ItemKnn(neighbours=neighbours, shrinkage=0.0).fit(train).similar


def fit_theirs(train: Dataset, neighbours: int) -> csr_matrix:
    """Their list of an item holds the item itself, so they are asked for one more."""
    model = CosineRecommender(K=neighbours + 1, num_threads=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(train.matrix(), show_progress=False)
    return csr_matrix(model.similarity, dtype=np.float32)


def quality(similar: csr_matrix, train: Dataset, test: Dataset) -> tuple[float, float]:
    """Recall@20 and NDCG@20 of summed similarities, full catalogue without training items, mean over test users."""
    taken, wanted = train.matrix(), test.matrix()
    users = np.flatnonzero(np.diff(wanted.indptr))
    ties, found = tie_order(train.n_items, 0), []
    for start in range(0, len(users), 100):
        seen = taken[users[start : start + 100]]
        scores = (seen @ similar).toarray()
        scores[seen.nonzero()] = -np.inf
        found.append(top_k(scores, K, ties))
    hit, sizes = hits(np.concatenate(found), wanted[users]), np.diff(wanted[users].indptr)
    return float(METRICS["recall"](hit, sizes, K).mean()), float(METRICS["ndcg"](hit, sizes, K).mean())


SIDES: dict[str, Callable[[Dataset, int], csr_matrix]] = {
    "daogou, `nearest`": fit_lists,
    "daogou, recipe `item_knn`": fit_recipe,
    f"implicit {implicit.__version__}": fit_theirs,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("DAOGOU_DATA"), help="folder of public data sets")
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    if given.data is None:
        parser.error("say where the data lies: --data FOLDER, or set DAOGOU_DATA")
    folder = Path(given.data) / "gowalla-lightgcn"
    train, test = (dataset_of(*read(folder / f"{part}.txt.gz")) for part in ("train", "test"))
    fit_recipe(dataset_of(train.user[:99], train.item[:99]), 5)  # compile before the clock starts
    lines = [
        "# Item neighbours against implicit, Gowalla (LightGCN split)",
        "",
        f"{train.n_users:,} users, {train.n_items:,} items, {train.n_interactions:,} training pairs; cosine, no",
        f"shrinkage; one thread each; median CPU seconds of {given.runs} alternating runs in one process. Full ranking",
        "without training items. Nothing was tuned.",
        "",
        "| | neighbours | fit, CPU s | implicit / ours | Recall@20 | NDCG@20 |",
        "|---|---|---|---|---|---|",
    ]
    for neighbours in NEIGHBOURS:
        took: dict[str, list[float]] = {side: [] for side in SIDES}
        made = {}
        for _ in range(given.runs):
            for side, fit in SIDES.items():
                began = time.process_time()
                made[side] = fit(train, neighbours)
                took[side].append(time.process_time() - began)
        theirs = float(np.median(took[list(SIDES)[-1]]))
        for side, similar in made.items():
            recall, ndcg = quality(similar, train, test)
            seconds = float(np.median(took[side]))
            lines.append(
                f"| {side} | {neighbours} | {seconds:.2f} | {theirs / seconds:.2f} x | {recall:.4f} | {ndcg:.4f} |"
            )
            print(lines[-1], flush=True)
    lines += [
        "",
        f"{os.cpu_count()} cores shared with other work, Python {platform.python_version()}, numpy {np.__version__}. "
        "Made by: `python benchmarks/item_knn_vs_implicit.py`",
    ]
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
