"""DELETE /v1/items/{item_id}: take an item out of every list; its events stay."""

from __future__ import annotations

from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from daogou.core.types import Item
from daogou.serve.api.audited import audited
from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.routes.patch_item import ITEM_ID
from daogou.serve.api.wire.rows import ItemsTaken
from daogou.serve.keys import Scope


async def delete_item(call: Call) -> Response:
    """Hide it: what people did with it still teaches the models about their taste."""
    service = call.service
    item_id = call.path("item_id")
    revision = await run_in_threadpool(service.store.change_item, item_id, _hidden)
    await audited(call, "item_hidden", item_id=item_id, revision=revision)
    service.metrics.items.inc()
    return reply(ItemsTaken(1, revision, []))


def _hidden(item: Item) -> Item:
    return replace(item, is_hidden=True)


ENDPOINT = Endpoint(
    "DELETE",
    "/v1/items/{item_id}",
    "delete_item",
    "Delete an item",
    delete_item,
    ItemsTaken,
    "catalogue",
    Scope.secret,
    parameters=(ITEM_ID,),
    errors=(404, 503, 507),
    leads_to={
        "get_item": {"item_id": "$request.path.item_id"},
        "patch_item": {"item_id": "$request.path.item_id"},
    },
    description="The item is hidden everywhere from the next call on. Putting it again brings it back.",
)
