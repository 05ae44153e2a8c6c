"""GET /healthz: the process answers."""

from __future__ import annotations

import msgspec
from starlette.responses import Response

from daogou import __version__
from daogou.core.errors import DiskFailed
from daogou.serve.api.endpoint import Call, Endpoint, reply


class Health(msgspec.Struct, frozen=True):
    """Alive, and able to go on so."""

    status: str
    version: str


async def health(call: Call) -> Response:
    """Touches nothing: restart the process when this does not answer, or answers 503."""
    failed = call.service.writer.disk_failed
    if failed is not None:
        raise DiskFailed(failed)
    return reply(Health("ok", __version__))


ENDPOINT = Endpoint("GET", "/healthz", "health", "Is the process alive?", health, Health, "operation", errors=(503,))
