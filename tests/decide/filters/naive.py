"""What a filter means, item by item in plain Python: slow, and written without a look at the compiled way."""

from __future__ import annotations

import operator
import re
import unicodedata
from datetime import UTC, datetime, timedelta

from daogou.core.types import Item
from daogou.decide.filters.tree import And, Claim, Node, Not, Or

ORDER = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "!=": operator.ne}
DAY_US = 86_400_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def passes(node: Node, item: Item, now_us: int) -> bool:
    match node:
        case And(parts):
            return all(passes(part, item, now_us) for part in parts)
        case Or(parts):
            return any(passes(part, item, now_us) for part in parts)
        case Not(part):
            return not passes(part, item, now_us)
        case Claim():
            return _holds(node, item, now_us)


def _holds(claim: Claim, item: Item, now_us: int) -> bool:
    name = claim.field
    if name == "title":
        return _title(claim, item)
    if name in ("created_at", "available_at", "expires_at"):
        at_us: int | None = getattr(item, f"{name}_us")
        return _compare_days(claim, at_us)
    number = _number(name, item, now_us)
    if number is not ...:
        if claim.operator in ("exists", "missing"):
            return (number is None) == (claim.operator == "missing")
        if number is None:
            return False
        if claim.operator == "in":
            return number in claim.values
        return bool(ORDER[claim.operator](number, claim.values[0]))
    return _compare_texts(claim, item)


def _number(name: str, item: Item, now_us: int) -> object:
    price, before, cost = item.price_minor, item.list_price_minor, item.cost_minor
    match name:
        case "price":
            return price
        case "list_price":
            return before
        case "rating":
            return item.rating
        case "discount":
            return None if price is None or not before else max(0.0, 100.0 * (before - price) / before)
        case "margin":
            return None if not price or cost is None else 100.0 * (price - cost) / price
        case "age_days":
            return None if item.created_at_us is None else (now_us - item.created_at_us) / DAY_US
        case "days_on_sale":
            return None if item.available_at_us is None else (now_us - item.available_at_us) / DAY_US
        case "days_left":
            return None if item.expires_at_us is None else (item.expires_at_us - now_us) / DAY_US
    return ...


def _compare_days(claim: Claim, at_us: int | None) -> bool:
    if claim.operator in ("exists", "missing"):
        return (at_us is None) == (claim.operator == "missing")
    if at_us is None:
        return False
    written = str(claim.values[0])
    asked = datetime.fromisoformat(written)
    asked = asked if asked.tzinfo else asked.replace(tzinfo=UTC)
    at = EPOCH + timedelta(microseconds=at_us)
    if len(written) == 10:
        return bool(ORDER[claim.operator](at.date(), asked.date()))
    return bool(ORDER[claim.operator](at, asked))


def _compare_texts(claim: Claim, item: Item) -> bool:
    alike = str if claim.field in ("id", "group_id", "stores") else _alike
    held = {alike(one) for one in _texts(claim.field, item)} - {""}
    asked = {alike(str(one)) for one in claim.values}
    match claim.operator:
        case "exists":
            return bool(held)
        case "missing":
            return not held
        case "!=":
            return bool(held) and not held & asked
        case "under":
            wanted = [_alike(level) for level in str(claim.values[0]).split(">")]
            return any([_alike(level) for level in path[: len(wanted)]] == wanted for path in item.categories)
    return bool(held & asked)


def _texts(name: str, item: Item) -> list[str]:
    if name.startswith("attributes."):
        wanted = name.removeprefix("attributes.")
        return [one for key, values in item.attributes.items() if _alike(key) == wanted for one in values]
    match name:
        case "category":
            return [level for path in item.categories for level in path]
        case "tags":
            return list(item.tags)
        case "stores":
            return [one.store_id for one in item.stores if one.availability != "out_of_stock" and one.quantity != 0]
    value = getattr(item, name)
    return [] if value is None else [value]


def _title(claim: Claim, item: Item) -> bool:
    titles = [title for title in map(_alike, item.title.values()) if title]
    if claim.operator != "has":
        return bool(titles) == (claim.operator == "exists")
    words = _alike(str(claim.values[0]))
    spaced = r"[^\W_\u2e80-\U0010ffff]"
    before = rf"(?<!{spaced})" if re.match(spaced, words[0]) else ""
    after = rf"(?!{spaced})" if re.match(spaced, words[-1]) else ""
    return any(re.search(before + re.escape(words) + after, title) for title in titles)


def _alike(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).lower()).strip()
