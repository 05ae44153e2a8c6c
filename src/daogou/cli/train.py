"""Fit all models, measure them, and publish them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import out, print_json, progress_bar
from daogou.core.clock import system_clock
from daogou.core.settings import database_url, files_folder

app = typer.Typer()
