"""`daogou exposure`: the audit as a person and as a program reads it."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from daogou.cli.exposure import app
from daogou.core.clock import DAY_US, system_clock
from daogou.core.types import Item
from daogou.data.store import ServedItem, ServedSlate, open_store

SHOP = """[placements.home_for_you]
retrievers = { personal = 1.0 }
new_items = { share = 0.5, days = 14 }
"""


def test_a_shop_that_showed_nothing_says_so(tmp_path: Path) -> None:
    (tmp_path / "shop.toml").write_text(SHOP, encoding="utf-8")
    done = CliRunner().invoke(app, ["--shop", str(tmp_path)])
    assert done.exit_code == 0
    assert "No list went out in the last 28 days." in done.stdout


def test_a_broken_promise_is_printed_and_given_to_programs(tmp_path: Path) -> None:
    (tmp_path / "shop.toml").write_text(SHOP, encoding="utf-8")
    now_us = system_clock()
    store = open_store(f"sqlite:///{tmp_path}/daogou.db")
    store.put_items([Item("old", {"en": "old"}, created_at_us=now_us - 99 * DAY_US)])
    store.log_slates([ServedSlate("s", "home_for_you", now_us, None, (ServedItem("old", 0),))])
    store.close()
    assert "NOT" in CliRunner().invoke(app, ["--shop", str(tmp_path)]).stdout
    (told,) = json.loads(CliRunner().invoke(app, ["--shop", str(tmp_path), "--json"]).stdout)["placements"]
    assert (told["promised"], told["share"], told["is_kept"]) == (0.5, 0.0, False)
