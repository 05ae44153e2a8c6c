"""Every administrative act over HTTP leaves its entry, and no entry holds a secret or a shopper."""

from __future__ import annotations

from typing import Any

import pytest

from daogou.core.settings import Settings
from daogou.serve.audit import AuditLog
from daogou.serve.audit.settings_digest import settings_digests
from daogou.serve.keys import create_key, revoke_key

RULES = {"expected_version": 0, "rules": [{"id": "hero", "action": "pin", "position": 0, "items": ["p1"]}]}


def acts(shop: Any) -> list[tuple[str, str]]:
    return [(entry.act, entry.by) for entry in AuditLog(shop.folder).entries()]


def test_keys_items_and_rules_leave_entries_that_name_the_key(shop: Any) -> None:
    secret, admin = (f"key {text.split('_')[2]}" for text in (shop.secret, shop.admin))
    assert shop.call("PATCH", "/v1/items/p1", json={"price": 11}).status_code == 200
    assert shop.call("PATCH", "/v1/items/p1", json={"hidden": True}).status_code == 200
    assert shop.call("PATCH", "/v1/items/p1", json={"hidden": False}).status_code == 200
    assert shop.call("DELETE", "/v1/items/p2").status_code == 200
    assert shop.call("PUT", "/v1/rules", shop.admin, json=RULES).status_code == 200
    back = {"version": 0, "expected_version": 1}
    assert shop.call("POST", "/v1/rules/rollback", shop.admin, json=back).status_code == 200
    revoke_key(shop.folder, shop.publishable.split("_")[2])
    found = acts(shop)
    assert found[:3] == [("key_made", "command line")] * 3
    assert found[-7:] == [
        ("items_put", secret),
        ("item_hidden", secret),
        ("item_shown", secret),
        ("item_hidden", secret),
        ("rules_written", admin),
        ("rules_rolled_back", admin),
        ("key_revoked", "command line"),
    ]
    assert AuditLog(shop.folder).faults()[0] == []


def test_what_was_refused_leaves_no_entry(shop: Any) -> None:
    before = acts(shop)
    assert shop.call("PUT", "/v1/items", shop.publishable, json={"items": []}).status_code == 403
    assert shop.call("DELETE", "/v1/items/nowhere").status_code == 404
    assert shop.call("PUT", "/v1/rules", shop.admin, json={**RULES, "expected_version": 7}).status_code == 409
    assert acts(shop) == before


def test_no_entry_holds_a_secret_or_a_shopper(shop: Any) -> None:
    create_key(shop.folder, "secret", note="Mrs Smith's till")
    user = {"id": "shopper-4711", "attributes": {"segment": ["gold"]}}
    assert shop.call("PUT", "/v1/users", json={"users": [user]}).status_code == 200
    shop.call("POST", "/v1/events", shop.publishable, json={"events": [shop.event("e1", visitor_id="shopper-4712")]})
    text = AuditLog(shop.folder).path.read_text("utf-8")
    secrets = [key.split("_", 3)[3] for key in (shop.publishable, shop.secret, shop.admin)]
    assert not [word for word in (*secrets, "shopper-471", "Smith") if word in text]


@pytest.mark.parametrize("password", ["hunter2", "correct horse"])
def test_the_settings_of_a_start_are_digests_that_no_password_enters(password: str) -> None:
    def digests(url: str, **more: Any) -> dict[str, str]:
        return settings_digests(Settings(shop={"database": url}, **more))

    bare = digests("postgresql+psycopg://daogou@db/shop", key_pepper="a")
    assert digests(f"postgresql+psycopg://daogou:{password}@db/shop", key_pepper="b") == bare
    other = digests("postgresql+psycopg://daogou@db/other")
    assert [name for name in bare if bare[name] != other[name]] == ["shop"]
    assert all(len(digest) == 12 for digest in bare.values())


def test_reading_what_shoppers_said_leaves_an_entry_without_it(shop: Any) -> None:
    said = {"utterance": "a teapot", "visitor_id": "v-1", "keep_transcript": True}
    assert shop.call("POST", "/v1/guide", json=said).status_code == 200
    assert shop.call("GET", "/v1/guide/talks", shop.admin).status_code == 200
    newest = list(AuditLog(shop.folder).entries())[-1]
    assert (newest.act, newest.facts) == ("talks_read", {"turns": 1})
