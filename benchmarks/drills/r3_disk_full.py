"""R3: the disk is full while events come, the log is compacted, rows are imported, models are trained."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from drills.callers import Told, lost_and_doubled, spelled, stored, traffic
from drills.drill import Drill, Given, Outcome, not_here
from drills.place import fill, scratch, small_disk, small_shop
from http_server import Server

MEGABYTES = 24


def run(given: Given) -> Outcome:
    """Fill the disk, look, make room, look again."""
    with small_disk(MEGABYTES) as disk, scratch() as elsewhere:
        if disk is None:
            return not_here("needs the right to mount a small disk")
        folder = small_shop(disk / "shop", more='[models.item_knn]\nrecipe = "item_knn"\n')
        rows = elsewhere / "items.csv"
        rows.write_text("id,title,price\n" + "".join(f"n{one},Jug {one} {'x' * 200},9.99\n" for one in range(20_000)))
        server = Server(folder)
        server.start()
        try:
            told, full, after = asyncio.run(_filled(server, disk, 3.0 if given.is_short else 15.0))
            ballast = fill(disk)
            refused = {name: _command(name, folder, rows) for name in ("compact", "import", "train")}
            serving = asyncio.run(_listed(server))
            ballast.unlink()
            done = _command("compact", folder, rows)
        finally:
            server.stop()
        lost, doubled = lost_and_doubled(told, stored(folder))
        database = sqlite3.connect(folder / "daogou.db")
        is_sound = database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        database.close()
    commands = ", ".join(f"{name} exit {code}" for name, (code, _) in refused.items())
    measured = (
        f"events while full: {spelled(full.events)}, {full.without_retry_after} without Retry-After; lists while full "
        f"{full.share_answered:.2%} answered, p99 {full.p99_ms():.0f} ms; after room came back events "
        f"{spelled(after.events)}; {commands}; {len(told.acknowledged):,} acknowledged, {lost} lost, {doubled} "
        f"doubled, integrity {'ok' if is_sound else 'BROKEN'}"
    )
    said = [text for _, text in refused.values() if "Traceback" in text]
    passed = (
        set(full.events) <= {200, 507, 503}
        and full.events[507] > 0
        and full.without_retry_after == 0
        and full.share_answered == 1.0
        and serving
        and after.events[200] > 0
        and set(after.events) == {200}
        and lost == doubled == 0
        and is_sound
        and all(code == 1 for code, _ in refused.values())
        and done[0] == 0
    )
    return Outcome(passed, measured, f"a command ended with a traceback: {said[0][-200:]}" if said else "")


async def _filled(server: Server, disk: Path, seconds: float) -> tuple[Told, Told, Told]:
    """Everything that was told, what was told while the disk was full, and what after there was room again."""
    everything = Told()
    before = await traffic(server, 1.0)
    ballast = fill(disk)
    await traffic(server, 1.0)  # what room the log file still had is used up
    fill(disk)
    full = await traffic(server, seconds)
    ballast.unlink()
    await asyncio.sleep(0.5)
    after = await traffic(server, 2.0)
    for part in (before, full, after):
        everything.acknowledged |= part.acknowledged
    return everything, full, after


async def _listed(server: Server) -> bool:
    told = await traffic(server, 1.0)
    return told.share_answered == 1.0


def _command(name: str, folder: Path, rows: Path) -> tuple[int, str]:
    """Exit status and what it said."""
    files = [str(rows)] if name == "import" else []
    done = subprocess.run(
        [str(Path(sys.executable).with_name("daogou")), name, *files, "--shop", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )
    return done.returncode, done.stderr[-2_000:]


DRILL = Drill(
    "R3",
    f"disk full ({MEGABYTES} MB) during ingest, compaction, import and training",
    "507/503 with Retry-After, lists go on, nothing lost, sound, recovers by itself",
    run,
)
