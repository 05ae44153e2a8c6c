"""The same shoppers' lists by two releases, through all that a list goes through, before one replaces the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from daogou.core.errors import DaogouError
from daogou.data.store.store import USER_PREFIX, VISITOR_PREFIX
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop
from daogou.decide.trace import trace

PLACEMENT = "home_for_you"


@dataclass(frozen=True)
class Lists:
    """What one release showed.

    n_failed       lists that could not be made
    n_empty        lists without any item that a model chose
    n_items        different items over all lists
    usual_score    median score of a place; 0 where there is none
    are_numbers    whether every score is one
    """

    n_failed: int
    n_empty: int
    n_items: int
    usual_score: float
    are_numbers: bool


@dataclass(frozen=True)
class Rehearsal:
    """Both, beside each other; overlap: mean share of a list that both have, None without a serving release."""

    n_lists: int
    new: Lists
    serving: Lists | None
    overlap: float | None

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def rehearse(shop: Shop, new: Shop, people: Sequence[str], placement: str = PLACEMENT) -> Rehearsal:
    """Make the lists of these person keys with both; nothing is logged.

    new  the shop as the new release serves it, see `Shop.beside`; `shop` itself where nothing serves yet
    """
    requests = [_request(person, placement) for person in people]
    shown, told = _lists(new, requests)
    if shop is new or shop.release is None:
        return Rehearsal(len(requests), told, None, None)
    shown_now, told_now = _lists(shop, requests)
    shares = [len(one & other) / max(len(one), len(other)) for one, other in zip(shown, shown_now, strict=True)
              if one or other]  # fmt: skip
    return Rehearsal(len(requests), told, told_now, float(np.mean(shares)) if shares else 1.0)


def _lists(side: Shop, requests: Sequence[RecommendRequest]) -> tuple[list[set[int]], Lists]:
    shown: list[set[int]] = []
    scores: list[float] = []
    n_failed = n_empty = 0
    for request in requests:
        try:
            made = trace(side, request)
        except DaogouError:
            raise  # the shop's settings or database are at fault, not the release
        except Exception:
            n_failed += 1
            shown.append(set())
            continue
        chosen = made.arranged.places
        n_empty += not len(chosen)
        scores.extend(made.pool.scores[chosen].tolist())
        shown.append(set(made.shown()))
    told = np.array(scores, np.float64)
    are_numbers = bool(np.isfinite(told).all())
    usual = float(np.median(told)) if len(told) and are_numbers else 0.0
    return shown, Lists(n_failed, n_empty, len(set().union(*shown)) if shown else 0, usual, are_numbers)


def _request(person: str, placement: str) -> RecommendRequest:
    if person.startswith(VISITOR_PREFIX):
        return RecommendRequest(placement, visitor_id=person.removeprefix(VISITOR_PREFIX))
    return RecommendRequest(placement, user_id=person.removeprefix(USER_PREFIX))
