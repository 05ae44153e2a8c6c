"""Start a shop of your own, show its settings, or move it to another database."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import out, print_json
from daogou.cli.shop_move import move
from daogou.core.errors import InvalidInput
from daogou.core.settings import SHOP_FILE, database_url, masked, without_password
from daogou.data.store import open_store

app = typer.Typer(
    help="Start a shop of your own, show its settings, or move it to another database.",
    no_args_is_help=True,
    add_completion=False,
)
app.command()(move)

TEMPLATE = """\
# A shop of Daogou. Every setting has a default; this file holds what differs.
# Environment variables win over this file: DAOGOU_SERVER__PORT=9000 sets [server] port.

[shop]
id = "{id}"
name = {{ en = "{name}" }}
languages = [{languages}]
currency = "{currency}"
timezone = "{timezone}"
database = "{database}"
files = "files"

[server]
host = "127.0.0.1"
port = 8080
workers = 1

[rules]
already_bought = "exclude"        # or "allow"
# already_bought_by_category = {{ Stationery = "allow" }}

# A placement is a named spot on a page. The shipped ones need no entry; this one shows how to change one.
# [placements.home_for_you]
# retrievers = {{ personal = 1.0 }}
# limit = 12
# max_per_category = 4
"""


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="Folder to make; may exist.")],
    name: Annotated[str, typer.Option(help="Name shoppers see.")] = "My shop",
    currency: Annotated[str, typer.Option(help="ISO 4217 code, for example CNY.")] = "GBP",
    language: Annotated[list[str], typer.Option(help="Language of the catalogue; repeat for several.")] = ["en"],  # noqa: B006
    timezone: Annotated[str, typer.Option(help="IANA name, for example Asia/Shanghai.")] = "UTC",
    database: Annotated[
        str, typer.Option(help="Where it is kept; for PostgreSQL postgresql+psycopg://user@host/database?schema=shop.")
    ] = "sqlite:///daogou.db",
) -> None:
    """Make a folder with shop.toml and an empty database."""
    path = folder / SHOP_FILE
    if path.exists():
        raise InvalidInput(f"{path} exists already. Edit it, or choose another folder.")
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise InvalidInput(f"--currency {currency!r} is not an ISO 4217 code. Use three capitals, for example CNY.")
    folder.mkdir(parents=True, exist_ok=True)
    shop_id = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-") or "shop"
    path.touch(0o600 if without_password(database) != database else 0o666)  # a password is its owner's alone
    path.write_text(
        TEMPLATE.format(
            id=shop_id,
            name=name.replace("\\", "\\\\").replace('"', '\\"'),
            currency=currency,
            languages=", ".join(f'"{one}"' for one in language),
            timezone=timezone,
            database=database.replace("\\", "\\\\").replace('"', '\\"'),
        ),
        encoding="utf-8",
    )
    try:
        open_store(database_url(settings_at(folder), folder)).close()
    except BaseException:
        path.unlink()  # so that the same command can be given again
        raise
    out.print(f"Made {path}. Next: [bold]daogou import FILES --shop {folder}[/bold]")


@app.command()
def show(folder: ShopFolder = Path("."), as_json: AsJson = False) -> None:
    """Print the settings in force, after flags, environment and file, with secrets hidden."""
    settings = masked(settings_at(folder).model_dump(mode="json"))
    if as_json:
        print_json(settings)
        return
    for section, values in settings.items():
        out.print(f"[bold]{section}[/bold]")
        if isinstance(values, dict):
            for key, value in values.items():
                out.print(f"  {key} = {value!r}", soft_wrap=True, markup=False)
        else:
            out.print(f"  {values!r}", markup=False)
