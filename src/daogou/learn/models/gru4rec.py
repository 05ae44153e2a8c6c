"""GRU4Rec: read a shopper's history item by item, keeping in mind what matters, and say what comes next.

Good for: visits of many clicks, where each changes what is wanted; very long logs, since it costs the same for each
item. Weak for: new items, small logs (try vstan first); it can name no exact shares.
Cost: fitting about (18 * factors^2 + 6 * factors * negatives) multiply-adds for each item taken and epoch; answering
one pass over the history, then one dot product an item. 4 * factors bytes an item, and a small graph.
Sources: Hidasi, Karatzoglou, "Recurrent neural networks with top-k gains for session-based recommendations", CIKM
2018, with what its authors found that others leave out (Hidasi, Czapp, "The effect of third party implementations on
reproducibility", RecSys 2023): drawn items shared by the batch, logQ correction, one table in and out, Adagrad.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from daogou.core.protocols import Progress, silent
from daogou.data.dataset import Dataset
from daogou.learn.checks import at_least, between, more_than, one_of
from daogou.learn.next_item import NextItemModel


@dataclass(frozen=True)
class Gru4Rec:
    """Recipe.

    factors            numbers per item, and width of the recurrent layers
    layers             how many recurrent layers
    max_length         how many of the last items are read
    embedding_dropout  share of the items' numbers left out while training
    dropout            share of the answer's numbers left out while training
    loss               "sampled": against `negatives` drawn items; "full": against the whole catalogue
    negatives          how many items are drawn for each batch
    popular            items are drawn by their count to this power: 0 all alike, 1 as they occur; corrected (logQ)
    recent_only        learns from the last max_length items of each shopper only, not from all of them in windows
    shared             one table of items as input and output; False learns two
    epochs             at most so many rounds
    learning_rate      of the optimiser (Adagrad)
    batch_size         histories a step
    patience           stop after so many epochs without a better figure on the held-out items
    held_out           of how many shoppers the last item is held out for that figure
    minutes            stop after so long with the best so far; 0 sets no limit
    """

    factors: int = 100
    layers: int = 1
    max_length: int = 50
    embedding_dropout: float = 0.1
    dropout: float = 0.0
    loss: Literal["full", "sampled"] = "sampled"
    negatives: int = 2048
    popular: float = 0.75
    recent_only: bool = False
    shared: bool = True
    epochs: int = 30
    learning_rate: float = 0.1
    batch_size: int = 32
    patience: int = 3
    held_out: int = 1000
    minutes: float = 0.0
    is_resumable: ClassVar[bool] = True

    def __post_init__(self) -> None:
        for name in ("factors", "layers", "max_length", "negatives", "epochs", "batch_size", "patience"):
            at_least(name, getattr(self, name), 1)
        for name in ("popular", "held_out", "minutes"):
            at_least(name, getattr(self, name), 0)
        more_than("learning_rate", self.learning_rate, 0)
        between("embedding_dropout", self.embedding_dropout, 0, 0.9)
        between("dropout", self.dropout, 0, 0.9)
        one_of("loss", self.loss, ("full", "sampled"))

    def fit(
        self, dataset: Dataset, *, seed: int = 0, checkpoint: Path | None = None, progress: Progress = silent
    ) -> NextItemModel:
        """Needs the extra `deep`. Same dataset, seed and number of threads, same model.

        checkpoint  folder that remembers where training stands; given again, it goes on from there
        """
        from daogou.learn.deep import Training, seeded
        from daogou.learn.deep.next_item import NextItemNetwork, answering, train_next_item
        from daogou.learn.deep.recurrence import RecurrentTrunk

        n_items = max(dataset.n_items, 1)
        with seeded(seed):
            trunk = RecurrentTrunk(self.factors, self.layers, self.embedding_dropout, self.dropout)
            spread = math.sqrt(2 / (n_items + self.factors))
            network = NextItemNetwork(n_items, self.factors, trunk, shared=self.shared, timed=False, spread=spread)
        training = Training(
            epochs=self.epochs,
            learning_rate=self.learning_rate,
            optimizer="adagrad",
            patience=self.patience,
            minutes=self.minutes or math.inf,
            seed=seed,
        )
        train_next_item(network, self, dataset, training, checkpoint=checkpoint, progress=progress, what="gru4rec")
        return answering(network, dataset.n_items, self.max_length)
