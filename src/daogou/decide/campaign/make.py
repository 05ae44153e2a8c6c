"""The list of one shopper that is to be sent, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from daogou.core.clock import DAY_US
from daogou.core.settings import ChannelSettings, ListSettings
from daogou.core.types import Slate, User
from daogou.data.store.store import USER_PREFIX
from daogou.decide.campaign.ledger import Ledger
from daogou.decide.moment import allows
from daogou.decide.pipeline import recommend
from daogou.decide.request import RecommendRequest
from daogou.decide.shop import Shop

SKIPPED: dict[str, str] = {
    "opted_out": "asked for no messages",
    "denied": "denied personalization",
    "too_soon": "had a list over this channel too recently",
    "per_week": "had as many lists over this channel within a week as allowed",
    "per_week_in_all": "had as many lists over all channels within a week as allowed",
    "too_few": "have too few items that were not sent to them lately",
}
"""Why shoppers get no list, as the end of a sentence about them."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """What is sent, and over which channel."""

    placement: str
    channel: str
    limit: int | None
    caps: ChannelSettings
    lists: ListSettings


@dataclass(frozen=True, slots=True)
class Made:
    """A list for one shopper; a neutral one was made, and is remembered, without knowing for whom.

    is_known  whether the shop has a record of the user, or anything they did; else the list is a stranger's
    """

    user_id: str
    language: str
    slate: Slate
    is_neutral: bool
    is_known: bool
    at_us: int


def list_for(shop: Shop, user_id: str, campaign: Campaign, ledger: Ledger) -> Made | str:
    """The list, or one of the codes in SKIPPED. Of who denied personalization, nothing but the refusals is read."""
    user = shop.store.user(user_id)
    now_us, lists = shop.clock(), campaign.lists
    if user is not None and has_opted_out(user, lists):
        return "opted_out"
    person, is_neutral = USER_PREFIX + user_id, not allows(user)
    if is_neutral:
        if lists.denied == "skip":
            return "denied"
        asked = RecommendRequest(campaign.placement, limit=campaign.limit, language=shop.language, personalize=False)
    else:
        refusal = ledger.refusal(person, campaign.channel, campaign.caps, lists, now_us)
        if refusal is not None:
            return refusal
        lately = ledger.items(person, now_us - lists.same_item_days * DAY_US)
        language = _language(user) or shop.language
        asked = RecommendRequest(campaign.placement, user_id, limit=campaign.limit, language=language, exclude=lately)
    slate = recommend(shop, asked)
    if len(slate.items) < lists.least_items:
        return "too_few"
    is_known = user is not None or bool(shop.pasts.past([person]).rows)
    return Made(user_id, asked.language or shop.language, slate, is_neutral, is_known, now_us)


def has_opted_out(user: User, lists: ListSettings) -> bool:
    """Whether an attribute says that this user wants no messages; capitals do not matter."""
    return any(
        value.strip().lower() in {one.lower() for one in refusals}
        for name, refusals in lists.opt_out.items()
        for value in user.attributes.get(name, ())
    )


def _language(user: User | None) -> str | None:
    """The language the user's record names."""
    return next(iter(user.attributes.get("language", ())), None) if user is not None else None
