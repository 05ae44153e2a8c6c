"""Who may call what, and how often: the shop and the scope come from the key, never from what a caller writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from daogou.core.errors import Forbidden, Malformed, Unauthorized
from daogou.serve.api.endpoint import Call, Endpoint
from daogou.serve.api.errors import RateLimited
from daogou.serve.api.once import answered_once
from daogou.serve.api.shops import OpenShop
from daogou.serve.keys import KeyHolder, Scope
from daogou.serve.limiter import Allowance, Standing, masked, network_of

STANDING = "daogou.standing"
"""In the scope of a call: what its caller has left; goes out as headers."""


async def answer(call: Call, endpoint: Endpoint) -> Response:
    """Let the caller in and have the endpoint answer."""
    if endpoint.scope is None:
        return await endpoint.handle(call)
    entered = await enter(call, endpoint.scope)
    assert entered.shop is not None, "a key belongs to a shop"
    entered.shop.open_calls += 1
    try:
        return await answered_once(entered, endpoint)
    finally:
        entered.shop.open_calls -= 1


async def enter(call: Call, least: Scope) -> Call:
    """The call with its shop and holder.

    Raises Unauthorized, Forbidden, or RateLimited where the key, the address, or an address without a valid key called
    too often.
    """
    scope = call.request.scope
    try:
        shop, holder = call.shops.holder(key_of(call.request))
    except Unauthorized:
        allowed = call.request.app.state.limits.refused
        await _count(call, [Allowance(f"refused:{_network(call.request)}", allowed)], "without a valid key")
        raise
    entered = replace(call, shop=shop, holder=holder)
    scope["daogou.holder"], scope["daogou.shop"] = holder, shop.id
    await _count(entered, list(_allowances(entered, holder)), "with this key, or from this address")
    if holder.scope < least:
        raise Forbidden(
            f"This is a {holder.scope.name} key; this call needs a {least.name} key. "
            "A publishable key may send events and read; only a secret key may write the catalogue."
        )
    return entered


def key_of(request: Request) -> str:
    """The text of the key that came with the call."""
    bearer, named = request.headers.get("authorization"), request.headers.get("x-api-key")
    if bearer is not None and named is not None:
        raise Malformed("Two keys came: in Authorization and in X-API-Key. Send one.")
    if bearer is None and named is None:
        raise Unauthorized("An API key is needed. Send it as: Authorization: Bearer dg_…")
    if bearer is None:
        return (named or "").strip()
    kind, _, text = bearer.partition(" ")
    if kind.lower() != "bearer":
        raise Unauthorized("Authorization is not of the kind Bearer. Send: Authorization: Bearer dg_…")
    return text.strip()


async def count_shopper(call: Call, *ids: str | None) -> None:
    """Count a call that names shoppers, where it came with a publishable key; RateLimited beyond their allowance."""
    if call.holder is None or call.holder.scope is not Scope.publishable or call.shop is None:
        return
    allowed = call.service.settings.limits.shopper
    people = sorted({person for person in ids if person})
    await _count(
        call, [Allowance(f"{call.shop.id}:shopper:{masked(one)}", allowed) for one in people], "for one shopper"
    )


async def count_guide(call: Call) -> None:
    """Count a turn of the guide, which costs more than a list, where it came with a publishable key."""
    if call.holder is None or call.holder.scope is not Scope.publishable or call.shop is None:
        return
    subject = f"{call.shop.id}:guide:{_network(call.request)}"
    await _count(call, [Allowance(subject, call.service.settings.limits.guide)], "to the guide, from this address")


async def count_agent(call: Call, shop: OpenShop, allowed: str) -> None:
    """Count a call of an assistant: by its key, else by its address, for what it says of itself is no proof."""
    who = f"key:{call.holder.key_id}" if call.holder is not None else f"ip:{_network(call.request)}"
    await _count(call, [Allowance(f"{shop.id}:agent:{who}", allowed)], "by this assistant")


def _allowances(call: Call, holder: KeyHolder) -> Iterable[Allowance]:
    assert call.shop is not None, "its key was read"
    limits = call.service.settings.limits
    by_scope = {Scope.publishable: limits.publishable, Scope.secret: limits.secret, Scope.admin: limits.admin}
    yield Allowance(f"{call.shop.id}:key:{holder.key_id}", holder.limit or by_scope[holder.scope])
    if holder.scope is Scope.publishable:
        yield Allowance(f"{call.shop.id}:ip:{_network(call.request)}", limits.ip)


async def _count(call: Call, allowances: list[Allowance], who: str) -> None:
    standing = await call.limiter.count(allowances)
    if standing is None:
        return
    before: Standing | None = call.request.scope.get(STANDING)
    if standing.is_over or before is None or standing.remaining < before.remaining:
        call.request.scope[STANDING] = standing
    if standing.is_over:
        raise RateLimited(
            f"More than {standing.limit} calls came in {standing.window_seconds} s {who}. "
            f"Call again in {standing.reset_seconds} s.",
            standing,
        )


def _network(request: Request) -> str:
    return network_of(request.client.host) if request.client else "unknown"
