"""How good the shipped recipes and their blend are on the bundled real shop, with all that is needed to repeat it.

Online Retail by global time: train before 2011-10-01, validation October, test 2011-11-01 to 2011-12-09. Settings and
weights are chosen on October; the test part only gives figures. It goes the way a shop goes: import into a store, read
the dataset back, then train.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from daogou.core.clock import to_us
from daogou.core.protocols import Progress, silent
from daogou.core.settings import SHOP_FILE, Settings, read_settings
from daogou.data.dataset import Dataset
from daogou.data.demo import demo_shop
from daogou.data.ingest.run import import_rows
from daogou.data.lake import read_dataset
from daogou.data.store import open_store
from daogou.learn.evaluation.protocols import Split, split_global_time
from daogou.learn.evaluation.result import Evaluation, Repeats
from daogou.learn.evaluation.words import sentences
from daogou.learn.training.cold import untaken
from daogou.learn.training.history import queries_of
from daogou.learn.training.measured import BLEND, BOTH, Measured, Steps, measure_split
from daogou.learn.training.mix import Blend, Mix
from daogou.learn.training.plan import members_of
from daogou.learn.training.train import train_release

VALIDATION_FROM_US = to_us(datetime(2011, 10, 1, tzinfo=UTC))
TEST_FROM_US = to_us(datetime(2011, 11, 1, tzinfo=UTC))
IMPORT, TRAIN = "import into a store and read back", "whole training, as `daogou train`"
N_TIMED = 300
"""Queries answered one by one for the latency."""


@dataclass(frozen=True)
class Quality:
    """One run of the measurement.

    seconds         by step: "import", "fit ease on train and validation", …, "train_release"; by the clock
    processor       the same by the processor: what an idle machine needs with one core, whatever else runs
    query_ms        median and 99th percentile of scoring the full catalogue with one blend, by repeats
    peak_memory_mb  most memory the process ever held
    """

    evaluations: tuple[Evaluation, ...]
    mixes: Mapping[Repeats, Mix]
    seconds: Mapping[str, float]
    processor: Mapping[str, float]
    query_ms: Mapping[Repeats, tuple[float, float]]
    peak_memory_mb: float
    machine: str

    @property
    def beats_all(self) -> bool:
        """Whether the blend beats every model in NDCG@20 and recall@20 by more than chance, both ways of counting."""
        return all(
            one.difference.low > 0
            for evaluation in self.evaluations
            for one in evaluation.comparisons
            if one.metric in ("ndcg@20", "recall@20")
        )

    def to_dict(self) -> dict[str, Any]:
        return {
            "evaluations": [one.to_dict() for one in self.evaluations],
            "mixes": {repeats: mix.to_dict() for repeats, mix in self.mixes.items()},
            "seconds": dict(self.seconds),
            "processor_seconds": dict(self.processor),
            "query_ms": {repeats: {"p50": p50, "p99": p99} for repeats, (p50, p99) in self.query_ms.items()},
            "peak_memory_mb": self.peak_memory_mb,
            "machine": self.machine,
            "beats_all": self.beats_all,
        }


def measure_quality(*, seed: int = 0, progress: Progress = silent) -> Quality:
    """Import the bundled shop, learn, measure; also time a whole training. About a minute on two cores."""
    members = members_of(giftware_settings().models)
    steps = Steps(progress, 2 * len(members) + 2 * len(BOTH) + 2)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        steps.begin(IMPORT)
        dataset, settings = giftware(folder)
        split = split_global_time(dataset, VALIDATION_FROM_US, TEST_FROM_US)
        measured = measure_split(split, members, settings.history, seed, steps)
        steps.begin(TRAIN)
        train_release(dataset, settings, folder / "models", seed=seed, now_us=TEST_FROM_US)
        steps.end("measured")
    return Quality(
        measured.evaluations,
        measured.mixes,
        steps.seconds,
        steps.processor_seconds,
        {repeats: _query_ms(measured, split, settings, repeats) for repeats in BOTH},
        _peak_memory_mb(),
        _machine(),
    )


def giftware(folder: Path) -> tuple[Dataset, Settings]:
    """The bundled real shop, imported into `folder` in its own time, and its settings."""
    demo = demo_shop("giftware")
    store = open_store(f"sqlite:///{folder / 'daogou.db'}")
    try:
        import_rows(store, "items", demo.items)
        import_rows(store, "events", demo.events)
        return read_dataset(store, folder / "files"), giftware_settings()
    finally:
        store.close()


def giftware_settings() -> Settings:
    """The settings the bundled shop comes with."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / SHOP_FILE).write_text(demo_shop("giftware").settings, encoding="utf-8")
        return read_settings(Path(name))


def _query_ms(measured: Measured, split: Split, settings: Settings, repeats: Repeats) -> tuple[float, float]:
    blend = Blend(measured.models, measured.mixes[repeats], untaken(split.known))
    users = np.flatnonzero(np.diff(split.known.starts) > 0)
    users = np.random.default_rng(0).choice(users, N_TIMED, replace=False).astype(np.int64)
    taken = []
    for query in queries_of(split.known, users, TEST_FROM_US, settings.history):
        began = time.perf_counter()
        blend.score_all(query)
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken), float(np.quantile(taken, 0.99))


def _peak_memory_mb() -> float:
    if sys.platform == "win32":
        return float("nan")
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def _machine() -> str:
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def markdown(quality: Quality, command: str, on: str) -> str:
    """The committed result: tables with intervals, what was done, times, machine and command.

    on  the day it was measured, for example 2026-11-21
    """
    parts = [
        "# Quality on Online Retail\n",
        f"Measured {on} with `{command}` on {quality.machine}. Data: the bundled giftware shop (UCI Online Retail, "
        "CC BY 4.0, doi 10.24432/C5BW33), imported into a store and read back.\n",
    ]
    parts += [_evaluation(one, quality) for one in quality.evaluations]
    parts.append(_cost(quality))
    return "\n".join(parts)


def _evaluation(evaluation: Evaluation, quality: Quality) -> str:
    repeats = evaluation.setup.repeats
    lines = [f"## Repeats {repeats}\n", *(f"- {one['en']}" for one in sentences(evaluation.setup)), ""]
    lines += [
        "| model | NDCG@20 (95 %) | Recall@20 (95 %) | NDCG@10 | Recall@10 | coverage@20 | ms per query, in blocks |"
    ]
    lines += ["|---|---|---|---|---|---|---|"]
    for one in evaluation.models:
        wide = [
            f"{one.metrics[key].mean:.4f} ({one.metrics[key].low:.4f}–{one.metrics[key].high:.4f})"
            for key in ("ndcg@20", "recall@20")
        ]
        short = [f"{one.metrics[key].mean:.4f}" for key in ("ndcg@10", "recall@10")]
        name = f"**{one.name}**" if one.name == BLEND else one.name
        cells = [name, *wide, *short, f"{one.beyond['coverage@20']:.3f}", f"{one.ms_per_query:.2f}"]
        lines.append(f"| {' | '.join(cells)} |")
    mix = quality.mixes[repeats]
    weights = ", ".join(f"{name} {mix.weights[name]:.3f}" for name in mix.members)
    lines += ["", f"Weights of the blend, learned on October: {weights}. The others have 0.", ""]
    lines += ["| blend minus | NDCG@20 (95 %, paired) | Recall@20 (95 %, paired) |", "|---|---|---|"]
    for other in (one.name for one in evaluation.models if one.name != BLEND):
        cells = []
        for key in ("ndcg@20", "recall@20"):
            found = next(one for one in evaluation.comparisons if one.baseline == other and one.metric == key)
            low, high = found.difference.low, found.difference.high
            cells.append(f"{found.difference.mean:+.4f} ({low:+.4f} … {high:+.4f})")
        lines.append(f"| {other} | {cells[0]} | {cells[1]} |")
    return "\n".join([*lines, ""])


def _cost(quality: Quality) -> str:
    lines = ["## Cost\n", "| step | seconds by the clock | seconds of processor |", "|---|---|---|"]
    for what, seconds in quality.seconds.items():
        if not what.endswith("on the train part"):
            lines.append(f"| {what} | {seconds:.2f} | {quality.processor[what]:.2f} |")
    lines.append("")
    for repeats, (p50, p99) in quality.query_ms.items():
        lines.append(
            f"One query alone, blend with repeats {repeats}, full catalogue: {p50:.2f} ms median, {p99:.2f} ms p99."
        )
    lines.append(f"Peak memory of the whole run: {quality.peak_memory_mb:.0f} MB.")
    return "\n".join([*lines, ""])
