"""The decision itself, and everything that led to it: reasons and explanations are read from here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from daogou.core.errors import UnknownName
from daogou.core.settings import PlacementSettings
from daogou.core.types import F32, I32, Bools, ItemKind
from daogou.decide.catalogue import KINDS, Catalogue
from daogou.decide.eligibility import Visit, admit
from daogou.decide.explain.asked import cite_asking
from daogou.decide.explain.causes import Cited, cite
from daogou.decide.explain.seats import seats
from daogou.decide.filters import Filter, parse_filter
from daogou.decide.moment import Moment, allows, look
from daogou.decide.pool import Causes, Pool, attribute, blend, common_numbers, top
from daogou.decide.rank.online import Known, online_features
from daogou.decide.rank.ranked import Ranked
from daogou.decide.request import RecommendRequest
from daogou.decide.rerank import Reranked, rerank, widened
from daogou.decide.retrieve import retriever
from daogou.decide.retrieve.signal import Occasion, Signal
from daogou.decide.rules.apply import arranged as arranged_by
from daogou.decide.rules.apply import both, candidates, multiplied, pinned
from daogou.decide.rules.arrange import Arranged
from daogou.decide.rules.pins import Pin, weave
from daogou.decide.rules.ruling import RuleSet, Ruling
from daogou.decide.shop import Shop
from daogou.decide.suitability import requirements

LOOKED_AT, KEPT = 240, 96
FILLERS = ("trending", "popular", "newest")
MOST_ITEMS_NAMED = 500


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that led to a slate; reasons and explanations are read from here, never made up afterwards.

    scores   (n_catalogue,) blended, and multiplied by what the merchant's rules say
    pool     admitted candidates in their final order, without what is pinned
    cited    one per place of `arranged`, from `causes`
    fillers  (item number, reason code) that topped the list up
    ruling   what the merchant's rules say here
    pins     what the rules put at a place of its own, by position
    ranked   the candidates as the ranking stage saw them, where the placement has one
    known    their online features, where the shop logs them
    unvaried the candidates as the reranking saw them
    reranked what it made of them, where the placement asks for any
    """

    request: RecommendRequest
    placement: PlacementSettings
    limit: int
    language: str
    is_personalized: bool
    occasion: Occasion
    visit: Visit
    signals: list[Signal]
    scores: F32
    pool: Pool
    filtered: dict[str, int]
    arranged: Arranged
    causes: Causes
    cited: list[Cited]
    fillers: list[tuple[int, str]]
    ruling: Ruling
    pins: list[Pin]
    ranked: Ranked | None
    known: Known | None
    unvaried: Pool
    reranked: Reranked | None

    def shown(self) -> list[int]:
        """The numbers of all items of the list, in their order."""
        others = [*self.pool.numbers[self.arranged.places].tolist(), *(number for number, _ in self.fillers)]
        return weave(others, [pin.number for pin in self.pins], [pin.position for pin in self.pins])


def trace(
    shop: Shop,
    request: RecommendRequest,
    rules: RuleSet | None = None,
    *,
    exact: bool = False,
    moment: Moment | None = None,
) -> Trace:
    """Decide, and keep what led there.

    rules  those in force, unless others are to be tried
    exact  score every item, however many there are; otherwise a large shop scores those that can be in the list
    moment what the database says, where the caller has just looked
    """
    placement = _placement(shop, request.placement)
    limit = request.limit or placement.limit
    now_us = shop.clock()
    with shop.spans("read_past"):
        seen = moment or look(shop, request)
        past = shop.pasts.past_as_of(seen.people, seen.stamp)
    is_personalized = request.personalize and seen.is_allowed
    catalogue = shop.catalogue
    people = list(seen.people)
    wished = shop.wishes.wishes(people)
    occasion = Occasion(
        catalogue=catalogue,
        models=shop.models,
        weights=shop.weights.get(placement.already_bought or shop.settings.rules.already_bought, {}),
        query=past.query(now_us),
        anchors=catalogue.numbers(request.item_ids[:MOST_ITEMS_NAMED]),
        cart=catalogue.numbers(request.cart[:MOST_ITEMS_NAMED]),
        now_us=now_us,
        settings=shop.settings,
        context=shop.contexts.read(request.context, now_us, len(request.cart)),
        live=shop.live,
        offers=shop.offers,
        user=seen.user if is_personalized else None,
        past=past,
        more=wished.more,
        newcomers=shop.newcomers if is_personalized else None,
    )
    ruling = (rules or shop.rules.live).ruling(
        catalogue,
        request.placement,
        now_us,
        context=occasion.context,
        attributes=lambda: occasion.user.attributes if occasion.user is not None else {},
    )
    factors = both(ruling.factors, wished.factors)
    factors = both(factors, shop.contexts.factors(occasion.context, placement))
    visit = _visit(shop, request, placement, occasion, ruling, wished.never)
    pins = pinned(ruling, catalogue, visit, limit)
    shown = [pin.number for pin in pins]
    stage = shop.stages.get(placement.ranker or "")
    least = placement.ranked if stage else 0
    with shop.spans("retrieve") as note:
        proposing = None
        if not exact and factors is None and not pins and not ruling.bounds:
            proposing = _proposing(shop, placement, occasion)
        if proposing is not None:
            signals = _signals(placement, proposing, is_personalized)
            scores = blend(signals, len(catalogue))
            pool, filtered = _gated(catalogue, scores, visit, limit, least, common_numbers(signals))
        if proposing is None or len(pool.numbers) < max(KEPT, 3 * limit, least):
            signals = multiplied(_signals(placement, occasion, is_personalized), factors)
            scores = blend(signals, len(catalogue))
            pool, filtered = _gated(catalogue, scores, visit, limit, least)
        note(placement=request.placement, candidates=len(pool.numbers))
    with shop.spans("rank"):
        known = online_features(shop.facts, occasion, signals, pool) if shop.facts and len(pool.numbers) else None
        ranked = stage.ranked(occasion, request.placement, pool, known.features) if stage and known else None
        if ranked is not None:
            pool = ranked.best(max(KEPT, 3 * limit))
        final = scores if ranked is None else _lifted(scores, pool)
        pool = widened(placement, pool, catalogue, final, visit, limit)
        if pins or ruling.bounds:
            pool = candidates(ruling, pool, shown, catalogue, final, visit, limit)
        reranked = rerank(placement, pool, occasion, people, limit)
        walked = pool if reranked is None else pool.times(reranked.factors)
        cap, brand_cap, room = placement.max_per_category, placement.max_per_brand, limit - len(pins)
        arranged = arranged_by(ruling, catalogue, walked.numbers, room, cap, shown, brand_cap)
    with shop.spans("explain"):
        worlds = None
        is_asked = placement.reasons == "asked"
        if is_asked and stage is not None and shop.facts is not None and ranked is not None and known is not None:
            worlds = stage.worlds(shop.facts, occasion, signals, ranked, known)
        causes = worlds.causes_of(walked.numbers) if worlds else attribute(signals, occasion.query, walked.numbers)
        if ranked is not None or reranked is not None:
            causes = causes.scaled(walked.scores / scores[walked.numbers])
        around = seats(catalogue, walked.numbers, room, cap, shown=shown, bounds=ruling.bounds, brand_cap=brand_cap)
        if worlds is not None and ranked is not None:
            cited = cite_asking(worlds, ranked, causes, walked, arranged.places, around)
        else:
            cited = cite(causes, walked.scores, arranged.places, around)
    standing = [*shown, *walked.numbers[arranged.places].tolist()]
    missing = limit - len(standing)
    wanted = placement.fill and missing > 0
    fillers = _fillers(occasion, visit, standing, missing, placement, ruling, factors) if wanted else []
    language = _language(shop, request)
    return Trace(
        request, placement, limit, language, is_personalized, occasion, visit, signals, scores, walked,
        filtered, arranged, causes, cited, fillers, ruling, pins, ranked, known, pool, reranked,
    )  # fmt: skip


def _proposing(shop: Shop, placement: PlacementSettings, occasion: Occasion) -> Occasion | None:
    """The occasion of a list for which proposals do; None where every item is to be scored."""
    rule = placement.already_bought or shop.settings.rules.already_bought
    if rule not in shop.proposals or set(placement.retrievers) != {"personal"} or placement.new_items is not None:
        return None
    return replace(occasion, proposals=shop.proposals[rule]) if len(occasion.query.history) else None


def _lifted(scores: F32, pool: Pool) -> F32:
    """(n_catalogue,) scores in which the candidates have those of `pool`, and all others stay behind them."""
    lifted: F32 = scores * np.float32(pool.scores.min() / max(float(scores.max()), 1e-30))
    lifted[pool.numbers] = pool.scores
    return lifted


def may_personalize(shop: Shop, request: RecommendRequest) -> bool:
    """Whether the shopper's own record allows it."""
    user_id = request.user_id
    return user_id is None or allows(shop.reach.require(lambda: shop.store.user(user_id)))


def _placement(shop: Shop, name: str) -> PlacementSettings:
    placement = shop.settings.placements.get(name)
    if placement is None:
        raise UnknownName("placement", name, shop.settings.placements)
    return placement


def _language(shop: Shop, request: RecommendRequest) -> str:
    return (request.language or shop.language).split("-")[0].lower()


def _visit(
    shop: Shop, request: RecommendRequest, placement: PlacementSettings, occasion: Occasion,
    ruling: Ruling, unwanted: I32,
) -> Visit:  # fmt: skip
    named = occasion.catalogue.numbers(request.exclude[:MOST_ITEMS_NAMED])
    left_out = [one for one in (occasion.anchors, occasion.cart, named) if len(one)]
    return Visit(
        now_us=occasion.now_us,
        is_kind_held=_held(tuple(placement.kinds)),
        bought=occasion.past.bought(occasion.catalogue, shop.rules_for(placement), occasion.now_us),
        excluded=np.concatenate(left_out) if left_out else named,
        disliked=occasion.past.disliked,
        unwanted=unwanted,
        rule_hidden=ruling.hidden,
        filters=_filters(placement, request),
        suitability=requirements(shop.settings.suitability, occasion.user),
    )


@cache
def _held(kinds: tuple[ItemKind, ...]) -> Bools:
    """(len(KINDS),) which kinds of items these are."""
    return np.array([kind in kinds for kind in KINDS])


def _filters(placement: PlacementSettings, request: RecommendRequest) -> tuple[Filter, ...]:
    return tuple(parse_filter(one) for one in (placement.filter, request.filter) if one is not None)


def _signals(placement: PlacementSettings, occasion: Occasion, is_personalized: bool) -> list[Signal]:
    """All sources of the placement; without a profile, what is about the shopper gives way to what is trending."""
    chosen = dict(placement.retrievers)
    if not is_personalized and "personal" in chosen:
        chosen["trending"] = chosen.get("trending", 0.0) + chosen.pop("personal")
    signals: list[Signal] = []
    for name, weight in chosen.items():
        found = retriever(name)(occasion)
        signals.extend(found if len(chosen) == 1 else _weighted(found, weight))
    return signals


def _weighted(found: list[Signal], weight: float) -> list[Signal]:
    """Bring the signals of one retriever to a common height, so that weights of several mean what they say."""
    if not found:
        return found
    height = max(float(np.sum([signal.scores for signal in found], axis=0).max(initial=0.0)), 1e-12)
    return [signal.times(np.float32(weight / height)) for signal in found]


def _gated(
    catalogue: Catalogue, scores: F32, visit: Visit, limit: int, least: int = 0, among: I32 | None = None
) -> tuple[Pool, dict[str, int]]:
    """The best candidates that may be shown; looks past the first pool only when the gate left too few.

    least  how many are wanted at least, where there are as many
    among  the numbers of all items with a score, where they are known
    """
    keep = max(KEPT, 3 * limit, least)
    size = max(LOOKED_AT, 6 * limit, keep + keep // 4)
    first = top(scores, size, among)
    admitted, filtered = admit(catalogue, first.numbers, visit)
    if np.count_nonzero(admitted) >= keep or len(first.numbers) < size:
        return Pool(first.numbers[admitted][:keep], first.scores[admitted][:keep]), filtered
    everyone = np.flatnonzero(scores > 0).astype(np.int32) if among is None else among[scores[among] > 0]
    admitted, filtered = admit(catalogue, everyone, visit)
    masked = np.zeros_like(scores)
    masked[everyone[admitted]] = scores[everyone[admitted]]
    return top(masked, keep, among), filtered


def _fillers(
    occasion: Occasion, visit: Visit, shown: list[int], missing: int, placement: PlacementSettings,
    ruling: Ruling, factors: F32 | None,
) -> list[tuple[int, str]]:  # fmt: skip
    """Top up from the lists that need to know nobody, best list first."""
    chosen: list[tuple[int, str]] = []
    catalogue = occasion.catalogue
    taken = list(shown)
    for name in FILLERS:
        for signal in multiplied(retriever(name)(occasion), factors):
            pool, _ = _gated(catalogue, signal.scores, visit, missing + len(taken))
            fresh = pool.numbers[~np.isin(pool.numbers, taken)]
            picked = arranged_by(
                ruling, catalogue, fresh, missing, placement.max_per_category, taken, placement.max_per_brand
            )
            new = fresh[picked.places].tolist()
            chosen.extend((number, f"filler_{signal.code}") for number in new)
            taken.extend(new)
            missing -= len(new)
            if missing <= 0:
                return chosen
    return chosen
