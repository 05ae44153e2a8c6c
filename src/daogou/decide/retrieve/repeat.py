"""Buy again: what the shopper buys regularly; first what is due now, by the time that usually passes between orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from statistics import median
from zoneinfo import ZoneInfo

import numpy as np

from daogou.core.clock import DAY_US, SECOND_US
from daogou.decide.eligibility import PURCHASE, REFUND
from daogou.decide.retrieve.recent import own_items
from daogou.decide.retrieve.signal import Occasion, Signal, Told

HALF_LIFE_DAYS = 90.0
DUE = 4.0
"""How many times as much what is due counts: as much as an order now counts beside one half a year ago."""
SOON_PART = 0.2
"""Due soon: within this part of its usual interval."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """One item the shopper has bought: how strongly, and when it will be wanted again; None where nobody can say."""

    strength: float
    last_us: int
    interval_us: float | None

    @property
    def due_us(self) -> int | None:
        return None if self.interval_us is None else self.last_us + round(self.interval_us)


def retrieve(occasion: Occasion) -> list[Signal]:
    """One signal: the sum over past orders of 0.5 ** (age / half life), more for what is due; returns do not count."""
    wanted = {number: one for number, one in _repeated(occasion).items() if one.strength > 0}
    if not wanted:
        return []
    causes = np.fromiter(wanted, np.int32, len(wanted))
    scores = np.zeros(len(occasion.catalogue), np.float32)
    scores[causes] = [one.strength * _urgency(one, occasion.now_us) for one in wanted.values()]
    zone = ZoneInfo(occasion.settings.shop.timezone)

    def tell(number: int, shown: Sequence[int]) -> Told:
        one = wanted[number]
        if one.due_us is None or _urgency(one, occasion.now_us) == 1.0:
            return "buy_again", {}
        date = datetime.fromtimestamp(one.due_us / SECOND_US, UTC).astimezone(zone).date().isoformat()
        return ("buy_again_due" if one.due_us <= occasion.now_us else "buy_again_soon"), {"date": date}

    return [replace(own_items("repeat", scores, causes, "buy_again"), tell=tell)]


def _urgency(one: Repeated, now_us: int) -> float:
    """DUE from the day it is due, until as much time again has passed; rising before that; else 1."""
    if one.due_us is None or not one.interval_us:
        return 1.0
    late = (now_us - one.due_us) / one.interval_us  # in intervals
    if late > 1.0 or late < -SOON_PART:
        return 1.0
    return DUE if late >= 0 else DUE + (DUE - 1) * late / SOON_PART


def _repeated(occasion: Occasion) -> dict[int, Repeated]:
    strength: dict[int, float] = defaultdict(float)
    bought: dict[int, list[int]] = defaultdict(list)
    lines = occasion.past.lines
    trades = lines.only(np.isin(lines.kinds, (PURCHASE, REFUND)) & (lines.numbers >= 0))
    faded = 0.5 ** (np.maximum(occasion.now_us - trades.at_us, 0) / DAY_US / HALF_LIFE_DAYS)
    is_bought = trades.kinds == PURCHASE
    parts = np.where(is_bought, faded, -faded).tolist()
    for number, at_us, bought_now, part in zip(
        trades.numbers.tolist(), trades.at_us.tolist(), is_bought.tolist(), parts, strict=True
    ):
        strength[number] += part
        if bought_now:
            bought[number].append(at_us)
    intervals = _intervals(occasion, bought)
    return {number: Repeated(strength[number], times[-1], intervals.get(number)) for number, times in bought.items()}


def _intervals(occasion: Occasion, bought: Mapping[int, Sequence[int]]) -> dict[int, float]:
    """Usual time between two orders: the item's own, else that of its category, else of all the shopper reorders."""
    own = {number: gaps for number, times in bought.items() if (gaps := _gaps(times))}
    if not own:
        return {}
    by_category: dict[int, list[int]] = defaultdict(list)
    for number, gaps in own.items():
        by_category[int(occasion.catalogue.category[number])] += gaps
    usual = median(gap for gaps in own.values() for gap in gaps)
    of_category = {category: median(gaps) for category, gaps in by_category.items()}
    categories = occasion.catalogue.category
    return {
        number: median(own[number]) if number in own else of_category.get(int(categories[number]), usual)
        for number in bought
    }


def _gaps(times: Sequence[int]) -> list[int]:
    """Between orders on different days."""
    return [gap for one, following in pairwise(times) if (gap := following - one) >= DAY_US]
