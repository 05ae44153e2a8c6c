"""One row of each other system, worked by hand."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from daogou.core.types import Consent, Event, EventLine
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.events import parse_event
from daogou.data.ingest.items import parse_item
from daogou.data.ingest.options import ImportOptions
from daogou.data.ingest.run import import_files
from daogou.data.ingest.shapes import SHAPES, ga4, shape_of

NOW_US = 1_795_255_200_000_000


def read(row: dict[str, Any]) -> Event:
    shape = shape_of(frozenset(row))
    assert shape is not None
    reshaped = shape.reshape(row)
    assert isinstance(reshaped, dict)
    return parse_event(reshaped, Defaults(), NOW_US)


GA4: dict[str, Any] = {
    "event_date": "20200412", "event_timestamp": "1586731606123456", "event_name": "purchase",
    "user_pseudo_id": "123.456", "user_id": None,
    "event_params": [
        {"key": "ga_session_id", "value": {"string_value": None, "int_value": "77", "double_value": None}},
        {"key": "transaction_id", "value": {"string_value": "T1"}},
        {"key": "currency", "value": {"string_value": "USD"}},
        {"key": "value", "value": {"double_value": 39.8}},
        {"key": "page_location", "value": {"string_value": "https://s.example/done"}},
    ],
    "privacy_info": {"analytics_storage": "Yes", "ads_storage": "No"},
    "device": {"category": "mobile"}, "geo": {"country": "Norway"}, "ecommerce": {"transaction_id": "(not set)"},
    "items": [{"item_id": "p1", "item_name": "Mug", "price": 19.9, "quantity": 2, "item_list_id": "home_for_you",
               "item_list_index": "3", "coupon": "(not set)"}],
}  # fmt: skip


def test_a_ga4_row_becomes_our_event() -> None:
    event = read(GA4)
    assert (event.name, event.at_us, event.visitor_id, event.session_id) == (
        "purchase", 1_586_731_606_123_456, "123.456", "123.456.77",
    )  # fmt: skip
    assert event.lines == (EventLine("p1", 2, 1990, 3),)
    assert (event.transaction_id, event.value_minor, event.currency, event.placement) == (
        "T1",
        3980,
        "USD",
        "home_for_you",
    )
    assert event.context == {"page_location": "https://s.example/done", "device": "mobile", "country": "Norway"}


def test_ga4_events_we_do_not_keep_are_left_out_by_name() -> None:
    assert ga4.reshape({**GA4, "event_name": "session_start"}) == "event session_start is not one we keep"


def test_a_refused_analytics_storage_is_kept_as_a_refusal() -> None:
    assert read({**GA4, "privacy_info": {"analytics_storage": "No"}}).consent == Consent(analytics="denied")


@pytest.mark.parametrize("layout", ["jsonl", "parquet"])
def test_a_ga4_export_is_announced_and_counted(shelf: Any, clock: Any, write: Callable[..., Path], layout: str) -> None:
    rows = [GA4, {**GA4, "event_name": "scroll", "items": []}, {**GA4, "event_name": "view_item", "items": []}]
    path = write("events_20200412", "".join(json.dumps(row) + "\n" for row in rows))
    if layout == "parquet":
        pl.DataFrame(rows, strict=False, infer_schema_length=None).write_parquet(path)
    report = import_files(shelf, [path], ImportOptions(clock=clock))
    assert report.files[0].format.startswith("GA4 BigQuery export")
    assert (report.accepted, report.skipped) == (1, {"event scroll is not one we keep": 1})
    assert report.rejected_by_rule == {"items_required": 1}
    assert report.timestamp_units == {"µs": 2}


def test_a_google_retail_event_becomes_our_event() -> None:
    event = read({
        "eventType": "purchase-complete", "visitorId": "v1", "eventTime": "2020-04-12T22:46:46Z",
        "attributionToken": "tok",
        "productDetails": [{"product": {"id": "p1"}, "quantity": 2},
                           {"product": {"id": "p2"}, "quantity": {"value": 3}}],
        "purchaseTransaction": {"id": "T1", "revenue": 30.5, "currencyCode": "USD"}, "userInfo": {"userId": "u1"},
    })  # fmt: skip
    assert (event.name, event.user_id, event.visitor_id, event.recommendation_id) == ("purchase", "u1", "v1", "tok")
    assert event.lines == (EventLine("p1", 2), EventLine("p2", 3))
    assert (event.transaction_id, event.value_minor, event.currency) == ("T1", 3050, "USD")


def test_a_google_retail_product_becomes_our_item() -> None:
    row = {
        "id": "p1", "primaryProductId": "g1", "title": "Mug", "brands": ["Potter"], "categories": ["Kitchen > Mugs"],
        "priceInfo": {"currencyCode": "USD", "price": 4.5, "originalPrice": 6}, "availability": "IN_STOCK",
        "uri": "https://s.example/p1", "images": [{"uri": "https://s.example/1.jpg"}],
        "colorInfo": {"colors": ["red"]}, "sizes": ["S", "M"],
        "attributes": {"glaze": {"text": ["matt"], "numbers": []}}, "rating": {"averageRating": 4.5, "ratingCount": 7},
    }  # fmt: skip
    shape = shape_of(frozenset(row))
    assert shape is not None
    reshaped = shape.reshape(row)
    assert isinstance(reshaped, dict)
    item = parse_item(reshaped, Defaults())
    assert (item.group_id, item.brand, item.categories) == ("g1", "Potter", (("Kitchen", "Mugs"),))
    assert (item.price_minor, item.list_price_minor, item.currency, item.rating) == (450, 600, "USD", 4.5)
    assert item.attributes == {"glaze": ("matt",), "size": ("S", "M"), "colour": ("red",)}
    assert item.images == ("https://s.example/1.jpg",)


def test_an_algolia_event_becomes_our_event() -> None:
    event = read({
        "eventType": "conversion", "eventSubtype": "purchase", "eventName": "Products Purchased", "index": "products",
        "userToken": "anon-1", "authenticatedUserToken": "u1", "timestamp": 1586731606000, "objectIDs": ["p1", "p2"],
        "objectData": [{"price": 4.5, "quantity": 2}, {"price": "9.00"}], "queryID": "q1", "currency": "EUR",
    })  # fmt: skip
    assert (event.name, event.user_id, event.visitor_id, event.recommendation_id) == ("purchase", "u1", "anon-1", "q1")
    assert event.lines == (EventLine("p1", 2, 450), EventLine("p2", 1, 900))
    assert event.context == {"event_text": "Products Purchased"}
    click = read(
        {"eventType": "click", "userToken": "a", "timestamp": 1586731606000, "objectIDs": ["p1"], "positions": [1]}
    )
    assert (click.name, click.lines) == ("select_item", (EventLine("p1", position=0),))


def test_metarank_events_become_our_events() -> None:
    base = {"id": "e1", "timestamp": "1586731606000", "user": "u1", "session": "s1"}
    click = read({**base, "event": "interaction", "type": "click", "item": "p1", "ranking": "r1"})
    assert (click.name, click.event_id, click.recommendation_id, click.lines) == (
        "select_item",
        "e1",
        "r1",
        (EventLine("p1"),),
    )
    ranking = read({**base, "event": "ranking", "items": [{"id": "p1"}, {"id": "p2"}]})
    assert (ranking.name, [line.position for line in ranking.lines]) == ("view_item_list", [0, 1])


def test_no_shape_claims_our_own_rows() -> None:
    assert shape_of(frozenset({"event_id", "event_name", "timestamp", "user_id", "items"})) is None
    assert shape_of(frozenset({"id", "title", "price", "categories"})) is None
    assert all(isinstance(shape.reshape({}), dict | str) for shape in SHAPES)
