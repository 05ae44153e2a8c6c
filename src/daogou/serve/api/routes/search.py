"""POST /v1/search: words, facets and prices to a page of items, each with its reason."""

from __future__ import annotations

import time
from typing import cast

import msgspec
from starlette.responses import Response

from daogou.core.errors import InvalidField
from daogou.core.types import Slate
from daogou.decide.request import RecommendRequest
from daogou.decide.search.names import check_names
from daogou.decide.search.request import Order, SearchRequest, SearchResult
from daogou.serve.api.body import decode, read_body
from daogou.serve.api.door import count_shopper
from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.routes.recommend import check_filter, place_of
from daogou.serve.api.service import Service
from daogou.serve.api.wire.search import ORDERS, SearchAnswer, SearchQuestion
from daogou.serve.keys import Scope

PLACEMENT = "search"
QUESTION = msgspec.json.Decoder(SearchQuestion)


async def search(call: Call) -> Response:
    """Found on the event loop, as lists are: it takes a few milliseconds."""
    body = await read_body(call.request, call.service.settings.server.max_body_bytes)
    question = decode(body, QUESTION)
    await count_shopper(call, question.user_id or question.visitor_id)
    check_filter(question.filter, call.holder)
    return reply(answer(call.service, request_of(question)))


def answer(service: Service, asked: SearchRequest) -> SearchAnswer:
    """What is found, with everything a page needs to show it; remembered as any list that goes out."""
    started = time.perf_counter()
    service.shop.refresh()
    check_names(service.shop.catalogue, asked, service.shop.search.facets())
    found = service.shop.search.search(asked)
    language = service.language(asked.language)
    made = SearchAnswer(
        recommendation_id=found.recommendation_id,
        items=[place_of(service, one, language) for one in found.items],
        total=found.total,
        facets=found.facets,
        price=found.price,
        corrected=found.corrected,
        suggestion=found.suggestion,
        relaxed=found.relaxed,
        understood=dict(found.understood),
        order=asked.order,
        personalized=found.is_personalized,
        latency_ms=round((time.perf_counter() - started) * 1_000, 3),
        revision=service.shop.catalogue.revision,
        degraded=found.degraded,
    )
    _sent(service, asked, found, round(1_000 * made.latency_ms))
    return made


def request_of(question: SearchQuestion) -> SearchRequest:
    """The question in the words of `decide`."""
    bounds = question.price_minor
    return SearchRequest(
        words=question.words,
        category=tuple(question.category),
        facets={name: tuple(values) for name, values in question.facets.items()},
        price_minor=(bounds.at_least, bounds.at_most),
        filter=question.filter,
        order=_order(question.order),
        offset=question.offset,
        limit=question.limit,
        language=question.language,
        user_id=question.user_id,
        visitor_id=question.visitor_id,
        personalize=question.personalize,
        count_facets=question.count_facets,
        include_sold_out=question.include_sold_out,
        one_per_group=question.one_per_group,
        relax=question.relax,
        context=question.context,
    )


def _order(name: str) -> Order:
    if name not in ORDERS:
        raise InvalidField("order", name, "one of " + ", ".join(ORDERS), rule="unknown_order")
    return cast("Order", name)


def _sent(service: Service, asked: SearchRequest, found: SearchResult, took_us: int) -> None:
    now_us = service.clock()
    if found.items:
        slate = Slate(
            found.recommendation_id,
            PLACEMENT,
            found.items,
            {},
            found.is_personalized,
            service.shop.release_name,
            degraded=found.degraded,
        )
        asker = RecommendRequest(PLACEMENT, user_id=asked.user_id, visitor_id=asked.visitor_id)
        service.slates.add(slate, asker, now_us, took_us)
    metrics = service.metrics
    metrics.slates.labels(PLACEMENT, "yes" if found.is_personalized else "no").inc()
    metrics.places.labels(PLACEMENT, "chosen").inc(len(found.items))
    if not found.total:
        metrics.empty.labels(PLACEMENT).inc()
    for name in found.degraded:
        metrics.degraded.labels(PLACEMENT, name).inc()
    if is_new_search(asked):
        service.searches.add(asked.words, now_us, found_nothing=is_empty(found))


def is_new_search(asked: SearchRequest) -> bool:
    """Words newly typed, rather than what they found turned over, narrowed or sorted."""
    return bool(asked.words.strip()) and not (
        asked.offset or asked.facets or asked.filter or any(one is not None for one in asked.price_minor)
    )


def is_empty(found: SearchResult) -> bool:
    """Whether nothing has what was typed: not even what is shown instead counts as found."""
    return found.total == 0 or any(one.code == "words" for one in found.relaxed)


ENDPOINT = Endpoint(
    "POST",
    "/v1/search",
    "search",
    "Search the catalogue",
    search,
    SearchAnswer,
    "search",
    Scope.publishable,
    body=SearchQuestion,
    errors=(400, 403, 408, 413, 415, 422, 503),
    description=(
        "Chinese and English, misspelled and in pinyin, with units and numbers. Facets are counted, and where nothing "
        "matches everything, `relaxed` says what was given up. `order: neutral` is the same for everybody. Give "
        "recommendation_id back in later events, with `search_term` and the position."
    ),
    example={"words": "red mug", "limit": 8, "language": "en"},
)
