"""A shop that moves to another database is there afterwards exactly as it was, or the move says why not."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from daogou.core.errors import Conflict, InvalidInput, StorageUnavailable
from daogou.core.types import Event, EventLine, Item, User
from daogou.data.lake import compact, prune
from daogou.data.store import ServedItem, ServedSlate, Store, move, move_store, open_store
from daogou.data.store.move import copy_shop
from daogou.data.store.open import open_backend
from daogou.data.store.search_log import NotedSearch
from daogou.data.store.talk_log import TalkTurn, Tally
from daogou.data.store.trust_log import Mark

TABLES = {
    *("events", "pruned_events", "items", "users", "slates"),
    *("rule_versions", "wishes", "price_moves", "lake_files", "kept_answers", "trust_marks", "noted_searches"),
    *("talk_turns", "guide_counts"),
}


def view(number: int) -> Event:
    return Event(f"e{number}", "view_item", number, (EventLine("茶壶"),), visitor_id=f"v{number % 3}", rating=0.1)


def fill(store: Store, folder: Path) -> None:
    """Something in every table; the last event is pruned, so its number lives in the lake alone."""
    mug = Item("mug", {"en": "Mug"}, price_minor=500)
    store.put_items([mug, Item("pot", {"zh": "茶壶"})])
    store.put_items([replace(mug, price_minor=400)])
    store.put_users([User("anna"), User("Ähre"), User("zoe")])
    store.append([view(number) for number in range(40)])
    store.rules.put("[]", expected_version=0, at_us=1, author="key", n_rules=0)
    store.wishes.put("u:anna", "colour:red", "less", 1)
    store.answers.claim("call", "f", 1, forget_before_us=0, unfinished_before_us=0)
    store.trust.put([Mark("v:bot", "shopper", "held", (), 1)])
    store.searches.add([NotedSearch(20_000, "红杯", 2, 1)])
    turn = TalkTurn("t1", 1, "u:anna", "r1", "zh", "rules", "红杯", "有两个。", ("mug",), True)
    store.talks.add([turn], [Tally(20_000, "unanswered", "d1", "blue mug", 3)], least=2)
    store.log_slates([ServedSlate("r1", "home_for_you", 1, "u:anna", (ServedItem("mug", 0, 0.25),))])
    compact(store, folder)
    assert prune(store, 1_000, keep_per_person=0) == 40
    store.append([view(number) for number in range(40, 50)])
    compact(store, folder)
    assert prune(store, 1_000, keep_per_person=0) == 10


def seen(store: Store) -> tuple[object, ...]:
    return (
        list(store.iterate_events()),
        list(store.all_items()),
        list(store.all_users()),
        list(store.iterate_slates()),
        list(store.prices.since(0)),
        store.revisions(),
        store.manifest(),
        store.statistics(),
        store.wishes.of(["u:anna"]),
        store.trust.marks(),
        store.searches.since(0),
        store.talks.turns(10, 1_000),
        store.talks.counts(0),
    )


@pytest.fixture
def here(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/here.db"
    with closing(open_store(url)) as store:
        fill(store, tmp_path / "files")
    return url


def test_everything_is_there_and_goes_on_as_it_would_have(here: str, database: str) -> None:
    copied = move_store(here, database)
    assert {one.table for one in copied} == TABLES
    assert all(one.rows for one in copied if one.table != "events")
    with closing(open_store(here)) as old, closing(open_store(database)) as new:
        assert seen(old) == seen(new)
        assert new.append([view(3), view(50)]).accepted == 1
        ((seq, _),) = new.iterate_events()
        assert seq > new.manifest().watermark == 50  # the number of a pruned event is not given again
        assert new.put_items([Item("new", {})]) == 3
        assert [item.id for item in new.all_items()] == ["mug", "pot", "new"]
        assert new.wishes.put("u:zoe", "colour:red", "less", 2) is None


def test_a_shop_moves_back_as_well(here: str, postgres_url: str, tmp_path: Path) -> None:
    there = move_store(here, postgres_url)
    assert move_store(postgres_url, f"sqlite:///{tmp_path}/back.db") == there


def test_a_move_that_was_broken_off_goes_on(here: str, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(open_store(here)) as store:
        store.append([view(number) for number in range(100, 200)])
    monkeypatch.setattr(move, "_PAGE", 7)

    def break_off(done: int, total: int | None, what: str) -> None:
        assert total == 166
        if done > 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move_store(here, database, break_off)
    steps: list[tuple[int, int | None]] = []
    copied = move_store(here, database, lambda done, total, what: steps.append((done, total)))
    assert 0 < steps[-1][0] == (steps[-1][1] or 0) < 100
    with closing(open_store(here)) as old, closing(open_store(database)) as new:
        assert seen(old) == seen(new)
    assert move_store(here, database) == copied


def test_another_shop_is_not_written_over(here: str, database: str) -> None:
    with closing(open_store(database)) as other:
        other.append([view(7)])
        before = seen(other)
    with pytest.raises(Conflict, match="The target has 1 rows in events that are not the first ones of the source"):
        move_store(here, database)
    with closing(open_store(database)) as other:
        assert seen(other) == before


def test_what_somebody_changed_meanwhile_is_noticed(here: str, database: str) -> None:
    with closing(open_backend(here)) as source, closing(open_backend(database)) as target:

        def change(done: int, total: int | None, what: str) -> None:
            if done == total:
                with source.writing() as driver:
                    driver.execute('UPDATE users SET body = \'{"id": "anna"}\'')

        with pytest.raises(
            StorageUnavailable, match="Table users has 3 rows in the source and 3 in the target, or rows"
        ):
            copy_shop(source, target, change)


def test_what_the_other_database_cannot_keep_is_said(here: str, postgres_url: str) -> None:
    with closing(open_store(here)) as store:
        store.append([Event("nul", "search", 1, search_term="a\0b")])
    with pytest.raises(InvalidInput, match="A value cannot be stored"):
        move_store(here, postgres_url)
