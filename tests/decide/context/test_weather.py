"""A weather plug-in helps, and never holds up a list."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from daogou.core.clock import SECOND_US
from daogou.core.errors import UnknownName
from daogou.decide.context.weather import Weather, weather_of, weather_provider
from daogou.decide.pipeline import recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop

from ..conftest import NOW_US

MINUTE_US = 60 * SECOND_US


def until(is_so: Callable[[], bool]) -> None:
    """Wait for another thread."""
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.005)


def test_the_first_question_is_not_kept_waiting_and_the_next_one_knows() -> None:
    asked: list[str] = []

    def provider(place: str, now_us: int) -> str | None:
        asked.append(place)
        return "rain"

    weather = Weather(provider, 10 * MINUTE_US, 5.0)
    assert weather.at("leeds", NOW_US) is None
    until(lambda: weather.at("leeds", NOW_US) == "rain")
    assert weather.at("leeds", NOW_US + MINUTE_US) == "rain"
    assert asked == ["leeds"]
    assert weather.at("leeds", NOW_US + 15 * MINUTE_US) == "rain"  # the old word holds while it asks again
    until(lambda: len(asked) == 2)
    assert weather.at("leeds", NOW_US + 60 * MINUTE_US) is None


def test_a_provider_that_raises_is_said_and_lists_go_without() -> None:
    def provider(place: str, now_us: int) -> str | None:
        raise ConnectionError("no network")

    weather = Weather(provider, MINUTE_US, 5.0)
    assert weather.at("leeds", NOW_US) is None
    until(lambda: bool(weather.problems))
    assert weather.problems == ("The weather of 'leeds': ConnectionError: no network",)
    assert weather.at("leeds", NOW_US) is None


def test_a_provider_that_hangs_is_said_and_asked_once() -> None:
    release = threading.Event()
    calls: list[str] = []

    def provider(place: str, now_us: int) -> str | None:
        calls.append(place)
        release.wait(10)
        return "fine"

    weather = Weather(provider, MINUTE_US, 0.01)
    for _ in range(5):
        assert weather.at("leeds", NOW_US) is None
    until(lambda: bool(weather.problems))
    assert "no answer within 0.01 s" in weather.problems[0]
    assert calls == ["leeds"]
    release.set()
    until(lambda: weather.at("leeds", NOW_US) == "fine")
    assert weather.problems == ()


def test_what_is_no_text_is_no_weather() -> None:
    weather = Weather(lambda place, now_us: 7, MINUTE_US, 5.0)  # type: ignore[arg-type,return-value]
    weather.at("leeds", NOW_US)
    until(lambda: bool(weather.problems))
    assert weather.at("leeds", NOW_US) is None


def test_no_provider_is_no_weather() -> None:
    assert weather_of("", 15, 0.05) is None


def test_a_provider_nobody_installed_is_named() -> None:
    with pytest.raises(UnknownName, match="weather provider"):
        weather_provider("almanac")


def test_a_shop_whose_provider_is_missing_serves_and_says_so(make_shop: Callable[..., Shop]) -> None:
    shop = make_shop(flags={"context": {"weather": "almanac"}})
    assert recommend(shop, RecommendRequest("new_arrivals", context={"store_id": "leeds"})).items
    assert "almanac" in shop.contexts.problems[0]


def test_what_the_caller_says_counts_before_the_provider(make_shop: Callable[..., Shop]) -> None:
    shop = make_shop()
    shop.contexts.weather = Weather(lambda place, now_us: "rain", MINUTE_US, 5.0)
    said = {"store_id": "leeds", "weather": "hot"}
    until(lambda: shop.contexts.read({"store_id": "leeds"}, NOW_US).weather == "rain")
    assert shop.contexts.read(said, NOW_US).weather == "hot"
