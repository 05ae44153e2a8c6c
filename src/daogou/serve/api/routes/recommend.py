"""POST /v1/recommendations: one list for one placement, or all lists of a page in one call."""

from __future__ import annotations

import time
from dataclasses import dataclass

import msgspec
from starlette.responses import Response

from daogou.core.errors import Forbidden, InvalidFilter
from daogou.core.types import Slate, SlateItem, text_in
from daogou.decide.filters import parse_filter
from daogou.decide.pipeline import recommend as decide
from daogou.decide.request import RecommendRequest
from daogou.serve.api.body import decode, read_body
from daogou.serve.api.door import count_shopper
from daogou.serve.api.endpoint import Call, Endpoint, reply
from daogou.serve.api.service import Service
from daogou.serve.api.wire.slates import (
    Place,
    Question,
    Questions,
    RequestsPeek,
    SlateAnswer,
    SlateAnswers,
)
from daogou.serve.keys import KeyHolder, Scope

ONE = msgspec.json.Decoder(Question)
MANY = msgspec.json.Decoder(Questions)
PEEK = msgspec.json.Decoder(RequestsPeek)


async def recommend(call: Call) -> Response:
    """Decide on the event loop: it takes a millisecond or two, less than handing it to a thread and back."""
    questions, are_several = await read_questions(call)
    answers = [answer(call.service, question) for question in questions]
    return reply(SlateAnswers(answers) if are_several else answers[0])


async def read_questions(call: Call) -> tuple[list[Question], bool]:
    """The questions of the body, their filters checked, and whether they came as a list."""
    body = await read_body(call.request, call.service.settings.server.max_body_bytes)
    if b'"requests"' in body and decode(body, PEEK).requests is not msgspec.UNSET:
        questions = decode(body, MANY).requests
        await count_shopper(call, *(one.user_id or one.visitor_id for one in questions))
        for place, question in enumerate(questions):
            check_filter(question.filter, call.holder, f"requests[{place}].filter")
        return questions, True
    one = decode(body, ONE)
    await count_shopper(call, one.user_id or one.visitor_id)
    check_filter(one.filter, call.holder)
    return [one], False


def check_filter(expression: str | None, holder: KeyHolder | None, where: str = "filter") -> None:
    """Raise InvalidFilter naming `where`, or Forbidden where a shopper's page asks what only the shop may know."""
    if expression is None:
        return
    try:
        private = parse_filter(expression).private_fields
    except InvalidFilter as error:
        raise error.within(where) from None
    if private and (holder is None or holder.scope < Scope.secret):
        raise Forbidden(
            f"{where} asks for {', '.join(private)}, which a publishable key may not: anybody could find out what the "
            "shop earns. Ask from a server with a secret key, or set the filter in the placement."
        )


@dataclass(frozen=True, slots=True)
class Prepared:
    """A slate as it would go out; `sent` is called once it really does."""

    asked: RecommendRequest
    slate: Slate
    answer: SlateAnswer


def answer(service: Service, question: Question) -> SlateAnswer:
    """The slate of one question with everything a page needs to show it; its filter has been checked."""
    prepared = prepare(service, request_of(question))
    sent(service, prepared)
    return prepared.answer


def prepare(service: Service, asked: RecommendRequest) -> Prepared:
    """Decide, and put everything a page needs around the slate; nothing is counted or remembered yet."""
    started = time.perf_counter()
    return presented(service, asked, decide(service.shop, asked), started)


def presented(service: Service, asked: RecommendRequest, slate: Slate, started: float | None = None) -> Prepared:
    """A slate with everything a page needs around it; `started` is when its making began."""
    started = time.perf_counter() if started is None else started
    language = service.language(asked.language)
    places = [place_of(service, one, language) for one in slate.items]
    made = SlateAnswer(
        recommendation_id=slate.recommendation_id,
        placement=slate.placement,
        title=text_in(service.settings.placements[slate.placement].title, language),
        items=places,
        filtered=dict(slate.filtered),
        filler=sum(place.filler for place in places),
        personalized=slate.is_personalized,
        model=slate.model,
        latency_ms=round((time.perf_counter() - started) * 1000, 3),
        revision=service.shop.catalogue.revision,
        degraded=slate.degraded,
    )
    return Prepared(asked, slate, made)


def sent(service: Service, prepared: Prepared) -> None:
    """Count and remember a slate that goes out."""
    _count(service, prepared.slate, prepared.answer.filler)
    took_us = round(1_000 * prepared.answer.latency_ms)
    service.slates.add(prepared.slate, prepared.asked, service.clock(), took_us)


def request_of(question: Question) -> RecommendRequest:
    """The question in the words of `decide`."""
    return RecommendRequest(
        placement=question.placement,
        user_id=question.user_id,
        visitor_id=question.visitor_id,
        item_ids=tuple(question.item_ids),
        cart=tuple(question.cart),
        limit=question.limit,
        language=question.language,
        personalize=question.personalize,
        exclude=tuple(question.exclude),
        context=question.context,
        filter=question.filter,
    )


def place_of(service: Service, one: SlateItem, language: str) -> Place:
    """One place as it goes out, with the item as it is now."""
    item = service.shop.catalogue.item(one.item_id)
    assert item is not None, "a slate holds items of the catalogue only"
    card = service.card(item, language)
    return Place(one.item_id, one.score, one.position, one.source, one.is_filler, one.reason, card)


def _count(service: Service, slate: Slate, filler: int) -> None:
    metrics = service.metrics
    metrics.slates.labels(slate.placement, "yes" if slate.is_personalized else "no").inc()
    metrics.places.labels(slate.placement, "filler").inc(filler)
    metrics.places.labels(slate.placement, "chosen").inc(len(slate.items) - filler)
    for name in slate.degraded:
        metrics.degraded.labels(slate.placement, name).inc()
    if not slate.items:
        metrics.empty.labels(slate.placement).inc()


ENDPOINT = Endpoint(
    "POST",
    "/v1/recommendations",
    "recommend",
    "Recommend items",
    recommend,
    (SlateAnswer, SlateAnswers),
    "recommendations",
    Scope.publishable,
    body=(Question, Questions),
    errors=(400, 408, 413, 415, 422, 503),
    description=(
        'One question, or {"requests": […]} for all lists of a page. Every item carries its reason with the exact '
        "share of each cause. Give recommendation_id back in later events."
    ),
    example={"placement": "home_for_you", "visitor_id": "v-1", "limit": 8, "language": "en"},
)
