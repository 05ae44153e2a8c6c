"""GET /metrics: figures for Prometheus."""

from __future__ import annotations

from starlette.responses import Response

from daogou.serve.api.endpoint import Call, Endpoint
from daogou.serve.monitor.metrics import CONTENT_TYPE


async def metrics(call: Call) -> Response:
    """Counters of all workers; nothing about any shopper."""
    service = call.service
    service.metrics.not_logged.set(service.slates.dropped)
    service.metrics.catalogue.set(len(service.shop.catalogue))
    service.metrics.unknown_stores.set(len(service.shop.contexts.unknown_stores))
    service.metrics.model_age.set(service.model_age_seconds())
    service.trust_watch.tell(service.metrics)
    return Response(service.metrics.text(), headers={"Content-Type": CONTENT_TYPE})


ENDPOINT = Endpoint(
    "GET", "/metrics", "metrics", "Figures for Prometheus", metrics, str, "operation", media_type="text/plain"
)
