"""Spans for a collector: one tree per answer, and nothing about a shopper in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from daogou.core.settings import TracingSettings
from daogou.core.spans import no_spans
from daogou.serve.monitor.tracing import OFF, open_tracing

pytest.importorskip("opentelemetry.sdk", reason="needs OpenTelemetry: pip install 'daogou[otel]'")

from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

NOWHERE = "http://127.0.0.1:9/v1/traces"


def test_without_an_endpoint_nothing_is_recorded() -> None:
    assert open_tracing(TracingSettings(), "shop") is OFF
    with no_spans("rank") as note:
        assert note(candidates=3) is None


def test_an_endpoint_that_is_no_address_is_refused() -> None:
    with pytest.raises(ValueError, match="use an http address"):
        TracingSettings(endpoint="collector:4318")


@pytest.fixture
def recorded(open_with: Any, tmp_path: Path) -> Any:
    """A shop whose every answer is recorded, its spans by name, and its tracing."""
    exporter = InMemorySpanExporter()
    tracing = open_tracing(TracingSettings(endpoint=NOWHERE, share=1.0), "shop", exporter)
    with open_with(tmp_path) as shop:
        state = shop.client.app.state
        state.tracing, state.service.shop.spans = tracing, tracing.spans
        yield shop, exporter, tracing


def test_an_answer_is_one_tree_from_the_request_to_the_reasons(recorded: Any) -> None:
    shop, exporter, tracing = recorded
    shop.call("PUT", "/v1/items", json={"items": [{"id": "p1", "title": "Mug"}]})
    shop.recommend(placement="home_for_you", visitor_id="visitor-secret-1")
    shop.call("POST", "/v1/events", json=shop.event("e1", visitor_id="visitor-secret-1"))
    tracing.close()
    spans = {one.name: one for one in exporter.get_finished_spans() if one.name != "request"}
    assert set(spans) == {"read_past", "retrieve", "rank", "explain", "store"}
    roots = {one.attributes["daogou.route"]: one for one in exporter.get_finished_spans() if one.name == "request"}
    root = roots["/v1/recommendations"].context.span_id
    assert {spans[name].parent.span_id for name in ("read_past", "retrieve", "rank", "explain")} == {root}
    assert spans["store"].parent.span_id == roots["/v1/events"].context.span_id
    assert dict(spans["retrieve"].attributes) == {"daogou.placement": "home_for_you", "daogou.candidates": 0}
    assert dict(spans["store"].attributes) == {"daogou.events": 1}
    assert "secret-1" not in str([one.to_json() for one in exporter.get_finished_spans()])


def test_a_failure_is_recorded_by_its_kind_without_its_words(recorded: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    shop, exporter, tracing = recorded

    def broken(*_: Any) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(shop.client.app.state.service.shop.pasts, "past_as_of", broken)
    shop.call("POST", "/v1/recommendations", json={"placement": "home_for_you"})
    tracing.close()
    spans = {one.name: one for one in exporter.get_finished_spans()}
    assert spans["read_past"].attributes["error.type"] == "RuntimeError"
    assert spans["request"].attributes["daogou.status"] == 500
    assert "secret words" not in str([one.to_json() for one in exporter.get_finished_spans()])
