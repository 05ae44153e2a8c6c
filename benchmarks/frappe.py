"""Which app is used in which situation (Frappe): rankers against the published figures.

    python benchmarks/frappe.py --data FOLDER [--seeds 3] [--only finalnet] [--runs FOLDER]     (or set DAOGOU_DATA)

FOLDER/frappe-libfm holds the train, validation and test parts in libfm form, ten categories per row. The train part
is REBUILT: its positives are those of the original, its negatives were drawn anew by the original's rule; validation
and test are the original files. So a figure here lies near the published one but is not strictly comparable with it.
Settings are those published for each model (BARS leaderboard), training stops by the AUC on the validation part, and
the test part is scored once per model and seed. With --runs, every finished fit and epoch is kept in FOLDER, and a
measurement that was interrupted goes on from there. Writes benchmarks/results/frappe.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from daogou.learn.features import Category, FeatureSpec
from daogou.learn.metrics.classification import auc, log_loss
from daogou.learn.rankers import Examples, ranker_recipe

RESULT = Path(__file__).parent / "results" / "frappe.md"
PARTS = {"train": "frappe.train.rebuilt", "validation": "frappe.validation", "test": "frappe.test"}
CONTEXT = ("daytime", "weekday", "is_weekend", "homework", "cost", "weather", "country", "city")
SPEC = FeatureSpec.of(
    Category("user", about="user"), Category("app", about="item"), *(Category(name) for name in CONTEXT)
)
MODELS: dict[str, tuple[dict[str, Any], float, float]] = {  # settings, published AUC and logarithmic loss
    "lr": ({}, 0.9356, 0.3076),
    "fm": ({"regularization": 0.05}, 0.9671, 0.2065),
    "deepfm": ({}, 0.9842, 0.1482),
    "dcnv2": ({}, 0.9845, 0.1491),
    "finalmlp": ({}, 0.9861, 0.1484),
    "finalnet": ({}, 0.9857, 0.1311),
}


def part(folder: Path, name: str) -> Examples:
    with gzip.open(folder / f"{PARTS[name]}.libfm.gz", "rt") as file:
        rows = np.fromstring(file.read().replace(":1", ""), np.int32, sep=" ").reshape(-1, 3 + len(CONTEXT))
    columns = dict(zip(("label", "user", "app", *CONTEXT), rows.T, strict=True))
    return Examples.of(pl.DataFrame(columns).with_columns(pl.col("label").eq(1)), SPEC)


def fitted(name: str, parts: dict[str, Examples], seed: int, checkpoint: Path | None) -> list[float]:
    """Test AUC and logarithmic loss, and validation AUC."""
    recipe = ranker_recipe(name, **MODELS[name][0])
    others = {"checkpoint": checkpoint} if hasattr(recipe, "epochs") else {}
    model = recipe.fit(parts["train"], seed=seed, validation=parts["validation"], **others)
    chances, happened = model.predict(parts["test"].table), parts["test"].labels > 0
    held = auc(model.predict(parts["validation"].table), parts["validation"].labels > 0)
    return [auc(chances, happened), log_loss(chances, happened), held]


def row(name: str, runs: list[list[float]]) -> str:
    _, published_auc, published_loss = MODELS[name]
    mean, spread = np.mean(runs, axis=0), np.std(runs, axis=0, ddof=1) if len(runs) > 1 else np.zeros(3)
    return (
        f"| {name} | {len(runs)} | {mean[0]:.4f} ± {spread[0]:.4f} | {published_auc:.4f} "
        f"| {mean[1]:.4f} ± {spread[1]:.4f} | {published_loss:.4f} | {mean[2]:.4f} |"
    )


def table(rows: dict[str, str], parts: dict[str, Examples]) -> str:
    sizes = ", ".join(f"{name} {len(part):,}" for name, part in parts.items())
    return "\n".join(
        [
            "# Frappe: which app is used in which situation",
            "",
            f"{sizes} rows, ten categories each. **The train part is rebuilt**: the positives are the original's, the "
            "negatives were drawn anew by the original's rule (same user and situation, an app the user never used). "
            "Validation and test are the original files. Figures are therefore near the published ones, not strictly "
            "comparable.",
            "",
            "Published settings, nothing tuned; stopped by the AUC on the validation part; the test part scored once "
            "per seed. Mean and standard deviation over the seeds (lr has no chance in it). Published: BARS "
            "leaderboard, Frappe_x1.",
            "",
            "| ranker | seeds | AUC | published | logarithmic loss | published | validation AUC |",
            "|---|---|---|---|---|---|---|",
            *(rows[name] for name in MODELS if name in rows),
            "",
            f"Python {platform.python_version()}, {os.cpu_count()} cores, one thread, no GPU, other work on the "
            "machine. Made by: `python benchmarks/frappe.py`",
            "",
        ]
    )


def known_rows() -> dict[str, str]:
    """The rows measured before."""
    lines = RESULT.read_text(encoding="utf-8").splitlines() if RESULT.exists() else []
    return {name: line for line in lines for name in MODELS if line.startswith(f"| {name} |")}


def measure(name: str, parts: dict[str, Examples], seeds: int, kept: Path | None) -> str:
    """The row of one ranker; fits that are kept are not made again."""
    file = kept / "runs.json" if kept else None
    done = json.loads(file.read_text()) if file and file.exists() else {}
    runs = []
    for seed in range(1 if name == "lr" else seeds):
        key = f"{name} {MODELS[name][0]} {seed}"
        if key not in done:
            done[key] = fitted(name, parts, seed, kept / f"{name} {seed}" if kept else None)
            print(f"  {key}: test AUC {done[key][0]:.4f}, logarithmic loss {done[key][1]:.4f}", flush=True)
            if file:
                file.write_text(json.dumps(done))
        runs.append(done[key])
    return row(name, runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("DAOGOU_DATA"), help="folder of public data sets")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", choices=sorted(MODELS), help="measure this ranker again, and keep the other rows")
    parser.add_argument("--runs", type=Path, help="folder that remembers finished fits and epochs")
    arguments = parser.parse_args()
    if arguments.data is None:
        parser.error("say where the data lies: --data FOLDER, or set DAOGOU_DATA")
    folder = Path(arguments.data) / "frappe-libfm"
    if not folder.is_dir():
        raise SystemExit(f"skipped: {folder} is not there")
    if arguments.runs:
        arguments.runs.mkdir(parents=True, exist_ok=True)
    parts = {name: part(folder, name) for name in PARTS}
    rows = known_rows() if arguments.only else {}
    for name in [arguments.only] if arguments.only else MODELS:
        rows[name] = measure(name, parts, arguments.seeds, arguments.runs)
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(table(rows, parts), encoding="utf-8")
    print(RESULT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
