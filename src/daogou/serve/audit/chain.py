"""The chain itself: each entry holds the hash of the one before it, so no entry can be edited, dropped or moved alone.

The hash is SHA-256 over the previous hash and the entry's canonical JSON (keys sorted, no spaces, UTF-8). Whoever can
write the log can compute a whole new chain; that is why its head, the newest hash, is kept in places of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TypeAlias

import msgspec

Fact: TypeAlias = str | int | bool | None
FIRST = "0" * 64
"""What the first entry names as the one before it."""


class Entry(msgspec.Struct, frozen=True):
    """One act.

    at     RFC 3339 in UTC
    act    what was done, one of `ACTS`
    by     the id of a key, "command line", or "server"
    facts  about what; ids, counts and digests, never a shopper's data or a secret
    """

    number: int
    at: str
    act: str
    by: str
    facts: dict[str, Fact]
    previous: str
    hash: str = ""


class Head(msgspec.Struct, frozen=True):
    """The newest entry: how many there are, and its hash."""

    number: int
    hash: str


EMPTY = Head(0, FIRST)

ACTS: Mapping[str, str] = {
    "key_made": "an API key was made",
    "key_revoked": "an API key was revoked",
    "rules_written": "another set of rules came into force",
    "rules_rolled_back": "an earlier set of rules came into force again",
    "items_put": "items were put over HTTP",
    "rows_imported": "rows were imported from files",
    "item_hidden": "an item was taken out of every list",
    "item_shown": "a hidden item was let back in",
    "release_published": "a trained release came into force",
    "release_promoted": "a release was put in force by a person or a rule",
    "release_rolled_back": "an earlier release was put in force again",
    "server_started": "a server began to answer, with these settings",
    "backup_made": "a backup was made",
    "restored": "the shop was restored from a backup",
    "shopper_erased": "a shopper was erased",
    "talks_read": "talks that shoppers let be kept were read",
    "events_pruned": "old events were deleted from the database",
}
"""Every act with what it means."""


def linked(head: Head, at: str, act: str, by: str, facts: Mapping[str, Fact]) -> Entry:
    """The entry that comes after `head`."""
    assert act in ACTS, act
    bare = Entry(head.number + 1, at, act, by, dict(facts), head.hash)
    return msgspec.structs.replace(bare, hash=hash_of(bare))


def hash_of(entry: Entry) -> str:
    """The hash that an entry should carry."""
    bare = msgspec.structs.replace(entry, hash="")
    return hashlib.sha256(entry.previous.encode() + encoded(bare)).hexdigest()


def encoded(entry: Entry) -> bytes:
    """Canonical JSON of an entry."""
    return msgspec.json.encode(entry, order="sorted")


def faults_in(lines: Iterable[bytes], heads: Mapping[str, Head]) -> tuple[list[str], Head]:
    """What is wrong with a chain, one sentence each, and its head.

    lines  the entries as they stand in the file
    heads  heads that were kept apart, by where; each must be an entry of this chain
    """
    faults: list[str] = []
    head = EMPTY
    waiting = {place: one for place, one in heads.items() if one.number}
    for place_in_file, line in enumerate(lines, start=1):
        try:
            entry = msgspec.json.decode(line, type=Entry)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            faults.append(f"Line {place_in_file} is not an entry of the log.")
            continue
        faults += _breaks(head, entry, line, place_in_file)
        head = Head(entry.number, entry.hash)
        for place in [place for place, one in waiting.items() if one.number == entry.number]:
            if waiting.pop(place).hash != entry.hash:
                faults.append(f"Entry {entry.number} is not the one that {place} remembers: the log was rewritten.")
    faults += [
        f"The log ends at entry {head.number}, but {place} remembers entry {one.number}: its end was cut off."
        for place, one in waiting.items()
    ]
    return faults, head


def _breaks(head: Head, entry: Entry, line: bytes, place: int) -> list[str]:
    found = []
    if entry.number != head.number + 1:
        found.append(f"Line {place} is entry {entry.number}, not {head.number + 1}: entries were dropped or moved.")
    elif entry.previous != head.hash:
        found.append(f"Entry {entry.number} does not follow the one before it: one of them was replaced.")
    if entry.hash != hash_of(entry) or line != encoded(entry):
        found.append(f"Entry {entry.number} was edited: its hash does not fit what it says.")
    return found
