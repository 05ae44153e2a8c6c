"""A release as serving sees it: the fitted models, how they are mixed, and what was measured."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from daogou.core.errors import ArtifactRefused, NotReady
from daogou.learn.artifact import Artifact, load_artifact
from daogou.learn.evaluation.result import Repeats
from daogou.learn.lift import Lift, load_lift
from daogou.learn.releases import current_release, open_release
from daogou.learn.training.mix import Mix

FORMAT = 1
RELEASE_FILE, REPORT_FILE, MODELS_FOLDER = "release.json", "report.html", "models"
CONTEXT_FOLDER, NEWCOMERS_FOLDER = "context", "newcomers"
MAX_RELEASE_BYTES = 64_000_000


@dataclass(frozen=True, eq=False)
class Release:
    """What `train_release` published.

    mix         the mix for the shop's own rule about items already bought
    mixes       the mix for lists that may show what a shopper had ("counted") and for those that may not ("excluded")
    info        release.json as it was written
    cold_items  ids of items that nobody had taken when it was trained
    context     what circumstances do to what is wanted; None where that was not learned
    newcomers   what people who told the same about themselves take; None where that was not learned
    refused     newer releases that could not be loaded, and why; a warning where it is not empty
    """

    name: str
    path: Path
    models: Mapping[str, Artifact]
    mix: Mix
    mixes: Mapping[Repeats, Mix]
    info: Mapping[str, Any]
    cold_items: frozenset[str] = frozenset()
    context: Lift | None = None
    newcomers: Lift | None = None
    refused: tuple[tuple[Path, str], ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """One sentence per newer release that was refused."""
        return tuple(f"{path.name} was refused, {self.name} serves instead: {reason}" for path, reason in self.refused)


def current_name(root: Path) -> str | None:
    """Name of the release in force, None before the first: one small file to read, so cheap to ask often."""
    try:
        return current_release(root).name
    except NotReady:
        return None


def load_release(root: Path) -> Release:
    """The release in force, or the newest earlier one that can be read.

    Raises NotReady when none was ever published, ArtifactRefused when all are refused.
    """
    opened = open_release(root, read_release)
    found = opened.value
    return replace(found, refused=opened.refused)


def read_release(path: Path) -> Release:
    """One release folder. Raises ArtifactRefused with the reason."""
    info = read_info(path)
    try:
        mixes: dict[Repeats, Mix] = {"counted": Mix.from_dict(info["mixes"]["counted"])}
        mixes["excluded"] = Mix.from_dict(info["mixes"]["excluded"])
        mix = mixes["excluded" if info["repeats"] == "excluded" else "counted"]
        names = [str(name) for name in info["models"]]
    except (KeyError, TypeError) as error:
        raise ArtifactRefused(f"{path / RELEASE_FILE} lacks {error}.") from error
    models = _with_shared_ids({name: load_artifact(path / MODELS_FOLDER / _plain(name, path)) for name in names})
    missing = [name for one in mixes.values() for name in one.members if name not in models]
    if missing:
        raise ArtifactRefused(f"{path / RELEASE_FILE} mixes {', '.join(missing)}, which it does not hold.")
    cold_items = frozenset(str(one) for one in info.get("cold_items", ()))
    lifts = (load_lift(path / CONTEXT_FOLDER), load_lift(path / NEWCOMERS_FOLDER))
    return Release(path.name, path, models, mix, mixes, info, cold_items, *lifts)


def read_info(path: Path) -> Mapping[str, Any]:
    """release.json of one release folder, without loading its models."""
    file = path / RELEASE_FILE
    try:
        if file.stat().st_size > MAX_RELEASE_BYTES:
            raise ArtifactRefused(f"{file} has more than {MAX_RELEASE_BYTES} bytes.")
        info = json.loads(file.read_bytes())
    except (OSError, ValueError) as error:
        raise ArtifactRefused(f"{file} cannot be read: {error}") from error
    if not isinstance(info, dict) or not isinstance(info.get("format"), int):
        raise ArtifactRefused(f"{file} is not a release: it has no format number.")
    if info["format"] > FORMAT:
        raise ArtifactRefused(
            f"{file} has format {info['format']}, newer than this program reads ({FORMAT}). Update daogou."
        )
    return info


def _with_shared_ids(models: Mapping[str, Artifact]) -> dict[str, Artifact]:
    """The same models; those that know the same items share one list of ids."""
    lists: list[Sequence[str]] = []
    shared = {}
    for name, artifact in models.items():
        ids = next((one for one in lists if one == artifact.item_ids), None)
        if ids is None:
            lists.append(artifact.item_ids)
        shared[name] = artifact if ids is None else replace(artifact, item_ids=ids)
    return shared


def _plain(name: str, path: Path) -> str:
    if not name or name.startswith(".") or set("/\\\0") & set(name):
        raise ArtifactRefused(f"{path / RELEASE_FILE} names a model {name!r}, which is not a plain name.")
    return name
