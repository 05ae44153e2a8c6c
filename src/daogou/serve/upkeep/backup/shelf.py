"""A folder of backups: what lies there, the newest, and which are old enough to go."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from daogou.core.clock import to_datetime
from daogou.core.errors import BackupRefused
from daogou.serve.audit.chain import Head
from daogou.serve.upkeep.backup.archive import ENDING, read_archive_manifest
from daogou.serve.upkeep.backup.manifest import Manifest, manifest_of

PARTIAL = ".partial"


@dataclass(frozen=True, slots=True)
class Kept:
    """One backup. `manifest` is None where it is not complete or cannot be used, and `problem` says why."""

    path: Path
    manifest: Manifest | None
    problem: str = ""


def backup_name(shop: str, now_us: int) -> str:
    """A name that sorts by time, for example tea-house-20261121T101500123Z."""
    return f"{shop}-{to_datetime(now_us):%Y%m%dT%H%M%S}{now_us // 1_000 % 1_000:03d}Z"


def open_manifest(path: Path) -> Manifest:
    """The manifest of a backup, folder or archive. Raises BackupRefused."""
    return read_archive_manifest(path) if path.is_file() else manifest_of(path)


def backups(place: Path, shop: str) -> list[Kept]:
    """Every backup of this shop in a folder, oldest first, unfinished ones too."""
    if not place.is_dir():
        return []
    found = []
    for path in sorted(place.iterdir(), key=lambda one: one.name.lstrip(".")):
        name = path.name.lstrip(".").removesuffix(PARTIAL).removesuffix(ENDING)
        if name.rpartition("-")[0] != shop:
            continue
        if path.name.endswith(PARTIAL):
            found.append(Kept(path, None, "It was interrupted; the next `daogou backup create` goes on with it."))
        elif path.is_dir() or path.name.endswith(ENDING):
            try:
                found.append(Kept(path, open_manifest(path)))
            except BackupRefused as error:
                found.append(Kept(path, None, str(error)))
    return found


def newest_folder(place: Path, shop: str) -> Kept | None:
    """The newest complete backup that is a folder: unchanged files are shared with it."""
    folders = [one for one in backups(place, shop) if one.manifest is not None and one.path.is_dir()]
    return folders[-1] if folders else None


def heads_of_backups(place: Path, shop: str) -> dict[str, Head]:
    """Where the audit log stood at each complete backup, by the backup's name."""
    return {one.path.name: one.manifest.audit for one in backups(place, shop) if one.manifest is not None}


def rotate(place: Path, shop: str, keep: int) -> list[Path]:
    """Delete all complete backups but the newest `keep`; returns what went."""
    complete = [one.path for one in backups(place, shop) if one.manifest is not None]
    gone = complete[: max(len(complete) - keep, 0)]
    for path in gone:
        if path.is_dir():
            doomed = path.with_name(f".{path.name}{PARTIAL}")  # so that a kill meanwhile leaves nothing half whole
            path.rename(doomed)
            shutil.rmtree(doomed)
        else:
            path.unlink()
    return gone
