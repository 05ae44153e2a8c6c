"""What happened to releases, when, through whom and why: one line of JSON each, added and never edited."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

from daogou.core.clock import isoformat

LOG_FILE = "releases.jsonl"
MOST_READ_BYTES = 4_000_000

What = Literal["trained", "judged", "promoted", "rolled_back", "canary_began", "canary_ended", "failed"]


class Happening(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that happened to a release; reasons by language."""

    at: str
    what: What
    release: str
    by: str
    reasons: tuple[dict[str, str], ...] = ()
    outcome: str = ""


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Happening)


def note(
    root: Path, now_us: int, what: What, release: str, by: str, *,
    reasons: Sequence[dict[str, str]] = (), outcome: str = "",
) -> None:  # fmt: skip
    """Add one line, durably.

    reasons  each in every language: {"en": …, "zh": …}
    """
    line = _ENCODER.encode(Happening(isoformat(now_us), what, release, by, tuple(reasons), outcome)) + b"\n"
    root.mkdir(parents=True, exist_ok=True)
    handle = os.open(root / LOG_FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(handle, line)  # one call, so that lines of two processes never mix
        os.fsync(handle)
    finally:
        os.close(handle)


def happenings(root: Path, release: str | None = None) -> list[Happening]:
    """All of them, or those of one release, oldest first; of a very long log the newest part."""
    path = root / LOG_FILE
    if not path.is_file():
        return []
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - MOST_READ_BYTES))
        lines = file.read().splitlines()
    found = []
    for line in lines:
        try:
            found.append(_DECODER.decode(line))
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue  # a line that a crash cut short says nothing
    return [one for one in found if release is None or one.release == release]
