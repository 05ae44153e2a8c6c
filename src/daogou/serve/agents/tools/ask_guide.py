"""ask_guide: one turn of the shop's own guide, in plain words, with the products it means."""

from __future__ import annotations

from typing import Any

import numpy as np

from daogou.core.types import Item
from daogou.decide.guide.fill import filled
from daogou.decide.guide.reply import Card, GuideRequest, Reply
from daogou.decide.words.plain_text import plain
from daogou.serve.agents.asked import GuideCall
from daogou.serve.agents.envelope import SEARCH, answered
from daogou.serve.agents.shelf import AgentShelf
from daogou.serve.agents.tool import Tool
from daogou.serve.api.service import Service
from daogou.serve.offers.address import web_address

LONGEST_SENTENCE, LONGEST_LABEL = 600, 80


def ask_guide(service: Service, call: GuideCall) -> dict[str, Any]:
    """Everything that it says is made from the catalogue; nobody's past is read and nothing is kept but `state`."""
    asked = call.catalog
    shelf = AgentShelf(service, asked.context, {})
    reply = service.shop.guide.answer(
        GuideRequest(
            asked.text, state=asked.state, language=shelf.language, personalize=False, limit=asked.limit,
            context=shelf.context,
        )
    )  # fmt: skip
    content: dict[str, Any] = {
        "said": _said(shelf, reply),
        "products": _products(shelf, reply),
        "state": reply.state,
        "is_answered": reply.is_answered,
        "hand_over": reply.hand_over,
    }
    if reply.question is not None:
        choices = [plain(one.label, LONGEST_LABEL) for one in reply.question.choices]
        content["question"] = {"text": _text(shelf, reply.question.text, reply), "choices": choices}
    if reply.ways_out:
        content["ways_out"] = [plain(one.label, LONGEST_LABEL) for one in reply.ways_out]
    if reply.quotes:
        content["quotes"] = [
            _quote(shelf, one) for one in reply.quotes if one.item_id is None or _item(shelf, one.item_id)
        ]
    return answered(SEARCH, content, shelf.messages)


def _products(shelf: AgentShelf, reply: Reply) -> list[dict[str, Any]]:
    products = []
    for card in reply.cards:
        if _item(shelf, card.item_id) is not None:
            product = shelf.product([shelf.catalogue.number_of[card.item_id]])
            product.setdefault("metadata", {}).update(_why(card))
            products.append(product)
    return products


def _why(card: Card) -> dict[str, Any]:
    """Why it is here, and how it answers each thing that was wanted."""
    told: dict[str, Any] = {"reason": plain(card.reason.text, LONGEST_SENTENCE), "role": card.role}
    if card.matches:
        told["matches"] = [
            {
                "wanted": one.want.field,
                "has": [plain(value, LONGEST_LABEL) for value in one.has],
                "verdict": one.verdict,
            }
            for one in card.matches
        ]
    return told


def _said(shelf: AgentShelf, reply: Reply) -> list[str]:
    return [_text(shelf, one.text, reply) for one in reply.said]


def _text(shelf: AgentShelf, text: str, reply: Reply) -> str:
    currency = shelf.service.settings.shop.currency
    return plain(filled(text, reply.language, currency, lambda item_id: _item(shelf, item_id)), LONGEST_SENTENCE)


def _item(shelf: AgentShelf, item_id: str) -> Item | None:
    """The item, where it may be shown."""
    number = shelf.catalogue.number_of.get(item_id)
    if number is None or not len(shelf.allowed(np.array([number], np.int32))):
        return None
    return shelf.catalogue.items[number]


def _quote(shelf: AgentShelf, quote: Any) -> dict[str, str]:
    made = {"text": plain(quote.text, LONGEST_SENTENCE), "source": plain(quote.source, LONGEST_LABEL)}
    url = web_address(quote.url, shelf.service.settings.shop.url)
    return made | ({"url": url} if url else {})


TOOL = Tool(
    "ask_guide",
    "Ask the shop's guide",
    "Say in plain words, in Chinese or English, what a buyer looks for; the shop's guide answers with products, and "
    "with a question where that helps. Send `state` back with the next sentence to go on with the same talk. Every "
    "price and fact is the catalogue's.",
    GuideCall,
    ask_guide,
)
