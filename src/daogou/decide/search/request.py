"""What a caller asks of search, and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from daogou.core.types import I32, SlateItem

Order = Literal["relevance", "neutral", "price", "-price", "newest", "rating", "title"]
"""`relevance` may read the shopper's past; `neutral` never does and is the same for everybody."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search.

    words            what was typed, any language, as it was typed; empty lists the whole category
    category         only items under this path, outermost name first
    facets           chosen values by facet name; values of one facet are alternatives, facets are all required
    price_minor      lowest and highest price, each may be None
    filter           an expression of the filter language, beside everything else
    count_facets     whether to count values; costs time
    personalize      False: no profile is read
    one_per_group    of variants of one thing, only the best
    relax            whether something may be given up where nothing, or little, has all that is asked
    """

    words: str = ""
    category: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    price_minor: tuple[int | None, int | None] = (None, None)
    filter: str | None = None
    order: Order = "relevance"
    offset: int = 0
    limit: int = 24
    language: str | None = None
    user_id: str | None = None
    visitor_id: str | None = None
    personalize: bool = True
    count_facets: bool = True
    include_sold_out: bool = True
    one_per_group: bool = True
    relax: bool = True
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value to choose, as the catalogue writes it, with how many items choosing it (too) would leave."""

    value: str
    count: int
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """name: category, brand, or an attribute's own name; values: most frequent first."""

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class PriceRange:
    """The cheapest and dearest of what was found, before the caller's own price bounds; with a histogram to draw."""

    lowest_minor: int
    highest_minor: int
    currency: str
    counts: tuple[int, ...] = ()  # of equal steps from the lowest to the highest


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What was given up because nothing matched all that was asked, as data and as a sentence."""

    code: str  # words; few: some have all words, and after them come others; facet, price, category, spelling
    dropped: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """items: the asked page; numbers: catalogue numbers of all that was found, best first.

    corrected    the words really searched, where those typed are misspelled and found nothing; None otherwise
    suggestion   other words that would find more, where the typed ones found little; None otherwise
    understood   what was read out of the words: facet name → values, for example {"colour": ("red",)}
    """

    recommendation_id: str
    items: tuple[SlateItem, ...]
    total: int
    facets: tuple[Facet, ...]
    price: PriceRange | None
    corrected: str | None
    suggestion: str | None
    relaxed: tuple[Relaxed, ...]
    understood: Mapping[str, tuple[str, ...]]
    is_personalized: bool
    numbers: I32
    degraded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """One line of the box below the search field; kind: words, category, brand, item (then with its id)."""

    kind: Literal["words", "category", "brand", "item"]
    text: str
    item_id: str | None = None
    path: tuple[str, ...] = ()
    count: int | None = None
