"""Whatever the format, a feed holds what anybody may see, whole or not at all, and the same each time."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from daogou.core.errors import InvalidInput, NotReady
from daogou.decide.shop import Shop
from daogou.serve.feeds import FORMATS, format_named
from daogou.serve.feeds import export as module
from daogou.serve.feeds.export import export

BARRED = ("hidden", "gone", "grown", "ten-off")


def content(shop: Shop, name: str, to: Path) -> bytes:
    export(shop, format_named(name), to, "en")
    return (to / "products.jsonl").read_bytes() if to.is_dir() else to.read_bytes()


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_that_may_not_be_shown_is_in_a_feed(loom: Shop, tmp_path: Path, name: str) -> None:
    text = content(loom, name, tmp_path / "feed").decode()
    assert "shirt-red" in text
    assert not any(f'"{one}"' in text or f"\n{one}\t" in text for one in BARRED)
    assert "cost_minor" not in text


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_catalogue_gives_the_same_bytes(loom: Shop, tmp_path: Path, name: str) -> None:
    assert content(loom, name, tmp_path / "one") == content(loom, name, tmp_path / "two")


def test_what_a_rule_hides_from_search_is_in_no_feed(loom: Shop, tmp_path: Path) -> None:
    from daogou.decide.rules.rule import Rule

    loom.rules.write(
        [Rule(id="no-mugs", action="hide", items=("plain",))], expected_version=0, at_us=loom.clock(), author="test"
    )
    done = export(loom, format_named("acp"), tmp_path / "acp", "en")
    assert done.left_out["rule_hidden"] == 1
    assert '"plain"' not in (tmp_path / "acp" / "products.jsonl").read_text("utf-8").replace('"plain":', "")


def test_left_out_items_are_counted_by_reason(loom: Shop, tmp_path: Path) -> None:
    done = export(loom, format_named("google"), tmp_path / "feed.tsv", "en")
    assert done.left_out == {"hidden": 1, "expired": 1, "other_kind": 1, "unsuitable": 1}
    assert done.lacking == {"image_link": 1, "price": 1, "availability_date": 1}


def test_a_packed_feed_is_the_same_each_time(loom: Shop, tmp_path: Path) -> None:
    one, two = tmp_path / "one.tsv.gz", tmp_path / "two.tsv.gz"
    export(loom, format_named("google"), one, "en")
    export(loom, format_named("google"), two, "en")
    assert one.read_bytes() == two.read_bytes()
    assert gzip.decompress(one.read_bytes()).startswith(b"id\ttitle\t")


def test_where_writing_fails_the_feed_before_stays(loom: Shop, tmp_path: Path, monkeypatch: Any) -> None:
    target = tmp_path / "feed.tsv"
    target.write_text("the feed before")

    def fail(*_: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "offer_of", fail)
    with pytest.raises(OSError, match="No space"):
        export(loom, format_named("google"), target, "en")
    assert target.read_text() == "the feed before"
    assert [one.name for one in tmp_path.iterdir() if "draft" in one.name] == []


def test_an_empty_feed_replaces_nothing(loom: Shop, tmp_path: Path) -> None:
    target = tmp_path / "feed.tsv"
    target.write_text("the feed before")
    for item in list(loom.catalogue.items):
        loom.store.change_item(item.id, lambda one: one.__class__(one.id, one.title, price_minor=one.price_minor))
    loom.refresh()
    with pytest.raises(NotReady, match=r"No item has what the format google needs.*image_link \(12 items\)"):
        export(loom, format_named("google"), target, "en")
    assert target.read_text() == "the feed before"


def test_a_folder_and_a_file_are_told_apart(loom: Shop, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidInput, match="is a folder"):
        export(loom, format_named("google"), tmp_path, "en")
    with pytest.raises(InvalidInput, match="is a file"):
        export(loom, format_named("acp"), tmp_path / "file", "en")
