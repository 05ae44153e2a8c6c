"""What things cost in the bilingual shop, in fen: a typical price per product type, raised by size and material."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from daogou.data.demo.bilingual.vocabulary import ProductType

MATERIAL_PREMIUM: Mapping[str, float] = {
    "cashmere": 1.7,
    "silk": 1.5,
    "titanium": 1.6,
    "leather": 1.3,
    "down": 1.35,
    "wool": 1.2,
    "bone_china": 1.3,
    "latex": 1.25,
    "aluminium": 1.2,
    "polyester": 0.8,
    "plastic": 0.7,
    "vegan_leather": 0.85,
}
MORE_COSTS_MORE = frozenset(
    (
        "weight_g", "volume_ml", "count", "sheets", "nappies", "wipes", "pieces", "pairs", "pages", "colours_count",
        "blocks", "jigsaw_pieces", "storage_gb", "capacity_mah", "capacity_litres", "cooling_hp", "load_kg",
        "dumbbell_kg", "people", "thickness_mm", "area_m2", "fill_g", "width_cm", "diameter_cm",
    )
)  # fmt: skip
SIZE_EXPONENT = 0.55  # twice as much costs 1.46 times as much
PREMIUM_PACKAGING: Mapping[str, float] = {"gift_box": 1.5, "tin": 1.1, "pouch": 0.85}


def typical_log_price(product: ProductType) -> tuple[float, float]:
    """Mean and standard deviation of the log list price in yuan, so that nine of ten lie in the type's range."""
    low, high = np.log(product.price[0]), np.log(product.price[1])
    return float((low + high) / 2), float((high - low) / (2 * 1.645))


def property_factor(product: ProductType, chosen: Mapping[str, str]) -> float:
    """What size, material and packaging multiply the price by; 1.0 for the middle one."""
    factor = MATERIAL_PREMIUM.get(chosen.get("material", ""), 1.0)
    factor *= PREMIUM_PACKAGING.get(chosen.get("packaging", ""), 1.0)
    for name in (one for one in product.specs if one in MORE_COSTS_MORE):
        middle = float(np.median([float(one) for one in product.specs[name]]))
        factor *= (float(chosen[name]) / middle) ** SIZE_EXPONENT
    return float(factor)


def shop_price_minor(yuan: float) -> int:
    """A price as shops write it, in fen: 12.80, 59.90, 349.00, 2,899.00."""
    if yuan < 20:
        return round(max(yuan, 2.0)) * 100 - 20
    if yuan < 200:
        return round(yuan) * 100 - 10
    if yuan < 1000:
        return round(yuan / 10) * 1000 - 100
    return round(yuan / 100) * 10_000 - 100


def price_level(price_minor: int, mean: float, deviation: float) -> float:
    """How dear an item is among its type, in standard deviations of the log price."""
    return float((np.log(price_minor / 100.0) - mean) / deviation)
