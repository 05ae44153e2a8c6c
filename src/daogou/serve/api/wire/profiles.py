"""Whose profile is asked for, and what is wanted of a tag."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from daogou.decide.profile.tag import LONGEST
from daogou.serve.api.wire.rows import Id
from daogou.serve.api.wire.slates import Language

MOST_TAGS = 100


class ProfileQuestion(msgspec.Struct, forbid_unknown_fields=True):
    """Whose profile, in which language, how many tags at most, and whether to sum them up in a sentence."""

    user_id: Id | None = None
    visitor_id: Id | None = None
    language: Language | None = None
    limit: Annotated[int, Meta(ge=1, le=MOST_TAGS)] = 20
    summary: bool = False


class Wish(msgspec.Struct, forbid_unknown_fields=True):
    """What a shopper wants of a tag, or of what an item is first of all; exactly one of `tag` and `item_id`.

    `more`: such items rank higher. `less`: lower. `never`: they are not shown. `null`: what was said is taken back.
    """

    choice: Literal["more", "less", "never"] | None
    user_id: Id | None = None
    visitor_id: Id | None = None
    tag: Annotated[str, Meta(min_length=3, max_length=LONGEST)] | None = None
    item_id: Id | None = None
