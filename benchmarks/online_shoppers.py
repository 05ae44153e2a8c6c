"""Which visits end in a purchase (UCI Online Shoppers Purchasing Intention): boosted trees against logistic regression.

    python benchmarks/online_shoppers.py --data FOLDER     (or set DAOGOU_DATA)

FOLDER/online-shoppers-intention holds the table of 12,330 visits. It knows the month but no order of time, so the test
part is a fifth drawn at random from buyers and others alike, with a fixed seed; nothing is chosen on it. An eighth of
the rest says when to stop and from which probability on to say "will buy". Intervals resample the test visits.
Writes benchmarks/results/online_shoppers.md.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from daogou.learn.features import Category, FeatureSpec, Number
from daogou.learn.metrics.classification import auc, best_threshold, f1
from daogou.learn.metrics.intervals import interval_of
from daogou.learn.rankers import Examples, ranker_recipe

RESULT = Path(__file__).parent / "results" / "online_shoppers.md"
COUNTS = ("Administrative", "Informational", "ProductRelated")
SPEC = FeatureSpec.of(
    *(Number(name, log=True) for kind in COUNTS for name in (kind, f"{kind}_Duration")),
    *(Number(name) for name in ("BounceRates", "ExitRates", "SpecialDay")),
    Number("PageValues", log=True),
    *(Category(name) for name in ("Month", "OperatingSystems", "Browser", "Region", "TrafficType", "VisitorType")),
    Category("Weekend"),
)
TEST, VALIDATION, SEED, RESAMPLES = 0.2, 0.125, 42, 1000

Figure = Callable[[np.ndarray, np.ndarray], float]


def visits(folder: Path) -> Examples:
    with gzip.open(folder / "online_shoppers_intention.csv.gz", "rb") as file:
        table = pl.read_csv(file.read(), infer_schema_length=None)
    return Examples.of(table, SPEC, label="Revenue")


def interval(figure: Figure, values: np.ndarray, happened: np.ndarray, base: np.ndarray | None = None) -> str:
    """The figure, or its gain over `base`, with the 95 % interval over resampled visits."""

    def gain(rows: np.ndarray) -> float:
        own = figure(values[rows], happened[rows])
        return own if base is None else own - figure(base[rows], happened[rows])

    random = np.random.default_rng(0)
    resampled = np.array([gain(random.integers(0, len(happened), len(happened))) for _ in range(RESAMPLES)])
    found = interval_of(gain(np.arange(len(happened))), resampled)
    sign = "" if base is None else "+"
    return f"{found.mean:{sign}.4f} ({found.low:{sign}.4f} to {found.high:{sign}.4f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("DAOGOU_DATA"), help="folder of public data sets")
    arguments = parser.parse_args()
    if arguments.data is None:
        parser.error("say where the data lies: --data FOLDER, or set DAOGOU_DATA")
    folder = Path(arguments.data) / "online-shoppers-intention"
    if not folder.is_dir():
        raise SystemExit(f"skipped: {folder} is not there")
    rest, test = visits(folder).split(TEST, seed=SEED)
    train, validation = rest.split(VALIDATION, seed=SEED)
    happened = test.labels > 0
    rows, chances, said = [], {}, {}
    for name in ("lr", "boosted"):
        cpu = time.process_time()
        model = ranker_recipe(name).fit(train, seed=SEED, validation=validation)
        cpu = time.process_time() - cpu
        chances[name] = model.predict(test.table)
        said[name] = chances[name] >= best_threshold(model.predict(validation.table), validation.labels > 0)
        figures = interval(auc, chances[name], happened), interval(f1, said[name], happened)
        rows.append(f"| {name} | {figures[0]} | {figures[1]} | {cpu:.1f} |")
    gains = (
        interval(auc, chances["boosted"], happened, chances["lr"]),
        interval(f1, said["boosted"], happened, said["lr"]),
    )
    report = "\n".join(
        [
            "# Online shoppers: which visits end in a purchase",
            "",
            f"{len(train):,} visits to learn from, {len(validation):,} to stop and to choose the threshold by, "
            f"{len(test):,} to test, {happened.mean():.1%} of them with a purchase. Drawn at random from buyers and "
            f"others alike (seed {SEED}), since the table has no order of time: with time, expect lower figures. "
            f"Default settings, one description of the features for both. In brackets the 95 % interval over "
            f"{RESAMPLES:,} resamples of the test visits.",
            "",
            "| ranker | AUC | F1 | fit CPU s |",
            "|---|---|---|---|",
            *rows,
            f"| boosted over lr | {gains[0]} | {gains[1]} | |",
            "",
            f"Python {platform.python_version()}, {os.cpu_count()} cores, one thread, other work on the machine. "
            "Made by: `python benchmarks/online_shoppers.py`",
            "",
        ]
    )
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(report, encoding="utf-8")
    print(report)


if __name__ == "__main__":
    main()
