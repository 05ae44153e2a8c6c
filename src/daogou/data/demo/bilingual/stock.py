"""How many pieces of an item each of the four stores has, and whether it can be bought at all."""

from __future__ import annotations

from typing import Any

import numpy as np

from daogou.core.clock import DAY_US, isoformat
from daogou.data.demo.bilingual import seasons
from daogou.data.demo.bilingual.vocabulary import ProductType

SHARE_SOLD_OUT = 0.02
SHARE_EMPTY_STORE = 0.08
SHARE_PREORDER = 0.2  # of the items that came in the last ten days
SHARE_LAST_SEASON = 0.06  # of summer items: taken off sale in autumn
OFF_SALE_DAY = 260  # 7 October


def stock_of(product: ProductType, born: int, rng: np.random.Generator) -> dict[str, Any]:
    """The fields `stores`, `availability` and, where they apply, `available_at` and `expires_at`."""
    typical = 60.0 if product.repeat_days else 12.0
    quantities = rng.poisson(typical, len(seasons.STORES)) * (rng.random(len(seasons.STORES)) >= SHARE_EMPTY_STORE)
    if rng.random() < SHARE_SOLD_OUT:
        return {"stores": _stores(np.zeros_like(quantities)), "availability": "out_of_stock"}
    if born >= seasons.N_DAYS - 10 and rng.random() < SHARE_PREORDER:
        starts = isoformat(seasons.START_US + (seasons.N_DAYS + int(rng.integers(10, 25))) * DAY_US)
        return {"stores": _stores(np.zeros_like(quantities)), "availability": "preorder", "available_at": starts}
    fields: dict[str, Any] = {"stores": _stores(quantities), "availability": "in_stock"}
    if product.season == "summer" and born < OFF_SALE_DAY - 60 and rng.random() < SHARE_LAST_SEASON:
        fields["expires_at"] = isoformat(seasons.START_US + OFF_SALE_DAY * DAY_US)
    return fields


def _stores(quantities: Any) -> list[dict[str, Any]]:
    return [
        {"store_id": store, "quantity": int(quantity)}
        for store, quantity in zip(seasons.STORES, quantities, strict=True)
    ]
