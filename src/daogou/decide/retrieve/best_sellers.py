"""Best sellers: what is bought lately in the store that asks, else in its region, else in the shop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import numpy as np

from daogou.core.types import F32
from daogou.decide.explain.wording import NO_FACTS
from daogou.decide.retrieve import popular
from daogou.decide.retrieve.signal import Occasion, Signal, impersonal, told_alike


def retrieve(occasion: Occasion) -> list[Signal]:
    """One signal per place: all that sells nearer by stands before what only sells further off.

    Where nothing was bought for two months, what was most bought before that, once a model was trained.
    """
    signals: list[Signal] = []
    is_ranked = np.zeros(len(occasion.catalogue), bool)
    for tier, (code, facts, counts) in enumerate(_places(occasion)):
        height = float(counts.max(initial=0.0))
        if height <= 0:
            continue
        is_new = (counts > 0) & ~is_ranked
        scores = np.where(is_new, 0.1**tier * (0.2 + 0.8 * counts / height), 0).astype(np.float32)
        signals.append(told_alike(impersonal("best_sellers", scores, code), facts))
        is_ranked |= is_new
    return signals or popular.retrieve(occasion)


def _places(occasion: Occasion) -> Iterator[tuple[str, Mapping[str, str], F32]]:
    """Reason code, what it names, and the counts: of the nearest place first."""
    region_of = occasion.settings.places.regions
    store = occasion.context.store
    count = partial(occasion.live.store_counts, now_us=occasion.now_us)
    if store is not None and (own := count(store)) is not None:
        yield "best_seller_store", {"place": store}, own
    region = occasion.context.region or region_of.get(store or "")
    if region is not None:
        found = [counts for one, place in region_of.items() if place == region and (counts := count(one)) is not None]
        if found:
            yield "best_seller_region", {"place": region}, np.sum(found, axis=0, dtype=np.float32)
    yield "best_seller", NO_FACTS, occasion.live.counts("buy", "month", occasion.now_us)
