"""The bilingual shop's catalogue, shoppers and coupons, as rows and against our own parsers."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import numpy as np
import pytest

from daogou.core.errors import InvalidInput
from daogou.core.settings import read_settings
from daogou.core.types import Item
from daogou.data.demo.bilingual import BilingualShop, generate, shop_settings
from daogou.data.demo.bilingual.seasons import END_US, STORES
from daogou.data.demo.bilingual.words import value_word
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.items import parse_item
from daogou.data.ingest.users import parse_user

HAN = re.compile(r"[\u4e00-\u9fff]")
DEFAULTS = Defaults(currency="CNY", timezone="Asia/Shanghai")


@pytest.fixture(scope="module")
def shop() -> BilingualShop:
    return generate(seed=7)


@pytest.fixture(scope="module")
def products(shop: BilingualShop) -> list[dict[str, Any]]:
    return [row for row in shop.items if row.get("kind", "product") == "product"]


def test_the_shop_has_the_promised_size(shop: BilingualShop, products: list[dict[str, Any]]) -> None:
    assert len(products) == 3200
    assert len(shop.users) == 2000
    assert len({row["categories"][0][0] for row in products}) == 12
    assert len({row["attributes"]["product_type"][0] for row in products}) == 113
    assert len({row["id"] for row in shop.items}) == len(shop.items)


def test_every_title_and_description_is_there_in_both_languages_with_nothing_left_to_fill_in(
    shop: BilingualShop,
) -> None:
    for row in shop.items:
        for field in ("title", "description"):
            chinese, english = row[field]["zh"], row[field]["en"]
            assert HAN.search(chinese), row
            assert not HAN.search(english), row
            assert not re.search(r"[{}_]|\bNone\b|\bnan\b|  ", chinese + english), row


def test_no_two_products_have_the_same_title(products: list[dict[str, Any]]) -> None:
    for language in ("zh", "en"):
        assert len({row["title"][language] for row in products}) == len(products)


def test_a_title_names_the_brand_and_what_it_says_of_the_attributes_is_so(products: list[dict[str, Any]]) -> None:
    for row in products:
        assert row["title"]["en"].startswith(row["brand"])
        colour = row["attributes"].get("colour")
        said = [one for one in row["title"]["en"].split(", ")[1:] if one == value_word("colour", colour[0], "en")] \
            if colour else []  # fmt: skip
        if said:
            assert row["title"]["zh"].endswith(value_word("colour", colour[0], "zh"))
    coloured = sum(", " + value_word("colour", row["attributes"].get("colour", ["-"])[0], "en") in row["title"]["en"]
                   for row in products)  # fmt: skip
    assert coloured > len(products) / 3


def test_a_price_is_above_cost_and_not_above_the_list_price(products: list[dict[str, Any]]) -> None:
    for row in products:
        assert 0 < row["cost_minor"] < row["price_minor"]
        assert row["price_minor"] < row.get("list_price_minor", row["price_minor"] + 1)
    discounted = sum("list_price_minor" in row for row in products)
    assert 0.3 < discounted / len(products) < 0.6


def test_variants_of_a_group_share_brand_type_and_style(products: list[dict[str, Any]]) -> None:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in products:
        groups.setdefault(row["group_id"], []).append(row)
    assert max(Counter(len(members) for members in groups.values())) >= 3
    for members in groups.values():
        assert len({(row["brand"], row["attributes"]["style"][0], str(row["categories"])) for row in members}) == 1


def test_every_item_has_stock_figures_for_the_four_stores(products: list[dict[str, Any]]) -> None:
    for row in products:
        assert [store["store_id"] for store in row["stores"]] == list(STORES)
        if row["availability"] != "in_stock":
            assert all(store["quantity"] == 0 for store in row["stores"])
    by_availability = Counter(row["availability"] for row in products)
    assert set(by_availability) == {"in_stock", "out_of_stock", "preorder"}


def test_our_parsers_take_every_item(shop: BilingualShop) -> None:
    parsed = [parse_item(row, DEFAULTS) for row in shop.items]
    assert {item.currency for item in parsed} == {"CNY"}
    assert sum(item.kind == "coupon" for item in parsed) == 25
    assert all(isinstance(item, Item) and item.title.keys() == {"zh", "en"} for item in parsed)
    new = [
        item for item in parsed if item.created_at_us is not None and item.created_at_us > END_US - 14 * 86400 * 10**6
    ]
    assert 60 < len(new) < 400


def test_our_parsers_take_every_shopper_with_friends_and_consent(shop: BilingualShop) -> None:
    parsed = [parse_user(row, DEFAULTS) for row in shop.users]
    friends = {user.id: set(user.friends) for user in parsed}
    assert all(one in friends[other] for one, others in friends.items() for other in others)
    assert all(one not in others for one, others in friends.items())
    languages = Counter(user.attributes["language"][0] for user in parsed)
    assert 0.6 < languages["zh"] / len(parsed) < 0.8
    denied = sum(user.consent.personalization == "denied" for user in parsed)
    assert 30 < denied < 100


def test_friends_share_tastes_more_than_strangers(shop: BilingualShop) -> None:
    truth = shop.truth
    taste = np.hstack([truth.user_latent, truth.user_category, truth.user_style])
    taste = (taste - taste.mean(axis=0)) / taste.std(axis=0)
    taste /= np.linalg.norm(taste, axis=1, keepdims=True)
    one, other = np.nonzero(np.triu(truth.friends))
    rng = np.random.default_rng(0)
    stranger = rng.permutation(len(taste))[rng.integers(0, len(taste), len(one))]
    of_friends = np.einsum("ij,ij->i", taste[one], taste[other])
    of_strangers = np.einsum("ij,ij->i", taste[one], taste[stranger])
    assert of_friends.mean() > of_strangers.mean() + 0.15


def test_shop_settings_are_read_by_our_own_reader(tmp_path: Any) -> None:
    (tmp_path / "shop.toml").write_text(shop_settings(), encoding="utf-8")
    settings = read_settings(tmp_path)
    assert settings.shop.languages == ("zh", "en")
    assert settings.shop.currency == "CNY"
    assert all(set(placement.title) == {"zh", "en"} for placement in settings.placements.values())


def test_categories_that_come_back_are_named_as_in_the_catalogue(products: list[dict[str, Any]], tmp_path: Any) -> None:
    (tmp_path / "shop.toml").write_text(shop_settings(), encoding="utf-8")
    named = read_settings(tmp_path).rules.already_bought_by_category
    assert named.keys() <= {row["categories"][0][0] for row in products}


@pytest.mark.parametrize(("n_items", "n_users", "said"), [(10, 2000, "n_items=10"), (3200, 1, "n_users=1"),
                                                          (1_000_000, 20, "n_items=1000000")])  # fmt: skip
def test_a_size_the_words_cannot_fill_is_refused_with_what_is_allowed(n_items: int, n_users: int, said: str) -> None:
    with pytest.raises(InvalidInput, match=said) as raised:
        generate(n_items=n_items, n_users=n_users)
    assert "Use a number from" in str(raised.value)
