"""Calls from other sites: only the origins the shop named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

ASK = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}


def test_without_named_origins_no_other_site_may_call(shop: Any) -> None:
    answer = shop.client.request("OPTIONS", "/v1/events", headers={"Origin": "https://shop.example", **ASK})
    assert answer.status_code == 405
    assert "access-control-allow-origin" not in answer.headers
    answer = shop.call("GET", "/v1/shop", headers={"Origin": "https://shop.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_a_named_origin_may_call_and_others_may_not(tmp_path: Path, open_with: Any) -> None:
    with open_with(tmp_path, server={"allow_origins": ["https://shop.example"]}) as shop:
        asked = shop.client.request("OPTIONS", "/v1/events", headers={"Origin": "https://shop.example", **ASK})
        assert asked.status_code == 200
        assert asked.headers["access-control-allow-origin"] == "https://shop.example"
        assert "access-control-allow-credentials" not in asked.headers
        other = shop.client.request("OPTIONS", "/v1/events", headers={"Origin": "https://evil.example", **ASK})
        assert "access-control-allow-origin" not in other.headers
        refused = shop.client.get("/v1/shop", headers={"Origin": "https://shop.example"})
        assert refused.status_code == 401  # errors carry the header too, so that the page can read them
        assert refused.headers["access-control-allow-origin"] == "https://shop.example"
