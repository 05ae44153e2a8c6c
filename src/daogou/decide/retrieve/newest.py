"""New arrivals: the youngest items of the catalogue; works before any training."""

from __future__ import annotations

import numpy as np

from daogou.core.clock import DAY_US
from daogou.decide.retrieve.signal import Occasion, Signal, impersonal


def retrieve(occasion: Occasion) -> list[Signal]:
    """One signal: 1 for an item created now, falling by age; later additions win among equals."""
    created = occasion.catalogue.created_at_us
    is_dated = created > np.iinfo(np.int64).min
    age_days = np.where(is_dated, np.maximum(occasion.now_us - created, 0), 0) / DAY_US
    freshness = np.where(is_dated, 1.0 / (1.0 + age_days / 30.0), 1e-6)
    later = np.arange(len(created)) * (1e-9 / max(len(created), 1))
    return [impersonal("newest", (freshness + later).astype(np.float32), "new_arrival")]
