"""What is given up, in which order, where a search would otherwise come back empty; each step is told."""

from __future__ import annotations

from daogou.core.types import I32
from daogou.decide.search.finding import Found
from daogou.decide.search.request import Relaxed, SearchRequest
from daogou.decide.search.scope import CATEGORY, PRICE, Scope
from daogou.decide.search.wording import relaxed_text


def widened(scope: Scope, numbers: I32, request: SearchRequest, language: str) -> tuple[Scope, tuple[Relaxed, ...]]:
    """A scope in which some of these items are, giving up as few of the caller's choices as do: facets, price, place.

    numbers  what the words find anywhere
    """
    if not scope.choices or scope.mask()[numbers].any():
        return scope, ()
    order = [*(name for name in scope.choices if name not in (PRICE, CATEGORY)), PRICE, CATEGORY]
    order = [name for name in order if name in scope.choices]
    for name in order:
        if scope.mask(without=name)[numbers].any():
            return scope.without(name), (_told(name, request, language),)
    given_up: list[Relaxed] = []
    for name in order:
        scope = scope.without(name)
        given_up.append(_told(name, request, language))
        if scope.mask()[numbers].any():
            return scope, tuple(given_up)
    return scope, ()


def _told(name: str, request: SearchRequest, language: str) -> Relaxed:
    if name == PRICE:
        return Relaxed("price", (), relaxed_text("price", (), language))
    if name == CATEGORY:
        return Relaxed("category", request.category, relaxed_text("category", request.category[-1:], language))
    values = tuple(request.facets.get(name, ()))
    return Relaxed("facet", (name, *values), relaxed_text("facet", values, language))


def told_words(typed: str, found: Found, n_shown: int, language: str) -> tuple[Relaxed, ...]:
    """What the words lost: their spelling, or some of them."""
    told: list[Relaxed] = []
    corrected = found.reading.corrected
    if corrected is not None and n_shown:
        facts = {"used": corrected}
        told.append(Relaxed("spelling", (typed,), relaxed_text("spelling", (typed,), language, **facts)))
    if found.dropped and n_shown:
        told.append(Relaxed("words", found.dropped, relaxed_text("words", found.dropped, language)))
    return tuple(told)
