"""Copy a running shop, list the copies, check them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import err, out, print_json, progress_bar
from daogou.core.clock import system_clock
from daogou.serve.upkeep.backup.create import create_backup
from daogou.serve.upkeep.backup.restore import unpacked_faults
from daogou.serve.upkeep.backup.shelf import backups

app = typer.Typer(help="Copy a running shop, list the copies, check them.", no_args_is_help=True, add_completion=False)

Place = Annotated[Path | None, typer.Option("--to", help="Folder of backups; else [backup] folder.")]


@app.command()
def create(
    place: Place = None,
    keep: Annotated[int | None, typer.Option(min=1, help="How many stay; else [backup] keep.")] = None,
    with_secrets: Annotated[
        bool, typer.Option("--with-secrets", help="Also what keys are hashed with, and other private files.")
    ] = False,
    as_archive: Annotated[bool, typer.Option("--archive", help="One .tar.zst instead of a folder.")] = False,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Copy the shop as of one moment; servers, imports and trainings go on meanwhile."""
    settings = settings_at(folder)
    with progress_bar() as progress:
        made = create_backup(
            folder,
            settings,
            place or folder / settings.backup.folder,
            now_us=system_clock(),
            keep=keep or settings.backup.keep,
            with_secrets=with_secrets,
            as_archive=as_archive,
            progress=progress,
        )
    manifest = made.manifest
    if as_json:
        print_json(
            {
                "backup": str(made.path),
                "made_at": manifest.made_at,
                "last_seq": manifest.last_seq,
                "files": len(manifest.files),
                "shared_files": made.shared,
                "bytes": manifest.n_bytes,
                "left_out": manifest.left_out,
                "deleted": [str(path) for path in made.gone],
            }
        )
        return
    out.print(str(made.path), markup=False, soft_wrap=True)
    out.print(
        f"{len(manifest.files):,} files, {manifest.n_bytes / 1e6:,.1f} MB, {made.shared:,} of them shared with the one "
        f"before; events up to number {manifest.last_seq:,}; {len(made.gone)} older deleted."
    )
    if manifest.left_out:
        err.print(
            f"Left out: {', '.join(manifest.left_out)}. Keep them elsewhere, or give --with-secrets.",
            markup=False,
            soft_wrap=True,
        )


@app.command("list")
def list_all(place: Place = None, folder: ShopFolder = Path("."), as_json: AsJson = False) -> None:
    """All backups of this shop, oldest first, with those that cannot be used."""
    settings = settings_at(folder)
    found = backups(place or folder / settings.backup.folder, settings.shop.id)
    if as_json:
        rows = [
            {
                "backup": str(one.path),
                "is_complete": one.manifest is not None,
                "made_at": one.manifest.made_at if one.manifest else None,
                "bytes": one.manifest.n_bytes if one.manifest else None,
                "last_seq": one.manifest.last_seq if one.manifest else None,
                "release": one.manifest.release if one.manifest else None,
                "with_secrets": one.manifest.with_secrets if one.manifest else None,
                "problem": one.problem,
            }
            for one in found
        ]
        print_json({"backups": rows})
        return
    table = Table("backup", "made", "MB", "events up to", "release", "secrets", "problem")
    for one in found:
        told = one.manifest
        cells = (
            (told.made_at, f"{told.n_bytes / 1e6:,.1f}", f"{told.last_seq:,}", told.release or "none")
            if told
            else ("", "", "", "")
        )
        table.add_row(one.path.name, *cells, "yes" if told and told.with_secrets else "", one.problem)
    out.print(table)


@app.command()
def verify(
    backup: Annotated[Path | None, typer.Argument(help="A backup; else the newest complete one.")] = None,
    place: Place = None,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Read a whole backup and compare every byte with what was written; exit status 1 where something differs."""
    settings = settings_at(folder)
    home = place or folder / settings.backup.folder
    chosen = backup
    if chosen is None:
        complete = [one.path for one in backups(home, settings.shop.id) if one.manifest is not None]
        if not complete:
            err.print(f"No complete backup is in {home}. Make one with: daogou backup create", soft_wrap=True)
            raise typer.Exit(1)
        chosen = complete[-1]
    with progress_bar() as progress:
        manifest, faults = unpacked_faults(chosen, chosen.with_name(f".{chosen.name}.checking"), progress)
    if as_json:
        print_json({"backup": str(chosen), "files": len(manifest.files), "faults": faults})
    else:
        for fault in faults:
            err.print(fault, markup=False, soft_wrap=True)
        out.print(
            f"{chosen}: {len(manifest.files):,} files, {'all as written' if not faults else 'NOT WHOLE'}.",
            markup=False,
            soft_wrap=True,
        )
    if faults:
        raise typer.Exit(1)
