"""GET /metrics: figures for Prometheus."""

from __future__ import annotations

from prometheus_client import generate_latest
from starlette.responses import Response

from daogou.serve.api.endpoint import Call, Endpoint
from daogou.serve.monitor.metrics import CONTENT_TYPE, Metrics
from daogou.serve.monitor.training import TrainingMetrics


async def metrics(call: Call) -> Response:
    """Counters of all workers; nothing about any shopper."""
    for shop in call.shops.all:
        service = shop.service
        service.metrics.not_logged.set(service.slates.dropped + service.writer.slates_dropped)
        service.metrics.store_away.set(service.shop.reach.away is not None)
        service.metrics.store_lost.set(service.shop.reach.times_lost)
        service.metrics.catalogue.set(len(service.shop.catalogue))
        service.metrics.unknown_stores.set(len(service.shop.contexts.unknown_stores))
        service.metrics.model_age.set(service.model_age_seconds())
    whole: Metrics = call.request.app.state.metrics
    trainings = TrainingMetrics(
        [(shop.id, shop.service.shop.model_root, shop.service.clock) for shop in call.shops.all]
    )
    return Response(whole.text() + generate_latest(trainings.registry), headers={"Content-Type": CONTENT_TYPE})


ENDPOINT = Endpoint(
    "GET", "/metrics", "metrics", "Figures for Prometheus", metrics, str, "operation", media_type="text/plain"
)
