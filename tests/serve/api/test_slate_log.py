"""What was shown is written a little later, and never costs a shopper anything."""

from __future__ import annotations

import asyncio

from daogou.core.errors import StorageUnavailable
from daogou.core.types import Reason, Slate, SlateItem
from daogou.data.store import ServedSlate
from daogou.decide.request import RecommendRequest
from daogou.serve.api.slate_log import LINGER_SECONDS, MOST_KEPT, SlateLog


class Writer:
    """Takes slates while it is open."""

    def __init__(self) -> None:
        self.taken: list[ServedSlate] = []
        self.is_full = False

    def log_slate(self, slate: ServedSlate) -> None:
        if self.is_full:
            raise StorageUnavailable("The disk does not keep up.")
        self.taken.append(slate)


def slate(name: str, *, is_personalized: bool = True) -> Slate:
    item = SlateItem("p1", 1.0, 0, "recent", Reason("viewed_before", ""))
    return Slate(name, "trending", (item,), {}, is_personalized, "none")


ASKED = RecommendRequest("trending", user_id="u1", visitor_id="v1")


def test_slates_are_handed_over_together_after_a_moment() -> None:
    writer = Writer()

    async def serve() -> None:
        log = SlateLog(writer)  # type: ignore[arg-type]
        for number in range(3):
            log.add(slate(f"r{number}"), ASKED, number)
        assert writer.taken == []
        await asyncio.sleep(2 * LINGER_SECONDS)

    asyncio.run(serve())
    assert [(one.recommendation_id, one.at_us) for one in writer.taken] == [("r0", 0), ("r1", 1), ("r2", 2)]


def test_only_a_personalised_slate_is_tied_to_a_person() -> None:
    writer = Writer()

    async def serve() -> None:
        log = SlateLog(writer)  # type: ignore[arg-type]
        log.add(slate("mine"), ASKED, 1)
        log.add(slate("everyones", is_personalized=False), ASKED, 2)
        log.flush()

    asyncio.run(serve())
    assert [one.person for one in writer.taken] == ["u:u1", None]


def test_while_the_disk_does_not_keep_up_the_newest_are_kept_and_the_loss_is_counted() -> None:
    writer = Writer()

    async def serve() -> SlateLog:
        log = SlateLog(writer)  # type: ignore[arg-type]
        writer.is_full = True
        for number in range(MOST_KEPT + 7):
            log.add(slate(f"r{number}"), ASKED, number)
        log.flush()
        writer.is_full = False
        log.flush()
        return log

    log = asyncio.run(serve())
    assert log.dropped == 7
    assert len(writer.taken) == MOST_KEPT
    assert writer.taken[-1].recommendation_id == f"r{MOST_KEPT + 6}"
