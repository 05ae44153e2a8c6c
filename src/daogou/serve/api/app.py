"""The application: everything is wired together here, and nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
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

from daogou.core.clock import Clock, system_clock
from daogou.core.errors import DaogouError, NotFound
from daogou.core.settings import Settings, read_settings
from daogou.data.store import EventWriter
from daogou.decide.pipeline import recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop
from daogou.serve.api.docs_page import docs_page
from daogou.serve.api.endpoint import Endpoint, dispatcher
from daogou.serve.api.errors import MethodNotAllowed, error_response
from daogou.serve.api.gateway import Gateway
from daogou.serve.api.openapi import document
from daogou.serve.api.routes import endpoints
from daogou.serve.api.service import Service
from daogou.serve.api.slate_log import SlateLog
from daogou.serve.api.storefront import BUILT, Storefront
from daogou.serve.handover import folder_and_settings
from daogou.serve.keys import KeyRing, read_pepper, storefront_key
from daogou.serve.monitor.log import SINK, configure_log, logger
from daogou.serve.monitor.metrics import Metrics
from daogou.serve.monitor.tracing import open_tracing

Answer = Callable[[Request], Awaitable[Response]]


def nothing() -> None:
    """What is done when nothing is to be done."""


def create_app(
    folder: Path | None = None,
    settings: Settings | None = None,
    *,
    clock: Clock = system_clock,
    static: Path = BUILT,
    when_open: Callable[[], None] = nothing,
) -> Starlette:
    """The ASGI application of the shop in `folder`.

    Without a folder, as a server's worker calls it, folder and settings come from the environment. `when_open` is
    called once the shop is open, before the first answer.
    """
    place, chosen = folder_and_settings() if folder is None else (folder, settings or read_settings(folder))
    configure_log()
    app = Starlette(
        lifespan=_lifespan(place, chosen, clock, when_open),
        exception_handlers={HTTPException: _http_error},
    )
    app.state.metrics = Metrics()
    app.state.tracing = open_tracing(chosen.tracing, chosen.shop.id)
    app.router.redirect_slashes = False
    for path, methods in _by_path(endpoints()).items():
        app.router.routes.append(_route(path, dispatcher(methods)))
    _add_pages(app, place, chosen, static)
    _allow_origins(app, chosen.server.allow_origins)
    app.add_middleware(Gateway, metrics=lambda: app.state.metrics, spans=lambda: app.state.tracing.spans)
    return app


def open_service(folder: Path, settings: Settings, clock: Clock, metrics: Metrics) -> Service:
    """Open the shop and everything an endpoint needs; warm, so that the first shopper does not wait."""
    shop = Shop.open(folder, settings, clock)
    writer = EventWriter(shop.store)
    service = Service(shop, writer, KeyRing(folder, read_pepper(folder, settings)), metrics, SlateLog(writer))
    for placement in settings.placements:
        if len(shop.catalogue):
            recommend(shop, RecommendRequest(placement, personalize=False))
    return service


def _lifespan(folder: Path, settings: Settings, clock: Clock, when_open: Callable[[], None]) -> Any:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        service = open_service(folder, settings, clock, app.state.metrics)
        service.shop.spans = app.state.tracing.spans
        app.state.service = service
        when_open()
        logger().info("open", shop=settings.shop.id, items=len(service.shop.catalogue), model=service.shop.release_name)
        try:
            yield
        finally:
            await run_in_threadpool(service.close)
            await run_in_threadpool(app.state.tracing.close)
            logger().info("closed", shop=settings.shop.id)
            SINK.end()

    return lifespan


def _allow_origins(app: Starlette, origins: Sequence[str]) -> None:
    """Let pages of these other sites call; without any, browsers keep all others out."""
    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(origins),
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "X-API-Key", "X-Request-Id"],
            expose_headers=["X-Request-Id", "Retry-After"],
            max_age=600,
        )


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


def _add_pages(app: Starlette, folder: Path, settings: Settings, static: Path) -> None:
    storefront: list[Storefront] = []

    async def described(request: Request) -> Response:
        return Response(msgspec.json.encode(document()), media_type="application/json")

    async def documented(request: Request) -> Response:
        return docs_page(document())

    async def page(request: Request) -> Response:
        request_id = request.scope["daogou.request_id"]
        if request.url.path.startswith("/v1"):
            return error_response(NotFound(f"Nothing is at {request.url.path!r}. See /docs."), request_id)
        if request.method not in ("GET", "HEAD"):
            return error_response(
                MethodNotAllowed(f"{request.method} is not answered here."), request_id, {"Allow": "GET"}
            )
        if not storefront:
            storefront.append(Storefront(static, await run_in_threadpool(storefront_key, folder, settings)))
        found = storefront[0].answer(request)
        return found or error_response(NotFound(f"Nothing is at {request.url.path!r}."), request_id)

    app.router.routes.append(_route("/openapi.json", described))
    app.router.routes.append(_route("/docs", documented))
    app.router.routes.append(Route("/{path:path}", _Plain(_noted_page(page))))


def _noted_page(page: Answer) -> Answer:
    async def noted(request: Request) -> Response:
        request.scope["daogou.route"] = "storefront"
        return await page(request)

    return noted


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    made = NotFound("Nothing is here. See /docs.") if error.status_code == 404 else DaogouError(str(error.detail))
    return error_response(made, request.scope["daogou.request_id"])
