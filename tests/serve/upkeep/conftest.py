"""A small trained shop that tests copy, break and restore."""

from __future__ import annotations

import random
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from daogou.cli.main import app
from daogou.core.settings import read_settings
from daogou.core.types import User
from daogou.data.ingest.run import import_rows
from daogou.data.store import open_store
from daogou.serve.keys import create_key

SHOP = """\
[shop]
id = "tea-house"
name = { en = "Tea house" }

[models.ease]
recipe = "popularity"
[models.content]
recipe = "popularity"
[models.item_knn]
recipe = "popularity"
"""


@pytest.fixture(scope="session")
def trained_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trained") / "tea-house"
    folder.mkdir()
    (folder / "shop.toml").write_text(SHOP, encoding="utf-8")
    create_key(folder, "secret", settings=read_settings(folder))
    rng = random.Random(5)
    items = [
        {"id": f"i{n}", "title": f"Tea {n}", "price": "3.00", "categories": "Tea", "images": f"https://x/{n}.jpg"}
        for n in range(30)
    ]
    events = [
        {
            "event_id": f"e{n}",
            "event_name": "purchase",
            "user_id": f"u{rng.randrange(40)}",
            "item_id": f"i{rng.randrange(30)}",
            "transaction_id": f"t{n}",
            "timestamp": f"2026-11-{1 + n // 30:02}T{n % 24:02}:00:00Z",
        }
        for n in range(600)
    ]
    with closing(open_store(f"sqlite:///{folder / 'daogou.db'}")) as store:
        import_rows(store, "items", items)
        assert import_rows(store, "events", events).accepted == 600
        store.put_users([User("u1", {"segment": ("gold",)})])
        store.rules.put("[]", expected_version=0, at_us=1, author="test", n_rules=0)
        store.wishes.put("u:u1", "colour:red", "less", 1)
    done = CliRunner().invoke(app, ["train", "--shop", str(folder), "--json"])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def trained(trained_made: Path, tmp_path: Path) -> Path:
    """Thirty teas, six hundred purchases, a release, a key, a rule version, a wish."""
    return Path(shutil.copytree(trained_made, tmp_path / "tea-house"))
