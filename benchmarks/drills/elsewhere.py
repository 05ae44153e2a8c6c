"""Drills that are tests or benchmarks of their own: the runner starts them and writes their line."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from drills.drill import Drill, Given, Outcome, not_here

ROOT = Path(__file__).parents[2]
MOST_SECONDS = 1_800


@dataclass(frozen=True)
class Elsewhere:
    """tests: what pytest is given; script: a benchmark with its arguments; one of the two."""

    tests: tuple[str, ...] = ()
    script: tuple[str, ...] = ()

    @property
    def command(self) -> str:
        return f"pytest {' '.join(self.tests)}" if self.tests else f"python {' '.join(self.script)}"

    def __call__(self, given: Given) -> Outcome:
        """Run it; passed is what its exit status says."""
        named = [one.partition("::")[0] for one in self.tests if not one.startswith("-")] or [self.script[0]]
        if missing := [one for one in named if not (ROOT / one).exists()]:
            return not_here(f"{missing[0]} is not there")
        own = (
            [self.tests and "-m", "pytest", "-q", "-p", "no:cacheprovider", *self.tests] if self.tests else self.script
        )
        began = time.monotonic()
        try:
            done = subprocess.run(
                [sys.executable, *own], cwd=ROOT, capture_output=True, text=True, timeout=MOST_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return Outcome(False, f"not done after {MOST_SECONDS} s")
        last = next((line for line in reversed(done.stdout.splitlines()) if line.strip()), "")
        seconds = time.monotonic() - began
        if done.returncode == 5:
            return not_here("pytest selected nothing")
        measured = last.strip("= ")[:200] if self.tests else f"exit {done.returncode} after {seconds:.0f} s"
        return Outcome(done.returncode == 0, measured)


def tests(name: str, what: str, passes: str, *selection: str) -> Drill:
    """A drill that is a selection of tests."""
    run = Elsewhere(tests=selection)
    return Drill(name, what, passes, run, run.command)


def script(name: str, what: str, passes: str, *command: str) -> Drill:
    """A drill that is a benchmark; its own results page holds the figures."""
    run = Elsewhere(script=command)
    return Drill(name, what, passes, run, run.command)
