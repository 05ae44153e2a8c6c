"""The bilingual shop's simulated shoppers: who they are, what they truly like, and who their friends are.

Tastes start from one of sixteen circles (people who like similar things and know each other) and from age, sex
and household, plus a personal part. What the shop is told about a shopper is only `rows`; the rest is hidden truth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from daogou.core.clock import DAY_US, isoformat
from daogou.core.types import F64, I32, Bools
from daogou.data.demo.bilingual import seasons
from daogou.data.demo.bilingual.indexes import Indexes
from daogou.data.demo.bilingual.vocabulary import Vocabulary

N_CIRCLES = 16
N_LATENT = 8
SHARE_CHINESE = 0.7
SHARE_DENIED = 0.03
SHARE_NEW = 0.3  # of shoppers who first come after the opening
FRIEND_POOL = 60
MEAN_FRIENDS = 5.0
VISITS_PER_DAY = 0.043  # on an ordinary day, of a typical shopper
AGE_BANDS = ("18-24", "25-34", "35-44", "45-54", "55+")
AGE_SHARES = (0.2, 0.36, 0.24, 0.13, 0.07)
CATEGORY_BY_SEX = {"beauty": 0.9, "womens-fashion": 1.1, "mens-fashion": -1.1, "phones-audio": -0.4}  # + for women


@dataclass(frozen=True)
class Shoppers:
    """Rows in the import vocabulary, and the hidden truth as arrays, one entry per shopper.

    latent      (n, N_LATENT) taste beyond words
    category, type, brand, colour, style, audience   affinity in units of utility, one column per name
    budget      preferred price level, in standard deviations of a type's log price
    price_sensitivity  how much a dear item or a discount matters, around 1
    visits      sessions per ordinary day
    first_day   counted from the opening; before it the shopper does nothing
    store       home store, position in seasons.STORES
    circle      position of the circle the shopper belongs to
    friends     (n, n) boolean, symmetric
    """

    rows: list[dict[str, Any]]
    latent: F64
    category: F64
    type: F64
    brand: F64
    colour: F64
    style: F64
    audience: F64
    budget: F64
    price_sensitivity: F64
    visits: F64
    first_day: I32
    store: I32
    circle: I32
    is_chinese: Bools
    is_denied: Bools
    friends: Bools

    @property
    def n_users(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class _People:
    circle: I32
    age: I32
    is_woman: Bools
    has_child: Bools
    store: I32


def make_shoppers(n_users: int, vocabulary: Vocabulary, indexes: Indexes, rng: np.random.Generator) -> Shoppers:
    """Invent `n_users` shoppers with their tastes and friends."""
    people = _people(n_users, rng)
    circle = people.circle
    latent = rng.normal(0, 0.75, (N_CIRCLES, N_LATENT))[circle] + rng.normal(0, 0.55, (n_users, N_LATENT))
    category = _category_affinity(people, vocabulary, rng)
    budget = rng.normal(0, 0.5, N_CIRCLES)[circle] + 0.12 * (people.age - 1.5) + rng.normal(0, 0.4, n_users)
    friends = _friends(latent, people, rng)
    is_chinese = rng.random(n_users) < SHARE_CHINESE
    is_denied = rng.random(n_users) < SHARE_DENIED
    first_day = np.where(
        rng.random(n_users) < SHARE_NEW,
        rng.integers(0, seasons.N_DAYS, n_users),
        -rng.integers(1, 500, n_users),
    ).astype(np.int32)
    return Shoppers(
        rows=_rows(people, category, friends, is_chinese, is_denied, first_day, indexes, rng),
        latent=latent,
        category=category,
        type=_taste(len(indexes.types), 0.35, 0.6, circle, rng),
        brand=_taste(len(indexes.brands), 0.3, 0.55, circle, rng),
        colour=_taste(len(indexes.colours), 0.2, 0.35, circle, rng),
        style=_taste(len(indexes.styles), 0.5, 0.4, circle, rng),
        audience=_audience_affinity(people, indexes),
        budget=budget,
        price_sensitivity=np.exp(rng.normal(-0.25 * budget, 0.35)),
        visits=VISITS_PER_DAY * rng.gamma(1.1, 1 / 1.1, n_users),
        first_day=first_day,
        store=people.store,
        circle=circle,
        is_chinese=is_chinese,
        is_denied=is_denied,
        friends=friends,
    )


def _people(n_users: int, rng: np.random.Generator) -> _People:
    circle = rng.integers(0, N_CIRCLES, n_users).astype(np.int32)
    age = rng.choice(len(AGE_BANDS), n_users, p=AGE_SHARES).astype(np.int32)
    women = np.clip(rng.normal(0.55, 0.2, N_CIRCLES), 0.1, 0.9)
    child_by_age = np.array([0.06, 0.34, 0.38, 0.08, 0.1])
    home = rng.integers(0, len(seasons.STORES), N_CIRCLES)
    stays = rng.random(n_users) < 0.6
    store = np.where(stays, home[circle], rng.integers(0, len(seasons.STORES), n_users)).astype(np.int32)
    return _People(circle, age, rng.random(n_users) < women[circle], rng.random(n_users) < child_by_age[age], store)


def _taste(n_names: int, shared: float, own: float, circle: I32, rng: np.random.Generator) -> F64:
    """Affinity (n_users, n_names): what the circle likes, plus what only this person likes."""
    return np.asarray(
        rng.normal(0, shared, (N_CIRCLES, n_names))[circle] + rng.normal(0, own, (len(circle), n_names)), np.float64
    )


def _category_affinity(people: _People, vocabulary: Vocabulary, rng: np.random.Generator) -> F64:
    affinity = _taste(len(vocabulary.categories), 0.55, 0.5, people.circle, rng)
    sign = np.where(people.is_woman, 0.5, -0.5)
    for number, category in enumerate(vocabulary.categories):
        affinity[:, number] += sign * 2 * CATEGORY_BY_SEX.get(category.slug, 0.0)
        if category.needs_child:
            affinity[:, number] += np.where(people.has_child, 1.6, -2.2)
    return affinity


def _audience_affinity(people: _People, indexes: Indexes) -> F64:
    affinity = np.zeros((len(people.age), len(indexes.audiences)))
    affinity[:, indexes.audiences["women"]] = np.where(people.is_woman, 0.4, -1.3)
    affinity[:, indexes.audiences["men"]] = np.where(people.is_woman, -1.0, 0.4)
    affinity[:, indexes.audiences["kids"]] = np.where(people.has_child, 0.7, -0.6)
    affinity[:, indexes.audiences["baby"]] = np.where(people.has_child, 0.3, -0.8)
    return affinity


def _friends(latent: F64, people: _People, rng: np.random.Generator) -> Bools:
    """Everyone picks a few of sixty people met by chance, by likeness of taste, circle and city; links go both ways."""
    n_users = len(latent)
    met = rng.integers(0, n_users, (n_users, FRIEND_POOL))
    unit = latent / np.linalg.norm(latent, axis=1, keepdims=True)
    likeness = np.einsum("uk,umk->um", unit, unit[met])
    likeness += 1.0 * (people.circle[met] == people.circle[:, None]) + 0.5 * (
        people.store[met] == people.store[:, None]
    )
    pull = 2.5 * likeness + rng.gumbel(size=likeness.shape)
    wanted = rng.poisson(MEAN_FRIENDS / 2, n_users)
    ranks = np.argsort(np.argsort(-pull, axis=1), axis=1)
    friends = np.zeros((n_users, n_users), bool)
    chosen = np.nonzero(ranks < wanted[:, None])
    friends[chosen[0], met[chosen]] = True
    np.fill_diagonal(friends, False)
    return friends | friends.T


def _rows(
    people: _People,
    category: F64,
    friends: Bools,
    is_chinese: Bools,
    is_denied: Bools,
    first_day: I32,
    indexes: Indexes,
    rng: np.random.Generator,
) -> list[dict[str, Any]]:
    n_users = len(people.age)
    stated = np.argsort(-(category + rng.normal(0, 0.6, category.shape)), axis=1)[:, :2]
    slugs = list(indexes.categories)
    member = rng.choice(["basic", "silver", "gold"], n_users, p=[0.6, 0.3, 0.1])
    minute = rng.integers(0, 1440, n_users)
    return [
        {
            "id": user_id(user),
            "attributes": {
                "language": ["zh" if is_chinese[user] else "en"],
                "store": [seasons.STORES[people.store[user]]],
                "gender": ["female" if people.is_woman[user] else "male"],
                "age_band": [AGE_BANDS[people.age[user]]],
                "household": ["with_child" if people.has_child[user] else "no_child"],
                "member": [str(member[user])],
                "interests": [slugs[one] for one in stated[user]],
            },
            "consent": {"personalization": "denied" if is_denied[user] else "granted", "analytics": "granted"},
            "friends": [user_id(int(one)) for one in np.nonzero(friends[user])[0]],
            "created_at": isoformat(
                seasons.START_US + int(first_day[user]) * DAY_US + int(minute[user]) * 60_000_000
                if first_day[user] < 0
                else seasons.START_US + int(first_day[user]) * DAY_US
            ),
        }
        for user in range(n_users)
    ]


def user_id(user: int) -> str:
    """The pseudonym of a shopper: shopper-0001."""
    return f"shopper-{user + 1:04d}"
