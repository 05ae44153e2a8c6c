"""An administrative call leaves its entry in the audit log before it is answered."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool

from daogou.serve.api.endpoint import Call
from daogou.serve.audit.chain import Fact


async def audited(call: Call, act: str, **facts: Fact) -> None:
    """Note what the holder of the call's key did; see `daogou.serve.audit.chain.ACTS`."""
    assert call.holder is not None, "an administrative act needs a key"

    def add() -> None:
        call.service.audit.add(act, f"key {call.holder.key_id}" if call.holder else "", **facts)

    await run_in_threadpool(add)
