"""The two questions a shop asks: what to show, and why (or why not)."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from dataclasses import replace

import msgspec

from daogou.core.types import Reason, Seen, Slate, SlateItem
from daogou.decide.explain.answer import Explanation, answer
from daogou.decide.explain.reason import Reasons
from daogou.decide.explain.wording import sentence
from daogou.decide.moment import Moment, look
from daogou.decide.request import RecommendRequest
from daogou.decide.rules.pins import weave
from daogou.decide.shop import Shop
from daogou.decide.trace import Trace, trace
from daogou.learn.online import ONLINE_HISTORY

_LOG = logging.getLogger("daogou.decide")


def recommend(shop: Shop, request: RecommendRequest) -> Slate:
    """Turn one request into one slate with its reasons."""
    return recommend_many(shop, [request])[0]


def recommend_many(shop: Shop, requests: Sequence[RecommendRequest]) -> list[Slate]:
    """Several placements of one page; each answer is what `recommend` would give."""
    looked: dict[tuple[str | None, str | None, bool], Moment] = {}
    for request in requests:
        looked.setdefault(_who(request), look(shop, request))
    shop.refresh(next(iter(looked.values()), None))
    return [_decided(shop, request, looked[_who(request)]) for request in requests]


def slate_of(shop: Shop, made: Trace) -> Slate:
    """The trace as what the shopper gets, made by the release that serves, with what the shop lacks now."""
    return to_slate(made, shop.release_name, shop.degraded)


def side_of(shop: Shop, request: RecommendRequest, moment: Moment | None = None) -> Shop:
    """The shop as the release serves it that makes this shopper's lists: the canary's for its share of shoppers.

    Whoever is unknown or wants no profile gets the serving release, so that such lists are alike for everybody.
    """
    side = shop.canary
    if side is None or not request.personalize:
        return shop
    people = (moment or look(shop, request)).people
    return side.shop if people and side.canary.has(people[0]) else shop


def _who(request: RecommendRequest) -> tuple[str | None, str | None, bool]:
    return request.user_id, request.visitor_id, request.personalize


def _decided(shop: Shop, request: RecommendRequest, moment: Moment) -> Slate:
    """One slate; where a canary fails, the serving release makes it and the failure is counted."""
    side, failure = side_of(shop, request, moment), None
    if side is not shop:
        try:
            return slate_of(side, trace(side, request, moment=moment))
        except Exception as error:  # a candidate's fault must reach no shopper
            failure = error
    slate = slate_of(shop, trace(shop, request, moment=moment))
    if failure is not None and shop.canary is not None:
        shop.canary.failures += 1
        _LOG.warning("The canary %s could not make a list: %r", shop.canary.canary.name, failure)
    return slate


def explain(shop: Shop, request: RecommendRequest, item_id: str, *, tell_private: bool = True) -> Explanation:
    """Why this item is in that slate, or why not. Raises NotFound for an item the shop does not have."""
    moment = look(shop, request)
    shop.refresh(moment)
    side = side_of(shop, request, moment)
    made = trace(side, request, exact=True, moment=moment)
    found, number = answer(made, item_id, tell_private=tell_private), shop.catalogue.number_of[item_id]
    return replace(found, context=side.contexts.told(made.occasion.context, made.placement, number, made.language))


def to_slate(made: Trace, model: str, degraded: tuple[str, ...] = ()) -> Slate:
    """The trace as what the shopper gets."""
    catalogue, pool, places = made.occasion.catalogue, made.pool, made.arranged.places
    drawn = made.reranked.drawn if made.reranked is not None else {}
    numbers, scores = pool.numbers[places].tolist(), pool.scores[places].tolist()
    sources = made.causes.sources[:, places].T.tolist()
    reasons = Reasons(made)
    items = [
        SlateItem(
            item_id=catalogue.items[number].id,
            score=scores[position],
            position=position,
            source=made.signals[said.index(max(said))].name,
            reason=reasons.of(number, made.cited[position], said),
            propensity=drawn.get(number),
        )
        for position, (number, said) in enumerate(zip(numbers, sources, strict=True))
    ]
    for number, code in made.fillers:
        item = catalogue.items[number]
        reason = Reason(code, sentence(code, (), 0, made.language))
        items.append(SlateItem(item.id, 0.0, len(items), "filler", reason, is_filler=True))
    if made.pins:
        items = _with_pins(made, items)
    return Slate(
        recommendation_id=secrets.token_urlsafe(12),
        placement=made.request.placement,
        items=tuple(items),
        filtered=made.filtered,
        is_personalized=made.is_personalized and _knows_the_shopper(made),
        model=model,
        seen=_seen(made, [one.item_id for one in items]),
        degraded=degraded,
    )


def _seen(made: Trace, item_ids: Sequence[str]) -> Seen | None:
    """What rankers may learn from this list, where the shop wants any."""
    if made.known is None:
        return None
    occasion = made.occasion
    numbers = [occasion.catalogue.number_of[one] for one in item_ids]
    told = {"device": occasion.context.device, "store": occasion.context.store, "weather": occasion.context.weather}
    circumstances = {name: value for name, value in told.items() if value is not None}
    return Seen(made.known.of(numbers), occasion.query.history[-ONLINE_HISTORY:], circumstances)


def _knows_the_shopper(made: Trace) -> bool:
    """Whether anything of the shopper, or of people they know, went into the list."""
    if len(made.occasion.past.lines) and len(made.causes.numbers):
        return True
    return any(signal.code == "friends" for signal in made.signals)


def _with_pins(made: Trace, others: list[SlateItem]) -> list[SlateItem]:
    """The list with what the shop put at a place of its own, whoever else speaks for it."""
    reason = Reason("pinned", sentence("pinned", (), 0, made.language))
    items = made.occasion.catalogue.items
    pinned = [
        SlateItem(items[pin.number].id, float(made.scores[pin.number]), pin.position, "pinned", reason)
        for pin in made.pins
    ]
    woven = weave(others, pinned, [pin.position for pin in made.pins])
    return [msgspec.structs.replace(one, position=position) for position, one in enumerate(woven)]
