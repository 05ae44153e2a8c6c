"""Rankers named in shop.toml learn from what lists showed, are measured on the newest and saved with the release."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from daogou.core.errors import InvalidInput, UnknownName
from daogou.core.protocols import silent
from daogou.core.settings import ObjectiveSettings, RankerSettings
from daogou.core.types import Item
from daogou.learn.online import ONLINE, ONLINE_HISTORY
from daogou.learn.training.measured import Steps
from daogou.learn.training.rankings import rankers_of, train_rankers
from daogou.learn.training.shown import Shown, spec_of

HOUR = 3_600_000_000
BEGIN = 1_700_000_000_000_000
N_ITEMS = 20
ITEMS = {
    f"i{number}": Item(
        f"i{number}", {}, brand=f"b{number % 2}", categories=(("Home", f"c{number % 4}"),), price_minor=100 * number
    )
    for number in range(N_ITEMS)
}
PLACE = {
    "recommendation_id": pl.String, "item_id": pl.String, "placement": pl.String, "position": pl.Int32,
    "at_us": pl.Int64, "cluster": pl.String, "was_clicked": pl.Boolean, "was_carted": pl.Boolean,
    "was_wished": pl.Boolean, "was_bought": pl.Boolean,
}  # fmt: skip
OUTCOME = {"name": pl.String, "at_us": pl.Int64, "person": pl.String, "item_id": pl.String}


def table(rows: list[tuple[Any, ...]], schema: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=schema, orient="row")


def lists(n_lists: int = 300, seed: int = 0) -> Shown:
    """Lists of five; everybody clicks what is of brand b1, four times as often as anything else."""
    random = np.random.default_rng(seed)
    rows = []
    for number in range(n_lists):
        for position, item in enumerate(random.permutation(N_ITEMS)[:5].tolist()):
            clicked = bool(random.random() < (0.6 if item % 2 else 0.15))
            place = (f"r{number}", f"i{item}", "home_for_you", position, BEGIN + number * HOUR, f"u:{number % 30}")
            rows.append((*place, clicked, False, False, False))
    return Shown.of(table(rows, PLACE), table([], OUTCOME), ITEMS)


def steps() -> Steps:
    return Steps(silent, 0)


def test_a_row_holds_the_item_the_spot_and_what_was_done_before_and_nothing_later() -> None:
    places = table([("r1", "i3", "trending", 4, BEGIN + 10 * HOUR, "u:ann", True, False, False, False)], PLACE)
    acts = table(
        [
            ("view_item", BEGIN, "u:ann", "i1"),
            ("view_item", BEGIN + HOUR, "u:ann", "i2"),
            ("view_item", BEGIN + 2 * HOUR, "u:ann", "i1"),
            ("impression", BEGIN + 3 * HOUR, "u:ann", "i7"),
            ("view_item", BEGIN + 4 * HOUR, "u:bob", "i8"),
            ("purchase", BEGIN + 10 * HOUR, "u:ann", "i3"),
            ("view_item", BEGIN + 11 * HOUR, "u:ann", "i9"),
        ],
        OUTCOME,
    )
    (row,) = Shown.of(places, acts, ITEMS).labelled("click").to_dicts()
    assert row["history"] == ["i2", "i1"]
    assert (row["item"], row["category"], row["brand"], row["price"]) == ("i3", "Home > c3", "b1", 300)
    assert (row["placement"], row["position"], row["label"]) == ("trending", "4", 1.0)


def test_of_a_long_past_the_newest_items_count() -> None:
    places = table([("r1", "i3", "trending", 0, BEGIN + 999 * HOUR, "u:ann", False, False, False, False)], PLACE)
    acts = table([("view_item", BEGIN + n * HOUR, "u:ann", f"x{n}") for n in range(90)], OUTCOME)
    (row,) = Shown.of(places, acts, ITEMS).table.to_dicts()
    assert row["history"] == [f"x{n}" for n in range(90 - ONLINE_HISTORY, 90)]


def test_the_goal_says_what_counts() -> None:
    rows = [("r1", f"i{n}", "trending", n, BEGIN, "u:ann", *(n == k for k in range(4))) for n in range(5)]
    shown = Shown.of(table(rows, PLACE), table([], OUTCOME), ITEMS)
    assert shown.labelled("click")["label"].to_list() == [1, 1, 1, 1, 0]
    assert shown.labelled("purchase")["label"].to_list() == [0, 0, 0, 1, 0]


def test_what_the_shop_values_nothing_is_neither_success_nor_past() -> None:
    rows = [("r1", f"i{n}", "trending", n, BEGIN + HOUR, "u:ann", *(n == k for k in range(4))) for n in range(5)]
    acts = table([("view_item", BEGIN, "u:ann", "i8"), ("add_to_cart", BEGIN, "u:ann", "i9")], OUTCOME)
    worth = ObjectiveSettings(view_item=0, select_item=0, add_to_wishlist=0).weights()
    shown = Shown.of(table(rows, PLACE), acts, ITEMS, worth=worth)
    assert shown.labelled("click")["label"].to_list() == [0, 1, 0, 1, 0]
    assert shown.table["history"].to_list() == [["i9"]] * 5
    nothing = Shown.of(table(rows, PLACE), acts, ITEMS, worth={})
    assert nothing.labelled("click")["label"].sum() == 0


def test_the_newest_part_never_cuts_a_list_in_two() -> None:
    shown = lists(40)
    newest = shown.newest(0.25)
    chosen = set(shown.table["recommendation_id"].to_numpy()[newest])
    others = set(np.delete(shown.table["recommendation_id"].to_numpy(), newest))
    assert not chosen & others
    assert 9 <= len(chosen) <= 11
    assert len(lists(1).newest(0.2)) == 0


@pytest.mark.parametrize("recipe", ["lr", "fm", "boosted"])
def test_a_ranker_learns_is_measured_on_later_lists_and_comes_back_from_disk(recipe: str, tmp_path: Path) -> None:
    for extra in {"fm": ["torch"], "boosted": ["lightgbm"]}.get(recipe, []):
        pytest.importorskip(extra)
    from daogou.learn.rankers.saved import load_ranker

    shown = lists()
    chosen = rankers_of({"first": RankerSettings(recipe=recipe)})
    trained = train_rankers(chosen, shown, tmp_path, "UTC", 0, steps())
    assert trained.notes == ()
    quality = trained.told["first"]["quality"]
    assert quality["auc"] > 0.65
    assert quality["log_loss"] < quality["log_loss_of_the_rate"]
    assert quality["ece"] == pytest.approx(trained.reliability["first"].ece, abs=1e-4)
    assert 0.15 * len(shown) < quality["n_shown"] < 0.25 * len(shown)
    model, manifest = load_ranker(tmp_path / "first")
    assert manifest["metrics"] == quality
    likely = model.predict(shown.table)
    liked = (shown.table["brand"] == "b1").to_numpy()
    assert likely[liked].mean() > 1.5 * likely[~liked].mean()


def test_too_little_to_learn_from_is_told_with_what_to_do(tmp_path: Path) -> None:
    chosen = rankers_of({"first": RankerSettings(recipe="lr"), "bought": RankerSettings(recipe="lr", goal="purchase")})
    for shown in (None, lists(8)):
        trained = train_rankers(chosen, shown, tmp_path, "UTC", 0, steps())
        assert trained.told == {}
        assert all("Send impressions and clicks with their recommendation_id" in note for note in trained.notes)
    kept = train_rankers(chosen, lists(), tmp_path, "UTC", 0, steps())
    assert set(kept.told) == {"first"}
    assert kept.notes[0].startswith(
        "Ranker bought was left out: 1,500 places of lists were shown and 0 led to a purchase"
    )


def test_lists_all_made_at_one_moment_cannot_be_measured(tmp_path: Path) -> None:
    rows = lists().table
    same = Shown(rows.with_columns(pl.lit(BEGIN).alias("at_us")))
    trained = train_rankers(rankers_of({"first": RankerSettings(recipe="lr")}), same, tmp_path, "UTC", 0, steps())
    assert "Too few lists lie apart in time" in trained.notes[0]


def test_a_wrong_name_or_setting_is_found_before_anything_is_fitted() -> None:
    with pytest.raises(UnknownName, match="finalnet"):
        rankers_of({"first": RankerSettings(recipe="finallnet")})
    with pytest.raises(InvalidInput, match="has no setting 'depth'"):
        rankers_of({"first": RankerSettings(recipe="fm", settings={"depth": 3})})


def test_every_column_of_the_description_is_in_the_table() -> None:
    table = lists(3).table
    columns = {column.name for column in spec_of("Asia/Shanghai", table).columns}
    assert columns <= set(table.columns)
    assert not columns & set(ONLINE), "what no list was logged with is no feature"
