"""Rows of other systems whose parts are nested: each file here turns one such row into ours.

To add one: a file with `matches(keys)` and `reshape(row)`, and a line in SHAPES.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from daogou.data.ingest.shapes import algolia, ga4, google_retail, metarank


@dataclass(frozen=True)
class Shape:
    """One system's row.

    matches  whether a row with these keys is of this system
    reshape  its row under names that our column tables know, or a text: why the row is left out
    """

    name: str
    kind: str
    matches: Callable[[frozenset[str]], bool]
    reshape: Callable[[Mapping[str, Any]], dict[str, Any] | str]


SHAPES: tuple[Shape, ...] = (
    Shape("GA4 BigQuery export", "events", ga4.matches, ga4.reshape),
    Shape("Google Retail user events", "events", google_retail.matches_event, google_retail.reshape_event),
    Shape("Google Retail products", "items", google_retail.matches_product, google_retail.reshape_product),
    Shape("Algolia Insights events", "events", algolia.matches, algolia.reshape),
    Shape("Metarank interactions", "events", metarank.matches, metarank.reshape),
)


def shape_of(keys: frozenset[str]) -> Shape | None:
    """The system whose row has these keys, None where the columns speak for themselves."""
    return next((shape for shape in SHAPES if shape.matches(keys)), None)
