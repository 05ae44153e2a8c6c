"""What new items, new brands and new sellers got of the places that went out, against what each placement promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl

from daogou.core.clock import DAY_US
from daogou.core.settings import PlacementSettings
from daogou.core.types import Item

USUAL_DAYS = 14
"""What counts as new where a placement promises nothing."""
SIGMAS = 1.96
SELLER = "seller"


@dataclass(frozen=True, slots=True)
class NewcomerShare:
    """One placement.

    items, brands, sellers  shares of its places: of items first seen within `days`, of items of such a brand or seller
    share                   of places with any of the three; low and high: its 95 % interval over lists
    drawn                   places given by chance; mean_propensity: the mean chance they had, None without any
    promised                None where the placement promises nothing
    is_kept                 False where even `high` is below the promise
    """

    placement: str
    days: int
    n_lists: int
    n_places: int
    items: float
    brands: float
    sellers: float
    share: float
    low: float
    high: float
    drawn: int
    mean_propensity: float | None
    promised: float | None
    is_kept: bool

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def newcomers(
    served: pl.DataFrame, items: Sequence[Item], placements: Mapping[str, PlacementSettings]
) -> list[NewcomerShare]:
    """One entry per placement that served anything, by name.

    served  as `data.lake.outcomes.read_served` gives it; an item that left the catalogue counts as not new
    """
    facts = _first_seen(items)
    return [
        _share(str(name), part.join(facts, on="item_id", how="left"), placements.get(str(name)))
        for (name,), part in sorted(served.group_by("placement"), key=lambda one: str(one[0][0]))
    ]


def _first_seen(items: Sequence[Item]) -> pl.DataFrame:
    """When each item, its brand and its seller were first seen; null where nobody knows."""
    sellers = [next(iter(item.attributes.get(SELLER, ())), None) for item in items]
    table = pl.DataFrame(
        {
            "item_id": [item.id for item in items],
            "items": [item.created_at_us for item in items],
            "brand": [(item.brand or "").strip().casefold() or None for item in items],
            "seller": sellers,
        },
        schema={"item_id": pl.String, "items": pl.Int64, "brand": pl.String, "seller": pl.String},
    )
    for name, owner in (("brands", "brand"), ("sellers", "seller")):
        is_unsure = pl.col(owner).is_null() | pl.col("items").is_null().any().over(owner)
        oldest = pl.col("items").min().over(owner)
        table = table.with_columns(pl.when(is_unsure).then(None).otherwise(oldest).alias(name))
    return table.select("item_id", "items", "brands", "sellers")


def _share(name: str, part: pl.DataFrame, plan: PlacementSettings | None) -> NewcomerShare:
    promise = None if plan is None else plan.new_items
    days = USUAL_DAYS if promise is None else promise.days
    since = pl.col("at_us") - days * DAY_US
    part = part.with_columns((pl.col(kind) >= since).fill_null(False) for kind in ("items", "brands", "sellers"))
    part = part.with_columns(pl.any_horizontal("items", "brands", "sellers").alias("new"))
    by_list = part.group_by("recommendation_id").agg(pl.col("new").sum(), pl.len().alias("places"))
    new, places = by_list["new"].to_numpy().astype(float), by_list["places"].to_numpy().astype(float)
    share = float(new.sum() / places.sum())
    spread = float(np.sqrt(np.sum((new - share * places) ** 2)) / places.sum())  # of a ratio of sums over lists
    high = min(share + SIGMAS * spread, 1.0)
    held = {kind: float(part[kind].sum()) / len(part) for kind in ("items", "brands", "sellers")}
    chances = part["propensity"].drop_nulls()
    promised = None if promise is None else promise.share
    return NewcomerShare(
        name,
        days,
        len(by_list),
        len(part),
        held["items"],
        held["brands"],
        held["sellers"],
        share,
        max(share - SIGMAS * spread, 0.0),
        high,
        len(chances),
        float(np.mean(chances.to_numpy())) if len(chances) else None,
        promised,
        promised is None or high >= promised,
    )
