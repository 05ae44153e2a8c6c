"""Who may read the figures."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

from daogou.core.settings import ServerSettings
from daogou.serve.api.routes.metrics import FORWARDING, needs_no_key


def asked_from(address: str | None, **headers: str) -> Request:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    client = None if address is None else (address, 5_000)
    return Request({"type": "http", "headers": named, "client": client})


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_this_machine_needs_no_key(address: str) -> None:
    assert needs_no_key(ServerSettings(), asked_from(address))


@pytest.mark.parametrize("address", ["10.0.0.1", "192.168.1.9", "203.0.113.4", "fe80::1%eth0", None, "?"])
def test_any_other_address_needs_one(address: str | None) -> None:
    assert not needs_no_key(ServerSettings(), asked_from(address))


@pytest.mark.parametrize("header", FORWARDING)
def test_what_a_proxy_of_this_machine_passes_on_needs_one(header: str) -> None:
    assert not needs_no_key(ServerSettings(), asked_from("127.0.0.1", **{header: "203.0.113.4"}))


def test_networks_that_the_shop_names_count_like_this_machine() -> None:
    server = ServerSettings(metrics_from=(ip_network("10.0.3.0/24"), ip_network("2001:db8::/32")))
    assert [needs_no_key(server, asked_from(one)) for one in ("10.0.3.7", "2001:db8::9", "10.0.4.7")] == [
        True,
        True,
        False,
    ]


def test_from_elsewhere_a_secret_key_reads_them_and_a_publishable_one_does_not(kept_shop: Any) -> None:
    passed_on = {"X-Forwarded-For": "203.0.113.4"}
    assert kept_shop.client.get("/metrics", headers=passed_on).status_code == 401
    assert kept_shop.call("GET", "/metrics", kept_shop.publishable, headers=passed_on).status_code == 403
    assert kept_shop.call("GET", "/metrics", kept_shop.secret, headers=passed_on).text.startswith("# HELP")


def test_a_shop_may_ask_everybody_for_a_key_or_nobody(open_with: Any, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "open").mkdir()
    with open_with(tmp_path / "closed", server={"metrics": "key"}) as shop:
        assert shop.client.get("/metrics").status_code == 401
        assert shop.call("GET", "/metrics").status_code == 200
    with open_with(tmp_path / "open", server={"metrics": "open"}) as shop:
        assert shop.client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.4"}).status_code == 200
