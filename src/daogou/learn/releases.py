"""Releases: the folder of a trained set of models, put in place whole or not at all, with earlier ones kept.

    root/CURRENT                          one line of JSON: {"current": name, "previous": name or null}
    root/releases/20261121T101500Z-9f3a/  one release that serves, or did
    root/candidates/…/                    one that was trained and never served yet

Publishing makes every byte durable, renames the finished folder into `releases`, then replaces CURRENT by one atomic
rename. A crash at any moment leaves the earlier release in force. A failing release falls back on the previous one.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from daogou.core.clock import to_datetime
from daogou.core.errors import ArtifactRefused, InvalidInput, NotFound, NotReady
from daogou.learn.locks import is_in_use, locked

T = TypeVar("T")

CURRENT, RELEASES, CANDIDATES = "CURRENT", "releases", "candidates"
SWITCH_LOCK = ".switch.lock"


@dataclass(frozen=True)
class Opened(Generic[T]):
    """What was loaded, from which release, and which newer ones were refused and why."""

    value: T
    path: Path
    refused: tuple[tuple[Path, str], ...] = ()


def release_name(now_us: int) -> str:
    """A fresh name that sorts by time, for example 20261121T101500Z-9f3a2c."""
    return f"{to_datetime(now_us):%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"


def publish(release: Path, root: Path, *, keep: int = 3) -> Path:
    """Put a finished folder in force and return where it now lies; of the others the newest `keep` - 1 stay.

    `release` must lie on the same file system as `root`; it is moved, not copied. The one in force until now is
    always kept, as the one to fall back on, and so is every one that a process still uses. Of several who publish at
    once the later waits.
    """
    if not release.is_dir():
        raise InvalidInput(f"{release} is not a folder, so it cannot be published.")
    if keep < 2:
        raise InvalidInput(f"keep = {keep}: at least 2 releases are kept, the current and the one to fall back on.")
    with locked(root / SWITCH_LOCK):
        place = _put(release, root / RELEASES)
        earlier = _read_current(root)["current"]
        _write_current(root, place.name, earlier if earlier != place.name else _read_current(root)["previous"])
        _prune(releases(root)[keep:])
    return place


def add_candidate(release: Path, root: Path, *, keep: int = 3) -> Path:
    """Keep a finished folder, durably and out of force, and return where it now lies; the newest `keep` stay."""
    with locked(root / SWITCH_LOCK):
        place = _put(release, root / CANDIDATES)
        _prune(candidates(root)[keep:])
    return place


def candidates(root: Path) -> list[Path]:
    """Trained releases that never served, from new to old."""
    return sorted((path for path in (root / CANDIDATES).glob("*") if path.is_dir()), reverse=True)


def find_release(root: Path, name: str) -> Path:
    """The folder of the release or candidate of this name. Raises NotFound with the names there are."""
    known = [*releases(root), *candidates(root)]
    found = next((path for path in known if path.name == name and path.is_dir()), None)
    if found is None:
        names = ", ".join(sorted(path.name for path in known)) or "none yet"
        raise NotFound(f"No release is called {name!r}. Known: {names}.")
    return found


def previous_release(root: Path) -> Path:
    """The release that served before the one in force. Raises NotReady when there is none to go back to."""
    name = _read_current(root)["previous"]
    if name is None or not (root / RELEASES / name).is_dir():
        raise NotReady(f"No earlier release lies in {root}, so there is nothing to go back to.")
    return root / RELEASES / name


def current_release(root: Path) -> Path:
    """The release in force. Raises NotReady when none was ever published."""
    name = _read_current(root)["current"]
    if name is None:
        raise NotReady(f"No model was published in {root} yet. Train one with: daogou train")
    return root / RELEASES / name


def releases(root: Path) -> list[Path]:
    """Releases to try, in order: the current, the previous, then the others from new to old."""
    named = _read_current(root)
    first = [root / RELEASES / name for name in (named["current"], named["previous"]) if name]
    found = sorted((path for path in (root / RELEASES).glob("*") if path.is_dir()), reverse=True)
    return first + [path for path in found if path not in first]


def open_release(root: Path, load: Callable[[Path], T]) -> Opened[T]:
    """Load the first release that is not refused.

    Raises NotReady when there is none at all, ArtifactRefused with every reason when all are refused.
    """
    current_release(root)
    refused: list[tuple[Path, str]] = []
    for path in releases(root):
        try:
            if not path.is_dir():
                raise ArtifactRefused(f"{path} is missing.")
            return Opened(load(path), path, tuple(refused))
        except ArtifactRefused as error:
            refused.append((path, str(error)))
    reasons = "; ".join(reason for _, reason in refused)
    raise ArtifactRefused(f"Every release in {root} was refused. Train again with: daogou train. Reasons: {reasons}")


def _read_current(root: Path) -> dict[str, str | None]:
    """Names of the current and previous release; both None before the first. A broken CURRENT means: newest folder."""
    path = root / CURRENT
    if not path.is_file():
        return {"current": None, "previous": None}
    try:
        read = json.loads(path.read_bytes())
        names = {key: read[key] for key in ("current", "previous")}
    except (ValueError, KeyError, TypeError):
        names = {"current": "", "previous": None}
    for key, name in names.items():
        if name is not None and not _is_plain_name(name):
            names[key] = None
    if names["current"] is None:
        found = sorted(one.name for one in (root / RELEASES).glob("*") if one.is_dir())
        names["current"] = found[-1] if found else None
    return names


def _is_plain_name(name: object) -> bool:
    return isinstance(name, str) and name not in ("", ".", "..") and not set("/\\\0") & set(name)


def _write_current(root: Path, current: str, previous: str | None) -> None:
    fresh = root / f".{CURRENT}-{secrets.token_hex(4)}"
    fresh.write_text(json.dumps({"current": current, "previous": previous}) + "\n", encoding="utf-8")
    _fsync(fresh)
    os.replace(fresh, root / CURRENT)
    _fsync(root)


def _put(release: Path, folder: Path) -> Path:
    """Make a folder durable, then move it in one step."""
    place = folder / release.name
    if place != release and place.exists():
        raise InvalidInput(f"{place} is already there. Give every release its own name.")
    _make_durable(release)
    if place != release:
        folder.mkdir(parents=True, exist_ok=True)
        os.replace(release, place)
    _fsync(folder)
    return place


def _prune(surplus: Sequence[Path]) -> None:
    for old in surplus:
        if old.is_dir() and not is_in_use(old):
            shutil.rmtree(
                old, ignore_errors=True
            )  # a reader on Windows may hold a file open; the next time tries again


def _make_durable(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        _fsync(path)
    _fsync(folder)


def _fsync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return  # Windows cannot open a folder for syncing; its renames are journalled
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
