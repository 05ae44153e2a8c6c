"""How well models place items nobody took yet, and how the blend shows them, on UCI Online Retail.

    python benchmarks/cold_items.py --data FOLDER     (or set DAOGOU_DATA)

A fifth of the items is hidden from training: their texts stay in the catalogue, every purchase of them is removed.
Then each shopper's history (without them) ranks the hidden items, and the truth is which of them the shopper bought.
In the blend, by global time: how often items that nobody bought before November stand in the lists of November and
December, with the weights as learned and with the weight for new items that October fixed; and the recall of these
items by both usual protocols, see first_seen.py.
Writes benchmarks/results/cold_items.md.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from daogou.core.protocols import silent
from daogou.core.types import Item, Query
from daogou.data.dataset import Dataset
from daogou.learn.evaluation.protocols import split_global_time
from daogou.learn.evaluation.task import make_task
from daogou.learn.models import recipe
from daogou.learn.training.cold import untaken
from daogou.learn.training.measured import Steps, measure_split
from daogou.learn.training.mix import Blend
from daogou.learn.training.plan import members_of
from daogou.learn.training.quality import TEST_FROM_US, VALIDATION_FROM_US, giftware
from first_seen import first_seen

RESULT = Path(__file__).parent / "results" / "cold_items.md"
TRIALS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("text only, plain sum of cosines", "content", {"company": 0.0, "sharpness": 1.0, "neighbours": 4000}),
    ("text only, sharpened", "content", {"company": 0.0}),
    ("text and predicted company (default)", "content", {}),
    ("predicted company only", "content", {"company": 1.0}),
    ("default with 96 text dimensions", "content", {"dimensions": 96}),
    ("modality graph (default)", "modality_graph", {}),
    ("EASE", "ease", {}),
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


def in_the_blend() -> list[str]:
    """Lists of the shipped blend on the test part, before and after new items have a weight of their own."""
    with tempfile.TemporaryDirectory() as name:
        dataset, settings = giftware(Path(name))
    split = split_global_time(dataset, VALIDATION_FROM_US, TEST_FROM_US)
    measured = measure_split(split, members_of(settings.models), settings.history, 0, Steps(silent, 100))
    is_new = untaken(split.known)
    lines = [
        "## In the blend",
        "",
        f"The bundled shop by global time; weights from October, lists of shoppers who bought from November on. "
        f"{is_new.sum()} of {dataset.n_items:,} items were never bought before.",
        "",
        "| lists | weight for new items | NDCG@20 | places new items fill | targets that are new | recall@20 |",
        "|---|---|---|---|---|---|",
    ]
    for repeats, mix in measured.mixes.items():
        task = make_task(
            split.known,
            split.test,
            repeats=repeats,
            now_us=TEST_FROM_US,
            history=settings.history,
            max_users=2_000,
            with_history_only=True,
            seed=0,
        )
        relevant = task.relevant.toarray() > 0
        share = relevant[:, is_new].sum() / relevant.sum()
        for label, one in (("none of its own", replace(mix, cold={})), ("as calibrated", mix)):
            scores = Blend(measured.models, one, is_new).score_batch(task.queries)
            if repeats == "excluded":
                scores[task.owned.nonzero()] = -np.inf
            best = np.argsort(-scores, axis=1, kind="stable")[:, :20]
            hits = np.take_along_axis(relevant, best, axis=1)
            ndcg = measure(scores, relevant)[0]
            found = (hits & is_new[best]).sum() / max(relevant[:, is_new].sum(), 1)
            lines.append(
                f"| repeats {repeats} | {label} | {ndcg:.4f} | {is_new[best].mean():.4f} | {share:.4f} | {found:.4f} |"
            )
    weights = "; ".join(f"{repeats} {dict(mix.cold)}" for repeats, mix in measured.mixes.items())
    lines += ["", f"At most 2,000 shoppers each. Weights for new items: {weights}."]
    return [*lines, "", *first_seen(split, measured, settings.history)]


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
    for label, name, settings in TRIALS:
        cpu = time.process_time()
        model: Any = recipe(name, **settings).fit(train)
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
    lines += ["", *in_the_blend()]
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
