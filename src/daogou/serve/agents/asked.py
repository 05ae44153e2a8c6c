"""What an assistant may ask: UCP's request shapes, and those of our own tools.

Source: UCP 2026-08-25, catalogue capability, MCP binding: the payload is under `catalog`, who asks under `meta`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from daogou.core.errors import InvalidField

MOST_IDS = 100
"""Identifiers in one call; UCP asks for 10 at least."""

MOST_PRODUCTS = 50
DEFAULT_LIMIT = 10
LARGEST_AMOUNT = 9_007_199_254_740_991

Word = Annotated[str, Meta(max_length=200)]
Id = Annotated[str, Meta(min_length=1, max_length=200)]
Amount = Annotated[int, Meta(ge=0, le=LARGEST_AMOUNT)]


class PriceFilter(msgspec.Struct, frozen=True):
    """In minor units of `context.currency`, else of the shop's."""

    min: Amount | None = None
    max: Amount | None = None


class Context(msgspec.Struct, frozen=True):
    """Where, in which language and for what; a hint, never proof of anything."""

    address_country: Word | None = None
    address_region: Word | None = None
    language: Word | None = None
    currency: Word | None = None
    intent: Annotated[str, Meta(max_length=2_000)] | None = None


class Page(msgspec.Struct, frozen=True):
    """`cursor` comes from the answer before; more than 50 products are never sent at once."""

    cursor: Annotated[str, Meta(max_length=500)] | None = None
    limit: Annotated[int, Meta(ge=1)] | None = None


Filters = dict[Word, Any]
"""`categories`, `brand` and `availability` are lists of texts, `price` is {"min", "max"}; any other name is an
attribute of the catalogue with the values that will do, such as {"colour": ["red"]}."""


class Search(msgspec.Struct, frozen=True):
    """Words, filters, or both."""

    query: Annotated[str, Meta(max_length=1_000)] | None = None
    context: Context = Context()
    filters: Filters = {}
    pagination: Page = Page()


class Lookup(msgspec.Struct, frozen=True):
    """Products or variants by id, in any mixture."""

    ids: Annotated[list[Id], Meta(min_length=1, max_length=MOST_IDS)]
    context: Context = Context()
    filters: Filters = {}


class Option(msgspec.Struct, frozen=True):
    """One choice between variants, such as Size: L."""

    name: Word
    label: Word


class Detail(msgspec.Struct, frozen=True):
    """One product. Where no variant has all that is selected, the last of `preferences` gives way first."""

    id: Id
    selected: Annotated[list[Option], Meta(max_length=20)] = []
    preferences: Annotated[list[Word], Meta(max_length=20)] = []
    context: Context = Context()
    filters: Filters = {}


class Similar(msgspec.Struct, frozen=True):
    """What is like a product."""

    id: Id
    limit: Annotated[int, Meta(ge=1, le=MOST_PRODUCTS)] = DEFAULT_LIMIT
    context: Context = Context()


class Say(msgspec.Struct, frozen=True):
    """One sentence to the guide; `state` is that of its last answer, without it the talk begins anew."""

    text: Annotated[str, Meta(min_length=1, max_length=1_000)]
    state: Annotated[str, Meta(max_length=12_000)] | None = None
    limit: Annotated[int, Meta(ge=1, le=12)] = 6
    context: Context = Context()


class Policies(msgspec.Struct, frozen=True):
    """What the shop's rules are asked about; without a topic all of them."""

    topic: Literal["shipping", "returns", "payment", "warranty", "privacy", "opening_hours", "contact"] | None = None
    context: Context = Context()


class SearchCall(msgspec.Struct, frozen=True):
    catalog: Search
    meta: Any = None


class LookupCall(msgspec.Struct, frozen=True):
    catalog: Lookup
    meta: Any = None


class DetailCall(msgspec.Struct, frozen=True):
    catalog: Detail
    meta: Any = None


class SimilarCall(msgspec.Struct, frozen=True):
    catalog: Similar
    meta: Any = None


class GuideCall(msgspec.Struct, frozen=True):
    catalog: Say
    meta: Any = None


class PoliciesCall(msgspec.Struct, frozen=True):
    catalog: Policies = Policies()
    meta: Any = None


def read(arguments: Any, shape: type[Any]) -> Any:
    """The arguments of a call; InvalidField names the place, what came and what is expected, and nothing else."""
    try:
        return msgspec.convert(arguments if arguments is not None else {}, shape)
    except msgspec.ValidationError as error:
        said, _, place = str(error).partition(" - at `$")
        field = place.rstrip("`").lstrip(".") or "arguments"
        raise InvalidField(field, said, "what the tool's schema says", rule="wrong_shape") from None


def profile_of(meta: Any) -> str:
    """The address of the profile that the assistant names as its own; empty where it names none."""
    agent = meta.get("ucp-agent") if isinstance(meta, dict) else None
    profile = agent.get("profile") if isinstance(agent, dict) else None
    return profile[:500] if isinstance(profile, str) else ""
