"""The bilingual shop as a whole: the same every time, accepted by our importers, and able to answer slates."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from daogou.core.errors import InvalidInput
from daogou.data.demo.bilingual import BilingualShop, Context, generate, simulate_slate
from daogou.data.demo.bilingual.facts import measure
from daogou.data.demo.bilingual.seasons import END_US, START_US
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.options import ImportOptions
from daogou.data.ingest.run import import_rows
from daogou.data.store import open_store

SMALL = {"n_items": 600, "n_users": 120}


@pytest.fixture(scope="module")
def small() -> BilingualShop:
    return generate(seed=3, **SMALL)


def digest(shop: BilingualShop) -> str:
    rows: Iterator[object] = iter([*shop.items, *shop.users, *shop.events])
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return hashlib.sha256(text.encode()).hexdigest()


PRINT_DIGEST = """
import hashlib, json
from daogou.data.demo.bilingual import generate
shop = generate(seed=3, n_items=600, n_users=120)
text = "\\n".join(json.dumps(row, ensure_ascii=False) for row in [*shop.items, *shop.users, *shop.events])
print(hashlib.sha256(text.encode()).hexdigest())
"""


def test_the_same_seed_gives_the_same_bytes_in_another_process(small: BilingualShop) -> None:
    for hash_seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        ran = subprocess.run(
            [sys.executable, "-c", PRINT_DIGEST], env=environment, capture_output=True, text=True, check=True
        )
        assert ran.stdout.strip() == digest(small)


def test_another_seed_gives_another_shop(small: BilingualShop) -> None:
    assert digest(generate(seed=4, **SMALL)) != digest(small)


def test_events_can_be_read_twice_and_know_their_number(small: BilingualShop) -> None:
    first, second = list(small.events), list(small.events)
    assert first == second
    assert len(first) == len(small.events)
    assert sum(max(len(row.get("items", [])), 1) for row in first) == small.events.n_lines
    assert len({row["event_id"] for row in first}) == len(first)


def test_our_importers_take_every_row(small: BilingualShop, tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'shop.db'}")
    options = ImportOptions(
        defaults=Defaults(currency="CNY", timezone="Asia/Shanghai"), clock=lambda: END_US + 60_000_000
    )
    try:
        for kind, rows in (("items", small.items), ("users", small.users), ("events", small.events)):
            report = import_rows(store, kind, rows, options)  # type: ignore[arg-type]
            assert report.rejected_by_rule == {}
            assert report.accepted == len(rows)  # type: ignore[arg-type]
            assert report.unknown_items == 0
        assert store.count_events() > 0
    finally:
        store.close()


def test_a_shopper_who_refused_says_so_in_every_event(small: BilingualShop) -> None:
    denied = {row["id"] for row in small.users if row["consent"]["personalization"] == "denied"}
    assert denied
    for row in small.events:
        if "user_id" in row:
            assert ("consent" in row) == (row["user_id"] in denied)


def test_whoever_buys_is_known_and_some_visits_are_not(small: BilingualShop) -> None:
    rows = list(small.events)
    assert all("user_id" in row for row in rows if row["event_name"] in ("purchase", "refund", "rate_item"))
    anonymous = sum("user_id" not in row for row in rows)
    assert 0.05 < anonymous / len(rows) < 0.3


def test_every_event_tells_its_circumstances(small: BilingualShop) -> None:
    for row in small.events:
        if "session_id" in row:
            assert row["context"].keys() == {"store_id", "device", "weather", "hour"}
        if row["event_name"] == "impression":
            assert [line["index"] for line in row["items"]] == list(range(len(row["items"])))
            assert all(0 < line["propensity"] <= 1 for line in row["items"])


def context(shop: BilingualShop, user: int) -> Context:
    return shop.truth.context(START_US + 100 * 86_400_000_000 + 20 * 3_600_000_000, user)


def test_a_replayed_slate_is_clicked_as_often_as_the_truth_says(small: BilingualShop) -> None:
    user, rng = 5, np.random.default_rng(0)
    items = np.argsort(-small.truth.utility(user, np.arange(600), context(small, user)))[:6].astype(np.int32)
    outcomes = [simulate_slate(small.truth, user, items, context(small, user), rng) for _ in range(3000)]
    clicked = np.mean([one.clicked for one in outcomes], axis=0)
    bought = np.mean([one.purchased for one in outcomes], axis=0)
    chance = small.truth.click_probability(user, items, context(small, user))
    assert np.abs(clicked - chance).max() < 0.035
    expected = chance * small.truth.purchase_probability(user, items, context(small, user))
    assert np.abs(bought - expected).max() < 0.035
    assert all((one.purchased <= one.clicked).all() for one in outcomes)


def test_a_slate_by_true_utility_earns_more_clicks_than_a_random_one(small: BilingualShop) -> None:
    truth, rng = small.truth, np.random.default_rng(1)
    best = chance = 0.0
    for user in range(0, 120, 4):
        now = context(small, user)
        by_truth = np.argsort(-truth.utility(user, np.arange(600), now))[:8].astype(np.int32)
        best += truth.click_probability(user, by_truth, now).sum()
        chance += truth.click_probability(user, rng.choice(600, 8, replace=False).astype(np.int32), now).sum()
    assert best > 4 * chance


def test_what_is_in_the_cart_and_what_was_bought_change_the_utility(small: BilingualShop) -> None:
    truth = small.truth
    kinds = [truth.type_slugs[kind] for kind in truth.item_type]
    notebook, pen, fryer = kinds.index("notebook"), kinds.index("gel-pen"), kinds.index("air-fryer")
    now = context(small, 1)
    plain = truth.utility(1, [pen, fryer], now)
    with_notebook = truth.utility(1, [pen, fryer], Context(**{**now.__dict__, "cart": (notebook,)}))
    assert with_notebook[0] > plain[0]
    assert with_notebook[1] == plain[1]
    after_fryer = truth.utility(1, [pen, fryer], Context(**{**now.__dict__, "bought": ((fryer, 10.0),)}))
    assert after_fryer[1] < plain[1] - 2
    due = truth.type_repeat_days[truth.item_type[pen]]
    just_bought = truth.utility(1, [pen], Context(**{**now.__dict__, "bought": ((pen, 2.0),)}))
    run_out = truth.utility(1, [pen], Context(**{**now.__dict__, "bought": ((pen, float(due)),)}))
    assert run_out[0] > plain[0] > just_bought[0]


@pytest.mark.parametrize(
    ("user", "items", "said"), [(0, [9_999], "9999 is no item"), (0, [1, 1], "twice"), (500, [1], "500 is no shopper")]
)
def test_a_slate_that_cannot_be_shown_is_refused(small: BilingualShop, user: int, items: list[int], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        simulate_slate(small.truth, user, items, context(small, 0), np.random.default_rng(0))


def test_a_time_outside_the_life_of_the_shop_is_refused(small: BilingualShop) -> None:
    with pytest.raises(InvalidInput, match="outside the shop's life"):
        small.truth.context(END_US, 0)


def test_numbers_are_found_by_id_and_an_unknown_id_is_refused(small: BilingualShop) -> None:
    ids = [small.items[5]["id"], small.items[0]["id"]]
    assert small.truth.item_numbers(ids).tolist() == [5, 0]
    assert small.truth.user_number(small.users[7]["id"]) == 7
    with pytest.raises(InvalidInput, match="'nothing' is no item"):
        small.truth.item_numbers(["nothing"])
    with pytest.raises(InvalidInput, match="'nobody' is no shopper"):
        small.truth.user_number("nobody")


def test_the_truth_cannot_be_changed(small: BilingualShop) -> None:
    with pytest.raises(ValueError, match="read-only"):
        small.truth.user_budget[0] = 9.0


PAGE = Path(__file__).parents[3] / "docs" / "demo-bilingual.md"


def test_the_examples_on_the_page_run() -> None:
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 3
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), {})


def test_the_figures_on_the_page_are_those_of_the_shop() -> None:
    page, facts = PAGE.read_text(encoding="utf-8"), measure(generate())
    events = facts["events"]
    counts = [facts[name] for name in ("items", "groups", "visits", "lines", "events_without_impressions")]
    counts += [events[name] for name in ("search", "select_item", "view_item", "add_to_cart", "purchase", "refund")]
    assert [f"{count:,}" for count in counts if f"{count:,}" not in page] == []
    shares = [facts[name] for name in ("carts_per_view", "orders_per_visit", "repeat_share_of_lines",
                                       "share_of_items_never_touched", "share_of_shoppers_without_order")]  # fmt: skip
    shares += [share for rates in facts["click_through_by_position"].values() for share in rates]
    assert [f"{share:.1%}" for share in shares if f"{100 * share:.1f} %" not in page] == []
    assert f"{facts['gini_of_sales']:.3f}" in page
