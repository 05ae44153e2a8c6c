"""A second bundled shop: a bilingual general store with known truth, made by a seed.

Good for: trying everything in Chinese and English, and judging recommenders where the right answer is known.
It is a simulation: figures measured here say how methods compare under the stated assumptions, not what a real
shop would earn. Assumptions and measured facts stand in docs/demo-bilingual.md.
Cost: about 5 s on one core and 300 MB for the default size.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from daogou.core.errors import InvalidInput
from daogou.data.demo.bilingual import seasons
from daogou.data.demo.bilingual.behaviour import live_the_year
from daogou.data.demo.bilingual.catalogue import make_catalogue
from daogou.data.demo.bilingual.indexes import Indexes
from daogou.data.demo.bilingual.log import EventLog
from daogou.data.demo.bilingual.shoppers import make_shoppers
from daogou.data.demo.bilingual.truth import Truth
from daogou.data.demo.bilingual.vocabulary import read_vocabulary
from daogou.data.demo.bilingual.words import words_table
from daogou.data.demo.bilingual.world import make_truth
from daogou.data.demo.words_section import words_section

FEWEST_ITEMS, MOST_ITEMS = 600, 12_000  # beyond that the word lists begin to repeat themselves
FEWEST_USERS, MOST_USERS = 20, 20_000


@dataclass(frozen=True)
class BilingualShop:
    """Rows for `import_rows`, and the truth they came from.

    items, users  dicts in the import vocabulary; coupons are the last items
    events        iterates over dicts in order of time, as often as wanted; `len(events)` is known
    truth         for judging only, see `replay.simulate_slate`
    """

    items: list[dict[str, Any]]
    users: list[dict[str, Any]]
    events: EventLog
    truth: Truth


def generate(seed: int = 7, n_items: int = 3200, n_users: int = 2000) -> BilingualShop:
    """Make the shop. The same arguments give the same rows, byte for byte.

    n_items  products, 600 to 12,000; the coupons come on top
    n_users  shoppers, 20 to 20,000; memory grows with n_users * (n_items + n_users)

    Raises InvalidInput when a number is outside those.
    """
    for name, value, fewest, most in (
        ("n_items", n_items, FEWEST_ITEMS, MOST_ITEMS),
        ("n_users", n_users, FEWEST_USERS, MOST_USERS),
    ):
        if not fewest <= value <= most:
            raise InvalidInput(f"{name}={value} is not possible. Use a number from {fewest} to {most}.")
    vocabulary = read_vocabulary()
    indexes = Indexes.of(vocabulary)
    for_items, for_users, for_world, for_year = np.random.default_rng(seed).spawn(4)
    catalogue = make_catalogue(n_items, vocabulary, indexes, for_items)
    shoppers = make_shoppers(n_users, vocabulary, indexes, for_users)
    policy = np.zeros((seasons.N_WEEKS, catalogue.n_items), np.float32)
    truth = make_truth(catalogue, shoppers, vocabulary, indexes, policy, for_world)
    events = live_the_year(seed, truth, catalogue, shoppers, vocabulary, indexes, for_year)
    for field in fields(truth):
        value = getattr(truth, field.name)
        if isinstance(value, np.ndarray):
            value.flags.writeable = False
    return BilingualShop(catalogue.rows, shoppers.rows, events, truth)


def shop_settings() -> str:
    """The text of shop.toml for this shop, its words in both languages at the end."""
    words = words_table()
    return SHOP_TOML + words_section(words["attributes"], words["names"])


SHOP_TOML = """\
# A bilingual general store with simulated shoppers.

[shop]
id = "bilingual"
name = { zh = "云间百货", en = "Cloudside Store" }
languages = ["zh", "en"]
currency = "CNY"
timezone = "Asia/Shanghai"

[history]
half_life_days = 60.0

[rules]
already_bought = "exclude"
already_bought_days = 365

[rules.already_bought_by_category]
"Snacks & tea" = "allow"
"Skincare & beauty" = "allow"
"Mother & baby" = "allow"
"Stationery & toys" = "allow"

[placements.home_for_you]
title = { zh = "为你推荐", en = "For you" }
retrievers = { personal = 1.0 }

[placements.item_similar]
title = { zh = "看了又看", en = "Similar items" }
retrievers = { similar = 1.0 }
max_per_category = 100
already_bought = "allow"

[placements.item_bought_together]
title = { zh = "搭配购买", en = "Bought together" }
retrievers = { together = 1.0 }
max_per_category = 3
already_bought = "allow"

[placements.cart_addon]
title = { zh = "凑单好物", en = "Goes with your cart" }
retrievers = { together = 1.0 }
max_per_category = 3

[placements.buy_again]
title = { zh = "该补货了", en = "Time to restock" }
retrievers = { repeat = 1.0 }
max_per_category = 100
already_bought = "allow"
fill = false

[placements.recently_viewed]
title = { zh = "最近看过", en = "Recently viewed" }
retrievers = { recent = 1.0 }
max_per_category = 100
already_bought = "allow"
fill = false

[placements.trending]
title = { zh = "大家都在买", en = "Trending now" }
retrievers = { trending = 1.0 }
already_bought = "allow"

[placements.new_arrivals]
title = { zh = "新品上架", en = "New arrivals" }
retrievers = { newest = 1.0 }
already_bought = "allow"
"""
