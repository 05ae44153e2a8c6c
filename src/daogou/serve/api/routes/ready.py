"""GET /readyz: whether calls should be sent here."""

from __future__ import annotations

import msgspec
from starlette.responses import Response

from daogou.core.errors import DaogouError, NotReady
from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.service import Service
from daogou.serve.api.shops import Shops

DEGRADED = (
    "no_model",
    "storage_unavailable",
    "release_refused",
    "rules_unread",
    "context_unknown",
    "keys_unread",
    "disk_failed",
)
"""Everything that `degraded` may say, in its order."""


class Readiness(msgspec.Struct, frozen=True, omit_defaults=True):
    """`status` is "ready" or "degraded"; `degraded` says what is missing.

    A server of several shops adds up their items, and says of each shop by its id, or the name of its folder, whether
    it is "ready", "degraded", or why it is not open.
    """

    status: str
    items: int
    model: str
    catalogue_revision: int
    degraded: list[str]
    shops: dict[str, str] | None = None


async def ready(call: Call) -> Response:
    """503 without a catalogue; "degraded" where something is missing and shoppers are answered all the same."""
    return reply(readiness(call.service) if call.shops.is_one else readiness_of_all(call.shops))


def readiness(service: Service) -> Readiness:
    """Ask the store, so that a database that went away is seen."""
    shop = service.shop
    shop.refresh()
    if not len(shop.catalogue):
        raise NotReady("The shop has no catalogue yet. Import items with `daogou import`, or PUT /v1/items.")
    missing = degraded(service)
    return Readiness(
        "degraded" if missing else "ready",
        len(shop.catalogue),
        shop.release_name,
        shop.catalogue.revision,
        missing,
    )


def readiness_of_all(shops: Shops) -> Readiness:
    """Ready for those shops that can answer; NotReady when none can."""
    told, found = dict(shops.problems), []
    for shop in shops.all:
        try:
            one = readiness(shop.service)
        except DaogouError as error:
            told[shop.id] = str(error)
        else:
            found.append(one)
            told[shop.id] = one.status
    if not found:
        raise NotReady(
            f"None of {len(told)} shops can answer. " + " ".join(f"{name}: {why}" for name, why in told.items())
        )
    are_all = len(found) == len(told) and all(one.status == "ready" for one in found)
    lacking = [] if are_all else sorted(name for name, why in told.items() if why != "ready")
    items = sum(one.items for one in found)
    return Readiness("ready" if are_all else "degraded", items, "", 0, lacking, told)


def degraded(service: Service) -> list[str]:
    """What is missing, though shoppers are answered."""
    shop = service.shop
    lacking = {
        *shop.degraded,
        *(["no_model"] if shop.release is None else ()),
        *(["context_unknown"] if shop.contexts.problems else ()),
        *(["keys_unread"] if service.keys.problem else ()),
        *(["disk_failed"] if service.writer.disk_failed else ()),
    }
    return [name for name in DEGRADED if name in lacking]


ENDPOINT = Endpoint("GET", "/readyz", "ready", "Can it answer shoppers?", ready, Readiness, "operation", errors=(503,))
