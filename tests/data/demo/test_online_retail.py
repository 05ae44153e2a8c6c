"""The gift shop as a whole: every row accounted for, every item and event right and readable."""

from __future__ import annotations

import hashlib
from collections import Counter
from importlib.resources import as_file, files
from pathlib import Path

import polars as pl
import pytest

from daogou.core.settings import read_settings
from daogou.data.demo import online_retail
from daogou.data.demo.online_retail import ATTRIBUTE_ZH, CATEGORY_ZH, accounting, events, items, n_events, shop_settings
from daogou.data.demo.online_retail.lines import DROP_RULES, classified, merged
from daogou.data.demo.online_retail.purchases import event_table, refund_lines
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.events import parse_event
from daogou.data.ingest.items import parse_item

SHA256 = "b25b34e967574ddef9f1655c7d5628443d47d6079d03f7de06e5f7115d26c06c"
NOW_US = 1_795_000_000_000_000


@pytest.fixture(scope="module")
def raw() -> pl.DataFrame:
    with as_file(files(online_retail).joinpath("online_retail.parquet")) as path:
        return pl.read_parquet(path)


@pytest.fixture(scope="module")
def catalogue() -> dict[str, dict]:
    return {item["id"]: item for item in items()}


@pytest.fixture(scope="module")
def by_event_id() -> dict[str, dict]:
    return {event["event_id"]: event for event in events()}


def test_the_file_is_the_published_one_unchanged() -> None:
    assert hashlib.sha256(files(online_retail).joinpath("online_retail.parquet").read_bytes()).hexdigest() == SHA256


def test_the_shipped_file_is_the_one_in_the_data_folder(public_data: Path) -> None:
    original = public_data / "online-retail" / "online_retail.parquet"
    assert original.read_bytes() == files(online_retail).joinpath("online_retail.parquet").read_bytes()


def test_the_table_has_the_published_size(raw: pl.DataFrame) -> None:
    assert raw.shape == (541_909, 8)
    assert raw["InvoiceNo"].n_unique() == 25_900
    assert raw["CustomerID"].drop_nulls().n_unique() == 4_372


def test_every_row_is_a_purchase_a_refund_or_left_out_by_a_named_rule() -> None:
    counts = accounting()
    assert counts.purchase + counts.refund + sum(counts.dropped.values()) == counts.rows == 541_909
    assert set(counts.dropped) == set(DROP_RULES)
    assert set(classified()["outcome"]) == {"purchase", "refund", *DROP_RULES}


def test_the_rules_count_what_the_raw_table_says(raw: pl.DataFrame) -> None:
    """Each count again, straight from the raw columns and in another way."""
    counts = accounting()
    quantity, price = pl.col("Quantity"), pl.col("UnitPrice")
    is_credit_note = pl.col("InvoiceNo").str.starts_with("C")
    assert raw.filter((quantity < 0) & ~is_credit_note).height == counts.dropped["stock_note"] == 1_336
    goods = raw.filter(pl.col("StockCode").str.contains(r"^\d{5}|^DCGS|^PADS"))
    services = pl.col("Description").str.to_uppercase().str.contains("NEXT DAY|PACKING CH|HIGH RES|VOUCHER")
    delivery = goods.filter(services.fill_null(False) | (pl.col("StockCode") == "23444"))["StockCode"].unique()
    sold = goods.filter(~pl.col("StockCode").is_in(delivery.implode()) & (price >= 0.01) & (quantity > 0))
    assert sold.height == counts.purchase
    assert raw.filter((price == 0) & pl.col("CustomerID").is_not_null()).height == 40  # 34 goods and 6 manual entries
    assert counts.dropped["free_of_charge"] == 34
    assert counts.dropped["below_one_penny"] == 3


def test_turnover_adds_up_to_the_penny(raw: pl.DataFrame) -> None:
    kept = classified().filter(pl.col("outcome") == "purchase")["row"]
    rows = raw.with_row_index("row").filter(pl.col("row").is_in(kept.implode()))
    pence = rows.select(((pl.col("UnitPrice") * 100).round().cast(pl.Int64) * pl.col("Quantity")).sum()).item()
    in_events = event_table().filter(pl.col("name") == "purchase")["value_minor"].sum()
    assert in_events == pence == 1_027_001_773


def test_lines_of_one_invoice_item_and_price_become_one(by_event_id: dict[str, dict]) -> None:
    lines = [line for line in by_event_id["purchase-536409"]["items"] if line["item_id"] == "22866"]
    assert lines == [{"item_id": "22866", "quantity": 2, "price_minor": 210}]
    assert merged("purchase")["rows"].sum() == accounting().purchase


def test_the_first_sale_reads_as_the_invoice_did(by_event_id: dict[str, dict]) -> None:
    sale = by_event_id["purchase-536365"]
    assert sale["timestamp"] == "2010-12-01T08:26:00Z"
    assert (sale["user_id"], sale["transaction_id"], sale["currency"]) == ("c17850", "536365", "GBP")
    assert len(sale["items"]) == 7
    assert sale["value_minor"] == 139_12
    assert sale["context"] == {"country": "United Kingdom"}


def test_summer_sales_are_an_hour_earlier_in_utc(by_event_id: dict[str, dict]) -> None:
    assert by_event_id["purchase-558638"]["timestamp"] == "2011-07-01T07:16:00Z"


def test_an_unknown_customer_stays_unknown(raw: pl.DataFrame, by_event_id: dict[str, dict]) -> None:
    unknown = raw.filter(pl.col("CustomerID").is_null())["InvoiceNo"].unique()
    anonymous = {event["transaction_id"] for event in by_event_id.values() if "user_id" not in event}
    assert len(anonymous) > 1_000
    assert anonymous <= set(unknown)


def test_a_cancelled_order_points_at_the_order(by_event_id: dict[str, dict]) -> None:
    refund = by_event_id["refund-C541433-541431"]
    assert refund["event_name"] == "refund"
    assert refund["transaction_id"] == "541431"
    assert refund["context"]["refund_of"] == "purchase-541431"
    assert refund["context"]["credit_note"] == "C541433"
    assert refund["items"] == [{"item_id": "23166", "quantity": 74_215, "price_minor": 104}]


def test_a_refund_never_points_at_a_later_or_a_stranger_s_purchase() -> None:
    tied = refund_lines().filter(pl.col("refund_of").is_not_null())
    bought = merged("purchase").select("invoice", "item_id", "customer_id", pl.col("at").alias("bought_at")).unique()
    found = tied.join(
        bought, left_on=["refund_of", "item_id", "customer_id"], right_on=["invoice", "item_id", "customer_id"]
    )
    assert found["row"].n_unique() == tied.height
    assert (found["bought_at"] <= found["at"]).all()
    assert tied.height / refund_lines().height > 0.85


def test_the_one_invoice_with_too_many_lines_continues_in_a_second_event(by_event_id: dict[str, dict]) -> None:
    first, second = by_event_id["purchase-573585"], by_event_id["purchase-573585-2"]
    assert (len(first["items"]), len(second["items"])) == (1_000, 112)
    assert first["transaction_id"] == second["transaction_id"] == "573585"


def test_ids_are_unique_and_times_never_go_back(by_event_id: dict[str, dict]) -> None:
    assert len(by_event_id) == n_events()
    times = [event["timestamp"] for event in by_event_id.values()]
    assert times == sorted(times)


def test_building_twice_gives_the_same_shop(by_event_id: dict[str, dict], catalogue: dict[str, dict]) -> None:
    for cached in (classified, event_table, refund_lines):
        cached.cache_clear()
    assert list(events()) == list(by_event_id.values())
    assert items() == list(catalogue.values())


def test_all_items_and_events_pass_the_border_without_one_reject(catalogue: dict[str, dict]) -> None:
    defaults = Defaults(currency="GBP", timezone="Europe/London")
    parsed = [parse_item(item, defaults) for item in catalogue.values()]
    assert len(parsed) == 3_808
    known = {item.id for item in parsed}
    n_lines = 0
    for raw_event in events():
        event = parse_event(raw_event, defaults, NOW_US)
        assert {line.item_id for line in event.lines} <= known
        n_lines += len(event.lines)
    assert n_lines == merged("purchase").height + merged("refund").height


def test_at_least_95_percent_of_the_items_have_a_category(catalogue: dict[str, dict]) -> None:
    other = [item for item in catalogue.values() if item["categories"][0][0] == "Other"]
    assert len(other) <= 0.05 * len(catalogue)


def test_services_and_stock_notes_are_no_items(catalogue: dict[str, dict]) -> None:
    assert {"POST", "DOT", "M", "D", "S", "C2", "AMAZONFEE", "BANK CHARGES", "23444", "22016", "PADS"}.isdisjoint(
        catalogue
    )
    notes = ("damage", "missing", "wet", "check", "adjust", "lost", "smashed")
    assert not [item for item in catalogue.values() if item["title"]["en"].lower().rstrip("?").startswith(notes)]


def test_the_most_used_sale_description_names_the_item(catalogue: dict[str, dict]) -> None:
    assert catalogue["85123A"]["title"] == {"en": "White hanging heart T-light holder"}  # 9 lines say cream
    assert catalogue["22502"]["title"] == {"en": "Picnic basket wicker small"}  # 2 lines say 60 pieces
    assert "85123a" not in catalogue


def test_an_item_that_was_only_ever_returned_still_has_a_name(catalogue: dict[str, dict]) -> None:
    assert catalogue["79320"]["title"] == {"en": "Flamingo lights"}
    assert catalogue["79320"]["availability"] == "out_of_stock"


def test_prices_are_those_of_the_last_sales(catalogue: dict[str, dict]) -> None:
    assert catalogue["85123A"]["price_minor"] == 295
    assert catalogue["22423"]["price_minor"] == 12_75
    assert catalogue["85099B"]["price_minor"] == 208  # it was 195 until March
    assert "list_price_minor" not in catalogue["85099B"]


def test_a_list_price_is_always_a_real_reduction(catalogue: dict[str, dict]) -> None:
    reduced = [item for item in catalogue.values() if "list_price_minor" in item]
    assert 50 < len(reduced) < 400
    assert all(item["list_price_minor"] >= item["price_minor"] * 1.05 for item in reduced)
    assert all(item["price_minor"] >= 1 for item in catalogue.values())


def test_an_item_is_out_of_stock_when_the_last_120_days_saw_no_sale(catalogue: dict[str, dict]) -> None:
    sales = merged("purchase").group_by("item_id").agg(pl.col("at").max())
    end = sales["at"].max()
    recent = set(sales.filter(pl.col("at") >= pl.lit(end) - pl.duration(days=120))["item_id"])
    assert {item["id"] for item in catalogue.values() if item["availability"] == "in_stock"} == recent


def test_a_christmas_item_stands_under_christmas_and_under_its_kind(catalogue: dict[str, dict]) -> None:
    assert catalogue["23234"]["title"]["en"] == "Biscuit tin vintage Christmas"
    assert catalogue["23234"]["categories"] == [["Christmas", "Tins"], ["Kitchen & baking", "Tins"]]


def test_a_derived_description_says_so(catalogue: dict[str, dict]) -> None:
    milk_jug = catalogue["22847"]
    assert milk_jug["title"]["en"] == "Bread bin diner style ivory"
    assert milk_jug["description"] == {"en": "Ivory bread bin."}
    described = [item for item in catalogue.values() if "description" in item]
    assert all(item["attributes"]["description_source"] == ["derived from the title"] for item in described)


def test_every_category_and_attribute_word_has_a_chinese_name(catalogue: dict[str, dict]) -> None:
    names = {name for item in catalogue.values() for path in item["categories"] for name in path}
    assert names <= set(CATEGORY_ZH)
    words = {
        value
        for item in catalogue.values()
        for name, values in item["attributes"].items()
        if name not in ("product_type", "set_size")
        for value in values
        if not any(character.isdigit() for character in value) or name == "collection"
    }
    assert words <= set(ATTRIBUTE_ZH)
    assert {name for item in catalogue.values() for name in item["attributes"]} <= set(ATTRIBUTE_ZH)


def test_the_settings_of_the_shop_are_read_without_complaint(tmp_path: Path, catalogue: dict[str, dict]) -> None:
    (tmp_path / "shop.toml").write_text(shop_settings(), encoding="utf-8")
    settings = read_settings(tmp_path)
    assert settings.shop.id == "online-retail"
    assert settings.shop.currency == "GBP"
    outer = {item["categories"][0][0] for item in catalogue.values()}
    assert set(settings.rules.already_bought_by_category) <= outer


def test_the_page_about_the_shop_says_what_is_true(catalogue: dict[str, dict]) -> None:
    page = (Path(__file__).parents[3] / "docs" / "demo-shops.md").read_text(encoding="utf-8")
    names: dict[str, object] = {}
    for code in page.split("```python")[1:]:
        exec(code.split("```")[0], names)
    assert "n_events" in names
    counts = accounting()
    for rule, rows in {"purchase": counts.purchase, "refund": counts.refund}.items():
        assert f"| {rule} | {rows:,} |" in page
    for rule, rows in counts.dropped.items():
        assert f"| `{rule}` | {rows:,} |" in page
    outer = Counter(item["categories"][0][0] for item in catalogue.values())
    for name, n in outer.items():
        assert f"| {name} {CATEGORY_ZH[name]} | {n} |" in page
    groups = {item["group_id"] for item in catalogue.values() if "group_id" in item}
    assert f"{sum('group_id' in item for item in catalogue.values())} items in {len(groups)} groups" in page
    assert f"above the price: {sum('list_price_minor' in item for item in catalogue.values())} items" in page
    sold_out = sum(item["availability"] == "out_of_stock" for item in catalogue.values())
    assert f"120 days of the log: {sold_out} items" in page
