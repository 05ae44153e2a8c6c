"""`daogou discovery`: the lift of a cross-category place as a person and as a program reads it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from daogou.cli.discovery import app
from daogou.core.errors import UnknownName
from daogou.core.types import Event, EventLine, Item
from daogou.data.store import open_store

SHOP = """[placements.cross_category]
retrievers = { cross_category = 1.0 }
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "shop.toml").write_text(SHOP, encoding="utf-8")
    return tmp_path


def test_a_place_from_which_nothing_was_taken_says_so(shop: Path) -> None:
    done = CliRunner().invoke(app, ["--shop", str(shop)])
    assert done.exit_code == 0
    assert "Nothing was taken from cross_category yet." in done.stdout


def test_the_lift_is_printed_and_given_to_programs(shop: Path) -> None:
    store = open_store(f"sqlite:///{shop}/daogou.db")
    departments = {"mug": "Kitchen", "pot": "Kitchen", "lamp": "Light", "kite": "Toys"}
    store.put_items([Item(one, {"en": one}, categories=((name,),)) for one, name in departments.items()])
    happened = [("mug", None), ("lamp", "cross_category"), ("pot", "home_for_you"), ("kite", "home_for_you")]
    store.append(
        [
            Event(f"e{n}", "select_item", 1_000 + n, (EventLine(item),), user_id="ann", placement=place)
            for n, (item, place) in enumerate(happened)
        ]
    )
    store.close()
    printed = CliRunner().invoke(app, ["--shop", str(shop)]).stdout
    assert "100.0%" in printed
    assert "2.00" in printed
    told = json.loads(CliRunner().invoke(app, ["--shop", str(shop), "--json"]).stdout)
    facts = {"taken": 1, "new": 1, "taken_elsewhere": 2, "new_elsewhere": 1, "share": 1.0, "lift": 2.0}
    assert told["events"]["select_item"] == facts


def test_an_unknown_placement_is_refused(shop: Path) -> None:
    done = CliRunner().invoke(app, ["--shop", str(shop), "--placement", "nowhere"])
    assert isinstance(done.exception, UnknownName)
