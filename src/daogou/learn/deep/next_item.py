"""Training any network that reads a history in its order and says at every place what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from torch import Tensor, nn

from daogou.core.protocols import Progress
from daogou.core.types import F32, I32, I64, Query
from daogou.data.dataset import Dataset
from daogou.learn.deep.export import exported
from daogou.learn.deep.softmax import cross_entropy, sampled_cross_entropy
from daogou.learn.deep.trainer import train
from daogou.learn.deep.training import Training
from daogou.learn.deep.windows import IGNORED, Windows
from daogou.learn.graph import Graph
from daogou.learn.next_item import NextItemModel
from daogou.learn.sequences import N_DAYS, N_GAPS, N_HOURS, Sequences, clock, held_out, next_item_quality, recent

MOST_VALIDATED, MOST_READ = 10_000, 150_000  # histories, and their items, measured after each epoch
BATCH = 256


class NextItemRecipe(Protocol):
    """The settings that training asks of a recipe; their meaning stands on the recipes."""

    @property
    def max_length(self) -> int: ...
    @property
    def loss(self) -> str: ...
    @property
    def negatives(self) -> int: ...
    @property
    def popular(self) -> float: ...
    @property
    def batch_size(self) -> int: ...
    @property
    def held_out(self) -> int: ...
    @property
    def recent_only(self) -> bool: ...


class NextItemNetwork(nn.Module):
    """Tables of items and of the clock around a trunk.

    trunk   (rows, length, factors) -> (rows, length, factors): what is wanted next, from what came up to each place
    shared  one table of items for reading and for answering
    timed   the clock is read as well
    """

    def __init__(
        self, n_items: int, factors: int, trunk: nn.Module, *, shared: bool, timed: bool, spread: float
    ) -> None:
        super().__init__()
        self.items = _table(n_items, factors, spread)
        self.outputs = self.items if shared else _table(n_items, factors, spread)
        self.clock = nn.ModuleList(_table(n, factors, spread) for n in (N_GAPS, N_HOURS, N_DAYS) if timed)
        self.trunk = trunk

    def forward(self, items: Tensor, *told: Tensor) -> Tensor:
        """(rows, length) item numbers, and the clock's three where it is read -> (rows, length, factors)."""
        rows = self.items(items)
        for table, one in zip(self.clock, told, strict=True):
            rows = rows + table(one)
        return torch.as_tensor(self.trunk(rows))


def train_next_item(
    network: NextItemNetwork,
    recipe: NextItemRecipe,
    dataset: Dataset,
    training: Training,
    *,
    checkpoint: Path | None,
    progress: Progress,
    what: str,
) -> None:
    """Train in place until the last items of `recipe.held_out` shoppers say so. Does nothing without sequences."""
    whole = Sequences.of(dataset)
    chosen = held_out(whole, recipe.held_out, training.seed)
    windows = Windows.of(whole.without_last(chosen), recipe.max_length, recent_only=recipe.recent_only)
    if not len(windows):
        return
    targets, queries = whole.last(_measured(whole, chosen, recipe.max_length, training.seed))
    drawing = Drawing.of(windows.sequences, dataset.n_items, recipe)
    train(
        network,
        loss=drawing.loss,
        batches=lambda epoch: windows.batches(
            recipe.batch_size,
            np.random.default_rng((training.seed, epoch)),
            with_clock=bool(network.clock),
            drawn=drawing.drawn,
        ),
        whole=("drawn",),
        validate=(lambda _: quality(network, targets, queries, recipe.max_length)[1]) if queries else None,
        training=training,
        checkpoint=checkpoint,
        identity=_identity(recipe, dataset),
        progress=progress,
        what=what,
    )


def _identity(recipe: NextItemRecipe, dataset: Dataset) -> str:
    """Whose checkpoint this is; another may train longer, but not otherwise."""
    told = asdict(recipe)  # type: ignore[call-overload]
    settings = {name: value for name, value in told.items() if name not in ("epochs", "minutes", "patience")}
    return f"{type(recipe).__name__} {settings} {dataset.fingerprint}"


def _measured(whole: Sequences, chosen: I64, max_length: int, seed: int) -> I64:
    """Those of the chosen sequences that are cheap enough to read after each epoch."""
    drawn = np.random.default_rng(seed).permutation(chosen)[:MOST_VALIDATED]
    read = np.minimum(whole.lengths()[drawn], max_length).cumsum()
    return np.asarray(drawn[: max(int(np.searchsorted(read, MOST_READ)), 1)], np.int64)


class Drawing:
    """The loss over all items, or over some that are drawn for each batch, the popular ones more often."""

    def __init__(self, share: F32 | None, negatives: int) -> None:
        self.share, self.negatives = share, negatives
        self.edges = None if share is None else np.cumsum(share, dtype=np.float64)
        self.log_odds = None if share is None else torch.from_numpy(np.log(share * negatives))

    @classmethod
    def of(cls, sequences: Sequences, n_items: int, recipe: NextItemRecipe) -> Drawing:
        if recipe.loss == "full":
            return cls(None, 0)
        counts = np.bincount(sequences.items, minlength=n_items).astype(np.float64) + 1
        share = counts**recipe.popular
        return cls((share / share.sum()).astype(np.float32), recipe.negatives)

    def drawn(self, random: np.random.Generator) -> I64 | None:
        """(negatives,) item numbers, or None where the loss is over all items."""
        if self.edges is None:
            return None
        found = np.searchsorted(self.edges, random.random(self.negatives) * self.edges[-1])
        return np.asarray(np.minimum(found, len(self.edges) - 1), np.int64)

    def loss(self, network: nn.Module, batch: Mapping[str, Tensor]) -> tuple[Tensor, float]:
        """The summed loss over the real places, and how many they are."""
        assert isinstance(network, NextItemNetwork)
        is_real = batch["targets"] != IGNORED
        told = [batch[name] for name in ("gaps", "hours", "days") if name in batch]
        states, targets = network(batch["items"], *told)[is_real], batch["targets"][is_real]
        table = network.outputs.weight
        if self.log_odds is None:
            return cross_entropy(states, table, targets), len(targets)
        odds = self.log_odds.to(states.device)
        return sampled_cross_entropy(states, table, targets, batch["drawn"], odds), len(targets)


def quality(network: NextItemNetwork, targets: I32, queries: list[Query], max_length: int) -> tuple[float, float]:
    """HR@10 and NDCG@10 of the held-out items, by the network itself."""
    device = network.items.weight.device
    hits, gains = 0.0, 0.0
    order = np.argsort([len(query.history) for query in queries], kind="stable")
    for places in np.array_split(order, max(len(order) // BATCH, 1)):
        asked = [queries[place] for place in places]
        laid = [torch.from_numpy(one).to(device) for one in _laid(asked, max_length, bool(network.clock))]
        states = network(*laid[1:])[torch.arange(len(asked), device=device), laid[0]]
        scores = (states @ network.outputs.weight.T).float().cpu().numpy()
        hit, gain = next_item_quality(scores, targets[places], asked)
        hits, gains = hits + hit * len(asked), gains + gain * len(asked)
    return hits / len(queries), gains / len(queries)


def _laid(queries: list[Query], max_length: int, timed: bool) -> list[I64]:
    """The last real place of each row, the item numbers, and the clock where it is read; right-padded with item 0."""
    read = [recent(query, 2**31 - 1, max_length) for query in queries]
    lengths = np.array([len(query.history) for query in read], np.int64)
    laid = [lengths - 1, *(np.zeros((len(read), int(lengths.max())), np.int64) for _ in range(4 if timed else 1))]
    for row, query in enumerate(read):
        told = clock(query.at_us, np.append(query.at_us[1:], query.now_us)) if timed else ()
        for table, one in zip(laid[1:], (query.history, *told), strict=True):
            table[row, : len(one)] = one
    return laid


def answering(network: NextItemNetwork, n_items: int, max_length: int) -> NextItemModel:
    """The model that answers without PyTorch."""
    factors = network.items.weight.shape[1]
    length = min(max_length, 3)
    rows = torch.linspace(-1, 1, 2 * length * factors).view(2, length, factors)
    example = {"rows": rows, "last": torch.tensor([0, length - 1])}
    varying = {"rows": {0: "queries", 1: "length"}, "last": {0: "queries"}, "state": {0: "queries"}}
    graph: Graph = exported(LastState(network.trunk), example, outputs=("state",), dynamic=varying)
    unread = np.empty((0, factors), np.float32)
    gaps, hours, days = (_array(table.weight) for table in network.clock) if len(network.clock) else (unread,) * 3  # type: ignore[arg-type]
    inputs = _array(network.items.weight)[:n_items]
    outputs = inputs[:0] if network.outputs is network.items else _array(network.outputs.weight)[:n_items]
    return NextItemModel(inputs, outputs, gaps, hours, days, graph, max_length)


class LastState(nn.Module):
    """What the graph computes: (rows, length, factors) and (rows,) the last real place -> (rows, factors)."""

    def __init__(self, trunk: nn.Module) -> None:
        super().__init__()
        self.trunk = trunk

    def forward(self, rows: Tensor, last: Tensor) -> Tensor:
        states = self.trunk(rows)
        places = last[:, None, None].expand(-1, 1, states.shape[2])
        return torch.as_tensor(states.gather(1, places)[:, 0])


def _table(n_rows: int, factors: int, spread: float) -> nn.Embedding:
    table = nn.Embedding(n_rows, factors)
    nn.init.normal_(table.weight, std=spread)
    return table


def _array(weight: Tensor) -> F32:
    return weight.detach().cpu().numpy().astype(np.float32).copy()
