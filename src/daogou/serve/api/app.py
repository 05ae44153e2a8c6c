"""The application: everything is wired together here, and nowhere else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from daogou.core.clock import Clock, system_clock
from daogou.core.errors import DaogouError, NotFound
from daogou.core.settings import Settings, read_settings
from daogou.core.spans import Spans, no_spans
from daogou.data.store import EventWriter
from daogou.decide.pipeline import recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop
from daogou.serve.admission import STATE, Admission
from daogou.serve.agents.mount import add_agents, agents_open, check_agents
from daogou.serve.api.docs_page import docs_page
from daogou.serve.api.door import answer
from daogou.serve.api.endpoint import Endpoint, dispatcher
from daogou.serve.api.errors import error_response
from daogou.serve.api.gateway import RATE_LIMIT_FIELDS, Gateway
from daogou.serve.api.openapi import document
from daogou.serve.api.pages import Pages
from daogou.serve.api.routes import endpoints
from daogou.serve.api.service import Service
from daogou.serve.api.shops import Shops
from daogou.serve.api.slate_log import SlateLog
from daogou.serve.api.storefront import BUILT
from daogou.serve.handover import ManyShops, folder_and_settings, many_shops
from daogou.serve.keys import KeyRing, read_pepper
from daogou.serve.limiter import Limiter, check_limits
from daogou.serve.monitor.log import SINK, configure_log
from daogou.serve.monitor.metrics import Metrics
from daogou.serve.monitor.tracing import open_tracing
from daogou.serve.open_files import connections_allowed
from daogou.serve.swap import Swaps

Answer = Callable[[Request], Awaitable[Response]]


def nothing() -> None:
    """What is done when nothing is to be done."""


def create_app(
    folder: Path | None = None,
    settings: Settings | None = None,
    *,
    several: ManyShops | None = None,
    clock: Clock = system_clock,
    static: Path = BUILT,
    when_open: Callable[[], None] = nothing,
) -> Starlette:
    """The ASGI application of the shop in `folder`, or of `several` shops, when `settings` are the server's own.

    Without either, as a server's worker calls it, they come from the environment. `when_open` is called once the shops
    are open, before the first answer.
    """
    if folder is None and several is None and (handed := many_shops()) is not None:
        several, settings = handed
    configure_log()
    app = Starlette(exception_handlers={HTTPException: _http_error})
    metrics = app.state.metrics = Metrics()
    if several is None:
        place, chosen = folder_and_settings() if folder is None else (folder, settings or read_settings(folder))
    else:
        chosen = settings or several.server_settings()
    tracing = app.state.tracing = open_tracing(chosen.tracing, chosen.shop.id)

    def opened(at: Path) -> Service:
        return open_service(at, chosen if several is None else read_settings(at), clock, metrics, tracing.spans)

    shops = Shops((lambda: [place]) if several is None else several.wanted, opened, is_one=several is None)
    app.router.lifespan_context = _lifespan(chosen, when_open)
    app.state.shops = shops
    app.state.server = chosen.server
    app.state.limits = chosen.limits
    app.state.limiter = Limiter(chosen.limits.storage)
    app.state.admission = Admission(
        chosen.server.max_open_calls,
        connections_allowed(chosen.server.max_connections),
        when_looking=partial(_note_load, metrics),
    )
    app.router.redirect_slashes = False
    for path, methods in _by_path(endpoints()).items():
        app.router.routes.append(_route(path, dispatcher(methods, answer)))
    add_agents(app, chosen)
    _add_pages(app, static)
    _allow_origins(app, chosen.server.allow_origins, shops)
    by_shop: dict[str, Metrics] = {"": metrics}
    app.add_middleware(
        Gateway,
        metrics=lambda shop: by_shop.get(shop) or by_shop.setdefault(shop, metrics.of(shop)),
        spans=lambda: app.state.tracing.spans,
    )
    return app


def open_service(folder: Path, settings: Settings, clock: Clock, metrics: Metrics, spans: Spans = no_spans) -> Service:
    """Open the shop and everything an endpoint needs; warm, so that the first shopper does not wait."""
    check_limits(settings.limits)
    check_agents(settings.agents)
    shop = Shop.open(folder, settings, clock, is_serving=True)
    shop.spans = spans
    writer = EventWriter(shop.store, patience_seconds=settings.storage.acknowledge_seconds)
    keys, own = KeyRing(folder, read_pepper(folder, settings)), metrics.of(settings.shop.id)
    service = Service(shop, writer, keys, own, SlateLog(writer))
    for placement in settings.placements:
        if len(shop.catalogue):
            recommend(shop, RecommendRequest(placement, personalize=False))
    return service


def _lifespan(settings: Settings, when_open: Callable[[], None]) -> Any:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[dict[str, Any]]:
        shops: Shops = app.state.shops
        shops.open_all()
        if shops.only is not None:
            app.state.service = shops.only.service
        swaps = Swaps(lambda: [shop.service for shop in shops.all])
        when_open()
        beside = [asyncio.create_task(swaps.run(), name="swaps")]
        if not shops.is_one:
            beside.append(asyncio.create_task(shops.watch(), name="shops"))
        try:
            async with agents_open(app):
                yield {STATE: app.state.admission}
        finally:
            for task in beside:
                task.cancel()
            for shop in shops.all:
                await shop.service.hang_up()
            await run_in_threadpool(shops.close_all)
            await app.state.limiter.close()
            await run_in_threadpool(app.state.tracing.close)
            SINK.end()

    return lifespan


def _note_load(metrics: Metrics, admission: Admission) -> None:
    metrics.turned_away.set(admission.refused)
    metrics.open_calls.set(admission.open_calls)


def _allow_origins(app: Starlette, origins: Sequence[str], shops: Shops) -> None:
    """Let pages of these other sites call; without any, browsers keep all others out."""
    if origins or not shops.is_one:
        app.add_middleware(
            _Origins,
            shops=shops,
            allow_origins=list(origins),
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "X-API-Key", "X-Request-Id", "Idempotency-Key"],
            expose_headers=["X-Request-Id", "Retry-After", "Idempotency-Replayed", "X-Guide-Mode", *RATE_LIMIT_FIELDS],
            max_age=600,
        )


class _Origins(CORSMiddleware):
    """Lets in the origins of the server and of all its shops: which shop a call is about, its key says later."""

    def __init__(self, app: ASGIApp, /, shops: Shops, **rest: Any) -> None:
        super().__init__(app, **rest)
        self._shops = shops

    def is_allowed_origin(self, origin: str) -> bool:
        """Whether pages of this site may call."""
        known = (origin in shop.service.settings.server.allow_origins for shop in self._shops.all)
        return super().is_allowed_origin(origin) or any(known)


def _by_path(known: list[Endpoint]) -> dict[str, dict[str, Endpoint]]:
    by_path: dict[str, dict[str, Endpoint]] = {}
    for endpoint in known:
        by_path.setdefault(endpoint.path, {})[endpoint.method] = endpoint
    return by_path


def _route(path: str, answer: Answer) -> Route:
    """A route for every method: one place then answers 405 in our own shape. Ids may hold slashes."""

    async def noted(request: Request) -> Response:
        request.scope["daogou.route"] = path
        return await answer(request)

    return Route(path.replace("_id}", "_id:path}"), _Plain(noted))


class _Plain:
    """A coroutine function as an ASGI application, so that routing does not filter by method."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        response = await self._answer(Request(scope, receive, send))
        await response(scope, receive, send)


def _add_pages(app: Starlette, static: Path) -> None:
    async def described(request: Request) -> Response:
        return Response(msgspec.json.encode(document()), media_type="application/json")

    async def documented(request: Request) -> Response:
        return docs_page(document())

    app.router.routes.append(_route("/openapi.json", described))
    app.router.routes.append(_route("/docs", documented))
    app.router.routes.append(Route("/{path:path}", _Plain(_noted_page(Pages(static).answer))))


def _noted_page(page: Answer) -> Answer:
    async def noted(request: Request) -> Response:
        request.scope["daogou.route"] = "storefront"
        return await page(request)

    return noted


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    made = NotFound("Nothing is here. See /docs.") if error.status_code == 404 else DaogouError(str(error.detail))
    return error_response(made, request.scope["daogou.request_id"])
