"""What a shopper said about tags, and what follows for a list: more or less of one, nothing of another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from daogou.core.types import F32, I32
from daogou.decide.profile.tag import read_tag
from daogou.decide.profile.tag_book import TagBook

Choice = Literal["more", "less", "never"]
Choices = Mapping[str, Choice]
"""By tag, in the order in which it was said."""

LESS = np.float32(0.25)
"""What the score of an item is multiplied by for each of its tags that the shopper wants less of."""

MORE = np.float32(3.0)
"""The same for each of its tags that the shopper wants more of."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """factors  (n_catalogue,) what each item's score is multiplied by; None where nothing is
    never    numbers of items that carry a tag the shopper wants nothing of
    more     numbers of items that carry a tag the shopper wants more of
    """

    factors: F32 | None
    never: I32
    more: I32 = field(default_factory=lambda: np.empty(0, np.int32))


NOTHING_SAID = Wishes(None, np.empty(0, np.int32))


def wishes(choices: Choices, book: TagBook, n_catalogue: int) -> Wishes:
    """What the choices, by tag, mean for the items of the catalogue."""
    if not choices:
        return NOTHING_SAID
    factors = np.ones(n_catalogue, np.float32)
    for number in _carriers(choices, "less", book):
        factors[number] *= LESS
    for number in _carriers(choices, "more", book):
        factors[number] *= MORE
    more = [numbers for numbers in _carriers(choices, "more", book) if len(numbers)]
    never = [numbers for numbers in _carriers(choices, "never", book) if len(numbers)]
    return Wishes(factors if (factors != 1).any() else None, _union(never), _union(more))


def _union(numbers: list[I32]) -> I32:
    return np.unique(np.concatenate(numbers)).astype(np.int32) if numbers else NOTHING_SAID.never


def _carriers(choices: Choices, wanted: Choice, book: TagBook) -> Iterable[I32]:
    return (book.carriers(read_tag(text)) for text, choice in choices.items() if choice == wanted)
