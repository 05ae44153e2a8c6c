"""Spans of answers, sent to an OpenTelemetry collector where the shop names one; off by default.

A span holds the name of a stretch, its times, the route's template, the status, the placement and counts: nothing
about a shopper. They are sent by a thread of the library's, and dropped where the collector does not take them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import daogou
from daogou.core.errors import MissingExtra
from daogou.core.settings import TracingSettings
from daogou.core.spans import Note, Spans, no_spans

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExporter

SERVICE = "daogou"


@dataclass(frozen=True, slots=True)
class Tracing:
    """spans  opens a span inside the one that is open; close  sends what is waiting and stops"""

    spans: Spans
    close: Callable[[], None]


OFF = Tracing(no_spans, lambda: None)


def open_tracing(settings: TracingSettings, shop_id: str, exporter: SpanExporter | None = None) -> Tracing:
    """OFF without an endpoint. Raises MissingExtra where the libraries are not installed.

    exporter  where spans go instead of the endpoint
    """
    if not settings.endpoint:
        return OFF
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
        from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
    except ImportError as error:
        raise MissingExtra("opentelemetry", "otel", "[tracing] endpoint") from error
    facts = {"service.name": SERVICE, "service.version": daogou.__version__, "daogou.shop": shop_id}
    provider = TracerProvider(
        resource=Resource.create(facts), sampler=ParentBased(TraceIdRatioBased(settings.share)), shutdown_on_exit=False
    )
    out = exporter or OTLPSpanExporter(endpoint=settings.endpoint, timeout=settings.timeout_seconds)
    provider.add_span_processor(BatchSpanProcessor(out))
    return Tracing(_spans(provider.get_tracer(SERVICE)), provider.shutdown)


def _spans(tracer: Any) -> Spans:
    @contextmanager
    def recorded(name: str) -> Iterator[Note]:
        # An exception's text may quote what a caller sent, so only that it failed is recorded.
        with tracer.start_as_current_span(name, record_exception=False, set_status_on_exception=False) as span:

            def note(**facts: str | int) -> None:
                for key, value in facts.items():
                    span.set_attribute(f"daogou.{key}", value)

            try:
                yield note
            except BaseException as error:
                span.set_attribute("error.type", type(error).__name__)
                raise

    def begin(name: str) -> AbstractContextManager[Note]:
        return recorded(name)

    return begin
