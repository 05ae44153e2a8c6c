"""Items side by side, what differs first."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from daogou.core.types import Item
from daogou.decide.guide.acts import BRAND, CATEGORY, PRICE, RATING, Compare
from daogou.decide.guide.cards import cards
from daogou.decide.guide.facts import told_row
from daogou.decide.guide.fields import NEVER_TOLD, SAID_BY_CATEGORY
from daogou.decide.guide.reply import Table
from daogou.decide.guide.turn import Turn

MOST_COMPARED = 4
MOST_ROWS = 16


def compare(turn: Turn, act: Compare) -> None:
    """A table of all that the shop states of them, and their cards."""
    named = [turn.meant(one) for one in act.items] if act.items else list(turn.shown()[:MOST_COMPARED])
    ids = list(dict.fromkeys(one for one in named if one is not None))[:MOST_COMPARED]
    if len(ids) < 2:
        turn.ask_which("compare_two")
        return
    items = [item for one in ids if (item := turn.view.item(one)) is not None]
    table = tabled(turn, items)
    turn.table = table
    numbers = [turn.view.shop.catalogue.number_of[one] for one in ids]
    turn.cards += [msgspec.structs.replace(one, role="anchor") for one in cards(turn.board(), numbers, turn.labels)]
    differs = any(row.differs for row in table.rows)
    turn.say("compared" if differs else "compared_alike", {"item_ids": ids})
    _tell_ends(turn, items)


def tabled(turn: Turn, items: Sequence[Item]) -> Table:
    """One row per field that any of them states; price and stock are the door's."""
    fields = [BRAND, CATEGORY, RATING]
    fields += [name for item in items for name in item.attributes if name not in NEVER_TOLD | SAID_BY_CATEGORY]
    told = [told_row(turn, items, name) for name in dict.fromkeys(fields)]
    rows = [row for row in told if any(row.values)]
    rows.sort(key=lambda row: (not row.differs, sum(not value for value in row.values)))
    return Table(tuple(item.id for item in items), tuple(rows[:MOST_ROWS]))


def _tell_ends(turn: Turn, items: Sequence[Item]) -> None:
    """Which of them is the cheapest and the best rated, where one is."""
    prices = {item.id: item.price_minor for item in items if item.price_minor is not None}
    for name, told, most in (
        (PRICE, prices, False),
        (RATING, {one.id: one.rating for one in items if one.rating}, True),
    ):
        if len(told) < len(items) or len(set(told.values())) < 2:
            continue
        best = (max if most else min)(told, key=lambda one: told[one])
        if sum(value == told[best] for value in told.values()) == 1:
            turn.say("compared_best", {"field": name, "item_id": best}, title=f"{{title:{best}}}",
                     end=turn.labels.end(name, most))  # fmt: skip
