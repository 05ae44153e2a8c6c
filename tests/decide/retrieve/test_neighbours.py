"""Also viewed and cross category: trained neighbours of what is looked at, each with its cause."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from daogou.decide.shop import Shop

from ..conftest import Links, event
from .conftest import Ask


def everywhere() -> Links:
    """The mug (i0, Kitchen) is tied to its own department and, less, to two others."""
    table = np.zeros((8, 8), np.float32)
    table[0] = [0, 0.9, 0.8, 0.5, 0, 0.3, 0, 0]
    return Links(table)


def test_also_viewed_names_what_was_looked_at(make_shop: Callable[..., Shop], ask: Ask) -> None:
    shop = make_shop(models={"item_knn": everywhere()})
    shown = ask(shop, "item_also_viewed", item_ids=("i0",))
    assert [one for one, _ in shown] == ["i1", "i2", "i3", "i5"]
    assert shown[0][1].text == "Who looked at “mug” also looked at this"
    assert [(one.item_id, one.share) for one in shown[0][1].evidence] == [("i0", 1.0)]


def test_cross_category_leaves_the_department(make_shop: Callable[..., Shop], ask: Ask) -> None:
    shop = make_shop(models={"item_knn": everywhere()})
    shown = ask(shop, "cross_category", item_ids=("i0",))
    assert [one for one, _ in shown] == ["i3", "i5"]
    assert shown[0][1].code == "cross_category"
    assert shown[0][1].evidence[0].item_id == "i0"


def test_cross_category_leaves_every_department_of_the_history(make_shop: Callable[..., Shop], ask: Ask) -> None:
    seen = [event("view_item", "i0"), event("view_item", "i4", days_ago=2.0)]
    shop = make_shop(events=seen, models={"item_knn": everywhere()})
    assert [one for one, _ in ask(shop, "cross_category")] == ["i5"]
    assert ask(shop, "cross_category", personalize=False) == []


def test_nothing_is_said_without_training_or_anything_to_go_by(make_shop: Callable[..., Shop], ask: Ask) -> None:
    untrained, nobody = make_shop(), make_shop(models={"item_knn": everywhere()})
    for placement in ("item_also_viewed", "cross_category"):
        assert ask(untrained, placement, item_ids=("i0",)) == []
        assert ask(nobody, placement, item_ids=("unheard-of",)) == []
