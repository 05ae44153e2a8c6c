"""Whether a training is due: by the clock, by what is new, or because somebody asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim

from daogou.core.clock import HOUR_US, SECOND_US, to_datetime, to_us
from daogou.core.settings import TrainingSettings
from daogou.core.settings.training import QUIET
from daogou.serve.training.state import TrainingState

LONGEST_PAUSE_US = 6 * HOUR_US


@dataclass(frozen=True)
class Facts:
    """What is so at the moment.

    n_events         accepted ever
    new_item_share   share of the catalogue that the serving release does not know
    is_untrained     no release was ever put in force
    asked            why somebody asked for a training; None where nobody did
    """

    n_events: int = 0
    new_item_share: float = 0.0
    is_untrained: bool = False
    asked: str | None = None


def why_due(settings: TrainingSettings, timezone: str, state: TrainingState, facts: Facts, now_us: int) -> str | None:
    """Why a training should begin now, in words for the log; None where none should."""
    if is_quiet(settings, timezone, now_us):
        return None
    if state.failures:
        return _again(settings, state, now_us) or _by_the_clock(settings, timezone, state, now_us)
    found = _by_the_clock(settings, timezone, state, now_us)
    if found is None and now_us - state.began_us >= settings.min_hours_between * HOUR_US:
        found = _by_news(settings, state, facts)
    return found


def is_quiet(settings: TrainingSettings, timezone: str, now_us: int) -> bool:
    """Whether this is a time of day in which no training begins."""
    here = to_datetime(now_us).astimezone(ZoneInfo(timezone)).time()
    for one in settings.quiet_hours:
        matched = QUIET.fullmatch(one)
        assert matched is not None, "settings were checked when they were read"
        hours = [int(part) for part in matched.groups()]
        begin, end = time(hours[0], hours[1]), time(hours[2], hours[3])
        if (begin <= here < end) if begin < end else (here >= begin or here < end):
            return True
    return False


def next_by_schedule(schedule: str, timezone: str, after_us: int) -> int | None:
    """The first moment after this one that the cron text names; None where it names none."""
    here = to_datetime(after_us).astimezone(ZoneInfo(timezone))
    found: datetime | None = next(CronSim(schedule, here), None)
    return None if found is None else to_us(found)


def _again(settings: TrainingSettings, state: TrainingState, now_us: int) -> str | None:
    """After a failure, each time after a longer pause."""
    if state.failures > settings.retries:
        return None
    pause = timedelta(minutes=settings.retry_minutes) * 2 ** min(state.failures - 1, 20)
    pause_us = min(round(pause.total_seconds() * SECOND_US), LONGEST_PAUSE_US)
    since_us = max(state.began_us, state.ended_us)
    return f"try {state.failures + 1} after a failure" if now_us - since_us >= pause_us else None


def _by_the_clock(settings: TrainingSettings, timezone: str, state: TrainingState, now_us: int) -> str | None:
    if settings.every_hours and now_us - state.began_us >= settings.every_hours * HOUR_US:
        return f"every {settings.every_hours:g} hours"
    if settings.schedule and state.began_us:
        due_us = next_by_schedule(settings.schedule, timezone, state.began_us)
        if due_us is not None and due_us <= now_us:
            return f"schedule {settings.schedule}"
    return None


def _by_news(settings: TrainingSettings, state: TrainingState, facts: Facts) -> str | None:
    if facts.asked is not None:
        return facts.asked
    if facts.is_untrained and (settings.schedule or settings.every_hours or settings.after_events):
        return "no release yet"
    if settings.after_events and facts.n_events - state.n_events >= settings.after_events:
        return f"{facts.n_events - state.n_events} new events"
    if settings.after_new_items and facts.new_item_share >= settings.after_new_items:
        return f"{facts.new_item_share:.1%} of the items are new"
    return None
