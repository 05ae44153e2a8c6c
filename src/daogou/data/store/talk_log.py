"""What was said to the guide: turns that shoppers let be kept, and counts of what it could not answer.

A count keeps words only once enough different shoppers said them; until then it knows a keyed digest of them. How many
said so is a bit set: a shopper's bit depends on the words, so that no two counts can be joined by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import msgspec
from sqlalchemy import Integer, bindparam, delete, func, literal_column, or_, select

from daogou.data.store.backend import Backend, Driver, Row
from daogou.data.store.schema import guide_counts, talk_turns

BITS = 62
"""Of a bit set, so that it is a positive number in every database."""

TallyKind = Literal["mode", "unanswered", "attribute", "policy", "field", "hand_over"]


@dataclass(frozen=True, slots=True)
class TalkTurn:
    """One turn as it is kept.

    person    one of `person_keys`; visitor: the other, where a user and a visitor were named
    said      the shopper's words, masked; of a button its label
    answered  the guide's sentences
    item_ids  what it showed
    number    by which later ones are told from earlier ones; 0 before it is stored
    """

    talk_id: str
    at_us: int
    person: str
    recommendation_id: str
    language: str
    mode: str
    said: str
    answered: str
    item_ids: tuple[str, ...]
    is_answered: bool
    visitor: str | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """Something a turn is counted for.

    digest   tells `text` apart without saying it
    bit      the shopper's, below BITS
    is_ours  the text is the shop's own word, not a shopper's: it is kept at once
    """

    day: int
    kind: TallyKind
    digest: str
    text: str
    bit: int
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """How often on one day; text is None while too few said it; bits: of those who did."""

    day: int
    kind: str
    digest: str
    text: str | None
    times: int
    bits: int

    @property
    def shoppers(self) -> int:
        """How many different shoppers at least."""
        return self.bits.bit_count()


class TalkLog(Protocol):
    """What a store promises about talks."""

    def add(self, turns: Sequence[TalkTurn], tallies: Sequence[Tally], least: int) -> None:
        """Keep these, durably; words of shoppers from `least` different ones on."""
        ...

    def turns(self, limit: int, before: int) -> list[TalkTurn]:
        """The newest `limit` turns with a number below `before`, newest first."""
        ...

    def of(self, people: Sequence[str]) -> list[TalkTurn]:
        """All that is kept of these person keys, oldest first."""
        ...

    def counts(self, from_day: int) -> list[Counted]:
        """Everything counted since this day."""
        ...

    def withdraw(self, people: Sequence[str]) -> int:
        """Delete the turns of these person keys, who no longer want them kept; returns how many."""
        ...

    def prune(self, turns_before_us: int, counts_before_day: int) -> None:
        """Forget what is older."""
        ...


_TURN = [
    "talk_id", "at_us", "person", "visitor", "recommendation_id",
    "language", "mode", "said", "answered", "items", "good",
]  # fmt: skip
_COUNT = ["name", "day", "kind", "digest", "text", "times", "bits"]


class SqlTalkLog:
    """`TalkLog` over SQL."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        turn, count = talk_turns, guide_counts
        columns = [*(turn.c[name] for name in _TURN), turn.c.seq]
        own = or_(turn.c.person == bindparam("person"), turn.c.visitor == bindparam("visitor"))
        old = turn.c.at_us < bindparam("older")
        self._add = backend.compile(turn.insert().values({name: bindparam(name) for name in _TURN}), _TURN)
        nothing = literal_column("0", Integer)
        newest = select(*columns).where(turn.c.seq < bindparam("before")).order_by(turn.c.seq.desc())
        self._newest = backend.compile(newest.limit(bindparam("most")).offset(nothing), ["before", "most"])
        self._of = backend.compile(select(*columns).where(own).order_by(turn.c.seq), ["person", "visitor"])
        self._forget = backend.compile(delete(turn).where(own), ["person", "visitor"])
        self._prune = backend.compile(delete(turn).where(old), ["older"])
        self._prune_counts = backend.compile(delete(count).where(count.c.day < bindparam("older")), ["older"])
        self._said = backend.compile(
            select(count.c.day, count.c.times, count.c.bits, count.c.text).where(count.c.digest == bindparam("digest")),
            ["digest"],
        )
        kept = backend.insert(count).values({name: bindparam(name) for name in _COUNT})
        replaced = {name: kept.excluded[name] for name in ("text", "times", "bits")}
        self._put = backend.compile(kept.on_conflict_do_update(index_elements=["name"], set_=replaced), _COUNT)
        self._counts = backend.compile(
            select(*(count.c[name] for name in _COUNT[1:])).where(count.c.day >= bindparam("since")), ["since"]
        )
        self._count_turns = backend.compile(select(func.count()).select_from(turn).where(own), ["person", "visitor"])

    def add(self, turns: Sequence[TalkTurn], tallies: Sequence[Tally], least: int) -> None:
        with self._backend.writing() as driver:
            if turns:
                driver.executemany(self._add, [_row_of(one) for one in turns])
            for tally in tallies:
                self._count(driver, tally, least)

    def _count(self, driver: Driver, tally: Tally, least: int) -> None:
        times = bits_today = bits = 0
        text: str | None = None
        for day, n, of_day, known in driver.execute(self._said, (tally.digest,)).fetchall():
            bits |= of_day
            text = text or known
            if day == tally.day:
                times, bits_today = n, of_day
        bit = 1 << tally.bit
        if tally.is_ours or (bits | bit).bit_count() >= least:
            text = tally.text
        name = f"{tally.day}:{tally.digest}"
        row = (name, tally.day, tally.kind, tally.digest, text, times + 1, bits_today | bit)
        driver.execute(self._put, row)

    def turns(self, limit: int, before: int) -> list[TalkTurn]:
        return [_turn_of(row) for row in self._backend.read(self._newest, (before, limit))]

    def of(self, people: Sequence[str]) -> list[TalkTurn]:
        found = {
            turn.number: turn for one in people for turn in map(_turn_of, self._backend.read(self._of, (one, one)))
        }
        return [found[number] for number in sorted(found)]

    def counts(self, from_day: int) -> list[Counted]:
        return [Counted(*row) for row in self._backend.read(self._counts, (from_day,))]

    def withdraw(self, people: Sequence[str]) -> int:
        with self._backend.writing() as driver:
            gone = 0
            for one in people:
                gone += int(driver.execute(self._count_turns, (one, one)).fetchone()[0])
                self.forget(driver, [one])
        return gone

    def prune(self, turns_before_us: int, counts_before_day: int) -> None:
        with self._backend.writing() as driver:
            driver.execute(self._prune, (turns_before_us,))
            driver.execute(self._prune_counts, (counts_before_day,))

    def forget(self, driver: Driver, people: Sequence[str]) -> None:
        """Delete the turns of these, as a part of a transaction."""
        driver.executemany(self._forget, [(one, one) for one in people])


def by_digest(counted: Sequence[Counted]) -> Mapping[str, Counted]:
    """The counts of several days as one for each thing counted; its day is the last one."""
    whole: dict[str, Counted] = {}
    for one in sorted(counted, key=lambda one: one.day):
        before = whole.get(one.digest)
        times, bits = (before.times, before.bits) if before else (0, 0)
        text = one.text or (before.text if before else None)
        whole[one.digest] = Counted(one.day, one.kind, one.digest, text, times + one.times, bits | one.bits)
    return whole


def _row_of(turn: TalkTurn) -> Row:
    items = msgspec.json.encode(turn.item_ids).decode()
    made = (turn.recommendation_id, turn.language, turn.mode, turn.said, turn.answered, items, int(turn.is_answered))
    return (turn.talk_id, turn.at_us, turn.person, turn.visitor, *made)


_items_of = msgspec.json.Decoder(tuple[str, ...]).decode


def _turn_of(row: Row) -> TalkTurn:
    talk_id, at_us, person, visitor, recommendation_id, language, mode, said, answered, items, good, number = row
    shown, is_answered = _items_of(items), bool(good)
    return TalkTurn(
        talk_id, at_us, person, recommendation_id, language, mode, said, answered, shown, is_answered, visitor, number
    )
