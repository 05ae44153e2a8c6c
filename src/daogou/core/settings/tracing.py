"""Traces for a collector."""

from __future__ import annotations

from pydantic import Field, field_validator

from daogou.core.settings.section import Section


class TracingSettings(Section):
    """[tracing]: spans of answers for OpenTelemetry, see docs/metrics.md; needs the extra `otel`."""

    endpoint: str = ""
    """OTLP over HTTP, for example http://127.0.0.1:4318/v1/traces. Empty: nothing is recorded or sent."""
    share: float = Field(0.1, ge=0, le=1)
    """Which part of the answers is recorded."""
    timeout_seconds: float = Field(5.0, gt=0)
    """Longest wait of the sending thread for the collector; no shopper ever waits for it."""

    @field_validator("endpoint")
    @classmethod
    def _is_an_address(cls, given: str) -> str:
        if given and not given.startswith(("http://", "https://")):
            raise ValueError("use an http address such as http://127.0.0.1:4318/v1/traces, or leave it empty")
        return given
