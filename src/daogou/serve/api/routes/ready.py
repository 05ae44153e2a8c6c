"""GET /readyz: whether calls should be sent here."""

from __future__ import annotations

import msgspec
from starlette.responses import Response

from daogou.core.errors import NotReady
from daogou.decide.shop import Shop
from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.service import Service

DEGRADED = ("no_model", "release_refused", "rules_unread", "context_unknown")
"""Everything that `degraded` may say, in its order."""


class Readiness(msgspec.Struct, frozen=True):
    """`status` is "ready" or "degraded"; `degraded` says what is missing."""

    status: str
    items: int
    model: str
    catalogue_revision: int
    degraded: list[str]


async def ready(call: Call) -> Response:
    """503 without a catalogue; "degraded" without a model, with an older one than published, or with rules unread."""
    return reply(readiness(call.service))


def readiness(service: Service) -> Readiness:
    """Ask the store, so that a database that went away is seen."""
    shop = service.shop
    shop.refresh()
    if not len(shop.catalogue):
        raise NotReady("The shop has no catalogue yet. Import items with `daogou import`, or PUT /v1/items.")
    missing = degraded(shop)
    return Readiness(
        "degraded" if missing else "ready",
        len(shop.catalogue),
        shop.release_name,
        shop.catalogue.revision,
        missing,
    )


def degraded(shop: Shop) -> list[str]:
    """What is missing, though shoppers are answered."""
    found = (shop.release is None, shop.problems, shop.rules.problems, shop.contexts.problems)
    return [name for name, is_so in zip(DEGRADED, found, strict=True) if is_so]


ENDPOINT = Endpoint("GET", "/readyz", "ready", "Can it answer shoppers?", ready, Readiness, "operation", errors=(503,))
