"""One training as it goes: epochs, steps, validation, the best weights, and what a checkpoint holds of them."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sized
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from daogou.core.errors import InvalidInput
from daogou.core.protocols import Progress
from daogou.learn.deep.checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from daogou.learn.deep.processes import Processes
from daogou.learn.deep.training import Batch, Loss, Trained, Training, seeded


class _Step(nn.Module):
    """The loss as a forward pass, so that DistributedDataParallel sees all of it."""

    def __init__(self, network: nn.Module, loss: Loss) -> None:
        super().__init__()
        self.network = network
        self.loss = loss

    def forward(self, batch: Mapping[str, Tensor]) -> tuple[Tensor, float]:
        return self.loss(self.network, batch)


class Run:
    """One training, from its checkpoint or from the start."""

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
        total, weights = self.crew.summed([float(summed.detach()), float(weight)])
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
