"""Make a shop from a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from daogou.cli.at import AsJson
from daogou.cli.screen import err, out, print_json, progress_bar
from daogou.core.clock import system_clock
from daogou.serve.upkeep.backup.restore import restore

app = typer.Typer(add_completion=False)


@app.command()
def bring_back(
    backup: Annotated[Path, typer.Argument(help="A backup: a folder, or a .tar.zst.")],
    folder: Annotated[Path, typer.Option("--shop", "-s", help="Folder to make the shop in; empty, or not there yet.")],
    force: Annotated[
        bool, typer.Option("--force", help="Also where a shop is, whose servers are stopped; it is moved aside.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check the whole backup, then put it in place, then count what is there."""
    with progress_bar() as progress:
        made = restore(backup, folder, now_us=system_clock(), force=force, progress=progress)
    if as_json:
        print_json(
            {
                "shop": str(made.folder),
                "made_at": made.manifest.made_at,
                "last_seq": made.manifest.last_seq,
                "counts": made.manifest.counts,
                "release": made.manifest.release,
                "moved_aside": None if made.aside is None else str(made.aside),
                "notes": list(made.notes),
            }
        )
        return
    counts = made.manifest.counts
    out.print(
        f"Restored {made.folder} as it was at {made.manifest.made_at}: {counts['items']:,} items, "
        f"{counts['events']:,} events in the log, release {made.manifest.release or 'none'}.",
        soft_wrap=True,
    )
    if made.aside is not None:
        out.print(f"What was there before lies in {made.aside}.", soft_wrap=True)
    for note in made.notes:
        err.print(note, markup=False, soft_wrap=True)
    out.print(f"Next: daogou doctor --shop {made.folder}", markup=False, soft_wrap=True)
