"""What a backup says of itself, and whether it is true."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path, PurePosixPath

import msgspec

from daogou.core.errors import BackupRefused
from daogou.core.protocols import Progress, silent
from daogou.data.lake.files import digest_of
from daogou.data.store.migrations import HEAD
from daogou.data.store.snapshot import facts_of, faults_of
from daogou.serve.audit.chain import Head, faults_in

FORMAT = 1
MANIFEST, DATABASE, SHOP, FILES = "manifest.json", "database.db", "shop", "files"
MAX_MANIFEST_BYTES = 256_000_000


class Piece(msgspec.Struct, frozen=True):
    """One file of a backup."""

    sha256: str
    n_bytes: int


class Manifest(msgspec.Struct, frozen=True):
    """manifest.json.

    database   the last migration its database has taken
    counts     rows by table
    last_seq   the newest event that was acknowledged when it was made
    watermark  events up to here are in the lake's files
    release    name of the serving release; None before the first training
    audit      the audit log's head, which the log must still contain later
    left_out   secrets that were there and were not copied
    files      every file but this one, by its path with forward slashes
    sha256     of this document without this field
    """

    format: int
    daogou: str
    made_at: str
    shop: str
    database: str
    counts: dict[str, int]
    last_seq: int
    watermark: int
    release: str | None
    audit: Head
    with_secrets: bool
    left_out: list[str]
    files: dict[str, Piece]
    sha256: str = ""

    @property
    def n_bytes(self) -> int:
        return sum(piece.n_bytes for piece in self.files.values())


def sealed(manifest: Manifest) -> bytes:
    """The document as it is written, with its own digest."""
    whole = msgspec.structs.replace(manifest, sha256=_digest(manifest))
    return msgspec.json.format(msgspec.json.encode(whole, order="sorted"), indent=1) + b"\n"


def read_manifest(content: bytes, place: Path | str) -> Manifest:
    """The manifest in `content`. Raises BackupRefused where it is altered, or newer than this program."""
    if len(content) > MAX_MANIFEST_BYTES:
        raise BackupRefused(f"{place}: {MANIFEST} has more than {MAX_MANIFEST_BYTES} bytes.")
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BackupRefused(f"{place}: {MANIFEST} cannot be read: {error}. Use another backup.") from error
    if manifest.format > FORMAT:
        raise BackupRefused(
            f"{place} has format {manifest.format}, newer than this program reads ({FORMAT}). Install a newer Daogou."
        )
    if manifest.sha256 != _digest(manifest):
        raise BackupRefused(f"{place}: {MANIFEST} was altered after it was written. Use another backup.")
    if manifest.database > HEAD:
        raise BackupRefused(
            f"{place} holds a database at version {manifest.database}, newer than this program knows ({HEAD}). "
            f"Install Daogou {manifest.daogou} or newer."
        )
    for path in manifest.files:
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts or "\\" in path or not path:
            raise BackupRefused(f"{place}: {MANIFEST} names {path!r}, which is not a path inside a backup.")
    return manifest


def manifest_of(folder: Path) -> Manifest:
    """The manifest of a backup that is a folder. Raises BackupRefused where it has none."""
    try:
        content = (folder / MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise BackupRefused(
            f"{folder} is not a complete backup: it has no {MANIFEST}. See `daogou backup list` for those there are."
        ) from None
    return read_manifest(content, folder)


def faults(folder: Path, manifest: Manifest, progress: Progress = silent) -> list[str]:
    """What is wrong with an unpacked backup, one sentence each; reads all of it."""
    found = []
    done = 0
    for path, piece in manifest.files.items():
        place = folder / path
        if not place.is_file() or place.is_symlink():
            found.append(f"{path} is missing.")
        elif os.stat(place).st_size != piece.n_bytes or digest_of(place)[0] != piece.sha256:
            found.append(f"{path} is not what was written: its SHA-256 or size differs.")
        done += piece.n_bytes
        progress(done, manifest.n_bytes, "bytes checked")
    return found or _faults_inside(folder, manifest)


def _faults_inside(folder: Path, manifest: Manifest) -> list[str]:
    """Whether the parts fit each other, once each is known to be what was written."""
    found = [f"{DATABASE}: {one}" for one in faults_of(folder / DATABASE)]
    if found:
        return found
    facts = facts_of(folder / DATABASE)
    if (facts.version, facts.counts, facts.last_seq) != (manifest.database, manifest.counts, manifest.last_seq):
        found.append(f"{DATABASE} does not hold the rows that {MANIFEST} counts.")
    lacking = [path for path, _, digest in facts.lake_files if _digest_in(manifest, path) != digest]
    found += [f"{FILES}/{path} is in the database's list of files and not in the backup." for path in lacking]
    log = folder / SHOP / "audit" / "log.jsonl"
    lines = log.read_bytes().splitlines() if log.exists() else []
    return found + [f"Audit log: {one}" for one in faults_in(lines, {MANIFEST: manifest.audit})[0]]


def _digest_in(manifest: Manifest, lake_path: str) -> str | None:
    piece = manifest.files.get(f"{FILES}/{lake_path}")
    return piece.sha256 if piece else None


def _digest(manifest: Manifest) -> str:
    bare = msgspec.structs.replace(manifest, sha256="")
    return hashlib.sha256(msgspec.json.encode(bare, order="sorted")).hexdigest()
