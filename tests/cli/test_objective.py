"""Weights of events in shop.toml: what is written, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from daogou.cli.objective import add_section
from daogou.core.errors import Conflict, InvalidInput
from daogou.core.settings import ObjectiveSettings, read_settings
from daogou.core.types import EVENT_WEIGHTS, TASTE_EVENTS, HistoryRow, Item, wanted_events
from daogou.decide.lines import Lines
from daogou.decide.past import Past


def shop_with(folder: Path, text: str) -> Path:
    (folder / "shop.toml").write_text(text, encoding="utf-8")
    return folder


def test_without_a_section_events_are_worth_what_they_always_were(tmp_path: Path) -> None:
    assert read_settings(tmp_path).objective.weights() == dict(EVENT_WEIGHTS)


def test_weights_in_the_file_count_in_a_history(tmp_path: Path) -> None:
    settings = read_settings(shop_with(tmp_path, "[objective]\nview_item = 2\nadd_to_wishlist = 0\n"))
    worth = settings.objective.weights()
    rows = [HistoryRow("view_item", "a", 1), HistoryRow("add_to_wishlist", "b", 2)]
    assert Past(settings.history, worth, Lines.of(rows, {"a": 0, "b": 1})).query(2).history.tolist() == [0]
    assert worth["impression"] == 0.0
    both = [HistoryRow("view_item", "a", 1), HistoryRow("add_to_wishlist", "a", 2)]
    assert Past(settings.history, worth, Lines.of(both, {"a": 0}), [Item("a", {})]).strongest == {"a": "view_item"}


def test_every_event_that_may_tell_taste_can_be_valued_and_no_other() -> None:
    assert set(ObjectiveSettings.model_fields) - {"allow_any_order"} == set(TASTE_EVENTS)
    assert wanted_events(ObjectiveSettings(add_to_wishlist=0, rate_item=-1).weights()) == (
        "view_item", "select_item", "add_to_cart", "begin_checkout", "purchase", "view_portion",
    )  # fmt: skip


def test_a_look_worth_more_than_a_purchase_is_refused_unless_it_is_meant(tmp_path: Path) -> None:
    upside_down = "[objective]\nview_item = 9\n"
    with pytest.raises(InvalidInput, match="a look says more than a purchase"):
        read_settings(shop_with(tmp_path, upside_down))
    settings = read_settings(shop_with(tmp_path, upside_down + "allow_any_order = true\n"))
    assert settings.objective.weights()["view_item"] == 9


def test_the_section_is_added_once_and_only_where_it_is_right(tmp_path: Path) -> None:
    folder = shop_with(tmp_path, "[server]\nport = 1234\n")
    with pytest.raises(InvalidInput, match="do not rise"):
        add_section(folder, "[objective]\nview_item = 50\n")
    assert (folder / "shop.toml").read_text(encoding="utf-8") == "[server]\nport = 1234\n"
    add_section(folder, "[objective]\npurchase = 11\n")
    settings = read_settings(folder)
    assert (settings.server.port, settings.objective.purchase) == (1234, 11)
    with pytest.raises(Conflict, match="already"):
        add_section(folder, "[objective]\npurchase = 12\n")
