"""Rules that say of a shopper: this is a program. Each verdict carries its grounds.

A strong ground is enough; a weak one only raises suspicion, and two of them are enough together. Who bought on two
different days is held on strong grounds only, so heavy shoppers and wholesale buyers stay. A verdict never deletes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from daogou.core.clock import DAY_US
from daogou.core.settings import TrustSettings
from daogou.core.types import F64, I64, Bools
from daogou.data.store.trust_log import Ground
from daogou.data.trust.behaviour import Behaviour

STRONG, WEAK = 1.0, 0.5
LOYAL_DAYS = 2
CRAWL_BREADTH = 0.9
REPORTING = 0.5
"""Share of those who opened items that was shown a list, from which the shop counts as reporting what it shows."""


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule over everybody: who breaks it, the figure seen and the bound."""

    weight: float
    breaks: Bools
    seen: I64 | F64
    bound: float


def rules_over(found: Behaviour, settings: TrustSettings) -> Mapping[str, Rule]:
    """Every rule by its name."""
    never_bought = found.order_days == 0
    is_even = np.nan_to_num(found.unevenness, nan=np.inf) < settings.even_gaps
    looks_only = never_bought & (found.carts == 0)
    clicks_all = np.nan_to_num(found.click_share, nan=0.0) >= settings.click_share
    viewers = found.views > 0
    reports = bool(viewers.any()) and float(found.was_shown[viewers].mean()) >= REPORTING
    return {
        "declared": Rule(STRONG, found.is_declared, found.is_declared.astype(np.int64), 0),
        "acts_per_minute": Rule(
            STRONG, found.per_minute >= settings.acts_per_minute, found.per_minute, settings.acts_per_minute
        ),
        "same_second": Rule(STRONG, found.same_second >= settings.same_second, found.same_second, settings.same_second),
        "even_gaps": Rule(STRONG, is_even & (found.gaps >= settings.least_gaps), found.unevenness, settings.even_gaps),
        "hours_awake": Rule(STRONG, found.hours_awake >= settings.hours_awake, found.hours_awake, settings.hours_awake),
        "device": Rule(
            STRONG, never_bought & (found.per_device >= settings.people_per_device), found.per_device,
            settings.people_per_device,
        ),
        "network": Rule(
            STRONG, never_bought & (found.per_network >= settings.people_per_network), found.per_network,
            settings.people_per_network,
        ),
        "click_share": Rule(
            STRONG, (found.clicks >= settings.least_clicks) & clicks_all, found.click_share, settings.click_share
        ),
        "views_per_day": Rule(
            WEAK, found.views_per_day >= settings.views_per_day, found.views_per_day, settings.views_per_day
        ),
        "crawl": Rule(
            WEAK, looks_only & (found.views >= settings.crawl_views) & (found.breadth >= CRAWL_BREADTH), found.views,
            settings.crawl_views,
        ),
        "views_unseen": Rule(
            WEAK, looks_only & ~found.was_shown & (found.views >= settings.views_unseen) & reports, found.views,
            settings.views_unseen,
        ),
        "hasty": Rule(
            WEAK, looks_only & (found.per_minute >= settings.acts_per_minute // 2), found.per_minute,
            settings.acts_per_minute // 2,
        ),
    }  # fmt: skip


def verdicts(found: Behaviour, settings: TrustSettings) -> Mapping[str, Sequence[Ground]]:
    """By shopper, the grounds on which they are held; the others are not mentioned."""
    rules = rules_over(found, settings)
    is_loyal = found.order_days >= LOYAL_DAYS
    score = np.zeros(len(found.shoppers))
    for rule in rules.values():
        score += np.where(rule.breaks & ((rule.weight == STRONG) | ~is_loyal), rule.weight, 0.0)
    return {
        found.shoppers[who]: [
            (name, round(float(rule.seen[who]), 3), float(rule.bound))
            for name, rule in rules.items()
            if rule.breaks[who]
        ]
        for who in np.flatnonzero(score >= STRONG).tolist()
    }


def trusted(found: Behaviour, settings: TrustSettings) -> Bools:
    """(n,) who bought, or came back after some days: what costs an attacker time or money. Held ones too."""
    came_back = (found.days >= LOYAL_DAYS) & (found.last_us - found.first_us >= settings.account_days * DAY_US)
    trusted_ones: Bools = (found.order_days > 0) | came_back
    return trusted_ones
