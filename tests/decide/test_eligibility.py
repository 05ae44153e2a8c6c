"""The gate holds for every exit, whatever the catalogue looks like."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from daogou.core.clock import DAY_US, standing_clock
from daogou.core.settings import read_settings
from daogou.core.types import Event, EventLine, Item
from daogou.data.store import open_store
from daogou.decide.catalogue import Catalogue
from daogou.decide.pipeline import recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.served_model import ServedModel
from daogou.decide.shop import Shop

from .conftest import NOW_US, Everybody, Links

N = 12
moments = st.none() | st.integers(NOW_US - DAY_US, NOW_US + DAY_US)


@st.composite
def shops(draw: st.DrawFn) -> tuple[list[Item], list[Event], list[str]]:
    items = [
        Item(
            f"i{n}",
            {"en": f"thing {n}"},
            group_id=draw(st.sampled_from([None, "g1", "g2"])),
            categories=((draw(st.sampled_from(["a", "b"])),),),
            availability=draw(st.sampled_from(["in_stock", "out_of_stock", "preorder"])),  # type: ignore[arg-type]
            available_at_us=draw(moments),
            expires_at_us=draw(moments),
            created_at_us=draw(moments),
            is_hidden=draw(st.booleans()),
        )
        for n in range(N)
    ]
    names = ["view_item", "purchase", "refund", "dislike_item", "add_to_cart"]
    events = [
        Event(
            f"e{k}", draw(st.sampled_from(names)), NOW_US - k * 1000, (EventLine(f"i{draw(st.integers(0, N))}"),), "u"
        )
        for k in range(draw(st.integers(0, 15)))
    ]
    excluded = [f"i{n}" for n in draw(st.lists(st.integers(0, N - 1), max_size=3))]
    return items, events, excluded


@given(shops(), st.booleans(), st.integers(1, 20))
@settings(max_examples=150, deadline=None)
def test_nothing_barred_leaves_by_any_placement(
    tmp_path_factory: Any, drawn: tuple[list[Item], list[Event], list[str]], personalize: bool, limit: int
) -> None:
    items, events, excluded = drawn
    folder: Path = tmp_path_factory.mktemp("shop")
    store = open_store(f"sqlite:///{folder}/shop.db")
    store.put_items(items)
    if events:
        store.append(events)
    catalogue = Catalogue(store)
    ids = [item.id for item in items]
    links = np.random.default_rng(len(events)).random((N, N)).astype(np.float32)
    toys = {"links": Links(links), "trending": Everybody(links[0]), "bought_together": Links(links.T.copy())}
    models = {name: ServedModel(toy, ids, catalogue) for name, toy in toys.items()}  # type: ignore[arg-type]
    shop = Shop(
        folder,
        read_settings(folder),
        store,
        catalogue,
        standing_clock(NOW_US),
        None,
        models,
        {"exclude": {"links": 1.0}},
    )
    by_id = {item.id: item for item in items}
    for placement in shop.settings.placements:
        asked = RecommendRequest(
            placement, "u", None, ("i0",), ("i1",), limit, personalize=personalize, exclude=tuple(excluded)
        )
        slate = recommend(shop, asked)
        shown = [by_id[one.item_id] for one in slate.items]
        assert len(shown) == len({item.id for item in shown}) <= limit
        for item in shown:
            assert not item.is_hidden
            assert item.availability != "out_of_stock"
            assert item.available_at_us is None or item.available_at_us <= NOW_US
            assert item.expires_at_us is None or item.expires_at_us > NOW_US
            assert item.id not in {*excluded, "i0", "i1"}
    store.close()
    shutil.rmtree(folder)
