"""Held shoppers are left out of everything that is learned and counted, and nothing of theirs is deleted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from daogou.core.clock import DAY_US, SECOND_US
from daogou.core.settings import TrustSettings
from daogou.core.types import Event, EventLine, Item
from daogou.data.lake import compact, read_dataset
from daogou.data.lake.outcomes import read_outcomes, read_served, read_taken
from daogou.data.store import ServedItem, ServedSlate, open_store
from daogou.data.store.store import Store
from daogou.data.store.trust_log import Mark, held_shoppers, released
from daogou.data.trust.scan import scan

NOW_US = 1_760_000_000_000_000
TRUST = TrustSettings()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A person who bought and looked, a crawler, and a crawler of whom only the session is known."""
    opened = open_store(f"sqlite:///{tmp_path}/shop.db")
    opened.put_items([Item(f"i{n}", {"en": f"item {n}"}) for n in range(40)])
    begin = NOW_US - 3 * DAY_US
    opened.append([Event("p1", "view_item", begin, (EventLine("i1"),), user_id="ann")])
    opened.append([Event("p2", "purchase", begin + 90 * SECOND_US, (EventLine("i1"),), user_id="ann")])
    for who in ("crawler", None):
        opened.append(
            [
                Event(f"{who}{n}", "view_item", begin + 2 * n * SECOND_US, (EventLine(f"i{n}"),), visitor_id=who,
                      session_id=None if who else "visit")
                for n in range(40)
            ]
        )  # fmt: skip
    opened.log_slates(
        [ServedSlate(f"s{who}", "home", begin, who, (ServedItem("i1", 0),)) for who in ("u:ann", "v:crawler")]
    )
    yield opened
    opened.close()


@pytest.mark.parametrize("is_compacted", [False, True])
def test_what_is_held_is_left_out_everywhere_and_stays_in_the_log(
    store: Store, tmp_path: Path, is_compacted: bool
) -> None:
    if is_compacted:
        compact(store, tmp_path)
    before = store.count_events()
    found = scan(store, tmp_path, TRUST, NOW_US)
    assert (found.n_new, found.n_events, found.n_held_events) == (2, 82, 80)
    assert held_shoppers(store.trust.marks()) == {"v:crawler", "s:visit"}
    assert read_dataset(store, tmp_path).user_ids == ["u:ann"]
    assert set(read_outcomes(store, tmp_path)["person"]) == {"u:ann"}
    assert read_taken(store, tmp_path).height == 1
    assert set(read_served(store)["person"]) == {"u:ann"}
    assert store.count_events() == before


def test_who_is_released_is_heard_again_and_stays_so(store: Store, tmp_path: Path) -> None:
    scan(store, tmp_path, TRUST, NOW_US)
    (mark,) = [one for one in store.trust.marks() if one.subject == "v:crawler"]
    store.trust.put([released(mark, NOW_US)])
    assert scan(store, tmp_path, TRUST, NOW_US).n_new == 0
    assert read_dataset(store, tmp_path).user_ids == ["u:ann", "v:crawler"]


def test_the_newest_growth_of_a_held_item_is_left_out(store: Store, tmp_path: Path) -> None:
    store.trust.put([Mark("i1", "item", "held", (("burst", 9.0, 0.0),), NOW_US)])
    assert 1 not in read_dataset(store, tmp_path, trust=TRUST).item
    store.trust.put([released(store.trust.marks()[0], NOW_US)])
    assert 1 in read_dataset(store, tmp_path, trust=TRUST).item


def test_an_erased_shopper_leaves_no_mark(store: Store, tmp_path: Path) -> None:
    scan(store, tmp_path, TRUST, NOW_US)
    version = store.trust.version()
    store.forget(["v:crawler"])
    assert {one.subject for one in store.trust.marks()} == {"s:visit"}
    assert store.trust.version() > version


def test_the_dataset_knows_who_is_trusted_and_whose_orders_are_whose(store: Store, tmp_path: Path) -> None:
    store.append([Event("g", "purchase", NOW_US, (EventLine("i2"), EventLine("i3")))])
    store.trust.put([Mark('["i1","i2"]', "pair", "held", (), NOW_US)])
    found = read_dataset(store, tmp_path, trust=TRUST)
    assert found.ballot is not None
    assert found.ballot.is_trusted[found.user_ids.index("u:ann")]
    assert not found.ballot.is_trusted[found.user_ids.index("v:crawler")]
    assert found.ballot.basket_user.tolist() == [found.user_ids.index("u:ann"), -1]
    assert found.ballot.held_pairs.tolist() == [[1, 2]]
