"""Words that name a category or a value in another language than titles, and what is kept of words that are dropped."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.decide.search.conftest import goods

from daogou.core.types import Item
from daogou.decide.search.request import SearchRequest, SearchResult
from daogou.decide.shop import Shop


def gift(item_id: str, title: str, kind: str, **attributes: str) -> Item:
    stated = {name: (value,) for name, value in attributes.items()}
    return Item(item_id, {"en": title}, categories=(("Gifts", kind),), price_minor=300, attributes=stated)


GIFTS = [
    *(gift(f"mug-{colour}", f"Retro {colour} beaker", "Mugs & cups", colour=colour) for colour in ("red", "blue")),
    *(gift(f"skirt-{colour}", f"Party {colour} skirt", "Skirts", colour=colour) for colour in ("red", "blue")),
    gift("bag-lunch", "Woodland lunch bag", "Lunch bags", colour="red"),
    gift("bag-shop", "Jumbo bag", "Shopping bags", colour="green"),
    gift("hook", "5 hook hanger zebra", "Hooks", colour="green"),
]


@pytest.fixture
def gifts(make_shop: Callable[..., Shop]) -> Shop:
    """English titles; what its categories are called in Chinese stands in its settings."""
    words = {"names": {"Mugs & cups": {"zh": "杯具"}, "Skirts": {"zh": "裙装"}}}
    return make_shop(GIFTS, flags={"shop": {"languages": ["en", "zh"]}, "words": words})


def found_by(shop: Shop, words: str) -> SearchResult:
    return shop.search.search(SearchRequest(words))


def ids(found: SearchResult) -> set[str]:
    return {place.item_id for place in found.items}


@pytest.mark.parametrize(
    ("words", "item_ids"),
    [
        ("蓝色杯子", {"mug-blue"}),
        ("蓝色杯具", {"mug-blue"}),
        ("蓝色裙装", {"skirt-blue"}),
        ("蓝杯", {"mug-blue"}),
        ("red 杯子", {"mug-red"}),
        ("包包", {"bag-lunch", "bag-shop"}),
        ("红色", {"mug-red", "skirt-red", "bag-lunch"}),
    ],
)
def test_a_chinese_word_is_the_value_it_names(gifts: Shop, words: str, item_ids: set[str]) -> None:
    found = found_by(gifts, words)
    assert ids(found) == item_ids
    assert not found.relaxed


def test_what_is_named_is_told(gifts: Shop) -> None:
    assert found_by(gifts, "蓝色杯子").understood == {"colour": ("blue",), "category": ("Mugs & cups",)}


def test_pinyin_of_a_word_that_no_title_has(gifts: Shop) -> None:
    found = found_by(gifts, "baobao")
    assert ids(found) == {"bag-lunch", "bag-shop"}
    assert found.corrected == "包包"


def test_a_word_of_the_titles_means_itself_and_its_value(shop: Shop) -> None:
    found = found_by(shop, "蓝色马克杯")
    assert ids(found) == {"mug-blue"}
    assert found.understood["colour"] == ("blue",)


def test_a_new_category_is_named_once_the_shop_has_grown(gifts: Shop) -> None:
    assert not ids(found_by(gifts, "茶壶"))
    gifts.store.put_items([gift("pot", "Clay thing", "Teapots")])
    found_by(gifts, "mug")
    making = gifts.search._naming._making
    assert making is not None
    making.join()
    assert ids(found_by(gifts, "茶壶")) == {"pot"}


@pytest.mark.parametrize("words", ["zebra cup", "斑马 zebra 杯子", "zebra hanger 5 mugs"])
def test_the_kind_of_goods_is_not_dropped(gifts: Shop, words: str) -> None:
    found = found_by(gifts, words)
    assert ids(found) == {"mug-red", "mug-blue"}
    assert "zebra" in found.relaxed[0].dropped


def test_a_slip_in_words_written_as_one(gifts: Shop) -> None:
    assert ids(found_by(gifts, "lunchbagg")) == {"bag-lunch"}
    assert ids(found_by(gifts, "lnuchbag")) == {"bag-lunch"}


@pytest.mark.parametrize("typed", ["woodlnad lunch", "woodlnad lunhc", "woodlnad lun"])
def test_slips_in_several_words_are_completed(gifts: Shop, typed: str) -> None:
    assert "woodland lunch" in [line.text for line in gifts.search.complete(typed)]


def test_all_the_goods_are_still_found_by_their_titles(shop: Shop) -> None:
    for item in goods():
        if not item.is_hidden:
            assert item.id in ids(found_by(shop, item.title["zh"]))
