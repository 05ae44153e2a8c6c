"""Prices as shops write them, into integer minor units: 12.50, "19.90 USD", "¥19.9", "1,299.00", "19,90 €".

A comma is read where it can mean one thing only; "1,234" is refused, for it may be 1234 or 1.234.
"""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal

from daogou.core.errors import InvalidField

_NO_DECIMALS = frozenset(
    (
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV",
        "XAF", "XOF", "XPF",
    )
)  # fmt: skip
_THREE_DECIMALS = frozenset(
    (
        "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND",
    )
)  # fmt: skip
"""Currencies whose minor unit is not a hundredth. Source: ISO 4217, list one."""

_SIGNS: dict[str, tuple[str, ...]] = {
    "£": ("GBP",),
    "€": ("EUR",),
    "¥": ("CNY", "JPY"),
    "元": ("CNY",),
    "円": ("JPY",),
    "₩": ("KRW",),
    "₹": ("INR",),
    "$": ("USD", "AUD", "CAD", "HKD", "MXN", "NZD", "SGD", "TWD"),
    "US$": ("USD",),
    "HK$": ("HKD",),
    "RMB": ("CNY",),
}
_PRICE = re.compile(
    r"(?P<before>[^\d\s.,+\-]{1,4})?\s*(?P<number>-?[\d.,'’]*\d[\d.,'’]*)\s*(?P<after>[^\d\s.,+\-]{1,4})?",
)
_PLAIN = re.compile(r"-?\d{1,15}(?:\.\d{1,12})?|\.\d{1,12}")
_LARGEST = 9_007_199_254_740_992  # 2^53: the largest number every reader of our JSON keeps whole
_ALLOWED = "a number such as 12.50, or with its currency: 19.90 USD"


def minor_digits(currency: str) -> int:
    """How many decimals the currency has: 2 for GBP, 0 for JPY, 3 for KWD."""
    return 0 if currency in _NO_DECIMALS else 3 if currency in _THREE_DECIMALS else 2


def read_currency(value: object, field: str) -> str:
    """A three-letter code in upper case."""
    code = value.strip().upper() if isinstance(value, str) else ""
    if len(code) != 3 or not code.isascii() or not code.isalpha():
        raise InvalidField(field, value, "a three-letter ISO 4217 code such as GBP or CNY", rule="not_a_currency")
    return code


def read_price(value: object, field: str, currency: str, *, stated: bool = False) -> tuple[int, str]:
    """Minor units and currency of an amount in major units.

    currency  the row's own currency, else the shop's
    stated    True when `currency` is the row's own: then a price that names another one is refused
    """
    if type(value) is float or type(value) is int:
        return to_minor(value, value, field, currency), currency
    if isinstance(value, Decimal):
        return to_minor(float(value), value, field, currency), currency
    if not isinstance(value, str):
        raise InvalidField(field, value, _ALLOWED, rule="not_a_price")
    if _PLAIN.fullmatch(value):
        return to_minor(float(value), value, field, currency), currency
    plain = unicodedata.normalize("NFKC", value).strip()
    found = _PRICE.fullmatch(plain)
    if found is None:
        raise InvalidField(field, value, _ALLOWED, rule="not_a_price")
    amount = _amount(found["number"], value, field)
    mark = found["before"] or found["after"]
    if found["before"] and found["after"]:
        raise InvalidField(field, value, _ALLOWED, rule="not_a_price")
    named = _currency_of(mark, value, field, currency, has_decimals="." in amount) if mark else currency
    if stated and named != currency:
        raise InvalidField(field, value, f"a price in {currency}, the currency of its row", rule="currency_conflict")
    return to_minor(float(amount), value, field, named), named


def to_minor(amount: float, seen: object, field: str, currency: str) -> int:
    """An amount in major units, rounded half up to whole minor units."""
    if not math.isfinite(amount) if isinstance(amount, float) else False:
        raise InvalidField(field, seen, _ALLOWED, rule="not_a_price")
    if amount < 0:
        raise InvalidField(
            field, seen, "an amount of 0 or more; a return is its own refund event", rule="negative_price"
        )
    scale = 10 ** minor_digits(currency)
    if amount > _LARGEST // scale:
        raise InvalidField(field, seen, f"an amount of at most {_LARGEST // scale}", rule="price_too_large")
    return amount * scale if type(amount) is int else int(amount * scale + 0.5 + 1e-9)


def _amount(text: str, seen: object, field: str) -> str:
    """The digits with a plain decimal point."""
    text = text.replace("'", "").replace("’", "")
    if "," not in text:
        clean = text
    elif re.fullmatch(r"-?\d{1,3}(,\d{3})*\.\d+|-?\d{1,3}(,\d{3}){2,}|-?\d+(,\d{3})+\.\d*", text):
        clean = text.replace(",", "")  # 1,299.00 or 1,299,000
    elif re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d+|-?\d+,(\d{1,2}|\d{4,})|-?0,\d+", text):
        clean = text.replace(".", "").replace(",", ".")  # 1.299,00 or 19,90
    elif re.fullmatch(r"-?\d{1,3},\d{3}", text):
        allowed = f"{text.replace(',', '')} or {text.replace(',', '.')}: the comma may mean either"
        raise InvalidField(field, seen, allowed, rule="ambiguous_comma")
    else:
        raise InvalidField(field, seen, _ALLOWED, rule="not_a_price")
    if not _PLAIN.fullmatch(clean):
        raise InvalidField(field, seen, _ALLOWED, rule="not_a_price")
    return clean


def _currency_of(mark: str, seen: object, field: str, currency: str, *, has_decimals: bool) -> str:
    known = _SIGNS.get(mark.upper())
    if known is None:
        if len(mark) == 3 and mark.isascii() and mark.isalpha():
            return mark.upper()
        raise InvalidField(field, seen, _ALLOWED, rule="not_a_price")
    if currency in known:
        return currency
    if mark == "¥" and not has_decimals:
        raise InvalidField(
            field, seen, "CNY or JPY after the number: the sign ¥ stands for both", rule="ambiguous_currency"
        )
    return known[0]
