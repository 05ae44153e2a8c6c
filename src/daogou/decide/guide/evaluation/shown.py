"""Whether an answer says, as a page gets it, only what the store bears out: items, prices, stock, titles, amounts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

from daogou.core.types import Item, text_in
from daogou.decide.explain.money import money
from daogou.decide.guide.clean import clean
from daogou.decide.guide.evaluation.grounding import MARKUP, MONEY, QUOTED

LINK = re.compile(r"://|\bwww\.|\]\(|\b(?:href|src)=", re.IGNORECASE)
BLANK = re.compile(r"[{(](?:price|title|money):")
SIGNS = {"a link": LINK, "a blank": BLANK}
MOST_OF_A_TEXT = 2_000
LEAST_REPEATED = 12
"""A text of the catalogue that was cut is known by so many characters before the cut."""


def untrue(
    answer: Mapping[str, Any], items: Mapping[str, Item], asked: str = "", before: Iterable[int] = ()
) -> list[str]:
    """Everything in the answer of POST /v1/guide that is not so, as short sentences; empty when all is well.

    items   all that shoppers may see, as the store has them at this moment
    asked   what was said: amounts in it may be repeated
    before  `amounts` of the answers before
    """
    ids = _ids(answer)
    found = [f"no item {item_id!r}" for item_id in ids if item_id not in items]
    named = [items[item_id] for item_id in ids if item_id in items]
    for card in answer["cards"]:
        if card["item_id"] in items:
            found += _card_faults(card, items[card["item_id"]], answer["language"])
    found += _table_faults(answer["table"], items)
    allowed = amounts(answer, named) | set(before) | _spoken(asked)
    told = [answer[name] for name in ("wants", "heard", "question", "ways_out")]
    repeated = [asked, *_values(told)]
    for text in _sentences(answer):
        if _faults(text, [*repeated, *_texts(named)], allowed):
            spoken_of = [item for item in items.values() if _is_named(item, text)]
            texts = [*repeated, *_texts(named), *_texts(spoken_of)]
            prices = {item.price_minor for item in spoken_of if item.price_minor is not None}
            found += [f"{one} in {text!r}" for one in _faults(text, texts, allowed | prices)]
    return found


def _faults(text: str, repeated: Iterable[str], allowed: Set[int]) -> list[str]:
    bare = QUOTED.sub("", _without(text, repeated))
    found = [what for what, sign in SIGNS.items() if sign.search(bare)]
    found += ["markup"] * bool(MARKUP.search(text))
    for one in MONEY.finditer(bare):
        if round(100 * float((one[1] or one[2]).replace(",", ""))) not in allowed:
            found.append(f"an amount that is nobody's, {one[0]!r},")
    return found


def amounts(answer: Mapping[str, Any], items: Iterable[Item]) -> set[int]:
    """Amounts that sentences about these items and the shopper's own bounds may name, and how far they are apart."""
    prices = {price for item in items for price in (item.price_minor, item.list_price_minor) if price is not None}
    wanted = (answer["heard"], answer["wants"], answer["question"], answer["ways_out"])
    bounds = {round(one) for one in _numbers(wanted)}
    return prices | bounds | {abs(price - bound) for price in prices for bound in prices | bounds}


def _ids(answer: Mapping[str, Any]) -> list[str]:
    table = answer["table"] or {"item_ids": ()}
    quoted = [one["item_id"] for one in answer["quotes"] if one.get("item_id")]
    return [*(card["item_id"] for card in answer["cards"]), *table["item_ids"], *quoted]


def _card_faults(card: Mapping[str, Any], item: Item, language: str) -> list[str]:
    shown = card["item"]
    stored = {
        "id": item.id,
        "title": text_in(item.title, language),
        "price_minor": item.price_minor,
        "list_price_minor": item.list_price_minor,
        "currency": item.currency,
        "availability": item.availability,
        "url": item.url,
        "images": list(item.images),
    }
    return [f"{item.id}: {name} is {shown[name]!r}, not {own!r}" for name, own in stored.items() if shown[name] != own]


def _table_faults(table: Mapping[str, Any] | None, known: Mapping[str, Item]) -> list[str]:
    if table is None:
        return []
    prices = next(row["values"] for row in table["rows"] if row["field"] == "price")
    found = []
    for item_id, said in zip(table["item_ids"], prices, strict=True):
        item = known.get(item_id)
        own = money(item.price_minor, item.currency) if item and item.price_minor is not None else ""
        if said != own:
            found.append(f"{item_id}: the table says {said!r}, not {own!r}")
    return found


def _sentences(answer: Mapping[str, Any]) -> Iterator[str]:
    """All that the guide says in words of its own, on buttons too."""
    yield from (one["text"] for one in answer["said"])
    yield from answer["prose"]
    choices = list(answer["ways_out"])
    if answer["question"] is not None:
        yield answer["question"]["text"]
        choices += answer["question"]["choices"]
    yield from (one["label"] for one in choices)
    yield from (one["label"] for one in answer["wants"])
    yield from (card["reason"]["text"] for card in answer["cards"])


def _texts(items: Iterable[Item]) -> Iterator[str]:
    """What the catalogue says of items, where a sentence may repeat it."""
    for item in items:
        yield from item.title.values()
        yield from (value for values in item.attributes.values() for value in values)
        yield from (name for path in item.categories for name in path)
        yield from (item.brand or "", *item.tags)


def _is_named(item: Item, text: str) -> bool:
    return any(_whole(title)[:LEAST_REPEATED] in _whole(text) for title in item.title.values())


def _without(text: str, repeated: Iterable[str]) -> str:
    """Without what it only repeats, whole or cut short, that looks like a fault: it states nothing of the guide's."""
    text = _whole(text)
    for one in sorted({_whole(one) for one in repeated if _is_suspect(one)}, key=len, reverse=True):
        text = text.replace(one, "")
        while (cut := text.find("…")) >= 0:
            start = text.find(one[:LEAST_REPEATED], 0, cut)
            if start < 0 or not one.startswith(text[start:cut].rstrip()):
                break
            text = text[:start] + text[cut + 1 :]
    return text


def _is_suspect(text: str) -> bool:
    return any(sign.search(text) for sign in (*SIGNS.values(), MONEY))


def _whole(text: str) -> str:
    """Labels have blanks for underlines."""
    return " ".join(clean(text, MOST_OF_A_TEXT).replace("_", " ").split())


def _values(node: Any) -> Iterator[str]:
    """Values of wants: labels repeat them."""
    if isinstance(node, Mapping):
        yield from node.get("values", ())
        yield from (value for one in node.values() for value in _values(one))
    elif isinstance(node, list | tuple):
        yield from (value for one in node for value in _values(one))


def _numbers(node: Any) -> Iterator[float]:
    if isinstance(node, Mapping):
        if isinstance(number := node.get("number"), int | float):
            yield number
        yield from (number for one in node.values() for number in _numbers(one))
    elif isinstance(node, list | tuple):
        yield from (number for one in node for number in _numbers(one))


def _spoken(asked: str) -> set[int]:
    return {round(100 * float(one)) for one in re.findall(r"\d{1,12}(?:\.\d{1,2})?", asked, re.ASCII)}
