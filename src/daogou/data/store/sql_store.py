"""The store over SQL: the same for every database, which `Backend` speaks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

from daogou.core.errors import DaogouError, InvalidInput, NotFound, StorageUnavailable
from daogou.core.protocols import Progress, silent
from daogou.core.types import Event, HistoryRow, Item, User
from daogou.data.store import rows
from daogou.data.store.answer_log import SqlAnswerLog
from daogou.data.store.backend import Backend, Driver
from daogou.data.store.price_log import SqlPriceLog
from daogou.data.store.rows import PastRow
from daogou.data.store.rule_log import RuleLog
from daogou.data.store.search_log import SqlSearchLog
from daogou.data.store.snapshot import Health
from daogou.data.store.statements import CatalogueStatements, EventStatements, LakeStatements, SlateStatements
from daogou.data.store.store import (
    USER_PREFIX,
    VISITOR_PREFIX,
    Appended,
    EventRow,
    LakeFile,
    Manifest,
    ServedSlate,
    Showing,
)
from daogou.data.store.talk_log import SqlTalkLog
from daogou.data.store.trust_log import SqlTrustLog
from daogou.data.store.wish_log import SqlWishLog

_PAGE = 1_000
_PRUNED_AT_ONCE = 5_000
_END_OF_TIME = 2**63 - 1


class SqlStore:
    """A `Store` whose tables are up to date."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._events = EventStatements(backend)
        self._catalogue = CatalogueStatements(backend)
        self._slates = SlateStatements(backend)
        self._lake = LakeStatements(backend)
        self.rules = RuleLog(backend)
        self.wishes = SqlWishLog(backend)
        self.prices = SqlPriceLog(backend)
        self.answers = SqlAnswerLog(backend)
        self.trust = SqlTrustLog(backend)
        self.searches = SqlSearchLog(backend)
        self.talks = SqlTalkLog(backend)

    def append(self, events: Sequence[Event]) -> Appended:
        added = rows.event_rows(events)
        with self._backend.writing() as driver:
            (answer,) = self._events.adding.groups(driver, [added])
            if isinstance(answer, InvalidInput):
                raise answer
        return Appended(answer, len(added) - answer)

    def append_groups(
        self, groups: Sequence[Sequence[Event]], slates: Sequence[ServedSlate] = ()
    ) -> list[Appended | DaogouError]:
        encoded = [_encoded(group) for group in groups]
        shown = [rows.slate_row(slate) for slate in slates]
        sound = [one for one in encoded if not isinstance(one, DaogouError)]
        with self._backend.writing() as driver:
            self._add_slates(driver, shown)
            taken = iter(self._events.adding.groups(driver, sound))
        return [one if isinstance(one, DaogouError) else _answer(next(taken), one) for one in encoded]

    def _add_slates(self, driver: Driver, shown: Sequence[tuple[Any, ...]]) -> None:
        """All that can be stored; nobody waits for an answer about the others."""
        (answer,) = self._slates.adding.groups(driver, [shown])
        if isinstance(answer, InvalidInput) and len(shown) > 1:
            self._slates.adding.groups(driver, [[one] for one in shown])

    def put_items(self, items: Sequence[Item]) -> int:
        bodies = [(item.id, rows.body_of(item)) for item in items]
        with self._backend.writing() as driver:
            return self._put(driver, items, bodies)

    def change_item(self, item_id: str, change: Callable[[Item], Item]) -> int:
        with self._backend.writing() as driver:
            found = driver.execute(self._catalogue.item, (item_id,)).fetchone()
            if found is None:
                raise NotFound(f"No item has the id {item_id!r}.")
            changed = change(rows.item_of(found[0]))
            assert changed.id == item_id, "an item's id does not change"
            return self._put(driver, [changed], [(item_id, rows.body_of(changed))])

    def _put(self, driver: Driver, items: Sequence[Item], bodies: Sequence[tuple[str, str]]) -> int:
        revision = int(driver.execute(self._catalogue.revision).fetchone()[0])
        if revision:
            found = self._backend.first_of_each(driver, self._catalogue.item, [(item.id,) for item in items])
            before = [rows.item_of(row[0]) for row in found if row is not None]
            self.prices.note(driver, {item.id: item for item in before}, items)
        driver.executemany(self._catalogue.put_item, [(one, revision + 1, body) for one, body in bodies])
        return int(driver.execute(self._catalogue.revision).fetchone()[0])

    def items(self, ids: Sequence[str]) -> list[Item]:
        with self._backend.reading() as driver:
            found = self._backend.first_of_each(driver, self._catalogue.item, [(one,) for one in ids])
        return [rows.item_of(row[0]) for row in found if row is not None]

    def all_items(self) -> Iterator[Item]:
        after = 0
        while page := self._backend.read(self._catalogue.items_after, (after, _PAGE)):
            yield from (rows.item_of(body) for _, body in page)
            after = page[-1][0]

    def catalogue_revision(self) -> int:
        return int(self._backend.read(self._catalogue.revision)[0][0])

    def revisions(self) -> tuple[int, int, int]:
        catalogue, rules, wishes = self._backend.read(self._catalogue.revisions)[0]
        return int(catalogue), int(rules), int(wishes)

    def revisions_and_user(self, user_id: str) -> tuple[tuple[int, int, int], User | None]:
        *revisions, body = self._backend.read(self._catalogue.revisions_and_user, (user_id,))[0]
        catalogue, rules, wishes = map(int, revisions)
        return (catalogue, rules, wishes), None if body is None else rows.user_of(body)

    def items_since(self, revision: int) -> tuple[int, list[Item]]:
        with self._backend.reading() as driver:
            present = int(driver.execute(self._catalogue.revision).fetchone()[0])
            changed = driver.execute(self._catalogue.items_since, (revision,)).fetchall()
        return present, [rows.item_of(body) for (body,) in changed]

    def put_users(self, users: Sequence[User]) -> None:
        bodies = [(user.id, rows.body_of(user)) for user in users]
        with self._backend.writing() as driver:
            revision = int(driver.execute(self._catalogue.users_revision).fetchone()[0])
            driver.executemany(self._catalogue.put_user, [(one, revision + 1, body) for one, body in bodies])

    def user(self, user_id: str) -> User | None:
        found = self._backend.read(self._catalogue.user, (user_id,))
        return rows.user_of(found[0][0]) if found else None

    def all_users(self) -> Iterator[User]:
        after = ""
        while page := self._backend.read(self._catalogue.users_after, (after, _PAGE)):
            yield from (rows.user_of(body) for _, body in page)
            after = page[-1][0]

    def history(self, people: Sequence[str], limit: int) -> list[HistoryRow]:
        return self._past(self._events.past, people, limit)

    def past_stamp(self, people: Sequence[str]) -> tuple[int, ...]:
        found = (self._backend.read(self._events.past_stamp, (person,))[0] for person in people)
        return tuple(int(number) for pair in found for number in pair)

    def decisions(self, people: Sequence[str], limit: int) -> list[HistoryRow]:
        return self._past(self._events.decisions, people, limit)

    def _past(self, statement: str, people: Sequence[str], limit: int) -> list[HistoryRow]:
        found: list[PastRow] = []
        if len(people) == 1:
            with self._backend.looking(statement, (people[0], limit)) as newest:
                found = _newest(newest, limit)
        elif people:
            with self._backend.reading() as driver:
                for person in people:
                    found += _newest(driver.execute(statement, (person, limit)), limit)
            found.sort(key=itemgetter(0), reverse=True)
        past = rows.history_of(found[::-1])
        return past[-limit:] if limit else []

    def log_slates(self, slates: Sequence[ServedSlate]) -> None:
        shown = [rows.slate_row(slate) for slate in slates]
        with self._backend.writing() as driver:
            (answer,) = self._slates.adding.groups(driver, [shown])
            if isinstance(answer, InvalidInput):
                raise answer

    def slate(self, recommendation_id: str) -> ServedSlate | None:
        found = self._backend.read(self._slates.one, (recommendation_id,))
        return rows.slate_of(found[0]) if found else None

    def showings(self, people: Sequence[str], since_us: int, limit: int) -> list[Showing]:
        asked = [(person, since_us, limit) for person in people]
        found = [row for one in asked for row in self._backend.read(self._slates.shown_to, one)]
        if len(people) > 1:
            found.sort(key=itemgetter(0), reverse=True)
        return [rows.showing_of(row) for row in found[:limit]]

    def iterate_slates(self, from_us: int | None = None, before_us: int | None = None) -> Iterator[ServedSlate]:
        bounds = (-_END_OF_TIME if from_us is None else from_us, _END_OF_TIME if before_us is None else before_us)
        after = 0
        while page := self._backend.read(self._slates.after, (after, *bounds, _PAGE)):
            yield from (rows.slate_of(row[1:]) for row in page)
            after = page[-1][0]

    def iterate_events(self, after_seq: int = 0) -> Iterator[tuple[int, Event]]:
        while page := self.event_rows(after_seq, _PAGE):
            yield from map(rows.event_of, page)
            after_seq = page[-1][0]

    def event_rows(self, after_seq: int, limit: int, until_seq: int | None = None) -> list[EventRow]:
        until = _END_OF_TIME if until_seq is None else until_seq
        return self._backend.read(self._events.after, (after_seq, until, limit))

    def happened(self, after_seq: int, limit: int, until_seq: int, since_us: int) -> list[EventRow]:
        return self._backend.read(self._events.happened, (after_seq, until_seq, since_us, limit))

    def is_pruned(self) -> bool:
        return bool(self._backend.read(self._events.any_pruned))

    def count_events(self) -> int:
        with self._backend.reading() as driver:
            return sum(
                int(driver.execute(sql).fetchone()[0]) for sql in (self._events.count, self._events.count_pruned)
            )

    def last_seq(self) -> int:
        return int(self._backend.read(self._events.last)[0][0])

    def manifest(self) -> Manifest:
        with self._backend.reading() as driver:
            return self._manifest(driver)

    def manifest_and_tail(self) -> tuple[Manifest, list[EventRow]]:
        with self._backend.reading() as driver:
            state = self._manifest(driver)
            tail = driver.execute(self._events.after, (state.watermark, _END_OF_TIME, _END_OF_TIME)).fetchall()
        return state, tail

    def _manifest(self, driver: Driver) -> Manifest:
        version, watermark = driver.execute(self._lake.state).fetchone()
        files = tuple(LakeFile(*row) for row in driver.execute(self._lake.files).fetchall())
        return Manifest(version, watermark, files)

    def commit_lake(
        self, *, expected_version: int, add: Sequence[LakeFile], remove: Sequence[str], watermark: int
    ) -> Manifest:
        with self._backend.writing() as driver:
            version, _ = driver.execute(self._lake.state).fetchone()
            if version != expected_version:
                raise StorageUnavailable(
                    f"The lake is at version {version}, not {expected_version}: another compaction ran meanwhile. "
                    "Nothing was changed; run it again."
                )
            driver.executemany(self._lake.remove, [(path,) for path in remove])
            driver.executemany(self._lake.add, [_file_row(one) for one in add])
            driver.execute(self._lake.advance, (version + 1, watermark))
            return self._manifest(driver)

    def prune(
        self,
        older_than_us: int,
        keep_per_person: int,
        progress: Progress = silent,
        *,
        looks_before_us: int | None = None,
    ) -> int:
        looks_before = -_END_OF_TIME if looks_before_us is None else looks_before_us
        bounds = (older_than_us, self.manifest().watermark, keep_per_person, looks_before)
        seqs = self._backend.read(self._events.prunable, bounds)
        for first in range(0, len(seqs), _PRUNED_AT_ONCE):
            some = seqs[first : first + _PRUNED_AT_ONCE]
            with self._backend.writing() as driver:
                driver.executemany(self._events.remember_pruned, some)
                driver.executemany(self._events.delete, some)
            progress(first + len(some), len(seqs), "events pruned")
        return len(seqs)

    def forget(self, people: Sequence[str]) -> int:
        keys = [(key,) for key in people]
        visitors = [(key.removeprefix(VISITOR_PREFIX),) for key in people if key.startswith(VISITOR_PREFIX)]
        users = [(key.removeprefix(USER_PREFIX),) for key in people if key.startswith(USER_PREFIX)]
        with self._backend.writing() as driver:
            touched = int(driver.executemany(self._events.forget, keys).rowcount) if keys else 0
            driver.executemany(self._events.forget_visitor, visitors)
            driver.executemany(self._slates.forget, keys)
            self.wishes.forget(driver, people)
            self.answers.forget_all(driver)
            self.trust.forget(driver, people)
            self.talks.forget(driver, people)
            driver.executemany(self._catalogue.forget_user, users)
        self._backend.wipe()
        return touched

    def prune_slates(self, older_than_us: int) -> int:
        with self._backend.writing() as driver:
            return int(driver.execute(self._slates.prune, (older_than_us,)).rowcount)

    def statistics(self) -> dict[str, int]:
        counts = {
            "events": self._events.count,
            "pruned_events": self._events.count_pruned,
            "items": self._catalogue.count_items,
            "users": self._catalogue.count_users,
            "slates": self._slates.count,
            "lake_files": self._lake.count,
        }
        with self._backend.reading() as driver:
            return {name: int(driver.execute(sql).fetchone()[0]) for name, sql in counts.items()}

    def snapshot(self, target: Path, progress: Progress = silent) -> None:
        self._backend.snapshot(target, progress)

    def health(self, *, thorough: bool = False) -> Health:
        return self._backend.health(thorough)

    def close(self) -> None:
        self._backend.close()


def _encoded(group: Sequence[Event]) -> list[EventRow] | DaogouError:
    try:
        return rows.event_rows(group)
    except InvalidInput as error:
        return error


def _answer(taken: int | InvalidInput, added: list[EventRow]) -> Appended | DaogouError:
    return taken if isinstance(taken, InvalidInput) else Appended(taken, len(added) - taken)


def _file_row(file: LakeFile) -> tuple[Any, ...]:
    return (
        file.path,
        file.first_seq,
        file.last_seq,
        file.rows,
        file.events,
        file.min_at_us,
        file.max_at_us,
        file.n_bytes,
        file.sha256,
    )


def _newest(cursor: Iterable[PastRow], limit: int) -> list[PastRow]:
    """Events, newest first, until they have `limit` lines."""
    taken: list[PastRow] = []
    n_lines = 0
    for row in cursor:
        if n_lines >= limit:
            break
        taken.append(row)
        n_lines += row[3]
    return taken
