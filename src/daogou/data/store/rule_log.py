"""The numbered versions of the merchant's rules: every change adds one, none is ever altered.

What a rule means is not known here; a version's `body` is the text of the whole set.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Integer, bindparam, func, literal_column, select

from daogou.core.errors import Conflict, NotFound
from daogou.data.store.backend import Backend
from daogou.data.store.schema import rule_versions

_COLUMNS = [rule_versions.c[name] for name in ("version", "at_us", "author", "note", "n_rules")]


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """When a set of rules came into force, through whom, and how many rules it has."""

    version: int
    at_us: int
    author: str
    note: str
    n_rules: int


class RuleVersions(Protocol):
    """What a store promises about rules; version 0 is the empty set that every shop begins with."""

    def version(self) -> int:
        """The number of the set in force."""
        ...

    def body(self, version: int) -> str:
        """The text of a set, "[]" for version 0. Raises NotFound for a version that was never made."""
        ...

    def put(
        self, body: str, *, expected_version: int, at_us: int, author: str, note: str = "", n_rules: int
    ) -> RuleVersion:
        """Put a set in force as the next version, durably.

        Raises Conflict, and changes nothing, when the set in force is not `expected_version`.
        """
        ...

    def versions(self, limit: int, before: int | None = None) -> list[RuleVersion]:
        """At most `limit` versions, newest first; only those below `before`."""
        ...


class RuleLog:
    """`RuleVersions` over SQL."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        nothing = literal_column("0", Integer)
        self._present = backend.compile(select(func.coalesce(func.max(rule_versions.c.version), nothing)), [])
        wanted = rule_versions.c.version == bindparam("wanted")
        self._body = backend.compile(select(rule_versions.c.body).where(wanted), ["wanted"])
        names = [column.name for column in rule_versions.c]
        self._add = backend.compile(
            backend.insert(rule_versions).values({name: bindparam(name) for name in names}), names
        )
        self._before = backend.compile(
            select(*_COLUMNS)
            .where(rule_versions.c.version < bindparam("before"))
            .order_by(rule_versions.c.version.desc())
            .limit(bindparam("most"))
            .offset(nothing),
            ["before", "most"],
        )

    def version(self) -> int:
        return int(self._backend.read(self._present)[0][0])

    def body(self, version: int) -> str:
        found = self._backend.read(self._body, (version,))
        if found:
            return str(found[0][0])
        if version == 0:
            return "[]"
        raise NotFound(f"The rules have no version {version}. The newest is {self.version()}.")

    def put(
        self, body: str, *, expected_version: int, at_us: int, author: str, note: str = "", n_rules: int
    ) -> RuleVersion:
        with self._backend.writing() as driver:
            present = int(driver.execute(self._present).fetchone()[0])
            if present != expected_version:
                raise Conflict(
                    f"The rules are at version {present}, not {expected_version}: somebody changed them meanwhile. "
                    "Nothing was written; read them again, lay your change over them, and send it with that version."
                )
            made = RuleVersion(present + 1, at_us, author, note, n_rules)
            driver.execute(self._add, (made.version, at_us, author, note, n_rules, body))
        return made

    def versions(self, limit: int, before: int | None = None) -> list[RuleVersion]:
        bound = 2**63 - 1 if before is None else before
        return [RuleVersion(*row) for row in self._backend.read(self._before, (bound, limit))]
