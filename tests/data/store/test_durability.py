"""Programs that are killed, programs that write at once, and events that come twice and in any order."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daogou.core.types import Event, EventLine
from daogou.data.store import Store, open_store

PROGRAM = Path(__file__).with_name("writes_until_killed.py")
BATCH = 20


def stored_ids(store: Store) -> list[str]:
    return [event.event_id for _, event in store.iterate_events()]


@pytest.mark.parametrize("attempt", range(3))
def test_kill_9_under_load_loses_nothing_acknowledged_and_halves_no_batch(database: str, attempt: int) -> None:
    url = database
    program = subprocess.Popen([sys.executable, PROGRAM, url, "k", str(BATCH)], stdout=subprocess.PIPE)
    assert program.stdout is not None
    first = program.stdout.readline()
    time.sleep(random.Random(attempt).uniform(0.05, 0.5))
    program.kill()
    acknowledged = (first + program.stdout.read()).splitlines()
    program.stdout.close()
    program.wait()

    store = open_store(url)
    stored = stored_ids(store)
    assert len(stored) == len(set(stored)) == store.count_events()
    batches = {tuple(line.split()) for line in acknowledged if line.count(b" ") == 1}
    promised = {f"k-{int(thread)}-{int(batch)}-{n}" for thread, batch in batches for n in range(BATCH)}
    assert len(promised) > BATCH
    assert promised <= set(stored)
    assert len(stored) % BATCH == 0
    resent = [Event(one, "view_item", 1, (EventLine("mug"),), visitor_id="v1") for one in sorted(promised)]
    assert store.append(resent).duplicates == len(resent)
    store.close()


def test_two_processes_writing_the_same_events_at_once_count_them_once(database: str) -> None:
    url = database
    open_store(url).close()
    script = """
import sys
from daogou.core.types import Event
from daogou.data.store import open_store
store = open_store(sys.argv[1])
accepted = 0
for first in range(0, 2_000, 20):
    sent = [Event(f"e{n}", "search", n) for n in range(first, first + 20)]
    accepted += store.append(sent).accepted
print(accepted)
"""
    writers = [subprocess.Popen([sys.executable, "-c", script, url], stdout=subprocess.PIPE) for _ in range(2)]
    accepted = [int(writer.communicate()[0]) for writer in writers]
    store = open_store(url)
    assert sum(accepted) == 2_000 == len(set(stored_ids(store))) == store.count_events()
    store.close()


def test_a_process_reads_its_own_write_and_that_of_another_right_after_the_answer(database: str) -> None:
    url = database
    script = """
import sys
from daogou.core.types import Event, EventLine
from daogou.data.store import EventWriter, open_store
store = open_store(sys.argv[1])
writer = EventWriter(store)
for line in sys.stdin:
    number = int(line)
    writer.submit([Event(f"e{number}", "view_item", number, (EventLine(f"i{number}"),), visitor_id="v")]).result()
    print(store.history(["v:v"], 1)[0].item_id, flush=True)
"""
    store = open_store(url)
    other = subprocess.Popen(
        [sys.executable, "-c", script, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    assert other.stdin is not None
    assert other.stdout is not None
    for number in range(100):
        other.stdin.write(f"{number}\n")
        assert other.stdout.readline().strip() == f"i{number}"
        assert store.history(["v:v"], 1)[0].item_id == f"i{number}"
    other.communicate()
    store.close()


ORDER_LINES = st.lists(st.tuples(st.sampled_from("abc"), st.integers(-3, 9), st.integers(0, 500)), max_size=4)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    orders=st.lists(ORDER_LINES, min_size=1, max_size=12),
    sending=st.lists(st.lists(st.integers(0, 11), max_size=8), max_size=8),
    seed=st.randoms(use_true_random=False),
)
def test_totals_are_those_of_each_event_once_however_often_and_in_whatever_order_it_comes(
    database: str,
    orders: list[list[tuple[str, int, int]]],
    sending: list[list[int]],
    seed: random.Random,
) -> None:
    store = open_store(database)
    begun = store.last_seq()
    events = [
        Event(f"after{begun}-{number}", "purchase", number, tuple(EventLine(*line) for line in lines), user_id="anna")
        for number, lines in enumerate(orders)
    ]
    batches = [[events[one % len(events)] for one in batch] for batch in sending]
    rest = [[event] for event in events]
    seed.shuffle(rest)
    answers = [store.append(batch) for batch in [*batches, *rest]]
    assert sum(answer.accepted for answer in answers) == len(events)
    assert total(event for _, event in store.iterate_events(begun)) == total(events)
    store.close()


def total(events: Iterable[Event]) -> tuple[int, int, int]:
    lines = [line for event in events for line in event.lines]
    return (
        len(lines),
        sum(line.quantity for line in lines),
        sum(line.quantity * (line.price_minor or 0) for line in lines),
    )
