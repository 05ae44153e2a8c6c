"""Whether everything that a reply names exists: items, prices, and amounts of money in its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from daogou.core.types import Item
from daogou.decide.catalogue import Catalogue
from daogou.decide.guide.acts import PRICE
from daogou.decide.guide.clean import clean
from daogou.decide.guide.reply import Reply, Said

_PLACE = re.compile(r"\{(price|title|money):([^{}]*)\}")
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
MONEY = re.compile(
    rf"[£$€¥￥]\s?({_NUMBER})|({_NUMBER})\s?(?:元|块|英镑|镑|pounds?|quid|yuan|dollars?|euros?)",
)
QUOTED = re.compile(r"[“「\"][^”」\"]*[”」\"]")
"""What a sentence only repeats: a shopper's words or a text of the catalogue. It states nothing of ours."""

MARKUP = re.compile(r"<[a-zA-Z/!]|[\u202a-\u202e\u2066-\u2069\u200b-\u200f\U000e0000-\U000e007f]|\x1b")


def ungrounded(
    reply: Reply, catalogue: Catalogue, utterance: str = "", amounts_before: Iterable[int] = ()
) -> list[str]:
    """Everything in a reply that the store does not bear out, as short sentences; empty when all is well.

    utterance      what was said: a shopper's own amount may be repeated
    amounts_before prices of the items shown last, and bounds set so far: a sentence may say that one is given up
    """
    found: list[str] = []
    for item_id in named_items(reply):
        item = catalogue.item(item_id)
        if item is None:
            found.append(f"no item {item_id!r}")
        elif item.is_hidden:
            found.append(f"hidden item {item_id!r}")
    amounts = _amounts(reply, catalogue) | set(amounts_before)
    for sentence in _sentences(reply):
        for kind, named in _PLACE.findall(sentence):
            if kind == "money":
                if not named.lstrip("-").isdigit() or int(named) not in amounts:
                    found.append(f"amount {named!r} is nobody's")
            elif catalogue.item(named) is None:
                found.append(f"no item {named!r} for {kind}")
        bare = _PLACE.sub("", sentence)
        for found_amount in MONEY.finditer(_unquoted(bare, reply)):
            number = (found_amount[1] or found_amount[2]).replace(",", "")
            if round(float(number) * 100) not in amounts and number not in utterance:
                found.append(f"an amount of money that is nobody's: {found_amount[0]!r}")
        if MARKUP.search(bare):
            found.append("markup or steering characters in a sentence")
    return found


def bounds_of(reply: Reply) -> list[int]:
    """Amounts of money that the shopper has set as bounds, as of a reply."""
    return [round(want.number) for want in reply.wants if want.field == PRICE and want.number is not None]


def named_items(reply: Reply) -> list[str]:
    """Every item id in a reply, in cards, comparisons and quotes."""
    table = reply.table.item_ids if reply.table is not None else ()
    return [
        *(card.item_id for card in reply.cards),
        *table,
        *(quote.item_id for quote in reply.quotes if quote.item_id is not None),
    ]


def unsupported(reply: Reply, catalogue: Catalogue) -> list[str]:
    """Facts that a card claims of its item and that the item does not have."""
    found = []
    for card in reply.cards:
        item = catalogue.item(card.item_id)
        if item is None:
            continue
        own = _own_values(item)
        for match in card.matches:
            if match.want.field != PRICE:
                found += [f"{card.item_id} has no {value!r}" for value in match.has if value.casefold() not in own]
    return found


def _own_values(item: Item) -> set[str]:
    values = [value for one in item.attributes.values() for value in one]
    values += [name for path in item.categories for name in path]
    values += [item.brand or "", item.availability, str(item.rating), *item.tags]
    if item.rating is not None:
        values.append(f"{item.rating:g}")
    return {form for value in values for form in (value.casefold(), clean(value).casefold())}


def _amounts(reply: Reply, catalogue: Catalogue) -> set[int]:
    """Amounts a sentence may name: prices of the items in it, bounds the shopper set, and how far one is off the other.

    A bound may be set by a critique ("cheaper"): then it stands among the wants of the reply.
    """
    wants = [*reply.wants, *(want for act in reply.heard.acts for want in getattr(act, "wants", ()))]
    bounds = {round(want.number or 0) for want in wants if want.field == PRICE}
    bounds |= {round(said.facts["bound"]) for said in reply.said if _has_price_bound(said, catalogue)}
    ids = {*named_items(reply), *(value for said in reply.said for value in _strings(said.facts))}
    items = [item for item in map(catalogue.item, ids) if item is not None]
    prices = {price for item in items for price in (item.price_minor, item.list_price_minor) if price is not None}
    return prices | bounds | {abs(price - bound) for price in prices for bound in bounds}


def _has_price_bound(said: Said, catalogue: Catalogue) -> bool:
    """Whether a sentence sets a bound between what was shown ("below £3.96"), which lies among the shop's prices."""
    bound = said.facts.get("bound")
    if said.facts.get("field") != PRICE or not isinstance(bound, int | float):
        return False
    prices = [item.price_minor for item in catalogue.items if item.price_minor is not None]
    return bool(prices) and min(prices) <= bound <= max(prices)


def _unquoted(sentence: str, reply: Reply) -> str:
    """Without what it repeats of the shopper or of the catalogue."""
    bare = QUOTED.sub("", sentence)
    repeated = [value for said in reply.said for value in _strings(said.facts)]
    for value in (*repeated, *(value for want in reply.wants for value in want.values)):
        bare = bare.replace(clean(value), "")
    return bare


def _strings(facts: Mapping[str, Any]) -> Iterable[str]:
    """Item ids may stand among a sentence's facts."""
    for value in facts.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list | tuple):
            yield from (one for one in value if isinstance(one, str))


def _sentences(reply: Reply) -> Iterable[str]:
    yield from (said.text for said in reply.said)
    if reply.question is not None:
        yield reply.question.text
