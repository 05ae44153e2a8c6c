"""What is out of the ordinary is told, and what the shop is used to is not."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from daogou.core.clock import DAY_US
from daogou.core.types import Item
from daogou.data.lake.outcomes import SERVED_SCHEMA
from daogou.learn.drift.distance import bound, ks, noise, psi
from daogou.learn.drift.drift import Drift, Drifts, drift
from daogou.learn.drift.page import drift_page

TODAY = 20_000
NOW_US = (TODAY + 1) * DAY_US + 5
NO_EVENTS = pl.DataFrame(schema={"seq": pl.Int64, "name": pl.String, "at_us": pl.Int64, "item_id": pl.String})
NO_LISTS = pl.DataFrame(schema=SERVED_SCHEMA)


def events(counts: dict[int, int], name: str = "view_item", unknown_today: int = 0) -> pl.DataFrame:
    """counts  by day before today"""
    days = [day for day, count in counts.items() for _ in range(count)]
    items = ["known"] * len(days)
    todays = [place for place, day in enumerate(days) if day == 0]
    for place in todays[:unknown_today]:
        items[place] = "unknown"
    return pl.DataFrame(
        {
            "seq": range(len(days)),
            "name": [name] * len(days),
            "at_us": [(TODAY - d) * DAY_US for d in days],
            "item_id": items,
        }
    )


def lists(days: int, reasons_today: str = "popular", shift: float = 0.0, seed: int = 0) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    rows = [
        ("s", "home", (TODAY - day) * DAY_US, None, "i", 0, float(rng.uniform(0.1, 0.3)), "ease", None, None,
         float(rng.normal(shift if day == 0 else 0, 1)),
         reasons_today if day == 0 else str(rng.choice(["popular", "viewed"])))
        for day in range(days) for _ in range(300)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=SERVED_SCHEMA, orient="row")


def by_name(found: Drifts) -> dict[tuple[str, str], Drift]:
    return {(one.part, one.what): one for one in found.figures}


def weekly(scale: int = 100) -> dict[int, int]:
    """Eight weeks in which every seventh day is ten times as busy, with a little noise."""
    rng = np.random.default_rng(1)
    return {day: int(rng.poisson(scale * (10 if day % 7 == 0 else 1))) for day in range(56)}


def test_a_busy_weekday_is_no_alarm_where_it_always_is() -> None:
    assert drift(events(weekly()), NO_LISTS, [Item("known", {})], [], NOW_US).alarms == []


@pytest.mark.parametrize("todays", [0, 100, 3_000])
def test_far_too_few_or_too_many_events_are_told(todays: int) -> None:
    found = drift(events({**weekly(), 0: todays}), NO_LISTS, [Item("known", {})], [], NOW_US)
    alarm = by_name(found)["events", "view_item"]
    assert alarm.is_alarm
    assert alarm.ratio > 1


def test_a_shop_that_varies_much_is_given_more_room_than_one_that_hardly_does() -> None:
    rng = np.random.default_rng(3)
    steady = {day: 1_000 + int(rng.integers(-10, 10)) for day in range(56)}
    restless = {day: int(rng.integers(300, 1_700)) for day in range(56)}
    narrow, wide = (
        by_name(drift(events({**counts, 0: 1_500}), NO_LISTS, [Item("known", {})], [], NOW_US))["events", "view_item"]
        for counts in (steady, restless)
    )
    assert narrow.is_alarm
    assert not wide.is_alarm


def test_an_event_name_never_seen_before_is_told() -> None:
    both = pl.concat([events(weekly()), events({0: 3}, "chat_message").with_columns(pl.col("seq") + 1_000_000)])
    assert by_name(drift(both, NO_LISTS, [Item("known", {})], [], NOW_US))["events", "chat_message"].is_alarm


def test_items_that_the_catalogue_lacks_are_told() -> None:
    found = drift(events(weekly(), unknown_today=200), NO_LISTS, [Item("known", {})], [], NOW_US)
    assert by_name(found)["events", "unknown items"].is_alarm


def test_a_catalogue_that_changes_its_prices_all_at_once_is_told() -> None:
    items = [Item(f"i{n}", {}) for n in range(1_000)]
    usual = [(f"i{day * 3 + n}", (TODAY - day) * DAY_US) for day in range(1, 29) for n in range(3)]
    assert drift(NO_EVENTS, NO_LISTS, items, usual, NOW_US).alarms == []
    all_at_once = [*usual, *((item.id, TODAY * DAY_US) for item in items)]
    assert by_name(drift(NO_EVENTS, NO_LISTS, items, all_at_once, NOW_US))["catalogue", "price changes"].is_alarm


def test_lists_as_usual_are_no_alarm() -> None:
    for seed in range(5):
        before = lists(20, seed=seed).filter(pl.col("at_us") < TODAY * DAY_US)
        assert drift(NO_EVENTS, before.with_columns(pl.col("at_us") + DAY_US), [], [], NOW_US).alarms == []


def test_shifted_scores_and_a_changed_mix_of_reasons_are_told() -> None:
    found = by_name(drift(NO_EVENTS, lists(20, "filler", shift=1.0), [], [], NOW_US))
    assert found["scores", "home"].is_alarm
    assert (found["scores", "home"].ks or 0) > 0.3
    assert found["reasons", "home"].is_alarm
    assert not found["propensities", "home"].is_alarm


def test_with_less_than_a_week_nothing_is_judged() -> None:
    assert drift(events({0: 5, 1: 900}), lists(4, "filler", 3.0), [Item("known", {})], [], NOW_US).figures == []


def test_the_index_is_zero_for_equal_shares_and_known_for_a_worked_case() -> None:
    assert psi(np.array([10.0, 30.0]), np.array([100.0, 300.0])) == pytest.approx(0)
    assert psi(np.array([50.0, 50.0]), np.array([75.0, 25.0])) == pytest.approx(0.25 * np.log(3), rel=1e-9)


def test_the_index_of_two_samples_of_the_same_is_what_noise_foretells() -> None:
    rng = np.random.default_rng(0)
    found = [psi(rng.multinomial(2_000, [0.1] * 10), rng.multinomial(500, [0.1] * 10)) for _ in range(400)]
    assert np.mean(found) == pytest.approx(noise(2_000, 500, 10), rel=0.1)


def test_the_two_sample_statistic_is_the_largest_gap() -> None:
    assert ks(np.array([1.0, 2.0]), np.array([3.0, 4.0])) == 1
    assert ks(np.array([1.0, 2.0, 3.0, 4.0]), np.array([3.0, 4.0])) == 0.5


def test_a_bound_lies_above_all_usual_days() -> None:
    assert bound([1.0, 1.2, 0.9, 1.1, 1.0, 1.05, 0.95]) > 1.2


def test_the_page_tells_alarms_in_both_languages() -> None:
    page = drift_page(drift(events({**weekly(), 0: 0}), NO_LISTS, [Item("known", {})], [], NOW_US))
    assert "Look at the tracker" in page
    assert "请检查埋点" in page
