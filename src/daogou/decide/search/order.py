"""The orders in which what was found can be listed; sold-out items come last in every one of them."""

from __future__ import annotations

import numpy as np

from daogou.core.types import F32, F64, I32, I64, Bools, text_in
from daogou.decide.catalogue import Catalogue
from daogou.decide.filters.fields import FIELDS
from daogou.decide.search.request import Order


class Titles:
    """The place of every item among all titles of a language, made when it is first asked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._made: dict[str, tuple[int, I64]] = {}

    def places(self, language: str) -> I64:
        """(n_catalogue,)"""
        revision, made = self._made.get(language, (-1, np.empty(0, np.int64)))
        if revision != self._catalogue.revision or len(made) != len(self._catalogue):
            titles = [text_in(item.title, language).casefold() for item in self._catalogue.items]
            made = np.empty(len(titles), np.int64)
            made[sorted(range(len(titles)), key=titles.__getitem__)] = np.arange(len(titles))
            self._made[language] = self._catalogue.revision, made
        return made


def ordered(
    numbers: I32, scores: F32, is_sold_out: Bools, order: Order, catalogue: Catalogue, titles: Titles, language: str,
) -> I64:  # fmt: skip
    """(n,) places of `numbers` in the asked order; equal ones by score, then by number."""
    keys: list[F64 | F32 | I64] = []
    if order in ("price", "-price", "rating"):
        name = "rating" if order == "rating" else "price"
        values = catalogue.columns.number(name, FIELDS[name].read).values[numbers]  # type: ignore[arg-type]
        keys.append(np.where(np.isnan(values), np.inf, values if order == "price" else -values))
    elif order == "newest":
        keys.append(-np.maximum(catalogue.created_at_us[numbers], 0))
    elif order == "title":
        keys.append(titles.places(language)[numbers])
    return np.lexsort((numbers, -scores, *keys, is_sold_out))
