"""GET /v1/categories: the category tree with counts."""

from __future__ import annotations

from starlette.responses import Response

from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.routes.get_item import LANGUAGE
from daogou.serve.api.wire.items import CategoryList
from daogou.serve.keys import Scope


async def list_categories(call: Call) -> Response:
    """Names are as the catalogue has them; parents come before their children."""
    call.query("language")
    return reply(CategoryList(list(call.service.shelf.categories())))


ENDPOINT = Endpoint(
    "GET",
    "/v1/categories",
    "list_categories",
    "Read the category tree",
    list_categories,
    CategoryList,
    "catalogue",
    Scope.publishable,
    parameters=(LANGUAGE,),
    errors=(422, 503),
)
