"""How does every model of the shelf do on one real shop, and what does it cost?

    python benchmarks/shelf_online_retail.py     (--only NAME ... measures some models anew; the other rows stay)

The bundled giftware shop by global time: train before 2011-10-01, validation October, test from 2011-11-01. Settings
are chosen on October, one after the other; then each model is fitted on train and validation, in a process of its own,
and the test part is looked at once. Networks are fitted with three seeds and need the extra `deep`; without it they are
left out and the row says so. Writes benchmarks/results/shelf_online_retail.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from choosing import choose, shown
from daogou.core.errors import DaogouError
from daogou.core.settings import HistorySettings
from daogou.core.types import F64, Query
from daogou.data.dataset import Dataset
from daogou.learn.artifact import save_artifact
from daogou.learn.evaluation.evaluate import evaluate
from daogou.learn.evaluation.lists import rank_lists
from daogou.learn.evaluation.protocols import Split, split_global_time
from daogou.learn.evaluation.result import Repeats
from daogou.learn.evaluation.task import Task, make_task
from daogou.learn.evaluation.words import sentences
from daogou.learn.metrics.intervals import Interval, bootstrap_interval
from daogou.learn.metrics.ranking import METRICS, hits
from daogou.learn.models import RECIPES, recipe, settings_of
from daogou.learn.topk import tie_order
from daogou.learn.training.measured import BOTH
from daogou.learn.training.quality import TEST_FROM_US, VALIDATION_FROM_US, giftware, giftware_settings

RESULT = Path(__file__).parent / "results" / "shelf_online_retail.md"
K, SHOWN = 20, {"ndcg": "NDCG", "recall": "Recall"}
VALIDATION_USERS, N_TIMED = 600, 300
WHOLE_PAST = 1e9
"""As a session gap, in minutes: a shopper's whole past is one session, and its orders are the moments."""

Tasks = Mapping[Repeats, Task]

GAPS = {"session_gap_minutes": (30.0, WHOLE_PAST)}
READING_ORDER = {
    **GAPS,
    "memory": (1.0, 3.0, 10.0, 0.0),
    "closeness": (1.0, 3.0, 10.0, 0.0),
    "freshness_days": (0.0, 30.0, 90.0, 180.0),
    "neighbours": (100, 300, 1000),
}
AXES: Mapping[str, Mapping[str, Sequence[float]]] = {
    "trending": {"half_life_days": (7.0, 14.0, 30.0, 60.0)},
    "repeat": {"shrinkage": (5.0, 20.0, 80.0)},
    "item_knn": {"neighbours": (40, 100, 300), "shrinkage": (0.0, 10.0, 50.0)},
    "bought_together": {"neighbours": (50, 200)},
    "ease": {"regularization": (100.0, 250.0, 500.0, 1000.0, 2000.0)},
    "user_knn": {"neighbours": (50, 100, 200), "rarity": (0.0, 0.5)},
    "sequential_rules": {**GAPS, "memory": (1.0, 3.0, 10.0, 0.0), "reach": (1, 3, 10), "shrinkage": (1.0, 5.0, 20.0)},
    "stan": READING_ORDER,
    "vstan": {**READING_ORDER, "entry_memory": (1.0, 3.0, 0.0), "length": (0.25, 0.5), "rarity": (0.0, 0.3, 1.0)},
}
"""What is tried on October; models that are not named here, the dearer ones to fit, are measured as they come."""


@dataclass(frozen=True)
class Row:
    """One model, measured.

    intervals   by repeats and metric
    peak_mb     most memory held while fitting, above what the process held before; NaN where it cannot be read
    artifact_mb what the saved model weighs on disk
    query_ms    median and 99th percentile of one query alone, all items scored, by the processor
    """

    name: str
    settings: Mapping[str, Any]
    n_seeds: int
    intervals: Mapping[str, Mapping[str, Interval]]
    fit_seconds: float
    peak_mb: float
    artifact_mb: float
    query_ms: tuple[float, float]

    def markdown(self) -> str:
        figures = [
            f"{one.mean:.4f} ({one.low:.4f}–{one.high:.4f})"
            for repeats in BOTH
            for one in (self.intervals[repeats][metric] for metric in SHOWN)
        ]
        name = self.name if self.n_seeds == 1 else f"{self.name}, {self.n_seeds} seeds"
        cost = [f"{self.fit_seconds:.2f}", f"{self.peak_mb:.0f}", f"{self.artifact_mb:.1f}"]
        query = "{:.2f} / {:.2f}".format(*self.query_ms)
        return f"| {name} | {' | '.join([*figures, *cost, query, shown(dict(self.settings))])} |"


def is_network(name: str) -> bool:
    """Whether chance has a part in it that one seed does not show."""
    return "epochs" in settings_of(recipe(name))


def tasks_of(train: Dataset, test: Dataset, history: HistorySettings, now_us: int, max_users: int | None) -> Tasks:
    """What is asked of every model, by way of counting repeats."""
    return {
        repeats: make_task(
            train, test, repeats=repeats, now_us=now_us, history=history, max_users=max_users, with_history_only=True
        )
        for repeats in BOTH
    }


def figures(model: Any, tasks: Tasks) -> dict[Repeats, dict[str, F64]]:
    """(n_users,) by repeats and metric; the full catalogue is ranked."""
    ties = tie_order(model.n_items, 0)
    found = {}
    for repeats, task in tasks.items():
        lists = rank_lists(model, task.queries, K, ties, masked=task.owned if repeats == "excluded" else None)
        hit, wanted = hits(lists.ranked, task.relevant), np.diff(task.relevant.indptr).astype(np.int64)
        found[repeats] = {metric: METRICS[metric](hit, wanted, K) for metric in SHOWN}
    return found


def chosen(name: str, train: Dataset, tasks: Tasks) -> dict[str, Any]:
    """The settings with the best sum of both NDCG@20 on October."""

    def score(settings: dict[str, Any]) -> float:
        found = figures(recipe(name, **settings).fit(train), tasks)
        return float(sum(one["ndcg"].mean() for one in found.values()))

    return choose(name, AXES.get(name, {}), score)


def measured(name: str, settings: dict[str, Any], known: Dataset, tasks: Tasks) -> Row:
    """Fit on train and validation, and ask the test part."""
    if not is_network(name):
        recipe(name, **settings).fit(known.keep(np.arange(known.n_interactions) < 2_000))  # compiles
    n_seeds = 3 if is_network(name) else 1
    before, began = held_mb(reset=True), time.process_time()
    models = [recipe(name, **settings).fit(known, seed=seed) for seed in range(n_seeds)]
    seconds, peak = (time.process_time() - began) / n_seeds, held_mb() - before
    found = [figures(model, tasks) for model in models]
    intervals = {
        repeats: {
            metric: bootstrap_interval(np.mean([one[repeats][metric] for one in found], axis=0)) for metric in SHOWN
        }
        for repeats in BOTH
    }
    size = artifact_mb(name, settings, models[0], known)
    return Row(name, settings, n_seeds, intervals, seconds, peak, size, query_ms(models[0], tasks["counted"]))


def held_mb(*, reset: bool = False) -> float:
    """Most memory held since the last reset, or what is held now with `reset`; only Linux tells."""
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
    assert found is not None
    return int(found[1]) / 1e3


def artifact_mb(name: str, settings: dict[str, Any], model: Any, dataset: Dataset) -> float:
    with tempfile.TemporaryDirectory() as folder:
        save_artifact(
            Path(folder) / name,
            model,
            recipe={"name": name, "settings": settings_of(recipe(name, **settings))},
            dataset_fingerprint=dataset.fingerprint,
            item_ids=dataset.item_ids,
            metrics={},
        )
        return sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()) / 1e6


def query_ms(model: Any, task: Task) -> tuple[float, float]:
    """Each query takes as long as the quickest of five times: others work on the machine, too."""
    took = [min(milliseconds(model, query) for _ in range(5)) for query in task.queries[:N_TIMED]]
    return float(np.median(took)), float(np.quantile(took, 0.99))


def milliseconds(model: Any, query: Query) -> float:
    began = time.process_time()
    model.score_all(query)
    return 1e3 * (time.process_time() - began)


def alone(work: Any, *given: Any) -> Any:
    """In a fresh process, so that nothing held or compiled before counts."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(work, *given).result()


def opening(split: Split, history: HistorySettings) -> list[str]:
    """What was done, from an evaluation of the cheapest model."""
    cheapest = {"popularity": recipe("popularity").fit(split.known)}
    setups = [
        evaluate(
            cheapest, split.known, split.test, ks=(K,), repeats=repeats, history=history, now_us=TEST_FROM_US,
            detail="ranking",
        ).setup
        for repeats in BOTH
    ]  # fmt: skip
    lines = [
        "# Every model on Online Retail",
        "",
        "Data: the bundled giftware shop (UCI Online Retail, CC BY 4.0, doi 10.24432/C5BW33), imported into a store "
        "and read back. Settings were chosen by both NDCG@20 on October, the test part was looked at once. Figures of "
        "networks are means over three seeds, shopper by shopper. Fit: seconds of processor, one thread; peak memory: "
        "above what the process held before; one query alone: all items scored, processor ms, the best of five, "
        "median / 99 %. "
        f"{os.cpu_count()} cores shared with other work, Python {platform.python_version()}, numpy {np.__version__}. "
        "Made by: `python benchmarks/shelf_online_retail.py`",
        "",
    ]
    for setup in setups:
        lines += [f"Repeats {setup.repeats}:", "", *(f"- {one['en']}" for one in sentences(setup)), ""]
    shown_figures = [f"{words}@{K}, {repeats}" for repeats in BOTH for words in SHOWN.values()]
    heads = ["model", *shown_figures, "fit, s", "peak, MB", "artifact, MB", "ms per query", "settings chosen"]
    return [*lines, f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]


def standing() -> dict[str, str]:
    """Rows of the result as it is, by model."""
    lines = RESULT.read_text(encoding="utf-8").splitlines() if RESULT.exists() else []
    found = [(re.match(r"\| (\w+)[,| ]", line), line) for line in lines]
    return {match[1]: line for match, line in found if match and match[1] in RECIPES}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=list(RECIPES), default=list(RECIPES), help="models to measure")
    given = parser.parse_args()
    history, rows = giftware_settings().history, standing()
    with tempfile.TemporaryDirectory() as folder:
        dataset, _ = giftware(Path(folder))
    split = split_global_time(dataset, VALIDATION_FROM_US, TEST_FROM_US)
    head = opening(split, history)
    october = tasks_of(split.train, split.validation, history, VALIDATION_FROM_US, VALIDATION_USERS)
    test = tasks_of(split.known, split.test, history, TEST_FROM_US, None)
    for name in given.only:
        try:
            settings = chosen(name, split.train, october)
            rows[name] = alone(measured, name, settings, split.known, test).markdown()
        except (DaogouError, ImportError) as error:
            rows[name] = f"| {name} | not measured: {error} |" + " |" * 8
        print(rows[name], flush=True)
        RESULT.parent.mkdir(exist_ok=True)
        table = [rows[one] for one in RECIPES if one in rows]
        missing = ", ".join(one for one in RECIPES if one not in rows)
        closing = ["", f"Not measured yet: {missing}."] if missing else []
        RESULT.write_text("\n".join([*head, *table, *closing]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
