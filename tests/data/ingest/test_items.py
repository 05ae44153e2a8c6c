import json
from pathlib import Path

import pytest

from daogou.core.errors import InvalidField
from daogou.core.types import Item, StoreStock
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.items import ITEM_FIELDS, parse_item


def test_a_whole_item_is_read_field_by_field() -> None:
    raw = {
        "id": "p1-red", "group_id": "p1", "kind": "product", "title": {"en": "Red mug", "zh": "红色马克杯"},
        "description": "Holds 300 ml.", "url": "https://shop.example/p1", "images": ["/images/1.jpg"], "price": 12.5,
        "list_price": "15.00", "cost": "4", "currency": "GBP", "availability": "preorder", "brand": "Potter",
        "categories": ["Kitchen > Mugs"], "tags": ["gift"], "attributes": {"colour": ["red"], "volume_ml": 300},
        "stores": [{"store_id": "s1", "quantity": 0}, {"store_id": "s2", "price": 11, "availability": "backorder"}],
        "created_at": "2026-01-01", "available_at": "2027-01-01", "expires_at": None, "rating": 4.5, "hidden": True,
    }  # fmt: skip
    assert parse_item(raw, Defaults()) == Item(
        id="p1-red", group_id="p1", title={"en": "Red mug", "zh": "红色马克杯"}, description={"en": "Holds 300 ml."},
        url="https://shop.example/p1", images=("/images/1.jpg",), price_minor=1250, list_price_minor=1500,
        cost_minor=400, availability="preorder", brand="Potter", categories=(("Kitchen", "Mugs"),), tags=("gift",),
        attributes={"colour": ("red",), "volume_ml": ("300",)},
        stores=(StoreStock("s1", 0, None, "out_of_stock"), StoreStock("s2", None, 1100, "backorder")),
        created_at_us=1_767_225_600_000_000, available_at_us=1_798_761_600_000_000, rating=4.5, is_hidden=True,
    )  # fmt: skip


def test_a_bare_title_is_in_the_shops_language() -> None:
    assert parse_item({"id": "p1", "title": "马克杯"}, Defaults(language="zh")).title == {"zh": "马克杯"}


def test_a_table_cell_may_hold_json_or_separated_text() -> None:
    raw = {
        "id": "p1", "title": '{"en": "Mug", "zh": "杯"}', "categories": "Kitchen > Mugs|Gifts", "tags": "a, b",
        "attributes": '{"colour": ["red", "blue"]}', "images": "/1.jpg|/2.jpg", "hidden": "no",
        "availability": "In Stock", "stores": '[{"store_id": "s1", "quantity": 3}]',
    }  # fmt: skip
    item = parse_item(raw, Defaults())
    assert item.title == {"en": "Mug", "zh": "杯"}
    assert item.categories == (("Kitchen", "Mugs"), ("Gifts",))
    assert (item.tags, item.images) == (("a", "b"), ("/1.jpg", "/2.jpg"))
    assert (item.attributes, item.stores) == ({"colour": ("red", "blue")}, (StoreStock("s1", 3),))
    assert (item.is_hidden, item.availability) == (False, "in_stock")


def test_a_category_name_may_hold_a_comma() -> None:
    assert parse_item({"id": "p", "title": "x", "categories": "Home, Garden > Pots"}, Defaults()).categories == (
        ("Home, Garden", "Pots"),
    )


def test_all_prices_of_a_row_are_in_one_currency() -> None:
    item = parse_item({"id": "p", "title": "x", "price": "19.90 USD", "list_price": "25"}, Defaults())
    assert (item.price_minor, item.list_price_minor, item.currency) == (1990, 2500, "USD")
    with pytest.raises(InvalidField, match="a price in USD"):
        parse_item({"id": "p", "title": "x", "price": "19.90 USD", "list_price": "25 EUR"}, Defaults())


@pytest.mark.parametrize(
    ("word", "canonical"),
    [("https://schema.org/InStock", "in_stock"), ("OUT_OF_STOCK", "out_of_stock"), ("out of stock", "out_of_stock"),
     ("PreOrder", "preorder"), (True, "in_stock"), (False, "out_of_stock"), ("缺货", "out_of_stock")],
)  # fmt: skip
def test_availability_is_read_from_every_systems_word(word: object, canonical: str) -> None:
    assert parse_item({"id": "p", "title": "x", "availability": word}, Defaults()).availability == canonical


@pytest.mark.parametrize(
    ("pieces", "canonical"),
    [("0", "out_of_stock"), (0, "out_of_stock"), ("0,0", "out_of_stock"), (-2, "out_of_stock"), ("-2", "out_of_stock"),
     ("40", "in_stock"), (40, "in_stock"), (0.5, "in_stock"), ("1.000", "in_stock"), ("10", "in_stock")],
)  # fmt: skip
def test_a_count_of_pieces_says_whether_an_item_is_in_stock(pieces: object, canonical: str) -> None:
    assert parse_item({"id": "p", "title": "x", "availability": pieces}, Defaults()).availability == canonical


def test_stock_that_is_no_count_is_refused() -> None:
    with pytest.raises(InvalidField, match="one of backorder, in_stock"):
        parse_item({"id": "p", "title": "x", "availability": "a few"}, Defaults())


@pytest.mark.parametrize(
    ("change", "field", "rule"),
    [
        ({"id": None}, "id", "required"),
        ({"id": " "}, "id", "empty_id"),
        ({"title": None}, "title", "required"),
        ({"title": "  "}, "title", "empty_text"),
        ({"title": {}}, "title", "required"),
        ({"title": {"English": "x"}}, "title.English", "not_a_language"),
        ({"title": {"en": 7.5, "zh": []}}, "title.zh", "not_text"),
        ({"title": "x" * 1001}, "title", "text_too_long"),
        ({"title": "a\0b"}, "title", "nul_byte"),
        ({"titel": "x"}, "titel", "unknown_field"),
        ({"price": "cheap"}, "price", "not_a_price"),
        ({"price": 1, "price_minor": 100}, "price", "two_prices"),
        ({"price_minor": 1.5}, "price_minor", "not_whole"),
        ({"url": "javascript:alert(1)"}, "url", "not_a_link"),
        ({"images": ["data:text/html,x"]}, "images[0]", "not_a_link"),
        ({"availability": "maybe"}, "availability", "unknown_word"),
        ({"kind": "service"}, "kind", "unknown_word"),
        ({"categories": [[]]}, "categories[0]", "category_depth"),
        ({"categories": ["A > "]}, "categories[0]", "empty_text"),
        ({"attributes": 7}, "attributes", "not_an_object"),
        ({"stores": ["s1"]}, "stores[0]", "not_an_object"),
        ({"stores": [{"store_id": "s1", "quantity": -1}]}, "stores[0].quantity", "out_of_range"),
        ({"created_at": "long ago"}, "created_at", "not_a_time"),
        ({"rating": 6}, "rating", "out_of_range"),
        ({"hidden": "perhaps"}, "hidden", "not_a_flag"),
    ],
)
def test_a_wrong_field_is_named_with_its_path_and_rule(change: dict[str, object], field: str, rule: str) -> None:
    with pytest.raises(InvalidField) as caught:
        parse_item({"id": "p1", "title": "Mug", **change}, Defaults())
    assert (caught.value.field, caught.value.rule) == (field, rule)


def test_no_stars_yet_is_no_rating() -> None:
    assert parse_item({"id": "p", "title": "x", "rating": 0}, Defaults()).rating is None


def test_the_item_schema_lists_the_fields_the_parser_knows() -> None:
    schema = json.loads((Path(__file__).parents[3] / "contracts/item.schema.json").read_text())
    assert set(schema["properties"]) == ITEM_FIELDS
