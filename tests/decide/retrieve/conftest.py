"""What the tests of retrievers share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from daogou.core.types import Reason, Slate
from daogou.decide.pipeline import recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop

Ask = Callable[..., list[tuple[str, Reason]]]


@pytest.fixture
def ask() -> Ask:
    """What a placement shows, filler left out: ids with their reasons."""

    def shown(shop: Shop, placement: str, user: str | None = "ann", **rest: object) -> list[tuple[str, Reason]]:
        slate: Slate = recommend(shop, RecommendRequest(placement, user, **rest))  # type: ignore[arg-type]
        return [(one.item_id, one.reason) for one in slate.items if not one.is_filler]

    return shown
