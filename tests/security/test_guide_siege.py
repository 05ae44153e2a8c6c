"""Nothing that an enemy writes into the catalogue or says to the guide makes it lie or break."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from daogou.core.settings import SHOP_FILE, database_url, read_settings
from daogou.data.ingest.options import ImportOptions
from daogou.data.ingest.run import import_rows
from daogou.data.store import open_store
from daogou.decide.guide.evaluation.grounding import ungrounded, unsupported
from daogou.decide.guide.evaluation.hostile import hostile_rows
from daogou.decide.guide.evaluation.siege import besiege, unsellable
from daogou.decide.guide.reply import Card, GuideRequest, Reply, Said
from daogou.decide.shop import Shop

TURNS = 300


@pytest.fixture(scope="module")
def hostile_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A shop whose catalogue was written by an enemy."""
    folder = tmp_path_factory.mktemp("besieged")
    (folder / SHOP_FILE).write_text('[shop]\nid = "besieged"\nname = { en = "Besieged" }\nlanguages = ["en", "zh"]\n')
    with closing(open_store(database_url(read_settings(folder), folder))) as store:
        assert import_rows(store, "items", hostile_rows(), ImportOptions()).accepted >= 50
    with closing(Shop.open(folder)) as shop:
        yield shop


def test_hostile_turns_are_all_answered_and_every_reply_is_true(hostile_shop: Shop) -> None:
    found = besiege(hostile_shop.guide, hostile_shop.catalogue, turns=TURNS, seed=3)
    assert found.problems == []
    assert found.replies == TURNS


def test_a_lie_would_be_found(hostile_shop: Shop) -> None:
    catalogue = hostile_shop.catalogue
    reply = hostile_shop.guide.answer(GuideRequest(utterance="red mug"))
    card = reply.cards[0]
    sold_out = next(item.id for item in catalogue.items if item.availability == "out_of_stock")

    def said(text: str) -> Reply:
        return replace(reply, said=(Said("found", text),))

    assert ungrounded(reply, catalogue) == []
    assert ungrounded(replace(reply, cards=(Card("nobody", card.reason),)), catalogue)
    assert ungrounded(said("It costs {money:1} today."), catalogue)
    assert ungrounded(said("It costs £4.20 today."), catalogue)
    assert ungrounded(said("{price:nobody}"), catalogue)
    assert ungrounded(said("<b>Bold</b>"), catalogue)
    assert not ungrounded(said("Nothing under £4.20."), catalogue, "mugs under £4.20")
    assert unsellable(replace(reply, cards=(Card(sold_out, card.reason),)), catalogue)
    assert unsupported(reply, catalogue) == []
