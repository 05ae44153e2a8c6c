"""Which item comes next in a visit? Models that read the order against models that do not.

    python benchmarks/sessions.py --data FOLDER     (or set DAOGOU_DATA; --only PART ... measures some parts anew)

orders   the lines of each order of the bundled giftware shop, in the order they were entered; needs no FOLDER
beauty   FOLDER/sasrec/beauty_s3rec_5core.txt.gz: a shopper's purchases in order, without times
ml-1m    FOLDER/sasrec/ml-1m.txt.gz: a viewer's films in order, without times
speed    a million made-up events

Settings are chosen on a validation part, one after the other; then each model is fitted on train and validation and the
test part is looked at once. Writes benchmarks/results/sessions.md.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from choosing import Axes, Settings, choose, shown
from daogou.data.dataset import Dataset
from daogou.data.demo.online_retail.lines import PURCHASE, merged
from daogou.learn.evaluation.evaluate import evaluate
from daogou.learn.evaluation.protocols import Split, leave_last
from daogou.learn.evaluation.sessions import SESSION_METRICS, evaluate_sessions, session_task, split_last_days
from daogou.learn.metrics.intervals import Interval
from daogou.learn.models import recipe
from session_speed import measure_speed

RESULT = Path(__file__).parent / "results" / "sessions.md"
VALIDATION_STEPS, TEST_STEPS, VALIDATION_USERS = 800, 3_000, 1_500
TEST_DAYS = VALIDATION_DAYS = 28.0
GAP_MINUTES = 30.0
LEADER = "vstan"

READING_ORDER: Axes = {"memory": (1.0, 3.0, 10.0), "closeness": (1.0, 3.0, 10.0), "neighbours": (100, 500)}
TIMED: Axes = {"freshness_days": (0.0, 40.0)}
MODELS: Mapping[str, Axes] = {
    "popularity": {},
    "item_knn": {"neighbours": (40, 200), "shrinkage": (0.0, 10.0, 50.0)},
    "ease": {"regularization": (100.0, 500.0)},
    "sequential_rules": {"memory": (0.5, 1.0, 3.0), "shrinkage": (0.0, 5.0)},
    "stan": READING_ORDER,
    "vstan": {**READING_ORDER, "entry_memory": (3.0, 0.0), "rarity": (0.0, 0.5)},
}


@dataclass(frozen=True)
class Fitted:
    model: Any
    settings: Settings
    cpu_seconds: float


def orders() -> Dataset:
    """One "user" per order, its lines a microsecond apart in the order of the file; anonymous orders, too."""
    lines = (
        merged(PURCHASE)
        .unique(subset=["invoice", "item_id"], keep="first", maintain_order=True)
        .with_columns(
            user=pl.col("invoice").rank("dense").cast(pl.Int32) - 1,
            item=pl.col("item_id").rank("dense").cast(pl.Int32) - 1,
            at_us=pl.col("at").dt.epoch("us") + pl.int_range(pl.len()).over("invoice"),
        )
    )
    return Dataset.of(lines["user"].to_numpy(), lines["item"].to_numpy(), at_us=lines["at_us"].to_numpy())


def sequences(path: Path) -> Dataset:
    """Lines `user item item …` or `user item`, numbers from 1, in order."""
    with gzip.open(path, "rt") as file:
        rows = [np.array(line.split(), np.int64) for line in file]
    user = np.concatenate([np.full(len(row) - 1, row[0]) for row in rows])
    item = np.concatenate([row[1:] for row in rows])
    return Dataset.of((user - 1).astype(np.int32), (item - 1).astype(np.int32))


def fit(name: str, settings: Settings, train: Dataset) -> Fitted:
    began = time.process_time()
    model = recipe(name, **settings).fit(train)
    return Fitted(model, settings, time.process_time() - began)


def figure(one: Interval) -> str:
    return f"{one.mean:.4f} ({one.low:.4f}–{one.high:.4f})"


def difference(one: Interval) -> str:
    return f"{-one.mean:+.4f} ({-one.high:+.4f} … {-one.low:+.4f})"


def measure_orders(_: Path | None) -> list[str]:
    split = split_last_days(orders(), days=TEST_DAYS, validation_days=VALIDATION_DAYS, gap_minutes=GAP_MINUTES)
    validation = session_task(
        split.validation, gap_minutes=GAP_MINUTES, repeats="excluded", max_steps=VALIDATION_STEPS, seed=1
    )
    fitted = {}
    for name, axes in MODELS.items():
        timed = TIMED if name in ("stan", "vstan") else {}

        def score(settings: Settings, name: str = name) -> float:
            model = recipe(name, **settings).fit(split.train)
            return evaluate_sessions({name: model}, validation, resamples=2)[0].metrics["mrr@20"].mean

        fitted[name] = fit(name, choose(name, {**axes, **timed}, score), split.known)
    task = session_task(split.test, gap_minutes=GAP_MINUTES, repeats="excluded", max_steps=TEST_STEPS)
    results = evaluate_sessions({name: one.model for name, one in fitted.items()}, task, compare=LEADER)
    lines = [
        "## orders: the next line of an order",
        "",
        f"Online Retail, bundled (CC BY 4.0): {split.known.n_interactions:,} lines before the test, the last "
        f"{TEST_DAYS:g} days are test, the {VALIDATION_DAYS:g} before validation. The full catalogue of "
        f"{split.known.n_items:,} items is ranked, without the lines so far; {len(task.queries):,} of "
        f"{task.n_available:,} steps, drawn, in {len(np.unique(task.session)):,} orders. Intervals: 95 %, orders drawn "
        "with replacement. Lines lie in the order they were entered; that this is the order of choosing is not known.",
        "",
        f"| model | {' | '.join(f'{metric}@20' for metric in SESSION_METRICS)} | {LEADER} minus it: MRR@20, paired | "
        "fit, CPU s | ms per query, in blocks | settings chosen |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for one in results:
        cells = [figure(one.metrics[f"{metric}@20"]) for metric in SESSION_METRICS]
        minus = difference(one.minus["mrr@20"]) if one.minus else "-"
        own = fitted[one.name]
        cells += [minus, f"{own.cpu_seconds:.2f}", f"{one.ms_per_query:.2f}", shown(own.settings)]
        lines.append(f"| {one.name} | {' | '.join(cells)} |")
    return lines


def measure_sequences(title: str, file: str, published: str) -> Callable[[Path | None], list[str]]:
    def measure(folder: Path | None) -> list[str]:
        assert folder is not None
        split = leave_last(sequences(folder / "sasrec" / file))
        fitted = {}
        for name, axes in MODELS.items():

            def score(settings: Settings, name: str = name) -> float:
                model = recipe(name, **settings).fit(split.train)
                return ranked({name: model}, split.train, split.validation, VALIDATION_USERS)[name][1].mean

            fitted[name] = fit(name, choose(name, axes, score), split.known)
        models = {name: one.model for name, one in fitted.items()}
        return table(title, published, split, fitted, ranked(models, split.known, split.test, None))

    return measure


def ranked(
    models: Mapping[str, Any], known: Dataset, test: Dataset, max_users: int | None
) -> dict[str, tuple[Interval, Interval, float]]:
    """HR@10, NDCG@10 and milliseconds per query; all items ranked, what was taken left out."""
    found = evaluate(models, known, test, ks=(10,), repeats="excluded", max_users=max_users, protocol="leave_last")
    return {one.name: (one.metrics["hit_rate@10"], one.metrics["ndcg@10"], one.ms_per_query) for one in found.models}


def table(
    title: str,
    published: str,
    split: Split,
    fitted: Mapping[str, Fitted],
    results: Mapping[str, tuple[Interval, Interval, float]],
) -> list[str]:
    lines = [
        f"## {title}",
        "",
        f"{split.known.n_users:,} sequences, {split.known.n_items:,} items; the last item is test, the one before "
        f"validation ({VALIDATION_USERS:,} sequences), all items ranked. A sequence counts as one session. {published}",
        "",
        "| model | HR@10 | NDCG@10 | fit, CPU s | ms per query, in blocks | settings chosen |",
        "|---|---|---|---|---|---|",
    ]
    for name, (hit_rate, ndcg, ms) in results.items():
        own = fitted[name]
        cells = [figure(hit_rate), figure(ndcg), f"{own.cpu_seconds:.2f}", f"{ms:.2f}", shown(own.settings)]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


PARTS: Mapping[str, Callable[[Path | None], list[str]]] = {
    "orders": measure_orders,
    "beauty": measure_sequences(
        "beauty: the next purchase, S3-Rec's 5-core Amazon Beauty",
        "beauty_s3rec_5core.txt.gz",
        "",
    ),
    "ml-1m": measure_sequences("ml-1m: the next film, SASRec's MovieLens-1M", "ml-1m.txt.gz", ""),
    "speed": lambda _: measure_speed(),
}
NEEDS_DATA = ("beauty", "ml-1m")


def standing() -> dict[str, list[str]]:
    """The parts of the result as it is."""
    text = RESULT.read_text(encoding="utf-8") if RESULT.exists() else ""
    sections = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
    named = {section[3:].split(":")[0]: section.rstrip("\n").splitlines() for section in sections}
    return {name: section for name, section in named.items() if name in PARTS}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("DAOGOU_DATA"), help="folder of public data sets")
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS), help="the other parts stay")
    given = parser.parse_args()
    folder = None if given.data is None else Path(given.data)
    parts = standing()
    opening = [
        "# The next item of a visit",
        "",
        "Settings were chosen on validation parts (MRR@20 or NDCG@10), one after the other; the test parts were looked "
        "at once. Equal scores count against a model in the first part, a fixed shuffle decides in the next two. The "
        "usual session sets (Diginetica, Yoochoose, Retailrocket with times) were not at hand, so no published session "
        f"figure stands beside these. {os.cpu_count()} cores shared with other work, one thread, Python "
        f"{platform.python_version()}, numpy {np.__version__}. Made by: `python benchmarks/sessions.py`",
        "",
    ]
    for name in given.only:
        if name in NEEDS_DATA and folder is None:
            print(f"{name} is left out: say where the data lies, --data FOLDER, or set DAOGOU_DATA")
            continue
        print(name, flush=True)
        parts[name] = PARTS[name](folder)
        print("\n".join(parts[name]), flush=True)
        RESULT.parent.mkdir(exist_ok=True)
        sections = ["\n".join(parts[one]) + "\n" for one in PARTS if one in parts]
        missing = ", ".join(one for one in PARTS if one not in parts)
        closing = f"\n## not measured yet: {missing}\n" if missing else ""
        RESULT.write_text("\n".join(opening) + "\n" + "\n".join(sections) + closing, encoding="utf-8")


if __name__ == "__main__":
    main()
