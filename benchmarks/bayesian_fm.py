"""Bayesian factorisation machine on public splits: MovieLens-100K u1 with and without side information, and Douban.

    python benchmarks/bayesian_fm.py --data FOLDER [--rows 3-8]     (or set DAOGOU_DATA; a row takes about a minute)

FOLDER/movielens-100k holds u1.base, u1.test, u.user and u.item; FOLDER/douban-monti holds train, test and W_users.
Settings are the recipe's defaults but for what the row says. The test part is predicted once per row and decides
nothing. With --rows only those rows are measured, and the others are kept. Writes benchmarks/results/bayesian_fm.md.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix

from daogou.learn.metrics.rating import mae, rmse
from daogou.learn.ratings import Ratings, rating_recipe
from daogou.learn.ratings.attributes import Attributes

RESULT = Path(__file__).parent / "results" / "bayesian_fm.md"
SECONDS_PER_DAY = 86_400
MYFM = "examples/ml-100k-extended of tohtsky/myFM"
PUBLISHED_DRAWS = 512
"""As many as the published figure beside it was made with."""

GLOCAL = "README of usydnlp/Glocal_K"


@dataclass(frozen=True)
class Row:
    data: str
    told: str
    settings: dict[str, Any] = field(default_factory=dict)
    published: str = ""

    @property
    def likelihood(self) -> str:
        return str(self.settings["likelihood"])


def _rows() -> list[Row]:
    rows = []
    for likelihood in ("normal", "ordered"):
        chosen = {"likelihood": likelihood}
        ids = {"day": False, "attributes": False, **chosen}
        rows += [
            Row("MovieLens-100K u1", "ids, implicit", ids, f"0.8889 by GLocal-K ({GLOCAL})"),
            Row("MovieLens-100K u1", "ids, implicit, day", {"attributes": False, **chosen}),
            Row(
                "MovieLens-100K u1",
                f"ids, implicit, day, attributes; {PUBLISHED_DRAWS} draws",
                {**chosen, "draws": PUBLISHED_DRAWS},
                f"{'0.8833' if likelihood == 'normal' else '0.8808'} ({MYFM})",
            ),
            Row("Douban (Monti)", "ids, implicit", {"attributes": False, **chosen}),
            Row("Douban (Monti)", "ids, implicit, friends", chosen, f"0.7208 by GLocal-K ({GLOCAL})"),
        ]
    return rows


ROWS = _rows()


@dataclass(frozen=True)
class Test:
    user: np.ndarray
    item: np.ndarray
    stars: np.ndarray
    day: np.ndarray | None


def movielens(folder: Path) -> tuple[Ratings, Test]:
    """u1 with the calendar day (UTC); age by five years, sex, occupation, first digit of the zip code; year, genres."""
    base, test = (_lines(folder / f"u1.{part}.gz", "\t") for part in ("base", "test"))
    users, items = _lines(folder / "u.user.gz", "|"), _lines(folder / "u.item.gz", "|")
    user_attributes = Attributes.of_words(
        {
            "age": [str(int(one[1]) // 5) for one in users],
            "sex": [one[2] for one in users],
            "occupation": [one[3] for one in users],
            "zip": [one[4][:1] for one in users],
        }
    )
    item_attributes = Attributes.of_words(
        {
            "year": [one[2][-4:] for one in items],
            "genres": [tuple(str(n) for n, flag in enumerate(one[5:]) if flag == "1") for one in items],
        }
    )
    columns = [np.array(part, np.int64).T for part in (base, test)]
    (u, i, stars, at), (test_u, test_i, test_stars, test_at) = columns
    ratings = Ratings.of(
        u - 1,
        i - 1,
        stars,
        n_users=len(users),
        n_items=len(items),
        day=at // SECONDS_PER_DAY,
        user_attributes=user_attributes,
        item_attributes=item_attributes,
    )
    return ratings, Test(test_u - 1, test_i - 1, test_stars, test_at // SECONDS_PER_DAY)


def douban(folder: Path) -> tuple[Ratings, Test]:
    """The split, and of each user their friends, either way, 1 / sqrt(n) each."""
    train, test = (pl.read_parquet(folder / f"{part}.parquet").to_numpy() for part in ("train", "test"))
    links = pl.read_parquet(folder / "W_users.parquet").to_numpy().astype(np.int64)
    friends = csr_matrix((np.ones(len(links)), (links[:, 0], links[:, 1])), shape=(3_000, 3_000))
    friends = csr_matrix((friends + friends.T) > 0, dtype=np.float32)
    counts = np.diff(friends.indptr)
    friends.data = np.repeat(1 / np.sqrt(np.maximum(counts, 1)), counts).astype(np.float32)
    user, item = train[:, 0].astype(np.int64), train[:, 1].astype(np.int64)
    ratings = Ratings.of(user, item, train[:, 2], n_users=3_000, n_items=3_000, user_attributes=Attributes.of(friends))
    return ratings, Test(test[:, 0].astype(np.int64), test[:, 1].astype(np.int64), test[:, 2], None)


def _lines(path: Path, separator: str) -> list[list[str]]:
    with gzip.open(path, "rt", encoding="latin-1") as file:
        return [line.rstrip("\n").split(separator) for line in file if line.strip()]


def measured(row: Row, ratings: Ratings, test: Test) -> str:
    began = time.process_time()
    model: Any = rating_recipe("bayesian_fm", **row.settings).fit(ratings, seed=0)
    fitted = time.process_time()
    day = test.day if row.settings.get("day", True) else None
    mean, deviation = model.distribution(test.user.astype(np.int32), test.item.astype(np.int32), day)
    asked = time.process_time()
    within = float((np.abs(test.stars - mean) <= 1.645 * deviation).mean())
    return (
        f"| {row.data} | {row.told} | {row.likelihood} | {rmse(mean, test.stars):.4f} | {mae(mean, test.stars):.4f} "
        f"| {within:.1%} | {fitted - began:.0f} | {asked - fitted:.1f} | {row.published} |"
    )


HEAD = (
    "| data | told | likelihood | RMSE | MAE | within 1.645 deviations | fit CPU s | predict CPU s | published RMSE |\n"
    "|---|---|---|---|---|---|---|---|---|"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("DAOGOU_DATA"), help="folder of public data sets")
    parser.add_argument("--rows", default=f"1-{len(ROWS)}", help="which rows to measure, for example 3-5")
    arguments = parser.parse_args()
    if arguments.data is None:
        print("skipped: say where the data lies with --data FOLDER, or set DAOGOU_DATA")
        sys.exit(0)
    first, _, last = arguments.rows.partition("-")
    chosen = ROWS[int(first) - 1 : int(last or first)]
    data = {
        "MovieLens-100K u1": lambda: movielens(Path(arguments.data) / "movielens-100k"),
        "Douban (Monti)": lambda: douban(Path(arguments.data) / "douban-monti"),
    }
    rating_recipe("bayesian_fm", factors=1, draws=2).fit(Ratings.of([0, 1], [0, 0], [3, 4]))  # compile
    for row in chosen:
        line = measured(row, *data[row.data]())
        kept = _kept()  # again each time: rows may be measured side by side
        kept[f"{row.data} | {row.told} | {row.likelihood}"] = line
        print(line, flush=True)
        _write([kept[key] for key in (f"{r.data} | {r.told} | {r.likelihood}" for r in ROWS) if key in kept])


def _kept() -> dict[str, str]:
    if not RESULT.exists():
        return {}
    lines = [line for line in RESULT.read_text(encoding="utf-8").splitlines() if line.startswith(("| Mov", "| Dou"))]
    return {" | ".join(cell.strip() for cell in line.split("|")[1:4]): line for line in lines}


def _write(lines: list[str]) -> None:
    recipe: Any = rating_recipe("bayesian_fm")
    text = [
        "# Bayesian factorisation machine on public splits",
        "",
        f"{recipe.factors} factors, {recipe.draws} draws kept after {recipe.burn_in}, seed 0, one core, with other "
        "work on the machine. Nothing is tuned. The day is the calendar day (UTC) of the rating asked for: known when "
        "one answers, but on a random split ratings of the same day also help each other. Attributes are age by five "
        "years, sex, occupation and first digit of the zip code; year and genres. Of a good deviation nine in ten "
        "stars lie within 1.645.",
        "",
        HEAD,
        *lines,
        "",
        f"Python {platform.python_version()}, numpy {np.__version__}, {os.cpu_count()} cores. "
        "Made by: `python benchmarks/bayesian_fm.py`",
    ]
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text("\n".join(text) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
