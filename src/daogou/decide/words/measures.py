"""Amounts with units, read from titles, attributes and queries into one spelling each: 10", 10 inch and 10寸 are alike.

Lengths become millimetres, weights grams, volumes millilitres, storage gigabytes, times minutes, and counts of pieces
one term, so that 0.5 l finds 500 毫升 and a set of 6 finds 6件套.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_UNITS: Mapping[str, tuple[float, str]] = {
    **dict.fromkeys(("mm", "毫米", "millimetre", "millimeter", "millimetres", "millimeters"), (1.0, "mm")),
    **dict.fromkeys(("cm", "厘米", "公分", "centimetre", "centimeter", "centimetres", "centimeters"), (10.0, "mm")),
    **dict.fromkeys(("m", "米", "metre", "meter", "metres", "meters"), (1000.0, "mm")),
    **dict.fromkeys(("inch", "inches", "in", "寸", "英寸", '"', "''"), (25.4, "mm")),
    **dict.fromkeys(("ft", "foot", "feet", "英尺"), (304.8, "mm")),
    **dict.fromkeys(("mg", "毫克"), (0.001, "g")),
    **dict.fromkeys(("g", "克", "gram", "grams", "gr"), (1.0, "g")),
    **dict.fromkeys(("kg", "kgs", "公斤", "千克", "kilo", "kilos", "kilogram", "kilograms"), (1000.0, "g")),
    "斤": (500.0, "g"),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds", "磅"), (453.6, "g")),
    **dict.fromkeys(("oz", "ounce", "ounces", "盎司"), (28.35, "g")),
    **dict.fromkeys(("ml", "毫升", "millilitre", "milliliter", "millilitres", "milliliters", "cc"), (1.0, "ml")),
    "cl": (10.0, "ml"),
    **dict.fromkeys(("l", "升", "公升", "litre", "liter", "litres", "liters", "ltr"), (1000.0, "ml")),
    "mb": (0.001, "gb"),
    **dict.fromkeys(("gb", "gig", "gigabyte", "gigabytes", "gib"), (1.0, "gb")),
    **dict.fromkeys(("tb", "terabyte", "terabytes", "tib"), (1000.0, "gb")),
    **dict.fromkeys(("min", "mins", "minute", "minutes", "分钟"), (1.0, "min")),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "小时"), (60.0, "min")),
    **dict.fromkeys(("w", "watt", "watts", "瓦"), (1.0, "w")),
    **dict.fromkeys(("kw", "千瓦"), (1000.0, "w")),
    **dict.fromkeys(("v", "volt", "volts", "伏"), (1.0, "v")),
    **dict.fromkeys(("mah", "毫安", "毫安时"), (1.0, "mah")),
    **dict.fromkeys(("hz", "赫兹"), (1.0, "hz")),
    **dict.fromkeys(("mp", "megapixel", "megapixels", "像素", "万像素"), (1.0, "mp")),
    **dict.fromkeys(("c", "°c", "℃", "度"), (1.0, "°c")),
    **dict.fromkeys(
        ("pcs", "pc", "piece", "pieces", "pack", "packs", "pk", "ct", "count", "件套", "件装", "个装", "只装", "片装",
         "支装", "条装", "双装", "瓶装", "包装", "盒装", "枚装", "套装", "头"),
        (1.0, "pcs"),
    ),
}  # fmt: skip
"""Every unit as it is written, with what one of it comes to in the unit kept."""

_LONGEST_FIRST = sorted(_UNITS, key=len, reverse=True)
_LATIN = "|".join(re.escape(unit) for unit in _LONGEST_FIRST if unit.isascii() and unit[0].isalpha())
_OTHER = "|".join(re.escape(unit) for unit in _LONGEST_FIRST if not (unit.isascii() and unit[0].isalpha()))
_NUMBER = r"(?<![\d.,a-z])(\d{1,7}(?:,\d{3})*(?:\.\d{1,4})?)"
_MEASURE = re.compile(rf"{_NUMBER}(?:[\s-]?(?:({_LATIN})(?![a-z0-9])|({_OTHER})))")
_SET_OF = re.compile(r"\b(?:set|pack|box|bundle|packs|sets)\s+of\s+(\d{1,4})\b")
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_CHINESE = re.compile(
    r"([一二两三四五六七八九十])(件套|件装|个装|只装|片装|支装|条装|双装|瓶装|盒装|枚装|斤|公斤|升|寸|英寸|米)"
)
_MAY_MEASURE = re.compile(r"[\d一二两三四五六七八九十]")


class Measure(NamedTuple):
    """start, end: where it stands in the folded text; term: its one spelling."""

    start: int
    end: int
    term: str


def measures(folded: str) -> Iterator[Measure]:
    """All amounts of a folded text, in order within each kind of spelling."""
    if not _MAY_MEASURE.search(folded):
        return
    for found in _MEASURE.finditer(folded):
        yield Measure(found.start(), found.end(), _term(found[1], found[2] or found[3]))
    for found in _SET_OF.finditer(folded):
        yield Measure(found.start(), found.end(), _term(found[1], "pcs"))
    if folded.isascii():
        return
    for found in _CHINESE.finditer(folded):
        yield Measure(found.start(), found.end(), _term(str(_DIGITS[found[1]]), found[2]))


def attribute_measure(name: str, value: str) -> str | None:
    """The amount of an attribute whose name ends in its unit, such as capacity_ml; None where it is none."""
    unit = _ATTRIBUTE_UNITS.get(name.rpartition("_")[2].lower(), None)
    if unit is None or not re.fullmatch(r"\d{1,7}(?:\.\d{1,4})?", value):
        return None
    return _term(value, unit)


_ATTRIBUTE_UNITS = {unit: unit for unit in _UNITS if unit.isascii() and unit.isalpha() and unit not in ("c", "in")}
_ATTRIBUTE_UNITS |= {"in": "inch", "celsius": "°c"}


def _term(number: str, unit: str) -> str:
    factor, kept = _UNITS[unit]
    return f"{float(number.replace(',', '')) * factor:.5g}{kept}"
