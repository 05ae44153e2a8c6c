"""A canary is promoted or taken back when that is sure, by lists made from shoppers' own pasts."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from daogou.core.clock import DAY_US
from daogou.core.settings import CanarySettings
from daogou.data.lake.outcomes import COLUMNS, SERVED_SCHEMA
from daogou.learn.evaluation.canary import CanaryFigures, canary_figures, conclude

LIMITS = CanarySettings(share=0.5, least_lists=200)
EVENT_TYPES = {
    "seq": pl.Int64, "name": pl.String, "at_us": pl.Int64, "person": pl.String, "visitor_id": pl.String,
    "session_id": pl.String, "recommendation_id": pl.String, "placement": pl.String, "rating": pl.Float64,
    "item_id": pl.String, "quantity": pl.Int64, "price_minor": pl.Int64, "position": pl.Int64, "propensity": pl.Float64,
}  # fmt: skip


def figures(canary_rate: float, serving_rate: float, *, n: int = 1_500, slow: float = 1.0) -> CanaryFigures:
    """Two lists of each of `n` shoppers a side, one item each, clicked at these rates."""
    generator = np.random.default_rng(0)
    served, clicks = [], []
    for side, rate, took in (("new", canary_rate, 2_000 * slow), ("old", serving_rate, 2_000.0)):
        for shopper in range(n):
            for turn in range(2):
                name = f"{side}-{shopper}-{turn}"
                served.append(
                    (name, "home", 10, f"u:{side}{shopper}", "mug", 0, None, "ease", side, int(took), None, None)
                )
                if generator.random() < rate:
                    clicks.append({"name": "select_item", "at_us": 11, "person": f"u:{side}{shopper}",
                                   "recommendation_id": name, "placement": "home", "item_id": "mug"})  # fmt: skip
    served.append(("cold", "home", 10, None, "mug", 0, None, "ease", "old", 1, None, None))
    served.append(("before", "home", 1, "u:x", "mug", 0, None, "ease", "old", 1, None, None))
    assert set(EVENT_TYPES) == set(COLUMNS) - {"denied"}
    outcomes = pl.DataFrame(clicks, schema=EVENT_TYPES)
    return canary_figures(outcomes, pl.DataFrame(served, schema=SERVED_SCHEMA, orient="row"), "new", 5)


def test_lists_of_nobody_and_of_before_do_not_count() -> None:
    found = figures(0.2, 0.2, n=10)
    assert (found.canary.n_lists, found.serving.n_lists) == (20, 20)
    assert (found.canary.n_shoppers, found.serving.n_shoppers) == (10, 10)


@pytest.mark.parametrize(
    ("rates", "conclusion", "said"),
    [
        ((0.3, 0.2), "promote", "surely no more than 5% lost"),
        ((0.1, 0.2), "roll_back", "surely fewer"),
        ((0.2, 0.2), "go_on", "not sure yet"),
    ],
)
def test_what_is_sure_is_concluded(rates: tuple[float, float], conclusion: str, said: str) -> None:
    found, reasons = conclude(figures(*rates), 5, DAY_US, LIMITS)
    assert found == conclusion
    assert said in reasons[0]["en"]
    assert reasons[0]["zh"]


def test_nothing_is_concluded_from_few_lists_and_a_person_decides_in_the_end() -> None:
    few = figures(0.9, 0.1, n=50)
    assert conclude(few, 5, DAY_US, LIMITS)[0] == "go_on"
    assert conclude(few, 5, 15 * DAY_US, LIMITS)[0] == "ask"


def test_slow_lists_take_a_canary_back_however_well_they_are_liked() -> None:
    conclusion, reasons = conclude(figures(0.3, 0.2, slow=3.0), 5, DAY_US, LIMITS)
    assert conclusion == "roll_back"
    assert "6.0 ms beside 2.0" in reasons[0]["en"]
