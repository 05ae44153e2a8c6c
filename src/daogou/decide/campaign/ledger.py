"""Who was sent what lately, over which channel: read from the log of served slates, where erasure reaches it too.

A list that was sent stands in that log under "channel:placement", for example email:home_for_you.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from daogou.core.clock import DAY_US, HOUR_US
from daogou.core.settings import ChannelSettings, ListSettings
from daogou.data.store import ServedSlate
from daogou.data.store.store import Store

WEEK_US = 7 * DAY_US


def sent_name(channel: str, placement: str) -> str:
    """Under which name a list that goes out over a channel stands in the log."""
    return f"{channel}:{placement}"


@dataclass(frozen=True, slots=True)
class Sending:
    """One list that went out."""

    channel: str
    at_us: int
    item_ids: tuple[str, ...]


@dataclass(slots=True)
class Ledger:
    """By person key, what was sent. `add` what goes out now, so that the next question counts it."""

    _sent: dict[str, list[Sending]] = field(default_factory=dict)

    @classmethod
    def read(cls, store: Store, channels: Collection[str], now_us: int, lists: ListSettings) -> Ledger:
        """Everything that any cap looks back to. One pass over that part of the log."""
        ledger = cls()
        for slate in store.iterate_slates(now_us - max(WEEK_US, lists.same_item_days * DAY_US)):
            ledger.add(slate, channels)
        return ledger

    def add(self, slate: ServedSlate, channels: Collection[str]) -> None:
        """Count a slate, where it was sent and its shopper is known."""
        channel, colon, _ = slate.placement.partition(":")
        if colon and channel in channels and slate.person is not None:
            sending = Sending(channel, slate.at_us, tuple(one.item_id for one in slate.items))
            self._sent.setdefault(slate.person, []).append(sending)

    def refusal(self, person: str, channel: str, caps: ChannelSettings, lists: ListSettings, now_us: int) -> str | None:
        """Why this shopper gets nothing now: too_soon, per_week or per_week_in_all; None for no reason."""
        sent = self._sent.get(person, ())
        own = [one.at_us for one in sent if one.channel == channel]
        if own and now_us - max(own) < caps.min_hours_between * HOUR_US:
            return "too_soon"
        if caps.per_week is not None and _within_a_week(own, now_us) >= caps.per_week:
            return "per_week"
        if lists.per_week is not None and _within_a_week([one.at_us for one in sent], now_us) >= lists.per_week:
            return "per_week_in_all"
        return None

    def items(self, person: str, since_us: int) -> tuple[str, ...]:
        """What was sent to this shopper since then, newest first, each once."""
        recent = [one for one in self._sent.get(person, ()) if one.at_us >= since_us]
        newest_first = sorted(recent, key=lambda one: -one.at_us)
        return tuple(dict.fromkeys(item for one in newest_first for item in one.item_ids))


def _within_a_week(times: list[int], now_us: int) -> int:
    return sum(now_us - at_us < WEEK_US for at_us in times)
