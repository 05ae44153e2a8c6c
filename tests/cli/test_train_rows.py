"""What a training counts of rows decides on the next page."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from typer.testing import CliRunner

from daogou.cli.train import app
from daogou.core.clock import system_clock
from daogou.core.types import Event, EventLine
from daogou.data.store import ServedItem, ServedSlate, open_store
from daogou.decide.page.choose import choose_page
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop

PAGE = '\n[pages.home]\nrows = ["trending", "new_arrivals"]\n'


def test_a_row_that_was_clicked_more_moves_up_with_the_next_training(tea_house: Path) -> None:
    (tea_house / "shop.toml").write_text((tea_house / "shop.toml").read_text() + PAGE)
    now_us = system_clock()
    slates, clicks = [], []
    for number in range(200):
        for placement in ("trending", "new_arrivals"):
            name = f"{placement}-{number}"
            items = tuple(ServedItem(f"i{place}", place, None, placement) for place in range(4))
            slates.append(ServedSlate(name, placement, now_us - 1, f"v:{number}", items))
            if placement == "new_arrivals" or number % 10 == 0:
                clicks.append(
                    Event(
                        f"click-{name}",
                        "select_item",
                        now_us,
                        (EventLine("i0"),),
                        visitor_id=str(number),
                        recommendation_id=name,
                    )
                )
    with closing(open_store(f"sqlite:///{tea_house}/daogou.db")) as store:
        store.log_slates(slates)
        store.append(clicks)
    asked = RecommendRequest("", visitor_id="nobody", limit=4)
    with closing(Shop.open(tea_house)) as shop:
        assert [row.slate.placement for row in choose_page(shop, "home", asked).rows] == ["trending", "new_arrivals"]
    done = CliRunner().invoke(app, ["--shop", str(tea_house)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    with closing(Shop.open(tea_house)) as shop:
        rows = choose_page(shop, "home", asked).rows
    assert [row.slate.placement for row in rows] == ["new_arrivals", "trending"]
    best, other = (row.expected_clicks for row in rows)
    assert best is not None
    assert other is not None
    assert best > 5 * other
