"""A whole run: a list for each of many shoppers, written, remembered and, where asked, sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from daogou.core.clock import isoformat, to_us
from daogou.core.protocols import Progress, silent
from daogou.core.types import SlateItem, text_in
from daogou.data.store import ServedItem, ServedSlate
from daogou.data.store.store import USER_PREFIX
from daogou.decide.campaign.ledger import Ledger, sent_name
from daogou.decide.campaign.make import Campaign, Made, list_for
from daogou.decide.shop import Shop
from daogou.serve.channels.channel import Channel, DeliveryFailed, Message, MessageItem
from daogou.serve.channels.outbox import Outbox, Outcome

AT_ONCE = 200
"""Shoppers whose lists are written and remembered together."""

FEW = 5
"""Unknown ids that are named."""


@dataclass(slots=True)
class Report:
    """What a run did, over all its attempts.

    lists      lines of the file, of which `neutral` were made without knowing for whom
    resumed    of those, from an attempt before
    skipped    by code, see `decide.campaign.make.SKIPPED`; of this attempt
    unknown    lists of this attempt for ids of which the shop knows nothing; unknown_ids: the first few of them
    delivered  by outcome: sent, failed, and begun where it is not known whether the message went out
    """

    lists: int = 0
    neutral: int = 0
    resumed: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    unknown: int = 0
    unknown_ids: list[str] = field(default_factory=list)
    delivered: Counter[str] = field(default_factory=Counter)

    def note_unknown(self, user_id: str) -> None:
        """Count an id of which the shop knows nothing."""
        self.unknown += 1
        if len(self.unknown_ids) < FEW:
            self.unknown_ids.append(user_id)


def run_lists(
    shop: Shop,
    campaign: Campaign,
    users: Iterable[str],
    outbox: Outbox,
    *,
    channels: Collection[str],
    channel: Channel | None = None,
    total: int | None = None,
    progress: Progress = silent,
) -> Report:
    """Make the lists that `outbox` does not hold yet, and send what was not tried yet where a `channel` is given.

    channels  names of all channels, whose lists count for the caps
    """
    report = Report(resumed=len(outbox.messages))
    done = {message.user_id for message in outbox.messages}
    shop.store.log_slates([_served(message) for message in outbox.messages])  # the same ones again change nothing
    ledger = Ledger.read(shop.store, channels, shop.clock(), campaign.lists)
    if channel is not None:
        _deliver(outbox, outbox.messages, channel)
    n_seen = 0
    waiting = iter(users if not outbox.is_complete else ())
    while some := list(islice(waiting, AT_ONCE)):
        fresh: list[Message] = []
        for user_id in some:
            if user_id in done:
                continue
            done.add(user_id)
            made = list_for(shop, user_id, campaign, ledger)
            if isinstance(made, str):
                report.skipped[made] += 1
            else:
                if not made.is_known:
                    report.note_unknown(user_id)
                fresh.append(message_of(shop, campaign, made))
        served = [_served(message) for message in fresh]
        outbox.add(fresh)
        shop.store.log_slates(served)
        for slate in served:
            ledger.add(slate, channels)
        if channel is not None:
            _deliver(outbox, fresh, channel)
        n_seen += len(some)
        progress(n_seen, total, "lists")
    outbox.complete()
    report.lists, report.neutral = len(outbox.messages), sum(one.neutral for one in outbox.messages)
    report.delivered.update(one.outcome for one in outbox.outcomes.values())
    return report


def message_of(shop: Shop, campaign: Campaign, made: Made) -> Message:
    """The list as it is written and sent."""
    title = shop.settings.placements[campaign.placement].title
    return Message(
        user_id=made.user_id,
        recommendation_id=made.slate.recommendation_id,
        channel=campaign.channel,
        placement=campaign.placement,
        title=text_in(title, made.language),
        language=made.language,
        neutral=made.is_neutral,
        at=isoformat(made.at_us),
        items=tuple(_item(shop, one, made.language) for one in made.slate.items),
    )


def _item(shop: Shop, one: SlateItem, language: str) -> MessageItem:
    item = shop.catalogue.item(one.item_id)
    assert item is not None, "a slate holds items of the catalogue only"
    return MessageItem(
        item_id=item.id,
        title=text_in(item.title, language),
        price_minor=item.price_minor,
        currency=item.currency,
        availability=item.availability,
        url=item.url,
        image=item.images[0] if item.images else None,
        source=one.source,
        reason_code=one.reason.code,
        reason=one.reason.text,
    )


def _served(message: Message) -> ServedSlate:
    items = tuple(ServedItem(one.item_id, place, None, one.source) for place, one in enumerate(message.items))
    person = None if message.neutral else USER_PREFIX + message.user_id
    at_us = to_us(datetime.fromisoformat(message.at))
    return ServedSlate(message.recommendation_id, sent_name(message.channel, message.placement), at_us, person, items)


def _deliver(outbox: Outbox, messages: Iterable[Message], channel: Channel) -> None:
    """Try each once: one that was begun before is not tried again, for it may have gone out."""
    for message in messages:
        name = message.recommendation_id
        if name in outbox.outcomes:
            continue
        outbox.note(Outcome(name, "begun"))
        try:
            channel.send(message)
        except DeliveryFailed as failure:
            outbox.note(Outcome(name, "failed", failure.code))
        else:
            outbox.note(Outcome(name, "sent"))
