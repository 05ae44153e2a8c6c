"""When a training is due: by the clock of the shop, by what is new, after a failure; and when it is not."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from daogou.core.clock import HOUR_US, SECOND_US, to_us
from daogou.core.settings import TrainingSettings
from daogou.serve.training.due import Facts, next_by_schedule, why_due
from daogou.serve.training.state import TrainingState

ZONE = "Asia/Shanghai"
NOTHING = Facts()


def at(hour: int, minute: int = 0, day: int = 21) -> int:
    return to_us(datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(ZONE)))


def ended(began_us: int, **rest: int) -> TrainingState:
    return TrainingState(began_us=began_us, ended_us=began_us + SECOND_US, **rest)


def test_a_schedule_follows_the_clock_of_the_shop_and_a_missed_time_is_made_up() -> None:
    settings = TrainingSettings(schedule="30 3 * * *")
    yesterday = ended(at(3, 31, day=20))
    assert why_due(settings, ZONE, yesterday, NOTHING, at(3, 29)) is None
    assert why_due(settings, ZONE, yesterday, NOTHING, at(3, 30)) == "schedule 30 3 * * *"
    assert why_due(settings, ZONE, yesterday, NOTHING, at(9, 0)) is not None  # the worker was down at half past three
    assert why_due(settings, ZONE, ended(at(9, 0)), NOTHING, at(9, 5)) is None


def test_a_night_on_which_the_clocks_change_has_its_training_once() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = to_us(datetime(2026, 10, 24, 12, tzinfo=berlin))
    first = next_by_schedule("30 2 * * *", "Europe/Berlin", before)
    assert first is not None
    second = next_by_schedule("30 2 * * *", "Europe/Berlin", first)
    assert second is not None
    assert second - first >= 23 * HOUR_US


def test_hours_events_new_items_and_alarms_each_start_one() -> None:
    state = ended(at(10), n_events=1_000)
    told = {
        "every 2 hours": (TrainingSettings(every_hours=2), NOTHING),
        "500 new events": (TrainingSettings(after_events=500), Facts(n_events=1_500)),
        "12.0% of the items are new": (TrainingSettings(after_new_items=0.1), Facts(new_item_share=0.12)),
        "tastes moved": (TrainingSettings(), Facts(asked="tastes moved")),
    }
    for why, (settings, facts) in told.items():
        assert why_due(settings, ZONE, state, facts, at(12)) == why
        assert why_due(settings, ZONE, state, facts, at(10, 30)) is None, "not within an hour of the last"
    assert why_due(TrainingSettings(after_events=501), ZONE, state, Facts(n_events=1_500), at(12)) is None


@pytest.mark.parametrize(("hour", "is_quiet"), [(17, False), (18, True), (23, True), (1, True), (2, False)])
def test_nothing_begins_in_quiet_hours_also_over_midnight(hour: int, is_quiet: bool) -> None:
    settings = TrainingSettings(every_hours=1, quiet_hours=("18:00-02:00",))
    assert (why_due(settings, ZONE, ended(at(3, day=20)), NOTHING, at(hour)) is None) is is_quiet


def test_a_failure_is_tried_again_each_time_later_and_not_for_ever() -> None:
    settings = TrainingSettings(schedule="30 3 * * *", retries=2, retry_minutes=10)
    for failures, minutes in ((1, 10), (2, 20)):
        state = ended(at(3, 30), failures=failures)
        assert why_due(settings, ZONE, state, NOTHING, at(3, 30 + minutes - 1)) is None
        assert why_due(settings, ZONE, state, NOTHING, at(3, 31 + minutes)) == f"try {failures + 1} after a failure"
    given_up = ended(at(3, 30), failures=3)
    assert why_due(settings, ZONE, given_up, Facts(asked="again"), at(23)) is None
    assert why_due(settings, ZONE, given_up, NOTHING, at(3, 30, day=22)) == "schedule 30 3 * * *"


@pytest.mark.parametrize(
    "wrong", [{"schedule": "never"}, {"schedule": "61 3 * * *"}, {"quiet_hours": ("18-23",)}, {"keep": 1}]
)
def test_what_cannot_be_meant_is_refused_when_the_settings_are_read(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        TrainingSettings(**wrong)  # type: ignore[arg-type]
