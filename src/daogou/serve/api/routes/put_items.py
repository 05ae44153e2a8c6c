"""PUT /v1/items: new and changed items; they can be recommended from the next call on."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from daogou.data.ingest.items import parse_item
from daogou.serve.api.audited import audited
from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.rows import parse_rows, read_rows
from daogou.serve.api.wire.rows import ItemRows, ItemsTaken
from daogou.serve.keys import Scope


async def put_items(call: Call) -> Response:
    """Store the good items whole, replacing what was there; report the bad ones."""
    service = call.service
    rows = await read_rows(call, "items")
    defaults = service.defaults
    items, rejected = parse_rows(rows, lambda row: parse_item(row, defaults), "items")
    if items:
        revision = await run_in_threadpool(service.store.put_items, items)
        await audited(call, "items_put", items=len(items), revision=revision)
    else:
        revision = service.shop.reach.require(service.store.catalogue_revision)
    service.metrics.items.inc(len(items))
    return reply(ItemsTaken(len(items), revision, rejected))


ENDPOINT = Endpoint(
    "PUT",
    "/v1/items",
    "put_items",
    "Put items",
    put_items,
    ItemsTaken,
    "catalogue",
    Scope.secret,
    body=ItemRows,
    errors=(400, 408, 413, 415, 422, 503, 507),
    leads_to={
        "get_item": {"item_id": "$request.body#/items/0/id"},
        "patch_item": {"item_id": "$request.body#/items/0/id"},
        "delete_item": {"item_id": "$request.body#/items/0/id"},
    },
    description="Each item replaces the one with the same id. Recommendable from the next call on, in every worker.",
    example={"items": [{"id": "mug-red", "title": {"en": "Red mug", "zh": "红色马克杯"}, "price": 12.5}]},
)
