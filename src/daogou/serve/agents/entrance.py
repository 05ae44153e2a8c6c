"""Who may come in at the assistants' door: which host was called, from which page, with which key, and how often."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlsplit

from starlette.requests import Request

from daogou.core.errors import Forbidden, InvalidInput, NotFound
from daogou.core.settings import Settings
from daogou.serve.agents.known import agent_name
from daogou.serve.agents.server import AgentCall
from daogou.serve.api.door import count_agent, enter
from daogou.serve.api.endpoint import Call
from daogou.serve.api.shops import OpenShop, Shops
from daogou.serve.keys import Scope

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class WrongHost(InvalidInput):
    """Called under a name that is not this shop's: a page of somebody else may have sent the browser here."""

    code = "wrong_host"
    status = 421


async def let_in(request: Request) -> AgentCall:
    """The call with its shop.

    Raises WrongHost, Forbidden for a foreign page, Unauthorized without the key that is needed, RateLimited, and
    NotFound where the shop answers no assistants.
    """
    shops: Shops = request.app.state.shops
    call, shop = Call(request, shops, shops.only, None), _shop_without_key(request, shops)
    has_key = "authorization" in request.headers or "x-api-key" in request.headers
    if has_key or shop is None or not shop.service.settings.agents.open:
        call = await enter(call, Scope.publishable)
        shop = call.shop
    assert shop is not None, "a key belongs to a shop"
    settings = shop.service.settings
    if not settings.agents.mcp:
        raise NotFound("This shop answers no assistants.")
    check_address(request, settings)
    request.scope["daogou.shop"] = shop.id
    await count_agent(call, shop, settings.agents.limit)
    return AgentCall(shop, partial(_note, request, shop))


def check_address(request: Request, settings: Settings) -> None:
    """Raise WrongHost or Forbidden where the call came under a foreign name or from a foreign page.

    Without this a page on the internet could have its own name point at this machine, and read a shop that only this
    network may read (DNS rebinding).
    """
    host = _name(request.headers.get("host", ""))
    if host not in own_names(settings):
        raise WrongHost("This host name is not the shop's. It belongs into [agents] hosts if it is.")
    origin = request.headers.get("origin")
    if origin is None:
        return
    if origin not in settings.server.allow_origins and _name(urlsplit(origin).netloc) not in own_names(settings):
        raise Forbidden("This page is not the shop's. It belongs into [server] allow_origins if it may call.")


def own_names(settings: Settings) -> frozenset[str]:
    """The host names under which assistants may call."""
    own = _name(urlsplit(settings.shop.url).netloc)
    named = (*settings.agents.hosts, *settings.server.hosts, *LOOPBACK)
    return frozenset(name for name in (own, *(one.lower() for one in named)) if name)


def _name(host: str) -> str:
    """Without the port."""
    host = host.lower()
    return host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.partition(":")[0]


def _shop_without_key(request: Request, shops: Shops) -> OpenShop | None:
    return shops.of_host(request.headers.get("host", ""))


def _note(request: Request, shop: OpenShop, tool: str, profile: str, outcome: str) -> None:
    name = agent_name(profile, request.headers.get("user-agent", ""))
    request.scope["daogou.agent"], request.scope["daogou.tool"] = name, tool
    shop.service.metrics.agent_calls.labels(tool, name, outcome).inc()
