"""Answers kept for a while by the key that a caller gave, so that a call sent again is not done again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import bindparam, delete, select, update

from daogou.data.store.backend import Backend, Driver
from daogou.data.store.schema import kept_answers


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What is known of a call; `status` is None while it is being answered."""

    fingerprint: str
    status: int | None
    body: str


class AnswerLog(Protocol):
    """What a store promises about answers; a claim holds in every process, and over restarts."""

    def claim(
        self, name: str, fingerprint: str, at_us: int, *, forget_before_us: int, unfinished_before_us: int
    ) -> KeptAnswer | None:
        """None for the first call under this name, which is now being answered; else what is known of it.

        Answers from before `forget_before_us` are forgotten, and so are calls that began before `unfinished_before_us`
        and were never answered.
        """
        ...

    def keep(self, name: str, status: int, body: str) -> None:
        """The answer to a call that was claimed."""
        ...

    def release(self, name: str) -> None:
        """The call failed; the next one under this name is the first."""
        ...


class SqlAnswerLog:
    """`AnswerLog` over SQL."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        table = kept_answers
        own = table.c.name == bindparam("own")
        self._find = backend.compile(
            select(table.c.fingerprint, table.c.status, table.c.body, table.c.at_us).where(own), ["own"]
        )
        names = ["name", "fingerprint", "at_us"]
        self._add = backend.compile(table.insert().values({name: bindparam(name) for name in names}), names)
        self._keep = backend.compile(
            update(table).where(own).values(status=bindparam("answered"), body=bindparam("said")),
            ["answered", "said", "own"],
        )
        self._release = backend.compile(delete(table).where(own), ["own"])
        self._forget = backend.compile(delete(table).where(table.c.at_us < bindparam("before_us")), ["before_us"])
        self._forget_all = backend.compile(delete(table), [])
        self._give_up = backend.compile(
            delete(table).where(own, table.c.status.is_(None), table.c.at_us < bindparam("before_us")),
            ["own", "before_us"],
        )

    def claim(
        self, name: str, fingerprint: str, at_us: int, *, forget_before_us: int, unfinished_before_us: int
    ) -> KeptAnswer | None:
        found = self._backend.read(self._find, (name,))
        if found and found[0][1] is not None and found[0][3] >= forget_before_us:  # waits for no writer
            return KeptAnswer(*found[0][:3])
        with self._backend.writing() as driver:
            driver.execute(self._forget, (forget_before_us,))
            driver.execute(self._give_up, (name, unfinished_before_us))
            row = driver.execute(self._find, (name,)).fetchone()
            if row is not None:
                return KeptAnswer(row[0], row[1], row[2] or "")
            driver.execute(self._add, (name, fingerprint, at_us))
        return None

    def keep(self, name: str, status: int, body: str) -> None:
        with self._backend.writing() as driver:
            driver.execute(self._keep, (status, body, name))

    def release(self, name: str) -> None:
        with self._backend.writing() as driver:
            driver.execute(self._release, (name,))

    def forget_all(self, driver: Driver) -> None:
        """Delete every answer, as a part of a transaction: whom an answer is about is not known here."""
        driver.execute(self._forget_all)
