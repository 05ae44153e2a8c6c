"""What a store promises: the event log, the catalogue, the users and the log of served slates.

One store per shop. Every method may be called from any thread, and several processes may have the same store open.
What one process has acknowledged, every process reads at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from daogou.core.errors import DaogouError
from daogou.core.protocols import Progress, silent
from daogou.core.types import Event, HistoryRow, Item, Seen, User
from daogou.data.store.answer_log import AnswerLog
from daogou.data.store.price_log import PriceLog
from daogou.data.store.rule_log import RuleVersions
from daogou.data.store.search_log import SearchLog
from daogou.data.store.snapshot import Health
from daogou.data.store.talk_log import TalkLog
from daogou.data.store.trust_log import TrustLog
from daogou.data.store.wish_log import WishLog

USER_PREFIX = "u:"
VISITOR_PREFIX = "v:"
SESSION_PREFIX = "s:"
"""Of a session that names neither, where events are judged; never a person key."""


def person_keys(user_id: str | None, visitor_id: str | None) -> list[str]:
    """The keys under which this shopper's events are kept: what they did signed in, then what they did before."""
    keys = []
    if user_id:
        keys.append(USER_PREFIX + user_id)
    if visitor_id:
        keys.append(VISITOR_PREFIX + visitor_id)
    return keys


@dataclass(frozen=True, slots=True)
class Appended:
    """What became of a batch of events; `accepted + duplicates` is how many were given."""

    accepted: int
    duplicates: int


@dataclass(frozen=True, slots=True)
class ServedItem:
    """One place of a slate as it went out."""

    item_id: str
    position: int
    propensity: float | None = None
    source: str | None = None
    score: float | None = None
    reason: str | None = None  # code of its reason


@dataclass(frozen=True, slots=True)
class ServedSlate:
    """One answer that was given; later events name its `recommendation_id`.

    person  one of `person_keys`, or None when the shopper is unknown or did not consent
    seen    what was known then, where rankers are to learn from it
    release which one made it; None where that is not known
    took_us how long the making took
    """

    recommendation_id: str
    placement: str
    at_us: int
    person: str | None
    items: tuple[ServedItem, ...]
    seen: Seen | None = None
    release: str | None = None
    took_us: int | None = None


@dataclass(frozen=True, slots=True)
class Showing:
    """One list that a shopper was shown."""

    at_us: int
    item_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LakeFile:
    """One immutable Parquet file of the lake, as the manifest knows it; `path` is relative to the lake's folder."""

    path: str
    first_seq: int
    last_seq: int
    rows: int
    events: int
    min_at_us: int
    max_at_us: int
    n_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the lake holds at one moment: events up to `watermark` are in `files`, later ones only in the log."""

    version: int
    watermark: int
    files: tuple[LakeFile, ...]

    @property
    def events(self) -> int:
        return sum(file.events for file in self.files)

    @property
    def rows(self) -> int:
        return sum(file.rows for file in self.files)

    @property
    def n_bytes(self) -> int:
        return sum(file.n_bytes for file in self.files)


EventRow = tuple[Any, ...]
"""One event as the log keeps it; the columns are named in `rows.EVENT_COLUMNS`, `seq` comes first."""


class Store(Protocol):
    """A shop's facts, durable and counted once.

    rules   the versions of the merchant's rules
    wishes  what shoppers said about tags
    prices  how the prices of items moved
    answers what was answered to calls that may be sent again
    trust   who and what is held back from learning
    searches how often words were searched for
    talks   what was said to the guide
    """

    @property
    def rules(self) -> RuleVersions: ...

    @property
    def wishes(self) -> WishLog: ...

    @property
    def prices(self) -> PriceLog: ...

    @property
    def answers(self) -> AnswerLog: ...

    @property
    def trust(self) -> TrustLog: ...

    @property
    def searches(self) -> SearchLog: ...

    @property
    def talks(self) -> TalkLog: ...

    def append(self, events: Sequence[Event]) -> Appended:
        """Write events durably in one transaction; one whose event_id was ever accepted before counts as a duplicate.

        Raises StorageFull or StorageUnavailable, and then none of them is in.
        """
        ...

    def append_groups(
        self, groups: Sequence[Sequence[Event]], slates: Sequence[ServedSlate] = ()
    ) -> list[Appended | DaogouError]:
        """Write several callers' events in one transaction, one answer per group, in order.

        A group that cannot be written is answered with its error and leaves the others unharmed.
        Raises StorageFull or StorageUnavailable, and then nothing of any group is in.
        """
        ...

    def put_items(self, items: Sequence[Item]) -> int:
        """Add or replace items; returns the catalogue's revision, which rises only when something changed."""
        ...

    def change_item(self, item_id: str, change: Callable[[Item], Item]) -> int:
        """Read one item, put back what `change` makes of it, with nobody writing in between; returns the revision.

        Raises NotFound for an unknown item; what `change` raises leaves everything as it was.
        """
        ...

    def items(self, ids: Sequence[str]) -> list[Item]:
        """The known ones of these items, in the order asked."""
        ...

    def all_items(self) -> Iterator[Item]:
        """Every item, hidden ones too, in the order they were first put; the order never changes."""
        ...

    def catalogue_revision(self) -> int:
        """A number that rises with every change of the catalogue, in any process; 0 while it is empty."""
        ...

    def revisions(self) -> tuple[int, int, int]:
        """`catalogue_revision`, the version of the rules in force, and that of the wishes, in one look."""
        ...

    def revisions_and_user(self, user_id: str) -> tuple[tuple[int, int, int], User | None]:
        """`revisions` and `user` in one look."""
        ...

    def items_since(self, revision: int) -> tuple[int, list[Item]]:
        """The present revision and the items that changed after `revision`, in the order of `all_items`."""
        ...

    def put_users(self, users: Sequence[User]) -> None:
        """Add or replace users."""
        ...

    def user(self, user_id: str) -> User | None:
        """One user, or None."""
        ...

    def all_users(self) -> Iterator[User]:
        """Every user, in the order of their ids."""
        ...

    def history(self, people: Sequence[str], limit: int) -> list[HistoryRow]:
        """The newest `limit` lines of these person keys, oldest first.

        Only events that say something about taste: those whose default weight is not 0 (so no impressions).
        """
        ...

    def past_stamp(self, people: Sequence[str]) -> tuple[int, ...]:
        """Numbers that change whenever `history` or `decisions` of these person keys would; cheap to ask."""
        ...

    def decisions(self, people: Sequence[str], limit: int) -> list[HistoryRow]:
        """The same of `DECISIVE_EVENTS` only, which reach further back."""
        ...

    def log_slates(self, slates: Sequence[ServedSlate]) -> None:
        """Remember what was shown; one transaction for all of them."""
        ...

    def slate(self, recommendation_id: str) -> ServedSlate | None:
        """One slate as it was served, or None."""
        ...

    def showings(self, people: Sequence[str], since_us: int, limit: int) -> list[Showing]:
        """The newest `limit` lists these person keys were shown at `since_us` or later, newest first."""
        ...

    def iterate_slates(self, from_us: int | None = None, before_us: int | None = None) -> Iterator[ServedSlate]:
        """Slates in the order they were logged, with from_us ≤ at < before_us."""
        ...

    def iterate_events(self, after_seq: int = 0) -> Iterator[tuple[int, Event]]:
        """Events still in the log after `after_seq`, in log order, each with its seq."""
        ...

    def event_rows(self, after_seq: int, limit: int, until_seq: int | None = None) -> list[EventRow]:
        """At most `limit` raw events with after_seq < seq ≤ until_seq, in log order."""
        ...

    def happened(self, after_seq: int, limit: int, until_seq: int, since_us: int) -> list[EventRow]:
        """At most `limit` views, carts and purchases since then, with after_seq < seq ≤ until_seq, in log order.

        Of each only `rows.HAPPENED_COLUMNS`.
        """
        ...

    def is_pruned(self) -> bool:
        """Whether any event was ever deleted from the log."""
        ...

    def count_events(self) -> int:
        """Events ever accepted, pruned ones too."""
        ...

    def last_seq(self) -> int:
        """The newest seq that every reader can see; 0 in an empty log."""
        ...

    def manifest(self) -> Manifest:
        """The manifest of the lake."""
        ...

    def manifest_and_tail(self) -> tuple[Manifest, list[EventRow]]:
        """The manifest and every event after its watermark, as of one and the same moment."""
        ...

    def commit_lake(
        self, *, expected_version: int, add: Sequence[LakeFile], remove: Sequence[str], watermark: int
    ) -> Manifest:
        """Change the manifest in one transaction.

        Raises StorageUnavailable when the manifest is no longer at `expected_version`: another one was faster.
        """
        ...

    def prune(
        self,
        older_than_us: int,
        keep_per_person: int,
        progress: Progress = silent,
        *,
        looks_before_us: int | None = None,
    ) -> int:
        """Delete events from the log that the lake holds; returns how many. Their ids stay known.

        Each person keeps the newest events that together have at least `keep_per_person` lines; of these too, all but
        `DECISIVE_EVENTS` go when they are older than `looks_before_us`.
        """
        ...

    def forget(self, people: Sequence[str]) -> int:
        """Take these person keys out of the log, the slates and the users; returns how many events named them.

        Their events stay as nobody's: they count for the shop. The lake is not touched; see `lake.forget`.
        """
        ...

    def prune_slates(self, older_than_us: int) -> int:
        """Forget slates served before this moment; returns how many."""
        ...

    def statistics(self) -> Mapping[str, int]:
        """Counts for a merchant: events, pruned_events, items, users, slates, lake_files."""
        ...

    def snapshot(self, target: Path, progress: Progress = silent) -> None:
        """Write the whole database, as of one moment, into the new SQLite file `target`; writers are not stopped.

        Raises StorageFull when the disk of `target` is too small; the file is then to be thrown away.
        """
        ...

    def health(self, *, thorough: bool = False) -> Health:
        """How the database is; `thorough` looks for damage, which reads all of it."""
        ...

    def close(self) -> None:
        """Let go of the database. Nothing may be called afterwards."""
        ...
