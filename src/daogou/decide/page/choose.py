"""Which rows of a page, in which order: by the clicks expected of each for this shopper, no item twice.

The same shopper, log and release always give the same page; chance plays no part. A row of which nothing is known keeps
the place that the shop gave it, so a new shop's page is the shop's own.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from daogou.core.errors import ArtifactRefused, UnknownName
from daogou.core.types import Slate
from daogou.decide.page.words import row_words
from daogou.decide.pipeline import recommend, recommend_many
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop
from daogou.learn.rows import ROWS_FILE, RowValues, read_rows

_LOG = logging.getLogger("daogou.decide")


@dataclass(frozen=True, slots=True)
class RowReason:
    """Why a row stands where it stands, or was left out."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One list of a page.

    expected_clicks  when it is seen once; None where nothing is known of it
    """

    asked: RecommendRequest
    slate: Slate
    expected_clicks: float | None
    reason: RowReason


@dataclass(frozen=True, slots=True)
class Page:
    """The rows from the top, and why other placements of the page are not among them."""

    name: str
    rows: tuple[Row, ...]
    left_out: Mapping[str, RowReason]


def choose_page(shop: Shop, name: str, asked: RecommendRequest) -> Page:
    """Decide on a whole page; the placement of `asked` does not matter, its limit is that of each row.

    Raises UnknownName for a page the shop does not have.
    """
    page = shop.settings.pages.get(name)
    if page is None:
        raise UnknownName("page", name, shop.settings.pages)
    language = (asked.language or shop.language).split("-")[0].lower()
    requests = [replace(asked, placement=row) for row in page.rows]
    slates = recommend_many(shop, requests)
    values = _values(shop)
    worth = [_expected(values, slate) for slate in slates]
    rows: list[Row] = []
    left_out: dict[str, RowReason] = {}
    shown: dict[str, None] = {}
    for place in in_order(worth):
        request, slate = requests[place], slates[place]
        if len(rows) == page.most_rows:
            left_out[request.placement] = _reason("row_over", language, most=page.most_rows)
            continue
        if any(one.item_id in shown for one in slate.items):
            request = replace(request, exclude=(*shown, *asked.exclude))
            slate = recommend(shop, request)
        n_items = len(slate.items)
        if n_items < page.least_items:
            code = "row_short" if n_items else "row_empty"
            left_out[request.placement] = _reason(code, language, items=n_items, least=page.least_items)
            continue
        shown.update(dict.fromkeys(one.item_id for one in slate.items))
        expected = _expected(values, slate)
        code = "row_shop" if expected is None else "row_value"
        rows.append(Row(request, slate, expected, _reason(code, language, clicks=100 * (expected or 0.0))))
    return Page(name, tuple(rows), left_out)


def in_order(worth: Sequence[float | None]) -> list[int]:
    """Row numbers from the top: those of known worth by it, around those that keep the shop's place."""
    best = iter(sorted((n for n, one in enumerate(worth) if one is not None), key=lambda n: (-(worth[n] or 0.0), n)))
    return [number if one is None else next(best) for number, one in enumerate(worth)]


def _expected(values: RowValues, slate: Slate) -> float | None:
    return values.expected(slate.placement, [one.is_filler for one in slate.items])


def _reason(code: str, language: str, **facts: float) -> RowReason:
    return RowReason(code, row_words(code, language, **facts))


def _values(shop: Shop) -> RowValues:
    return _values_at(shop.release.path / ROWS_FILE) if shop.release is not None else RowValues()


@lru_cache(maxsize=8)
def _values_at(path: Path) -> RowValues:
    """What the release at this place says of rows; a release never changes once it is published."""
    try:
        return RowValues.of(read_rows(path))
    except ArtifactRefused as error:
        _LOG.warning("Pages keep the shop's order. %s", error)
        return RowValues()
