"""The loss of a network over a whole catalogue, with its gradients: ours beside PyTorch's, in CPU seconds.

    python benchmarks/catalogue_loss.py

13,000 places of 64 numbers, made up, against the catalogues of MovieLens-1M and Beauty; one thread, the best of three
runs each, taken in turns. Writes benchmarks/results/catalogue_loss.md.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from daogou.learn.deep.softmax import cross_entropy, sampled_cross_entropy

RESULT = Path(__file__).parent / "results" / "catalogue_loss.md"
PLACES, FACTORS, DRAWN, RUNS = 13_000, 64, 1_024, 3


def plain(states: Tensor, table: Tensor, targets: Tensor) -> Tensor:
    return functional.cross_entropy(states @ table.T, targets, reduction="sum")


def drawn(states: Tensor, table: Tensor, targets: Tensor) -> Tensor:
    return sampled_cross_entropy(states, table, targets, torch.randint(0, len(table), (DRAWN,)))


def seconds(loss: Callable[..., Tensor], n_items: int) -> float:
    torch.manual_seed(0)
    states = (torch.randn(PLACES, FACTORS)).requires_grad_()
    table = (torch.randn(n_items, FACTORS) * 0.1).requires_grad_()
    targets = torch.randint(0, n_items, (PLACES,))
    began = time.process_time()
    loss(states, table, targets).backward()
    return time.process_time() - began


def main() -> None:
    torch.set_num_threads(1)
    ways = (plain, cross_entropy, drawn)
    lines = [
        "# The loss over a whole catalogue",
        "",
        f"{PLACES:,} places, {FACTORS} numbers each, float32, with gradients, one thread, CPU seconds, best of {RUNS}.",
        "",
        f"| items | PyTorch's cross_entropy | ours | ratio | ours, {DRAWN:,} drawn items |",
        "|---|---|---|---|---|",
    ]
    for n_items in (3_416, 12_101):
        taken = [[seconds(way, n_items) for way in ways] for _ in range(RUNS)]
        theirs, ours, sampled = (min(run[place] for run in taken) for place in range(len(ways)))
        lines.append(f"| {n_items:,} | {theirs:.2f} | {ours:.2f} | {theirs / ours:.1f} × | {sampled:.2f} |")
        print(lines[-1], flush=True)
    lines += [
        "",
        f"{os.cpu_count()} cores shared with other work, torch {torch.__version__}. Made by: "
        "`python benchmarks/catalogue_loss.py`",
    ]
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
