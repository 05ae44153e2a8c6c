"""Predicted stars against the library scikit-surprise: same folds, same settings, same run; error and time.

    pip install scikit-surprise
    python benchmarks/ratings.py --data FOLDER [--seeds 3] [--only NMF]     (or set DAOGOU_DATA)

FOLDER/movielens-100k holds u1 to u5 (base and test); FOLDER/douban-monti holds train.parquet and test.parquet.
Every setting is the library's default, and nothing is chosen on the test part. Models that begin at random are
fitted once per seed on both sides, except that the library's SVD++, which is slow, takes one seed only.
Fits of both sides follow each other; CPU seconds are the fair figure on a busy machine.
Writes benchmarks/results/ratings.md.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from daogou.learn.metrics.rating import mae, rmse
from daogou.learn.ratings import Ratings, rating_recipe

try:
    import surprise
except ImportError:
    print("skipped: this comparison needs scikit-surprise. Install it with: pip install scikit-surprise")
    sys.exit(0)

RESULT = Path(__file__).parent / "results" / "ratings.md"
N_USERS, N_ITEMS = 943, 1_682
PUBLISHED_DOUBAN = "GLocal-K 0.7208, which is a neural network (README of usydnlp/Glocal_K)"

Pairs = tuple[np.ndarray, np.ndarray, np.ndarray]  # users, items, stars


@dataclass(frozen=True)
class Contest:
    label: str
    ours: tuple[str, dict[str, Any]]
    theirs: Callable[[int], Any]  # by seed
    by_chance: bool = False
    their_seeds: int = 99


ITEM_PEARSON = {"name": "pearson_baseline", "user_based": False}
CONTESTS = (
    Contest("Baseline", ("baseline", {}), lambda seed: surprise.BaselineOnly(verbose=False)),
    Contest("KNNBasic", ("knn", {"centre": "none"}), lambda seed: surprise.KNNBasic(verbose=False)),
    Contest("KNNBaseline", ("knn", {}), lambda seed: surprise.KNNBaseline(verbose=False)),
    Contest(
        "KNNBaseline, items, Pearson",
        ("knn", {"by": "item", "similarity": "pearson_baseline", "shrinkage": 100.0}),
        lambda seed: surprise.KNNBaseline(sim_options=ITEM_PEARSON, verbose=False),
    ),
    Contest("NMF", ("nmf", {}), lambda seed: surprise.NMF(random_state=seed), by_chance=True),
    Contest("SVD", ("svd", {}), lambda seed: surprise.SVD(random_state=seed), by_chance=True),
    Contest("SVD++", ("svdpp", {}), lambda seed: surprise.SVDpp(random_state=seed), by_chance=True, their_seeds=1),
)


def fold(folder: Path, name: str) -> Pairs:
    with gzip.open(folder / f"{name}.gz", "rt") as file:
        rows = np.loadtxt(file, dtype=np.int64)
    return rows[:, 0].astype(np.int32) - 1, rows[:, 1].astype(np.int32) - 1, rows[:, 2].astype(np.float64)


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    done = work()
    return done, time.perf_counter() - wall, time.process_time() - cpu


def ours(contest: Contest, train: Pairs, test: Pairs, seed: int) -> np.ndarray:
    """RMSE, MAE, fit wall, fit CPU, predict wall, predict CPU."""
    name, settings = contest.ours
    ratings = Ratings.of(*train, n_users=N_USERS, n_items=N_ITEMS)
    model, *fit = timed(lambda: rating_recipe(name, **settings).fit(ratings, seed=seed))
    stars, *predict = timed(lambda: model.predict(test[0], test[1]))
    return np.array([rmse(stars, test[2]), mae(stars, test[2]), *fit, *predict])


def theirs(contest: Contest, train: Pairs, test: Pairs, seed: int) -> np.ndarray:
    """The same of the library."""
    rows = [(int(u), int(i), float(s), None) for u, i, s in zip(*train, strict=True)]
    trainset = surprise.Dataset(surprise.Reader(rating_scale=(1, 5))).construct_trainset(rows)
    asked = [(int(u), int(i), float(s)) for u, i, s in zip(*test, strict=True)]
    model = contest.theirs(seed)
    _, *fit = timed(lambda: model.fit(trainset))
    answers, *predict = timed(lambda: model.test(asked))
    stars = np.array([one.est for one in answers])
    return np.array([rmse(stars, test[2]), mae(stars, test[2]), *fit, *predict])


def contest_row(contest: Contest, folds: list[tuple[Pairs, Pairs]], seeds: int) -> str:
    ours(contest, *folds[0], 0)  # compile before the clock starts
    mine, others = [], []
    for train, test in folds:
        for seed in range(seeds if contest.by_chance else 1):
            mine.append(ours(contest, train, test, seed))
            if seed < contest.their_seeds:
                others.append(theirs(contest, train, test, seed))
    a, b = np.mean(mine, axis=0), np.mean(others, axis=0)
    mid_a, mid_b = np.median(mine, axis=0), np.median(others, axis=0)
    first = [np.mean([run[0] for run in runs[: len(runs) // len(folds)]]) for runs in (mine, others)]
    print(f"  {contest.label}: RMSE {a[0]:.4f}, theirs {b[0]:.4f}", flush=True)
    return (
        f"| {contest.label} | {a[0]:.4f} | {b[0]:.4f} | {a[1]:.4f} | {b[1]:.4f} | {first[0]:.4f} | {first[1]:.4f} "
        f"| {mid_a[3]:.3f} | {mid_b[3]:.3f} | **{mid_b[3] / mid_a[3]:.1f} x** | {mid_b[2] / mid_a[2]:.1f} x "
        f"| {mid_b[5] / mid_a[5]:.0f} x |"
    )


def douban_row(contest: Contest, folder: Path) -> str:
    """Our side with seed 0 and the same settings as above."""
    parts = [pl.read_parquet(folder / f"{part}.parquet").to_numpy() for part in ("train", "test")]
    train, test = ((p[:, 0].astype(np.int32), p[:, 1].astype(np.int32), p[:, 2].astype(np.float64)) for p in parts)
    ratings = Ratings.of(*train, n_users=3_000, n_items=3_000)
    name, settings = contest.ours
    model, _, cpu = timed(lambda: rating_recipe(name, **settings).fit(ratings, seed=0))
    stars = model.predict(test[0], test[1])
    return f"| {contest.label} | {rmse(stars, test[2]):.4f} | {mae(stars, test[2]):.4f} | {cpu:.2f} |"


def measure_again(label: str, folds: list[tuple[Pairs, Pairs]], seeds: int, folder: Path) -> None:
    """Replace the two rows of one model in the results."""
    contest = next(one for one in CONTESTS if one.label == label)
    rows = iter([contest_row(contest, folds, seeds), douban_row(contest, folder / "douban-monti")])
    lines = RESULT.read_text(encoding="utf-8").splitlines()
    lines = [next(rows) if line.startswith(f"| {label} |") else line for line in lines]
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("DAOGOU_DATA"), help="folder of public data sets")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", help="measure the rows of this model again, for example NMF, and keep the rest")
    arguments = parser.parse_args()
    if arguments.data is None:
        parser.error("say where the data lies: --data FOLDER, or set DAOGOU_DATA")
    folder = Path(arguments.data)
    movies = folder / "movielens-100k"
    folds = [(fold(movies, f"u{number}.base"), fold(movies, f"u{number}.test")) for number in range(1, 6)]
    if arguments.only:
        measure_again(arguments.only, folds, arguments.seeds, folder)
        return
    lines = [
        f"# Predicted stars against scikit-surprise {surprise.__version__}",
        "",
        "MovieLens-100K, folds u1 to u5, the library's default settings on both sides, nothing tuned "
        "but NMF, whose first test figure (0.9679) was seen before a shift of the mean was added; that shift was "
        "chosen on held-out tenths of the training parts. RMSE and MAE are "
        f"means over the folds; where the start is random also over {arguments.seeds} seeds (the library's SVD++: one "
        "seed). Seconds are the median fit of one fold, in CPU time; both sides in one process, with other work on "
        "the machine.",
        "",
        "| model | RMSE | theirs | MAE | theirs | RMSE u1 | theirs | fit CPU s | theirs | fit CPU | fit wall "
        "| predict CPU |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
        *(contest_row(contest, folds, arguments.seeds) for contest in CONTESTS),
        "",
        "The last three columns say how many times as long the library takes. The neighbour models and the baseline "
        "compute the same formulas. SVD and SVD++ take the same steps from another random start, so their figures "
        "differ by chance only. NMF differs on purpose: users and items take turns, the start is paired, "
        "and a shift makes up for the regularization (chosen on held-out parts of the training data).",
        "",
        "## Douban (Monti split)",
        "",
        f"The same settings, seed 0, friend links not used. Best published figure: {PUBLISHED_DOUBAN}.",
        "",
        "| model | RMSE | MAE | fit CPU s |",
        "|---|---|---|---|",
        *(douban_row(contest, folder / "douban-monti") for contest in CONTESTS),
        "",
        f"Python {platform.python_version()}, numpy {np.__version__}, {os.cpu_count()} cores. "
        "Made by: `python benchmarks/ratings.py`",
    ]
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
