"""DELETE /v1/items/{item_id}: take an item out of every list; its events stay."""

from __future__ import annotations

from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.routes.patch_item import ITEM_ID, stored
from daogou.serve.api.wire.rows import ItemsTaken
from daogou.serve.keys import Scope


async def delete_item(call: Call) -> Response:
    """Hide it: what people did with it still teaches the models about their taste."""
    service = call.service
    item = stored(service, call.path("item_id"))
    if item.is_hidden:
        return reply(ItemsTaken(1, service.store.catalogue_revision(), []))
    revision = await run_in_threadpool(service.store.put_items, [replace(item, is_hidden=True)])
    service.metrics.items.inc()
    return reply(ItemsTaken(1, revision, []))


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
    description="The item is hidden everywhere from the next call on. Putting it again brings it back.",
)
