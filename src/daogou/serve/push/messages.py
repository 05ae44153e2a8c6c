"""What is sent over a stream, and what a list is once it was read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from daogou.serve.api.endpoint import ENCODER
from daogou.serve.api.routes.recommend import Prepared
from daogou.serve.api.wire.items import ItemCard
from daogou.serve.api.wire.slates import SlateAnswer

Seen = tuple[ItemCard, Any]
"""One place as a shopper sees it: the card, and why it is there."""


@dataclass(frozen=True, slots=True)
class Patch:
    """An item as lists show it from now on; one for all streams where it changes the same lists.

    revision   of the catalogue that says so
    questions  the numbers of those in whose lists it changes
    card       None where it leaves them
    encoded    as it is sent
    """

    item_id: str
    revision: int
    questions: tuple[int, ...]
    card: ItemCard | None
    encoded: bytes

    def replaces(self, older: Patch) -> bool:
        """Whether nobody needs the older one any more."""
        return self.item_id == older.item_id and set(older.questions) <= set(self.questions)


@dataclass(frozen=True, slots=True)
class Standing:
    """A list as its reader has it.

    revision  of the catalogue that it was made from; patches may have changed it since
    """

    revision: int
    places: tuple[Seen, ...]

    def card(self, item_id: str) -> ItemCard | None:
        """How it shows an item."""
        return next((card for card, _ in self.places if card.id == item_id), None)

    def after(self, patch: Patch) -> Standing:
        """The list once the patch was read; a list that was made later knows it already."""
        if patch.revision <= self.revision:
            return self
        kept = ((patch.card if card.id == patch.item_id else card, why) for card, why in self.places)
        return replace(self, places=tuple((card, why) for card, why in kept if card is not None))


@dataclass(frozen=True, slots=True)
class SlateMessage:
    """A slate to send.

    number    of the question that it answers, from 0; turn: how many were sent for it before
    standing  the list as its reader will have it
    since     when the change behind it was not yet seen, in the loop's seconds; None for a first slate
    """

    number: int
    turn: int
    prepared: Prepared
    standing: Standing
    since: float | None

    def encoded(self) -> bytes:
        """As it is sent."""
        data = ENCODER.encode(self.prepared.answer)
        return b"id: %d.%d\nevent: slate\ndata: %b\n\n" % (self.number, self.turn, data)


@dataclass(frozen=True, slots=True)
class ItemMessage:
    """A patch to send; since: as for a slate."""

    patch: Patch
    since: float

    def encoded(self) -> bytes:
        """As it is sent."""
        return self.patch.encoded


Message = SlateMessage | ItemMessage


def standing_of(answer: SlateAnswer) -> Standing:
    """What a shopper sees of a slate: items in their order with price and stock, and why they are there.

    Shares and scores are left out: they move a little with every second, and no list looks different for it.
    """
    places = (
        (place.item, (place.reason.code, place.reason.text, [cause.item_id for cause in place.reason.evidence]))
        for place in answer.items
    )
    return Standing(answer.revision, tuple(places))
