"""Play one dialogue between a simulated shopper and the guide, and keep what is worth counting of every turn."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Protocol

import msgspec

from daogou.core.types import Item
from daogou.decide.catalogue import Catalogue
from daogou.decide.guide.acts import Want
from daogou.decide.guide.evaluation.facts import violates
from daogou.decide.guide.evaluation.grounding import bounds_of, ungrounded, unsupported
from daogou.decide.guide.evaluation.move import Move, Shopper
from daogou.decide.guide.reply import GuideRequest, Reply

Answer = Callable[[GuideRequest], Reply]


class Answering(Protocol):
    """What has dialogues: the guide, or one with a language model before it."""

    def answer(self, request: GuideRequest) -> Reply:
        """One turn."""


class TurnRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one turn was like.

    matching, violating  cards that claim to match, and those of them that contradict what was asked for
    met                  whether the answer was as the move expects; None where it expects nothing special
    is_stuck             nothing shown and nothing offered
    ungrounded           what the store does not bear out; unsupported: facts that a card claims and its item lacks
    """

    said: str
    answered: tuple[str, ...]
    items: tuple[str, ...]
    latency_ms: float
    matching: int = 0
    violating: tuple[str, ...] = ()
    expects: str = ""
    met: bool | None = None
    asked: str | None = None
    is_empty: bool = False
    is_stuck: bool = False
    ungrounded: tuple[str, ...] = ()
    unsupported: tuple[str, ...] = ()
    mode: str = "rules"


class Dialogue(msgspec.Struct, frozen=True, omit_defaults=True):
    """One dialogue. found_at: turn in which the search was over, from 1; None: given up."""

    number: int
    language: str
    kind: str
    wish: str
    turns: tuple[TurnRecord, ...]
    found_at: int | None = None
    page: int = 10


@dataclass
class Stage:
    """Where dialogues are played.

    by_acts  shoppers hand over what they mean instead of saying it: measures the guide without its understanding
    """

    guide: Answering
    catalogue: Catalogue
    page: int = 10
    by_acts: bool = False

    def play(self, shopper: Shopper, number: int, kind: str, wish: str) -> Dialogue:
        """Until the shopper is content or has lost patience."""
        turns: list[TurnRecord] = []
        talk = _Talk()
        move = shopper.open()
        found_at = None
        for turn in range(1, shopper.patience + 1):
            request = self._request(move, talk.state)
            began = time.perf_counter()
            reply = self.guide.answer(request)
            latency_ms = (time.perf_counter() - began) * 1e3
            shown = [item for card in reply.cards if (item := self.catalogue.item(card.item_id)) is not None]
            turns.append(self._record(move, reply, shown, talk, latency_ms))
            talk.take(move, reply, shown)
            if shopper.is_content(shown):
                found_at = turn
                break
            move = shopper.react(reply, shown)
        return Dialogue(number, shopper.language, kind, wish, tuple(turns), found_at, self.page)

    def _request(self, move: Move, state: str | None) -> GuideRequest:
        acts = move.acts or (move.meant if self.by_acts else ())
        words = "" if acts else move.utterance
        return GuideRequest(utterance=words, acts=acts, state=state, limit=self.page, personalize=False)

    def _record(self, move: Move, reply: Reply, shown: Sequence[Item], talk: _Talk, latency_ms: float) -> TurnRecord:
        wants = talk.after(move)
        roles = {card.item_id: card.role for card in reply.cards}
        matching = [item for item in shown if roles[item.id] == "match"]
        is_empty = not reply.cards and reply.table is None and not reply.quotes
        return TurnRecord(
            said=move.utterance or f"[{move.field}]",
            answered=tuple(said.code for said in reply.said),
            items=tuple(card.item_id for card in reply.cards),
            latency_ms=round(latency_ms, 3),
            matching=len(matching),
            violating=tuple(item.id for item in matching if violates(item, wants)),
            expects=move.expects,
            met=_met(move, reply, matching, talk),
            asked=reply.question.field if reply.question is not None else None,
            is_empty=is_empty,
            is_stuck=is_empty and not reply.ways_out and reply.question is None,
            ungrounded=tuple(ungrounded(reply, self.catalogue, move.utterance, talk.amounts())),
            unsupported=tuple(unsupported(reply, self.catalogue)),
            mode=reply.mode,
        )


@dataclass
class _Talk:
    """What a dialogue carries from turn to turn, beside what the guide seals."""

    state: str | None = None
    wants: list[Want] = field(default_factory=list)
    shown: list[tuple[str, ...]] = field(default_factory=list)
    prices: list[int] = field(default_factory=list)
    bounds: list[int] = field(default_factory=list)

    def after(self, move: Move) -> list[Want]:
        kept = [want for want in self.wants if want not in move.withdraws]
        return [*kept, *move.states]

    def amounts(self) -> list[int]:
        """What a sentence may refer to: bounds, prices shown and the middle of them."""
        return [*self.bounds, *self.prices, *([int(median(self.prices))] if self.prices else [])]

    def take(self, move: Move, reply: Reply, shown: Sequence[Item]) -> None:
        self.state = reply.state
        self.wants = self.after(move)
        self.bounds = bounds_of(reply)
        if reply.cards:
            self.shown.append(tuple(card.item_id for card in reply.cards))
            self.prices = [item.price_minor for item in shown if item.price_minor is not None]


def _met(move: Move, reply: Reply, matching: Sequence[Item], talk: _Talk) -> bool | None:
    """Whether an answer is as it must be where it was understood.

    A guide that has nothing cheaper may show nothing that matches; then nothing is broken.
    """
    prices = [item.price_minor for item in matching if item.price_minor is not None]
    if move.expects in ("cheaper", "dearer") and talk.prices:
        middle = median(talk.prices)
        return all(price < middle if move.expects == "cheaper" else price > middle for price in prices)
    if move.expects == "undone":
        return not any(want.op == "is_not" and want.field == gone.field and set(want.values) & set(gone.values)
                       for want in reply.wants for gone in move.withdraws)  # fmt: skip
    if move.expects == "back" and len(talk.shown) > 1:
        return tuple(card.item_id for card in reply.cards) == talk.shown[-2]
    return None
