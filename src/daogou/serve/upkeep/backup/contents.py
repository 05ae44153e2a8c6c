"""Which files of a shop belong in a backup, besides the database and the lake."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daogou.core.settings import SHOP_FILE, Settings, files_folder
from daogou.learn.releases import CURRENT, RELEASES
from daogou.serve.keys import KEYS_FILE
from daogou.serve.upkeep.backup.manifest import FILES, SHOP

KEPT = (SHOP_FILE, KEYS_FILE, "demo.json")
SECRETS = ("*.pepper", "*.key", "*.pem")
OWNERS_ONLY = stat.S_IRWXG | stat.S_IRWXO
LEFT_OUT = frozenset(
    {"events", "models", "imports", "rejects", "vectors", "tuning", "encoder.training", "encoder.building"}
)
"""Folders of the shop's files that are copied otherwise, can be made again, or belong to work that was interrupted."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file to copy: where it lies, and its path in the backup."""

    path: Path
    name: str
    is_secret: bool = False


def shop_files(folder: Path, settings: Settings) -> list[Source]:
    """Files of the shop's own folder: the settings, the keys' hashes, secrets, and what the settings name.

    A named file that only its owner may read counts as a secret.
    """
    found = {name: Source(folder / name, f"{SHOP}/{name}") for name in KEPT if (folder / name).is_file()}
    for pattern in SECRETS:
        for path in folder.glob(pattern):
            if path.is_file() and not path.name.startswith("."):
                found[path.name] = Source(path, f"{SHOP}/{path.name}", is_secret=True)
    apart = {files_folder(settings, folder), (folder / settings.backup.folder).resolve()}
    for text in _texts(settings.model_dump(mode="json", include={"encoder", "channels", "lists", "context"})):
        for path in _inside(folder, text, apart):
            name = path.relative_to(folder.resolve()).as_posix()
            is_secret = not path.stat().st_mode & OWNERS_ONLY
            found.setdefault(name, Source(path, f"{SHOP}/{name}", is_secret))
    return list(found.values())


def kept_files(files: Path, release: str | None) -> Iterator[Source]:
    """The serving release, what stands beside the releases, and every other folder that cannot be made again."""
    models = files / "models"
    for path in _regular(models):
        under = path.relative_to(models)
        is_served = under.parts[0] == RELEASES and len(under.parts) > 1 and under.parts[1] == release
        stands_beside = len(under.parts) == 1 and under.name != CURRENT and under.suffix != ".lock"
        if is_served or stands_beside:
            yield Source(path, f"{FILES}/models/{under.as_posix()}")
    for part in sorted(files.iterdir()) if files.is_dir() else ():
        if part.name in LEFT_OUT or part.name.startswith("."):
            continue
        for path in _regular(part) if part.is_dir() else [part] if part.is_file() else ():
            yield Source(path, f"{FILES}/{path.relative_to(files).as_posix()}")


def _regular(folder: Path) -> list[Path]:
    found = (Path(place) / name for place, _, names in os.walk(folder) for name in names)
    return sorted(path for path in found if not path.name.startswith(".") and path.is_file() and not path.is_symlink())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list | tuple):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(one)


def _inside(folder: Path, text: str, apart: set[Path]) -> list[Path]:
    """The files that a setting names within the shop's folder, if it names any."""
    if not text or len(text) > 255 or "\0" in text:
        return []
    place, root = (folder / text).resolve(), folder.resolve()
    if place == root or root not in place.parents or any(one == place or one in place.parents for one in apart):
        return []
    return [place] if place.is_file() else _regular(place) if place.is_dir() else []
