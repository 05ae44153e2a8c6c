"""Search better settings for the shop's models, and propose the lines for shop.toml."""

from __future__ import annotations

import logging
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import err, out, print_json, progress_bar
from daogou.core.settings import SHOP_FILE, database_url, files_folder
from daogou.data.lake import read_dataset
from daogou.data.store import open_store
from daogou.learn.encoders.vectors import encoded
from daogou.learn.tuning.page import html_page
from daogou.learn.tuning.proposal import diff_of, proposed, read_text, write_text
from daogou.learn.tuning.table import print_tuning
from daogou.learn.tuning.tune import tune_shop
from daogou.learn.tuning.words import known_language, say

app = typer.Typer(add_completion=False)

FOLDER, PAGE = "tuning", "tuning.html"


@app.command()
def search(
    folder: ShopFolder = Path("."),
    model: Annotated[
        list[str] | None,
        typer.Option(
            "--model", "-m", help="A model of shop.toml, or a recipe to try; repeat for several. All where left out."
        ),
    ] = None,
    minutes: Annotated[float, typer.Option(help="How long to search; 0 shows what was found before.")] = 10.0,
    write: Annotated[bool, typer.Option("--write", help="Write the proposal into shop.toml.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget what earlier runs found.")] = False,
    trials: Annotated[int, typer.Option(min=0, help="Trials to list per model.")] = 5,
    language: Annotated[str, typer.Option("--language", "--lang", help="en or zh.")] = "en",
    as_json: AsJson = False,
) -> None:
    """Search better settings on time before the test part, check them on shoppers not searched on, and propose them.

    It can be stopped and goes on from where it was.
    """
    known_language(language)
    settings = settings_at(folder)
    files = files_folder(settings, folder)
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)  # stopped in the middle of a query it tells where
    try:
        with closing(open_store(database_url(settings, folder))) as store, progress_bar() as progress:
            dataset, unencoded = encoded(
                read_dataset(store, files, weights=settings.objective.weights(), trust=settings.trust),
                settings.encoder,
                folder,
                files,
                progress=progress,
            )
            tuning = tune_shop(
                dataset, settings, files / FOLDER, names=model or (), minutes=minutes, fresh=fresh, progress=progress
            )
    except KeyboardInterrupt:
        err.print(say("stopped", language), soft_wrap=True)
        raise typer.Exit(130) from None
    page = files / FOLDER / PAGE
    html_page(tuning, page, language=language)
    for note in (*unencoded, *tuning.outcome.notes):
        err.print(note, soft_wrap=True, markup=False)
    shop_file = folder / SHOP_FILE
    before = read_text(shop_file)
    after = proposed(before, tuning.changes)
    if write and after != before:
        write_text(shop_file, after)
    diff = diff_of(before, after, SHOP_FILE)
    if as_json:
        print_json({**tuning.to_dict(), "diff": diff, "is_written": write and after != before, "page": str(page)})
        return
    print_tuning(tuning, out, language=language, n_trials=trials, page=str(page))
    if not diff:
        out.print(say("nothing", language))
        return
    if not write:
        out.print(say("proposal", language))
    out.print(diff, markup=False, highlight=False, soft_wrap=True)
    if write:
        out.print(say("written", language, path=shop_file), soft_wrap=True)
