"""API keys of a shop: made here, shown once, checked on every call; the shop's folder never holds their text.

A key reads `dg_pub_<key id>_<secret>`. The secret is 256 random bits, so a fast keyed hash is enough:
kept are the key id and HMAC-SHA256(pepper, secret). The pepper comes from the settings, else from a file
that only the owner may read. A slow password hash would cost 240 ms a call and protect nothing more here.
"""

from __future__ import annotations

import hmac
import logging
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path

import msgspec

from daogou.core.errors import Malformed, NotFound, Unauthorized, UnknownName
from daogou.core.secret_file import refuse_readable_by_others, secret_named
from daogou.core.settings import Settings
from daogou.serve.audit.log import COMMAND_LINE, SERVER, AuditLog
from daogou.serve.key_use import KeyUse
from daogou.serve.limiter import windows
from daogou.serve.private_file import exclusive, read_or_create, write_private

KEYS_FILE = "keys.json"
PEPPER_FILE = "key.pepper"
STOREFRONT_FILE = "storefront.key"
SECRET_BYTES = 32
KEY_ID_BYTES = 6
ENDING = 4
_LOG = logging.getLogger("daogou.serve")


class Scope(IntEnum):
    """What a key may do; a higher one may do everything a lower one may."""

    publishable = 1
    secret = 2
    admin = 3


PREFIXES = {"pub": Scope.publishable, "sec": Scope.secret, "adm": Scope.admin}
"""The middle of a key's text, by scope."""


class KeyRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is kept of a key. `ending` is the last characters of its text, `limit` how often it may call."""

    key_id: str
    scope: str
    digest: str
    ending: str
    created_at: str
    note: str = ""
    revoked_at: str | None = None
    limit: str = ""


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Who is calling; `limit` says how often this key may, where the settings of its scope do not."""

    key_id: str
    scope: Scope
    limit: str = ""


class KeyRing:
    """Checks keys. Reads the file again when it changed, so that a revoked key stops at once in every process.

    A file that cannot be read leaves the keys that were read before in force: `problem` says what is wrong with it.
    """

    def __init__(self, folder: Path, pepper: bytes) -> None:
        self._path = folder / KEYS_FILE
        self._pepper = pepper
        self._stamp: tuple[int, int, int] | None = None
        self._records: dict[str, KeyRecord] = {}
        self.problem: str | None = None
        self._use = KeyUse(folder)

    def holder(self, text: str) -> KeyHolder:
        """The holder of this key; Unauthorized when it is malformed, unknown, altered or revoked."""
        self._reload_when_changed()
        prefix, key_id, secret = _parts(text)
        record = self._records.get(key_id)
        # Unknown ids take the same path, so that the time taken tells nothing about which ids exist.
        expected = record.digest if record else "0" * 64
        is_same = hmac.compare_digest(_digest(self._pepper, secret), expected)
        if record is None or not is_same or record.revoked_at or PREFIXES.get(prefix) is not Scope[record.scope]:
            raise Unauthorized("This API key is not valid. Check that it was copied whole and has not been revoked.")
        self._use.note(key_id)
        return KeyHolder(key_id, Scope[record.scope], record.limit)

    def knows(self, key_id: str) -> bool:
        """Whether a key with this id was ever made for this shop."""
        self._reload_when_changed()
        return key_id in self._records

    def derived(self, purpose: str) -> bytes:
        """A key for another purpose: the same in every process of this shop, and of no use for anything else."""
        return hmac.digest(self._pepper, b"daogou purpose 1\0" + purpose.encode(), "sha256")

    def _reload_when_changed(self) -> None:
        try:
            seen = self._path.stat()
        except FileNotFoundError:
            self._stamp, self._records = None, {}
            return
        except OSError as error:
            if self._stamp is None:
                raise
            self._note(f"{self._path} cannot be read: {error.strerror}.")
            return
        stamp = (seen.st_mtime_ns, seen.st_ino, seen.st_size)
        if stamp == self._stamp:
            return
        try:
            self._records = {record.key_id: record for record in _read(self._path)}
        except (Malformed, OSError) as error:
            if self._stamp is None:
                raise
            self._note(f"{error} Until then the keys that were read before are in force, and none can be revoked.")
            if isinstance(error, OSError):
                return
        else:
            self.problem = None
        self._stamp = stamp

    def _note(self, problem: str) -> None:
        if problem != self.problem:
            _LOG.warning("%s", problem)
        self.problem = problem


def key_id_of(text: str) -> str:
    """The part of a key's text that is no secret; any text has one, though not every text is a key."""
    return _parts(text)[1]


def create_key(
    folder: Path, scope: str, *, note: str = "", settings: Settings | None = None, limit: str = "",
    by: str = COMMAND_LINE,
) -> str:  # fmt: skip
    """Make a key and return its text, which is shown this once and cannot be read back.

    limit  how often it may call, such as "600 per minute", instead of what [limits] says of its scope
    """
    windows(limit)  # a limit that cannot be read is refused before anything is made
    if scope not in Scope.__members__:
        raise UnknownName("key scope", scope, list(Scope.__members__))
    pepper = read_pepper(folder, settings)
    prefix = next(name for name, meant in PREFIXES.items() if meant is Scope[scope])
    key_id, secret = secrets.token_hex(KEY_ID_BYTES), secrets.token_urlsafe(SECRET_BYTES)
    record = KeyRecord(
        key_id=key_id,
        scope=scope,
        digest=_digest(pepper, secret),
        ending=secret[-ENDING:],
        created_at=_now(),
        note=note,
        limit=limit,
    )
    with exclusive(folder / KEYS_FILE):
        _write(folder / KEYS_FILE, [*_read(folder / KEYS_FILE), record])
    AuditLog(folder).add("key_made", by, key_id=key_id, scope=scope)
    return f"dg_{prefix}_{key_id}_{secret}"


def list_keys(folder: Path) -> list[KeyRecord]:
    """All keys ever made, oldest first, revoked ones included."""
    return _read(folder / KEYS_FILE)


def revoke_key(folder: Path, key_id: str) -> KeyRecord:
    """Stop a key for good; running servers refuse it from the next call on."""
    path = folder / KEYS_FILE
    with exclusive(path):
        records = _read(path)
        found = next((record for record in records if record.key_id == key_id), None)
        if found is None:
            known = ", ".join(record.key_id for record in records) or "none yet"
            raise NotFound(f"No key has the id {key_id!r}. Known: {known}.")
        revoked = found if found.revoked_at else msgspec.structs.replace(found, revoked_at=_now())
        _write(path, [revoked if record.key_id == key_id else record for record in records])
    AuditLog(folder).add("key_revoked", key_id=key_id, scope=revoked.scope)
    return revoked


def storefront_key(folder: Path, settings: Settings | None = None) -> str:
    """The publishable key that the bundled storefront carries in its page; made when there is none that works.

    A publishable key is public by nature, so this one's text is kept, readable by the owner only.
    """
    path = folder / STOREFRONT_FILE
    ring = KeyRing(folder, read_pepper(folder, settings))
    with exclusive(path):
        if path.exists():
            text = path.read_text("utf-8").strip()
            try:
                ring.holder(text)
            except Unauthorized:
                pass
            else:
                return text
        made = create_key(folder, "publishable", note="storefront", settings=settings, by=SERVER)
        write_private(path, made.encode())
    return made


def read_pepper(folder: Path, settings: Settings | None = None) -> bytes:
    """The secret that keys are hashed with: from the settings, else from the shop's folder, made on first use."""
    if settings is not None and settings.key_pepper is not None:
        return settings.key_pepper.get_secret_value().encode()
    from_environment = secret_named("DAOGOU_KEY_PEPPER", os.environ) if settings is None else None
    if from_environment:
        return from_environment.encode()
    refuse_readable_by_others(folder / PEPPER_FILE, "The pepper of the API keys")
    return read_or_create(folder / PEPPER_FILE, lambda: secrets.token_hex(SECRET_BYTES).encode())


def _parts(text: str) -> tuple[str, str, str]:
    """Kind, id and secret of dg_<kind>_<id>_<secret>."""
    _, _, rest = text.partition("_")
    kind, _, rest = rest.partition("_")
    key_id, _, secret = rest.partition("_")
    return kind, key_id, secret


def _digest(pepper: bytes, secret: str) -> str:
    return hmac.digest(pepper, secret.encode("utf-8", "replace"), "sha256").hex()


def _read(path: Path) -> list[KeyRecord]:
    if not path.exists():
        return []
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[KeyRecord])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(f"{path} is not a list of keys: {error}. Restore it from a backup.") from error


def _write(path: Path, records: list[KeyRecord]) -> None:
    write_private(path, msgspec.json.format(msgspec.json.encode(records), indent=2))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
