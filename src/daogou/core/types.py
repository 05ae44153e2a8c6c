"""What the shop is made of: items, users, events, queries and slates.

Everything here is frozen and already valid. Times are microseconds since 1970 UTC and named `..._us`;
money is integer minor units (pence, fen) and named `..._minor`, beside its `currency`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

F32: TypeAlias = NDArray[np.float32]
F64: TypeAlias = NDArray[np.float64]
I32: TypeAlias = NDArray[np.int32]
I64: TypeAlias = NDArray[np.int64]
U8: TypeAlias = NDArray[np.uint8]
U16: TypeAlias = NDArray[np.uint16]
U32: TypeAlias = NDArray[np.uint32]
I8: TypeAlias = NDArray[np.int8]
Bools: TypeAlias = NDArray[np.bool_]

Texts: TypeAlias = Mapping[str, str]
"""A text in several languages, keyed by language tag: {"en": "Red mug", "zh": "红色马克杯"}."""

Availability = Literal["in_stock", "out_of_stock", "preorder", "backorder"]
ItemKind = Literal["product", "coupon", "bundle", "article", "course", "financial_product"]
ConsentWord = Literal["granted", "denied"]


def text_in(texts: Texts, language: str) -> str:
    """The text in `language`, else in English, else in whichever comes first, else empty."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


@dataclass(frozen=True, slots=True)
class StoreStock:
    """An item in one physical store; a price of None means the item's own price."""

    store_id: str
    quantity: int | None = None
    price_minor: int | None = None
    availability: Availability = "in_stock"


@dataclass(frozen=True, slots=True)
class Item:
    """The unit we recommend; maps to one product or SKU of a shop. Variants share a `group_id`."""

    id: str
    title: Texts
    group_id: str | None = None
    kind: ItemKind = "product"
    description: Texts = field(default_factory=dict)
    url: str | None = None
    images: tuple[str, ...] = ()
    price_minor: int | None = None
    list_price_minor: int | None = None
    currency: str = "GBP"
    availability: Availability = "in_stock"
    brand: str | None = None
    categories: tuple[tuple[str, ...], ...] = ()  # paths, outermost first: (("Kitchen", "Mugs"),)
    tags: tuple[str, ...] = ()
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # {"colour": ("red",), "size": ("S", "M")}
    stores: tuple[StoreStock, ...] = ()
    created_at_us: int | None = None
    available_at_us: int | None = None
    expires_at_us: int | None = None
    cost_minor: int | None = None
    rating: float | None = None  # mean stars, 1 to 5
    is_hidden: bool = False

    @property
    def category(self) -> str:
        """The outermost name of the first path, or empty."""
        return self.categories[0][0] if self.categories and self.categories[0] else ""


@dataclass(frozen=True, slots=True)
class Consent:
    """What a shopper allowed. Silence counts as granted only where the shop says so before we are called."""

    personalization: ConsentWord = "granted"
    analytics: ConsentWord = "granted"


@dataclass(frozen=True, slots=True)
class User:
    """A pseudonym with optional attributes; never raw contact data."""

    id: str
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    consent: Consent = Consent()
    friends: tuple[str, ...] = ()
    created_at_us: int | None = None


@dataclass(frozen=True, slots=True)
class EventLine:
    """One item inside an event: a purchase has one line per product."""

    item_id: str
    quantity: int = 1
    price_minor: int | None = None  # of one piece
    position: int | None = None  # place in the slate, from 0
    propensity: float | None = None  # probability with which it was shown


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, as reported; appended, never edited. `name` is one of EVENT_WEIGHTS."""

    event_id: str
    name: str
    at_us: int
    lines: tuple[EventLine, ...] = ()
    user_id: str | None = None
    visitor_id: str | None = None
    session_id: str | None = None
    recommendation_id: str | None = None
    placement: str | None = None
    search_term: str | None = None
    transaction_id: str | None = None
    value_minor: int | None = None
    currency: str | None = None
    rating: float | None = None  # rate_item: 1 to 5; view_portion: 0 to 1
    coupon: str | None = None
    consent: Consent = Consent()
    context: Mapping[str, Any] = field(
        default_factory=dict
    )  # store_id, device, experiment, …: what we keep but do not interpret


EVENT_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "view_item": 1.0,
        "select_item": 1.5,
        "add_to_wishlist": 3.0,
        "add_to_cart": 4.0,
        "remove_from_cart": -1.5,
        "begin_checkout": 5.0,
        "purchase": 8.0,
        "refund": -4.0,
        "rate_item": 1.0,
        "dislike_item": -6.0,
        "view_portion": 1.0,
        "impression": 0.0,
        "view_item_list": 0.0,
        "search": 0.0,
        "view_search_results": 0.0,
        "view_cart": 0.0,
        "page_view": 0.0,
        "view_promotion": 0.0,
        "select_promotion": 0.0,
        "chat_message": 0.0,
        "chat_choice": 0.0,
        "undo_dislike_item": 0.0,
    }
)
"""Every event name we know (GA4's words and a few of ours), with its default weight for learning."""

TASTE_EVENTS: tuple[str, ...] = tuple(name for name, weight in EVENT_WEIGHTS.items() if weight)
"""Events that may tell taste, and that a shop's `[objective]` therefore values."""


DISLIKED, TAKEN_BACK = "dislike_item", "undo_dislike_item"
"""An item is turned down, and that is taken back."""

PAST_EVENTS = frozenset({*TASTE_EVENTS, TAKEN_BACK})
"""Events that make up a shopper's past: those, and what takes a dislike back."""


def wanted_events(worth: Mapping[str, float]) -> tuple[str, ...]:
    """Of the events a shop values, those that say somebody wanted an item: worth more than nothing to it."""
    return tuple(name for name in TASTE_EVENTS if worth.get(name, 0.0) > 0)


DECISIVE_EVENTS = frozenset({"purchase", "refund", DISLIKED, TAKEN_BACK, "add_to_cart", "add_to_wishlist"})
"""Events that decide whether an item may be shown again, however long ago they were."""

COUNTED_EVENTS = frozenset({"view_item", "select_item", "add_to_cart", "purchase"})
"""Events that say how much an item is in demand."""

EVENT_NAMES: tuple[str, ...] = tuple(EVENT_WEIGHTS)
"""Position in this tuple is the event's number in arrays (`Dataset.event`). Append only."""

EVENT_NUMBER: Mapping[str, int] = MappingProxyType({name: number for number, name in enumerate(EVENT_NAMES)})


class HistoryRow(msgspec.Struct, frozen=True, gc=False):
    """One line of a shopper's past, as the event log keeps it."""

    name: str
    item_id: str
    at_us: int
    quantity: int = 1
    transaction_id: str | None = None


def _no_items() -> I32:
    return np.empty(0, np.int32)


def _no_weights() -> F32:
    return np.empty(0, np.float32)


def _no_times() -> I64:
    return np.empty(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """What a model is asked: a history of item numbers, oldest first, each item once.

    history  (n,) item numbers
    weights  (n,) how much each counts, > 0; empty means all 1
    at_us    (n,) when each last happened; empty where unknown
    now_us   the moment of asking
    """

    history: I32 = field(default_factory=_no_items)
    weights: F32 = field(default_factory=_no_weights)
    at_us: I64 = field(default_factory=_no_times)
    now_us: int = 0

    def strengths(self) -> F32:
        """(n,) the weights, or ones where none were given."""
        return self.weights if len(self.weights) else np.ones(len(self.history), np.float32)


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """One cause and the exact share of the score that it carries (shares sum to ≤ 1); `event`: what was done."""

    item_id: str
    title: str
    share: float
    event: str | None


class Reason(msgspec.Struct, frozen=True, gc=False):
    """Why an item is in a slate, as data and as a sentence in the shopper's language."""

    code: str
    text: str
    evidence: tuple[Evidence, ...] = ()


class SlateItem(msgspec.Struct, frozen=True, gc=False):
    """One place of a slate; propensity: the chance with which it was drawn for it, where chance was asked."""

    item_id: str
    score: float
    position: int
    source: str
    reason: Reason
    is_filler: bool = False
    propensity: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What was known when a list was made.

    features       (n_items, n_features) of each place, NaN where nothing was known; half precision is kept
    history        (n,) numbers of the shopper's newest items in the order of `all_items`, oldest first
    circumstances  where and on what the list was asked for
    """

    features: F32
    history: I32
    circumstances: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Slate:
    """The list shown in one placement, with what was left out and why; `degraded` names what it was made without."""

    recommendation_id: str
    placement: str
    items: tuple[SlateItem, ...]
    filtered: Mapping[str, int]
    is_personalized: bool
    model: str
    seen: Seen | None = None
    degraded: tuple[str, ...] = ()
