"""Addresses that may go out."""

from __future__ import annotations

import pytest

from daogou.serve.offers.address import page_of_item, web_address


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("https://a.example/x.jpg", "", "https://a.example/x.jpg"),
        ("https://a.example/红 色.jpg".replace(" ", ""), "", "https://a.example/%E7%BA%A2%E8%89%B2.jpg"),
        ("/x.jpg", "https://shop.example", "https://shop.example/x.jpg"),
        ("x.jpg?w=1&h=2", "https://shop.example/shop", "https://shop.example/shop/x.jpg?w=1&h=2"),
        ("//cdn.example/x.jpg", "https://shop.example", "https://cdn.example/x.jpg"),
        ("https://bücher.example:8443/x", "", "https://xn--bcher-kva.example:8443/x"),
        ("/x.jpg", "", None),
        ("javascript:alert(1)", "https://shop.example", None),
        ("data:text/html,<script>", "https://shop.example", None),
        ("file:///etc/passwd", "https://shop.example", None),
        ("https://user:secret@a.example/x", "", None),
        ("https://a.example/x\r\nSet-Cookie: a=b", "", None),
        ("https:\\\\a.example\\x", "", None),
        ("https://[::1", "", None),
        ("https://a.example/" + "x" * 3_000, "", None),
        ("", "https://shop.example", None),
        (None, "", None),
    ],
)
def test_only_whole_addresses_of_the_web_go_out(text: str | None, base: str, expected: str | None) -> None:
    assert web_address(text, base) == expected


def test_an_item_without_a_page_has_the_storefronts() -> None:
    assert page_of_item(None, "a/b c", "https://shop.example/") == "https://shop.example/p/a%2Fb%20c"
    assert page_of_item("javascript:alert(1)", "a", "https://shop.example") == "https://shop.example/p/a"
    assert page_of_item("https://b.example/a", "a", "https://shop.example") == "https://b.example/a"
    assert page_of_item(None, "a", "") is None
