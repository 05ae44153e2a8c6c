"""Answer a slate the way a simulated shopper would: for judging recommenders in a world whose truth is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from daogou.core.errors import InvalidInput
from daogou.core.types import I32, Bools
from daogou.data.demo.bilingual.truth import Context, Truth


@dataclass(frozen=True)
class Outcome:
    """What happened to each place of the slate."""

    clicked: Bools
    purchased: Bools  # only where clicked


def simulate_slate(
    truth: Truth, user: int, slate_items: Sequence[int] | I32, context: Context, rng: np.random.Generator
) -> Outcome:
    """Show item numbers in this order to one shopper and draw her clicks and purchases.

    Raises InvalidInput for a number that is no item, or for an item shown twice.
    """
    items = np.asarray(slate_items, np.int64)
    n_items = len(truth.item_ids)
    if items.size and (items.min() < 0 or items.max() >= n_items):
        wrong = items[(items < 0) | (items >= n_items)][0]
        raise InvalidInput(f"slate_items: {wrong} is no item. Use numbers from 0 to {n_items - 1}.")
    if len(np.unique(items)) != len(items):
        raise InvalidInput(f"slate_items: {items.tolist()} shows an item twice. Use each item once.")
    if not 0 <= user < len(truth.user_ids):
        raise InvalidInput(f"user: {user} is no shopper. Use numbers from 0 to {len(truth.user_ids) - 1}.")
    numbers = items.astype(np.int32)
    clicked = rng.random(len(items)) < truth.click_probability(user, numbers, context)
    purchased = clicked & (rng.random(len(items)) < truth.purchase_probability(user, numbers, context))
    return Outcome(clicked, purchased)
