"""GET /readyz: whether calls should be sent here."""

from __future__ import annotations

import msgspec
from starlette.responses import Response

from daogou.core.errors import NotReady
from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.service import Service


class Readiness(msgspec.Struct, frozen=True):
    """`status` is "ready" or "degraded"; `degraded` says what is missing."""

    status: str
    items: int
    model: str
    catalogue_revision: int
    degraded: list[str]


async def ready(call: Call) -> Response:
    """503 without a catalogue; "degraded" where something is missing and shoppers are answered all the same."""
    return reply(readiness(call.service))


def readiness(service: Service) -> Readiness:
    """Ask the store, so that a database that went away is seen."""
    shop = service.shop
    shop.refresh()
    if not len(shop.catalogue):
        raise NotReady("The shop has no catalogue yet. Import items with `daogou import`, or PUT /v1/items.")
    degraded = [*([] if shop.release else ["no_model"]), *shop.degraded]
    if shop.contexts.problems:
        degraded.append("context_unknown")
    if service.keys.problem:
        degraded.append("keys_unread")
    if service.writer.disk_failed:
        degraded.append("disk_failed")
    return Readiness(
        "degraded" if degraded else "ready",
        len(shop.catalogue),
        shop.release_name,
        shop.catalogue.revision,
        degraded,
    )


ENDPOINT = Endpoint("GET", "/readyz", "ready", "Can it answer shoppers?", ready, Readiness, "operation", errors=(503,))
