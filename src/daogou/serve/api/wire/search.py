"""Searches and completions: what is asked, and what comes back."""

from __future__ import annotations

from typing import Annotated, Any, get_args

import msgspec
from msgspec import Meta

from daogou.decide.search.request import Facet, Order, PriceRange, Relaxed
from daogou.serve.api.wire.items import ItemCard
from daogou.serve.api.wire.rows import Id
from daogou.serve.api.wire.slates import Expression, Language, Place

MAX_WORDS = 500
MAX_LIMIT = 100
MAX_OFFSET = 10_000
MAX_FACETS = 20
MAX_VALUES = 50
MAX_COMPLETIONS = 20

Words = Annotated[str, Meta(max_length=MAX_WORDS)]
ORDERS: tuple[str, ...] = get_args(Order)
OrderName = Annotated[str, Meta(extra_json_schema={"enum": list(ORDERS)})]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Minor = Annotated[int, Meta(ge=0, le=10**15)]


class PriceBounds(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Prices in minor units; both ends belong to the range, and either may be left out."""

    at_least: Minor | None = None
    at_most: Minor | None = None


class SearchQuestion(msgspec.Struct, forbid_unknown_fields=True):
    """What is looked for, where, for whom, and in which order.

    `words` as they were typed; empty lists a whole `category`, which is a path with its outermost name first. `facets`
    are chosen values by facet: one of the values of a facet is enough, and every facet must be met. `order: neutral`
    is the same for everybody; `personalize: false` reads no profile, whatever the order. Of variants of one thing only
    the best comes, unless `one_per_group` is false. With `relax: false` only what has everything asked for is found.
    """

    words: Words = ""
    category: Annotated[list[Name], Meta(max_length=10)] = []
    facets: Annotated[
        dict[Name, Annotated[list[Name], Meta(min_length=1, max_length=MAX_VALUES)]], Meta(max_length=MAX_FACETS)
    ] = {}
    price_minor: PriceBounds = PriceBounds()
    filter: Expression | None = None
    order: OrderName = "relevance"
    offset: Annotated[int, Meta(ge=0, le=MAX_OFFSET)] = 0
    limit: Annotated[int, Meta(ge=0, le=MAX_LIMIT)] = 24
    language: Language | None = None
    user_id: Id | None = None
    visitor_id: Id | None = None
    personalize: bool = True
    count_facets: bool = True
    include_sold_out: bool = True
    one_per_group: bool = True
    relax: bool = True
    context: dict[str, Any] = {}


class SearchAnswer(msgspec.Struct, frozen=True):
    """One page of what was found; `total` counts all of it, and every `position` is that in the whole list.

    `corrected` are the words really searched, where those typed are misspelled; `suggestion` are words that would find
    more. `relaxed` says what was given up because nothing matched everything, and `understood` what was read out of the
    words. `facets` count what choosing a value would leave. `revision` is that of the catalogue.
    """

    recommendation_id: str
    items: list[Place]
    total: int
    facets: tuple[Facet, ...]
    price: PriceRange | None
    corrected: str | None
    suggestion: str | None
    relaxed: tuple[Relaxed, ...]
    understood: dict[str, tuple[str, ...]]
    order: OrderName
    personalized: bool
    latency_ms: float
    revision: int
    degraded: tuple[str, ...]


class CompletionQuestion(msgspec.Struct, forbid_unknown_fields=True):
    """What was typed so far. The same for everybody: no shopper is named."""

    words: Words
    limit: Annotated[int, Meta(ge=1, le=MAX_COMPLETIONS)] = 8
    language: Language | None = None


class CompletionLine(msgspec.Struct, frozen=True):
    """One line below a search field; `kind`: words, category (then with its `path`), brand, item (then with `item`).

    `count` is how many items it leads to, where that is known.
    """

    kind: str
    text: str
    path: tuple[str, ...]
    count: int | None
    item: ItemCard | None


class CompletionAnswer(msgspec.Struct, frozen=True):
    """The lines, best first."""

    completions: list[CompletionLine]
    latency_ms: float
