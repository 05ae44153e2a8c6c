"""What the box below the search field offers."""

from __future__ import annotations

import pytest

from daogou.decide.shop import Shop


def test_categories_brands_words_and_items(shop: Shop) -> None:
    told = {(one.kind, one.text) for one in shop.search.complete("la")}
    assert ("category", "Laptops") in told
    assert ("category", "Laptop bags") in told
    assert ("brand", "Taoqi") in {(one.kind, one.text) for one in shop.search.complete("tao")}


@pytest.mark.parametrize("typed", ["保温", "baow", "bwb"])
def test_chinese_is_completed_from_its_beginning_its_sound_and_its_initials(shop: Shop, typed: str) -> None:
    assert "保温杯" in {one.text for one in shop.search.complete(typed)}


def test_counts_are_of_what_can_be_seen(shop: Shop) -> None:
    told = {one.text: one.count for one in shop.search.complete("mug")}
    assert told["Mugs"] == 3  # not the hidden one
    assert all("season" not in one.text for one in shop.search.complete("seas"))


def test_the_last_of_several_words_is_completed(shop: Shop) -> None:
    assert "cotton t-shirt" in {one.text for one in shop.search.complete("cotton t-s")}


def test_nothing_completes_to_nothing(shop: Shop) -> None:
    assert shop.search.complete("") == ()
    assert shop.search.complete("mug", limit=0) == ()
