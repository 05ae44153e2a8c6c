"""A small shop of mugs, shoes and lamps, and somebody who talks with it by acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from daogou.core.types import Item
from daogou.decide.guide.acts import Act, Inform, Want
from daogou.decide.guide.reply import GuideRequest, Reply
from daogou.decide.shop import Shop


def product(item_id: str, title: str, price_minor: int, path: tuple[str, ...], **attributes: str) -> Item:
    """An item with one value per attribute."""
    told = {name: tuple(value.split("|")) for name, value in attributes.items()}
    return Item(
        item_id, {"en": title, "zh": f"{title}（中文）"}, price_minor=price_minor, categories=(path,), attributes=told
    )


MUGS, SHOES, LAMPS = ("Kitchen", "Mugs"), ("Clothing", "Shoes"), ("Home", "Lamps")

RANGE = [
    product("m1", "Red mug", 800, MUGS, colour="red", material="china", capacity_ml="300"),
    product("m2", "Blue mug", 600, MUGS, colour="blue", material="china", capacity_ml="350"),
    product("m3", "Red enamel mug", 1200, MUGS, colour="red", material="steel", capacity_ml="500"),
    product("m4", "Plain mug", 500, MUGS, material="glass", capacity_ml="250"),
    product("s1", "Hiking shoe", 21900, SHOES, colour="brown", waterproof="yes", size="M", weight_g="450"),
    product("s2", "Running shoe", 9900, SHOES, colour="red", waterproof="no", size="L", weight_g="250"),
    product("s3", "Trail shoe", 15900, SHOES, colour="black", waterproof="no", size="S", weight_g="300"),
    product("s4", "Rain shoe", 25900, SHOES, colour="red", waterproof="yes", size="L", weight_g="520"),
    product("l1", "Desk lamp", 3500, LAMPS, colour="black", material="steel"),
    product("l2", "Night lamp", 1500, LAMPS, colour="white", material="glass", audience="children"),
]


@dataclass
class Shopper:
    """Talks with one guide, turn by turn."""

    shop: Shop
    language: str = "en"
    reply: Reply | None = None
    limit: int = 6

    def does(self, *acts: Act, **more: object) -> Reply:
        """Press a button with these acts."""
        state = self.reply.state if self.reply is not None else None
        request = GuideRequest(acts=acts, state=state, language=self.language, limit=self.limit)
        self.reply = self.shop.guide.answer(replace(request, **more))  # type: ignore[arg-type]
        return self.reply

    def wants(self, *wants: Want, words: str = "") -> Reply:
        """Say what is looked for."""
        return self.does(Inform(wants, words))


@pytest.fixture()
def make_shopper(make_shop: Callable[..., Shop]) -> Callable[..., Shopper]:
    """A shopper in a shop with these items, and these settings of the guide."""

    def make(items: list[Item] | None = None, language: str = "en", **rest: object) -> Shopper:
        return Shopper(make_shop(items=RANGE if items is None else items, **rest), language)

    return make


@pytest.fixture()
def shopper(make_shopper: Callable[..., Shopper]) -> Shopper:
    """Somebody who speaks English."""
    return make_shopper()


def ids(reply: Reply, role: str | None = None) -> list[str]:
    """The items of the cards, of one role where it is named."""
    return [card.item_id for card in reply.cards if role is None or card.role == role]


def codes(reply: Reply) -> list[str]:
    """The codes of all sentences."""
    return [one.code for one in reply.said]
