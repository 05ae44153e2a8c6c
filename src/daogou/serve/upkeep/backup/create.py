"""Make a backup of a running shop: nobody waits for it, and it is there whole or not at all.

The database is copied as of one moment first; the lake's files are those that this copy names, so both fit together.
All is written into a hidden folder, forced to the disk and renamed at the end. What an interrupted run brought is used
again.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import msgspec

from daogou import __version__
from daogou.core.clock import isoformat
from daogou.core.errors import BackupRefused, StorageUnavailable
from daogou.core.protocols import Progress, silent
from daogou.core.settings import Settings, database_url, files_folder
from daogou.data.lake.files import digest_of
from daogou.data.store import open_store
from daogou.data.store.snapshot import SnapshotFacts, facts_of
from daogou.learn.releases import CURRENT
from daogou.learn.training.release import current_name
from daogou.serve.audit import AuditLog
from daogou.serve.audit.chain import Head, faults_in
from daogou.serve.private_file import exclusive
from daogou.serve.upkeep.backup import copying
from daogou.serve.upkeep.backup.archive import ENDING, pack
from daogou.serve.upkeep.backup.contents import Source, kept_files, shop_files
from daogou.serve.upkeep.backup.manifest import DATABASE, FILES, FORMAT, MANIFEST, SHOP, Manifest, Piece, sealed
from daogou.serve.upkeep.backup.shelf import PARTIAL, Kept, backup_name, backups, newest_folder, rotate

ATTEMPTS = 3
"""Files that the copied database names may be merged or retrained away meanwhile; then a newer moment is copied."""
LOG_PATH, HEAD_PATH = f"{SHOP}/audit/log.jsonl", f"{SHOP}/audit/head.json"


@dataclass(frozen=True)
class Made:
    """A complete backup; `shared` of its files are the same as in an earlier one, `gone` are those that made room."""

    path: Path
    manifest: Manifest
    shared: int
    gone: tuple[Path, ...]


@dataclass
class _Run:
    """One attempt."""

    partial: Path
    earlier: Kept | None
    progress: Progress
    total: int
    pieces: dict[str, Piece]
    done: int = 0
    shared: int = 0

    def put(self, source: Source, expected: Piece | None = None) -> None:
        """Bring one file, by a link to the last backup where that has the same."""
        target = self.partial / source.name
        held = None if self.earlier is None or self.earlier.manifest is None else self.earlier.manifest.files
        known = None if held is None else held.get(source.name)
        if expected is None and known is not None and copying.is_already(source.path, known):
            expected = known
        is_here = expected is not None and copying.is_already(target, expected)
        if is_here or (expected is not None and known == expected and self._share(source.name, target)):
            assert expected is not None
            self.take(source.name, expected)
            return
        piece = copying.copy(source.path, target)
        if expected is not None and piece != expected:
            raise BackupRefused(
                f"{source.path} is not what was once written there: its SHA-256 differs. No backup was made of it; "
                "see `daogou doctor`, and put the file back from an earlier backup."
            )
        self.take(source.name, piece)

    def take(self, name: str, piece: Piece) -> None:
        """Enter a file that is there."""
        self.pieces[name] = piece
        self.done += piece.n_bytes
        self.progress(min(self.done, self.total), self.total, "bytes copied")

    def _share(self, name: str, target: Path) -> bool:
        assert self.earlier is not None
        is_shared = copying.share(self.earlier.path / name, target)
        self.shared += is_shared
        return is_shared


def create_backup(
    folder: Path,
    settings: Settings,
    place: Path,
    *,
    now_us: int,
    keep: int,
    with_secrets: bool = False,
    as_archive: bool = False,
    progress: Progress = silent,
) -> Made:
    """Copy the shop in `folder` into a new backup in `place`, then let the oldest go.

    keep          how many complete backups stay, this one counted
    with_secrets  also what the keys are hashed with, and other files that only their owner may read

    Raises StorageFull before anything is written where it will not fit, BackupRefused where a file of the shop is
    damaged.
    """
    place.mkdir(parents=True, exist_ok=True)
    shop = settings.shop.id
    with exclusive(place / "backup"), closing(open_store(database_url(settings, folder))) as store:
        name = backup_name(shop, now_us)
        partial = _prepared(place, shop, name)
        earlier = newest_folder(place, shop)
        for attempt in range(ATTEMPTS):
            health = store.health()
            copying.check_space(place, health.n_bytes + health.log_bytes, "A copy of the database")
            (partial / DATABASE).unlink(missing_ok=True)
            store.snapshot(partial / DATABASE, progress)
            facts = facts_of(partial / DATABASE)
            try:
                run, left_out, release = _filled(folder, settings, partial, earlier, facts, with_secrets, progress)
                break
            except FileNotFoundError as error:
                if attempt == ATTEMPTS - 1:
                    raise StorageUnavailable(
                        f"{error.filename} went away while it was copied. Wait for compaction or training to end, and "
                        "run it again."
                    ) from error
        log = AuditLog(folder).whole()
        head = _written_log(run, log)
        manifest = Manifest(
            FORMAT, __version__, isoformat(now_us), shop, facts.version, facts.counts, facts.last_seq, facts.watermark,
            release, head, with_secrets, left_out, dict(sorted(run.pieces.items())),
        )  # fmt: skip
        _sweep(partial, manifest)
        _write(partial / MANIFEST, sealed(manifest))
        copying.make_durable(partial)
        path = place / name
        if as_archive:
            path = place / f"{name}{ENDING}"
            pack(partial, path, progress)
            shutil.rmtree(partial)
        else:
            partial.rename(path)
            copying.force(place)
        gone = rotate(place, shop, keep)
    AuditLog(folder).add("backup_made", backup=name, last_seq=manifest.last_seq, with_secrets=with_secrets)
    return Made(path, manifest, run.shared, tuple(gone))


def _prepared(place: Path, shop: str, name: str) -> Path:
    """The hidden folder to write into: a new one, or what an interrupted run left."""
    partial = place / f".{name}{PARTIAL}"
    unfinished = [one.path for one in backups(place, shop) if one.path.name.endswith(PARTIAL)]
    for path in unfinished:
        if path.is_file():
            path.unlink()
        elif partial.exists():
            shutil.rmtree(path)
        else:
            path.rename(partial)
    partial.mkdir(mode=0o700, exist_ok=True)
    (partial / MANIFEST).unlink(missing_ok=True)
    return partial


def _filled(
    folder: Path,
    settings: Settings,
    partial: Path,
    earlier: Kept | None,
    facts: SnapshotFacts,
    with_secrets: bool,
    progress: Progress,
) -> tuple[_Run, list[str], str | None]:
    files = files_folder(settings, folder)
    lake = [(Source(files / path, f"{FILES}/{path}"), Piece(digest, size)) for path, size, digest in facts.lake_files]
    release = current_name(files / "models")
    own = shop_files(folder, settings)
    others = [one for one in own if with_secrets or not one.is_secret] + list(kept_files(files, release))
    held = earlier.manifest.files if earlier is not None and earlier.manifest is not None else {}
    new = sum(piece.n_bytes for source, piece in lake if held.get(source.name) != piece)
    new += sum(one.path.stat().st_size for one in others)
    copying.check_space(partial, new, "The backup")
    database = partial / DATABASE
    total = database.stat().st_size + sum(piece.n_bytes for _, piece in lake)
    run = _Run(partial, earlier, progress, total + sum(one.path.stat().st_size for one in others), {})
    with database.open("rb") as copied:
        os.fsync(copied.fileno())
    run.take(DATABASE, _piece(database))
    for source, piece in lake:
        run.put(source, piece)
    for source in others:
        run.put(source)
    if release is not None:
        current = partial / FILES / "models" / CURRENT
        _write(current, msgspec.json.encode({"current": release, "previous": None}) + b"\n")
        run.take(f"{FILES}/models/{CURRENT}", _piece(current))
    return run, sorted(one.name for one in own if one.is_secret and not with_secrets), release


def _written_log(run: _Run, log: bytes) -> Head:
    """The audit log as it is now, and its head."""
    _, head = faults_in(log.splitlines(), {})
    for name, content in ((LOG_PATH, log), (HEAD_PATH, msgspec.json.encode(head) + b"\n")):
        _write(run.partial / name, content)
        run.take(name, _piece(run.partial / name))
    return head


def _sweep(partial: Path, manifest: Manifest) -> None:
    """Delete what an interrupted run brought and this one does not hold."""
    for place, _, names in os.walk(partial):
        for name in names:
            path = Path(place) / name
            if path.relative_to(partial).as_posix() not in manifest.files:
                path.unlink()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)  # it may be shared with an earlier backup
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _piece(path: Path) -> Piece:
    return Piece(*digest_of(path))
