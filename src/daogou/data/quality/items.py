"""What is amiss in a catalogue: missing fields, prices a hundred times off, doubles, damaged letters."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from daogou.core.types import Item
from daogou.data.quality.finding import Finding, found

FIELDS = ("title", "price_minor", "categories", "images", "description", "brand", "url", "created_at_us")
"""Fields whose completeness is told; the first three matter most to lists."""
NEEDED = 0.9
FAR_OFF = 20.0
"""A price so many times its category's median, or so many times below it, is worth a look."""
LEAST_PRICES = 5
HUNDRED = (90.0, 110.0)
_DAMAGED = re.compile(r"\ufffd|锟斤拷|烫烫|Ã[\x80-\xbf©¨ªº¼½¾¤¶Ÿ]|â€[™œ\x9d“”˜¦]?|Â[£©®°»«\xa0]|ï»¿")
_NOT_WORDS = re.compile(r"[\W_]+")


def completeness(items: Sequence[Item]) -> dict[str, float]:
    """Share of items that have each field."""
    n = max(len(items), 1)
    return {name: sum(getattr(item, name) not in (None, (), {}, "") for item in items) / n for name in FIELDS}


def findings_of_items(items: Sequence[Item], sold_at: Mapping[str, float]) -> list[Finding]:
    """sold_at  by item id, the median price in minor units that orders name"""
    shown = [item for item in items if not item.is_hidden]
    n = len(shown)
    missing = {name: share for name, share in completeness(shown).items() if n and share < NEEDED}
    told = [
        Finding(
            "missing",
            "act" if name in FIELDS[:3] else "know",
            round((1 - share) * n),
            n,
            (),
            {"field": name.removesuffix("_minor").removesuffix("_us")},
        )
        for name, share in missing.items()
    ]
    currencies = Counter(item.currency for item in shown if item.price_minor is not None)
    rare = [f"{name} ({count:,})" for name, count in currencies.most_common()[1:]]
    free = [item.id for item in shown if item.price_minor == 0]
    return [
        *told,
        *found("currencies", "act", rare, len(currencies)),
        *found("free", "watch", free, n),
        *_prices(shown, sold_at),
        *_doubles(shown),
        *_lonely(shown),
        *found("damaged", "act", [f"{item.id}: {title}" for item in shown if (title := _damage(item))], n),
    ]


def _prices(items: Sequence[Item], sold_at: Mapping[str, float]) -> list[Finding]:
    by_category: dict[str, list[int]] = defaultdict(list)
    for item in items:
        if item.price_minor:
            by_category[item.category].append(item.price_minor)
    usual = {name: statistics.median(prices) for name, prices in by_category.items() if len(prices) >= LEAST_PRICES}
    far, hundred = [], []
    for item in items:
        if not item.price_minor:
            continue
        sold = sold_at.get(item.id, 0)
        if sold and _is_hundred(item.price_minor / sold):
            hundred.append(f"{item.id}: {item.price_minor} / {sold:g}")
        elif (middle := usual.get(item.category)) and not 1 / FAR_OFF < item.price_minor / middle < FAR_OFF:
            far.append(f"{item.id}: {item.price_minor} / {middle:g}")
    return [*found("hundred", "act", hundred, len(items)), *found("price_outlier", "watch", far, len(items))]


def _is_hundred(ratio: float) -> bool:
    return HUNDRED[0] <= ratio <= HUNDRED[1] or HUNDRED[0] <= 1 / ratio <= HUNDRED[1]


def _doubles(items: Sequence[Item]) -> list[Finding]:
    """Titles that are the same, and those that are the same but for order, case, marks and plural of their words."""
    same: dict[str, list[Item]] = defaultdict(list)
    near: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        title = next(iter(item.title.values()), "").strip()
        if title:
            same[title].append(item)
            near[_key(title)].append(item)
    doubled = [_told(ones) for ones in same.values() if _are_different(ones)]
    alike = [
        _told(ones)
        for ones in near.values()
        if _are_different(ones) and len({next(iter(one.title.values())).strip() for one in ones}) > 1
    ]
    return [*found("same_title", "watch", doubled, len(items)), *found("near_title", "know", alike, len(items))]


def _key(title: str) -> str:
    words = [word for word in _NOT_WORDS.split(title.casefold()) if word]
    return " ".join(sorted(word.removesuffix("s") if word.isascii() and len(word) > 3 else word for word in words))


def _are_different(ones: Sequence[Item]) -> bool:
    """Whether they are more than variants of one product."""
    return len({one.group_id or one.id for one in ones}) > 1


def _told(ones: Sequence[Item]) -> str:
    return f"{next(iter(ones[0].title.values()))}: {', '.join(one.id for one in ones[:4])}"


def _lonely(items: Sequence[Item]) -> list[Finding]:
    sizes = Counter(" > ".join(path) for item in items for path in item.categories)
    return found("lonely_category", "know", [name for name, n in sizes.items() if n == 1], len(sizes))


def _damage(item: Item) -> str:
    """The first text that was read in the wrong encoding, or empty."""
    texts = [*item.title.values(), *item.description.values(), *(name for path in item.categories for name in path)]
    return next((text[:60] for text in texts if _DAMAGED.search(text)), "")
