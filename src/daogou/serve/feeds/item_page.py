"""What search engines read on an item's page of the storefront: the product with all its variants, as JSON-LD."""

from __future__ import annotations

import numpy as np

from daogou.core.types import I32
from daogou.decide.anybody import showable, visit_of_anybody
from daogou.decide.shop import Shop
from daogou.serve.feeds.schema_org import script
from daogou.serve.offers.offer import Teller, offer_of, seller_name

MOST_VARIANTS = 100


def said_of(shop: Shop, item_id: str) -> str:
    """The item's product in the shop's first language; empty for an item that not everybody may see, or unpriced."""
    shop.refresh()
    number = shop.catalogue.number_of.get(item_id)
    if number is None:
        return ""
    group = shop.catalogue.items[number].group_id
    numbers: I32 = shop.catalogue.variants(group) if group else np.array([number], np.int32)
    numbers = numbers[showable(shop, numbers, visit_of_anybody(shop))]
    if number not in numbers:
        return ""
    teller, first = Teller.of(shop.settings, shop.language), shop.catalogue.items[number]
    items = (shop.catalogue.items[one] for one in numbers[:MOST_VARIANTS].tolist())
    offers = [offer_of(one, teller) for one in items if one.price_minor is not None and one.currency == first.currency]
    return script(offers, seller_name(shop.settings, shop.language)) if offers else ""
