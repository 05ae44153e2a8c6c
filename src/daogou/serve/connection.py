"""One connection of a client, with bounds on what comes before a call can be answered or refused, and a polite end.

The server below bounds neither how long a caller may take over the head of a request nor how large that head may
become; both would let anybody, without a key, fill the memory or hold every connection open. Here is also where calls
beyond what the process can do are turned away: before a task is made for them, so that it costs almost nothing. And it
hangs up on idle clients the moment it is to stop, while their next call may be on its way; here a stopping server
answers that call still, with `Connection: close`, and hangs up on those who are silent a little later.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from daogou.serve.admission import ADMITTED, ALWAYS_OPEN, STATE, Admission

HEAD_SECONDS = 20.0
MAX_HEAD_BYTES = 1 << 17
MAX_HEADERS = 100
MAX_UNREAD_BYTES = 1 << 20
"""Of a body that nobody will read, before the connection is closed instead."""

LAST_CALL_SECONDS = 2.0
"""How long a stopping server waits for the next call of an idle client."""

_OVERLOADED = (
    '{"error":{"code":"overloaded","message":"More calls are coming than can be answered. Try again in a moment.",'
    '"request_id":"%s"}}'
)
_TURNED_AWAY = (
    "HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\ncontent-type: application/json\r\n"
    "cache-control: no-store\r\nx-content-type-options: nosniff\r\nx-request-id: %s\r\ncontent-length: %d\r\n\r\n%s"
)


class Connection(HttpToolsProtocol):
    """A head that is not complete after HEAD_SECONDS, or grows over MAX_HEAD_BYTES, ends the connection."""

    _is_in_head = False
    _is_last = False
    _head_bytes = 0
    _head_due: asyncio.TimerHandle | None = None
    _is_turned_away = False
    _unread_bytes = 0
    _admission: Admission | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Give the first head its time."""
        super().connection_made(transport)
        self._admission = self.app_state.get(STATE)
        self._wait_for_head()
        self._fell_silent()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._stop_waiting()
        if self._admission is not None:
            self._admission.spoke(self)
        super().connection_lost(exc)

    def hang_up(self) -> None:
        """Close a connection on which nothing is being answered; whoever still wants something comes again."""
        self._stop_waiting()
        self.transport.close()

    def on_response_complete(self) -> None:
        """The next call may come."""
        super().on_response_complete()
        if not self.pipeline:
            self._fell_silent()

    def data_received(self, data: bytes) -> None:
        """Count what belongs to a head; the part that completes one may go a little over."""
        was_in_head = self._is_in_head
        super().data_received(data)
        if self._is_in_head and was_in_head:
            self._head_bytes += len(data)
            if self._head_bytes > MAX_HEAD_BYTES:
                self._refuse(b"431 Request Header Fields Too Large")

    def shutdown(self) -> None:
        """The server is about to stop: the answer under way, or the next one, is the last of this connection.

        An answer that does not end by itself is told so.
        """
        if self.cycle is None or self.cycle.response_complete:
            self._is_last = True
            self._unset_keepalive_if_required()
            self.loop.call_later(LAST_CALL_SECONDS, self._hang_up)
        else:
            super().shutdown()
        if self.cycle is not None and not self.cycle.response_complete:
            when_stopping: Callable[[], None] | None = self.cycle.scope.get("daogou.when_stopping")  # type: ignore[assignment]
            if when_stopping is not None:
                when_stopping()

    def on_message_begin(self) -> None:
        """The first byte of a head came."""
        self._is_in_head, self._head_bytes = True, 0
        if self._head_due is None:
            self._wait_for_head()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is whole; the body has its own bounds."""
        self._is_in_head = False
        self._stop_waiting()
        self._is_turned_away = False
        if len(self.headers) > MAX_HEADERS:
            self._is_turned_away = True
            self._refuse(b"431 Request Header Fields Too Large")
        elif self._admission is not None and (self.cycle is None or self.cycle.response_complete):
            self._admit(self._admission)
        if not self._is_turned_away:
            super().on_headers_complete()
            if self._is_last:
                self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        """Of a call that was turned away, drop what comes."""
        if not self._is_turned_away:
            super().on_body(body)
            return
        self._unread_bytes += len(body)
        if self._unread_bytes > MAX_UNREAD_BYTES:
            self.transport.close()

    def on_message_complete(self) -> None:
        """A call that was turned away is told so once it has been sent, or its sender would not listen."""
        if not self._is_turned_away:
            super().on_message_complete()
        elif not self.transport.is_closing():
            request_id = secrets.token_hex(8)
            said = _OVERLOADED % request_id
            self.transport.write((_TURNED_AWAY % (request_id, len(said), said)).encode())
            if self.parser.should_keep_alive() and not self._is_last:
                self._wait_for_head()
                self._fell_silent()
            else:
                self.transport.close()

    def _admit(self, admission: Admission) -> None:
        """Let the call in, count it and note that it is counted, or turn it away."""
        admission.spoke(self)
        if self.url.startswith(ALWAYS_OPEN):
            return
        if admission.has_room():
            admission.enter()
            self.scope[ADMITTED] = True  # type: ignore[literal-required]
        else:
            self._is_turned_away, self._unread_bytes = True, 0
            if self.expect_100_continue:
                self._refuse(b"503 Service Unavailable")

    def _fell_silent(self) -> None:
        if self._admission is not None and not self.transport.is_closing():
            self._admission.fell_silent(self, len(self.connections))

    def _hang_up(self) -> None:
        """The client said nothing more."""
        is_idle = self.cycle is None or self.cycle.response_complete
        if is_idle and not self._is_in_head and not self.transport.is_closing():
            self.transport.close()

    def _wait_for_head(self) -> None:
        self._head_due = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _stop_waiting(self) -> None:
        if self._head_due is not None:
            self._head_due.cancel()
            self._head_due = None

    def _give_up(self) -> None:
        self._head_due = None
        if self.cycle is not None and not self.cycle.response_complete:
            self._wait_for_head()  # an earlier call of this connection is still being answered
        else:
            self._refuse(b"408 Request Timeout")

    def _refuse(self, status: bytes) -> None:
        self._stop_waiting()
        if not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 " + status + b"\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            self.transport.close()
