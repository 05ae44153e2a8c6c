"""Questions whose answers cannot differ, so that one decision serves all streams that ask them.

That is so where no profile may be read, and for visitors of whom nothing is known. Where a list draws lots for new
items, remembers what it showed or is a canary's, each is made by itself.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

import msgspec

from daogou.data.store import person_keys
from daogou.decide.pipeline import side_of
from daogou.decide.request import RecommendRequest
from daogou.serve.api.endpoint import ENCODER
from daogou.serve.api.routes.recommend import Prepared
from daogou.serve.api.service import Service


def question_of_all(service: Service, asked: RecommendRequest) -> bytes | None:
    """The question without its asker; None where the answer may hang on who asks."""
    placement = service.settings.placements[asked.placement]
    is_tried = side_of(service.shop, asked) is not service.shop
    if placement.rotation or placement.new_items or is_tried or _is_somebody(service, asked):
        return None
    return ENCODER.encode(replace(asked, user_id=None, visitor_id=None))


def own_copy(prepared: Prepared, asked: RecommendRequest) -> Prepared:
    """The same list as another stream's answer, to be counted and remembered as a slate of its own."""
    name = secrets.token_urlsafe(12)
    slate = replace(prepared.slate, recommendation_id=name)
    return Prepared(asked, slate, msgspec.structs.replace(prepared.answer, recommendation_id=name))


def _is_somebody(service: Service, asked: RecommendRequest) -> bool:
    if not asked.personalize:
        return False
    if asked.user_id is not None:  # attributes, friends, consent
        return True
    people = person_keys(None, asked.visitor_id)
    shop = service.shop
    past = shop.pasts.past(people)
    return bool(past.rows or past.decided or shop.wishes.choices(people))
