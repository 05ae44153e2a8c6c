"""Units of measure as they are written in names of attributes and said by shoppers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """size: how many of the dimension's own unit it is; only units of one dimension are converted into each other."""

    code: str
    dimension: str
    size: float
    spellings: tuple[str, ...]
    in_names: tuple[str, ...] = ()


UNITS: tuple[Unit, ...] = (
    Unit("mg", "mass", 0.001, ("mg", "毫克"), ("mg",)),
    Unit("g", "mass", 1, ("g", "gram", "grams", "gr", "克"), ("g", "grams")),
    Unit("kg", "mass", 1_000, ("kg", "kgs", "kilo", "kilos", "kilogram", "公斤", "千克"), ("kg", "kilograms")),
    Unit("jin", "mass", 500, ("斤",)),
    Unit("lb", "mass", 453.592, ("lb", "lbs", "磅"), ("lb", "lbs")),
    Unit("oz", "mass", 28.3495, ("oz", "ounce", "ounces", "盎司"), ("oz",)),
    Unit("ml", "volume", 1, ("ml", "mls", "millilitre", "millilitres", "milliliters", "毫升"), ("ml", "millilitres")),
    Unit("l", "volume", 1_000, ("l", "litre", "litres", "liter", "liters", "升"), ("l", "litres", "liters", "litre")),
    Unit("mm", "length", 0.1, ("mm", "毫米"), ("mm",)),
    Unit("cm", "length", 1, ("cm", "cms", "厘米", "公分", "centimetres", "centimeters"), ("cm",)),
    Unit("m", "length", 100, ("m", "米", "metre", "metres", "meter", "meters"), ("m", "metres", "meters")),
    Unit("in", "length", 2.54, ("inch", "inches", "in", "英寸", "寸", "吋", '"', "″"), ("in", "inches", "inch")),
    Unit("ft", "length", 30.48, ("ft", "feet", "foot", "英尺"), ("ft",)),
    Unit("h", "time", 1, ("h", "hr", "hrs", "hour", "hours", "小时", "个小时", "钟头"), ("h", "hours")),
    Unit("d", "time", 24, ("天", "days", "day"), ("days",)),
    Unit("min", "time", 1 / 60, ("min", "mins", "minutes", "分钟"), ("min", "minutes")),
    Unit("gb", "storage", 1, ("gb", "g", "gig", "gigs"), ("gb",)),
    Unit("tb", "storage", 1_024, ("tb", "t"), ("tb",)),
    Unit("mah", "charge", 1, ("mah", "毫安", "毫安时"), ("mah",)),
    Unit("w", "power", 1, ("w", "watt", "watts", "瓦"), ("w", "watts")),
    Unit("kpa", "pressure", 1, ("kpa", "千帕"), ("kpa",)),
    Unit("hp", "cooling", 1, ("hp", "匹"), ("hp",)),
    Unit("m2", "area", 1, ("m2", "sqm", "square metres", "平方", "平方米", "平米", "平", "㎡"), ("m2",)),
    Unit("celsius", "warmth", 1, ("度", "摄氏度", "degrees", "c", "°c"), ("celsius",)),
    Unit("piece", "pieces", 1, ("片", "piece", "pieces", "pcs", "pc", "件套", "件", "件装", "头"), ("pieces",)),
    Unit("pack", "pieces", 1, ("pack", "packs", "个装", "只装", "支装", "片装", "只", "袋装", "袋"), ("count", "bags")),
    Unit("page", "pages", 1, ("page", "pages", "页"), ("pages",)),
    Unit("sheet", "sheets", 1, ("sheet", "sheets", "片", "张"), ("sheets",)),
    Unit("person", "people", 1, ("people", "person", "persons", "人", "个人", "人用", "人份"), ("people",)),
    Unit("pair", "pairs", 1, ("pair", "pairs", "双", "双装"), ("pairs",)),
    Unit("colour", "colours", 1, ("色", "colours", "colors"), ("colours",)),
    Unit("block", "blocks", 1, ("颗粒", "颗", "粒", "blocks", "bricks", "pieces", "片"), ("blocks",)),
    Unit("wipe", "wipes", 1, ("抽", "wipes"), ("wipes",)),
    Unit("nappy", "nappies", 1, ("片", "nappies", "diapers"), ("nappies",)),
    Unit("thread", "thread", 1, ("支", "thread count", "thread"), ("thread",)),
    Unit("spf", "spf", 1, (), ("spf",)),
)  # fmt: skip
OF_CODE: Mapping[str, Unit] = {unit.code: unit for unit in UNITS}
_IN_NAME = {name: unit for unit in UNITS for name in unit.in_names}


def unit_in_name(name: str) -> Unit | None:
    """weight_g is in grams, capacity_litres in litres, thread_count in threads."""
    parts = name.casefold().replace("-", "_").split("_")
    if name.casefold() in ("set_size", "pack_size"):
        return _IN_NAME["pieces"]
    if len(parts) == 1:
        return _IN_NAME.get(parts[0]) if parts[0] not in ("size", "in", "m", "l", "h", "w", "g") else None
    return _IN_NAME.get(parts[-1]) or (_IN_NAME.get(parts[0]) if len(parts[0]) > 3 else None)
