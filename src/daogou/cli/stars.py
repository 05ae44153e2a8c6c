"""Print how many stars somebody would give."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.table import Table

from daogou.cli.at import AsJson, ShopFolder, settings_at
from daogou.cli.screen import cell, out, print_json
from daogou.core.errors import NotFound, UnknownName
from daogou.core.settings import database_url, files_folder
from daogou.data.dataset import Dataset
from daogou.data.lake import read_dataset
from daogou.data.store import open_store
from daogou.data.store.store import USER_PREFIX
from daogou.learn.ratings import RatedQuery, Unsure, ratings_of
from daogou.learn.releases import current_release
from daogou.learn.training.stars import rated_by, rating_models

app = typer.Typer(add_completion=False)


@app.command()
def one_user(
    user: Annotated[str, typer.Argument(help="A known user, or anybody else for what is usual.")],
    items: Annotated[list[str], typer.Argument(help="Items they have not rated.")],
    model: Annotated[str | None, typer.Option(help="Name under [ratings]; the first one where not given.")] = None,
    folder: ShopFolder = Path("."),
    as_json: AsJson = False,
) -> None:
    """Print how many stars somebody would give to some items, and how sure that is where the model says so."""
    settings = settings_at(folder)
    files = files_folder(settings, folder)
    models = rating_models(current_release(files / "models"))
    if not models:
        raise NotFound("No model of stars is trained. Add [ratings.stars] to shop.toml, then run: daogou train")
    name = model or next(iter(models))
    if name not in models:
        raise UnknownName("rating model", name, models)
    chosen, item_ids = models[name]
    numbers = {one: number for number, one in enumerate(item_ids)}
    for item in items:
        if item not in numbers:
            raise NotFound(f"The rating model {name!r} knows no item {item!r}.")
    store = open_store(database_url(settings, folder))
    query = _query(read_dataset(store, files, weights=settings.objective.weights()), user, numbers)
    store.close()
    asked = np.array([numbers[item] for item in items], np.int32)
    if isinstance(chosen, Unsure):
        stars, deviations = (part.tolist() for part in chosen.distribution_for(query, asked))
    else:
        stars, deviations = chosen.predict_for(query, asked).tolist(), [None] * len(items)
    rows: list[dict[str, Any]] = [
        {"item": item, "stars": round(mean, 3), "deviation": None if sure is None else round(sure, 3)}
        for item, mean, sure in zip(items, stars, deviations, strict=True)
    ]
    if as_json:
        print_json({"user": user, "model": name, "n_rated": len(query.history), "items": rows})
        return
    table = Table("item", "stars", "give or take", title=cell(f"{user}, by {name}, from {len(query.history)} ratings"))
    for row in rows:
        table.add_row(
            cell(row["item"]), f"{row['stars']:.2f}", "" if row["deviation"] is None else f"{row['deviation']:.2f}"
        )
    out.print(table)


def _query(dataset: Dataset, user: str, numbers: dict[str, int]) -> RatedQuery:
    """What the user rated until now, in the numbers of the model."""
    nothing = RatedQuery(np.empty(0, np.int32), np.empty(0, np.float32))
    rated = dataset.only(["rate_item"])
    key = USER_PREFIX + user
    if key not in dataset.user_ids or not rated.n_interactions:
        return nothing
    found = rated_by(ratings_of(rated), list(dataset.user_ids).index(key))
    history = [numbers.get(dataset.item_ids[number], -1) for number in found.history]
    return RatedQuery(np.array(history, np.int32), found.stars)
