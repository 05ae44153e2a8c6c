"""What may be shown to somebody of whom nothing is known: in feeds, to search engines, to other people's assistants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from daogou.core.types import I32, Bools, ItemKind
from daogou.decide.catalogue import KINDS
from daogou.decide.eligibility import GATES, Visit, codes
from daogou.decide.filters import parse_filter
from daogou.decide.shop import Shop
from daogou.decide.suitability import requirements

PLACEMENT = "search"
"""Whose filter and whose rules of the merchant hold: what search may not show, nobody outside is told of."""

SOLD_KINDS: tuple[ItemKind, ...] = ("product", "bundle", "course")
"""Kinds that are bought as they are listed; no coupons, no articles, nothing that asks for advice first."""


def visit_of_anybody(shop: Shop, context: Mapping[str, Any] | None = None) -> Visit:
    """The strictest visit: no age, no risk tolerance, no segment is known.

    context  what the caller says of the circumstances, as in requests of lists
    """
    now_us, placement = shop.clock(), shop.settings.placements[PLACEMENT]
    read = shop.contexts.read(context or {}, now_us)
    ruling = shop.rules.live.ruling(shop.catalogue, PLACEMENT, now_us, context=read)
    return Visit(
        now_us=now_us,
        is_kind_held=np.array([kind in SOLD_KINDS and kind in placement.kinds for kind in KINDS]),
        rule_hidden=ruling.hidden,
        suitability=requirements(shop.settings.suitability, None),
        filters=() if placement.filter is None else (parse_filter(placement.filter),),
    )


def showable(shop: Shop, numbers: I32, visit: Visit) -> Bools:
    """(len(numbers),) which of these may be shown; sold-out ones may, and whoever shows them says so."""
    barred = codes(shop.catalogue, numbers, visit) & ~np.uint16(GATES["out_of_stock"])
    shown: Bools = barred == 0
    return shown
