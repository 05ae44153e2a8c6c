"""What is wanted today more than usual trends, before any training too."""

from __future__ import annotations

from collections.abc import Callable

from daogou.decide.shop import Shop

from ..conftest import Everybody, event
from .conftest import Ask


def test_a_surge_beats_what_is_always_looked_at(make_shop: Callable[..., Shop], ask: Ask) -> None:
    steady = [event("view_item", "i0", user=f"u{day}-{n}", days_ago=day + 0.1) for day in range(50) for n in range(6)]
    sudden = [event("view_item", "i1", user=f"u{n}", days_ago=0.05) for n in range(8)]
    shop = make_shop(events=[*steady, *sudden])
    shown = ask(shop, "trending", user=None)
    assert [one for one, _ in shown] == ["i1", "i0"]
    assert {reason.code for _, reason in shown} == {"trending"}


def test_a_first_click_does_not_overrule_what_was_trained(
    make_shop: Callable[..., Shop], everybody: Everybody, ask: Ask
) -> None:
    shop = make_shop(events=[event("view_item", "i0", days_ago=0.01)], models={"trending": everybody})
    assert ask(shop, "trending", user=None)[0][0] == "i7"
    many = [event("add_to_cart", "i0", user=f"u{n}", days_ago=0.01) for n in range(500)]
    assert ask(make_shop(events=many, models={"trending": everybody}), "trending", user=None)[0][0] == "i0"


def test_nothing_trends_where_nobody_was(make_shop: Callable[..., Shop], ask: Ask) -> None:
    assert ask(make_shop(), "trending") == []
