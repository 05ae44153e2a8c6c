"""R1: every process of the server is killed in the middle of ingest, again and again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from drills.drill import Drill, Given, Outcome
from drills.place import scratch, small_shop

SCRIPT = Path(__file__).parents[1] / "crash_drill.py"


def run(given: Given) -> Outcome:
    """Leave the killing to `crash_drill.py`."""
    kills = 20 if given.is_short else 200
    with scratch() as folder:
        shop = given.shop or small_shop(folder / "shop")
        command = [sys.executable, str(SCRIPT), "--shop", str(shop), "--kills", str(kills)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.stdout:
        return Outcome(False, "the drill itself failed", done.stderr.strip().splitlines()[-1][:200])
    told = json.loads(done.stdout)
    slowest = told["ready_again_max_seconds"]
    lost, doubled = told["acknowledged_lost"], told["doubled"]
    measured = (
        f"{kills} kills, {told['acknowledged']:,} events acknowledged, {lost} lost, {doubled} doubled; "
        f"ready again p50 {told['ready_again_p50_seconds']:.1f} s, longest {slowest:.1f} s"
    )
    is_slow = f"longest restart {slowest:.1f} s at a load average of {told['load_average']:.0f}" if slowest > 5 else ""
    return Outcome(lost == doubled == 0 and not is_slow, measured, is_slow)


DRILL = Drill("R1", "kill -9 of all processes during ingest", "0 lost, 0 doubled, ready again ≤ 5 s", run)
