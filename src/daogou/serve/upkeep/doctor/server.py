"""Checks of a running server, over HTTP: does it answer, is it ready, is it this version, what do its figures say."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec
from prometheus_client.parser import text_string_to_metric_families

from daogou import __version__
from daogou.core.errors import InvalidInput
from daogou.serve.upkeep.doctor.finding import Finding, finding

TIMEOUT_SECONDS = 10.0
MAX_ANSWER_BYTES = 16_000_000
FAILED_SHARE = 0.01
REFUSED_SHARE = 0.05
LEAST_CALLS = 100
"""A share of fewer calls says nothing."""


def server(url: str) -> Iterator[Finding]:
    """Ask a server how it is. Raises InvalidInput where `url` is no address of one."""
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise InvalidInput(f"--url {url!r} is not an address. Use for example http://127.0.0.1:8080.")
    base = url.rstrip("/")
    try:
        status, body = _get(f"{base}/healthz")
        version = msgspec.json.decode(body, type=dict[str, str]).get("version", "")
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        yield finding("server_unreachable", "error", url=base, reason=getattr(error, "reason", error))
        return
    if status != 200:
        yield finding("server_unreachable", "error", url=base, reason=f"HTTP {status}")
        return
    if version != __version__:
        yield finding("server_other_version", "warning", there=version, here=__version__)
    yield from _readiness(base)
    yield from _figures(base)


def _readiness(base: str) -> Iterator[Finding]:
    status, body = _get(f"{base}/readyz")
    try:
        told = msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        told = {}
    if status != 200:
        error = told.get("error") if isinstance(told, dict) else None
        reason = error.get("message") if isinstance(error, dict) else f"HTTP {status}"
        yield finding("server_not_ready", "error", reason=reason)
    elif isinstance(told, dict) and told.get("degraded"):
        yield finding("server_degraded", "warning", reasons=", ".join(map(str, told["degraded"])))


def _figures(base: str) -> Iterator[Finding]:
    status, body = _get(f"{base}/metrics")
    if status != 200:
        return
    calls = failed = 0.0
    outcomes: dict[str, float] = {}
    not_logged = 0.0
    for family in text_string_to_metric_families(body.decode("utf-8", "replace")):
        for sample in family.samples:
            if sample.name == "daogou_requests_total":
                calls += sample.value
                failed += sample.value if sample.labels.get("status", "").startswith("5") else 0
            elif sample.name == "daogou_events_total":
                outcome = sample.labels.get("outcome", "")
                outcomes[outcome] = outcomes.get(outcome, 0.0) + sample.value
            elif sample.name == "daogou_slates_not_logged":
                not_logged += sample.value
    if calls >= LEAST_CALLS and failed / calls > FAILED_SHARE:
        yield finding("server_failing", "error", failed=f"{failed:,.0f}", calls=f"{calls:,.0f}")
    events = sum(outcomes.values())
    if events >= LEAST_CALLS and (refused := outcomes.get("rejected", 0.0)) / events > REFUSED_SHARE:
        yield finding("events_refused", "warning", refused=f"{refused:,.0f}", events=f"{events:,.0f}")
    if not_logged:
        yield finding("slates_not_logged", "warning", slates=f"{not_logged:,.0f}")


def _get(url: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT_SECONDS) as answer:
            return answer.status, answer.read(MAX_ANSWER_BYTES)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(MAX_ANSWER_BYTES)
