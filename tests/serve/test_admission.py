"""How many calls come in: fewer while the process is late, more while it keeps up, and never beyond the bound."""

from __future__ import annotations

import asyncio

from daogou.serve.admission import FEWEST_CALLS, FIRST_CALLS, Admission


class Line:
    """A connection that remembers being hung up."""

    def __init__(self) -> None:
        self.is_closed = False

    def hang_up(self) -> None:
        self.is_closed = True


def full(admission: Admission) -> Admission:
    """Every place taken, and one caller more turned away."""
    while admission.open_calls < admission.allowed:
        admission.open_calls += 1
    assert not admission.has_room()
    return admission


def test_beyond_what_is_allowed_callers_are_turned_away_and_counted() -> None:
    admission = full(Admission(100, 100))
    assert admission.open_calls == FIRST_CALLS
    assert admission.refused == 1
    admission.leave()
    assert admission.has_room()


def test_a_process_that_is_late_lets_in_fewer_but_always_some() -> None:
    admission = Admission(100, 100)
    admission.adapt(late_seconds=0.0125)
    assert FIRST_CALLS * 0.75 < admission.allowed < FIRST_CALLS
    for _ in range(20):
        admission.adapt(late_seconds=5.0)
    assert admission.allowed == FEWEST_CALLS


def test_more_come_in_only_while_it_keeps_up_and_somebody_was_turned_away() -> None:
    admission = Admission(100, 100)
    for _ in range(50):
        admission.adapt(late_seconds=0.0)
    assert admission.allowed == FIRST_CALLS
    for _ in range(50):
        full(admission).adapt(late_seconds=0.0)
    assert admission.allowed == 100


def test_lateness_is_the_work_of_the_process_and_not_the_clock() -> None:
    busy = iter([0.0, 0.5])

    async def one_call() -> int:
        admission = Admission(100, 100, busy_seconds=lambda: next(busy))
        admission.enter()
        admission.leave()
        await asyncio.sleep(0.1)
        return admission.allowed

    assert asyncio.run(one_call()) < FIRST_CALLS


def test_with_too_many_connections_those_that_are_silent_longest_go() -> None:
    admission, lines = Admission(100, max_connections=2), [Line() for _ in range(4)]
    for number, line in enumerate(lines[:2], 1):
        admission.fell_silent(line, number)
    admission.spoke(lines[0])  # it has a call now
    admission.fell_silent(lines[2], 3)
    assert [line.is_closed for line in lines] == [False, True, False, False]
    admission.fell_silent(lines[3], 3)
    assert [line.is_closed for line in lines] == [False, True, True, False]
    assert admission.hung_up == 2
