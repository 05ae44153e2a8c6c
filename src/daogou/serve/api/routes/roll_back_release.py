"""POST /v1/releases/{name}/rollback: leave a release, and put the one in force again that served before it."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from daogou.core.errors import Conflict
from daogou.learn.canary import read_canary
from daogou.learn.promotion import roll_back, stop_canary
from daogou.learn.releases import find_release
from daogou.learn.training.release import current_name
from daogou.serve.api.audited import audited
from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.routes.promote_release import NAME
from daogou.serve.api.rule_rows import author_of
from daogou.serve.api.service import Service
from daogou.serve.api.wire.releases import ReleaseSwitched
from daogou.serve.keys import Scope


async def roll_back_release(call: Call) -> Response:
    """Of a canary: it serves nobody any more. Of a release that does not serve: Conflict, and nothing changes."""
    left = call.path("name")
    switched = await run_in_threadpool(_left, call.service, left, author_of(call))
    await audited(call, "release_rolled_back", left=left, serving=switched.serving)
    return reply(switched)


def _left(service: Service, name: str, author: str) -> ReleaseSwitched:
    root, now_us = service.shop.model_root, service.clock()
    find_release(root, name)
    canary, serving = read_canary(root), current_name(root)
    if canary is not None and canary.name == name:
        stop_canary(root, name, now_us=now_us, by=author, outcome="stopped")
        return ReleaseSwitched(serving or "none")
    if name != serving:
        raise Conflict(f"{name} does not serve; {serving} does. Only what serves, or a canary, can be taken back.")
    return ReleaseSwitched(roll_back(root, keep=service.settings.training.keep, now_us=now_us, by=author).name)


ENDPOINT = Endpoint(
    "POST",
    "/v1/releases/{name}/rollback",
    "roll_back_release",
    "Take a release back",
    roll_back_release,
    ReleaseSwitched,
    "releases",
    Scope.admin,
    writes=True,
    parameters=(NAME,),
    errors=(404, 409, 422, 503, 507),
)
