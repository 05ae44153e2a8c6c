"""The assistants' door as part of the application: /mcp and /.well-known/ucp, where the settings open it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from daogou.core.errors import InvalidInput, MissingExtra, NotFound
from daogou.core.settings import AgentSettings, Settings
from daogou.serve.agents.profile import profile
from daogou.serve.api.errors import MethodNotAllowed, error_response, in_public
from daogou.serve.api.shops import Shops
from daogou.serve.limiter import windows

PATH, WELL_KNOWN = "/mcp", "/.well-known/ucp"


class AgentDoor:
    """Lets calls in and hands them to the MCP server. `running` has to be entered once, around the answering."""

    def __init__(self, max_body_bytes: int) -> None:
        try:
            from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
        except ImportError as error:
            raise MissingExtra("mcp", "mcp", "[agents] mcp = true") from error
        from daogou.serve.agents.server import make_server
        from daogou.serve.agents.tools import tools

        self._manager = StreamableHTTPSessionManager(
            make_server(tools()), json_response=True, stateless=True, max_request_body_size=max_body_bytes
        )

    def running(self) -> AbstractAsyncContextManager[None]:
        """While the door is open."""
        return self._manager.run()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One call: one JSON-RPC message in, one out."""
        from daogou.serve.agents.entrance import let_in
        from daogou.serve.agents.server import CALL

        request = Request(scope, receive, send)
        scope["daogou.route"] = PATH
        try:
            if request.method != "POST":
                raise MethodNotAllowed(f"{request.method} is not answered here: every call is a POST of its own.")
            scope[CALL] = call = await let_in(request)
        except Exception as error:
            scope["daogou.error"] = error
            headers = {"Allow": "POST"} if isinstance(error, MethodNotAllowed) else None
            await error_response(in_public(error), scope["daogou.request_id"], headers)(scope, receive, send)
            return
        call.shop.open_calls += 1
        try:
            await self._manager.handle_request(scope, receive, send)
        finally:
            call.shop.open_calls -= 1


def check_agents(settings: AgentSettings) -> None:
    """InvalidInput where the limit of the settings cannot be read."""
    try:
        windows(settings.limit)
    except InvalidInput as error:
        raise InvalidInput(f"[agents] limit: {error}") from error


def add_agents(app: Starlette, settings: Settings) -> None:
    """Open the door where `settings`, the server's own, say so. Raises MissingExtra where MCP is not installed."""
    app.state.agents = None
    if not settings.agents.mcp:
        return
    app.state.agents = door = AgentDoor(settings.server.max_body_bytes)
    app.router.routes.append(Route(PATH, door))
    app.router.routes.append(Route(WELL_KNOWN, _Profile()))


@asynccontextmanager
async def agents_open(app: Starlette) -> AsyncIterator[None]:
    """While the application answers. In a task of its own: the library wants to end in the task it began in."""
    if app.state.agents is None:
        yield
        return
    is_open, is_over = asyncio.Event(), asyncio.Event()

    async def running() -> None:
        async with app.state.agents.running():
            is_open.set()
            await is_over.wait()

    task = asyncio.create_task(running(), name="agents")
    await is_open.wait()
    try:
        yield
    finally:
        is_over.set()
        await task


class _Profile:
    """Answers /.well-known/ucp for the shop whose host name was called."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        scope["daogou.route"] = WELL_KNOWN
        try:
            response = _profile(request)
        except Exception as error:
            scope["daogou.error"] = error
            response = error_response(in_public(error), scope["daogou.request_id"])
        await response(scope, receive, send)


def _profile(request: Request) -> Response:
    from daogou.serve.agents.entrance import check_address

    if request.method not in ("GET", "HEAD"):
        raise MethodNotAllowed(f"{request.method} is not answered here.")
    shops: Shops = request.app.state.shops
    shop = shops.of_host(request.headers.get("host", ""))
    if shop is None or not shop.service.settings.agents.mcp:
        raise NotFound("No shop answers assistants under this host name.")
    settings = shop.service.settings
    check_address(request, settings)
    base = settings.shop.url.rstrip("/") or f"{request.url.scheme}://{request.headers['host']}"
    body: dict[str, Any] = profile(settings, f"{base}{PATH}")
    return Response(msgspec.json.encode(body), 200, {"Cache-Control": "public, max-age=300"}, "application/json")
