"""What a drill is, and what it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Given:
    """shop: folder of a trained shop, copied before use; is_short: the form for every change; minutes: of the soak."""

    shop: Path | None
    is_short: bool
    minutes: float


@dataclass(frozen=True)
class Outcome:
    """What came of a drill.

    passed       None where it could not be run here
    measured     the figures
    falls_short  what was not reached or not tried, and why; empty when nothing is missing
    """

    passed: bool | None
    measured: str
    falls_short: str = ""


@dataclass(frozen=True)
class Drill:
    """One line of the table: its name in the list of drills, what is done, when it passes, and how it is run."""

    name: str
    what: str
    passes: str
    run: Callable[[Given], Outcome]
    command: str = ""
    """How to run it alone, where that is not `--only NAME`."""


def not_here(why: str) -> Outcome:
    """A drill that could not be run on this machine."""
    return Outcome(None, "not run", why)
