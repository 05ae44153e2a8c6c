"""What words find, in which order, with what is said about it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.decide.conftest import NOW_US
from tests.decide.search.conftest import goods, thing

from daogou.core.types import Event, EventLine, User
from daogou.decide.rules.reading import read_rules
from daogou.decide.search.request import SearchRequest, SearchResult
from daogou.decide.shop import Shop


def ids(found: SearchResult) -> list[str]:
    return [place.item_id for place in found.items]


def found_by(shop: Shop, words: str, **rest: object) -> list[str]:
    return ids(shop.search.search(SearchRequest(words, **rest)))  # type: ignore[arg-type]


def test_items_with_all_the_words_and_no_others(shop: Shop) -> None:
    assert found_by(shop, "blue mug") == ["mug-blue"]
    assert found_by(shop, "蓝色马克杯") == ["mug-blue"]
    assert found_by(shop, "红色 mug")[0] == "mug-red"


def test_what_has_the_value_comes_before_what_mentions_it(shop: Shop) -> None:
    found = shop.search.search(SearchRequest("red mug"))
    assert ids(found)[0] == "mug-red"
    assert found.understood["colour"] == ("red",)


def test_the_thing_comes_before_what_goes_with_it(shop: Shop) -> None:
    assert found_by(shop, "laptop")[0] == "pc-1"
    assert set(found_by(shop, "laptop bag")) == {"bag-1", "bag-2"}


@pytest.mark.parametrize(
    ("words", "item_id"),
    [
        ("head set", "headset"),
        ("tshirt blue", "shirt-blue"),
        ("t shirt blue", "shirt-blue"),
        ('laptop 14"', "pc-1"),
        ("16 gb", "pc-1"),
        ("0.5l", "flask"),
        ("500毫升", "flask"),
        ("電腦包 13吋", "bag-2"),
        ("ＦＬＡＳＫ", "flask"),
        ("mug-blue", "mug-blue"),
    ],
)
def test_other_spellings_find_the_same(shop: Shop, words: str, item_id: str) -> None:
    assert found_by(shop, words)[0] == item_id


@pytest.mark.parametrize(
    ("words", "corrected", "item_id"),
    [
        ("bleu mug", "blue mug", "mug-blue"),
        ("lapotp", "laptop", "pc-1"),
        ("headsett", "headset", "headset"),
        ("yifu", "衣服", "dress"),
        ("baowenbei", "保温杯", "flask"),
        ("依服", "衣服", "dress"),
    ],
)
def test_slips_and_pinyin_are_put_right_and_told(shop: Shop, words: str, corrected: str, item_id: str) -> None:
    found = shop.search.search(SearchRequest(words))
    assert ids(found)[0] == item_id
    assert found.corrected == corrected
    assert found.relaxed[0].code == "spelling"
    assert corrected in found.relaxed[0].text


def test_numbers_and_codes_are_never_corrected(shop: Shop) -> None:
    found = shop.search.search(SearchRequest("mug-blu3"))
    assert found.corrected is None


def test_synonyms_of_the_shop(make_shop: Callable[..., Shop]) -> None:
    flags = {"search": {"synonyms": [["laptop", "notebook computer"]], "one_way": {"crockery": ["mug"]}}}
    shop = make_shop(goods(), flags=flags)
    assert found_by(shop, "notebook computer")[0] == "pc-1"
    assert set(found_by(shop, "crockery")) == {"mug-red", "mug-blue", "mug-plain"}
    assert found_by(shop, "mug crockery bag") != []


def test_hidden_items_are_never_found(shop: Shop) -> None:
    assert "secret" not in found_by(shop, "red mug of next season")
    assert found_by(shop, "secret") == []


def test_sold_out_items_come_last_and_are_marked(shop: Shop) -> None:
    found = shop.search.search(SearchRequest("laptop", order="price"))
    assert ids(found)[-1] == "pc-2"
    assert "sold out" in found.items[-1].reason.text
    assert "pc-2" not in found_by(shop, "laptop", include_sold_out=False)


def test_words_that_nothing_has_together_are_given_up_and_told(shop: Shop) -> None:
    found = shop.search.search(SearchRequest("purple mug", language="zh"))
    assert set(ids(found)) == {"mug-red", "mug-blue", "mug-plain"}
    assert found.relaxed[0].code == "words"
    assert found.relaxed[0].dropped == ("purple",)
    assert "purple" in found.relaxed[0].text


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (SearchRequest("mug", facets={"colour": ("green",)}), "facet"),
        (SearchRequest("mug", price_minor=(None, 10)), "price"),
        (SearchRequest("mug", category=("Clothes",)), "category"),
    ],
)
def test_a_choice_that_leaves_nothing_is_given_up_and_told(shop: Shop, request_: SearchRequest, code: str) -> None:
    found = shop.search.search(request_)
    assert [one.code for one in found.relaxed] == [code]
    assert found.total == 3


def test_a_filter_is_never_given_up(shop: Shop) -> None:
    assert shop.search.search(SearchRequest("mug", filter="price < 10")).total == 0


def test_facets_count_what_choosing_a_value_would_show(shop: Shop) -> None:
    found = shop.search.search(SearchRequest("", facets={"colour": ("red",)}))
    assert set(ids(found)) == {"mug-red", "shirt-red"}
    counts = {facet.name: {one.value: one.count for one in facet.values} for facet in found.facets}
    assert counts["colour"] == {"red": 2, "blue": 2}
    assert counts["brand"] == {"Taoqi": 1, "Beidu": 1}
    for value, count in counts["colour"].items():
        assert shop.search.search(SearchRequest("", facets={"colour": (value,)})).total == count


def test_prices_are_bounded_and_their_range_is_not(shop: Shop) -> None:
    found = shop.search.search(SearchRequest("mug", price_minor=(1000, 1300)))
    assert ids(found) == ["mug-blue"]
    assert found.price is not None
    assert (found.price.lowest_minor, found.price.highest_minor) == (900, 1500)
    assert sum(found.price.counts) == 3


def test_orders_and_pages(shop: Shop) -> None:
    cheapest_first = ["mug-plain", "mug-blue", "mug-red"]
    assert found_by(shop, "mug", order="price") == cheapest_first
    assert found_by(shop, "mug", order="-price") == cheapest_first[::-1]
    second = shop.search.search(SearchRequest("mug", order="price", offset=1, limit=1))
    assert ids(second) == ["mug-blue"]
    assert second.items[0].position == 1
    assert second.total == 3


def test_variants_of_one_product_are_listed_and_counted_once(make_shop: Callable[..., Shop]) -> None:
    sizes = [
        thing(f"tee-{size}", f"Striped tee {size}", f"条纹短袖 {size}", ("Clothes",), group_id="tee",
              attributes={"size": (size,), "fit": ("slim",)})
        for size in ("S", "M", "L")
    ]  # fmt: skip
    shop = make_shop([*goods(), *sizes])
    found = shop.search.search(SearchRequest("striped tee"))
    assert found.total == 1
    sizes_told = next(facet for facet in found.facets if facet.name == "size")
    assert {one.value: one.count for one in sizes_told.values} == {"S": 1, "M": 1, "L": 1}


def test_a_changed_item_is_found_by_its_new_words_at_once(shop: Shop) -> None:
    assert found_by(shop, "teapot") == []
    shop.store.put_items([thing("mug-red", "Iron teapot", "铁壶", ("Kitchen", "Pots"))])
    assert found_by(shop, "teapot") == ["mug-red"]
    assert "mug-red" not in found_by(shop, "glazed mug")
    shop.store.put_items([thing("new", "Clay teapot", "陶壶", ("Kitchen", "Pots"))])
    assert set(found_by(shop, "teapot")) == {"mug-red", "new"}


def rule(shop: Shop, **fields: object) -> None:
    rules, problems = read_rules([{"id": "r1", "placements": ["search"], **fields}], "UTC")
    assert not problems
    shop.rules.write(rules, expected_version=shop.rules.version, at_us=NOW_US, author="test")


def test_rules_pin_what_the_words_find_and_hide(shop: Shop) -> None:
    rule(shop, action="pin", items=["mug-plain"], position=0)
    found = shop.search.search(SearchRequest("glazed mug"))
    assert ids(found)[0] != "mug-plain"
    found = shop.search.search(SearchRequest("mug"))
    assert ids(found)[0] == "mug-plain"
    assert found.items[0].reason.code == "pinned"
    rule(shop, action="hide", items=["mug-plain"])
    assert "mug-plain" not in found_by(shop, "mug")


def test_a_rule_caps_how_many_of_some_items_come_first(shop: Shop) -> None:
    rule(shop, action="cap", filter='brand = "Taoqi"', at_most=1)
    assert "mug-plain" in found_by(shop, "mug", limit=2)
    assert len(found_by(shop, "mug")) == 3


def views(*item_ids: str) -> list[Event]:
    return [
        Event(f"e{at}", "view_item", NOW_US - 10**9 + at, (EventLine(one),), user_id="ann")
        for at, one in enumerate(item_ids)
    ]


def test_the_neutral_order_is_the_same_for_everybody(make_shop: Callable[..., Shop], links: object) -> None:
    shop = make_shop(events=views("i0"), models={"links": links}, weights={"links": 1.0})
    shop.store.put_users([User("ann")])
    asked = {"order": "neutral", "user_id": "ann"}
    assert found_by(shop, "商品", **asked) == found_by(shop, "商品", order="neutral", user_id="bob")


def test_the_past_orders_what_matches_equally(make_shop: Callable[..., Shop], links: object) -> None:
    shop = make_shop(events=views("i6"), models={"links": links}, weights={"links": 1.0})
    found = shop.search.search(SearchRequest("outdoor", user_id="ann"))
    assert found.is_personalized
    assert ids(found)[0] == "i7"  # a rope, which goes with the ball that was looked at
    assert found.items[0].reason.code == "matched_taste"
    assert not shop.search.search(SearchRequest("outdoor", user_id="ann", personalize=False)).is_personalized


HOSTILE = [
    "", "   ", "😀🎉", "a" * 10_000, "红" * 10_000, "<script>alert(1)</script>", "'; DROP TABLE items; --",
    "\u202e\u200f\u200b", "%s{}\\x00\0", "🛒 mug", "( ) [ ] * ? +", "\ud7ff", "1e999 ml", "٣ ml", "۱۰ inch",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_bad_input_finds_what_it_finds(shop: Shop, words: str) -> None:
    found = shop.search.search(SearchRequest(words))
    assert found.total == len(found.numbers)
    shop.search.complete(words)
    shop.search.match(words)


def test_too_long_a_query_says_what_was_read(shop: Shop) -> None:
    found = shop.search.search(SearchRequest("mug " + "x" * 10_000))
    assert any("200" in one.text for one in found.relaxed)


def test_any_words_are_answered(make_shop: Callable[..., Shop]) -> None:
    shop = make_shop(goods())

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.text(max_size=60))
    def answered(words: str) -> None:
        found = shop.search.search(SearchRequest(words))
        assert len(set(found.numbers.tolist())) == found.total
        json.dumps([one.text for one in found.relaxed])

    answered()


def test_match_keeps_those_with_some_of_the_words_after_those_with_all(shop: Shop) -> None:
    numbers, scores = shop.search.match("blue mug")
    assert shop.catalogue.items[numbers[0]].id == "mug-blue"
    assert len(numbers) > 3
    assert (scores[:-1] >= scores[1:]).all()
    assert scores[0] >= 4 > scores[1]


def test_an_exact_value_comes_before_one_that_contains_it(make_shop: Callable[..., Shop]) -> None:
    colours = {"wine": "酒红色", "dark": "深红色", "red": "红色"}
    shop = make_shop(
        [
            thing(f"{colour}-{at}", f"Shoe {at}", f"{said}运动鞋", ("Shoes",), attributes={"colour": (colour,)})
            for at in range(3)
            for colour, said in colours.items()
        ]
    )
    found = shop.search.search(SearchRequest("红色 运动鞋", one_per_group=False)).items
    assert [one.item_id.partition("-")[0] for one in found[:3]] == ["red"] * 3
    assert {one.item_id for one in found[3:]} >= {"dark-0", "dark-1", "dark-2"}


def test_all_is_made_before_the_first_question(shop: Shop) -> None:
    shop.search.prepare()
    assert {one.text for one in shop.search.complete("glaz")} >= {"glazed"}
    assert {one.name for one in shop.search.search(SearchRequest("mug")).facets} >= {"colour"}
