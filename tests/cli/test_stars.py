"""`daogou stars` from files to an answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from daogou.cli.stars import app
from daogou.cli.train import app as train
from daogou.core.errors import NotFound, UnknownName
from daogou.core.settings import read_settings
from daogou.data.ingest.run import import_rows
from daogou.data.store import open_store

SHOP_FILE = """\
[shop]
id = "tea-house"

[ratings.stars]
recipe = "bayesian_fm"
settings = { factors = 2, draws = 60 }

[ratings.plain]
recipe = "baseline"
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everybody but newcomers gave five stars to teas of their own parity, and one to others."""
    folder = tmp_path_factory.mktemp("shop")
    (folder / "shop.toml").write_text(SHOP_FILE, encoding="utf-8")
    rated = [
        {
            "event_id": f"r{user}-{item}",
            "event_name": "rate_item",
            "user_id": f"u{user}",
            "item_id": f"i{item}",
            "rating": 5 if user % 2 == item % 2 else 1,
            "timestamp": f"2026-0{1 + user % 6}-1{item % 10}T12:00:00Z",
        }
        for user in range(20)
        for item in range(12)
        if (3 * user + item) % 4
    ]
    store = open_store(f"sqlite:///{folder / 'daogou.db'}")
    import_rows(store, "items", [{"id": f"i{number}", "title": f"Tea {number}"} for number in range(12)])
    import_rows(store, "events", rated)
    store.close()
    assert read_settings(folder).ratings["plain"].recipe == "baseline"
    done = CliRunner().invoke(train, ["--shop", str(folder)], catch_exceptions=False)
    assert "Stars by stars: RMSE" in done.stdout
    return folder


def asked(shop: Path, *words: str) -> dict[str, object]:
    done = CliRunner().invoke(app, [*words, "--shop", str(shop), "--json"], catch_exceptions=False)
    return dict(json.loads(done.stdout))


def test_a_known_user_gets_their_own_stars_with_how_sure_they_are(shop: Path) -> None:
    told = asked(shop, "u4", "i4", "i8", "i5")
    assert told["n_rated"] == 9
    like, also, unlike = told["items"]  # type: ignore[misc]
    assert like["stars"] > 3.5 > 2.5 > unlike["stars"]
    assert also["stars"] > 3.5
    assert 0 < like["deviation"] < 2


def test_a_model_can_be_named_and_somebody_unknown_gets_what_is_usual(shop: Path) -> None:
    told = asked(shop, "nobody", "i4", "--model", "plain")
    assert told["n_rated"] == 0
    usual = (5 * 5 + 10 * 1) / 15  # what the 15 users who rated it gave
    assert told["items"] == [{"item": "i4", "stars": pytest.approx(usual, abs=0.1), "deviation": None}]


def test_a_table_is_printed_for_people(shop: Path) -> None:
    done = CliRunner().invoke(app, ["u4", "i4", "--shop", str(shop)], catch_exceptions=False)
    assert "u4, by stars, from 9 ratings" in " ".join(done.stdout.split())


def test_unknown_items_and_models_are_named(shop: Path) -> None:
    with pytest.raises(NotFound, match="knows no item 'tea'"):
        asked(shop, "u4", "tea")
    with pytest.raises(UnknownName, match="'magic'"):
        asked(shop, "u4", "i4", "--model", "magic")
