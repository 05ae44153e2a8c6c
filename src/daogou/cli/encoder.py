"""Train the shop's own encoder, or see which encoder is in force."""

from __future__ import annotations

from pathlib import Path

import typer

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import err, out, print_json, progress_bar
from daogou.core.settings import database_url, files_folder
from daogou.data.lake import read_dataset
from daogou.data.store import open_store
from daogou.learn.encoders import open_encoder, own_folder
from daogou.learn.encoders.vectors import problem_notes, train_own

app = typer.Typer(
    help="Train the shop's own encoder of texts and pictures, or see which encoder is in force.",
    no_args_is_help=True,
    add_completion=False,
)


@app.command()
def train(folder: ShopFolder = Path("."), as_json: AsJson = False) -> None:
    """Learn an encoder from this shop's titles, pictures and purchases; minutes on one core, resumed if interrupted."""
    settings = settings_at(folder)
    store = open_store(database_url(settings, folder))
    files = files_folder(settings, folder)
    try:
        dataset = read_dataset(store, files, weights=settings.objective.weights())
        with progress_bar() as progress:
            trained = train_own(dataset, settings.encoder, folder, files, seed=settings.seed, progress=progress)
    finally:
        store.close()
    parts = [name for name, part in (("texts", trained.text), ("pictures", trained.picture)) if part is not None]
    if as_json:
        print_json({"parts": parts, "losses": list(trained.losses), "problems": dict(trained.problems)})
        return
    out.print(f"Trained on {' and '.join(parts)}, {len(trained.losses)} epochs; in {own_folder(files)}.", markup=False)
    for note in problem_notes(trained.problems):
        err.print(note, soft_wrap=True, markup=False)
    if settings.encoder.kind != "self":
        err.print('To use it, set kind = "self" in [encoder] of shop.toml. Then run: daogou train', markup=False)


@app.command()
def show(folder: ShopFolder = Path("."), as_json: AsJson = False) -> None:
    """Open the encoder that the settings name, and say what it is."""
    settings = settings_at(folder)
    encoder = open_encoder(settings.encoder, folder, files_folder(settings, folder))
    told = {
        "kind": settings.encoder.kind,
        "fingerprint": encoder.fingerprint if encoder else None,
        "dimension": encoder.dimension if encoder else None,
    }
    if as_json:
        print_json(told)
    elif encoder is None:
        out.print("No encoder is set: the words alone place new items.")
    else:
        out.print(f"{told['kind']}: {told['fingerprint']}, {told['dimension']} numbers per vector.", markup=False)
