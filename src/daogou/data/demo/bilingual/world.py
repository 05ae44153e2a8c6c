"""Put the truth of the bilingual shop together from its catalogue, its shoppers and its year."""

from __future__ import annotations

import numpy as np

from daogou.core.types import F32, F64, I32
from daogou.data.demo.bilingual import seasons
from daogou.data.demo.bilingual.catalogue import Catalogue
from daogou.data.demo.bilingual.indexes import Indexes
from daogou.data.demo.bilingual.shoppers import N_LATENT, Shoppers
from daogou.data.demo.bilingual.truth import Truth
from daogou.data.demo.bilingual.vocabulary import ProductType, Vocabulary

DAYPART_PULL = 0.45
MOST_PARTNERS = 4
ADDED_TO_BASKET = 1.8  # how much more often things go together than the word lists say, a basket-friendly shop
STORE_CATEGORY = {
    ("shenyang", "home-appliances"): 0.1,
    ("shenyang", "womens-fashion"): 0.15,
    ("shenyang", "home-textiles"): 0.2,
    ("guangzhou", "snacks-tea"): 0.25,
    ("guangzhou", "sports-outdoor"): 0.15,
    ("guangzhou", "home-textiles"): -0.25,
    ("chengdu", "snacks-tea"): 0.3,
    ("chengdu", "beauty"): 0.2,
    ("hangzhou", "womens-fashion"): 0.2,
    ("hangzhou", "phones-audio"): 0.15,
}
"""What the people of a city care for more or less than others."""


def make_truth(
    catalogue: Catalogue,
    shoppers: Shoppers,
    vocabulary: Vocabulary,
    indexes: Indexes,
    policy: F32,
    rng: np.random.Generator,
) -> Truth:
    """Draw what is still hidden (item latents, appeal of types, weather) and gather the rest.

    policy  (N_WEEKS, n_items), filled by the caller while the year runs
    """
    types = vocabulary.types
    complements = _complements(vocabulary, indexes)
    return Truth(
        user_ids=tuple(row["id"] for row in shoppers.rows),
        item_ids=tuple(row["id"] for row in catalogue.rows),
        user_latent=shoppers.latent,
        user_category=shoppers.category,
        user_type=shoppers.type,
        user_brand=shoppers.brand,
        user_colour=shoppers.colour,
        user_style=shoppers.style,
        user_audience=shoppers.audience,
        user_budget=shoppers.budget,
        user_price_sensitivity=shoppers.price_sensitivity,
        user_store=shoppers.store,
        friends=shoppers.friends,
        item_latent=_item_latent(catalogue, rng),
        item_category=catalogue.category,
        item_type=catalogue.type,
        item_brand=catalogue.brand,
        item_colour=catalogue.colour,
        item_style=catalogue.style,
        item_audience=catalogue.audience,
        item_group=catalogue.group,
        item_price_minor=catalogue.price_minor,
        item_price_level=catalogue.price_level,
        item_discount=catalogue.discount,
        item_quality=catalogue.quality,
        item_created_day=catalogue.created_day,
        item_is_coupon=catalogue.is_coupon,
        item_partners=_partners(catalogue, complements, rng),
        type_slugs=tuple(indexes.types),
        type_appeal=np.append([_appeal(one, rng) for one in types], -np.inf),
        type_season=_by_type([seasons.season_by_day(one.season) for one in types]),
        type_weather=_by_type([_named(one.weather, seasons.WEATHERS) for one in types]),
        type_daypart=_by_type([_daypart(one) for one in types]),
        type_repeat_days=np.append([float(one.repeat_days or np.nan) for one in types], np.nan),
        type_is_bought_once=_bought_once(vocabulary),
        type_complements=complements,
        store_category=_store_category(indexes),
        weather=seasons.weather_by_day(rng),
        policy=policy,
    )


def _item_latent(catalogue: Catalogue, rng: np.random.Generator) -> F64:
    """Items of a type are alike, variants of a group nearly the same."""
    by_type = rng.normal(0, 0.55, (int(catalogue.type.max()) + 1, N_LATENT))
    groups, group = np.unique(catalogue.group, return_inverse=True)
    by_group = rng.normal(0, 0.55, (len(groups), N_LATENT))
    own = rng.normal(0, 0.15, (catalogue.n_items, N_LATENT))
    return np.asarray(by_type[catalogue.type] + by_group[group] + own, np.float64)


def _partners(catalogue: Catalogue, complements: F64, rng: np.random.Generator) -> I32:
    """For each group, one item of every type it goes with; variants share them."""
    members = [np.nonzero(catalogue.type == kind)[0] for kind in range(len(complements))]
    partners = np.full((catalogue.n_items, MOST_PARTNERS), -1, np.int32)
    for group in np.unique(catalogue.group[~catalogue.is_coupon]):
        variants = np.nonzero(catalogue.group == group)[0]
        for place, kind in enumerate(np.nonzero(complements[catalogue.type[variants[0]]])[0]):
            partners[variants, place] = rng.choice(members[kind])
    return partners


def _appeal(product: ProductType, rng: np.random.Generator) -> float:
    """Cheap and used-up things are on people's minds more often than washing machines."""
    typical = float(np.sqrt(product.price[0] * product.price[1]))
    return float(0.5 * (product.repeat_days is not None) - 0.3 * np.log(typical / 100) + rng.normal(0, 0.35))


def _by_type(rows: list[F64]) -> F64:
    """One row per product type and a row of zeros for coupons."""
    return np.asarray([*rows, np.zeros_like(rows[0])], np.float64)


def _named(given: object, names: tuple[str, ...]) -> F64:
    values = dict(given) if isinstance(given, dict) else {}
    return np.array([float(values.get(name, 0.0)) for name in names])


def _daypart(product: ProductType) -> F64:
    if product.daypart is None:
        return np.zeros(len(seasons.DAYPARTS))
    return np.array([DAYPART_PULL if name == product.daypart else -DAYPART_PULL / 3 for name in seasons.DAYPARTS])


def _bought_once(vocabulary: Vocabulary) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    flags = [
        category.is_bought_once and product.repeat_days is None
        for category in vocabulary.categories
        for product in category.types
    ]
    return np.array([*flags, False])


def _complements(vocabulary: Vocabulary, indexes: Indexes) -> F64:
    chance = np.zeros((len(indexes.types), len(indexes.types)))
    for product in vocabulary.types:
        for other, share in product.complements.items():
            chance[indexes.types[product.slug], indexes.types[other]] = ADDED_TO_BASKET * share
    return chance


def _store_category(indexes: Indexes) -> F64:
    pull = np.zeros((len(seasons.STORES), len(indexes.categories)))
    for (store, category), value in STORE_CATEGORY.items():
        pull[seasons.STORES.index(store), indexes.categories[category]] = value
    return pull
