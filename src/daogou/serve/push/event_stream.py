"""The answer that does not end: slates, and changes of their items, as server-sent events.

Source: https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from __future__ import annotations

import asyncio

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from daogou.serve.push.hub import Hub
from daogou.serve.push.subscriber import Subscriber

MEDIA_TYPE = "text/event-stream"
HEARTBEAT_SECONDS = 15.0
RETRY_MS = 2_000
WHEN_STOPPING = "daogou.when_stopping"
"""In the scope of a call: what to do when the server is about to stop."""

IS_STREAM = "daogou.is_stream"
"""In the scope of a call: its answer lasts, so that only the time until it began is its latency."""

_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # nginx would keep back what should be seen at once
]
_BEGIN = f"retry: {RETRY_MS}\n\n".encode()
_HEARTBEAT = b": still here\n\n"
_BYE = b"event: bye\ndata: {}\n\n"


class EventStream(Response):
    """Sends what waits for a subscriber until one of the two sides leaves."""

    media_type = MEDIA_TYPE

    def __init__(self, hub: Hub, subscriber: Subscriber) -> None:
        self._hub = hub
        self._subscriber = subscriber

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call."""
        subscriber = self._subscriber
        scope[WHEN_STOPPING], scope[IS_STREAM] = subscriber.dismiss, True
        gone = asyncio.create_task(_until_gone(receive, subscriber))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": list(_HEADERS)})
            await _write(send, _BEGIN)
            while not (subscriber.is_gone or subscriber.is_dismissed):
                await self._send_news(send)
            if not subscriber.is_gone:
                await _write(send, _BYE)
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            gone.cancel()
            self._hub.leave(subscriber)

    async def _send_news(self, send: Send) -> None:
        """Everything that waits, or a heartbeat after a while of nothing."""
        try:
            async with asyncio.timeout(HEARTBEAT_SECONDS):
                await self._subscriber.news.wait()
        except TimeoutError:
            await _write(send, _HEARTBEAT)
            return
        while not self._subscriber.is_gone and (message := self._subscriber.next()) is not None:
            await _write(send, message.encoded())
            if not self._subscriber.is_gone:
                self._hub.sent(self._subscriber, message)


async def _write(send: Send, text: bytes) -> None:
    """Waits while the reader is slow; newer messages meanwhile replace what waits behind this one."""
    await send({"type": "http.response.body", "body": text, "more_body": True})


async def _until_gone(receive: Receive, subscriber: Subscriber) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    subscriber.leave()
