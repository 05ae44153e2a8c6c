"""How well the content model places items nobody took yet, on UCI Online Retail.

    python benchmarks/cold_items.py --data FOLDER     (or set DAOGOU_DATA)

A fifth of the items is hidden from training: their texts stay in the catalogue, every purchase of them is removed.
Then each shopper's history (without them) ranks the hidden items, and the truth is which of them the shopper bought.
Writes benchmarks/results/cold_items.md.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from daogou.core.types import Item, Query
from daogou.data.dataset import Dataset
from daogou.learn.models import recipe

RESULT = Path(__file__).parent / "results" / "cold_items.md"
TRIALS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("text only, plain sum of cosines", {"company": 0.0, "sharpness": 1.0, "neighbours": 4000}),
    ("text only, sharpened", {"company": 0.0}),
    ("text and predicted company (default)", {}),
    ("predicted company only", {"company": 1.0}),
    ("default with 96 text dimensions", {"dimensions": 96}),
)


def read(path: Path) -> Dataset:
    """Purchases of known shoppers, titles as the only text."""
    lines = pl.read_parquet(path).filter(
        (pl.col("Quantity") > 0) & (pl.col("UnitPrice") > 0) & pl.col("StockCode").str.contains(r"^\d{5}")
    )
    lines = lines.with_columns(pl.col("StockCode").str.to_uppercase())
    titles = dict(lines.group_by("StockCode").agg(pl.col("Description").drop_nulls().mode().sort().first()).iter_rows())
    codes = sorted(titles)
    known = lines.filter(pl.col("CustomerID").is_not_null())
    users = known["CustomerID"].unique().sort().to_list()
    return Dataset.of(
        np.searchsorted(users, known["CustomerID"].to_numpy()).astype(np.int32),
        np.searchsorted(codes, known["StockCode"].to_numpy()).astype(np.int32),
        at_us=known["InvoiceDate"].dt.timestamp("us").to_numpy(),
        user_ids=[str(one) for one in users],
        item_ids=codes,
        items=[Item(id=code, title={"en": titles[code] or ""}) for code in codes],
    )


def measure(scores: np.ndarray, wanted: np.ndarray) -> tuple[float, float]:
    """NDCG@20 and recall@20 over the hidden items, mean over shoppers who bought one."""
    best = np.argsort(-scores, axis=1, kind="stable")[:, :20]
    hits, sizes = np.take_along_axis(wanted, best, 1), wanted.sum(axis=1)
    discount = 1 / np.log2(np.arange(20) + 2)
    ideal = np.cumsum(discount)[np.minimum(sizes, 20) - 1]
    return float(((hits * discount).sum(1) / ideal).mean()), float((hits.sum(1) / sizes).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("DAOGOU_DATA"), help="folder of public data sets")
    folder = parser.parse_args().data
    if folder is None:
        parser.error("say where the data lies: --data FOLDER, or set DAOGOU_DATA")
    dataset = read(Path(folder) / "online-retail" / "online_retail.parquet")
    random = np.random.default_rng(7)
    hidden = random.random(dataset.n_items) < 0.2
    train = dataset.keep(~hidden[dataset.item])
    wanted = dataset.matrix()[:, hidden].toarray() > 0
    users = np.flatnonzero(wanted.any(axis=1) & (np.diff(train.matrix().indptr) > 0))
    wanted, queries = wanted[users], [Query(query.history) for query in train.queries(users)]
    by_chance = measure(random.random(wanted.shape), wanted)
    lines = [
        "# Items nobody took yet: UCI Online Retail",
        "",
        f"{hidden.sum()} of {dataset.n_items:,} items hidden from training at random (the defaults were "
        f"chosen on another such fifth); {len(users):,} shoppers bought one; each ranks all hidden items from the "
        "rest of the history. Texts are the short English titles.",
        "",
        "| model | NDCG@20 | Recall@20 | fit CPU s |",
        "|---|---|---|---|",
        f"| by chance | {by_chance[0]:.4f} | {by_chance[1]:.4f} | |",
    ]
    for label, settings in TRIALS:
        cpu = time.process_time()
        model: Any = recipe("content", **settings).fit(train)
        cpu = time.process_time() - cpu
        ndcg, recall = measure(model.score_batch(queries)[:, hidden], wanted)
        lines.append(f"| {label} | {ndcg:.4f} | {recall:.4f} | {cpu:.1f} |")
    new = Item(id="new", title={"en": "Red retrospot cake stand", "zh": "红色波点蛋糕架"})
    model = recipe("content").fit(train)
    took = []
    for _ in range(30):
        started = time.perf_counter()
        model.with_items([new])
        took.append((time.perf_counter() - started) * 1e3)
    lines += [
        "",
        f"Adding one new item to the fitted model: {np.median(took):.1f} ms (median of 30). "
        "Made by: `python benchmarks/cold_items.py`",
    ]
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
