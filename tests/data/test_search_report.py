"""What shoppers searched for, as the merchant reads it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from daogou.core.clock import DAY_US
from daogou.core.types import Consent, Event, EventLine
from daogou.data.lake.compact import compact
from daogou.data.lake.searches import search_report
from daogou.data.searched_words import SearchedWords, SearchReport
from daogou.data.store import Store, open_store
from daogou.data.store.search_log import NotedSearch
from daogou.data.store.trust_log import Mark

NOW_US = 1_795_255_200_000_000
TODAY = NOW_US // DAY_US


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(f"sqlite:///{tmp_path}/shop.db")) as opened:
        yield opened


class Told:
    """Events one after another."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def search(self, words: str, visitor: str | None, answer: str | None = None, **rest: object) -> None:
        for name in ("search", "view_search_results"):
            self._add(name, visitor, search_term=words, recommendation_id=answer, **rest)

    def click(self, item: str, visitor: str | None, answer: str | None = None, **rest: object) -> None:
        self._add("select_item", visitor, lines=(EventLine(item),), recommendation_id=answer, **rest)

    def _add(self, name: str, visitor: str | None, *, at_us: int = NOW_US - 5, **rest: object) -> None:
        number = len(self.events)
        self.events.append(Event(f"e{number}", name, at_us, visitor_id=visitor, **rest))  # type: ignore[arg-type]


def report(store: Store, folder: Path, **asked: object) -> SearchReport:
    usual = {"days": 28, "fewest_shoppers": 1, "order": "searches", "limit": 100}
    return search_report(store, folder, NOW_US, **{**usual, **asked})  # type: ignore[arg-type]


def test_words_are_counted_once_per_search_with_shoppers_and_clicks(store: Store, tmp_path: Path) -> None:
    told = Told()
    for shopper in range(6):
        told.search("Red Mug" if shopper % 2 else "red  mug", f"v{shopper}", f"r{shopper}")
    told.search("red mug", "v0", "r6")
    told.click("i1", "v0", "r0")
    told.click("i2", "v0", "r0")
    told.click("i3", "v1", None, search_term="RED MUG")
    told.search("lamp", "v9", "r9")
    store.append(told.events)
    found = report(store, tmp_path)
    assert found.queries == (
        SearchedWords("red mug", searches=7, shoppers=6, empty=0, click_share=2 / 6),
        SearchedWords("lamp", searches=1, shoppers=1, empty=0, click_share=0.0),
    )
    assert (found.searches, found.withheld) == (8, 0)


def test_words_of_few_shoppers_are_counted_but_not_shown(store: Store, tmp_path: Path) -> None:
    told = Told()
    for shopper in range(5):
        told.search("mug", f"v{shopper}")
    for _ in range(5):
        told.search("ann smith 7 elm street", "v1")
    store.append(told.events)
    store.searches.add([NotedSearch(TODAY, "ann smith 7 elm street", 9, 9), NotedSearch(TODAY, "mug", 3, 0)])
    found = report(store, tmp_path, fewest_shoppers=5)
    assert [one.words for one in found.queries] == ["mug"]
    assert (found.withheld, found.withheld_searches) == (1, 9)


def test_what_the_server_counted_is_there_without_any_event(store: Store, tmp_path: Path) -> None:
    store.searches.add([NotedSearch(TODAY, "snorkel", 3, 3), NotedSearch(TODAY - 1, "snorkel", 1, 1)])
    store.searches.add([NotedSearch(TODAY - 28, "snorkel", 50, 50), NotedSearch(TODAY, "mug", 9, 0)])
    found = report(store, tmp_path, order="empty")
    assert found.queries == (SearchedWords("snorkel", searches=4, shoppers=0, empty=4, click_share=None),)
    assert found.empty == 4


def test_the_least_clicked_come_first(store: Store, tmp_path: Path) -> None:
    told = Told()
    for words in ("clicked", "passed over"):
        for shopper in range(3):
            told.search(words, f"v{shopper}", f"{words}{shopper}")
    told.click("i1", "v1", "clicked1")
    store.append(told.events)
    found = report(store, tmp_path, order="unclicked")
    assert [(one.words, one.click_share) for one in found.queries] == [("passed over", 0.0), ("clicked", 1 / 3)]


def test_refused_analytics_programs_and_old_events_are_left_out_and_the_lake_is_read(
    store: Store, tmp_path: Path
) -> None:
    told = Told()
    told.search("mug", "v1", "r1")
    told.search("mug", "v2", consent=Consent(analytics="denied"))
    told.search("mug", "bot")
    told.search("mug", "v3", at_us=NOW_US - 60 * DAY_US)
    store.append(told.events)
    store.trust.put([Mark("v:bot", "shopper", "held", (), 1)])
    compact(store, tmp_path)
    late = Told()
    late.events = [Event("late", "search", NOW_US - 1, visitor_id="v4", search_term="MUG")]
    store.append(late.events)
    assert report(store, tmp_path).queries == (SearchedWords("mug", searches=2, shoppers=2, empty=0, click_share=0.0),)


def test_visits_without_a_name_are_told_apart_by_their_answers(store: Store, tmp_path: Path) -> None:
    told = Told()
    told.search("mug", None, "r1")
    told.search("mug", None, "r2")
    told.click("i1", None, "r2")
    store.append(told.events)
    (one,) = report(store, tmp_path).queries
    assert (one.searches, one.shoppers, one.click_share) == (2, 0, 0.5)
