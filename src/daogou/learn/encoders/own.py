"""A shop's own encoder: a small CNN for pictures and attention over hashed runs for texts, taught by the shop's data.

Good for: a shop with some thousand pictures or titles, and no wish to send them anywhere. Weak for: a few hundred
items; then their words alone say as much. Cost: minutes on one core; some megabytes of ONNX, a millisecond per item.
Sources: see `contrast.py` and `network.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.sparse import csr_matrix

from daogou.core.errors import InvalidInput
from daogou.core.protocols import Progress, silent
from daogou.learn.checks import at_least, between, more_than, one_of
from daogou.learn.encoders.graphs import PictureGraph, TextGraph
from daogou.learn.encoders.lessons import COMPARED, FEWEST, Batches, Lessons, read_lessons
from daogou.learn.encoders.partners import Partners, no_partners, partners_of
from daogou.learn.encoders.port import Encodable

if TYPE_CHECKING:
    from daogou.learn.encoders.network import Towers

CENTRED_ON = 512
"""Items whose mean vector is taken off all: what every item shares says nothing."""


@dataclass(frozen=True)
class OwnEncoder:
    """Recipe.

    size, width       of pictures in pixels; of the first convolution's channels
    length, buckets, heads, text_width  runs kept per text, numbers they hash to, attention heads, numbers per run
    dimension         of the shared space that pairs are compared in while learning
    space             "features": an item's vector is what lies before the projection, picture and text side by side;
                      "shared": one space for both, so that a text finds a picture
    temperature, smallest, jitter, dropped  see `Contrast`
    epochs, minutes   at most so long, whichever comes first
    batch             items compared with each other at once
    """

    size: int = 64
    width: int = 32
    length: int = 96
    buckets: int = 16_384
    heads: int = 4
    text_width: int = 64
    dimension: int = 128
    space: Literal["features", "shared"] = "features"
    temperature: float = 0.5
    smallest: float = 0.4
    jitter: float = 0.4
    dropped: float = 0.3
    epochs: int = 30
    minutes: float = 10.0
    batch: int = 256
    learning_rate: float = 1e-3

    def __post_init__(self) -> None:
        for name in ("width", "length", "heads", "text_width", "dimension", "epochs"):
            at_least(name, getattr(self, name), 1)
        at_least("size", self.size, 16)
        at_least("buckets", self.buckets, 2)
        at_least("batch", self.batch, 4)
        for name in ("temperature", "minutes", "learning_rate", "smallest"):
            more_than(name, getattr(self, name), 0)
        for name in ("smallest", "jitter", "dropped"):
            between(name, getattr(self, name), 0, 1)
        one_of("space", self.space, ("features", "shared"))

    def fit(
        self,
        things: Sequence[Encodable],
        taken: csr_matrix | None = None,
        *,
        seed: int = 0,
        checkpoint: Path | None = None,
        progress: Progress = silent,
    ) -> TrainedEncoder:
        """Train on the catalogue and, where given, on who took what; the same input and seed give the same encoder.

        things      all items, whose pictures are decoded once; a bad one is left out and told in `problems`
        taken       (n_users, n_items) 0/1
        checkpoint  folder that remembers where training stands; given again, it goes on from there

        Raises InvalidInput for too few items, MissingExtra without PyTorch.
        """
        lessons = read_lessons(things, size=self.size, length=self.length, buckets=self.buckets, progress=progress)
        partners = no_partners(len(things)) if taken is None else partners_of(taken)
        return fit_lessons(self, lessons, partners, seed=seed, checkpoint=checkpoint, progress=progress)


@dataclass(frozen=True, eq=False)
class TrainedEncoder:
    """text, picture  graphs, None where there was nothing to learn from; `write_graphs` saves them
    losses         mean loss of each epoch
    problems       by item id, why its picture was left out
    """

    join: str
    text: TextGraph | None
    picture: PictureGraph | None
    losses: tuple[float, ...]
    problems: Mapping[str, str]


def fit_lessons(
    recipe: OwnEncoder,
    lessons: Lessons,
    partners: Partners,
    *,
    seed: int = 0,
    checkpoint: Path | None = None,
    progress: Progress = silent,
) -> TrainedEncoder:
    """`OwnEncoder.fit` on pictures and texts that are already prepared."""
    if not (lessons.has_pictures or lessons.has_texts):
        raise InvalidInput(
            f"There are fewer than {FEWEST} pictures and fewer than {FEWEST} texts, too few to train an encoder on. "
            "The model `content` reads the words without one."
        )
    from daogou.learn.deep import Training, seeded, train
    from daogou.learn.encoders.contrast import Contrast

    with seeded(seed):
        towers = _towers(recipe, lessons)
    trained = train(
        towers,
        loss=Contrast(recipe.temperature, recipe.smallest, recipe.jitter, recipe.dropped).losses,
        batches=lambda epoch: Batches(lessons, partners, recipe.batch, seed, epoch),
        training=Training(
            epochs=recipe.epochs,
            minutes=recipe.minutes,
            learning_rate=recipe.learning_rate,
            decay="cosine",
            weight_decay=1e-4,
            patience=recipe.epochs,
            seed=seed,
        ),
        checkpoint=checkpoint,
        identity=f"encoder {asdict(recipe)} {len(lessons.pictures)} pictures {len(lessons.tokens)} texts seed {seed}",
        whole=COMPARED,
        progress=progress,
        what="train the encoder",
    )
    return _exported(recipe, towers, lessons, trained.losses)


def _towers(recipe: OwnEncoder, lessons: Lessons) -> Towers:
    from daogou.learn.encoders.network import PictureNetwork, TextNetwork, Tower, Towers

    picture = Tower(PictureNetwork(recipe.width, recipe.size), recipe.dimension) if lessons.has_pictures else None
    body = TextNetwork(recipe.buckets, recipe.text_width, recipe.heads)
    return Towers(picture, Tower(body, recipe.dimension) if lessons.has_texts else None)


def _exported(recipe: OwnEncoder, towers: Towers, lessons: Lessons, losses: tuple[float, ...]) -> TrainedEncoder:
    import torch

    from daogou.learn.deep import exported
    from daogou.learn.encoders.network import Centred

    text = picture = None
    sample = np.random.default_rng(0).permutation(np.flatnonzero(lessons.taught))[:CENTRED_ON]
    if towers.text is not None:
        tokens = torch.from_numpy(lessons.tokens[sample])
        network = Centred.around(towers.text.body if recipe.space == "features" else towers.text, tokens)
        graph = exported(network, {"tokens": tokens[:2]}, outputs=("vector",))
        text = TextGraph(graph, "tokens", network.width, recipe.length, recipe.buckets)
    if towers.picture is not None:
        pictures = lessons.pictures[lessons.place[sample[lessons.place[sample] >= 0]]]
        pixels = torch.from_numpy(pictures.transpose(0, 3, 1, 2).astype(np.float32) / 255)
        network = Centred.around(towers.picture.body if recipe.space == "features" else towers.picture, pixels)
        graph = exported(network, {"picture": pixels[:2]}, outputs=("vector",))
        zero, full = np.zeros(3, np.float32), np.full(3, 255, np.float32)
        picture = PictureGraph(graph, "picture", network.width, recipe.size, zero, full)
    join = "concat" if recipe.space == "features" else "mean"
    return TrainedEncoder(join, text, picture, losses, lessons.problems)
