"""The trainer of every network: seeded, with early stopping, checkpoints, a time budget, and several processes.

Cost: what the network costs; beside it one copy of the best weights, and a checkpoint file of four times the weights.
Threads are PyTorch's own, set by OMP_NUM_THREADS. A GPU is used when PyTorch sees one, then with mixed precision
(bfloat16 products, float32 weights); on a CPU everything is float32. Under `torchrun --nproc-per-node N` each process
takes every Nth row of each batch, and the gradient is that of the whole batch: apart from rounding and dropout's
random masks the result is that of one process.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from torch import nn

from daogou.core.protocols import Progress, silent
from daogou.learn.deep.run import Run
from daogou.learn.deep.training import Batch, Loss, Trained, Training


def train(
    network: nn.Module,
    *,
    loss: Loss,
    batches: Callable[[int], Iterable[Batch]],
    training: Training,
    validate: Callable[[nn.Module], float] | None = None,
    checkpoint: Path | None = None,
    identity: str = "",
    whole: Collection[str] = (),
    groups: Callable[[nn.Module], list[dict[str, Any]]] | None = None,
    progress: Progress = silent,
    what: str = "training",
) -> Trained:
    """Train `network` in place and leave it on the CPU, in eval mode, with the weights of its best epoch.

    loss        (network, batch) -> (sum of the rows' losses, how many they are); the trainer divides one by the
                other, over all processes
    batches     epoch number from 0 -> batches, the same each time it is asked for the same epoch; each maps names to
                arrays or tensors whose first axis is rows. What has a length shows as progress within the epoch
    validate    network (in eval mode, gradients off) -> a figure, higher is better; without it the last epoch is kept
    checkpoint  folder that remembers where training stands after each epoch; given again, it goes on from there and
                ends where an uninterrupted run would have
    identity    names recipe, settings and data: a checkpoint with another identity is refused
    whole       names in a batch that all processes need entire, such as shared negatives
    groups      network -> parameter groups for the optimiser, for example embeddings with a weight decay of their own

    Raises InvalidInput when the loss stops being a number, StorageFull when a checkpoint does not fit on the disk
    (the one before it stays whole).
    """
    run = Run(network, training, groups, checkpoint, _identified(identity, network, training))
    return run.through(loss, batches, validate, set(whole), progress, what)


def _identified(identity: str, network: nn.Module, training: Training) -> str:
    """The caller's identity, plus what must agree for resuming to make sense; more epochs or minutes may be given."""
    settings = {key: value for key, value in asdict(training).items() if key not in ("epochs", "minutes", "patience")}
    shapes = [f"{name}{tuple(value.shape)}" for name, value in network.state_dict().items()]
    if training.decay == "cosine":
        settings["epochs"] = training.epochs
    return f"{identity} {settings} {' '.join(shapes)}".strip()
