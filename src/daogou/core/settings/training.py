"""When models are trained again, what a new release has to pass, and how it is tried on shoppers."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Literal

from cronsim import CronSim, CronSimError
from pydantic import Field, field_validator

from daogou.core.settings.section import Section

QUIET = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
"""From a time of day to another, over midnight where the second comes before the first."""


class GuardrailSettings(Section):
    """[training.guardrail]: what a new release has to pass before it serves, see docs/training-in-production.md."""

    worst_loss: float = Field(0.05, ge=0, le=1)
    """Share of the serving release's quality (nDCG@10) that may be lost; surely more is refused, likely more held."""
    least_shoppers: int = Field(50, ge=2)
    """Fewest shoppers who came back since the serving release was trained for that comparison to count."""
    sample: int = Field(300, ge=10, le=10_000)
    """Shoppers whose lists are made with both releases."""
    most_empty: float = Field(0.02, ge=0, le=1)
    """How much larger the share of empty lists may become."""
    least_coverage: float = Field(0.5, ge=0)
    """Different items in those lists, as a share of what the serving release shows."""
    least_overlap: float = Field(0.1, ge=0, le=1)
    """Share of a list that the two releases have in common, over those shoppers."""
    most_score_drift: float = Field(4.0, ge=1)
    """How many times larger or smaller the usual score of a place may become."""


class CanarySettings(Section):
    """[training.canary]: a release that passed serves some shoppers first."""

    share: float = Field(0.0, ge=0, le=0.5)
    """Share of shoppers whom a new release serves first; 0: it serves everybody at once."""
    least_lists: int = Field(1_000, ge=10)
    """Lists of the smaller side before anything is concluded."""
    level: float = Field(0.95, gt=0.5, lt=1)
    """How sure a conclusion is, however often the figures are looked at."""
    worst_loss: float = Field(0.05, ge=0, le=1)
    """Share of clicks per list that may be lost: surely less is promoted, surely any loss is rolled back."""
    most_errors: int = Field(5, ge=1)
    """Lists that a canary failed to make, in one process, before it is rolled back there and then."""
    slowest: float = Field(2.0, ge=1)
    """How many times as long as the serving release's its lists may take (95th percentile)."""
    longest_days: float = Field(14.0, gt=0)
    """After this long without a conclusion a person decides; until then the release before serves."""


class TrainingSettings(Section):
    """[training]: when `daogou worker` trains again, see docs/training-in-production.md."""

    schedule: str = ""
    """Cron text in the shop's time zone, for example "30 3 * * *" for half past three each night; empty: none."""
    every_hours: float = Field(0.0, ge=0)
    """Train so many hours after the last training began; 0: not."""
    after_events: int = Field(0, ge=0)
    """Train once so many events came since the last training; 0: not."""
    after_new_items: float = Field(0.0, ge=0, le=1)
    """Train once so large a share of the catalogue is unknown to the serving release; 0: not."""
    quiet_hours: tuple[str, ...] = ()
    """Times of day, in the shop's time zone, in which no training begins, for example ["18:00-23:00"]."""
    min_hours_between: float = Field(1.0, ge=0)
    """Events, items and alarms start no training sooner than so long after the last one began."""
    promote: Literal["automatic", "manual"] = "automatic"
    """What happens to a release that passed its guardrail: it serves, or waits for `daogou release promote`."""
    keep: int = Field(3, ge=2, le=100)
    """Releases that are kept, the serving one included; one that any process still serves is never deleted."""
    retries: int = Field(3, ge=0, le=100)
    """How often a training that failed is tried again before the next time it is due anyway."""
    retry_minutes: float = Field(5.0, gt=0)
    """Wait before the first of them; doubled for each further one."""
    in_server: bool = False
    """`daogou serve` starts a worker of its own beside it, for small shops."""
    nice: int = Field(19, ge=0, le=19)
    """How far training gives way to everything else on the machine; 19: it runs when nothing else wants to. Its linear
    algebra has one thread."""
    look_every_seconds: float = Field(30.0, ge=0.1, le=3_600)
    """How often the worker looks whether anything is due."""
    metrics_port: int = Field(0, ge=0, le=65_535)
    """Port at which the worker tells its own figures to Prometheus, on [server] host; 0: none."""
    guardrail: GuardrailSettings = Field(default_factory=GuardrailSettings)
    """See below."""
    canary: CanarySettings = Field(default_factory=CanarySettings)
    """See below."""

    @field_validator("schedule")
    @classmethod
    def _is_cron(cls, text: str) -> str:
        if text:
            try:
                CronSim(text, datetime.now(UTC))
            except CronSimError as error:
                raise ValueError(f'{error}; use five fields, for example "30 3 * * *"') from None
        return text

    @field_validator("quiet_hours")
    @classmethod
    def _are_hours(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        if wrong := [one for one in given if not QUIET.fullmatch(one)]:
            raise ValueError(f'{wrong[0]!r} is no time of day from-to; use for example "18:00-23:00"')
        return given
