"""One epoch of SASRec beside RecBole's, same data, sizes and loss, one thread each, in CPU seconds.

    python benchmarks/sasrec_vs_recbole.py --recbole PYTHON [--data FOLDER]     (or set DAOGOU_DATA)

PYTHON is an interpreter in which RecBole 1.2.1 is installed; it wants its own, since it needs numpy below 2. An epoch
is every item of the training part asked for once. RecBole's takes long, so STEPS of its steps are timed and multiplied
up; ours is run whole. Writes benchmarks/results/sasrec_vs_recbole.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from sasrec import TRIALS, read, split

RESULT = Path(__file__).parent / "results" / "sasrec_vs_recbole.md"
STEPS, BATCH = 2, 256
SIZES = {"factors": 64, "blocks": 2, "heads": 1, "widening": 1, "max_length": 50, "dropout": 0.5}

THEIRS = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
import torch
torch.set_num_threads(1)
from recbole.config import Config
from recbole.data import create_dataset, data_preparation
from recbole.model.sequential_recommender import SASRec
settings = json.loads(sys.argv[1])
config = Config(model="SASRec", dataset=settings.pop("dataset"), config_dict=settings)
data = data_preparation(config, create_dataset(config))[0]
model = SASRec(config, data.dataset)
model.train()
optimizer = torch.optim.Adam(model.parameters(), 1e-3)
times = []
for number, batch in enumerate(data):
    began = time.process_time()
    optimizer.zero_grad()
    model.calculate_loss(batch).backward()
    optimizer.step()
    times.append(time.process_time() - began)
    if number == settings["timed_steps"]:
        break
print(json.dumps({"step": sum(times[1:]) / len(times[1:]), "steps": len(data), "parameters":
    sum(one.numel() for one in model.parameters())}))
"""


def theirs(interpreter: str, user: np.ndarray, item: np.ndarray) -> dict[str, float]:
    """Seconds a step, and steps an epoch, of RecBole; its last two items a user are its own validation and test."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "beauty" / "beauty.inter"
        table.parent.mkdir()
        lines = [f"{u}\t{i}\t{at}" for at, (u, i) in enumerate(zip(user.tolist(), item.tolist(), strict=True))]
        table.write_text("\n".join(["user_id:token\titem_id:token\ttimestamp:float", *lines]) + "\n")
        settings = {
            "dataset": "beauty",
            "data_path": folder,
            "load_col": {"inter": ["user_id", "item_id", "timestamp"]},
            "MAX_ITEM_LIST_LENGTH": SIZES["max_length"],
            "hidden_size": SIZES["factors"],
            "inner_size": SIZES["widening"] * SIZES["factors"],
            "n_layers": SIZES["blocks"],
            "n_heads": SIZES["heads"],
            "hidden_dropout_prob": SIZES["dropout"],
            "attn_dropout_prob": SIZES["dropout"],
            "loss_type": "CE",
            "train_neg_sample_args": None,
            "train_batch_size": BATCH,
            "eval_args": {"split": {"LS": "valid_and_test"}, "order": "TO", "mode": "full", "group_by": "user"},
            "use_gpu": False,
            "state": "ERROR",
            "timed_steps": STEPS,
        }
        command = [interpreter, "-c", THEIRS, json.dumps(settings)]
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"}
        )
        if done.returncode:
            raise SystemExit(f"RecBole did not run: {done.stderr[-1500:]}")
        return dict(json.loads(done.stdout.splitlines()[-1]))


def ours(user: np.ndarray, item: np.ndarray) -> tuple[float, int]:
    """CPU seconds of one whole epoch without validation, batches laid included, and how many targets it asks for."""
    import torch

    from daogou.learn.deep.attention import AttentionTrunk
    from daogou.learn.deep.next_item import Drawing, NextItemNetwork
    from daogou.learn.deep.windows import Windows
    from daogou.learn.models.sasrec import Sasrec
    from daogou.learn.sequences import Sequences

    torch.set_num_threads(1)
    recipe = Sasrec(**SIZES, batch_size=128)
    train = split(user, item)[0]  # without the test items; the validation items go next
    whole = Sequences.of(train)
    windows = Windows.of(whole.without_last(np.flatnonzero(whole.lengths() >= 3)), recipe.max_length)
    trunk = AttentionTrunk(64, recipe.blocks, recipe.heads, recipe.widening, recipe.dropout, recipe.max_length)
    network = NextItemNetwork(train.n_items, recipe.factors, trunk, shared=True, timed=False, spread=0.02)
    optimizer = torch.optim.Adam(network.parameters(), 1e-3)
    drawing = Drawing.of(windows.sequences, train.n_items, recipe)
    began = time.process_time()
    for batch in windows.batches(recipe.batch_size, np.random.default_rng(0)):
        optimizer.zero_grad()
        summed, count = drawing.loss(network, {name: torch.from_numpy(one) for name, one in batch.items()})
        (summed / count).backward()
        optimizer.step()
    return time.process_time() - began, windows.n_targets


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--recbole", help="an interpreter with RecBole installed")
    parser.add_argument("--data", type=Path, default=os.environ.get("DAOGOU_DATA"), help="folder of public data sets")
    given = parser.parse_args()
    if given.data is None:
        parser.error("say where the data lies: --data FOLDER, or set DAOGOU_DATA")
    if given.recbole is None:
        print("Skipped: name an interpreter that has RecBole with --recbole PYTHON.")
        sys.exit(0)
    user, item = read(Path(given.data) / "sasrec" / TRIALS["beauty"].file)
    other = theirs(given.recbole, user, item)
    seconds, n_targets = ours(user, item)
    epoch = other["step"] * other["steps"]
    lines = [
        "# One epoch of SASRec beside RecBole 1.2.1",
        "",
        f"Beauty (5-core, S3-Rec), {n_targets:,} items asked for in our epoch; 64 factors, 2 blocks, 1 head, the",
        "last 50 items read, dropout 0.5, cross-entropy over the whole catalogue, float32, one thread, CPU seconds.",
        "RecBole lays one padded row of 50 places for each item asked for and uses its last place only; ours asks at",
        "every place of each history once, lays histories of like length together, and holds no whole table of logits.",
        "",
        "| | step s | steps | epoch s |",
        "|---|---|---|---|",
        f"| RecBole ({STEPS} steps of {BATCH} rows timed, after one more) | {other['step']:.2f} | {other['steps']:.0f} "
        f"| {epoch:.0f} |",
        f"| Daogou (whole epoch) | | | {seconds:.1f} |",
        f"| **ratio** | | | **{epoch / seconds:.0f} ×** (asked: 1.5 ×) |",
        "",
        f"{os.cpu_count()} shared cores. Made by: `python benchmarks/sasrec_vs_recbole.py --recbole PYTHON`",
    ]
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
