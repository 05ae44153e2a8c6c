"""A moment means the same to rules, lists and training."""

import datetime as dt

import pytest

from daogou.core.clock import to_us
from daogou.learn import circumstances
from daogou.learn.circumstances import Calendar, daypart_of, moment_at, season_of

CHINA = Calendar("Asia/Shanghai", "north", "CN")


def at(text: str) -> int:
    return to_us(dt.datetime.fromisoformat(text))


def test_a_moment_is_told_in_the_shops_own_time() -> None:
    found = moment_at(at("2026-02-16T20:30:00+00:00"), CHINA)  # half past four in the morning of the 17th
    assert (found.hour, found.weekday, found.month) == (4, 1, 2)
    assert (found.daypart, found.week, found.season) == ("night", "workday", "winter")


def test_the_spring_festival_is_a_holiday_and_the_week_before_its_eve() -> None:
    pytest.importorskip("holidays")
    pytest.importorskip("lunar_python")
    festival = moment_at(at("2026-02-17T12:00:00+08:00"), CHINA)
    assert (festival.holiday, festival.lunar_month, festival.lunar_day) == ("holiday", 1, 1)
    assert moment_at(at("2026-02-12T12:00:00+08:00"), CHINA).holiday == "eve"
    assert moment_at(at("2026-03-17T12:00:00+08:00"), CHINA).holiday == "none"


def test_seasons_are_half_a_year_apart_on_the_two_hemispheres() -> None:
    assert [season_of(month, "north") for month in (1, 3, 6, 9, 12)] == [
        "winter", "spring", "summer", "autumn", "winter",
    ]  # fmt: skip
    assert [season_of(month, "south") for month in (1, 3, 6, 9, 12)] == [
        "summer", "autumn", "winter", "spring", "summer",
    ]  # fmt: skip


def test_every_hour_has_its_daypart() -> None:
    assert [daypart_of(hour) for hour in (0, 5, 6, 11, 12, 17, 18, 20, 21, 23)] == [
        "night", "night", "morning", "morning", "afternoon", "afternoon", "evening", "evening", "night", "night",
    ]  # fmt: skip


def test_without_a_country_nothing_is_said_about_holidays() -> None:
    assert moment_at(at("2026-02-17T12:00:00+08:00"), Calendar("Asia/Shanghai")).holiday is None


def test_an_unknown_country_is_said_once_and_leaves_the_holiday_unknown(caplog: pytest.LogCaptureFixture) -> None:
    pytest.importorskip("holidays")
    circumstances._say_once.cache_clear()
    nowhere = Calendar("UTC", "north", "QQ")
    for day in range(3):
        assert moment_at(at(f"2026-02-1{day}T12:00:00+00:00"), nowhere).holiday is None
    assert len([one for one in caplog.records if "QQ" in one.getMessage()]) == 1
