"""The bundled page: its key, its headers, its fallbacks."""

from __future__ import annotations

import os
from typing import Any

import pytest

PAGE = '<!doctype html><html><head><meta charset="utf-8"><meta name="daogou-key" content=""></head><body></body></html>'
SCRIPT = "console.log('hello');" * 200


@pytest.fixture
def built(shop: Any) -> Any:
    static = shop.folder / "static"
    (static / "assets").mkdir(parents=True)
    (static / "index.html").write_text(PAGE)
    (static / "assets" / "index-DiwrgTda.js").write_text(SCRIPT)
    (static / "manifest.webmanifest").write_text("{}")
    (shop.folder / "shop.toml").write_text("")
    return shop


def test_the_page_carries_a_publishable_key_that_works(built: Any) -> None:
    page = built.client.get("/").text
    key = page.partition('name="daogou-key" content="')[2].partition('"')[0]
    assert key.startswith("dg_pub_")
    assert page.count("daogou-key") == 1
    assert built.call("GET", "/v1/shop", key).status_code == 200
    assert built.call("PUT", "/v1/items", key, json={"items": []}).status_code == 403


def test_a_page_without_the_place_for_a_key_gets_one(built: Any) -> None:
    (built.folder / "static" / "index.html").write_text("<html><head></head><body></body></html>")
    assert built.client.get("/").text.startswith('<html><head><meta name="daogou-key" content="dg_pub_')


def test_the_addresses_of_the_application_lead_to_its_page(built: Any) -> None:
    page = built.client.get("/").text
    for path in ("/item/p1", "/basket", "/zh/kitchen/mugs", "/p/sku.12.5"):
        answer = built.client.get(path)
        assert (answer.status_code, answer.text) == (200, page)
        assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_hashed_files_are_kept_forever_and_the_page_never_unasked(built: Any) -> None:
    script = built.client.get("/assets/index-DiwrgTda.js")
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert built.client.get("/").headers["cache-control"] == "no-cache"
    assert built.client.get("/manifest.webmanifest").headers["cache-control"] == "no-cache"


def test_an_unchanged_file_is_not_sent_again(built: Any) -> None:
    first = built.client.get("/")
    again = built.client.get("/", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_files_go_out_packed_to_those_who_can_read_it(built: Any) -> None:
    packed = built.client.get("/assets/index-DiwrgTda.js", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(SCRIPT) / 10
    plain = built.client.get("/assets/index-DiwrgTda.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text == SCRIPT


def test_the_page_may_load_only_from_its_own_origin(built: Any) -> None:
    policy = built.client.get("/").headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert built.client.get("/").headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    ["/../shop.toml", "/%2e%2e/shop.toml", "/..%2fshop.toml", "/assets/../../shop.toml", "/assets/none.js", "/.env",
     "//etc/passwd.txt", "/C:%5Cwindows.ini"],
)  # fmt: skip
def test_no_path_leads_out_of_the_folder(built: Any, path: str) -> None:
    assert built.client.request("GET", path).status_code == 404


def test_a_rebuilt_page_is_served_without_a_restart(built: Any) -> None:
    built.client.get("/")
    index = built.folder / "static" / "index.html"
    index.write_text(PAGE.replace("<body>", "<body>new"))
    os.utime(index, ns=(1, 1))
    assert "<body>new" in built.client.get("/").text


def test_without_a_build_the_page_says_how_to_make_one(shop: Any) -> None:
    answer = shop.client.get("/")
    assert answer.status_code == 404
    assert "make web" in answer.text
    assert answer.headers["content-type"].startswith("text/html")


def test_the_api_never_falls_back_to_the_page(built: Any) -> None:
    answer = built.client.get("/v1/unknown")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"
