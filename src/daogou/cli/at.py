"""Which shop a command is about, and its settings with flags on top."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from daogou.core.errors import NotFound
from daogou.core.settings import SHOP_FILE, Settings, read_settings

ShopFolder = Annotated[
    Path,
    typer.Option("--shop", "-s", help="Folder that holds shop.toml.", envvar="DAOGOU_SHOP", show_default="this folder"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def settings_at(folder: Path, flags: dict[str, Any] | None = None) -> Settings:
    """Settings of the shop in `folder`; NotFound says how to start one."""
    if not (folder / SHOP_FILE).is_file():
        raise NotFound(f"No {SHOP_FILE} in {folder.resolve()}. Start a shop with: daogou shop new {folder}")
    return read_settings(folder, flags)
