"""Reasons are true: take the cited causes away and the item goes; take others away and it stays more often."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from daogou.core.errors import NotFound
from daogou.core.types import Event, EventLine, Item
from daogou.decide.pipeline import explain, recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop

from ..conftest import NOW_US, Everybody, Links, event

MakeShop = Callable[..., Shop]
N_ITEMS, N_SHOPPERS, LIMIT = 60, 25, 5


@pytest.fixture()
def busy_shop(make_shop: MakeShop) -> Shop:
    """Sixty items with random links, a trending member in the blend, and shoppers with up to twelve purchases."""
    rng = np.random.default_rng(5)
    table = (rng.random((N_ITEMS, N_ITEMS)) ** 4 * (rng.random((N_ITEMS, N_ITEMS)) < 0.4)).astype(np.float32)
    np.fill_diagonal(table, 0)
    items = [Item(f"i{n}", {"en": f"thing {n}"}, categories=((f"c{n % 9}",),)) for n in range(N_ITEMS)]
    events = [
        Event(f"e{u}-{n}", "view_item", NOW_US - int(rng.integers(1, 10**12)), (EventLine(f"i{n}"),), user_id=f"u{u}")
        for u in range(N_SHOPPERS)
        for n in rng.choice(N_ITEMS, int(rng.integers(1, 13)), replace=False)
    ]
    trending = Everybody(rng.random(N_ITEMS).astype(np.float32))
    return make_shop(
        items=items,
        events=events,
        models={"links": Links(table), "trending": trending},
        weights={"links": 1.0, "trending": 0.2},
    )


def without(shop: Shop, user: str, gone: set[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The list this shopper would have got without some items in their past."""
    kept = [row for row in shop.store.history([f"u:{user}"], 300) if row.item_id not in gone]
    with monkeypatch.context() as patch:
        patch.setattr(shop.store, "history", lambda people, limit: kept)
        patch.setattr(shop.store, "past_stamp", lambda people: (hash(frozenset(gone)),))
        return [one.item_id for one in recommend(shop, RecommendRequest("home_for_you", user, limit=LIMIT)).items]


def test_dropping_the_cited_items_drops_the_recommendation(busy_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    dropped = cited = random_dropped = random_tried = 0
    rng = np.random.default_rng(0)
    for number in range(N_SHOPPERS):
        user = f"u{number}"
        slate = recommend(busy_shop, RecommendRequest("home_for_you", user, limit=LIMIT))
        seen = [row.item_id for row in busy_shop.store.history([f"u:{user}"], 300)]
        for place in slate.items:
            causes = {cause.item_id for cause in place.reason.evidence}
            if not causes:
                continue
            cited += 1
            dropped += place.item_id not in without(busy_shop, user, causes, monkeypatch)
            others = [one for one in seen if one not in causes]
            if len(others) >= len(causes):
                random_tried += 1
                chosen = set(rng.choice(others, len(causes), replace=False).tolist())
                random_dropped += place.item_id not in without(busy_shop, user, chosen, monkeypatch)
    assert cited >= 50
    assert dropped == cited
    assert random_dropped / random_tried < 0.5


def test_shares_are_exact_and_sum_to_the_score(busy_shop: Shop) -> None:
    slate = recommend(busy_shop, RecommendRequest("home_for_you", "u3", limit=LIMIT))
    for place in slate.items:
        told = explain(busy_shop, RecommendRequest("home_for_you", "u3", limit=LIMIT), place.item_id)
        assert told.in_slate
        assert told.position == place.position
        assert sum(source.share for source in told.sources) == pytest.approx(1.0, abs=1e-5)
        links = next(source.share for source in told.sources if source.name == "links")
        assert sum(cause.share for cause in told.history) == pytest.approx(links, abs=1e-5)


def test_no_fewer_causes_would_have_been_enough(busy_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The strongest cause alone is cited only where it alone carries the item."""
    checked = 0
    for number in range(N_SHOPPERS):
        for place in recommend(busy_shop, RecommendRequest("home_for_you", f"u{number}", limit=LIMIT)).items:
            if len(place.reason.evidence) in (2, 3):
                strongest = {place.reason.evidence[0].item_id}
                assert place.item_id in without(busy_shop, f"u{number}", strongest, monkeypatch)
                checked += 1
    assert checked >= 10


@pytest.mark.parametrize(
    ("change", "code"),
    [("hide", "hidden"), ("buy", "already_bought"), ("dislike", "disliked"), ("exclude", "excluded")],
)
def test_why_not_names_the_gate(make_shop: MakeShop, links: Links, change: str, code: str) -> None:
    shop = make_shop(events=[event("view_item", "i0")], models={"links": links}, weights={"links": 1.0})
    if change == "hide":
        shop.store.put_items([Item("i1", {"en": "teapot"}, is_hidden=True)])
    elif change == "buy":
        shop.store.append([event("purchase", "i1", days_ago=0.5)])
    elif change == "dislike":
        shop.store.append([event("dislike_item", "i1", days_ago=0.5)])
    exclude = ("i1",) if change == "exclude" else ()
    told = explain(shop, RecommendRequest("home_for_you", "ann", exclude=exclude), "i1")
    assert (told.in_slate, told.filtered_by, told.verdict.code) == (False, code, code)
    assert [gate.name for gate in told.gates if not gate.passed] == [code]


def test_why_not_tells_a_rank_a_cap_or_silence(make_shop: MakeShop, links: Links) -> None:
    flags = {"placements": {"short": {"retrievers": {"personal": 1.0}, "limit": 1, "fill": False}}}
    shop = make_shop(events=[event("view_item", "i0")], models={"links": links}, weights={"links": 1.0}, flags=flags)
    outranked = explain(shop, RecommendRequest("short", "ann"), "i2")
    assert (outranked.verdict.code, outranked.rank) == ("outranked", 2)
    assert outranked.verdict.text == "Not shown: it ranks 2, and the list holds 1."
    silent = explain(shop, RecommendRequest("short", "ann", language="zh"), "i5")
    assert (silent.verdict.code, silent.rank) == ("no_source", None)
    assert silent.verdict.text.startswith("未显示")
    with pytest.raises(NotFound, match="'i99'"):
        explain(shop, RecommendRequest("short", "ann"), "i99")
