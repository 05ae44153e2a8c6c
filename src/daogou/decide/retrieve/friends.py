"""Friends: what people the shopper knows took lately, when enough of them let it be used; none is ever named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from daogou.core.clock import DAY_US
from daogou.core.types import HistoryRow, User
from daogou.data.store.store import person_keys
from daogou.decide.retrieve.signal import Occasion, Signal, impersonal

MOST_FRIENDS = 8
ROWS_EACH = 30
HALF_LIFE_DAYS = 30.0
LIKED = frozenset({"add_to_cart", "add_to_wishlist", "purchase", "rate_item"})
"""What counts as liking: looking at something does not."""


def retrieve(occasion: Occasion) -> list[Signal]:
    """One signal: how many friends liked it, lately counting more; without causes, so that nobody can be told from it.

    None with fewer than `least` friends whose likes may be used.
    """
    pasts = [past for past in circle(occasion) if past]
    if len(pasts) < occasion.settings.friends.least:
        return []
    worth = _worth(occasion)
    scores = np.zeros(len(occasion.catalogue), np.float32)
    for past in pasts:
        for number, liking in _likes(occasion, past, worth).items():
            scores[number] += liking
    return [impersonal("friends", scores, "friends")]


def circle(occasion: Occasion) -> list[list[HistoryRow]]:
    """What each friend liked: of those who consent and, where a link alone does not say so, name the shopper too."""
    user, settings = occasion.user, occasion.settings.friends
    if user is None or user.consent.personalization != "granted" or len(user.friends) < settings.least:
        return []
    return occasion.catalogue.reach.ask(lambda: _pasts_of_friends(occasion, user), [])


def _pasts_of_friends(occasion: Occasion, user: User) -> list[list[HistoryRow]]:
    store, settings = occasion.catalogue.store, occasion.settings.friends
    pasts = []
    for name in dict.fromkeys(user.friends):
        friend = store.user(name) if name != user.id else None
        if friend is None or friend.consent.personalization != "granted":
            continue
        if settings.links_are_consented or user.id in friend.friends:
            rows = store.history(person_keys(friend.id, None), ROWS_EACH)
            pasts.append([row for row in rows if row.name in LIKED])
        if len(pasts) == MOST_FRIENDS:
            break
    return pasts


def _likes(occasion: Occasion, past: Sequence[HistoryRow], worth: Mapping[str, float]) -> dict[int, float]:
    """By catalogue number how much one friend likes it, at most 1, so that no one of them decides."""
    likes: dict[int, float] = {}
    for row in past:
        number = occasion.catalogue.number_of.get(row.item_id)
        if number is not None:
            age_days = max(occasion.now_us - row.at_us, 0) / DAY_US
            liking = worth[row.name] * 0.5 ** (age_days / HALF_LIFE_DAYS)
            likes[number] = max(likes.get(number, 0.0), liking)
    return likes


def _worth(occasion: Occasion) -> dict[str, float]:
    """What each way of liking counts, from what it is worth to the shop: the weightiest is 1."""
    told = occasion.settings.objective.weights()
    most = max(told[name] for name in LIKED)
    return {name: max(told[name], 0.0) / most if most > 0 else 0.0 for name in LIKED}
