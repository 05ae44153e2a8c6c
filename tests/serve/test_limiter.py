"""Counting calls: exactly where few are allowed, in Redis where one answers, and in memory when it goes away."""

from __future__ import annotations

import asyncio
import logging
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from daogou.core.errors import InvalidInput
from daogou.core.settings import LimitSettings
from daogou.serve import limiter as module
from daogou.serve.limiter import EXACT_UP_TO, Allowance, Limiter, Standing, check_limits, masked, network_of


def count(limiter: Limiter, allowed: str, times: int, subject: str = "one") -> list[Standing | None]:
    async def all_of_them() -> list[Standing | None]:
        standings = [await limiter.count([Allowance(subject, allowed)]) for _ in range(times)]
        await limiter.close()
        return standings

    return asyncio.run(all_of_them())


def test_so_many_calls_are_let_through_and_the_next_is_not() -> None:
    standings = count(Limiter(), "5 per minute", 7)
    assert [one and one.is_over for one in standings] == [False] * 5 + [True] * 2
    assert [one and one.remaining for one in standings] == [4, 3, 2, 1, 0, 0, 0]
    last = standings[-1]
    assert last is not None
    assert (last.limit, last.window_seconds) == (5, 60)
    assert 1 <= last.reset_seconds <= 60


def test_without_an_allowance_nothing_is_counted() -> None:
    assert count(Limiter(), "", 3) == [None] * 3


def test_each_is_counted_alone_and_of_two_windows_the_narrower_counts() -> None:
    limiter = Limiter()
    assert [one and one.is_over for one in count(limiter, "2/minute; 100/day", 3)] == [False, False, True]
    assert [one and one.is_over for one in count(limiter, "2/minute; 100/day", 2, "another")] == [False, False]


def test_large_allowances_end_where_they_should(monkeypatch: pytest.MonkeyPatch) -> None:
    allowed = EXACT_UP_TO + 1
    standings = count(Limiter(), f"{allowed} per hour", allowed + 5)
    assert [one for one in standings if one and not one.is_over].__len__() == allowed


def test_what_has_run_out_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SWEEP_SECONDS", 0.05)
    limiter = Limiter()
    for number in range(50):
        count(limiter, "5 per second", 1, f"visitor {number}")
    storage = limiter._own._exact.storage  # type: ignore[attr-defined]
    deadline = time.monotonic() + 10
    while len(storage.events) > 1 and time.monotonic() < deadline:
        time.sleep(0.1)
        count(limiter, "5 per second", 1, "somebody else")
    assert len(storage.events) <= 1


@pytest.mark.parametrize("text", ["many", "5 per fortnight", "five a day"])
def test_a_limit_that_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"\[limits\] ip: .*600 per minute"):
        check_limits(LimitSettings(ip=text))


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("unix:", "unknown"),
    ],
)
def test_an_ipv6_line_is_one_caller(address: str, network: str) -> None:
    assert network_of(address) == network


def test_where_calls_are_counted_nobody_reads_who_shops() -> None:
    assert "anna" not in masked("anna")
    assert masked("anna") != masked("berta")


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A Redis of our own that may be killed."""
    binary = shutil.which("redis-server")
    if binary is None:
        pytest.skip("needs redis-server: install Redis")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [binary, "--port", str(port), "--save", "", "--dir", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield port, process
    finally:
        process.kill()
        process.wait(10)


def test_processes_that_share_redis_share_the_count(redis: tuple[int, subprocess.Popen[bytes]]) -> None:
    address = f"redis://127.0.0.1:{redis[0]}/0"
    first, second = count(Limiter(address), "3 per minute", 2), count(Limiter(address), "3 per minute", 2)
    assert [one and one.is_over for one in first + second] == [False, False, False, True]


def test_when_redis_goes_away_calls_are_counted_in_memory_and_it_is_said_once(
    redis: tuple[int, subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "WITHOUT_REDIS_SECONDS", 0.0)  # so that every call tries again
    port, process = redis

    async def while_it_dies() -> list[Standing | None]:
        limiter = Limiter(f"redis://127.0.0.1:{port}/0")
        before = [await limiter.count([Allowance("one", "3 per minute")])]
        process.kill()
        process.wait(10)
        after = [await limiter.count([Allowance("one", "3 per minute")]) for _ in range(4)]
        await limiter.close()
        return before + after

    with caplog.at_level(logging.WARNING, "daogou.serve"):
        standings = asyncio.run(while_it_dies())
    assert [one and one.is_over for one in standings] == [False, False, False, False, True]
    assert len([line for line in caplog.records if "Redis is away" in line.getMessage()]) == 1
