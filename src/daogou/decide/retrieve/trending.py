"""Trending: what shoppers turn to these days, above all what they turn to today more than usual.

The live part is the day's activity beyond what the month leads to expect, in standard deviations of a Poisson count;
it works before any training. Beside a trained part it counts the more, the more is going on today.
"""

from __future__ import annotations

import numpy as np

from daogou.core.types import F32, Query
from daogou.decide.live import Action
from daogou.decide.retrieve.signal import Occasion, Signal, impersonal

MODEL = "trending"
WORTH: dict[Action, float] = {"view": 1.0, "cart": 4.0}
DAYS_PER_MONTH = 30.0
SHRINKAGE = 200.0
"""Activity of a day, in views, at which the live part counts half as much as the trained one."""
LEFT_OVER = 1e-3
"""What mere activity of the week counts: enough to order a quiet shop, too little to matter in any other."""


def retrieve(occasion: Occasion) -> list[Signal]:
    """One signal, the same for everybody; none where nobody did anything for weeks and no model was trained."""
    live, evidence = surge(occasion)
    if MODEL not in occasion.models:
        return [impersonal("trending", live, "trending")] if live.any() else []
    trained = occasion.models[MODEL].score_all(Query(now_us=occasion.now_us))
    share = evidence / (evidence + SHRINKAGE) / max(float(live.max(initial=0.0)), 1e-12)
    scores = trained / max(float(trained.max(initial=0.0)), 1e-12) + live * np.float32(share)
    return [impersonal("trending", scores.astype(np.float32), "trending")]


def surge(occasion: Occasion) -> tuple[F32, float]:
    """(n_catalogue,) how far the last day is above each item's usual rate, a little for any activity; and how much
    there was in all on that day."""
    today, week, month = (
        sum((occasion.live.counts(one, span, occasion.now_us) * worth for one, worth in WORTH.items()), np.float32(0))
        for span in ("day", "week", "month")
    )
    usual = month / DAYS_PER_MONTH
    beyond = np.maximum(today - usual, 0) / np.sqrt(usual + 1)
    surging: F32 = (beyond + LEFT_OVER * week).astype(np.float32)
    return surging, float(np.sum(today))
