"""POST /v1/rules/preview: lists as they are and as a draft would make them; nothing is written or logged."""

from __future__ import annotations

import asyncio

import msgspec
from starlette.responses import Response

from daogou.core.errors import InvalidField
from daogou.data.ingest.moments import read_moment_us
from daogou.decide.request import RecommendRequest
from daogou.decide.rules.preview import Preview, preview
from daogou.decide.rules.review import review
from daogou.decide.rules.ruling import RuleSet
from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.rule_rows import read, told_in_full
from daogou.serve.api.wire.rules import (
    MOST_LISTS,
    RulesPreviewed,
    RulesPreviewing,
    RulesToPreview,
    Shopper,
    finding_facts,
)
from daogou.serve.keys import Scope

PREVIEWING = msgspec.json.Decoder(RulesPreviewing)


async def preview_rules(call: Call) -> Response:
    """Decide every list twice; between two lists others are answered."""
    service = call.service
    asked = await read(call, PREVIEWING)
    at_us = None if asked.at is None else read_moment_us(asked.at, "at", service.defaults)
    n_lists = len(asked.placements) * len(asked.shoppers)
    if n_lists > MOST_LISTS:
        told = f"{len(asked.placements)} placements × {len(asked.shoppers)} shoppers"
        raise InvalidField("shoppers", told, f"at most {MOST_LISTS} lists in one call", rule="too_many")
    with told_in_full():
        rules, findings = review(service.shop, asked.rules, at_us)
    draft = RuleSet(rules)
    lists: list[Preview] = []
    for placement in asked.placements:
        for shopper in asked.shoppers:
            lists.append(preview(service.shop, draft, _request(asked, placement, shopper), at_us))
            await asyncio.sleep(0)
    return reply(RulesPreviewed(all(one.severity != "error" for one in findings), finding_facts(findings), lists))


def _request(asked: RulesPreviewing, placement: str, shopper: Shopper) -> RecommendRequest:
    return RecommendRequest(
        placement,
        shopper.user_id,
        shopper.visitor_id,
        tuple(shopper.item_ids),
        tuple(shopper.cart),
        asked.limit,
        asked.language,
        context=shopper.context,
    )


ENDPOINT = Endpoint(
    "POST",
    "/v1/rules/preview",
    "preview_rules",
    "Preview a draft of rules",
    preview_rules,
    RulesPreviewed,
    "rules",
    Scope.admin,
    body=RulesToPreview,
    errors=(400, 408, 413, 415, 422, 503),
    description="Each list before and after, what moved and by which rule, for chosen shoppers or nobody.",
    example={
        "rules": [{"id": "hero", "action": "pin", "position": 0, "items": ["mug-red"]}],
        "placements": ["trending"],
        "shoppers": [{}, {"user_id": "u1"}],
        "at": "2026-12-24",
    },
)
