"""Fit all models, measure them, and publish them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import err, out, print_json, progress_bar
from daogou.core.clock import system_clock
from daogou.core.settings import database_url, files_folder
from daogou.data.store import open_store
from daogou.learn.models import RECIPES
from daogou.learn.training.release import REPORT_FILE, read_release
from daogou.learn.training.shop_training import train_shop
from daogou.serve.audit import AuditLog

app = typer.Typer(add_completion=False)


@app.command()
def fit(
    folder: ShopFolder = Path("."),
    list_recipes: Annotated[bool, typer.Option("--list", help="List the recipes on the shelf and stop.")] = False,
    as_json: AsJson = False,
) -> None:
    """Fit all models of shop.toml, learn the blend, measure on the newest part, refit on everything, publish."""
    if list_recipes:
        table = Table("recipe", "from")
        for name, place in sorted(RECIPES.items()):
            table.add_row(name, place)
        out.print(table)
        return
    settings = settings_at(folder)
    store = open_store(database_url(settings, folder))
    files = files_folder(settings, folder)
    began = time.perf_counter()
    with progress_bar() as progress:
        trained = train_shop(store, files, settings, folder, now_us=system_clock(), progress=progress)
    dataset = trained.dataset
    store.close()
    seconds = round(time.perf_counter() - began, 1)
    release = read_release(trained.path)
    AuditLog(folder).add("release_published", release=release.name)
    if as_json:
        print_json({"release": release.name, "mix": release.mix.to_dict(), "seconds": seconds})
        return
    out.print(
        f"Published {release.name}: {', '.join(release.models)} from {dataset.n_interactions:,} interactions of "
        f"{dataset.n_users:,} users with {dataset.n_items:,} items, in {seconds} s."
    )
    out.print("Blend: " + ", ".join(f"{name} {release.mix.weights.get(name, 0.0):.2f}" for name in release.mix.members))
    for name, told in release.info.get("ratings", {}).items():
        if quality := told["quality"]:
            out.print(f"Stars by {name}: RMSE {quality['rmse']:.3f} on the newest {quality['n_ratings']:,}.")
    for name, told in release.info.get("rankers", {}).items():
        quality = told["quality"]
        out.print(
            f"Ranker {name}: AUC {quality['auc']:.3f}, calibration error {quality['ece']:.3f} on the newest "
            f"{quality['n_shown']:,} places, {quality['n_hits']:,} of them taken."
        )
    for note in [*trained.notes, *release.info.get("notes", ())]:
        err.print(note, soft_wrap=True)
    if (release.path / REPORT_FILE).exists():
        err.print(f"Report: {release.path / REPORT_FILE}", soft_wrap=True)
