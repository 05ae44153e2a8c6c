"""Fit all models, measure them, and publish them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import err, out, print_json, progress_bar
from daogou.core.clock import DAY_US, system_clock
from daogou.core.settings import database_url, files_folder
from daogou.core.types import wanted_events
from daogou.data.lake import compact
from daogou.data.lake.outcomes import read_outcomes, read_served, read_taken
from daogou.data.lake.seen import read_seen
from daogou.data.store import open_store
from daogou.learn.encoders.vectors import encoded
from daogou.learn.evaluation.served_places import CLICKS, places
from daogou.learn.models import RECIPES
from daogou.learn.online import ONLINE
from daogou.learn.training.circumstances import Known
from daogou.learn.training.release import REPORT_FILE, read_release
from daogou.learn.training.rows import count_rows
from daogou.learn.training.shown import CIRCUMSTANCES, Shown
from daogou.learn.training.train import train_release
from daogou.learn.trust.review import trusted_dataset

app = typer.Typer(add_completion=False)

CLICK_TO_PURCHASE_US = 7 * DAY_US
"""A purchase counts for the list in which the item was clicked up to so long before, as in `daogou evaluate`."""


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
    worth = settings.objective.weights()
    began = time.perf_counter()
    with progress_bar() as progress:
        compact(store, files, timezone=settings.shop.timezone, progress=progress)
        heard, review = trusted_dataset(store, files, settings.trust, system_clock(), worth)
        dataset, unencoded = encoded(heard, settings.encoder, folder, files, progress=progress)
        outcomes = read_outcomes(store, files)
        clicks = [name for name in CLICKS if name in wanted_events(worth)]
        counted = places(outcomes, read_served(store), CLICK_TO_PURCHASE_US, (), clicks)
        items = {item.id: item for item in dataset.items}
        shown = None
        if settings.rankers:
            seen = read_seen(store, [item.id for item in store.all_items()], ONLINE, CIRCUMSTANCES)
            shown = Shown.of(counted, outcomes, items, seen, worth)
        path = train_release(
            dataset, settings, files / "models", seed=settings.seed, now_us=system_clock(), shown=shown,
            taken=Known(read_taken(store, files, worth=worth), list(store.all_users())), rows=count_rows(counted),
            progress=progress,
        )  # fmt: skip
    store.close()
    seconds = round(time.perf_counter() - began, 1)
    release = read_release(path)
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
    for note in [*review.notes(), *unencoded, *release.info.get("notes", ())]:
        err.print(note, soft_wrap=True)
    if (release.path / REPORT_FILE).exists():
        err.print(f"Report: {release.path / REPORT_FILE}", soft_wrap=True)
