"""What fields, values and wants are called on buttons, chips and in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from daogou.decide.explain.money import money
from daogou.decide.guide.acts import BRAND, CATEGORY, PRICE, RATING, STOCK, Operator, Want
from daogou.decide.guide.clean import clean
from daogou.decide.guide.fields import same_scale
from daogou.decide.guide.words import ENDS, listed, place

FIELD_WORDS: Mapping[str, tuple[str, str]] = {
    PRICE: ("price", "价格"),
    CATEGORY: ("kind", "品类"),
    BRAND: ("brand", "品牌"),
    STOCK: ("stock", "库存"),
    RATING: ("rating", "评分"),
    "popularity": ("popularity", "热度"),
    "created_at": ("newness", "上新时间"),
    "newest": ("newness", "上新时间"),
    "discount": ("discount", "折扣"),
    "brightness": ("brightness", "亮度"),
    "thickness": ("thickness", "厚度"),
    "noise": ("noise", "噪音"),
    "speed": ("speed", "速度"),
    "softness": ("softness", "柔软度"),
    "sweetness": ("sweetness", "甜度"),
}

UNITS: Mapping[str, tuple[str, str]] = {
    "g": ("g", "克"), "kg": ("kg", "公斤"), "mg": ("mg", "毫克"), "ml": ("ml", "毫升"), "l": ("l", "升"),
    "litres": ("l", "升"), "liters": ("l", "升"), "mm": ("mm", "毫米"), "cm": ("cm", "厘米"), "m": ("m", "米"),
    "m2": ("m²", "平方米"), "inches": ("in", "英寸"), "in": ("in", "英寸"), "hours": ("h", "小时"), "h": ("h", "小时"),
    "minutes": ("min", "分钟"), "days": ("days", "天"), "months": ("months", "个月"), "years": ("years", "年"),
    "watts": ("W", "瓦"), "w": ("W", "瓦"), "mah": ("mAh", "毫安时"), "gb": ("GB", "GB"), "tb": ("TB", "TB"),
    "mb": ("MB", "MB"), "kpa": ("kPa", "kPa"), "celsius": ("°C", "℃"), "hp": ("hp", "匹"), "hz": ("Hz", "赫兹"),
    "volts": ("V", "伏"), "v": ("V", "伏"), "db": ("dB", "分贝"), "lumens": ("lm", "流明"), "oz": ("oz", "盎司"),
    "lb": ("lb", "磅"), "pieces": ("pieces", "件"), "piece": ("pieces", "件"), "pack": ("pcs", "件装"),
    "percent": ("%", "%"),
    "page": ("pages", "页"), "sheet": ("sheets", "张"), "person": ("people", "人"), "pair": ("pairs", "双"),
    "colour": ("colours", "色"), "block": ("blocks", "颗粒"), "wipe": ("wipes", "抽"), "nappy": ("nappies", "片"),
    "thread": ("threads", "支"), "d": ("days", "天"), "min": ("min", "分钟"), "ft": ("ft", "英尺"), "spf": ("", ""),
}  # fmt: skip
"""What stands behind the last underscore of a field's name, or is given as its unit."""


class Wording(Protocol):
    """What knows the shop's own words for its fields and values; None where it has none."""

    def field_label(self, field: str, language: str) -> str | None: ...

    def value_label(self, field: str, value: str, language: str) -> str | None: ...

    def unit_of(self, field: str) -> str | None: ...

    def ladder(self, field: str, value: str) -> tuple[str, ...]: ...

    def values(self, field: str) -> tuple[str, ...]: ...


class Labels:
    """In one language and currency.

    blanks  write amounts of money as blanks to fill, as sentences have them; buttons hold the amount itself
    """

    def __init__(self, language: str, currency: str, wording: Wording | None = None, *, blanks: bool = False) -> None:
        self.language, self._currency, self._wording, self._blanks = language, currency, wording, blanks
        self._place = place(language)

    def in_sentences(self) -> Labels:
        """The same for sentences."""
        return Labels(self.language, self._currency, self._wording, blanks=True)

    def field(self, field: str) -> str:
        """What the field is called."""
        known = FIELD_WORDS.get(field)
        if known is not None:
            return known[self._place]
        own = self._wording.field_label(field, self.language) if self._wording is not None else None
        if own is None or own == field.replace("_", " "):
            own = _bare(field).replace("_", " ")
        return clean(own, 40)

    def value(self, field: str, value: str) -> str:
        """What one value is called, with its unit."""
        own = self._wording.value_label(field, value, self.language) if self._wording is not None else None
        if own is not None:
            return clean(own, 60)
        unit = self.unit(field)
        if (unit and value[:1].isdigit()) or value[:1] == "-":
            return clean(f"{value}{'' if self._place or unit == '%' else ' '}{unit}", 60)
        return clean(value.replace("_", " "), 60)

    def unit(self, field: str) -> str:
        """The unit of its numbers; empty where it has none."""
        own = self._wording.unit_of(field) if self._wording is not None else None
        known = UNITS.get((own or field.rpartition("_")[2]).lower())
        return known[self._place] if known else (own or "")

    def scale(self, field: str, value: str) -> Sequence[str]:
        """The values of a field that can be compared with this one, smallest first; none where they have no order."""
        if self._wording is None:
            return ()
        return self._wording.ladder(field, value) or same_scale(value, self._wording.values(field))

    def amount(self, field: str, number: float) -> str:
        """A number of this field with its unit."""
        if field == PRICE:
            return self.money(round(number))
        return self.value(field, f"{number:g}")

    def money(self, minor: int) -> str:
        """£12 or £12.50; a blank to fill in sentences."""
        if self._blanks:
            return f"{{money:{minor}}}"
        return short_money(minor, self._currency)

    def between(self, least: float | None, most: float | None) -> str:
        """A band of prices."""
        if least is None or most is None:
            op: Operator = "at_most" if least is None else "at_least"
            return self.want(Want(PRICE, op, (), most if least is None else least))
        return f"{self.money(round(least))}–{self.money(round(most))}"

    def want(self, want: Want) -> str:
        """One constraint in words."""
        if want.op in ("is", "is_not"):
            if want.field == STOCK:
                return ("in stock", "有现货")[self._place]
            values = [self._told(want.field, one) for one in want.values] or [self.amount(want.field, want.number or 0)]
            if want.op == "is":
                return listed(values, self.language, "or")
            return (
                f"不要{listed(values, self.language)}" if self._place else f"not {listed(values, self.language, 'or')}"
            )
        amount = self.amount(want.field, want.number or 0)
        name = "" if want.field == PRICE else self.field(want.field)
        if self._place:
            return f"{name}{amount}{ {'at_least': '以上', 'at_most': '以内', 'about': '左右'}[want.op] }"
        word = {"at_least": "from", "at_most": "up to", "about": "around"}[want.op]
        return f"{name} {word} {amount}".strip()

    def wants(self, wants: Sequence[Want]) -> str:
        """All of them."""
        return listed([self.want(one) for one in wants], self.language)

    def phrase(self, phrase: str) -> str:
        """Free words, quoted."""
        return f"「{clean(phrase, 40)}」" if self._place else f"“{clean(phrase, 40)}”"

    def listed(self, words: list[str]) -> str:
        """Words as a list."""
        return listed(words, self.language)

    def end(self, field: str, most: bool) -> str:
        """The cheapest, the lightest…"""
        known = ENDS.get((field, most))
        if known is not None:
            return known[self._place]
        name = self.field(field)
        if self._place:
            return f"{name}{'最大' if most else '最小'}"
        return f"{'highest' if most else 'lowest'} {name}"

    def _told(self, field: str, value: str) -> str:
        """A value that says by itself what it is about, else with the field's name."""
        label = self.value(field, value)
        bare = value.replace(".", "", 1).replace("-", "", 1)
        if bare.isdigit() and not self.unit(field):
            return f"{self.field(field)}{label}" if self._place else f"{self.field(field)} {label}"
        if label.lower() in ("yes", "no", "true", "false", "是", "否"):
            return f"{self.field(field)}：{label}" if self._place else f"{self.field(field)}: {label}"
        return label


def short_money(minor: int, currency: str) -> str:
    """An amount without digits that say nothing: £12, £12.50."""
    text = money(minor, currency)
    return text.replace(".00", "") if ".00" in text and not text.startswith("-") else text


def _bare(field: str) -> str:
    """A field's name without the unit behind it: weight_g is weight."""
    name, _, last = field.rpartition("_")
    return name if name and last.lower() in UNITS else field
