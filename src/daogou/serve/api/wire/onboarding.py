"""Answers of a new shopper."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from daogou.decide.profile.tag import LONGEST
from daogou.serve.api.wire.rows import Id
from daogou.serve.api.wire.slates import Language


class OnboardingAnswer(msgspec.Struct, forbid_unknown_fields=True):
    """`question` and `choice` as the last call gave them; a `choice` of null: it doesn't matter."""

    question: Annotated[str, Meta(min_length=1, max_length=LONGEST)]
    choice: Annotated[str, Meta(min_length=3, max_length=LONGEST)] | None = None


class OnboardingAnswers(msgspec.Struct, forbid_unknown_fields=True):
    """Who answers, and all answers so far, in order; none at first."""

    user_id: Id | None = None
    visitor_id: Id | None = None
    language: Language | None = None
    answers: Annotated[list[OnboardingAnswer], Meta(max_length=10)] = []
