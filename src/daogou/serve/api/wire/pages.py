"""The question for a whole page, and the rows that answer it."""

from __future__ import annotations

from typing import Any

import msgspec

from daogou.serve.api.wire.rows import Id
from daogou.serve.api.wire.slates import Expression, Ids, Language, Limit, PlacementName, SlateAnswer


class PageQuestion(msgspec.Struct, forbid_unknown_fields=True):
    """Which page, and all that a Question says; `limit` is that of each row."""

    page: PlacementName
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


class RowReasonFacts(msgspec.Struct, frozen=True):
    """Why a row stands where it stands, or why it is left out, as data and as a sentence."""

    code: str
    text: str


class PageRow(msgspec.Struct, frozen=True):
    """One list of the page; `expected_clicks` when it is seen once, null where nothing is known of it."""

    position: int
    reason: RowReasonFacts
    expected_clicks: float | None
    slate: SlateAnswer


class PageAnswer(msgspec.Struct, frozen=True):
    """The rows from the top; of the other placements of the page, by name, why they are left out."""

    page: str
    rows: list[PageRow]
    left_out: dict[str, RowReasonFacts]
