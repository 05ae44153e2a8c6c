"""Questions about a placement and the slates, reasons and explanations that answer them."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from daogou.core.types import Reason
from daogou.decide.filters.parse import MOST_CHARACTERS
from daogou.serve.api.wire.items import ItemCard
from daogou.serve.api.wire.rows import Id

MAX_IDS = 500
MAX_LIMIT = 100
MAX_QUESTIONS = 20

Ids = Annotated[list[Id], Meta(max_length=MAX_IDS)]
Limit = Annotated[int, Meta(ge=1, le=MAX_LIMIT)]
Language = Annotated[str, Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$")]
Expression = Annotated[str, Meta(min_length=1, max_length=MOST_CHARACTERS)]
PlacementName = Annotated[str, Meta(min_length=1, max_length=100)]


class Question(msgspec.Struct, forbid_unknown_fields=True):
    """Which placement, about whom, beside what.

    `item_ids` are the items being looked at, `cart` what lies in the cart, `exclude` what must not come.
    `personalize: false` answers without reading any profile. `filter` is an expression that every item must pass.
    """

    placement: PlacementName
    user_id: Id | None = None
    visitor_id: Id | None = None
    item_ids: Ids = []
    cart: Ids = []
    limit: Limit | None = None
    language: Language | None = None
    personalize: bool = True
    exclude: Ids = []
    context: dict[str, Any] = {}
    filter: Expression | None = None


class Questions(msgspec.Struct, forbid_unknown_fields=True):
    """Several questions of one page, answered in one call."""

    requests: Annotated[list[Question], Meta(min_length=1, max_length=MAX_QUESTIONS)]


class ExplainQuestion(Question, forbid_unknown_fields=True, kw_only=True):
    """The same question, and the item it is about."""

    item_id: Id


class RequestsPeek(msgspec.Struct):
    """Tells one question from several without reading them."""

    requests: msgspec.Raw | UnsetType = UNSET


class Place(msgspec.Struct, frozen=True):
    """One place of a slate."""

    item_id: str
    score: float
    position: int
    source: str
    filler: bool
    reason: Reason
    item: ItemCard


class SlateAnswer(msgspec.Struct, frozen=True):
    """One list, with what was left out and why; `filler` counts the places nobody in particular was chosen for.

    `revision` is that of the catalogue it was made from: it grows with every change of any item. `degraded` names what
    the list was made without: storage_unavailable, release_refused, rules_unread; empty when all is well.
    """

    recommendation_id: str
    placement: str
    title: str
    items: list[Place]
    filtered: dict[str, int]
    filler: int
    personalized: bool
    model: str
    latency_ms: float
    revision: int
    degraded: tuple[str, ...]


class SlateAnswers(msgspec.Struct, frozen=True):
    """One answer per question, in the same order."""

    answers: list[SlateAnswer]


class ItemNews(msgspec.Struct, frozen=True):
    """An item of a shown list has changed; in the lists of `questions` (numbers from 0) it is `item` now.

    Without `item` it must not be shown there any longer. `revision` is that of the catalogue that says so: a list with
    a lower one was made before.
    """

    item_id: str
    revision: int
    questions: list[int]
    item: ItemCard | None
