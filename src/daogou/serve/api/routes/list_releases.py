"""GET /v1/releases: the trained releases, how each was judged, and what happened to them lately."""

from __future__ import annotations

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from daogou.learn.promotion import read_verdict, standings
from daogou.learn.release_log import happenings
from daogou.learn.releases import find_release
from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.wire.releases import ReleasesAnswer, happening_facts, release_facts
from daogou.serve.keys import Scope

MOST_LINES = 100


async def list_releases(call: Call) -> Response:
    """Read from the disk, so beside the event loop."""
    return reply(await run_in_threadpool(_told, call.service.shop.model_root))


def _told(root: Path) -> ReleasesAnswer:
    found = [release_facts(one, read_verdict(find_release(root, one.name))) for one in standings(root)]
    return ReleasesAnswer(found, [happening_facts(one) for one in reversed(happenings(root)[-MOST_LINES:])])


ENDPOINT = Endpoint(
    "GET",
    "/v1/releases",
    "list_releases",
    "List the trained releases",
    list_releases,
    ReleasesAnswer,
    "releases",
    Scope.admin,
    errors=(404, 503),
    leads_to={
        "promote_release": {"name": "$response.body#/releases/0/name"},
        "roll_back_release": {"name": "$response.body#/releases/0/name"},
    },
)
