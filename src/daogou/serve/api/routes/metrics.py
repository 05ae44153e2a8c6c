"""GET /metrics: figures for Prometheus."""

from __future__ import annotations

from ipaddress import ip_address

from prometheus_client import generate_latest
from starlette.requests import Request
from starlette.responses import Response

from daogou.core.settings import ServerSettings
from daogou.serve.api.door import enter
from daogou.serve.api.endpoint import Call, Endpoint
from daogou.serve.api.routes.ready import DEGRADED, degraded
from daogou.serve.api.service import Service
from daogou.serve.keys import Scope
from daogou.serve.monitor.metrics import CONTENT_TYPE, Metrics
from daogou.serve.monitor.training import TrainingMetrics

FORWARDING = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
"""What a proxy adds: the address that is seen is then the proxy's, and says nothing about who asks."""


async def metrics(call: Call) -> Response:
    """Counters of all workers; nothing about any shopper."""
    if not needs_no_key(call.request.app.state.server, call.request):
        await enter(call, Scope.secret)
    for shop in call.shops.all:
        _take(shop.service)
    whole: Metrics = call.request.app.state.metrics
    trainings = TrainingMetrics(
        [(shop.id, shop.service.shop.model_root, shop.service.clock) for shop in call.shops.all]
    )
    return Response(whole.text() + generate_latest(trainings.registry), headers={"Content-Type": CONTENT_TYPE})


def _take(service: Service) -> None:
    """What is so now of one shop."""
    figures, shop = service.metrics, service.shop
    figures.not_logged.set(service.slates.dropped + service.writer.slates_dropped)
    figures.write_queue.set(service.writer.waiting)
    figures.store_away.set(shop.reach.away is not None)
    figures.store_lost.set(shop.reach.times_lost)
    figures.catalogue.set(len(shop.catalogue))
    figures.unknown_stores.set(len(shop.contexts.unknown_stores))
    figures.model_age.set(service.model_age_seconds())
    shop.reach.ask(lambda: service.trust_watch.tell(figures), None)
    missing = degraded(service)
    for what in DEGRADED:
        figures.lacking.labels(what).set(what in missing)


def needs_no_key(server: ServerSettings, request: Request) -> bool:
    """Whether the settings let this caller read the figures without a key."""
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
