"""Counts calls per key, per address and per shopper, and says when one has had enough.

Small allowances are counted exactly, in a window that moves with the clock; large ones by two counters per window,
which errs by a few in a hundred and needs no memory per call. Without Redis every process counts for itself.
"""

from __future__ import annotations

import ipaddress
import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from limits import RateLimitItem, parse_many
from limits.aio.storage import RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter as SharedMovingWindow
from limits.aio.strategies import SlidingWindowCounterRateLimiter as SharedCounters
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter, SlidingWindowCounterRateLimiter

from daogou.core.errors import InvalidInput, MissingExtra
from daogou.core.settings import LimitSettings

EXACT_UP_TO = 2_000
"""Calls per window; beyond, remembering the moment of each would cost more than it is worth."""

SWEEP_SECONDS = 5.0
WITHOUT_REDIS_SECONDS = 10.0
REDIS_TIMEOUT_SECONDS = 0.25
MEMORY = "memory"
_LOG = logging.getLogger("daogou.serve")


@dataclass(frozen=True, slots=True)
class Allowance:
    """Who is counted, and what the settings allow, such as "600 per minute; 100000 per day"."""

    subject: str
    allowed: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left of one allowance after this call."""

    is_over: bool
    limit: int
    remaining: int
    reset_seconds: int
    window_seconds: int


@lru_cache(maxsize=1_024)
def windows(allowed: str) -> tuple[RateLimitItem, ...]:
    """The windows of an allowance; InvalidInput where it cannot be read."""
    if not allowed.strip():
        return ()
    try:
        return tuple(parse_many(allowed))
    except ValueError as error:
        raise InvalidInput(
            f'{allowed!r} is not a limit. Write for example "600 per minute" or "20/second; 100000/day".'
        ) from error


def check_limits(settings: LimitSettings) -> None:
    """InvalidInput where a limit of the settings cannot be read."""
    for name in ("publishable", "secret", "admin", "ip", "shopper", "guide", "refused"):
        try:
            windows(getattr(settings, name))
        except InvalidInput as error:
            raise InvalidInput(f"[limits] {name}: {error}") from error


class Limiter:
    """One per process. With Redis out of reach it counts in memory, says so once, and tries again later."""

    def __init__(self, storage: str = MEMORY) -> None:
        self._own = _InMemory()
        self._shared = None if storage == MEMORY else _InRedis(storage)
        self._is_away_until = 0.0
        self._has_complained = False

    async def count(self, allowances: Sequence[Allowance]) -> Standing | None:
        """Count one call for everybody named; the one who is over, else the one with least left, None without any.

        Who comes later in the list is not charged for a call that an earlier one may not make.
        """
        least: Standing | None = None
        for one in allowances:
            for window in windows(one.allowed):
                standing = await self._count(window, one.subject)
                if standing.is_over:
                    return standing
                if least is None or standing.remaining < least.remaining:
                    least = standing
        return least

    async def close(self) -> None:
        """Let go of Redis."""
        if self._shared is not None:
            await self._shared.close()

    async def _count(self, window: RateLimitItem, subject: str) -> Standing:
        if self._shared is None or time.monotonic() < self._is_away_until:
            return self._own.count(window, subject)
        try:
            standing = await self._shared.count(window, subject)
        except Exception as error:  # whatever the client raises: a shopper must not suffer for a counter
            self._is_away_until = time.monotonic() + WITHOUT_REDIS_SECONDS
            if not self._has_complained:
                self._has_complained = True
                _LOG.warning("Calls are counted in this process alone, Redis is away: %s", type(error).__name__)
            return self._own.count(window, subject)
        if self._has_complained:
            self._has_complained = False
            _LOG.info("Calls are counted in Redis again.")
        return standing


class _InMemory:
    def __init__(self) -> None:
        storage = _CalmMemory()
        self._exact = MovingWindowRateLimiter(storage)
        self._counters = SlidingWindowCounterRateLimiter(storage)

    def count(self, window: RateLimitItem, subject: str) -> Standing:
        counting = self._exact if window.amount <= EXACT_UP_TO else self._counters
        is_in = counting.hit(window, subject)
        return _standing(window, is_in, counting.get_window_stats(window, subject))


class _InRedis:
    def __init__(self, address: str) -> None:
        try:
            storage = RedisStorage(
                f"async+{address}",
                implementation="redispy",
                socket_timeout=REDIS_TIMEOUT_SECONDS,
                socket_connect_timeout=REDIS_TIMEOUT_SECONDS,
            )
        except Exception as error:
            if type(error).__name__ == "ConfigurationError":
                raise MissingExtra("redis", "redis", "Counting calls in Redis") from error
            raise
        self._storage = storage
        self._exact = SharedMovingWindow(storage)
        self._counters = SharedCounters(storage)

    async def count(self, window: RateLimitItem, subject: str) -> Standing:
        counting = self._exact if window.amount <= EXACT_UP_TO else self._counters
        is_in = await counting.hit(window, subject)
        return _standing(window, is_in, await counting.get_window_stats(window, subject))

    async def close(self) -> None:
        client: Any = self._storage.bridge
        await client.storage.aclose()


class _CalmMemory(MemoryStorage):
    """Forgets what has run out every SWEEP_SECONDS, and who has called no more.

    The library would look through everybody every 10 ms, and never forget whom it had seen.
    """

    @property
    def timer(self) -> Any:
        """What the library asks whether a sweep is still to come."""
        return self._pause

    @timer.setter
    def timer(self, timer: threading.Timer) -> None:
        self._pause = _Pause(timer)
        for key in [key for key, calls in getattr(self, "events", {}).items() if not calls]:
            self.events.pop(key, None)


class _Pause:
    """A timer that is said to run for a while longer."""

    def __init__(self, timer: threading.Timer) -> None:
        self._timer = timer
        self._timer.daemon = True
        self._until = 0.0

    def start(self) -> None:
        self._until = time.monotonic() + SWEEP_SECONDS
        self._timer.start()

    def is_alive(self) -> bool:
        return time.monotonic() < self._until


def _standing(window: RateLimitItem, is_in: bool, stats: Any) -> Standing:
    left = max(0, int(stats.remaining))
    reset_seconds = max(1, round(stats.reset_time - time.time()))
    return Standing(not is_in, window.amount, left, reset_seconds, window.get_expiry())


def network_of(address: str) -> str:
    """Who is counted for an address: an IPv4 address itself, of IPv6 the /64 that one line is given."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(read, ipaddress.IPv6Address):
        if read.ipv4_mapped is not None:
            return str(read.ipv4_mapped)
        return str(ipaddress.IPv6Network((int(read) >> 64 << 64, 64)).network_address)
    return address


def masked(person: str) -> str:
    """A shopper's id as it is counted: where calls are counted, nobody can read who shops here."""
    return blake2b(person.encode("utf-8", "replace"), digest_size=12).hexdigest()
