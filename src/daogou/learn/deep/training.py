"""How to train a network, and what came of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import torch
from torch import Tensor, nn

from daogou.learn.checks import at_least, between, more_than, one_of

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
