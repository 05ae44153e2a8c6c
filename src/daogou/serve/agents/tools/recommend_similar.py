"""recommend_similar: what is like a product, by the shop's own models."""

from __future__ import annotations

from typing import Any

import numpy as np

from daogou.decide.pipeline import recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.words.plain_text import plain
from daogou.serve.agents.asked import MOST_PRODUCTS, SimilarCall
from daogou.serve.agents.envelope import SEARCH, answered, failed
from daogou.serve.agents.shelf import AgentShelf, by_product
from daogou.serve.agents.tool import Tool
from daogou.serve.agents.tools.lookup_catalog import resolved
from daogou.serve.api.service import Service

PLACEMENT = "item_similar"


def recommend_similar(service: Service, call: SimilarCall) -> dict[str, Any]:
    """The list that the product's own page shows to a stranger, each with its true reason; no filler."""
    asked = call.catalog
    shelf = AgentShelf(service, asked.context, {})
    number, _ = resolved(shelf, asked.id)
    if number is None:
        return failed(SEARCH, "not_found", f"This shop sells nothing with the id {asked.id!r}.")
    slate = recommend(
        service.shop,
        RecommendRequest(
            PLACEMENT, item_ids=(shelf.catalogue.items[number].id,), limit=min(2 * asked.limit, MOST_PRODUCTS),
            language=shelf.language, personalize=False, context=shelf.context,
        ),
    )  # fmt: skip
    like = {
        shelf.catalogue.number_of[one.item_id]: plain(one.reason.text, 300) for one in slate.items if not one.is_filler
    }
    own = shelf.catalogue.group[number]
    numbers = shelf.allowed(np.fromiter(like, np.int32, len(like)))
    found = by_product(shelf, numbers[shelf.catalogue.group[numbers] != own])[: asked.limit]
    products = []
    for ones in found:
        product = shelf.product(ones)
        product.setdefault("metadata", {})["reason"] = like[ones[0]]
        products.append(product)
    return answered(SEARCH, {"products": products}, shelf.messages)


TOOL = Tool(
    "recommend_similar",
    "Find similar products",
    "Products like a given one, as this shop recommends them to anybody: by what people look at and buy, and by what "
    "the products are. Each says why in metadata.reason. Nothing is known of the buyer, and nothing is remembered.",
    SimilarCall,
    recommend_similar,
)
