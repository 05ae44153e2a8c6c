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

from daogou.core.errors import InvalidField, NotReady
from daogou.serve.api.body import refuse_repeated_headers
from daogou.serve.api.errors import MethodNotAllowed, error_response, in_public
from daogou.serve.api.service import Service
from daogou.serve.api.shops import OpenShop, Shops
from daogou.serve.keys import KeyHolder, Scope
from daogou.serve.limiter import Limiter

ENCODER = msgspec.json.Encoder()
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the HTTP request, the shop it is about and who is calling (None where no key is needed)."""

    request: Request
    shops: Shops
    shop: OpenShop | None
    holder: KeyHolder | None

    @property
    def service(self) -> Service:
        """The shop's service; NotReady where a server of several shops was asked without a key."""
        if self.shop is None:
            raise NotReady("This server has several shops; only a call with a key is about one of them.")
        return self.shop.service

    @property
    def limiter(self) -> Limiter:
        limiter: Limiter = self.request.app.state.limiter
        return limiter

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
    """name: operation id; body: what is read (None: nothing); answer: what is sent with status 200.

    leads_to  which endpoints a good answer leads to: for each the parameters, as OpenAPI's runtime expressions
    """

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
    also_as: Sequence[str] = ()  # media types of texts that a parameter may ask for instead
    messages: Mapping[str, Any] = field(default_factory=dict)  # of an answer that does not end: shapes by event name
    leads_to: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    writes: bool = False  # whether a POST changes something; other methods say it themselves

    @property
    def is_write(self) -> bool:
        """Whether an Idempotency-Key is heeded."""
        return self.writes or self.method in ("PUT", "PATCH", "DELETE")


def reply(answer: Any) -> Response:
    """`answer` as a JSON response."""
    return Response(ENCODER.encode(answer), media_type=JSON)


Answerer = Callable[[Call, Endpoint], Awaitable[Response]]


def dispatcher(endpoints: Mapping[str, Endpoint], answerer: Answerer) -> Callable[[Request], Awaitable[Response]]:
    """The coroutine that answers one path, by method; `answerer` lets the caller in and has the endpoint answer."""
    allowed = ", ".join(sorted(endpoints))

    async def answer(request: Request) -> Response:
        request_id = request.scope["daogou.request_id"]
        try:
            method = "GET" if request.method == "HEAD" and "HEAD" not in endpoints else request.method
            endpoint = endpoints.get(method)
            if endpoint is None:
                error = MethodNotAllowed(f"{request.method} is not answered here. Allowed: {allowed}.")
                return error_response(error, request_id, {"Allow": allowed})
            refuse_repeated_headers(request.scope["headers"])
            shops: Shops = request.app.state.shops
            return await answerer(Call(request, shops, shops.only, None), endpoint)
        except Exception as error:  # every failure leaves through here, in one shape and with its headers
            request.scope["daogou.error"] = error
            return error_response(in_public(error), request_id)

    return answer


def _text(name: str, text: str) -> str:
    if "\x00" in text:
        raise InvalidField(name, text, "text without NUL characters", rule="nul_character")
    if len(text) > 2_000:
        raise InvalidField(name, text, "at most 2000 characters", rule="too_long")
    return text
