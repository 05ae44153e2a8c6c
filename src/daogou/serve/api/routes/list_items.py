"""GET /v1/items: browse the catalogue by category and words, or read several items by id."""

from __future__ import annotations

from starlette.responses import Response

from daogou.core.errors import InvalidField
from daogou.serve.api.browse import SORTS
from daogou.serve.api.endpoint import Call, Endpoint, Parameter, reply
from daogou.serve.api.routes.get_item import LANGUAGE
from daogou.serve.api.wire.items import ItemList, card_of
from daogou.serve.keys import Scope

DEFAULT_LIMIT = 24
MAX_LIMIT = 200
MAX_OFFSET = 10_000_000
MAX_IDS = 500
RELEVANCE = "relevance"


async def list_items(call: Call) -> Response:
    """Visible items only: hidden, expired and not yet available ones are left out."""
    service = call.service
    language = service.language(call.query("language"))
    ids = call.query("ids")
    if ids is not None:
        return reply(_by_id(call, [one.strip() for one in ids.split(",") if one.strip()], language))
    words = (call.query("q") or "").strip()
    allowed = (RELEVANCE, *SORTS) if words else tuple(SORTS)
    sort = call.query("sort") or (RELEVANCE if words else "title")
    if sort not in allowed:
        raise InvalidField("sort", sort, "one of " + ", ".join(allowed), rule="unknown_sort")
    category = call.query("category") or ""
    found = service.shelf.listing(
        category=tuple(part.strip() for part in category.split(">") if part.strip()),
        words=words,
        sort=sort,
        language=language,
    )
    offset = call.whole_number("offset", 0, MAX_OFFSET)
    limit = call.whole_number("limit", DEFAULT_LIMIT, MAX_LIMIT)
    return reply(ItemList([card_of(item, language) for item in found[offset : offset + limit]], len(found)))


def _by_id(call: Call, ids: list[str], language: str) -> ItemList:
    if len(ids) > MAX_IDS:
        raise InvalidField("ids", f"{len(ids)} ids", f"at most {MAX_IDS} ids", rule="too_many")
    catalogue, shelf = call.service.shop.catalogue, call.service.shelf
    call.service.shop.refresh()
    known = [item for item in map(catalogue.item, dict.fromkeys(ids)) if item is not None and shelf.is_visible(item)]
    return ItemList([card_of(item, language) for item in known], len(known))


ENDPOINT = Endpoint(
    "GET",
    "/v1/items",
    "list_items",
    "Browse items",
    list_items,
    ItemList,
    "catalogue",
    Scope.publishable,
    parameters=(
        Parameter("ids", "Read these items: ids with commas between; unknown and hidden ones are left out",
                  {"type": "string"}),
        Parameter("category", "Path with > between, for example Kitchen > Mugs", {"type": "string"}),
        Parameter("q", "Words to search for; POST /v1/search also counts facets and gives reasons", {"type": "string"}),
        Parameter("sort", "Order; relevance, with q only, is then the default",
                  {"type": "string", "enum": [RELEVANCE, *SORTS], "default": "title"}),
        Parameter("offset", "Skip this many", {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET, "default": 0}),
        Parameter("limit", "How many", {"type": "integer", "minimum": 0, "maximum": MAX_LIMIT,
                                        "default": DEFAULT_LIMIT}),
        LANGUAGE,
    ),
    errors=(422, 503),
)  # fmt: skip
