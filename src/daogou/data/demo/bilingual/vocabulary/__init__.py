"""The words the bilingual shop is written with: categories, product types, brands, attributes and colours.

One TOML file per category holds its product types; `attributes.toml` holds the labels and values of attributes.
Each pair of texts is [Chinese, English], written by hand for each language, not translated word for word.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

Pair = tuple[str, str]  # (Chinese, English)

CATEGORY_FILES = (
    "phones-audio",
    "home-appliances",
    "kitchen",
    "beauty",
    "womens-fashion",
    "mens-fashion",
    "shoes-bags",
    "mother-baby",
    "snacks-tea",
    "sports-outdoor",
    "home-textiles",
    "stationery-toys",
)


@dataclass(frozen=True)
class Kind:
    """One way a product type is sold, as the head of a title: "真无线降噪耳机", in one style."""

    name: Pair
    style: str
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # values it comes in: {"material": ("wool",)}


@dataclass(frozen=True)
class Claim:
    """One sentence that praises an item; `kinds` are the kinds it is true of, all where empty."""

    text: Pair
    kinds: tuple[int, ...] = ()


@dataclass(frozen=True)
class ProductType:
    """What an item is, for example earbuds: what it costs, how it varies, when and how often it is bought.

    price         yuan; nine of ten list prices lie between the two
    vary          the attribute in which the variants of one group differ
    repeat_days   typical days until it is bought again; None where it is not used up
    complements   how readily a buyer of this type adds one item of the other type to the same basket
    """

    slug: str
    name: Pair
    price: tuple[float, float]
    kinds: tuple[Kind, ...]
    claims: tuple[Claim, ...]
    specs: Mapping[str, tuple[str, ...]]
    title: tuple[str, ...]
    vary: str
    palette: tuple[str, ...]
    audience: str = "everyone"
    season: str = "all_year"
    weather: Mapping[str, float] = field(default_factory=dict)
    daypart: str | None = None
    repeat_days: int | None = None
    has_model: bool = False
    counter: str = "个"  # Chinese measure word of a pack: 3条装
    complements: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Category:
    """One of the twelve departments."""

    slug: str
    name: Pair
    brands: tuple[Pair, ...]
    types: tuple[ProductType, ...]
    is_bought_once: bool = False  # a buyer of such an item seldom wants another of its type soon
    needs_child: bool = False  # of interest to households with a small child


@dataclass(frozen=True)
class Attribute:
    """How an attribute reads: its label, and its values in a table and in a title; numbers share one pattern."""

    label: Pair
    values: Mapping[str, Pair]
    pattern: Pair | None = None
    title_pattern: Pair | None = None


@dataclass(frozen=True)
class Vocabulary:
    categories: tuple[Category, ...]
    attributes: Mapping[str, Attribute]
    colours: Mapping[str, str]  # slug -> colour to draw with, "#rrggbb"

    @property
    def types(self) -> tuple[ProductType, ...]:
        return tuple(one for category in self.categories for one in category.types)


@lru_cache(maxsize=1)
def read_vocabulary() -> Vocabulary:
    """Read the bundled word lists once."""
    raw = _toml("attributes")
    categories = tuple(_category(_toml(slug), raw["palettes"]) for slug in CATEGORY_FILES)
    return Vocabulary(categories, _attributes(raw), raw["words"]["colour"]["hex"])


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))


def _pair(raw: list[str]) -> Pair:
    return raw[0], raw[1]


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in values)


def _attributes(raw: dict[str, Any]) -> dict[str, Attribute]:
    numbers = {
        name: Attribute(
            _pair(one["label"]), {}, _pair(one["value"]), _pair(one["title"]) if "title" in one else _pair(one["value"])
        )
        for name, one in raw["numbers"].items()
    }
    words = {
        name: Attribute(_pair(one["label"]), {slug: _pair(pair) for slug, pair in one.get("values", {}).items()})
        for name, one in raw["words"].items()
    }
    return {**numbers, **words}


def _category(raw: dict[str, Any], palettes: dict[str, list[str]]) -> Category:
    return Category(
        slug=raw["slug"],
        name=_pair(raw["name"]),
        brands=tuple(_pair(one) for one in raw["brands"]),
        types=tuple(_type(one, palettes) for one in raw["types"]),
        is_bought_once=raw.get("bought_once", False),
        needs_child=raw.get("needs_child", False),
    )


def _type(raw: dict[str, Any], palettes: dict[str, list[str]]) -> ProductType:
    palette = raw.get("palette", ())
    return ProductType(
        slug=raw["slug"],
        name=_pair(raw["name"]),
        price=(float(raw["price"][0]), float(raw["price"][1])),
        kinds=tuple(_kind(one) for one in raw["kinds"]),
        claims=tuple(Claim(_pair(one), tuple(one[2]) if len(one) > 2 else ()) for one in raw["claims"]),
        specs={name: _texts(values) for name, values in raw.get("specs", {}).items()},
        title=_texts(raw["title"]),
        vary=raw.get("vary", "colour" if "colour" in raw["title"] else raw["title"][0]),
        palette=tuple(palettes[palette]) if isinstance(palette, str) else tuple(palette),
        audience=raw.get("audience", "everyone"),
        season=raw.get("season", "all_year"),
        weather=raw.get("weather", {}),
        daypart=raw.get("daypart"),
        repeat_days=raw.get("repeat_days"),
        has_model=raw.get("model", False),
        counter=raw.get("counter", "个"),
        complements=raw.get("complements", {}),
    )


def _kind(raw: list[Any]) -> Kind:
    given = raw[3] if len(raw) > 3 else {}
    only = {name: _texts(values if isinstance(values, list) else [values]) for name, values in given.items()}
    return Kind((raw[0], raw[1]), raw[2], only)
