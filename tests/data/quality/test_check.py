"""What is amiss in a shop's data is found, told in both languages, with what to do; a sound shop has no complaint."""

from __future__ import annotations

import string
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from daogou.core.clock import DAY_US
from daogou.core.settings import TrustSettings
from daogou.core.types import Event, EventLine, Item
from daogou.data.ingest.run import import_rows
from daogou.data.quality.check import check
from daogou.data.quality.events import findings_of_events
from daogou.data.quality.finding import Finding
from daogou.data.quality.items import findings_of_items
from daogou.data.quality.words import LANGUAGES, SENTENCES, advice, said
from daogou.data.store import open_store
from daogou.data.store.store import Store

NOW_US = 20_000 * DAY_US
SCHEMA = {"seq": pl.Int64, "name": pl.String, "at_us": pl.Int64, "shopper": pl.String, "item_id": pl.String}


def item(one: str, title: str, price: int | None = 1_000, category: str = "Mugs", group: str | None = None) -> Item:
    return Item(one, {"en": title}, group, price_minor=price, categories=((category,),), images=("x",), url="u",
                description={"en": "d"}, brand="b", created_at_us=1)  # fmt: skip


def codes(found: list[Finding]) -> dict[str, int]:
    return {one.code: one.count for one in found}


def test_a_sound_catalogue_has_no_complaint() -> None:
    items = [item(f"i{n}", f"{letter} mug") for n, letter in enumerate(string.ascii_lowercase)]
    assert findings_of_items(items, {"i1": 1_000}) == []


def test_missing_prices_ask_for_something_and_name_the_column() -> None:
    (found,) = findings_of_items([item("a", "red", None), item("b", "blue")], {})
    assert (found.tone, found.count, found.total) == ("act", 1, 2)
    assert "--map YOUR_COLUMN=price" in advice(found)["en"]


def test_pounds_mixed_with_pence_are_told_from_mere_outliers() -> None:
    usual = [item(f"i{n}", f"{letter} mug") for n, letter in enumerate("abcdefgh")]
    found = findings_of_items([*usual, item("x", "x mug", 100_000), item("y", "y mug", 90_000)], {"x": 1_000.0})
    assert codes(found) == {"hundred": 1, "price_outlier": 1}


def test_prices_in_two_currencies_are_told() -> None:
    other = Item("z", {"en": "z"}, price_minor=5, currency="EUR", categories=(("Mugs",),))
    assert "currencies" in codes(findings_of_items([item("a", "red"), other], {}))


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [("Red mug", "Red mug", "same_title"), ("Red mug", "mug, RED", "near_title"), ("Red mugs", "Red mug", "near_title"),
     ("红色 马克杯", "红色马克杯", None)],
)  # fmt: skip
def test_doubled_titles_are_told(first: str, second: str, code: str | None) -> None:
    found = codes(findings_of_items([item("a", first), item("b", second)], {}))
    assert found == ({code: 1} if code else {})


def test_variants_of_one_product_may_share_a_title() -> None:
    assert findings_of_items([item("a", "Red mug", group="g"), item("b", "Red mug", group="g")], {}) == []


@pytest.mark.parametrize("title", ["CafÃ© cup", "Don\u00e2\u20ac\u2122t", "Caf\ufffd", "锟斤拷杯"])
def test_text_read_in_the_wrong_encoding_is_told(title: str) -> None:
    assert codes(findings_of_items([item("a", title), item("b", "Café Ñandú 杯子 50 °C")], {})) == {"damaged": 1}


def test_a_category_with_one_item_is_told() -> None:
    found = findings_of_items([item("a", "red"), item("b", "blue"), item("c", "green", category="Odd")], {})
    assert codes(found) == {"lonely_category": 1}


def events(rows: list[tuple[str, int, str | None, str]]) -> pl.DataFrame:
    return pl.DataFrame([(n, *row) for n, row in enumerate(rows)], schema=SCHEMA, orient="row")


def test_impossible_times_are_told() -> None:
    rows = [
        ("purchase", NOW_US + 9 * DAY_US, "u:a", "i"),
        ("purchase", 5, "u:a", "i"),
        ("purchase", NOW_US, "u:a", "i"),
    ]
    assert codes(findings_of_events(events(rows), ["i"], {}, NOW_US)) == {"future": 1, "past": 1}


def test_holes_in_a_busy_time_line_are_told_with_the_longest() -> None:
    days = [day for day in range(60) if day not in (30, 31, 32, 50)]
    rows = [("purchase", NOW_US - day * DAY_US, f"u:{n}", "i") for day in days for n in range(30)]
    (found,) = findings_of_events(events(rows), ["i"], {}, NOW_US)
    assert (found.code, found.count, found.values["longest"]) == ("holes", 4, 3)


def test_a_shop_closed_on_sundays_has_no_holes() -> None:
    days = [day for day in range(70) if day % 7]
    rows = [("purchase", NOW_US - day * DAY_US, f"u:{n}", "i") for day in days for n in range(30)]
    assert findings_of_events(events(rows), ["i"], {}, NOW_US) == []


def test_unknown_items_impossible_shoppers_and_programs_are_told() -> None:
    rows = [("view_item", NOW_US + n, "u:till", "i") for n in range(2_500)] + [("view_item", NOW_US, "v:bot", "x")]
    found = codes(findings_of_events(events(rows), ["i"], {"v:bot": [("declared", 1.0, 0.0)]}, NOW_US))
    assert found == {"unknown_items": 1, "impossible_shopper": 1, "programs": 1, "no_purchase": 0}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/shop.db")
    yield opened
    opened.close()


def test_a_whole_shop_is_looked_over_after_an_import(store: Store, tmp_path: Path) -> None:
    rows = [{"id": "a", "title": "Red", "price": "3.00"}, {"id": "b", "title": "Blue", "price": "free"}]
    report = import_rows(store, "items", rows)
    store.append([Event("e", "purchase", NOW_US, (EventLine("a", 1, 300),), user_id="ann")])
    found = check(store, tmp_path, TrustSettings(), NOW_US, report)
    assert (found.rows["items"], found.rows["events"], found.events) == (1, 1, {"purchase": 1})
    assert found.complete["price_minor"] == 1
    assert found.findings[0].code == "refused"
    assert found.findings[0].values["rule"] == "not_a_price"
    assert found.since == found.until


def test_an_empty_shop_can_be_looked_over(store: Store, tmp_path: Path) -> None:
    assert check(store, tmp_path, TrustSettings(), NOW_US).findings == []


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_finding_speaks_both_languages(code: str) -> None:
    finding = Finding(
        code, "act", 2, 10, ("x",), {"rule": "r", "field": "price", "longest": 3, "ids": 1, "shoppers": 1}
    )
    for words in (said(finding), advice(finding)):
        assert set(words) == set(LANGUAGES)
        assert all(words.values())
        assert "{" not in "".join(words.values())
