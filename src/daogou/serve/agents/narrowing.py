"""UCP's filters as one expression of the filter language: whatever is asked holds for every product that is shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, get_args

import msgspec

from daogou.core.errors import InvalidField, InvalidFilter
from daogou.core.types import Availability
from daogou.decide.filters import Filter, parse_filter
from daogou.decide.filters.folding import fold
from daogou.serve.agents.asked import Filters, PriceFilter

MOST_VALUES, MOST_FILTERS = 50, 20
NO_ITEM = "id missing"


def narrowed(
    asked: Filters, known: Callable[[], Collection[str]], *, with_price: bool
) -> tuple[Filter | None, list[str]]:
    """The filter, None where nothing is asked, and the names that mean nothing to this shop.

    known       asked for only where needed; names of the catalogue's attributes, folded
    with_price  False: amounts in a currency that the shop does not sell in cannot be compared
    """
    if len(asked) > MOST_FILTERS:
        raise InvalidField("filters", f"{len(asked)} filters", f"at most {MOST_FILTERS}", rule="too_many")
    parts: list[str] = []
    unknown: list[str] = []
    for name, given in asked.items():
        if given is None:
            continue
        if name == "price":
            parts += _price(given) if with_price else []
        elif name == "categories":
            values = _texts(name, given)
            parts.append(_categories(values))
        elif name == "brand":
            parts.append(_in("brand", _texts(name, given)))
        elif name == "availability":
            statuses = [one for one in _texts(name, given) if one in get_args(Availability)]
            parts.append(_in("availability", statuses))
        elif fold(name) in known():
            parts.append(_in(f"attributes.{_quoted(name)}", _texts(name, given)))
        else:
            unknown.append(name)
    if not parts:
        return None, unknown
    try:
        return parse_filter(" and ".join(f"({part})" for part in parts)), unknown
    except InvalidFilter:
        raise InvalidField("filters", "these", "fewer values, none of them empty", rule="wrong_shape") from None


def _categories(values: Sequence[str]) -> str:
    """A name alone may be that of any level; one with > in it is a path from the outermost."""
    names = [one for one in values if not set(one) & set(">＞")]
    under = [f"category under {_quoted(one)}" for one in values if one not in names]
    return " or ".join([*([_in("category", names)] if names else []), *under]) or NO_ITEM


def _price(given: Any) -> list[str]:
    try:
        price = msgspec.convert(given, PriceFilter)
    except msgspec.ValidationError:
        allowed = '{"min": 0, "max": 2000} in whole minor units'
        raise InvalidField("filters.price", given, allowed, rule="wrong_shape") from None
    bounds = (("price >=", price.min), ("price <=", price.max))
    return [f"{said} {bound}" for said, bound in bounds if bound is not None]


def _texts(name: str, given: Any) -> list[str]:
    values = given if isinstance(given, list) else [given]
    texts = [str(one) if isinstance(one, int | float) and not isinstance(one, bool) else one for one in values]
    if not all(isinstance(one, str) and len(one) <= 200 for one in texts) or len(texts) > MOST_VALUES:
        raise InvalidField(f"filters.{name}", given, f"a list of at most {MOST_VALUES} texts", rule="wrong_shape")
    return texts


def _in(field: str, values: Sequence[str]) -> str:
    return f"{field} in [{', '.join(map(_quoted, values))}]" if values else NO_ITEM


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
