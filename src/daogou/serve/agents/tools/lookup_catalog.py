"""lookup_catalog: products and variants by their ids, many at once."""

from __future__ import annotations

from typing import Any

import numpy as np

from daogou.serve.agents.asked import LookupCall
from daogou.serve.agents.envelope import LOOKUP, answered
from daogou.serve.agents.shelf import AgentShelf
from daogou.serve.agents.tool import Tool
from daogou.serve.api.service import Service


def lookup_catalog(service: Service, call: LookupCall) -> dict[str, Any]:
    """Each product once, each variant with the ids that led to it; ids that lead to nothing are told."""
    shelf = AgentShelf(service, call.catalog.context, call.catalog.filters)
    inputs: dict[int, list[dict[str, str]]] = {}
    for asked in dict.fromkeys(call.catalog.ids):
        number, match = resolved(shelf, asked)
        if number is None:
            shelf.tell("not_found", asked)
        else:
            inputs.setdefault(number, []).append({"id": asked, "match": match})
    groups: dict[int, list[int]] = {}
    for number in inputs:
        groups.setdefault(int(shelf.catalogue.group[number]), []).append(number)
    products = []
    for numbers in groups.values():
        product = shelf.product(numbers)
        said = {shelf.catalogue.items[number].id: inputs[number] for number in numbers}
        for variant in product["variants"]:
            variant["inputs"] = said[variant["id"]]
        products.append(product)
    return answered(LOOKUP, {"products": products}, shelf.messages)


def resolved(shelf: AgentShelf, asked: str) -> tuple[int | None, str]:
    """The variant that an id leads to, None where there is none to show, and whether it names it or its product."""
    number = shelf.catalogue.number_of.get(asked)
    if number is not None:
        return (number if len(shelf.allowed(np.array([number], np.int32))) else None), "exact"
    variants = shelf.allowed(shelf.catalogue.variants(asked))
    if not len(variants):
        return None, "featured"
    in_stock = variants[shelf.catalogue.is_in_stock[variants]]
    return int((in_stock if len(in_stock) else variants)[0]), "featured"


TOOL = Tool(
    "lookup_catalog",
    "Look up products by id",
    "Read up to 100 products or variants by their ids, with the price and stock of this moment. Ids that this shop "
    "does not sell come back as messages with the code not_found.",
    LookupCall,
    lookup_catalog,
)
