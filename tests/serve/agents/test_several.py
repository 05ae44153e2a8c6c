"""A server of several shops: the key decides which is asked, and each shop opens its own door."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ..api.conftest import House, make_shop, open_house
from ..conftest import rows
from .conftest import HEADERS

DOOR = '[agents]\nmcp = true\nlimit = ""\nhosts = ["shop.example"]\n'


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    parent = tmp_path_factory.mktemp("house")
    (parent / "server.toml").write_text('[limits]\nrefused = ""\n[agents]\nmcp = true\n')
    keys = {
        "alpha": make_shop(parent, "alpha", f'[server]\nhosts = ["alpha.example"]\n{DOOR}open = true\n'),
        "beta": make_shop(parent, "beta", DOOR),
        "gamma": make_shop(parent, "gamma", '[server]\nhosts = ["gamma.example"]\n'),
    }
    with open_house(parent, keys) as opened:
        for name in keys:
            items = [{**row, "id": f"{name}-{row['id']}"} for row in rows()]
            assert opened.call("PUT", "/v1/items", keys[name]["secret"], json={"items": items}).status_code == 200
        yield opened


def ask(house: House, catalog: dict[str, Any], key: str | None = None, host: str = "shop.example") -> Any:
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
               "params": {"name": "search_catalog", "arguments": {"catalog": catalog}}}  # fmt: skip
    return house.call("POST", "/mcp", key, json=message, headers={**HEADERS, "Host": host})


def ids(answer: Any) -> set[str]:
    return {product["id"].partition("-")[0] for product in answer.json()["result"]["structuredContent"]["products"]}


def test_the_key_decides_which_shop_is_asked(house: House) -> None:
    for name in ("alpha", "beta"):
        assert ids(ask(house, {"query": "mug"}, house.keys[name]["publishable"])) == {name}


def test_without_a_key_the_host_name_decides_where_the_shop_is_open(house: House) -> None:
    assert ids(ask(house, {"query": "mug"}, host="alpha.example")) == {"alpha"}
    assert ask(house, {"query": "mug"}).status_code == 401


def test_a_shop_that_has_not_opened_its_door_answers_nobody(house: House) -> None:
    assert ask(house, {"query": "mug"}, house.keys["gamma"]["publishable"]).status_code == 404
    assert house.call("GET", "/.well-known/ucp", headers={"Host": "gamma.example"}).status_code == 404
    assert house.call("GET", "/.well-known/ucp", headers={"Host": "alpha.example"}).status_code == 200


def test_a_cursor_of_one_shop_opens_no_page_of_another(house: House) -> None:
    asked = {"filters": {"brand": ["Clay"]}, "pagination": {"limit": 2}}
    page = ask(house, asked, house.keys["alpha"]["publishable"]).json()["result"]["structuredContent"]["pagination"]
    asked["pagination"] = {"cursor": page["cursor"]}
    assert "error" in ask(house, asked, house.keys["beta"]["publishable"]).json()
    assert "result" in ask(house, asked, house.keys["alpha"]["publishable"]).json()
