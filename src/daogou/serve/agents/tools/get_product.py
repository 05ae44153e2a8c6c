"""get_product: one product with its variants, and what can still be chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from daogou.serve.agents.asked import DetailCall, Option
from daogou.serve.agents.envelope import LOOKUP, answered, failed
from daogou.serve.agents.shelf import AgentShelf
from daogou.serve.agents.tool import Tool
from daogou.serve.agents.tools.lookup_catalog import resolved
from daogou.serve.api.service import Service
from daogou.serve.offers.offer import Offer
from daogou.serve.offers.variants import options_of

Chosen = dict[str, str]


def get_product(service: Service, call: DetailCall) -> dict[str, Any]:
    """The featured variant first; a variant's id fixes all choices, a product's id leaves them to what is selected."""
    asked = call.catalog
    shelf = AgentShelf(service, asked.context, asked.filters)
    number, match = resolved(shelf, asked.id)
    if number is None:
        return failed(LOOKUP, "not_found", f"This shop sells nothing with the id {asked.id!r}.")
    numbers = [number, *(one for one in shelf.variants(number).tolist() if one != number)]
    offers = dict(zip(numbers, shelf.offers(numbers), strict=True))
    options = options_of(list(offers.values()))
    if match == "exact":
        chosen = _choices(offers[number], options)
    else:
        chosen = _kept(asked.selected, asked.preferences, list(offers.values()), options)
    fitting = [one for one in numbers if _has(offers[one], chosen)]
    fitting.sort(key=lambda one: (one != number, offers[one].availability == "out_of_stock"))
    if number not in fitting:
        fitting.sort(key=lambda one: offers[one].availability == "out_of_stock")
    effective = chosen or _choices(offers[fitting[0]], options)
    product = shelf.product(fitting)
    if options:
        product["selected"] = [{"name": name, "label": label} for name, label in effective.items()]
        product["options"] = _availability(options, effective, list(offers.values()))
    return answered(LOOKUP, {"product": product}, shelf.messages)


def _choices(offer: Offer, options: Mapping[str, Sequence[str]]) -> Chosen:
    return {name: offer.attributes[name][0] for name in options}


def _has(offer: Offer, chosen: Chosen) -> bool:
    return all(offer.attributes[name][0] == label for name, label in chosen.items())


def _kept(
    selected: Sequence[Option],
    preferences: Sequence[str],
    offers: Sequence[Offer],
    options: Mapping[str, Sequence[str]],
) -> Chosen:
    """What some variant has of what was selected: the least preferred gives way until one has all that is left."""
    spelled = {name.casefold(): name for name in options}
    labels = {name: {value.casefold(): value for value in values} for name, values in options.items()}
    wanted: Chosen = {}
    for one in selected:
        name = spelled.get(one.name.casefold())
        if name is not None and (label := labels[name].get(one.label.casefold())) is not None:
            wanted[name] = label
    order = [spelled[one.casefold()] for one in preferences if one.casefold() in spelled]
    ranked = sorted(wanted, key=lambda name: order.index(name) if name in order else len(order))
    while ranked and not any(_has(offer, {name: wanted[name] for name in ranked}) for offer in offers):
        ranked.pop()
    return {name: wanted[name] for name in ranked}


def _availability(
    options: Mapping[str, Sequence[str]], chosen: Chosen, offers: Sequence[Offer]
) -> list[dict[str, Any]]:
    """Of each value: whether there is such a variant beside the other choices, and whether it can be bought."""
    told = []
    for name, values in options.items():
        others = {other: label for other, label in chosen.items() if other != name}
        beside = [offer for offer in offers if _has(offer, others)]
        found = []
        for value in values:
            such = [offer for offer in beside if offer.attributes[name][0] == value]
            is_there = any(offer.availability != "out_of_stock" for offer in such)
            found.append({"label": value, "exists": bool(such), "available": is_there})
        told.append({"name": name, "values": found})
    return told


TOOL = Tool(
    "get_product",
    "Read one product",
    "Read one product by its id or a variant's id: its variants, what can be chosen (size, colour), which choices "
    "exist and are in stock, and the price of this moment.",
    DetailCall,
    get_product,
)
