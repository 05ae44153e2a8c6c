"""Settings that come with the shop."""

from __future__ import annotations

from importlib.resources import files

from daogou.data.demo.online_retail.product_type import product_types
from daogou.data.demo.online_retail.translations import ATTRIBUTE_ZH, CATEGORY_ZH
from daogou.data.demo.words_section import words_section

_ATTRIBUTES = {
    "product_type": "product type", "colour": "colour", "material": "material", "pattern": "pattern", "size": "size",
    "set_size": "pieces", "season": "season", "style": "style", "collection": "collection", "audience": "for whom",
}  # fmt: skip


def shop_settings() -> str:
    """The text of the shop's shop.toml, its words in Chinese at the end."""
    text = files(__package__).joinpath("shop.toml").read_text(encoding="utf-8")
    return text + _words()


def _words() -> str:
    attributes: dict[str, dict[str, dict[str, object]]] = {
        name: {"label": {"zh": ATTRIBUTE_ZH[name], "en": label}} for name, label in _ATTRIBUTES.items()
    }
    attributes["product_type"]["values"] = {
        kind.slug: {"zh": kind.name_zh, "en": kind.singular} for kind in product_types()
    }
    names = {name: {"zh": chinese} for name, chinese in {**ATTRIBUTE_ZH, **CATEGORY_ZH}.items()}
    return words_section(attributes, {name: words for name, words in names.items() if name not in attributes})
