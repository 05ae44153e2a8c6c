from datetime import UTC, date, datetime

import pytest

from daogou.core.errors import InvalidField, InvalidInput
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.moments import read_moment, read_moment_us

DECEMBER_US = 1_291_191_960_000_000  # 2010-12-01 08:26:00 UTC


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        (1291191960, "s"),
        (1291191960.0, "s"),
        ("1291191960", "s"),
        ("1291191960.0", "s"),
        (1291191960000, "ms"),
        ("1291191960000", "ms"),
        (1291191960000000, "µs"),
        (1291191960000000000, "ns"),
        ("2010-12-01 08:26:00", "text"),
        ("2010-12-01T08:26:00Z", "text"),
        ("2010-12-01T08:26:00.000Z", "text"),
        ("2010-12-01 08:26:00 UTC", "text"),
        ("2010-12-01T16:26:00+08:00", "text"),
        ("2010-12-1 8:26", "text"),
        ("2010/12/01 08:26", "text"),
        ("2010年12月1日 8时26分", "text"),
        (datetime(2010, 12, 1, 8, 26), "datetime"),
        (datetime(2010, 12, 1, 8, 26, tzinfo=UTC), "datetime"),
    ],
)
def test_one_moment_is_read_from_every_way_of_writing_it(written: object, unit: str) -> None:
    assert read_moment(written, "timestamp", Defaults()) == (DECEMBER_US, unit)


@pytest.mark.parametrize(
    "written", ["2010-12-01", "20101201", 20101201, "2010/12/1", "2010年12月1日", date(2010, 12, 1)]
)
def test_a_date_is_its_midnight(written: object) -> None:
    assert read_moment(written, "timestamp", Defaults()) == (1_291_161_600_000_000, "date")


def test_a_time_without_a_zone_is_in_the_shops_zone() -> None:
    shanghai = Defaults(timezone="Asia/Shanghai")
    assert read_moment_us("2010-12-01 16:26:00", "timestamp", shanghai) == DECEMBER_US
    assert read_moment_us("2010-12-01T08:26:00Z", "timestamp", shanghai) == DECEMBER_US


@pytest.mark.parametrize(
    "written",
    ["", "yesterday", "5", 5, -1, 0, True, None, "2010-13-01", "2010-12-01 25:00", "2010-W48-3", "9999-12-31",
     "0001-01-01", 1e300, float("nan"), float("inf"), "1" * 400, [], 21001232],
)  # fmt: skip
def test_what_is_no_time_is_refused(written: object) -> None:
    with pytest.raises(InvalidField) as caught:
        read_moment(written, "timestamp", Defaults())
    assert caught.value.rule == "not_a_time"


def test_a_date_with_an_unclear_month_is_refused_until_the_order_is_said() -> None:
    with pytest.raises(InvalidField, match="unclear whether 12 or 1 is the month") as caught:
        read_moment("12/1/2010 8:26", "timestamp", Defaults())
    assert caught.value.rule == "ambiguous_date"
    assert read_moment_us("12/1/2010 8:26", "timestamp", Defaults(date_order="month_first")) == DECEMBER_US
    assert read_moment_us("1/12/2010 8:26", "timestamp", Defaults(date_order="day_first")) == DECEMBER_US


def test_an_unknown_time_zone_is_named() -> None:
    with pytest.raises(InvalidInput, match="'Mars/Olympus' is not known"):
        read_moment("2010-12-01 08:26:00", "timestamp", Defaults(timezone="Mars/Olympus"))
