"""What was shown, to whom, when and after what, as rows that rankers learn from.

A row holds only what was known when the list was made: the item as the catalogue has it, the spot, the moment, and
what the shopper had done before. What came of it afterwards is the label and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import polars as pl

from daogou.core.types import EVENT_WEIGHTS, I64, Item, wanted_events
from daogou.learn.features import Buckets, Category, FeatureSpec, History, Moment, Number
from daogou.learn.features.column import Column
from daogou.learn.online import ONLINE, ONLINE_HISTORY

Goal = Literal["click", "purchase"]

CIRCUMSTANCES = ("device", "store", "weather")

TAKEN_BY = {
    "was_clicked": ("select_item", "view_item"),
    "was_carted": ("add_to_cart",),
    "was_wished": ("add_to_wishlist",),
    "was_bought": ("purchase",),
}
"""What came of a place, by the events that tell it; it is a success where the shop values one of them."""


def spec_of(time_zone: str, table: pl.DataFrame) -> FeatureSpec:
    """How the columns of `Shown` are read; those that say nothing in `table` are left out."""
    columns: list[Column] = [
        Category("item", about="item", min_count=5),
        Category("category", about="item", min_count=5),
        Category("brand", about="item", min_count=5),
        Buckets("price"),
        Category("placement"),
        Category("position"),
        Moment("at_us", parts=("hour", "weekday", "month"), time_zone=time_zone),
        History("history", of="item", length=ONLINE_HISTORY),
    ]
    optional: list[Column] = [*map(Category, CIRCUMSTANCES), *map(Number, ONLINE)]
    columns += [one for one in optional if table[one.name].count()]
    return FeatureSpec.of(*columns)


@dataclass(frozen=True, eq=False)
class Shown:
    """table  a row for each counted place, by time: recommendation_id, the columns of `spec_of`, was_clicked, …
    worth  what each kind of event is worth to the shop: those worth nothing are no success, and no past either
    """

    table: pl.DataFrame
    worth: Mapping[str, float] = field(default_factory=lambda: EVENT_WEIGHTS)

    @classmethod
    def of(
        cls,
        places: pl.DataFrame,
        outcomes: pl.DataFrame,
        items: Mapping[str, Item],
        seen: pl.DataFrame | None = None,
        worth: Mapping[str, float] = EVENT_WEIGHTS,
    ) -> Shown:
        """places, outcomes  as `learn.evaluation.served_places.places` and `data.lake.outcomes.read_outcomes` give them
        items             the catalogue by id, in its own order; places of items that it no longer has are left out
        seen              as `data.lake.seen.read_seen` gives it: what was known when lists were made. For lists
                          without it the history is told from `outcomes`, and all else is missing
        worth             the shop's `[objective]`
        """
        known = places.filter(pl.col("item_id").is_in(list(items))).sort("at_us", "recommendation_id", "position")
        facts = item_facts(items.values())
        table = known.join(facts, left_on="item_id", right_on="item", how="left", maintain_order="left")
        histories = pl.Series("history", _histories(known, outcomes, worth), pl.List(pl.String))
        table = _with_seen(table.with_columns(histories), seen)
        return cls(table.with_columns(pl.col("position").cast(pl.String)).rename({"item_id": "item"}), worth)

    def __len__(self) -> int:
        return len(self.table)

    def labelled(self, goal: Goal) -> pl.DataFrame:
        """The table with the column `label`: a purchase, or for "click" anything that the shop values."""
        events = wanted_events(self.worth)
        hits = [column for column, told in TAKEN_BY.items() if any(name in events for name in told)]
        label = pl.any_horizontal(pl.lit(value=False), *hits) if goal == "click" else pl.col("was_bought")
        return self.table.with_columns(label.cast(pl.Float32).alias("label"))

    def newest(self, share: float) -> I64:
        """Rows of the lists that were made last, about this share of all; rows of one list are never parted."""
        if not len(self):
            return np.empty(0, np.int64)
        at_us = self.table["at_us"].to_numpy()
        first = self.table.group_by("recommendation_id").agg(pl.col("at_us").min())["at_us"].to_numpy()
        cut = np.quantile(first, 1 - share, method="higher")
        began = self.table.select(pl.col("at_us").min().over("recommendation_id")).to_series().to_numpy()
        return np.flatnonzero(began >= cut) if (began < cut).any() else np.empty(0, at_us.dtype)


def item_facts(items: Iterable[Item]) -> pl.DataFrame:
    """What rankers know of items whoever asks: a row each with item, category, brand and price."""
    return pl.DataFrame(
        [
            (one.id, " > ".join(one.categories[0]) if one.categories else None, one.brand, one.price_minor)
            for one in items
        ],
        schema={"item": pl.String, "category": pl.String, "brand": pl.String, "price": pl.Int64},
        orient="row",
    )


def _with_seen(table: pl.DataFrame, seen: pl.DataFrame | None) -> pl.DataFrame:
    """The rows with what was logged with their lists: the histories of those that have one are the logged ones."""
    if seen is None or not len(seen):
        nothing = [pl.lit(None, pl.String).alias(name) for name in CIRCUMSTANCES]
        return table.with_columns(*nothing, *(pl.lit(None, pl.Float32).alias(name) for name in ONLINE))
    joined = table.join(
        seen.rename({"history": "seen_history"}), on=["recommendation_id", "item_id"], how="left", maintain_order="left"
    )
    return joined.with_columns(pl.coalesce("seen_history", "history").alias("history")).drop("seen_history")


def _histories(places: pl.DataFrame, outcomes: pl.DataFrame, worth: Mapping[str, float]) -> list[list[str]]:
    """Of each place the items its shopper had acted on before, oldest first, each once at its newest time."""
    acts = outcomes.filter(
        pl.col("name").is_in(wanted_events(worth)) & pl.col("person").is_not_null() & pl.col("item_id").is_not_null()
    ).sort("at_us", maintain_order=True)
    pasts: dict[str, tuple[I64, list[str]]] = {
        str(person): (part["at_us"].to_numpy(), part["item_id"].to_list())
        for (person,), part in acts.group_by("person", maintain_order=True)
    }
    found: dict[tuple[Any, int], list[str]] = {}
    asked = list(zip(places["cluster"].to_list(), places["at_us"].to_list(), strict=True))
    for person, at_us in asked:
        if (person, at_us) not in found:
            found[person, at_us] = _before(pasts.get(person), at_us)
    return [found[one] for one in asked]


def _before(past: tuple[I64, list[str]] | None, at_us: int) -> list[str]:
    if past is None:
        return []
    times, items = past
    end = int(np.searchsorted(times, at_us, side="left"))
    newest_first = dict.fromkeys(reversed(items[max(end - 4 * ONLINE_HISTORY, 0) : end]))
    return list(newest_first)[:ONLINE_HISTORY][::-1]
