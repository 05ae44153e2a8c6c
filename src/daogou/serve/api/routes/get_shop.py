"""GET /v1/shop: the shop's name, languages, currency and placements."""

from __future__ import annotations

import msgspec
from starlette.responses import Response

from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.keys import Scope


class PlacementFacts(msgspec.Struct, frozen=True):
    """A named spot and its heading by language."""

    name: str
    title: dict[str, str]


class ShopFacts(msgspec.Struct, frozen=True):
    """What a page needs to know about the shop."""

    id: str
    name: dict[str, str]
    languages: tuple[str, ...]
    currency: str
    placements: list[PlacementFacts]


async def get_shop(call: Call) -> Response:
    """From the settings."""
    settings = call.service.settings
    identity = settings.shop
    placements = [PlacementFacts(name, dict(one.title)) for name, one in settings.placements.items()]
    return reply(ShopFacts(identity.id, dict(identity.name), identity.languages, identity.currency, placements))


ENDPOINT = Endpoint("GET", "/v1/shop", "get_shop", "Read the shop", get_shop, ShopFacts, "shop", Scope.publishable)
