"""GET /v1/items/{item_id}: one item with everything a shopper may know about it."""

from __future__ import annotations

from starlette.responses import Response

from daogou.core.errors import NotFound
from daogou.serve.api.endpoint import Call, Endpoint, Parameter, reply
from daogou.serve.api.routes.patch_item import ITEM_ID
from daogou.serve.api.wire.items import ItemPage, page_of
from daogou.serve.keys import Scope

LANGUAGE = Parameter("language", "Language of the texts, for example en or zh-CN", {"type": "string"})


async def get_item(call: Call) -> Response:
    """The item; a publishable key does not see hidden ones."""
    service = call.service
    item_id = call.path("item_id")
    service.shop.refresh()
    item = service.shop.catalogue.item(item_id)
    may_see_hidden = call.holder is not None and call.holder.scope >= Scope.secret
    if item is None or (item.is_hidden and not may_see_hidden):
        raise NotFound(f"No item has the id {item_id!r}.")
    return reply(page_of(item, service.language(call.query("language"))))


ENDPOINT = Endpoint(
    "GET",
    "/v1/items/{item_id}",
    "get_item",
    "Read an item",
    get_item,
    ItemPage,
    "catalogue",
    Scope.publishable,
    parameters=(ITEM_ID, LANGUAGE),
    errors=(404, 422, 503),
    leads_to={
        "patch_item": {"item_id": "$request.path.item_id"},
        "delete_item": {"item_id": "$request.path.item_id"},
    },
)
