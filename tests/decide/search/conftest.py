"""A small shop in two languages to search in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from daogou.core.types import Item
from daogou.decide.shop import Shop


def thing(item_id: str, en: str, zh: str, path: tuple[str, ...], price: int = 1000, **rest: object) -> Item:
    """An item with titles in both languages."""
    return Item(item_id, {"en": en, "zh": zh}, categories=(path,), price_minor=price, **rest)  # type: ignore[arg-type]


def goods() -> list[Item]:
    """Mugs, laptops and what goes with them, clothes, drinks."""
    kitchen, clothes, tech = ("Kitchen", "Mugs"), ("Clothes", "T-shirts"), ("Electronics", "Laptops")
    bags = ("Electronics", "Laptop bags")
    red, blue = {"colour": ("red",)}, {"colour": ("blue",)}
    return [
        thing("mug-red", "Glazed mug, red", "釉面马克杯 红色", kitchen, 1500, attributes=red, brand="Taoqi"),
        thing("mug-blue", "Glazed mug, blue", "釉面马克杯 蓝色", kitchen, 1200, attributes=blue, brand="Taoqi"),
        thing(
            "mug-plain", "Plain mug", "素色马克杯", kitchen, 900, brand="Mutang",
            description={"en": "Looks good beside anything red."},
        ),
        thing("shirt-red", "Cotton T-shirt, red", "纯棉T恤 红色", clothes, 5900, attributes=red, brand="Beidu"),
        thing("shirt-blue", "Cotton T-shirt, blue", "纯棉T恤 蓝色", clothes, 5900, attributes=blue, brand="Beidu"),
        thing("bag-1", "Laptop bag, 15 inch", "电脑包 15寸", bags, 9900, brand="Qingtuo"),
        thing("bag-2", "Slim laptop bag for a laptop of 13 inch", "轻薄电脑包 13英寸", bags, 7900, brand="Qingtuo"),
        thing("pc-1", "Lightweight laptop 16GB, 14 inch", "轻薄笔记本电脑 16GB 14寸", tech, 499900, brand="Yunshan"),
        thing(
            "pc-2", "Gaming laptop 32 GB", "游戏笔记本电脑 32GB", tech, 899900,
            brand="Yunshan", availability="out_of_stock",
        ),
        thing("flask", "Steel flask 500 ml", "不锈钢保温杯 500毫升", ("Kitchen", "Flasks"), 8900, brand="Taoqi"),
        thing("headset", "Wireless headset", "无线耳机", ("Electronics", "Headsets"), 19900, brand="Yunshan"),
        thing("dress", "Summer dress", "夏季衣服 连衣裙", ("Clothes", "Dresses"), 15900, brand="Beidu"),
        thing("secret", "Red mug of next season", "下一季红色马克杯", kitchen, 1000, is_hidden=True),
    ]  # fmt: skip


@pytest.fixture
def shop(make_shop: Callable[..., Shop]) -> Shop:
    """The shop, in English first."""
    return make_shop(goods(), flags={"shop": {"languages": ["en", "zh"]}})
