"""Who comes to the shop: simulated shoppers drawn from its catalogue and its log, each by a seed of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from random import Random

import numpy as np

from daogou.core.types import Item
from daogou.data.dataset import Dataset
from daogou.decide.catalogue import Catalogue
from daogou.decide.guide.evaluation.facts import UNSPOKEN, values_of
from daogou.decide.guide.evaluation.shop_words import ShopWords
from daogou.decide.guide.evaluation.shopper import AgendaShopper, Temper
from daogou.decide.guide.evaluation.voice import Language, Voice

USEFUL = 0.9
"""Utility from which a target-free shopper is content with an item; see `utility`."""


@dataclass(frozen=True)
class Cast:
    """sellable: items that may be wanted; weights: how often each was taken; baskets: held-out baskets of them."""

    sellable: tuple[Item, ...]
    weights: tuple[float, ...]
    baskets: tuple[tuple[Item, ...], ...]
    words: ShopWords
    currency: str

    @classmethod
    def of(cls, catalogue: Catalogue, dataset: Dataset, shop_id: str, currency: str, *, held_out: float = 0.15) -> Cast:
        """held_out: the newest share of the log's baskets, from which target-free shoppers are drawn."""
        taken = np.bincount(dataset.item, minlength=len(dataset.item_ids))
        often = dict(zip(dataset.item_ids, taken.tolist(), strict=True))
        sellable = tuple(item for item in catalogue.items if _is_sellable(item))
        ids = {item.id for item in sellable}
        order = np.argsort(dataset.basket_at_us, kind="stable")
        newest = order[int(len(order) * (1 - held_out)) :]
        baskets = []
        for row in newest.tolist():
            bought = [dataset.item_ids[number] for number in dataset.baskets[row].indices.tolist()]
            items = tuple(item for one in bought if one in ids and (item := catalogue.item(one)) is not None)
            if items:
                baskets.append(items)
        weights = tuple(1.0 + often.get(item.id, 0) for item in sellable)
        return cls(sellable, weights, tuple(baskets), ShopWords.of(shop_id), currency)

    def target_known(self, number: int, language: Language, temper: Temper, seed: int) -> AgendaShopper:
        """Wants one item, drawn by how often it is taken."""
        random = Random(f"known {seed} {language} {number}")
        wish = random.choices(self.sellable, cum_weights=self._cumulated)[0]
        return self._shopper(wish, (wish,), language, temper, random, is_open=False)

    def target_free(self, number: int, language: Language, temper: Temper, seed: int) -> AgendaShopper:
        """Wants what somebody bought later, or something of about the same use."""
        random = Random(f"free {seed} {language} {number}")
        basket = random.choice(self.baskets)
        wish = random.choice(basket)
        return self._shopper(wish, basket, language, temper, random, is_open=True)

    def _shopper(
        self,
        wish: Item,
        bought: Sequence[Item],
        language: Language,
        temper: Temper,
        random: Random,
        *,
        is_open: bool,
    ) -> AgendaShopper:
        ids = {item.id for item in bought}

        def accepts(item: Item) -> bool:
            return item.id in ids or (is_open and utility(item, wish) >= USEFUL)

        rivals = self._of_kind(wish)
        voice = Voice(language, self.words, self.currency, random)
        return AgendaShopper(wish, accepts, rivals, voice, temper, random)

    @cached_property
    def _cumulated(self) -> list[float]:
        return list(accumulate(self.weights))

    def _of_kind(self, wish: Item) -> Sequence[Item]:
        kind = wish.categories[0][-1]
        return self._by_kind[kind]

    @cached_property
    def _by_kind(self) -> dict[str, list[Item]]:
        found: dict[str, list[Item]] = {}
        for item in self.sellable:
            found.setdefault(item.categories[0][-1], []).append(item)
        return found


def utility(item: Item, wish: Item) -> float:
    """How well an item serves instead of another, in [0, 1]: the same kind, not much dearer, alike in its facts."""
    if item.categories[:1] != wish.categories[:1] or not item.price_minor or not wish.price_minor:
        return 0.0
    price = 1.0 if item.price_minor <= 1.1 * wish.price_minor else 0.0
    told = {name: set(values) for name, values in wish.attributes.items() if name not in UNSPOKEN}
    alike = [bool(values & set(values_of(item, name))) for name, values in told.items()]
    return 0.4 + 0.2 * price + 0.4 * (sum(alike) / len(alike) if alike else 1.0)


def _is_sellable(item: Item) -> bool:
    return bool(
        item.kind == "product"
        and item.availability == "in_stock"
        and not item.is_hidden
        and item.price_minor
        and item.categories
        and item.categories[0]
    )
