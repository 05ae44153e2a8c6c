"""A page chooses its rows: by what is known of them, no item twice, and nobody's row for no reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from daogou.core.errors import UnknownName
from daogou.core.types import Event, EventLine
from daogou.decide.page.choose import choose_page, in_order
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop
from daogou.learn.rows import PLACES, RowCounts
from daogou.learn.training.release import Release

MAKE = Callable[..., Shop]
NOW_US = 1_700_000_000_000_000 - 3_600_000_000
ASKED = RecommendRequest("", user_id="ann", limit=3)


def page(*rows: str, **rest: Any) -> dict[str, object]:
    return {"pages": {"home": {"rows": list(rows), "least_items": 1, **rest}}}


def learned(shop: Shop, folder: Path, **rows: tuple[int, int]) -> Shop:
    """The shop with a release that knows how often rows were shown and clicked, at every place alike."""
    shown, clicked = (np.array([[[row[what]] * PLACES] * 2 for row in rows.values()], np.float64) for what in (0, 1))
    folder.mkdir()
    RowCounts(tuple(rows), shown, clicked).save(folder)
    shop.release = Release("r1", folder, {}, None, {}, {})  # type: ignore[arg-type]
    return shop


def names(shop: Shop, asked: RecommendRequest = ASKED) -> list[str]:
    return [row.slate.placement for row in choose_page(shop, "home", asked).rows]


def test_a_new_shop_shows_the_shops_own_order(make_shop: MAKE) -> None:
    shop = make_shop(flags=page("new_arrivals", "trending", "recently_viewed"))
    made = choose_page(shop, "home", ASKED)
    assert [(row.slate.placement, row.reason.code) for row in made.rows] == [("new_arrivals", "row_shop"),
                                                                              ("trending", "row_shop")]  # fmt: skip
    assert made.left_out["recently_viewed"].code == "row_empty"
    shown = [one.item_id for row in made.rows for one in row.slate.items]
    assert len(shown) == len(set(shown)) == 6


def test_rows_that_are_clicked_more_come_first_and_unknown_ones_stay(make_shop: MAKE, tmp_path: Path) -> None:
    flags = page("home_for_you", "new_arrivals", "trending")
    shop = learned(make_shop(flags=flags), tmp_path / "r", home_for_you=(1000, 10), trending=(1000, 90))
    asked = replace(ASKED, limit=2)
    assert names(shop, asked) == ["trending", "new_arrivals", "home_for_you"]
    made = choose_page(shop, "home", asked)
    assert [row.reason.code for row in made.rows] == ["row_value", "row_shop", "row_value"]
    top = made.rows[0].expected_clicks
    assert top is not None
    assert f"{100 * top:.1f} clicks are expected" in made.rows[0].reason.text
    assert made == replace(choose_page(shop, "home", asked), rows=made.rows)  # nothing is drawn


def test_what_is_expected_depends_on_what_the_row_holds_for_this_shopper(make_shop: MAKE, tmp_path: Path) -> None:
    past = [
        Event(f"e{n}", "view_item", NOW_US - n, (EventLine(f"i{n}"),), user_id="ann" if n < 3 else "bob")
        for n in range(4)
    ]
    shop = make_shop(events=past, flags=page("trending", "recently_viewed"))
    shop = learned(shop, tmp_path / "r", trending=(1000, 40), recently_viewed=(1000, 60))
    assert names(shop) == ["recently_viewed", "trending"]  # three items that are clicked more
    assert names(shop, replace(ASKED, user_id="bob")) == ["trending", "recently_viewed"]  # one such item


def test_a_full_page_and_short_rows_are_told(make_shop: MAKE) -> None:
    shop = make_shop(flags=page("new_arrivals", "trending", "home_for_you", most_rows=1, least_items=3))
    made = choose_page(shop, "home", replace(ASKED, language="zh"))
    assert [row.slate.placement for row in made.rows] == ["new_arrivals"]
    assert made.left_out["trending"].code == "row_over"
    assert made.left_out["trending"].text == "未显示：页面已有1栏。"
    short = make_shop(flags=page("new_arrivals", "trending", most_rows=3, least_items=5))
    made = choose_page(short, "home", replace(ASKED, limit=5))  # eight items do not fill two rows of five
    assert made.left_out["trending"].code == "row_short"
    assert "only 3 of at least 5" in made.left_out["trending"].text


def test_a_page_nobody_has_is_named(make_shop: MAKE) -> None:
    with pytest.raises(UnknownName, match=r"No page is called 'attic'\. Known: home"):
        choose_page(make_shop(), "attic", ASKED)


@pytest.mark.parametrize(
    ("worth", "order"),
    [([None, None], [0, 1]), ([1.0, 1.0, 2.0], [2, 0, 1]), ([1.0, None, 3.0], [2, 1, 0]), ([], [])],
)
def test_known_rows_are_sorted_around_those_that_keep_their_place(worth: list[float | None], order: list[int]) -> None:
    assert in_order(worth) == order
