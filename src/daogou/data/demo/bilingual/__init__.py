"""The bilingual demo shop: `generate` makes it, `simulate_slate` asks its shoppers."""

from daogou.data.demo.bilingual.replay import Outcome, simulate_slate
from daogou.data.demo.bilingual.shop import BilingualShop, generate, shop_settings
from daogou.data.demo.bilingual.truth import Context, Truth
from daogou.data.demo.bilingual.words import words_table

__all__ = [
    "BilingualShop",
    "Context",
    "Outcome",
    "Truth",
    "generate",
    "shop_settings",
    "simulate_slate",
    "words_table",
]
