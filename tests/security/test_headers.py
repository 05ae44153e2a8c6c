"""Strict headers on every answer: data, errors, the page, its files, and what nobody asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

ALWAYS = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "x-frame-options": "DENY"}
PAGE = '<!doctype html><html><head><meta name="daogou-key" content=""></head><body></body></html>'
CALLS = [
    ("GET", "/v1/shop", 200), ("GET", "/v1/items", 200), ("GET", "/healthz", 200), ("GET", "/readyz", 200),
    ("GET", "/metrics", 200), ("GET", "/openapi.json", 200), ("GET", "/docs", 200), ("GET", "/", 200),
    ("GET", "/assets/index-DiwrgTda.js", 200), ("HEAD", "/", 200), ("GET", "/basket", 200), ("GET", "/none.js", 404),
    ("GET", "/v1/none", 404), ("GET", "/v1/items/none", 404), ("POST", "/v1/shop", 405), ("POST", "/", 405),
    ("TRACE", "/v1/shop", 405), ("OPTIONS", "/v1/items", 405), ("POST", "/v1/events", 415),
]  # fmt: skip


@pytest.fixture(scope="module")
def built(kept_shop: Any) -> Any:
    """The shop with a page."""
    static: Path = kept_shop.folder / "static"
    (static / "assets").mkdir(parents=True)
    (static / "index.html").write_text(PAGE)
    (static / "assets" / "index-DiwrgTda.js").write_text("0")
    return kept_shop


@pytest.mark.parametrize(("method", "path", "status"), CALLS)
def test_every_answer_has_strict_headers(built: Any, method: str, path: str, status: int) -> None:
    answer = built.call(method, path, content=b"" if method == "POST" else None)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "server" not in answer.headers
    assert "set-cookie" not in answer.headers
    assert answer.headers["x-request-id"]
    assert ("no-store" in answer.headers["cache-control"]) == (path not in PAGES or status != 200)


PAGES = ("/", "/basket", "/assets/index-DiwrgTda.js", "/docs")


def test_answers_without_a_key_have_them_too(built: Any) -> None:
    answer = built.client.get("/v1/shop")
    assert (answer.status_code, answer.headers["content-security-policy"].split(";")[0]) == (401, "default-src 'none'")


def test_a_failure_on_our_side_has_them_too(built: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("inside")

    monkeypatch.setattr(built.client.app.state.service.shop, "refresh", broken)
    answer = built.call("GET", "/v1/items/p1")
    assert answer.status_code == 500
    assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
    assert "inside" not in answer.text
