"""Who may come in: how many calls one process works on at once, so that those it takes are answered soon.

A call beyond that is told to come again before anything is done for it. How many are let in follows the event loop's
own work: while it comes round late, because what it was given takes longer than LATE_SECONDS, fewer; while it keeps up
and callers are turned away all the same, as when they wait for the disk, more. Measured is the loop's CPU time, not the
clock: a neighbour on the machine that takes its turn is no reason to turn shoppers away.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

LATE_SECONDS = 0.01
LOOK_SECONDS = 0.01
FEWEST_CALLS = 24
FIRST_CALLS = 64
AT_MOST_HALVED = 0.5
GROWTH = 1.1
STATE = "admission"
"""Name in the state that the server hands to every call."""

ADMITTED = "daogou.admitted"
"""In the scope of a call: it has been counted already, before its turn came."""

ALWAYS_OPEN = (b"/healthz", b"/readyz", b"/metrics")


class Closable(Protocol):
    """A connection that can be hung up."""

    def hang_up(self) -> None: ...


class Admission:
    """One per process. `refused` counts calls that were turned away, `hung_up` connections that were closed."""

    def __init__(
        self,
        max_open_calls: int,
        max_connections: int,
        *,
        busy_seconds: Callable[[], float] = time.thread_time,
        when_looking: Callable[[Admission], None] | None = None,
    ) -> None:
        self._when_looking = when_looking
        self._most = max_open_calls
        self._max_connections = max_connections
        self._busy_seconds = busy_seconds
        self._allowed = float(min(FIRST_CALLS, max_open_calls))
        self._was_full = False
        self._is_looking = False
        self._looked_at = 0.0
        self._silent: OrderedDict[Closable, None] = OrderedDict()  # without a call, longest first
        self.open_calls = 0
        self.refused = 0
        self.hung_up = 0

    @property
    def allowed(self) -> int:
        """Calls that may be open now."""
        return int(self._allowed)

    def has_room(self) -> bool:
        """Whether one more call may come in; the answer is remembered."""
        if self.open_calls < self.allowed:
            return True
        self._was_full = True
        self.refused += 1
        return False

    def enter(self) -> None:
        """A call came in."""
        self.open_calls += 1
        if not self._is_looking:
            self._is_looking = True
            self._looked_at = self._busy_seconds()
            asyncio.get_running_loop().call_later(LOOK_SECONDS, self._look)

    def leave(self) -> None:
        """A call was answered, or turned into a stream."""
        self.open_calls -= 1

    def fell_silent(self, connection: Closable, n_connections: int) -> None:
        """A connection waits for its next call; with too many open, those that wait longest are hung up."""
        self._silent[connection] = None
        while n_connections > self._max_connections and self._silent:
            longest, _ = self._silent.popitem(last=False)
            self.hung_up += 1
            n_connections -= 1
            longest.hang_up()

    def spoke(self, connection: Closable) -> None:
        """A connection has a call now, or is gone."""
        self._silent.pop(connection, None)

    def _look(self) -> None:
        now = self._busy_seconds()
        self.adapt(now - self._looked_at - LOOK_SECONDS)
        self._looked_at = now
        if self._when_looking is not None:
            self._when_looking(self)
        self._is_looking = self.open_calls > 0
        if self._is_looking:
            asyncio.get_running_loop().call_later(LOOK_SECONDS, self._look)

    def adapt(self, late_seconds: float) -> None:
        """Let in fewer or more, after the loop came round so much later than asked."""
        if late_seconds > LATE_SECONDS:
            self._allowed = max(FEWEST_CALLS, self._allowed * max(AT_MOST_HALVED, LATE_SECONDS / late_seconds))
        elif self._was_full:
            self._allowed = min(self._most, self._allowed * GROWTH)
        self._was_full = False
