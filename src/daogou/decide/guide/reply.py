"""What goes into a turn of the guide and what comes out: data, with sentences made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from daogou.core.types import Reason
from daogou.decide.guide.acts import Act, Heard, Want

Mode = Literal["rules", "llm", "llm-fallback"]


@dataclass(frozen=True, slots=True)
class GuideRequest:
    """One turn: an utterance, or acts (a button was pressed), and the state that the last turn gave out.

    state      the sealed text of the last reply; None begins anew
    item_ids   items the page shows just now, "this one" means the first
    """

    utterance: str = ""
    acts: tuple[Act, ...] = ()
    state: str | None = None
    language: str | None = None
    user_id: str | None = None
    visitor_id: str | None = None
    personalize: bool = True
    limit: int = 6
    item_ids: tuple[str, ...] = ()
    context: Mapping[str, Any] = field(default_factory=dict)


class Match(msgspec.Struct, frozen=True, omit_defaults=True):
    """How an item answers one want; has: its own values; verdict: unstated where the shop does not say."""

    want: Want
    has: tuple[str, ...]
    verdict: Literal["yes", "no", "unstated"]


class Card(msgspec.Struct, frozen=True, omit_defaults=True):
    """An item in a reply. Price and stock are not here: whoever renders it reads them from the store then."""

    item_id: str
    reason: Reason
    matches: tuple[Match, ...] = ()
    role: Literal["match", "near", "anchor", "part"] = "match"  # near: misses a want, and says which


class Choice(msgspec.Struct, frozen=True, omit_defaults=True):
    """A button: pressing it sends `acts`. count: how many items it would leave."""

    label: str
    acts: tuple[Act, ...]
    count: int | None = None


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    """At most one a turn; `doesn't matter` is among the choices."""

    field: str
    text: str
    choices: tuple[Choice, ...]


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of a comparison; values: one per item, empty where unstated. Price and stock are left to the door."""

    field: str
    label: str
    values: tuple[str, ...]
    differs: bool


class Table(msgspec.Struct, frozen=True):
    """A comparison, differences first."""

    item_ids: tuple[str, ...]
    rows: tuple[Row, ...]


class Quote(msgspec.Struct, frozen=True, omit_defaults=True):
    """The shop's own words: of a policy (source: its heading) or of an item (item_id)."""

    text: str
    source: str
    item_id: str | None = None
    url: str | None = None


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """One sentence of ours. code: stable, for tests and phrasing; facts: what it was made of, money as minor units.

    `{price:ID}`, `{title:ID}` and `{money:MINOR}` in `text` are filled by whoever renders it, from the store.
    """

    code: str
    text: str
    facts: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Reply:
    """A turn's answer. ways_out: buttons that lead on where a want blocks; hand_over: a person should go on."""

    recommendation_id: str
    language: str
    heard: Heard
    said: tuple[Said, ...]
    cards: tuple[Card, ...]
    state: str
    mode: Mode = "rules"
    question: Question | None = None
    ways_out: tuple[Choice, ...] = ()
    table: Table | None = None
    quotes: tuple[Quote, ...] = ()
    wants: tuple[Want, ...] = ()
    total: int = 0
    is_personalized: bool = False
    is_answered: bool = True
    hand_over: bool = False
    degraded: tuple[str, ...] = ()
