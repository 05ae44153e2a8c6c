"""Kept talks as they go out."""

from __future__ import annotations

import msgspec

from daogou.core.clock import isoformat
from daogou.data.store.talk_log import TalkTurn
from daogou.serve.api.wire.rows import Id


class KeptTurn(msgspec.Struct, frozen=True):
    """One turn; `number` goes on where a page ended. What named a person was masked before it was kept."""

    number: int
    talk_id: str
    at: str
    language: str
    mode: str
    said: str
    answered: str
    item_ids: tuple[str, ...]
    is_answered: bool


class KeptTurns(msgspec.Struct, frozen=True):
    """Turns that shoppers let be kept."""

    turns: list[KeptTurn]


class TalkOwner(msgspec.Struct, forbid_unknown_fields=True):
    """Whose talks; a publishable key may name a visitor only."""

    user_id: Id | None = None
    visitor_id: Id | None = None


class Withdrawn(msgspec.Struct, frozen=True):
    """How many turns were deleted."""

    deleted: int


def kept_turn(turn: TalkTurn) -> KeptTurn:
    """A turn without whose it was."""
    return KeptTurn(
        number=turn.number,
        talk_id=turn.talk_id,
        at=isoformat(turn.at_us),
        language=turn.language,
        mode=turn.mode,
        said=turn.said,
        answered=turn.answered,
        item_ids=turn.item_ids,
        is_answered=turn.is_answered,
    )
