"""POST /v1/events: what happened in the shop; answered only after it is on disk."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence

from starlette.responses import Response

from daogou.core.clock import SECOND_US, isoformat
from daogou.core.errors import InvalidField, StorageUnavailable
from daogou.core.types import Event
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.events import parse_event
from daogou.data.ingest.moments import read_moment
from daogou.data.store import Appended
from daogou.serve.api.door import count_shopper
from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.rows import parse_rows, read_rows
from daogou.serve.api.service import Service
from daogou.serve.api.wire.rows import EventRow, EventRows, EventsTaken
from daogou.serve.keys import Scope


async def send_events(call: Call) -> Response:
    """Store the good events, report the bad ones; 200 is a promise that the good ones survive a crash."""
    service = call.service
    rows = await read_rows(call, "events", single=True)
    now_us, defaults = service.clock(), service.defaults
    events, rejected = parse_rows(rows, lambda row: parse(row, defaults, now_us), "events")
    await count_shopper(call, *(event.user_id or event.visitor_id for event in events))
    accepted = duplicates = 0
    if events:
        stored = await _on_disk(service, events)
        accepted, duplicates = stored.accepted, stored.duplicates
        _count_times(service, events, now_us)
    counted = service.metrics.events
    counted.labels("accepted").inc(accepted)
    counted.labels("duplicate").inc(duplicates)
    counted.labels("rejected").inc(len(rejected))
    return reply(EventsTaken(accepted, duplicates, rejected))


async def _on_disk(service: Service, events: Sequence[Event]) -> Appended:
    """Wait until they are; StorageUnavailable after the time the shop allows, and then nobody knows yet."""
    seconds = service.settings.storage.acknowledge_seconds
    metrics, writer = service.metrics, service.writer
    started = time.perf_counter()
    with service.spans("store") as note:
        note(events=len(events))
        answer = writer.submit(events)
        metrics.write_queue.set(writer.waiting)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(answer), seconds)
        except TimeoutError:
            raise StorageUnavailable(
                f"The events were not on the disk after {seconds:g} s, so they are not acknowledged. Send them again "
                "with the same event_id; they count once."
            ) from None
        finally:
            metrics.write_queue.set(writer.waiting)
            metrics.commit_latency.observe(time.perf_counter() - started)


def _count_times(service: Service, events: Sequence[Event], now_us: int) -> None:
    metrics = service.metrics
    for event in events:
        metrics.event_lag.observe(max(0.0, (now_us - event.at_us) / SECOND_US))
    metrics.last_event.set(now_us / SECOND_US)


def parse(row: Mapping[str, object], defaults: Defaults, now_us: int) -> Event:
    """One event; a number outside the bounds of time is answered with how it was read, the usual mistake."""
    try:
        return parse_event(row, defaults, now_us)
    except InvalidField as error:
        if error.rule not in ("time_in_future", "time_too_old") or isinstance(error.value, str):
            raise
        at_us, unit = read_moment(error.value, error.field, defaults)
        allowed = f"{error.allowed} (read as {UNITS.get(unit, unit)}: {isoformat(at_us)})"
        raise InvalidField(error.field, error.value, allowed, rule=error.rule) from error


UNITS = {"s": "seconds", "ms": "milliseconds", "µs": "microseconds", "ns": "nanoseconds"}

ENDPOINT = Endpoint(
    "POST",
    "/v1/events",
    "send_events",
    "Send events",
    send_events,
    EventsTaken,
    "events",
    Scope.publishable,
    body=(EventRows, EventRow),
    errors=(400, 408, 413, 415, 422, 503, 507),
    description=(
        "One event or a list. Valid events are stored even when others of the call are refused; the answer comes "
        "after they are committed to disk. Sending the same event_id again counts once, so retry freely."
    ),
    example={
        "events": [
            {
                "event_id": "7b1f9c0e-1",
                "event_name": "view_item",
                "timestamp": "2026-11-21T10:00:00Z",
                "visitor_id": "v-1",
                "items": [{"item_id": "mug-red"}],
            }
        ]
    },
    writes=True,
)
