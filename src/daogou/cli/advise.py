"""Look at a shop's data and say which recipes suit it, with evidence."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import err, out, print_json, progress_bar
from daogou.core.settings import database_url, files_folder
from daogou.data.lake import read_dataset
from daogou.data.store import open_store
from daogou.learn.advice.advise import advise_shop
from daogou.learn.advice.table import print_report
from daogou.learn.advice.words import say
from daogou.learn.encoders.vectors import encoded
from daogou.learn.tuning.words import known_language

app = typer.Typer(add_completion=False)


@app.command()
def look(
    folder: ShopFolder = Path("."),
    minutes: Annotated[float, typer.Option(help="How long to measure; 0 lets the rules alone speak.")] = 3.0,
    language: Annotated[str, typer.Option("--language", "--lang", help="en or zh.")] = "en",
    as_json: AsJson = False,
) -> None:
    """Say what the shop's data are like, which recipes suit them and which do not, and measure it. Changes nothing."""
    known_language(language)
    settings = settings_at(folder)
    try:
        with closing(open_store(database_url(settings, folder))) as store, progress_bar() as progress:
            files = files_folder(settings, folder)
            dataset, unencoded = encoded(
                read_dataset(store, files, weights=settings.objective.weights(), trust=settings.trust),
                settings.encoder,
                folder,
                files,
                progress=progress,
            )
            report = advise_shop(dataset, settings, minutes=minutes, progress=progress)
    except KeyboardInterrupt:
        err.print(say("stopped", language), soft_wrap=True)
        raise typer.Exit(130) from None
    for note in unencoded:
        err.print(note, soft_wrap=True, markup=False)
    if as_json:
        print_json(report.to_dict(language))
        return
    print_report(report, out, language=language)
