"""Every error Daogou raises on purpose, each with a code that never changes.

DaogouError                     daogou_error        500
├── InvalidInput                invalid_input       422   something given to us is wrong
│   ├── InvalidField            invalid_field       422   one field of one row or body
│   ├── InvalidFilter           invalid_filter      422   a filter expression that cannot be read
│   ├── Malformed               malformed           400   bytes that cannot be read as what they claim to be
│   ├── TooLarge                too_large           413   more than one call may carry
│   └── UnknownName             unknown_name        422   a recipe, placement, format, … nobody knows
├── NotFound                    not_found           404   a thing that was asked for by id
├── Conflict                    conflict            409   somebody else changed it meanwhile; nothing was written
├── Unauthorized                unauthorized        401   no key, or not a valid one
├── Forbidden                   forbidden           403   a valid key that may not do this
├── NotReady                    not_ready           503   no catalogue or no model yet
├── StorageFull                 storage_full        507   the disk took nothing more; nothing was acknowledged
├── StorageUnavailable          storage_unavailable 503   the database is away or locked
│   └── DiskFailed              disk_failed         503   the disk lost what it had taken; this process writes no more
├── ArtifactRefused             artifact_refused    500   a model on disk that is incomplete, altered or too new
├── BackupRefused               backup_refused      500   a backup that is incomplete, altered or too new
└── MissingExtra                missing_extra       500   an optional library is not installed
"""

from __future__ import annotations

import unicodedata
from typing import ClassVar

_SHOWN_BEFORE, _SHOWN_AFTER = 40, 30


class DaogouError(Exception):
    """Base of all; `code` goes on the wire, `status` is the HTTP status that fits."""

    code: ClassVar[str] = "daogou_error"
    status: ClassVar[int] = 500


class InvalidInput(DaogouError):
    """Something given to us is wrong; the message says what, the value seen and what is allowed."""

    code = "invalid_input"
    status = 422


class InvalidField(InvalidInput):
    """One field of one row or body is wrong.

    field    path to it, for example items[2].price
    value    the value seen
    allowed  what would have been right, as a short phrase
    rule     stable short name of the broken rule, for reports by reason
    """

    code = "invalid_field"

    def __init__(self, field: str, value: object, allowed: str, *, rule: str = "invalid_value") -> None:
        self.field = field
        self.value = value
        self.allowed = allowed
        self.rule = rule
        super().__init__(f"{field}: {_shown(value)} is not allowed. Use {allowed}.")

    def within(self, prefix: str) -> InvalidField:
        """The same complaint, seen from one level further out."""
        return InvalidField(f"{prefix}.{self.field}", self.value, self.allowed, rule=self.rule)


class InvalidFilter(InvalidInput):
    """A filter expression is wrong at one place.

    text      the expression
    position  column of the first wrong character, from 1, in Unicode characters
    found     what stands there, as a short phrase
    expected  what would have been right, as a short phrase
    rule      stable short name of the broken rule, see contracts/filter-language.md
    where     which setting or field of a body holds the expression
    """

    code = "invalid_filter"

    def __init__(
        self, text: str, position: int, found: str, expected: str, *, rule: str = "syntax", where: str = "filter"
    ) -> None:
        self.text = text
        self.position = position
        self.found = found
        self.expected = expected
        self.rule = rule
        self.where = where
        line, caret = _pointed(text, position)
        super().__init__(f"{where}, column {position}: found {found}, expected {expected}.\n  {line}\n  {caret}")

    def within(self, where: str) -> InvalidFilter:
        """The same complaint about the expression held by `where`."""
        return InvalidFilter(self.text, self.position, self.found, self.expected, rule=self.rule, where=where)


class Malformed(InvalidInput):
    """Bytes that cannot be read as what they claim to be: JSON, gzip, UTF-8, Parquet."""

    code = "malformed"
    status = 400


class TooLarge(InvalidInput):
    """More than one call may carry."""

    code = "too_large"
    status = 413


class UnknownName(InvalidInput):
    """A name that is in none of our tables."""

    code = "unknown_name"

    def __init__(self, what: str, name: str, known: object) -> None:
        names = (
            ", ".join(sorted(str(one) for one in known))
            if isinstance(known, list | tuple | set | frozenset | dict)
            else str(known)
        )
        super().__init__(f"No {what} is called {name!r}. Known: {names or 'none yet'}.")


class NotFound(DaogouError):
    """A thing that was asked for by its id does not exist."""

    code = "not_found"
    status = 404


class Conflict(DaogouError):
    """Written over something that is no longer what the writer had read; nothing was changed."""

    code = "conflict"
    status = 409


class Unauthorized(DaogouError):
    """No key, or not a valid one."""

    code = "unauthorized"
    status = 401


class Forbidden(DaogouError):
    """A valid key that may not do this."""

    code = "forbidden"
    status = 403


class NotReady(DaogouError):
    """The shop has no catalogue or no model yet."""

    code = "not_ready"
    status = 503


class StorageFull(DaogouError):
    """The disk took nothing more. Nothing of this call was acknowledged or half written."""

    code = "storage_full"
    status = 507


class StorageUnavailable(DaogouError):
    """The database is away or locked for longer than we wait."""

    code = "storage_unavailable"
    status = 503


class DiskFailed(StorageUnavailable):
    """The disk could not keep what was written. Nothing of this call was acknowledged; only a restart writes again."""

    code = "disk_failed"


class ArtifactRefused(DaogouError):
    """A model on disk is incomplete, altered, or newer than this program."""

    code = "artifact_refused"


class BackupRefused(DaogouError):
    """A backup is incomplete, altered, or newer than this program."""

    code = "backup_refused"


class MissingExtra(DaogouError):
    """An optional library is not installed."""

    code = "missing_extra"

    def __init__(self, library: str, extra: str, purpose: str) -> None:
        super().__init__(f"{purpose} needs {library}. Install it with: pip install 'daogou[{extra}]'")


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _pointed(text: str, position: int) -> tuple[str, str]:
    """The part of `text` around `position` on one line, and a caret to stand below it."""
    at = position - 1
    start, end = max(0, at - _SHOWN_BEFORE), at + _SHOWN_AFTER
    before = "".join(one if one.isprintable() else " " for one in text[start:at])
    after = "".join(one if one.isprintable() else " " for one in text[at:end])
    left, right = "…" if start else "", "…" if end < len(text) else ""
    columns = sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in left + before)
    return f"{left}{before}{after}{right}".rstrip(), " " * columns + "^"
