"""The results page: one line per drill, those that did not run now left as they were."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from drills.drill import Drill, Given, Outcome
from drills.known import DRILLS

PAGE = Path(__file__).parents[1] / "results" / "drills.md"
HEAD = """# Drills: what happens when things break

Each line was measured on the day it names, on Linux, {machine}, {cores} virtual cores, Python {python}. Run all with
`make drills`, some with `python benchmarks/drills --only R3 R5`, the short form with `--short`. What to do when it
happens for real stands in [faults](../../docs/operation/faults.md).

| drill | what is done | passes when | | measured | falls short | command | on |
|---|---|---|---|---|---|---|---|
"""
SAID = {True: "pass", False: "FAIL", None: "—"}


def write_lines(ran: Mapping[str, tuple[Drill, Outcome, Given]]) -> None:
    """Replace the lines of these drills."""
    lines = _lines_of(PAGE.read_text("utf-8")) if PAGE.exists() else {}
    lines |= {name: _line(*told) for name, told in ran.items()}
    head = HEAD.format(machine=platform.machine(), cores=os.cpu_count(), python=platform.python_version())
    PAGE.write_text(head + "".join(lines[name] + "\n" for name in DRILLS if name in lines), "utf-8")


def _lines_of(page: str) -> dict[str, str]:
    rows = (line for line in page.splitlines() if line.startswith("| "))
    return {name: row for row in rows if (name := row.split("|")[1].strip()) in DRILLS}


def _line(drill: Drill, outcome: Outcome, given: Given) -> str:
    own = f"python benchmarks/drills --only {drill.name}{' --short' if given.is_short else ''}"
    day = f"{datetime.now(UTC):%Y-%m-%d}, load {os.getloadavg()[0]:.0f}"
    cells = (
        drill.name,
        drill.what,
        drill.passes,
        SAID[outcome.passed],
        outcome.measured,
        outcome.falls_short,
        f"`{drill.command or own}`",
        day,
    )
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
