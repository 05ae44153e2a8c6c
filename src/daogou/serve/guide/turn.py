"""One turn of a talk: the guide's reply with everything a page needs to show it, then what a language model adds."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from daogou.core.types import Item, Slate, SlateItem
from daogou.data.store import person_keys
from daogou.data.store.talk_log import TalkTurn
from daogou.decide.guide.acts import Plain, Undo
from daogou.decide.guide.fill import filled
from daogou.decide.guide.labels import Labels
from daogou.decide.guide.reply import Card, Choice, GuideRequest, Match, Mode, Quote, Reply, Table
from daogou.decide.guide.wording import LexiconWording
from daogou.decide.request import RecommendRequest
from daogou.serve.api.service import Service
from daogou.serve.api.wire.guide import (
    Chip,
    GuideAnswer,
    GuideCard,
    GuideChoice,
    GuideDone,
    GuideMatch,
    GuideQuestion,
    GuideTurn,
    Prose,
    Sentence,
)
from daogou.serve.guide.rows import store_rows

if TYPE_CHECKING:
    from daogou.serve.language_model.talk import LanguageModel

PLACEMENT = "chat"
GREETING = (Plain("greet"),)
Spoken: TypeAlias = GuideAnswer | Prose | GuideDone


@dataclass
class Talk:
    """One turn on its way.

    turn  as it came in, checked
    who   what tells shoppers apart while they are counted
    """

    service: Service
    turn: GuideTurn
    who: str
    mode: Mode = "rules"
    _started: float = field(default_factory=time.perf_counter)
    _prose: list[str] = field(default_factory=list)

    def first(self) -> GuideAnswer:
        """What the rules answer, at once."""
        guide, asked = self.service.shop.guide, self._asked()
        self._state = guide.open_state(asked)
        self._heard = guide.hear(asked, self._state)
        self._reply = guide.reply(asked, self._state, self._heard)
        return self._shown(self._reply)

    async def rest(self) -> AsyncGenerator[Spoken]:
        """What a language model understood better, and its words; then that it is over."""
        try:
            if self.service.language_model is not None:
                async with aclosing(self._model_speaks(self.service.language_model)) as spoken:
                    async for one in spoken:
                        yield one
            yield GuideDone(self.mode)
        finally:
            self._remember()

    async def _model_speaks(self, model: LanguageModel) -> AsyncGenerator[Spoken]:
        guide = self.service.shop.guide
        speaking = model.turn(session=self.who, language=self._reply.language)
        better = await speaking.read(self.turn.utterance, self._heard, self._state, guide.lexicon)
        if better is not None:
            asked = self._asked()
            self._reply = guide.reply(asked, guide.open_state(asked), better)
            yield self._shown(self._reply)
        async with aclosing(speaking.phrase(self._reply, guide.lexicon)) as sentences:
            async for sentence in sentences:
                self._prose.append(self._filled(sentence, self._reply.language))
                yield Prose(self._prose[-1])
        self.mode = speaking.mode

    async def whole(self) -> GuideAnswer:
        """The answer once it is complete."""
        answer = self.first()
        async with aclosing(self.rest()) as spoken:
            async for one in spoken:
                answer = one if isinstance(one, GuideAnswer) else answer
        return msgspec.structs.replace(answer, mode=self.mode, prose=self._prose)

    def _asked(self) -> GuideRequest:
        turn = self.turn
        is_silent = not turn.utterance.strip() and not turn.acts
        return GuideRequest(
            utterance=turn.utterance,
            acts=GREETING if is_silent else tuple(turn.acts),
            state=turn.state,
            language=turn.language,
            user_id=turn.user_id,
            visitor_id=turn.visitor_id,
            personalize=turn.personalize,
            limit=turn.limit,
            item_ids=tuple(turn.item_ids),
            context=turn.context,
        )

    def _item(self, item_id: str) -> Item | None:
        """The item as it is now; None where shoppers may not see it."""
        item = self.service.shop.catalogue.item(item_id)
        return item if item is not None and self.service.shelf.is_visible(item) else None

    def _shown(self, reply: Reply) -> GuideAnswer:
        """The reply with titles, prices and stock of this moment."""
        cards = self._cards(reply)
        answer = GuideAnswer(
            recommendation_id=reply.recommendation_id,
            language=reply.language,
            mode=reply.mode,
            heard=reply.heard,
            said=[Sentence(one.code, self._filled(one.text, reply.language)) for one in reply.said],
            cards=cards,
            question=self._question(reply),
            ways_out=[self._choice(one, reply) for one in reply.ways_out],
            table=self._table(reply),
            quotes=tuple(one for one in reply.quotes if self._may_quote(one)),
            wants=self._chips(reply),
            total=reply.total,
            personalized=reply.is_personalized,
            answered=reply.is_answered,
            hand_over=reply.hand_over,
            state=reply.state,
            prose=[],
            latency_ms=round((time.perf_counter() - self._started) * 1000, 3),
            revision=self.service.shop.catalogue.revision,
            degraded=tuple(dict.fromkeys((*reply.degraded, *self.service.shop.degraded))),
        )
        self._log(reply, cards, round(1_000 * answer.latency_ms))
        return answer

    def _filled(self, text: str, language: str) -> str:
        return filled(text, language, self.service.settings.shop.currency, self._item)

    def _choice(self, choice: Choice, reply: Reply) -> GuideChoice:
        return GuideChoice(self._filled(choice.label, reply.language), choice.acts, choice.count)

    def _question(self, reply: Reply) -> GuideQuestion | None:
        asked = reply.question
        if asked is None:
            return None
        choices = [self._choice(one, reply) for one in asked.choices]
        return GuideQuestion(asked.field, self._filled(asked.text, reply.language), choices)

    def _cards(self, reply: Reply) -> list[GuideCard]:
        """Without items that left the shop since the reply was made."""
        found: list[tuple[Card, Item]] = []
        for card in reply.cards:
            if (item := self._item(card.item_id)) is not None:
                found.append((card, item))
        labels = self._labels(reply)
        return [
            GuideCard(
                item.id,
                place,
                card.role,
                card.reason,
                [_match(one, labels) for one in card.matches],
                self.service.card(item, reply.language),
            )
            for place, (card, item) in enumerate(found)
        ]

    def _labels(self, reply: Reply) -> Labels:
        wording = LexiconWording(self.service.shop.guide.lexicon)
        return Labels(reply.language, self.service.settings.shop.currency, wording)

    def _table(self, reply: Reply) -> Table | None:
        if reply.table is None:
            return None
        ids = reply.table.item_ids
        rows = store_rows([self._item(item_id) for item_id in ids], reply.language)
        return Table(ids, (*rows, *reply.table.rows))

    def _may_quote(self, quote: Quote) -> bool:
        return quote.item_id is None or self._item(quote.item_id) is not None

    def _chips(self, reply: Reply) -> list[Chip]:
        labels = self._labels(reply)
        return [Chip(labels.want(want), want, (Undo(want.field, want.values),)) for want in reply.wants]

    def _log(self, reply: Reply, cards: list[GuideCard], took_us: int) -> None:
        """Count and remember what went out, as every list does, so that what happens to it can be told later."""
        service, turn = self.service, self.turn
        service.metrics.slates.labels(PLACEMENT, "yes" if reply.is_personalized else "no").inc()
        for name in reply.degraded:
            service.metrics.degraded.labels(PLACEMENT, name).inc()
        if not cards:
            return
        service.metrics.places.labels(PLACEMENT, "chosen").inc(len(cards))
        places = tuple(SlateItem(one.item_id, 0.0, one.position, "guide", one.reason) for one in cards)
        release = service.shop.release_name
        slate = Slate(reply.recommendation_id, PLACEMENT, places, {}, reply.is_personalized, release)
        asked = RecommendRequest(PLACEMENT, user_id=turn.user_id, visitor_id=turn.visitor_id)
        service.slates.add(slate, asked, service.clock(), took_us)

    def _remember(self) -> None:
        """Count the turn; keep it where the shopper agreed, is named, and lets what they do be looked at."""
        reply, turn, now_us = replace(self._reply, mode=self.mode), self.turn, self.service.clock()
        talks = self.service.talks
        talks.note(reply, turn.utterance, self.who, now_us)
        people = person_keys(turn.user_id, turn.visitor_id)
        if not (turn.keep_transcript and people and turn.consent.analytics != "denied"):
            return
        sentences = [self._filled(one.text, reply.language) for one in reply.said]
        talks.keep(
            TalkTurn(
                talk_id=turn.talk_id or reply.recommendation_id,
                at_us=now_us,
                person=people[0],
                recommendation_id=reply.recommendation_id,
                language=reply.language,
                mode=reply.mode,
                said=turn.utterance or msgspec.json.encode(turn.acts).decode(),
                answered="\n".join([*sentences, *self._prose]),
                item_ids=tuple(card.item_id for card in reply.cards),
                is_answered=reply.is_answered,
                visitor=people[1] if len(people) > 1 else None,
            )
        )


def _match(match: Match, labels: Labels) -> GuideMatch:
    values = tuple(labels.value(match.want.field, value) for value in match.has)
    return GuideMatch(labels.want(match.want), values, match.verdict)
