"""What every store promises, over the table of databases we speak."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from daogou.core.errors import Conflict, InvalidInput, NotFound
from daogou.core.types import Consent, Event, EventLine, Item, StoreStock, User
from daogou.data.store import Appended, ServedItem, ServedSlate, Store, open_store, person_keys
from daogou.data.store.answer_log import KeptAnswer
from daogou.data.store.search_log import KEPT_DAYS, NotedSearch
from daogou.data.store.talk_log import Counted, TalkTurn, Tally, by_digest
from daogou.data.store.trust_log import Mark, held_shoppers, pair_subject, released

FULL_EVENT = Event(
    event_id="e1",
    name="purchase",
    at_us=1_700_000_000_000_000,
    lines=(EventLine("mug", 2, 1250, 3, 0.25), EventLine("茶壶", -1)),
    user_id="anna",
    visitor_id="v9",
    session_id="s1",
    recommendation_id="r1",
    placement="cart_addon",
    search_term='a "red" mug\n',
    transaction_id="t1",
    value_minor=2500,
    currency="GBP",
    rating=4.5,
    coupon="SPRING",
    consent=Consent(analytics="denied"),
    context={"device": {"kind": "phone"}, "stores": ["leeds"], "n": 3},
)


@pytest.fixture
def url(database: str) -> str:
    return database


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()


def view(event_id: str, at_us: int, item: str = "mug", **rest: object) -> Event:
    return Event(event_id, "view_item", at_us, (EventLine(item),), **{"visitor_id": "v1", **rest})  # type: ignore[arg-type]


def test_an_event_comes_back_as_it_went_in(store: Store) -> None:
    store.append([FULL_EVENT])
    assert list(store.iterate_events()) == [(1, FULL_EVENT)]


def test_a_visitor_and_an_event_without_items_come_back_too(store: Store) -> None:
    sent = [view("a", 1), Event("b", "search", 2, search_term="mug"), Event("c", "page_view", 3, visitor_id="v1")]
    store.append(sent)
    assert [event for _, event in store.iterate_events()] == sent


def test_an_event_sent_twice_counts_once_and_the_first_word_stands(store: Store) -> None:
    assert store.append([view("a", 1), view("b", 2), view("a", 3)]) == Appended(accepted=2, duplicates=1)
    assert store.append([view("a", 1, "teapot")]) == Appended(accepted=0, duplicates=1)
    assert [row.item_id for row in store.history(["v:v1"], 10)] == ["mug", "mug"]
    assert store.count_events() == 2


def test_nothing_given_is_nothing_done(store: Store) -> None:
    assert store.append([]) == Appended(0, 0)
    assert store.history([], 10) == []
    assert store.history(["u:nobody"], 10) == []
    assert store.history(["v:v1"], 0) == []


def test_what_one_opening_wrote_another_reads_at_once(store: Store, url: str) -> None:
    other = open_store(url)
    store.append([view("a", 1)])
    assert [row.item_id for row in other.history(["v:v1"], 10)] == ["mug"]
    store.put_items([Item("mug", {"en": "Mug"})])
    assert other.catalogue_revision() == 1
    other.close()


def test_history_is_the_newest_lines_oldest_first_over_all_keys_of_a_person(store: Store) -> None:
    store.append(
        [
            view("late", 50, "e"),
            Event("order", "purchase", 40, (EventLine("c", 2), EventLine("d")), user_id="anna", transaction_id="t1"),
            view("early", 10, "a"),
            view("middle", 20, "b", user_id="anna", visitor_id=None),
            view("other", 60, "z", visitor_id="v2"),
        ]
    )
    keys = person_keys("anna", "v1")
    assert [row.item_id for row in store.history(keys, 10)] == ["a", "b", "c", "d", "e"]
    assert [row.item_id for row in store.history(keys, 2)] == ["d", "e"]
    bought = store.history(keys, 10)[2]
    assert (bought.name, bought.at_us, bought.quantity, bought.transaction_id) == ("purchase", 40, 2, "t1")


def test_decisions_reach_further_back_than_looks(store: Store) -> None:
    store.append(
        [
            Event("order", "purchase", 5, (EventLine("a", 2),), visitor_id="v1", transaction_id="t1"),
            Event("no", "dislike_item", 6, (EventLine("b"),), visitor_id="v1"),
            *(view(f"look{n}", 10 + n, "c") for n in range(20)),
        ]
    )
    assert {row.item_id for row in store.history(["v:v1"], 10)} == {"c"}
    decided = store.decisions(["v:v1"], 10)
    assert [(row.name, row.item_id, row.quantity) for row in decided] == [
        ("purchase", "a", 2),
        ("dislike_item", "b", 1),
    ]
    assert [row.item_id for row in store.decisions(["v:v1"], 1)] == ["b"]
    assert store.decisions([], 10) == []


def test_what_was_only_shown_is_not_part_of_a_past(store: Store) -> None:
    shown = Event("i", "impression", 5, tuple(EventLine(f"x{n}", position=n) for n in range(12)), visitor_id="v1")
    store.append([view("a", 1), shown, Event("s", "search", 6, visitor_id="v1")])
    assert [row.item_id for row in store.history(["v:v1"], 3)] == ["mug"]


def test_without_consent_an_event_counts_for_the_shop_and_names_nobody(store: Store) -> None:
    store.append([replace(FULL_EVENT, consent=Consent(personalization="denied"))])
    ((_, kept),) = store.iterate_events()
    assert (kept.user_id, kept.visitor_id, kept.session_id) == (None, None, None)
    assert kept.lines == FULL_EVENT.lines
    assert kept.consent.personalization == "denied"
    assert store.history(person_keys("anna", "v9"), 10) == []


def test_an_unknown_event_name_is_refused_with_the_known_ones(store: Store) -> None:
    with pytest.raises(InvalidInput, match=r"No event is called 'veiw_item'\. Known: view_item, "):
        store.append([view("a", 1), Event("b", "veiw_item", 2)])
    assert store.count_events() == 0


@pytest.mark.parametrize(
    "poison",
    [
        view("poison", 2**70),
        view("poison", 1, search_term="\ud800"),
        view("poison", 1, context={"when": object()}),
        view("poison", 1, session_id=object()),
        Event("poison", "no_such_event", 1),
    ],
    ids=["number too large", "half a character", "not JSON", "not a text", "unknown name"],
)
def test_a_group_that_cannot_be_stored_leaves_the_others_unharmed(store: Store, poison: Event) -> None:
    slate = ServedSlate("r1", "home_for_you", 1, None, ())
    first, bad, last = store.append_groups([[view("a", 1)], [view("b", 2), poison], [view("c", 3)]], [slate])
    assert (first, last) == (Appended(1, 0), Appended(1, 0))
    assert isinstance(bad, InvalidInput)
    assert [event.event_id for _, event in store.iterate_events()] == ["a", "c"]
    assert store.slate("r1") == slate
    assert store.append([view("b", 2)]) == Appended(1, 0)


def test_a_slate_that_cannot_be_stored_leaves_the_others_unharmed(store: Store) -> None:
    good, bad = ServedSlate("r1", "cart_addon", 1, None, ()), ServedSlate("r2", "cart_addon", 1, "v:\ud800", ())
    assert store.append_groups([[view("a", 1)]], [bad, good]) == [Appended(1, 0)]
    assert list(store.iterate_slates()) == [good]


def test_groups_share_one_transaction_and_see_each_others_ids(store: Store) -> None:
    answers = store.append_groups([[view("a", 1)], [view("a", 1), view("b", 2)], []])
    assert answers == [Appended(1, 0), Appended(1, 1), Appended(0, 0)]


def test_items_keep_their_place_when_they_change(store: Store) -> None:
    ids = [f"item{number}" for number in range(2_500)]
    assert store.put_items([Item(one, {"en": one}) for one in ids]) == 1
    changed = Item("item7", {"en": "New", "zh": "新"}, is_hidden=True)
    assert store.put_items([changed, Item("added", {})]) == 2
    assert [item.id for item in store.all_items()] == [*ids, "added"]
    assert store.items(["added", "unknown", "item7"]) == [Item("added", {}), changed]


def test_an_item_comes_back_as_it_went_in(store: Store) -> None:
    item = Item(
        id="mug",
        title={"en": "Mug", "zh": "马克杯"},
        group_id="mugs",
        kind="bundle",
        images=("a.jpg",),
        price_minor=1250,
        availability="preorder",
        categories=(("Kitchen", "Mugs"), ("Gifts",)),
        tags=("new",),
        attributes={"colour": ("red", "blue")},
        stores=(StoreStock("leeds", 3, None, "backorder"),),
        created_at_us=1,
        rating=4.5,
    )
    store.put_items([item])
    assert list(store.all_items()) == [item]


def test_the_revision_rises_only_when_something_changed(store: Store) -> None:
    assert store.catalogue_revision() == 0
    store.put_items([Item("a", {}), Item("b", {})])
    assert store.put_items([Item("a", {})]) == 1
    assert store.put_items([Item("b", {}, brand="Bee")]) == 2
    assert store.items_since(1) == (2, [Item("b", {}, brand="Bee")])
    assert store.items_since(2) == (2, [])
    assert store.catalogue_revision() == 2


def test_changes_of_one_item_at_once_all_count(store: Store) -> None:
    store.put_items([Item("mug", {}, price_minor=0)])

    def dearer(item: Item) -> Item:
        return replace(item, price_minor=(item.price_minor or 0) + 1)

    threads = [threading.Thread(target=lambda: [store.change_item("mug", dearer) for _ in range(25)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.items(["mug"])[0].price_minor == 100
    assert store.catalogue_revision() == 101
    assert store.change_item("mug", lambda item: item) == 101


def test_changing_an_item_that_does_not_exist_is_refused(store: Store) -> None:
    with pytest.raises(NotFound, match="No item has the id 'pot'"):
        store.change_item("pot", lambda item: item)


def test_users_are_kept_and_replaced(store: Store) -> None:
    anna = User("anna", {"city": ("Leeds",)}, Consent(personalization="denied"), ("ben",), 5)
    store.put_users([User("anna"), User("ben")])
    store.put_users([anna])
    assert store.user("anna") == anna
    assert store.user("nobody") is None
    assert list(store.all_users()) == [anna, User("ben")]


def test_served_slates_are_remembered_once(store: Store) -> None:
    slate = ServedSlate("r1", "home_for_you", 10, "u:anna", (ServedItem("mug", 0, 0.5, "ease"), ServedItem("pot", 1)))
    later = ServedSlate("r2", "cart_addon", 20, None, ())
    store.log_slates([slate, later])
    store.log_slates([slate])
    assert store.slate("r1") == slate
    assert store.slate("r9") is None
    assert list(store.iterate_slates()) == [slate, later]
    assert list(store.iterate_slates(from_us=11)) == [later]
    assert store.prune_slates(20) == 1
    assert list(store.iterate_slates()) == [later]


def test_a_merchant_can_ask_how_much_there_is(store: Store) -> None:
    store.append([view("a", 1)])
    store.put_items([Item("mug", {})])
    store.put_users([User("anna")])
    assert store.statistics() == {
        "events": 1,
        "pruned_events": 0,
        "items": 1,
        "users": 1,
        "slates": 0,
        "lake_files": 0,
    }


def test_a_forgotten_person_is_named_nowhere_and_still_counts(store: Store) -> None:
    other = view("b", 2, visitor_id="v2")
    store.append([FULL_EVENT, view("a", 1, visitor_id="v9"), other])
    store.put_users([User("anna"), User("ben")])
    store.log_slates([ServedSlate("r1", "home_for_you", 1, "u:anna", ())])
    assert store.forget(person_keys("anna", "v9")) == 2
    kept = [event for _, event in store.iterate_events()]
    assert kept[0] == Event(
        "e1",
        "purchase",
        FULL_EVENT.at_us,
        FULL_EVENT.lines,
        placement="cart_addon",
        value_minor=2500,
        currency="GBP",
        rating=4.5,
        consent=Consent(personalization="denied", analytics="denied"),
    )
    assert kept[1:] == [Event("a", "view_item", 1, (EventLine("mug"),), consent=Consent("denied")), other]
    assert store.history(person_keys("anna", "v9"), 10) == []
    assert [user.id for user in store.all_users()] == ["ben"]
    assert store.slate("r1") == ServedSlate("r1", "home_for_you", 1, None, ())
    assert store.append([FULL_EVENT]) == Appended(0, 1)
    assert store.forget(person_keys("anna", "v9")) == store.forget([]) == 0


def test_forgetting_a_visitor_leaves_the_user_it_turned_out_to_be(store: Store) -> None:
    store.append([FULL_EVENT])
    assert store.forget(["v:v9"]) == 0
    assert list(store.iterate_events()) == [(1, replace(FULL_EVENT, visitor_id=None))]


def test_every_change_of_the_rules_is_a_version_and_none_is_lost(store: Store, url: str) -> None:
    rules = store.rules
    assert (rules.version(), rules.body(0), rules.versions(10)) == (0, "[]", [])
    first = rules.put('[{"id": "春"}]', expected_version=0, at_us=5, author="key", note="spring", n_rules=1)
    assert (first.version, first.at_us, first.author, first.note, first.n_rules) == (1, 5, "key", "spring", 1)
    second = rules.put("[]", expected_version=1, at_us=6, author="key", n_rules=0)
    other = open_store(url)
    assert other.revisions() == (0, 2, 0)
    assert (other.rules.version(), other.rules.body(1), other.rules.body(2)) == (2, '[{"id": "春"}]', "[]")
    assert other.rules.versions(10) == [second, first]
    assert other.rules.versions(10, before=2) == [first]
    assert other.rules.versions(1) == [second]
    other.close()


def test_a_version_that_was_never_made_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound, match=r"The rules have no version 3\. The newest is 0\."):
        store.rules.body(3)


def test_rules_are_written_over_what_was_read_or_not_at_all(store: Store) -> None:
    store.rules.put("[1]", expected_version=0, at_us=1, author="a", n_rules=1)
    with pytest.raises(Conflict, match="The rules are at version 1, not 0: somebody changed them meanwhile"):
        store.rules.put("[2]", expected_version=0, at_us=2, author="b", n_rules=1)
    assert (store.rules.version(), store.rules.body(1)) == (1, "[1]")


def test_of_writers_at_once_each_version_has_one(store: Store) -> None:
    made: list[int] = []

    def write() -> None:
        while len(made) < 20:
            version = store.rules.version()
            try:
                made.append(store.rules.put("[]", expected_version=version, at_us=1, author="a", n_rules=0).version)
            except Conflict:
                continue

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == list(range(1, store.rules.version() + 1))


def test_the_last_mark_of_a_subject_counts_in_every_process(store: Store, url: str) -> None:
    assert (store.trust.version(), store.trust.marks()) == (0, [])
    bot = Mark("v:机器", "shopper", "held", (("even_gaps", 0.1, 0.35),), 5)
    pair = Mark(pair_subject("b", "a"), "pair", "held", (), 6)
    store.trust.put([bot, pair])
    other = open_store(url)
    assert [replace(one, number=0) for one in other.trust.marks()] == [bot, pair]
    assert held_shoppers(other.trust.marks()) == {"v:机器"}
    version = store.trust.version()
    other.trust.put([released(bot, 9)])
    other.close()
    assert store.trust.version() > version
    assert held_shoppers(store.trust.marks()) == frozenset()
    assert pair_subject("a", "b") == pair.subject


def test_a_place_keeps_its_score_and_reason_and_older_ones_have_none(store: Store) -> None:
    places = (ServedItem("mug", 0, None, "ease", 0.25, "viewed"), ServedItem("cup", 1))
    store.log_slates([ServedSlate("r", "home", 5, None, places)])
    found = store.slate("r")
    assert found is not None
    assert found.items == places


def test_all_revisions_come_in_one_look(store: Store) -> None:
    assert store.revisions() == (0, 0, 0)
    store.put_items([Item("a", {})])
    store.rules.put("[]", expected_version=0, at_us=1, author="a", n_rules=0)
    store.wishes.put("u:ann", "colour:red", "less", 1)
    expected = (store.catalogue_revision(), store.rules.version(), store.wishes.version())
    assert store.revisions() == expected == (1, 1, 1)


def test_the_last_word_on_a_tag_counts_and_can_be_taken_back(store: Store, url: str) -> None:
    wishes = store.wishes
    assert (wishes.version(), wishes.of(["u:ann"])) == (0, {})
    assert wishes.put("u:ann", "colour:红", "less", 5) is None
    assert wishes.put("u:ann", "brand:Acme", "never", 6) is None
    assert wishes.put("u:ann", "colour:红", "never", 7) == "less"
    other = open_store(url)
    assert list(other.wishes.of(["u:ann"]).items()) == [("brand:Acme", "never"), ("colour:红", "never")]
    assert other.wishes.put("u:ann", "brand:Acme", None, 8) == "never"
    other.close()
    assert wishes.of(["u:ann"]) == {"colour:红": "never"}
    assert wishes.of(["u:bob"]) == wishes.of([]) == {}


def test_of_two_keys_of_one_shopper_the_later_word_counts(store: Store) -> None:
    store.wishes.put("v:1", "colour:red", "less", 5)
    store.wishes.put("u:ann", "colour:red", "never", 6)
    store.wishes.put("v:1", "brand:Acme", "less", 7)
    assert store.wishes.of(["u:ann", "v:1"]) == {"colour:red": "never", "brand:Acme": "less"}


def test_saying_the_same_again_changes_nothing(store: Store) -> None:
    store.wishes.put("u:ann", "colour:red", "less", 5)
    version = store.wishes.version()
    assert store.wishes.put("u:ann", "colour:red", "less", 6) == "less"
    assert store.wishes.version() == version


def test_forgetting_a_shopper_forgets_what_they_wished_for_and_other_processes_notice(store: Store) -> None:
    store.wishes.put("u:ann", "colour:red", "less", 5)
    store.wishes.put("u:bob", "colour:red", "less", 6)
    version = store.wishes.version()
    store.forget(["u:ann"])
    assert store.wishes.version() > version
    assert (store.wishes.of(["u:ann"]), store.wishes.of(["u:bob"])) == ({}, {"colour:red": "less"})


def claimed(store: Store, name: str, fingerprint: str = "f", at_us: int = 1_000) -> object:
    return store.answers.claim(name, fingerprint, at_us, forget_before_us=at_us - 500, unfinished_before_us=at_us - 50)


def test_a_kept_answer_is_found_by_every_opening_until_its_time_is_up(store: Store, url: str) -> None:
    assert claimed(store, "k") is None
    store.answers.keep("k", 200, '{"茶": 1}')
    with closing(open_store(url)) as other:
        assert claimed(other, "k") == KeptAnswer("f", 200, '{"茶": 1}')
        assert claimed(other, "another") is None
        assert claimed(other, "k", "other call", at_us=1_500) == KeptAnswer("f", 200, '{"茶": 1}')
        assert claimed(other, "k", at_us=1_501) is None


def test_a_call_that_failed_or_died_may_be_the_first_again(store: Store) -> None:
    assert claimed(store, "failed") is None
    assert claimed(store, "failed") == KeptAnswer("f", None, "")
    store.answers.release("failed")
    assert claimed(store, "failed") is None
    assert claimed(store, "failed", at_us=1_050) == KeptAnswer("f", None, "")
    assert claimed(store, "failed", at_us=1_051) is None


def test_of_calls_at_once_under_one_name_one_is_the_first(store: Store) -> None:
    answers: list[object] = []
    threads = [threading.Thread(target=lambda: answers.append(claimed(store, "k"))) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert answers.count(None) == 1


def test_forgetting_somebody_forgets_kept_answers_too(store: Store) -> None:
    claimed(store, "k")
    store.answers.keep("k", 200, "{}")
    store.forget(["v:v1"])
    assert claimed(store, "k") is None


def test_searches_of_a_day_add_up_from_every_process(store: Store, url: str) -> None:
    store.searches.add([NotedSearch(20_000, "红杯", 2, 0), NotedSearch(20_000, "100% wool", 1, 1)])
    with closing(open_store(url)) as other:
        other.searches.add([NotedSearch(20_000, "红杯", 3, 1), NotedSearch(20_001, "红杯", 1, 1)])
    assert store.searches.since(20_000) == [
        NotedSearch(20_000, "100% wool", 1, 1),
        NotedSearch(20_000, "红杯", 5, 1),
        NotedSearch(20_001, "红杯", 1, 1),
    ]
    assert store.searches.since(20_001) == [NotedSearch(20_001, "红杯", 1, 1)]


def test_searches_are_forgotten_in_time(store: Store) -> None:
    store.searches.add([NotedSearch(20_000, "mug", 1, 0)])
    store.searches.add([NotedSearch(20_000 + KEPT_DAYS, "jug", 1, 0)])
    assert [one.words for one in store.searches.since(0)] == ["mug", "jug"]
    store.searches.add([NotedSearch(20_001 + KEPT_DAYS, "jug", 1, 0)])
    assert [one.words for one in store.searches.since(0)] == ["jug", "jug"]


def turn(person: str, at_us: int, said: str = "红杯子") -> TalkTurn:
    return TalkTurn("t1", at_us, person, "r1", "zh", "rules", said, "有两个。", ("mug", "茶壶"), at_us % 2 == 0)


def tally(bit: int, day: int = 7, **rest: Any) -> Tally:
    return Tally(day, "unanswered", "d1", "带指南针的杯子", bit, **rest)


def test_turns_come_back_newest_first_a_page_at_a_time(store: Store) -> None:
    turns = [turn("v:1", at_us) for at_us in range(5)]
    store.talks.add(turns, [], least=2)
    page = store.talks.turns(2, before=1_000)
    assert [replace(one, number=0) for one in page] == [turns[4], turns[3]]
    assert [one.at_us for one in store.talks.turns(10, before=page[-1].number)] == [2, 1, 0]


def test_a_shoppers_turns_are_given_back_withdrawn_and_forgotten(store: Store) -> None:
    both = replace(turn("u:ann", 5), visitor="v:1")
    store.talks.add([turn("v:1", 1), turn("u:ann", 2), turn("v:2", 3), turn("v:1", 4), both], [], least=2)
    assert [one.at_us for one in store.talks.of(person_keys("ann", "1"))] == [1, 2, 4, 5]
    assert [one.at_us for one in store.talks.of(["v:1"])] == [1, 4, 5]
    assert store.talks.withdraw(["v:2"]) == 1
    assert store.talks.of(["v:2"]) == []
    store.forget(person_keys("ann", "1"))
    assert store.talks.turns(10, before=1_000) == []


def test_words_are_kept_only_once_enough_different_shoppers_said_them(store: Store) -> None:
    for _ in range(3):
        store.talks.add([], [tally(bit=1), tally(bit=2)], least=3)
    assert store.talks.counts(0) == [Counted(7, "unanswered", "d1", None, 6, 0b110)]
    store.talks.add([], [tally(bit=61, day=8)], least=3)
    (whole,) = by_digest(store.talks.counts(0)).values()
    assert (whole.day, whole.text, whole.times, whole.shoppers) == (8, "带指南针的杯子", 7, 3)
    assert [one.day for one in store.talks.counts(8)] == [8]


def test_the_shops_own_words_are_kept_at_once(store: Store) -> None:
    store.talks.add([], [tally(bit=0, is_ours=True)], least=3)
    assert [one.text for one in store.talks.counts(0)] == ["带指南针的杯子"]


def test_turns_and_counts_are_forgotten_when_their_time_is_up(store: Store) -> None:
    store.talks.add([turn("v:1", 10), turn("v:1", 20)], [tally(0, day=1), tally(0, day=2)], least=2)
    store.talks.prune(turns_before_us=20, counts_before_day=2)
    assert [one.at_us for one in store.talks.turns(10, before=1_000)] == [20]
    assert [one.day for one in store.talks.counts(0)] == [2]
