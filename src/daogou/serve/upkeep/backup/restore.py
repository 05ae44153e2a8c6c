"""Make a shop from a backup: everything is checked before anything is put in place, and counted afterwards.

What is brought waits in a hidden folder of the shop until it has been checked. shop.toml is put in place last, so a
restore that was interrupted leaves no half shop that could be served; the same command goes on.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from daogou.core.clock import to_datetime
from daogou.core.errors import BackupRefused, Conflict, NotFound
from daogou.core.protocols import Progress, silent
from daogou.core.settings import SHOP_FILE, Settings, database_url, files_folder, read_settings
from daogou.data.lake import check_lake
from daogou.data.store import database_file, open_store, place_snapshot
from daogou.learn.training.release import load_release
from daogou.serve.audit import AuditLog
from daogou.serve.audit.chain import faults_in
from daogou.serve.audit.log import FOLDER as AUDIT
from daogou.serve.keys import KEYS_FILE, PEPPER_FILE
from daogou.serve.upkeep.backup import copying
from daogou.serve.upkeep.backup.archive import unpack
from daogou.serve.upkeep.backup.contents import KEPT
from daogou.serve.upkeep.backup.manifest import DATABASE, FILES, SHOP, Manifest, faults, manifest_of
from daogou.serve.upkeep.backup.shelf import open_manifest

STAGING = ".restoring"
BESIDE_A_DATABASE = ("", "-wal", "-shm", "-line")


@dataclass(frozen=True)
class Restored:
    """The shop that was made.

    aside  where what stood there before lies now; None where nothing did
    notes  what a person has to know or do, one sentence each
    """

    folder: Path
    manifest: Manifest
    aside: Path | None
    notes: tuple[str, ...]


def restore(source: Path, folder: Path, *, now_us: int, force: bool = False, progress: Progress = silent) -> Restored:
    """Make the shop of the backup `source` in `folder`.

    force  also where a shop is; what it had is moved aside, nothing is deleted. Stop its servers first.

    Raises BackupRefused where the backup is not whole (nothing is put in place then), Conflict where something is in
    the way, StorageFull where it will not fit.
    """
    if not source.exists():
        raise NotFound(f"No backup is at {source}. See `daogou backup list`.")
    manifest = open_manifest(source)
    if not force:
        _refuse_occupied(folder)
    folder.mkdir(parents=True, exist_ok=True)
    copying.check_space(folder, manifest.n_bytes, "The restored shop")
    staging = folder / STAGING
    _bring(source, staging, manifest, progress)
    if found := faults(staging, manifest, progress):
        shutil.rmtree(staging)
        raise BackupRefused(
            f"{source} is not whole, and nothing was restored: {' '.join(found[:5])} Use another backup."
        )
    settings = read_settings(staging / SHOP)
    aside = _clear(staging, folder, settings, now_us, force)
    _place(staging, folder, settings)
    _check(folder, settings, manifest)
    AuditLog(folder).add("restored", backup=source.name, last_seq=manifest.last_seq)
    return Restored(folder, manifest, aside, tuple(_notes(folder, settings, manifest)))


def _refuse_occupied(folder: Path) -> None:
    there = sorted(one.name for one in folder.iterdir() if one.name != STAGING) if folder.is_dir() else []
    is_interrupted = (folder / STAGING).is_dir() and SHOP_FILE not in there
    if there and not is_interrupted:
        raise Conflict(
            f"{folder} is not empty: it holds {', '.join(there[:5])}. Choose an empty folder, or stop what serves this "
            "shop and give --force; what is there is then moved aside."
        )


def _bring(source: Path, staging: Path, manifest: Manifest, progress: Progress) -> None:
    """All files of the backup in `staging`; those an interrupted restore has brought stay."""
    if source.is_file():
        shutil.rmtree(staging, ignore_errors=True)
        unpack(source, staging, progress)
        return
    staging.mkdir(mode=0o700, exist_ok=True)
    done = 0
    for path, piece in manifest.files.items():
        if not copying.is_already(staging / path, piece):
            try:
                copying.copy(source / path, staging / path)
            except FileNotFoundError:
                raise BackupRefused(f"{source}: {path} is missing, and nothing was restored.") from None
        done += piece.n_bytes
        progress(done, manifest.n_bytes, "bytes restored")


def _clear(staging: Path, folder: Path, settings: Settings, now_us: int, force: bool) -> Path | None:
    """Move what is in the way aside, into a folder of the shop; returns that folder. The audit log stays."""
    database = database_file(database_url(settings, folder))
    in_the_way = [folder / name for name in {*KEPT, *(path.name for path in (staging / SHOP).iterdir())} - {AUDIT}]
    in_the_way += [database.with_name(database.name + ending) for ending in BESIDE_A_DATABASE] if database else []
    in_the_way += list(files_folder(settings, folder).glob("*"))
    found = [path for path in in_the_way if path.exists()]
    outside = [path for path in found if folder.resolve() not in path.resolve().parents]
    if outside and not force:
        raise Conflict(f"{outside[0]} is there already, where this shop's settings put it. Move it, or give --force.")
    if not force or not found:
        return None
    aside = folder / f"before-restore-{to_datetime(now_us):%Y%m%dT%H%M%SZ}"
    aside.mkdir(mode=0o700, exist_ok=True)
    for path in found:
        shutil.move(path, aside / path.name)
    return aside


def _place(staging: Path, folder: Path, settings: Settings) -> None:
    _keep_longer_log(staging / SHOP / AUDIT, folder / AUDIT)
    files = files_folder(settings, folder)
    files.mkdir(parents=True, exist_ok=True)
    for path in sorted((staging / FILES).iterdir()) if (staging / FILES).is_dir() else ():
        _move_in(path, files / path.name)
    place_snapshot(database_url(settings, folder), staging / DATABASE)
    for path in sorted((staging / SHOP).iterdir(), key=lambda one: one.name == SHOP_FILE):
        if path.name == SHOP_FILE:
            copying.make_durable(files)
            copying.force(folder)
        _move_in(path, folder / path.name)
    shutil.rmtree(staging)
    copying.force(folder)


def _move_in(path: Path, target: Path) -> None:
    """Move a file, or a folder's files into the one that is there."""
    if path.is_dir() and target.is_dir():
        for one in path.iterdir():
            _move_in(one, target / one.name)
    else:
        shutil.move(path, target)


def _keep_longer_log(brought: Path, there: Path) -> None:
    """The log that stands there stays where it goes on from the one in the backup; else it is put beside that."""
    if not there.exists() or not brought.exists():
        return
    _, head = faults_in((brought / "log.jsonl").read_bytes().splitlines(), {})
    if not AuditLog(there.parent).faults({"the backup": head})[0]:
        shutil.rmtree(brought)
        return
    number = 1
    while (kept := there.with_name(f"{AUDIT}-before-{number}")).exists():
        number += 1
    there.rename(kept)


def _check(folder: Path, settings: Settings, manifest: Manifest) -> None:
    """Look at what was put in place through the doors that will be used. Raises BackupRefused where it differs."""
    with closing(open_store(database_url(settings, folder))) as store:
        found = [
            f"{name} has {count:,} rows and not {manifest.counts[name]:,}."
            for name, count in store.statistics().items()
            if name in manifest.counts and count != manifest.counts[name]
        ]
        found += check_lake(store, files_folder(settings, folder))
    if manifest.release is not None:
        release = load_release(files_folder(settings, folder) / "models")
        if release.name != manifest.release:
            found.append(f"The release in force is {release.name} and not {manifest.release}.")
    if found:
        raise BackupRefused(f"What was restored in {folder} differs from the backup: {' '.join(found)}")


def _notes(folder: Path, settings: Settings, manifest: Manifest) -> list[str]:
    notes = []
    if (folder / KEYS_FILE).exists() and settings.key_pepper is None and not (folder / PEPPER_FILE).exists():
        notes.append(
            "The backup holds no secrets, so no API key works: put key.pepper back, or set DAOGOU_KEY_PEPPER to what "
            "it was, or make new keys with `daogou key new`."
        )
    if others := [name for name in manifest.left_out if not name.endswith(PEPPER_FILE)]:
        notes.append(f"Secrets that were left out of the backup: {', '.join(others)}.")
    notes.append(
        f"Whoever was erased after {manifest.made_at} is in this shop again; erase them again. "
        f"Events acknowledged after {manifest.made_at} (sequence number {manifest.last_seq:,}) are not in it."
    )
    return notes


def unpacked_faults(source: Path, aside: Path, progress: Progress = silent) -> tuple[Manifest, list[str]]:
    """The manifest of a backup and what is wrong with it; an archive is taken apart in `aside`, which is removed."""
    if source.is_dir():
        manifest = manifest_of(source)
        return manifest, faults(source, manifest, progress)
    try:
        manifest = unpack(source, aside, progress)
        return manifest, faults(aside, manifest, progress)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
