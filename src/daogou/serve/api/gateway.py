"""The outermost layer of every call: a request id, the last word on failures, headers, metrics and the log line."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from daogou.core.errors import DaogouError
from daogou.core.spans import Spans
from daogou.serve.admission import ADMITTED, STATE, Admission
from daogou.serve.api.door import STANDING
from daogou.serve.api.errors import error_response, in_public
from daogou.serve.limiter import Standing
from daogou.serve.monitor.log import logger
from daogou.serve.monitor.metrics import Metrics

REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
UNKNOWN_ROUTE = "unknown"
API_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
)
RATE_LIMIT_FIELDS = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "RateLimit-Policy")
"""As they are in use; source: draft-ietf-httpapi-ratelimit-headers-06."""

API_POLICY = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
NOT_KEPT = (b"cache-control", b"no-store")


class Gateway:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, metrics: Callable[[str], Metrics], spans: Callable[[], Spans]) -> None:
        self._app = app
        self._metrics = metrics
        self._spans = spans
        self._log = logger()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call, or pass on what is not HTTP."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        request_id = _request_id(scope)
        scope["daogou.request_id"] = request_id
        status = 0
        seconds: float | None = None

        async def send_with_headers(message: Message) -> None:
            nonlocal status, seconds
            if message["type"] == "http.response.start":
                status = message["status"]
                if "daogou.is_stream" in scope:  # what lasts by design is as fast as its beginning
                    seconds = time.perf_counter() - started
                    _leave(scope)
                message["headers"] = _with_headers(message.get("headers", ()), request_id, scope.get(STANDING))
            await send(message)

        try:
            with self._spans()("request") as note:
                await self._app(scope, receive, send_with_headers)
                note(method=_method(scope), route=scope.get("daogou.route", UNKNOWN_ROUTE), status=status)
        except Exception as error:
            scope["daogou.error"] = error
            if status == 0:
                response = error_response(in_public(error), request_id)
                await response(scope, receive, send_with_headers)
        finally:
            _leave(scope)
            whole = time.perf_counter() - started
            self._record(scope, status, whole if seconds is None else seconds, request_id)

    def _record(self, scope: Scope, status: int, seconds: float, request_id: str) -> None:
        route = scope.get("daogou.route", UNKNOWN_ROUTE)
        shop = scope.get("daogou.shop", "")
        metrics = self._metrics(shop)
        metrics.requests.labels(route, _method(scope), str(status)).inc()
        metrics.latency.labels(route).observe(seconds)
        holder = scope.get("daogou.holder")
        facts: dict[str, Any] = {
            "request_id": request_id,
            "shop": shop or None,
            "method": _method(scope),
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 2),
            "key_id": holder.key_id if holder else None,
        }
        if "daogou.agent" in scope:
            facts |= {"agent": scope["daogou.agent"], "tool": scope["daogou.tool"]}
        error = scope.get("daogou.error")
        if error is None:
            self._log.info("call", **facts)
        elif isinstance(error, DaogouError):
            level = self._log.warning if error.status >= 500 else self._log.info
            level("call", **facts, error=error.code)
        else:
            self._log.error("call", **facts, error=type(error).__name__, exc_info=error)


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and REQUEST_ID.fullmatch(value):
            return str(value, "ascii")
    return secrets.token_hex(8)


def _leave(scope: Scope) -> None:
    """Give up the place that was taken when the call came in; only once."""
    if scope.pop(ADMITTED, False):
        admission: Admission = scope["state"][STATE]
        admission.leave()


def _with_headers(headers: Any, request_id: str, standing: Standing | None) -> list[tuple[bytes, bytes]]:
    given = list(headers)
    names = {name for name, _ in given}
    given.append((b"x-request-id", request_id.encode()))
    given.extend(API_HEADERS)
    if standing is not None:
        given.extend(_limit_headers(standing))
    if API_POLICY[0] not in names:
        given.append(API_POLICY)
    if NOT_KEPT[0] not in names:
        given.append(NOT_KEPT)
    return given


def _limit_headers(standing: Standing) -> list[tuple[bytes, bytes]]:
    """What the caller has left, in the order of RATE_LIMIT_FIELDS."""
    policy = f"{standing.limit};w={standing.window_seconds}"
    values = (standing.limit, standing.remaining, standing.reset_seconds, policy)
    return [(name, str(value).encode()) for name, value in zip(_LIMIT_NAMES, values, strict=True)]


_LIMIT_NAMES = tuple(name.lower().encode() for name in RATE_LIMIT_FIELDS)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _method(scope: Scope) -> str:
    """The method, from a closed set: a label must not grow with what callers make up."""
    return scope["method"] if scope["method"] in _METHODS else "OTHER"
