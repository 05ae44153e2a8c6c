"""Who is taken for a program, and above all who is not."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from daogou.core.clock import DAY_US, SECOND_US
from daogou.core.settings import TrustSettings
from daogou.data.trust.behaviour import behaviour
from daogou.data.trust.bots import trusted, verdicts

START_US = 1_760_000_000_123_456
SCHEMA = {"seq": pl.Int64, "name": pl.String, "at_us": pl.Int64, "item_id": pl.String, "shopper": pl.String,
          "agent": pl.String, "device": pl.String, "network": pl.String}  # fmt: skip
Row = tuple[str, str, float, str]


def lines(rows: list[Row], agent: str | None = None, device: str | None = None) -> pl.DataFrame:
    """rows  shopper, event, seconds after the start, item"""
    table = [
        (seq, name, START_US + int(seconds * SECOND_US), item, who, agent, device, None)
        for seq, (who, name, seconds, item) in enumerate(rows)
    ]
    return pl.DataFrame(table, schema=SCHEMA, orient="row")


def held(rows: list[Row], agent: str | None = None, device: str | None = None) -> dict[str, list[str]]:
    found = verdicts(behaviour(lines(rows, agent, device)), TrustSettings())
    return {who: [name for name, _, _ in grounds] for who, grounds in found.items()}


def person(who: str, seed: int, n: int = 60) -> list[Row]:
    """Looks at things with the long and short pauses of a person, a few visits over some days."""
    rng = np.random.default_rng(seed)
    pauses = rng.lognormal(3.3, 1.2, n)
    begins = np.repeat(rng.integers(0, 5, -(-n // 15)) * 86_400.0, 15)[:n]
    return [(who, "view_item", float(at), f"i{rng.integers(200)}") for at in begins + np.cumsum(pauses)]


def test_people_who_browse_unevenly_are_not_held() -> None:
    assert held([row for seed in range(30) for row in person(f"v:{seed}", seed)]) == {}


def test_a_crawler_is_held_for_its_even_pauses() -> None:
    assert held([("v:c", "view_item", 2.0 * n, f"i{n}") for n in range(40)])["v:c"] == ["even_gaps", "hasty"]


def test_a_script_with_random_sleeps_is_held_too() -> None:
    rng = np.random.default_rng(1)
    at = np.cumsum(rng.uniform(2, 6, 60))
    assert "even_gaps" in held([("v:c", "view_item", float(one), f"i{n}") for n, one in enumerate(at)])["v:c"]


def test_items_opened_within_one_second_are_no_persons() -> None:
    assert "same_second" in held([("v:c", "view_item", 0.0, f"i{n}") for n in range(8)])["v:c"]


def test_who_is_awake_around_the_clock_is_held() -> None:
    rng = np.random.default_rng(2)
    rows: list[Row] = [("v:c", "view_item", 3_600.0 * n + float(rng.uniform(0, 3_000)), "i") for n in range(40)]
    assert held(rows)["v:c"] == ["hours_awake"]


def test_who_says_it_is_a_program_is_believed() -> None:
    agent = "Mozilla/5.0 (compatible; examplebot/2.1)"
    assert held([("v:c", "view_item", 0.0, "i")], agent)["v:c"] == ["declared"]
    assert held([("v:c", "view_item", 0.0, "i")], "Mozilla/5.0 (iPhone) Safari/604.1") == {}


def test_many_shoppers_of_one_device_are_held_except_those_who_bought() -> None:
    rows: list[Row] = [(f"v:{n}", "view_item", 100.0 * n, "i") for n in range(25)]
    rows.append(("v:3", "purchase", 5_000.0, "i"))
    found = held(rows, device="d1")
    assert len(found) == 24
    assert "v:3" not in found


def test_a_shopper_who_clicks_all_it_is_shown_is_held() -> None:
    rows: list[Row] = [("v:c", "impression", 0.0, f"i{n}") for n in range(10)]
    rows += [("v:c", "select_item", 60.0 * n * n, f"i{n}") for n in range(10)]
    assert "click_share" in held(rows)["v:c"]


def test_a_wholesale_buyer_with_huge_orders_is_not_held() -> None:
    rows: list[Row] = [("u:w", "purchase", 86_400.0 * day, f"i{n}") for day in range(60) for n in range(300)]
    assert held(rows) == {}


def test_one_weak_ground_is_not_enough_and_two_are() -> None:
    rng = np.random.default_rng(3)
    at = np.cumsum(rng.lognormal(3.5, 1.3, 220)) + np.repeat(np.arange(11) * 86_400.0, 20)
    crawl: list[Row] = [("v:c", "view_item", float(one), f"i{n}") for n, one in enumerate(at)]
    assert held(crawl) == {}
    others: list[Row] = [(f"v:{n}", name, 9.0, "i") for n in range(9) for name in ("impression", "view_item")]
    assert held(crawl + others) == {"v:c": ["crawl", "views_unseen"]}


def test_loyal_buyers_are_held_on_strong_grounds_only() -> None:
    rng = np.random.default_rng(3)
    at = np.cumsum(rng.lognormal(3.5, 1.3, 1_200))
    views: list[Row] = [("u:a", "view_item", float(one), f"i{n}") for n, one in enumerate(at)]
    bought: list[Row] = [("u:a", "purchase", 86_400.0 * day, "i1") for day in (3, 9)]
    assert held(views + bought) == {}


@pytest.mark.parametrize("grain_seconds", [60, 3_600, 86_400])
def test_times_written_coarsely_accuse_nobody(grain_seconds: int) -> None:
    begin = -(START_US % DAY_US) / SECOND_US
    rows = [
        (who, name, begin + (at // grain_seconds) * grain_seconds, item)
        for seed in range(5)
        for who, name, at, item in person(f"v:{seed}", seed, 300)
    ]
    assert held([(who, name, round(at, 6), item) for who, name, at, item in rows]) == {}


def test_an_empty_log_holds_nobody() -> None:
    assert held([]) == {}


def test_trusted_is_who_bought_or_came_back_after_a_week() -> None:
    rows: list[Row] = [("a", "purchase", 0.0, "i"), ("b", "view_item", 0.0, "i"), ("b", "view_item", 8 * 86_400.0, "i"),
                       ("c", "view_item", 0.0, "i"), ("c", "view_item", 86_400.0, "i")]  # fmt: skip
    found = behaviour(lines(rows))
    assert dict(zip(found.shoppers, trusted(found, TrustSettings()).tolist(), strict=True)) == {
        "a": True, "b": True, "c": False,
    }  # fmt: skip
