"""Learn what each kind of event is worth, and write it into shop.toml where asked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import out, print_json
from daogou.core.errors import Conflict, InvalidInput
from daogou.core.settings import SHOP_FILE, database_url, files_folder, read_settings
from daogou.data.lake import read_dataset
from daogou.data.store import open_store
from daogou.learn.objective import LearnedObjective, learn_objective

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def objective() -> None:
    """What each kind of event is worth."""


@app.command()
def learn(
    write: Annotated[bool, typer.Option("--write", help="Add the section to shop.toml.")] = False,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Learn from the shop's own log how much likelier a purchase becomes after each kind of event."""
    settings = settings_at(folder)
    store = open_store(database_url(settings, folder))
    found = learn_objective(read_dataset(store, files_folder(settings, folder)), settings.objective.weights())
    store.close()
    if as_json:
        print_json({**found.to_dict(), "toml": section(found)})
    else:
        _show(found)
    if write:
        add_section(folder, section(found))


def section(found: LearnedObjective) -> str:
    """The lines for shop.toml."""
    return "[objective]\n" + "".join(f"{name} = {weight:g}\n" for name, weight in found.weights().items())


def add_section(folder: Path, text: str) -> None:
    """Append the section to shop.toml, which is left as it was when the settings would be refused.

    Raises Conflict when the file has such a section already, InvalidInput when the weights are not in order.
    """
    path = folder / SHOP_FILE
    before = path.read_text(encoding="utf-8")
    if re.search(r"^\s*\[objective\]", before, re.MULTILINE):
        raise Conflict(f"{path} has an [objective] section already. Replace its lines by hand:\n{text}")
    path.write_text(before.rstrip("\n") + "\n\n" + text, encoding="utf-8")
    try:
        read_settings(folder)
    except InvalidInput:
        path.write_text(before, encoding="utf-8")
        raise


def _show(found: LearnedObjective) -> None:
    table = Table("event", "rows", "bought later", "odds ratio (95 %)", "weight")
    for one in found.events:
        table.add_row(
            one.event,
            f"{one.n_rows:,}",
            f"{one.bought:.1%}",
            f"{one.odds_ratio:.2f} ({one.low:.2f}-{one.high:.2f})",
            "too unsure" if one.weight is None else f"{one.weight:g}",
        )
    out.print(table)
    out.print(
        f"Learned from {found.n_learned:,} shoppers' items, measured on {found.n_held_out:,} later ones: "
        f"AUC {found.auc:.4f} (weights now set: {found.default_auc:.4f}), "
        f"log loss {found.log_loss:.4f} (one share for all: {found.base_log_loss:.4f}).\n\n{section(found)}",
        markup=False,
        soft_wrap=True,
    )
