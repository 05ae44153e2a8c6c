"""Counts what each placement showed and what of it was clicked, for pages that choose their rows."""

from __future__ import annotations

import numpy as np
import polars as pl

from daogou.learn.rows import CHOSEN, FILLER, PLACES, RowCounts


def count_rows(places: pl.DataFrame) -> RowCounts:
    """places  as `learn.evaluation.served_places.places` gives them

    Where any placement reports impressions, only what was seen counts: seen and merely served places do not mix.
    """
    known = places.filter(pl.col("position").is_not_null() & (pl.col("position") >= 0))
    basis = known.filter(pl.col("is_seen")) if known["is_seen"].any() else known
    cells = (
        basis.group_by(
            "placement",
            pl.when(pl.col("source") == "filler").then(FILLER).otherwise(CHOSEN).alias("kind"),
            pl.min_horizontal("position", PLACES - 1).alias("place"),
        )
        .agg(pl.len().alias("shown"), pl.col("was_clicked").sum().alias("clicked"))
        .sort("placement", "kind", "place")
    )
    names = tuple(cells["placement"].unique(maintain_order=True).to_list())
    shown, clicked = np.zeros((len(names), 2, PLACES)), np.zeros((len(names), 2, PLACES))
    for name, kind, place, n_shown, n_clicked in cells.rows():
        row = names.index(name)
        shown[row, kind, place], clicked[row, kind, place] = n_shown, n_clicked
    return RowCounts(names, shown, clicked)
