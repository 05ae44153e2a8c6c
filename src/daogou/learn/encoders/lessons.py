"""What a shop's own encoder learns from, prepared once: pixels, hashed texts, and the batches of each epoch."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from daogou.core.errors import InvalidInput
from daogou.core.protocols import Progress, silent
from daogou.core.types import I32, Bools
from daogou.learn.encoders.partners import Partners
from daogou.learn.encoders.pictures import decode
from daogou.learn.encoders.port import Encodable
from daogou.learn.encoders.tokens import tokens_of

PARTS = ("picture", "has_picture", "tokens")
COMPARED = ("item", "partner", "often", *PARTS, *(f"partner_{part}" for part in PARTS))
"""All of a batch: each item is compared with every other one, so no process can do with a part of it."""

FEWEST = 64
"""Items with a picture, or with a text, below which a network would only learn them by heart."""


@dataclass(frozen=True, eq=False)
class Lessons:
    """What there is to learn from.

    pictures     (n_pictures, size, size, 3); row of each item's in `place` (n_items,), -1 for none
    tokens       (n_items, length)
    problems     by item id, why its picture was left out
    """

    pictures: NDArray[np.uint8]
    place: I32
    tokens: I32
    problems: Mapping[str, str]

    @property
    def has_pictures(self) -> bool:
        return len(self.pictures) >= FEWEST

    @property
    def has_texts(self) -> bool:
        return int((self.tokens != 0).any(axis=1).sum()) >= FEWEST

    @property
    def taught(self) -> Bools:
        """(n_items,) whether an item has anything to learn from."""
        seen, spoken = self.place >= 0, (self.tokens != 0).any(axis=1)
        taught: Bools = (seen & self.has_pictures) | (spoken & self.has_texts)
        return taught


def read_lessons(
    things: Sequence[Encodable], *, size: int, length: int, buckets: int, progress: Progress = silent
) -> Lessons:
    """Decode every picture to `size` pixels and hash every text to `length` of `buckets` runs."""
    decoded, place, problems = [], np.full(len(things), -1, np.int32), {}
    for number, thing in enumerate(things):
        if thing.picture is not None:
            try:
                decoded.append(decode(thing.picture, thing.id, size=size))
                place[number] = len(decoded) - 1
            except InvalidInput as error:
                problems[thing.id] = str(error)
        progress(number + 1, len(things), "read pictures")
    pictures = np.stack(decoded) if decoded else np.empty((0, size, size, 3), np.uint8)
    tokens = tokens_of([thing.text for thing in things], length=length, buckets=buckets)
    return Lessons(pictures, place, tokens, problems)


@dataclass(frozen=True, eq=False)
class Batches:
    """One epoch: every item that can teach, once, in an order of its own, each with a partner drawn."""

    lessons: Lessons
    partners: Partners
    size: int
    seed: int
    epoch: int

    def __len__(self) -> int:
        return math.ceil(int(self.lessons.taught.sum()) / self.size)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        random = np.random.default_rng((self.seed, self.epoch))
        order = random.permutation(np.flatnonzero(self.lessons.taught))
        for numbers in np.array_split(order, len(self)):
            partner = self.partners.draw(numbers, random)
            yield {
                "item": numbers,
                "partner": partner,
                "often": self.partners.often[partner],
                **self._parts(numbers, ""),
                **self._parts(partner, "partner_"),
            }

    def _parts(self, numbers: NDArray[np.int64], whose: str) -> dict[str, Any]:
        parts: dict[str, Any] = {}
        if self.lessons.has_pictures:
            place = self.lessons.place[numbers]
            pictures = self.lessons.pictures[np.maximum(place, 0)]
            parts[f"{whose}picture"] = np.ascontiguousarray(pictures.transpose(0, 3, 1, 2))
            parts[f"{whose}has_picture"] = place >= 0
        if self.lessons.has_texts:
            parts[f"{whose}tokens"] = self.lessons.tokens[numbers]
        return parts
