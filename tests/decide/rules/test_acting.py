"""What rules do to a list, and what they never do, whatever the set of rules."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daogou.core.clock import DAY_US, standing_clock
from daogou.core.settings import read_settings
from daogou.core.types import Event, EventLine, Item, Slate, User
from daogou.data.store import open_store
from daogou.decide.catalogue import Catalogue
from daogou.decide.pipeline import explain, recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.rules.reading import read_rules
from daogou.decide.rules.ruling import GREATEST_FACTOR, NO_RULING, RuleSet
from daogou.decide.served_model import ServedModel
from daogou.decide.shop import Shop
from daogou.decide.trace import trace

from ..conftest import NOW_US, Everybody, Links, event, item

MakeShop = Callable[..., Shop]


def write(shop: Shop, *rows: dict[str, Any]) -> None:
    """Put these rules in force."""
    rules, problems = read_rules(list(rows), "UTC")
    assert problems == []
    version = shop.store.rules.version()
    shop.rules.write(rules, expected_version=version, at_us=NOW_US, author="a test")


def ids(slate: Slate) -> list[str]:
    return [one.item_id for one in slate.items]


@pytest.fixture()
def kitchen(make_shop: MakeShop, links: Links, everybody: Everybody) -> Shop:
    """Ann looked at the mug: the teapot (0.9) and the tea towel (0.4) follow, then filler, the rope first."""
    return make_shop(
        events=[event("view_item", "i0")], models={"links": links, "trending": everybody}, weights={"links": 1.0}
    )


ANN = RecommendRequest("home_for_you", "ann", limit=5)


def test_without_rules_lists_are_as_they_were(kitchen: Shop) -> None:
    before = recommend(kitchen, ANN)
    assert kitchen.rules.live.ruling(kitchen.catalogue, "home_for_you", NOW_US) is NO_RULING
    write(kitchen, {"id": "off", "action": "hide", "items": ["i1"], "enabled": False})
    assert recommend(kitchen, ANN).items == before.items


def test_a_hidden_item_leaves_every_list_and_the_gate_says_so(kitchen: Shop) -> None:
    assert ids(recommend(kitchen, ANN))[0] == "i1"
    write(kitchen, {"id": "no-teapots", "action": "hide", "items": ["i1"]})
    slate = recommend(kitchen, ANN)
    assert "i1" not in ids(slate)
    assert slate.filtered["rule_hidden"] == 1
    told = explain(kitchen, ANN, "i1")
    assert (told.verdict.code, told.filtered_by) == ("rule_hidden", "rule_hidden")
    ((rule),) = told.rules
    assert (rule.id, rule.decided, rule.text) == ("no-teapots", True, "Rule no-teapots hides it here.")


def test_a_pin_stands_at_its_place_though_nothing_speaks_for_it_and_says_why(kitchen: Shop) -> None:
    write(kitchen, {"id": "hero", "action": "pin", "position": 1, "items": ["i3", "i5"]})
    slate = recommend(kitchen, ANN)
    assert ids(slate)[:4] == ["i1", "i3", "i5", "i2"]
    assert [one.position for one in slate.items] == [0, 1, 2, 3, 4]
    pinned = slate.items[1]
    assert (pinned.reason.code, pinned.reason.text, pinned.reason.evidence) == ("pinned", "Chosen by the shop", ())
    assert (pinned.source, pinned.is_filler) == ("pinned", False)
    chinese = recommend(kitchen, replace(ANN, language="zh")).items[1]
    assert chinese.reason.text == "由本店选定"
    told = explain(kitchen, ANN, "i5")
    assert told.verdict.text == "Shown at position 3: the shop has put it there."
    assert [(rule.id, rule.amount, rule.decided) for rule in told.rules] == [("hero", 2, True)]


def test_a_pin_past_the_end_of_a_short_list_stands_last(make_shop: MakeShop, links: Links) -> None:
    shop = make_shop(events=[event("view_item", "i3")], models={"links": links}, weights={"links": 1.0},
                     flags={"placements": {"short": {"retrievers": {"personal": 1.0}, "fill": False}}})  # fmt: skip
    write(shop, {"id": "late", "action": "pin", "position": 9, "items": ["i0"]})
    assert ids(recommend(shop, RecommendRequest("short", "ann"))) == ["i4", "i0"]
    assert "i0" not in ids(recommend(shop, RecommendRequest("short", "ann", limit=9)))


@pytest.mark.parametrize("bar", ["stock", "bought", "disliked", "excluded", "hidden by a rule"])
def test_no_pin_passes_the_gate(kitchen: Shop, bar: str) -> None:
    rules = [{"id": "hero", "action": "pin", "position": 0, "items": ["i4", "i7"]}]
    request = ANN
    if bar == "stock":
        kitchen.store.put_items([item(4, availability="out_of_stock")])
    elif bar == "bought":
        kitchen.store.append([event("purchase", "i4")])
    elif bar == "disliked":
        kitchen.store.append([event("dislike_item", "i4")])
    elif bar == "excluded":
        request = replace(ANN, exclude=("i4",))
    else:
        rules.append({"id": "not-this", "action": "hide", "items": ["i4"]})
    write(kitchen, *rules)
    shown = ids(recommend(kitchen, request))
    assert "i4" not in shown
    assert shown[1] == "i7"
    assert explain(kitchen, request, "i4").rules[0].decided is False


def test_a_boost_multiplies_the_score_and_every_share_of_it(kitchen: Shop) -> None:
    plain = {one.item_id: one for one in recommend(kitchen, ANN).items}
    write(kitchen, {"id": "push", "action": "boost", "factor": 3, "items": ["i2"]})
    slate = recommend(kitchen, ANN)
    assert ids(slate)[:2] == ["i2", "i1"]
    assert slate.items[0].score == pytest.approx(3 * plain["i2"].score)
    assert slate.items[0].reason == plain["i2"].reason
    told = explain(kitchen, ANN, "i2")
    assert (told.rank, told.score) == (1, pytest.approx(3 * plain["i2"].score))
    assert sum(source.share for source in told.sources) == pytest.approx(1.0)
    assert [(rule.id, rule.amount, rule.text) for rule in told.rules] == [
        ("push", 3.0, "Rule push multiplies its score by 3.")
    ]
    assert explain(kitchen, ANN, "i1").rules == ()


def test_a_boost_brings_nothing_that_nobody_speaks_for(kitchen: Shop) -> None:
    write(kitchen, {"id": "push", "action": "boost", "factor": 100, "items": ["i4"]})
    first = recommend(kitchen, ANN).items[0]
    assert first.item_id == "i1"
    assert explain(kitchen, ANN, "i4").rank is None


def test_a_buried_item_falls_back_and_why_not_names_the_rule(kitchen: Shop) -> None:
    write(kitchen, {"id": "down", "action": "bury", "items": ["i1"]})
    request = replace(ANN, limit=1)
    assert ids(recommend(kitchen, request)) == ["i2"]
    told = explain(kitchen, replace(request, language="zh"), "i1")
    assert (told.verdict.code, told.rank) == ("outranked", 2)
    assert told.rules[0].text == "规则 down 将其得分乘以0.1。"


def test_factors_multiply_and_stay_within_bounds(kitchen: Shop) -> None:
    pushes = [{"id": f"push{n}", "action": "boost", "factor": 100, "items": ["i2"]} for n in range(40)]
    write(kitchen, *pushes)
    ruling = trace(kitchen, ANN).ruling
    assert ruling.factors is not None
    assert ruling.factors.tolist() == [1, 1, GREATEST_FACTOR, 1, 1, 1, 1, 1]


def test_a_cap_holds_for_fillers_and_pins_too(kitchen: Shop) -> None:
    cap = {"id": "few-toys", "action": "cap", "at_most": 1, "filter": 'category = "Toys"'}
    write(kitchen, cap)
    assert [one for one in ids(recommend(kitchen, ANN)) if one in ("i5", "i6", "i7")] == ["i7"]
    told = explain(kitchen, RecommendRequest("trending", limit=2), "i6")
    assert (told.verdict.code, [rule.decided for rule in told.rules]) == ("rule_cap", [True])
    write(kitchen, cap, {"id": "kite", "action": "pin", "position": 3, "items": ["i5"]})
    assert [one for one in ids(recommend(kitchen, ANN)) if one in ("i5", "i6", "i7")] == ["i5"]


def test_a_quota_keeps_places_for_the_best_of_its_items(kitchen: Shop) -> None:
    write(kitchen, {"id": "kitchen-first", "action": "quota", "at_least": 2, "filter": 'category = "Kitchen"'})
    request = RecommendRequest("trending", limit=3)
    assert ids(recommend(kitchen, request)) == ["i7", "i2", "i1"]
    told = explain(kitchen, request, "i6")
    assert told.verdict.code == "rule_quota"
    assert [(rule.id, rule.decided) for rule in told.rules] == [("kitchen-first", True)]


def test_a_quota_without_candidates_leaves_no_hole(kitchen: Shop) -> None:
    kitchen.store.put_items([item(number, availability="out_of_stock") for number in (0, 1, 2)])
    write(kitchen, {"id": "kitchen-first", "action": "quota", "at_least": 2, "filter": 'category = "Kitchen"'})
    assert ids(recommend(kitchen, RecommendRequest("trending", limit=3))) == ["i7", "i6", "i5"]


def test_a_cap_on_what_leads_the_ranking_brings_the_others_and_a_quota_what_is_far_down(make_shop: MakeShop) -> None:
    items = [Item(f"i{n}", {"en": f"thing {n}"}, brand="b" if n < 10 else "a") for n in range(400)]
    model = Everybody(np.arange(1, 401, dtype=np.float32))  # the ten of brand b come last
    flags = {"placements": {"all": {"retrievers": {"trending": 1.0}, "max_per_category": None, "fill": False}}}
    shop = make_shop(items=items, models={"trending": model}, flags=flags)
    request = RecommendRequest("all", limit=4)
    assert ids(recommend(shop, request)) == ["i399", "i398", "i397", "i396"]
    write(shop, {"id": "one-a", "action": "cap", "at_most": 1, "filter": 'brand = "a"'})
    assert ids(recommend(shop, request)) == ["i399", "i9", "i8", "i7"]
    write(shop, {"id": "two-b", "action": "quota", "at_least": 2, "filter": 'brand = "b"'})
    assert ids(recommend(shop, request)) == ["i399", "i398", "i9", "i8"]


def test_a_rule_acts_only_where_when_and_for_whom_it_says(kitchen: Shop) -> None:
    hide = {"id": "no", "action": "hide", "items": ["i1"]}

    def is_hidden(request: RecommendRequest = ANN, **rule: Any) -> bool:
        write(kitchen, {**hide, **rule})
        return "i1" not in ids(recommend(kitchen, request))

    today, tomorrow = "2023-11-14", "2023-11-15"
    assert is_hidden()
    assert is_hidden(placements=["home_for_you", "trending"])
    assert not is_hidden(placements=["trending"])
    assert is_hidden(**{"from": today, "until": today})
    assert not is_hidden(**{"from": tomorrow})
    assert not is_hidden(until="2023-11-13")
    at_leeds = replace(ANN, context={"store_id": "leeds"})
    assert is_hidden(at_leeds, store="leeds")
    assert not is_hidden(store="leeds")
    assert not is_hidden(replace(ANN, context={"store_id": "york"}), store="leeds")
    kitchen.store.put_users([User("ann", {"segment": ("vip", "early"), "city": ("Leeds",)})])
    assert is_hidden(segments={"segment": ["gold", "vip"]})
    assert is_hidden(segments={"segment": ["vip"], "city": ["Leeds"]})
    assert not is_hidden(segments={"segment": ["vip"], "city": ["York"]})
    assert not is_hidden(RecommendRequest("trending", visitor_id="v", limit=8), segments={"segment": ["vip"]})
    assert not is_hidden(replace(ANN, placement="trending", personalize=False, limit=8), segments={"segment": ["vip"]})


def test_a_filter_follows_the_catalogue_and_the_clock(kitchen: Shop) -> None:
    write(kitchen, {"id": "young-only", "action": "hide", "filter": "age_days > 7 or age_days missing"})
    assert ids(recommend(kitchen, ANN)) == []
    kitchen.store.put_items([item(1, created_at_us=NOW_US - 6 * DAY_US)])
    assert ids(recommend(kitchen, ANN)) == ["i1"]
    kitchen.clock = standing_clock(NOW_US + 2 * DAY_US)
    assert ids(recommend(kitchen, ANN)) == []


def test_a_rule_that_this_program_cannot_read_does_not_stop_the_others(
    kitchen: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    body = '[{"id":"new","action":"teleport","items":["i1"]},{"id":"no","action":"hide","items":["i1"]}]'
    kitchen.store.rules.put(body, expected_version=0, at_us=NOW_US, author="a newer program", n_rules=2)
    assert "i1" not in ids(recommend(kitchen, ANN))
    assert kitchen.rules.problems[0].startswith("Rule 'new': action: 'teleport' is not allowed.")
    assert "does not act" in caplog.text


def test_causes_cited_beside_pins_and_caps_are_those_that_carry_the_item(
    make_shop: MakeShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(3)
    table = (rng.random((40, 40)) ** 4 * (rng.random((40, 40)) < 0.5)).astype(np.float32)
    np.fill_diagonal(table, 0)
    items = [Item(f"i{n}", {"en": f"thing {n}"}, brand="ab"[n % 2], categories=((f"c{n % 7}",),)) for n in range(40)]
    events = [
        Event(f"e{u}-{n}", "view_item", NOW_US - 1_000 * (n + 1), (EventLine(f"i{n}"),), user_id=f"u{u}")
        for u in range(12)
        for n in rng.choice(40, 6, replace=False).tolist()
    ]
    shop = make_shop(items=items, events=events, models={"links": Links(table)}, weights={"links": 1.0})
    write(
        shop,
        {"id": "p", "action": "pin", "position": 1, "items": ["i3", "i9"]},
        {"id": "c", "action": "cap", "at_most": 2, "filter": 'brand = "a"'},
        {"id": "q", "action": "quota", "at_least": 1, "filter": 'category = "c6"'},
        {"id": "b", "action": "boost", "factor": 2, "filter": 'category = "c2"'},
    )
    dropped = cited = 0
    for number in range(12):
        request = RecommendRequest("home_for_you", f"u{number}", limit=6)
        for place in recommend(shop, request).items:
            causes = {cause.item_id for cause in place.reason.evidence}
            if causes:
                cited += 1
                kept = [row for row in shop.store.history([f"u:u{number}"], 300) if row.item_id not in causes]
                with monkeypatch.context() as patch:
                    patch.setattr(shop.store, "history", lambda people, limit, kept=kept: kept)
                    patch.setattr(shop.store, "past_stamp", lambda people, gone=causes: (hash(frozenset(gone)),))
                    dropped += place.item_id not in ids(recommend(shop, request))
    assert cited >= 25
    assert dropped == cited


N = 10
item_ids = st.integers(0, N).map(lambda n: f"i{n}")
about = st.fixed_dictionaries({"items": st.lists(item_ids, min_size=1, max_size=4, unique=True)}) | st.sampled_from(
    [{"filter": 'brand = "a"'}, {"filter": 'category = "x"'}, {"filter": "price missing"}]
)
amounts = st.one_of(
    st.fixed_dictionaries({"action": st.just("hide")}),
    st.fixed_dictionaries({"action": st.just("boost"), "factor": st.floats(1.1, 100)}),
    st.fixed_dictionaries({"action": st.just("bury"), "factor": st.floats(0.01, 0.9)}),
    st.fixed_dictionaries({"action": st.just("cap"), "at_most": st.integers(0, 4)}),
    st.fixed_dictionaries({"action": st.just("quota"), "at_least": st.integers(1, 4)}),
)
pins = st.fixed_dictionaries(
    {
        "action": st.just("pin"),
        "position": st.integers(0, 7),
        "items": st.lists(item_ids, min_size=1, max_size=3, unique=True),
    }
)
somewhere = st.fixed_dictionaries({}, optional={"placements": st.just(["trending", "home_for_you"])})
rule_rows = st.lists(
    st.builds(lambda what, which, where: {**which, **what, **where}, amounts, about, somewhere)
    | st.builds(lambda what, where: {**what, **where}, pins, somewhere),
    max_size=6,
).map(lambda rows: [{"id": f"r{n}", **row} for n, row in enumerate(rows)])


@given(rule_rows, st.lists(st.booleans(), min_size=N, max_size=N), st.integers(1, 12), st.booleans())
@settings(max_examples=120, deadline=None)
def test_whatever_the_rules_nothing_hidden_leaves_pins_stand_caps_hold_and_nothing_comes_twice(
    tmp_path_factory: Any, rows: list[dict[str, Any]], in_stock: list[bool], limit: int, personalize: bool
) -> None:
    folder: Path = tmp_path_factory.mktemp("drawn")
    products = [
        Item(
            f"i{n}",
            {"en": f"thing {n}"},
            group_id="g" if n in (1, 2) else None,
            brand="ab"[n % 2],
            categories=((("x", "y")[n % 3 == 0],),),
            availability="in_stock" if in_stock[n] else "out_of_stock",
        )
        for n in range(N)
    ]
    store = open_store(f"sqlite:///{folder}/shop.db")
    store.put_items(products)
    store.append([event("view_item", f"i{n}", user="u", days_ago=n + 1) for n in (0, 4)])
    catalogue = Catalogue(store)
    rng = np.random.default_rng(0)
    toys = {
        "links": Links(rng.random((N, N), np.float32)),
        "trending": Everybody(np.arange(1, N + 1, dtype=np.float32)),
    }
    models = {name: ServedModel(model, [one.id for one in products], catalogue) for name, model in toys.items()}  # type: ignore[arg-type]
    weights = {rule: {"links": 1.0} for rule in ("exclude", "allow")}
    shop = Shop(folder, read_settings(folder), store, catalogue, standing_clock(NOW_US), models=models, weights=weights)
    write(shop, *rows)
    for placement in shop.settings.placements:
        request = RecommendRequest(placement, "u", item_ids=("i5",), limit=limit, personalize=personalize)
        made = trace(shop, request)
        shown = ids(recommend(shop, request))
        numbers = catalogue.numbers(shown)
        assert len(shown) == len(set(shown)) <= limit
        assert [catalogue.items[number].id for number in made.shown()] == shown
        assert sum(one in ("i1", "i2") for one in shown) <= 1
        assert all(in_stock[number] for number in numbers)
        here = [row for row in rows if placement in row.get("placements", [placement])]
        masks = {row["id"]: made.ruling.matches[row["id"]] for row in here} if made.ruling.matches else {}
        for row in here:
            n_shown = int(np.count_nonzero(masks[row["id"]][numbers]))
            if row["action"] == "hide":
                assert n_shown == 0
            elif row["action"] == "cap":
                n_pinned = (
                    int(np.count_nonzero(masks[row["id"]][[pin.number for pin in made.pins]])) if made.pins else 0
                )
                assert n_shown <= max(row["at_most"], n_pinned)
        for pin in made.pins:
            assert shown.index(catalogue.items[pin.number].id) == min(pin.position, _last(made.pins, pin, shown))
        for pin in made.ruling.pins:
            first = next(one for one in made.ruling.pins if one.position == pin.position)
            is_alone = sum(one.number == pin.number for one in made.ruling.pins) == 1 and pin.number not in (1, 2)
            barred = explain(shop, request, catalogue.items[pin.number].id).filtered_by
            if first is pin and is_alone and barred is None and pin.position < len(shown) - len(made.pins):
                assert shown[pin.position] == catalogue.items[pin.number].id
    shop.close()
    shutil.rmtree(folder)


def _last(pinned: list[Any], pin: Any, shown: list[str]) -> int:
    """The furthest place a pin can have: behind it only the later pins."""
    return len(shown) - 1 - sum(one.position > pin.position for one in pinned)


def test_a_set_without_rules_is_asked_nothing(kitchen: Shop) -> None:
    def refused() -> dict[str, tuple[str, ...]]:
        raise AssertionError("no user is read for rules that are for everybody")

    assert RuleSet().ruling(kitchen.catalogue, "trending", NOW_US, attributes=refused) is NO_RULING
