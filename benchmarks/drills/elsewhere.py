"""Drills that are tests or benchmarks of their own: the runner starts them and writes their line.

Tests pass or fail by themselves. A benchmark writes its own page of figures, and that is where its line sends the
reader: its exit status says only that it ran.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from drills.drill import Drill, Given, Outcome, not_here

ROOT = Path(__file__).parents[2]
MOST_SECONDS = 1_800
PROGRESS = re.compile(r"[.sxXFE]+ *(\[ *\d+%\])?")
"""A line of pytest that has a mark for each test."""

SHOP = "SHOP"
"""In a command: the folder given with --shop."""


@dataclass(frozen=True)
class Elsewhere:
    """tests: what pytest is given; script: a benchmark with its arguments; one of the two."""

    tests: tuple[str, ...] = ()
    script: tuple[str, ...] = ()

    @property
    def command(self) -> str:
        return f"pytest {' '.join(self.tests)}" if self.tests else f"python {' '.join(self.script)}"

    def __call__(self, given: Given) -> Outcome:
        """Run it; tests pass by their exit status, a benchmark is for the reader of its page to judge."""
        named = [one.partition("::")[0] for one in self.tests if not one.startswith("-")] or [self.script[0]]
        if missing := [one for one in named if not (ROOT / one).exists()]:
            return not_here(f"{missing[0]} is not there")
        if SHOP in self.script and given.shop is None:
            return not_here("needs --shop, the folder of a trained shop")
        own = (
            ["-m", "pytest", "-q", "-p", "no:cacheprovider", *self.tests]
            if self.tests
            else [str(given.shop) if one == SHOP else one for one in self.script]
        )
        began = time.monotonic()
        try:
            done = subprocess.run(
                [sys.executable, *own], cwd=ROOT, capture_output=True, text=True, timeout=MOST_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return Outcome(False, f"not done after {MOST_SECONDS} s")
        n_passed = sum(line.count(".") for line in done.stdout.splitlines() if PROGRESS.fullmatch(line))
        seconds = time.monotonic() - began
        if done.returncode == 5:
            return not_here("pytest selected nothing")
        if self.tests:
            return Outcome(done.returncode == 0, f"{n_passed} tests passed in {seconds:.0f} s, exit {done.returncode}")
        page = f"results/{Path(self.script[0]).stem}.md"
        if done.returncode:
            return Outcome(False, f"ended with {done.returncode} after {seconds:.0f} s")
        return Outcome(None, f"ran for {seconds:.0f} s; the figures are in [{page}]({Path(page).name})")


def tests(name: str, what: str, passes: str, *selection: str) -> Drill:
    """A drill that is a selection of tests."""
    run = Elsewhere(tests=selection)
    return Drill(name, what, passes, run, run.command)


def script(name: str, what: str, passes: str, *command: str) -> Drill:
    """A drill that is a benchmark; its own results page holds the figures."""
    run = Elsewhere(script=command)
    return Drill(name, what, passes, run, run.command)
