"""What a caller asks of a placement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class RecommendRequest:
    """One question: for which placement, about whom, beside what.

    item_ids     the items being looked at ("similar to these")
    cart         what lies in the cart
    limit        None takes the placement's own
    language     None takes the shop's first
    personalize  False: no profile is read, everybody gets the same list
    exclude      never show these
    filter       only items that pass this expression, beside the placement's own
    """

    placement: str
    user_id: str | None = None
    visitor_id: str | None = None
    item_ids: tuple[str, ...] = ()
    cart: tuple[str, ...] = ()
    limit: int | None = None
    language: str | None = None
    personalize: bool = True
    exclude: tuple[str, ...] = ()
    context: Mapping[str, Any] = field(default_factory=dict)
    filter: str | None = None
