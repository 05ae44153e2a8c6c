"""The pages beside the API: of one shop under every address, of several under /s/<shop>/ or their host names."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from daogou.core.errors import NotFound
from daogou.serve.api.errors import MethodNotAllowed, error_response
from daogou.serve.api.shops import OpenShop, Shops
from daogou.serve.api.storefront import BuiltPages, Storefront
from daogou.serve.feeds.item_page import said_of
from daogou.serve.keys import storefront_key

UNDER = "/s/"


class Pages:
    """Answers whatever is no endpoint."""

    def __init__(self, static: Path) -> None:
        self._built = BuiltPages(static)
        self._storefronts: dict[tuple[int, str], tuple[OpenShop, Storefront]] = {}

    async def answer(self, request: Request) -> Response:
        """The page, a file of it, or what is wrong with the address."""
        request_id, path = request.scope["daogou.request_id"], request.url.path
        if path.startswith("/v1"):
            return error_response(NotFound(f"Nothing is at {path!r}. See /docs."), request_id)
        if request.method not in ("GET", "HEAD"):
            error = MethodNotAllowed(f"{request.method} is not answered here.")
            return error_response(error, request_id, {"Allow": "GET"})
        shops: Shops = request.app.state.shops
        shop, base, rest = _shop_at(shops, request.headers.get("host", ""), path)
        if shop is not None and base and not rest:
            return RedirectResponse(f"{base}/", 308)
        if shop is not None:
            request.scope["daogou.shop"] = shop.id
            found = (await self._storefront(shop, base)).answer(request, rest)
        else:
            self._built.reload_when_rebuilt()
            found = self._built.answer(request, path)
        return found or error_response(NotFound(_missing(shops, path)), request_id)

    async def _storefront(self, shop: OpenShop, base: str) -> Storefront:
        kept = self._storefronts.get((id(shop), base))
        if kept is None or kept[0] is not shop:
            key = await run_in_threadpool(storefront_key, shop.folder, shop.service.settings)
            kept = self._storefronts[id(shop), base] = (
                shop,
                Storefront(self._built, key, base, partial(said_of, shop.service.shop)),
            )
        return kept[1]


def _shop_at(shops: Shops, host: str, path: str) -> tuple[OpenShop | None, str, str]:
    """The shop at an address, the path its pages lie under, and the rest of the path."""
    if shops.only is None and path.startswith(UNDER):
        name, slash, rest = path.removeprefix(UNDER).partition("/")
        shop = shops.of_id(name)
        if shop is not None:
            return shop, UNDER + name, slash + rest
    return shops.of_host(host), "", path


def _missing(shops: Shops, path: str) -> str:
    if shops.only is not None:
        return f"Nothing is at {path!r}."
    return f"Nothing is at {path!r}. This server has several shops, with pages at {UNDER}<shop>/ or own hosts."
