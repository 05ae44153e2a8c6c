"""When an endpoint that fails is left alone, and when it is tried again."""

from __future__ import annotations

from dataclasses import dataclass, field

FAILURES = 5
WITHIN_SECONDS = 30.0
REST_SECONDS = 60.0


@dataclass
class Breaker:
    """Five failures within thirty seconds, and nobody asks for a minute; then one call tries for all.

    Times are seconds of a clock that never goes back, given by the caller.
    """

    _failed_at: list[float] = field(default_factory=list)
    _opened_at: float | None = None
    _is_trying: bool = False

    def is_open(self, now: float) -> bool:
        """Whether the endpoint rests; asks nothing of the one call that may try it."""
        return self._opened_at is not None and now - self._opened_at < REST_SECONDS

    def may_call(self, now: float) -> bool:
        """Whether this call may go out; once rested, only one does until it is known how it went."""
        if self._opened_at is None:
            return True
        if self.is_open(now) or self._is_trying:
            return False
        self._is_trying = True
        return True

    def worked(self) -> None:
        """A call was answered."""
        self._failed_at.clear()
        self._opened_at, self._is_trying = None, False

    def failed(self, now: float) -> None:
        """A call was not."""
        self._failed_at = [at for at in self._failed_at if now - at < WITHIN_SECONDS] + [now]
        if self._is_trying or len(self._failed_at) >= FAILURES:
            self._opened_at, self._is_trying = now, False

    def left(self) -> None:
        """A call was given up by whoever waited for it: that says nothing of the endpoint."""
        self._is_trying = False
