"""shop_policies: the shop's own rules on delivery, returns, payment and the like, word for word."""

from __future__ import annotations

from typing import Any

from daogou.decide.guide.policies import answering
from daogou.decide.guide.policy_parts import Part
from daogou.decide.words.plain_text import plain
from daogou.serve.agents.asked import PoliciesCall
from daogou.serve.agents.envelope import SEARCH, answered
from daogou.serve.agents.tool import Tool
from daogou.serve.api.service import Service
from daogou.serve.offers.address import web_address

LONGEST_TEXT, MOST_PARTS = 1_000, 30


def shop_policies(service: Service, call: PoliciesCall) -> dict[str, Any]:
    """The part that is about the topic, or all parts; what the shop has not written is not answered."""
    asked, settings = call.catalog, service.settings
    language = service.language(asked.context.language)
    parts = service.shop.guide.kept.policies(service.folder / settings.guide.policies)
    if asked.topic is None:
        chosen = [one for one in parts if one.language in ("", language)][:MOST_PARTS]
    else:
        found = answering(parts, asked.topic, "", language)
        chosen = [] if found is None else [found]
    policies = [_told(one, settings.shop.url) for one in chosen]
    messages = (
        [] if policies else [{"type": "info", "code": "not_found", "content": "The shop has written no such rule."}]
    )
    return answered(SEARCH, {"rules": policies}, messages)


def _told(part: Part, base: str) -> dict[str, Any]:
    made = {"heading": plain(part.heading, 150), "text": plain(part.text, LONGEST_TEXT)}
    url = web_address(part.url, base)
    return made | ({"url": url} if url else {})


TOOL = Tool(
    "shop_policies",
    "Read the shop's rules",
    "What this shop itself has written on shipping, returns, payment, warranty, privacy, opening_hours or contact. "
    "Quote it; where nothing comes back the shop says nothing about it.",
    PoliciesCall,
    shop_policies,
)
