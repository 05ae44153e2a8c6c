"""How alike items are to one that was pointed at: of its kind, with its attributes, and by the shop's models."""

from __future__ import annotations

import numpy as np

from daogou.core.types import F32, Query
from daogou.decide.filters.fields import FIELDS, NumberField
from daogou.decide.guide.acts import BRAND, Want
from daogou.decide.guide.fields import NEVER_TOLD
from daogou.decide.guide.view import View

SAME_CATEGORY, SHARED, BY_MODEL, NEAR_PRICE = 4.0, 3.0, 2.0, 1.0
MODELS = ("content", "item_knn")


def likeness(view: View, anchor: str) -> F32:
    """(n_items,) larger is more alike; all 0.0 where the item is not known."""
    catalogue = view.shop.catalogue
    number = view.number(anchor)
    scores = np.zeros(len(catalogue), np.float32)
    if number is None:
        return scores
    item = catalogue.items[number]
    scores[catalogue.category == catalogue.category[number]] += SAME_CATEGORY
    told = [Want(field, "is", values) for field, values in item.attributes.items() if field not in NEVER_TOLD]
    if item.brand:
        told.append(Want(BRAND, "is", (item.brand,)))
    for want in told:
        has, _ = view.fields.answers(want)
        share = max(float(has.mean()), 1e-6)
        scores[has] += np.float32(SHARED * min(1.0, -np.log(share) / 5.0) / len(told))  # what few have says more
    for name in MODELS:
        if name in view.shop.models:
            said = view.shop.models[name].score_all(Query(np.array([number], np.int32), now_us=view.now_us)).copy()
            said[number] = 0.0
            height = float(said.max(initial=0.0))
            if height > 0:
                scores += np.float32(BY_MODEL) * np.clip(said / np.float32(height), 0, 1)
    return scores + _near_in_price(view, number)


def _near_in_price(view: View, number: int) -> F32:
    price = FIELDS["price"]
    assert isinstance(price, NumberField)
    prices = view.shop.catalogue.columns.number("price", price.read).values
    own = prices[number]
    if not own > 0:
        return np.zeros(len(prices), np.float32)
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.abs(np.log(np.maximum(prices, 1.0) / own))
    near: F32 = np.nan_to_num(NEAR_PRICE * np.exp(-apart)).astype(np.float32)
    return near
