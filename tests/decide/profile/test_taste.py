from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from daogou.core.types import Item
from daogou.decide.profile.choices import LESS, MORE, NOTHING_SAID, wishes
from daogou.decide.profile.tag import Tag, tags_of
from daogou.decide.profile.tag_book import TagBook
from daogou.decide.profile.taste import Liking, likings
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop
from daogou.decide.trace import trace

from ..conftest import event, item

Make = Callable[..., Shop]


def liked(shop: Shop, language: str = "en", **rest: int) -> dict[str, Liking]:
    """By tag, in their order, what ann's past says."""
    asked = trace(shop, RecommendRequest("home_for_you", user_id="ann")).occasion
    return {
        one.tag: one
        for one in likings(asked.query, asked.past.rows, shop.catalogue, TagBook(shop.catalogue), language, **rest)
    }


def red(number: int) -> Item:
    return item(number, attributes={"colour": ("red",)}, brand="Acme" if number < 2 else None)


def test_a_tag_met_more_than_the_catalogue_has_it_is_told_with_what_it_rests_on(make_shop: Make) -> None:
    items = [red(0), item(1), item(2), red(3), *(item(number) for number in range(4, 8))]
    shop = make_shop(items, [event("purchase", "i0", days_ago=3), event("view_item", "i3", days_ago=1)])
    found = liked(shop)
    assert list(found) == ["colour:red"]
    colour = found["colour:red"]
    assert (colour.share, colour.lift, colour.n_items) == (1.0, 4.0, 2)
    assert [(one.item_id, one.event) for one in colour.evidence] == [("i0", "purchase"), ("i3", "view_item")]
    assert sum(one.share for one in colour.evidence) == pytest.approx(1.0, abs=1e-3)


def test_one_item_alone_makes_no_taste(make_shop: Make) -> None:
    assert liked(make_shop([red(0), item(1)], [event("purchase", "i0")])) == {}


def test_what_is_as_common_in_the_catalogue_says_nothing(make_shop: Make) -> None:
    everything_red = [red(number) for number in range(8)]
    shop = make_shop(everything_red, [event("purchase", "i5"), event("purchase", "i7")])
    assert "colour:red" not in liked(shop)


def test_a_category_that_only_repeats_the_one_inside_it_is_left_out(make_shop: Make) -> None:
    shop = make_shop(None, [event("purchase", "i5"), event("purchase", "i6")])
    assert list(liked(shop)) == ["category:Toys > Outdoor"]


def test_shares_are_those_of_the_weights_that_models_are_asked_with(make_shop: Make) -> None:
    shop = make_shop(None, [event("purchase", "i0"), event("purchase", "i1"), event("view_item", "i5", days_ago=1)])
    asked = trace(shop, RecommendRequest("home_for_you", user_id="ann")).occasion.query
    strengths = dict(zip(asked.history.tolist(), asked.strengths().tolist(), strict=True))
    expected = (strengths[0] + strengths[1]) / sum(strengths.values())
    assert liked(shop)["category:Kitchen"].share == pytest.approx(expected, abs=1e-3)


def test_no_more_tags_are_told_than_asked_for_and_nobody_has_none(make_shop: Make) -> None:
    shop = make_shop(
        [red(0), red(1), *(item(n) for n in range(2, 8))], [event("view_item", "i0"), event("view_item", "i1")]
    )
    assert len(liked(shop)) > 1
    assert len(liked(shop, most=1)) == 1
    assert liked(make_shop()) == {}


def test_the_book_follows_the_catalogue(make_shop: Make) -> None:
    shop = make_shop([red(0), item(1), item(2)])
    book = TagBook(shop.catalogue)
    assert book.carriers(Tag("colour", "red")).tolist() == [0]
    shop.store.put_items([item(0), red(2), replace(red(7), id="new")])
    shop.refresh()
    assert book.carriers(Tag("colour", "red")).tolist() == [2, 3]
    assert book.share(Tag("colour", "red")) == 0.5
    assert book.carriers(Tag("colour", "blue")).tolist() == []
    for tag in tags_of(shop.catalogue.items[1]):
        assert 1 in book.carriers(tag)


def test_less_multiplies_for_every_tag_and_never_bars(make_shop: Make) -> None:
    shop = make_shop([red(0), red(1), item(2), red(3)])
    book = TagBook(shop.catalogue)
    said = wishes({"colour:red": "less", "brand:Acme": "less", "category:Light": "never"}, book, 4)
    assert said.factors is not None
    np.testing.assert_allclose(said.factors, [LESS * LESS, LESS * LESS, 1, LESS])
    assert said.never.tolist() == [3]
    assert wishes({}, book, 4) is NOTHING_SAID
    assert wishes({"colour:green": "less"}, book, 4).factors is None
    more = wishes({"colour:red": "more"}, book, 4)
    assert more.factors is not None
    assert set(more.more.tolist()) == set(np.flatnonzero(more.factors == MORE).tolist()) != set()
