"""Checks of the place a shop lies in: its folder, disk, secrets, audit log, backups, and optional libraries."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec

from daogou.core.clock import DAY_US, HOUR_US, SECOND_US
from daogou.core.errors import DaogouError
from daogou.core.settings import Settings
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.moments import read_moment_us
from daogou.serve.audit import AuditLog
from daogou.serve.key_use import last_used_us
from daogou.serve.keys import KEYS_FILE, PEPPER_FILE, list_keys
from daogou.serve.upkeep.backup.shelf import backups, heads_of_backups
from daogou.serve.upkeep.doctor.finding import Finding, Patient, finding

LEAST_FREE = 0.05
LEAST_FREE_BYTES = 200_000_000
OLD_KEY_US = 365 * DAY_US
UNUSED_KEY_US = 30 * DAY_US
NETWORKS = frozenset({"sasrec", "gru4rec", "ncf", "deepfm", "dcnv2", "finalnet", "finalmlp", "din"})


def folder_rights(one: Patient) -> Iterator[Finding]:
    """Whether this account may write where the shop does, and whether others may read its secrets."""
    for place in {one.folder, one.files} - {path for path in (one.files,) if not path.exists()}:
        try:
            with tempfile.NamedTemporaryFile(dir=place, prefix=".doctor-"):
                pass
        except OSError as error:
            yield finding("folder_not_writable", "error", path=place, reason=error.strerror)
    for name in (KEYS_FILE, PEPPER_FILE):
        path = one.folder / name
        if path.exists() and os.name != "nt" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield finding("secret_readable", "warning", path=path, mode=oct(stat.S_IMODE(path.stat().st_mode)))


def disk_space(one: Patient) -> Iterator[Finding]:
    """Whether the disks have room for a backup's copy and a training."""
    for place in sorted({one.folder, one.files if one.files.exists() else one.folder}):
        usage = shutil.disk_usage(place)
        if usage.free < max(LEAST_FREE_BYTES, LEAST_FREE * usage.total):
            is_urgent = usage.free < LEAST_FREE_BYTES
            share = 100 * usage.free / usage.total
            megabytes = f"{usage.free / 1e6:,.0f}"
            yield finding(
                "disk_nearly_full", "error" if is_urgent else "warning",
                path=place, megabytes=megabytes, share=f"{share:.0f}", shop=one.folder,
            )  # fmt: skip


def clock(one: Patient) -> Iterator[Finding]:
    """Whether time here agrees with the database's and with the files'."""
    newest = max((path.stat().st_mtime for path in one.folder.glob("*") if path.is_file()), default=0.0)
    ahead_seconds = newest - one.now_us / SECOND_US
    if ahead_seconds > 60:
        yield finding("files_in_the_future", "warning", seconds=f"{ahead_seconds:,.0f}")
    if one.store is not None:
        there_us = one.store.health().clock_us
        if there_us is not None and abs(there_us - one.now_us) > 5 * SECOND_US:
            yield finding("clock_apart", "warning", seconds=f"{abs(there_us - one.now_us) / SECOND_US:,.0f}")


def keys(one: Patient) -> Iterator[Finding]:
    """Whether keys can work at all, and which are idle or old."""
    try:
        records = [record for record in list_keys(one.folder) if record.revoked_at is None]
    except DaogouError as error:
        yield finding("keys_unreadable", "error", reason=error)
        return
    if not records:
        yield finding("no_keys", "note", shop=one.folder)
    elif one.settings.key_pepper is None and not (one.folder / PEPPER_FILE).exists():
        yield finding("pepper_missing", "error", shop=one.folder, keys=len(records))
    used = last_used_us(one.folder)
    for record in records:
        age_us = one.now_us - read_moment_us(record.created_at, "created_at", Defaults())
        if age_us > OLD_KEY_US and record.scope != "publishable":
            yield finding(
                "key_old", "note", key=record.key_id, scope=record.scope, days=age_us // DAY_US, shop=one.folder
            )
        if record.key_id not in used and age_us > UNUSED_KEY_US:
            yield finding("key_never_used", "note", key=record.key_id, scope=record.scope, shop=one.folder)


def audit_log(one: Patient) -> Iterator[Finding]:
    """Whether the log of administrative acts is as it was written."""
    place = one.folder / one.settings.backup.folder
    faults, _ = AuditLog(one.folder).faults(heads_of_backups(place, one.settings.shop.id))
    if faults:
        yield finding("audit_changed", "error", faults=len(faults), first=faults[0], shop=one.folder)


def backup_age(one: Patient) -> Iterator[Finding]:
    """Whether there is a backup that is complete, recent and on another disk."""
    place = one.folder / one.settings.backup.folder
    found = backups(place, one.settings.shop.id)
    complete = [kept for kept in found if kept.manifest is not None]
    for kept in found:
        if kept.manifest is None:
            yield finding("backup_unusable", "note", backup=kept.path.name, reason=kept.problem, shop=one.folder)
    if not complete:
        yield finding("no_backup", "warning", place=place, shop=one.folder)
        return
    newest = complete[-1]
    assert newest.manifest is not None
    age_us = one.now_us - read_moment_us(newest.manifest.made_at, "made_at", Defaults())
    if age_us > one.settings.backup.max_age_hours * HOUR_US:
        yield finding("backup_old", "warning", hours=age_us // HOUR_US, place=place, shop=one.folder)
    if place.stat().st_dev == one.folder.stat().st_dev:
        yield finding("backup_same_disk", "note", place=place)


def extras(one: Patient) -> Iterator[Finding]:
    """Whether the optional libraries that the settings ask for are installed."""
    for extra, module, purpose in wanted_extras(one.settings):
        if find_spec(module) is None:
            yield finding("extra_missing", "warning", extra=extra, library=module, purpose=purpose)


def wanted_extras(settings: Settings) -> list[tuple[str, str, str]]:
    """Extra, module and what for, of everything the settings need."""
    recipes = {one.recipe for section in (settings.models, settings.rankers) for one in section.values()}
    wanted = []
    if found := recipes & NETWORKS:
        wanted += [("onnx", "onnxruntime", ", ".join(sorted(found)))] if found & {"sasrec", "gru4rec"} else []
        wanted.append(("deep", "torch", ", ".join(sorted(found))))
    if "boosted" in recipes:
        wanted.append(("boost", "lightgbm", "boosted"))
    if settings.context.country:
        wanted.append(("calendar", "holidays", "[context] country"))
    if settings.encoder.kind in ("onnx", "self"):
        wanted.append(("onnx", "onnxruntime", "[encoder]"))
    if settings.encoder.kind == "http":
        wanted.append(("http", "httpx", "[encoder]"))
    if settings.language_model.url:
        wanted.append(("http", "httpx", "[language_model]"))
    if settings.shop.database.startswith("postgresql"):
        wanted.append(("postgres", "psycopg", "[shop] database"))
    return wanted
