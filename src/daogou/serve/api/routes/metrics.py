"""GET /metrics: figures for Prometheus."""

from __future__ import annotations

from ipaddress import ip_address

from starlette.requests import Request
from starlette.responses import Response

from daogou.core.settings import ServerSettings
from daogou.serve.api.endpoint import Call, Endpoint, authorize
from daogou.serve.api.routes.ready import DEGRADED, degraded
from daogou.serve.keys import Scope
from daogou.serve.monitor.metrics import CONTENT_TYPE

FORWARDING = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
"""What a proxy adds: the address that is seen is then the proxy's, and says nothing about who asks."""


async def metrics(call: Call) -> Response:
    """Counters of all workers; nothing about any shopper."""
    service = call.service
    if not needs_no_key(service.settings.server, call.request):
        call.request.scope["daogou.holder"] = authorize(call.request, service, Scope.secret)
    figures = service.metrics
    figures.not_logged.set(service.slates.dropped)
    figures.write_queue.set(service.writer.waiting)
    figures.catalogue.set(len(service.shop.catalogue))
    figures.unknown_stores.set(len(service.shop.contexts.unknown_stores))
    figures.model_age.set(service.model_age_seconds())
    missing = degraded(service.shop)
    for what in DEGRADED:
        figures.degraded.labels(what).set(what in missing)
    return Response(figures.text(), headers={"Content-Type": CONTENT_TYPE})


def needs_no_key(server: ServerSettings, request: Request) -> bool:
    """Whether the shop's settings let this caller read the figures without a key."""
    if server.metrics != "loopback":
        return server.metrics == "open"
    if request.client is None or any(name in request.headers for name in FORWARDING):
        return False
    try:
        address = ip_address(request.client.host.partition("%")[0])
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return address.is_loopback or any(address in network for network in server.metrics_from)


ENDPOINT = Endpoint(
    "GET",
    "/metrics",
    "metrics",
    "Figures for Prometheus",
    metrics,
    str,
    "operation",
    media_type="text/plain",
    errors=(401, 403),
    description="From another machine with a secret key, unless `[server] metrics` says otherwise.",
)
