"""SASRec: read a shopper's history in its order, as a small transformer does, and say what comes next.

Good for: shops and media where the order tells something, and catalogues of a thousand items or more. Weak for: new
items, very short logs; its scores are no sum over the history, so it can name no exact shares.
Cost: fitting about (12 * factors^2 * blocks + 6 * factors * n_items) multiply-adds for each item taken and epoch;
answering one pass over the history, then one dot product an item. 4 * factors bytes an item, and a small graph.
Sources: Kang, McAuley, "Self-attentive sequential recommendation", ICDM 2018; the loss over the whole catalogue after
Klenitskiy, Vasilev, "Turning dross into gold loss", RecSys 2023; drawn items with logQ correction after Bengio,
Senecal, 2008.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from daogou.core.errors import InvalidField
from daogou.core.protocols import Progress, silent
from daogou.data.dataset import Dataset
from daogou.learn.checks import at_least, between, more_than, one_of
from daogou.learn.next_item import NextItemModel


@dataclass(frozen=True)
class Sasrec:
    """Recipe.

    factors        numbers per item
    blocks, heads  layers of attention, and how many ways each looks
    widening       width of the layers between attentions, in factors
    max_length     how many of the last items are read
    dropout        share of numbers left out while training; more for small shops
    loss           "full": against the whole catalogue; "sampled": against `negatives` drawn items
    negatives      how many items are drawn for each batch
    popular        items are drawn by their count to this power: 0 all alike, 1 as they occur; corrected for (logQ)
    recent_only    learns from the last max_length items of each shopper only, not from all of them in windows
    shared         one table of items as input and output; False learns two
    timed          also reads how long ago each item was taken, and the hour and weekday of asking
    epochs         at most so many rounds
    learning_rate  of the optimiser
    weight_decay   pulls weights towards zero
    averaging      the model is a running mean of the weights, of which this share stays at each step; 0 for none
    batch_size     histories a step
    patience       stop after so many epochs without a better figure on the held-out items
    held_out       of how many shoppers the last item is held out for that figure
    minutes        stop after so long with the best so far; 0 sets no limit
    """

    factors: int = 64
    blocks: int = 2
    heads: int = 1
    widening: int = 1
    max_length: int = 100
    dropout: float = 0.2
    loss: Literal["full", "sampled"] = "full"
    negatives: int = 1024
    popular: float = 0.5
    recent_only: bool = False
    shared: bool = True
    timed: bool = False
    epochs: int = 100
    learning_rate: float = 0.001
    weight_decay: float = 0.0
    averaging: float = 0.999
    batch_size: int = 64
    patience: int = 5
    held_out: int = 1000
    minutes: float = 0.0
    is_resumable: ClassVar[bool] = True

    def __post_init__(self) -> None:
        for name in ("factors", "blocks", "heads", "widening", "max_length", "negatives", "epochs", "batch_size"):
            at_least(name, getattr(self, name), 1)
        for name in ("popular", "weight_decay", "held_out", "minutes"):
            at_least(name, getattr(self, name), 0)
        at_least("patience", self.patience, 1)
        more_than("learning_rate", self.learning_rate, 0)
        between("dropout", self.dropout, 0, 0.9)
        between("averaging", self.averaging, 0, 0.99999)
        one_of("loss", self.loss, ("full", "sampled"))
        if self.factors % self.heads:
            raise InvalidField("heads", self.heads, f"a divisor of factors ({self.factors})", rule="out_of_range")

    def fit(
        self, dataset: Dataset, *, seed: int = 0, checkpoint: Path | None = None, progress: Progress = silent
    ) -> NextItemModel:
        """Needs the extra `deep`. Same dataset, seed and number of threads, same model.

        checkpoint  folder that remembers where training stands; given again, it goes on from there
        """
        from daogou.learn.deep import Training, seeded
        from daogou.learn.deep.attention import AttentionTrunk
        from daogou.learn.deep.next_item import NextItemNetwork, answering, train_next_item

        with seeded(seed):
            trunk = AttentionTrunk(self.factors, self.blocks, self.heads, self.widening, self.dropout, self.max_length)
            network = NextItemNetwork(
                max(dataset.n_items, 1), self.factors, trunk, shared=self.shared, timed=self.timed, spread=0.02
            )
        training = Training(
            epochs=self.epochs,
            learning_rate=self.learning_rate,
            weight_decay=self.weight_decay,
            averaging=self.averaging,
            patience=self.patience,
            minutes=self.minutes or float("inf"),
            seed=seed,
        )
        train_next_item(network, self, dataset, training, checkpoint=checkpoint, progress=progress, what="sasrec")
        return answering(network, dataset.n_items, self.max_length)
