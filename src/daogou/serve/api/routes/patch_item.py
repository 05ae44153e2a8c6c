"""PATCH /v1/items/{item_id}: change some fields of an item, for example its price, or hide it."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from daogou.core.errors import InvalidField
from daogou.core.types import Item
from daogou.data.ingest.exports import item_row
from daogou.data.ingest.items import parse_item
from daogou.serve.api.audited import audited
from daogou.serve.api.body import decode, read_body
from daogou.serve.api.endpoint import Call, Endpoint, Parameter, reply
from daogou.serve.api.item_change import changed_row, refuse_amounts_left_behind
from daogou.serve.api.rows import ANY
from daogou.serve.api.wire.rows import ItemChange, ItemsTaken
from daogou.serve.keys import Scope

ITEM_ID = Parameter("item_id", "Id of the item", {"type": "string", "minLength": 1}, place="path")


async def patch_item(call: Call) -> Response:
    """Lay the change over the item, check the whole as if it came new, put it back; nobody writes in between."""
    service = call.service
    item_id = call.path("item_id")
    change = decode(await read_body(call.request, service.settings.server.max_body_bytes), ANY)
    if not isinstance(change, dict):
        raise InvalidField("body", change, "an object with the fields to change", rule="wrong_type")
    if change.get("id", item_id) != item_id:
        raise InvalidField("id", change["id"], f"{item_id!r}, or leave it out: ids do not change", rule="id_changed")

    def changed(item: Item) -> Item:
        after = parse_item(changed_row(item_row(item), change), service.defaults)
        refuse_amounts_left_behind(item, after, change)
        return after

    revision = await run_in_threadpool(service.store.change_item, item_id, changed)
    if "hidden" in change:
        await audited(call, "item_hidden" if change["hidden"] else "item_shown", item_id=item_id, revision=revision)
    service.metrics.items.inc()
    return reply(ItemsTaken(1, revision, []))


ENDPOINT = Endpoint(
    "PATCH",
    "/v1/items/{item_id}",
    "patch_item",
    "Change an item",
    patch_item,
    ItemsTaken,
    "catalogue",
    Scope.secret,
    body=ItemChange,
    parameters=(ITEM_ID,),
    errors=(400, 404, 408, 413, 415, 422, 503, 507),
    description='Only the fields given change; null empties a field. {"hidden": true} takes it out of every list.',
    example={"price": 11.0, "hidden": False},
)
