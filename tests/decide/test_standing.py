"""A dislike that was taken back is as if it had never been; one that came later stands."""

from __future__ import annotations

from collections.abc import Callable

from daogou.core.types import HistoryRow
from daogou.decide.pipeline import recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop
from daogou.decide.standing import standing

from .conftest import event


def row(name: str, item: str, at_us: int) -> HistoryRow:
    return HistoryRow(name, item, at_us)


def test_only_dislikes_before_the_taking_back_go() -> None:
    looked, other = row("view_item", "a", 0), row("dislike_item", "b", 2)
    past = [looked, row("dislike_item", "a", 1), other, row("undo_dislike_item", "a", 3)]
    assert standing(past) == [looked, other]
    again = row("dislike_item", "a", 4)
    assert standing([*past, again]) == [looked, other, again]
    assert standing([looked, other]) == [looked, other]


def test_the_item_is_shown_again_at_once_and_weighs_as_before(make_shop: Callable[..., Shop]) -> None:
    shop = make_shop(events=[event("view_item", "i0", days_ago=3), event("view_item", "i1", days_ago=2)])
    asked = RecommendRequest("recently_viewed", "ann", limit=4)
    before = recommend(shop, asked)
    shop.store.append([event("dislike_item", "i1", days_ago=1)])
    assert "i1" not in [one.item_id for one in recommend(shop, asked).items]
    shop.store.append([event("undo_dislike_item", "i1", days_ago=0.5)])
    after = recommend(shop, asked)
    assert [(one.item_id, one.score) for one in after.items] == [(one.item_id, one.score) for one in before.items]


def test_a_past_that_is_read_in_part_still_knows_what_was_decided_long_ago(make_shop: Callable[..., Shop]) -> None:
    events = [event("dislike_item", "i4", days_ago=30), event("dislike_item", "i1", days_ago=9)]
    events += [event("undo_dislike_item", "i1", days_ago=8)]
    events += [event("view_item", f"i{n}", days_ago=7 - n) for n in range(3)]
    shop = make_shop(events=events, flags={"history": {"max_rows": 5}})
    past = shop.pasts.past(["u:ann"])
    assert [shop.catalogue.items[number].id for number in past.disliked] == ["i4"]
