"""Measured facts about a generated bilingual shop: the figures in docs/demo-bilingual.md come from here.

python -m daogou.data.demo.bilingual.facts
"""

from __future__ import annotations

import json
import sys
from typing import Any

import numpy as np

from daogou.core.types import F64
from daogou.data.demo.bilingual.log import NAMES, NUMBER, PLACEMENTS
from daogou.data.demo.bilingual.shop import BilingualShop, generate


def measure(shop: BilingualShop) -> dict[str, Any]:
    """Counts, click-through by place, conversion, repeat share, concentration and cold share."""
    events, lines, truth = shop.events.events, shop.events.lines, shop.truth
    counts = np.bincount(events["name"], minlength=len(NAMES))
    event_of_line = np.repeat(np.arange(len(events["name"])), events["n_lines"])
    is_purchase = events["name"][event_of_line] == NUMBER["purchase"]
    buyer, bought = events["user"][event_of_line][is_purchase], lines["item"][is_purchase]
    pairs = buyer.astype(np.int64) * len(truth.item_ids) + bought
    by_item = np.bincount(bought, minlength=len(truth.item_ids))[~truth.item_is_coupon]
    touched = np.zeros(len(truth.item_ids), bool)
    is_impression = events["name"] == NUMBER["impression"]
    touched[lines["item"][~is_impression[event_of_line]]] = True
    n_visits = len(shop.events.visits.user)
    return {
        "items": int((~truth.item_is_coupon).sum()),
        "coupons": int(truth.item_is_coupon.sum()),
        "groups": len(np.unique(truth.item_group[~truth.item_is_coupon])),
        "users": len(truth.user_ids),
        "mean_friends": round(float(truth.friends.sum(axis=1).mean()), 2),
        "visits": n_visits,
        "events": {name: int(counts[NUMBER[name]]) for name in NAMES},
        "lines": shop.events.n_lines,
        "events_without_impressions": int(len(shop.events) - counts[NUMBER["impression"]]),
        "click_through_by_position": {
            name: [round(float(one), 4) for one in click_through(shop, number)]
            for number, name in enumerate(PLACEMENTS)
            if name != "coupons"
        },
        "carts_per_view": round(float(counts[NUMBER["add_to_cart"]] / counts[NUMBER["view_item"]]), 4),
        "orders_per_visit": round(float(counts[NUMBER["purchase"]] / n_visits), 4),
        "lines_per_order": round(float(is_purchase.sum() / counts[NUMBER["purchase"]]), 3),
        "repeat_share_of_lines": round(float(1 - len(np.unique(pairs)) / len(pairs)), 4),
        "gini_of_sales": round(gini(by_item.astype(np.float64)), 4),
        "share_of_items_never_touched": round(float(1 - touched[~truth.item_is_coupon].mean()), 4),
        "share_of_items_never_sold": round(float((by_item == 0).mean()), 4),
        "share_of_shoppers_without_order": round(float(1 - len(np.unique(buyer)) / len(truth.user_ids)), 4),
        "share_of_orders_with_coupon": round(
            float((events["coupon"][events["name"] == NUMBER["purchase"]] >= 0).mean()), 4
        ),
    }


def click_through(shop: BilingualShop, placement: int) -> F64:
    """(places,) share of shown items that were clicked, by place, in one placement (position in PLACEMENTS)."""
    events, lines = shop.events.events, shop.events.lines
    event_of_line = np.repeat(np.arange(len(events["name"])), events["n_lines"])
    name, where = events["name"][event_of_line], events["placement"][event_of_line]
    shown = lines["position"][(name == NUMBER["impression"]) & (where == placement)]
    clicked = lines["position"][(name == NUMBER["select_item"]) & (where == placement)]
    return np.asarray(np.bincount(clicked, minlength=int(shown.max()) + 1) / np.bincount(shown), np.float64)


def gini(values: F64) -> float:
    """Concentration from 0 (all equal) to 1 (one has everything)."""
    ordered = np.sort(values)
    n = len(ordered)
    return float((2 * np.arange(1, n + 1) - n - 1) @ ordered / (n * ordered.sum()))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(generate()), indent=1) + "\n")
