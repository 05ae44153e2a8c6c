"""The trainer of every network: seeded, with early stopping, checkpoints, a time budget, and several processes.

Cost: what the network costs; beside it one copy of the best weights, and a checkpoint file of four times the weights.
Threads are PyTorch's own, set by OMP_NUM_THREADS. A GPU is used when PyTorch sees one, then with mixed precision
(bfloat16 products, float32 weights); on a CPU everything is float32. Under `torchrun --nproc-per-node N` each process
takes every Nth row of each batch, and the gradient is that of the whole batch: apart from rounding and dropout's
random masks the result is that of one process.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sized
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal, TypeAlias

import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from daogou.core.errors import InvalidInput
from daogou.core.protocols import Progress, silent
from daogou.learn.checks import at_least, between, more_than, one_of
from daogou.learn.deep.checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from daogou.learn.deep.processes import Processes

Batch: TypeAlias = Mapping[str, Any]
Loss: TypeAlias = Callable[[nn.Module, Mapping[str, Tensor]], tuple[Tensor, float]]


@dataclass(frozen=True)
class Training:
    """How to train.

    epochs         at most so many rounds over the data
    learning_rate  of the optimiser; with decay "cosine" it falls to a hundredth over all epochs, with "plateau" to a
                   tenth after each epoch without a better validation figure
    optimizer      "adam" (AdamW once weight_decay is above 0) or "adagrad"
    weight_decay   pulls the weights towards zero, apart from the loss
    clip_norm      longest gradient let through; 0 lets all through
    averaging      after the first epoch, keep a running mean of the weights: this share of it stays at each step, for
                   example 0.999; the mean is what is validated and kept. 0 keeps the weights themselves
    patience       stop after so many epochs without a better validation figure
    minutes        stop, and keep the best so far, once training took so long (over all resumed runs)
    seed           of dropout and everything else drawn while training
    """

    epochs: int = 20
    learning_rate: float = 1e-3
    optimizer: Literal["adam", "adagrad"] = "adam"
    decay: Literal["none", "cosine", "plateau"] = "none"
    weight_decay: float = 0.0
    clip_norm: float = 0.0
    averaging: float = 0.0
    patience: int = 3
    minutes: float = math.inf
    seed: int = 0

    def __post_init__(self) -> None:
        at_least("epochs", self.epochs, 1)
        more_than("learning_rate", self.learning_rate, 0)
        one_of("optimizer", self.optimizer, ("adam", "adagrad"))
        one_of("decay", self.decay, ("none", "cosine", "plateau"))
        at_least("weight_decay", self.weight_decay, 0)
        at_least("clip_norm", self.clip_norm, 0)
        between("averaging", self.averaging, 0, 1)
        at_least("patience", self.patience, 1)
        more_than("minutes", self.minutes, 0)


@dataclass(frozen=True)
class Trained:
    """epochs  begun; best_epoch  whose weights were kept, from 1; best  its validation figure (NaN without one)
    losses, figures  one mean loss and one validation figure per epoch; seconds  spent, over all resumed runs
    """

    epochs: int = 0
    best_epoch: int = 0
    best: float = math.nan
    losses: tuple[float, ...] = ()
    figures: tuple[float, ...] = ()
    seconds: float = 0.0


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Everything PyTorch draws inside comes from `seed`; outside nothing changes. Build a network within it."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        yield


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
    run = _Run(network, training, groups, checkpoint, _identified(identity, network, training))
    return run.through(loss, batches, validate, set(whole), progress, what)


def _identified(identity: str, network: nn.Module, training: Training) -> str:
    """The caller's identity, plus what must agree for resuming to make sense; more epochs or minutes may be given."""
    settings = {key: value for key, value in asdict(training).items() if key not in ("epochs", "minutes", "patience")}
    shapes = [f"{name}{tuple(value.shape)}" for name, value in network.state_dict().items()]
    if training.decay == "cosine":
        settings["epochs"] = training.epochs
    return f"{identity} {settings} {' '.join(shapes)}".strip()


class _Step(nn.Module):
    """The loss as a forward pass, so that DistributedDataParallel sees all of it."""

    def __init__(self, network: nn.Module, loss: Loss) -> None:
        super().__init__()
        self.network = network
        self.loss = loss

    def forward(self, batch: Mapping[str, Tensor]) -> tuple[Tensor, float]:
        return self.loss(self.network, batch)


class _Run:
    def __init__(
        self,
        network: nn.Module,
        training: Training,
        groups: Callable[[nn.Module], list[dict[str, Any]]] | None,
        folder: Path | None,
        identity: str,
    ) -> None:
        self.crew = Processes.joined()
        self.network = network.to(self.crew.device)
        self.training = training
        self.optimizer = _optimizer(groups(network) if groups else network.parameters(), training)
        self.rates = [float(group["lr"]) for group in self.optimizer.param_groups]
        self.folder, self.identity = folder, identity
        self.best_weights: dict[str, Tensor] = {}
        self.mean: dict[str, Tensor] = {}  # the running mean of the weights, once there is one
        self.trained = Trained()
        self._resume()
        self.began = time.monotonic() - self.trained.seconds

    def through(
        self,
        loss: Loss,
        batches: Callable[[int], Iterable[Batch]],
        validate: Callable[[nn.Module], float] | None,
        whole: Collection[str],
        progress: Progress,
        what: str,
    ) -> Trained:
        step: nn.Module = _Step(self.network, loss)
        if self.crew.world > 1:
            step = DistributedDataParallel(step)
        while not self._is_over():
            epoch = self.trained.epochs
            with seeded(hash((self.training.seed, epoch, self.crew.rank)) & 0x7FFFFFFF):
                mean = self._epoch(step, batches(epoch), whole, progress, what)
            with self._mean_weights():
                figure = self._validated(validate)
                self._note(mean, figure)
            self._save()
        if self.best_weights:
            self.network.load_state_dict(self.best_weights)
        self.network.cpu().eval()
        return self.trained

    def _epoch(
        self, step: nn.Module, batches: Iterable[Batch], whole: Collection[str], progress: Progress, what: str
    ) -> float:
        self.network.train()
        total = len(batches) if isinstance(batches, Sized) else None
        self._decay()
        losses, weights = 0.0, 0.0
        for done, batch in enumerate(batches):
            summed, weight = self._step(step, self.crew.share(batch, whole))
            losses, weights = losses + summed, weights + weight
            progress(*self._told(done + 1, total, losses / max(weights, 1e-12), what))
            if self.crew.told(float(self._seconds() > 60 * self.training.minutes)):
                break
        return losses / max(weights, 1e-12)

    def _step(self, step: nn.Module, batch: Mapping[str, Tensor]) -> tuple[float, float]:
        """One descent; returns the whole batch's summed loss and weight."""
        is_gpu = self.crew.device.type == "cuda"
        with torch.autocast("cuda", torch.bfloat16, enabled=is_gpu and torch.cuda.is_bf16_supported()):
            summed, weight = step(batch)
        both = self.crew.summed(torch.tensor([float(summed.detach()), float(weight)], dtype=torch.float64))
        total, weights = both.tolist()
        if not math.isfinite(total):
            raise InvalidInput(
                f"The loss became {total} in epoch {self.trained.epochs + 1}. Lower learning_rate "
                f"({self.training.learning_rate:g}), or look for numbers out of all proportion in the data."
            )
        self.optimizer.zero_grad(set_to_none=True)
        (summed * (self.crew.world / max(weights, 1e-12))).backward()  # DDP averages over processes: hence the factor
        if self.training.clip_norm:
            nn.utils.clip_grad_norm_(self.network.parameters(), self.training.clip_norm)
        self.optimizer.step()
        if self.mean:
            for name, value in self.network.named_parameters():
                self.mean[name].lerp_(value.detach(), 1 - self.training.averaging)
        return total, weights

    @contextmanager
    def _mean_weights(self) -> Iterator[None]:
        """The network with its running mean as weights, begun here after the first epoch; as it was afterwards."""
        own = {name: value.detach().clone() for name, value in self.network.named_parameters()}
        if self.training.averaging and not self.mean:
            self.mean = {name: value.clone() for name, value in own.items()}
        self.network.load_state_dict(self.mean, strict=False)
        yield
        self.network.load_state_dict(own, strict=False)

    def _validated(self, validate: Callable[[nn.Module], float] | None) -> float:
        if validate is None:
            return math.nan
        self.network.eval()
        with torch.no_grad():
            figure = validate(self.network) if self.crew.is_first else math.nan
        return self.crew.told(figure)

    def _note(self, loss: float, figure: float) -> None:
        so_far, epochs = self.trained, self.trained.epochs + 1
        is_better = math.isnan(figure) or not figure <= so_far.best
        if is_better:
            self.best_weights = {
                name: value.detach().cpu().clone() for name, value in self.network.state_dict().items()
            }
        self.trained = Trained(
            epochs=epochs,
            best_epoch=epochs if is_better else so_far.best_epoch,
            best=figure if is_better else so_far.best,
            losses=(*so_far.losses, loss),
            figures=(*so_far.figures, figure),
            seconds=self._seconds(),
        )

    def _is_over(self) -> bool:
        so_far = self.trained
        is_stale = so_far.epochs - so_far.best_epoch >= self.training.patience
        is_late = so_far.epochs > 0 and bool(self.crew.told(float(self._seconds() > 60 * self.training.minutes)))
        return so_far.epochs >= self.training.epochs or is_stale or is_late

    def _seconds(self) -> float:
        return time.monotonic() - self.began

    def _decay(self) -> None:
        if self.training.decay == "cosine":
            done = self.trained.epochs / self.training.epochs
            self._slow_down(0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * done)))
        elif self.training.decay == "plateau":
            self._slow_down(0.1 ** _setbacks(self.trained.figures))

    def _slow_down(self, share: float) -> None:
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * share

    def _told(self, done: int, total: int | None, loss: float, what: str) -> tuple[int, int | None, str]:
        """Progress: steps done and to do over all epochs, and in words the epoch, the loss and the time left."""
        epoch, epochs = self.trained.epochs, self.training.epochs
        words = f"{what}: epoch {epoch + 1} of {epochs}, loss {loss:.4f}"
        if not math.isnan(self.trained.best):
            words += f", best {self.trained.best:.4f}"
        if not total:
            return epoch, epochs, words
        portion = (epoch + done / total) / epochs
        left = min(self._seconds() * (1 / portion - 1), 60 * self.training.minutes - self._seconds())
        return epoch * total + done, epochs * total, f"{words}, {max(left, 0) / 60:.1f} min left"

    def _resume(self) -> None:
        found = read_checkpoint(self.folder, self.identity) if self.folder else None
        if found is None:
            return
        self.network.load_state_dict(dict(found.weights))
        state = self.optimizer.state_dict()
        self.optimizer.load_state_dict({**state, "state": {key: dict(one) for key, one in found.optimizer.items()}})
        self.best_weights = dict(found.best)
        self.mean = {name: value.to(self.crew.device) for name, value in found.mean.items()}
        note = {key: value for key, value in found.note.items() if key != "identity"}
        self.trained = replace(Trained(**note), losses=tuple(note["losses"]), figures=tuple(note["figures"]))

    def _save(self) -> None:
        if self.folder is None or not self.crew.is_first:
            return
        state = self.optimizer.state_dict()["state"]
        note = {"identity": self.identity, **asdict(self.trained)}
        write_checkpoint(self.folder, Checkpoint(self.network.state_dict(), self.best_weights, self.mean, state, note))


def _setbacks(figures: tuple[float, ...]) -> int:
    """How many epochs brought no figure above all before."""
    return sum(figure <= max(figures[:epoch]) for epoch, figure in enumerate(figures) if epoch)


def _optimizer(parameters: Any, training: Training) -> torch.optim.Optimizer:
    if training.optimizer == "adagrad":
        return torch.optim.Adagrad(parameters, training.learning_rate, weight_decay=training.weight_decay)
    return torch.optim.AdamW(parameters, training.learning_rate, weight_decay=training.weight_decay)
