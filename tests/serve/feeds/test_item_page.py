"""What search engines read on the pages of items."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from daogou.decide.shop import Shop
from daogou.serve.feeds.item_page import said_of

from ..conftest import open_shop, rows

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script></head>')


def test_the_page_of_a_variant_tells_all_of_its_product(loom: Shop) -> None:
    said = json.loads(said_of(loom, "shirt-red"))
    assert said["@type"] == "ProductGroup"
    assert [one["sku"] for one in said["hasVariant"]] == ["shirt-red", "shirt-blue"]


@pytest.mark.parametrize("item_id", ["hidden", "gone", "grown", "ten-off", "unpriced", "nothing"])
def test_nothing_is_told_of_what_not_everybody_may_see(loom: Shop, item_id: str) -> None:
    assert said_of(loom, item_id) == ""


def test_the_storefront_puts_it_into_the_page(tmp_path: Any) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "index.html").write_text("<html><head></head><body></body></html>")
    (tmp_path / "shop.toml").write_text("")
    for opened in open_shop(tmp_path, shop={"url": "https://shop.example"}):
        hostile = {"id": "a/b 50%", "title": {"en": "</script><script>alert(1)</script>Mug"}, "price": 5}
        assert opened.call("PUT", "/v1/items", json={"items": [*rows(), hostile]}).status_code == 200
        page = opened.client.get("/p/p3")
        said = json.loads(SCRIPT.search(page.text)[1])  # type: ignore[index]
        assert said["offers"]["price"] == "13.00"
        assert said["url"] == "https://shop.example/p/p3"
        assert opened.client.get("/p/p3", headers={"If-None-Match": page.headers["etag"]}).status_code == 304
        for path in ("/p/nothing", "/", "/basket"):
            assert "ld+json" not in opened.client.get(path).text
        odd = SCRIPT.search(opened.client.get("/p/a%2Fb%2050%25").text)
        assert json.loads(odd[1])["name"] == "Mug"  # type: ignore[index]
