"""Turns of the guide as they come in and go out."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from daogou.core.types import Reason
from daogou.decide.guide.acts import Act, Heard, Want
from daogou.decide.guide.reply import Mode, Quote, Table
from daogou.serve.api.wire.items import ItemCard
from daogou.serve.api.wire.rows import ConsentRow, Id
from daogou.serve.api.wire.slates import Language

MOST_CHARACTERS = 2_000
MOST_STATE_CHARACTERS = 8_192
MOST_ACTS = 16
MOST_CARDS = 12
MOST_BODY_BYTES = 65_536

Utterance = Annotated[str, Meta(extra_json_schema={"maxLength": MOST_CHARACTERS})]
State = Annotated[str, Meta(extra_json_schema={"maxLength": MOST_STATE_CHARACTERS})]


class GuideTurn(msgspec.Struct, forbid_unknown_fields=True):
    """What a shopper says: an `utterance`, or the `acts` of a button that an answer offered; neither greets.

    `state` is that of the last answer; without it the talk begins anew. `item_ids` are shown on the page just now:
    "this one" means the first. `keep_transcript` lets the shop keep the talk, masked, where `consent` does not deny
    analytics and a shopper is named; turns with the same `talk_id` belong together then.
    """

    utterance: Utterance = ""
    acts: Annotated[list[Act], Meta(max_length=MOST_ACTS)] = []
    state: State | None = None
    language: Language | None = None
    user_id: Id | None = None
    visitor_id: Id | None = None
    personalize: bool = True
    limit: Annotated[int, Meta(ge=1, le=MOST_CARDS)] = 6
    item_ids: Annotated[list[Id], Meta(max_length=50)] = []
    context: dict[str, Any] = {}
    consent: ConsentRow = msgspec.field(default_factory=ConsentRow)
    keep_transcript: bool = False
    talk_id: Id | None = None


class Sentence(msgspec.Struct, frozen=True):
    """One sentence of the guide; `code` says which one in any language. Plain text, never mark-up."""

    code: str
    text: str


class GuideMatch(msgspec.Struct, frozen=True):
    """How an item answers one want: `label` in words, `has` its own values; unstated where the shop does not say."""

    label: str
    has: tuple[str, ...]
    verdict: Literal["yes", "no", "unstated"]


class GuideCard(msgspec.Struct, frozen=True):
    """An item with how it answers each want.

    `role` near: it misses one; anchor: others are compared with it; part: of a set.
    """

    item_id: str
    position: int
    role: str
    reason: Reason
    matches: list[GuideMatch]
    item: ItemCard


class GuideChoice(msgspec.Struct, frozen=True, omit_defaults=True):
    """A button: pressing it sends `acts`. count: how many items it would leave."""

    label: str
    acts: tuple[Act, ...]
    count: int | None = None


class GuideQuestion(msgspec.Struct, frozen=True):
    """That a field does not matter is among the choices."""

    field: str
    text: str
    choices: list[GuideChoice]


class Chip(msgspec.Struct, frozen=True):
    """Something the shopper wants, as the guide understood it; sending `acts` takes it back."""

    label: str
    want: Want
    acts: tuple[Act, ...]


class GuideAnswer(msgspec.Struct, frozen=True):
    """One turn's answer. Prices and stock are those of the moment of the answer.

    `question`: at most one, with buttons; pressing one sends its `acts`. `ways_out`: where a want blocks, what would
    lead on. `table`: a comparison, price and stock first, then what differs. `quotes`: the shop's own words. `prose`:
    what a language model made of the sentences; empty without one. `answered` false: the guide knew nothing to say;
    `hand_over`: a person should go on. Send `state` back with the next turn.
    """

    recommendation_id: str
    language: str
    mode: Mode
    heard: Heard
    said: list[Sentence]
    cards: list[GuideCard]
    question: GuideQuestion | None
    ways_out: list[GuideChoice]
    table: Table | None
    quotes: tuple[Quote, ...]
    wants: list[Chip]
    total: int
    personalized: bool
    answered: bool
    hand_over: bool
    state: str
    prose: list[str]
    latency_ms: float
    revision: int
    degraded: tuple[str, ...]


class Prose(msgspec.Struct, frozen=True):
    """One more sentence of a language model, checked against the catalogue."""

    text: str


class GuideDone(msgspec.Struct, frozen=True):
    """The turn is over."""

    mode: Mode
