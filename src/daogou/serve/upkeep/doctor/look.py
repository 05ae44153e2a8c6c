"""The doctor's round: every check in turn, each on its own, so that one that fails hides no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from daogou.core.errors import DaogouError, InvalidInput, StorageUnavailable
from daogou.core.protocols import Progress, silent
from daogou.core.settings import SHOP_FILE, database_url, files_folder, read_settings
from daogou.data.store import Store, database_file, open_store
from daogou.decide.filters.placements import check_placements
from daogou.serve.upkeep.doctor import facts, place
from daogou.serve.upkeep.doctor.finding import Finding, Patient, finding
from daogou.serve.upkeep.doctor.language_model import language_model
from daogou.serve.upkeep.doctor.server import server

Check = Callable[[Patient], Iterator[Finding]]

CHECKS: Mapping[str, Check] = {
    "folder": place.folder_rights,
    "disk": place.disk_space,
    "clock": place.clock,
    "database": facts.database,
    "events": facts.events,
    "lake": facts.lake,
    "catalogue": facts.catalogue,
    "rejects": facts.rejects,
    "release": facts.release,
    "keys": place.keys,
    "audit": place.audit_log,
    "backups": place.backup_age,
    "extras": place.extras,
    "language_model": language_model,
}
"""Every check of a shop's folder, in the order in which they are made."""

RANK = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True)
class Looked:
    """What was checked, and what was found, the worst first."""

    checked: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def is_well(self) -> bool:
        """Nothing worse than a note."""
        return all(one.severity == "note" for one in self.findings)


def look_over(folder: Path, *, now_us: int, url: str | None = None, progress: Progress = silent) -> Looked:
    """Check the shop in `folder`, and the server at `url` when one is given; changes nothing of it."""
    findings: list[Finding] = []
    checked: list[str] = ["settings"]
    try:
        if not (folder / SHOP_FILE).is_file():
            raise InvalidInput(f"No {SHOP_FILE} in {folder.resolve()}.")
        settings = read_settings(folder)
        check_placements(settings)
    except DaogouError as error:
        findings.append(finding("settings_unreadable", "error", reason=error, shop=folder))
    else:
        url_of_database = database_url(settings, folder)
        with _opened(url_of_database, findings, folder) as store:
            one = Patient(folder, settings, files_folder(settings, folder), store.value, now_us)
            for done, (name, check) in enumerate(CHECKS.items(), start=1):
                progress(done - 1, len(CHECKS), name)
                checked.append(name)
                findings += _made(name, check, one)
    if url is not None:
        checked.append("server")
        findings += server(url)
    return Looked(tuple(checked), tuple(sorted(findings, key=lambda found: RANK[found.severity])))


def _made(name: str, check: Check, one: Patient) -> list[Finding]:
    try:
        return list(check(one))
    except (DaogouError, OSError) as error:
        return [finding("check_failed", "error", check=name, reason=error)]


@dataclass
class _Opening:
    """The store, or nothing where it could not be opened."""

    value: Store | None

    def close(self) -> None:
        if self.value is not None:
            self.value.close()


def _opened(url: str, findings: list[Finding], folder: Path) -> closing[_Opening]:
    try:
        file = database_file(url)
        if file is not None and not file.exists():  # opening would make an empty one, and the loss would not show
            raise StorageUnavailable(f"No database is at {file}.")
        return closing(_Opening(open_store(url)))
    except DaogouError as error:
        findings.append(finding("database_unreachable", "error", reason=error, shop=folder))
        return closing(_Opening(None))
