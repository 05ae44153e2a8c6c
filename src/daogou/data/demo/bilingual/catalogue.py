"""The bilingual shop's catalogue: groups of variants per product type, with prices, stock and dates.

Every product type gets its share of groups; a group has one brand, one kind and one set of properties, and its
variants differ in one of them (colour, size, flavour). Titles are unique.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from daogou.core.clock import DAY_US, isoformat
from daogou.core.types import F64, I32
from daogou.data.demo.bilingual import coupons, prices, seasons
from daogou.data.demo.bilingual.indexes import Indexes
from daogou.data.demo.bilingual.stock import OFF_SALE_DAY, stock_of
from daogou.data.demo.bilingual.titles import write_description, write_title
from daogou.data.demo.bilingual.vocabulary import Category, Claim, Kind, Pair, ProductType, Vocabulary

SIZES = frozenset({"size", "shoe_size"})  # listed in one item, not variants of their own
MOST_VARIANTS = 4
BRAND_TIER = 0.35  # standard deviations of the log price
OLDEST_DAYS = 720
SHARE_BEFORE_OPENING = 0.72
SHARE_JUST_IN = 0.05
DISCOUNTS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4)
DISCOUNT_SHARES = (0.52, 0.1, 0.14, 0.13, 0.08, 0.03)
MODEL_SUFFIXES = ("", " Pro", " SE", " Plus", " Air")


@dataclass(frozen=True)
class Catalogue:
    """Rows in the import vocabulary, and the same as arrays, one entry per item; coupons come last.

    category, type, brand, colour, style, audience  positions in `Indexes`; colour -1 where an item has none
    price_minor, price_level  fen, and how dear it is among its type in standard deviations
    discount     0.3 = 30 % below the list price
    quality      hidden; how good it is, 0 on average
    created_day  counted from the first day, negative for older items
    last_day     last day it is sold; seasons.N_DAYS where it is not taken off sale
    group        items of one group are variants of each other
    is_coupon    not a product: never in a list of products
    """

    rows: list[dict[str, Any]]
    category: I32
    type: I32
    brand: I32
    colour: I32
    style: I32
    audience: I32
    price_minor: I32
    price_level: F64
    discount: F64
    quality: F64
    created_day: I32
    last_day: I32
    group: I32
    is_coupon: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

    @property
    def n_items(self) -> int:
        return len(self.rows)


@dataclass
class _Draft:
    """A catalogue being written."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    columns: list[tuple[float, ...]] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    n_groups: int = 0


def make_catalogue(n_items: int, vocabulary: Vocabulary, indexes: Indexes, rng: np.random.Generator) -> Catalogue:
    """Write `n_items` products and the coupons; `n_items` must be within what the word lists can title."""
    draft = _Draft()
    departments = [(category, product) for category in vocabulary.categories for product in category.types]
    group_of_type = dict.fromkeys((product.slug for _, product in departments), 0)
    while len(draft.rows) < n_items:
        for place in rng.permutation(len(departments)):
            category, product = departments[place]
            room = n_items - len(draft.rows)
            group_of_type[product.slug] += 1
            _add_group(draft, category, product, group_of_type[product.slug], room, indexes, rng)
    for row, column in coupons.make_coupons(vocabulary, indexes):
        draft.rows.append(row)
        draft.columns.append(column)
    return _arrays(draft)


@dataclass(frozen=True)
class _Group:
    """What the variants of one group have in common."""

    id: str
    number: int
    category: Category
    product: ProductType
    kind: Kind
    brand: Pair
    model: str
    offered: Mapping[str, tuple[str, ...]]
    shared: Mapping[str, str]
    claims: tuple[Claim, ...]
    yuan: float
    discount: float
    margin: float
    quality: float
    created_day: int


def _add_group(
    draft: _Draft,
    category: Category,
    product: ProductType,
    number: int,
    room: int,
    indexes: Indexes,
    rng: np.random.Generator,
) -> None:
    """Add at most `room` variants of a new group; none where their titles are taken."""
    group = _group(category, product, f"{product.slug}-{number:03d}", draft.n_groups, rng)
    written = 0
    for value in _variant_values(group.offered[product.vary], rng)[:room]:
        chosen = {**group.shared, product.vary: value}
        title = write_title(group.brand, group.model, product, group.kind, chosen)
        if title["zh"] in draft.titles or title["en"] in draft.titles:
            continue
        draft.titles.update(title.values())
        written += 1
        row, column = _item(group, written, title, chosen, indexes, rng)
        draft.rows.append(row)
        draft.columns.append(column)
    draft.n_groups += written > 0


def _group(category: Category, product: ProductType, name: str, number: int, rng: np.random.Generator) -> _Group:
    kind = product.kinds[rng.integers(len(product.kinds))]
    brand = int(rng.integers(len(category.brands)))
    offered = _offered(product, kind)
    mean, deviation = prices.typical_log_price(product)
    tier = BRAND_TIER * (2 * brand / (len(category.brands) - 1) - 1)  # a department's last brand is its dearest
    return _Group(
        id=name,
        number=number,
        category=category,
        product=product,
        kind=kind,
        brand=category.brands[brand],
        model=_model(rng) if product.has_model else "",
        offered=offered,
        shared={one: str(rng.choice(values)) for one, values in offered.items()},
        claims=_claims(product, kind, rng),
        yuan=float(np.exp(mean + deviation * np.clip(rng.normal(tier, 0.8), -1.7, 1.7))),
        discount=float(rng.choice(DISCOUNTS, p=DISCOUNT_SHARES)),
        margin=float(rng.uniform(0.35, 0.58)),
        quality=float(rng.normal(0.0, 0.6)),
        created_day=_created_day(rng),
    )


def _item(
    group: _Group,
    variant: int,
    title: dict[str, str],
    chosen: Mapping[str, str],
    indexes: Indexes,
    rng: np.random.Generator,
) -> tuple[dict[str, Any], tuple[float, ...]]:
    """One variant as a row and as its entry in the arrays."""
    product = group.product
    attributes = _attributes(product, group.kind, chosen)
    list_minor = prices.shop_price_minor(group.yuan * prices.property_factor(product, chosen))
    price_minor = prices.shop_price_minor(list_minor / 100 * (1 - group.discount)) if group.discount else list_minor
    late = int(rng.integers(0, 20)) if variant > 2 else 0  # the third and fourth variant follow later
    born = min(group.created_day + late, seasons.N_DAYS - 1)
    quality = group.quality + float(rng.normal(0.0, 0.15))
    stock = stock_of(product, born, rng)
    row = {
        "id": f"{group.id}-{variant}",
        "group_id": group.id,
        "title": title,
        "description": write_description(group.claims, attributes),
        "price_minor": price_minor,
        **({"list_price_minor": list_minor} if price_minor < list_minor else {}),
        "cost_minor": min(int(list_minor * group.margin), int(price_minor * 0.95)),
        "currency": "CNY",
        "brand": group.brand[1],
        "categories": [[group.category.name[1], product.name[1]]],
        "tags": _tags(product, group.discount, born),
        "attributes": attributes,
        "rating": round(float(np.clip(4.3 + 0.4 * quality + rng.normal(0, 0.1), 2.8, 5.0)), 1),
        "created_at": _moment(born, rng),
        **stock,
    }
    column = (
        indexes.categories[group.category.slug],
        indexes.types[product.slug],
        indexes.brands[group.brand[1]],
        indexes.colours[attributes["colour"][0]] if "colour" in attributes else -1,
        indexes.styles[group.kind.style],
        indexes.audiences[attributes["audience"][0]],
        price_minor,
        prices.price_level(price_minor, *prices.typical_log_price(product)),
        1 - price_minor / list_minor,
        quality,
        born,
        OFF_SALE_DAY if "expires_at" in stock else seasons.N_DAYS,
        group.number,
        0,
    )
    return row, column


def _arrays(draft: _Draft) -> Catalogue:
    table = np.array(draft.columns, np.float64)
    whole = table.astype(np.int32)
    return Catalogue(
        draft.rows,
        category=whole[:, 0].copy(),
        type=whole[:, 1].copy(),
        brand=whole[:, 2].copy(),
        colour=whole[:, 3].copy(),
        style=whole[:, 4].copy(),
        audience=whole[:, 5].copy(),
        price_minor=whole[:, 6].copy(),
        price_level=table[:, 7].copy(),
        discount=table[:, 8].copy(),
        quality=table[:, 9].copy(),
        created_day=whole[:, 10].copy(),
        last_day=whole[:, 11].copy(),
        group=whole[:, 12].copy(),
        is_coupon=table[:, 13] > 0,
    )


def _offered(product: ProductType, kind: Kind) -> dict[str, tuple[str, ...]]:
    """Every property an item has one value of, with the values this kind comes in."""
    offered = {name: values for name, values in product.specs.items() if name not in SIZES}
    if product.palette:
        offered["colour"] = product.palette
    return {**offered, **{name: values for name, values in kind.only.items() if name != "audience"}}


def _variant_values(values: tuple[str, ...], rng: np.random.Generator) -> list[str]:
    """The values the variants differ in, in the order of the word list."""
    many = int(rng.integers(1, min(MOST_VARIANTS, len(values)) + 1))
    return [values[place] for place in sorted(rng.choice(len(values), size=many, replace=False))]


def _attributes(product: ProductType, kind: Kind, chosen: Mapping[str, str]) -> dict[str, list[str]]:
    sizes = {name: list(values) for name, values in product.specs.items() if name in SIZES}
    return {
        "product_type": [product.slug],
        **{name: [value] for name, value in chosen.items()},
        **sizes,
        "style": [kind.style],
        "audience": list(kind.only.get("audience", (product.audience,))),
    }


def _claims(product: ProductType, kind: Kind, rng: np.random.Generator) -> tuple[Claim, ...]:
    number = product.kinds.index(kind)
    fitting = [claim for claim in product.claims if not claim.kinds or number in claim.kinds]
    kept = sorted(rng.choice(len(fitting), size=min(2, len(fitting)), replace=False))
    return tuple(fitting[place] for place in kept)


def _model(rng: np.random.Generator) -> str:
    return f"{rng.choice(list('ACFKNRVX'))}{rng.integers(2, 30)}{rng.choice(MODEL_SUFFIXES)}"


def _created_day(rng: np.random.Generator) -> int:
    """Most items are older than the opening, the rest arrive over the year and a few in the last fortnight."""
    fate = rng.random()
    if fate < SHARE_BEFORE_OPENING:
        return -int(OLDEST_DAYS * rng.random() ** 1.5) - 1
    if fate < 1 - SHARE_JUST_IN:
        return int(rng.integers(0, seasons.N_DAYS - 14))
    return int(rng.integers(seasons.N_DAYS - 14, seasons.N_DAYS))


def _moment(day: int, rng: np.random.Generator) -> str:
    minutes = int(rng.integers(8 * 60, 20 * 60))
    return isoformat(seasons.START_US + day * DAY_US + minutes * 60_000_000)


def _tags(product: ProductType, discount: float, born: int) -> list[str]:
    tags = [product.season] if product.season != "all_year" else []
    tags += ["sale"] if discount >= 0.2 else []
    return tags + (["new"] if born >= seasons.N_DAYS - 30 else [])
