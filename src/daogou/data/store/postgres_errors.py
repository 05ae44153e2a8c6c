"""What PostgreSQL says, in our words. Source of the codes: https://www.postgresql.org/docs/current/errcodes-appendix.html"""

from __future__ import annotations

from collections.abc import Mapping

import psycopg

from daogou.core.errors import DaogouError, InvalidInput, StorageFull, StorageUnavailable

BUSY_SECONDS = 10.0
"""How long a writer waits for its turn."""

_DISK_FULL = "53100"
_LOCK_NOT_AVAILABLE = "55P03"
_NEXT_STEPS: Mapping[str, str] = {
    "42501": "Give the shop's role the right to it, see docs/postgresql.md.",
    "53300": "Raise max_connections of the server, or let fewer processes serve.",
    "25006": "It is a standby, or set to read only. Name the primary server in [shop] database.",
}
_SAID_AT_CONNECTING: tuple[tuple[str, str], ...] = (
    ("password", "Check user and password in [shop] database, or in the file that PGPASSFILE names."),
    ("does not exist", "Create it, see docs/postgresql.md, or change [shop] database."),
    ("too many clients", _NEXT_STEPS["53300"]),
    ("starting up", "It is starting; try again in a moment."),
)
_UNREACHABLE = "Check that it runs and that host and port in [shop] database are right."


def in_our_words(error: psycopg.Error, place: str) -> DaogouError:
    """What went wrong with the database at `place`, and what to do about it."""
    code = error.sqlstate or ""
    said = (error.diag.message_primary or str(error)).strip()
    if code == _DISK_FULL:
        return StorageFull(
            f"The disk of the database {place} is full; nothing was written. Free some space and send again."
        )
    if code == _LOCK_NOT_AVAILABLE:
        return StorageUnavailable(
            f"Database {place} cannot be used: another program has been writing for {BUSY_SECONDS:.0f} seconds. "
            "Look for a long import, or for an open transaction in pg_stat_activity."
        )
    if isinstance(error, psycopg.DataError) or (isinstance(error, psycopg.ProgrammingError) and not code):
        return InvalidInput(f"A value cannot be stored: {said}")
    step = _NEXT_STEPS.get(code)
    return StorageUnavailable(f"Database {place} cannot be used: {said.rstrip('.')}.{f' {step}' if step else ''}")


def unreachable(error: psycopg.Error, place: str) -> DaogouError:
    """Why no connection was made; libpq says it in words only, one attempt per line."""
    lines = str(error).strip().splitlines()
    told = next((line for line in reversed(lines) if "failed: " in line), lines[-1])
    said = told.rpartition("failed: ")[2].strip()
    step = next((step for sign, step in _SAID_AT_CONNECTING if sign in said), _UNREACHABLE)
    return StorageUnavailable(f"Database {place} cannot be reached: {said.rstrip('.?')}. {step}")
