"""A preview shows what a draft would do, says which rule does it, and leaves everything as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from daogou.core.clock import DAY_US
from daogou.core.errors import UnknownName
from daogou.decide.pipeline import recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.rules.preview import Moved, preview
from daogou.decide.rules.reading import read_rules
from daogou.decide.rules.ruling import RuleSet
from daogou.decide.shop import Shop

from ..conftest import NOW_US, Everybody, Links, event


@pytest.fixture()
def shop(make_shop: Callable[..., Shop], links: Links, everybody: Everybody) -> Shop:
    return make_shop(
        events=[event("view_item", "i0")], models={"links": links, "trending": everybody}, weights={"links": 1.0}
    )


def draft(*rows: dict[str, Any]) -> RuleSet:
    rules, problems = read_rules(list(rows), "UTC")
    assert problems == []
    return RuleSet(rules)


ANN = RecommendRequest("home_for_you", "ann", limit=4)


def test_a_preview_tells_before_after_and_by_which_rule(shop: Shop) -> None:
    told = preview(shop, draft({"id": "hero", "action": "pin", "position": 0, "items": ["i3"]}), ANN)
    assert told.before == ("i1", "i2", "i7", "i6")
    assert told.after == ("i3", "i1", "i2", "i7")
    assert told.moved == (
        Moved("i3", "candle", None, 0, ("hero",)),
        Moved("i1", "teapot", 0, 1, ()),
        Moved("i2", "tea towel", 1, 2, ()),
        Moved("i7", "rope", 2, 3, ()),
        Moved("i6", "ball", 3, None, ()),
    )
    assert (told.placement, told.user_id, told.visitor_id) == ("home_for_you", "ann", None)


def test_the_draft_takes_the_place_of_the_rules_in_force(shop: Shop) -> None:
    rules, _ = read_rules([{"id": "no", "action": "hide", "items": ["i1"]}], "UTC")
    shop.rules.write(rules, expected_version=0, at_us=NOW_US, author="a test")
    told = preview(shop, draft(), ANN)
    assert ("i1" in told.before, told.after[0]) == (False, "i1")
    assert told.moved[0] == Moved("i1", "teapot", None, 0, ("no",))
    assert preview(shop, RuleSet(rules), ANN).moved == ()


def test_a_dated_rule_is_seen_at_its_date(shop: Shop) -> None:
    later = draft({"id": "xmas", "action": "hide", "items": ["i1"], "from": "2023-12-24", "until": "2023-12-24"})
    assert preview(shop, later, ANN).moved == ()
    told = preview(shop, later, ANN, NOW_US + 40 * DAY_US)
    assert told.before[0] == "i1"
    assert "i1" not in told.after


def test_a_preview_writes_nothing_and_logs_nothing(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a preview wrote")

    before = recommend(shop, ANN).items
    counted = shop.store.statistics()
    with monkeypatch.context() as patch:
        patch.setattr(shop.store._backend, "writing", refused)  # type: ignore[attr-defined]
        preview(shop, draft({"id": "no", "action": "hide", "items": ["i1"]}), ANN)
    assert shop.store.statistics() == counted
    assert shop.store.rules.version() == 0
    assert recommend(shop, ANN).items == before
    assert shop.clock() == NOW_US


def test_an_unknown_placement_is_named(shop: Shop) -> None:
    with pytest.raises(UnknownName, match="No placement is called 'nowhere'"):
        preview(shop, draft(), RecommendRequest("nowhere"))
