"""SASRec on the sequential sets: the next item among the whole catalogue, leave-one-out.

    python benchmarks/sasrec.py --set ml-1m [--seeds 0] [--minutes 85] [--data FOLDER]     (or set DAOGOU_DATA)
    python benchmarks/sasrec.py --set beauty --seeds 0,1,2

FOLDER/sasrec holds ml-1m.txt.gz and beauty_s3rec_5core.txt.gz. Each shopper's last item is the test, the one before it
the validation, which alone decides when training stops; what a shopper already took is not ranked. The test items are
looked at once for each seed. Training can be interrupted: the same command goes on from its checkpoint, and leaves
alone the seeds that are done (--anew forgets them). Writes benchmarks/results/sasrec_<set>.md, anew after each seed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from daogou.core.types import Query
from daogou.data.dataset import Dataset
from daogou.learn.models import recipe
from daogou.learn.sequences import next_item_quality

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Trial:
    """A set, the settings chosen on its validation items, and what was published."""

    file: str
    settings: Mapping[str, Any]
    target: tuple[float, float]
    published: str


TRIALS = {
    "ml-1m": Trial(
        "ml-1m.txt.gz",
        {"max_length": 200, "loss": "sampled", "dropout": 0.2, "epochs": 200, "patience": 15},
        (0.300, 0.172),
        "0.3152 / 0.1821 (SASRec with full cross-entropy, Klenitskiy and Vasilev 2023); "
        "0.3003 / 0.1726 (gSASRec); 0.2843 / 0.1537 (BERT4Rec)",
    ),
    "beauty": Trial(
        "beauty_s3rec_5core.txt.gz",
        {"max_length": 50, "loss": "sampled", "batch_size": 128, "dropout": 0.5, "epochs": 200, "patience": 10},
        (0.088, 0.050),
        "0.0921 / 0.0531 (SASRec with sampled softmax, eSASRec's authors 2025); 0.0845 / 0.0443 (DuoRec); "
        "0.0605 / 0.0318 (SASRec as first published)",
    ),
}


def read(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """(user, item) of every action, a shopper's in time order; either `user item` or `user item item ...` a line."""
    users, items = [], []
    with gzip.open(path, "rt") as file:
        for line in file:
            user, *taken = map(int, line.split())
            users += [user - 1] * len(taken)
            items += taken
    number = np.unique(np.array(items), return_inverse=True)[1]
    return np.array(users, np.int32), number.astype(np.int32)


def split(user: np.ndarray, item: np.ndarray) -> tuple[Dataset, np.ndarray, list[Query]]:
    """All but each shopper's last item, the last items, and the histories that ask for them."""
    order = np.argsort(user, kind="stable")
    user, item = user[order], item[order]
    is_last = np.append(user[1:] != user[:-1], True)
    kept = Dataset.of(user[~is_last], item[~is_last], n_items=int(item.max()) + 1, n_users=int(user.max()) + 1)
    histories = np.split(kept.item, kept.starts[1:-1])
    return kept, item[is_last], [Query(history) for history in histories]


class EpochLines:
    """A Progress that prints a line whenever an epoch ends, and keeps the CPU seconds of interrupted runs in a file."""

    def __init__(self, spent: Path) -> None:
        self.epoch, self.last, self.spent = "", "", spent
        self.before = float(spent.read_text()) if spent.exists() else 0.0
        self.began = time.process_time()

    def __call__(self, done: int, total: int | None, what: str) -> None:
        epoch = what.split(",")[0]
        if self.epoch and epoch != self.epoch:
            self.spent.write_text(str(self.seconds()))
            print(f"{self.last}; CPU {self.seconds() / 60:.1f} min", flush=True)
        self.epoch, self.last = epoch, what

    def seconds(self) -> float:
        return self.before + time.process_time() - self.began


def row(name: str, trial: Trial, seed: int, minutes: float, checkpoints: Path) -> dict[str, Any]:
    """Fit with one seed and look at the test items once; what was measured with these settings is not done again."""
    done = checkpoints / f"{name}-{seed}.json"
    if done.exists() and (found := json.loads(done.read_text()))["settings"] == dict(trial.settings):
        return dict(found)
    measured = measure(name, trial, seed, minutes, checkpoints)
    done.write_text(json.dumps({**measured, "settings": dict(trial.settings)}))
    return measured


def measure(name: str, trial: Trial, seed: int, minutes: float, checkpoints: Path) -> dict[str, Any]:
    train, targets, queries = split(*read_set(trial))
    made = recipe("sasrec", **trial.settings, held_out=train.n_users, minutes=minutes)
    checkpoints.mkdir(parents=True, exist_ok=True)
    lines = EpochLines(checkpoints / f"{name}-{seed}.seconds")
    model = made.fit(train, seed=seed, checkpoint=checkpoints / f"{name}-{seed}", progress=lines)
    cpu = lines.seconds()
    scores = np.vstack([model.score_batch(queries[at : at + 1000]) for at in range(0, len(queries), 1000)])
    hit_rate, ndcg = next_item_quality(scores, targets, queries)
    return {"seed": seed, "hit_rate": hit_rate, "ndcg": ndcg, "cpu": cpu, "ms": milliseconds(model, queries)}


def milliseconds(model: Any, queries: list[Query]) -> float:
    """Median of score_all over a hundred histories as they come."""
    took = []
    for query in queries[:100]:
        began = time.perf_counter()
        model.score_all(query)
        took.append((time.perf_counter() - began) * 1e3)
    return float(np.median(took))


def read_set(trial: Trial) -> tuple[np.ndarray, np.ndarray]:
    return read(trial_folder() / trial.file)


def trial_folder() -> Path:
    return Path(os.environ["DAOGOU_DATA"]) / "sasrec"


def page(name: str, trial: Trial, rows: list[dict[str, Any]], minutes: float) -> str:
    mean = [float(np.mean([one[figure] for one in rows])) for figure in ("hit_rate", "ndcg")]
    met = all(seen >= wanted for seen, wanted in zip(mean, trial.target, strict=True))
    settings = ", ".join(f"{key} {value}" for key, value in trial.settings.items())
    seeds = ",".join(str(one["seed"]) for one in rows)
    lines = [
        f"# SASRec on {name}: HR@10 / NDCG@10, full ranking",
        "",
        "Leave-one-out: a shopper's last item is the test, the one before it the validation, which alone decides when",
        "training stops. All items are ranked but those the shopper already took; ties count against us.",
        "",
        "| seed | HR@10 | NDCG@10 | training, CPU minutes | score_all ms, median |",
        "|---|---|---|---|---|",
        *(
            f"| {one['seed']} | {one['hit_rate']:.4f} | {one['ndcg']:.4f} | {one['cpu'] / 60:.1f} | {one['ms']:.2f} |"
            for one in rows
        ),
        f"| **mean of {len(rows)}** | **{mean[0]:.4f}** | **{mean[1]:.4f}** | | |",
        "",
        f"Asked: {trial.target[0]} / {trial.target[1]}: {'met' if met else 'MISSED'}. Published: {trial.published}.",
        "",
        f"Settings: {settings}; the rest as by default" + (f"; at most {minutes:g} minutes." if minutes else "."),
        f"{os.cpu_count()} shared cores, one thread, no GPU, Python {platform.python_version()}, torch "
        f" {torch_version()}. Made by: `OMP_NUM_THREADS=1 python benchmarks/sasrec.py --set {name} --seeds {seeds}"
        + (f" --minutes {minutes:g}`" if minutes else "`"),
    ]
    return "\n".join(lines) + "\n"


def torch_version() -> str:
    import torch

    return str(torch.__version__)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--set", choices=sorted(TRIALS), default="beauty")
    parser.add_argument("--seeds", default="0,1,2", help="comma-separated")
    parser.add_argument("--minutes", type=float, default=0.0, help="most minutes of training for each seed")
    parser.add_argument("--data", type=Path, default=os.environ.get("DAOGOU_DATA"), help="folder of public data sets")
    parser.add_argument("--checkpoints", type=Path, default=Path(tempfile.gettempdir()) / "daogou-sasrec")
    parser.add_argument("--anew", action="store_true", help="forget checkpoints and seeds that are done")
    given = parser.parse_args()
    if given.anew:
        shutil.rmtree(given.checkpoints, ignore_errors=True)
    if given.data is None:
        parser.error("say where the data lies: --data FOLDER, or set DAOGOU_DATA")
    os.environ["DAOGOU_DATA"] = str(given.data)
    trial, rows = TRIALS[given.set], []
    for seed in map(int, given.seeds.split(",")):
        rows.append(row(given.set, trial, seed, given.minutes, given.checkpoints))
        print(rows[-1], flush=True)
        (RESULTS / f"sasrec_{given.set.replace('-', '')}.md").write_text(
            page(given.set, trial, rows, given.minutes), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
