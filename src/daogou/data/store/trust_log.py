"""Who and what is held back from learning, and who was released: marks beside the log, which itself stays whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

import msgspec
from sqlalchemy import Integer, bindparam, delete, func, literal_column, select

from daogou.data.store.backend import Backend, Driver
from daogou.data.store.schema import trust_marks

MarkKind = Literal["shopper", "pair", "item"]
MarkState = Literal["held", "told", "released"]
"""Left out; worth a look but not left out; heard again by the word of a person or because its time was up."""
NOBODY = ""
"""The subject of a row that only tells other processes that rows were deleted."""

Ground = tuple[str, float, float]
"""The name of a rule, the figure seen, and the bound it broke."""

_decode_grounds = msgspec.json.Decoder(list[Ground]).decode


@dataclass(frozen=True, slots=True)
class Mark:
    """A word on one shopper, pair or item; the last one counts.

    subject  a shopper's key ("u:…", "v:…", or "s:…" of a session that names neither), an item id, or a JSON list of two
    number   how people name it; 0 before it is stored
    """

    subject: str
    kind: MarkKind
    state: MarkState
    grounds: tuple[Ground, ...]
    at_us: int
    number: int = 0


class TrustLog(Protocol):
    """What a store promises about marks."""

    def version(self) -> int:
        """A number that rises with every change, in any process; 0 while nothing was ever marked."""
        ...

    def marks(self) -> Sequence[Mark]:
        """The last mark of every subject, in the order in which they were made."""
        ...

    def put(self, marks: Sequence[Mark]) -> None:
        """Remember these, durably, in one transaction."""
        ...


class SqlTrustLog:
    """`TrustLog` over SQL."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        names = ["subject", "kind", "state", "grounds", "at_us"]
        columns = [trust_marks.c.seq, *(trust_marks.c[name] for name in names)]
        nothing = literal_column("0", Integer)
        self._present = backend.compile(select(func.coalesce(func.max(trust_marks.c.seq), nothing)), [])
        self._all = backend.compile(select(*columns).order_by(trust_marks.c.seq), [])
        self._add = backend.compile(
            backend.insert(trust_marks).values({name: bindparam(name) for name in names}), names
        )
        self._forget = backend.compile(
            delete(trust_marks).where(trust_marks.c.subject == bindparam("subject")), ["subject"]
        )

    def version(self) -> int:
        return int(self._backend.read(self._present)[0][0])

    def marks(self) -> Sequence[Mark]:
        last: dict[str, Mark] = {}
        for seq, subject, kind, state, grounds, at_us in self._backend.read(self._all):
            if subject == NOBODY:
                continue
            last.pop(subject, None)
            last[subject] = Mark(subject, kind, state, tuple(_decode_grounds(grounds)), at_us, seq)
        return list(last.values())

    def put(self, marks: Sequence[Mark]) -> None:
        rows = [
            (one.subject, one.kind, one.state, msgspec.json.encode(one.grounds).decode(), one.at_us) for one in marks
        ]
        if rows:
            with self._backend.writing() as driver:
                driver.executemany(self._add, rows)

    def forget(self, driver: Driver, people: Sequence[str]) -> None:
        """Delete all marks on these, as a part of a transaction."""
        gone = int(driver.executemany(self._forget, [(one,) for one in people]).rowcount) if people else 0
        if gone > 0:
            driver.execute(self._add, (NOBODY, "shopper", "released", "[]", 0))


def held_shoppers(marks: Sequence[Mark]) -> frozenset[str]:
    """Keys of the shoppers whose events are left out."""
    return frozenset(one.subject for one in marks if one.kind == "shopper" and one.state == "held")


def held_items(marks: Sequence[Mark]) -> Mapping[str, int]:
    """Ids of items whose newest growth is left out, with the moment they were held."""
    return {one.subject: one.at_us for one in marks if one.kind == "item" and one.state == "held"}


def held_pairs(marks: Sequence[Mark]) -> list[tuple[str, str]]:
    """Pairs of item ids that no list may show."""
    decode = msgspec.json.Decoder(tuple[str, str]).decode
    return [decode(one.subject) for one in marks if one.kind == "pair" and one.state == "held"]


def pair_subject(first: str, second: str) -> str:
    """A pair as the subject of a mark, the same whichever of the two is named first."""
    return msgspec.json.encode(sorted((first, second))).decode()


def released(mark: Mark, at_us: int) -> Mark:
    """The word that takes a mark back."""
    return replace(mark, state="released", at_us=at_us)
