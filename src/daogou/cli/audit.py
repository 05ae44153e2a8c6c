"""Show the log of administrative acts, and find out whether anybody changed it afterwards."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.table import Table

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import err, out, print_json
from daogou.core.errors import InvalidInput
from daogou.serve.audit import AuditLog, Head
from daogou.serve.upkeep.backup.shelf import heads_of_backups

app = typer.Typer(
    help="Show the log of administrative acts, and check that nobody changed it.",
    no_args_is_help=True,
    add_completion=False,
)


@app.command()
def show(
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many of the newest.")] = 20,
    act: Annotated[str | None, typer.Option(help="Only this act, for example key_made.")] = None,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Print the newest acts, oldest first, and the head of the chain."""
    settings_at(folder)
    log = AuditLog(folder)
    newest = deque((one for one in log.entries() if act is None or one.act == act), maxlen=limit)
    head = log.head()
    if as_json:
        print_json({"entries": [msgspec.to_builtins(one) for one in newest], "head": msgspec.to_builtins(head)})
        return
    table = Table("number", "at", "act", "by", "about")
    for one in newest:
        about = ", ".join(f"{name} {value}" for name, value in one.facts.items())
        table.add_row(str(one.number), one.at, one.act, one.by, about)
    out.print(table)
    out.print(f"head: {head.number}:{head.hash}", markup=False, soft_wrap=True)


@app.command()
def verify(
    backups: Annotated[Path | None, typer.Option(help="Folder of backups, whose heads are compared too.")] = None,
    head: Annotated[str | None, typer.Option(help="A head noted elsewhere, as `daogou audit show` prints it.")] = None,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Check every link; exit status 1 where an entry was edited, dropped, moved or cut off."""
    settings = settings_at(folder)
    place = backups or folder / settings.backup.folder
    remembered = heads_of_backups(place, settings.shop.id) if place.is_dir() else {}
    if head is not None:
        remembered["--head"] = _head(head)
    faults, found = AuditLog(folder).faults(remembered)
    if as_json:
        print_json({"entries": found.number, "head": found.hash, "compared": sorted(remembered), "faults": faults})
    else:
        for fault in faults:
            err.print(fault, markup=False, soft_wrap=True)
        compared = f", compared with {len(remembered)} heads kept elsewhere" if remembered else ""
        out.print(f"{found.number} entries{compared}: {'nothing was changed' if not faults else 'CHANGED'}.")
    if faults:
        raise typer.Exit(1)


def _head(text: str) -> Head:
    number, colon, digest = text.partition(":")
    if not colon or not number.isdigit() or len(digest) != 64:
        raise InvalidInput(f"--head {text!r} is not NUMBER:HASH, as the last line of `daogou audit show` says it.")
    return Head(int(number), digest)
