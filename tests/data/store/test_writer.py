"""Group commit: nobody hears "stored" before it is, and nobody is left without an answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import pytest

from daogou.core.errors import DaogouError, InvalidInput, StorageFull, StorageUnavailable
from daogou.core.types import Event, EventLine
from daogou.data.store import Appended, EventWriter, ServedSlate, Store, open_store


def views(*event_ids: str) -> list[Event]:
    return [Event(one, "view_item", 1, (EventLine("mug"),), visitor_id="v1") for one in event_ids]


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    opened = open_store(database)
    yield opened
    opened.close()


class SlowStore:
    """Answers a group only when the gate opens; remembers how large the groups were."""

    def __init__(self, error: Exception | None = None) -> None:
        self.gate = threading.Event()
        self.is_writing = threading.Event()
        self.sizes: list[int] = []
        self.error = error

    def append_groups(
        self, groups: Sequence[Sequence[Event]], slates: Sequence[ServedSlate] = ()
    ) -> list[Appended | DaogouError]:
        self.is_writing.set()
        assert self.gate.wait(10)
        self.sizes.append(sum(len(group) for group in groups))
        if self.error is not None:
            raise self.error
        return [Appended(len(group), 0) for group in groups]


def test_an_answer_comes_only_after_the_commit() -> None:
    slow = SlowStore()
    with EventWriter(slow) as writer:  # type: ignore[arg-type]
        answer = writer.submit(views("a"))
        assert slow.is_writing.wait(10)
        assert not answer.done()
        slow.gate.set()
        assert answer.result(10) == Appended(1, 0)


def test_those_who_come_while_the_disk_is_busy_share_the_next_commit() -> None:
    slow = SlowStore()
    with EventWriter(slow, max_group=50) as writer:  # type: ignore[arg-type]
        first = writer.submit(views("a"))
        assert slow.is_writing.wait(10)
        others = [writer.submit(views(f"b{number}")) for number in range(120)]
        slow.gate.set()
        assert [answer.result(10) for answer in [first, *others]] == [Appended(1, 0)] * 121
    assert slow.sizes == [1, 50, 50, 20]


def test_each_caller_hears_about_its_own_events(store: Store) -> None:
    with EventWriter(store) as writer:
        first, second = writer.submit(views("a", "b")), writer.submit(views("b", "c", "d"))
        assert (first.result(10), second.result(10)) == (Appended(2, 0), Appended(2, 1))
    assert store.count_events() == 4


def test_one_bad_event_fails_its_sender_only(store: Store) -> None:
    with EventWriter(store) as writer:
        answers = [writer.submit(views("a")), writer.submit([Event("x", "nonsense", 1)]), writer.submit(views("b"))]
        assert answers[0].result(10) == answers[2].result(10) == Appended(1, 0)
        with pytest.raises(InvalidInput, match="nonsense"):
            answers[1].result(10)


def test_when_the_disk_refuses_every_sender_hears_it_and_the_writer_lives_on() -> None:
    slow = SlowStore(StorageFull("The disk is full."))
    with EventWriter(slow) as writer:  # type: ignore[arg-type]
        answers = [writer.submit(views("a")), writer.submit(views("b"))]
        slow.gate.set()
        for answer in answers:
            with pytest.raises(StorageFull):
                answer.result(10)
        slow.error = None
        assert writer.submit(views("c")).result(10) == Appended(1, 0)


def test_too_many_waiting_are_refused_at_once() -> None:
    slow = SlowStore()
    with EventWriter(slow, max_waiting=3) as writer:  # type: ignore[arg-type]
        answer = writer.submit(views("a", "b"))
        with pytest.raises(StorageUnavailable, match="2 events are waiting for the disk, 3 may"):
            writer.submit(views("c", "d"))
        slow.gate.set()
        answer.result(10)
        assert writer.submit(views("c", "d", "e")).result(10) == Appended(3, 0)
        assert writer.waiting == 0


def test_closing_writes_what_is_queued_and_then_takes_nothing(store: Store) -> None:
    writer = EventWriter(store)
    answers = [writer.submit(views(f"e{number}")) for number in range(500)]
    writer.log_slate(ServedSlate("r1", "cart_addon", 1, None, ()))
    writer.close()
    assert all(answer.done() for answer in answers)
    assert store.count_events() == 500
    assert store.slate("r1") is not None
    with pytest.raises(StorageUnavailable, match="closed"):
        writer.submit(views("late"))
    writer.close()


def test_nothing_submitted_is_answered_without_the_disk() -> None:
    with EventWriter(SlowStore()) as writer:  # type: ignore[arg-type]
        assert writer.submit([]).result(0) == Appended(0, 0)


def test_a_cancelled_answer_does_not_stop_the_writer(store: Store) -> None:
    slow = SlowStore()
    with EventWriter(slow) as writer:  # type: ignore[arg-type]
        writer.submit(views("a"))
        assert slow.is_writing.wait(10)
        cancelled, kept = writer.submit(views("b")), writer.submit(views("c"))
        assert cancelled.cancel()
        slow.gate.set()
        assert kept.result(10) == Appended(1, 0)


def test_twenty_threads_lose_nothing(store: Store) -> None:
    with EventWriter(store) as writer:

        def send(thread: int) -> None:
            for number in range(50):
                mine, shared = f"t{thread}-{number}", f"shared-{number}"
                writer.submit(views(mine, shared)).result(30)

        threads = [threading.Thread(target=send, args=(number,)) for number in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert store.count_events() == 20 * 50 + 50
