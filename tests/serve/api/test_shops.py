"""Several shops in one server: the key decides, a broken shop harms no other, and folders may come and go."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from daogou.core.errors import StorageUnavailable
from daogou.serve.api.app import create_app
from daogou.serve.api.shops import TRY_AGAIN_SECONDS
from daogou.serve.keys import create_key
from daogou.serve.monitor.log import SINK

PAGE = '<!doctype html><html><head><meta name="daogou-key" content=""></head><body></body></html>'


def shop_of(house: Any, key: str) -> Any:
    return house.call("GET", "/v1/shop", key)


def put(house: Any, name: str, item_id: str) -> None:
    items = {"items": [{"id": item_id, "title": item_id, "price": 1}]}
    assert house.call("PUT", "/v1/items", house.keys[name]["secret"], json=items).status_code == 200


def test_the_key_decides_which_shop_answers(house: Any) -> None:
    for name, keys in house.keys.items():
        for key in keys.values():
            assert shop_of(house, key).json()["id"] == name
        found = house.call("GET", "/v1/items?limit=50", keys["publishable"]).json()["items"]
        assert {item["id"].partition("-")[0] for item in found} == {name}


def test_figures_and_log_lines_say_which_shop(house: Any, capfd: pytest.CaptureFixture[str]) -> None:
    body = {"placement": "trending", "visitor_id": "v"}
    for name in ("alpha", "beta", "beta"):
        house.call("POST", "/v1/recommendations", house.keys[name]["publishable"], json=body)
    text = house.call("GET", "/metrics").text
    served = [line for line in text.splitlines() if line.startswith("daogou_slates_total")]
    assert any('shop="alpha"' in line and line.endswith(" 1.0") for line in served)
    assert any('shop="beta"' in line and line.endswith(" 2.0") for line in served)
    assert 'daogou_catalogue_items{shop="alpha"}' in text
    SINK.write_out()
    assert '"shop":"beta","method":"POST","route":"/v1/recommendations"' in capfd.readouterr().err


def test_ready_tells_of_every_shop(house: Any) -> None:
    told = house.call("GET", "/readyz").json()
    assert told["shops"] == {"alpha": "degraded", "beta": "degraded"}  # nothing was trained
    assert told["items"] >= 23


def test_a_shop_that_cannot_be_opened_is_told_and_keeps_no_other_from_answering(
    tmp_path: Path, making: Any, opening: Any
) -> None:
    keys = {name: making(tmp_path, name) for name in ("broken", "whole", "wrong")}
    (tmp_path / "broken" / "daogou.db").write_bytes(b"no database at all" * 500)
    (tmp_path / "wrong" / "shop.toml").write_text("[server]\nport = -1\n")
    with opening(tmp_path, keys) as house:
        put(house, "whole", "p")
        assert shop_of(house, keys["whole"]["secret"]).json()["id"] == "whole"
        assert shop_of(house, keys["broken"]["secret"]).status_code == 401
        told = house.call("GET", "/readyz").json()
        assert told["status"] == "degraded"
        assert "cannot be used" in told["shops"]["broken"] or "damaged" in told["shops"]["broken"]
        assert "server.port" in told["shops"]["wrong"]


def test_without_any_shop_that_can_answer_the_server_is_not_ready(tmp_path: Path, making: Any, opening: Any) -> None:
    with opening(tmp_path, {}) as house:
        assert house.call("GET", "/readyz").status_code == 503
        making(tmp_path, "late")
        house.look()
        answer = house.call("GET", "/readyz")
        assert answer.status_code == 503
        assert "late: The shop has no catalogue yet." in answer.json()["error"]["message"]


def test_one_shop_alone_that_cannot_be_opened_stops_the_server(tmp_path: Path) -> None:
    (tmp_path / "daogou.db").write_bytes(b"no database at all" * 500)
    app = create_app(tmp_path)
    with pytest.raises(StorageUnavailable):
        app.state.shops.open_all()


def test_shops_come_and_go_while_the_server_runs(tmp_path: Path, making: Any, opening: Any) -> None:
    keys = {"first": making(tmp_path, "first")}
    with opening(tmp_path, keys) as house:
        put(house, "first", "p")
        keys["second"] = making(tmp_path, "second")
        assert shop_of(house, keys["second"]["secret"]).status_code == 401
        house.look()
        assert shop_of(house, keys["second"]["secret"]).json()["id"] == "second"
        shutil.rmtree(tmp_path / "second")
        house.look()
        assert shop_of(house, keys["second"]["secret"]).status_code == 401
        assert shop_of(house, keys["first"]["secret"]).status_code == 200


def test_changed_settings_act_without_a_restart(tmp_path: Path, making: Any, opening: Any) -> None:
    keys = {"shop": making(tmp_path, "shop")}
    with opening(tmp_path, keys) as house:
        put(house, "shop", "p")
        path = tmp_path / "shop" / "shop.toml"
        path.write_text('[shop]\nid = "shop"\ncurrency = "CNY"\n')
        os.utime(path, ns=(1, 1))
        house.look()
        assert shop_of(house, keys["shop"]["secret"]).json()["currency"] == "CNY"
        assert house.call("GET", "/v1/items/p", keys["shop"]["secret"]).status_code == 200


def test_a_shop_that_failed_is_tried_again(
    tmp_path: Path, making: Any, opening: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = {"shop": making(tmp_path, "shop")}
    (tmp_path / "shop" / "daogou.db").write_bytes(b"no database at all" * 500)
    with opening(tmp_path, keys) as house:
        (tmp_path / "shop" / "daogou.db").unlink()
        house.look()
        assert shop_of(house, keys["shop"]["secret"]).status_code == 401
        monkeypatch.setattr("daogou.serve.api.shops.time.monotonic", lambda: 10**9 + TRY_AGAIN_SECONDS)
        house.look()
        assert shop_of(house, keys["shop"]["secret"]).status_code == 200


@pytest.mark.parametrize("setting", ["id", "database"])
def test_two_shops_never_share_what_makes_them_apart(tmp_path: Path, making: Any, opening: Any, setting: str) -> None:
    keys = {"one": making(tmp_path, "one"), "two": making(tmp_path, "two")}
    for name in keys:
        shared = {"id": name, "database": f"sqlite:///{name}.db", setting: f"sqlite:///{tmp_path}/shared.db"}
        lines = "".join(f'{key} = "{value}"\n' for key, value in shared.items())
        (tmp_path / name / "shop.toml").write_text(f"[shop]\n{lines}")
    with opening(tmp_path, keys) as house:
        assert f"have the same {setting}" in house.client.app.state.shops.problems["two"]
        assert shop_of(house, keys["one"]["secret"]).status_code == 200
        assert shop_of(house, keys["two"]["secret"]).status_code == 401


def test_a_key_that_two_copies_of_a_folder_hold_is_nobodys(tmp_path: Path, making: Any, opening: Any) -> None:
    keys = {"one": making(tmp_path, "one")}
    shutil.copytree(tmp_path / "one", tmp_path / "copy")
    (tmp_path / "copy" / "shop.toml").write_text('[shop]\nid = "copy"\n')
    own = create_key(tmp_path / "copy", "secret")
    with opening(tmp_path, keys) as house:
        assert shop_of(house, keys["one"]["secret"]).status_code == 401
        assert shop_of(house, own).json()["id"] == "copy"


def test_one_id_with_two_secrets_is_two_keys(
    tmp_path: Path, making: Any, opening: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daogou.serve.keys.secrets.token_hex", lambda n: "ab" * n)
    keys = {name: making(tmp_path, name) for name in ("one", "two")}
    with opening(tmp_path, keys) as house:
        for name in keys:
            assert shop_of(house, keys[name]["admin"]).json()["id"] == name


def test_pages_of_several_shops_lie_under_their_names_or_on_their_hosts(
    tmp_path: Path, making: Any, opening: Any
) -> None:
    static = tmp_path / "static"
    (static / "assets").mkdir(parents=True)
    (static / "index.html").write_text(PAGE)
    (static / "assets" / "app-12345678.js").write_text("go()")
    keys = {"a": making(tmp_path, "a", '[server]\nhosts = ["a.example"]\n'), "b": making(tmp_path, "b")}
    with opening(tmp_path, keys) as house:
        page = house.call("GET", "/s/b/p/some.mug").text
        assert '<meta name="daogou-base" content="/s/b">' in page
        assert shop_of(house, page.partition("dg_pub_")[2].join(["dg_pub_", ""]).split('"')[0]).json()["id"] == "b"
        hosted = house.call("GET", "/", headers={"Host": "A.example:8080"}).text
        assert "daogou-base" not in hosted
        assert (tmp_path / "a" / "storefront.key").read_text() in hosted
        assert house.call("GET", "/assets/app-12345678.js").text == "go()"
        assert house.call("GET", "/s/b/assets/app-12345678.js").text == "go()"
        assert house.call("GET", "/s/b").headers["location"] == "/s/b/"
        nowhere = house.call("GET", "/s/c/")
        assert nowhere.status_code == 404
        assert "/s/<shop>/" in nowhere.json()["error"]["message"]
