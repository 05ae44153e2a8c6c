"""`daogou report searches`, as a person and as a program reads it."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from daogou.cli.report import app
from daogou.core.clock import DAY_US, system_clock
from daogou.data.store import open_store
from daogou.data.store.search_log import NotedSearch


def test_what_was_searched_for_is_printed_and_given_to_programs(tmp_path: Path) -> None:
    (tmp_path / "shop.toml").write_text("", encoding="utf-8")
    store = open_store(f"sqlite:///{tmp_path}/daogou.db")
    store.searches.add([NotedSearch(system_clock() // DAY_US, "[red]茶壶", 3, 2)])
    store.close()
    words = ["searches", "--shop", str(tmp_path)]
    hidden = CliRunner().invoke(app, words)
    assert hidden.exit_code == 0, hidden.output
    assert "3 searches in 28 days; 2 found nothing." in hidden.stdout
    assert "1 words (3 searches) are not shown" in " ".join(hidden.stdout.split())
    assert "[red]茶壶" in CliRunner().invoke(app, [*words, "--fewest-shoppers", "1"]).stdout
    told = json.loads(CliRunner().invoke(app, [*words, "--fewest-shoppers", "1", "--json"]).stdout)
    assert told["queries"] == [{"words": "[red]茶壶", "searches": 3, "shoppers": 0, "empty": 2, "click_share": None}]


def test_an_unknown_order_is_a_misuse(tmp_path: Path) -> None:
    (tmp_path / "shop.toml").write_text("", encoding="utf-8")
    done = CliRunner().invoke(app, ["searches", "--shop", str(tmp_path), "--order", "best"])
    assert done.exit_code == 2
