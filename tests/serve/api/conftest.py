"""Several shops behind one application, without sockets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from daogou.core.settings import Settings
from daogou.serve.api.app import create_app
from daogou.serve.handover import ManyShops
from daogou.serve.keys import create_key

from ..conftest import NOW_US, Client, rows


@dataclass
class House:
    """A server of several shops, each with its keys by scope."""

    client: Client
    parent: Path
    keys: dict[str, dict[str, str]]

    def call(self, method: str, path: str, key: str | None = None, **rest: Any) -> Any:
        """One call with this key, or without any."""
        headers = {**({} if key is None else {"Authorization": f"Bearer {key}"}), **rest.pop("headers", {})}
        return self.client.request(method, path, headers=headers, **rest)

    def look(self) -> None:
        """Have the server look at its folders now."""
        self.client._run(self.client.app.state.shops.look())


def make_shop(parent: Path, name: str, extra: str = "", shop_id: str | None = None) -> dict[str, str]:
    """The folder of a shop, and its keys by scope."""
    folder = parent / name
    folder.mkdir(parents=True)
    (folder / "shop.toml").write_text(f'[shop]\nid = "{shop_id or name}"\n{extra}')
    return {scope: create_key(folder, scope) for scope in ("publishable", "secret", "admin")}


@contextmanager
def open_house(parent: Path, keys: dict[str, dict[str, str]], settings: Settings | None = None) -> Iterator[House]:
    several = ManyShops(parent=parent)
    app = create_app(None, settings, several=several, clock=lambda: NOW_US, static=parent / "static")
    with Client(app) as client:
        yield House(client, parent, keys)


@pytest.fixture
def opening() -> Callable[..., AbstractContextManager[House]]:
    """Opens the shops in a folder."""
    return open_house


@pytest.fixture
def making() -> Callable[..., dict[str, str]]:
    """Makes the folder of a shop."""
    return make_shop


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Two shops, kept for all tests of a file; the items of each say whose they are."""
    parent = tmp_path_factory.mktemp("house")
    (parent / "server.toml").write_text('[limits]\nrefused = ""\n')
    keys = {
        "alpha": make_shop(parent, "alpha", '[server]\nhosts = ["alpha.example"]\n'),
        "beta": make_shop(parent, "beta"),
    }
    with open_house(parent, keys) as opened:
        for name in keys:
            items = [{**row, "id": f"{name}-{row['id']}", "brand": f"brand of {name}"} for row in rows()]
            assert opened.call("PUT", "/v1/items", keys[name]["secret"], json={"items": items}).status_code == 200
            users = {"users": [{"id": f"{name}-anna", "attributes": {"city": f"city of {name}"}}]}
            assert opened.call("PUT", "/v1/users", keys[name]["secret"], json=users).status_code == 200
        yield opened
