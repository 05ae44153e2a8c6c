"""What is taken in the rain is learned from what was taken in the rain."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from daogou.core.clock import DAY_US
from daogou.core.settings import ModelSettings, Settings
from daogou.core.types import Consent, Item, User
from daogou.data.dataset import Dataset
from daogou.learn.circumstances import Calendar
from daogou.learn.lift import Lift
from daogou.learn.training.circumstances import Known, circumstances_lift, newcomers_lift
from daogou.learn.training.lifts import MOST, shrunk
from daogou.learn.training.release import load_release
from daogou.learn.training.train import train_release

GROUPS = ("Umbrellas", "Hats", "Mugs")
ITEMS = [Item(f"{group}-{n}", {}, categories=(("Home", group),)) for group in GROUPS for n in range(4)]
UTC = Calendar("UTC")


def taken(n: int = 6_000, rainy: float = 3.0, seed: int = 0) -> pl.DataFrame:
    """Umbrellas are taken `rainy` times as often when it rains, which it does on every second day."""
    draw = np.random.default_rng(seed)
    at_us = np.sort(draw.integers(0, 300 * DAY_US, n))
    rains = (at_us // DAY_US) % 2 == 0
    weight = np.ones((n, len(ITEMS)))
    weight[rains, :4] = rainy
    chosen = (weight.cumsum(axis=1) / weight.sum(axis=1, keepdims=True) < draw.random((n, 1))).sum(axis=1)
    return pl.DataFrame(
        {
            "at_us": at_us,
            "item_id": [ITEMS[one].id for one in chosen],
            "user_id": [f"u{one % 90}" for one in range(n)],
            "store": [None] * n,
            "region": [None] * n,
            "device": draw.choice(["phone", "desktop"], n).tolist(),
            "weather": np.where(rains, "rain", "fine").tolist(),
        },
        schema_overrides={"store": pl.String, "region": pl.String},
    )


def factor(lift: Lift, name: str, value: str, item_id: str) -> float:
    dimension = next(one for one in lift.dimensions if one.name == name)
    return float(dimension.by_item[dimension.values.index(value), list(lift.item_ids).index(item_id)])


def test_umbrellas_are_wanted_in_the_rain_and_nothing_is_made_of_devices() -> None:
    found = circumstances_lift(taken(), ITEMS, UTC)
    assert found is not None
    assert found.told["gain_nats"] > 0.01
    against = factor(found, "weather", "rain", "Umbrellas-0") / factor(found, "weather", "rain", "Mugs-0")
    assert against / (factor(found, "weather", "fine", "Umbrellas-0") / factor(found, "weather", "fine", "Mugs-0")) == (
        pytest.approx(3.0, rel=0.25)
    )
    assert factor(found, "device", "phone", "Umbrellas-0") == pytest.approx(1.0, abs=0.08)


def test_where_circumstances_say_nothing_hardly_anything_is_learned() -> None:
    found = circumstances_lift(taken(rainy=1.0), ITEMS, UTC)
    assert found is not None
    told = [one.by_item for one in found.dimensions]
    assert all(np.abs(np.log(one)).max() < np.log(1.15) for one in told)


def test_what_does_not_help_on_the_newest_part_is_published_without_effect() -> None:
    rows = taken()
    late = rows["at_us"] >= rows["at_us"].quantile(0.9)
    turned = pl.when(late & (pl.col("weather") == "rain")).then(pl.lit("fine")).when(late).then(pl.lit("rain"))
    found = circumstances_lift(rows.with_columns(turned.otherwise("weather").alias("weather")), ITEMS, UTC)
    assert found is not None
    assert found.told["gain_nats"] < 0
    assert not found.is_useful


def test_few_takings_teach_nothing() -> None:
    assert circumstances_lift(taken(150), ITEMS, UTC) is None
    assert circumstances_lift(taken(0), ITEMS, UTC) is None


def test_shrinking_leaves_what_was_expected_and_bounds_what_was_not() -> None:
    expected = np.full((1, 50), 100.0)
    assert shrunk(expected, expected) == pytest.approx(1.0)
    assert shrunk(np.full((1, 50), 2_000.0), expected).max() <= MOST


def test_what_fewer_than_twenty_people_share_is_not_learned() -> None:
    rows = taken()
    users = [
        User(f"u{n}", {"club": ("tea",) if n < 19 else ("none",), "city": ("A" if n < 45 else "B",)}) for n in range(90)
    ]
    found = newcomers_lift(rows, ITEMS, users)
    assert found is not None
    assert {one.name for one in found.dimensions} == {"city:A", "city:B", "club:none"}
    assert min(found.told["people"].values()) >= 20


def test_people_who_objected_are_nobodys_neighbours() -> None:
    denied = Consent(personalization="denied")
    users = [User(f"u{n}", {"city": ("A",)}, consent=denied if n < 75 else Consent()) for n in range(90)]
    assert newcomers_lift(taken(), ITEMS, users) is None


def test_nothing_known_is_nothing_learned() -> None:
    assert Known(taken(0)).users == []
    assert newcomers_lift(taken(), ITEMS, []) is None


def test_a_release_carries_what_was_learned_and_what_was_measured(tmp_path: Path) -> None:
    rows = taken()
    numbers = {one.id: number for number, one in enumerate(ITEMS)}
    dataset = Dataset.of(
        np.arange(len(rows), dtype=np.int32) % 90,
        np.array([numbers[one] for one in rows["item_id"]], np.int32),
        at_us=rows["at_us"].to_numpy(),
        n_users=90,
        item_ids=[one.id for one in ITEMS],
        items=ITEMS,
    )
    settings = Settings().model_copy(update={"models": {"popularity": ModelSettings(recipe="popularity")}})
    people = [User(f"u{n}", {"city": ("A" if n < 45 else "B",)}) for n in range(90)]
    train_release(dataset, settings, tmp_path / "with", now_us=1, taken=Known(rows, people))
    release = load_release(tmp_path / "with")
    assert release.context is not None
    assert release.context.told == release.info["lifts"]["context"]
    assert release.newcomers is not None
    assert release.info["lifts"]["newcomers"]["people"] == {"city:A": 45, "city:B": 45}
    assert set(release.info["facets"]) == {"kind"}
    train_release(dataset, settings, tmp_path / "without", now_us=1)
    assert load_release(tmp_path / "without").context is None
