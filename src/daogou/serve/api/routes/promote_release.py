"""POST /v1/releases/{name}/promote: put a release in force, whatever its guardrail said."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from daogou.learn.promotion import promote
from daogou.serve.api.audited import audited
from daogou.serve.api.endpoint import Call, Endpoint, Parameter, reply
from daogou.serve.api.rule_rows import author_of
from daogou.serve.api.wire.releases import ReleaseSwitched
from daogou.serve.keys import Scope

NAME = Parameter("name", "From /v1/releases", {"type": "string"}, place="path")


async def promote_release(call: Call) -> Response:
    """It is loaded once and its checksums are held against its files before anything changes."""
    service, name = call.service, call.path("name")
    place = await run_in_threadpool(
        promote,
        service.shop.model_root,
        name,
        keep=service.settings.training.keep,
        now_us=service.clock(),
        by=author_of(call),
    )
    await audited(call, "release_promoted", release=place.name)
    return reply(ReleaseSwitched(place.name))


ENDPOINT = Endpoint(
    "POST",
    "/v1/releases/{name}/promote",
    "promote_release",
    "Put a release in force",
    promote_release,
    ReleaseSwitched,
    "releases",
    Scope.admin,
    writes=True,
    parameters=(NAME,),
    errors=(404, 422, 503, 507),
)
