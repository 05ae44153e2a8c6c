"""A candidate that serves some shoppers: which one, to whom, and since when; one small file, replaced whole.

    root/CANARY   {"name": …, "share": 0.1, "since_us": …}

A shopper is with the canary or not by a stable hash of shopper and release name, so the same shopper always sees the
same side, and another release draws other shoppers.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

import msgspec

from daogou.core.errors import InvalidInput
from daogou.learn.releases import CANDIDATES

CANARY_FILE = "CANARY"
_PARTS = 1 << 32


class Canary(msgspec.Struct, frozen=True):
    """name: of a candidate; share: of shoppers, above 0 and at most 0.5; since_us: when it began."""

    name: str
    share: float
    since_us: int

    def has(self, person: str) -> bool:
        """Whether this shopper, by person key, is served by the canary."""
        digest = hashlib.blake2b(f"{self.name}\0{person}".encode("utf-8", "replace"), digest_size=4).digest()
        return int.from_bytes(digest, "big") < self.share * _PARTS


def read_canary(root: Path) -> Canary | None:
    """The canary of now; None where there is none, or its folder is gone."""
    try:
        found = msgspec.json.decode((root / CANARY_FILE).read_bytes(), type=Canary)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    return found if "/" not in found.name and (root / CANDIDATES / found.name).is_dir() else None


def begin_canary(root: Path, canary: Canary) -> None:
    """Let it serve its share from now on; one that was there makes way. Raises InvalidInput for a wrong share."""
    if not 0 < canary.share <= 0.5:
        raise InvalidInput(f"share = {canary.share}: use a share above 0 and at most 0.5, for example 0.1.")
    if not (root / CANDIDATES / canary.name).is_dir():
        raise InvalidInput(f"{canary.name} is not a candidate, so it cannot be a canary.")
    draft = root / f".{CANARY_FILE}-{secrets.token_hex(4)}"
    with draft.open("wb") as file:
        file.write(msgspec.json.encode(canary))
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, root / CANARY_FILE)


def end_canary(root: Path, name: str) -> bool:
    """Let it serve nobody from now on; False where it was not the canary."""
    found = read_canary(root)
    if found is None or found.name != name:
        return False
    (root / CANARY_FILE).unlink(missing_ok=True)
    return True
