"""Which faults does the shop survive, and how well?

    python benchmarks/drills --short                 the form for every change
    python benchmarks/drills --only R3 R5            some of them
    python benchmarks/drills --only R10 --minutes 15

Every line of benchmarks/results/drills.md is replaced when its drill runs and kept otherwise.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from drills.drill import Given
from drills.known import DRILLS
from drills.table import write_lines

SHORT_MINUTES = 3.0


def main() -> None:
    """Run the drills; exit status 1 when one did not pass."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--only", nargs="+", metavar="NAME", choices=sorted(DRILLS), help="names of drills")
    given.add_argument("--short", action="store_true", help="fewer kills, shorter faults")
    given.add_argument("--shop", type=Path, help="folder of a trained shop; without it a small one is made")
    given.add_argument("--minutes", type=float, help="of the soak; 15, or 3 with --short")
    given.add_argument("--list", action="store_true", help="print the drills and how each is run")
    chosen = given.parse_args()
    if chosen.list:
        for drill in DRILLS.values():
            print(f"{drill.name:4} {drill.what}: {drill.command or f'python benchmarks/drills --only {drill.name}'}")
        return
    minutes = chosen.minutes or (SHORT_MINUTES if chosen.short else 15.0)
    asked = Given(chosen.shop, chosen.short, minutes)
    has_failed = False
    for name in chosen.only or DRILLS:
        drill = DRILLS[name]
        print(f"{name}: {drill.what} …", file=sys.stderr, flush=True)
        outcome = drill.run(asked)
        has_failed |= outcome.passed is False
        said = {True: "passed", False: "FAILED", None: "not run"}[outcome.passed]
        print(f"{name}: {said}: {outcome.measured} {outcome.falls_short}", file=sys.stderr, flush=True)
        write_lines({name: (drill, outcome, asked)})
    raise SystemExit(1 if has_failed else 0)


if __name__ == "__main__":
    main()
