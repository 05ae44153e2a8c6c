"""What shoppers said about tags ("less of this", "never"), newest word last. What a tag means is not known here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from sqlalchemy import Integer, bindparam, delete, func, literal_column, select

from daogou.data.store.backend import Backend, Driver
from daogou.data.store.schema import wishes

NOBODY = ""
"""The person of a row that only tells other processes that rows were deleted."""


class WishLog(Protocol):
    """What a store promises about wishes."""

    def version(self) -> int:
        """A number that rises with every change, in any process; 0 while nobody has wished for anything."""
        ...

    def of(self, people: Sequence[str]) -> Mapping[str, str]:
        """By tag, what these person keys, who are one shopper, want now, in the order in which it was said.

        What the later of two keys said counts where both said something of a tag last.
        """
        ...

    def put(self, person: str, tag: str, choice: str | None, at_us: int) -> str | None:
        """Remember a choice about a tag, durably; None takes it back. Returns what stood before."""
        ...


class SqlWishLog:
    """`WishLog` over SQL."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        nothing = literal_column("0", Integer)
        self._present = backend.compile(select(func.coalesce(func.max(wishes.c.seq), nothing)), [])
        own = wishes.c.person == bindparam("person")
        self._of = backend.compile(
            select(wishes.c.seq, wishes.c.tag, wishes.c.choice).where(own).order_by(wishes.c.seq), ["person"]
        )
        names = ["person", "tag", "choice", "at_us"]
        self._add = backend.compile(backend.insert(wishes).values({name: bindparam(name) for name in names}), names)
        self._forget = backend.compile(delete(wishes).where(own), ["person"])

    def version(self) -> int:
        return int(self._backend.read(self._present)[0][0])

    def of(self, people: Sequence[str]) -> Mapping[str, str]:
        said = sorted(row for person in people for row in self._backend.read(self._of, (person,)))
        return _in_force((tag, choice) for _, tag, choice in said)

    def put(self, person: str, tag: str, choice: str | None, at_us: int) -> str | None:
        with self._backend.writing() as driver:
            before = _in_force((row[1], row[2]) for row in driver.execute(self._of, (person,)).fetchall()).get(tag)
            if before != choice:
                driver.execute(self._add, (person, tag, choice or "", at_us))
        return before

    def forget(self, driver: Driver, people: Sequence[str]) -> None:
        """Delete all that these said, as a part of a transaction."""
        driver.executemany(self._forget, [(person,) for person in people])
        driver.execute(self._add, (NOBODY, "", "", 0))


def _in_force(said: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The last word on each tag, without what was taken back."""
    last: dict[str, str] = {}
    for tag, choice in said:
        last.pop(tag, None)
        last[tag] = choice
    return {tag: choice for tag, choice in last.items() if choice}
